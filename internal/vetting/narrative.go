package vetting

import (
	"maps"
	"slices"

	"candour/internal/alert"
	"candour/internal/content"
	"candour/internal/diag"
)

// narratives finds narratives that take the place of themselves, at once or by way of others: none of them is the current
// one. replaces names the version of another or its address; one that names neither may mean a version that was never here.
func (v *Vetted) narratives() diag.List {
	var found diag.List
	byLang := map[string][]*Page{}
	for _, p := range v.pages {
		if p.Kind == content.Narrative && !p.Section && (p.Absence == Present || p.Absence == NotYet) {
			byLang[p.Lang] = append(byLang[p.Lang], p)
		}
	}
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		next := map[string]string{}
		for _, p := range byLang[lang] {
			if v.shown(p, "replaces") {
				next[p.Address] = v.replacedNarrative(p, byLang[lang])
			}
		}
		for _, p := range byLang[lang] {
			length := alert.Circle(p.Address, func(address string) string { return next[address] })
			if length == 0 {
				continue
			}
			message := "the narrative replaces itself"
			if length > 1 {
				message += ", by way of other narratives"
			}
			found.Add(diag.New(diag.ReplacesLoop, p.Value("replaces"), "write the version that this one takes the place of; of two narratives only the later one names the earlier", "%s", message))
		}
	}
	return found
}

// replacedNarrative is the address that a narrative's replaces means, or "". An address counts before a version, and a
// version of another page before this page itself.
func (v *Vetted) replacedNarrative(p *Page, all []*Page) string {
	name := p.Text("replaces")
	address, ok := alert.Resolve(name, func(yield func(address, file string) bool) {
		for _, other := range all {
			if !yield(other.Address, other.File) {
				return
			}
		}
	})
	if ok && address != p.Address || name == "" {
		return address
	}
	for _, other := range all {
		if other.Text("version") == name && other != p {
			return other.Address
		}
	}
	if ok || p.Text("version") == name {
		return p.Address
	}
	return ""
}
