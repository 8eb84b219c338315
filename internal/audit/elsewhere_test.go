package audit_test

import (
	"strings"
	"testing"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/sitetest"
)

// held is a page with a restricted section that holds a text.
func held(front, text string) string {
	return "-- content/pages/held.md --\n+++\ntitle = \"Held\"\nsummary = \"What is held back.\"\ndate = 2026-09-14\n" + front + "+++\n\nFirst line.\n\n## Quiet part {#quiet}\n\n" + text + "\n"
}

const quiet = "[[withhold]]\nsection = \"quiet\"\nreason = \"law-enforcement\"\n"

func built(t *testing.T, edition, config, archive string) *build.Outcome {
	t.Helper()
	files := sitetest.Files(archive)
	if config != "" {
		files["candour.toml"].Data = []byte(config)
	}
	return sitetest.Run(t, sitetest.Options(files, edition))
}

// What is withheld in one place and typed in the open in another is not read out to whoever mends it, nor is it advised to
// publish it, in whatever spelling it stands and though no search may look for it.
func TestAnUnflaggedDetailThatIsWithheldElsewhere(t *testing.T) {
	unsearched := quiet + "search = false\n"
	for _, c := range []struct{ name, front, hidden, open, secret string }{
		{"an operation, announced otherwise", unsearched, "It was Operation Merlinfell.", "It was Op Merlinfell last year.", "merlinfell"},
		{"a telephone number", unsearched, "Ring 01632 960123.", "Ring +44 1632 960123 now.", "960123"},
		{"an address", unsearched, "Write to rota@testford.example.", "Write to Rota@Testford.example now.", "rota@"},
		{"a postcode", unsearched, "At ZE1 9ZZ.", "At ZE19ZZ now.", "9zz"},
		{"an NHS number", unsearched, "NHS number 943 476 5919.", "NHS number 943-476-5919 now.", "5919"},
		{"a National Insurance number", unsearched, "AB 12 34 56 C.", "AB123456C now.", "56"},
		{"a place", unsearched, "At SU 12345 67890.", "At SU 12345 67890 now.", "67890"},
		{"a name", unsearched, "Ask Dr Imogen Tarrow.", "Ask Mrs Imogen Tarrow first.", "tarrow"},
		{"the last word of a name", "[extra]\nwho = \"x\"\n[[withhold]]\nsection = \"quiet\"\nreason = \"confidential\"\n[[lead]]\nname = \"Imogen Tarrow\"\n", "", "Ask Mrs Tarrow first.", "tarrow"},
		{"a field", "[extra]\nnote = \"Operation Merlinfell\"\n[[withhold]]\nfield = \"extra.note\"\nreason = \"confidential\"\nsearch = false\n", "Text.", "It was Op Merlinfell last year.", "merlinfell"},
		{"the short title of a withheld page", "level = \"partners\"\n", "Text.", "It was Op Held.", ""},
	} {
		archive := held(c.front, c.hidden) + about("", c.open)
		if c.hidden == "" { // names stand in plans
			archive = "-- content/plans/held.md --\n+++\ntitle = \"A plan\"\nsummary = \"How we prepare.\"\ndate = 2026-09-14\npartnership = \"Testford\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\"]\n[[lead]]\nelement = \"general\"\nrole = \"Director\"\nname = \"Imogen Tarrow\"\n+++\nText.\n" + about("", c.open)
		}
		if c.secret == "" {
			archive = strings.Replace(held(c.front, c.hidden), `"Held"`, `"Operation Merlinfell"`, 1) + about("", "It was Op Merlinfell.")
			c.secret = "merlinfell"
		}
		out := built(t, "public", "", archive)
		told := false
		for _, f := range out.Findings {
			if strings.Contains(strings.ToLower(f.Message+f.Hint), c.secret) {
				t.Errorf("%s: it is read out: %s", c.name, f)
			}
			told = told || f.Rule == diag.Leak.Name && f.File == "content/pages/about.md" ||
				strings.HasPrefix(f.Rule, "unflagged-") && strings.Contains(f.Message, "withheld elsewhere") && strings.Contains(f.Hint, "[[withhold]]") && !strings.Contains(f.Hint, "paste there")
		}
		if !told {
			t.Errorf("%s is not told:\n%s", c.name, sitetest.Print(out.Findings))
		}
	}
}

// The exact details in a withheld text are each guarded by themselves, in every edition below its level.
func TestDetailsInsideWithheldTexts(t *testing.T) {
	cases := []struct{ name, hidden, open, listed string }{
		{"an operation", "It was Operation Merlinfell that found it.", "They spoke of OPERATION MERLINFELL on the day.", `operations = ["Op Merlinfell"]`},
		{"an operation, announced otherwise", "It was Operation Merlinfell that found it.", "They spoke of Op Merlinfell on the day.", `operations = ["Operation Merlinfell"]`},
		{"a postcode", "The store is at ZE1 9ZZ.", "Come to ze19zz by day.", `postcodes = ["ZE1 9ZZ"]`},
		{"an NHS number", "It is NHS number 943 476 5919.", "Quote 9434765919 by day.", `phrases = ["943 476 5919"]`},
		{"a National Insurance number", "It is AB 12 34 56 C.", "Quote AB123456C by day.", `phrases = ["AB 12 34 56 C"]`},
		{"a grid reference", "Meet at SU 12345 67890.", "Come to SU1234567890 by day.", `phrases = ["SU 12345 67890"]`},
		{"three words of a place", "Meet at ///filled.count.soap now.", "Come to filled.count.soap by day.", `phrases = ["filled.count.soap"]`},
	}
	for _, c := range cases {
		archive := held(quiet, c.hidden) + about("", c.open)
		for _, edition := range []string{"public", "partners"} {
			out := built(t, edition, "", archive)
			if out.Audited != nil || !out.Findings.Has(diag.Leak) {
				t.Errorf("%s may be quoted in the edition %s:\n%s", c.name, edition, sitetest.Print(out.Findings))
				continue
			}
			for _, f := range out.Findings {
				if f.Rule == diag.Leak.Name && (!strings.Contains(f.Message, "in section") || !strings.Contains(f.Hint, "[publishable]")) {
					t.Errorf("%s: the finding says: %s", c.name, f)
				}
			}
		}
		if out := built(t, "internal", "", archive); out.Audited == nil {
			t.Errorf("%s may not stand where it may be read:\n%s", c.name, sitetest.Print(out.Findings))
		}
		// The honest ways out.
		config := strings.Replace(sitetest.Config, `phones = ["999"]`, "phones = [\"999\"]\n"+c.listed, 1)
		if strings.HasPrefix(c.listed, "phrases") {
			config = strings.Replace(sitetest.Config, "[publishable]", "[publishable]\n"+c.listed, 1)
		}
		if out := built(t, "partners", config, archive); out.Audited == nil {
			t.Errorf("%s is on the list:\n%s", c.name, sitetest.Print(out.Findings))
		}
		if out := built(t, "partners", "", held(quiet+"search = false\n", c.hidden)+about("", c.open)); out.Audited == nil {
			t.Errorf("%s is not to be searched for:\n%s", c.name, sitetest.Print(out.Findings))
		}
	}
	// A [[release]] of the same lets it out to those whom it is released to, in every spelling, and to nobody else.
	front := quiet + "[extra]\nname = \"Operation Merlinfell\"\n[[release]]\nfield = \"extra.name\"\nlevel = \"partners\"\nreason = \"agreed\"\napproved_by = \"police\"\n"
	archive := held(front, "It was Operation Merlinfell that found it.") + about("", "They spoke of Op Merlinfell.")
	if out := built(t, "partners", "", archive); out.Audited == nil {
		t.Errorf("it is released to partners:\n%s", sitetest.Print(out.Findings))
	}
	if out := built(t, "public", "", archive); out.Audited != nil || !out.Findings.Has(diag.Leak) {
		t.Errorf("it is not released to the public:\n%s", sitetest.Print(out.Findings))
	}
}

// What only looks like a detail, and a name with an honorific, is no value by itself when it stands inside a longer text.
func TestWhatIsNotGuardedInsideWithheldTexts(t *testing.T) {
	for name, c := range map[string][2]string{
		"an honorific and a name":       {"Ask Dr May about the rota.", "In May we ask the doctor. Dr May is on the rota."},
		"an operation's ordinary words": {"The operations centre and Operation Manual are upstairs.", "See the operation manual. Op It is a word."},
		"a date":                        {"On 14 September 2026.", "On 14 September 2026 we met."},
	} {
		out := built(t, "partners", "", held(quiet, c[0])+about("", c[1]))
		if out.Audited == nil {
			t.Errorf("%s:\n%s", name, sitetest.Print(out.Findings))
		}
	}
}
