package present

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/redact"
)

// List is what the list at an address, such as /plans/ or /cy/plans/, finds under .Params.view besides what every page has.
// The home page's address is /.
func (s *Site) List(lang, address string) map[string]any {
	dir := strings.Trim(strings.TrimPrefix(address, "/"+lang), "/")
	if lang == "" {
		dir = strings.Trim(address, "/")
	}
	switch dir {
	case "":
		return map[string]any{"help": s.help(lang)}
	case string(content.Plans):
		return map[string]any{"partnerships": s.partnerships(lang), "threats": s.threats(lang)}
	case string(content.Narrative):
		return map[string]any{"versions": s.versions(lang)}
	}
	return map[string]any{}
}

// card is what a list says of a plan.
func (s *Site) card(p *redact.Page) map[string]any {
	var covers []any
	for _, key := range list(p.Params["covers"]) {
		text, _ := key.(string)
		covers = append(covers, cmp.Or(s.cleared.Repo().Words().In(p.Lang).Get("threats", text).Label(), text))
	}
	return map[string]any{"url": s.url(p.Address), "title": p.Title, "summary": p.Params["summary"], "covers": covers, "reviewed": p.Params["reviewed"],
		"next_review": p.Params["next_review"], "overdue": s.overdue(p), "behind": s.behind(p), "coverage": coverage(any(s.checklist(p)))}
}

// partnerships groups the plans: one that several partnerships share stands under each of them.
func (s *Site) partnerships(lang string) []any {
	plans := map[string][]any{}
	var names []string
	for _, p := range s.shown(content.Plans, lang) {
		card := s.card(p)
		for _, name := range list(p.Params["partnership"]) {
			text, _ := name.(string)
			if _, known := plans[text]; !known {
				names = append(names, text)
			}
			plans[text] = append(plans[text], card)
		}
	}
	slices.Sort(names)
	var out []any
	for _, name := range names {
		out = append(out, map[string]any{"name": name, "plans": plans[name]})
	}
	return out
}

// threats lists, drug by drug, the plans that cover it. What a plan says for any drug stands first.
func (s *Site) threats(lang string) []any {
	words := s.cleared.Repo().Words().In(lang)
	plans := map[string][]any{}
	var keys []string
	for _, p := range s.shown(content.Plans, lang) {
		link := map[string]any{"url": s.url(p.Address), "title": p.Title}
		for _, key := range list(p.Params["covers"]) {
			text, _ := key.(string)
			if _, known := plans[text]; !known {
				keys = append(keys, text)
			}
			plans[text] = append(plans[text], link)
		}
		if general, _ := s.byThreat(p); len(general) > 0 && !slices.Contains(list(p.Params["covers"]), any("any")) {
			if _, known := plans["any"]; !known {
				keys = append(keys, "any")
			}
			plans["any"] = append(plans["any"], map[string]any{"url": s.url(p.Address) + "#c-any-drug", "title": p.Title})
		}
	}
	slices.SortStableFunc(keys, func(a, b string) int {
		first := func(k string) int { return map[bool]int{true: 0, false: 1}[k == "any"] }
		return cmp.Or(cmp.Compare(first(a), first(b)), cmp.Compare(words.Get("threats", a).Label(), words.Get("threats", b).Label()))
	})
	var out []any
	for _, key := range keys {
		e := words.Get("threats", key)
		out = append(out, map[string]any{"key": key, "label": cmp.Or(e.Label(), key), "help": e.Text("help"), "plans": plans[key]})
	}
	return out
}

// versions lists the narratives, current ones first, then the newest first.
func (s *Site) versions(lang string) []any {
	pages := s.shown(content.Narrative, lang)
	slices.SortStableFunc(pages, func(a, b *redact.Page) int {
		old := func(p *redact.Page) int { return map[bool]int{true: 1, false: 0}[s.newer[p.Address] != nil] }
		da, _ := dateOf(a.Params["date"])
		db, _ := dateOf(b.Params["date"])
		return cmp.Or(cmp.Compare(old(a), old(b)), db.Compare(da), cmp.Compare(path.Base(a.Address), path.Base(b.Address)))
	})
	var out []any
	for _, p := range pages {
		link := s.narrativeLink(p)
		link["earlier"] = s.newer[p.Address] != nil
		out = append(out, link)
	}
	return out
}
