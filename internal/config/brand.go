package config

import (
	"path"
	"regexp"
	"strings"

	"candour/internal/diag"
)

// Brand is how a site looks like its publisher's: a logo and two colours. Everything else is the theme's.
type Brand struct {
	Logo   string // the path of a file below static/; empty for none
	LogoAt diag.Pos
	Brand  Colour // headings and the header
	Accent Colour // links
}

// Colour is one colour of the publisher, as #rrggbb in small letters. Dark is empty where it is to be worked out.
type Colour struct {
	Light, Dark     string
	LightAt, DarkAt diag.Pos
}

// Given reports whether the site sets the colour.
func (c Colour) Given() bool { return c.Light != "" }

var hexColour = regexp.MustCompile(`^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$`)

// brand reads logo and [colours].
func (r *reader) brand(c *Config, values map[string]any) {
	b := &c.Brand
	if b.Logo = r.Text(values, "logo"); b.Logo != "" {
		b.LogoAt = r.Value("logo")
		b.Logo = strings.TrimPrefix(b.Logo, "static/")
		if clean := path.Clean(b.Logo); clean != b.Logo || strings.HasPrefix(clean, "/") || strings.HasPrefix(clean, "..") || strings.ContainsAny(clean, `\:?#`) {
			r.Bad([]string{"logo"}, `put the file into static/ and name it: logo = "logo.svg"`, "takes the name of a file in static/")
			b.Logo = ""
		}
	}
	t, ok := r.Table(values, "colours")
	if !ok {
		return
	}
	r.unknown(t, []string{"colours"}, "brand", "accent")
	b.Brand = r.colour(t, "brand")
	b.Accent = r.colour(t, "accent")
}

// colour reads a colour: a text, or a table with light and dark.
func (r *reader) colour(t map[string]any, key string) Colour {
	v, there := t[key]
	if !there {
		return Colour{}
	}
	at := []string{"colours", key}
	table, both := v.(map[string]any)
	if !both {
		light, pos := r.hex(v, at...)
		return Colour{Light: light, LightAt: pos}
	}
	r.unknown(table, at, "light", "dark")
	var c Colour
	if v, there := table["light"]; there {
		c.Light, c.LightAt = r.hex(v, append(at, "light")...)
	} else {
		r.Missing(append(at, "light"), key+` = { light = "#0d4d5b", dark = "#8dd2df" }`)
	}
	if v, there := table["dark"]; there {
		c.Dark, c.DarkAt = r.hex(v, append(at, "dark")...)
	}
	return c
}

// hex reads one colour and writes it in full.
func (r *reader) hex(v any, path ...string) (string, diag.Pos) {
	s, ok := v.(string)
	if !ok || !hexColour.MatchString(strings.TrimSpace(s)) {
		r.Bad(path, `write it as "#0d4d5b": a hash and six digits from 0 to f; whoever looks after your brand can say which`, "is no colour")
		return "", diag.Pos{}
	}
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) == 4 {
		s = string([]byte{'#', s[1], s[1], s[2], s[2], s[3], s[3]})
	}
	return s, r.Value(path...)
}
