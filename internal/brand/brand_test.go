package brand

import (
	"strconv"
	"strings"
	"testing"

	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/webcheck"
	"candour/themes"
)

func theme(t testing.TB) Theme {
	t.Helper()
	data, err := themes.FS.ReadFile("candour/theme.toml")
	if err != nil {
		t.Fatal(err)
	}
	th, found := Read(data, "theme.toml")
	if len(found) > 0 || len(th.pairs) < 20 || len(th.places) != 2 {
		t.Fatalf("%d pairs, %d places: %v", len(th.pairs), len(th.places), found)
	}
	return th
}

func at(line int) diag.Pos { return diag.Pos{File: "candour.toml", Line: line, Column: 9} }

// Whatever colour is given, either both schemes can be read or it is refused with one that would do.
func TestEveryColourPassesOrIsRefusedWithOneThatPasses(t *testing.T) {
	th := theme(t)
	refused, worn := 0, 0
	for _, r := range []string{"00", "55", "aa", "ff"} {
		for _, g := range []string{"00", "55", "aa", "ff"} {
			for _, b := range []string{"00", "55", "aa", "ff"} {
				c := config.Colour{Light: "#" + r + g + b, LightAt: at(7)}
				out, found := th.Wear(config.Brand{Brand: c, Accent: c})
				if len(found) == 0 {
					worn++
					if problems := webcheck.Contrast(out.Pairs()); len(problems) > 0 {
						t.Errorf("%s is taken, and fails: %v", c.Light, problems)
					}
					continue
				}
				refused++
				for _, f := range found {
					_, hint, _ := strings.Cut(f.Hint, `"#`)
					better := "#" + hint[:min(6, len(hint))]
					if f.Pos() != at(7) || !strings.Contains(f.Message, c.Light) {
						t.Errorf("%v", f)
					}
					if _, again := th.Wear(config.Brand{Brand: config.Colour{Light: better}, Accent: config.Colour{Light: better}}); strings.Contains(f.Message, "colours.accent") && len(again) > 0 {
						t.Errorf("%s is offered in place of %s, and refused: %v", better, c.Light, again)
					}
				}
			}
		}
	}
	if refused < 10 || worn < 10 {
		t.Errorf("%d refused, %d worn", refused, worn)
	}
}

func TestWear(t *testing.T) {
	th := theme(t)
	plain := th.Colours["light"]["accent"]
	for _, tc := range []struct {
		name  string
		brand config.Brand
		light map[string]string
		dark  map[string]string
		want  []string
	}{
		{"nothing given", config.Brand{}, map[string]string{"accent": plain}, nil, nil},
		{"one colour is for links too", config.Brand{Brand: config.Colour{Light: "#7a1f6b"}}, map[string]string{"accent": "#7a1f6b", "link": "#7a1f6b", "on-accent": "#ffffff"}, map[string]string{"on-accent": "#000000"}, nil},
		{"two colours", config.Brand{Brand: config.Colour{Light: "#7a1f6b"}, Accent: config.Colour{Light: "#00558c"}}, map[string]string{"accent": "#7a1f6b", "link": "#00558c"}, nil, nil},
		{"a dark one of their own", config.Brand{Brand: config.Colour{Light: "#7a1f6b", Dark: "#ffddff"}}, nil, map[string]string{"accent": "#ffddff"}, nil},
		{"too light for paper", config.Brand{Brand: config.Colour{Light: "#ffdd00", LightAt: at(3)}}, nil, nil,
			[]string{"candour.toml:3:9", `"colours.brand": #ffdd00 has a contrast of 1.22 to 1 in the light scheme`}},
		{"too dark for the dark", config.Brand{Accent: config.Colour{Light: "#003355", LightAt: at(3), Dark: "#003355", DarkAt: at(4)}}, nil, nil,
			[]string{"candour.toml:4:9", `"colours.accent": #003355 has a contrast of 1.19 to 1 in the dark scheme`}},
		// 4.54 to 1 on white, and less on a panel: words stand on both.
		{"a shade too light", config.Brand{Brand: config.Colour{Light: "#767676", LightAt: at(3)}}, nil, nil, []string{"headings on panels", "and needs 4.5"}},
	} {
		out, found := th.Wear(tc.brand)
		if (len(found) > 0) != (tc.want != nil) {
			t.Errorf("%s: %v", tc.name, found)
		}
		for _, want := range tc.want {
			if !strings.Contains(found[0].String(), want) {
				t.Errorf("%s: %v lacks %s", tc.name, found[0], want)
			}
		}
		for scheme, colours := range map[string]map[string]string{"light": tc.light, "dark": tc.dark} {
			for name, want := range colours {
				if got := out.Colours[scheme][name]; got != want {
					t.Errorf("%s: %s of %s is %s, want %s", tc.name, name, scheme, got, want)
				}
			}
		}
	}
	if th.Colours["light"]["accent"] != plain {
		t.Error("the theme's own colours were changed")
	}
}

func TestAThemeWithoutAPlace(t *testing.T) {
	th, _ := Read([]byte("[colours.light]\ntext = \"#000000\"\n"), "theme.toml")
	_, found := th.Wear(config.Brand{Brand: config.Colour{Light: "#7a1f6b", LightAt: at(3)}})
	if len(found) != 1 || found[0].Rule != "config-not-usable" || found[0].Pos() != at(3) {
		t.Error(found)
	}
}

func TestThemeThatIsNoTOML(t *testing.T) {
	_, found := Read([]byte("[colours\n"), "themes/x/theme.toml")
	if len(found) != 1 || found[0].File != "themes/x/theme.toml" || found[0].Line == 0 {
		t.Error(found)
	}
}

func TestColoursComeBackAsTheyWere(t *testing.T) {
	for _, hex := range []string{"#000000", "#ffffff", "#7a1f6b", "#0d4d5b", "#ffdd00", "#00ff00", "#0000ff", "#808080"} {
		if got := parse(hex).hex(); got != hex {
			t.Errorf("%s becomes %s", hex, got)
		}
	}
}

func TestFindLogo(t *testing.T) {
	const wide = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80"/>`
	files := map[string][]byte{
		"logo.svg": []byte(wide), "none.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "text.png": []byte("no picture"), "damaged.png": nil,
		"large.svg": []byte(wide + strings.Repeat(" ", logoBytes)), "line.svg": []byte(strings.Replace(wide, "80", "8", 1)), "logo.pdf": []byte("%PDF"),
		"brand/tall.svg": []byte(strings.Replace(wide, "300 80", "100 200", 1)),
	}
	var names []string
	for name := range files {
		names = append(names, name)
	}
	for _, tc := range []struct{ name, want string }{
		{"logo.svg", "240 64"}, {"brand/tall.svg", "32 64"}, {"", "0 0"},
		{"none.svg", "does not say how large"}, {"text.png", "not a picture"}, {"damaged.png", "not a picture"},
		{"large.svg", "101 kB"}, {"line.svg", "too long or too high"}, {"logo.pdf", "no picture of a kind"}, {"logos.svg", `did you mean "logo.svg"?`},
	} {
		logo, found := FindLogo(config.Brand{Logo: tc.name, LogoAt: at(5)}, func(p string) []byte { return files[p] }, names)
		got := strings.TrimSpace(strings.Join([]string{strconv.Itoa(logo.Width), strconv.Itoa(logo.Height)}, " "))
		if len(found) > 0 {
			got = found[0].String()
			if found[0].Pos() != at(5) || found[0].Hint == "" {
				t.Errorf("%s: %v", tc.name, found[0])
			}
		}
		if !strings.Contains(got, tc.want) {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}
