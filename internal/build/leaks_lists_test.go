package build_test

import (
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

// Keys below [extra] are the author's own. One may be somebody's name: neither the register nor a template may show it where
// what stands under it is withheld, and the audit knows it.
func TestKeysOfOnesOwnAreWithheldToo(t *testing.T) {
	const front = "[[withhold]]\nfield = \"extra.%s\"\nreason = \"confidential\"\n[extra.contacts]\n\"" + person + "\" = \"the night desk\"\nrota = \"the day desk\"\n"
	curious := layout("pages/page.html", `<pre>{{ jsonify .Params }}</pre>{{ .Content }}`)
	for _, flag := range []string{"contacts", "contacts.*"} {
		out := sitetest.Must(t, page("pages/about.md", strings.Replace(front, "%s", flag, 1), "Text.")+curious, "public")
		clean(t, out)
		register := sitetest.File(t, out, "withheld/index.html")
		if !strings.Contains(register, "Extra") || strings.Contains(strings.ToLower(register), "rota") {
			t.Errorf("%s: the register reads:\n%s", flag, register)
		}
	}
	out := sitetest.Build(t, page("pages/about.md", strings.Replace(front, "%s", "contacts.*", 1), "Ask "+person+"."), "public")
	clean(t, out)
	if out.Audited != nil || !out.Findings.Has(diag.Leak) {
		t.Errorf("the key is not searched for:\n%s", sitetest.Print(out.Findings))
	}
	out = sitetest.Build(t, page("pages/about.md", strings.Replace(front, "%s", "nobody", 1), "Text."), "public")
	clean(t, out)
	if !out.Findings.Has(diag.WithholdMatchesNothing) {
		t.Errorf("a flag that matches nothing passes:\n%s", sitetest.Print(out.Findings))
	}
}

// A flag that counts the entries of a list is inherited only by a translation that has the same entries in the same order:
// else it would release another person's name, or withhold another note.
func TestInheritedFlagsThatCount(t *testing.T) {
	const flag = "[[withhold]]\nfield = \"change.0.note\"\nreason = \"confidential\"\n"
	note := func(day, text string) string {
		return "[[change]]\ndate = 2026-11-0" + day + "\nnote = \"" + text + "\"\n"
	}
	source := page("pages/about.md", flag+note("2", "Quillonbury was added to this.")+note("1", "First version."), "Text.")
	for name, tc := range map[string]struct {
		files string
		fits  bool
	}{
		"the same entries":    {source + page("pages/about.cy.md", note("2", told)+note("1", "Cyntaf."), "Testun."), true},
		"in another order":    {source + page("pages/about.cy.md", note("1", "Cyntaf.")+note("2", told), "Testun."), false},
		"fewer":               {source + page("pages/about.cy.md", note("1", told), "Testun."), false},
		"a star counts none":  {strings.Replace(source, "change.0", "change.*", 1) + page("pages/about.cy.md", note("1", told), "Testun."), true},
		"a date that changed": {source + page("pages/about.cy.md", note("3", told)+note("1", "Cyntaf."), "Testun."), true},
		"texts in another order": {page("pages/about.md", "tags = [\""+dwell+"\", \"naloxone\"]\n[[withhold]]\nfield = \"tags.0\"\nreason = \"confidential\"\n", "Text.") +
			page("pages/about.cy.md", "tags = [\"naloxone\", \""+dwell+"\"]", "Testun."), false},
	} {
		out := sitetest.Build(t, tc.files, "public")
		clean(t, out)
		if fits := out.Audited != nil; fits != tc.fits || !fits && !out.Findings.Has(diag.WithholdMatchesNothing) {
			t.Errorf("%s: published: %v\n%s", name, fits, sitetest.Print(out.Findings))
		}
	}
	lead := func(role, name string) string {
		return "\n[[lead]]\nelement = \"prepare\"\nrole = \"" + role + "\"\nname = \"" + name + "\"\n"
	}
	both := func(order, flag string) string {
		return "-- content/plans/winter" + order + ".md --\n+++\ntitle = \"Winter\"\nsummary = \"How we prepare.\"\ndate = 2026-09-14\npartnership = \"Testford\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\"]\n" + flag
	}
	const release = "[[release]]\nfield = \"lead.0.name\"\nreason = \"agreed\"\napproved_by = \"senior-responsible-owner\"\n"
	out := sitetest.Build(t, both("", release)+lead("Lead of care", "Ann Aspwick")+lead("Lead of stores", person)+"+++\nText.\n"+
		both(".cy", "")+lead("Arweinydd storfeydd", person)+lead("Arweinydd gofal", "Ann Aspwick")+"+++\nTestun.\n", "public")
	clean(t, out)
	if out.Audited != nil {
		t.Error("the release of one lead's name is another's in the translation")
	}
}

// A withheld page may have the short name of a page that is shown, and may name one: neither gives anything away, and must
// not stop the edition.
func TestWithheldPagesThatNameShownOnes(t *testing.T) {
	shown := alert("summary = \"Take care.\"", "Take care.")
	shown = strings.ReplaceAll(strings.ReplaceAll(shown, "strong.md", "grey-tablets.md"), `"strong"`, `"grey-tablets"`)
	hidden := strings.NewReplacer("Strong drugs in Testford", "Word for the night desk", "first.md", "second.md").Replace(shown[strings.Index(shown, "-- content/alerts/"):])
	hidden = strings.Replace(hidden, "summary = \"Take care.\"", "summary = \"For them alone.\"\nlevel = \"restricted\"\nreplaces = \"/alerts/first/\"", 1)
	hidden = strings.Replace(hidden, "+++\nTake care.", "+++\n"+told, 1)
	out := sitetest.Build(t, shown+hidden+strings.Replace(page("pages/grey-tablets.cy.md", "level = \"restricted\"", told), `title = ""`, `title = "Tabledi"`, 1)+
		strings.Replace(page("pages/grey-tablets.md", "", "Text."), `title = ""`, `title = "Grey tablets"`, 1), "public")
	clean(t, out)
	if out.Audited == nil {
		t.Error(sitetest.Print(out.Findings))
	}
}
