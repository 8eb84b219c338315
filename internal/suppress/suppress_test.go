package suppress

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

var rule = Rule{Below: 5, Unit: 1}

// table makes a table with its row, column and grand totals.
func table(rule Rule, rows [][]int64) Problem {
	p := Problem{Rules: []Rule{rule}}
	h, w := len(rows), len(rows[0])
	value := func(r, c int) int64 {
		var sum int64
		for i := range rows {
			for j := range rows[i] {
				if (r == h || r == i) && (c == w || c == j) {
					sum += rows[i][j]
				}
			}
		}
		return sum
	}
	at := func(r, c int) int { return r*(w+1) + c }
	for r := range h + 1 {
		for c := range w + 1 {
			v := value(r, c)
			cell := Cell{Value: v, Total: r == h || c == w}
			if rule.IsSmall(v) {
				cell.State = Small
			}
			p.Cells = append(p.Cells, cell)
		}
	}
	for r := range h + 1 {
		rel := Relation{{at(r, w), -1}}
		for c := range w {
			rel = append(rel, Term{at(r, c), 1})
		}
		p.Relations = append(p.Relations, rel)
	}
	for c := range w + 1 {
		rel := Relation{{at(h, c), -1}}
		for r := range h {
			rel = append(rel, Term{at(r, c), 1})
		}
		p.Relations = append(p.Relations, rel)
	}
	return p
}

func hiddenValues(p Problem, hidden []bool) []int64 {
	var out []int64
	for i, h := range hidden {
		if h {
			out = append(out, p.Cells[i].Value)
		}
	}
	slices.Sort(out)
	return out
}

func TestSolve(t *testing.T) {
	line := func(values ...int64) Problem { // parts and their total
		p := Problem{Rules: []Rule{rule}}
		rel := Relation{}
		var sum int64
		for i, v := range values {
			c := Cell{Value: v}
			if rule.IsSmall(v) {
				c.State = Small
			}
			p.Cells = append(p.Cells, c)
			rel = append(rel, Term{i, 1})
			sum += v
		}
		p.Cells = append(p.Cells, Cell{Value: sum, Total: true})
		if rule.IsSmall(sum) {
			p.Cells[len(values)].State = Small
		}
		p.Relations = []Relation{append(rel, Term{len(values), -1})}
		return p
	}
	for _, tt := range []struct {
		name   string
		p      Problem
		hidden []int64
	}{
		{"nothing small", line(10, 20, 30), nil},
		{"noughts are shown", line(0, 20, 30), nil},
		{"one small number wants a second", line(3, 20, 30), []int64{3, 20}},
		{"two small numbers hide each other", line(2, 3, 30), []int64{2, 3}},
		{"four and four could only be four and four", line(4, 4, 30), []int64{4, 4, 30}},
		{"ones that add up to two", line(1, 1, 30), []int64{1, 1, 30}},
		{"a nought is hidden only where nothing else is left but the total", line(3, 0), []int64{3, 3}},
		{"one cell and its total", line(3), []int64{3, 3}},
		{"a large total of a small number and a large one", line(3, 50), []int64{3, 50}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res := Solve(tt.p)
			if len(res.Exposed) > 0 {
				t.Errorf("exposed: %v", res.Exposed)
			}
			if got := hiddenValues(tt.p, res.Hidden); !slices.Equal(got, tt.hidden) {
				t.Errorf("hidden %v, want %v", got, tt.hidden)
			}
		})
	}
}

func TestSolveTableWithTotals(t *testing.T) {
	p := table(rule, [][]int64{{3, 20, 31}, {22, 40, 17}, {15, 26, 38}})
	res := Solve(p)
	if len(res.Exposed) > 0 {
		t.Fatalf("exposed: %v", res.Exposed)
	}
	if n := len(hiddenValues(p, res.Hidden)); n != 4 {
		t.Errorf("%d cells are hidden, and four at the corners of a rectangle are enough", n)
	}
}

func TestCheckFindsWhatIsGivenAway(t *testing.T) {
	p := table(rule, [][]int64{{3, 20}, {22, 40}})
	hide := func(cells ...int) []bool {
		h := make([]bool, len(p.Cells))
		for _, c := range cells {
			h[c] = true
		}
		return h
	}
	if got := Check(p, hide(0)); !slices.Equal(got, []int{0}) {
		t.Errorf("a cell alone in its row: %v", got)
	}
	if got := Check(p, hide(0, 1, 3)); len(got) == 0 {
		t.Error("the second row and the second column give the cells away, and nothing was found")
	}
	if got := Check(p, hide(0, 1, 3, 4)); len(got) != 0 {
		t.Errorf("four cells at the corners are protected, and %v are said not to be", got)
	}
}

func TestSolveUnknownCells(t *testing.T) {
	// The source has hidden one of three parts and publishes the total: the parts give it away.
	p := Problem{Rules: []Rule{rule}, Cells: []Cell{{State: Unknown}, {Value: 20}, {Value: 31}, {Value: 53, Total: true}},
		Relations: []Relation{{{0, 1}, {1, 1}, {2, 1}, {3, -1}}}}
	res := Solve(p)
	if len(res.Exposed) > 0 || !res.Hidden[0] || len(hiddenValues(p, res.Hidden)) < 3 {
		t.Errorf("hidden %v, exposed %v: what is hidden beside a number that only its source knows must not rest on it", res.Hidden, res.Exposed)
	}
}

func TestSolveClosedColumn(t *testing.T) {
	// all = men + women, and the column of men is above the clearance.
	p := Problem{Rules: []Rule{rule}, Cells: []Cell{{Value: 40, State: Closed}, {Value: 30}, {Value: 70, Total: true}},
		Relations: []Relation{{{0, 1}, {1, 1}, {2, -1}}}}
	res := Solve(p)
	if !slices.Equal(res.Hidden, []bool{true, true, false}) || len(res.Exposed) > 0 {
		t.Errorf("hidden %v, exposed %v", res.Hidden, res.Exposed)
	}
}

// random makes a small problem: a table with totals, a cube, or areas within areas over years.
func random(r *rand.Rand) Problem {
	rule := Rule{Below: 3 + r.Int64N(4), Unit: 1, Zero: r.IntN(5) == 0}
	count := func() int64 {
		if r.IntN(2) == 0 {
			return r.Int64N(6)
		}
		return r.Int64N(14)
	}
	grid := func(h, w int) [][]int64 {
		rows := make([][]int64, h)
		for i := range rows {
			for range w {
				rows[i] = append(rows[i], count())
			}
		}
		return rows
	}
	switch r.IntN(4) {
	case 0:
		return table(rule, grid(1+r.IntN(2), 1+r.IntN(3)))
	case 1:
		return table(rule, grid(2+r.IntN(2), 2))
	case 2: // two districts make a county, with a third on its own, over two years
		p := table(rule, grid(3, 2))
		const w = 3
		at := len(p.Cells)
		for c := range w {
			v := p.Cells[c].Value + p.Cells[w+c].Value
			cell := Cell{Value: v, Total: true}
			if rule.IsSmall(v) {
				cell.State = Small
			}
			p.Cells = append(p.Cells, cell)
			p.Relations = append(p.Relations, Relation{{c, 1}, {w + c, 1}, {at + c, -1}})
		}
		p.Relations = append(p.Relations, Relation{{at, 1}, {at + 1, 1}, {at + 2, -1}})
		return p
	default: // a cube of two by two by two with every total
		var p Problem
		p.Rules = []Rule{rule}
		var v [3][3][3]int64
		for i := range 2 {
			for j := range 2 {
				for k := range 2 {
					v[i][j][k] = count()
				}
			}
		}
		for j := range 2 {
			for k := range 2 {
				v[2][j][k] = v[0][j][k] + v[1][j][k]
			}
		}
		for i := range 3 {
			for k := range 2 {
				v[i][2][k] = v[i][0][k] + v[i][1][k]
			}
		}
		at := func(i, j, k int) int { return i*9 + j*3 + k }
		for i := range 3 {
			for j := range 3 {
				v[i][j][2] = v[i][j][0] + v[i][j][1]
				for k := range 3 {
					cell := Cell{Value: v[i][j][k], Total: i == 2 || j == 2 || k == 2}
					if rule.IsSmall(cell.Value) {
						cell.State = Small
					}
					p.Cells = append(p.Cells, cell)
				}
			}
		}
		for a := range 3 {
			for b := range 3 {
				p.Relations = append(p.Relations,
					Relation{{at(0, a, b), 1}, {at(1, a, b), 1}, {at(2, a, b), -1}},
					Relation{{at(a, 0, b), 1}, {at(a, 1, b), 1}, {at(a, 2, b), -1}},
					Relation{{at(a, b, 0), 1}, {at(a, b, 1), 1}, {at(a, b, 2), -1}})
			}
		}
		return p
	}
}

// The linear proof, by arithmetic of another kind: a hidden cell is given away if and only if the equations over what is
// hidden, with the cell added as an equation of its own, have no greater rank than without.
func TestNoHiddenCellFollowsFromWhatIsPublished(t *testing.T) {
	r := rand.New(rand.NewPCG(20, 26))
	hidden := 0
	for n := range 400 {
		p := random(r)
		res := Solve(p)
		if len(res.Exposed) > 0 {
			t.Fatalf("problem %d: exposed %v: %+v hidden %v", n, res.Exposed, p, res.Hidden)
		}
		var unknowns []int
		for i, h := range res.Hidden {
			if h {
				unknowns = append(unknowns, i)
			}
			if !h && p.Rules[0].IsSmall(p.Cells[i].Value) {
				t.Fatalf("problem %d: a small number is shown", n)
			}
		}
		rows := func() [][]*big.Rat {
			var m [][]*big.Rat
			for _, rel := range p.Relations {
				row := make([]*big.Rat, len(unknowns))
				for i := range row {
					row[i] = new(big.Rat)
				}
				for _, term := range rel {
					if i := slices.Index(unknowns, term.Cell); i >= 0 {
						row[i].Add(row[i], big.NewRat(term.Coef, 1))
					}
				}
				m = append(m, row)
			}
			return m
		}
		base := rank(rows())
		for i := range unknowns {
			hidden++
			unit := make([]*big.Rat, len(unknowns))
			for j := range unit {
				unit[j] = new(big.Rat)
			}
			unit[i].SetInt64(1)
			if rank(append(rows(), unit)) == base {
				t.Fatalf("problem %d: a hidden cell follows from what is published: %+v hidden %v", n, p, res.Hidden)
			}
		}
	}
	if hidden < 1500 {
		t.Errorf("only %d hidden cells were looked at", hidden)
	}
}

func rank(m [][]*big.Rat) int {
	rank := 0
	if len(m) == 0 {
		return 0
	}
	for col := range m[0] {
		pivot := -1
		for r := rank; r < len(m); r++ {
			if m[r][col].Sign() != 0 {
				pivot = r
				break
			}
		}
		if pivot < 0 {
			continue
		}
		m[rank], m[pivot] = m[pivot], m[rank]
		for r := rank + 1; r < len(m); r++ {
			if m[r][col].Sign() == 0 {
				continue
			}
			f := new(big.Rat).Quo(m[r][col], m[rank][col])
			for c := range m[r] {
				m[r][c] = new(big.Rat).Sub(m[r][c], new(big.Rat).Mul(f, m[rank][c]))
			}
		}
		rank++
	}
	return rank
}

// The proof by counting: every table of whole numbers that agrees with what is published is written down, and a small
// number must be able to be any of as many values as the rule leaves open.
func TestEveryAgreeingTableIsWrittenDown(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 11))
	looked := 0
	for n := range 200 {
		p := random(r)
		if len(p.Cells) > 16 {
			continue
		}
		res := Solve(p)
		values, complete := enumerate(p, res.Hidden)
		if !complete {
			continue
		}
		for i, h := range res.Hidden {
			if !h {
				continue
			}
			looked++
			seen := values[i]
			low, high := slices.Min(seen), slices.Max(seen)
			want := int64(1)
			if p.Cells[i].State == Small {
				want = p.Rules[0].Below - 1
			}
			if high-low < want {
				t.Fatalf("problem %d: a hidden cell can only be %d to %d: %+v hidden %v", n, low, high, p, res.Hidden)
			}
		}
	}
	if looked < 200 {
		t.Errorf("only %d hidden cells were looked at", looked)
	}
}

// enumerate writes down every table, relation by relation, in which what is hidden is from 0 to somewhat above the largest
// number.
func enumerate(p Problem, hidden []bool) (values map[int][]int64, complete bool) {
	var unknowns []int
	top := int64(0)
	for i, h := range hidden {
		top = max(top, p.Cells[i].Value)
		if h {
			unknowns = append(unknowns, i)
		}
	}
	top = min(top, 40) + p.Rules[0].Below
	values = map[int][]int64{}
	at := make([]int64, len(p.Cells))
	for i, c := range p.Cells {
		at[i] = c.Value
	}
	set := make([]bool, len(p.Cells))
	for i, h := range hidden {
		set[i] = !h
	}
	deadline := 100_000
	var walk func(k int)
	walk = func(k int) {
		if deadline--; deadline < 0 {
			return
		}
		if k == len(unknowns) {
			for _, i := range unknowns {
				if !slices.Contains(values[i], at[i]) {
					values[i] = append(values[i], at[i])
				}
			}
			return
		}
		i := unknowns[k]
		set[i] = true
		for v := int64(0); v <= top; v++ {
			at[i] = v
			if possible(p, at, set) {
				walk(k + 1)
			}
		}
		set[i] = false
	}
	walk(0)
	return values, deadline >= 0
}

func possible(p Problem, at []int64, set []bool) bool {
	for _, rel := range p.Relations {
		var sum, more, less int64
		for _, t := range rel {
			switch {
			case set[t.Cell]:
				sum += t.Coef * at[t.Cell]
			case t.Coef > 0:
				more++
			default:
				less++
			}
		}
		if sum > 0 && less == 0 || sum < 0 && more == 0 || more+less == 0 && sum != 0 {
			return false
		}
	}
	return true
}

func TestFractions(t *testing.T) {
	half, third := frac{1, 2}, frac{1, 3}
	if got, ok := half.plus(third); !ok || got != (frac{5, 6}) {
		t.Errorf("1/2 + 1/3 = %v", got)
	}
	if got, ok := half.over(frac{-1, 4}); !ok || got != (frac{-2, 1}) {
		t.Errorf("1/2 over -1/4 = %v", got)
	}
	if _, ok := whole(limit - 1).by(whole(3)); ok {
		t.Error("an overflow is not noticed")
	}
	if got, ok := integral([]frac{{3, 2}, {-3, 1}}); !ok || fmt.Sprint(got) != "[1 -2]" {
		t.Errorf("the farthest whole numbers on the way to 3/2, -3 are 1, -2, not %v", got)
	}
}

// A year of months for all districts of a county. Exposed cells and what Check finds are told apart only by readers who
// know which cells are small, and a table of this size leaves room to hide from those too.
func TestLargeTable(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	rows := make([][]int64, 30)
	for i := range rows {
		for range 12 {
			rows[i] = append(rows[i], r.Int64N(30))
		}
	}
	p := table(rule, rows)
	res := Solve(p)
	if len(res.Exposed) > 0 || len(Check(p, res.Hidden)) > 0 {
		t.Errorf("exposed %v", res.Exposed)
	}
}

// What cannot be proved in time is refused, at once.
func TestTooManyCells(t *testing.T) {
	rows := make([][]int64, 40)
	for i := range rows {
		rows[i] = []int64{1, 2, 3, 4, 1, 2, 3, 4, 1, 2, 3, 4}
	}
	if res := Solve(table(rule, rows)); len(res.TooMany) == 0 {
		t.Error("480 cells that hang together are not refused")
	}
}
