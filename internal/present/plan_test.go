package present_test

import (
	"fmt"
	"strings"
	"testing"

	"candour/internal/sitetest"
)

const aPlan = `-- content/plans/p.md --
+++
title = "Plan"
summary = "S."
date = 2025-09-01
partnership = ["Testford", "Westmere"]
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes", "xylazine"]
threat_agnostic = ["who", "monitor"]
change = [{date = 2026-11-02, note = "New."}, {date = 2026-09-14, note = "Old."}]
[[lead]]
element = "general"
role = "Director"
[[lead]]
element = "prepare"
role = "Planner"
phone = "07700 900118"
[[checklist]]
item = "named-leads"
field = "lead"
status = "met"
[[checklist]]
item = "police-alerted"
section = "told"
status = "met"
[[checklist]]
item = "surge"
section = "quiet"
status = "met"
[[checklist]]
item = "exercising"
field = "lead.1.phone"
status = "partly"
[[withhold]]
section = "told"
reason = "law-enforcement"
[[withhold]]
section = "quiet"
reason = "law-enforcement"
show = "nothing"
+++
## Who {#who}

### Below who {#below}

Text.

## Prepare {#prepare}

### Kits {#kits}

Text.

## Monitor {#monitor}

### Data {#data}

Text.

## Told {#told}

The desk calls the second number on the red card first.

## Quiet {#quiet}

Nobody is to know that there is such a thing at all here.
`

func at(v any, path ...any) any {
	for _, step := range path {
		switch s := step.(type) {
		case string:
			v = v.(map[string]any)[s]
		case int:
			v = v.([]any)[s]
		}
	}
	return v
}

func ids(v any) string {
	var out []string
	items, _ := v.([]any)
	for _, item := range items {
		out = append(out, fmt.Sprint(at(item, "id")))
	}
	return strings.Join(out, " ")
}

// item finds an item of the checklist by its key.
func item(view map[string]any, key string) map[string]any {
	for _, group := range view["checklist"].([]any) {
		for _, i := range at(group, "items").([]any) {
			if at(i, "key") == key {
				return i.(map[string]any)
			}
		}
	}
	return nil
}

// Redacted is not missing: what a withheld section meets is met, and says that the detail is withheld, unless nothing at
// all is to tell that it is there.
func TestPlanAtAGlance(t *testing.T) {
	view := views(t, aPlan, "public", "/plans/p/", sitetest.Now)
	for key, want := range map[string]string{"named-leads": "met #c-lead false", "police-alerted": "met  true", "surge": "met  false", "exercising": "partly #c-lead true", "publication": "  false"} {
		i := item(view, key)
		if got := fmt.Sprint(i["status"], " ", i["href"], " ", i["withheld"]); got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	if c := view["coverage"].(map[string]any); c["met"] != 3 || c["partly"] != 1 || c["none"] != 17 || c["total"] != 21 {
		t.Errorf("coverage: %v", c)
	}
	if got := ids(view["any_drug"]) + " | " + ids(view["named_drugs"]); got != "who monitor | kits" {
		t.Errorf("by threat: %s", got)
	}
	if view["version_date"] != "2026-11-02" || at(view["general_roles"], 0) != "Director" || at(view["elements"], 0, "roles", 0) != "Planner" || at(view["elements"], 0, "href") != "#prepare" || at(view["elements"], 2, "href") != "" {
		t.Errorf("at a glance: %v %v %v", view["version_date"], view["general_roles"], view["elements"])
	}
	if inside := views(t, aPlan, "internal", "/plans/p/", sitetest.Now); item(inside, "police-alerted")["withheld"] != false || item(inside, "police-alerted")["href"] != "#told" {
		t.Error("an edition that has the section is told that it is withheld")
	}
}

// A plan that partnerships share stands under each; one of one partnership under that alone.
func TestPlansByPartnershipAndThreat(t *testing.T) {
	other := "-- content/plans/q.md --\n+++\ntitle = \"Other\"\nsummary = \"S.\"\ndate = 2025-09-01\npartnership = \"Westmere\"\nreviewed = 2026-09-14\nnext_review = 2026-10-14\ncovers = [\"xylazine\"]\nlead = [{element = \"general\", role = \"D\"}]\n+++\nText.\n"
	list := "-- content/plans/_index.md --\n+++\ntitle = \"Plans\"\nsummary = \"S.\"\ndate = 2025-09-01\n+++\n"
	view := views(t, aPlan+other+list, "public", "/plans/", sitetest.Now)
	var got []string
	for _, key := range []string{"partnerships", "threats"} {
		for _, g := range view[key].([]any) {
			line := fmt.Sprint(at(g, map[string]string{"partnerships": "name", "threats": "key"}[key]), ":")
			for _, p := range at(g, "plans").([]any) {
				line += fmt.Sprint(" ", at(p, "url"))
			}
			got = append(got, line)
		}
	}
	if want := "Testford: /plans/p/\nWestmere: /plans/q/ /plans/p/\nany: /plans/p/#c-any-drug\nnitazenes: /plans/p/\nxylazine: /plans/q/ /plans/p/"; strings.Join(got, "\n") != want {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), want)
	}
	if at(view["partnerships"], 1, "plans", 0, "overdue") != true || at(view["partnerships"], 1, "plans", 1, "overdue") != false {
		t.Error("a plan past its review is not told from one that is not")
	}
}

func narrative(slug, version, date, more string) string {
	return "-- content/narrative/" + slug + ".md --\n+++\ntitle = \"N " + version + "\"\nsummary = \"S.\"\ndate = " + date + "\nversion = \"" + version + "\"\npublisher = \"P\"\n" + more + "\n+++\nText.\n"
}

// An earlier narrative says so and leads to the current one, which says what changed since and what rests on it.
func TestNarrativeVersions(t *testing.T) {
	leaflet := func(slug, date string) string {
		return "-- content/leaflets/festival/" + slug + ".md --\n+++\ntitle = \"" + slug + "\"\nsummary = \"S.\"\ndate = " + date + "\nsetting = \"festival\"\naudience = [\"public\"]\ncontact_slots = [\"email\", \"Gate\"]\n+++\nCall 999.\n"
	}
	archive := narrative("one", "1", "2026-01-01", "") + narrative("two", "2", "2026-03-01", `replaces = "1"`) +
		narrative("three", "3", "2026-10-01", "replaces = \"/narrative/two/\"\nchange = [{date = 2026-10-01, note = \"C.\"}, {date = 2026-09-01, note = \"B.\"}, {date = 2026-02-01, note = \"A.\"}]") +
		aPlan + leaflet("old", "2026-09-01") + leaflet("new", "2026-11-01")
	for _, slug := range []string{"one", "two"} {
		view := views(t, archive, "public", "/narrative/"+slug+"/", sitetest.Now)
		if at(view["current"], "url") != "/narrative/three/" || notices(view) != "replaced" || view["rests"] != nil {
			t.Errorf("%s: %v, %s", slug, view["current"], notices(view))
		}
	}
	view := views(t, archive, "public", "/narrative/three/", sitetest.Now)
	if view["current"] != nil || notices(view) != "" || fmt.Sprint(view["changed"]) != "[C. B.]" || at(view["earlier"], 0, "version") != "2" || at(view["earlier"], 1, "version") != "1" {
		t.Errorf("%v, %v, %v", view["current"], view["changed"], view["earlier"])
	}
	if at(view["rests"], "plans", 0, "older") != true || at(view["rests"], "leaflets", 0, "count") != 2 || at(view["rests"], "older_leaflets", 0, "title") != "old" || len(at(view["rests"], "older_leaflets").([]any)) != 1 {
		t.Errorf("%v", view["rests"])
	}
	if got := notices(views(t, archive, "public", "/plans/p/", sitetest.Now)); got != "overdue" {
		t.Errorf("a plan reviewed before the narrative: %q", got)
	}
	sheet := views(t, archive, "public", "/leaflets/festival/old/", sitetest.Now)
	if at(sheet["slots"], 0, "value") != "publichealth@testford.example" || at(sheet["slots"], 1, "label") != "Gate" || sheet["blank_slots"] != 1 || sheet["own_steps"] != true || at(sheet["narrative"], "version") != "3" {
		t.Errorf("%v", sheet)
	}
}

// A loop ends: no page is looked at for ever.
func TestNarrativesInALoop(t *testing.T) {
	view := views(t, narrative("one", "1", "2026-01-01", `replaces = "2"`)+narrative("two", "2", "2026-03-01", `replaces = "1"`), "public", "/narrative/one/", sitetest.Now)
	if view["current"] == nil && view["rests"] == nil {
		t.Error("neither earlier nor current")
	}
}
