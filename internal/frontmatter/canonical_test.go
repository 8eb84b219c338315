package frontmatter

import (
	"strings"
	"testing"
)

func canonical(t *testing.T, src string, skip ...string) string {
	t.Helper()
	v, fault := Decode([]byte(src))
	if fault != nil {
		t.Fatalf("%s: %+v", src, *fault)
	}
	return string(Canonical(v, func(path string) bool {
		for _, s := range skip {
			if s == path {
				return true
			}
		}
		return false
	}))
}

func TestCanonicalEqual(t *testing.T) {
	for _, tc := range []struct{ a, b string }{
		{"a = 1\nb = 2", "b = 2\na = 1"},
		{"a = \"x\"", "a = 'x' # note"},
		{"a = \"\"\"x\ny\"\"\"", "a = \"x\\ny\""},
		{"a = \"\"\"x\r\ny\"\"\"", "a = \"x\\ny\""},
		{"a = 1_000", "a = 1000"},
		{"a = 0x10", "a = 16"},
		{"a = nan", "a = -nan"},
		{"a = 2026-07-20T18:00:00+01:00", "a = 2026-07-20T17:00:00Z"},
		{"a = 2026-07-20T18:00:00", "a = 2026-07-20 18:00:00.000"},
		{"[a]\nb = 1", "a = {b = 1}"},
		{"[[a]]\nb = 1", "a = [{b = 1}]"},
	} {
		if canonical(t, tc.a) != canonical(t, tc.b) {
			t.Errorf("%q and %q differ", tc.a, tc.b)
		}
	}
}

func TestCanonicalDifferent(t *testing.T) {
	sources := []string{
		"", "a = 1", "a = 1.0", "a = \"1\"", "a = true", "a = \"true\"", "a = false", "a = [1]", "a = [[1]]", "a = []", "a = {}", "a = {b = 1}", "[b]\na = 1",
		"a = 2026-11-20", "a = 2026-11-20T00:00:00", "a = 2026-11-20T00:00:00Z", "a = \"2026-11-20\"", "a = 00:00:00", "a = \"00:00:00\"",
		"a = \"x\"\nb = \"y\"", "a = \"x1:kb\"\nb = \"y\"", "a = [\"x\", \"y\"]", "a = [\"xs1:y\"]", "a = [\"y\", \"x\"]", "a = \"\"", "a = -0.0", "a = 0.0", "a = inf", "a = nan",
		"a = [1, 2, 3]", "a = [12, 3]", "a = [1, 23]", "a = [{b = 1}, {c = 2}]", "a = [{b = 1, c = 2}]",
	}
	seen := map[string]string{}
	for _, src := range sources {
		c := canonical(t, src)
		if other, ok := seen[c]; ok {
			t.Errorf("%q and %q are the same", src, other)
		}
		seen[c] = src
	}
}

// The encoding is what sign-offs are bound to.
func TestCanonicalIsFixed(t *testing.T) {
	got := canonical(t, "s = \"tŷ\"\ni = -7\nb = true\nd = 2026-11-20\nc = 18:00:00\nl = 2026-11-20T18:00:00\nt = 2026-07-20T18:00:00+01:00\nx = [1, {y = false}]\n")
	want := "{k1:byk1:cc8:18:00:00k1:dd10:2026-11-20k1:ii-7;k1:ll19:2026-11-20T18:00:00k1:ss3:tŷk1:tt20:2026-07-20T17:00:00Zk1:x[i1;{k1:yn}]}"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestCanonicalSkip(t *testing.T) {
	const src = "a = 1\n[[signoff]]\nrole = \"x\"\n[[lead]]\nphone = \"1\"\nname = \"n\"\n[[lead]]\nphone = \"2\"\n"
	if got, want := canonical(t, src, "signoff", "lead"), canonical(t, "a = 1"); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	if got := canonical(t, src, "lead.0.phone"); strings.Contains(got, "phones1:1") || !strings.Contains(got, "phones1:2") {
		t.Errorf("only the first phone should be left out: %s", got)
	}
	if got := canonical(t, src, "lead.0"); strings.Contains(got, "name") || !strings.Contains(got, "phones1:2") {
		t.Errorf("only the first lead should be left out: %s", got)
	}
	if canonical(t, src) != string(Canonical(mustDecode(t, src), nil)) {
		t.Error("a nil skip should leave out nothing")
	}
}

func mustDecode(t *testing.T, src string) map[string]any {
	t.Helper()
	v, fault := Decode([]byte(src))
	if fault != nil {
		t.Fatalf("%+v", *fault)
	}
	return v
}
