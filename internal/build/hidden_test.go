package build_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// What is withheld without a marker leaves nothing that points at it: no empty heading, no link without words or number, no
// marks of emphasis with nothing between them.
func TestNothingIsLeft(t *testing.T) {
	const hide = "[[withhold]]\nfield = \"extra.note\"\nreason = \"confidential\"\nshow = \"nothing\"\n\n[extra]\nnote = \"the blue depot in Harrow Lane\"\n"
	const note, phone = `{{< field "extra.note" >}}`, `{{< field "lead.0.phone" >}}`
	for text, want := range map[string]struct{ has, not string }{
		"See *" + note + "* here.":                      {"See <em></em> here.", "**"},
		"See **" + note + "** here.":                    {"See <strong></strong> here.", "**"},
		"## " + note + "\n\nText.":                      {"<p>Text.", "<h2 id=heading"},
		"## About " + note + "\n\nText.":                {"About", "<h2 id=heading>"},
		"Ask [" + note + "](/plans/) now.":              {"Ask  now.", "<a href=/plans/></a>"},
		"Ask [*" + note + "*](/plans/) now.":            {"Ask  now.", "<em>"},
		"Ask [them " + note + "](/plans/) now.":         {"<a href=/plans/>them", "Harrow"},
		"[d][dd] or [e](/plans/)\n\n[dd]: tel:" + phone: {"Withheld: ", "tel:"},
		"[dd] and [dd]\n\n[dd]: tel:" + phone:           {"Withheld: ", "[dd]"},
		"Ring [the desk](tel:" + phone + ").":           {"Withheld: ", "tel:"},
	} {
		out := sitetest.Build(t, planWith("", hide, "\n"+text+"\n"), "public")
		if out.Audited == nil {
			t.Errorf("%q: %s", text, sitetest.Print(out.Findings))
			continue
		}
		page := sitetest.File(t, out, "plans/plan/index.html")
		_, body, _ := strings.Cut(page, "Everybody helps.")
		body, _, _ = strings.Cut(body, "<section")
		if !strings.Contains(strings.Join(strings.Fields(body), " "), strings.Join(strings.Fields(want.has), " ")) || want.not != "" && strings.Contains(body, want.not) {
			t.Errorf("%q: want %q and not %q in\n%s", text, want.has, want.not, body)
		}
	}
}

// A name is plain to a reader however its letters are typed; a part of it, or its parts apart, at least warns.
func TestNamesSpeltOtherwise(t *testing.T) {
	for text, rule := range map[string]string{
		"Ask M\u0430rguerite Quill\u043en.":    "leak",
		"Ask MARGUERITE QU\u0406LL\u039fN.":    "leak",
		"Ask Marguerite A. Quillon.":           "name-part",
		"Quillon, Marguerite":                  "name-part",
		"Ask Ms Quill\u043en.":                 "name-part",
		"```\nTWFyZ3Vlcml0\nZSBRdWlsbG9u\n```": "leak",
		"Ask \u0410\u043d\u043d\u0430 \u0412\u043e\u043b\u043a\u043e\u0432\u0430.": "",
	} {
		out := sitetest.Build(t, planWith("", "", "")+pageOf("about", text), "public")
		got := ""
		for _, f := range out.Findings {
			if f.File == "content/pages/about.md" && (got == "" || f.Rule == "leak") {
				got = f.Rule
			}
		}
		if got != rule {
			t.Errorf("%q: %q, want %q\n%s", text, got, rule, sitetest.Print(out.Findings))
		}
	}
}
