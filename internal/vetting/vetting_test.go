package vetting_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/sitetest"
	"candour/internal/vetting"
)

// vet reads and vets a repository for an edition.
func vet(t *testing.T, files fstest.MapFS, edition string) (*vetting.Vetted, diag.List) {
	t.Helper()
	opt := sitetest.Options(files, edition).Load
	repo, found, err := load.Load(context.Background(), opt)
	if err != nil || repo == nil {
		t.Fatalf("cannot be read: %v\n%s", err, sitetest.Print(found))
	}
	e, ok := repo.Config().Edition(edition)
	if !ok {
		t.Fatalf("there is no edition %q", edition)
	}
	v, found, err := vetting.Vet(context.Background(), repo, vetting.Options{Edition: e})
	if err != nil {
		t.Fatal(err)
	}
	return v, found
}

func page(v *vetting.Vetted, file string) *vetting.Page {
	i := slices.IndexFunc(v.Pages(), func(p *vetting.Page) bool { return p.File == file })
	if i < 0 {
		return nil
	}
	return v.Pages()[i]
}

// rules names the rules of findings, each once.
func rules(found diag.List) string {
	var names []string
	for _, f := range found {
		if !slices.Contains(names, f.Rule) {
			names = append(names, f.Rule)
		}
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

const planFront = `title = "Plan"
summary = "How we prepare."
date = 2026-09-14
partnership = "Testford Combating Drugs Partnership"
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes"]
tags = ["one", "two"]

[[lead]]
element = "general"
role = "Director of Public Health"
name = "Marguerite Quillon"
phone = "07700 900123"

[[lead]]
element = "treat"
role = "Treatment lead"
name = "Ida Fenwright"

[extra]
note = "ours"
`

func plan(flags, body string) fstest.MapFS {
	return fstest.MapFS{
		"candour.toml":       {Data: []byte(sitetest.Config)},
		"content/plans/a.md": {Data: []byte("+++\n" + planFront + flags + "+++\n" + body)},
	}
}

func TestFieldLevels(t *testing.T) {
	const withhold, release = "\n[[withhold]]\nreason = \"law-enforcement\"\n", "\n[[release]]\napproved_by = \"police\"\nreason = \"agreed\"\n"
	for _, tc := range []struct {
		name, flags, field string
		want               level.Level
		reason, by         string
		shown              bool
		found              string
	}{
		{"public by default", "", "lead.0.role", level.Public, "", "", true, ""},
		{"restricted by default", "", "lead.0.phone", level.Restricted, "personal-information", "the schema's default", true, ""},
		{"extra is restricted and leaves no marker", "", "extra.note", level.Restricted, "confidential", "the schema's default", false, ""},
		{"withheld", withhold + `field = "lead.0.role"`, "lead.0.role", level.Restricted, "law-enforcement", "[[withhold]] at line 25", true, ""},
		{"withheld from the public only", withhold + "level = \"partners\"\nfield = \"summary\"", "summary", level.Partners, "law-enforcement", "[[withhold]] at line 25", true, ""},
		{"withheld without a marker", withhold + "show = \"nothing\"\nfield = \"summary\"", "summary", level.Restricted, "law-enforcement", "[[withhold]] at line 25", false, ""},
		{"withheld by a star", withhold + `field = "lead.*.role"`, "lead.1.role", level.Restricted, "law-enforcement", "[[withhold]] at line 25", true, ""},
		{"withheld with all it is part of", withhold + `field = "lead"`, "lead.1.element", level.Restricted, "law-enforcement", "[[withhold]] at line 25", true, "flag"},
		{"one item of a list", withhold + `field = "tags.1"`, "tags.1", level.Restricted, "law-enforcement", "[[withhold]] at line 25", true, ""},
		{"the other item of a list", withhold + `field = "tags.1"`, "tags.0", level.Public, "", "", true, ""},
		{"below the default", withhold + "level = \"partners\"\nfield = \"lead.0.phone\"", "lead.0.phone", level.Restricted, "personal-information", "the schema's default", true, "flag-below"},
		{"released", release + `field = "lead.0.name"`, "lead.0.name", level.Public, "personal-information", "the schema's default", true, ""},
		{"released to partners", release + "level = \"partners\"\nfield = \"lead.0.name\"", "lead.0.name", level.Partners, "personal-information", "the schema's default", true, ""},
		{"only what is named is released", release + `field = "lead.0.name"`, "lead.1.name", level.Restricted, "personal-information", "the schema's default", true, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v, found := vet(t, plan(tc.flags+"\n", "Text.\n"), "public")
			if !v.Sound() {
				t.Fatalf("refused:\n%s", sitetest.Print(found))
			}
			if tc.found != "flag" && rules(found) != tc.found {
				t.Errorf("found %q, want %q", rules(found), tc.found)
			}
			f := page(v, "content/plans/a.md").Field(tc.field)
			if f == nil {
				t.Fatalf("there is no field %s", tc.field)
			}
			if f.Level != tc.want || f.Reason != tc.reason || f.By != tc.by || f.Shown != tc.shown {
				t.Errorf("level %s, reason %q, by %q, shown %v", f.Level, f.Reason, f.By, f.Shown)
			}
		})
	}
}

func TestFlagsThatCannotBe(t *testing.T) {
	for _, tc := range []struct{ name, flags, want string }{
		{"no such field", "\n[[withhold]]\nfield = \"lead.*.fone\"\nreason = \"law-enforcement\"\n", "withhold-matches-nothing"},
		{"no such item", "\n[[withhold]]\nfield = \"lead.2.phone\"\nreason = \"law-enforcement\"\n", "withhold-matches-nothing"},
		{"a field that steers candour", "\n[[withhold]]\nfield = \"level\"\nreason = \"law-enforcement\"\n", "withhold-matches-nothing"},
		{"no such section", "\n[[withhold]]\nsection = \"nowhere\"\nreason = \"law-enforcement\"\n", "withhold-matches-nothing"},
		{"no such passage", "\n[[withhold]]\npassage = \"nothing\"\nreason = \"law-enforcement\"\n", "withhold-matches-nothing"},
		{"no such file", "\n[[withhold]]\nfile = \"map.csv\"\nreason = \"law-enforcement\"\n", "withhold-matches-nothing"},
		{"release of nothing", "\n[[release]]\nfield = \"lead.9.name\"\napproved_by = \"police\"\n", "withhold-matches-nothing"},
		{"two at once", "\n[[withhold]]\nfield = \"summary\"\nsection = \"one\"\nreason = \"law-enforcement\"\n", "bad-flag"},
		{"none at all", "\n[[withhold]]\nreason = \"law-enforcement\"\n", "bad-flag"},
		{"withheld and released", "\n[[withhold]]\nfield = \"lead.*.name\"\nreason = \"law-enforcement\"\n[[release]]\nfield = \"lead.0.name\"\napproved_by = \"police\"\n", "bad-flag"},
		{"section withheld and released", "\n[[withhold]]\nsection = \"one\"\nreason = \"law-enforcement\"\n[[release]]\nsection = \"one\"\napproved_by = \"police\"\n", "bad-flag"},
		{"no reason", "\n[[withhold]]\nfield = \"summary\"\n", "missing-key"},
		{"unknown reason", "\n[[withhold]]\nfield = \"summary\"\nreason = \"because\"\n", "bad-value"},
		{"nobody approved", "\n[[release]]\nfield = \"lead.0.name\"\n", "missing-key"},
		{"two headings of one id", "\n[[withhold]]\nsection = \"same\"\nreason = \"law-enforcement\"\n", "ambiguous-section"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			v, found := vet(t, plan(tc.flags, "## One\n\nText.\n\n## A {#same}\n\n## B {#same}\n"), "public")
			if v.Sound() || rules(found) != tc.want {
				t.Errorf("found %q, want %q\n%s", rules(found), tc.want, sitetest.Print(found))
			}
			if text := sitetest.Print(found); strings.Contains(text, "Quillon") || strings.Contains(text, "900123") {
				t.Errorf("a withheld value is named:\n%s", text)
			}
		})
	}
}

// A heading in a list would end a withheld section where its author sees no end, so that what follows came out.
func TestSectionThatEndsInAList(t *testing.T) {
	flag := "\n[[withhold]]\nsection = \"one\"\nreason = \"law-enforcement\"\n"
	for _, tc := range []struct{ name, body, want string }{
		{"in a list", "## One\n\nText.\n\n- ## Within\n\nMore.\n", "bad-flag"},
		{"in a quote", "## One\n\nText.\n\n> # Within\n\nMore.\n", "bad-flag"},
		{"lower in rank, so that it ends nothing", "## One\n\nText.\n\n- ### Within\n\nMore.\n\n## Two\n", ""},
		{"the section is in the list itself", "- ## One\n\n  Text.\n- ## Two\n\n  More.\n", ""},
		{"after the end", "## One\n\nText.\n\n## Two\n\n- ## Within\n\nMore.\n", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, found := vet(t, plan(flag, tc.body), "public")
			if got := rules(found); got != tc.want {
				t.Errorf("found %q, want %q\n%s", got, tc.want, sitetest.Print(found))
			}
		})
	}
}

// What the marks of a broken passage say is told once: that its flag matches nothing is not news.
func TestBrokenPassageIsToldOnce(t *testing.T) {
	_, found := vet(t, plan("\n[[withhold]]\npassage = \"p\"\nreason = \"law-enforcement\"\n", "## One\n\n{{< passage \"p\" >}}inside.\n"), "public")
	if got := rules(found); got != "bad-passage" {
		t.Errorf("found %q\n%s", got, sitetest.Print(found))
	}
}

// A section with an id of its own is named by it, any other by its line: the id that a heading gets is its words.
func TestNameOfASection(t *testing.T) {
	for body, want := range map[string]string{"## Harbour {#one}\n\nText.\n": `section "one"`, "## One\n\nText.\n": "section at line"} {
		v, found := vet(t, plan("\n[[withhold]]\nsection = \"one\"\nreason = \"law-enforcement\"\n", body), "public")
		if !v.Sound() {
			t.Fatal(sitetest.Print(found))
		}
		if got := page(v, "content/plans/a.md").Cuts[0].Label; !strings.HasPrefix(got, want) {
			t.Errorf("named %q, want %q", got, want)
		}
	}
}

// A section takes its heading and everything to the next heading of the same or a higher rank.
func TestSectionsAndPassages(t *testing.T) {
	const text = "Top.\n\n## One\n\nText.\n\n### Below\n\nMore {{< passage \"p\" >}}inside{{< /passage >}}.\n\n## Two\n\nLast.\n"
	v, found := vet(t, plan("\n[[withhold]]\nsection = \"one\"\nreason = \"law-enforcement\"\n\n[[withhold]]\npassage = \"p\"\nlevel = \"partners\"\nreason = \"confidential\"\n", text), "public")
	if !v.Sound() {
		t.Fatalf("refused:\n%s", sitetest.Print(found))
	}
	cuts := page(v, "content/plans/a.md").Cuts
	if len(cuts) != 2 {
		t.Fatalf("%d cuts", len(cuts))
	}
	section, passage := cuts[0], cuts[1]
	if got := text[section.Span.Start:section.Span.End]; !strings.HasPrefix(got, "## One") || !strings.Contains(got, "### Below") || strings.Contains(got, "Two") {
		t.Errorf("the section is %q", got)
	}
	if got := text[passage.Inner.Start:passage.Inner.End]; got != "inside" || passage.Level != level.Partners {
		t.Errorf("the passage is %q at %s", got, passage.Level)
	}
	if passage.Line != 42 || section.Line != 36 {
		t.Errorf("lines %d and %d", section.Line, passage.Line)
	}
}

// A translation inherits the flags and levels of its source and may add to them.
func TestTranslations(t *testing.T) {
	flags := "\n[[withhold]]\nfield = \"lead.*.role\"\nreason = \"law-enforcement\"\n"
	files := plan(flags, "Text.\n")
	files["content/plans/a.cy.md"] = &fstest.MapFile{Data: []byte("+++\n" + planFront + "\n[[withhold]]\nfield = \"summary\"\nreason = \"confidential\"\n+++\nTestun.\n")}
	v, found := vet(t, files, "public")
	if !v.Sound() {
		t.Fatalf("refused:\n%s", sitetest.Print(found))
	}
	welsh, english := page(v, "content/plans/a.cy.md"), page(v, "content/plans/a.md")
	if welsh.Address != "/cy/plans/a/" || welsh.Field("lead.0.role").Level != level.Restricted || welsh.Field("summary").Level != level.Restricted {
		t.Error("the translation does not inherit, or does not add")
	}
	if english.Field("summary").Level != level.Public {
		t.Error("the source takes what its translation adds")
	}
	if by := welsh.Field("lead.0.role").By; by != "[[withhold]] of content/plans/a.md" {
		t.Errorf("by %q", by)
	}

	files["content/plans/a.md"] = &fstest.MapFile{Data: []byte("+++\nlevel = \"partners\"\n" + planFront + "+++\nText.\n")}
	v, _ = vet(t, files, "public")
	if p := page(v, "content/plans/a.cy.md"); p.Level != level.Partners || p.Absence != vetting.Above {
		t.Errorf("the translation of a page for partners is at %s", p.Level)
	}
	delete(files, "content/plans/a.md")
	if v, found = vet(t, files, "public"); v.Sound() || rules(found) != "interface-words-not-reviewed misplaced-file translation-not-reviewed" {
		t.Errorf("a translation of nothing: %q", rules(found))
	}
}

func TestAbsences(t *testing.T) {
	head := func(rest string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte("+++\ntitle = \"T\"\nsummary = \"S.\"\n" + rest + "+++\nText.\n")}
	}
	alert := "date = 2026-11-01\ntemplate = \"x\"\narea = \"A\"\nevidence = \"suspected\"\npanel_met = 2026-11-01\nissued = 2026-11-01\n"
	files := fstest.MapFS{
		"candour.toml":              {Data: []byte(sitetest.Config)},
		"content/pages/now.md":      head("date = 2026-11-20\n"),
		"content/pages/moment.md":   head("date = 2026-11-20T18:00:00Z\n"),
		"content/pages/later.md":    head("date = 2026-11-20T18:00:01Z\n"),
		"content/pages/partners.md": head("date = 2026-11-20\nlevel = \"partners\"\n"),
		"content/alerts/draft.md":   head(alert + "status = \"draft\"\n"),
		"content/alerts/live.md":    head(alert + "status = \"issued\"\n"),
	}
	for edition, want := range map[string]map[string]vetting.Absence{
		"public": {"pages/now": vetting.Present, "pages/moment": vetting.Present, "pages/later": vetting.NotYet, "pages/partners": vetting.Above,
			"alerts/draft": vetting.DraftAlert, "alerts/live": vetting.Present},
		"partners": {"pages/partners": vetting.Present, "alerts/draft": vetting.DraftAlert},
		"internal": {"pages/partners": vetting.Present, "alerts/draft": vetting.Present, "pages/later": vetting.NotYet},
	} {
		v, found := vet(t, files, edition)
		if !v.Sound() {
			t.Fatalf("refused:\n%s", sitetest.Print(found))
		}
		for name, absence := range want {
			if got := page(v, "content/"+name+".md").Absence; got != absence {
				t.Errorf("%s: %s is %d, want %d", edition, name, got, absence)
			}
		}
	}
}

func TestEditionWithoutFindings(t *testing.T) {
	v, found := vet(t, plan("", "Text.\n"), "internal")
	if !v.Sound() || len(found) > 0 || v.Edition().Clearance != level.Restricted {
		t.Errorf("found:\n%s", sitetest.Print(found))
	}
	if (config.Edition{}) == v.Edition() {
		t.Error("the edition is lost")
	}
}
