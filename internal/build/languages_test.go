package build_test

import (
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
		"cy/accessibility/index.html":              {"Datganiad hygyrchedd"},
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
	if rules[diag.TranslationOld.Name+" content/leaflets/festival/look-out.cy.md"] != "warning" || rules[diag.TranslationUnreviewed.Name+" content/leaflets/festival/look-out.cy.md"] != "notice" || len(rules) != 2 {
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
