// Package present works out what a page says about itself beyond what its author wrote: whether an alert is live, when it
// stops applying in words, what is overdue, and how a plan answers the national checklist. It sees cleared pages only.
package present

import (
	"cmp"
	"fmt"
	"strings"
	"sync"
	"time"

	"candour/internal/alert"
	"candour/internal/content"
	"candour/internal/frontmatter"
	"candour/internal/redact"
	"candour/internal/vetting"
	"candour/internal/words"
)

// Notice is something that a reader must know before reading on.
type Notice struct{ Kind, Text string }

// Map gives the notice as templates see it.
func (n Notice) Map() map[string]any { return map[string]any{"kind": n.Kind, "text": n.Text} }

// Site looks at all pages of an edition together. Several goroutines may ask one.
type Site struct {
	sources   func() map[string]*redact.Page // in the site's own language, by address; made when first asked for
	cleared   *redact.Cleared
	now       time.Time
	replaced  map[string]*redact.Page // address of an alert -> the one that takes its place
	corrected map[string]*redact.Page
	narrative time.Time // of the newest narrative
	byAddress map[string]*redact.Page
	newer     map[string]*redact.Page // address of a narrative -> the version that takes its place
	older     map[string]*redact.Page // and the other way round
	currents  map[string]*redact.Page // language -> the narrative that its pages rest on
}

// New looks at the pages of an edition.
func New(c *redact.Cleared) *Site {
	s := &Site{cleared: c, now: c.Repo().Now(), replaced: map[string]*redact.Page{}, corrected: map[string]*redact.Page{},
		byAddress: map[string]*redact.Page{}, newer: map[string]*redact.Page{}, older: map[string]*redact.Page{}, currents: map[string]*redact.Page{}}
	for _, p := range c.Pages() {
		s.byAddress[p.Address] = p
		switch p.Kind {
		case content.Alerts:
			if p.Params["status"] == "draft" {
				continue // nobody has issued it: what it replaces still stands
			}
			s.follow(s.replaced, p, "replaces")
			s.follow(s.corrected, p, "correction_of")
		case content.Narrative:
			if at, ok := vetting.Start(p.Params["date"]); ok && !p.Section && at.After(s.narrative) {
				s.narrative = at
			} else if at, ok := dateOf(p.Params["date"]); ok && !p.Section && at.After(s.narrative) {
				s.narrative = at
			}
		}
	}
	s.linkNarratives()
	s.sources = sync.OnceValue(s.originals)
	return s
}

// dateOf reads a date of cleared params, which are text.
func dateOf(v any) (time.Time, bool) { at, _, ok := when(v); return at, ok }

func when(v any) (at time.Time, dateOnly, ok bool) {
	s, isText := v.(string)
	if !isText {
		return frontmatter.Instant(v, vetting.London)
	}
	if at, err := time.ParseInLocation(time.DateOnly, s, vetting.London); err == nil {
		return at, true, true
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at, false, true
	}
	return time.Time{}, false, false
}

// end is the moment at which a date or time of cleared params is over.
func end(v any) (time.Time, bool) {
	at, dateOnly, ok := when(v)
	if dateOnly {
		at = at.AddDate(0, 0, 1)
	}
	return at, ok
}

// View is what templates find under .Params.view.
func (s *Site) View(p *redact.Page) map[string]any {
	view := map[string]any{"kind": string(p.Kind), "not_vetted": false, "live": false}
	say := s.say(p)
	var notices []Notice
	if !p.Section && !p.SignOff.Vetted() {
		view["not_vetted"] = true
		notices = append(notices, Notice{"not-vetted", say.T("note_not_vetted")})
	}
	notices = append(notices, s.translation(p)...)
	switch {
	case p.Section:
		for key, v := range s.List(p.Lang, p.Address) {
			view[key] = v
		}
	case p.Kind == content.Alerts:
		notices = append(notices, s.alert(p, view)...)
	case p.Kind == content.Plans:
		notices = append(notices, s.plan(p, view)...)
	case p.Kind == content.Narrative:
		notices = append(notices, s.theNarrative(p, view)...)
	case p.Kind == content.Leaflets:
		s.leaflet(p, view)
	case p.Kind == content.Pages:
		view["own_steps"] = firstSteps(p.Body)
	}
	if at, ok := end(p.Params["review_by"]); ok && !at.After(s.now) {
		notices = append(notices, Notice{"overdue", say.T("note_overdue", on(say, p.Params["review_by"]))})
	}
	list := make([]any, len(notices))
	for i, n := range notices {
		list[i] = n.Map()
	}
	view["notices"] = list
	links := map[string]any{}
	base := strings.TrimSuffix(redact.BasePath(s.cleared.Edition().BaseURL), "/")
	for dest, url := range p.Links {
		if strings.HasPrefix(url, "/") {
			url = base + url
		}
		links[dest] = url
	}
	view["links"] = links
	if sizes := s.images(p); len(sizes) > 0 {
		view["images"] = sizes
	}
	attachments := []any{}
	for _, f := range p.Files {
		if f.Attached {
			attachments = append(attachments, map[string]any{"name": f.Name, "url": base + escape(p.Address+f.Name), "size": say.Size(len(f.Data)), "type": strings.ToUpper(strings.TrimPrefix(extension(f.Name), "."))})
		}
	}
	view["attachments"] = attachments
	if p.Origin != nil {
		view["origin"] = origin(p.Origin)
	}
	var held []any
	for _, m := range p.Held {
		held = append(held, m.Text)
	}
	view["attachments_withheld"] = held
	sections := []any{}
	for _, h := range p.Headings {
		sections = append(sections, map[string]any{"id": h.ID, "title": h.Text, "level": h.Level})
	}
	view["sections"] = sections
	if len(p.Figures) > 0 {
		view["figures"] = s.figures(p)
	}
	return view
}

// say gives the interface's words in the language of a page.
func (s *Site) say(p *redact.Page) *words.Words { return s.cleared.Repo().Say(p.Lang) }

// on is a day for a sentence that names one.
func on(say *words.Words, v any) map[string]any {
	at, _, ok := when(v)
	if !ok {
		return nil
	}
	return map[string]any{"date": say.Date(at.In(vetting.London))}
}

// Moment writes a time as it is said in a language: "6 pm on Friday 27 November 2026", and a day as "the end of Friday 27
// November 2026"; "" for what is neither.
func Moment(say *words.Words, v any) string {
	at, dateOnly, ok := when(v)
	if !ok {
		return ""
	}
	at = at.In(vetting.London)
	if dateOnly {
		return say.EndOf(at)
	}
	return say.Moment(at)
}

// alert settles the state of an alert and says it in words. Because a static page cannot expire by itself, the expiry is
// stated in words wherever the alert appears (contract, section 5).
func (s *Site) alert(p *redact.Page, view map[string]any) []Notice {
	var notices []Notice
	say := s.say(p)
	expires, hasExpiry := end(p.Params["expires"])
	expired := hasExpiry && !expires.After(s.now)
	state := string(s.state(p))
	moment := map[string]any{"moment": Moment(say, p.Params["expires"])}
	switch alert.State(state) {
	case alert.Draft, alert.Withdrawn, alert.Corrected, alert.Replaced, alert.Expired:
		notices = append(notices, Notice{state, say.T("note_"+state, moment)})
	}
	view["state"], view["live"] = state, state == "live"
	switch {
	case state == "withdrawn":
		view["expiry"] = say.T("expiry_withdrawn")
	case !hasExpiry && p.Params["expires"] != nil:
		view["expiry"] = fmt.Sprint(p.Params["expires"])
	case !hasExpiry:
		view["expiry"] = say.T("expiry_open")
	case expired:
		view["expiry"] = say.T("expiry_past", moment)
	default:
		view["expiry"] = say.T("expiry_ahead", moment)
	}
	view["status_words"] = say.T("state_" + state)
	evidence, _ := p.Params["evidence"].(string)
	view["evidence_words"] = cmp.Or(say.T("evidence_"+strings.ReplaceAll(evidence, "-", "_")), evidence)
	s.around(p, view)
	return notices
}
