package figure

import (
	"regexp"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/nearmiss"
)

// ref is one number of one figure.
type ref struct {
	f        *Figure
	row, col int
}

func (r ref) cell() *Cell { return &r.f.Rows[r.row].Cells[r.col] }

type term struct {
	ref
	coef int64
}

// equation says that its terms add up to nought.
type equation struct {
	terms []term
	at    diag.Pos // the row of the total
}

// holds reports whether the numbers add up; what has a number missing cannot be told.
func (e equation) holds() bool {
	var sum int64
	for _, t := range e.terms {
		c := t.cell()
		if c.State != Given {
			return true
		}
		sum += t.coef * c.Number
	}
	return sum == 0
}

// Link judges figures together: that every total is the sum of its parts, within a figure and from one to another, that
// no row stands twice, and that no total is left undeclared where small numbers are hidden. below is the site's threshold.
func Link(figures []*Figure, below int64) diag.List {
	var found diag.List
	for _, f := range figures {
		found.Add(f.doubles()...)
	}
	if found.HasErrors() {
		return found
	}
	for _, f := range figures {
		own, faults := f.equations()
		found.Add(faults...)
		across, faults := f.connections(figures)
		found.Add(faults...)
		for _, e := range slices.Concat(own, across) {
			if !e.holds() {
				found.Add(diag.New(diag.TotalsDisagree, e.at, "correct the numbers; if it is no such total, take the block out of the sidecar", "column %q: the sidecar says that this row's number is the sum of others, and it is not", f.Columns[e.terms[0].col].Key))
			}
		}
		if !found.HasErrors() && f.hasSmall(below) {
			found.Add(f.undeclared(own)...)
		}
	}
	found.Sort()
	return found
}

// subject is what a row is about: its dimensions without some.
func (f *Figure) subject(row int, without ...int) string {
	var b strings.Builder
	for _, d := range f.dimensions() {
		if f.Columns[d].Type != Note && !slices.Contains(without, d) {
			b.WriteString(f.Rows[row].Cells[d].Text + "\x00")
		}
	}
	return b.String()
}

func (f *Figure) rowAt(row int) diag.Pos {
	return diag.Pos{File: f.File, Line: f.Rows[row].Line, Column: 1}
}

func (f *Figure) doubles() diag.List {
	var found diag.List
	if len(f.counts()) == 0 {
		return nil
	}
	first := map[string]int{}
	for r := range f.Rows {
		s := f.subject(r)
		if other, ok := first[s]; ok {
			found.Add(diag.New(diag.BadData, f.rowAt(r), "every row must be about something of its own: add a column that tells them apart, or give a column of remarks the type note", "the row is about the same as the row at line %d", f.Rows[other].Line))
			continue
		}
		first[s] = r
	}
	return found
}

// totalValues are the values of a column that are declared as totals.
func (f *Figure) totalValues(col int) []string {
	var out []string
	for _, t := range f.Totals {
		if f.Column(t.Column) == col {
			out = append(out, t.Value)
		}
	}
	return out
}

// isTotal reports whether a row is a total in any of its dimensions.
func (f *Figure) isTotal(row int) bool {
	return slices.ContainsFunc(f.dimensions(), func(d int) bool { return slices.Contains(f.totalValues(d), f.Rows[row].Cells[d].Text) })
}

// pow gives the factor that brings numbers of one count of decimals to those of another.
func pow(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// equations are the relations that the sidecar declares within the figure.
func (f *Figure) equations() ([]equation, diag.List) {
	var out []equation
	var found diag.List
	for _, t := range f.Totals {
		d := f.Column(t.Column)
		var values []string
		for _, row := range f.Rows {
			values = append(values, row.Cells[d].Text)
		}
		open := values // for a near miss: what is withheld is not repeated
		if max(f.Level, f.Columns[d].Level) > level.Public {
			open = nil
		}
		for _, v := range append([]string{t.Value}, t.Of...) {
			if !slices.Contains(values, v) {
				found.Add(diag.New(diag.BadValue, t.at, "write value and of exactly as they stand in the CSV file", "a value of this [[total]] stands in no row of column %q%s", t.Column, nearmiss.Suffix(v, open)))
			}
		}
		totals := f.totalValues(d)
		groups := map[string][]int{}
		for r := range f.Rows {
			s := f.subject(r, d)
			groups[s] = append(groups[s], r)
		}
		var columns []int
		for _, key := range t.Columns {
			columns = append(columns, f.Column(key))
		}
		if columns == nil {
			columns = f.counts()
		}
		for r := range f.Rows {
			if f.Rows[r].Cells[d].Text != t.Value {
				continue
			}
			for _, c := range columns {
				e := equation{at: f.rowAt(r), terms: []term{{ref{f, r, c}, -1}}}
				for _, m := range groups[f.subject(r, d)] {
					v := f.Rows[m].Cells[d].Text
					if m != r && (slices.Contains(t.Of, v) || len(t.Of) == 0 && !slices.Contains(totals, v)) {
						e.terms = append(e.terms, term{ref{f, m, c}, 1})
					}
				}
				if len(e.terms) > 1 {
					out = append(out, e)
				}
			}
		}
	}
	for _, s := range f.Sums {
		most := 0
		for _, key := range append([]string{s.Total}, s.Of...) {
			most = max(most, f.Columns[f.Column(key)].Decimals)
		}
		for r := range f.Rows {
			c := f.Column(s.Total)
			e := equation{at: f.rowAt(r), terms: []term{{ref{f, r, c}, -pow(most - f.Columns[c].Decimals)}}}
			for _, key := range s.Of {
				c := f.Column(key)
				e.terms = append(e.terms, term{ref{f, r, c}, pow(most - f.Columns[c].Decimals)})
			}
			out = append(out, e)
		}
	}
	return out, found
}

// connections are the relations between this figure and others.
func (f *Figure) connections(all []*Figure) ([]equation, diag.List) {
	var out []equation
	var found diag.List
	for _, l := range f.Links {
		i := slices.IndexFunc(all, func(o *Figure) bool { return o.Name == l.Figure })
		if i < 0 || all[i] == f {
			var names []string
			for _, o := range all {
				names = append(names, o.Name)
			}
			found.Add(diag.New(diag.BadValue, l.at, "name another figure of data/ without its endings", "this [[link]] names no other figure%s", nearmiss.Suffix(l.Figure, names)))
			continue
		}
		other := all[i]
		theirs := l.Theirs
		if theirs == "" {
			theirs = l.Column
		}
		col, their := f.Column(l.Column), other.Column(theirs)
		wrong := ""
		if their < 0 || other.Columns[their].Type != Number {
			wrong = theirs
		}
		for _, key := range l.On {
			if other.Column(key) < 0 {
				wrong = key
			}
		}
		for key := range l.Where {
			if other.Column(key) < 0 {
				wrong = key
			}
		}
		if wrong != "" {
			found.Add(diag.New(diag.BadValue, l.at, "its columns are: "+strings.Join(other.keys(), ", "), "this [[link]] names a column that %s does not have, or has of another type%s", other.File, nearmiss.Suffix(wrong, other.keys())))
			continue
		}
		most := max(f.Columns[col].Decimals, other.Columns[their].Decimals)
		for r := range f.Rows {
			e := equation{at: f.rowAt(r), terms: []term{{ref{f, r, col}, -pow(most - f.Columns[col].Decimals)}}}
			for o := range other.Rows {
				if f.matches(r, other, o, l) {
					e.terms = append(e.terms, term{ref{other, o, their}, pow(most - other.Columns[their].Decimals)})
				}
			}
			if len(e.terms) > 1 {
				out = append(out, e)
			}
		}
	}
	return out, found
}

// matches reports whether a row of another figure is the same as one of this, or a part of it: totals in a dimension that
// the link does not name would count their parts twice.
func (f *Figure) matches(r int, other *Figure, o int, l Connection) bool {
	for _, key := range l.On {
		if f.Rows[r].Cells[f.Column(key)].Text != other.Rows[o].Cells[other.Column(key)].Text {
			return false
		}
	}
	for key, value := range l.Where {
		if other.Rows[o].Cells[other.Column(key)].Text != value {
			return false
		}
	}
	for _, d := range other.dimensions() {
		key := other.Columns[d].Key
		if _, named := l.Where[key]; !named && !slices.Contains(l.On, key) && slices.Contains(other.totalValues(d), other.Rows[o].Cells[d].Text) {
			return false
		}
	}
	return true
}

func (f *Figure) hasSmall(below int64) bool {
	for _, c := range f.counts() {
		rule := f.rule(c, below)
		for _, row := range f.Rows {
			if cell := row.Cells[c]; cell.State == Given && rule.IsSmall(cell.Number) {
				return true
			}
		}
	}
	return false
}

var saysTotal = regexp.MustCompile(`(?i)\b(total|totals|all|both|sum|overall|whole|cyfanswm|pob|razem|ogółem)\b`)

// undeclared looks for rows and columns that are the sum of others though nothing says so: their readers could work out
// what is hidden. One case may be chance; two, or one that calls itself a total, are not.
func (f *Figure) undeclared(declared []equation) diag.List {
	var found diag.List
	is := map[ref]bool{}
	for _, e := range declared {
		is[e.terms[0].ref] = true
	}
	counts := f.counts()
	for _, d := range f.dimensions() {
		if f.Columns[d].Type == Note {
			continue
		}
		groups := map[string][]int{}
		for r := range f.Rows {
			s := f.subject(r, d)
			groups[s] = append(groups[s], r)
		}
		hits, sums := map[string]int{}, map[string]int{} // by value: how often it is a sum, and how often it might have been
		first := map[string]int{}
		totals := f.totalValues(d)
		for r := range f.Rows {
			v := f.Rows[r].Cells[d].Text
			if slices.Contains(totals, v) {
				continue
			}
			rows := slices.DeleteFunc(slices.Clone(groups[f.subject(r, d)]), func(o int) bool { return slices.Contains(totals, f.Rows[o].Cells[d].Text) })
			if len(rows) < 3 || len(rows) > 400 {
				continue
			}
			for _, c := range counts {
				if f.Rows[r].Cells[c].State != Given || f.Rows[r].Cells[c].Number == 0 {
					continue
				}
				sums[v]++
				if f.sumOfNeighbours(r, c, rows) {
					hits[v]++
					if _, ok := first[v]; !ok {
						first[v] = r
					}
				}
			}
		}
		for _, v := range sortedKeys(hits) {
			if hits[v] == sums[v] && (hits[v] > 1 || saysTotal.MatchString(v)) {
				found.Add(diag.New(diag.TotalUndeclared, f.rowAt(first[v]), `add to the sidecar: [[total]], column = "`+f.Columns[d].Key+`", value = "…" as it stands in this row`,
					"column %q: wherever this row's value stands, its numbers are the sum of others, and the sidecar does not say so; hidden numbers could be worked out from it", f.Columns[d].Key))
			}
		}
	}
	for _, c := range counts {
		if slices.ContainsFunc(f.Sums, func(s Sum) bool { return s.Total == f.Columns[c].Key }) {
			continue
		}
		others := slices.DeleteFunc(slices.Clone(counts), func(o int) bool { return o == c })
		for n := 2; n <= len(others); n++ {
			for at := 0; at+n <= len(others); at++ {
				if f.columnIsSum(c, others[at:at+n]) {
					found.Add(diag.New(diag.TotalUndeclared, f.At("column", itoa(c), "key"), `add to the sidecar: [[sum]], total = "`+f.Columns[c].Key+`", of = […]`,
						"column %q is the sum of others in every row, and the sidecar does not say so; hidden numbers could be worked out from it", f.Columns[c].Key))
				}
			}
		}
	}
	found.Sort()
	return found
}

// sumOfNeighbours reports whether a number is the sum of all others of its group, or of the two or more right before or
// behind it, as subtotals are written.
func (f *Figure) sumOfNeighbours(r, c int, rows []int) bool {
	want := f.Rows[r].Cells[c].Number
	at := slices.Index(rows, r)
	run := func(next func(int) int) bool {
		sum, parts := int64(0), 0
		for i := next(at); i >= 0 && i < len(rows); i = next(i) {
			n := f.Rows[rows[i]].Cells[c].Number
			sum += n
			if n > 0 {
				parts++
			}
			if sum == want && parts > 1 {
				return true
			}
		}
		return false
	}
	var all int64
	for _, o := range rows {
		if o != r {
			all += f.Rows[o].Cells[c].Number
		}
	}
	return all == want || run(func(i int) int { return i - 1 }) || run(func(i int) int { return i + 1 })
}

func (f *Figure) columnIsSum(c int, of []int) bool {
	rows := 0
	for _, row := range f.Rows {
		var sum int64
		for _, o := range of {
			if f.Columns[o].Decimals != f.Columns[c].Decimals || row.Cells[o].State != Given {
				return false
			}
			sum += row.Cells[o].Number
		}
		if row.Cells[c].State != Given || row.Cells[c].Number != sum {
			return false
		}
		if sum > 0 {
			rows++
		}
	}
	return rows > 1
}
