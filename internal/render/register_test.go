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
	var pages [2][]byte
	for i, written := range []bool{false, true} {
		tree, err := render.Tree(c, written)
		if err != nil {
			t.Fatal(err)
		}
		files, err := render.Build(tree)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if strings.HasSuffix(f.Path, "withheld/index.html") {
				pages[i] = append(pages[i], f.Data...)
			}
		}
	}
	if n := bytes.Count(pages[0], []byte("<th scope=row>")); n < 8 || !bytes.Contains(pages[0], []byte("dir=rtl")) {
		t.Errorf("%d lines: the test compares too little\n%s", n, pages[0])
	}
	if !bytes.Equal(pages[0], pages[1]) {
		t.Errorf("%s\nby the template:\n%s", pages[0], pages[1])
	}
}
