package figure

import (
	"bytes"
	"cmp"
	"encoding/csv"
	"math"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
)

// Table is what an edition may show of a figure. What is hidden has left no trace in it but its mark.
type Table struct {
	Name    string
	File    string
	Sidecar string
	Meta
	Columns []Column
	Rows    []TableRow

	totals map[string][]string // by column, its values that are totals
	sums   map[string][]string // by column, those that it is the sum of
	index  *frontmatter.Index
}

// TableRow is one row that may be shown.
type TableRow struct {
	Line   int
	Total  bool
	Values []Value
}

// Value is a cell that may be shown. Where State is HiddenBySource it is hidden, by its source or by us alike, and it
// holds nothing else.
type Value struct {
	State    CellState
	Text     string
	Number   int64
	Decimals int
}

// Marks stand in CSV files and tables where a number does not, as the Government Statistical Service writes them.
const (
	MarkHidden        = "[c]"
	MarkMissing       = "[x]"
	MarkNotApplicable = "[z]"
)

// Float is the number as charts need it.
func (v Value) Float() float64 { return float64(v.Number) / math.Pow10(v.Decimals) }

// IsNumber reports whether there is a number to draw.
func (v Value) IsNumber() bool { return v.State == Given }

// Words writes a value for readers of a language; numbers with that language's separators.
func (v Value) Words(c Column, lang string) string {
	switch {
	case v.State == Missing:
		return MarkMissing
	case v.State == NotApplicable:
		return MarkNotApplicable
	case v.State == HiddenBySource:
		return MarkHidden
	case c.Type == Number:
		return FormatNumber(v.Float(), v.Decimals, lang)
	}
	return v.Text
}

// FormatNumber writes a number with a language's separators.
func FormatNumber(n float64, decimals int, lang string) string {
	tag, err := language.Parse(lang)
	if err != nil {
		tag = language.BritishEnglish
	}
	return message.NewPrinter(tag).Sprint(number.Decimal(n, number.Scale(decimals)))
}

func (f *Figure) table(clearance level.Level, hidden func(*Figure, int, int) bool) *Table {
	t := &Table{Name: f.Name, File: f.File, Sidecar: f.sidecar, Meta: f.Meta, index: f.index, totals: map[string][]string{}, sums: f.sums()}
	var keep []int
	anyHidden := false
	for c, column := range f.Columns {
		if column.Level > clearance {
			anyHidden = anyHidden || column.Type == Number
			continue
		}
		keep = append(keep, c)
		t.Columns = append(t.Columns, column)
		if column.Type != Number {
			t.totals[column.Key] = f.totalValues(c)
		}
	}
	for r, row := range f.Rows {
		out := TableRow{Line: row.Line, Total: f.isTotal(r)}
		for _, c := range keep {
			cell := row.Cells[c]
			v := Value{State: cell.State, Text: cell.Text, Number: cell.Number, Decimals: f.Columns[c].Decimals}
			if f.Columns[c].Type == Number && cell.State != Missing && cell.State != NotApplicable && (cell.State == HiddenBySource || hidden(f, r, c)) {
				v = Value{State: HiddenBySource}
				anyHidden = true
			}
			out.Values = append(out.Values, v)
		}
		t.Rows = append(t.Rows, out)
	}
	if anyHidden && f.sortedByNumber(func(r, c int) bool { return f.Columns[c].Level > clearance || hidden(f, r, c) }) {
		t.sort()
	}
	return t
}

// sortedByNumber reports whether areas, or whatever else rows are about, stand in the order of numbers of which some are
// kept back: between its neighbours such a number would have little room. The numbers may be those of one year among many.
// Rows in the order of time, or of the alphabet, stand there for another reason.
func (f *Figure) sortedByNumber(keptBack func(r, c int) bool) bool {
	for _, d := range f.dimensions() {
		if kind := f.Columns[d].Type; kind == Period || kind == Date || kind == Note {
			continue
		}
		totals := f.totalValues(d)
		var names []string
		groups := map[string][]int{} // rows that differ in this dimension alone
		for r, row := range f.Rows {
			name := strings.ToLower(row.Cells[d].Text)
			if slices.Contains(totals, row.Cells[d].Text) {
				continue
			}
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
			groups[f.subject(r, d)] = append(groups[f.subject(r, d)], r)
		}
		if slices.IsSorted(names) {
			continue
		}
		least := 3 // fewer stand in some order by chance; so do three in one of many groups
		if len(groups) > 1 {
			least = 4
		}
		for c, column := range f.Columns {
			if column.Type != Number || column.Follows != "" {
				continue
			}
			for _, rows := range groups {
				rows = slices.DeleteFunc(slices.Clone(rows), func(r int) bool { return f.Rows[r].Cells[c].State != Given })
				up := func(a, b int) int { return cmp.Compare(f.Rows[a].Cells[c].Number, f.Rows[b].Cells[c].Number) }
				down := func(a, b int) int { return up(b, a) }
				if len(rows) >= least && (slices.IsSortedFunc(rows, up) || slices.IsSortedFunc(rows, down)) &&
					slices.ContainsFunc(rows, func(r int) bool { return keptBack(r, c) }) {
					return true
				}
			}
		}
	}
	return false
}

// sort puts the rows in the order of what they are about, totals last. Times keep the order in which they came.
func (t *Table) sort() {
	came := map[string]int{}
	for i, row := range t.Rows {
		for c, v := range row.Values {
			if _, ok := came[t.Columns[c].Key+"\x00"+v.Text]; !ok {
				came[t.Columns[c].Key+"\x00"+v.Text] = i
			}
		}
	}
	slices.SortStableFunc(t.Rows, func(a, b TableRow) int {
		if a.Total != b.Total {
			if a.Total {
				return 1
			}
			return -1
		}
		for c, column := range t.Columns {
			if column.Type == Number || column.Type == Note {
				continue
			}
			d := strings.Compare(strings.ToLower(a.Values[c].Text), strings.ToLower(b.Values[c].Text))
			if column.Type == Period || column.Type == Date {
				d = cmp.Compare(came[column.Key+"\x00"+a.Values[c].Text], came[column.Key+"\x00"+b.Values[c].Text])
			}
			if d != 0 {
				return d
			}
		}
		return 0
	})
}

// Column finds a column by its key; -1 if the edition has none.
func (t *Table) Column(key string) int {
	return slices.IndexFunc(t.Columns, func(c Column) bool { return c.Key == key })
}

// Has reports whether a mark stands anywhere in the table.
func (t *Table) Has(state CellState) bool {
	return slices.ContainsFunc(t.Rows, func(r TableRow) bool {
		return slices.ContainsFunc(r.Values, func(v Value) bool { return v.State == state })
	})
}

// CSV is the file for download: UTF-8 with a byte order mark, without which spreadsheets spoil every ŵ, and line ends as
// RFC 4180 has them.
func (t *Table) CSV() []byte {
	var b bytes.Buffer
	b.WriteString("\xef\xbb\xbf")
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	row := make([]string, len(t.Columns))
	for i, c := range t.Columns {
		row[i] = c.Header
	}
	_ = w.Write(row) // a buffer takes everything
	for _, r := range t.Rows {
		for i, v := range r.Values {
			switch v.State {
			case Given:
				row[i] = v.Text
				if t.Columns[i].Type == Number {
					row[i] = strings.ReplaceAll(strings.TrimPrefix(strings.Replace(v.Text, "−", "-", 1), "+"), ",", "")
				}
			case Missing:
				row[i] = MarkMissing
			case NotApplicable:
				row[i] = MarkNotApplicable
			case HiddenBySource:
				row[i] = MarkHidden
			}
		}
		_ = w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

// Download is where the file for download lies in the site.
func (t *Table) Download() string { return "data/" + t.Name + ".csv" }

// Texts calls f for every text that the edition shows of the figure, with the place where it was written.
func (t *Table) Texts(f func(text string, at diag.Pos)) {
	place := func(path ...string) diag.Pos {
		line, col := t.index.Key(path...)
		return diag.Pos{File: t.Sidecar, Line: line, Column: col}
	}
	for _, pair := range [][2]string{{"title", t.Title}, {"source", t.Source}, {"source_url", t.SourceURL}, {"licence", t.Licence}, {"units", t.Units}} {
		f(pair[1], place(pair[0]))
	}
	for _, note := range t.Notes {
		f(note, place("notes"))
	}
	for _, c := range t.Columns {
		f(c.Header, diag.Pos{File: t.File, Line: 1, Column: 1})
		f(c.Label, place("column"))
		f(c.Unit, place("column"))
	}
	for _, r := range t.Rows {
		for i, v := range r.Values {
			if t.Columns[i].Type != Number {
				f(v.Text, diag.Pos{File: t.File, Line: r.Line, Column: 1})
			}
		}
	}
}
