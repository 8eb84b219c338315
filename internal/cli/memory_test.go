package cli

import "testing"

// The bound has no step where it begins to rise, and from there on a heap may grow ever more, up to a limit.
func TestPercentFor(t *testing.T) {
	if got := (small + 1) * (100 + percentFor(small+1)) / 100; got < restful*98/100 || got > restful {
		t.Errorf("the bound jumps from %d to %d bytes", restful, got)
	}
	last := 0
	for _, mb := range []uint64{190, 220, 300, 500, 900, 2000, 10000} {
		got := percentFor(mb << 20)
		if got <= last || got >= 150 {
			t.Errorf("%d MB in use: %d %% after %d %%", mb, got, last)
		}
		last = got
	}
}
