// Package brand fits a publisher's logo and colours into a theme: the colours that the site gives take their places in the
// theme's light and dark sets, and are refused where words in them could not be read.
//
// Reach for [Read], which reads a theme's own colours, then [Theme.Wear]. Contrast is that of WCAG 2.2, 1.4.3 and 1.4.11.
package brand

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"

	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/webcheck"
)

// Theme is what theme.toml says about colours.
type Theme struct {
	Colours map[string]map[string]string // light and dark: name -> #rrggbb
	pairs   []pair
	places  map[string][]string // colour of the brand -> names of colours that it takes the place of
}

// pair is two names of colours that meet on a page.
type pair struct {
	name, foreground, background string
	ratio                        float64
}

// Read reads theme.toml, which may be empty; file is its name in findings.
func Read(data []byte, file string) (Theme, diag.List) {
	t := Theme{Colours: map[string]map[string]string{}, places: map[string][]string{}}
	if len(data) == 0 {
		return t, nil
	}
	values, fault := frontmatter.Decode(data)
	if fault != nil {
		return t, diag.List{diag.New(fault.Rule, diag.Pos{File: file, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message)}
	}
	sets, _ := values["colours"].(map[string]any)
	for scheme, set := range sets {
		named, _ := set.(map[string]any)
		t.Colours[scheme] = map[string]string{}
		for name, c := range named {
			t.Colours[scheme][name] = fmt.Sprint(c)
		}
	}
	contrast, _ := values["contrast"].([]any)
	for _, item := range contrast {
		table, _ := item.(map[string]any)
		text := func(key string) string { s, _ := table[key].(string); return s }
		p := pair{name: text("name"), foreground: text("foreground"), background: text("background"), ratio: 4.5}
		switch r := table["ratio"].(type) {
		case float64:
			p.ratio = r
		case int64:
			p.ratio = float64(r)
		}
		t.pairs = append(t.pairs, p)
	}
	places, _ := values["brand"].(map[string]any)
	for key, names := range places {
		list, _ := names.([]any)
		for _, n := range list {
			if s, ok := n.(string); ok {
				t.places[key] = append(t.places[key], s)
			}
		}
	}
	return t, nil
}

// Pairs are the colours that meet on a page, scheme by scheme, with the contrast that they must have.
func (t Theme) Pairs() []webcheck.Pair {
	var out []webcheck.Pair
	for _, scheme := range slices.Sorted(maps.Keys(t.Colours)) {
		for _, p := range t.pairs {
			out = append(out, webcheck.Pair{Name: p.name + " (" + scheme + ")", Foreground: t.colour(scheme, p.foreground), Background: t.colour(scheme, p.background), Ratio: p.ratio})
		}
	}
	return out
}

// colour is a colour by its name, or the colour itself where it has none.
func (t Theme) colour(scheme, name string) string { return cmp.Or(t.Colours[scheme][name], name) }

// Wear returns the theme in the colours of a brand. The light colours are taken as they are; a dark one that the brand
// does not give is worked out, in the same hue. A colour in which something could not be read is a finding at its place in
// candour.toml, with the nearest one in which it could.
func (t Theme) Wear(b config.Brand) (Theme, diag.List) {
	var found diag.List
	out := Theme{Colours: map[string]map[string]string{}, pairs: t.pairs, places: t.places}
	for scheme, set := range t.Colours {
		out.Colours[scheme] = maps.Clone(set)
	}
	links := b.Accent
	if !links.Given() {
		links = b.Brand // one colour is a brand too
	}
	for _, c := range []struct {
		key    string
		colour config.Colour
		asked  bool // by this key; else it stands in for the other
	}{{"brand", b.Brand, true}, {"accent", links, b.Accent.Given()}} {
		if !c.colour.Given() {
			continue
		}
		names := t.places[c.key]
		if len(names) == 0 {
			if c.asked {
				found.Add(diag.New(diag.ConfigNotUsable, c.colour.LightAt, `say in the theme's theme.toml which of its colours it takes the place of, as [brand] and `+c.key+` = ["…"], or take the line out`,
					"the theme has no place for the colour %q", c.key))
			}
			continue
		}
		out.put(names, "light", c.colour.Light)
		if problem, ok := out.judge(names, "light", c.key, c.colour.Light, c.colour.LightAt); !ok {
			if c.asked {
				found.Add(problem)
			}
			continue
		}
		dark := c.colour.Dark
		if dark == "" {
			dark = out.darken(names, c.colour.Light)
		}
		out.put(names, "dark", dark)
		if problem, ok := out.judge(names, "dark", c.key, dark, cmp.Or(c.colour.DarkAt, c.colour.LightAt)); !ok && c.asked {
			found.Add(problem)
		}
	}
	return out, found
}

// put gives colours of a scheme a new value, and what is written upon them the one of black and white that reads better.
func (t Theme) put(names []string, scheme, hex string) {
	set := t.Colours[scheme]
	if set == nil {
		return
	}
	for _, name := range names {
		set[name] = hex
		if _, ok := set["on-"+name]; !ok {
			continue
		}
		white, _ := webcheck.Ratio("#ffffff", hex)
		black, _ := webcheck.Ratio("#000000", hex)
		if set["on-"+name] = "#ffffff"; black > white && white < 4.5 {
			set["on-"+name] = "#000000"
		}
	}
}

// worst finds, among the pairs with one of these colours in them, the one that falls furthest short.
func (t Theme) worst(names []string, scheme string) (p webcheck.Pair, got float64, short bool) {
	least := 1.0
	for _, q := range t.pairs {
		if !slices.Contains(names, q.foreground) && !slices.Contains(names, q.background) {
			continue
		}
		fg, bg := t.colour(scheme, q.foreground), t.colour(scheme, q.background)
		r, ok := webcheck.Ratio(fg, bg)
		if ok && r/q.ratio < least {
			least, p, got, short = r/q.ratio, webcheck.Pair{Name: q.name, Foreground: fg, Background: bg, Ratio: q.ratio}, r, true
		}
	}
	return p, got, short
}

// judge says why a colour cannot be used in a scheme, if it cannot.
func (t Theme) judge(names []string, scheme, key, hex string, at diag.Pos) (diag.Finding, bool) {
	p, got, short := t.worst(names, scheme)
	if !short {
		return diag.Finding{}, true
	}
	hint := "choose another colour"
	if better, ok := nearest(parse(hex), t.passes(names, scheme)); ok {
		hint = fmt.Sprintf("the nearest colour that can be read is %q; a brighter one can stand in the logo", better)
	}
	// Rounded down: 4.499 is not 4.5.
	return diag.New(diag.Contrast, at, hint, "%q: %s has a contrast of %.2f to 1 in the %s scheme (%s: %s on %s), and needs %.1f",
		"colours."+key, hex, math.Floor(got*100)/100, scheme, p.Name, p.Foreground, p.Background, p.Ratio), false
}

// passes reports, of a colour in these places, whether all can be read.
func (t Theme) passes(names []string, scheme string) func(hex string) bool {
	trial := Theme{Colours: map[string]map[string]string{scheme: maps.Clone(t.Colours[scheme])}, pairs: t.pairs}
	return func(hex string) bool {
		trial.put(names, scheme, hex)
		_, _, short := trial.worst(names, scheme)
		return !short
	}
}

// darken works out a colour for the dark scheme: as light as reads well on dark, and no more vivid than is restful there.
func (t Theme) darken(names []string, hex string) string {
	p := parse(hex)
	p.l, p.c = max(p.l, 0.8), min(p.c, 0.13)
	out, ok := nearest(p, t.passes(names, "dark"))
	if !ok {
		return p.hex()
	}
	return out
}
