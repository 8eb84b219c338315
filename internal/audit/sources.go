package audit

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
	"sync"

	"candour/internal/detail"
	"candour/internal/diag"
	"candour/internal/leak"
	"candour/internal/ledger"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/markdown"
	"candour/internal/output"
	"candour/internal/parallel"
	"candour/internal/redact"
)

// Watch guards one edition: it knows what is withheld from it.
type Watch struct {
	cleared *redact.Cleared
	matcher *leak.Matcher
	allowed *detail.Allowed
	cache   *Cache

	readings Readings // may be nil

	placesOnce sync.Once
	places     map[string]diag.Pos // of details in the cleared sources, by kind and normal form
}

// NewWatch takes up what an edition withholds. The cache, which may be nil, is of earlier builds by the same process.
func NewWatch(c *redact.Cleared, cache *Cache) *Watch {
	listed, phrases := c.Publishable()
	return &Watch{cleared: c, matcher: cache.take(c, listed, phrases), cache: cache,
		allowed: detail.NewAllowed(listed[detail.Phone], listed[detail.Email], listed[detail.Postcode], listed[detail.Name], listed[detail.Operation], phrases)}
}

func (w *Watch) ledger() *ledger.Ledger { return w.cleared.Ledger() }

// Guarded lists what is kept out by construction alone, for review.
func (w *Watch) Guarded() []leak.Skip { return w.matcher.Skipped() }

// Sources looks for leaks where their authors can see them, before anything is rendered: in the cleared bodies and front
// matter, the site's own theme and static files, its vocabularies, and the names of what is left out. With a finding the
// site is not rendered, so that no template's error can quote it.
func (w *Watch) Sources(ctx context.Context) (diag.List, error) {
	var found diag.List
	pages := w.cleared.Pages()
	seen := make([]diag.List, len(pages))
	err := parallel.Each(ctx, len(pages), func(i int) string { return pages[i].File }, func(i int) error {
		seen[i] = w.page(pages[i])
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, list := range seen {
		found.Add(list...)
	}
	for _, t := range w.cleared.Figures() {
		t.Texts(func(text string, at diag.Pos) {
			for _, hit := range w.matcher.Text(text) {
				found.Add(w.leakFinding(hit, at, " here"))
			}
		})
	}
	w.eachNote(func(text string, at diag.Pos) {
		for _, hit := range w.matcher.Text(text) {
			found.Add(w.leakFinding(hit, at, " here"))
		}
	})
	w.eachPlainFile(func(file string, data []byte) { w.plainFile(&found, file, data) })
	for _, name := range w.cleared.LeftOut() { // the manifest names them
		for _, hit := range w.matcher.Text(name) {
			found.Add(w.leakFinding(hit, diag.Pos{File: name}, " in the file's name, which the manifest gives as left out"))
		}
	}
	for _, s := range w.cleared.Repo().Static() {
		switch s.Path[strings.LastIndexByte(s.Path, '.')+1:] {
		case "html", "css", "js", "json", "txt", "xml", "svg", "csv", "webmanifest":
			w.plainFile(&found, s.File, s.Data)
		}
	}
	found.Sort()
	return found, nil
}

// page looks into the body and the front matter of a page.
func (w *Watch) page(p *redact.Page) diag.List {
	var found diag.List
	var texts []string
	if w.cache != nil {
		texts = append(texts, string(p.Body))
		p.Fields(w.cleared.Edition().Clearance, func(_ []string, text string) { texts = append(texts, text) })
		if w.cache.clean(p.File, texts) {
			return nil
		}
	}
	for _, hit := range w.matcher.Text(string(p.Body)) {
		found.Add(w.leakFinding(hit, p.At(hit.Start), " here"))
	}
	p.Fields(w.cleared.Edition().Clearance, func(path []string, text string) {
		for _, hit := range w.matcher.Text(text) {
			found.Add(w.leakFinding(hit, p.Value(path...), " here"))
		}
	})
	if len(found) == 0 {
		w.cache.note(p.File, texts)
	}
	return found
}

// eachNote calls f for what candour.toml adds to pages of packs.
func (w *Watch) eachNote(f func(text string, at diag.Pos)) {
	for _, p := range w.cleared.Config().Packs {
		for _, page := range slices.Sorted(maps.Keys(p.Notes)) {
			for _, n := range p.Notes[page] {
				f(n.Text, n.At)
			}
		}
		for _, page := range slices.Sorted(maps.Keys(p.Changes)) {
			f(p.Changes[page].By+". "+p.Changes[page].Note, p.Place(page))
		}
	}
}

// eachPlainFile calls f for the site's own templates, styles, scripts, words and vocabularies.
func (w *Watch) eachPlainFile(f func(file string, data []byte)) {
	theme := w.cleared.Repo().Theme()
	for _, part := range []map[string]load.ThemeFile{theme.Layouts, theme.Assets, theme.I18n} {
		for _, name := range slices.Sorted(maps.Keys(part)) {
			if file := part[name].File; file != "" && !strings.HasPrefix(file, "program:") {
				f(file, part[name].Data)
			}
		}
	}
	for _, name := range w.cleared.Repo().Words().Names() {
		for _, dir := range append([]string{"data/"}, w.cleared.Repo().Words().Folders()...) {
			if data, err := w.cleared.Repo().ReadFile(dir + name + ".toml"); err == nil {
				f(dir+name+".toml", data)
			}
		}
	}
}

// Copy looks for leaks and for unflagged details in what is given away of a source as it was written. Its lines need not be
// those of the source: what stands on no line of it is told of the file.
func (w *Watch) Copy(file string, data []byte) diag.List {
	var found diag.List
	for _, hit := range w.matcher.Text(string(data)) {
		found.Add(w.leakFinding(hit, diag.Pos{File: file}, " in the source"))
	}
	for _, m := range w.find(string(data)) {
		at, ok := w.locate(m)
		if !ok {
			at = diag.Pos{File: file}
		}
		found.Add(w.detailFinding(m, at))
	}
	return found
}

func (w *Watch) plainFile(found *diag.List, file string, data []byte) {
	for _, hit := range w.matcher.Text(string(data)) {
		line, col := markdown.LineCol(data, max(hit.Start, 0))
		found.Add(w.leakFinding(hit, diag.Pos{File: file, Line: line, Column: col}, " here"))
	}
}

// find lists the unflagged details of a text that nobody has allowed. What is withheld besides is the leak search's to
// report, which does not repeat it.
func (w *Watch) find(text string) []detail.Match {
	found := detail.Find(text)
	if len(found) == 0 {
		return nil
	}
	return slices.DeleteFunc(found, func(m detail.Match) bool {
		if w.allowed.Permits(text, m) {
			return true
		}
		return slices.ContainsFunc(w.matcher.Text(m.Text), func(h leak.Hit) bool { return !h.Part })
	})
}

// locate finds where in the sources a detail was written.
func (w *Watch) locate(m detail.Match) (diag.Pos, bool) {
	w.placesOnce.Do(func() {
		w.places = map[string]diag.Pos{}
		note := func(m detail.Match, at diag.Pos) {
			if _, ok := w.places[m.Key()]; !ok {
				w.places[m.Key()] = at
			}
		}
		w.eachSourceDetail(note)
		// Last, as not all of a template or a vocabulary comes out.
		w.eachPlainFile(func(file string, data []byte) {
			for _, m := range w.find(string(data)) {
				line, col := markdown.LineCol(data, m.Start)
				note(m, diag.Pos{File: file, Line: line, Column: col})
			}
		})
	})
	at, ok := w.places[m.Key()]
	return at, ok
}

func (w *Watch) eachSourceDetail(f func(detail.Match, diag.Pos)) {
	for _, p := range w.cleared.Pages() {
		p.Fields(w.cleared.Edition().Clearance, func(path []string, text string) {
			for _, m := range w.find(text) {
				f(m, p.Value(path...))
			}
		})
		for _, m := range w.find(string(p.Body)) {
			f(m, p.At(m.Start))
		}
		for _, file := range p.Files {
			if file.Attached {
				for _, m := range w.find(file.Name) {
					f(m, p.AttachedAt(file.Name))
				}
			}
			if strings.HasSuffix(file.Name, ".csv") || strings.HasSuffix(file.Name, ".txt") {
				for _, m := range w.find(string(file.Data)) {
					line, col := markdown.LineCol(file.Data, m.Start)
					f(m, diag.Pos{File: file.File, Line: line, Column: col})
				}
			}
		}
	}
	for _, t := range w.cleared.Figures() {
		t.Texts(func(text string, at diag.Pos) {
			for _, m := range w.find(text) {
				f(m, at)
			}
		})
	}
	w.eachNote(func(text string, at diag.Pos) {
		for _, m := range w.find(text) {
			f(m, at)
		}
	})
	for _, s := range w.cleared.Repo().Static() {
		for _, m := range w.find(string(s.Data)) {
			line, col := markdown.LineCol(s.Data, m.Start)
			f(m, diag.Pos{File: s.File, Line: line, Column: col})
		}
	}
}

// Details looks for unflagged details in the sources, for a build that ends before the audit of the finished pages: its
// authors are told at once what the sources show.
func (w *Watch) Details() diag.List {
	var found diag.List
	if w.cleared.Edition().Clearance != level.Public {
		return nil
	}
	w.eachSourceDetail(func(m detail.Match, at diag.Pos) { found.Add(w.detailFinding(m, at)) })
	return found
}

var detailWords = map[detail.Kind]string{
	"phone": "a telephone number", "email": "an e-mail address", "postcode": "a postcode", "nhs-number": "an NHS number",
	"ni-number": "a National Insurance number", "location": "an exact location", "operation": "the name of an operation", "name": "somebody's name",
}

// detailFinding gives the line that lets a detail stand. What is withheld elsewhere is no such detail: it is neither read out
// nor is it advised to publish it.
func (w *Watch) detailFinding(m detail.Match, at diag.Pos) diag.Finding {
	if w.ledger().Details[ledger.NewSecret(m.Key())] || len(w.matcher.Text(m.Text)) > 0 {
		return diag.New(m.Rule(), at, "flag it here too with [[withhold]], or take it out; whether it may be published is for those to say who withheld it, with a [[release]] there",
			"%s that is withheld elsewhere stands here without a flag", detailWords[m.Kind])
	}
	return diag.New(m.Rule(), at, "withhold it with a flag or take it out; if it may be published, add it to the list under [publishable] in candour.toml, or paste there: "+m.Line(),
		"%s that nobody has flagged", detailWords[m.Kind])
}

// details reports the unflagged details that readers would see, each at the line of the source that carries it.
func (w *Watch) details(files []output.File, results []result) diag.List {
	var found diag.List
	seen := map[string]bool{}
	for i, res := range results {
		for _, m := range res.details {
			if seen[m.Key()] {
				continue
			}
			seen[m.Key()] = true
			at, ok := w.locate(m)
			if !ok {
				at = diag.Pos{File: cmp.Or(files[i].Source, files[i].Path)}
				if files[i].Source == "" {
					found.Add(w.detailFinding(m, at))
					continue
				}
				at.Line, at.Column = w.nearLine(files[i].Source, m)
			}
			found.Add(w.detailFinding(m, at))
		}
	}
	return found
}

// nearLine finds the line of a source on which a detail stands in pieces, such as a number with emphasis inside it.
func (w *Watch) nearLine(file string, m detail.Match) (line, col int) {
	want := letters(m.Text)
	for _, p := range w.cleared.Pages() {
		if p.File != file {
			continue
		}
		for i, l := range strings.Split(string(p.Body), "\n") {
			if strings.Contains(letters(l), want) {
				return p.BodyLine + i, 1
			}
		}
	}
	return 1, 1
}

// letters keeps the letters and digits of a text.
func letters(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' {
			b.WriteRune(r)
		}
	}
	return strings.ToLower(b.String())
}
