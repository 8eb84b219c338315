package packing

import (
	"net/url"
	"path"
	"strings"

	"candour/internal/diag"
	"candour/internal/vetting"
)

// leadingOut lists the links of a pack's pages to pages of this site that do not go into the pack: where it is taken they
// lead nowhere, unless the site there has a page at that address.
func leadingOut(vetted *vetting.Vetted, files map[string][]byte) diag.List {
	var found diag.List
	stay := map[string]string{} // address or file -> file of a page that is not in the pack
	for _, p := range vetted.Pages() {
		if _, in := files[p.File]; !in && !p.Section {
			stay[p.Address], stay[p.File] = p.File, p.File
		}
	}
	for _, p := range vetted.Pages() {
		if _, in := files[p.File]; !in || p.Doc == nil {
			continue
		}
		told := map[string]bool{}
		for _, l := range p.Doc.Links {
			u, err := url.Parse(strings.TrimSpace(l.URL))
			if err != nil || u.Scheme != "" || u.Host != "" || u.Path == "" {
				continue
			}
			to := u.Path
			switch {
			case !strings.HasPrefix(to, "/"):
				to = path.Join(path.Dir(p.File), to)
			case !strings.HasSuffix(to, "/") && path.Ext(to) == "":
				to += "/"
			}
			page, out := stay[to]
			if !out || told[page] {
				continue
			}
			told[page] = true
			line, col := p.Doc.LineCol(l.Span.Start)
			found.Add(diag.New(diag.PackLinkOut, diag.Pos{File: p.File, Line: p.BodyLine + line - 1, Column: col},
				"give --include for all that goes in, this page among it, or lead to another site with https:; a site that takes the pack and has no page there cannot be built",
				"leads to %s, which does not go into the pack", page))
		}
	}
	return found
}
