package cli

import "testing"

// The bound has no step where it begins to rise, and from there on a heap may grow ever more, up to a limit.
func TestPercentFor(t *testing.T) {
	p := alone
	for _, rest := range []uint64{restful, 1 << 30, largest} {
		from := rest*p.small/1000 + 1
		if got := p.percentFor(from-1, rest); got >= 0 {
			t.Errorf("%d of %d bytes: %d %%", from-1, rest, got)
		}
		if got := from * uint64(100+p.percentFor(from, rest)) / 100; got < rest/100*98 || got > rest {
			t.Errorf("the bound jumps from %d to %d bytes", rest, got)
		}
		last := 0
		for _, tenths := range []uint64{8, 10, 15, 30, 100, 1000} {
			got := p.percentFor(rest/10*tenths, rest)
			if got <= last || got >= 150 {
				t.Errorf("%d tenths of %d bytes: %d %% after %d %%", tenths, rest, got, last)
			}
			last = got
		}
	}
}

// Beside others a heap grows by six tenths of what is in use, from where the bound begins to rise.
func TestPercentBesideOthers(t *testing.T) {
	const rest = 512 << 20
	if got := besideOthers.percentFor(rest/100*62, rest); got >= 0 {
		t.Errorf("below the bound: %d %%", got)
	}
	for _, hundredths := range []uint64{63, 80, 100, 300, 1000} {
		if got := besideOthers.percentFor(rest/100*hundredths, rest); got < 59 || got > 60 {
			t.Errorf("%d hundredths of the bound in use: %d %%", hundredths, got)
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
