package words_test

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"candour/internal/words"
	"candour/themes"
)

// shipped are the words that come with the program.
func shipped(t *testing.T, primary string) *words.Set {
	t.Helper()
	s := words.New(primary)
	entries, err := fs.ReadDir(themes.FS, "candour/i18n")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := fs.ReadFile(themes.FS, "candour/i18n/"+e.Name())
		if err != nil {
			t.Fatal(err)
		}
		if found := s.Add(strings.TrimSuffix(e.Name(), ".toml"), e.Name(), data); len(found) > 0 {
			t.Fatal(found)
		}
	}
	return s
}

// A language that has no words, or lacks one, speaks English; a site's file rewords key by key.
func TestFallback(t *testing.T) {
	s := shipped(t, "en")
	for lang, want := range map[string]string{"": "Alerts", "en": "Alerts", "en-GB": "Alerts", "xx": "Alerts", "pa": "Alerts"} {
		if got := s.For(lang).T("section_alerts"); got != want {
			t.Errorf("%q: %q, want %q", lang, got, want)
		}
	}
	if s.Has("pa") || !s.Has("en-GB") {
		t.Error("Has is wrong")
	}
	if found := s.Add("pa", "pa.toml", []byte("section_alerts = \"ਚੇਤਾਵਨੀਆਂ\"\n")); len(found) > 0 {
		t.Fatal(found)
	}
	pa := s.For("pa")
	if pa.T("section_alerts") != "ਚੇਤਾਵਨੀਆਂ" || pa.T("section_leaflets") != "Leaflets" || pa.T("nothing") != "" {
		t.Errorf("%q, %q, %q", pa.T("section_alerts"), pa.T("section_leaflets"), pa.T("nothing"))
	}
	if len(s.Missing("pa")) != len(s.Missing("xx"))-1 || s.Table("pa")["section_leaflets"] != "Leaflets" {
		t.Error("what is missing is not told, or not filled in for the renderer")
	}
	if found := s.Add("en", "themes/own/i18n/en.toml", []byte("section_alerts = \"Warnings\"\n")); len(found) > 0 || s.For("en").T("section_alerts") != "Warnings" || s.For("en").T("section_plans") != "Plans" {
		t.Errorf("a site's own word does not hold, or takes others away: %v", found)
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name, lang, data string
		line             int
	}{
		{"a number", "cy", "a = \"A\"\nhome = 3\n", 2},
		{"an unknown plural form", "cy", "[size_bytes]\nsome = \"x\"\nother = \"y\"\n", 1},
		{"no form other", "cy", "[size_bytes]\none = \"x\"\n", 1},
		{"not TOML", "cy", "home = Cartref\n", 1},
		{"no language", "welsh-words", "home = \"x\"\n", 0},
	} {
		found := words.New("en").Add(tc.lang, "i18n.toml", []byte(tc.data))
		if len(found) != 1 || found[0].Line != tc.line || found[0].File != "i18n.toml" {
			t.Errorf("%s: %v", tc.name, found)
		}
	}
}

func TestMarker(t *testing.T) {
	en := shipped(t, "en").For("")
	m := en.Marker("personal information", "40(2)")
	if m != "Withheld: personal information (Freedom of Information Act 2000, section 40(2))" || en.MarkerBegin() != "Withheld: " || !en.IsMarker(m) || en.IsMarker("Withheld") {
		t.Errorf("%q, begins %q", m, en.MarkerBegin())
	}
}

var london = func() *time.Location {
	at, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	return at
}()

func TestEnglishTimes(t *testing.T) {
	en := shipped(t, "en").For("")
	at := time.Date(2026, 11, 27, 18, 0, 0, 0, london)
	for want, got := range map[string]string{
		"27 November 2026":                   en.Date(at),
		"Friday 27 November 2026":            en.LongDate(at),
		"6 pm":                               en.Time(at),
		"12:30 am":                           en.Time(at.Add(6*time.Hour + 30*time.Minute)),
		"12 pm":                              en.Time(at.Add(-6 * time.Hour)),
		"6 pm on Friday 27 November 2026":    en.Moment(at),
		"the end of Friday 27 November 2026": en.EndOf(at),
		"6:05 pm on 27 November 2026":        en.Short(at.Add(5 * time.Minute)),
		"1 byte":                             en.Size(1),
		"999 bytes":                          en.Size(999),
		"2 kB":                               en.Size(1500),
		"1.5 MB":                             en.Size(1_500_000),
		"Lead: phone":                        en.Field([]string{"lead", "phone"}),
		"Night cover: out of hours":          en.Field([]string{"night_cover", "out-of-hours"}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
