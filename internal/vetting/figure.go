package vetting

import (
	"candour/internal/diag"
	"candour/internal/figure"
	"candour/internal/load"
	"candour/internal/markdown"
	"candour/internal/nearmiss"
)

// checkFigure reads a table, chart or cell against the figure that it names.
func (p *Page) checkFigure(repo *load.Repo, s markdown.Shortcode) diag.List {
	at := p.pos(s.Span.Start)
	name := figure.Target(s.Args, s.Named)
	var names []string
	for _, f := range repo.Figures() {
		names = append(names, f.Name)
		if f.Name != name {
			continue
		}
		if s.InAttribute || s.InCode {
			return diag.List{diag.New(diag.BadShortcode, at, "put it on a line of its own, or, for a cell, into a sentence", "%s stands in a link, a picture or code, where no figure can go", s.Name)}
		}
		if s.Name != "cell" && !p.alone(s.Span) {
			return diag.List{diag.New(diag.BadShortcode, at, "put it on a line of its own with an empty line before and behind it", "%s stands inside a paragraph, a list or a table", s.Name)}
		}
		if _, fault := figure.ReadUse(f, s.Name, s.Args, s.Named); fault.Message != "" {
			return diag.List{diag.New(diag.UnknownFigure, at, fault.Hint, "%s", fault.Message)}
		}
		return nil
	}
	hint := "put data/NAME.csv and data/NAME" + figure.Sidecar + " into the repository, and name it as in {{< " + s.Name + " figure=\"NAME\" >}}"
	return diag.List{diag.New(diag.UnknownFigure, at, hint, "%s names no figure of data/%s", s.Name, nearmiss.Suffix(name, names))}
}

// alone reports whether a tag has its line to itself.
func (p *Page) alone(s markdown.Span) bool {
	start, end := s.Start, s.End
	for start > 0 && (p.Body[start-1] == ' ' || p.Body[start-1] == '\t') {
		start--
	}
	for end < len(p.Body) && (p.Body[end] == ' ' || p.Body[end] == '\t' || p.Body[end] == '\r') {
		end++
	}
	if s.Start-start > 3 { // a list item's
		return false
	}
	return (start == 0 || p.Body[start-1] == '\n') && (end == len(p.Body) || p.Body[end] == '\n')
}
