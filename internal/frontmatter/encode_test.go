package frontmatter

import (
	"bytes"
	"strings"
	"testing"
)

func TestEncodeRoundTrips(t *testing.T) {
	for _, src := range []string{
		"", "a = 1\nb = \"x\\ny \\\" ’ \\u0007\"\n", "d = 2026-11-20\nt = 2026-11-20T18:00:00\nz = 2026-11-20T18:00:00.5+01:00\nl = 18:00:00",
		"f = 1.0\ng = 1e300\nn = -inf\nm = nan", "[a]\n\"b c\" = [1, 2]\n[a.d]\ne = true\n[[a.f]]\n[[a.f]]\ng = []\n[[a.f.h]]\ni=1",
		"x = [{a = 1}, 2, [{b = \"c\"}]]", "[[lead]]\nrole = \"r\"\n[lead.more]\nx = 1\n[[lead]]\nrole = \"s\"\n[after]\ny = {}",
	} {
		want, fault := Decode([]byte(src))
		if fault != nil {
			t.Fatalf("%q: %s", src, fault.Message)
		}
		out := Encode(want)
		got, fault := Decode(out)
		if fault != nil {
			t.Errorf("%q became %q: %s", src, out, fault.Message)
			continue
		}
		if !bytes.Equal(Canonical(got, nil), Canonical(want, nil)) {
			t.Errorf("%q became %q", src, out)
		}
	}
	values, _ := Decode([]byte("# ring Jane on 07700 900001\na = 1 # and this\n"))
	if out := string(Encode(values)); strings.Contains(out, "Jane") || strings.Contains(out, "this") {
		t.Errorf("a comment came through: %q", out)
	}
}
