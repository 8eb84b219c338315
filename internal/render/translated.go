package render

import (
	"strings"

	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/redact"
)

// translated puts the files of translations at their own addresses. Hugo publishes what several languages share once, below
// the page in the site's own language, whether that page shows it or not.
func translated(c *redact.Cleared, _ *present.Site) maker {
	var files []output.File
	for _, p := range c.Pages() {
		if p.Lang == "" {
			continue
		}
		for _, f := range p.Files {
			files = append(files, output.File{Path: strings.TrimPrefix(p.Address, "/") + f.Name, Data: f.Data, Source: f.File})
		}
	}
	if len(files) == 0 {
		return nil
	}
	return func(finished *output.Site) ([]output.File, diag.List) {
		var missing []output.File
		for _, f := range files {
			if finished.Find(f.Path) == nil {
				missing = append(missing, f)
			}
		}
		return missing, nil
	}
}
