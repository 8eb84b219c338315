package vetting_test

import (
	"fmt"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

// places are findings as "line:column rule severity", one for each.
func places(found diag.List, only ...diag.Rule) []string {
	var got []string
	for _, f := range found {
		for _, r := range only {
			if f.Rule == r.Name {
				got = append(got, fmt.Sprintf("%d:%d %s %s", f.Line, f.Column, f.Rule, f.Severity))
			}
		}
	}
	return got
}

// planWith is a plan with these lines in its front matter, the first of them line 10, and this body.
func planWith(front, body string) string {
	return "-- content/plans/p.md --\n+++\ntitle = \"Plan\"\nsummary = \"How we prepare.\"\ndate = 2026-09-14\npartnership = \"Testford\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\"]\nlead = [{ element = \"general\", role = \"Director\" }]\n" + front + "\n+++\n" + body + "\n"
}

// everyItem answers all items of the checklist but those named, as met in a section.
func everyItem(but ...string) string {
	var b strings.Builder
	for _, key := range strings.Fields("named-leads communications cross-system-engagement co-development four-elements national-guidance incident-response harm-reduction naloxone-supply exercising publication local-data alert-guidance surge national-surveillance coroner-toxicology treatment-access beyond-opioids overdose-response police-alerted fast-track-forensics") {
		given := false
		for _, k := range but {
			given = given || k == key
		}
		if !given {
			fmt.Fprintf(&b, "[[checklist]]\nitem = %q\nsection = \"all\"\nstatus = \"met\"\n", key)
		}
	}
	return b.String()
}

const wholePlan = "## All {#all}\n\nNitazenes, fentanyls. Prison and probation; we buy naloxone, assess need, check stock; a test with the Local Resilience Forum; Project HOUSEBUILDER; fast-track testing."

func TestChecklist(t *testing.T) {
	one := func(item, lines string) string {
		return everyItem(item) + "[[checklist]]\nitem = \"" + item + "\"\n" + lines
	}
	for _, tc := range []struct {
		name, front, body string
		rule              string // and severity, or nothing
		says              string
	}{
		{"all answered", everyItem(), wholePlan, "", ""},
		{"an item without an answer", everyItem("surge"), wholePlan, "checklist-unanswered warning", `Stepping up`},
		{"a common gap without an answer", everyItem("exercising"), wholePlan, "checklist-gap warning", "10 of the 25"},
		{"a common gap called met and not mentioned", everyItem(), strings.ReplaceAll(wholePlan, "Local Resilience Forum", "council"), "checklist-gap warning", "nowhere mentions Local Resilience Forum"},
		{"under its short name", everyItem(), strings.ReplaceAll(wholePlan, "Local Resilience Forum", "LRF"), "", ""},
		{"no HOUSEBUILDER", everyItem(), strings.ReplaceAll(wholePlan, "Project HOUSEBUILDER", "Nothing"), "checklist-gap warning", "nowhere mentions HOUSEBUILDER"},
		{"no probation", everyItem(), strings.ReplaceAll(wholePlan, "probation", "courts"), "checklist-gap warning", "nowhere mentions probation"},
		{"no fast track", everyItem(), strings.ReplaceAll(wholePlan, "fast-track", "breakfast-track"), "checklist-gap warning", "nowhere mentions fast-track"},
		{"naloxone without stock", everyItem(), strings.ReplaceAll(wholePlan, "stock", "wood"), "checklist-gap warning", "nowhere mentions stock"},
		{"mentioned in a withheld section", everyItem() + "[[withhold]]\nsection = \"all\"\nreason = \"law-enforcement\"\n", wholePlan, "", ""},
		{"a common gap not met", one("exercising", "status = \"not-met\"\n"), wholePlan, "checklist-gap warning", "does not meet"},
		{"a common gap partly met", one("exercising", "section = \"all\"\nstatus = \"partly\"\n"), wholePlan, "", ""},
		{"a common gap planned", one("exercising", "status = \"planned\"\n"), wholePlan, "", ""},
		{"another item not met", one("surge", "status = \"not-met\"\n"), wholePlan, "", ""},
		{"met, and nobody says where", one("surge", "status = \"met\"\n"), wholePlan, "checklist-unanswered warning", "not where"},
		{"met by a field", one("named-leads", "field = \"lead\"\nstatus = \"met\"\n"), wholePlan, "", ""},
		{"met by one value", one("named-leads", "field = \"lead.0.role\"\nstatus = \"met\"\n"), wholePlan, "", ""},
		{"a field that is not there", one("named-leads", "field = \"laed\"\nstatus = \"met\"\n"), wholePlan, "bad-value error", `did you mean "lead"?`},
		{"a section that is not there", one("surge", "section = \"al\"\nstatus = \"met\"\n"), wholePlan, "bad-value error", `did you mean "all"?`},
		{"an item that is not there", one("surge", "section = \"all\"\nstatus = \"met\"\n") + "[[checklist]]\nitem = \"surgee\"\nsection = \"all\"\nstatus = \"met\"\n", wholePlan, "bad-value error", `did you mean "surge"?`},
		{"answered twice", everyItem() + "[[checklist]]\nitem = \"surge\"\nsection = \"all\"\nstatus = \"planned\"\n", wholePlan, "bad-value error", "already"},
		{"no checklist", "", wholePlan, "", ""},
		{"threat_agnostic of no section", "threat_agnostic = [\"all\", \"al\"]\n" + everyItem(), wholePlan, "bad-value error", "threat_agnostic.1 names no section"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, found := vet(t, sitetest.Files(planWith(tc.front, tc.body)), "public")
			switch {
			case tc.rule == "" && len(found) == 0:
			case len(found) != 1 || found[0].Rule+" "+found[0].Severity.String() != tc.rule || !strings.Contains(found[0].Message, tc.says):
				t.Errorf("want %q that says %q, got:\n%s", tc.rule, tc.says, sitetest.Print(found))
			case found[0].Line == 0 || found[0].Column == 0:
				t.Error("the finding has no place")
			}
		})
	}
}

// An id that Hugo makes of a heading is the heading's words: it is never suggested, since the heading may be withheld.
func TestChecklistSuggestsNoWithheldWords(t *testing.T) {
	front := everyItem("surge") + "[[checklist]]\nitem = \"surge\"\nsection = \"quillon-hause\"\nstatus = \"met\"\n"
	_, found := vet(t, sitetest.Files(planWith(front, wholePlan+"\n\n## Quillon House\n\nText.")), "public")
	if len(found) != 1 || strings.Contains(sitetest.Print(found), "uillon") {
		t.Errorf("got:\n%s", sitetest.Print(found))
	}
}

func TestChecklistPositions(t *testing.T) {
	_, found := vet(t, sitetest.Files(planWith("threat_agnostic = [\"x\"]\n[[checklist]]\nitem = \"exercising\"\nsection = \"y\"\nstatus = \"not-met\"", wholePlan)), "public")
	got := strings.Join(places(found, diag.BadValue, diag.ChecklistGap), "\n")
	for _, want := range []string{"10:20 bad-value error", "13:11 bad-value error", "14:10 checklist-gap warning", "11:3 checklist-gap warning"} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in:\n%s", want, got)
		}
	}
}
