package cli

import "testing"

// The bound has no step where it begins to rise, and from there on a heap may grow ever more, up to a limit.
func TestPercentFor(t *testing.T) {
	for _, rest := range []uint64{restful, 1 << 30, largest} {
		from := rest/10*small + 1
		if got := percentFor(from-1, rest); got >= 0 {
			t.Errorf("%d of %d bytes: %d %%", from-1, rest, got)
		}
		if got := from * uint64(100+percentFor(from, rest)) / 100; got < rest/100*98 || got > rest {
			t.Errorf("the bound jumps from %d to %d bytes", rest, got)
		}
		last := 0
		for _, tenths := range []uint64{8, 10, 15, 30, 100, 1000} {
			got := percentFor(rest/10*tenths, rest)
			if got <= last || got >= 150 {
				t.Errorf("%d tenths of %d bytes: %d %% after %d %%", tenths, rest, got, last)
			}
			last = got
		}
	}
}

func TestRestFor(t *testing.T) {
	for bytes, want := range map[int]uint64{0: restful, 4 << 20: restful, 10 << 20: 510 << 20, 1 << 30: largest} {
		if got := restFor(bytes); got != want {
			t.Errorf("%d bytes: %d, want %d", bytes, got, want)
		}
	}
}
