// Package redact makes, of a vetted repository, what one edition is cleared for: the third stage of the pipeline.
//
// It is the first wall. Later stages are handed only what it lets through, so that no template, shortcode or feed can
// reach the rest: front matter is built again from decoded values, and bodies lose the very bytes that are withheld. What
// it keeps back goes into a ledger, for the audit to search for.
package redact

import (
	"bytes"
	"context"
	"maps"
	"slices"

	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/figure"
	"candour/internal/ledger"
	"candour/internal/load"
	"candour/internal/parallel"
	"candour/internal/vetting"
	"candour/internal/words"
)

// Cleared is what an edition may show. Only Redact makes one that holds anything.
type Cleared struct {
	repo     *load.Repo
	edition  config.Edition
	pages    []*Page
	ledger   *ledger.Ledger
	register []RegisterLine
	released []string // values that a [[release]] gives to the edition
	leftOut  []string
	blocked  bool
	offers   []Offer
	sound    bool
	digests  map[[32]byte]int // of withheld files, to entries of the ledger
	figures  map[string]*figure.Table
	keptBack []figure.Withheld // until the ledger has it
}

func (c *Cleared) Config() *config.Config   { return c.repo.Config() }
func (c *Cleared) Edition() config.Edition  { return c.edition }
func (c *Cleared) Repo() *load.Repo         { return c.repo }
func (c *Cleared) Pages() []*Page           { return c.pages }
func (c *Cleared) Ledger() *ledger.Ledger   { return c.ledger }
func (c *Cleared) Register() []RegisterLine { return c.register }
func (c *Cleared) LeftOut() []string        { return c.leftOut }

// Released are the values that a [[release]] gives to the edition on purpose.
func (c *Cleared) Released() []string { return c.released }

// Forget lets go of what only findings about a source need. It is remembered, page by page, when one asks; by then memory
// is no longer what a build is short of.
func (c *Cleared) Forget() {
	for _, p := range c.pages {
		if p.Lang == "" { // a translation's levels come from another page
			p.source.Forget()
		}
	}
}

// Release lets go of what only rendering needs.
func (c *Cleared) Release() {
	for _, p := range c.pages {
		p.Params, p.Withheld, p.Links, p.Headings, p.Sections = nil, nil, nil, nil, nil
	}
}

// Blocked reports whether a gate is shut, so that nothing may be published.
func (c *Cleared) Blocked() bool { return c.blocked }

// Sound reports whether a site may be rendered of it. What is not sound may be searched for leaks and details, and is for
// nothing else.
func (c *Cleared) Sound() bool { return c.sound }

// WithheldFile reports which entry of the ledger is a file with these contents.
func (c *Cleared) WithheldFile(sum [32]byte) (entry int, ok bool) {
	entry, ok = c.digests[sum]
	return entry, ok
}

// WithheldFiles are the digests of withheld files, sorted.
func (c *Cleared) WithheldFiles() [][32]byte {
	return slices.SortedFunc(maps.Keys(c.digests), func(a, b [32]byte) int { return bytes.Compare(a[:], b[:]) })
}

// RegisterLine is one line of the public register: what kind of thing is withheld, where, and why. It says neither how
// long a thing is nor how many there are.
type RegisterLine struct {
	Part    string   // "section", "passage", "document" or "field"
	Steps   []string // to the field, without indexes
	Page    string   // title
	Address string
	Reason  string
}

// What says in a language what kind of thing it is.
func (l RegisterLine) What(say *words.Words) string {
	if l.Part == "field" {
		return say.Field(l.Steps)
	}
	return say.T("register_" + l.Part)
}

// Redact keeps back what the edition is not cleared for. With errors among the findings, or of a repository that vetting
// did not find sound, what it returns is not sound either.
func Redact(ctx context.Context, v *vetting.Vetted) (*Cleared, diag.List, error) {
	c := &Cleared{repo: v.Repo(), edition: v.Edition(), ledger: &ledger.Ledger{}, leftOut: v.LeftOut(), blocked: v.Blocked(), sound: v.Sound(), digests: map[[32]byte]int{}}
	figureFaults := c.clearFigures()
	sources := v.Pages()
	pages := make([]*Page, len(sources))
	faults := make([]diag.List, len(sources))
	err := parallel.Each(ctx, len(sources), func(i int) string { return sources[i].File }, func(i int) error {
		if sources[i].Absence == vetting.Present {
			pages[i], faults[i] = c.page(sources[i])
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	var found diag.List
	for i, p := range pages {
		found.Add(faults[i]...)
		if p != nil {
			c.pages = append(c.pages, p)
			c.register = append(c.register, p.register...)
		}
	}
	found.Add(figureFaults...)
	found.Add(c.fillLedger(v)...)
	found.Sort()
	if found.HasErrors() {
		c.sound, c.blocked = false, true
	}
	return c, found, nil
}
