package render_test

import (
	"bytes"
	"strconv"
	"strings"
	"testing"

	"candour/internal/render"
	"candour/internal/sitetest"
)

// The rows of the register are those that its template makes.
func TestRegisterIsTheTemplates(t *testing.T) {
	var archive strings.Builder
	for name, title := range map[string]string{"a": `A "b" & <c> + 'd'; é`, "b": "e\u00a0{{ f }} `g`", "c": "&amp; %41"} {
		archive.WriteString("-- content/pages/" + name + " ŵ+&.md --\n+++\ntitle = " + strconv.Quote(title) + "\nsummary = \"S.\"\ndate = 2026-11-01\n" +
			"[[withhold]]\nfield = \"summary\"\nreason = \"commercial\"\n[[withhold]]\nsection = \"h\"\nreason = \"law-enforcement\"\n+++\nText.\n\n## H\n\nNo.\n")
	}
	archive.WriteString("-- content/pages/a ŵ+&.ur.md --\n+++\ntitle = \"T <i>\"\nsummary = \"S.\"\ndate = 2026-11-01\n+++\nText.\n\n## H {#h}\n\nNo.\n")
	c := cleared(t, sitetest.Files(archive.String()))
	var pages [2]map[string][]byte // the registers, by path
	for i, written := range []bool{false, true} {
		tree, err := render.Tree(c, written)
		if err != nil {
			t.Fatal(err)
		}
		files, err := render.Build(tree)
		if err != nil {
			t.Fatal(err)
		}
		pages[i] = map[string][]byte{}
		for _, f := range files {
			if strings.HasSuffix(f.Path, "withheld/index.html") {
				pages[i][f.Path] = f.Data
			}
		}
	}
	if len(pages[0]) != 2 || len(pages[1]) != 2 {
		t.Fatalf("%d and %d registers", len(pages[0]), len(pages[1]))
	}
	for path, got := range pages[0] {
		if n := bytes.Count(got, []byte("<th scope=row>")); n < 8 || !bytes.Contains(got, []byte("</a></td>")) || !bytes.Contains(got, []byte("dir=")) {
			t.Errorf("%s: %d lines: the test compares too little\n%s", path, n, got)
		}
		if want := pages[1][path]; !bytes.Equal(got, want) {
			t.Errorf("%s:\n%s\nby the template:\n%s", path, got, want)
		}
	}
}
