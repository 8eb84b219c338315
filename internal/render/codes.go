package render

import (
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/qrcode"
	"candour/internal/redact"
)

// codes makes the QR code of each leaflet and alert, which stands on paper only. The audit draws each again from the address
// of its page, and lets no other pass.
func codes(c *redact.Cleared, _ *present.Site) maker {
	var files []output.File
	var found diag.List
	for _, p := range c.Pages() {
		if p.Section || p.Kind != content.Leaflets && p.Kind != content.Alerts {
			continue
		}
		svg, err := qrcode.SVG(qrcode.Address(c.Edition().BaseURL, p.Address))
		if err != nil {
			found.Add(diag.New(diag.BadValue, diag.Pos{File: p.File}, "give the file a shorter name", "%v", err))
			continue
		}
		files = append(files, output.File{Path: p.Address[1:] + qrcode.Name, Data: svg, Source: p.File})
	}
	if len(files) == 0 && len(found) == 0 {
		return nil
	}
	return func(*output.Site) ([]output.File, diag.List) { return files, found }
}
