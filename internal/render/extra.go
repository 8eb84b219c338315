package render

import (
	"cmp"
	"slices"

	"candour/internal/alertform"
	"candour/internal/diag"
	"candour/internal/hosting"
	"candour/internal/level"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/redact"
	"candour/internal/search"
)

// A preparer reads what it needs of the cleared pages, while they still hold their front matter, and returns what makes
// files beside Hugo's; nil where there is nothing to make.
type preparer func(c *redact.Cleared, view *present.Site) maker

// A maker makes files from what was prepared and from the finished site, sorted by path, which it must not change. Source
// is set on files of one page, so that findings of the audit point at the author's file. The files are audited like any
// other; in what order makers run makes no difference to them.
type maker func(finished *output.Site) ([]output.File, diag.List)

// preparers are the makers of extra files, one a line.
var preparers = []preparer{
	translated,
	downloads,
	codes,
	offers,
	alerts,
	templateTexts,
	index,
}

// alerts makes the other forms of alerts.
func alerts(c *redact.Cleared, view *present.Site) maker {
	return alertform.New(c, view).Make
}

// index makes what search looks in: the site's own, or pagefind's.
func index(c *redact.Cleared, view *present.Site) maker {
	x := search.New(c, view)
	if want := c.Config().Search; want.Pagefind() {
		return func(finished *output.Site) ([]output.File, diag.List) { return x.Pagefind(finished, want.At) }
	}
	return func(finished *output.Site) ([]output.File, diag.List) { return x.Make(finished), nil }
}

// prepare asks every preparer, before cleared pages are let go of.
func prepare(c *redact.Cleared) []maker {
	view := present.New(c)
	var makers []maker
	for _, p := range preparers {
		if m := p(c, view); m != nil {
			makers = append(makers, m)
		}
	}
	return makers
}

// extras adds what the makers make.
func (r *Rendered) extras(makers []maker) diag.List {
	var found diag.List
	var made []output.File
	for _, m := range makers {
		files, problems := m(&r.site)
		found.Add(problems...)
		made = append(made, files...)
	}
	slices.SortStableFunc(made, func(a, b output.File) int { return cmp.Compare(a.Path, b.Path) })
	r.site.Files = append(r.site.Files, made...)
	r.site.Sort()
	// What hosts are told comes last: it names other files.
	e := r.cleared.Edition()
	host := hosting.Site{Base: redact.BasePath(e.BaseURL), Public: e.Public(), Guarded: e.Clearance > level.Public, Compiled: hosting.Compiles(&r.site)}
	r.site.Files = append(r.site.Files, host.Files(&r.site)...)
	r.site.Sort()
	return found
}
