package vetting

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
)

// SignOff is how a page stands with those who must agree to it.
type SignOff struct {
	Required []string // roles
	Given    []string // roles whose digest matches
	Missing  []string
	Stale    []string
	Safer    []string // roles whose digest matches but for a change that makes the public safer
	Unasked  []string // roles that nobody requires
}

// Vetted reports whether everybody who must has agreed to the page as it is.
func (s SignOff) Vetted() bool { return len(s.Missing) == 0 && len(s.Stale) == 0 }

// gates asks for what a page needs before the public may read it (contract, section 5).
func (v *Vetted) gates() diag.List {
	var found diag.List
	public := v.edition.Clearance == level.Public
	narrative, from := v.narrative()
	for _, p := range v.pages {
		if p.Section {
			continue
		}
		found.Add(v.signOff(p, public && p.Absence == Present)...)
		if p.Absence != Present {
			continue
		}
		if p.Kind == content.Alerts {
			found.Add(p.alertGates(public)...)
		}
		found.Add(p.dates()...)
		found.Add(v.overdue(p, narrative, from)...)
	}
	return found
}

func (v *Vetted) signOff(p *Page, gate bool) diag.List {
	var found diag.List
	s := SignOff{Required: v.repo.Config().Signoff[string(p.Kind)]}
	items, _ := p.Front["signoff"].([]any)
	if len(s.Required) == 0 && len(items) == 0 {
		p.SignOff = s
		return nil
	}
	d, err := digestParts(v.repo, p.Page)
	if err != nil {
		found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: p.File}, "check the files of the page's folder", "%v", err))
	}
	best := map[string]match{}
	compared := map[string]match{} // everybody usually signs the same state, and comparing may take long
	place := map[string]diag.Pos{}
	for i, item := range items {
		table, _ := item.(map[string]any)
		role, _ := table["role"].(string)
		digest, _ := table["digest"].(string)
		m, done := compared[digest]
		if !done {
			m = v.compare(&d, digest)
			compared[digest] = m
		}
		if old, ok := best[role]; !ok || m >= old {
			best[role] = m
			place[role] = p.Key("signoff", strconv.Itoa(i))
		}
		if !slices.Contains(s.Required, role) && !slices.Contains(s.Unasked, role) {
			s.Unasked = append(s.Unasked, role)
		}
	}
	for _, role := range s.Required {
		m, ok := best[role]
		switch {
		case !ok:
			s.Missing = append(s.Missing, role)
		case m == stale:
			s.Stale = append(s.Stale, role)
		default:
			s.Given = append(s.Given, role)
			if m == safer {
				s.Safer = append(s.Safer, role)
			}
		}
	}
	p.SignOff = s
	if !gate {
		return found
	}
	leave := "or publish the rest without it: candour build --leave-out " + quoteArg(p.File)
	for _, role := range s.Missing {
		found.Add(diag.New(diag.SignOffMissing, diag.Pos{File: p.File, Line: 1, Column: 1},
			fmt.Sprintf("when whoever signs as %s has agreed to it, record that with: candour approve %s --role %s; %s", role, quoteArg(p.File), role, leave),
			"nobody has signed this page off as %s", role))
	}
	for _, role := range s.Stale {
		found.Add(diag.New(diag.SignOffStale, place[role],
			fmt.Sprintf("show whoever signs as %s what changed, then: candour approve %s --role %s; %s", role, quoteArg(p.File), role, leave),
			"the page changed after it was signed off as %s", role))
	}
	for _, role := range s.Safer {
		found.Add(diag.New(diag.SignOffKept, place[role], "tell whoever signs as "+role+", and have it signed again when there is time",
			"the page changed after it was signed off as %s, only in a way that makes the public safer, so the sign-off holds", role))
	}
	for _, role := range s.Unasked {
		found.Add(diag.New(diag.SignOffNotNeeded, place[role], "the roles that must sign a page of this kind are: "+cmp.Or(strings.Join(s.Required, ", "), "none"),
			"signed off by a role that nobody asks for here%s", nearest(role, s.Required)))
	}
	return found
}

// compare holds a page against the digest of a sign-off. A preview compares what it compared before only once.
func (v *Vetted) compare(d *parts, digest string) match {
	now := d.sum()
	if hex.EncodeToString(now[:]) == strings.TrimPrefix(digest, "sha256:") {
		return same
	}
	key := comparison{now, digest}
	if m, ok := v.cache.compared(key); ok {
		return m
	}
	near := time.Duration(minutely)
	if v.searched >= searches {
		near = 0
	}
	if d.expires != "" {
		v.searched++
	}
	m := d.compare(digest, near)
	if near > 0 {
		v.cache.compare(key, m)
	}
	return m
}

// quoteArg quotes a path for pasting into a shell.
func quoteArg(s string) string {
	if strings.ContainsAny(s, " '\"$`\\&|;<>()*?[]#~!") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

func (p *Page) alertGates(public bool) diag.List {
	var found diag.List
	leave := "; or publish the rest without it: candour build --leave-out " + quoteArg(p.File)
	if public && p.Text("status") != "draft" {
		met, hasMet := Start(p.Front["panel_met"])
		issued, hasIssued := Start(p.Front["issued"])
		over, _ := End(p.Front["issued"]) // later than issued where that is a day
		switch {
		case !hasMet:
			found.Add(diag.New(diag.PanelNotMet, p.Key("status"), "when the panel of public health and policing leads has met, add panel_met = and the date"+leave,
				"an alert goes out only after the LDIS panel has met, and panel_met is not given"))
		case !hasIssued:
			found.Add(diag.New(diag.MissingKey, p.Key("status"), "add issued = and the date, or set status = \"draft\"", "an alert that is not a draft needs %q", "issued"))
		case met.After(issued) && !met.Before(over):
			found.Add(diag.New(diag.PanelNotMet, p.Value("panel_met"), "correct the date of panel_met or of issued"+leave, "the panel met after the alert was issued"))
		}
	}
	if p.Text("photo") != "" && p.Text("evidence") != "confirmed" {
		found.Add(diag.New(diag.PhotoUnconfirmed, p.Value("photo"), `take the photo out until analysis has confirmed what it shows; then set evidence = "confirmed"`,
			"a photo of what is going round needs evidence = \"confirmed\""))
	}
	return found
}

// overdue warns of pages past the date on which somebody promised to look at them again.
func (v *Vetted) overdue(p *Page, narrative time.Time, from string) diag.List {
	var found diag.List
	now := v.repo.Now()
	for _, key := range []string{"next_review", "review_by"} {
		if at, ok := End(p.Front[key]); ok && !at.After(now) {
			found.Add(diag.New(diag.ReviewOverdue, p.Value(key), "review the page, then set the dates of this review and the next", "%s has passed", key))
		}
	}
	if p.Kind != content.Plans {
		return found
	}
	if reviewed, ok := Start(p.Front["reviewed"]); ok && narrative.After(reviewed) {
		found.Add(diag.New(diag.ReviewOverdue, p.Value("reviewed"), "review the plan against the new narrative, then set reviewed", "the plan was reviewed before the national narrative it rests on was published (%s)", from))
	}
	return found
}

// narrative is the date of the newest national narrative of the edition, and its source file.
func (v *Vetted) narrative() (newest time.Time, from string) {
	for _, n := range v.pages {
		if n.Kind != content.Narrative || n.Section || n.Absence != Present || n.Lang != "" {
			continue
		}
		if at, ok := Start(n.Front["date"]); ok && at.After(newest) {
			newest, from = at, n.File
		}
	}
	return newest, from
}
