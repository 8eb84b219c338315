package past

import (
	"crypto/sha256"
	"os"
	"path/filepath"
	"testing"

	"candour/internal/media"
	"candour/internal/output"
	"candour/internal/render"
)

// What is kept comes back to the program that kept it, by its key; what was not used again is forgotten.
func TestKeptComesBack(t *testing.T) {
	cache := t.TempDir()
	site := output.Site{Files: []output.File{{Path: "a/index.html", Data: []byte("page")}, {Path: "main.css", Data: []byte("style")}, {Path: "static.txt", Data: []byte("not Hugo's")}}}
	made := render.Record{Pages: map[string]render.Key{"a/index.html": {1}}, Rest: render.Key{2}, Files: []string{"main.css"}}
	one, two := sha256.Sum256([]byte("one")), sha256.Sum256([]byte("two"))

	k := OpenKept(cache, "/source", "public", "program")
	k.Note(one, media.Reading{Shown: []string{"Call 999"}})
	k.Note(two, media.Reading{Rest: []byte("rest")})
	k.Remember(made, site)
	k.Save(true)
	k = OpenKept(cache, "/source", "public", "program")
	k.Save(false) // of a run that asked for neither

	k = OpenKept(cache, "/source", "public", "program")
	if data, ok := k.Page("a/index.html", render.Key{1}); !ok || string(data) != "page" {
		t.Errorf("the page is %q", data)
	}
	if _, ok := k.Page("a/index.html", render.Key{3}); ok {
		t.Error("a page of another key came back")
	}
	if files, ok := k.Rest(render.Key{2}); !ok || len(files) != 1 || string(files[0].Data) != "style" {
		t.Errorf("the rest is %v", files)
	}
	if r, ok := k.Reading(one); !ok || len(r.Shown) != 1 {
		t.Errorf("the reading is %v", r)
	}
	k.Remember(made, site)
	k.Save(true)
	k = OpenKept(cache, "/source", "public", "program")
	if _, ok := k.Reading(two); ok {
		t.Error("a reading that nobody asked for is kept")
	}
	if _, ok := k.Page("a/index.html", render.Key{1}); !ok {
		t.Error("the page is gone")
	}
	for _, other := range [][2]string{{"public", "newer program"}, {"partners", "program"}} {
		k := OpenKept(cache, "/source", other[0], other[1])
		if _, ok := k.Page("a/index.html", render.Key{1}); ok {
			t.Errorf("%v was given a page of somebody else", other)
		}
	}
	files, _ := filepath.Glob(filepath.Join(cache, "candour", "*"))
	if len(files) != 1 {
		t.Fatalf("the cache has %v", files)
	}
	if info, err := os.Stat(files[0]); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("anybody may read it: %v %v", info.Mode(), err)
	}
	if err := os.Truncate(files[0], 100); err != nil {
		t.Fatal(err)
	}
	if _, ok := OpenKept(cache, "/source", "public", "program").Reading(one); ok {
		t.Error("a file that was cut short is believed")
	}
}
