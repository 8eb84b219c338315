package cli

import (
	"strings"

	"candour/internal/build"
	"candour/internal/level"
	"candour/internal/output"
	"candour/internal/past"
	"candour/internal/render"
)

// printPast is what printing may use again: the files of print's folder, and those beside the pages of the published site,
// whichever has them; and what the last printing kept of the site that it printed.
type printPast struct {
	folder, site *past.Disk
	published    *past.Disk // the pages of the site
	kept         *past.Kept
}

// printPast opens the past of the edition. folder is where print puts its files, site where build puts its pages.
func (a *app) printPast(folder, site string, published *past.Disk) *printPast {
	program := past.Program()
	open := func(what, dir string) *past.Disk {
		return past.Open(a.cacheDir(), a.sourceDir(), what+a.edit, dir, program)
	}
	if published == nil {
		published = open("", site)
	}
	return &printPast{open("print ", folder), open("beside ", site), published, past.OpenKept(a.cacheDir(), a.sourceDir(), a.edit, program)}
}

// File returns a file that was made before (printing.Earlier).
func (p *printPast) File(at, name string, key render.Key) ([]byte, bool) {
	if data, ok := p.folder.Page(name, key); ok {
		return data, true
	}
	return p.site.Page(strings.TrimPrefix(at, "/")+name, key)
}

// Page and Rest return what was rendered before (render.Past).
func (p *printPast) Page(path string, key render.Key) ([]byte, bool) {
	if data, ok := p.kept.Page(path, key); ok {
		return data, true
	}
	return p.published.Page(path, key)
}

func (p *printPast) Rest(key render.Key) ([]output.File, bool) {
	if files, ok := p.kept.Rest(key); ok {
		return files, true
	}
	return p.published.Rest(key)
}

// Memo is nil: a process that prints builds once or twice (render.Past).
func (p *printPast) Memo() *render.Memo { return nil }

// Empty reports that nothing was made before.
func (p *printPast) Empty() bool { return p.kept.Empty() && p.published.Empty() }

// use lets a build use what was there.
func (p *printPast) use(opt *build.Options) { opt.Past, opt.Readings = p, p.kept }

// keep takes down the site that was printed, where anybody may read it: nothing is kept of another edition than the public
// one, nor of what was made with contacts for one run. everything says that all leaflets were made in all their formats.
func (p *printPast) keep(out *build.Outcome, given, everything bool) {
	if out.Edition.Clearance != level.Public {
		return
	}
	if !given {
		p.kept.Remember(out.Rendered.Record(), out.Audited.Site())
	}
	p.kept.Save(everything)
}
