package build_test

import (
	"slices"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

const leaflet = `+++
title = "Look out"
summary = "What to do."
date = 2026-09-14
updated = 2026-10-01
setting = "festival"
audience = ["public"]
[extra]
ref = "Quillon Haverstock-Bree"
[[withhold]]
passage = "who"
reason = "personal-information"
+++
## First

Ring 999. Ask {{< passage "who" >}}Marchbanks Olleranshaw at the side gate tonight{{< /passage >}}.
`

func translated(lang, title, keys, body string) string {
	return "-- content/leaflets/festival/look-out." + lang + ".md --\n+++\ntitle = \"" + title + "\"\nsummary = \"S.\"\ndate = 2026-09-20\n" + keys + "setting = \"festival\"\naudience = [\"public\"]\n+++\n" + body
}

// A translation says what it is, leads to the other languages, and has its dates, markers and menus in its own.
func TestTranslations(t *testing.T) {
	archive := "-- candour.toml --\n" + sitetest.Config + "-- content/leaflets/festival/look-out.md --\n" + leaflet +
		translated("cy", "Gofalwch", "", "## Yn gyntaf\n\nFfoniwch 999. Gofynnwch i {{< passage \"who\" >}}Marchbanks Olleranshaw wrth y giât heno{{< /passage >}}.\n") +
		translated("ur", "خیال رکھیں", "updated = 2026-10-02\ntranslation_reviewed = true\n", "## پہلے\n\n[999](tel:999) {{< passage \"who\" >}}Marchbanks Olleranshaw ہر رات دروازے پر{{< /passage >}}\n")
	out := sitetest.Must(t, archive, "public")
	for path, want := range map[string][]string{
		"leaflets/festival/look-out/index.html": {`<html lang=en-GB dir=ltr>`, `hreflang=cy`, `>Cymraeg</a>`, `>اردو</a>`, "Withheld: personal information"},
		"cy/leaflets/festival/look-out/index.html": {`<html lang=cy dir=ltr>`, `>English</a>`, "Wedi&#39;i ddal yn ôl: gwybodaeth bersonol", "20 Medi 2026", "Ffoniwch 999",
			"wedi newid ers hynny", "heb ei wirio", "Y cyhoedd", "Gwyliau a digwyddiadau mawr"},
		"ur/leaflets/festival/look-out/index.html": {`<html lang=ur dir=rtl>`, "روکا گیا: ذاتی معلومات", "20 ستمبر 2026", `<a href=tel:999 dir=ltr>`, "عوام"},
		"cy/leaflets/index.html":                   {"Taflenni", "nad yw yn yr iaith hon", `href=/leaflets/`},
		"cy/index.html":                            {"Argyfwng? Ffoniwch 999 nawr", `href=/alerts/`, `<link rel=alternate hreflang=en-GB`},
		"cy/withheld/index.html":                   {"Rhan o&#39;r testun", "Deddf Rhyddid Gwybodaeth 2000, adran 40(2)"},
		"cy/accessibility/index.html":              {"Datganiad hygyrchedd", "Cymraeg, اردو"},
	} {
		page := sitetest.File(t, out, path)
		for _, text := range want {
			if text == "heb ei wirio" {
				text = "wedi&#39;i wirio eto"
			}
			if !strings.Contains(strings.ReplaceAll(page, "'", "&#39;"), text) {
				t.Errorf("%s lacks %s", path, text)
			}
		}
		if strings.Contains(page, "Olleranshaw") || path != "leaflets/festival/look-out/index.html" && strings.Contains(page, "Withheld: ") {
			t.Errorf("%s holds what is withheld, or a marker in English", path)
		}
	}
	rules := map[string]string{}
	for _, f := range out.Findings {
		rules[f.Rule+" "+f.File] = string(f.Severity.String())
	}
	if rules[diag.TranslationOld.Name+" content/leaflets/festival/look-out.cy.md"] != "warning" || rules[diag.TranslationUnreviewed.Name+" content/leaflets/festival/look-out.cy.md"] != "notice" ||
		rules[diag.InterfaceUnreviewed.Name+" content/leaflets/festival/look-out.ur.md"] != "notice" || len(rules) != 4 {
		t.Errorf("findings: %v", rules)
	}
	if page := sitetest.File(t, out, "ur/leaflets/festival/look-out/index.html"); strings.Contains(page, "notice translation") {
		t.Error("a reviewed translation that is up to date says that it is not")
	}
}

// A language without interface words speaks English, and is told of; an inherited flag that matches nothing is an error.
func TestLanguageWithoutWords(t *testing.T) {
	site := "-- candour.toml --\n" + sitetest.Config + "-- content/leaflets/festival/look-out.md --\n" + leaflet
	out := sitetest.Must(t, site+translated("pa", "ਧਿਆਨ ਰੱਖੋ", "updated = 2026-10-02\n", "## ਪਹਿਲਾਂ\n\n{{< passage \"who\" >}}ਕੋਈ{{< /passage >}}\n"), "public")
	if page := sitetest.File(t, out, "pa/leaflets/festival/look-out/index.html"); !strings.Contains(page, "Emergency? Call 999 now") || !strings.Contains(page, "<html lang=pa dir=ltr>") {
		t.Error("the page does not fall back to English")
	}
	if !out.Findings.Has(diag.InterfaceMissing) {
		t.Errorf("no warning of missing words:\n%s", sitetest.Print(out.Findings))
	}
	lost := sitetest.Build(t, site+translated("cy", "Gofalwch", "", "## Yn gyntaf\n\nFfoniwch 999.\n"), "public")
	if lost.Audited != nil || !lost.Findings.Has(diag.WithholdMatchesNothing) {
		t.Errorf("a flag that matches nothing in a translation passes:\n%s", sitetest.Print(lost.Findings))
	}
}

// A page that sets a target keeps to it or stops the build; what is withheld from the edition does not count, and pages
// without a target are told of only where that was asked for.
func TestReadingAge(t *testing.T) {
	const easy = "Call 999. Stay with them. Tell the crew what they took. Do not leave them on their own. "
	const hard = "The implementation of proportionate organisational arrangements necessitates comprehensive consideration of applicable statutory responsibilities, institutional accountabilities and interdependent professional relationships. "
	page := func(target, body string) string {
		return "-- content/pages/a.md --\n+++\ntitle = \"A\"\nsummary = \"S.\"\ndate = 2026-11-01\n" + target + "+++\n" + body + "\n"
	}
	for _, tc := range []struct {
		name, archive string
		rules         string
	}{
		{"within its target", page("reading_age_target = 9\n", strings.Repeat(easy, 5)), ""},
		{"above it", page("reading_age_target = 9\n", strings.Repeat(hard, 5)), "reading-age"},
		{"no target", page("", strings.Repeat(hard, 5)), ""},
		{"too short to tell", page("reading_age_target = 9\n", hard), ""},
		{"what is withheld does not count", page("reading_age_target = 9\n[[withhold]]\nsection = \"b\"\nreason = \"law-enforcement\"\n", "## A {#a}\n\n"+strings.Repeat(easy, 5)+"\n\n## B {#b}\n\n"+strings.Repeat(hard, 3)), ""},
	} {
		var rules []string
		out := sitetest.Build(t, tc.archive, "public")
		for _, f := range out.Findings {
			rules = append(rules, f.Rule)
			if f.Rule == diag.ReadingAge.Name && (f.Line != 5 || f.Severity != diag.Error || !strings.Contains(f.Hint, "shorten sentences")) {
				t.Errorf("%s: %d %s", tc.name, f.Line, f.Hint)
			}
		}
		if got := strings.Join(rules, " "); got != tc.rules || (out.Audited == nil) != (tc.rules != "") {
			t.Errorf("%s: %q, want %q\n%s", tc.name, got, tc.rules, sitetest.Print(out.Findings))
		}
	}
	opt := sitetest.Options(sitetest.Files(page("", strings.Repeat(easy, 5))), "public")
	opt.Reading = true
	if out := sitetest.Run(t, opt); len(out.Findings) != 1 || out.Findings[0].Rule != diag.ReadingLevel.Name || !strings.Contains(out.Findings[0].Message, "reading age 5; 5 words a sentence") {
		t.Errorf("asked for, it is not told of:\n%s", sitetest.Print(out.Findings))
	}
}

// Words are explained on pages and on a page of their own, and left alone in a template's wording. Eight words of a withheld
// section are found although a word among them is explained.
func TestGlossary(t *testing.T) {
	site := "-- content/pages/a.md --\n+++\ntitle = \"A\"\nsummary = \"S.\"\ndate = 2026-11-01\n+++\n## Naloxone\n\nAsk the LDIS about naloxone.\n" +
		"-- content/alert-templates/x.md --\n+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-11-01\naudience = [\"public\"]\n[[placeholder]]\nkey = \"area\"\nlabel = \"Area\"\nhint = \"H\"\nrequired = true\n+++\nGive naloxone in {{< placeholder \"area\" >}}, one dose at a time. Call 999.\n"
	out := sitetest.Must(t, site, "public")
	page := sitetest.File(t, out, "pages/a/index.html")
	for _, want := range []string{`<a class=term id=c-u-ldis href=#c-g-ldis>LDIS</a> <span class=expands data-text=none>(Local Drug Information System)</span> about`, `href=#c-g-naloxone>naloxone</a>.`, `Words on this page`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(sitetest.File(t, out, "alert-templates/x/index.html"), "class=term") {
		t.Error("a template's wording is changed")
	}
	if all := sitetest.File(t, out, "glossary/index.html"); !strings.Contains(all, "id=overdose") || !strings.Contains(all, "(Local Drug Information System)") {
		t.Error("the glossary page does not have every word")
	}
	leak := sitetest.Build(t, "-- content/pages/b.md --\n+++\ntitle = \"B\"\nsummary = \"S.\"\ndate = 2026-11-01\n[[withhold]]\nsection = \"b\"\nreason = \"law-enforcement\"\n+++\n## A {#a}\n\nThe side door team keeps naloxone behind the second fridge on Fridays.\n\n## B {#b}\n\nNobody knows it: the side door team keeps naloxone behind the second fridge on Fridays.\n", "public")
	if !leak.Findings.Has(diag.Leak) {
		t.Errorf("an explained word hides a leak:\n%s", sitetest.Print(leak.Findings))
	}
}

// What stays in the site's own language says so, for programs that read aloud: its name, contacts without a label in the
// page's language, items of the checklist without words in it, and titles in the register.
func TestWhatIsInAnotherLanguageSaysSo(t *testing.T) {
	const plan = "title = \"%\"\nsummary = \"S.\"\ndate = 2026-09-14\npartnership = \"P\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\", \"fentanyls\"]\n[[lead]]\nelement = \"general\"\nrole = \"Director\"\n[[checklist]]\nitem = \"named-leads\"\nfield = \"lead\"\nstatus = \"met\"\n"
	page := func(name, title, more string) string {
		return "-- content/plans/" + name + " --\n+++\n" + strings.Replace(plan, "%", title, 1) + more + "+++\nText.\n"
	}
	leaflet := func(name, title string) string {
		return "-- content/leaflets/festival/" + name + " --\n+++\ntitle = \"" + title + "\"\nsummary = \"S.\"\ndate = 2026-09-14\nsetting = \"festival\"\naudience = [\"public\"]\ncontact_slots = [\"told\", \"untold\"]\n+++\n## First\n\nRing 999.\n"
	}
	out := sitetest.Must(t, "-- candour.toml --\n"+sitetest.Config+"[contacts]\ntold = { label = \"Helpline\", value = \"111\", labels = { cy = \"Llinell gymorth\" } }\nuntold = { label = \"Night line\", value = \"999\" }\n"+
		"-- data/checklist.toml --\n[our-own]\nelement = \"general\"\norder = 22\nlabel = \"Our own item\"\ntext = \"What we add.\"\n"+
		page("p.md", "The plan", "[[withhold]]\nfield = \"lead.*.role\"\nreason = \"personal-information\"\n")+page("p.cy.md", "Y cynllun", "")+leaflet("l.md", "Look out")+leaflet("l.cy.md", "Gofalwch"), "public")
	const own = `lang=en-GB dir=ltr`
	for path, want := range map[string][]string{
		"cy/index.html":                     {`<a ` + own + ` href=/cy/`},
		"cy/leaflets/festival/l/index.html": {`<b>Llinell gymorth</b>`, `<b ` + own + `>Night line</b>`},
		"cy/plans/p/index.html":             {`<b ` + own + `>Our own item</b>`, `<p ` + own + `>What we add.`, `>Arweinwyr penodol</a></b>`},
		"cy/withheld/index.html":            {`href=/plans/p/ lang=en dir=ltr>The plan</a>`, `href=/cy/plans/p/>Y cynllun</a>`},
		"leaflets/festival/l/index.html":    {`<b>Helpline</b>`, `<b>Night line</b>`},
	} {
		file := sitetest.File(t, out, path)
		for _, text := range want {
			if !strings.Contains(file, text) {
				t.Errorf("%s lacks %s", path, text)
			}
		}
		if !strings.HasPrefix(path, "cy/") && strings.Contains(strings.SplitN(file, "<main", 2)[1], own) {
			t.Errorf("%s says that it is in another language than it is", path)
		}
	}
}

// A translation shows files of its folder that its source does not show, and the flags of either hold: those of the source
// for both, its own for itself.
func TestTranslationShowsFiles(t *testing.T) {
	page := func(title, front, body string) string {
		return "+++\ntitle = \"" + title + "\"\nsummary = \"S.\"\ndate = 2026-09-14\n" + front + "+++\n" + body + "\n"
	}
	hold := func(file string) string { return "[[withhold]]\nfile = \"" + file + "\"\nreason = \"confidential\"\n" }
	files := sitetest.Files("-- content/pages/guide/index.md --\n" + page("Guide", hold("held.csv"), "[Both](both.csv) and [held](held.csv).") +
		"-- content/pages/guide/index.cy.md --\n" + page("Canllaw", "attachments = [\"list.csv\"]\n"+hold("own.csv"),
		"![Map](map.png), {{< figure src=\"map.png\" alt=\"Map\" >}} [data](data.csv), [both](both.csv), [own](own.csv) and [held](held.csv).") +
		"-- content/pages/guide/data.csv --\na,b\n1,2\n-- content/pages/guide/both.csv --\na,b\n3,4\n-- content/pages/guide/list.csv --\na,b\n5,6\n-- content/pages/guide/unused.csv --\na,b\n7,8\n" +
		"-- content/pages/guide/own.csv --\na,b\n9,10\n-- content/pages/guide/held.csv --\nzonkwibble harrowfen,b\n11,12\n")
	files["content/pages/guide/map.png"] = greyPicture(t)
	out := sitetest.Run(t, sitetest.Options(files, "public"))
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	paths := sitetest.Paths(out)
	for _, name := range []string{"cy/pages/guide/map.png", "cy/pages/guide/data.csv", "cy/pages/guide/both.csv", "cy/pages/guide/list.csv", "pages/guide/both.csv"} {
		if !slices.Contains(paths, name) {
			t.Errorf("the site lacks %s", name)
		}
	}
	for _, name := range paths {
		if strings.HasSuffix(name, "unused.csv") || strings.HasSuffix(name, "held.csv") || strings.HasSuffix(name, "own.csv") {
			t.Errorf("the site has %s", name)
		}
	}
	for name, want := range map[string]int{"pages/guide/index.html": 1, "cy/pages/guide/index.html": 2} {
		marker := map[string]string{"pages/guide/index.html": "Withheld: ", "cy/pages/guide/index.html": "Wedi'i ddal"}[name]
		if got := strings.Count(strings.ReplaceAll(sitetest.File(t, out, name), "&#39;", "'"), marker); got != want {
			t.Errorf("%s has %d markers, want %d", name, got, want)
		}
	}
	if found := sitetest.Containing(out, "zonkwibble"); len(found) > 0 {
		t.Error(found)
	}
}
