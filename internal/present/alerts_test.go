package present_test

import (
	"fmt"
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// What an alert has to do with others stands on both of them.
func TestLinksBothWays(t *testing.T) {
	archive := "-- content/alerts/a.md --\n" + alert("status = \"issued\"\nevidence = \"suspected\"") +
		"-- content/alerts/b.md --\n" + strings.Replace(alert("status = \"issued\"\nevidence = \"suspected\"\nreplaces = \"a\""), `"T"`, `"B"`, 1) +
		"-- content/alerts/c.md --\n" + strings.Replace(alert("status = \"issued\"\nevidence = \"suspected\"\ncorrection_of = \"content/alerts/b.md\""), `"T"`, `"C"`, 1) +
		"-- content/alerts/d.md --\n" + alert("status = \"draft\"\nevidence = \"suspected\"\nreplaces = \"/alerts/c/\"")
	link := func(v map[string]any, key string) string {
		l, _ := v[key].(map[string]any)
		if l == nil {
			return ""
		}
		return fmt.Sprint(l["url"], " ", l["title"], " ", l["state"])
	}
	for _, tc := range []struct{ address, state, replaces, corrects, by string }{
		{"/alerts/a/", "replaced", "", "", "/alerts/b/ B corrected"},
		{"/alerts/b/", "corrected", "/alerts/a/ T replaced", "", "/alerts/c/ C live"},
		{"/alerts/c/", "live", "", "/alerts/b/ B corrected", ""},
		{"/alerts/d/", "draft", "/alerts/c/ C live", "", ""},
	} {
		v := views(t, archive, "internal", tc.address, sitetest.Now)
		if v["state"] != tc.state || link(v, "replaces") != tc.replaces || link(v, "corrects") != tc.corrects || link(v, "replaced_by") != tc.by {
			t.Errorf("%s: %v; replaces %q, corrects %q, by %q", tc.address, v["state"], link(v, "replaces"), link(v, "corrects"), link(v, "replaced_by"))
		}
		if v["was_corrected"] != (tc.state == "corrected") {
			t.Errorf("%s: was corrected: %v", tc.address, v["was_corrected"])
		}
	}
}

func TestBoundaryRumourAndChange(t *testing.T) {
	const keys = `status = "withdrawn"
evidence = "ruled-out"
boundary_with = ["Westmere", "Scotland", "england"]
told = "Westmere and Public Health Scotland"
[fill]
claim = "Sweets."
verdict = "false"
source = "Police"
[[change]]
date = 2026-11-02
note = "Older."
[[change]]
date = 2026-11-03
note = "Withdrawn: it was not so."
[[change]]
date = 2026-11-03
note = "Said of the same day, below."`
	v := views(t, "-- content/alerts/a.md --\n"+alert(keys), "public", "/alerts/a/", sitetest.Now)
	if got := fmt.Sprint(v["boundary"]); got != "map[areas:[Westmere Scotland england] nations:[Scotland] told:Westmere and Public Health Scotland]" {
		t.Error(got)
	}
	if got := fmt.Sprint(v["rumour"]); got != "map[claim:Sweets. date: known: source:Police verdict:false]" {
		t.Error(got)
	}
	if got := fmt.Sprint(v["changed"]); got != "map[date:2026-11-03 note:Withdrawn: it was not so.]" {
		t.Error(got)
	}
	v = views(t, "-- content/alerts/a.md --\n"+alert(keys+"\n[[withhold]]\nfield = \"boundary_with\"\nreason = \"law-enforcement\"\n[[withhold]]\nfield = \"fill.claim\"\nreason = \"law-enforcement\""), "public", "/alerts/a/", sitetest.Now)
	if v["boundary"] != nil {
		t.Errorf("what is withheld is told of: %v", v["boundary"])
	}
	if rumour, _ := v["rumour"].(map[string]any); rumour != nil && strings.Contains(fmt.Sprint(rumour), "Sweets") {
		t.Errorf("what is withheld is told of: %v", rumour)
	}
}
