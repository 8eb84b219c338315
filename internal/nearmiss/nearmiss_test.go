package nearmiss

import (
	"strings"
	"testing"
)

func TestNearest(t *testing.T) {
	keys := []string{"base_url", "email", "language", "nation", "next_review", "organisation", "reviewed", "summary", "tags", "title"}
	for _, tc := range []struct {
		word, want string
	}{
		{"titel", "title"},
		{"Title", "title"},
		{"sumary", "summary"},
		{"base-url", "base_url"},
		{"baseurl", "base_url"},
		{"organization", "organisation"},
		{"next review", "next_review"},
		{"e-mail", "email"},
		{"tag", "tags"},
		{"review", "reviewed"},
		{"weight", ""},
		{"x", ""},
		{"", ""},
		{"slug", ""},
		{strings.Repeat("title", 1000), ""},
	} {
		if got := Nearest(tc.word, keys); got != tc.want {
			t.Errorf("Nearest(%.20q) = %q, want %q", tc.word, got, tc.want)
		}
	}
	if got := Nearest("title", nil); got != "" {
		t.Errorf("Nearest among nothing = %q", got)
	}
	if got := Nearest("bat", []string{"cat", "hat"}); got != "cat" {
		t.Errorf("of equals the first should win, got %q", got)
	}
}

func TestSuffix(t *testing.T) {
	if got, want := Suffix("titel", []string{"title"}), `; did you mean "title"?`; got != want {
		t.Errorf("Suffix = %q, want %q", got, want)
	}
	if got := Suffix("07700 900123", []string{"title"}); got != "" {
		t.Errorf("Suffix of nothing near = %q", got)
	}
}

func TestDistance(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "ab", 2}, {"abc", "abc", 0}, {"abc", "acb", 1}, {"kitten", "sitting", 3}, {"tŷ", "ty", 1},
	} {
		if got := distance([]rune(tc.a), []rune(tc.b)); got != tc.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tc.a, tc.b, got, tc.want)
		}
		if got := distance([]rune(tc.b), []rune(tc.a)); got != tc.want {
			t.Errorf("distance(%q, %q) = %d, want %d", tc.b, tc.a, got, tc.want)
		}
	}
}
