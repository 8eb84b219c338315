package level

import "testing"

func TestParseLevel(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want Level
		ok   bool
	}{
		{"public", Public, true},
		{"partners", Partners, true},
		{"restricted", Restricted, true},
		{"Public", Restricted, false},
		{" public", Restricted, false},
		{"", Restricted, false},
		{"internal", Restricted, false},
	} {
		got, err := ParseLevel(tc.in)
		if got != tc.want || (err == nil) != tc.ok {
			t.Errorf("ParseLevel(%q) = %v, %v; want %v, ok %v", tc.in, got, err, tc.want, tc.ok)
		}
	}
}

func TestOrderAndNames(t *testing.T) {
	if !(Public < Partners && Partners < Restricted) {
		t.Error("levels are not in order")
	}
	for i, n := range Names() {
		if Level(i).String() != n {
			t.Errorf("Level(%d).String() = %q, want %q", i, Level(i), n)
		}
	}
	for _, l := range []Level{-1, 3, 99} {
		if l.String() != "restricted" {
			t.Errorf("Level(%d).String() = %q, want the safe side", int(l), l)
		}
	}
}
