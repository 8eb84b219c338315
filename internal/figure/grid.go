package figure

import "slices"

// Grid is numbers by two things: what stands down the side, and the series.
type Grid struct {
	X      Column
	Points []string
	Series []Column // of a series that is a value of a column, with that value as its label
	Values [][]Value
	Totals []bool // of Points: whether it stands for others together
}

// Withheld is the reason for which an edition cannot be shown a use, if it cannot: a figure or column above its clearance.
func (u Use) Withheld(f *Figure, t *Table) (reason string, ok bool) {
	if t == nil {
		return f.Reason, true
	}
	for _, key := range u.needs() {
		if t.Column(key) < 0 {
			return f.Columns[f.Column(key)].Reason, true
		}
	}
	for _, keys := range [][]string{u.Y, u.Columns} {
		if len(keys) > 0 && !slices.ContainsFunc(keys, func(key string) bool { return t.Column(key) >= 0 }) {
			return f.Columns[f.Column(keys[0])].Reason, true
		}
	}
	return "", false
}

func (t *Table) meets(r TableRow, where []Condition) bool {
	return !slices.ContainsFunc(where, func(w Condition) bool { return r.Values[t.Column(w.Column)].Text != w.Value })
}

// Cite finds the number that a sentence cites.
func (t *Table) Cite(u Use) (Value, Column) {
	c := t.Column(u.Column)
	for _, r := range t.Rows {
		if r.Line == u.Line {
			return r.Values[c], t.Columns[c]
		}
	}
	return Value{State: Missing}, t.Columns[c]
}

// Choose gives the columns and rows of a plain table.
func (t *Table) Choose(u Use) (columns []int, rows []TableRow) {
	for i, c := range t.Columns {
		if len(u.Columns) == 0 || slices.Contains(u.Columns, c.Key) {
			columns = append(columns, i)
		}
	}
	for _, r := range t.Rows {
		if t.meets(r, u.Where) {
			rows = append(rows, r)
		}
	}
	return columns, rows
}

// Grid gives the numbers of a chart, or of a table with a column for each series. A series whose column the edition does
// not have is not there.
func (t *Table) Grid(u Use) Grid {
	x := t.Column(u.X)
	g := Grid{X: t.Columns[x]}
	total := func(key, value string) bool { return !u.Totals && slices.Contains(t.totals[key], value) }
	series := -1
	if u.Series != "" {
		series = t.Column(u.Series)
	}
	var numbers []int
	for _, key := range u.drawn(t.sums) {
		if c := t.Column(key); c >= 0 {
			numbers = append(numbers, c)
			if series < 0 {
				g.Series = append(g.Series, t.Columns[c])
			}
		}
	}
	var rows []TableRow
	for _, r := range t.Rows {
		if !t.meets(r, u.Where) || total(u.X, r.Values[x].Text) || series >= 0 && total(u.Series, r.Values[series].Text) {
			continue
		}
		rows = append(rows, r)
		if p := r.Values[x].Text; !slices.Contains(g.Points, p) {
			g.Points = append(g.Points, p)
			g.Totals = append(g.Totals, slices.Contains(t.totals[u.X], p))
		}
		if series >= 0 {
			if name := r.Values[series].Text; !slices.ContainsFunc(g.Series, func(c Column) bool { return c.Label == name }) {
				c := t.Columns[numbers[0]]
				c.Label = name
				g.Series = append(g.Series, c)
			}
		}
	}
	for range g.Points {
		line := make([]Value, len(g.Series))
		for i := range line {
			line[i] = Value{State: Missing}
		}
		g.Values = append(g.Values, line)
	}
	for _, r := range rows {
		p := slices.Index(g.Points, r.Values[x].Text)
		if series >= 0 {
			s := slices.IndexFunc(g.Series, func(c Column) bool { return c.Label == r.Values[series].Text })
			g.Values[p][s] = r.Values[numbers[0]]
			continue
		}
		for s, c := range numbers {
			g.Values[p][s] = r.Values[c]
		}
	}
	return g
}
