// Package content is the domain: the kinds of page that a partnership publishes, and a page as its author wrote it.
// It knows nothing of commands, editions being built or rendering.
package content

import (
	"path"
	"slices"
	"strings"
	"sync"

	"candour/internal/diag"
	"candour/internal/frontmatter"
)

// Kind is a kind of page: the first folder below content/.
type Kind string

const (
	Plans          Kind = "plans"
	AlertTemplates Kind = "alert-templates"
	Alerts         Kind = "alerts"
	Leaflets       Kind = "leaflets"
	Narrative      Kind = "narrative"
	Pages          Kind = "pages"
)

// Kinds are all kinds, in the order in which a site shows them.
var Kinds = []Kind{Alerts, Leaflets, Plans, Narrative, AlertTemplates, Pages}

// KindNames are the kinds as strings, for messages and near misses.
func KindNames() []string {
	names := make([]string, len(Kinds))
	for i, k := range Kinds {
		names[i] = string(k)
	}
	slices.Sort(names)
	return names
}

// IsKind reports whether name is a kind of page.
func IsKind(name string) bool { return slices.Contains(Kinds, Kind(name)) }

// BundleFile is a file that lies in a page's folder.
type BundleFile struct {
	Name string // below the page's folder, forward slashes
	File string // in the source
	Size int64
}

// Page is one source file below content/, decoded but not yet judged.
type Page struct {
	Kind    Kind
	File    string // relative to the source: content/plans/x/index.md
	Lang    string // "cy" for slug.cy.md; empty in the site's own language
	Address string // /plans/x/ ; a translation's begins with its language: /cy/plans/x/
	Section bool   // an _index.md: the introduction of the home page or of a section
	Bundle  []BundleFile
	Origin  *Origin // nil for a page of the site's own

	Front     map[string]any
	FrontRaw  []byte // the TOML between the +++ lines
	FrontLine int    // line of its first line
	Body      []byte
	BodyLine  int // line of the body's first line

	indexMu sync.Mutex
	index   *frontmatter.Index
}

// Home reports whether the page introduces the home page.
func (p *Page) Home() bool { return p.Section && path.Dir(p.File) == "content" }

// Source returns the address of the page that this one translates: its own address without the language.
func (p *Page) Source() string {
	if p.Lang == "" {
		return p.Address
	}
	return strings.TrimPrefix(p.Address, "/"+p.Lang)
}

// Text returns a top-level text of the front matter, or "".
func (p *Page) Text(key string) string { s, _ := p.Front[key].(string); return s }

// Index returns the positions of the front matter's keys; it is made when first asked for, since a clean build never
// asks.
func (p *Page) Index() *frontmatter.Index {
	p.indexMu.Lock()
	defer p.indexMu.Unlock()
	if p.index == nil {
		p.index = frontmatter.NewIndex(p.FrontRaw, p.FrontLine)
	}
	return p.index
}

// Forget lets go of the decoded front matter and its positions, which are many small things for the garbage collector to
// walk; the bytes they came from stay.
func (p *Page) Forget() {
	p.indexMu.Lock()
	defer p.indexMu.Unlock()
	p.Front, p.index = nil, nil
}

// Copy returns a page of the same source for another site, which may give it another place and origin. Front matter and
// bodies are shared: nobody changes them.
func (p *Page) Copy() *Page {
	return &Page{Kind: p.Kind, File: p.File, Lang: p.Lang, Address: p.Address, Section: p.Section, Bundle: p.Bundle, Origin: p.Origin,
		Front: p.Front, FrontRaw: p.FrontRaw, FrontLine: p.FrontLine, Body: p.Body, BodyLine: p.BodyLine}
}

// Key returns the place of a front-matter key, or of its nearest parent.
func (p *Page) Key(path ...string) diag.Pos {
	line, col := p.Index().Key(path...)
	if line == 0 {
		line, col = 1, 1
	}
	return diag.Pos{File: p.File, Line: line, Column: col}
}

// Value returns the place where a front-matter value begins.
func (p *Page) Value(path ...string) diag.Pos {
	line, col := p.Index().Value(path...)
	if line == 0 {
		return p.Key(path...)
	}
	return diag.Pos{File: p.File, Line: line, Column: col}
}
