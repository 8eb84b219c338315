package audit

import (
	"cmp"
	"context"
	"fmt"
	"path"
	"strings"

	"candour/internal/braille"
	"candour/internal/detail"
	"candour/internal/diag"
	"candour/internal/epub"
	"candour/internal/level"
	"candour/internal/media"
	"candour/internal/output"
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
	found, err := w.searched(ctx, f, at)
	if err != nil || found.HasErrors() {
		return nil, found, err
	}
	return &Made{f, w.cleared.Edition().Name}, found, nil
}

// form audits a format of a leaflet that stands beside its page.
func (w *Watch) form(f output.File, at diag.Pos) (res result) {
	found, err := w.searched(context.Background(), f, at)
	if res.found = found; err != nil {
		res.found.Add(diag.New(diag.FileUnreadable, at, "build without --with-print, or install what reads the format", "%s cannot be read by the audit: %v", f.Path, err))
	}
	return res
}

// searched looks for leaks and details in a format.
func (w *Watch) searched(ctx context.Context, f output.File, at diag.Pos) (found diag.List, err error) {
	entries, texts, err := readMade(ctx, f)
	switch {
	case err != nil && (ctx.Err() != nil || path.Ext(f.Path) == ".brf"):
		return nil, err
	case err != nil:
		found.Add(diag.New(diag.FileUnreadable, at, "leave this format out, and tell whoever maintains the program", "%s cannot be read by the audit", f.Path))
		return found, nil
	}
	for _, hit := range w.matcher.File(f.Path, f.Data, texts) {
		found.Add(w.leakFinding(hit, at, " in "+f.Path+" ("+hit.View+")"))
	}
	for _, e := range entries {
		for _, hit := range w.matcher.File(e.Name, e.Data, nil) {
			found.Add(w.leakFinding(hit, at, " in "+f.Path+" ("+e.Name+", "+hit.View+")"))
		}
		if strings.HasSuffix(e.Name, ".xhtml") {
			if page, _ := webcheck.Scan(output.File{Path: strings.TrimSuffix(e.Name, ".xhtml") + ".html", Data: e.Data}, webcheck.Options{}); page != nil {
				texts = append(texts, page.Text())
			}
		}
	}
	// Details are looked for where the words are the page's, which has passed: translated back from Braille they are not what
	// they were, and a PDF gives them without the spaces between lines too.
	if ext := path.Ext(f.Path); w.cleared.Edition().Clearance == level.Public && ext != ".brf" && ext != ".pdf" {
		seen := map[string]bool{}
		for _, text := range texts {
			for _, m := range w.find(text) {
				if !seen[key(m)] {
					seen[key(m)] = true
					found.Add(detailFinding(m, at))
				}
			}
		}
	}
	found.Sort()
	return found, nil
}

// readMade reads a format as its readers do. A format that it does not know is an error.
func readMade(ctx context.Context, f output.File) (entries []epub.Entry, texts []string, err error) {
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".txt":
		return nil, []string{string(f.Data)}, nil
	case ".pdf":
		texts, err = media.Texts(f.Path, f.Data)
	case ".epub":
		entries, err = epub.Texts(f.Data)
	case ".mp3":
		texts, err = speech.Tags(f.Data)
	case ".brf":
		t, missing := braille.Find()
		if missing != nil {
			return nil, nil, missing
		}
		texts, err = t.Texts(ctx, f.Data)
	default:
		err = fmt.Errorf("unknown format")
	}
	return entries, texts, err
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
				found.Add(detailFinding(m, at))
			}
		}
	}
	found.Sort()
	return found
}
