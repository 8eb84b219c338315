// Package vetting judges a content repository: the second stage of the pipeline.
//
// It holds every page against its schema, settles the level of every field, section, passage and file, follows links, and
// asks for the sign-offs that the contract requires. What it returns is what redaction works from.
package vetting

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"

	"candour/internal/alert"
	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/markdown"
	"candour/internal/parallel"
)

// Options say which edition is vetted and what is left out of it.
type Options struct {
	Edition  config.Edition
	LeaveOut []string // source files of pages
	// Cache keeps what was settled about unchanged pages between two runs of one process; nil keeps none.
	Cache *Cache
	// Reading tells of every page how hard it is to read, not only of those that miss their target.
	Reading bool
}

// Vetted is a content repository as vetting left it for an edition. Only Vet makes one that holds anything. What did not
// pass is Blocked, and where more than a gate was in the way it is not Sound: later stages look at it so that its authors
// are told everything at once, and make no site of it.
type Vetted struct {
	repo    *load.Repo
	edition config.Edition
	pages   []*Page
	leftOut []string
	blocked bool
	sound   bool

	cache    *Cache
	searched int // sign-offs that were compared minute by minute
}

func (v *Vetted) Repo() *load.Repo        { return v.repo }
func (v *Vetted) Edition() config.Edition { return v.edition }

// Blocked reports whether anything is in the way of publishing, be it a gate alone.
func (v *Vetted) Blocked() bool { return v.blocked }

// Sound reports whether every page is settled, so that a site may be rendered: gates may still be shut.
func (v *Vetted) Sound() bool { return v.sound }

// Pages returns every page, those that are out of the edition included.
func (v *Vetted) Pages() []*Page { return v.pages }

// LeftOut names the source files that --leave-out kept out.
func (v *Vetted) LeftOut() []string { return v.leftOut }

// Absence says why a page is not in the edition at all.
type Absence int

const (
	// Present is in the edition.
	Present Absence = iota
	// Above the clearance: it leaves no trace, and its content is guarded.
	Above
	// NotYet is dated after the clock.
	NotYet
	// DraftAlert is an alert that nobody has issued.
	DraftAlert
	// LeftOutByHand was named with --leave-out.
	LeftOutByHand
	// Unsettled has faults that leave open what of it is withheld.
	Unsettled
)

// Page is a page with everything about it settled.
type Page struct {
	*content.Page
	Doc     *markdown.Document
	Level   level.Level // of the whole page
	Absence Absence
	Fields  []Field // every value of the front matter, in a stable order
	Cuts    []Cut   // sections and passages above public, by position
	Files   []File  // the bundle
	Links   []Link  // by position
	SignOff SignOff

	hidden    []markdown.Span  // what of the body the edition does not show
	torn      []markdown.Span  // of that, notes in sections that shown text uses
	remarks   []remark         // on the words of all of it
	seeds     [len(seeds)]bool // which of the seeds its body holds
	last      atomic.Pointer[place]
	state     alert.State // of an alert
	withholds []*flag
	releases  []*flag
	forgotten bool
	grave     bool // its own faults leave open what is withheld
	inherits  bool // so do those of a translation's inherited flags
}

// Field is one value of the front matter: a text, number, date, boolean, or an array of such.
type Field struct {
	Path       []string
	Value      any
	Level      level.Level
	Default    level.Level // what the schema says
	Reason     string
	Shown      bool // a marker stands where it is withheld
	Search     bool
	Holds      string // phone, name, email, postcode
	Type       string // of the schema
	Named      int    // how many steps of Path the schema names; those behind are keys of the author's own
	Vocabulary string // whose keys it takes, or ""
	By         string // the rule that withholds it
	// Released says who approved the [[release]], or is empty.
	Released   string
	ReleaseWhy string
	Around     []Around // the flags on tables and arrays that it is part of
}

// Around is a [[withhold]] on a table or array: from editions below its level the whole of it goes, whatever the levels of
// what it holds.
type Around struct {
	Steps  int // how many steps of the field's path lie below the one that the flag names
	Level  level.Level
	Reason string
	Shown  bool
}

// Whole is the outermost table or array that goes, with the field in it, from an edition of this clearance; or nil.
func (f *Field) Whole(clearance level.Level) *Around {
	var whole *Around
	for i := range f.Around {
		if a := &f.Around[i]; a.Level > clearance && (whole == nil || a.Steps > whole.Steps || a.Steps == whole.Steps && a.Level > whole.Level) {
			whole = a
		}
	}
	return whole
}

// Name is the dotted path.
func (f *Field) Name() string { return strings.Join(f.Path, ".") }

// Cut is a part of the body above public.
type Cut struct {
	Span    markdown.Span // what goes
	Inner   markdown.Span // the words that are withheld
	Section bool          // a whole section, not a passage
	Block   bool
	Level   level.Level
	Reason  string
	Shown   bool
	Search  bool
	Label   string // "section at line 41", "passage contacts": no value
	By      string
	Line    int
}

// File is a file of the bundle.
type File struct {
	content.BundleFile
	Level    level.Level
	Reason   string
	Shown    bool
	By       string
	Attached bool // listed in attachments
	Referred bool // a link, image or figure of the body shows it
}

// Vet judges the repository.
func Vet(ctx context.Context, repo *load.Repo, opt Options) (*Vetted, diag.List, error) {
	v := &Vetted{repo: repo, edition: opt.Edition, cache: opt.Cache, leftOut: slices.Clone(repo.Dropped())}
	var found diag.List

	pages := make([]*Page, len(repo.Pages()))
	faults := make([]diag.List, len(pages))
	err := parallel.Each(ctx, len(pages), func(i int) string { return repo.Pages()[i].File }, func(i int) error {
		if slices.Contains(opt.LeaveOut, repo.Pages()[i].File) {
			defer func() { _ = recover() }() // then there is no page
		}
		pages[i], faults[i] = vetPage(repo, repo.Pages()[i], opt.Cache)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	for i, p := range pages {
		// What is wrong with a page that is left out stands in nobody's way.
		switch {
		case p == nil:
			v.leftOut = append(v.leftOut, repo.Pages()[i].File)
		case !slices.Contains(opt.LeaveOut, p.File):
			found.Add(faults[i]...)
		}
	}
	v.pages = slices.DeleteFunc(pages, func(p *Page) bool { return p == nil })

	found.Add(v.translations()...)
	found.Add(v.absences(opt)...)
	found.Add(v.languages()...)
	found.Add(v.links()...)
	found.Add(v.shownFiles()...)
	v.sound = repo.Sound() && !found.HasErrors()
	found.Add(v.gates()...)
	found.Add(v.advice()...)
	found.Add(v.alerts()...)
	found.Add(v.narratives()...)
	found.Add(v.words()...)
	found.Add(v.readingAge(opt.Reading)...)
	v.blocked = !v.sound || found.HasErrors()
	v.setAside()
	found.Sort()
	return v, found, nil
}

// setAside marks the pages of which nobody can tell yet what is withheld. It comes last: what can be said about them has
// been said.
func (v *Vetted) setAside() {
	if v.sound {
		return
	}
	unsettled := map[string]bool{}
	for _, address := range v.repo.Unread() {
		unsettled[address] = true
	}
	for _, p := range v.pages {
		if p.grave || p.inherits {
			unsettled[p.Address] = true
		}
	}
	for _, p := range v.pages {
		if p.Absence == Present && (unsettled[p.Address] || p.Lang != "" && unsettled[p.Source()]) {
			p.Absence = Unsettled
		}
	}
}

// vetPage settles what can be settled by looking at one page alone.
func vetPage(repo *load.Repo, src *content.Page, cache *Cache) (*Page, diag.List) {
	if p, found, ok := cache.get(src); ok {
		return p, found
	}
	p := &Page{Page: src}
	var found diag.List
	found.Add(p.validate(repo)...)
	if repo.Theme().Own {
		p.Doc = markdown.ParseForHTML(src.Body)
	} else {
		p.Doc = markdown.Parse(src.Body)
	}
	found.Add(p.settleLevel()...)
	flags := p.readFlags(repo)
	found.Add(flags...)
	settled := p.settleFields(repo, p.withholds, p.releases)
	settled.Add(p.settleFiles(p.withholds)...)
	text := p.checkBody(repo)
	found.Add(text...)
	found.Add(p.checkSlots(repo)...)
	found.Add(p.checkGaps()...)
	settled.Add(p.settleBody(repo, p.withholds, p.releases)...)
	p.grave = p.grave || flags.HasErrors() || unreadable(text) || p.Lang == "" && settled.HasErrors()
	if p.Lang == "" { // a translation is judged with the flags that it inherits, below
		found.Add(settled...)
	}
	found.Add(p.checkPlan(repo)...)
	p.remarks = p.readWords(repo, nil)
	for i, word := range seeds {
		p.seeds[i] = holds(p.Body, word)
	}
	cache.put(src, p, found)
	return p, found
}

// unreadable reports whether faults of a body leave open what of it is shown, or how.
func unreadable(found diag.List) bool {
	return slices.ContainsFunc(found, func(f diag.Finding) bool {
		return f.Severity == diag.Error && !slices.ContainsFunc([]diag.Rule{diag.RawHTML, diag.UnknownShortcode, diag.MissingAlt}, func(r diag.Rule) bool { return r.Name == f.Rule })
	})
}

// place is where an offset of the body stands, both from 1.
type place struct{ off, line, column int }

// pos gives the place of an offset of the body.
func (p *Page) pos(off int) diag.Pos {
	off = min(max(off, 0), len(p.Body))
	at := p.last.Load()
	if at == nil || at.off > off {
		at = &place{line: 1, column: 1}
	}
	// On from the place before: a line of five megabytes may hold two hundred thousand links.
	line, column := markdown.LineCol(p.Body[at.off:off], off-at.off)
	if line == 1 {
		column += at.column - 1
	}
	at = &place{off, at.line + line - 1, column}
	p.last.Store(at)
	return diag.Pos{File: p.File, Line: p.BodyLine + at.line - 1, Column: at.column}
}

// translations lays the flags of a source page over each of its translations (contract, section 3).
func (v *Vetted) translations() diag.List {
	var found diag.List
	byAddress := map[string]*Page{}
	for _, p := range v.pages {
		byAddress[p.Address] = p
	}
	for _, p := range v.pages {
		if p.Lang == "" {
			continue
		}
		source := byAddress[p.Source()]
		if source == nil && slices.Contains(v.repo.Unread(), p.Source()) {
			continue
		}
		if source == nil || source == p {
			found.Add(diag.New(diag.MisplacedFile, diag.Pos{File: p.File, Line: 1}, "give it the name of the page that it translates, with ."+p.Lang+" before .md", "is a translation of a page that does not exist"))
			continue
		}
		inherited := p.inherit(v.repo, source)
		p.inherits = inherited.HasErrors()
		found.Add(inherited...)
	}
	return found
}

// absences decides which pages the edition has.
func (v *Vetted) absences(opt Options) diag.List {
	var found diag.List
	clearance := v.edition.Clearance
	for _, name := range opt.LeaveOut {
		if !slices.Contains(v.repo.Dropped(), name) && !slices.ContainsFunc(v.pages, func(p *Page) bool { return p.File == name }) {
			found.Add(diag.New(diag.ConfigNotUsable, diag.Pos{}, "name a source file below content/", "--leave-out names %s, and there is no such page", name))
		}
	}
	for _, name := range v.repo.Dropped() {
		found.Add(diag.New(diag.LeftOut, diag.Pos{File: name}, "", "left out of this edition by --leave-out"))
	}
	for _, p := range v.pages {
		p.Absence = Present
		switch {
		case p.Level > clearance:
			p.Absence = Above
		case slices.Contains(opt.LeaveOut, p.File):
			p.Absence = LeftOutByHand
			v.leftOut = append(v.leftOut, p.File)
			found.Add(diag.New(diag.LeftOut, diag.Pos{File: p.File}, "", "left out of this edition by --leave-out"))
		case p.Kind == content.Alerts && p.Text("status") == "draft" && clearance < level.Restricted:
			p.Absence = DraftAlert
			found.Add(diag.New(diag.Draft, p.Key("status"), `when the panel has met and it is signed off, set status = "issued"`, "this alert is a draft, and drafts are in the internal edition only"))
		case v.future(p):
			p.Absence = NotYet
			found.Add(diag.New(diag.NotYet, p.Key("date"), "", "this page is dated after now and stays out until then"))
		}
	}
	// A translation is never in an edition that its source is not in.
	byAddress := map[string]*Page{}
	for _, p := range v.pages {
		byAddress[p.Address] = p
	}
	for _, p := range v.pages {
		if p.Lang != "" && p.Absence == Present {
			if source := byAddress[p.Source()]; source != nil && source.Absence != Present {
				p.Absence = source.Absence
			}
		}
	}
	slices.Sort(v.leftOut)
	return found
}

func (v *Vetted) future(p *Page) bool {
	at, ok := Start(p.Front["date"])
	return ok && at.After(v.repo.Now())
}
