package build_test

import (
	"slices"
	"strings"
	"testing"

	"candour/internal/sitetest"
)

const unsigned = `-- candour.toml --
title = "Testford Combating Drugs Partnership"
base_url = "https://plan.testford.example/"
language = "en-GB"
organisation = "Testford Council"
area = "Testford"
[contact]
email = "publichealth@testford.example"
`

// The person to call is withheld, and stands on the other page in full.
const called = `-- content/plans/plan.md --
+++
title = "Plan"
summary = "How we prepare."
date = 2026-09-14
partnership = "Testford Combating Drugs Partnership"
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes"]
%s
[[lead]]
element = "general"
role = "Director of Public Health"
name = "Marguerite Quillon"
phone = "07700 900123"
%s+++
## Who leads

Everybody helps.
%s`

func planWith(front, flags, text string) string {
	return strings.NewReplacer("%s\n[[lead]]", front+"\n[[lead]]", "\"\n%s+++", "\"\n"+flags+"+++", "helps.\n%s", "helps.\n"+text+"\n").Replace(called)
}

func pageOf(name, text string) string {
	return "-- content/pages/" + name + ".md --\n+++\ntitle = \"" + name + "\"\nsummary = \"About " + name + ".\"\ndate = 2026-09-01\n+++\n" + text + "\n"
}

// An author at eleven at night is told everything in one run, as far as it is safe to go on.
func TestFindingsAreToldTogether(t *testing.T) {
	for _, tc := range []struct {
		name, site string
		want       []string // rule and file, every error of the run
	}{
		{"a gate and a leak", unsigned + planWith("", "", "") + pageOf("about", "Ask Marguerite Quillon."),
			[]string{"leak content/pages/about.md", "sign-off-missing content/plans/plan.md"}},
		{"a gate and an unflagged detail", unsigned + planWith("", "", "") + pageOf("about", "Ring 07700 900456."),
			[]string{"unflagged-phone content/pages/about.md", "sign-off-missing content/plans/plan.md"}},
		{"a gate and what only the finished page shows", unsigned + planWith("", "", "") + pageOf("about", "See [below](#nowhere)."),
			[]string{"broken-link content/pages/about.md", "sign-off-missing content/plans/plan.md"}},
		{"a gate and a layout that fails", unsigned + planWith("", "", "") + pageOf("about", "Ring 07700 900456.") + "-- layouts/pages/page.html --\n{{ .Nothing }}\n",
			[]string{"unflagged-phone content/pages/about.md", "sign-off-missing content/plans/plan.md", "bad-layout layouts/pages/page.html"}},
		{"a key that is missing, a leak and a detail", planWith("", "", "") + pageOf("about", "Ask Marguerite Quillon, or ring 07700 900456.") + "-- content/pages/short.md --\n+++\ntitle = \"Short\"\ndate = 2026-09-01\n+++\nRing 07700 900457.\n",
			[]string{"leak content/pages/about.md", "unflagged-phone content/pages/about.md", "missing-key content/pages/short.md", "unflagged-phone content/pages/short.md"}},
		{"a page that cannot be read", planWith("", "", "") + pageOf("about", "Ask Marguerite Quillon, or see [this](/pages/torn/).") + "-- content/pages/torn.md --\n+++\ntitle = \n+++\nRing 07700 900457.\n",
			[]string{"leak content/pages/about.md", "bad-toml content/pages/torn.md"}},
		{"a page whose flag misses: what it meant to withhold is not quoted", planWith("", "[[withhold]]\nfield = \"leads.0.role\"\nreason = \"personal-information\"\n", "Ring 07700 900456.") + pageOf("about", "Ask Marguerite Quillon."),
			[]string{"leak content/pages/about.md", "withhold-matches-nothing content/plans/plan.md"}},
		{"a key that nobody knows: its value may be what must not be quoted", planWith("lead_phone = \"07700 900456\"", "", "Ring 07700 900456.") + pageOf("about", "Ask Marguerite Quillon."),
			[]string{"leak content/pages/about.md", "unknown-key content/plans/plan.md"}},
		{"a translation of a page that is not settled", planWith("lead_phone = \"07700 900456\"", "", "") + strings.Replace(planWith("", "", "Ring 07700 900456."), "plan.md", "plan.cy.md", 1) + pageOf("about", "Ask Marguerite Quillon."),
			[]string{"leak content/pages/about.md", "leak content/pages/about.md", "unknown-key content/plans/plan.md"}},
		{"what a page with faults releases is no leak elsewhere", planWith("", "[[release]]\nfield = \"lead.0.name\"\nreason = \"agreed\"\napproved_by = \"senior-responsible-owner\"\n\n[[release]]\nfield = \"lead.0.fax\"\nreason = \"agreed\"\napproved_by = \"senior-responsible-owner\"\n", "") + pageOf("about", "Ask Marguerite Quillon, or ring 07700 900456."),
			[]string{"unflagged-phone content/pages/about.md", "withhold-matches-nothing content/plans/plan.md"}},
		{"a file that may not be published", planWith("", "", "") + "-- content/pages/forms/index.md --\n+++\ntitle = \"Forms\"\nsummary = \"All forms.\"\ndate = 2026-09-01\nattachments = [\"form.docx\"]\n+++\nAsk Marguerite Quillon.\n-- content/pages/forms/form.docx --\nPK\n",
			[]string{"file-not-allowed content/pages/forms/form.docx", "leak content/pages/forms/index.md"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out := sitetest.Build(t, tc.site, "public")
			var got []string
			for _, f := range out.Findings {
				if f.Severity == 0 {
					got = append(got, f.Rule+" "+f.File)
				}
			}
			if !slices.Equal(got, tc.want) {
				t.Errorf("errors: %q, want %q\n%s", got, tc.want, sitetest.Print(out.Findings))
			}
			if out.Audited != nil {
				t.Error("the site may be published")
			}
			for _, secret := range []string{"Quillon", "900123"} {
				if strings.Contains(sitetest.Print(out.Findings), secret) {
					t.Errorf("a finding holds %s:\n%s", secret, sitetest.Print(out.Findings))
				}
			}
		})
	}
}
