package render

import (
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/redact"
)

// downloads makes the CSV file of each figure that a page shows: the table that the edition may see, never the source.
func downloads(c *redact.Cleared, _ *present.Site) maker {
	var files []output.File
	for _, t := range c.Figures() {
		files = append(files, output.File{Path: t.Download(), Data: t.CSV(), Source: t.File})
	}
	if len(files) == 0 {
		return nil
	}
	return func(*output.Site) ([]output.File, diag.List) { return files, nil }
}
