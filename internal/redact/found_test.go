package redact_test

import (
	"context"
	"strings"
	"testing"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/sitetest"
)

const page = "-- content/pages/a.md --\n+++\ntitle = \"A page\"\nsummary = \"Some page of words.\"\ndate = 2026-01-01\n"

// What is marked inside a footnote that shown text needs goes, and the footnote stays.
func TestPassageInAFootnoteThatStays(t *testing.T) {
	out := sitetest.Must(t, page+`[[withhold]]
section = "sec"
reason = "confidential"
[[withhold]]
passage = "who"
reason = "personal-information"
+++
Shown text.[^a]

## Withheld part {#sec}

Something that nobody outside may read.

## Notes

[^a]: Agreed with {{< passage "who" >}}Jane Quimbly{{< /passage >}} in March.
`, "public")
	html := sitetest.File(t, out, "pages/a/index.html")
	if strings.Contains(html, "Quimbly") || !strings.Contains(html, "Agreed with") || !strings.Contains(html, "in March") {
		t.Errorf("the footnote reads: %s", html)
	}
}

// A footnote inside a withheld section that shown text uses is for its author to decide on: it is neither shown nor dropped.
func TestNotesInAWithheldSection(t *testing.T) {
	for name, body := range map[string]string{
		"footnote": "Shown.[^a]\n\n## Withheld part {#sec}\n\nNothing.\n\n[^a]: Zqxnote about them.\n",
		"address":  "Shown [text][a].\n\n## Withheld part {#sec}\n\nNothing.\n\n[a]: https://zqx.example/ \"Zqxtitle\"\n",
	} {
		files := sitetest.Files(page + "[[withhold]]\nsection = \"sec\"\nreason = \"confidential\"\nsearch = false\n+++\n" + body)
		out, err := build.Check(context.Background(), sitetest.Options(files, "public"))
		if err != nil {
			t.Fatal(err)
		}
		if out.Audited != nil || !out.Findings.Has(diag.BadFlag) {
			t.Errorf("%s: %v", name, out.Findings)
		}
		if out, err = build.Check(context.Background(), sitetest.Options(files, "internal")); err != nil || out.Audited == nil {
			t.Errorf("%s, internal: %v, %v", name, err, out.Findings)
		}
	}
}

// What only a marked passage uses goes with it, though the footnote around the passage stays.
func TestDefinitionOfAPassageInAFootnote(t *testing.T) {
	out := sitetest.Must(t, page+`[[withhold]]
passage = "who"
reason = "personal-information"
+++
Shown.[^a]

[^a]: Agreed {{< passage "who" >}}with them[^w] and [b][bb]{{< /passage >}} in March.

[^w]: Note zqxnote about Quimbly.

[bb]: https://zqx.example/secret "zqxtitle"
-- layouts/pages/page.html --
{{ define "main" }}<h1>{{ .Title }}</h1><pre>{{ .RawContent }}</pre>{{ end }}
`, "public")
	for _, s := range []string{"zqxnote", "zqx.example", "zqxtitle"} {
		if in := sitetest.Containing(out, s); len(in) > 0 {
			t.Errorf("%s stands in %v", s, in)
		}
	}
}

// The label of a gap is a field like any other.
func TestWithheldLabelOfAGap(t *testing.T) {
	archive := `-- content/alert-templates/a.md --
+++
title = "A template"
summary = "Some words."
date = 2026-01-01
audience = ["public"]
[[placeholder]]
key = "where"
label = "Zqx"
%s+++
In {{< placeholder "where" >}}.
`
	flag := "[[withhold]]\nfield = \"placeholder.0.label\"\nreason = \"confidential\"\nsearch = false\n"
	if in := sitetest.Containing(sitetest.Must(t, strings.Replace(archive, "%s", flag, 1), "public"), "zqx"); len(in) > 0 {
		t.Errorf("the label stands in %v", in)
	}
	if in := sitetest.Containing(sitetest.Must(t, strings.Replace(archive, "%s", "", 1), "public"), "zqx"); len(in) == 0 {
		t.Error("a label that nobody withholds is gone: the test shows nothing")
	}
}

// A page that is left out by hand does not block the pages that link to it.
func TestLinkToAPageLeftOut(t *testing.T) {
	opt := sitetest.Options(sitetest.Files(page+"+++\nSee [the *other* page](/pages/b/) and [it]({{< relref \"b\" >}}).\n-- content/pages/b.md --\n+++\ntitle = \"B\"\nsummary = \"Other words.\"\ndate = 2026-01-01\n+++\nText.\n"), "public")
	opt.LeaveOut = []string{"content/pages/b.md"}
	out := sitetest.Run(t, opt)
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	html := sitetest.File(t, out, "pages/a/index.html")
	if strings.Contains(html, "/pages/b/") || !strings.Contains(html, "the other page") {
		t.Errorf("the page reads: %s", html)
	}
}

// What is withheld inside the words of such a link goes like anywhere else.
func TestWithheldInALinkToAPageLeftOut(t *testing.T) {
	const front = "[[withhold]]\npassage = \"p\"\nreason = \"confidential\"\n[extra]\nwho = \"zqxwho\"\n+++\n"
	const passage, field = `{{< passage "p" >}}zqxone{{< /passage >}}`, `{{< field "extra.who" >}}`
	for body, want := range map[string]string{
		"See [about " + passage + " there](/pages/b/) now.":                           "See about Withheld: ",
		"See [" + passage + "](/pages/b/ \"title\") now.":                             "See Withheld: ",
		"See [*about* " + passage + "][d] now.\n\n[d]: /pages/b/":                     "See <em>about</em> Withheld: ",
		"See [about " + passage + "]({{< relref \"b\" >}}) now.":                      "See about Withheld: ",
		"See [about {{< passage \"p\" >}}zqxone](/pages/b/) and{{< /passage >}} now.": "",
		"## See [about " + passage + " there](/pages/b/) now\n\nText.":                "about Withheld: ",
		"Shown " + passage + ". See [about " + field + " there](/pages/b/) now.":      "See about there now",
	} {
		opt := sitetest.Options(sitetest.Files(page+front+body+"\n-- content/pages/b.md --\n+++\ntitle = \"B\"\nsummary = \"Other words.\"\ndate = 2026-01-01\n+++\nText.\n"), "public")
		opt.LeaveOut = []string{"content/pages/b.md"}
		out := sitetest.Run(t, opt)
		if out.Audited == nil {
			if want != "" {
				t.Errorf("%s: %s", body, sitetest.Print(out.Findings))
			}
			continue
		}
		if in := sitetest.Containing(out, "zqx"); len(in) > 0 {
			t.Errorf("%s: what is withheld stands in %v", body, in)
		}
		if html := sitetest.File(t, out, "pages/a/index.html"); !strings.Contains(strings.ReplaceAll(html, "<span class=withheld><a href=/withheld/>", ""), want) && !strings.Contains(strings.ReplaceAll(html, "<span class=withheld>", ""), want) {
			t.Errorf("%s: the page reads %s", body, html)
		}
	}
}
