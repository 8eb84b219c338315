package vetting_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/content"
	"candour/internal/load"
	"candour/internal/sitetest"
	"candour/internal/vetting"
)

const alertFile = "content/alerts/grey/index.md"

// alert is what the roles sign. %s is where sign-offs go.
const alert = `+++
title = "Grey tablets"
summary = "Grey tablets may hold something dangerous."
date = 2026-11-20
template = "suspected"
status = "issued"
area = "Testford"
evidence = "suspected"
panel_met = 2026-11-20T10:00:00
issued = 2026-11-20T11:00:00
expires = 2026-12-04T18:00:00
told = "Our neighbours in Westford."
attachments = ["figures.csv"]

[[withhold]]
field = "told"
level = "partners"
reason = "law-enforcement"

[[change]]
date = 2026-11-20
note = "First issued."
%s+++
Call 999.

## Where

In town.
`

func alertFiles(text string) fstest.MapFS {
	return fstest.MapFS{
		"candour.toml":                    {Data: []byte(strings.Replace(sitetest.Config, "alerts = []", `alerts = ["police"]`, 1))},
		alertFile:                         {Data: []byte(text)},
		"content/alerts/grey/figures.csv": {Data: []byte("day,calls\nFriday,3\n")},
	}
}

func digest(t *testing.T, files fstest.MapFS) string {
	t.Helper()
	return digestOf(t, files, alertFile)
}

func digestOf(t *testing.T, files fstest.MapFS, file string) string {
	t.Helper()
	opt := sitetest.Options(files, "public").Load
	opt.Only = file
	repo, found, err := load.Load(context.Background(), opt)
	if err != nil || repo == nil {
		t.Fatalf("%v\n%s", err, sitetest.Print(found))
	}
	d, err := vetting.Digest(repo, repo.Pages()[0])
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What a sign-off survives: nothing but changes that make the public safer (contract, section 5).
func TestSignOff(t *testing.T) {
	replace := func(pairs ...string) func(string) string { return strings.NewReplacer(pairs...).Replace }
	addChange := func(s string) string {
		return strings.Replace(s, "[[signoff]]", "[[change]]\ndate = 2026-11-21\nnote = \"Withdrawn: it was flour.\"\n\n[[signoff]]", 1)
	}
	addFlag := func(s string) string {
		return strings.Replace(s, "[[signoff]]", "[[withhold]]\nsection = \"where\"\nreason = \"law-enforcement\"\n\n[[signoff]]", 1)
	}
	withdraw := replace(`status = "issued"`, `status = "withdrawn"`)
	forward := replace("expires = 2026-12-04T18:00:00", "expires = 2026-11-25T09:30:00")
	const same, kept, stale = "", "sign-off-kept", "sign-off-stale"
	for _, tc := range []struct {
		name   string
		change func(string) string
		want   string
	}{
		{"nothing", replace(), same},
		{"line ends", replace("\n", "\r\n"), same},
		{"order of keys", replace("title = \"Grey tablets\"\n", "", "date = 2026-11-20\ntemplate", "title = \"Grey tablets\"\ndate = 2026-11-20\ntemplate"), same},
		{"a comment", replace("[[change]]", "# who decided?\n[[change]]"), same},
		{"spelling of a text", replace(`"Testford"`, `'Testford'`), same},
		{"another sign-off", replace("[[signoff]]", "[[signoff]]\nrole = \"public-health\"\ndate = 2026-11-20\ndigest = \"sha256:00\"\n\n[[signoff]]"), "sign-off-not-needed"},

		{"withdrawn", withdraw, kept},
		{"withdrawn with a note", func(s string) string { return withdraw(addChange(s)) }, kept},
		{"expiry brought forward", forward, kept},
		{"expiry brought forward to a day", replace("expires = 2026-12-04T18:00:00", "expires = 2026-11-25"), kept},
		{"brought forward, then withdrawn", func(s string) string { return withdraw(forward(addChange(s))) }, kept},
		{"level raised", replace("title =", "level = \"restricted\"\ntitle ="), kept},
		{"more withheld", addFlag, kept},
		{"withheld at a higher level", replace("level = \"partners\"\nreason", "level = \"restricted\"\nreason"), kept},
		{"withheld more and withdrawn", func(s string) string { return withdraw(addFlag(addChange(s))) }, kept},

		{"body", replace("Call 999.", "Call nobody."), stale},
		{"white space of the body", replace("Call 999.\n", "Call 999.  \n"), stale},
		{"title", replace("Grey tablets\"\nsummary", "Blue tablets\"\nsummary"), stale},
		{"a key of the core added", replace("title =", "grade = \"Red\"\ntitle ="), stale},
		{"a day given a time", replace("date = 2026-11-20\ntemplate", "date = 2026-11-20T00:00:00\ntemplate"), stale},
		{"status, not to withdrawn", replace(`status = "issued"`, `status = "updated"`), stale},
		{"a note alone", addChange, stale},
		{"withdrawn, and the old note changed", func(s string) string { return withdraw(strings.Replace(s, "First issued.", "Never issued.", 1)) }, stale},
		{"expiry put off", replace("expires = 2026-12-04T18:00:00", "expires = 2026-12-05T18:00:00"), stale},
		{"expiry taken out", replace("expires = 2026-12-04T18:00:00\n", ""), stale},
		{"less withheld", replace("[[withhold]]\nfield = \"told\"\nlevel = \"partners\"\nreason = \"law-enforcement\"\n", ""), stale},
		{"withheld for another reason", replace("law-enforcement", "confidential"), stale},
		{"released", replace("[[change]]", "[[release]]\nfield = \"source\"\napproved_by = \"police\"\n\n[[change]]", "told =", "source = \"A nurse.\"\ntold ="), stale},
		{"withdrawn and changed", func(s string) string { return withdraw(strings.Replace(s, "Call 999.", "Call nobody.", 1)) }, stale},
	} {
		t.Run(tc.name, func(t *testing.T) {
			signed := "\n[[signoff]]\nrole = \"police\"\ndate = 2026-11-20\ndigest = \"" + digest(t, alertFiles(fmt.Sprintf(alert, ""))) + "\"\n"
			text := tc.change(fmt.Sprintf(alert, signed))
			if tc.name != "nothing" && text == fmt.Sprintf(alert, signed) {
				t.Fatal("nothing was changed")
			}
			// A page above the clearance needs no sign-off in the public edition; how it stands can be told all the same.
			v, found := vet(t, alertFiles(text), "public")
			p := page(v, alertFile)
			got := rules(found)
			if p.Absence != vetting.Present {
				switch {
				case len(p.SignOff.Safer) > 0:
					got = kept
				case len(p.SignOff.Stale) > 0:
					got = stale
				}
			}
			if got != tc.want {
				t.Errorf("found %q, want %q\n%s", got, tc.want, sitetest.Print(found))
			}
			if v.Blocked() != (tc.want == stale) {
				t.Errorf("blocked: %v", v.Blocked())
			}
		})
	}
}

// However far an expiry is brought forward, the sign-off holds.
func TestExpiryBroughtForward(t *testing.T) {
	for _, was := range []string{"2026-11-25T09:31:00", "2027-01-03", "2027-01-20T07:07:00Z", "2027-03-31T23:59:00", "2027-10-01T18:00:00", "2027-10-01T17:45:00+01:00", ""} {
		before := strings.Replace(alert, "expires = 2026-12-04T18:00:00\n", map[bool]string{true: "expires = " + was + "\n"}[was != ""], 1)
		signed := "\n[[signoff]]\nrole = \"police\"\ndate = 2026-11-20\ndigest = \"" + digest(t, alertFiles(fmt.Sprintf(before, ""))) + "\"\n"
		_, found := vet(t, alertFiles(strings.Replace(fmt.Sprintf(alert, signed), "2026-12-04T18:00:00", "2026-11-25T09:30:00", 1)), "public")
		if rules(found) != "sign-off-kept" {
			t.Errorf("from %q: found %q", was, rules(found))
		}
	}
}

// However many alerts are stale at once, comparing them stays bounded: beyond the first dozen only the times that people
// write are tried, and what is not found is stale.
func TestManyStaleAlerts(t *testing.T) {
	files := alertFiles("")
	delete(files, alertFile)
	delete(files, "content/alerts/grey/figures.csv")
	const alerts = 14
	for i := range alerts {
		was := "2026-11-26T09:31:00"
		if i == alerts-1 {
			was = "2026-11-26T09:45:00"
		}
		name := fmt.Sprintf("content/alerts/a%02d.md", i)
		text := strings.Replace(strings.Replace(alert, "attachments = [\"figures.csv\"]\n", "", 1), "2026-12-04T18:00:00", was, 1)
		one := alertFiles("")
		delete(one, alertFile)
		delete(one, "content/alerts/grey/figures.csv")
		one[name] = &fstest.MapFile{Data: []byte(fmt.Sprintf(text, ""))}
		signed := "\n[[signoff]]\nrole = \"police\"\ndate = 2026-11-20\ndigest = \"" + digestOf(t, one, name) + "\"\n"
		files[name] = &fstest.MapFile{Data: []byte(strings.Replace(fmt.Sprintf(text, signed), was, "2026-11-25T09:30:00", 1))}
	}
	_, found := vet(t, files, "public")
	kept, stale := 0, ""
	for _, f := range found {
		switch f.Rule {
		case "sign-off-kept":
			kept++
		case "sign-off-stale":
			stale += f.File
		}
	}
	if kept != alerts-1 || stale != "content/alerts/a12.md" {
		t.Errorf("%d sign-offs hold, and stale is %q\n%s", kept, stale, sitetest.Print(found))
	}
}

// A sign-off is bound to the files of the page's folder too: bytes and names.
func TestSignOffOfFiles(t *testing.T) {
	files := alertFiles(fmt.Sprintf(alert, ""))
	was := digest(t, files)
	files["content/alerts/grey/figures.csv"].Data = []byte("day,calls\nFriday,4\n")
	if digest(t, files) == was {
		t.Error("the bytes of a file are no part of the digest")
	}
	files["content/alerts/grey/figures.csv"].Data = []byte("day,calls\nFriday,3\n")
	if digest(t, files) != was {
		t.Error("the same files have another digest")
	}
	files["content/alerts/grey/more.csv"] = &fstest.MapFile{Data: []byte("a\n")}
	if digest(t, files) == was {
		t.Error("a further file is no part of the digest")
	}
	delete(files, "content/alerts/grey/more.csv")
	files["content/alerts/grey/renamed.csv"] = files["content/alerts/grey/figures.csv"]
	delete(files, "content/alerts/grey/figures.csv")
	if digest(t, files) == was {
		t.Error("the name of a file is no part of the digest")
	}
}

// The digest of a page is part of the contract: a change of how it is made would make every sign-off stale.
func TestDigestStays(t *testing.T) {
	const want = "sha256:1885e69e08513dce384cb1c7974e281461010dc8ac117469d6a808096ea4b43a"
	if got := digest(t, alertFiles(fmt.Sprintf(alert, ""))); got != want {
		t.Errorf("the digest is %s, want %s", got, want)
	}
}

// Gates stand in the public edition alone; elsewhere an unsigned page says so.
func TestGatesByEdition(t *testing.T) {
	for edition, want := range map[string]string{"public": "sign-off-missing", "partners": "", "internal": ""} {
		v, found := vet(t, alertFiles(fmt.Sprintf(alert, "")), edition)
		if rules(found) != want {
			t.Errorf("%s: found %q, want %q", edition, rules(found), want)
		}
		if page(v, alertFile).SignOff.Vetted() {
			t.Errorf("%s: an unsigned page counts as vetted", edition)
		}
	}
}

func TestAlertGates(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"as it should be", "", "", ""},
		{"panel on the same day", "panel_met = 2026-11-20T10:00:00\nissued = 2026-11-20T11:00:00", "panel_met = 2026-11-20\nissued = 2026-11-20", ""},
		{"panel at the very moment", "panel_met = 2026-11-20T10:00:00", "panel_met = 2026-11-20T11:00:00", ""},
		{"no panel", "panel_met = 2026-11-20T10:00:00\n", "", "panel-not-met"},
		{"panel after", "panel_met = 2026-11-20T10:00:00", "panel_met = 2026-11-20T11:00:01", "panel-not-met"},
		{"panel a day after", "panel_met = 2026-11-20T10:00:00\nissued = 2026-11-20T11:00:00", "panel_met = 2026-11-20\nissued = 2026-11-19", "panel-not-met"},
		{"not issued", "issued = 2026-11-20T11:00:00\n", "", "missing-key"},
		{"photo, suspected", "told =", "photo = \"a.jpg\"\ntold =", "photo-not-confirmed"},
		{"photo, confirmed", "evidence = \"suspected\"", "evidence = \"confirmed\"\nphoto = \"a.jpg\"", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			files := alertFiles(strings.Replace(fmt.Sprintf(alert, ""), tc.old, tc.new, 1))
			files["candour.toml"].Data = []byte(sitetest.Config)
			files["content/alerts/grey/a.jpg"] = &fstest.MapFile{Data: []byte("a")}
			if _, found := vet(t, files, "public"); rules(found) != tc.want {
				t.Errorf("found %q, want %q\n%s", rules(found), tc.want, sitetest.Print(found))
			}
		})
	}
}

func TestReviewOverdue(t *testing.T) {
	for _, tc := range []struct{ name, old, new, want string }{
		{"not yet", "", "", ""},
		{"until the end of the day", "next_review = 2027-09-14", "next_review = 2026-11-20", ""},
		{"the day after", "next_review = 2027-09-14", "next_review = 2026-11-19", "review-overdue"},
		{"review_by", "tags =", "review_by = 2026-11-01\ntags =", "review-overdue"},
		{"before the narrative", "reviewed = 2026-09-14", "reviewed = 2026-08-31", "review-overdue"},
		{"on the day of the narrative", "reviewed = 2026-09-14", "reviewed = 2026-09-01", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			files := plan("", "Text.\n")
			files["content/plans/a.md"].Data = []byte(strings.Replace(string(files["content/plans/a.md"].Data), tc.old, tc.new, 1))
			files["content/narrative/n.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"N\"\nsummary = \"S.\"\ndate = 2026-09-01\nversion = \"1\"\npublisher = \"P\"\n+++\nText.\n")}
			if _, found := vet(t, files, "public"); rules(found) != tc.want {
				t.Errorf("found %q, want %q\n%s", rules(found), tc.want, sitetest.Print(found))
			}
		})
	}
}

// An introduction of a section is no page that anybody signs.
func TestSectionsNeedNoSignOff(t *testing.T) {
	files := fstest.MapFS{
		"candour.toml":            {Data: []byte(strings.Replace(sitetest.Config, "plans = []", `plans = ["police"]`, 1))},
		"content/plans/_index.md": {Data: []byte("+++\ntitle = \"Plans\"\nsummary = \"S.\"\ndate = 2026-09-01\n+++\nText.\n")},
	}
	v, found := vet(t, files, "public")
	if !v.Sound() || len(found) > 0 {
		t.Errorf("found:\n%s", sitetest.Print(found))
	}
	if p := page(v, "content/plans/_index.md"); p.Kind != content.Plans || !p.Section {
		t.Error("it is not the introduction of the plans")
	}
}
