package present

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/redact"
)

// leaflet fills the contact slots that the site gives; the others are left to the venue.
func (s *Site) leaflet(p *redact.Page, view map[string]any) {
	var slots []any
	blank := 0
	for i, item := range list(p.Params["contact_slots"]) {
		name, _ := item.(string)
		slot := map[string]any{"id": fmt.Sprintf("c-slot-%d", i+1), "key": "", "label": name, "value": "", "url": ""}
		if given, known := s.cleared.Config().Slot(name); known && config.IsSlotKey(name) {
			label, known := given.LabelIn(p.Lang)
			slot["key"], slot["label"], slot["value"], slot["url"] = name, cmp.Or(label, s.say(p).T(name)), given.Value, redact.ContactURL(given.Value)
			if own := s.cleared.Config().Language; !known {
				slot["lang"], slot["dir"] = own, map[bool]string{true: "rtl", false: "ltr"}[RightToLeft(own)]
			}
		}
		if given := s.cleared.Config().GivenFor(name); given != "" {
			slot["value"], slot["url"] = given, redact.ContactURL(given)
		}
		if slot["value"] == "" {
			blank++
		}
		slots = append(slots, slot)
	}
	view["slots"], view["blank_slots"] = slots, blank
	var formats []any
	for _, o := range s.cleared.Offers() {
		if o.Address == p.Address {
			formats = append(formats, map[string]any{"name": strings.ReplaceAll(o.Format, "-", "_"), "url": strings.TrimSuffix(redact.BasePath(s.cleared.Edition().BaseURL), "/") + escape(p.Address+o.Name),
				"size": s.say(p).Size(len(o.Data)), "type": strings.ToUpper(strings.TrimPrefix(extension(o.Name), "."))})
		}
	}
	if len(formats) > 0 {
		view["formats"] = formats
	}
	view["own_steps"] = ownSteps(p.Body)
	if n := s.current(p.Lang); n != nil {
		view["narrative"] = s.narrativeLink(n)
	}
}

// SlotNames are the names under which contacts of leaflets can be given for one run, sorted: the site's keys, and the labels
// of blank lines as keys.
func SlotNames(c *redact.Cleared) []string {
	names := map[string]bool{}
	for _, s := range c.Config().Contacts {
		names[s.Key] = true
	}
	for _, p := range c.Pages() {
		for _, item := range list(p.Params["contact_slots"]) {
			if name, _ := item.(string); name != "" && p.Kind == content.Leaflets {
				names[config.SlotName(name)] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// firstSteps reports whether a page begins with steps that lead to 999. Where a page only speaks of 999 there is nothing to
// put before its words.
func firstSteps(body []byte) bool {
	heading, rest, _ := bytes.Cut(bytes.TrimSpace(body), []byte("\n"))
	return bytes.HasPrefix(heading, []byte("## ")) && bytes.HasPrefix(bytes.TrimSpace(rest), []byte("1. ")) && ownSteps(body)
}

// ownSteps reports whether a leaflet begins with what to do at once: 999 stands near its beginning. The page then says so
// in one line above, instead of giving the same steps twice.
func ownSteps(body []byte) bool {
	const near = 700 // bytes: a heading and the first steps
	return bytes.Contains(body[:min(len(body), near)], []byte("999"))
}
