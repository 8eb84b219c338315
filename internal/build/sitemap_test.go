package build_test

import (
	"slices"
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// The site's own language has no folder, and one map of the site holds every page of every language.
func TestSitemapOfLanguages(t *testing.T) {
	const text = "+++\ntitle = \"A\"\nsummary = \"S.\"\ndate = 2026-09-01\n+++\nText.\n"
	const own, other = "<loc>https://plan.testford.example/pages/a/</loc>", "<loc>https://plan.testford.example/cy/pages/a/</loc>"
	for name, tc := range map[string]struct {
		files string
		maps  []string
		holds []string
	}{
		"one language":  {"-- content/pages/a.md --\n" + text, []string{"sitemap.xml"}, []string{own}},
		"two languages": {"-- content/pages/a.md --\n" + text + "-- content/pages/a.cy.md --\n" + text, []string{"sitemap.xml"}, []string{own, other, `hreflang="cy" href="https://plan.testford.example/cy/pages/a/"`}},
		"a template of the site's own": {"-- content/pages/a.md --\n" + text + "-- content/pages/a.cy.md --\n" + text + "-- layouts/sitemap.xml --\n<map>{{ range .Pages }}<page>{{ .Permalink }}</page>{{ end }}</map>\n",
			[]string{"cy/sitemap.xml", "en/sitemap.xml", "sitemap.xml"}, []string{"sitemapindex"}},
	} {
		t.Run(name, func(t *testing.T) {
			out := sitetest.Must(t, tc.files, "public")
			var maps []string
			for _, p := range sitetest.Paths(out) {
				if strings.HasSuffix(p, "sitemap.xml") {
					maps = append(maps, p)
				}
				if strings.HasPrefix(p, "en/") && !strings.HasSuffix(p, "sitemap.xml") {
					t.Errorf("a stray file: %s", p)
				}
			}
			if !slices.Equal(maps, tc.maps) {
				t.Errorf("maps: %q, want %q", maps, tc.maps)
			}
			got := sitetest.File(t, out, "sitemap.xml")
			for _, want := range tc.holds {
				if strings.Count(got, want) == 0 {
					t.Errorf("no %s in\n%s", want, got)
				}
			}
			if strings.Contains(got, "<urlset") && (strings.Count(got, "<urlset") != 1 || strings.Count(got, "</urlset>") != 1 || strings.Count(got, own) != 1) {
				t.Errorf("not one map:\n%s", got)
			}
		})
	}
}
