package redact

import (
	"cmp"
	"fmt"
	"slices"

	"candour/internal/detail"
	"candour/internal/diag"
	"candour/internal/figure"
	"candour/internal/ledger"
	"candour/internal/markdown"
	"candour/internal/vetting"
)

// Figure is a table or chart in the text of a page, with what the edition may show of its figure.
type Figure struct {
	Use   figure.Use
	Table *figure.Table
}

// clearFigures settles once for the whole edition what of the figures it shows: numbers that are hidden in one table are
// hidden in every sentence.
func (c *Cleared) clearFigures() diag.List {
	var found diag.List
	c.figures, c.keptBack, found = figure.Clear(c.repo.Figures(), c.edition.Clearance, c.Config().Figures.SuppressBelow)
	return found
}

// Figures are the figures that the edition's pages show, by name.
func (c *Cleared) Figures() []*figure.Table {
	var out []*figure.Table
	for _, p := range c.pages {
		for _, f := range p.Figures {
			if !slices.Contains(out, f.Table) {
				out = append(out, f.Table)
			}
		}
	}
	slices.SortFunc(out, func(a, b *figure.Table) int {
		if a.Name < b.Name {
			return -1
		}
		return 1
	})
	return out
}

// figureEdit puts a table or chart, or the words of one number, into the text.
func (c *Cleared) figureEdit(p *Page, src *vetting.Page, s markdown.Shortcode) markdown.Edit {
	f, u := c.use(s)
	if f == nil {
		return markdown.Edit{Span: s.Span}
	}
	t := c.figures[f.Name]
	if reason, ok := u.Withheld(f, t); ok {
		text := marker(reason)
		if s.Name != "cell" {
			text = `{{< candour-withheld "` + reason + `" "block" >}}`
		}
		return markdown.Edit{Span: s.Span, Text: text}
	}
	if s.Name == "cell" {
		return markdown.Edit{Span: s.Span, Text: markdown.EscapeText(c.cited(p.Lang, u, t))}
	}
	p.Figures = append(p.Figures, Figure{u, t})
	return markdown.Edit{Span: s.Span, Text: fmt.Sprintf(`{{< candour-figure "%d" >}}`, len(p.Figures)-1)}
}

// use reads a shortcode again; vetting has found it right.
func (c *Cleared) use(s markdown.Shortcode) (*figure.Figure, figure.Use) {
	name := figure.Target(s.Args, s.Named)
	for _, f := range c.repo.Figures() {
		if f.Name == name {
			u, fault := figure.ReadUse(f, s.Name, s.Args, s.Named)
			if fault.Message != "" {
				return nil, u
			}
			return f, u
		}
	}
	return nil, figure.Use{}
}

// cited is one number in words.
func (c *Cleared) cited(lang string, u figure.Use, t *figure.Table) string {
	say := c.repo.Say(lang)
	v, column := t.Cite(u)
	switch v.State {
	case figure.HiddenBySource:
		return say.T("figure_cell_hidden")
	case figure.Missing:
		return say.T("figure_cell_missing")
	case figure.NotApplicable:
		return say.T("figure_cell_not_applicable")
	}
	return v.Words(column, cmp.Or(lang, c.Config().Language))
}

// figures writes down what the edition is not given of the figures.
func (b *book) figures(withheld []figure.Withheld) {
	for _, w := range withheld {
		e := ledger.Entry{Kind: ledger.Value, File: w.File, Line: w.Line, Label: w.Label, Level: w.Level, Reason: w.Reason, By: w.By, Shown: true}
		if w.Text == "" {
			e.Kind, e.Why = ledger.Unsearchable, w.Why
			b.l.Entries = append(b.l.Entries, e)
			continue
		}
		if isProse(w.Text) {
			e.Kind = ledger.Prose
		} else if wholly(w.Text, detail.Find(w.Text), detail.Phone) {
			e.Kind = ledger.Phone
		}
		b.add(e, w.Text)
		b.embedded(e, w.Label, w.Text)
	}
}
