//go:build browser

package browsertest

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
)

// problem is one thing that is wrong with a page.
type problem struct {
	page   string
	mode   string // how the page was looked at
	rule   string
	detail string
}

func (p problem) String() string {
	return fmt.Sprintf("%s: %s: %s: %s", p.page, p.mode, p.rule, p.detail)
}

// report fails the test with every problem, in an order that does not depend on which tab was quicker.
func report(t *testing.T, problems []problem) {
	t.Helper()
	for _, p := range sorted(problems) {
		t.Error(p)
	}
}

func sorted(problems []problem) []problem {
	slices.SortFunc(problems, func(a, b problem) int {
		return cmp.Or(cmp.Compare(a.page, b.page), cmp.Compare(a.mode, b.mode), cmp.Compare(a.rule, b.rule), cmp.Compare(a.detail, b.detail))
	})
	return slices.Compact(problems)
}
