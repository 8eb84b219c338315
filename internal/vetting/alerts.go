package vetting

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"candour/internal/alert"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/nearmiss"
	"candour/internal/wording"
)

// alertRules are the rules of package alert, by the kind of fault, with what to do about it.
var alertRules = map[alert.Kind]struct {
	rule diag.Rule
	hint string
}{
	alert.OutOfOrder: {diag.DatesOutOfOrder, "look at the dates of the page again and correct the one that is wrong"},
	alert.Ahead:      {diag.DatesOutOfOrder.At(diag.Warning), "correct issued, or give date the same day: the page then stays out until it comes"},
	alert.Loop:       {diag.ReplacesLoop, "of two alerts only the later one names the earlier; take the line out of the others"},
	alert.Twice:      {diag.ReplacedTwice, "withdraw one of the two with candour withdraw, or let the newer one replace the older one"},
}

// alerts judges alerts: their dates, how they follow each other, what was filled in, and who was told.
//
// A draft, and an alert whose day has not come, is only warned about: nobody reads it yet. So is a withdrawn one, since
// nothing may stand in the way of withdrawing.
func (v *Vetted) alerts() diag.List {
	var found diag.List
	byLang := map[string][]*Page{}
	for _, p := range v.pages {
		if p.Kind == content.Alerts && !p.Section && (p.Absence == Present || p.Absence == DraftAlert || p.Absence == NotYet) {
			byLang[p.Lang] = append(byLang[p.Lang], p)
		}
	}
	templates := v.templates()
	for _, lang := range slices.Sorted(maps.Keys(byLang)) {
		pages := byLang[lang]
		of := map[string]*Page{}
		var list []alert.Alert
		for _, p := range pages {
			of[p.Address] = p
			a, faults := v.alertOf(p)
			found.Add(faults...)
			if p.Absence != NotYet {
				list = append(list, a)
			}
			found.Add(v.filled(p, templates)...)
			found.Add(p.account()...)
		}
		past := alert.NewPast(list)
		for _, a := range list {
			of[a.Address].state = past.State(a, v.repo.Now())
		}
		for _, f := range alert.Check(list, v.repo.Now()) {
			p, r := of[f.Address], alertRules[f.Kind]
			message := f.Message
			if other := of[f.Other]; other != nil {
				message += " (" + other.File + ")"
			}
			found.Add(diag.New(p.soften(r.rule), p.Value(f.Key), r.hint, "%s", message))
		}
		if lang != "" {
			continue // a translation is no other alert
		}
		for _, f := range v.repo.Config().Alerts.Fatigue(list, v.repo.Now()) {
			found.Add(diag.New(diag.AlertFatigue, of[f.Address].Value(f.Key),
				"could this be joined to an alert that is in force, or an older one be withdrawn? the limits stand under [alerts] in candour.toml", "%s", f.Message))
		}
	}
	return found
}

// soften makes a warning of an error on an alert that nobody reads yet or that is withdrawn.
func (p *Page) soften(r diag.Rule) diag.Rule {
	if status := p.Text("status"); r.Severity == diag.Error && p.Kind == content.Alerts && (status == "draft" || status == "withdrawn" || p.Absence == NotYet) {
		return r.At(diag.Warning)
	}
	return r
}

// shown reports whether the edition is cleared for a key of the front matter.
func (v *Vetted) shown(p *Page, key string) bool {
	f := p.Field(key)
	return f == nil || f.Level <= v.edition.Clearance
}

// alertOf reads what package alert needs to know of a page, and looks for the alerts that it names.
func (v *Vetted) alertOf(p *Page) (alert.Alert, diag.List) {
	var found diag.List
	moment := func(key string) (m alert.Moment) {
		m.Start, _ = Start(p.Front[key])
		m.End, _ = End(p.Front[key])
		return m
	}
	a := alert.Alert{Address: p.Address, Status: p.Text("status"), Date: moment("date"), Updated: moment("updated"),
		PanelMet: moment("panel_met"), Issued: moment("issued"), Expires: moment("expires")}
	for _, name := range []struct {
		key    string
		to     *string
		anyOne bool // it may be a page of another kind
	}{{"replaces", &a.Replaces, false}, {"correction_of", &a.CorrectionOf, true}} {
		if p.Text(name.key) == "" || !v.shown(p, name.key) {
			continue
		}
		address, faults := v.named(p, name.key, name.anyOne)
		found.Add(faults...)
		*name.to = address
	}
	return a, found
}

// named finds the page that a key of an alert names.
func (v *Vetted) named(p *Page, key string, anyKind bool) (string, diag.List) {
	name := p.Text(key)
	eligible := func(other *Page) bool {
		return !other.Section && other.Lang == p.Lang && (anyKind || other.Kind == content.Alerts)
	}
	// A short name means an alert; only a whole address or file means a page of another kind.
	candidates := func(yield func(address, file string) bool) {
		for _, other := range v.pages {
			if eligible(other) && other.Kind == content.Alerts && !yield(other.Address, other.File) {
				return
			}
		}
		for _, file := range v.repo.Dropped() {
			address, lang, _ := content.AddressOf(strings.TrimPrefix(file, "content/"))
			if lang == p.Lang && strings.HasPrefix(file, "content/alerts/") && !yield(address, file) {
				return
			}
		}
		for _, other := range v.pages {
			if whole := other.File == name || strings.Trim(other.Address, "/") == strings.Trim(name, "/"); anyKind && whole && eligible(other) && !yield(other.Address, other.File) {
				return
			}
		}
	}
	wrong := func(r diag.Rule, hint, format string, args ...any) diag.List {
		return diag.List{diag.New(p.soften(r), p.Value(key), hint, format, args...)}
	}
	address, ok := alert.Resolve(name, candidates)
	if !ok {
		var known []string
		for _, other := range v.pages {
			if eligible(other) && other.Kind == content.Alerts && other.Absence == Present {
				known = append(known, alert.Slug(other.Address))
			}
		}
		near := ""
		if n := nearmiss.Nearest(alert.Slug(name), known); n != "" {
			near = fmt.Sprintf("; did you mean %q?", "/alerts/"+n+"/")
		}
		return "", wrong(diag.ReplacesNothing, "write the address of an alert, such as /alerts/2026-11-grey-tablets/, or take the line out", "%s names no alert%s", key, near)
	}
	for _, other := range v.pages {
		if other.Address != address {
			continue
		}
		switch other.Absence {
		case Above:
			return "", wrong(diag.LinkToWithheld, "take the line out, or withhold this page too", "%s names a page that this edition withholds", key)
		case DraftAlert:
			return "", wrong(diag.ReplacesNothing, "take the line out: readers have never seen the draft", "%s names a draft, which nobody has issued", key)
		case NotYet:
			return "", wrong(diag.ReplacesNothing, "look at the dates of both", "%s names an alert that is dated after now", key)
		}
	}
	return address, nil
}

// templates are the alert templates by every name that an alert may call them.
func (v *Vetted) templates() map[string]*Page {
	by := map[string]*Page{}
	for _, p := range v.pages {
		if p.Kind == content.AlertTemplates && !p.Section && p.Lang == "" {
			by[p.File], by[p.Address], by[alert.Slug(p.Address)] = p, p, p
		}
	}
	return by
}

// filled holds [fill] against the template's gaps. An alert without [fill] was not made by candour new, and its words are
// all there is to judge.
func (v *Vetted) filled(p *Page, templates map[string]*Page) diag.List {
	var found diag.List
	name := p.Text("template")
	template := templates[name]
	if template == nil {
		template = templates[alert.Slug(name)]
	}
	if template == nil {
		dropped := slices.ContainsFunc(v.repo.Dropped(), func(file string) bool {
			return strings.HasPrefix(file, "content/alert-templates/") && alert.Slug(path.Base(file)) == alert.Slug(name)
		})
		if name != "" && !dropped && len(templates) > 0 { // a site without templates has no other name to offer
			known := slices.Sorted(func(yield func(string) bool) {
				for key := range templates {
					if !strings.Contains(key, "/") && !yield(key) {
						return
					}
				}
			})
			found.Add(diag.New(diag.TemplateUnknown, p.Value("template"), "the templates are: "+strings.Join(known, ", "),
				"there is no template of this name, so what was filled in cannot be checked%s", nearest(name, known)))
		}
		return found
	}
	if p.Lang == "" {
		found.Add(p.ownWords(template)...)
	}
	fill, ok := p.Front["fill"].(map[string]any)
	if !ok {
		return found
	}
	var known []string
	for _, g := range template.Gaps() {
		known = append(known, g.Key)
		if s, _ := fill[g.Key].(string); g.Required && strings.TrimSpace(s) == "" {
			at := p.Key("fill")
			if _, there := fill[g.Key]; there {
				at = p.Value("fill", g.Key)
			}
			found.Add(diag.New(p.soften(diag.GapNotFilled), at, "write it into the text and under [fill]; the template's page says what belongs there", "the template needs %q filled in", g.Key))
		}
	}
	for _, key := range slices.Sorted(maps.Keys(fill)) {
		if !slices.Contains(known, key) {
			found.Add(diag.New(diag.UnknownKey, p.Key("fill", key), "the gaps of the template are: "+strings.Join(known, ", "),
				"%s is no gap of the template%s", diag.Named("what stands here", key), nearest(key, known)))
		}
	}
	if template.CorrectsRumour() {
		found.Add(p.rumour(fill)...)
	}
	return found
}

// ownWords asks for a title and a summary of the alert's own. One of the two may happen to be right as it stands in the
// template; both together speak to the duty officer and not to readers, in every feed, post and text message.
func (p *Page) ownWords(template *Page) diag.List {
	if p.Text("status") == "withdrawn" {
		return nil // it is said on the page, and nobody needs better words for it
	}
	var same []string
	for _, key := range []string{"title", "summary"} {
		if s := p.Text(key); s != "" && s == template.Text(key) {
			same = append(same, key)
		}
	}
	var found diag.List
	for _, key := range same {
		r := diag.GapNotFilled.At(diag.Warning)
		if len(same) == 2 {
			r = p.soften(diag.GapNotFilled)
		}
		found.Add(diag.New(r, p.Value(key), "say in the "+key+" who is at risk and what to do, in words that can be taken in at a glance", "the %s is still that of the template", key))
	}
	return found
}

// rumour asks of a correction that it does not spread what it corrects.
func (p *Page) rumour(fill map[string]any) diag.List {
	var found diag.List
	if verdict, ok := fill[content.RumourVerdict].(string); ok && strings.TrimSpace(verdict) != "" && !slices.Contains(content.Verdicts, verdict) {
		found.Add(diag.New(diag.BadValue, p.Value("fill", content.RumourVerdict), "write one of: "+strings.Join(content.Verdicts, ", "), "the verdict on a rumour is a word that is none of those it takes%s", nearest(verdict, content.Verdicts)))
	}
	claim, _ := fill[content.RumourClaim].(string)
	for _, key := range []string{"title", "summary"} {
		if wording.Repeats(p.Text(key), claim) {
			found.Add(diag.New(p.soften(diag.RumourRepeated), p.Value(key), "say what is known instead; the title and the summary travel without the page, in feeds and in posts",
				"the %s repeats the rumour", key))
		}
	}
	return found
}

// account asks for what readers and neighbours are owed: who was told, and why the alert changed.
func (p *Page) account() diag.List {
	var found diag.List
	if areas, ok := p.Front["boundary_with"].([]any); ok && len(areas) > 0 && strings.TrimSpace(p.Text("told")) == "" {
		found.Add(diag.New(p.soften(diag.NotTold), p.Key("boundary_with"), `tell the areas concerned, then say so: told = "Westmere Combating Drugs Partnership, on 19 November 2026"`,
			"the alert may reach other areas, and told does not say who there was told"))
	}
	status := p.Text("status")
	changes, _ := p.Front["change"].([]any)
	if words := map[string]string{"withdrawn": "withdrawn", "updated": "updated", "corrected": "corrected"}[status]; words != "" && len(changes) == 0 && p.Lang == "" {
		found.Add(diag.New(diag.NoChangeNote, p.Value("status"), "add a block [[change]] with date and note; candour withdraw PAGE --reason \"…\" writes it for you", "the alert was %s, and no [[change]] tells readers why", words))
	}
	return found
}

// State is where an alert stands, or "" for a page that is none or whose day has not come.
func (p *Page) State() alert.State { return p.state }
