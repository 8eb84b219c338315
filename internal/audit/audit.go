// Package audit proves that nothing withheld came out, and that the pages are fit to publish: the fifth stage of the
// pipeline, and the second wall.
//
// It reads the final bytes of every file. Nothing skips it: a file of a type that it cannot read is an error.
package audit

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"candour/internal/config"
	"candour/internal/detail"
	"candour/internal/diag"
	"candour/internal/hosting"
	"candour/internal/leak"
	"candour/internal/ledger"
	"candour/internal/level"
	"candour/internal/media"
	"candour/internal/output"
	"candour/internal/pagefind"
	"candour/internal/parallel"
	"candour/internal/qrcode"
	"candour/internal/redact"
	"candour/internal/render"
	"candour/internal/webcheck"
)

// Audited is a site that has passed. Only Audit makes one that holds anything.
type Audited struct {
	cleared *redact.Cleared
	site    output.Site
}

func (a *Audited) Site() output.Site        { return a.site }
func (a *Audited) Edition() config.Edition  { return a.cleared.Edition() }
func (a *Audited) Cleared() *redact.Cleared { return a.cleared }

// Audit reads every file of a rendered site. With errors among the findings the Audited is nil.
func (w *Watch) Audit(ctx context.Context, r *render.Rendered) (*Audited, diag.List, error) {
	if r == nil || r.Cleared() != w.cleared {
		return nil, nil, fmt.Errorf("the site was not rendered from what this audit guards")
	}
	files := r.Site().Files
	opt := webcheck.Options{BasePath: redact.BasePath(w.cleared.Edition().BaseURL), BaseURL: w.cleared.Edition().BaseURL, Language: w.cleared.Config().Language}
	results := make([]result, len(files))
	order := largestFirst(files)
	err := parallel.Each(ctx, len(files), func(i int) string { return files[order[i]].Path }, func(i int) error {
		i = order[i]
		var ok bool
		if results[i], ok = w.cache.file(files[i]); !ok {
			results[i] = w.file(&files[i], opt)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	w.cache.keep(files, results)

	var found diag.List
	var pages []*webcheck.Page
	var problems []problem
	paths := make([]string, len(files))
	for i, res := range results {
		paths[i] = files[i].Path
		found.Add(res.found...)
		if res.page != nil {
			pages = append(pages, res.page)
		}
		for _, p := range res.problems {
			problems = append(problems, problem{p, files[i].Source})
		}
	}
	source := map[string]string{}
	for _, f := range files {
		source[f.Path] = f.Source
	}
	for _, p := range webcheck.Links(pages, paths, opt) {
		problems = append(problems, problem{p, source[p.Path]})
	}
	sizes := make(map[string]int, len(files))
	for _, f := range files {
		sizes[f.Path] = len(f.Data)
	}
	for _, p := range webcheck.Weight(pages, sizes, opt) {
		problems = append(problems, problem{p, source[p.Path]})
	}
	problems, blocked := w.blocked(problems)
	found.Add(blocked...)
	found.Add(w.gather(problems)...)
	found.Add(w.details(files, results)...)
	for _, p := range webcheck.Contrast(w.cleared.Repo().Colours().Pairs()) {
		found.Add(diag.New(p.Rule, diag.Pos{File: themeConfig(w.cleared.Repo().Theme().Config.File)}, p.Hint, "%s", p.Message))
	}
	found.Sort()
	if found.HasErrors() {
		return nil, found, nil
	}
	return &Audited{w.cleared, r.Site()}, found, nil
}

// largestFirst is the order in which files are read: a list of ten thousand pages that came last would be waited for by one
// processor while the others have nothing left to do.
func largestFirst(files []output.File) []int {
	order := make([]int, len(files))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(len(files[b].Data), len(files[a].Data)) })
	return order
}

// result is what was seen in one file.
type result struct {
	found    diag.List
	page     *webcheck.Page
	problems []webcheck.Problem
	details  []detail.Match
}

func (w *Watch) file(f *output.File, opt webcheck.Options) result {
	var res result
	at := diag.Pos{File: cmp.Or(f.Source, f.Path)}
	if entry, ok := w.cleared.WithheldFile(f.Sum()); ok {
		e := w.ledger().Entries[entry]
		res.found.Add(diag.New(diag.Leak, at, "do not attach or link this file, and take copies of it out of static/", "%s is the very file that %s withholds", f.Path, e.File))
	}
	if ext := strings.ToLower(path.Ext(f.Path)); ext == ".epub" || ext == ".brf" || ext == ".mp3" {
		form := w.form(*f, at)
		form.found.Add(res.found...)
		return form
	}
	if ok, _ := media.Allowed(f.Path, true); !ok && !strings.HasSuffix(f.Path, ".atom") && !hosting.Owns(f.Path) && !pagefind.Owns(f.Path) {
		res.found.Add(diag.New(diag.FileUnreadable, at, "leave it out: only what the audit can read is published", "%s is of a type that the audit cannot read", f.Path))
		return res
	}
	var extracted []string
	var reading media.Reading
	data := f.Data
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".pagefind", ".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter":
		texts, err := pagefind.Texts(f.Path, f.Data)
		if err != nil {
			res.found.Add(diag.New(diag.FileUnreadable, at, `use a version of pagefind that Candour knows (1.x), or write engine = "own" below [search]`, "%s cannot be read by the audit", f.Path))
			return res
		}
		extracted = texts
	case ".pdf", ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".svg", ".ico", ".woff2":
		var err error
		data, reading, err = w.read(f)
		if err != nil {
			res.found.Add(diag.New(diag.FileUnreadable, at, "save the file again in a common form, or leave it out", "%s cannot be read by the audit", f.Path))
			return res
		}
		extracted = reading.Texts()
	}
	inside, unread := embedded(f, at)
	extracted = append(extracted, inside...)
	res.found.Add(unread...)
	if path.Base(f.Path) == qrcode.Name && (strings.Contains(f.Path, "leaflets/") || strings.Contains(f.Path, "alerts/")) {
		own, err := qrcode.SVG(qrcode.Address(w.cleared.Edition().BaseURL, path.Dir(f.Path)+"/"))
		if err != nil || !bytes.Equal(own, f.Data) {
			res.found.Add(diag.New(diag.FileUnreadable, at, "give the file another name: "+qrcode.Name+" is the address of its page", "%s is not the QR code of its page's address, and what it says cannot be read", f.Path))
		}
	}
	for _, hit := range w.matcher.File(f.Path, data, extracted) {
		res.found.Add(w.leakFinding(hit, at, " in "+f.Path+" ("+hit.View+")"))
	}
	if len(res.found) == 0 {
		w.note(f, reading)
	}
	res.page, res.problems = webcheck.Scan(*f, opt)
	if w.cleared.Edition().Clearance == level.Public {
		if res.page != nil {
			res.details = w.find(res.page.Text())
		}
		if w.offered(f) { // its details were judged beside its page's, see Made
			extracted = nil
		}
		for _, text := range extracted {
			res.details = append(res.details, w.find(text)...)
		}
		switch strings.ToLower(path.Ext(f.Path)) {
		case ".txt", ".csv", ".json":
			res.details = append(res.details, w.find(string(f.Data))...)
		}
	}
	return res
}

type problem struct {
	webcheck.Problem
	source string
}

// gather turns problems of pages into findings, at the lines of their sources where these can be found. What a template does
// wrong shows on every page; it is told once, with a count.
func (w *Watch) gather(problems []problem) diag.List {
	if len(problems) == 0 {
		return nil
	}
	type key struct{ rule, message string }
	groups := map[key][]problem{}
	var order []key
	for _, p := range problems {
		k := key{p.Rule.Name, p.Message}
		if groups[k] == nil {
			order = append(order, k)
		}
		groups[k] = append(groups[k], p)
	}
	var found diag.List
	authors := newAuthors(w)
	const most = 5
	for _, k := range order {
		g := groups[k]
		slices.SortStableFunc(g, func(a, b problem) int { return cmp.Compare(a.Path, b.Path) })
		shown := g
		more := ""
		if len(g) > most {
			shown = g[:1]
			more = fmt.Sprintf(" and %d more pages", len(g)-1)
		}
		for _, p := range shown {
			for _, at := range authors.wrote(p) {
				found.Add(diag.New(p.Rule, at, p.Hint, "%s (on %s%s)", p.Message, p.Path, more))
			}
		}
	}
	return found
}

// leakFinding names what came out by its field or section, never by its value.
func (w *Watch) leakFinding(hit leak.Hit, at diag.Pos, where string) diag.Finding {
	e := w.ledger().Entries[hit.Entry]
	what := fmt.Sprintf("%s of %s", e.Label, e.File)
	if hit.Part {
		return diag.New(diag.NamePart, at, "check that it is somebody or something else; otherwise write the role instead of the name",
			"the last word of a withheld name (%s) stands%s", what, where)
	}
	hint := "take it out here, or release it where it is withheld with [[release]] and approved_by; if it is a word that simply occurs, add search = false to the flag"
	if e.Kind == ledger.File { // no flag to add it to
		hint = "take it out here; if it is a word that simply occurs, give the withheld file another name"
	}
	if e.Inside {
		hint = "flag it here too, or take it out; where it may be read after all, list it under [publishable] in candour.toml, or release a field that holds it with [[release]] and approved_by"
	}
	return diag.New(diag.Leak, at, hint,
		"what is withheld as %s stands%s", what, where)
}

// themeConfig is where the theme's colours are set.
func themeConfig(file string) string {
	if file == "" || strings.HasPrefix(file, "program:") {
		return "themes/candour/theme.toml"
	}
	return file
}
