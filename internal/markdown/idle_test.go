package markdown

import (
	"strings"
	"testing"
)

func TestIdle(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"[a]\n\n[a]: /b\n", ""},
		{"[a][]\n\n[A]: /b 'T'\n", ""},
		{"x[^1]\n\n[^1]: see [a][]\n\n[a]: /b\n", ""},
		{"x\n\n[//]: # (a note)\n", "[//]: # (a note)\n"},
		{"[a]\n\n[a]: /b\n[a]: /c\n", "[a]: /c\n"},
		{"x\n\n[^1]: one\n", "[^1]: one\n"},
		{"x\n\n[^1]: one[^2]\n\n[^2]: two [a]\n\n[a]: /b\n", "[^1]: one[^2]\n|[^2]: two [a]\n|[a]: /b\n"},
	} {
		var got []string
		for _, d := range Parse([]byte(tt.body)).Idle() {
			got = append(got, tt.body[d.Span.Start:d.Span.End])
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.body, strings.Join(got, "|"), tt.want)
		}
	}
}
