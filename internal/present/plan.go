package present

import (
	"cmp"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/redact"
	"candour/internal/vetting"
)

// four are the elements of a plan (Annex A), in their order. What covers them all is "general".
var four = []string{"prepare", "monitor", "treat", "enforce"}

// plan answers the national checklist, says what is overdue, and gathers what a reader wants at a glance.
func (s *Site) plan(p *redact.Page, view map[string]any) []Notice {
	say := s.say(p)
	var notices []Notice
	if s.overdue(p) {
		notices = append(notices, Notice{"overdue", say.T("note_plan_overdue", on(say, p.Params["next_review"]))})
	}
	if s.behind(p) {
		notices = append(notices, Notice{"overdue", say.T("note_plan_narrative", map[string]any{"date": say.Date(s.narrative.In(vetting.London))})})
	}
	view["checklist"] = s.checklist(p)
	view["version_date"] = s.versionDate(p)
	view["partnerships"] = list(p.Params["partnership"])
	view["elements"] = s.elements(p, view)
	view["general_roles"] = s.roles(p, "general")
	view["coverage"] = coverage(view["checklist"])
	view["any_drug"], view["named_drugs"] = s.byThreat(p)
	view["help"] = s.help(p.Lang)
	if n := s.current(p.Lang); n != nil {
		view["narrative"] = s.narrativeLink(n)
	}
	return notices
}

// overdue reports whether the day of a plan's next review is over.
func (s *Site) overdue(p *redact.Page) bool {
	at, ok := end(p.Params["next_review"])
	return ok && !at.After(s.now)
}

// behind reports whether a newer narrative came out after a plan was reviewed (Rec 1 of the national review).
func (s *Site) behind(p *redact.Page) bool {
	at, ok := dateOf(p.Params["reviewed"])
	return ok && !s.narrative.IsZero() && s.narrative.After(at)
}

// versionDate is the day of the last change that readers are told of.
func (s *Site) versionDate(p *redact.Page) string {
	newest := ""
	if items, ok := p.Params["change"].([]any); ok {
		for _, item := range items {
			if table, ok := item.(map[string]any); ok {
				if d, _ := table["date"].(string); len(d) >= 10 && d > newest && d[0] >= '0' && d[0] <= '9' {
					newest = d
				}
			}
		}
	}
	for _, key := range []string{"updated", "date"} {
		if d, _ := p.Params[key].(string); newest == "" && !s.say(p).IsMarker(d) {
			newest = d
		}
	}
	return newest
}

// list gives a text, or a list of texts, as a list.
func list(v any) []any {
	switch v := v.(type) {
	case nil:
		return nil
	case []any:
		return v
	}
	return []any{v}
}

// roles are those who lead an element.
func (s *Site) roles(p *redact.Page, element string) []any {
	var roles []any
	items, _ := p.Params["lead"].([]any)
	for _, item := range items {
		if table, ok := item.(map[string]any); ok && table["element"] == element && table["role"] != nil && !slices.Contains(roles, table["role"]) {
			roles = append(roles, table["role"])
		}
	}
	return roles
}

// elements are Prepare, Monitor, Treat and Enforce, each with who leads it, how much of the checklist it meets, and its
// section, which is the heading with the element's own id.
func (s *Site) elements(p *redact.Page, view map[string]any) []any {
	words := s.cleared.Repo().Words().In(p.Lang)
	var out []any
	for _, key := range four {
		e := words.Get("elements", key)
		entry := map[string]any{"key": key, "label": e.Label(), "help": e.Text("help"), "roles": s.roles(p, key), "href": ""}
		if gone, known := p.Sections[key]; known && !gone {
			entry["href"] = "#" + key
		}
		if groups, ok := view["checklist"].([]any); ok {
			for _, g := range groups {
				if group := g.(map[string]any); group["element"] == key {
					entry["coverage"] = coverage([]any{group})
				}
			}
		}
		out = append(out, entry)
	}
	return out
}

// coverage counts the answers of a checklist. What is met by a withheld section is met.
func coverage(checklist any) map[string]any {
	groups, _ := checklist.([]any)
	if len(groups) == 0 {
		return nil
	}
	counts := map[string]any{}
	total := 0
	for _, g := range groups {
		items, _ := g.(map[string]any)["items"].([]any)
		for _, item := range items {
			total++
			if item.(map[string]any)["unsaid"] == true {
				continue
			}
			key := cmp.Or(item.(map[string]any)["status"].(string), "none")
			n, _ := counts[key].(int)
			counts[key] = n + 1
		}
	}
	for _, key := range []string{"met", "partly", "planned", "not-met", "none"} {
		if counts[key] == nil {
			counts[key] = 0
		}
	}
	counts["total"] = total
	return counts
}

// byThreat parts the sections of a plan into those that hold whatever the drug is and those for the threats that it names.
// A section covers what is below it; where some of what is below it holds for any drug and some does not, the parts are
// listed.
func (s *Site) byThreat(p *redact.Page) (general, named []any) {
	marked := map[string]bool{}
	ids, _ := p.Params["threat_agnostic"].([]any)
	for _, id := range ids {
		if text, ok := id.(string); ok {
			marked[text] = true
		}
	}
	if len(marked) == 0 {
		return nil, nil
	}
	under := 0 // rank of the marked heading above, or 0
	for i, h := range p.Headings {
		if under > 0 && h.Level > under {
			continue // stands for itself in the marked section
		}
		under = 0
		entry := map[string]any{"id": h.ID, "title": h.Text}
		switch {
		case marked[h.ID]:
			under = h.Level
			general = append(general, entry)
		case h.Level > 3, s.parted(p.Headings[i+1:], h.Level):
		default:
			named = append(named, entry)
		}
	}
	return general, named
}

// parted reports whether a heading has parts that are listed by themselves.
func (s *Site) parted(below []redact.Heading, level int) bool {
	return len(below) > 0 && below[0].Level > level && below[0].Level <= 3
}

// helpPages are where somebody who is worried goes on to, where a site has them.
var helpPages = []string{"/pages/worried-about-someone/", "/pages/overdose/", "/pages/naloxone/"}

// help are the pages for somebody who is worried, in the language of the page or, where it lacks one, in the site's own.
func (s *Site) help(lang string) []any {
	var out []any
	for _, address := range helpPages {
		p := s.at(lang, address)
		if p == nil {
			continue
		}
		out = append(out, map[string]any{"url": s.url(p.Address), "title": p.Title, "summary": p.Params["summary"]})
	}
	return out
}

// at finds the page of an address, in a language if it is there, else in the site's own.
func (s *Site) at(lang, address string) *redact.Page {
	if lang != "" {
		if p := s.byAddress["/"+lang+address]; p != nil {
			return p
		}
	}
	return s.byAddress[address]
}

// url is an address with the path of the edition's base URL before it.
func (s *Site) url(address string) string {
	return strings.TrimSuffix(redact.BasePath(s.cleared.Edition().BaseURL), "/") + escape(address)
}

// shown lists the pages of a kind in a language, without introductions, in the order of their titles.
func (s *Site) shown(kind content.Kind, lang string) []*redact.Page {
	var out []*redact.Page
	for _, p := range s.cleared.Pages() {
		if p.Kind == kind && p.Lang == lang && !p.Section {
			out = append(out, p)
		}
	}
	slices.SortStableFunc(out, func(a, b *redact.Page) int {
		return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Address, b.Address))
	})
	return out
}
