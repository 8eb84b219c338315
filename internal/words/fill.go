package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/feature/plural"
)

// fill puts values where a text has {{ .name }}.
func fill(s string, args []map[string]any) string {
	if !strings.Contains(s, "{{") {
		return s
	}
	var b strings.Builder
	at := 0
	for _, h := range holesOf(s) {
		b.WriteString(s[at:h.start])
		at = h.end
		for _, a := range args {
			if v, ok := a[h.name]; ok {
				fmt.Fprint(&b, v)
				break
			}
		}
	}
	b.WriteString(s[at:])
	return b.String()
}

// hole is a place in a text that is filled.
type hole struct {
	start, end int
	name       string
}

// knownHoles are the holes of texts with any, as there are a few hundred texts and a call for every withheld field of a site.
var knownHoles sync.Map // text -> []hole

func holesOf(s string) []hole {
	if known, ok := knownHoles.Load(s); ok {
		return known.([]hole)
	}
	var holes []hole
	for _, m := range placeholder.FindAllStringSubmatchIndex(s, -1) {
		holes = append(holes, hole{m[0], m[1], s[m[2]:m[3]]})
	}
	knownHoles.Store(s, holes)
	return holes
}

// MarkerBegin is what every marker of the language begins with, by which templates tell one from a value.
func (w *Words) MarkerBegin() string {
	begin, _, _ := strings.Cut(w.raw("marker")[plural.Other], "{{")
	return begin
}

// IsMarker reports whether a text is a marker of the language.
func (w *Words) IsMarker(s string) bool {
	begin := w.MarkerBegin()
	return begin != "" && strings.HasPrefix(s, begin)
}

// Marker is the readable text that stands where something is withheld: it names the reason and the exemption of the Freedom
// of Information Act 2000, and nothing else (contract, section 4).
func (w *Words) Marker(reason, section string) string {
	return w.T("marker", map[string]any{"reason": reason, "section": section})
}

// Exemption names a section of the Freedom of Information Act 2000.
func (w *Words) Exemption(section string) string {
	return w.T("exemption", map[string]any{"section": section})
}

// Field names a field of the front matter, given as the steps to it without indexes: "Lead: phone". A field that the
// language has no word for is named by its key.
func (w *Words) Field(steps []string) string {
	var parts []string
	for i, s := range steps {
		t := w.T("field_" + s)
		if t == "" {
			t = strings.ReplaceAll(strings.ReplaceAll(s, "_", " "), "-", " ")
		}
		if i == 0 {
			t = upperFirst(t)
		}
		parts = append(parts, t)
	}
	return strings.Join(parts, ": ")
}

func upperFirst(s string) string {
	for i, r := range s {
		return string(unicode.ToUpper(r)) + s[i+len(string(r)):]
	}
	return s
}

// Size says how large a file is, in units of 1000.
func (w *Words) Size(n int) string {
	switch {
	case n < 1000:
		return w.N("size_bytes", n)
	case n < 1_000_000:
		return w.T("size_kb", map[string]any{"count": (n + 500) / 1000})
	}
	return w.T("size_mb", map[string]any{"count": strings.Replace(fmt.Sprintf("%.1f", float64(n)/1e6), ".", w.T("decimal_mark"), 1)})
}

// Holes lists the placeholders of a text, sorted, each once.
func (t text) holes() []string {
	set := map[string]bool{}
	for _, s := range t {
		for _, m := range placeholder.FindAllStringSubmatch(s, -1) {
			set[m[1]] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}
