package load

import (
	"bytes"
	"strings"

	"candour/internal/brand"
	"candour/internal/diag"
)

// loadBrand puts the publisher's colours into the theme and finds the logo. It comes after the theme and the static files.
func (r *Repo) loadBrand() diag.List {
	plain, found := brand.Read(r.theme.Config.Data, r.theme.Config.File)
	colours, problems := plain.Wear(r.config.Brand)
	found.Add(problems...)
	r.colours = colours

	names := make([]string, len(r.static))
	for i, s := range r.static {
		names[i] = s.Path
		if s.Path == "favicon.svg" && (s.File == "" || strings.HasPrefix(s.File, "program:")) {
			// The program's own sign takes the brand's colour; a site's own file stays as it is.
			r.static[i].Data = bytes.ReplaceAll(s.Data, []byte(plain.Colours["light"]["accent"]), []byte(colours.Colours["light"]["accent"]))
		}
	}
	logo, problems := brand.FindLogo(r.config.Brand, func(path string) []byte {
		for _, s := range r.static {
			if s.Path == path {
				return s.Data
			}
		}
		return nil
	}, names)
	found.Add(problems...)
	r.logo = logo
	return found
}
