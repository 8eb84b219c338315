package present

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"candour/internal/redact"
	"candour/internal/vocab"
)

func escape(p string) string       { return (&url.URL{Path: p}).EscapedPath() }
func extension(name string) string { return path.Ext(name) }

// checklist groups the 21 items of Annex A (Local preparedness for synthetic opioids in England, 9 May 2025) by element,
// with how the plan answers each. An item met by a withheld section counts as met and says that the detail is withheld.
func (s *Site) checklist(p *redact.Page) []any {
	words := s.cleared.Repo().Words().In(p.Lang)
	answers := map[string]map[string]any{}
	items, _ := p.Params["checklist"].([]any)
	for _, item := range items {
		if table, ok := item.(map[string]any); ok {
			if key, ok := table["item"].(string); ok {
				answers[key] = table
			}
		}
	}
	if len(answers) == 0 {
		return nil
	}
	// What a language has no words for stays in the site's own, and says so to screen readers.
	foreign := map[string]bool{}
	own := s.cleared.Config().Language
	if p.Lang != "" {
		for _, key := range s.cleared.Repo().Words().Unspoken(p.Lang, "checklist") {
			foreign[key] = true
		}
	}
	order := func(key string) int64 { n, _ := words.Get("checklist", key)["order"].(int64); return n }
	keys := words.Keys("checklist")
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(order(a), order(b)) })
	elements := words.Keys("elements")
	slices.SortStableFunc(elements, func(a, b string) int {
		first := func(element string) int64 {
			for _, k := range keys {
				if words.Get("checklist", k).Text("element") == element {
					return order(k)
				}
			}
			return 1 << 30
		}
		return cmp.Compare(first(a), first(b))
	})
	var groups []any
	for _, element := range elements {
		var list []any
		for _, key := range keys {
			entry := words.Get("checklist", key)
			if entry.Text("element") != element {
				continue
			}
			answer := s.answer(p, key, entry, answers[key])
			if foreign[key] {
				answer["lang"], answer["dir"] = own, map[bool]string{true: "rtl", false: "ltr"}[RightToLeft(own)]
			}
			list = append(list, answer)
		}
		if len(list) > 0 {
			groups = append(groups, map[string]any{"element": element, "label": words.Get("elements", element).Label(), "items": list})
		}
	}
	return groups
}

func (s *Site) answer(p *redact.Page, key string, entry vocab.Entry, given map[string]any) map[string]any {
	say := s.say(p)
	out := map[string]any{"key": key, "label": entry.Label(), "text": entry.Text("text"), "source": entry.Text("source"), "href": "", "withheld": false, "status": "", "status_words": say.T("check_none")}
	if given == nil {
		return out
	}
	status, _ := given["status"].(string)
	if status == "" || say.IsMarker(status) { // withheld: that is neither an answer nor none
		out["unsaid"] = true
	} else {
		out["status"] = status
	}
	out["status_words"] = cmp.Or(say.T("check_"+status), status, say.T("check_none"))
	if gone, _ := given["section_withheld"].(bool); gone {
		out["withheld"] = true
	}
	if section, _ := given["section"].(string); section != "" {
		if _, known := p.Sections[section]; known {
			out["href"] = "#" + section
		}
	}
	if field, _ := given["field"].(string); field != "" {
		if s.fieldWithheld(p, field) {
			out["withheld"] = true
		}
		top, _, _ := strings.Cut(field, ".")
		if slices.Contains(tables, top) && p.Params[top] != nil {
			out["href"] = "#c-" + top
		}
	}
	return out
}

// tables are the fields that a plan's page shows below the text, each under the id c- and its name.
var tables = []string{"lead", "threshold", "stock"}

// fieldWithheld reports whether nothing of a field is shown but its marker. Of a table it is enough that one value is.
func (s *Site) fieldWithheld(p *redact.Page, field string) bool {
	if _, gone := p.Withheld[strings.ReplaceAll(field, ".", "/")]; gone {
		return true
	}
	var at any = p.Params
	for _, step := range strings.Split(field, ".") {
		switch v := at.(type) {
		case map[string]any:
			at = v[step]
		case []any:
			i, err := strconv.Atoi(step)
			if err != nil || i < 0 || i >= len(v) {
				return false
			}
			at = v[i]
		default:
			return false
		}
	}
	text, isText := at.(string)
	return isText && s.say(p).IsMarker(text)
}
