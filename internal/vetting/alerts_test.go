package vetting_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

const alertTemplate = `-- content/alert-templates/suspected.md --
+++
title = "Suspected"
summary = "For a suspicion."
date = 2026-09-21
audience = ["public"]
[[placeholder]]
key = "drug"
label = "Drug"
required = true
[[placeholder]]
key = "area"
label = "Area"
required = false
+++
People who take {{< placeholder "drug" >}} in {{< placeholder "area" >}} may be at risk. Call 999.
-- content/alert-templates/rumour.md --
+++
title = "Rumour"
summary = "For a rumour."
date = 2026-09-21
audience = ["public"]
[[placeholder]]
key = "claim"
label = "Claim"
required = true
[[placeholder]]
key = "verdict"
label = "Verdict"
required = true
+++
“{{< placeholder "claim" >}}” is {{< placeholder "verdict" >}}. Call 999.
`

// one is an alert of its name, issued on a day of November 2026 with further keys.
func one(name string, day int, keys string) string {
	return fmt.Sprintf(`-- content/alerts/%s.md --
+++
title = "Grey tablets"
summary = "They may be dangerous."
date = 2026-11-%02d
template = "suspected"
area = "Testford"
panel_met = 2026-11-%02d
issued = 2026-11-%02d
%s
+++
Call 999.
`, name, day, day, day, keys)
}

const issued = "status = \"issued\"\nevidence = \"suspected\"\n"

// told are findings as file:line:column rule, without the folder and the ending of the file.
func told(t *testing.T, archive, edition string) string {
	t.Helper()
	_, found := vet(t, sitetest.Files(archive), edition)
	found.Sort()
	var lines []string
	for _, f := range found {
		if f.Rule == diag.OneOpioid.Name {
			continue // these texts name one drug alone; strips_test.go has the cases
		}
		lines = append(lines, fmt.Sprintf("%s:%d:%d %s %s", strings.TrimSuffix(f.File[strings.LastIndex(f.File, "/")+1:], ".md"), f.Line, f.Column, f.Severity, f.Rule))
	}
	return strings.Join(lines, "\n")
}

func TestAlertsAmongEachOther(t *testing.T) {
	for _, tc := range []struct{ name, archive, want string }{
		{"as they should be", one("a", 1, issued) + one("b", 2, issued+`replaces = "/alerts/a/"`) + one("c", 3, issued+`correction_of = "content/alerts/b.md"`), ""},
		{"itself", one("a", 1, issued+`replaces = "/alerts/a/"`), "a:11:12 error replaces-loop"},
		{"three", one("a", 1, issued+`replaces = "b"`) + one("b", 1, issued+`replaces = "c"`) + one("c", 1, issued+`replaces = "a"`),
			"a:11:12 error replaces-loop\nb:11:12 error replaces-loop\nc:11:12 error replaces-loop"},
		{"two of one", one("a", 1, issued) + one("b", 2, issued+`replaces = "a"`) + one("c", 3, issued+`replaces = "a"`), "b:11:12 error replaced-twice\nc:11:12 error replaced-twice"},
		{"none of that name", one("grey", 1, issued) + one("b", 2, issued+`replaces = "/alerts/gray/"`), "b:11:12 error replaces-nothing"},
		{"a draft", one("a", 1, "status = \"draft\"\nevidence = \"suspected\"") + one("b", 2, issued+`replaces = "a"`), "a:9:1 notice draft\nb:11:12 error replaces-nothing"},
		{"withheld", one("a", 1, issued+`level = "restricted"`) + one("b", 2, issued+`replaces = "a"`), "b:11:12 error link-to-withheld-page"},
		{"by a draft", one("a", 1, issued) + one("b", 2, "status = \"draft\"\nevidence = \"suspected\"\nreplaces = \"nothing\""), "b:9:1 notice draft\nb:11:12 warning replaces-nothing"},
		{"of a page", one("a", 1, issued+`correction_of = "/pages/p/"`) + "-- content/pages/p.md --\n+++\ntitle = \"P\"\nsummary = \"S.\"\ndate = 2026-01-01\n+++\nP.\n", ""},
		{"in place of a page", one("a", 1, issued+`replaces = "/pages/p/"`) + "-- content/pages/p.md --\n+++\ntitle = \"P\"\nsummary = \"S.\"\ndate = 2026-01-01\n+++\nP.\n", "a:11:12 error replaces-nothing"},
		{"over before it began", one("a", 10, issued+"expires = 2026-11-09"), "a:11:11 error dates-out-of-order"},
		{"and withdrawn", one("a", 10, "status = \"withdrawn\"\nevidence = \"suspected\"\nexpires = 2026-11-09\nchange = [{date = 2026-11-11, note = \"N.\"}]"), "a:11:11 warning dates-out-of-order"},
		{"still to come", strings.Replace(one("a", 10, issued), "issued = 2026-11-10", "issued = 2026-11-30", 1), "a:8:10 warning dates-out-of-order"},
		{"nobody told", one("a", 10, issued+"boundary_with = [\"Westmere\"]"), "a:11:1 error not-told"},
		{"nothing told", one("a", 10, issued+"boundary_with = [\"Westmere\"]\ntold = \" \""), "a:11:1 error not-told"},
		{"told", one("a", 10, issued+"boundary_with = [\"Westmere\"]\ntold = \"Westmere, today\"") + one("b", 10, issued+"boundary_with = []"), ""},
		{"withdrawn without a word", one("a", 10, "status = \"withdrawn\"\nevidence = \"suspected\"\nboundary_with = [\"Westmere\"]"), "a:9:10 warning no-change-note\na:11:1 warning not-told"},
		{"updated without a word", one("a", 10, "status = \"updated\"\nevidence = \"suspected\""), "a:9:10 warning no-change-note"},
		{"too many", one("a", 10, issued) + one("b", 11, issued) + one("c", 12, issued) + one("d", 13, issued) + one("e", 14, issued), "e:8:10 warning alert-fatigue"},
		{"in force at once", "-- candour.toml --\n" + sitetest.Config + "[alerts]\nmax_live = 1\n" + one("a", 10, issued) + one("b", 11, issued), "b:9:10 warning alert-fatigue"},
	} {
		if got := told(t, tc.archive, "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

func TestFill(t *testing.T) {
	for _, tc := range []struct{ name, keys, want string }{
		{"all", issued + "[fill]\ndrug = \"pills\"\narea = \"A\"", ""},
		{"no table at all", issued, ""},
		{"what need not be", issued + "[fill]\ndrug = \"pills\"", ""},
		{"a required one", issued + "[fill]\narea = \"A\"", "a:11:2 error gap-not-filled"},
		{"an empty one", issued + "[fill]\ndrug = \" \"", "a:12:8 error gap-not-filled"},
		{"an unknown one", issued + "[fill]\ndrug = \"pills\"\naera = \"A\"", "a:13:1 error unknown-key"},
		{"in a draft", "status = \"draft\"\nevidence = \"suspected\"\n[fill]\narea = \"A\"", "a:9:1 notice draft\na:11:2 warning gap-not-filled"},
	} {
		if got := told(t, alertTemplate+one("a", 10, tc.keys), "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
	other := alertTemplate + strings.Replace(one("a", 10, issued), `"suspected"`, `"suspekted"`, 1)
	if got := told(t, other, "public"); got != "a:5:12 warning template-unknown" {
		t.Error(got)
	}
	template := map[string]string{}
	for _, key := range []string{"title", "summary"} {
		template[key] = regexp.MustCompile(`(?m)^` + key + ` = .*$`).FindString(alertTemplate)
	}
	for _, tc := range []struct{ keys, from, want string }{
		{issued, "title", "a:2:9 warning gap-not-filled"},
		{issued, "summary", "a:3:11 warning gap-not-filled"},
		{issued, "title summary", "a:2:9 error gap-not-filled\na:3:11 error gap-not-filled"},
		{"status = \"draft\"\nevidence = \"suspected\"\n", "title summary", "a:2:9 warning gap-not-filled\na:3:11 warning gap-not-filled\na:9:1 notice draft"},
		{"status = \"withdrawn\"\nevidence = \"suspected\"\nchange = [{date = 2026-11-11, note = \"N.\"}]\n", "title summary", ""},
	} {
		same := one("a", 10, tc.keys)
		for _, key := range strings.Fields(tc.from) {
			same = regexp.MustCompile(`(?m)^`+key+` = .*$`).ReplaceAllLiteralString(same, template[key])
		}
		if got := told(t, alertTemplate+same, "public"); got != tc.want {
			t.Errorf("%s of the template:\n%s\nwant\n%s", tc.from, got, tc.want)
		}
	}
}

func TestRumour(t *testing.T) {
	rumour := func(title, fill string) string {
		a := strings.Replace(one("a", 10, issued+"[fill]\n"+fill), `"suspected"`, `"rumour"`, 1)
		return alertTemplate + strings.Replace(a, "Grey tablets", title, 1)
	}
	const claim = "claim = \"Sweets with fentanyl were handed out at a school\"\n"
	for _, tc := range []struct{ name, archive, want string }{
		{"as it should be", rumour("What is known about drugs at schools", claim+`verdict = "false"`), ""},
		{"in its title", rumour("No sweets with fentanyl were handed out", claim+`verdict = "false"`), "a:2:9 error rumour-repeated"},
		{"another verdict", rumour("What is known about drugs at schools", claim+`verdict = "flase"`), "a:13:11 error bad-value"},
	} {
		if got := told(t, tc.archive, "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

func TestGapsOfATemplate(t *testing.T) {
	template := func(keys, body string) string {
		return "-- content/alert-templates/t.md --\n+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-09-21\naudience = [\"public\"]\n" + keys + "+++\n" + body + "\n"
	}
	gap := func(key string) string { return "[[placeholder]]\nkey = \"" + key + "\"\nlabel = \"L\"\n" }
	for _, tc := range []struct{ name, archive, want string }{
		{"used", template(gap("a")+gap("b"), `In {{< placeholder "a" >}} and {{< placeholder "b" >}}.`), ""},
		{"not defined", template(gap("area"), "In {{< placeholder \"area\" >}}.\n\nAnd {{< placeholder \"aera\" >}}."), "t:12:5 error bad-placeholder"},
		{"not used", template(gap("a")+gap("b"), `In {{< placeholder "a" >}}.`), "t:10:7 warning bad-placeholder"},
		{"twice", template(gap("a")+gap("a"), `In {{< placeholder "a" >}}.`), "t:10:7 error bad-placeholder"},
	} {
		if got := told(t, tc.archive, "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

func TestWords(t *testing.T) {
	body := func(keys, text string) string {
		return strings.Replace(one("a", 10, keys), "Call 999.\n", text+"\n", 1)
	}
	page := func(kind, text string) string {
		extra := ""
		if kind == "leaflets/festival" {
			extra = "setting = \"festival\"\naudience = [\"public\"]\n"
		}
		return "-- content/" + kind + "/p.md --\n+++\ntitle = \"P\"\nsummary = \"S.\"\ndate = 2026-01-01\n" + extra + "+++\n" + text + "\n"
	}
	const ruledOut = "status = \"issued\"\nevidence = \"ruled-out\"\n"
	for _, tc := range []struct{ name, archive, want string }{
		{"hedged", body(issued, "The pills may contain nitazenes. It is **not yet confirmed**."), ""},
		{"flat", body(issued, "Call 999.\n\n- Look out.\n- *These* pills\n  contain `nitazenes`. Stay calm."), "a:16:4 error claim-not-confirmed"},
		{"over lines and marks", body(issued, "Call 999. The pills have been con**firmed** to\ncontain nitazenes."), "a:13:11 error claim-not-confirmed"},
		{"in the title", strings.Replace(one("a", 10, issued), "Grey tablets", "Grey tablets contain fentanyl", 1), "a:2:9 error claim-not-confirmed"},
		{"ruled out", body(ruledOut, "The pills contain nitazenes."), "a:13:1 error claim-not-confirmed"},
		{"confirmed", body("status = \"issued\"\nevidence = \"confirmed\"\n", "The pills contain nitazenes."), ""},
		{"a draft", body("status = \"draft\"\nevidence = \"suspected\"\n", "The pills contain nitazenes."), "a:9:1 notice draft\na:13:1 warning claim-not-confirmed"},
		{"withdrawn", body("status = \"withdrawn\"\nevidence = \"ruled-out\"\nchange = [{date = 2026-11-11, note = \"N.\"}]\n", "The pills contain nitazenes."), "a:14:1 warning claim-not-confirmed"},
		{"a plan says what it will", page("pages", "The pills contain nitazenes."), ""},
		{"naloxone in an alert", body(issued, "Call 999.\n\nGive all the doses at once."), "a:15:1 error naloxone-dose"},
		{"naloxone in a leaflet", page("leaflets/festival", "Give a double dose of naloxone."), "p:8:1 error naloxone-dose"},
		{"a dash by itself", page("leaflets/festival", "Stay together - all of you -- 'please'."), ""},
		{"naloxone as it should be", page("pages", "Give one dose, wait two to three minutes, then give another."), ""},
		{"advertising", body(issued, "Call 999. A strong batch is about."), "a:13:13 warning advertising-words"},
		{"stigma", page("pages", "We help addicts and their families."), "p:6:9 warning stigmatising-words"},
		{"stigma in a summary", strings.Replace(page("pages", "P."), "S.", "Help for addicts.", 1), "p:3:11 warning stigmatising-words"},
		{"an area", strings.Replace(one("a", 10, issued), "Testford", "Where addicts meet", 1), "a:6:8 warning stigmatising-words"},
		{"a grade", body(issued+"grade = \"The pills contain nitazenes\"", "Call 999."), "a:11:9 error claim-not-confirmed"},
		{"who was told", body(issued+"told = \"All know that the pills contain nitazenes.\"", "Call 999."), "a:11:8 error claim-not-confirmed"},
		{"the source that is shown", body(issued+"source_shown = \"Staff: give two doses at once.\"", "Call 999."), "a:11:16 error naloxone-dose"},
		{"where it really came from", body(issued+"source = \"A nurse: the pills contain nitazenes.\"", "Call 999."), ""},
		{"a note on a change", body(issued+"[[change]]\ndate = 2026-11-10\nnote = \"The pills contain nitazenes.\"", "Call 999."), "a:13:8 error claim-not-confirmed"},
		{"what was filled in", body(issued+"[fill]\nclaim = \"Addicts sell strong pills.\"\nverdict = \"false\"\nknown = \"Addicts say so.\"", "Call 999."), "a:14:9 warning stigmatising-words"},
		{"what was filled in, read in the text", body(issued+"[fill]\nknown = \"Addicts say so.\"", "Addicts say so."), "a:14:1 warning stigmatising-words"},
		{"a contact slot", strings.Replace(page("leaflets/festival", "Call 999."), "setting =", "contact_slots = [\"Who helps addicts\"]\nsetting =", 1), "p:5:17 warning stigmatising-words"},
		{"a contact's label", "-- candour.toml --\n" + sitetest.Config + "[contacts]\nhelp = { label = \"Addicts' helpline\", value = \"111\" }\n" + page("pages", "Help."), "candour.toml:28:1 warning stigmatising-words"},
		{"spoken of", page("pages", "Say \"person who uses drugs\", not \"addict\"."), ""},
		{"may appear anywhere", "-- candour.toml --\n" + sitetest.Config + "phrases = [\"the Addicts Trust\"]\n" + page("pages", "Ask the Addicts Trust."), ""},
		{"an alert in another language", strings.Replace(body(issued, "Ffoniwch 999."), "a.md", "a.cy.md", 1) + body(issued, "Call 999."), "a.cy:0:0 notice interface-words-not-reviewed\na.cy:1:0 warning wording-not-read\na.cy:1:0 notice translation-not-reviewed"},
		{"an alert that a native speaker has read", strings.Replace(body(issued+"translation_reviewed = true\n", "Ffoniwch 999."), "a.md", "a.cy.md", 1) + body(issued, "Call 999."), "a.cy:0:0 notice interface-words-not-reviewed"},
		{"another language", strings.Replace(page("pages", "Help."), "p.md", "p.cy.md", 1) + page("pages", "Help."), "p.cy:0:0 notice interface-words-not-reviewed\np.cy:1:0 notice translation-not-reviewed"},
	} {
		if got := told(t, tc.archive, "public"); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

// Each edition is judged by what it shows: the doubt that is withheld from readers does not make a claim a doubt to them.
func TestWordsOfAnEdition(t *testing.T) {
	archive := strings.Replace(one("a", 10, issued+"[[withhold]]\npassage = \"x\"\nreason = \"law-enforcement\"\nlevel = \"partners\""), "Call 999.\n",
		"Call 999. {{< passage \"x\" >}}We think that{{< /passage >}} the pills contain nitazenes.\n", 1)
	for edition, want := range map[string]bool{"public": true, "partners": false} {
		if got := strings.Contains(told(t, archive, edition), "claim-not-confirmed"); got != want {
			t.Errorf("%s: found %v", edition, got)
		}
	}
}
