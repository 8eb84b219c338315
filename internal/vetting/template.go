package vetting

import (
	"slices"
	"strconv"

	"candour/internal/content"
	"candour/internal/diag"
)

// checkGaps looks for gaps that a template defines twice, or never uses: what is filled into those would be lost. That the
// text uses none that is not defined is asked at each shortcode.
func (p *Page) checkGaps() diag.List {
	if p.Kind != content.AlertTemplates || p.Section {
		return nil
	}
	var found diag.List
	used := map[string]bool{}
	for _, s := range p.Doc.Shortcodes {
		if s.Name == "placeholder" && !s.Escaped && len(s.Args) == 1 {
			used[s.Args[0]] = true
		}
	}
	items, _ := p.Front["placeholder"].([]any)
	var seen []string
	for i, item := range items {
		table, _ := item.(map[string]any)
		key, _ := table["key"].(string)
		at := p.Value("placeholder", strconv.Itoa(i), "key")
		switch {
		case key == "":
			continue // a required key, asked for by the schema
		case slices.Contains(seen, key):
			found.Add(diag.New(diag.BadPlaceholder, at, "give every [[placeholder]] a key of its own", "two [[placeholder]] have the key %q", key))
		case !used[key]:
			found.Add(diag.New(diag.BadPlaceholder.At(diag.Warning), at, `put {{< placeholder "`+key+`" >}} where it belongs in the text, or take the block out`, "the text never uses the gap %q, so what is filled in would be lost", key))
		}
		seen = append(seen, key)
	}
	return found
}
