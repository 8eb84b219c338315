package config

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/level"
)

const whole = `title        = "Eastmere Combating Drugs Partnership"
base_url     = "https://plan.eastmere.example"
language     = "en-GB"
organisation = "Eastmere Council"
area         = "Eastmere"
nation       = "England"
theme        = "plain words"

[contact]
email               = "publichealth@eastmere.example"
phone               = "01632 960000"
alternative_formats = "formats@eastmere.example"

[[edition]]
name = "public"
clearance = "public"

[[edition]]
name = "partners"
clearance = "partners"
base_url = "https://partners.eastmere.example/plan"

[[edition]]
name = "internal"
clearance = "restricted"

[signoff]
alerts   = ["public-health", "police", "duty-officer"]
leaflets = []

[publishable]
phones     = ["999", "0300 123 6600"]
emails     = ["a@b.example"]
postcodes  = ["EM1 1AA"]
names      = ["Dr Example"]
operations = ["Operation Example"]
phrases    = ["call 999 and ask for an ambulance"]
`

func parse(t *testing.T, src string) *Config {
	t.Helper()
	c, found := Parse([]byte(src), "candour.toml")
	if len(found) > 0 {
		t.Fatalf("findings: %v", found)
	}
	return c
}

func TestParseWhole(t *testing.T) {
	for kind, src := range map[string]string{"lf": whole, "crlf": strings.ReplaceAll(whole, "\n", "\r\n"), "bom": "\ufeff" + whole} {
		c := parse(t, src)
		if c.Title != "Eastmere Combating Drugs Partnership" || c.BaseURL != "https://plan.eastmere.example/" || c.Language != "en-GB" ||
			c.Organisation != "Eastmere Council" || c.Area != "Eastmere" || c.Nation != "England" || c.Theme != "plain words" {
			t.Errorf("%s: site: %+v", kind, c)
		}
		if c.Contact != (Contact{"publichealth@eastmere.example", "01632 960000", "formats@eastmere.example"}) {
			t.Errorf("%s: contact: %+v", kind, c.Contact)
		}
		wantEditions := []Edition{
			{"public", level.Public, "https://plan.eastmere.example/", diag.Pos{File: "candour.toml", Line: 15, Column: 1}},
			{"partners", level.Partners, "https://partners.eastmere.example/plan/", diag.Pos{File: "candour.toml", Line: 19, Column: 1}},
			{"internal", level.Restricted, "", diag.Pos{File: "candour.toml", Line: 24, Column: 1}},
		}
		if !reflect.DeepEqual(c.Editions, wantEditions) {
			t.Errorf("%s: editions: %+v", kind, c.Editions)
		}
		wantSignoff := map[string][]string{
			"alerts": {"public-health", "police", "duty-officer"}, "alert-templates": {"public-health", "police"}, "leaflets": {},
			"plans": {"senior-responsible-owner"}, "narrative": {"national"}, "pages": {},
		}
		if !reflect.DeepEqual(c.Signoff, wantSignoff) || !reflect.DeepEqual(c.SignoffGiven, map[string]bool{"alerts": true, "leaflets": true}) {
			t.Errorf("%s: sign-off: %v, given %v", kind, c.Signoff, c.SignoffGiven)
		}
		wantPublishable := Publishable{[]string{"999", "0300 123 6600"}, []string{"a@b.example"}, []string{"EM1 1AA"},
			[]string{"Dr Example"}, []string{"Operation Example"}, []string{"call 999 and ask for an ambulance"}}
		if !reflect.DeepEqual(c.Publishable, wantPublishable) {
			t.Errorf("%s: publishable: %+v", kind, c.Publishable)
		}
	}
}

const least = `title = "T"
base_url = "https://t.example/"
language = "cy"
organisation = "O"
contact.email = "a@t.example"
`

func TestDefaults(t *testing.T) {
	c := parse(t, least)
	if got := c.EditionNames(); !reflect.DeepEqual(got, []string{"public", "partners", "internal"}) {
		t.Errorf("editions: %v", got)
	}
	for name, want := range map[string]level.Level{"public": level.Public, "partners": level.Partners, "internal": level.Restricted} {
		e, ok := c.Edition(name)
		if !ok || e.Clearance != want || e.Public() != (name == "public") {
			t.Errorf("edition %s: %+v, %v", name, e, ok)
		}
	}
	if _, ok := c.Edition("Public"); ok {
		t.Error("an edition of another name was found")
	}
	if !reflect.DeepEqual(c.Signoff, defaultSignoff()) || len(c.SignoffGiven) != 0 {
		t.Errorf("sign-off: %v, given %v", c.Signoff, c.SignoffGiven)
	}
}

func TestFindings(t *testing.T) {
	with := func(extra string) string { return least + extra }
	without := func(key string) string {
		var kept []string
		for _, l := range strings.SplitAfter(least, "\n") {
			if !strings.HasPrefix(l, key) {
				kept = append(kept, l)
			}
		}
		return strings.Join(kept, "")
	}
	edition := func(lines ...string) string { return with("[[edition]]\n" + strings.Join(lines, "\n") + "\n") }
	for _, tc := range []struct {
		name, src string
		want      []string // rule, position and parts of the message and hint
	}{
		{"missing title", without("title"), []string{`missing-key 1:1 "title" is missing`}},
		{"missing language", without("language"), []string{`missing-key 1:1 "language" is missing`}},
		{"missing organisation", without("organisation"), []string{`missing-key 1:1 "organisation" is missing`}},
		{"missing contact", without("contact"), []string{`missing-key 1:1 "contact.email" is missing`}},
		{"missing e-mail", without("contact") + "[contact]\nphone = \"1\"\n", []string{`missing-key 5:2 "contact.email" is missing`}},
		{"nothing at all", "", []string{`missing-key 1:1 "contact.email"`, `missing-key 1:1 "language"`, `missing-key 1:1 "organisation"`, `missing-key 1:1 "title"`}},
		{"no base URL is for Check", without("base_url"), nil},
		{"empty optional", with("area = \"\"\n"), nil},
		{"empty required", without("title") + "title = \" \"\n", []string{`bad-value 5:9 empty`}},
		{"unknown key", with("titel = \"x\"\n"), []string{`unknown-key 6:1 did you mean "title"?`}},
		{"unknown key, none near", with("weight = 1\n"), []string{`unknown-key 6:1 "weight" is no key of candour.toml`}},
		{"unknown key in contact", with("contact.mail = \"x\"\n"), []string{`unknown-key 6:9 did you mean "email"?`}},
		{"unknown kind", with("[signoff]\nleaflet = []\n"), []string{`unknown-key 7:1 did you mean "leaflets"?`}},
		{"unknown list", with("[publishable]\n  phone = []\n"), []string{`unknown-key 7:3 did you mean "phones"?`}},
		{"unknown key of an edition", edition(`name = "public"`, `clearance = "public"`, `level = "public"`), []string{`unknown-key 9:1 [[edition]]`}},
		{"type of text", without("title") + "title = 5\n", []string{`bad-value 5:9 text between straight quotes`}},
		{"several lines", with("area = \"a\\nb\"\n"), []string{`bad-value 6:8 one line`}},
		{"type of table", without("contact") + "contact = \"x\"\n", []string{`bad-value 5:11 takes a table`}},
		{"type of list", with("[publishable]\nphones = \"999\"\n"), []string{`bad-value 7:10 list`}},
		{"type in a list", with("[publishable]\nphones = [\"111\", 999]\n"), []string{`bad-value 7:18 text between`}},
		{"type of edition", with("edition = \"public\"\n"), []string{`bad-value 6:11 blocks`}},
		{"type of an edition", with("edition = [1]\n"), []string{`bad-value 6:11 blocks`}},
		{"no edition", with("edition = []\n"), []string{`bad-value 6:11 empty`}},
		{"edition in braces", with("edition = [{name = \"public\", clearance = \"public\"}]\n"), nil},
		{"base URL", without("base_url") + "base_url = \"plan.example\"\n", []string{`bad-value 5:12 https://`}},
		{"language", without("language") + "language = \"English\"\n", []string{`bad-value 5:12 language tag`}},
		{"e-mail", without("contact") + "contact.email = \"Us <a@t.example>\"\n", []string{`bad-value 5:17 e-mail`}},
		{"theme", with("theme = \"../x\"\n"), []string{`bad-value 6:9 folder`}},
		{"edition without name", edition(`clearance = "public"`), []string{`missing-key 6:3 "edition.0.name"`}},
		{"edition without clearance", edition(`name = "public"`), []string{`missing-key 6:3 "edition.0.clearance"`}},
		{"edition's name", edition(`name = "Head Office"`, `clearance = "public"`), []string{`bad-value 7:8 small letters`}},
		{"edition's clearance", edition(`name = "p"`, `clearance = "restrict"`), []string{`bad-value 8:13 did you mean "restricted"?`}},
		{"edition's base URL", edition(`name = "p"`, `clearance = "partners"`, `base_url = "https://p.example/?x"`), []string{`bad-value 9:12 without ?`}},
		{"an edition twice", edition(`name = "p"`, `clearance = "partners"`, "[[edition]]", `name = "p"`, `clearance = "partners"`), []string{`bad-value 10:8 already`}},
		{"public edition of restricted matter", edition(`name = "public"`, `clearance = "restricted"`), []string{`bad-value 8:13 more than the public may see`}},
		{"two editions at one address", edition(`name = "public"`, `clearance = "public"`, "[[edition]]", `name = "p"`, `clearance = "partners"`, `base_url = "https://t.example"`),
			[]string{`bad-value 10:1 same base URL`}},
		{"role", with("[signoff]\nalerts = [\"Public Health\"]\n"), []string{`bad-value 7:11 small letters`}},
		{"a role twice", with("[signoff]\nalerts = [\"police\", \"police\"]\n"), []string{`bad-value 7:21 twice`}},
		{"a pack without a source and a key", with("[[pack]]\nname = \"national\"\n"), []string{`missing-key 6:3 "pack.0.key"`, `missing-key 6:3 "pack.0.source"`}},
		{"a pack's address", with(packBlock("https", "http")), []string{`bad-value 8:10 https://`}},
		{"a pack's key", with(packBlock("RWQ", "RWX")), []string{`bad-value 9:7 no public key`}},
		{"a pack twice", with(packBlock("", "") + packBlock("", "")), []string{`bad-value 12:8 a second time`}},
		{"a pack's unknown key", with(packBlock("source", "sourse")), []string{`missing-key 6:3 source`, `unknown-key 8:1 did you mean "source"?`}},
		{"a path out of a pack", with(packBlock("content", "/content")), []string{`bad-value 10:12 paths of the pack`}},
		{"a note nowhere", with(packBlock("", "") + "[[pack.note]]\npage = \"x\"\ntext = \"y\"\nplace = \"beside\"\n"), []string{`bad-value 14:9 neither above nor below`}},
		{"a link in a note", with(packBlock("", "") + "[[pack.note]]\npage = \"x\"\ntext = \"See [our page](/pages/x/).\"\n"), []string{`bad-value 13:8 signs of Markdown`}},
		{"a shortcode in a note", with(packBlock("", "") + "[[pack.note]]\npage = \"x\"\ntext = \"Ring {{< contact \\\"x\\\" >}}.\"\n"), []string{`bad-value 13:8 shortcode`}},
		{"emphasis in a note", with(packBlock("", "") + "[[pack.note]]\npage = \"x\"\ntext = \"Ask *now*.\"\n"), []string{`bad-value 13:8 signs of Markdown`}},
		{"a list in an override's note", with(packBlock("", "") + "[[pack.override]]\npage = \"x\"\nby = \"y\"\ndate = 2026-11-20\nnote = \"- Names our tent.\"\n"), []string{`bad-value 15:8 signs of Markdown`}},
		{"plain words in a note", with(packBlock("", "") + "[[pack.note]]\npage = \"x\"\ntext = \"Tent 2 (by the gate) - open 4 * 6 hours; a_b@x.example, [Gate A] & co. #1\"\n"), nil},
		{"an override without a date", with(packBlock("", "") + "[[pack.override]]\npage = \"x\"\nby = \"y\"\nnote = \"z\"\n"), []string{`missing-key 11:8 date`}},
		{"an override's date", with(packBlock("", "") + "[[pack.override]]\npage = \"x\"\nby = \"y\"\nnote = \"z\"\ndate = \"soon\"\n"), []string{`bad-value 15:8 takes a date`}},
		{"contacts as a list", with("contacts = []\n"), []string{`bad-value 6:12 takes a table`}},
		{"a contact's key", with("[contacts]\n\"Local service\" = \"01632 960111\"\n"), []string{`bad-value 7:19 small letters`}},
		{"a contact of [contact]", with("[contacts]\nphone = \"01632 960111\"\n"), []string{`bad-value 7:9 stands in [contact] already`}},
		{"a contact that is a number", with("[contacts]\nwelfare = 111\n"), []string{`bad-value 7:11 takes text`}},
		{"a contact's labels as text", with("[contacts]\nwelfare = { value = \"111\", labels = \"Lles\" }\n"), []string{`bad-value 7:37 takes a table of languages`}},
		{"a contact's label in no language", with("[contacts]\nwelfare = { value = \"111\", labels = { Welsh = \"Lles\" } }\n"), []string{`bad-value 7:47 is named by no language`}},
		{"a contact's unknown key", with("[contacts]\nwelfare = { value = \"111\", lable = \"Welfare\" }\n"), []string{`unknown-key 7:28 did you mean "label"?`}},
		{"a colour that is none", with("[colours]\nbrand = \"teal\"\naccent = \"#12345\"\n"), []string{`bad-value 7:9 colours.brand`, `bad-value 8:10 colours.accent`}},
		{"a colour of another type", with("[colours]\nbrand = 12\n"), []string{`bad-value 7:9 colours.brand`}},
		{"colours with a slip", with("[colours]\nbrnd = \"#123456\"\n"), []string{`unknown-key 7:1 brnd`}},
		{"a colour with a slip", with("[colours]\nbrand = { light = \"#123456\", drak = \"#fff\" }\n"), []string{`unknown-key 7:30 drak`}},
		{"a colour without its light half", with("[colours]\nbrand = { dark = \"#fff\" }\n"), []string{`missing-key 7:1 colours.brand.light`}},
		{"a logo elsewhere", with("logo = \"../x.svg\"\n"), []string{`bad-value 6:8 logo`}},
		{"a logo on the web", with("logo = \"https://x.example/x.svg\"\n"), []string{`bad-value 6:8 logo`}},
		{"a slip in the statement", with("[accessibility]\nresponse_day = 10\n"), []string{`unknown-key 7:1 did you mean "response_days"?`}},
		{"response in words", with("[accessibility]\nresponse_days = \"ten\"\n"), []string{`bad-value 7:17 working days`}},
		{"a day in quotes", with("[accessibility]\nprepared = \"2026-11-01\"\n"), []string{`bad-value 7:12 takes a day`}},
		{"a test without a day", with("[[accessibility.test]]\nby = \"us\"\nmethod = \"m\"\nresult = \"not\"\n"), []string{`missing-key 6:17 date`}},
		{"a test without a result", with("[[accessibility.test]]\ndate = 2026-11-01\nby = \"us\"\nmethod = \"m\"\n"), []string{`missing-key 6:17 result`}},
		{"a result that is none", with("[[accessibility.test]]\ndate = 2026-11-01\nby = \"us\"\nmethod = \"m\"\nresult = \"partial\"\n"), []string{`bad-value 10:10 did you mean "partially"?`}},
		{"a slip in a test", with("[[accessibility.test]]\ndate = 2026-11-01\nby = \"us\"\nmethod = \"m\"\nresult = \"not\"\npage = []\n"), []string{`unknown-key 11:1 [[accessibility.test]]`}},
		{"an issue without a reason", with("[[accessibility.issue]]\nwhat = \"x\"\n"), []string{`missing-key 6:17 reason`}},
		{"a reason that is none", with("[[accessibility.issue]]\nwhat = \"x\"\nreason = \"burden\"\n"), []string{`bad-value 8:10 disproportionate-burden`}},
		{"a burden without its assessment", with("[[accessibility.issue]]\nwhat = \"x\"\nreason = \"disproportionate-burden\"\n"), []string{`missing-key 6:17 because`}},
		{"compliant in spite of issues", with("[[accessibility.test]]\ndate = 2026-11-01\nby = \"us\"\nmethod = \"m\"\nresult = \"fully\"\n[[accessibility.issue]]\nwhat = \"x\"\nreason = \"non-compliance\"\n"), []string{`bad-value 10:10 fully compliant`}},
		{"no TOML", with("area = Eastmere\n"), []string{`bad-toml 6:8 no value`}},
		{"curly quotes", with("area = “Eastmere”\n"), []string{`curly-quotes 6:8 curly`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, found := Parse([]byte(tc.src), "candour.toml")
			if len(found) != len(tc.want) {
				t.Fatalf("got %d findings, want %d: %v", len(found), len(tc.want), found)
			}
			for i, f := range found {
				want := strings.SplitN(tc.want[i], " ", 3)
				if f.Rule != want[0] || f.Pos().String() != "candour.toml:"+want[1] || !strings.Contains(f.Message+"\n"+f.Hint, want[2]) {
					t.Errorf("got %v\nwant %v", f, want)
				}
				if f.Severity != diag.Error || f.Hint == "" {
					t.Errorf("severity %v, hint %q", f.Severity, f.Hint)
				}
			}
		})
	}
}

func TestBaseURL(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"https://plan.example", "https://plan.example/"},
		{"https://plan.example/", "https://plan.example/"},
		{"http://localhost:1313/a/b", "http://localhost:1313/a/b/"},
		{"https://plan.example/tŷ", "https://plan.example/t%C5%B7/"},
		{"plan.example", ""}, {"/plan/", ""}, {"//plan.example/", ""}, {"ftp://plan.example/", ""}, {"javascript:alert(1)", ""}, {"https://", ""}, {"https:///x", ""},
		{"https://:80/", ""}, {"https://plan.example/?a", ""}, {"https://plan.example/?", ""}, {"https://plan.example/#a", ""}, {"https://plan.example/#", ""},
		{"https://me:pw@plan.example/", ""}, {"https://plan.example/a/../b", ""}, {"https://plan .example/", ""}, {"https://plan.example/\"x", ""}, {"", ""}, {"https://plan.example/%zz", ""},
	} {
		got, err := ParseBaseURL(tc.in)
		if got != tc.want || (err == nil) != (tc.want != "") {
			t.Errorf("ParseBaseURL(%q) = %q, %v; want %q", tc.in, got, err, tc.want)
		}
	}
}

func TestBaseURLOfTheCommandLine(t *testing.T) {
	c := parse(t, strings.Replace(least, "base_url = \"https://t.example/\"\n", "", 1))
	if found := c.Check(false); len(found) != 1 || !found.Has(diag.MissingKey) || !strings.Contains(found[0].Hint, "--base-url") {
		t.Errorf("without a base URL: %v", found)
	}
	if found := c.Check(true); len(found) != 0 {
		t.Errorf("with one given: %v", found)
	}
	e, _ := c.Edition("internal")
	if f, bad := e.Problem(); !bad || f.Rule != diag.ConfigNotUsable.Name || f.File != "candour.toml" {
		t.Errorf("internal without one: %v, %v", f, bad)
	}
	if err := c.SetBaseURL("nonsense"); err == nil {
		t.Error("nonsense was taken")
	}
	if err := c.SetBaseURL("https://preview.example/x"); err != nil {
		t.Fatal(err)
	}
	if found := c.Check(false); len(found) != 0 {
		t.Errorf("after SetBaseURL: %v", found)
	}
	for _, name := range []string{"public", "internal"} {
		e, _ := c.Edition(name)
		if _, bad := e.Problem(); bad || e.BaseURL != "https://preview.example/x/" {
			t.Errorf("%s: %+v", name, e)
		}
	}
}

func TestProblem(t *testing.T) {
	c := parse(t, whole)
	for name, want := range map[string]string{"public": "", "partners": "", "internal": "candour.toml:24:1"} {
		e, _ := c.Edition(name)
		f, bad := e.Problem()
		if bad != (want != "") || f.Pos().String() != want {
			t.Errorf("%s: %v, %v", name, f, bad)
		}
	}
}

func TestPrimaryLanguage(t *testing.T) {
	for tag, want := range map[string]string{"en-GB": "en", "cy": "cy", "CY-gb": "cy", "zh-Hant-TW": "zh"} {
		if got := (&Config{Language: tag}).PrimaryLanguage(); got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
}

// [contacts] takes a line for each, or a table; the details of [contact] are slots too.
func TestSlots(t *testing.T) {
	c, found := Parse([]byte(whole+"\n[contacts]\nlocal-service = \"01632 960111\"\nwelfare = { label = \"Welfare line\", value = \"01632 960112\", labels = { cy = \"Llinell les\" } }\nduty = { label = \"Duty manager\" }\nnights = \"\"\n"), "candour.toml")
	if len(found) > 0 {
		t.Fatal(found)
	}
	if got := strings.Join(c.SlotKeys(), " "); got != "alternative_formats duty email local-service nights phone welfare" {
		t.Errorf("keys: %s", got)
	}
	for key, want := range map[string]string{"local-service": "Local service: 01632 960111", "welfare": "Welfare line: 01632 960112", "duty": "Duty manager: ", "nights": "Nights: ", "phone": ": 01632 960000"} {
		s, ok := c.Slot(key)
		if got := s.Label + ": " + s.Value; !ok || got != want {
			t.Errorf("%s: %q, want %q", key, got, want)
		}
	}
	welfare, _ := c.Slot("welfare")
	for lang, want := range map[string]string{"": "Welfare line true", "cy": "Llinell les true", "pl": "Welfare line false"} {
		if label, known := welfare.LabelIn(lang); fmt.Sprint(label, " ", known) != want {
			t.Errorf("in %q: %s %v", lang, label, known)
		}
	}
	if _, ok := c.Slot("locl-service"); ok {
		t.Error("a slot that nobody gave is known")
	}
}

// packBlock is a [[pack]] with one text of it replaced.
func packBlock(old, new string) string {
	text := "[[pack]]\nname = \"national\"\nsource = \"https://shared.example/national.pack\"\nkey = \"RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\"\ninclude = [\"content/leaflets/\"]\n"
	if old == "" {
		return text
	}
	return strings.Replace(text, old, new, 1)
}

func TestPackTakes(t *testing.T) {
	p := Pack{Include: []string{"content/leaflets/", "data/*.toml", "content/narrative/national"}, Exclude: []string{"content/leaflets/festival", "content/leaflets/*/poster.md"}}
	for file, want := range map[string]bool{
		"content/leaflets/venue/a.md": true, "content/leaflets/festival/a.md": false, "content/leaflets/venue/poster.md": false,
		"content/narrative/national.md": true, "content/narrative/national-2.md": false, "data/threats.toml": true, "data/x.csv": false,
		"content/leafletsx/a.md": false,
	} {
		if got := p.Takes(file); got != want {
			t.Errorf("%s: %v", file, got)
		}
	}
	if all := (&Pack{}); !all.Takes("static/x.png") {
		t.Error("without include, everything is taken")
	}
}
