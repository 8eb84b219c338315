package content_test

import (
	"testing"
	"unicode/utf8"

	"candour/internal/content"
)

func TestAddressOf(t *testing.T) {
	for _, tc := range []struct {
		rel, address, lang string
		section            bool
	}{
		{"pages/about.md", "/pages/about/", "", false},
		{"plans/x/index.md", "/plans/x/", "", false},
		{"leaflets/festival/y.md", "/leaflets/festival/y/", "", false},
		{"leaflets/festival/y/index.md", "/leaflets/festival/y/", "", false},
		{"_index.md", "/", "", true},
		{"plans/_index.md", "/plans/", "", true},
		{"leaflets/festival/_index.md", "/leaflets/festival/", "", true},
		{"plans/slug.cy.md", "/cy/plans/slug/", "cy", false},
		{"plans/slug/index.cy.md", "/cy/plans/slug/", "cy", false},
		{"plans/_index.cy.md", "/cy/plans/", "cy", true},
		{"_index.cy.md", "/cy/", "cy", true},
		{"pages/slug.pt-BR.md", "/pt-br/pages/slug/", "pt-br", false},
		{"pages/v1.2.md", "/pages/v1.2/", "", false},
		{"pages/About Us.md", "/pages/about-us/", "", false},
		{"pages/Our  long   name.md", "/pages/our-long-name/", "", false},
		{"Pages/ABOUT.md", "/pages/about/", "", false},
		{"pages/tŷ ŵyl.md", "/pages/tŷ-ŵyl/", "", false},
		{"pages/ty\u0302.md", "/pages/tŷ/", "", false},
		{"pages/🎪.md", "/pages/u1f3aa/", "", false},
		{"pages/🎪 ŵyl.md", "/pages/ŵyl/", "", false},
		{"pages/what?#&%.md", "/pages/what/", "", false},
		{"pages/index.html.md", "/pages/index.html/", "", false},
	} {
		address, lang, section := content.AddressOf(tc.rel)
		if address != tc.address || lang != tc.lang || section != tc.section {
			t.Errorf("%s: %q, %q, %v", tc.rel, address, lang, section)
		}
	}
}

func TestSplitLanguage(t *testing.T) {
	for base, want := range map[string][2]string{
		"slug": {"slug", ""}, "slug.cy": {"slug", "cy"}, "slug.en-GB": {"slug", "en-gb"}, "a.b.cy": {"a.b", "cy"},
		"v1.2": {"v1.2", ""}, ".cy": {".cy", ""}, "slug.welsh": {"slug.welsh", ""}, "slug.CY": {"slug.CY", ""}, "index.gd": {"index", "gd"},
	} {
		if name, lang := content.SplitLanguage(base); name != want[0] || lang != want[1] {
			t.Errorf("%s: %q and %q", base, name, lang)
		}
	}
}

func TestPage(t *testing.T) {
	p := &content.Page{File: "content/plans/a.cy.md", Lang: "cy", Address: "/cy/plans/a/", FrontLine: 2,
		FrontRaw: []byte("title = \"A\"\n\n[[lead]]\nphone = \"1\"\n"), Front: map[string]any{"title": "A", "n": int64(1)}}
	if p.Source() != "/plans/a/" || p.Home() || p.Text("title") != "A" || p.Text("n") != "" {
		t.Error("the page tells wrong things of itself")
	}
	for got, want := range map[string]string{
		p.Key("title").String(): "content/plans/a.cy.md:2:1", p.Value("title").String(): "content/plans/a.cy.md:2:9",
		p.Key("lead", "0", "phone").String(): "content/plans/a.cy.md:5:1", p.Value("lead", "0", "phone").String(): "content/plans/a.cy.md:5:9",
		p.Key("lead", "0", "name").String(): "content/plans/a.cy.md:4:3", p.Key("nothing").String(): "content/plans/a.cy.md:2:1",
	} {
		if got != want {
			t.Errorf("at %s, want %s", got, want)
		}
	}
	home := &content.Page{File: "content/_index.md", Section: true, Address: "/"}
	if !home.Home() || (&content.Page{File: "content/plans/_index.md", Section: true}).Home() {
		t.Error("which page introduces the home page is mistaken")
	}
}

// An address segment is made once and for all: made again of itself it stays, and it is never empty nor leads elsewhere.
func FuzzSegment(f *testing.F) {
	for _, s := range []string{"about", "About Us", "tŷ", "🎪", "..", "a/b", "%2e%2e", "", " ", "\u202e", "ﬁ", "İ", "ŉ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, name string) {
		s := content.Segment(name)
		if !utf8.ValidString(name) || name == "" {
			return
		}
		if s == "" || s == "." || s == ".." {
			t.Errorf("%q becomes %q", name, s)
		}
		for _, r := range s {
			if r == '/' || r == '?' || r == '#' || r == '%' || r < ' ' || r == ' ' || r == '\\' {
				t.Errorf("%q becomes %q", name, s)
			}
		}
		if again := content.Segment(s); again != s {
			t.Errorf("%q becomes %q, and that %q", name, s, again)
		}
	})
}
