package render_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"candour/internal/render"
)

// The starter becomes the same site whether its bodies are made into HTML here or by Hugo.
func TestStarterIsTheSameByHugo(t *testing.T) {
	c := cleared(t, os.DirFS("../.."))
	made := func(written bool) (site map[string][]byte, ours int) {
		tree, err := render.Tree(c, written)
		if err != nil {
			t.Fatal(err)
		}
		err = afero.Walk(tree, render.Root+"/content", func(name string, info fs.FileInfo, err error) error {
			if err != nil || info.IsDir() {
				return err
			}
			data, err := afero.ReadFile(tree, name)
			if bytes.HasPrefix(data, []byte(`{"markup":"html"`)) {
				ours++
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		files, err := render.Build(tree)
		if err != nil {
			t.Fatal(err)
		}
		site = map[string][]byte{}
		for _, f := range files {
			site[f.Path] = f.Data
		}
		return site, ours
	}
	want, none := made(true)
	got, some := made(false)
	if none > 0 || some < 10 || len(want) < 50 {
		t.Fatalf("%d and %d bodies of %d files were made into HTML: the test compares nothing", none, some, len(want))
	}
	if len(got) != len(want) {
		t.Errorf("%d files, and %d by Hugo", len(got), len(want))
	}
	for name, data := range want {
		if !bytes.Equal(got[name], data) {
			t.Errorf("%s differs", name)
		}
		if strings.HasSuffix(name, ".html") && bytes.Contains(data, []byte("()")) {
			t.Errorf("%s has nothing between two brackets", name)
		}
	}
}
