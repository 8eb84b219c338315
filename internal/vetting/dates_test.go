package vetting_test

import "testing"

func TestDatesOfAPage(t *testing.T) {
	page := func(keys string) string {
		return "-- content/pages/p.md --\n+++\ntitle = \"P\"\nsummary = \"S.\"\ndate = 2026-09-14\n" + keys + "\n+++\nHelp.\n"
	}
	plan := func(keys string) string {
		return "-- content/plans/p.md --\n+++\ntitle = \"Plan\"\nsummary = \"How we prepare.\"\ndate = 2026-09-14\npartnership = \"Testford\"\ncovers = [\"nitazenes\", \"fentanyls\"]\nlead = [{ element = \"general\", role = \"Director\" }]\n" + keys + "\n+++\nText.\n"
	}
	for _, tc := range []struct{ name, archive, want string }{
		{"a page in order", page("updated = 2026-10-01\nreview_by = 2027-09-14"), ""},
		{"all on one day", page("updated = 2026-09-14\nreview_by = 2026-12-01"), ""},
		{"updated before it was there", page("updated = 2026-09-13"), "p:5:11 error dates-out-of-order"},
		{"due before it was there", page("review_by = 2026-09-13"), "p:5:13 warning review-overdue\np:5:13 error dates-out-of-order"},
		{"a plan whose next review came first", plan("reviewed = 2026-12-01\nnext_review = 2026-11-30"), "p:9:15 error dates-out-of-order"},
		{"an alert is told once", one("a", 10, issued+"updated = 2026-11-09"), "a:11:11 error dates-out-of-order"},
		{"a plan, later on the day", plan("reviewed = 2026-09-14\nnext_review = 2027-09-14"), ""},
	} {
		if got := told(t, tc.archive, "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}
