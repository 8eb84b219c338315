// Package suppress decides which numbers of a table are not shown, so that no small number can be worked out from the rest.
//
// It knows cells and linear relations between them, and nothing of files or pages. Reach for [Solve], which hides cells
// until [Check] finds nothing wrong. What a reader can know of a hidden cell is settled twice over: by exact elimination
// (no equation that is published gives it away) and by exhibiting whole tables, different in that cell, that agree with
// everything published. A cell counts as protected only when such tables were found and checked in exact arithmetic, so a
// search that gives up hides more, never less.
//
// Two readers are thought of. One knows that counts are not negative. The other knows besides which of the hidden cells
// are the small ones, and that no nought is among what is hidden unless the rule hides noughts. For the first a small
// cell must be able to take as many values as the rule itself leaves open, or it is Exposed. For the second more is hidden
// until no hidden cell has one value only, or nothing is left to hide: where that was not enough, [Check] still names the
// cells, and they are not Exposed, because the mark does not tell that reader which cells are small.
package suppress

import (
	"cmp"
	"slices"
)

// State is what is known about a cell before anything is hidden.
type State int

const (
	// Open is a number that may be shown.
	Open State = iota
	// Small is a number below the threshold.
	Small
	// Closed is a number that is withheld for another reason, such as a column above the edition's clearance.
	Closed
	// Away is a number that is not published and that nobody need protect.
	Away
	// Elsewhere is a number that may be shown, and that another edition hides to protect others: who reads both must not see
	// more than either shows.
	Elsewhere
	// Unknown is a number that its source has hidden already: nobody here knows it. It is held to be no help to any
	// other cell.
	Unknown
)

// Cell is one number.
type Cell struct {
	Value int64 // in the smallest unit; 0 where Unknown
	State State
	Total bool // made of others: hidden only where nothing else serves
	Rule  int  // which of the problem's rules it falls under
}

// Term is a cell in a relation.
type Term struct {
	Cell int
	Coef int64
}

// Relation says that its terms add up to nought: parts with 1 and their total with -1. All that is published is held to
// obey it.
type Relation []Term

// Rule is a threshold.
type Rule struct {
	Below int64 // numbers under it are small; in the smallest unit
	Unit  int64 // how many smallest units make one
	Zero  bool  // noughts are small too
}

// Problem is everything that is published together.
type Problem struct {
	Cells     []Cell
	Relations []Relation
	Rules     []Rule
}

// rule is the rule of a cell.
func (p *Problem) rule(cell int) Rule { return p.Rules[p.Cells[cell].Rule] }

// Result says what to hide.
type Result struct {
	Hidden []bool // by cell; Unknown cells too
	// Exposed are the cells that stay within reach of a reader whatever else is hidden. What holds them must not be
	// published.
	Exposed []int
	// TooMany is a cell of a group of more than MaxGroup, where nothing was proved and nothing must be published.
	TooMany []int
}

// MaxGroup is how many hidden cells may hang together by relations: the work of a proof grows with the cube.
const MaxGroup = 300

// IsSmall reports whether the rule hides a number by itself.
func (r Rule) IsSmall(value int64) bool {
	return value < r.Below && (value > 0 || r.Zero && value == 0)
}

// Solve hides what must be hidden: the cells that are not Open, and of the others as few and as small ones as it can find
// that keep the first from being worked out.
func Solve(p Problem) Result {
	s := &solver{Problem: p, hidden: make([]bool, len(p.Cells)), of: make([][]int, len(p.Cells))}
	for i, c := range p.Cells {
		s.hidden[i] = c.State != Open
	}
	for r, rel := range p.Relations {
		for _, t := range rel {
			s.of[t.Cell] = append(s.of[t.Cell], r)
		}
	}
	for {
		for _, g := range s.groups() {
			if len(g.cells) > MaxGroup {
				return Result{Hidden: s.hidden, TooMany: g.cells[:1]}
			}
		}
		weak := s.weak()
		if len(weak) == 0 || !s.hideMore(weak) {
			break
		}
	}
	s.showAgain()
	res := Result{Hidden: s.hidden}
	for _, w := range s.weak() {
		if w.known || w.plain {
			res.Exposed = append(res.Exposed, w.cell)
		}
	}
	return res
}

// Check returns the hidden cells that a reader could work out, exactly or too nearly, by cell.
func Check(p Problem, hidden []bool) []int {
	s := &solver{Problem: p, hidden: hidden}
	var cells []int
	for _, w := range s.weak() {
		cells = append(cells, w.cell)
	}
	return cells
}

type solver struct {
	Problem
	hidden []bool
	of     [][]int // relations by cell
}

// weakness is a hidden cell that is not protected: given away by the equations, too narrow for any reader (plain), or too
// narrow for one who knows which cells are small.
type weakness struct {
	cell         int
	known, plain bool
}

// weak checks every group of hidden cells that relations tie together.
func (s *solver) weak() []weakness {
	var all []weakness
	for _, g := range s.groups() {
		all = append(all, g.weak()...)
	}
	slices.SortFunc(all, func(a, b weakness) int { return cmp.Compare(a.cell, b.cell) })
	return all
}

// groups parts the hidden cells into those that share relations.
func (s *solver) groups() []*group {
	at := make([]int, len(s.Cells)) // the cell that stands for the group
	for i := range at {
		at[i] = i
	}
	var find func(int) int
	find = func(i int) int {
		if at[i] != i {
			at[i] = find(at[i])
		}
		return at[i]
	}
	for _, rel := range s.Relations {
		first := -1
		for _, t := range rel {
			if t.Coef == 0 || !s.hidden[t.Cell] {
				continue
			}
			if first < 0 {
				first = t.Cell
			}
			at[find(t.Cell)] = find(first)
		}
	}
	byRoot := map[int]*group{}
	var out []*group
	for i := range s.Cells {
		if !s.hidden[i] {
			continue
		}
		root := find(i)
		g := byRoot[root]
		if g == nil {
			g = &group{problem: &s.Problem}
			byRoot[root] = g
			out = append(out, g)
		}
		g.cells = append(g.cells, i)
	}
	for _, rel := range s.Relations {
		var g *group
		row := Relation{}
		for _, t := range rel {
			if t.Coef != 0 && s.hidden[t.Cell] {
				g = byRoot[find(t.Cell)]
				row = append(row, t)
			}
		}
		if g != nil {
			g.rows = append(g.rows, row)
		}
	}
	return out
}

// hideMore hides one more cell for each weak one, beside it in a relation, unless a cell hidden in this round has changed
// what is known of it. It reports whether anything was left to hide.
func (s *solver) hideMore(weak []weakness) bool {
	touched := map[int]bool{} // relations
	any := false
	for _, w := range weak {
		if slices.ContainsFunc(s.of[w.cell], func(r int) bool { return touched[r] }) {
			continue
		}
		best := s.candidate(s.alone(w.cell))
		if best < 0 {
			best = s.candidate(s.of[w.cell])
		}
		if best < 0 {
			best = s.candidate(s.around(w.cell))
		}
		if best < 0 {
			continue
		}
		s.hidden[best] = true
		any = true
		for _, r := range s.of[best] {
			touched[r] = true
		}
	}
	return any
}

// alone lists the relations in which a hidden cell is the only one: they give it away.
func (s *solver) alone(cell int) []int {
	var rels []int
	for _, r := range s.of[cell] {
		if !slices.ContainsFunc(s.Relations[r], func(t Term) bool { return t.Cell != cell && t.Coef != 0 && s.hidden[t.Cell] }) {
			rels = append(rels, r)
		}
	}
	return rels
}

// around lists the relations of all cells that hidden ones tie to a cell.
func (s *solver) around(cell int) []int {
	seen := map[int]bool{cell: true}
	var rels []int
	for queue := []int{cell}; len(queue) > 0; queue = queue[1:] {
		for _, r := range s.of[queue[0]] {
			if !slices.Contains(rels, r) {
				rels = append(rels, r)
			}
			for _, t := range s.Relations[r] {
				if s.hidden[t.Cell] && !seen[t.Cell] {
					seen[t.Cell] = true
					queue = append(queue, t.Cell)
				}
			}
		}
	}
	return rels
}

// candidate chooses among the shown cells of relations: one that stands alone in few other relations, since it would
// have to be protected there; no total and no nought where another serves; the smallest number.
func (s *solver) candidate(relations []int) int {
	best, bestKey := -1, [4]int64{}
	for _, r := range relations {
		for _, t := range s.Relations[r] {
			c := s.Cells[t.Cell]
			if t.Coef == 0 || s.hidden[t.Cell] {
				continue
			}
			key := [4]int64{0, 0, 0, c.Value}
			for _, other := range s.of[t.Cell] {
				if !slices.ContainsFunc(s.Relations[other], func(o Term) bool { return s.hidden[o.Cell] }) {
					key[0]++
				}
			}
			if c.Total {
				key[1] = 1
			}
			if c.Value == 0 {
				key[2] = 1
			}
			if best < 0 || slices.Compare(key[:], bestKey[:]) < 0 || slices.Compare(key[:], bestKey[:]) == 0 && t.Cell < best {
				best, bestKey = t.Cell, key
			}
		}
	}
	return best
}

// most is how many cells are tried again at the end; each trial checks its group anew.
const most = 200

// showAgain takes back what turned out not to be needed, the greatest numbers first.
func (s *solver) showAgain() {
	var extra []int
	for i, c := range s.Cells {
		if s.hidden[i] && c.State == Open {
			extra = append(extra, i)
		}
	}
	slices.SortStableFunc(extra, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.Cells[b].Value, s.Cells[a].Value), cmp.Compare(a, b))
	})
	was := map[weakness]bool{} // a cell that only the reader who knows more can place must not become one that any can
	for _, w := range s.weak() {
		was[w] = true
	}
	for _, i := range extra[:min(len(extra), most)] {
		near := map[int]bool{}
		for _, r := range s.of[i] {
			for _, t := range s.Relations[r] {
				near[t.Cell] = true
			}
		}
		s.hidden[i] = false
		if s.worse(near, was) {
			s.hidden[i] = true
		}
	}
}

// worse reports whether a group that holds one of the cells in near has a weak cell that was not as weak before.
func (s *solver) worse(near map[int]bool, was map[weakness]bool) bool {
	for _, g := range s.groups() {
		if !slices.ContainsFunc(g.cells, func(c int) bool { return near[c] }) {
			continue
		}
		if slices.ContainsFunc(g.weak(), func(w weakness) bool { return !was[w] }) {
			return true
		}
	}
	return false
}
