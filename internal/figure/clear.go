package figure

import (
	"maps"
	"slices"
	"strconv"

	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/suppress"
)

func itoa(n int) string { return strconv.Itoa(n) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// Withheld is one thing that an edition is not given.
type Withheld struct {
	File   string
	Line   int
	Label  string
	Level  string
	Reason string
	By     string
	Text   string // empty for numbers, which are not searched for
	Prose  bool
	Why    string // why it is not searched for
}

// rule is the rule for the numbers of a column.
func (f *Figure) rule(col int, below int64) suppress.Rule {
	unit := pow(f.Columns[col].Decimals)
	if f.Suppression.Below >= 0 {
		below = f.Suppression.Below
	}
	if !slices.Contains(f.counts(), col) {
		below = 0
	}
	return suppress.Rule{Below: below * unit, Unit: unit, Zero: f.Suppression.Zero && below > 0}
}

// problem is what suppression is asked for an edition. Which cells there are, and in which order, is the same for all.
func problem(figures []*Figure, clearance level.Level, below int64) (p suppress.Problem, refs []ref, at map[ref]int) {
	at = map[ref]int{}
	for _, f := range figures {
		for c := range f.Columns {
			if f.Columns[c].Type != Number || f.Columns[c].Follows != "" {
				continue
			}
			rule := f.rule(c, below)
			p.Rules = append(p.Rules, rule)
			for r := range f.Rows {
				cell := f.Rows[r].Cells[c]
				if cell.State == Missing || cell.State == NotApplicable {
					continue
				}
				s := suppress.Cell{Value: cell.Number, Rule: len(p.Rules) - 1, Total: f.isTotal(r) || f.isSum(c)}
				small := rule.IsSmall(cell.Number) && f.Suppression.Level > clearance
				switch {
				case cell.State == HiddenBySource:
					s.State = suppress.Unknown
				case f.Level > clearance && !small:
					s.State = suppress.Away
				case f.Columns[c].Level > clearance:
					s.State = suppress.Closed
				case small:
					s.State = suppress.Small
				}
				at[ref{f, r, c}] = len(p.Cells)
				refs = append(refs, ref{f, r, c})
				p.Cells = append(p.Cells, s)
			}
		}
	}
	for _, f := range figures {
		own, _ := f.equations() // judged by Link
		across, _ := f.connections(figures)
		for _, e := range slices.Concat(own, across) {
			var rel suppress.Relation
			for _, t := range e.terms {
				if i, ok := at[t.ref]; ok {
					rel = append(rel, suppress.Term{Cell: i, Coef: t.coef})
				}
			}
			p.Relations = append(p.Relations, rel)
		}
	}
	return p, refs, at
}

// Clear makes of all figures together what an edition may show: without the columns above its clearance, and without the
// numbers that are small or would give small ones away. below is the site's threshold. Figures above the clearance are
// not among the tables.
//
// What an edition with a higher clearance hides is hidden here too: somebody who reads both would otherwise put together
// what each hides in another place.
func Clear(figures []*Figure, clearance level.Level, below int64) (map[string]*Table, []Withheld, diag.List) {
	var found diag.List
	p, refs, at := problem(figures, clearance, below)
	own := slices.Clone(p.Cells)
	for l := level.Restricted; l > clearance; l-- {
		higher, _, _ := problem(figures, l, below)
		if slices.Equal(higher.Cells, own) {
			continue // the same would be hidden
		}
		for i, c := range p.Cells {
			if c.State == suppress.Elsewhere && higher.Cells[i].State == suppress.Open {
				higher.Cells[i].State = suppress.Elsewhere
			}
		}
		for i, hidden := range suppress.Solve(higher).Hidden {
			if hidden && p.Cells[i].State == suppress.Open {
				p.Cells[i].State = suppress.Elsewhere
			}
		}
	}
	res := suppress.Solve(p)
	for _, i := range res.TooMany {
		f := refs[i].f
		found.Add(diag.New(diag.TooLarge, diag.Pos{File: f.File, Line: 1, Column: 1}, "put small groups together, such as larger areas or longer periods, or leave out totals", "more than %d numbers that are not shown hang together by totals, too many to prove that none can be worked out", suppress.MaxGroup))
	}
	for _, i := range res.Exposed {
		r := refs[i]
		found.Add(diag.New(diag.SmallNumber, r.f.rowAt(r.row), "leave out the total that gives it away, or raise the level of the figure",
			"column %q: a number that is not shown could be worked out from the totals that are, and nothing that can be hidden prevents it", r.f.Columns[r.col].Key))
	}
	hidden := func(f *Figure, r, c int) bool {
		if key := f.Columns[c].Follows; key != "" {
			c = f.Column(key)
		}
		i, ok := at[ref{f, r, c}]
		return ok && res.Hidden[i]
	}
	tables := map[string]*Table{}
	var withheld []Withheld
	shown := map[string]bool{}
	for _, f := range figures {
		if f.Level <= clearance {
			tables[f.Name] = f.table(clearance, hidden)
			for _, row := range tables[f.Name].Rows {
				for _, v := range row.Values {
					shown[v.Text] = true
				}
			}
		}
	}
	for _, f := range figures {
		withheld = append(withheld, f.withheld(clearance, shown, hidden)...)
	}
	found.Sort()
	return tables, withheld, found
}

func (f *Figure) isSum(col int) bool {
	return slices.ContainsFunc(f.Sums, func(s Sum) bool { return s.Total == f.Columns[col].Key })
}

// withheld lists what the edition is not given of a figure.
func (f *Figure) withheld(clearance level.Level, shown map[string]bool, hidden func(*Figure, int, int) bool) []Withheld {
	var out []Withheld
	whole := f.Level > clearance
	if whole {
		for _, text := range append([]string{f.Title}, f.Notes...) {
			out = append(out, Withheld{File: f.sidecar, Line: f.At("title").Line, Label: "the words about a figure", Level: f.Level.String(), Reason: f.Reason, By: "the figure's level", Text: text, Prose: true})
		}
	}
	for c, column := range f.Columns {
		label := "column " + strconv.Quote(column.Key)
		above := column.Level > clearance
		if column.Type == Number || column.Type == Date || column.Type == Period || whole && !above && column.Type == Area {
			if above || whole {
				w := Withheld{File: f.File, Line: 1, Label: label, Level: max(column.Level, f.Level).String(), Reason: column.Reason, By: "the column's level", Why: "numbers, times and the names of areas"}
				if !above {
					w.Reason, w.By = f.Reason, "the figure's level"
				}
				out = append(out, w)
				continue
			}
			if column.Type != Number {
				continue
			}
			for r, row := range f.Rows {
				if row.Cells[c].State == Given && hidden(f, r, c) {
					out = append(out, Withheld{File: f.File, Line: row.Line, Label: "a number of " + label, Level: f.Suppression.words(), By: "the rule for small numbers", Why: "a small number, or one that would give a small one away"})
				}
			}
			continue
		}
		if !above && !whole {
			continue
		}
		seen := map[string]bool{}
		for _, row := range f.Rows {
			text := row.Cells[c].Text
			if seen[text] || text == "" {
				continue
			}
			seen[text] = true
			w := Withheld{File: f.File, Line: row.Line, Label: label, Level: max(column.Level, f.Level).String(), Reason: column.Reason, By: "the column's level", Text: text}
			if !above {
				w.Reason, w.By = f.Reason, "the figure's level"
			}
			if shown[text] {
				w.Text, w.Why = "", "a figure of this edition states the same"
			}
			out = append(out, w)
		}
	}
	return out
}

func (s Suppression) words() string {
	if s.Level == Hidden {
		return "every edition"
	}
	return s.Level.String()
}
