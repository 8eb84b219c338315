package present_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"time"

	"candour/internal/load"
	"candour/internal/present"
	"candour/internal/redact"
	"candour/internal/sitetest"
	"candour/internal/vetting"
	"candour/internal/words"
	"candour/themes"
)

func TestMoment(t *testing.T) {
	for v, want := range map[string]string{
		"2026-11-27T18:00:00Z":      "6 pm on Friday 27 November 2026",
		"2026-11-27T18:05:00Z":      "6:05 pm on Friday 27 November 2026",
		"2026-07-01T11:00:00Z":      "12 pm on Wednesday 1 July 2026", // summer time in London
		"2026-07-01T23:30:00Z":      "12:30 am on Thursday 2 July 2026",
		"2026-11-27T18:00:00-05:00": "11 pm on Friday 27 November 2026",
		"2026-11-27":                "the end of Friday 27 November 2026",
		"Withheld: personal":        "", "": "",
	} {
		if got := present.Moment(english(t), v); got != want {
			t.Errorf("%s: %q, want %q", v, got, want)
		}
	}
}

// english are the program's own words.
func english(t *testing.T) *words.Words {
	t.Helper()
	data, err := fs.ReadFile(themes.FS, "candour/i18n/en.toml")
	if err != nil {
		t.Fatal(err)
	}
	s := words.New("en")
	if found := s.Add("en", "en.toml", data); len(found) > 0 {
		t.Fatal(found)
	}
	return s.For("")
}

func alert(keys string) string {
	return "+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-11-01\ntemplate = \"x\"\narea = \"A\"\npanel_met = 2026-11-01\nissued = 2026-11-01\n" + keys + "\n+++\nCall 999.\n"
}

// views redacts a repository and returns what templates find of a page.
func views(t *testing.T, archive, edition, address string, at time.Time) map[string]any {
	t.Helper()
	opt := sitetest.Options(sitetest.Files(archive), edition).Load
	opt.Now = at
	repo, found, err := load.Load(t.Context(), opt)
	if err != nil || repo == nil {
		t.Fatalf("%v\n%s", err, sitetest.Print(found))
	}
	e, _ := repo.Config().Edition(edition)
	vetted, found, err := vetting.Vet(t.Context(), repo, vetting.Options{Edition: e})
	if err != nil || vetted == nil {
		t.Fatalf("%v\n%s", err, sitetest.Print(found))
	}
	cleared, found, err := redact.Redact(t.Context(), vetted)
	if err != nil || cleared == nil {
		t.Fatalf("%v\n%s", err, sitetest.Print(found))
	}
	s := present.New(cleared)
	for _, p := range cleared.Pages() {
		if p.Address == address {
			return s.View(p)
		}
	}
	t.Fatalf("the edition has no %s", address)
	return nil
}

func notices(view map[string]any) string {
	var kinds []string
	list, _ := view["notices"].([]any)
	for _, n := range list {
		kinds = append(kinds, fmt.Sprint(n.(map[string]any)["kind"]))
	}
	return strings.Join(kinds, " ")
}

// Every alert states its expiry in words, and whether it is live is settled by status, then by later alerts, then by the
// clock.
func TestAlert(t *testing.T) {
	now := sitetest.Now
	for _, tc := range []struct {
		name, keys, other string
		at                time.Time
		state, expiry     string
		notices           string
	}{
		{"live", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-27T18:00:00", "", now, "live", "Stops applying at 6 pm on Friday 27 November 2026", ""},
		{"a day to its end", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-20", "", now, "live", "Stops applying at the end of Friday 20 November 2026", ""},
		{"the next moment", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-20", "", time.Date(2026, 11, 21, 0, 0, 0, 0, time.UTC), "expired", "Stopped applying at the end of Friday 20 November 2026", "expired"},
		{"expired at the moment", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-20T18:00:00", "", now, "expired", "Stopped applying at 6 pm on Friday 20 November 2026", "expired"},
		{"a second before", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-20T18:00:01", "", now, "live", "Stops applying at 6 pm on Friday 20 November 2026", ""},
		{"without an expiry", "status = \"issued\"\nevidence = \"confirmed\"", "", now, "live", "Applies until it is withdrawn", ""},
		{"withdrawn", "status = \"withdrawn\"\nevidence = \"ruled-out\"\nexpires = 2026-11-27", "", now, "withdrawn", "Withdrawn: it no longer applies", "withdrawn"},
		{"withdrawn beats expired", "status = \"withdrawn\"\nevidence = \"ruled-out\"\nexpires = 2026-11-01", "", now, "withdrawn", "Withdrawn: it no longer applies", "withdrawn"},
		{"replaced", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-27", "status = \"issued\"\nevidence = \"confirmed\"\nreplaces = \"/alerts/a/\"", now, "replaced", "Stops applying at the end of Friday 27 November 2026", "replaced"},
		{"corrected", "status = \"issued\"\nevidence = \"suspected\"\nexpires = 2026-11-27", "status = \"issued\"\nevidence = \"confirmed\"\ncorrection_of = \"content/alerts/a.md\"", now, "corrected", "Stops applying at the end of Friday 27 November 2026", "corrected"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			archive := "-- content/alerts/a.md --\n" + alert(tc.keys)
			if tc.other != "" {
				archive += "-- content/alerts/b.md --\n" + strings.Replace(alert(tc.other), `"T"`, `"Later"`, 1)
			}
			v := views(t, archive, "public", "/alerts/a/", tc.at)
			if v["state"] != tc.state || v["expiry"] != tc.expiry || notices(v) != tc.notices || v["live"] != (tc.state == "live") {
				t.Errorf("state %v, expiry %v, notices %q, live %v", v["state"], v["expiry"], notices(v), v["live"])
			}
			if tc.other != "" {
				if by, _ := v["replaced_by"].(map[string]any); by["url"] != "/alerts/b/" || by["title"] != "Later" {
					t.Errorf("replaced by %v", by)
				}
			}
		})
	}
}

// A draft replaces nothing: nobody has issued it.
func TestDraftReplacesNothing(t *testing.T) {
	archive := "-- content/alerts/a.md --\n" + alert("status = \"issued\"\nevidence = \"suspected\"") +
		"-- content/alerts/b.md --\n" + alert("status = \"draft\"\nevidence = \"suspected\"\nreplaces = \"/alerts/a/\"")
	if v := views(t, archive, "internal", "/alerts/a/", sitetest.Now); v["state"] != "live" {
		t.Errorf("state %v", v["state"])
	}
	if v := views(t, archive, "internal", "/alerts/b/", sitetest.Now); v["state"] != "draft" || notices(v) != "draft" {
		t.Errorf("the draft: state %v, notices %q", v["state"], notices(v))
	}
}

// A plan answers all 21 items of the national checklist, and what it withholds shows as withheld and not as unanswered.
func TestPlan(t *testing.T) {
	const plan = `-- content/plans/a.md --
+++
title = "Plan"
summary = "S."
date = 2026-09-14
partnership = "P"
reviewed = 2026-08-01
next_review = 2026-11-19
covers = ["nitazenes"]
[[lead]]
element = "general"
role = "R"
[[checklist]]
item = "named-leads"
section = "who"
status = "met"
[[withhold]]
section = "who"
reason = "law-enforcement"
+++
## Who

Somebody who is not named here but leads the whole of it.

## What
-- content/narrative/n.md --
+++
title = "N"
summary = "S."
date = 2026-09-01
version = "1"
publisher = "P"
+++
## One

Text.
`
	v := views(t, plan, "public", "/plans/a/", sitetest.Now)
	if notices(v) != "overdue overdue" {
		t.Errorf("notices %q", notices(v))
	}
	items, withheld, answered := 0, 0, 0
	groups, _ := v["checklist"].([]any)
	for _, g := range groups {
		list, _ := g.(map[string]any)["items"].([]any)
		for _, i := range list {
			item, _ := i.(map[string]any)
			items++
			if item["withheld"] == true {
				withheld++
				if item["key"] != "named-leads" || item["href"] != "" || item["status_words"] != "Met" {
					t.Errorf("the withheld item: %v", item)
				}
			}
			if item["status"] != "" {
				answered++
			}
		}
	}
	if items != 21 || withheld != 1 || answered != 1 || len(groups) != 5 {
		t.Errorf("%d items in %d groups, %d withheld, %d answered", items, len(groups), withheld, answered)
	}
	sections, _ := v["sections"].([]any)
	if len(sections) != 1 || sections[0].(map[string]any)["id"] != "what" {
		t.Errorf("sections %v", sections)
	}
	v = views(t, plan, "internal", "/plans/a/", sitetest.Now)
	if sections, _ := v["sections"].([]any); len(sections) != 2 {
		t.Errorf("sections for those who may see them: %v", sections)
	}
}
