package config

import (
	"slices"
	"strings"

	"candour/internal/nearmiss"
)

// Print is what [print] asks for.
type Print struct {
	Formats []string // in which every leaflet is made, besides those of its front matter
}

// PrintFormats are the formats that leaflets can be made in, as front matter and [print] name them.
var PrintFormats = []string{"a4", "a5", "a6", "a3", "large-print", "text", "epub", "braille", "audio-script", "audio"}

// print reads [print].
func (r *reader) print(c *Config, values map[string]any) {
	t, ok := r.Table(values, "print")
	if !ok {
		return
	}
	r.unknown(t, []string{"print"}, "formats")
	for _, name := range r.Texts(t, "print", "formats") {
		if !slices.Contains(PrintFormats, name) {
			r.Bad([]string{"print", "formats"}, "the formats are "+strings.Join(PrintFormats, ", "), "%q is no format%s", name, nearmiss.Suffix(name, PrintFormats))
			continue
		}
		c.Print.Formats = append(c.Print.Formats, name)
	}
}
