package printing_test

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candour/internal/audit"
	"candour/internal/braille"
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/printing"
	"candour/internal/render"
	"candour/internal/sitetest"
	"candour/internal/speech"
)

const source = `-- content/leaflets/festival/tonight.md --
+++
title = "Tonight"
summary = "What to do."
date = 2026-09-14
setting = "festival"
audience = ["public"]
contact_slots = ["Welfare room"]
[extra]
contact = "Dana Quillon"
+++
## Act now

1. Call 999 and ask for an ambulance.
2. Stay with them.[^1]

[^1]: A note.
-- content/leaflets/festival/tonight.cy.md --
+++
title = "Heno"
summary = "Beth i'w wneud."
date = 2026-09-14
setting = "festival"
audience = ["public"]
+++
## Gweithredwch nawr

1. Ffoniwch 999 a gofynnwch am ambiwlans.
`

func make1(t *testing.T, formats ...string) (*printing.Result, func(output.File) (*audit.Made, bool)) {
	t.Helper()
	out := sitetest.Must(t, source, "public")
	wish, err := printing.Parse(formats, nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := printing.Make(context.Background(), printing.Options{Watch: out.Watch, Audited: out.Audited, Pages: printing.Pages(out.Audited), Wish: wish, Clock: sitetest.Now})
	if err != nil {
		t.Fatal(err)
	}
	return r, func(f output.File) (*audit.Made, bool) {
		made, found, err := out.Watch.Made(context.Background(), out.Audited, f)
		if err != nil {
			t.Fatal(err)
		}
		return made, found.HasErrors()
	}
}

// Every format is made in each language, and a second time with the same bytes.
func TestEveryFormat(t *testing.T) {
	one, _ := make1(t, "text", "epub", "braille", "audio-script", "audio")
	two, _ := make1(t, "text", "epub", "braille", "audio-script", "audio")
	if len(one.Found) > 0 || len(one.Made) != 10 || len(two.Made) != 10 {
		t.Fatalf("%d and %d files made\n%s", len(one.Made), len(two.Made), sitetest.Print(one.Found))
	}
	for i, item := range one.Made {
		a, b := item.Made.File(), two.Made[i].Made.File()
		if a.Path != b.Path || !bytes.Equal(a.Data, b.Data) {
			t.Errorf("%s is not the same twice", a.Path)
		}
		if strings.Contains(a.Path, ".cy.") != (item.Page.Lang == "cy") {
			t.Errorf("%s is of the language %q", a.Path, item.Page.Lang)
		}
	}
}

// The second wall: a withheld value in a format is found as its readers would read it.
func TestLeaksInFormats(t *testing.T) {
	r, made := make1(t, "text", "epub", "braille", "audio")
	for _, item := range r.Made {
		f := item.Made.File()
		if _, bad := made(f); bad {
			t.Errorf("%s does not pass twice", f.Path)
		}
	}
	const text = "Ask Dana Quillon"
	brf := brailled(t, "Ask Dana Quillon for help")
	for _, f := range []output.File{
		{Path: "a.txt", Data: []byte(text)},
		{Path: "dana-quillon.txt", Data: []byte("x")},
		{Path: "a.brf", Data: brf},
		{Path: "a.mp3", Data: spoken(t, text)},
		{Path: "a.bin", Data: []byte("x")},
	} {
		if got, bad := made(f); !bad || got != nil {
			t.Errorf("%s passed", f.Path)
		}
	}
}

// brailled lays a text out as a page of Braille.
func brailled(t *testing.T, text string) []byte {
	t.Helper()
	translator, err := braille.Find()
	if err != nil {
		t.Fatal(err)
	}
	brf, err := translator.Make(context.Background(), sheet(text))
	if err != nil {
		t.Fatal(err)
	}
	return brf
}

// spoken is a recording whose title is a text.
func spoken(t *testing.T, title string) []byte {
	t.Helper()
	voice, err := speech.Find()
	if err != nil {
		t.Fatal(err)
	}
	mp3, err := voice.Speak(context.Background(), []byte("Hello."), speech.Info{Title: title, Lang: "en-GB"}, speech.Words{Pause: "pause", Synthetic: "Synthetic."})
	if err != nil {
		t.Fatal(err)
	}
	return mp3
}

// What cannot be written leaves nothing behind.
func TestWriteLeavesNothingHalf(t *testing.T) {
	r, _ := make1(t, "text")
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tonight.txt"), 0o755); err != nil { // in the way
		t.Fatal(err)
	}
	if _, err := printing.Write(context.Background(), printing.Folder{Dir: dir, Edition: "public"}, r.Made); err == nil {
		t.Fatal("a folder was written over")
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s was left behind", e.Name())
		}
	}
}

// memory is what an earlier run wrote down, and the files of the folder.
type memory struct {
	made  render.Record
	files map[string][]byte
	asked int
}

func (m *memory) File(_, path string, key render.Key) ([]byte, bool) {
	m.asked++
	if m.made.Pages[path] != key {
		return nil, false
	}
	data, ok := m.files[path]
	return data, ok
}

// What an earlier run made of the same page is used again, whenever that was, and audited like fresh output; what was made of
// another page, or carries a leak now, is not.
func TestMakesAgainOnlyWhatChanged(t *testing.T) {
	run := func(source string, clock time.Time, m *memory) *printing.Result {
		t.Helper()
		out := sitetest.Must(t, source, "public")
		wish, err := printing.Parse([]string{"text", "epub"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		r, err := printing.Make(context.Background(), printing.Options{Watch: out.Watch, Audited: out.Audited, Pages: printing.Pages(out.Audited), Wish: wish, Clock: clock, Earlier: m})
		if err != nil {
			t.Fatal(err)
		}
		made, site := r.Record()
		m.made, m.files = made, map[string][]byte{}
		for _, f := range site.Files {
			m.files[f.Path] = f.Data
		}
		return r
	}
	m := &memory{}
	first := run(source, sitetest.Now, m)
	if len(m.made.Pages) != 4 {
		t.Fatalf("%d files are remembered, not 4", len(m.made.Pages))
	}
	m.files["tonight.txt"] = []byte("Another text.")
	second := run(source, sitetest.Now.Add(time.Hour), m)
	for i, item := range second.Made {
		f, before := item.Made.File(), first.Made[i].Made.File()
		if f.Path == "tonight.txt" {
			if string(f.Data) != "Another text." {
				t.Error("tonight.txt was made again")
			}
		} else if !bytes.Equal(f.Data, before.Data) {
			t.Errorf("%s has changed with the hour", f.Path)
		}
	}
	m.files["tonight.txt"] = []byte("Ask Dana Quillon.")
	if r := run(source, sitetest.Now, m); !r.Found.Has(diag.Leak) || len(r.Made) != 3 {
		t.Errorf("a leak in a file that is used again is not found: %s", sitetest.Print(r.Found))
	}
	run(source, sitetest.Now, m)
	m.files["tonight.txt"], m.files["tonight.cy.txt"] = []byte("Another text."), []byte("Testun arall.")
	changed := run(strings.Replace(source, "Stay with them.", "Stay.", 1), sitetest.Now, m)
	for _, item := range changed.Made {
		if f := item.Made.File(); f.Path == "tonight.txt" && !strings.Contains(string(f.Data), "Stay.") {
			t.Errorf("a page that changed was not made again: %s", f.Data)
		}
	}
}

// The list of what was printed is there before the files are: a run that is cut short leaves no file that nobody knows.
func TestTheListComesFirst(t *testing.T) {
	r, _ := make1(t, "text")
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "tonight.txt"), 0o755); err != nil { // the second file cannot be written
		t.Fatal(err)
	}
	if _, err := printing.Write(context.Background(), printing.Folder{Dir: dir, Edition: "public"}, r.Made); err == nil {
		t.Fatal("a folder was written over")
	}
	list, err := os.ReadFile(filepath.Join(dir, printing.PrintedName))
	if err != nil || !bytes.Contains(list, []byte(`"tonight.cy.txt"`)) {
		t.Fatalf("the list is %s, %v", list, err)
	}
	// The next run finds the leaflets gone, and what was written of them with them.
	w, err := printing.Write(context.Background(), printing.Folder{Dir: dir, Edition: "public"}, nil)
	if err != nil || len(w.Away) != 2 || w.Away[0].Kept || w.Away[0].Name != "tonight.cy.txt" || !w.Away[1].Kept {
		t.Fatalf("%+v, %v", w, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "tonight.cy.txt")); !os.IsNotExist(err) {
		t.Error("what was written before the run failed is there still")
	}
}
