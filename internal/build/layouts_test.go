package build_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// A template that fails is told with its place and the kind of fault. What it was given is not repeated: an edition may be
// cleared for it, and the log of a build is not.
func TestLayoutFaults(t *testing.T) {
	const note = `(.Scratch.Get "n")`
	for template, want := range map[string]string{
		`{{ nosuch . }}`:               `layouts/pages/page.html:3:1: error: the page could not be made: there is no function "nosuch"`,
		`{{ .Title.Nosuch }}`:          `layouts/pages/page.html:3:9: error: the page could not be made: there is no "Nosuch" in what stands before it`,
		`{{ if }}`:                     `layouts/pages/page.html:3:1: error: the page could not be made: the template cannot be read: missing value for if`,
		`{{ int ` + note + ` }}`:       `layouts/pages/page.html:3:3: error: the page could not be made: int was given what it cannot take`,
		`{{ time ` + note + ` }}`:      `layouts/pages/page.html:3:3: error: the page could not be made: time was given what it cannot take`,
		`{{ partial "none.html" . }}`:  `layouts/pages/page.html:3:3: error: the page could not be made: it calls a partial that is not there`,
		`{{ partial ` + note + ` . }}`: `layouts/pages/page.html:3:3: error: the page could not be made: it calls a partial that is not there`,
		`{{ getenv "HOME" }}`:          `layouts/pages/page.html:3:3: error: the page could not be made: getenv asks for what templates do not get: neither the network nor the environment nor other programs`,
		`{{ $r := resources.GetRemote "https://www.example.org/" }}{{ $r }}`: `layouts/pages/page.html:3:18: error: the page could not be made: GetRemote asks for what templates do not get`,
		`{{ errorf "give \"note\" to %s, please" ` + note + ` }}`:            `layouts/pages/page.html:3:4: error: the template stops the build: give "note" to …, please`,
		`{{ erroridf "an-id" "give a note: %q" ` + note + ` }}`:              `layouts/pages/page.html:3:4: error: the template stops the build: give a note: …`,
		`{{ errorf ` + note + ` }}`:                                          `error: a template stops the build with errorf`,
	} {
		out := sitetest.Build(t, `-- content/pages/b.md --
+++
title = "B"
summary = "S."
date = 2026-09-01
[extra]
note = "Quillon Road 17"
+++
X
-- layouts/pages/page.html --
{{ define "main" }}
{{ with .Params.extra }}{{ $.Scratch.Set "n" .note }}{{ end }}
`+template+"\n{{ end }}\n", "internal")
		got := sitetest.Print(out.Findings)
		if out.Audited != nil || !strings.HasPrefix(got, want) {
			t.Errorf("%s\ngot  %s\nwant %s", template, got, want)
		}
		if strings.Contains(got, "Quillon") || strings.Contains(got, "security") {
			t.Errorf("%s: a value or the settings are told:\n%s", template, got)
		}
	}
}

// A QR code that a template makes holds nothing but the code.
func TestQRCode(t *testing.T) {
	out := sitetest.Must(t, pageOf("about", "Text.")+`-- layouts/pages/page.html --
{{ define "main" }}<h1>{{ .Title }}</h1>{{ with images.QR .Permalink }}<img src="{{ .RelPermalink }}" alt="The address of this page as a code">{{ end }}{{ end }}
`, "public")
	at := sitetest.Containing(out, "\x89PNG")
	if len(at) != 1 || len(sitetest.Containing(out, "Software")) > 0 {
		t.Errorf("pictures: %v, with a comment: %v", at, sitetest.Containing(out, "Software"))
	}
}
