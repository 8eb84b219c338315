// Package alertform gives an alert in every form that a communications team needs: a text message, social posts, an
// e-mail, CAP 1.2 for warning systems, and a JSON feed. The Atom feed is a template of the theme; it takes its ids and times
// from here.
//
// Reach for [New], which reads the cleared pages, then for [Forms.Describe], which tells a page's template what forms there
// are, then for [Forms.Make], when the pages are finished. No form says more than the page does: what is drawn from the text
// is read from the finished page, and an alert that no longer applies says so first and gives no advice of its own.
package alertform

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/prose"
	"candour/internal/redact"
	"candour/internal/words"
)

// Forms are the alerts of an edition, ready to be given in other forms.
type Forms struct {
	cfg     *config.Config
	edition config.Edition
	base    string // the edition's address, with a slash at its end
	now     time.Time
	alerts  []*alert // in the order of the pages
	byPage  map[*redact.Page]*alert
	found   diag.List
	speech  *words.Set
}

// alert is what the forms say of one alert, in one language.
type alert struct {
	page       *redact.Page
	lang       string // BCP 47
	slug       string // "2026-11-heroin-nitazenes": the address below /alerts/, without the language
	url        string
	title      string
	summary    string
	state      string // of present: live, draft, expired, withdrawn, corrected, replaced
	status     string // of the front matter
	stateWords string
	evidence   string // suspected, confirmed, ruled-out, or a marker
	said       string // the evidence in words
	expiry     string // in words
	area       string
	grade      string
	source     string
	corrects   bool // it corrects another or answers a rumour: its own title is no warning
	vetted     bool
	tags       []string
	issued     time.Time // zero where it is withheld or missing
	expires    time.Time // zero where it has no end
	changed    time.Time
	messages   []message // oldest first; empty where no time is known
	note       string    // of the last change
	later      *alert    // that replaces or corrects it
	earlier    []*alert  // that it replaces or corrects
	others     []*alert  // the same alert in other languages, on the one in the site's own language
	origin     *alert    // the alert in the site's own language; itself there
}

// New reads the alerts of an edition, while their pages still hold front matter.
func New(c *redact.Cleared, view *present.Site) *Forms {
	f := &Forms{speech: c.Repo().Speech(), cfg: c.Config(), edition: c.Edition(), base: strings.TrimSuffix(c.Edition().BaseURL, "/") + "/", now: c.Repo().Now(), byPage: map[*redact.Page]*alert{}}
	byAddress := map[string]*alert{}
	replacedBy := map[*alert]string{}
	for _, p := range c.Pages() {
		if p.Kind != content.Alerts || p.Section {
			continue
		}
		v := view.View(p)
		a := f.read(p, v)
		f.alerts = append(f.alerts, a)
		f.byPage[p] = a
		byAddress[p.Address] = a
		if later, ok := v["replaced_by"].(map[string]any); ok {
			replacedBy[a], _ = later["url"].(string)
		}
	}
	prefix := strings.TrimSuffix(redact.BasePath(f.edition.BaseURL), "/")
	for _, a := range f.alerts {
		if a.origin = byAddress["/alerts/"+a.slug+"/"]; a.origin == nil {
			a.origin = a
		} else if a.origin != a {
			a.origin.others = append(a.origin.others, a)
		}
		if later := byAddress[strings.TrimPrefix(replacedBy[a], prefix)]; later != nil {
			a.later = later
			later.earlier = append(later.earlier, a)
		}
	}
	for _, a := range f.alerts {
		a.times(f.now)
	}
	for _, a := range f.alerts {
		a.settle(f.now)
		f.found.Add(f.lengths(a)...)
	}
	return f
}

func (f *Forms) read(p *redact.Page, v map[string]any) *alert {
	text := func(key string) string { s, _ := p.Params[key].(string); return s }
	said := func(key string) string { s, _ := v[key].(string); return s }
	a := &alert{page: p, lang: cmp.Or(p.Lang, f.cfg.Language), slug: p.Address, title: p.Title, summary: text("summary"),
		state: said("state"), status: text("status"), stateWords: said("status_words"), evidence: text("evidence"), said: said("evidence_words"), expiry: said("expiry"),
		area: text("area"), grade: f.known(p, text("grade")), source: f.known(p, text("source_shown")), corrects: text("correction_of") != "" || rumour(p), vetted: v["not_vetted"] != true}
	if p.Lang != "" {
		a.slug = strings.TrimPrefix(a.slug, "/"+p.Lang)
	}
	a.slug = strings.Trim(strings.TrimPrefix(a.slug, "/alerts/"), "/")
	a.url = f.absolute(p.Address)
	if list, ok := p.Params["tags"].([]any); ok {
		for _, t := range list {
			if s, ok := t.(string); ok && f.known(p, s) != "" {
				a.tags = append(a.tags, s)
			}
		}
	}
	a.issued, _, _ = moment(p.Params["issued"])
	if at, dateOnly, ok := moment(p.Params["expires"]); ok {
		if a.expires = at; dateOnly {
			a.expires = at.AddDate(0, 0, 1)
		}
	}
	return a
}

// rumour reports whether an alert answers a rumour.
func rumour(p *redact.Page) bool {
	fill, _ := p.Params["fill"].(map[string]any)
	return fill[content.RumourClaim] != nil || fill[content.RumourVerdict] != nil
}

// known is a value, or "" for a marker, which no machine could make sense of.
func (f *Forms) known(p *redact.Page, s string) string {
	if f.speech.For(p.Lang).IsMarker(s) {
		return ""
	}
	return s
}

// applies reports whether the alert is one to act on. A draft is not, but its forms are shown whole to whoever prepares
// them, with "draft" before everything else.
func (a *alert) applies() bool { return a.state == "live" || a.state == "draft" }

// absolute gives the whole address of a path of the site.
func (f *Forms) absolute(address string) string {
	return f.base + strings.TrimPrefix(escape(address), "/")
}

// resolve gives the whole address of a link on a page.
func (f *Forms) resolve(a *alert) func(href string) string {
	prefix := redact.BasePath(f.edition.BaseURL)
	return func(href string) string {
		switch {
		case strings.HasPrefix(href, "#"):
			return a.url + href
		case strings.HasPrefix(href, "//"):
			return "https:" + href
		case strings.HasPrefix(href, "/"):
			return f.base + strings.TrimPrefix(strings.TrimPrefix(href, prefix), "/")
		case strings.Contains(strings.SplitN(href, "/", 2)[0], ":"):
			return href
		}
		return a.url + href
	}
}

// id is the alert's name for good: a tag URI (RFC 4151). Its authority is the domain of the publisher's e-mail address, so
// that it stays when the site moves to another address; the year is that in which these ids were introduced.
func (f *Forms) id(address string) string {
	_, domain, _ := strings.Cut(f.cfg.Contact.Email, "@")
	edition := ""
	if !f.edition.Public() {
		edition = f.edition.Name + ":"
	}
	return "tag:" + strings.ToLower(cmp.Or(domain, "candour.invalid")) + ",2026:" + edition + escape(address)
}

// Describe tells a page's template what forms there are. For an alert: .Params.view.forms, each with key, url and, for a
// text message, parts and characters; and .Params.view.feed with id, standing, issued, changed and cap. For a list of alerts: .Params.view.feed.id.
func (f *Forms) Describe(p *redact.Page, view map[string]any) {
	if p.Kind == content.Alerts && p.Section {
		view["feed"] = f.list(p.Address)
	}
	a := f.byPage[p]
	if a == nil {
		return
	}
	base := strings.TrimSuffix(redact.BasePath(f.edition.BaseURL), "/")
	at := func(name string) string { return base + escape(p.Address) + name }
	message := Count(f.sms(a))
	forms := []any{
		map[string]any{"key": "sms", "url": at("sms.txt"), "parts": message.Parts, "characters": message.Characters},
		map[string]any{"key": "social", "url": at("social.txt")},
		map[string]any{"key": "email", "url": at("email.html")},
		map[string]any{"key": "email_text", "url": at("email.txt")},
	}
	feed := map[string]any{"id": f.id(p.Address), "standing": f.standing(a)}
	if !a.changed.IsZero() {
		feed["changed"] = stamp(a.changed)
		feed["issued"] = stamp(first(a.issued, a.changed))
	}
	if len(a.origin.messages) > 0 {
		forms = append(forms, map[string]any{"key": "cap", "url": base + escape(a.origin.page.Address) + "cap.xml"})
		feed["cap"] = f.absolute(a.origin.page.Address) + "cap.xml"
	}
	view["forms"], view["feed"] = forms, feed
}

// List is .Params.view.feed of a list of alerts at an address, which need not have a page in content/.
func List(c *redact.Cleared, address string) map[string]any {
	return (&Forms{speech: c.Repo().Speech(), cfg: c.Config(), edition: c.Edition()}).list(address)
}

func (f *Forms) list(address string) map[string]any { return map[string]any{"id": f.id(address)} }

// Make makes the forms of every alert that the edition has a page of.
func (f *Forms) Make(finished *output.Site) ([]output.File, diag.List) {
	var files []output.File
	docs := map[*alert]*prose.Document{}
	for _, a := range f.alerts {
		page := finished.Find(strings.TrimPrefix(a.page.Address, "/") + "index.html")
		if page == nil {
			continue
		}
		doc, err := prose.Read(page.Data)
		if err != nil {
			f.found.Add(diag.New(diag.BadLayout, diag.Pos{File: a.page.File}, "mend the template that makes alerts", "the finished page cannot be read, so that its other forms cannot be made"))
			continue
		}
		docs[a] = doc
	}
	for _, a := range f.alerts {
		doc := docs[a]
		if doc == nil {
			continue
		}
		put := func(name string, data []byte) {
			files = append(files, output.File{Path: path.Join(strings.Trim(a.page.Address, "/"), name), Data: data, Source: a.page.File})
		}
		put("sms.txt", []byte(f.sms(a)+"\n"))
		put("social.txt", []byte(f.social(a)))
		put("email.html", f.emailHTML(a, doc))
		put("email.txt", f.emailText(a, doc))
		if a.origin == a && len(a.messages) > 0 {
			put("cap.xml", f.capXML(a, docs))
		}
	}
	for _, lang := range f.languages() {
		if file, ok := f.jsonFeed(lang, docs, finished); ok {
			files = append(files, file)
		}
	}
	return files, f.found
}

// languages are those that have alerts, the site's own ("") first.
func (f *Forms) languages() []string {
	seen := map[string]bool{"": true}
	for _, a := range f.alerts {
		seen[a.page.Lang] = true
	}
	var list []string
	for lang := range seen {
		list = append(list, lang)
	}
	slices.Sort(list)
	return list
}

// warning is what must stand before anything else in a form that is not for everybody, or "".
func (f *Forms) warning(a *alert) string {
	var parts []string
	if a.state == "draft" {
		parts = append(parts, f.say(a.lang, "draft"))
	}
	if !a.vetted && a.state != "draft" {
		parts = append(parts, f.say(a.lang, "not_vetted"))
	}
	if f.edition.Clearance > level.Public || !f.edition.Public() {
		parts = append(parts, f.say(a.lang, "edition", "edition", f.edition.Name))
	}
	return strings.Join(parts, " ")
}

// headline is the title, with the state before it unless the alert is in force.
func (f *Forms) headline(a *alert) string {
	if a.state == "live" {
		return a.title
	}
	return f.say(a.lang, "lead_over", "state", a.stateWords, "title", a.title)
}

// standing is where the alert stands, in sentences: its state, how sure it is, and until when it applies.
func (f *Forms) standing(a *alert) string {
	switch a.state {
	case "withdrawn", "expired":
		return join(stop(a.said), stop(a.expiry)) // which says so
	case "replaced", "corrected":
		return join(stop(a.stateWords), stop(a.said))
	}
	return join(stop(a.stateWords), stop(a.said), stop(a.expiry))
}

// over says of an alert that no longer applies that it does not, and where to look instead.
func (f *Forms) over(a *alert) string {
	text := f.say(a.lang, "over_"+a.state)
	if a.state == "expired" {
		text = stop(a.expiry)
	}
	if a.later != nil && (a.state == "replaced" || a.state == "corrected") {
		text += " " + a.later.url
	}
	return text
}
