//go:build browser

package browsertest

import (
	"slices"
	"testing"
)

// Each page of testdata/faulty has one fault, and the check that is there for it must say so.
func TestEachFaultIsFound(t *testing.T) {
	want := map[string][2]string{ // page: mode, rule
		"axe":          {"desktop", "axe-image-alt"},
		"blocked":      {"any", "blocked-by-policy"},
		"cookie":       {"any", "cookie"},
		"moves":        {"desktop", "moves"},
		"out-of-order": {"keyboard", "out-of-order"},
		"shift":        {"any", "layout-shift"},
		"console":      {"any", "console-error"},
		"contrast":     {"desktop", "axe-color-contrast"},
		"cut-off":      {"phone", "cut-off"},
		"dark":         {"dark", "axe-color-contrast"},
		"exception":    {"any", "console-exception"},
		"faint-focus":  {"keyboard", "faint-focus-indicator"},
		"fixed":        {"zoom", "covers-the-window"},
		"forced":       {"keyboard in forced colours", "no-focus-indicator"},
		"hidden-paper": {"paper", "empty-paper"},
		"missing":      {"any", "missing-file"},
		"no-focus":     {"keyboard", "no-focus-indicator"},
		"obscured":     {"keyboard", "focus-obscured"},
		"off-site":     {"any", "off-site-request"},
		"paper":        {"paper", "dark-paper"},
		"scripts":      {"no scripts", "needs-scripts"},
		"spacing":      {"phone with text spacing", "horizontal-scrolling"},
		"trap":         {"keyboard", "not-reached-by-tab"},
		"wide":         {"phone", "horizontal-scrolling"},
	}
	s, err := newSite("faulty", "testdata/faulty")
	if err != nil {
		t.Fatal(err)
	}
	problems, err := s.inspect(s.pages)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.pages) != len(want) {
		t.Errorf("%d faulty pages, %d expectations", len(s.pages), len(want))
	}
	for name, w := range want {
		page := "/" + name + ".html"
		if !slices.ContainsFunc(problems, func(p problem) bool { return p.page == page && p.mode == w[0] && p.rule == w[1] }) {
			t.Errorf("%s: %s: %s is not found; found: %v", page, w[0], w[1], of(problems, page))
		}
	}
}

// A page that only looks faulty: what is hidden, scrolls in its own box or shows itself on focus must pass.
func TestASoundPagePasses(t *testing.T) {
	s, err := newSite("sound", "testdata/sound")
	if err != nil {
		t.Fatal(err)
	}
	problems, err := s.inspect(s.pages)
	if err != nil {
		t.Fatal(err)
	}
	report(t, problems)
}

func of(problems []problem, page string) []problem {
	return sorted(slices.DeleteFunc(slices.Clone(problems), func(p problem) bool { return p.page != page }))
}
