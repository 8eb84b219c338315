package present

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/redact"
)

// linkNarratives settles which narrative takes the place of which: replaces names the version of another, or its address.
func (s *Site) linkNarratives() {
	for _, p := range s.cleared.Pages() {
		if p.Kind != content.Narrative || p.Section {
			continue
		}
		if old := s.replacedNarrative(p); old != nil && s.newer[old.Address] == nil {
			s.newer[old.Address], s.older[p.Address] = p, old
		}
	}
	for _, p := range s.cleared.Pages() {
		if _, known := s.currents[p.Lang]; !known {
			s.currents[p.Lang] = s.newest(p.Lang)
		}
	}
}

func (s *Site) replacedNarrative(p *redact.Page) *redact.Page {
	name, _ := p.Params["replaces"].(string)
	if name == "" {
		return nil
	}
	if old := s.named(p, "replaces"); old != nil && old != p {
		return old
	}
	for _, other := range s.cleared.Pages() {
		if other.Kind == content.Narrative && !other.Section && other.Lang == p.Lang && other != p && other.Params["version"] == name {
			return other
		}
	}
	return nil
}

// latest follows a narrative to the version that is current now. Vetting refuses a loop in what an edition is cleared for; a
// preview shows the page all the same, and the loop ends where it began.
func (s *Site) latest(p *redact.Page) *redact.Page {
	seen := map[*redact.Page]bool{}
	for s.newer[p.Address] != nil && !seen[p] {
		seen[p] = true
		p = s.newer[p.Address]
	}
	return p
}

// current is the narrative that the pages of a language rest on: the newest that no other takes the place of; in the site's
// own language where there is none.
func (s *Site) current(lang string) *redact.Page { return s.currents[lang] }

func (s *Site) newest(lang string) *redact.Page {
	var best *redact.Page
	var at time.Time
	for _, l := range []string{lang, ""} {
		for _, p := range s.shown(content.Narrative, l) {
			if d, ok := dateOf(p.Params["date"]); ok && s.newer[p.Address] == nil && (best == nil || d.After(at)) {
				best, at = p, d
			}
		}
		if best != nil {
			break
		}
	}
	return best
}

func (s *Site) narrativeLink(p *redact.Page) map[string]any {
	return map[string]any{"url": s.url(p.Address), "title": p.Title, "summary": p.Params["summary"], "version": p.Params["version"], "publisher": p.Params["publisher"], "date": p.Params["date"]}
}

// theNarrative says which version a narrative is of, what changed since the one before, and what rests on it.
func (s *Site) theNarrative(p *redact.Page, view map[string]any) []Notice {
	say := s.say(p)
	var notices []Notice
	if latest := s.latest(p); latest != p {
		view["current"] = s.narrativeLink(latest)
		version, _ := latest.Params["version"].(string)
		notices = append(notices, Notice{"replaced", say.T("note_earlier_version", on(say, latest.Params["date"]), map[string]any{"version": version})})
	} else {
		view["rests"] = s.resting(p)
	}
	var earlier []any
	seen := map[*redact.Page]bool{p: true}
	for old := s.older[p.Address]; old != nil && !seen[old]; old = s.older[old.Address] {
		seen[old] = true
		earlier = append(earlier, s.narrativeLink(old))
	}
	view["earlier"] = earlier
	view["changed"] = s.changedSince(p)
	return notices
}

// changedSince are the changes that readers are told of since the version before; without one, none.
func (s *Site) changedSince(p *redact.Page) []any {
	var notes []any
	old := s.older[p.Address]
	var since time.Time
	if old != nil {
		since, _ = dateOf(old.Params["date"])
	} else if p.Params["replaces"] == nil {
		return nil
	}
	items, _ := p.Params["change"].([]any)
	for i, item := range items {
		table, _ := item.(map[string]any)
		at, ok := dateOf(table["date"])
		if ok && table["note"] != nil && at.After(since) && (old != nil || i == 0) {
			notes = append(notes, table["note"])
		}
	}
	return notes
}

// resting are the local pages that rest on a narrative: plans, each with the day of its review, and leaflets by setting.
// Every plan and leaflet of the edition rests on the current narrative; where there are several, the ones that link to it.
func (s *Site) resting(p *redact.Page) map[string]any {
	only := 0
	for _, other := range s.shown(content.Narrative, p.Lang) {
		if s.newer[other.Address] == nil {
			only++
		}
	}
	rests := func(page *redact.Page) bool {
		if only == 1 {
			return true
		}
		for _, to := range page.Links {
			if base, _, _ := strings.Cut(to, "#"); base == p.Address {
				return true
			}
		}
		return false
	}
	at, _ := dateOf(p.Params["date"])
	older := func(v any) bool { d, ok := dateOf(v); return ok && d.Before(at) }
	var plans, settings, stale []any
	for _, page := range s.shown(content.Plans, p.Lang) {
		if rests(page) {
			plans = append(plans, map[string]any{"url": s.url(page.Address), "title": page.Title, "reviewed": page.Params["reviewed"], "older": older(page.Params["reviewed"])})
		}
	}
	counts := map[string]int{}
	folders := map[string]string{}
	for _, page := range s.shown(content.Leaflets, p.Lang) {
		if !rests(page) {
			continue
		}
		key, _ := page.Params["setting"].(string)
		counts[key]++
		folders[key] = page.Address[:strings.LastIndex(strings.TrimSuffix(page.Address, "/"), "/")+1]
		if changed := cmp.Or(page.Params["updated"], page.Params["date"]); older(changed) {
			stale = append(stale, map[string]any{"url": s.url(page.Address), "title": page.Title, "date": changed})
		}
	}
	words := s.cleared.Repo().Words().In(p.Lang)
	keys := make([]string, 0, len(counts))
	for key := range counts {
		keys = append(keys, key)
	}
	slices.SortFunc(keys, func(a, b string) int {
		return cmp.Or(cmp.Compare(words.Get("settings", a).Label(), words.Get("settings", b).Label()), cmp.Compare(a, b))
	})
	for _, key := range keys {
		settings = append(settings, map[string]any{"label": cmp.Or(words.Get("settings", key).Label(), key), "url": s.url(folders[key]), "count": counts[key]})
	}
	return map[string]any{"plans": plans, "leaflets": settings, "older_leaflets": stale}
}
