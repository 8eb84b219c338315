package suppress

import "math/bits"

// frac is an exact fraction in lowest terms, d > 0. Every operation reports whether the result still fits: what does not
// is never rounded.
type frac struct{ n, d int64 }

func whole(n int64) frac { return frac{n, 1} }

func (a frac) sign() int {
	switch {
	case a.n > 0:
		return 1
	case a.n < 0:
		return -1
	}
	return 0
}

func (a frac) plus(b frac) (frac, bool) {
	if a.d == 1 && b.d == 1 {
		n, ok := sum(a.n, b.n)
		return frac{n, 1}, ok
	}
	x, ok1 := times(a.n, b.d)
	y, ok2 := times(b.n, a.d)
	n, ok3 := sum(x, y)
	d, ok4 := times(a.d, b.d)
	return reduce(n, d), ok1 && ok2 && ok3 && ok4
}

func (a frac) minus(b frac) (frac, bool) { return a.plus(frac{-b.n, b.d}) }

func (a frac) by(b frac) (frac, bool) {
	n, ok1 := times(a.n, b.n)
	d, ok2 := times(a.d, b.d)
	return reduce(n, d), ok1 && ok2
}

func (a frac) over(b frac) (frac, bool) {
	if b.n < 0 {
		return a.by(frac{-b.d, -b.n})
	}
	return a.by(frac{b.d, b.n})
}

func (a frac) less(b frac) bool {
	x, ok1 := times(a.n, b.d)
	y, ok2 := times(b.n, a.d)
	return ok1 && ok2 && x < y // an overflow makes a move shorter or leaves it out; the result is checked anyway
}

func reduce(n, d int64) frac {
	if d == 0 {
		return frac{0, 1}
	}
	if g := gcd(n, d); g > 1 {
		n, d = n/g, d/g
	}
	if d < 0 {
		n, d = -n, -d
	}
	return frac{n, d}
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	if a < 0 {
		return -a
	}
	return a
}

func lcm(a, b int64) (int64, bool) { return times(a/gcd(a, b), b) }

// limit keeps sums of two products within 64 bits.
const limit = int64(1) << 61

func fits(v int64) bool { return -limit < v && v < limit }

func sum(a, b int64) (int64, bool) {
	return a + b, fits(a) && fits(b) && fits(a+b)
}

func times(a, b int64) (int64, bool) {
	hi, lo := bits.Mul64(size(a), size(b))
	if hi != 0 || lo >= uint64(limit) {
		return 0, false
	}
	if (a < 0) != (b < 0) {
		return -int64(lo), true
	}
	return int64(lo), true
}

func size(v int64) uint64 {
	if v < 0 {
		return uint64(-v)
	}
	return uint64(v)
}
