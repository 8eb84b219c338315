package present

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candour/internal/chart"
	"candour/internal/figure"
	"candour/internal/redact"
	"candour/internal/words"
)

// figures draws the tables and charts of a page: tables as words for the theme to set, charts as finished SVG.
func (s *Site) figures(p *redact.Page) []any {
	lang := p.Lang
	if lang == "" {
		lang = s.cleared.Config().Language
	}
	base := strings.TrimSuffix(redact.BasePath(s.cleared.Edition().BaseURL), "/")
	var out []any
	labels := map[string]int{}
	for i, f := range p.Figures {
		d := drawing{Figure: f, lang: lang, say: s.say(p), site: s.cleared.Config().Language, id: fmt.Sprintf("figure-%d", i+1)}
		view := d.view()
		title := view["title"].(string)
		labels[title]++
		view["label"] = title
		if n := labels[title]; n > 1 { // regions of a page need names of their own
			view["label"] = fmt.Sprintf("%s (%d)", title, n)
		}
		view["download"] = base + "/" + f.Table.Download()
		view["size"] = s.say(p).Size(len(f.Table.CSV()))
		out = append(out, view)
	}
	return out
}

// drawing is one figure on its way into a page.
type drawing struct {
	redact.Figure
	lang string // of the page
	say  *words.Words
	site string
	id   string
}

func (d drawing) view() map[string]any {
	t, u := d.Table, d.Use
	title := t.Title
	if u.Title != "" {
		title = u.Title
	}
	view := map[string]any{"id": d.id, "name": t.Name, "kind": u.Kind, "title": title, "source": t.Source, "source_url": t.SourceURL, "licence": t.Licence,
		"date": t.Date, "units": t.Units, "notes": texts(t.Notes), "lang": ""}
	if own := cmp.Or(t.Language, d.site); own != d.lang {
		view["lang"], view["dir"] = own, map[bool]string{true: "rtl", false: "ltr"}[RightToLeft(own)] // the figure's words are not translated with the page
	}
	marks := map[figure.CellState]bool{}
	if u.X == "" {
		d.plain(view, marks)
	} else {
		g := t.Grid(u)
		beside := u
		beside.Totals = !u.NoTotals
		d.grid(view, t.Grid(beside), marks)
		if u.Kind != "" && len(g.Points) > 0 {
			view["charts"] = d.charts(g, title)
		}
	}
	view["hidden"], view["missing"], view["not_applicable"] = marks[figure.HiddenBySource], marks[figure.Missing], marks[figure.NotApplicable]
	return view
}

func texts(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

func heading(c figure.Column) map[string]any {
	text := c.Label
	if c.Unit != "" {
		text += " (" + c.Unit + ")"
	}
	return map[string]any{"text": text, "number": c.Type == figure.Number}
}

func (d drawing) cell(v figure.Value, c figure.Column, marks map[figure.CellState]bool) map[string]any {
	if c.Type == figure.Number {
		marks[v.State] = true
	}
	return map[string]any{"text": v.Words(c, d.lang), "number": c.Type == figure.Number}
}

// plain is a table as it stands in the file. The first column that is no number heads its rows.
func (d drawing) plain(view map[string]any, marks map[figure.CellState]bool) {
	columns, rows := d.Table.Choose(d.Use)
	head := slices.IndexFunc(columns, func(c int) bool { return d.Table.Columns[c].Type != figure.Number })
	if head > 0 { // what heads a row stands first
		c := columns[head]
		columns = slices.Insert(slices.Delete(columns, head, head+1), 0, c)
	}
	var heads, lines []any
	for _, c := range columns {
		heads = append(heads, heading(d.Table.Columns[c]))
	}
	for _, r := range rows {
		var cells []any
		for _, c := range columns {
			cells = append(cells, d.cell(r.Values[c], d.Table.Columns[c], marks))
		}
		lines = append(lines, map[string]any{"cells": cells, "total": r.Total})
	}
	view["head"], view["rows"], view["row_heads"] = heads, lines, head >= 0
}

// grid is a table with a column for each series.
func (d drawing) grid(view map[string]any, g figure.Grid, marks map[figure.CellState]bool) {
	heads := []any{heading(g.X)}
	for _, c := range g.Series {
		heads = append(heads, heading(c))
	}
	var lines []any
	for p, point := range g.Points {
		cells := []any{d.cell(figure.Value{Text: point}, g.X, marks)}
		for i, c := range g.Series {
			cells = append(cells, d.cell(g.Values[p][i], c, marks))
		}
		lines = append(lines, map[string]any{"cells": cells, "total": g.Totals[p]})
	}
	view["head"], view["rows"], view["row_heads"] = heads, lines, true
}

// charts draws a grid: one chart, or one for each series on a scale that they share.
func (d drawing) charts(g figure.Grid, title string) []any {
	whole := d.chart(g, title)
	if d.Use.Kind != figure.Multiples {
		return []any{map[string]any{"svg": whole.SVG(), "title": ""}}
	}
	var out []any
	top := whole.Top()
	for i, c := range g.Series {
		one := figure.Grid{X: g.X, Points: g.Points, Series: []figure.Column{c}}
		for _, row := range g.Values {
			one.Values = append(one.Values, []figure.Value{row[i]})
		}
		panel := d.chart(one, title+": "+c.Label)
		panel.ID = fmt.Sprintf("%s-%d", d.id, i+1)
		panel.Max = top
		out = append(out, map[string]any{"svg": panel.SVG(), "title": c.Label})
	}
	return out
}

func (d drawing) chart(g figure.Grid, title string) chart.Chart {
	decimals := 0
	c := chart.Chart{ID: d.id, Title: title, Desc: d.describe(g), Labels: g.Points, RTL: RightToLeft(d.lang)}
	switch {
	case d.Use.Kind == figure.Lines, d.Use.Kind == figure.Multiples && (g.X.Type == figure.Period || g.X.Type == figure.Date):
		c.Kind = chart.Lines
	case d.Use.Kind == figure.Stacked:
		c.Kind = chart.Stacked
	}
	for _, s := range g.Series {
		c.Series = append(c.Series, s.Label)
	}
	for _, row := range g.Values {
		var points []chart.Point
		for i, v := range row {
			decimals = max(decimals, v.Decimals)
			p := chart.Point{Text: v.Words(g.Series[i], d.lang), None: !v.IsNumber()}
			if v.IsNumber() {
				p.Value = v.Float()
			}
			points = append(points, p)
		}
		c.Points = append(c.Points, points)
	}
	c.Format = func(f float64) string {
		if f == float64(int64(f)) {
			return figure.FormatNumber(f, 0, d.lang)
		}
		return figure.FormatNumber(f, max(decimals, 1), d.lang)
	}
	return c
}

// describe says what the chart shows to those who do not see it: its kind, and of each series the highest and lowest of
// the numbers that are shown.
func (d drawing) describe(g figure.Grid) string {
	kind := d.Use.Kind
	if kind == figure.Multiples {
		kind = figure.Bars
		if g.X.Type == figure.Period || g.X.Type == figure.Date {
			kind = figure.Lines
		}
	}
	parts := []string{d.say.T("figure_"+kind, map[string]any{"by": g.X.Label})}
	hidden := false
	for s, c := range g.Series {
		high, low := -1, -1
		for p := range g.Points {
			v := g.Values[p][s]
			hidden = hidden || v.State == figure.HiddenBySource
			if !v.IsNumber() {
				continue
			}
			if high < 0 || v.Number > g.Values[high][s].Number {
				high = p
			}
			if low < 0 || v.Number < g.Values[low][s].Number {
				low = p
			}
		}
		if high < 0 {
			parts = append(parts, d.say.T("figure_none", map[string]any{"name": c.Label}))
			continue
		}
		parts = append(parts, d.say.T("figure_range", map[string]any{"name": c.Label,
			"high": g.Values[high][s].Words(c, d.lang), "high_at": g.Points[high], "low": g.Values[low][s].Words(c, d.lang), "low_at": g.Points[low]}))
	}
	if hidden {
		parts = append(parts, d.say.T("figure_some_hidden"))
	}
	parts = append(parts, d.say.T("figure_table_beside"))
	return strings.Join(parts, " ")
}
