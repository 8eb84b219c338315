package render

import (
	"net/url"
	"path"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/prose"
	"candour/internal/redact"
)

// templateTexts makes the wording of each alert template as plain text, /alert-templates/<slug>/<slug>.txt, for whoever
// sends an alert by other means. It is read from the finished page, so that it cannot say what the page does not.
func templateTexts(c *redact.Cleared, _ *present.Site) maker {
	type text struct{ page, path, source string }
	var texts []text
	for _, p := range c.Pages() {
		if p.Kind == content.AlertTemplates && !p.Section {
			dir := strings.Trim(p.Address, "/")
			texts = append(texts, text{dir + "/index.html", dir + "/" + path.Base(dir) + ".txt", p.File})
		}
	}
	if len(texts) == 0 {
		return nil
	}
	base, err := url.Parse(c.Edition().BaseURL)
	whole := func(href string) string {
		u, parseErr := url.Parse(href)
		if err != nil || parseErr != nil {
			return href
		}
		return base.ResolveReference(u).String()
	}
	return func(finished *output.Site) ([]output.File, diag.List) {
		var files []output.File
		var found diag.List
		for _, t := range texts {
			page := finished.Find(t.page)
			if page == nil {
				continue // a site's own layout may leave it out
			}
			doc, err := prose.Read(page.Data)
			if err != nil {
				found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: t.source}, "if the site has a layout of its own for templates, look whether its HTML is whole", "the finished page cannot be read as text"))
				continue
			}
			files = append(files, output.File{Path: t.path, Data: []byte(prose.Linked(doc.Blocks, whole) + "\n"), Source: t.source})
		}
		return files, found
	}
}
