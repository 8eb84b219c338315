package render

import (
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/redact"
)

// offers puts the formats that were made of leaflets beside their pages.
func offers(c *redact.Cleared, _ *present.Site) maker {
	var files []output.File
	for _, o := range c.Offers() {
		files = append(files, output.File{Path: o.Address[1:] + o.Name, Data: o.Data, Source: o.Source})
	}
	if len(files) == 0 {
		return nil
	}
	return func(*output.Site) ([]output.File, diag.List) { return files, nil }
}
