package render

import (
	"context"
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"candour/internal/content"
	"candour/internal/glossary"
	"candour/internal/output"
	"candour/internal/parallel"
	"candour/internal/redact"
)

// digraphs are letters of two signs.
var digraphs = map[string][]string{"cy": {"ch", "dd", "ff", "ng", "ll", "ph", "rh", "th"}}

// glossaryOf reads the glossary of a language.
func glossaryOf(c *redact.Cleared, lang string) *glossary.Glossary {
	own := lang == c.Config().PrimaryLanguage()
	page := redact.BasePath(c.Edition().BaseURL)
	if !own {
		page += lang + "/"
	}
	tag, _ := language.Parse(lang)
	order := collate.New(tag, collate.IgnoreCase)
	return glossary.Read(c.Repo().Words(), lang, own, c.Repo().Say(lang), page+"glossary/", order.CompareString)
}

// explain explains the words of finished pages where they are first used. The wording of alert templates is for copying, and
// is left as it is.
func (t *tree) explain(ctx context.Context, c *redact.Cleared, files []output.File) error {
	pages := map[string]*redact.Page{}
	for _, p := range c.Pages() {
		pages[strings.TrimPrefix(p.Address, "/")+"index.html"] = p
	}
	glossaries := map[string]*glossary.Glossary{}
	for i, lang := range languages(c) {
		g := glossaryOf(c, lang)
		if i == 0 {
			lang = ""
		}
		glossaries[lang] = g
	}
	return parallel.Each(ctx, len(files), func(i int) string { return files[i].Path }, func(i int) error {
		if p := pages[files[i].Path]; p != nil && p.Kind != content.AlertTemplates {
			files[i].Data = glossaries[p.Lang].Annotate(files[i].Data, p.Section)
		}
		return nil
	})
}
