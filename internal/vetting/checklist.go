package vetting

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/vocab"
)

// checkPlan holds what a plan says about itself against the plan: the places that its checklist and its threat_agnostic
// name must be there, the 21 items of Annex A want an answer, and the gaps that the national review found most often are
// looked for.
func (p *Page) checkPlan(repo *load.Repo) diag.List {
	if p.Kind != content.Plans || p.Section {
		return nil
	}
	var found diag.List
	for i, id := range p.Texts("threat_agnostic") {
		found.Add(p.checkSection(id, "threat_agnostic", strconv.Itoa(i))...)
	}
	answers, faults := p.answers()
	found.Add(faults...)
	// A translation's source is asked for the answers. A plan without a checklist takes no part in it; review says so.
	if p.Lang != "" || len(answers) == 0 {
		return found
	}
	keys := repo.Words().Keys("checklist")
	order := func(key string) int64 { n, _ := repo.Words().Get("checklist", key)["order"].(int64); return n }
	slices.SortStableFunc(keys, func(a, b string) int { return cmp.Compare(order(a), order(b)) })
	text := bytes.ToLower(p.Body)
	var silent, hints []string
	for _, key := range keys {
		item := repo.Words().Get("checklist", key)
		a, answered := answers[key]
		switch {
		case answered:
			found.Add(p.checkAnswer(item, a, text)...)
		case item["often_missing"] == true:
			found.Add(diag.New(diag.ChecklistGap, p.Key("checklist"), addItem(key), "the plan does not answer the item %q of the national checklist%s", item.Label(), gapWords(item)))
		default:
			silent, hints = append(silent, item.Label()), append(hints, key)
		}
	}
	if len(silent) > 0 {
		found.Add(diag.New(diag.ChecklistUnanswered, p.Key("checklist"), addItem(hints...),
			"the plan does not answer %d of the %d items of the national checklist: %s", len(silent), len(keys), strings.Join(silent, "; ")))
	}
	return found
}

// addItem is the hint for items without an answer.
func addItem(keys ...string) string {
	return fmt.Sprintf("add a [[checklist]] with item = \"%s\" and a status; planned and not-met are answers too", strings.Join(keys, "\", \""))
}

// gapWords says what the national review found about an item that plans often leave out.
func gapWords(item vocab.Entry) string {
	if s := item.Text("gap"); s != "" {
		return "; the national review of local plans: " + strings.TrimSuffix(s, ".")
	}
	return ""
}

// Texts are the texts of a list of the front matter.
func (p *Page) Texts(key string) []string {
	items, _ := p.Front[key].([]any)
	list := make([]string, len(items))
	for i, item := range items {
		list[i], _ = item.(string)
	}
	return list
}

// answer is one [[checklist]].
type answer struct {
	index  string
	status string
	placed bool // it names a section or a field
}

// answers reads [[checklist]] and checks the places that it names.
func (p *Page) answers() (map[string]answer, diag.List) {
	var found diag.List
	all := map[string]answer{}
	items, _ := p.Front["checklist"].([]any)
	for i, item := range items {
		table, _ := item.(map[string]any)
		step := strconv.Itoa(i)
		key, _ := table["item"].(string)
		if key == "" {
			continue // refused by the schema
		}
		if first, twice := all[key]; twice {
			found.Add(diag.New(diag.BadValue, p.Value("checklist", step, "item"), "keep one of the two", "checklist.%s.item is answered by checklist.%s already", step, first.index))
			continue
		}
		a := answer{index: step}
		a.status, _ = table["status"].(string)
		if id, ok := table["section"].(string); ok {
			a.placed = true
			found.Add(p.checkSection(id, "checklist", step, "section")...)
		}
		if name, ok := table["field"].(string); ok {
			a.placed = true
			found.Add(p.checkChecklistField(name, step)...)
		}
		all[key] = a
	}
	return all, found
}

// checkSection reports the id of a section that the page does not have. An id that Hugo makes of a heading is the heading's
// words, and those may be withheld: only ids that are written out are suggested.
func (p *Page) checkSection(id string, at ...string) diag.List {
	if _, n := p.Doc.Section(id); n > 0 || id == "" { // an empty one was refused by the schema
		return nil
	}
	var known []string
	for _, h := range p.Doc.Headings {
		if h.Explicit {
			known = append(known, h.ID)
		}
	}
	return diag.List{diag.New(diag.BadValue, p.Value(at...), "name the id of a heading of this page: write it as {#some-words} at the end of the heading's line",
		"%s names no section of this page%s", strings.Join(at, "."), nearest(id, known))}
}

// checkChecklistField reports a field that the front matter does not have.
func (p *Page) checkChecklistField(name, step string) diag.List {
	var known []string
	for _, f := range p.Fields {
		for n := range f.Path {
			known = append(known, strings.Join(f.Path[:n+1], "."))
		}
	}
	if slices.Contains(known, name) {
		return nil
	}
	slices.Sort(known)
	return diag.List{diag.New(diag.BadValue, p.Value("checklist", step, "field"), `name a key of this page's front matter, such as "lead"`,
		"checklist.%s.field names no field of this page%s", step, nearest(name, slices.Compact(known)))}
}

// checkAnswer holds an answer against the plan. text is the whole body in small letters: what is withheld answers an item
// too.
func (p *Page) checkAnswer(item vocab.Entry, a answer, text []byte) diag.List {
	at := p.Value("checklist", a.index, "status")
	claimed := a.status == "met" || a.status == "partly"
	var found diag.List
	if claimed && !a.placed {
		found.Add(diag.New(diag.ChecklistUnanswered, at, "add section = and the id of the heading that shows it, or field =", "the plan says that %q is %s, and not where", item.Label(), a.status))
	}
	if item["often_missing"] != true {
		return found
	}
	if missing := unmentioned(item, text); claimed && missing != "" {
		found.Add(diag.New(diag.ChecklistGap, at, "say it in the plan, in a withheld section if need be, or correct the status", "the plan says that %q is %s, and nowhere mentions %s%s", item.Label(), a.status, missing, gapWords(item)))
		return found
	}
	if a.status == "not-met" { // partly and planned are honest answers, which review lists
		found.Add(diag.New(diag.ChecklistGap, at, "agree who will see to it and by when, and set the status to planned", "the plan does not meet the item %q%s", item.Label(), gapWords(item)))
	}
	return found
}

// unmentioned is the first thing that a plan which meets an item mentions, and this one does not. Words are given as
// "Local Resilience Forum|LRF", any of which will do.
func unmentioned(item vocab.Entry, text []byte) string {
	words, _ := item["mentions"].([]any)
	for _, w := range words {
		s, _ := w.(string)
		either := strings.Split(s, "|")
		if !slices.ContainsFunc(either, func(w string) bool { return mentions(text, strings.ToLower(w)) }) {
			return either[0]
		}
	}
	return ""
}

// mentions reports whether a word begins with w in a text of small letters.
func mentions(text []byte, w string) bool {
	for from := 0; ; {
		i := bytes.Index(text[from:], []byte(w))
		if i < 0 {
			return false
		}
		i += from
		if i == 0 || !(text[i-1] >= 'a' && text[i-1] <= 'z') {
			return true
		}
		from = i + 1
	}
}
