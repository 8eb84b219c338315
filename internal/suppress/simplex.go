package suppress

import "slices"

// tableau is equations solved for some of their variables, the basic ones: each row says that its basic variable and the
// outside ones, times their coefficients, add up to nought.
type tableau struct {
	n       int
	rows    [][]frac
	basic   []int // by row
	outside []int // sorted
	failed  bool  // a number grew beyond what is kept
}

// newTableau eliminates exactly. Rows that say nothing new are dropped.
func newTableau(m [][]frac) *tableau {
	t := &tableau{}
	if len(m) > 0 {
		t.n = len(m[0])
	}
	col := 0
	for ; col < t.n; col++ {
		pivot := slices.IndexFunc(m, func(row []frac) bool { return row[col].n != 0 })
		if pivot < 0 {
			t.outside = append(t.outside, col)
			continue
		}
		row := m[pivot]
		m = slices.Delete(m, pivot, pivot+1)
		t.rows, t.basic = append(t.rows, row), append(t.basic, col)
		if !scaleRow(row, col) || !eliminate(m, row, col, -1) || !eliminate(t.rows, row, col, len(t.rows)-1) {
			t.failed = true
			return t
		}
	}
	return t
}

// scaleRow makes a row's entry in a column one.
func scaleRow(row []frac, col int) bool {
	by := row[col]
	for j := range row {
		if row[j].n == 0 {
			continue
		}
		q, ok := row[j].over(by)
		if !ok {
			return false
		}
		row[j] = q
	}
	return true
}

// eliminate takes a row away from the others so that their entries in a column are nought.
func eliminate(rows [][]frac, row []frac, col, but int) bool {
	for r := range rows {
		f := rows[r][col]
		if r == but || f.n == 0 {
			continue
		}
		for j := range row {
			if row[j].n == 0 {
				continue
			}
			p, ok := f.by(row[j])
			if !ok {
				return false
			}
			if rows[r][j], ok = rows[r][j].minus(p); !ok {
				return false
			}
		}
	}
	return true
}

// maximise moves a variable as far as its bounds and those of the others allow, from noughts: up with sign 1, down with
// -1. It is the simplex method with bounded variables, which may begin between their bounds, and Bland's rule against
// going in circles. The noughts must lie within the bounds.
func (t *tableau) maximise(target int, sign int64, low, high []frac) ([]frac, bool) {
	d := make([]frac, len(low))
	for i := range d {
		d[i] = whole(0)
	}
	if t.failed {
		return nil, false
	}
	if t.n == 0 { // no equations: the variable is free
		d[target] = high[target]
		if sign < 0 {
			d[target] = low[target]
		}
		return d, true
	}
	for range 50 * (len(low) + 1) {
		enter, dir := t.entering(target, sign, d, low, high)
		if enter < 0 {
			return d, true
		}
		if !t.move(enter, dir, d, low, high) {
			return nil, false
		}
	}
	return d, true // as far as it got
}

// entering chooses a variable outside whose move takes the target farther.
func (t *tableau) entering(target int, sign int64, d, low, high []frac) (int, int64) {
	row := slices.Index(t.basic, target)
	for _, j := range t.outside {
		var gain int64
		switch {
		case row >= 0:
			gain = -sign * int64(t.rows[row][j].sign())
		case j == target:
			gain = sign
		}
		if gain > 0 && d[j].less(high[j]) || gain < 0 && low[j].less(d[j]) {
			return j, gain
		}
	}
	return -1, 0
}

// move takes an outside variable as far as it goes. Where a basic variable stops it the two change places.
func (t *tableau) move(j int, dir int64, d, low, high []frac) bool {
	limit := high[j]
	if dir < 0 {
		limit = low[j]
	}
	step, ok := limit.minus(d[j])
	if !ok {
		return false
	}
	if dir < 0 {
		step.n = -step.n
	}
	stop := -1
	for r, b := range t.basic {
		rate := t.rows[r][j]
		rate.n *= -dir
		if rate.n == 0 {
			continue
		}
		bound := high[b]
		if rate.n < 0 {
			bound = low[b]
		}
		room, ok := bound.minus(d[b])
		if !ok {
			return false
		}
		if room, ok = room.over(rate); !ok {
			return false
		}
		if room.less(step) || stop >= 0 && !step.less(room) && b < t.basic[stop] {
			step, stop = room, r
		}
	}
	shift := step
	shift.n *= dir
	if d[j], ok = d[j].plus(shift); !ok {
		return false
	}
	for r, b := range t.basic {
		p, ok := t.rows[r][j].by(shift)
		if !ok {
			return false
		}
		if d[b], ok = d[b].minus(p); !ok {
			return false
		}
	}
	if stop < 0 {
		return true
	}
	leave := t.basic[stop]
	if !scaleRow(t.rows[stop], j) || !eliminate(t.rows, t.rows[stop], j, stop) {
		return false
	}
	t.basic[stop] = j
	t.outside[slices.Index(t.outside, j)] = leave
	slices.Sort(t.outside)
	return true
}
