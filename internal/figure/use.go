package figure

import (
	"fmt"
	"slices"
	"strings"

	"candour/internal/nearmiss"
)

// Shortcodes are the ones that draw figures: {{< table >}}, {{< chart >}}, and {{< cell >}} for one number in a sentence.
var Shortcodes = []string{"table", "chart", "cell"}

// Kinds of charts.
const (
	Bars      = "bars"
	Lines     = "lines"
	Stacked   = "stacked"
	Multiples = "multiples"
)

var kinds = []string{Bars, Lines, Stacked, Multiples}

// Use is a place in a page that shows something of a figure.
type Use struct {
	Shortcode string
	Figure    string
	Kind      string // of a chart
	Title     string // in place of the figure's
	X         string // column: what stands down the table and along the chart
	Series    string // column whose values are told apart by colour and pattern, or get a chart each
	Y         []string
	Columns   []string    // of a table
	Where     []Condition // rows that it shows
	Totals    bool        // totals of X and Series are drawn among their parts
	NoTotals  bool        // they are left out of the table, too, that stands beside a chart
	Column    string      // of a cell
	Line      int         // the row of a cell
}

// Condition is a column that must have a value.
type Condition struct{ Column, Value string }

// Fault is what is wrong with a shortcode. Message is "" if nothing is.
type Fault struct{ Unknown, Message, Hint string }

// needs are the columns that a use cannot do without.
func (u Use) needs() []string {
	var keys []string
	for _, key := range []string{u.X, u.Series, u.Column} {
		if key != "" {
			keys = append(keys, key)
		}
	}
	for _, w := range u.Where {
		keys = append(keys, w.Column)
	}
	return keys
}

// Target is the figure that a shortcode names.
func Target(args []string, named map[string]string) string {
	if len(args) > 0 {
		return args[0]
	}
	return named["figure"]
}

// ReadUse reads the arguments of a shortcode against its figure, whatever may be shown of it.
func ReadUse(f *Figure, shortcode string, args []string, named map[string]string) (Use, Fault) {
	u := Use{Shortcode: shortcode, Figure: f.Name, Kind: named["kind"], Title: named["title"], X: named["x"], Series: named["series"], Column: named["column"]}
	u.Y, u.Columns = list(named["y"]), list(named["columns"])
	if len(args) > 1 {
		return u, Fault{Message: fmt.Sprintf("%s takes one name without a word before it", shortcode), Hint: `write it as {{< ` + shortcode + ` figure="` + f.Name + `" x="…" >}}`}
	}
	known := map[string][]string{"table": {"figure", "title", "columns", "x", "series", "y", "totals"}, "chart": {"figure", "title", "kind", "x", "series", "y", "totals"}, "cell": {"figure", "column"}}[shortcode]
	for _, key := range sortedKeys(named) {
		switch c := f.Column(key); {
		case slices.Contains(known, key):
		case c >= 0 && f.Columns[c].Type != Number:
			u.Where = append(u.Where, Condition{key, named[key]})
			if !slices.ContainsFunc(f.Rows, func(r Row) bool { return r.Cells[c].Text == named[key] }) {
				return u, Fault{Message: fmt.Sprintf("%s asks for a value of column %q that stands in no row", shortcode, key), Hint: "write it exactly as in the CSV file"}
			}
		default:
			known = append(known, f.keys()...)
			return u, Fault{Message: fmt.Sprintf("%s does not take %s%s", shortcode, diagNamed(key), nearmiss.Suffix(key, known)), Hint: "it takes: " + strings.Join(known, ", ")}
		}
	}
	switch named["totals"] {
	case "":
		u.Totals = shortcode == "table"
	case "no":
		u.NoTotals = true
	case "yes":
		u.Totals = true
	default:
		return u, Fault{Message: "totals takes yes or no", Hint: `write totals="yes" to draw totals among their parts, totals="no" to leave them out of the table too`}
	}
	for _, check := range []struct {
		keys   []string
		number bool
	}{{[]string{u.X, u.Series}, false}, {u.Y, true}} {
		for _, key := range check.keys {
			c := f.Column(key)
			if key == "" || c >= 0 && (f.Columns[c].Type == Number) == check.number {
				continue
			}
			kind := "an area, period, date or text"
			if check.number {
				kind = "numbers"
			}
			return u, Fault{Message: fmt.Sprintf("%s names no column of %s%s", shortcode, kind, nearmiss.Suffix(key, f.keys())), Hint: "the columns are: " + strings.Join(f.keys(), ", ")}
		}
	}
	for _, key := range u.Columns {
		if f.Column(key) < 0 {
			return u, Fault{Message: "table names no column" + nearmiss.Suffix(key, f.keys()), Hint: "the columns are: " + strings.Join(f.keys(), ", ")}
		}
	}
	switch {
	case shortcode == "cell":
		return f.readCell(u)
	case shortcode == "table" && u.X == "" && u.Series == "" && len(u.Y) == 0:
		return u, Fault{}
	}
	return f.readGrid(u)
}

func diagNamed(key string) string {
	if keyForm.MatchString(key) && len(key) < 40 {
		return `"` + key + `"`
	}
	return "this argument"
}

func list(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// whole is the value of a column that stands for all others together, if the sidecar declares one.
func (f *Figure) whole(key string) (string, bool) {
	for _, t := range f.Totals {
		if t.Column == key && len(t.Of) == 0 {
			return t.Value, true
		}
	}
	return "", false
}

// pin settles which rows are meant where a dimension is not named: those that stand for the whole of it.
func (f *Figure) pin(u *Use) Fault {
	for _, d := range f.dimensions() {
		key := f.Columns[d].Key
		if f.Columns[d].Type == Note || key == u.X || key == u.Series || slices.ContainsFunc(u.Where, func(w Condition) bool { return w.Column == key }) {
			continue
		}
		values := map[string]bool{}
		for _, row := range f.Rows {
			if f.meets(row, u.Where) {
				values[row.Cells[d].Text] = true
			}
		}
		if len(values) < 2 {
			continue
		}
		whole, ok := f.whole(key)
		if !ok {
			return Fault{Message: fmt.Sprintf("column %q has several values, and %s does not say which are meant", key, u.Shortcode), Hint: fmt.Sprintf(`add %s="…" with one value as it stands in the CSV file`, key)}
		}
		u.Where = append(u.Where, Condition{key, whole})
	}
	return Fault{}
}

func (f *Figure) meets(row Row, where []Condition) bool {
	return !slices.ContainsFunc(where, func(w Condition) bool { return row.Cells[f.Column(w.Column)].Text != w.Value })
}

func (f *Figure) readCell(u Use) (Use, Fault) {
	c := f.Column(u.Column)
	if c < 0 || f.Columns[c].Type != Number {
		return u, Fault{Message: "cell names no column of numbers" + nearmiss.Suffix(u.Column, f.keys()), Hint: `write it as {{< cell figure="` + f.Name + `" column="…" >}} with the values that name the row`}
	}
	if fault := f.pin(&u); fault.Message != "" {
		return u, fault
	}
	rows := 0
	for _, row := range f.Rows {
		if f.meets(row, u.Where) {
			u.Line = row.Line
			rows++
		}
	}
	if rows != 1 {
		return u, Fault{Message: fmt.Sprintf("cell names %d rows, and it cites one", rows), Hint: "give a value for each column that tells the rows apart"}
	}
	return u, Fault{}
}

func (f *Figure) readGrid(u Use) (Use, Fault) {
	if u.X == "" {
		for _, d := range f.dimensions() {
			if key := f.Columns[d].Key; f.Columns[d].Type != Note && key != u.Series && !slices.ContainsFunc(u.Where, func(w Condition) bool { return w.Column == key }) {
				u.X = key
				break
			}
		}
	}
	if u.X == "" {
		return u, Fault{Message: u.Shortcode + " has no column to show along its side", Hint: `add x="…"`}
	}
	if u.Kind == "" && u.Shortcode == "chart" {
		u.Kind = Bars
		if kind := f.Columns[f.Column(u.X)].Type; kind == Period || kind == Date {
			u.Kind = Lines
		}
	}
	if u.Kind != "" && !slices.Contains(kinds, u.Kind) {
		return u, Fault{Message: "there is no such kind of chart" + nearmiss.Suffix(u.Kind, kinds), Hint: "the kinds are: " + strings.Join(kinds, ", ")}
	}
	if len(u.Y) == 0 {
		for _, c := range f.counts() {
			if u.Series == "" || len(u.Y) == 0 {
				u.Y = append(u.Y, f.Columns[c].Key)
			}
		}
	}
	switch {
	case len(u.Y) == 0:
		return u, Fault{Message: "the figure has no column of numbers to draw", Hint: `name one: y="…"`}
	case u.Series != "" && len(u.Y) > 1:
		return u, Fault{Message: u.Shortcode + " takes a series or several columns of numbers, not both", Hint: "leave out series, or name one column with y"}
	case u.Series == u.X:
		return u, Fault{Message: "x and series name the same column", Hint: "leave out series, or name another"}
	case u.Kind == Multiples && u.Series == "" && len(u.Y) < 2:
		return u, Fault{Message: "small multiples need to be told what each of them is for", Hint: `add series="area", or name several columns with y`}
	}
	if fault := f.pin(&u); fault.Message != "" {
		return u, fault
	}
	if u.Kind != "" && u.Kind != Multiples {
		if n := len(f.seriesOf(u)); n > MaxSeries {
			return u, Fault{Message: fmt.Sprintf("a chart tells at most %d series apart, and this would have %d", MaxSeries, n), Hint: `use kind="multiples", or fewer columns`}
		}
	}
	return u, Fault{}
}

// MaxSeries is how many colours, patterns and signs a chart has.
const MaxSeries = 6

func (f *Figure) seriesOf(u Use) []string {
	if u.Series == "" {
		return u.drawn(f.sums())
	}
	var out []string
	c := f.Column(u.Series)
	for _, row := range f.Rows {
		if v := row.Cells[c].Text; f.meets(row, u.Where) && !slices.Contains(out, v) && (u.Totals || !slices.Contains(f.totalValues(c), v)) {
			out = append(out, v)
		}
	}
	return out
}

// sums are the columns that others add up to, with those others.
func (f *Figure) sums() map[string][]string {
	out := map[string][]string{}
	for _, s := range f.Sums {
		out[s.Total] = append(out[s.Total], s.Of...)
	}
	return out
}

// drawn are the columns of numbers that are shown: all of Y, without those that are the sum of others of them where totals
// are left out. Stacked upon its own parts, a total would double them.
func (u Use) drawn(sums map[string][]string) []string {
	if u.Totals {
		return u.Y
	}
	return slices.DeleteFunc(slices.Clone(u.Y), func(key string) bool {
		return slices.ContainsFunc(sums[key], func(part string) bool { return slices.Contains(u.Y, part) })
	})
}
