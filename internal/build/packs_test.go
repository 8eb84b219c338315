package build_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"aead.dev/minisign"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/pack"
	"candour/internal/sitetest"
)

// withPack builds the public edition of a site that takes a pack of these files.
func withPack(t *testing.T, files map[string]string) *build.Outcome {
	t.Helper()
	return withPackAnd(t, files, "")
}

// withPackAnd does so with further lines below its [[pack]].
func withPackAnd(t *testing.T, files map[string]string, lines string) *build.Outcome {
	t.Helper()
	public, private, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	content := map[string][]byte{}
	for name, text := range files {
		content[name] = []byte(text)
	}
	archive, err := pack.Create(pack.Manifest{Name: "national", Version: "1", Publisher: "National Office", Licence: "OGL-UK-3.0",
		Attribution: "Contains public sector information.", Date: "2026-11-01T09:00:00Z"}, content, private, nil)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "a.pack"), archive, 0o644); err != nil {
		t.Fatal(err)
	}
	site := sitetest.Files("-- content/plans/plan.md --\n+++\ntitle = \"A plan\"\nsummary = \"S.\"\ndate = 2026-01-05\npartnership = \"P\"\nreviewed = 2026-11-05\nnext_review = 2027-06-01\n" +
		"covers = [\"nitazenes\"]\n[[lead]]\nelement = \"treat\"\nrole = \"Lead\"\nname = \"Marguerite Quillon\"\n+++\nText.\n")
	site["candour.toml"].Data = []byte(sitetest.Config + "\n[[pack]]\nname = \"national\"\nsource = \"a.pack\"\nkey = \"" + public.String() + "\"\n" + lines)
	opt := sitetest.Options(site, "public")
	opt.Load.Packs = &load.Packs{Store: &pack.Store{Program: "0.1.0"}, Dir: dir}
	return sitetest.Run(t, opt)
}

// What a pack brings is held to what the site's own pages are held to, though it is signed: redaction, vetting and the
// audit take it as any other content.
func TestPacksAreHeldToTheRules(t *testing.T) {
	leaflet := func(front, body string) map[string]string {
		return map[string]string{"content/leaflets/festival/a.md": "+++\ntitle = \"A leaflet\"\nsummary = \"S.\"\ndate = 2026-11-01\nsetting = \"festival\"\naudience = [\"public\"]\n" + front + "+++\n\n" + body + "\n"}
	}
	for name, c := range map[string]struct {
		files map[string]string
		rule  diag.Rule // of an error; zero where the site may be published
	}{
		"as it should be":          {leaflet("", "Stay together."), diag.Rule{}},
		"raw HTML":                 {leaflet("", "<b>Stay</b> together."), diag.RawHTML},
		"an unknown key":           {leaflet("colour = \"red\"\n", "Stay together."), diag.UnknownKey},
		"somebody's telephone":     {leaflet("", "Ring 07700 900123."), diag.UnflaggedPhone},
		"a picture elsewhere":      {leaflet("", "![A van](https://pictures.example/a.png)"), diag.ThirdParty},
		"what this site withholds": {leaflet("", "Ask Marguerite Quillon."), diag.Leak},
		"a lowered level":          {map[string]string{"data/schema/plans.toml": "[fields.\"lead.*.name\"]\nlevel = \"public\"\n"}, diag.BadSchema},
		"a shortcode of its own":   {leaflet("", "{{< getJSON >}}"), diag.UnknownShortcode},
		"a link to nowhere":        {leaflet("", "[See](/pages/nowhere/)."), diag.BrokenLink},
	} {
		t.Run(name, func(t *testing.T) {
			out := withPack(t, c.files)
			if c.rule.Name == "" {
				if out.Audited == nil {
					t.Fatalf("may not be published:\n%s", sitetest.Print(out.Findings))
				}
				return
			}
			if out.Audited != nil || !out.Findings.Has(c.rule) {
				t.Errorf("want %s:\n%s", c.rule.Name, sitetest.Print(out.Findings))
			}
			if text := sitetest.Print(out.Findings); strings.Contains(text, "Quillon") {
				t.Errorf("a finding holds what is withheld:\n%s", text)
			}
		})
	}

	// A flag in a pack's page is obeyed.
	out := withPack(t, leaflet("[[withhold]]\npassage = \"van\"\nreason = \"law-enforcement\"\n", "The van is {{< passage \"van\" >}}behind the third arch of the viaduct{{< /passage >}} today."))
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	if where := sitetest.Containing(out, "third arch"); len(where) > 0 {
		t.Errorf("a withheld passage of a pack's page is in %v", where)
	}
}

// The words that a site adds to a pack's page are held to the rules on wording too, where they stand.
func TestWordsOfNotes(t *testing.T) {
	for text, rule := range map[string]diag.Rule{"Give two doses at once.": diag.NaloxoneDose, "Ask for the addicts' tent.": diag.StigmatisingWords, "Ask at the tent.": {}} {
		out := withPackAnd(t, map[string]string{"content/leaflets/festival/a.md": "+++\ntitle = \"A leaflet\"\nsummary = \"S.\"\ndate = 2026-11-01\nsetting = \"festival\"\naudience = [\"public\"]\n+++\n\nStay together.\n"},
			"[[pack.note]]\npage = \"content/leaflets/festival/a.md\"\ntext = \""+text+"\"\n")
		var got []diag.Finding
		for _, f := range out.Findings {
			if f.File == "candour.toml" && f.Rule != diag.PackNotLocked.Name {
				got = append(got, f)
			}
		}
		if rule.Name == "" && len(got) > 0 || rule.Name != "" && (len(got) != 1 || got[0].Rule != rule.Name || got[0].Line == 0) {
			t.Errorf("%q: want %q:\n%s", text, rule.Name, sitetest.Print(out.Findings))
		}
	}
}

// Nobody is told to take a leaflet away for what stops nothing.
func TestHintsOnPagesOfPacks(t *testing.T) {
	page := func(body string) string {
		return "+++\ntitle = \"A leaflet\"\nsummary = \"S.\"\ndate = 2026-11-01\nsetting = \"festival\"\naudience = [\"public\"]\n+++\n\n" + body + "\n"
	}
	out := withPack(t, map[string]string{"content/leaflets/festival/a.md": page("Stay together."), "content/leaflets/festival/a.pl.md": page("Zostańcie razem."), "content/leaflets/festival/b.md": page("<b>Stay</b>.")})
	seen := map[diag.Severity]bool{}
	for _, f := range out.Findings {
		if !strings.HasPrefix(f.File, "content/leaflets/festival/") || f.Hint == "" {
			continue
		}
		seen[f.Severity] = true
		if leaves := strings.Contains(f.Hint, "exclude = "); leaves != (f.Severity == diag.Error) || !strings.Contains(f.Hint, "National Office") {
			t.Errorf("%s: %s: %s", f.Severity, f.Rule, f.Hint)
		}
	}
	if !seen[diag.Error] || !seen[diag.Notice] {
		t.Errorf("no error or no notice:\n%s", sitetest.Print(out.Findings))
	}
}
