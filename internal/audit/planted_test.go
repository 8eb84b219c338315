package audit_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"unicode/utf16"

	"candour/internal/audit"
	"candour/internal/diag"
	"candour/internal/media"
	"candour/internal/output"
	"candour/internal/render"
	"candour/internal/sitetest"
)

const (
	person = "Zembrickwold Quillfarrow"
	number = "07700 900123"
	told   = "Three dry batches wait behind the harbour office until somebody asks for them"
)

const repository = `-- content/plans/winter/index.md --
+++
title = "Winter plan"
summary = "How we prepare."
date = 2026-09-14
partnership = "Testford Combating Drugs Partnership"
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes"]
[[lead]]
element = "general"
role = "Director of Public Health"
name = "Zembrickwold Quillfarrow"
phone = "07700 900123"
[[withhold]]
passage = "p"
reason = "confidential"
[[withhold]]
file = "rota.csv"
reason = "confidential"
+++
Before {{< passage "p" >}}Three dry batches wait behind the harbour office until somebody asks for them{{< /passage >}} behind.
-- content/plans/winter/rota.csv --
day,who
Monday,the blue team
`

func watch(t *testing.T) *audit.Watch {
	t.Helper()
	return sitetest.Must(t, repository, "public").Watch
}

func pdf(text, title string) []byte {
	var b bytes.Buffer
	var at []int
	object := func(s string) {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", len(at), s)
	}
	b.WriteString("%PDF-1.4\n")
	object("<< /Type /Catalog /Pages 2 0 R >>")
	object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 200] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	content := "BT /F1 12 Tf 20 100 Td (" + text + ") Tj ET"
	object(fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(content), content))
	object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	object("<< /Title (" + title + ") >>")
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, off := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", off)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, start)
	return b.Bytes()
}

// packed is a file as pagefind packs it.
func packed(plain string) string {
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	_, _ = z.Write([]byte("pagefind_dcd" + plain))
	_ = z.Close()
	return b.String()
}

func picture(t *testing.T, comment string) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	plain := b.Bytes()
	if comment == "" {
		return plain
	}
	chunk := []byte("tEXtComment\x00" + comment)
	out := append([]byte{}, plain[:33]...)
	out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, plain[33:]...)
}

// With redaction out of the way the second wall finds the value, in whatever form publishing has given it.
func TestPlantedValuesAreFound(t *testing.T) {
	w := watch(t)
	page := func(body string) string {
		return `<!doctype html><html lang="en-GB"><head><title>A page</title></head><body><main><h1>A page</h1>` + body + `</main></body></html>`
	}
	full := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r + 0xfee0
			}
			return r
		}, s)
	}
	between := func(s, by string) string { return strings.Join(strings.Split(s, ""), by) }
	entities := func(s, format string) string {
		var b strings.Builder
		for _, r := range s {
			fmt.Fprintf(&b, format, r)
		}
		return b.String()
	}
	utf16le := func(s string) []byte {
		b := []byte{0xff, 0xfe}
		for _, u := range utf16.Encode([]rune(s)) {
			b = binary.LittleEndian.AppendUint16(b, u)
		}
		return b
	}
	b64 := base64.StdEncoding.EncodeToString
	cases := []struct{ name, path, data string }{
		{"text", "a/index.html", page("<p>" + person + "</p>")},
		{"letter case", "a/index.html", page("<p>" + strings.ToUpper(person) + "</p>")},
		{"an attribute", "a/index.html", page(`<p title="` + person + `">x</p>`)},
		{"a comment", "a/index.html", page("<!-- " + person + " -->")},
		{"a script", "a/index.html", page("<script>var a = '" + person + "'</script>")},
		{"a style", "a/index.html", page("<style>p:before{content:'" + person + "'}</style>")},
		{"decimal entities", "a/index.html", page("<p>" + entities(person, "&#%d;") + "</p>")},
		{"hexadecimal entities", "a/index.html", page("<p>" + entities(person, "&#x%x;") + "</p>")},
		{"entities twice", "a/index.html", page("<p>" + entities(person, "&amp;#%d;") + "</p>")},
		{"percent in an address", "a/index.html", page(`<a href="/?q=` + url.QueryEscape(person) + `">a page</a>`)},
		{"every letter in percent", "a/index.html", page(`<a href="/?q=` + entities(person, "%%%02x") + `">a page</a>`)},
		{"tags between letters", "a/index.html", page("<p>" + between(person, "<b></b>") + "</p>")},
		{"soft hyphens", "a/index.html", page("<p>" + between(person, "\u00ad") + "</p>")},
		{"soft hyphens as entities", "a/index.html", page("<p>" + between(person, "&shy;") + "</p>")},
		{"zero-width spaces", "a/index.html", page("<p>" + between(person, "\u200b") + "</p>")},
		{"full-width letters", "a/index.html", page("<p>" + full(person) + "</p>")},
		{"no-break space", "a/index.html", page("<p>" + strings.ReplaceAll(person, " ", "&nbsp;") + "</p>")},
		{"hyphens", "a/index.html", page("<p>" + strings.ReplaceAll(person, " ", "-") + "</p>")},
		{"base64", "a/index.html", page("<p>" + b64([]byte("It is "+person+" again")) + "</p>")},
		{"base64 in a data address", "a/index.html", page(`<img alt="x" src="data:image/svg+xml;base64,` + b64([]byte("<svg><text>"+person+"</text></svg>")) + `">`)},
		{"base64 of base64", "a/index.html", page("<p>" + b64([]byte(b64([]byte("It is "+person+" again")))) + "</p>")},
		{"JSON", "a.json", `{"a": "` + person + `"}`},
		{"JSON escapes", "a.json", `{"a": "` + entities(person, `\u%04x`) + `"}`},
		{"XML", "a.xml", "<a>" + entities(person, "&#x%X;") + "</a>"},
		{"a feed", "alerts/feed.atom", "<feed><entry><summary>" + person + "</summary></entry></feed>"},
		{"CDATA", "a.xml", "<a><![CDATA[" + person + "]]></a>"},
		{"HTML in a feed", "alerts/feed.atom", "<feed><content>&lt;p&gt;" + strings.Replace(person, " ", "&lt;/b&gt; ", 1) + "&lt;/p&gt;</content></feed>"},
		{"a style sheet's escapes", "a.css", `p:before{content:"` + entities(person, `\%06x`) + `"}`},
		{"a script's escapes", "a.js", `var a = "` + entities(person, `\x%02x`) + `"`},
		{"text with a byte order mark", "a.txt", "\ufeff" + person},
		{"a file's name", "people/zembrickwold-quillfarrow/index.html", page("<p>x</p>")},
		{"a file's name in percent", "people/" + url.PathEscape(person) + "/index.html", page("<p>x</p>")},
		{"a telephone number, international", "a/index.html", page("<p>+44 7700 900 123</p>")},
		{"a telephone number, another way", "a/index.html", page("<p>(07700) 900-123</p>")},
		{"a telephone number in an address", "a/index.html", page(`<a href="tel:+447700900123">call us</a>`)},
		{"eight words of a passage", "a/index.html", page("<p>batches wait behind the <em>harbour</em> office until somebody</p>")},
		{"eight words across blocks", "a/index.html", page("<p>dry batches wait behind</p> <p>the harbour office until somebody asks</p>")},
		{"SVG", "a.svg", `<svg xmlns="http://www.w3.org/2000/svg"><text>` + person + `</text></svg>`},
		{"a vector picture's letters one by one", "a.svg", `<svg xmlns="http://www.w3.org/2000/svg"><text><tspan>` + between(person, "</tspan><tspan>") + `</tspan></text></svg>`},
		{"search index", "pagefind/fragment/a.pf_fragment", packed(`{"content":"Ring ` + number + ` now"}`)},
		{"PDF text", "a.pdf", string(pdf(person, "A plan"))},
		{"PDF title", "a.pdf", string(pdf("A plan", person))},
		{"a table of figures", "a.csv", "a,b\n" + person + ",1\n"},
		{"the withheld file itself", "rota.csv", "day,who\nMonday,the blue team\n"},
	}
	for _, c := range cases {
		if strings.HasSuffix(c.path, ".svg") { // as it would be published
			clean, problems := media.Clean(c.path, []byte(c.data))
			if problems != nil {
				t.Fatal(problems)
			}
			c.data = string(clean)
		}
		if found := w.File(output.File{Path: c.path, Data: []byte(c.data)}); !found.Has(diag.Leak) {
			t.Errorf("%s is not found: %v", c.name, found)
		} else {
			for _, f := range found {
				if text := f.Message + f.Hint; f.Rule == "leak" && (strings.Contains(strings.ToLower(strings.ReplaceAll(text, c.path, "")), "zembrickwold") || strings.Contains(text, "900") || strings.Contains(text, "batches")) {
					t.Errorf("%s: the finding gives it away: %s", c.name, text)
				}
			}
		}
	}
	// What no reader of text can undo is not let through either.
	for name, f := range map[string]output.File{
		"a picture's comment": {Path: "a.png", Data: picture(t, person)}, "UTF-16": {Path: "a.txt", Data: utf16le(person)},
		"an unknown type": {Path: "a.bin", Data: []byte("x")}, "a source map": {Path: "a.js.map", Data: []byte(`{"sourcesContent":[]}`)}, "a name without a type": {Path: "CNAME", Data: []byte("x")},
		"a picture that is none": {Path: "a.png", Data: []byte("x")}, "an index that is none": {Path: "pagefind/index/a.pf_index", Data: []byte(packed("\x9f"))}, "an index elsewhere": {Path: "index/a.pf_index", Data: []byte(packed("\x80"))}, "a broken PDF": {Path: "a.pdf", Data: []byte("%PDF-1.4\nx")},
	} {
		if found := w.File(output.File{Path: f.Path, Data: f.Data}); !found.HasErrors() {
			t.Errorf("%s passes", name)
		}
	}
}

// What resembles a withheld value and is none passes.
func TestInnocentFilesPass(t *testing.T) {
	w := watch(t)
	page := func(body string) []byte {
		return []byte(`<!doctype html><html lang="en-GB"><head><title>A page</title></head><body><main><h1>A page</h1>` + body + `</main></body></html>`)
	}
	for name, f := range map[string]output.File{
		"half a name":               {Path: "a/index.html", Data: page("<p>Zembrickwold</p>")},
		"the halves apart":          {Path: "a/index.html", Data: page("<p>Zembrickwold met somebody</p>")},
		"seven words of a passage":  {Path: "a/index.html", Data: page("<p>batches wait behind the harbour office until</p>")},
		"another number":            {Path: "a/index.html", Data: page("<p>call 999</p>")},
		"a longer number around it": {Path: "a.txt", Data: []byte("19070077009001234567")},
		"hexadecimal":               {Path: "a.txt", Data: []byte(hex.EncodeToString([]byte("nobody in particular")))},
		"a picture":                 {Path: "a.png", Data: picture(t, "")},
		"PDF":                       {Path: "a.pdf", Data: pdf("A plan", "Winter")},
		"a file like the other":     {Path: "a.csv", Data: []byte("day,who\nTuesday,the red team\n")},
	} {
		if found := w.File(f); found.HasErrors() {
			t.Errorf("%s: %v", name, found)
		}
	}
}

// The last word of a name is worth a look and stops nothing.
func TestNamePartWarns(t *testing.T) {
	out := sitetest.Must(t, strings.Replace(repository, "Before", "The Quillfarrow bridge. Before", 1), "public")
	if !out.Findings.Has(diag.NamePart) || out.Findings.Has(diag.Leak) {
		t.Error(sitetest.Print(out.Findings))
	}
	if out = sitetest.Must(t, repository, "public"); out.Findings.Has(diag.NamePart) {
		t.Error(sitetest.Print(out.Findings))
	}
}

// What another audit guards, or nobody, cannot be passed off as this one's.
func TestAuditWantsItsOwnSite(t *testing.T) {
	w := watch(t)
	other := sitetest.Must(t, repository, "public")
	for _, r := range []*render.Rendered{nil, other.Rendered, {}} {
		if a, _, err := w.Audit(context.Background(), r); err == nil || a != nil {
			t.Error("a site of somewhere else passes")
		}
	}
}
