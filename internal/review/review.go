// Package review gathers what a senior responsible owner signs: what an edition withholds, by name, reason and rule; what
// it releases and on whose word; what is guarded by construction alone; what is unsigned, stale or overdue; and what
// changed since the site was last published. It never holds a withheld value.
package review

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"candour/internal/alert"
	"candour/internal/build"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/ledger"
	"candour/internal/publish"
	"candour/internal/vetting"
)

// Item is one withheld, released or guarded thing.
type Item struct {
	File   string
	Line   int
	What   string
	Level  string
	Reason string // words and exemption; or the free words of a release
	By     string // the rule that withholds it, or who approved its release
	Shown  bool
}

// Page is a page with something to say about it.
type Page struct{ File, Text string }

// Change is a file that differs from the published site.
type Change struct{ Path, What string }

// Review is everything, ready to print.
type Review struct {
	Title, Edition, Clearance, Clock string

	Withheld  []Item
	Released  []Item
	Guarded   []Item // by construction alone; Reason says why it cannot be searched for
	Unsigned  []Page
	Overdue   []Page
	Alerts    []Page // in force, or waiting to be issued
	Checklist []Page // what plans leave unanswered of the national checklist, and common gaps
	LeftOut   []string
	NoSignOff []string // kinds that ask for no sign-off
	Changes   []Change
	Published bool // whether there is a published site to compare with
	Compared  bool
	Findings  diag.List
}

// New reads an outcome. manifest is that of the site last published, or nil.
func New(out *build.Outcome, manifest *publish.Manifest, clock string) *Review {
	r := &Review{Title: out.Config.Title, Edition: out.Edition.Name, Clearance: out.Edition.Clearance.String(), Clock: clock, Findings: out.Findings}
	pages := map[string]*vetting.Page{}
	for _, p := range out.Vetted.Pages() {
		pages[p.File] = p
	}
	words := out.Vetted.Repo().Words()
	item := func(e ledger.Entry) Item {
		it := Item{File: e.File, Line: e.Line, What: e.Label, Level: e.Level, By: e.By, Shown: e.Shown}
		if p := pages[e.File]; p != nil && it.Line == 0 {
			if name, ok := strings.CutPrefix(e.Label, "field "); ok {
				it.Line = p.Key(strings.Split(name, ".")...).Line
			}
		}
		if e.Reason != "" {
			reason := words.Get("reasons", e.Reason)
			it.Reason = fmt.Sprintf("%s (FOI Act 2000, s%s)", reason.Label(), reason.Text("section"))
		}
		return it
	}
	skipped := map[int]string{}
	for _, s := range out.Watch.Guarded() {
		skipped[s.Entry] = s.Why
	}
	for i, e := range out.Cleared.Ledger().Entries {
		it := item(e)
		r.Withheld = append(r.Withheld, it)
		if why, ok := skipped[i]; ok {
			it.Reason = why
			r.Guarded = append(r.Guarded, it)
		}
	}
	for _, p := range out.Vetted.Pages() {
		if text := standing(p); text != "" {
			r.Alerts = append(r.Alerts, Page{p.File, text})
		}
		if p.Absence != vetting.Present {
			continue
		}
		r.page(p)
	}
	for _, f := range out.Findings {
		if f.Rule == diag.ReviewOverdue.Name {
			r.Overdue = append(r.Overdue, Page{f.File, f.Message})
		}
		if f.Rule == diag.ChecklistUnanswered.Name || f.Rule == diag.ChecklistGap.Name {
			r.Checklist = append(r.Checklist, Page{f.File, f.Message})
		}
	}
	r.LeftOut = slices.Clone(out.Vetted.LeftOut())
	if manifest != nil { // what the published site does without, for whoever signs to see
		r.LeftOut = append(r.LeftOut, manifest.LeftOut...)
		slices.Sort(r.LeftOut)
		r.LeftOut = slices.Compact(r.LeftOut)
	}
	for _, k := range content.KindNames() {
		if given := out.Config.Signoff[k]; len(given) == 0 && k != string(content.Pages) {
			r.NoSignOff = append(r.NoSignOff, k)
		}
	}
	for _, list := range []*[]Item{&r.Withheld, &r.Released, &r.Guarded} {
		slices.SortStableFunc(*list, func(a, b Item) int {
			return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.What, b.What))
		})
		*list = slices.Compact(*list)
	}
	r.compare(out, manifest)
	return r
}

func (r *Review) page(p *vetting.Page) {
	r.checklist(p)
	for i := range p.Fields {
		if f := &p.Fields[i]; f.Released != "" {
			r.Released = append(r.Released, Item{File: p.File, Line: p.Key(f.Path...).Line, What: "field " + f.Name(), Level: f.Level.String(), Reason: f.ReleaseWhy, By: f.Released})
		}
	}
	add := func(text string, roles []string) {
		if len(roles) > 0 {
			r.Unsigned = append(r.Unsigned, Page{p.File, text + ": " + strings.Join(roles, ", ")})
		}
	}
	add("nobody has signed as", p.SignOff.Missing)
	add("changed since it was signed as", p.SignOff.Stale)
	add("changed towards safety since it was signed as", p.SignOff.Safer)
}

// checklist lists what a plan says itself that it does not meet yet.
func (r *Review) checklist(p *vetting.Page) {
	if p.Kind != content.Plans || p.Section || p.Lang != "" {
		return
	}
	items, _ := p.Front["checklist"].([]any)
	if len(items) == 0 {
		r.Checklist = append(r.Checklist, Page{p.File, "the plan has no [[checklist]]: it answers none of the items"})
	}
	for _, item := range items {
		table, _ := item.(map[string]any)
		key, _ := table["item"].(string)
		if status, _ := table["status"].(string); status == "partly" || status == "planned" {
			r.Checklist = append(r.Checklist, Page{p.File, fmt.Sprintf("%s: %s", key, status)})
		}
	}
}

// compare holds the site against the one last published.
func (r *Review) compare(out *build.Outcome, manifest *publish.Manifest) {
	r.Published = manifest != nil
	if manifest == nil || out.Audited == nil {
		return
	}
	r.Compared = true
	old := map[string]string{}
	for _, f := range manifest.Files {
		old[f.Path] = f.SHA256
	}
	files := out.Audited.Site().Files
	for i := range files {
		f := &files[i]
		sum := f.Sum()
		switch was, ok := old[f.Path]; {
		case !ok:
			r.Changes = append(r.Changes, Change{f.Path, "new"})
		case was != hex.EncodeToString(sum[:]):
			r.Changes = append(r.Changes, Change{f.Path, "changed"})
		}
		delete(old, f.Path)
	}
	for path := range old {
		r.Changes = append(r.Changes, Change{path, "gone"})
	}
	slices.SortFunc(r.Changes, func(a, b Change) int { return cmp.Compare(a.Path, b.Path) })
}

// standing says of an alert that readers rely on, or that somebody has begun, where it stands; "" of any other page.
func standing(p *vetting.Page) string {
	if p.Absence != vetting.Present && p.Absence != vetting.DraftAlert {
		return ""
	}
	switch p.State() {
	case alert.Draft:
		return "a draft that nobody has issued"
	case alert.Live:
		switch at, day, ok := frontmatter.Instant(p.Front["expires"], vetting.London); {
		case ok && day:
			return "in force until the end of " + at.Format("2 January 2006")
		case ok:
			return "in force until " + at.In(vetting.London).Format("15:04 on 2 January 2006")
		}
		return "in force, and nothing says until when: give it an expiry, or withdraw it when the risk has passed"
	}
	return ""
}
