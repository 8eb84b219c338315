package build_test

import (
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

const picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 30 20\"><rect width=\"30\" height=\"20\"/></svg>\n"

// Room is kept for every picture that an author shows, whether it lies beside the page or in static/.
func TestImagesHaveTheirSize(t *testing.T) {
	out := sitetest.Must(t, "-- content/pages/p/index.md --\n+++\ntitle = \"P\"\nsummary = \"S.\"\ndate = 2026-11-01\n+++\n![A plan](plan.svg) and ![A map](/maps/map.svg)\n"+
		"-- content/pages/p/plan.svg --\n"+picture+"-- static/maps/map.svg --\n"+picture, "public")
	page := sitetest.File(t, out, "pages/p/index.html")
	if strings.Count(page, "width=30 height=20") != 2 || out.Findings.Has(diag.ImageSize) {
		t.Errorf("%s\n%s", sitetest.Print(out.Findings), page)
	}
}

// What the policy blocks is told at the line of the site's own template, once, and a page is told by name where the line
// cannot be found.
func TestBlockedStylesAreTold(t *testing.T) {
	out := sitetest.Must(t, `-- layouts/pages/page.html --
{{ define "main" }}
<h1>{{ .Title }}</h1>
  <p style="color: red">Careful</p>
<script src="/x.js"></script><script>x()</script>
{{ end }}
-- static/x.js --
document.title = "x";
-- static/old.html --
<!DOCTYPE html><html lang="en"><head><title>Old</title><style>p { color: red }</style></head><body><main><h1>Old</h1></main></body></html>
-- content/pages/a.md --
+++
title = "A"
summary = "S."
date = 2026-11-01
+++
A
-- content/pages/b.md --
+++
title = "B"
summary = "S."
date = 2026-11-01
+++
B
`, "public")
	var got []string
	for _, f := range out.Findings {
		if f.Rule == diag.BlockedByPolicy.Name {
			got = append(got, f.Pos().String())
		}
	}
	if want := "layouts/pages/page.html:3:6 layouts/pages/page.html:4:30 static/old.html:1:56"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestFilesForHosts(t *testing.T) {
	const own = "-- static/staticwebapp.config.json --\n{\"routes\": []}\n"
	public := sitetest.Must(t, own, "public")
	for path, want := range map[string][]string{
		"_headers":                 {"/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'", ".css\n  Cache-Control: public, max-age=31536000, immutable", "/*.atom\n  Content-Type: application/atom+xml"},
		"nginx.conf":               {`add_header X-Content-Type-Options "nosniff" always;`, "error_page 404 /404.html;"},
		"staticwebapp.config.json": {"{\"routes\": []}\n"},
		"index.html":               {"<meta http-equiv=Content-Security-Policy content=\"connect-src 'self'; form-action 'self'", "base-uri 'none'\">"},
	} {
		for _, w := range want {
			if got := sitetest.File(t, public, path); !strings.Contains(got, w) {
				t.Errorf("%s lacks %q:\n%s", path, w, got)
			}
			if got := sitetest.File(t, public, path); strings.Contains(got, "noindex") || strings.Contains(got, "no-store") {
				t.Errorf("%s of the public edition:\n%s", path, got)
			}
		}
	}
	internal := sitetest.Must(t, "", "internal")
	for _, path := range []string{"_headers", "nginx.conf", "staticwebapp.config.json"} {
		got := sitetest.File(t, internal, path)
		if !strings.Contains(got, "X-Robots-Tag") || !strings.Contains(got, "private, no-store") || strings.Contains(got, "immutable") {
			t.Errorf("%s of the internal edition:\n%s", path, got)
		}
	}
}
