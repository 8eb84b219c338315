package render

import (
	"path"
	"strings"

	"candour/internal/diag"
)

// unmade finds pages of the edition, and files beside them, that did not come out. Hugo passes over some names and says
// nothing; a page that its authors take for published and that is not there is worse than none.
func (r *Rendered) unmade() diag.List {
	have := make(map[string]bool, len(r.site.Files))
	for _, f := range r.site.Files {
		have[f.Path] = true
	}
	var found diag.List
	for _, p := range r.cleared.Pages() {
		address := strings.TrimPrefix(p.Address, "/")
		if !have[address+"index.html"] {
			found.Add(diag.New(diag.NotMade, diag.Pos{File: p.File}, "rename the file, with letters, digits and hyphens", "has not become a page, and nothing says why"))
		}
		for _, f := range p.Files {
			if !have[address+f.Name] && !have[strings.TrimPrefix(path.Join(sourceAddress(p), f.Name), "/")] {
				found.Add(diag.New(diag.NotMade, diag.Pos{File: f.File}, "rename the file, with letters, digits and hyphens", "has not come out beside its page, and nothing says why"))
			}
		}
	}
	return found
}
