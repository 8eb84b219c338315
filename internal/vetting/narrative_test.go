package vetting_test

import (
	"fmt"
	"testing"
)

func narrative(name, version, keys string) string {
	return fmt.Sprintf("-- content/narrative/%s.md --\n+++\ntitle = \"The threat\"\nsummary = \"What we know.\"\ndate = 2026-09-01\nversion = %q\npublisher = \"P\"\n%s\n+++\nText.\n", name, version, keys)
}

func TestNarrativesInACircle(t *testing.T) {
	for _, tc := range []struct{ name, archive, want string }{
		{"one after the other", narrative("a", "2025.1", "") + narrative("b", "2026.1", `replaces = "2025.1"`) + narrative("c", "2026.2", `replaces = "/narrative/b/"`), ""},
		{"a version that was never here", narrative("a", "2026.1", `replaces = "2019.4"`), ""},
		{"another page of its own version", narrative("a", "2026.1", "") + narrative("b", "2026.1", `replaces = "2026.1"`), ""},
		{"itself by version", narrative("a", "2026.1", `replaces = "2026.1"`), "a:7:12 error replaces-loop"},
		{"itself by address", narrative("a", "2026.1", `replaces = "/narrative/a/"`), "a:7:12 error replaces-loop"},
		{"each other", narrative("a", "1", `replaces = "2"`) + narrative("b", "2", `replaces = "1"`), "a:7:12 error replaces-loop\nb:7:12 error replaces-loop"},
		{"three", narrative("a", "1", `replaces = "3"`) + narrative("b", "2", `replaces = "1"`) + narrative("c", "3", `replaces = "2"`) + narrative("d", "4", `replaces = "3"`),
			"a:7:12 error replaces-loop\nb:7:12 error replaces-loop\nc:7:12 error replaces-loop"},
	} {
		if got := told(t, tc.archive, "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}
