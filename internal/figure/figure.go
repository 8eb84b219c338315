// Package figure reads the figures of data/: a CSV file and beside it a sidecar in TOML that says what it is, who may see
// which column, which numbers add up to which, and what small numbers are not shown.
//
// Reach for [Read], then [Link] for what several figures have to do with each other; [Clear] makes of all of them together
// what one edition may show. A [Figure] holds everything; a [Table] holds nothing that the edition may not show, and only
// Clear makes one.
package figure

import (
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
)

// Types of columns.
const (
	Text   = "text"
	Number = "number"
	Date   = "date"
	Period = "period"
	Area   = "area"
	// Note is for remarks: words about a row that are no part of what it is about.
	Note = "note"
)

var types = []string{Text, Number, Date, Period, Area, Note}

// Sidecar is the ending of a sidecar's name behind the name of its CSV file. Other TOML in data/ are vocabularies.
const Sidecar = ".csv.toml"

// Figure is a CSV file with its sidecar, withheld columns included.
type Figure struct {
	Name string // of the file, without its endings
	File string // the CSV file
	Meta
	Level       level.Level // of the whole figure
	Reason      string
	Columns     []Column
	Rows        []Row
	Totals      []Total
	Sums        []Sum
	Links       []Connection
	Suppression Suppression

	sidecar string
	index   *frontmatter.Index
}

// Meta is what is said about a figure as a whole.
type Meta struct {
	Title     string
	Source    string
	SourceURL string
	Licence   string
	Date      string // 2026-10-31
	Units     string
	Language  string // of the texts; empty for the site's
	Notes     []string
}

// Column is one column of the CSV file.
type Column struct {
	Key      string // by which shortcodes name it
	Header   string // in the CSV file
	Label    string
	Type     string
	Unit     string
	Level    level.Level
	Reason   string
	Follows  string // the column of counts that this one is worked out from: it is hidden wherever that one is
	Decimals int    // of its numbers, from the file
}

// Row is one row of the CSV file.
type Row struct {
	Line  int
	Cells []Cell
}

// CellState says what a cell holds.
type CellState int

const (
	// Given is a text or number.
	Given CellState = iota
	// Missing is a number that nobody has: an empty cell, "..", "[x]".
	Missing
	// NotApplicable is a number that makes no sense here: "[z]".
	NotApplicable
	// HiddenBySource is a number that came hidden: "[c]", "*".
	HiddenBySource
)

// Cell is one value. Number is in the smallest unit that the column has: hundredths where it has two decimals.
type Cell struct {
	State  CellState
	Text   string
	Number int64
}

// Total says that in a column one value stands for others together: "All areas" for every area.
type Total struct {
	Column  string
	Value   string
	Of      []string // empty for all values that are no totals themselves
	Columns []string // of numbers that add up; empty for all counts
	at      diag.Pos
}

// Sum says that in every row one column is the sum of others.
type Sum struct {
	Total string
	Of    []string
	at    diag.Pos
}

// Connection says that a column of this figure repeats, or sums up, a column of another.
type Connection struct {
	Figure string
	Column string
	Theirs string            // their column; empty for the same key
	On     []string          // columns of both that must be equal
	Where  map[string]string // further values that their rows must have
	at     diag.Pos
}

// Suppression is the rule for small numbers.
type Suppression struct {
	Below   int64 // in ones; -1 where the sidecar does not say
	Zero    bool
	Columns []string // empty for every column of numbers that follows no other
	// Level is who may see the small numbers; Hidden for nobody.
	Level level.Level
	at    diag.Pos
}

// Hidden is above every clearance.
const Hidden = level.Restricted + 1

// Column finds a column by its key; -1 if there is none.
func (f *Figure) Column(key string) int {
	return slices.IndexFunc(f.Columns, func(c Column) bool { return c.Key == key })
}

// counts are the columns that suppression looks at.
func (f *Figure) counts() []int {
	var out []int
	for i, c := range f.Columns {
		if c.Type != Number || c.Follows != "" {
			continue
		}
		if len(f.Suppression.Columns) == 0 || slices.Contains(f.Suppression.Columns, c.Key) {
			out = append(out, i)
		}
	}
	return out
}

// dimensions are the columns that say what a row is about.
func (f *Figure) dimensions() []int {
	var out []int
	for i, c := range f.Columns {
		if c.Type != Number {
			out = append(out, i)
		}
	}
	return out
}

// keys are the keys of all columns, for hints.
func (f *Figure) keys() []string {
	var out []string
	for _, c := range f.Columns {
		out = append(out, c.Key)
	}
	return out
}

// At is the place of a key of the sidecar.
func (f *Figure) At(path ...string) diag.Pos {
	line, col := f.index.Key(path...)
	return diag.Pos{File: f.sidecar, Line: line, Column: col}
}

// Sidecar is the file that describes the figure.
func (f *Figure) Sidecar() string { return f.sidecar }

// Name gives the name of a figure from the path of one of its two files, if it is one: data/kits.csv, data/kits.csv.toml.
func Name(path string) (name string, sidecar, ok bool) {
	rest, ok := strings.CutPrefix(path, "data/")
	if !ok {
		return "", false, false
	}
	if name, ok = strings.CutSuffix(rest, Sidecar); ok {
		return name, true, true
	}
	name, ok = strings.CutSuffix(rest, ".csv")
	return name, false, ok
}
