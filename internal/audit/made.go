package audit

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"

	"candour/internal/braille"
	"candour/internal/detail"
	"candour/internal/diag"
	"candour/internal/epub"
	"candour/internal/level"
	"candour/internal/media"
	"candour/internal/output"
	"candour/internal/redact"
	"candour/internal/speech"
	"candour/internal/webcheck"
)

// Made is a file in another format that was made of an audited site and has passed in turn. Only Watch.Made makes one that
// holds anything, so that a format that nobody audited cannot be written.
type Made struct {
	file    output.File
	edition string
}

// File is the file, with its name relative to wherever it goes.
func (m *Made) File() output.File { return m.file }

// Edition is the name of the edition that it was made for.
func (m *Made) Edition() string { return m.edition }

// Made audits a file that was made of an audited site: its name, its bytes, and its text as a reader of its format has it.
// With errors among the findings the Made is nil. The error means that a program that reads the format could not be run.
func (w *Watch) Made(ctx context.Context, a *Audited, f output.File) (*Made, diag.List, error) {
	if a == nil || a.cleared != w.cleared || a.cleared.Blocked() {
		return nil, nil, fmt.Errorf("formats are made of an audited site that may be published, and of no other")
	}
	at := diag.Pos{File: cmp.Or(f.Source, f.Path)}
	found, err := w.searched(ctx, f, a.madeOf(f), at)
	if err != nil || found.HasErrors() {
		return nil, found, err
	}
	return &Made{f, w.cleared.Edition().Name}, found, nil
}

// offered reports whether a file is a PDF of a leaflet that stands beside its page, byte for byte as it has passed.
func (w *Watch) offered(f *output.File) bool {
	if !strings.HasSuffix(f.Path, ".pdf") {
		return false
	}
	return slices.ContainsFunc(w.cleared.Offers(), func(o redact.Offer) bool {
		return o.Address[1:]+o.Name == f.Path && bytes.Equal(o.Data, f.Data)
	})
}

// form audits a format of a leaflet that stands beside its page.
func (w *Watch) form(f output.File, at diag.Pos) (res result) {
	found, err := w.searched(context.Background(), f, nil, at)
	if res.found = found; err != nil {
		res.found.Add(diag.New(diag.FileUnreadable, at, "build without --with-print, or install what reads the format", "%s cannot be read by the audit: %v", f.Path, err))
	}
	return res
}

// searched looks for leaks and details in a format. page is the finished page that it was made of, if that is at hand.
func (w *Watch) searched(ctx context.Context, f output.File, page []byte, at diag.Pos) (found diag.List, err error) {
	m, err := w.readMade(ctx, &f)
	switch {
	case err != nil && (ctx.Err() != nil || path.Ext(f.Path) == ".brf"):
		return nil, err
	case err != nil:
		found.Add(diag.New(diag.FileUnreadable, at, "leave this format out, and tell whoever maintains the program", "%s cannot be read by the audit", f.Path))
		return found, nil
	}
	for _, hit := range w.matcher.File(f.Path, m.data, m.reading.Texts()) {
		found.Add(w.leakFinding(hit, at, " in "+f.Path+" ("+hit.View+")"))
	}
	words := m.reading.Shown
	for _, e := range m.entries {
		for _, hit := range w.matcher.File(e.Name, e.Data, nil) {
			found.Add(w.leakFinding(hit, at, " in "+f.Path+" ("+e.Name+", "+hit.View+")"))
		}
		if strings.HasSuffix(e.Name, ".xhtml") {
			if page, _ := webcheck.Scan(output.File{Path: strings.TrimSuffix(e.Name, ".xhtml") + ".html", Data: e.Data}, webcheck.Options{}); page != nil {
				words = append(words, page.Text())
			}
		}
	}
	if len(found) == 0 {
		w.note(&f, m.reading)
	}
	// Translated back from Braille, words are not what they were: they are judged as text before they are made into it.
	if w.cleared.Edition().Clearance == level.Public && path.Ext(f.Path) != ".brf" {
		seen := map[string]bool{}
		for _, text := range words {
			for _, m := range w.find(text) {
				if k := m.Key(); !seen[k] && !onPage(page, m) {
					seen[k] = true
					found.Add(w.detailFinding(m, at))
				}
			}
		}
	}
	found.Sort()
	return found, nil
}

// onPage reports whether the page that a PDF was made of has every part of a detail: then it was judged there. A PDF says
// where its letters stand, and not where a sentence ends, so that numbers of two cells or of two copies on one sheet may be
// read as one.
func onPage(page []byte, m detail.Match) bool {
	if page == nil {
		return false
	}
	all := letters(string(page))
	for _, part := range strings.FieldsFunc(m.Text, func(r rune) bool { return letters(string(r)) == "" }) {
		if !strings.Contains(all, letters(part)) {
			return false
		}
	}
	return true
}

// madeOf returns the words of the page that a PDF was made of.
func (a *Audited) madeOf(f output.File) []byte {
	if path.Ext(f.Path) != ".pdf" {
		return nil
	}
	for _, p := range a.cleared.Pages() {
		if p.File == f.Source && f.Source != "" {
			if file := a.site.Find(strings.TrimPrefix(p.Address, "/") + "index.html"); file != nil {
				page, _ := webcheck.Scan(*file, webcheck.Options{})
				if page == nil {
					return file.Data
				}
				return append([]byte(page.Text()+"\n"), file.Data...)
			}
		}
	}
	return nil
}

// made is a format as its readers have it.
type made struct {
	data    []byte // what of the file is searched as it stands
	entries []epub.Entry
	reading media.Reading
}

// readMade reads a format as its readers do. A format that it does not know is an error.
func (w *Watch) readMade(ctx context.Context, f *output.File) (m made, err error) {
	m.data = f.Data
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".txt":
		m.reading.Shown = []string{string(f.Data)}
	case ".pdf":
		m.data, m.reading, err = w.read(f)
	case ".epub":
		m.entries, err = epub.Texts(f.Data)
	case ".mp3":
		m.reading.Shown, err = speech.Tags(f.Data)
	case ".brf":
		t, missing := braille.Find()
		if missing != nil {
			return m, missing
		}
		m.reading.Other, err = t.Texts(ctx, f.Data)
	default:
		err = fmt.Errorf("unknown format")
	}
	return m, err
}

// Given looks at what the command line gives for a page, such as a venue's own details, before anything is made of it: it is
// held to what every word of a page is held to.
func (w *Watch) Given(values map[string]string) diag.List {
	var found diag.List
	for name, text := range values {
		at := diag.Pos{File: "--set " + name}
		hits := w.matcher.Text(text)
		for _, hit := range hits {
			found.Add(w.leakFinding(hit, at, " here"))
		}
		if w.cleared.Edition().Clearance != level.Public || len(hits) > 0 {
			continue
		}
		for _, m := range detail.Find(text) {
			if !w.allowed.Permits(text, m) {
				found.Add(w.detailFinding(m, at))
			}
		}
	}
	found.Sort()
	return found
}
