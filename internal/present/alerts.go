package present

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"candour/internal/alert"
	"candour/internal/content"
	"candour/internal/redact"
	"candour/internal/words"
)

// named is the page of the edition that a key of an alert names, or nil.
func (s *Site) named(p *redact.Page, key string) *redact.Page {
	name, _ := p.Params[key].(string)
	if name == "" {
		return nil
	}
	address, ok := alert.Resolve(name, func(yield func(address, file string) bool) {
		for _, other := range s.cleared.Pages() {
			if other.Kind == p.Kind && other.Lang == p.Lang && !other.Section && !yield(other.Address, other.File) {
				return
			}
		}
	})
	for _, other := range s.cleared.Pages() {
		if ok && other.Address == address || key == "correction_of" && !ok && !other.Section && (other.File == name || strings.Trim(other.Address, "/") == strings.Trim(name, "/")) {
			return other
		}
	}
	return nil
}

// follow notes in a map that an alert takes the place of another, or corrects it. What nobody has issued changes nothing;
// of several, the one that was issued last counts.
func (s *Site) follow(by map[string]*redact.Page, p *redact.Page, key string) {
	if p.Params["status"] == "draft" {
		return
	}
	old := s.named(p, key)
	if old == nil || old == p {
		return
	}
	if was := by[old.Address]; was == nil || issued(p).After(issued(was)) {
		by[old.Address] = p
	}
}

func issued(p *redact.Page) time.Time {
	at, _ := dateOf(p.Params["issued"])
	return at
}

// state is where an alert stands, among the others and by the clock.
func (s *Site) state(p *redact.Page) alert.State {
	a := alert.Alert{Address: p.Address}
	a.Status, _ = p.Params["status"].(string)
	a.Expires.Start, _ = dateOf(p.Params["expires"])
	a.Expires.End, _ = end(p.Params["expires"])
	return a.State(s.now, s.replaced[p.Address] != nil, s.corrected[p.Address] != nil)
}

// around adds to the view of an alert what it has to do with others: which one it follows and which one follows it, which
// areas it may reach, what was said of it last, and what it says of a rumour.
func (s *Site) around(p *redact.Page, view map[string]any) {
	link := func(key string, other *redact.Page) {
		if other == nil || other == p {
			return
		}
		entry := map[string]any{"url": s.base() + escape(other.Address), "title": other.Title, "state": ""}
		if other.Kind == content.Alerts {
			entry["state"] = string(s.state(other))
		}
		view[key] = entry
	}
	link("replaces", s.named(p, "replaces"))
	link("corrects", s.named(p, "correction_of"))
	// A correction counts before a replacement: who passed the old one on must hear that it was wrong.
	link("replaced_by", cmp.Or(s.corrected[p.Address], s.replaced[p.Address]))
	view["was_corrected"] = s.corrected[p.Address] != nil

	if areas := shownTexts(s.say(p), p.Params["boundary_with"]); len(areas) > 0 {
		var nations []any
		for _, a := range areas {
			if name := devolved[strings.ToLower(strings.TrimSpace(a.(string)))]; name != "" && !strings.EqualFold(name, s.cleared.Config().Nation) {
				nations = append(nations, a)
			}
		}
		told, _ := p.Params["told"].(string)
		view["boundary"] = map[string]any{"areas": areas, "nations": nations, "told": told}
	}
	if status := p.Params["status"]; status == "withdrawn" || status == "updated" || status == "corrected" {
		if change := newestChange(p.Params["change"]); change != nil {
			view["changed"] = change
		}
	}
	fill, _ := p.Params["fill"].(map[string]any)
	claim, _ := fill[content.RumourClaim].(string)
	verdict, _ := fill[content.RumourVerdict].(string)
	if claim != "" && slices.Contains(content.Verdicts, verdict) {
		rumour := map[string]any{"claim": claim, "verdict": verdict}
		for _, key := range []string{"known", "source", "date"} {
			rumour[key], _ = fill[key].(string)
		}
		view["rumour"] = rumour
	}
}

// devolved are the nations with a devolved administration, by the names that a partnership may write.
var devolved = map[string]string{"scotland": "Scotland", "wales": "Wales", "cymru": "Wales", "northern ireland": "Northern Ireland"}

// shownTexts are the texts of a list that are no markers.
func shownTexts(say *words.Words, v any) []any {
	items, _ := v.([]any)
	return slices.DeleteFunc(slices.Clone(items), func(item any) bool {
		s, ok := item.(string)
		return !ok || say.IsMarker(s)
	})
}

// newestChange is the entry of the page's history with the latest date; of one day, the first.
func newestChange(v any) map[string]any {
	items, _ := v.([]any)
	var newest map[string]any
	var when time.Time
	for _, item := range items {
		table, _ := item.(map[string]any)
		at, ok := dateOf(table["date"])
		note, _ := table["note"].(string)
		if ok && note != "" && (newest == nil || at.After(when)) {
			newest, when = map[string]any{"date": table["date"], "note": note}, at
		}
	}
	return newest
}

func (s *Site) base() string {
	return strings.TrimSuffix(redact.BasePath(s.cleared.Edition().BaseURL), "/")
}
