package render_test

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"testing"

	"github.com/spf13/afero"

	"candour/internal/markdown"
	"candour/internal/render"
)

var headingTag = regexp.MustCompile(`<h[1-6]([^>]*)>`)
var idAttribute = regexp.MustCompile(`\bid="?([^" >]*)"?`)

// The ids that flags name and that links lead to are those of the real Hugo, over the whole source.
func TestHeadingIDsAreHugos(t *testing.T) {
	bodies := []string{
		"## Plain words", "# One\n\n## Two\n\n### Three\n\n#### Four\n\n##### Five\n\n###### Six",
		"## Cynllun ar gyfer Ynys Môn\n\n## Tŷ'r Cyngor\n\n## ŴYN a ŷd", "## Straße, Ελλάδα, Привет, 日本語", "## Help 🚑 now\n\n## 🚑\n\n## 🚑",
		"## Same\n\n## Same\n\n## Same", "## Same\n\n## Same-1\n\n## Same", "## same 1\n\n## Same\n\n## Same", "## What's \"in\" it -- and not...?", "## A & B < C > D",
		"## `code` in it\n\n## `only code`", "## *One* **two** ***three*** ~~four~~", "## **all of it `and code`**", "## A [link](https://example.org) here", "## [Only a link](https://example.org)",
		"## [By reference][r]\n\n[r]: https://example.org", "## ![A picture](a.png) beside", "## https://example.org/a and www.example.org", "## <https://example.org/a>",
		"Underlined\n==========\n\nTwice\n-----", "Over\ntwo lines\n-----", "## Closed ##", "##   Spaces   around   ", "##\tTab", "## Explicit {#my-id}", "## Explicit {#my-id .class key=\"v\"}\n\n## my-id", "## Classes {.only}",
		"Underlined {#under}\n-----", "## Ends with a brace }\n\n## {Begins", "##", "## ##", "## 2026-11-20: 12.5%", "## _under_score_ and snake_case", "## A\\*B and \\# not",
		"## &amp; &eacute; &#233; entities", "## Foot[^1]\n\n[^1]: A note.", "Term\n: Its meaning\n\n## After a definition list", "Term\n: ## A heading in it\n\n## Same", "> ## Quoted\n\n## Quoted", "- ## In an item\n- ## In an item",
		"1. ## Numbered\n\n   ## Numbered", "- [ ] ## Task\n\n## Task", "## --- dashes -- and – more —", "## UPPER lower", "## tail-", "## -lead", "## a.b.c/d:e", "## nbsp\u00a0here", "## soft\u00adhyphen", "## ﬁ ligature ½",
		"## e\u0301 combining", "## عربي", "## hard  \n## next", "[^1]: ## In a note\n\nText[^1].\n\n## Behind", "## Twice\n\nText.\n\nTwice\n-----",
	}
	fs := render.NewSource()
	write := func(name, data string) {
		t.Helper()
		if err := afero.WriteFile(fs, render.Root+"/"+name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("hugo.json", `{"disableKinds":["taxonomy","term","rss","sitemap","section","home","404"]}`)
	write("layouts/page.html", `{{ .Content }}`)
	for i, body := range bodies {
		write(fmt.Sprintf("content/p%03d.md", i), "{}\n"+body+"\n")
	}
	files, err := render.Build(fs)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, f := range files {
		pages[f.Path] = string(f.Data)
	}
	for i, body := range bodies {
		page, ok := pages[fmt.Sprintf("p%03d/index.html", i)]
		if !ok {
			t.Fatalf("Hugo made no page of %q", body)
		}
		var want, got []string
		for _, tag := range headingTag.FindAllStringSubmatch(page, -1) {
			id := ""
			if m := idAttribute.FindStringSubmatch(tag[1]); m != nil {
				id = html.UnescapeString(m[1])
			}
			want = append(want, id)
		}
		for _, h := range markdown.Parse([]byte(body + "\n")).Headings {
			got = append(got, h.ID)
		}
		slices.Sort(want) // Hugo shows the notes last, wherever they stand
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%q\n got %q\nHugo %q", body, got, want)
		}
	}
}
