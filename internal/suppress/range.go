package suppress

import "slices"

// group is hidden cells that relations tie together, and the hidden terms of those relations. What is shown does not
// count: it is the same in every table that agrees with what is published, so the group is looked at as the differences
// between such a table and the true one. They obey the relations too, and the true table is all noughts.
type group struct {
	problem *Problem
	cells   []int
	rows    []Relation

	at           map[int]int // cell -> place in free
	free         []int       // the cells that may differ: all but the Unknown ones
	table        *tableau    // over free; each search goes on with what the last one solved it for
	wide, narrow []reach     // what was found possible for the reader who knows little, and for the one who knows more
}

// reach is how far a cell was found to be able to lie from its true value.
type reach struct{ low, high int64 }

// weak lists the cells of the group that are not protected.
func (g *group) weak() []weakness {
	known := g.determined()
	g.at = map[int]int{}
	for _, c := range g.cells {
		if g.problem.Cells[c].State != Unknown {
			g.at[c] = len(g.free)
			g.free = append(g.free, c)
		}
	}
	g.wide, g.narrow = make([]reach, len(g.free)), make([]reach, len(g.free))
	var out []weakness
	for _, c := range g.cells {
		if g.problem.Cells[c].State == Away {
			continue
		}
		w := weakness{cell: c, known: known[c]}
		if i, ok := g.at[c]; ok && !w.known {
			wide, narrow := g.wanted(c)
			enough := func() bool {
				return g.wide[i].high-g.wide[i].low >= wide && g.narrow[i].high-g.narrow[i].low >= narrow
			}
			for _, knows := range []bool{true, false} {
				for _, sign := range []int64{1, -1} {
					if !enough() {
						g.push(i, sign, knows)
					}
				}
			}
			w.plain = g.wide[i].high-g.wide[i].low < wide
			if !enough() {
				out = append(out, w)
			}
			continue
		}
		if w.known {
			out = append(out, w)
		}
	}
	return out
}

// wanted is how far apart a cell's possible values must lie for either reader.
func (g *group) wanted(cell int) (wide, narrow int64) {
	r := g.problem.rule(cell)
	unit := max(r.Unit, 1)
	switch g.problem.Cells[cell].State {
	case Small, Closed:
		return max(r.Below-unit, unit), unit
	default:
		return unit, unit
	}
}

// bounds are how far a cell may lie from its true value in the eyes of a reader. What has no upper bound is given one far
// away: tables beyond it are not looked for.
func (g *group) bounds(cell int, knows bool) (low, high int64) {
	c, r := g.problem.Cells[cell], g.problem.rule(cell)
	low, high = min(0, c.Value), far(c.Value)+8*max(r.Below, r.Unit, 1)
	if knows && c.State == Small {
		high = r.Below - 1
	}
	if knows && (c.State == Small || c.State == Open || c.State == Elsewhere) && !r.Zero {
		low = min(1, c.Value)
	}
	return low - c.Value, max(high-c.Value, 0)
}

func far(v int64) int64 {
	if v < 0 {
		v = -v
	}
	return 4 * v
}

// push looks for a table in which a cell is as much greater (sign 1) or smaller (-1) as can be, and notes what it finds
// about every cell of the group.
func (g *group) push(i int, sign int64, knows bool) {
	low, high := make([]frac, len(g.free)), make([]frac, len(g.free))
	for k, c := range g.free {
		l, h := g.bounds(c, knows)
		low[k], high[k] = whole(l), whole(h)
	}
	if g.table == nil {
		g.table = newTableau(g.matrix(g.free))
	}
	d, ok := g.table.maximise(i, sign, low, high)
	if !ok {
		return
	}
	found, ok := integral(d)
	if !ok || !g.agrees(found, knows) {
		return
	}
	for k, v := range found {
		g.wide[k] = reach{min(g.wide[k].low, v), max(g.wide[k].high, v)}
		if knows {
			g.narrow[k] = reach{min(g.narrow[k].low, v), max(g.narrow[k].high, v)}
		}
	}
}

// agrees proves, from the relations as they were given, that a table differs from the true one in nothing that is
// published and in nothing that the reader knows.
func (g *group) agrees(d []int64, knows bool) bool {
	for _, row := range g.rows {
		var sum int64
		for _, t := range row {
			if i, ok := g.at[t.Cell]; ok {
				sum += t.Coef * d[i]
			}
		}
		if sum != 0 {
			return false
		}
	}
	for i, c := range g.free {
		if l, h := g.bounds(c, knows); d[i] < l || d[i] > h {
			return false
		}
	}
	return true
}

// matrix writes the relations over the given cells.
func (g *group) matrix(cells []int) [][]frac {
	at := map[int]int{}
	for i, c := range cells {
		at[c] = i
	}
	var m [][]frac
	for _, rel := range g.rows {
		row := make([]frac, len(cells))
		for i := range row {
			row[i] = whole(0)
		}
		any := false
		for _, t := range rel {
			if i, ok := at[t.Cell]; ok {
				sum, _ := row[i].plus(whole(t.Coef))
				row[i] = sum
				any = true
			}
		}
		if any {
			m = append(m, row)
		}
	}
	return m
}

// determined finds the cells that the equations alone give away, by exact elimination over all that is hidden. An
// overflow counts as given away.
func (g *group) determined() map[int]bool {
	out := map[int]bool{}
	t := newTableau(g.matrix(g.cells))
	if t.failed {
		for _, c := range g.cells {
			out[c] = true
		}
		return out
	}
	for r, b := range t.basic {
		if !slices.ContainsFunc(t.outside, func(j int) bool { return t.rows[r][j].n != 0 }) {
			out[g.cells[b]] = true
		}
	}
	return out
}

// integral finds the farthest whole numbers on the way from noughts to d.
func integral(d []frac) ([]int64, bool) {
	scale := int64(1)
	for _, f := range d {
		var ok bool
		if scale, ok = lcm(scale, f.d); !ok {
			return nil, false
		}
	}
	out := make([]int64, len(d))
	common := int64(0)
	for i, f := range d {
		v, ok := times(f.n, scale/f.d)
		if !ok {
			return nil, false
		}
		out[i] = v
		common = gcd(common, v)
	}
	if common == 0 {
		return out, true
	}
	steps := common / scale // d is common/scale times the shortest whole way
	for i := range out {
		var ok bool
		if out[i], ok = times(out[i]/common, steps); !ok {
			return nil, false
		}
	}
	return out, true
}
