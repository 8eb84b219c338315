package build_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// A contact that candour.toml gives is published on purpose: pages print it, no detector flags it, and the same number
// typed by hand elsewhere is cleared too.
func TestContactsArePrinted(t *testing.T) {
	out := sitetest.Must(t, "-- candour.toml --\n"+sitetest.Config+"[contacts]\nlocal-service = \"01632 960111\"\nhouse = { label = \"The house\", value = \"Harbour House, E20 2ST, or write to house@testford.example\" }\n"+
		`-- content/pages/help.md --
+++
title = "Help"
summary = "Who helps."
date = 2026-11-01
+++
## Ring {{< contact "local-service" >}} {#ring}

Ring {{< contact "local-service" >}}, [ring now](tel:{{< contact "local-service" >}}), [on {{< contact "local-service" >}}](tel:01632960111),
write to {{< contact "email" >}}, or visit {{< contact "house" >}}.
`, "public")
	page := sitetest.File(t, out, "pages/help/index.html")
	for _, want := range []string{
		`Ring <a href=tel:01632960111>01632 960111</a>,`, `<a href=tel:01632960111>ring now</a>`, `<a href=tel:01632960111>on 01632 960111</a>`,
		`<a href=mailto:publichealth@testford.example>publichealth@testford.example</a>`, `visit Harbour House, E20 2ST, or write to house@testford.example.`, `id=ring`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(page, "contact \"") {
		t.Error("a tag is left in the page")
	}
	if n := len(out.Findings); n > 0 {
		t.Errorf("%d findings:\n%s", n, sitetest.Print(out.Findings))
	}
}
