package build_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"candour/internal/ledger"
	"candour/internal/sitetest"
)

// mistakes are the ways to type something into the place of a name. Each gets the withheld words with its joint between them.
var mistakes = []struct{ joint, front, body string }{
	{"_", "", "{{< %s >}}"},
	{"-", "", "[x](#%s)"},
	{"-", "", "[x](/pages/%s/)"},
	{"-", "", "[x](%s.md)"},
	{"-", "", "[x](https://plan.testford.example/pages/good/#%s)"},
	{"-", "", "[x](/pages/good/#%s)"},
	{"-", "", "{{< contact \"%s\" >}}"},
	{"-", "", "{{< placeholder \"%s\" >}}"},
	{"-", "", "{{< field \"extra.%s\" >}}"},
	{" ", "", "{{< field \"%s\" >}}"},
	{"-", "", "{{< passage \"%s\" >}}x{{< /passage >}}"},
	{"-", "", "{{< ref \"%s\" >}}"},
	{"-", "", "{{< figure src=\"%s.png\" alt=\"x\" >}}"},
	{"-", "", "{{< chart \"%s\" >}}"},
	{" ", "", "![](%s.png)"},
	{"_", "%s = 1\n", ""},
	{"-", "tags = [\"%s\"]\nattachments = [\"%[1]s.csv\"]\n", ""},
	{"-", "level = \"%s\"\n", ""},
	{"-", "updated = \"%s\"\n", ""},
	{"-", "[[withhold]]\npassage = \"%s\"\nreason = \"confidential\"\n", ""},
	{"-", "[[withhold]]\nsection = \"%s\"\nreason = \"confidential\"\n", ""},
	{"_", "[[withhold]]\nfield = \"extra.%s\"\nreason = \"confidential\"\n", ""},
	{"-", "[[withhold]]\nfile = \"%s.csv\"\nreason = \"confidential\"\n", ""},
	{"-", "[[withhold]]\nfield = \"summary\"\nreason = \"%s\"\n", ""},
	{" ", "[[withhold]]\nfield = \"summary\"\nreason = \"%s\"\n", ""},
	{" ", "[[change]]\ndate = \"%s\"\nnote = \"x\"\n", ""},
	{"-", leafletFront + "formats = [\"%s\"]\n", ""},
	{"-", leafletFront + "contact_slots = [\"%s\"]\n", ""},
	{" ", leafletFront + "contact_slots = [\"%s\"]\n", ""},
	{"-", "setting = \"%s\"\naudience = [\"%[1]s\"]\n", ""},
	{"-", planFront + "covers = [\"%s\"]\nboundary_with = [\"%[1]s\"]\nthreat_agnostic = [\"%[1]s\"]\n", ""},
	{" ", planFront + "covers = [\"nitazenes\"]\n[[lead]]\nelement = \"%s\"\nrole = \"x\"\n", ""},
	{"-", planFront + "covers = [\"nitazenes\"]\n[[checklist]]\nitem = \"%s\"\nsection = \"%[1]s\"\nstatus = \"%[1]s\"\n", ""},
	{"_", planFront + "covers = [\"nitazenes\"]\n[[lead]]\nelement = \"general\"\nrole = \"x\"\n%s = \"y\"\n", ""},
	{"-", alertFront + "template = \"%s\"\nstatus = \"%[1]s\"\nevidence = \"%[1]s\"\nreplaces = \"%[1]s\"\nphoto = \"%[1]s.png\"\n", ""},
	{"_", alertFront + "template = \"strong\"\nstatus = \"issued\"\nevidence = \"suspected\"\n[fill]\n%s = \"x\"\n", ""},
	{"-", "audience = [\"public\"]\n[[placeholder]]\nkey = \"%s\"\nlabel = \"x\"\nhint = \"x\"\nrequired = true\n", ""},
	{"-", "[[signoff]]\nrole = \"%s\"\ndate = 2026-09-14\ndigest = \"%[1]s\"\n", ""},
}

const (
	leafletFront = "setting = \"festival\"\naudience = [\"public\"]\n"
	planFront    = "partnership = \"Testford\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\n"
	alertFront   = "area = \"Testford\"\nissued = 2026-11-19T17:00:00Z\nexpires = 2026-12-03T18:00:00Z\npanel_met = 2026-11-19T16:00:00Z\n"
)

// folder is that of the kind of page whose front matter a mistake is in.
func folder(front string) string {
	switch {
	case strings.Contains(front, "setting ="):
		return "leaflets/festival/"
	case strings.Contains(front, "partnership ="):
		return "plans/"
	case strings.Contains(front, "template ="):
		return "alerts/"
	case strings.Contains(front, "[[placeholder]]"):
		return "alert-templates/"
	}
	return "pages/"
}

// flat keeps the letters and digits of a text, in small letters.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// Whatever is withheld is typed into the place of a name, of a link, of a key: no finding of any edition repeats it.
func TestNoFindingRepeatsWhatIsWithheld(t *testing.T) {
	for seed := range int64(3) {
		o := grow(200+seed, 12, false)
		base := sitetest.Run(t, sitetest.Options(o.files, "public"))
		var values []string
		for _, e := range base.Cleared.Ledger().Entries {
			text := e.Secret.Reveal()
			if w := strings.Fields(text); e.Kind == ledger.File || len(flat(text)) < 4 || len(w) > 1 && len(w) < 3 && e.Kind == ledger.Title {
				continue
			} else if len(w) > 9 {
				text = strings.Join(w[:9], " ")
			}
			if strings.Trim(text, "[]()^*") == text && !strings.ContainsAny(text, "|\n`\"") {
				values = append(values, text)
			}
		}
		if len(values) < 40 {
			t.Fatalf("only %d values are withheld", len(values))
		}
		r := rand.New(rand.NewSource(seed))
		for round := range 3 {
			files := fstest.MapFS{}
			for name, f := range o.files {
				files[name] = f
			}
			files["content/pages/good.md"] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Good\"\nsummary = \"A page.\"\ndate = 2026-09-14\n+++\nText.\n")}
			var typed []string
			for i, m := range mistakes {
				if round == 2 && (m.front != "" || !strings.Contains(m.body, "#")) {
					continue // only what is seen in the finished pages
				}
				value := values[r.Intn(len(values))]
				typed = append(typed, value)
				name := strings.Join(strings.FieldsFunc(strings.ToLower(value), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), m.joint)
				front, body := "", "Text."
				if m.front != "" {
					front = fmt.Sprintf(m.front, name)
				} else {
					body = fmt.Sprintf(m.body, name)
				}
				files[fmt.Sprintf("content/%swrong%d.md", folder(front), i)] = &fstest.MapFile{Data: []byte("+++\ntitle = \"Wrong\"\nsummary = \"A page.\"\ndate = 2026-09-14\n" + front + "+++\n" + body + "\n")}
			}
			found := 0
			for _, edition := range []string{"public", "partners", "internal"} {
				out := sitetest.Run(t, sitetest.Options(files, edition))
				found += len(out.Findings)
				for _, f := range out.Findings {
					said := flat(f.Message + "\x00" + f.Hint)
					for _, value := range typed {
						if w := strings.Fields(value); len(w) == 9 {
							value = strings.Join(w[:8], " ")
						}
						if strings.Contains(said, flat(value)) {
							t.Errorf("%s: %q is read out: %s", edition, value, f)
						}
					}
				}
			}
			if found < 20 && round < 2 {
				t.Errorf("only %d findings", found)
			}
		}
	}
}

// The names by which something withheld is referred to: an id made of the words of a withheld heading, one that an author
// gave, the name of a passage. What an edition may see, only the editions below withhold: its findings are read all the same.
func TestNoFindingRepeatsANameOfWhatIsWithheld(t *testing.T) {
	const front = "[[withhold]]\nsection = \"sites-under-watch\"\nreason = \"law-enforcement\"\n[[withhold]]\nsection = \"quarryside\"\nreason = \"law-enforcement\"\n" +
		"[[withhold]]\npassage = \"merlinfell\"\nreason = \"confidential\"\n[[withhold]]\nfield = \"extra.short\"\nreason = \"confidential\"\nsearch = false\n[extra]\nshort = \"kqx\"\n"
	source := page("pages/about.md", front, "## Sites under watch\n\nZembrickwold.\n\n## Another {#quarryside}\n\nVexmarrow.\n\n## Shown\n\nSome {{< passage \"merlinfell\" >}}words{{< /passage >}} here.")
	for _, wrong := range []string{
		"[x](#sites-under-watch)", "[x](#quarryside)", "[x](https://plan.testford.example/pages/about/#sites-under-watch)", "[x](/pages/about/#quarryside)", "[x](/pages/about/#sites-under-wach)",
		"{{< merlinfell >}}", "{{< sites_under_watch >}}", "{{< contact \"merlinfell\" >}}", "{{< field \"quarryside\" >}}", "{{< kqx >}}", "{{< contact \"kqx\" >}}", "[x](#kqx)",
		"[x](https://plan.testford.example/pages/about/#quarryside)", "[x](https://plan.testford.example/pages/more/#quarryside)", "{{< quarryside >}}",
	} {
		files := sitetest.Files(source + page("pages/more.md", "", "Text. "+wrong))
		for _, edition := range []string{"public", "partners", "internal"} {
			out := sitetest.Run(t, sitetest.Options(files, edition))
			for _, f := range out.Findings {
				for _, name := range []string{"sitesunderwatch", "quarryside", "merlinfell", "kqx"} {
					if strings.Contains(flat(f.Message+f.Hint), name) {
						t.Errorf("%s, %s: %s", edition, wrong, f)
					}
				}
			}
			if edition == "public" && len(out.Findings) == 0 {
				t.Errorf("%s: nothing was found", wrong)
			}
		}
	}
}

// A text of a figure that only the public edition withholds.
func TestNoFindingRepeatsATextOfAFigure(t *testing.T) {
	const station = "Zembrickwold Yard"
	files := sitetest.Files(figurePage("{{< table \"kits\" >}}\n\n{{< " + strings.ReplaceAll(strings.ToLower(station), " ", "_") + " >}}"))
	for _, edition := range []string{"public", "partners", "internal"} {
		out := sitetest.Run(t, sitetest.Options(files, edition))
		if len(out.Findings) == 0 {
			t.Errorf("%s: nothing was found", edition)
		}
		for _, f := range out.Findings {
			if strings.Contains(flat(f.Message+f.Hint), flat(station)) {
				t.Errorf("%s: %s", edition, f)
			}
		}
	}
}

// A path, and the name by which the program itself calls what is withheld, are needed to mend anything.
func TestFindingsKeepPathsAndNames(t *testing.T) {
	files := sitetest.Files(page("pages/about.md", "[[withhold]]\nsection = \"quarryside\"\nreason = \"law-enforcement\"\n[extra]\nquarryside = \"about more\"\n", "## Another {#quarryside}\n\nOne ein two dwy three tri four ped five pum.") +
		page("pages/more.md", "", "We say one ein two dwy three tri four ped five pum."))
	out := sitetest.Run(t, sitetest.Options(files, "public"))
	said := sitetest.Print(out.Findings)
	for _, want := range []string{`section "quarryside"`, "of content/pages/about.md"} {
		if !strings.Contains(said, want) {
			t.Errorf("%s is not named:\n%s", want, said)
		}
	}
}
