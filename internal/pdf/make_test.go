//go:build browser

package pdf

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"candour/internal/media"
	"candour/internal/output"
)

var clock = time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)

// leaflet is a page with one of everything that Chromium's PDF falls short on.
const leaflet = `<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Out tonight – Testford</title>
<meta name="description" content="Look out for each other.">
<style>body{font-family:sans-serif} .box{border:1px solid;background:#eee;break-inside:avoid}</style></head><body><main>
<h1>Out tonight</h1>
<p class="box">Call <strong>999</strong> <em>now</em>. <a href="/pages/naloxone/">Naloxone is free</a>, and <a href="tel:999">so is the call</a>.</p>
<h2>What to do</h2>
<ol><li>Shout for staff.</li><li>Stay with them<ul><li>on their side</li></ul></li></ol>
<dl><div><dt>Area</dt><dd>Testford</dd></div></dl>
<table><thead><tr><th>Sign</th><th>Act</th></tr></thead><tbody><tr><th>Blue lips</th><td>Call</td></tr></tbody></table>
<figure><img src="/map.svg" alt="Map of the quiet room" width="60" height="40"><figcaption>Where it is</figcaption></figure>
<img src="/map.svg" alt="" width="60" height="40"><hr>
<p><label for="room">Quiet room</label> <input type="text" id="room" data-label="Quiet room"></p>
</main></body></html>`

const mapSVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><path d="M0 0h60v40H0z" fill="#284"/></svg>`

func site(page string) output.Site {
	s := output.Site{Files: []output.File{{Path: "a/index.html", Data: []byte(page)}, {Path: "map.svg", Data: []byte(mapSVG)}}}
	s.Sort()
	return s
}

func job(t *testing.T, page string, v Variant) Job {
	t.Helper()
	b, err := Find("")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Close)
	return Job{Browser: b, Site: site(page), Base: "https://plan.testford.example/", Path: "a/index.html", Name: "out-tonight", Variant: v, Clock: clock}
}

func TestMakeGivesPDFUA(t *testing.T) {
	j := job(t, leaflet, A5)
	r, err := Make(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	if r.Pages != 1 || r.Overflow != nil {
		t.Errorf("%d pages, %v", r.Pages, r.Overflow)
	}
	struc := run(t, r.PDF, "pdfinfo", "-struct-text")
	for _, want := range []string{"Naloxone is free", "Figure", "LBody", "TH", "Quiet room"} {
		if !strings.Contains(struc, want) {
			t.Errorf("the structure lacks %q:\n%s", want, struc)
		}
	}
	if text := run(t, r.PDF, "pdftotext", "-layout"); !strings.Contains(text, "Shout for staff.") {
		t.Errorf("pdftotext: %s", text)
	}
	// The audit reads all of it: text, title, alternative text, where links lead, metadata.
	texts, err := media.Texts("a.pdf", r.PDF)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{"Shout for staff.", "Map of the quiet room", "https://plan.testford.example/pages/naloxone/", "Look out for each other.", "pdfuaid:part"} {
		if !strings.Contains(all, want) {
			t.Errorf("the audit would not read %q", want)
		}
	}
	if _, problems := media.Clean("a.pdf", r.PDF); problems != nil {
		t.Errorf("the audit refuses it: %v", problems)
	}
	// The same worker again, and another worker: the same bytes.
	again, err := Make(t.Context(), j)
	if err != nil || !bytes.Equal(r.PDF, again.PDF) {
		t.Errorf("printed again it differs (%v)", err)
	}
	j.Browser = j.Browser.Another()
	t.Cleanup(j.Browser.Close)
	other, err := Make(t.Context(), j)
	if err != nil || !bytes.Equal(r.PDF, other.PDF) {
		t.Errorf("printed by another browser it differs (%v)", err)
	}
}

// What Chromium prints by itself has each of these faults, and Check says so.
func TestCheckFailsOnWhatTheBrowserPrints(t *testing.T) {
	j := job(t, leaflet, A5)
	p, err := j.Browser.print(t.Context(), j, formats[A5], []float64{10})
	if err != nil {
		t.Fatal(err)
	}
	faults, err := Check(p.raw)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{"metadata", "role-map", "link-contents", "lists", "marked"} {
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == rule }) {
			t.Errorf("%s is not found in %v", rule, faults)
		}
	}
}

func TestBlanksAreFilled(t *testing.T) {
	j := job(t, leaflet, A5)
	j.Set = map[string]string{"Quiet room": "First floor, left"}
	r, err := Make(t.Context(), j)
	if err != nil {
		t.Fatal(err)
	}
	if text := run(t, r.PDF, "pdftotext", "-layout"); !strings.Contains(text, "First floor, left") {
		t.Errorf("pdftotext: %s", text)
	}
	j.Set = map[string]string{"Cloakroom": "x"}
	if _, err := Make(t.Context(), j); err == nil || !strings.Contains(err.Error(), "no blank on it for Cloakroom") || !strings.HasPrefix(err.Error(), "out-tonight: ") {
		t.Errorf("%v", err)
	}
}

func TestTooLongForItsPaper(t *testing.T) {
	long := strings.Replace(leaflet, "<h2>", strings.Repeat("<p>One more line.</p>", 200)+"<h2>", 1)
	r, err := Make(t.Context(), job(t, long, A6))
	if err != nil {
		t.Fatal(err)
	}
	if r.Overflow == nil || r.Overflow.Lines < 40 || r.Overflow.Next != A5 {
		t.Errorf("%+v", r.Overflow)
	}
}

func TestMissingGlyphIsNamed(t *testing.T) {
	_, err := Make(t.Context(), job(t, strings.Replace(leaflet, "Shout", "\U00030000 Shout", 1), A5)) // an ideograph that hardly any font has
	var unreadable *UnreadableError
	if !errors.As(err, &unreadable) || !unreadable.Missing || !slices.Contains(unreadable.Characters, '\U00030000') {
		t.Errorf("%v", err)
	}
}

// A browser leaves no process and no folder, however it ends.
func TestNothingIsLeft(t *testing.T) {
	temp := shortTemp(t)
	t.Setenv("TMPDIR", temp)
	ctx, cancel := context.WithCancel(t.Context())
	j := job(t, leaflet, A5)
	if _, err := Make(ctx, j); err != nil {
		t.Fatal(err)
	}
	if len(processes(temp)) == 0 {
		t.Error("a browser that runs is not seen")
	}
	cancel()
	if _, err := Make(ctx, j); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	j.Browser.Close()
	nothingLeft(t, temp)
}

func TestABrowserThatDoesNotStart(t *testing.T) {
	j := job(t, leaflet, A5)
	j.Browser = newBrowser("/bin/false")
	if _, err := Make(t.Context(), j); err == nil || !strings.HasPrefix(err.Error(), "out-tonight: ") {
		t.Errorf("%v", err)
	}
}

// run gives a PDF to one of poppler's programs and returns what it says.
func run(t *testing.T, data []byte, name string, args ...string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	args = append(args, file)
	if name == "pdftotext" {
		args = append(args, "-")
	}
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s (make setup installs it): %v", name, err)
	}
	return string(out)
}

func TestImposedSheets(t *testing.T) {
	r, err := Make(t.Context(), job(t, strings.Replace(leaflet, "<h2>", `<h2 style="break-before:page">`, 1), A5))
	if err != nil {
		t.Fatal(err)
	}
	if r.Pages != 2 {
		t.Fatalf("%d pages", r.Pages)
	}
	about := About{Title: "Out tonight", Lang: "en-GB", Clock: clock}
	for size, how := range map[string]Imposition{
		"841.89 x 595.276": {Copies: 2}, "841.89 x 595.276 ": {Booklet: true}, "48": {Copies: 1, Marks: true, Bleed: 3},
	} {
		sheet, err := Impose(r.PDF, how, about)
		if err != nil {
			t.Fatal(err)
		}
		said := run(t, sheet, "pdfinfo")
		for _, want := range []string{"Out tonight (for printing only)", "Tagged:          no", "Pages:           2"} {
			if !strings.Contains(said, want) {
				t.Errorf("%+v lacks %q: %s", how, want, said)
			}
		}
		if !strings.Contains(said, "Page size:       "+size) {
			t.Errorf("%+v is not %s: %s", how, size, said)
		}
		texts, err := media.Texts("a.pdf", sheet)
		if err != nil || !strings.Contains(strings.Join(texts, "\n"), "Shout for staff.") {
			t.Errorf("%+v: the audit cannot read it: %v", how, err)
		}
		if faults, _ := Check(sheet); !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == "tagged" }) {
			t.Errorf("%+v passes for tagged", how)
		}
		again, err := Impose(r.PDF, how, about)
		if err != nil || !bytes.Equal(sheet, again) {
			t.Errorf("%+v: imposed again it differs", how)
		}
	}
	if _, err := Impose(r.PDF, Imposition{Copies: 3}, about); err == nil {
		t.Error("three copies on a sheet")
	}
}

// Easy read is its own section, a picture before its words; other papers leave that section out.
func TestEasyReadIsOfItsOwnSection(t *testing.T) {
	page := strings.Replace(leaflet, "</main>", `<div data-text="body"><h2 id="tents">Tents</h2><p>Say hello to tents.</p><h2 id="easy-read">Easy read</h2>
<p><img src="/map.svg" alt="A telephone" width="60" height="40"></p><p>Call for help.</p>
<p><img src="/map.svg" alt="Two people" width="60" height="40"></p><p>Stay there.</p><section><h2>Words</h2><p>Explained.</p></section></div></main>`, 1)
	said := func(v Variant) string {
		t.Helper()
		r, err := Make(t.Context(), job(t, page, v))
		if err != nil {
			t.Fatal(err)
		}
		texts, err := media.Texts("a.pdf", r.PDF)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(texts, "\n")
	}
	easy, plain := said(EasyRead), said(A5)
	for _, words := range []string{"Call for help.", "Stay there.", "A telephone"} {
		if !strings.Contains(easy, words) || strings.Contains(plain, words) {
			t.Errorf("%q is in easy read: %v, in A5: %v", words, strings.Contains(easy, words), strings.Contains(plain, words))
		}
	}
	for _, words := range []string{"Say hello to tents.", "Explained."} {
		if strings.Contains(easy, words) || !strings.Contains(plain, words) {
			t.Errorf("%q is in easy read: %v, in A5: %v", words, strings.Contains(easy, words), strings.Contains(plain, words))
		}
	}
}
