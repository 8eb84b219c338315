package vetting_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

const allLimits = "A strip finds nothing below a certain amount, can give a false negative, may not know every variant, is easy to use wrongly, " +
	"fails where a drug does not dissolve, says nothing about other drugs and gives no amount."

// adviceOn vets one page of a kind, with a page of the site that names every limit, and gives the findings of a rule.
func adviceOn(t *testing.T, kind, front, body string) string {
	t.Helper()
	more := map[string]string{
		"leaflets":        "setting = \"festival\"\naudience = [\"public\"]\n",
		"alert-templates": "audience = [\"public\"]\nplaceholder = [{ key = \"a\", label = \"A\" }]\n",
		"alerts":          "template = \"t\"\nstatus = \"issued\"\narea = \"A\"\nevidence = \"suspected\"\npanel_met = 2026-11-01\nissued = 2026-11-01\n",
	}[kind]
	name := kind
	if kind == "leaflets" {
		name = "leaflets/festival"
	}
	_, found := vet(t, sitetest.Files("-- content/"+name+"/x.md --\n+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-11-01\n"+more+front+"+++\nCall 999.\n\n"+body+
		"\n-- content/pages/limits.md --\n+++\ntitle = \"Limits\"\nsummary = \"Every limit of test strips.\"\ndate = 2026-11-01\n+++\n"+allLimits+"\n-- content/pages/other.md --\n+++\ntitle = \"Other\"\nsummary = \"S.\"\ndate = 2026-11-01\n+++\nText.\n"), "public")
	var got []string
	for _, f := range found {
		if f.Rule == "strip-limits" || f.Rule == "one-opioid-named" {
			got = append(got, f.Rule+" "+f.Severity.String())
			if f.Line == 0 || f.Column == 0 {
				t.Error("a finding has no place")
			}
		}
	}
	return strings.Join(got, "\n")
}

// Whatever names test strips names every limit, or leads to a page that does.
func TestStripLimits(t *testing.T) {
	const withhold = "[[withhold]]\npassage = \"x\"\nreason = \"law-enforcement\"\n"
	for _, tc := range []struct{ name, kind, front, body, want string }{
		{"bare", "leaflets", "", "Use a test strip first.", "strip-limits error"},
		{"an alert", "alerts", "", "Test strips are at the tent.", "strip-limits error"},
		{"a template", "alert-templates", "", "Testing strips are at the tent.", "strip-limits error"},
		{"only talked about", "pages", "", "We hand out test-strips.", "strip-limits warning"},
		{"in capitals", "leaflets", "", "TEST STRIPS HERE", "strip-limits error"},
		{"all limits but one", "leaflets", "", "Test strips. " + strings.Replace(allLimits, "dissolve", "mix", 1), "strip-limits error"},
		{"a limit that only a withheld passage names", "leaflets", withhold, "Test strips. " + strings.Replace(allLimits, "and gives no amount", "{{< passage \"x\" >}}and gives no amount{{< /passage >}}", 1), "strip-limits error"},
		{"a link elsewhere", "leaflets", "", "A [test strip](/pages/other/).", "strip-limits error"},
		{"the shortcode shown, not used", "leaflets", "", "Test strips: {{</* strip-limits */>}}", "strip-limits error"},
		{"all limits", "leaflets", "", "Test strips. " + allLimits, ""},
		{"in other words", "leaflets", "", "Test strips have a detection floor; false negatives happen; new kinds are missed; mistakes spoil them; the drug may not dissolve; anything else in it is not shown; and no strip says how much.", ""},
		{"the shortcode", "leaflets", "", "Test strips:\n\n{{< strip-limits >}}", ""},
		{"a link to the limits", "leaflets", "", "A [test strip](/pages/limits/) cannot tell.", ""},
		{"a link to a place on that page", "alerts", "", "A test strip cannot tell: [why](/pages/limits/#x).", ""},
		{"not of drugs", "leaflets", "", "A comic strip, a strip of land, a test, then strip the bed.", ""},
		{"only in a withheld passage", "leaflets", withhold, "Text{{< passage \"x\" >}} about test strips{{< /passage >}}.", ""},
		{"only in an address", "leaflets", "", "[Read on](https://www.example.org/test-strips/).", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := adviceOn(t, tc.kind, tc.front, tc.body); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// Nitazenes and fentanyls are named together.
func TestBothOpioidsNamed(t *testing.T) {
	for _, tc := range []struct{ name, kind, front, body, want string }{
		{"one", "leaflets", "", "Nitazenes were found.", "one-opioid-named warning"},
		{"the other", "pages", "", "Fentanyl was found.", "one-opioid-named warning"},
		{"the other one withheld", "leaflets", "[[withhold]]\npassage = \"x\"\nreason = \"law-enforcement\"\n", "Nitazenes {{< passage \"x\" >}}and fentanyls{{< /passage >}}.", "one-opioid-named warning"},
		{"an address names no drug", "alerts", "", "Nitazenes: [read on](https://www.example.org/fentanyl/).", "one-opioid-named warning"},
		{"both", "alerts", "", "Nitazenes, or fentanyls.", ""},
		{"both, far apart", "leaflets", "tags = [\"x\"]\n", "NITAZENE\n\n## More\n\na fentanyl", ""},
		{"neither", "leaflets", "", "Synthetic opioids.", ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := adviceOn(t, tc.kind, tc.front, tc.body); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// What another language says is for its translators.
func TestAdviceIsEnglish(t *testing.T) {
	_, found := vet(t, sitetest.Files("-- candour.toml --\n"+strings.Replace(sitetest.Config, "en-GB", "cy", 1)+
		"-- content/pages/x.md --\n+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-11-01\n+++\nNitazene, test strip.\n"), "public")
	if rules(found) != "interface-words-not-reviewed" {
		t.Error(sitetest.Print(found))
	}
}
