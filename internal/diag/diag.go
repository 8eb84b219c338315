// Package diag holds findings: what is wrong with the content, where, and what to do about it.
//
// Faults in content are values that pile up in a [List] and are sorted by position; a Go error means that the program
// could not do its work. Reach for [New] with one of the rules in rules.go.
//
// No finding may carry a withheld value: messages name a file, a position, a field or a section, never a value.
package diag

import (
	"cmp"
	"fmt"
	"slices"
)

// Severity says what a finding does to a build.
type Severity int

const (
	// Error stops the build.
	Error Severity = iota
	// Warning is reported and the build goes on.
	Warning
	// Notice tells of something that is as it should be, but that a publisher wants to know.
	Notice
)

func (s Severity) String() string {
	switch s {
	case Error:
		return "error"
	case Warning:
		return "warning"
	default:
		return "notice"
	}
}

// MarshalText gives the word used in machine formats.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word used in machine formats.
func (s *Severity) UnmarshalText(text []byte) error {
	for _, known := range []Severity{Error, Warning, Notice} {
		if known.String() == string(text) {
			*s = known
			return nil
		}
	}
	return fmt.Errorf("there is no such severity")
}

// Pos is a place in the content repository. File is relative to the source, with forward slashes; Line and Column count
// from 1, Column in characters; 0 means that none is known.
type Pos struct {
	File   string
	Line   int
	Column int
}

func (p Pos) String() string {
	switch {
	case p.File == "":
		return ""
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	default:
		return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
	}
}

// Finding is one thing that is wrong, or worth knowing. Its JSON form is fixed by the contract, section 6.
type Finding struct {
	Code     string   `json:"code"`
	Rule     string   `json:"rule"`
	Severity Severity `json:"severity"`
	File     string   `json:"file"`
	Line     int      `json:"line"`
	Column   int      `json:"column"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint"`
}

// New makes a finding of a rule. message and hint are lower case without a full stop; hint says what a comms officer can
// do today, and may be empty.
func New(r Rule, at Pos, hint, format string, args ...any) Finding {
	return Finding{
		Code: r.Code, Rule: r.Name, Severity: r.Severity,
		File: at.File, Line: at.Line, Column: at.Column,
		Message: fmt.Sprintf(format, args...), Hint: hint,
	}
}

// Pos is where the finding points.
func (f Finding) Pos() Pos { return Pos{f.File, f.Line, f.Column} }

func (f Finding) String() string {
	s := fmt.Sprintf("%s: %s [%s %s]", f.Severity, f.Message, f.Code, f.Rule)
	if p := f.Pos().String(); p != "" {
		s = p + ": " + s
	}
	if f.Hint != "" {
		s += "\n  hint: " + f.Hint
	}
	return s
}

// List is a pile of findings.
type List []Finding

// Add puts findings on the pile.
func (l *List) Add(f ...Finding) { *l = append(*l, f...) }

// Sort orders the pile by file, line, column, code and message, and drops exact repeats, so that every run reports the
// same things in the same order.
func (l *List) Sort() {
	slices.SortFunc(*l, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column),
			cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message), cmp.Compare(a.Hint, b.Hint),
			cmp.Compare(a.Severity, b.Severity),
		)
	})
	*l = slices.Compact(*l)
}

// Count returns how many findings have the severity.
func (l List) Count(s Severity) int {
	n := 0
	for _, f := range l {
		if f.Severity == s {
			n++
		}
	}
	return n
}

// HasErrors reports whether any finding stops the build.
func (l List) HasErrors() bool { return l.Count(Error) > 0 }

// Has reports whether any finding is of the rule.
func (l List) Has(r Rule) bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Rule == r.Name })
}

// Named puts a name that an author typed into a message: quoted, if it looks like a name of the format's, and else by what
// it is, since a value that was typed in the place of a name must not be repeated.
func Named(what, name string) string {
	digits := 0
	for i, r := range name {
		switch {
		case r >= 'a' && r <= 'z', r == '_', r == '-', r == '.', r == '*':
		case r >= '0' && r <= '9' && i > 0:
			digits++
		default:
			return what
		}
	}
	if name == "" || digits > 4 || len(name) > 80 {
		return what
	}
	return fmt.Sprintf("%q", name)
}
