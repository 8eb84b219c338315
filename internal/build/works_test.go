package build_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/sitetest"
)

// What authors bring along must simply work: the page comes out, and what it withholds does not.

const front = `+++
title = "Plan"
summary = "How we prepare."
date = 2026-09-14
partnership = "Testford Combating Drugs Partnership"
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes"]

[[lead]]
element = "general"
role = "Director of Public Health"
name = "Marguerite Quillon"
phone = "07700 900123"

[[withhold]]
section = "surge"
reason = "health-and-safety"
+++
`

const body = `## Who leads

{{< field "lead.0.role" >}} leads, and everybody helps.

## Surge

The second store opens when ambulances are busy in Quillon Road.

## After

The store is closed again.
`

func TestSimplyWorks(t *testing.T) {
	crlf := func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }
	deepList := func(depth int) string {
		var b strings.Builder
		for i := range depth {
			fmt.Fprintf(&b, "%s- level %d\n", strings.Repeat("  ", i), i)
		}
		return b.String()
	}
	for _, tc := range []struct {
		name, file, text string
		page             string // the file that must be there
		holds            string // what it must say
	}{
		{"BOM", "content/plans/a.md", "\ufeff" + front + body, "plans/a/index.html", "The store is closed again"},
		{"CRLF", "content/plans/a.md", crlf(front + body), "plans/a/index.html", "The store is closed again"},
		{"BOM and CRLF", "content/plans/a.md", "\ufeff" + crlf(front+body), "plans/a/index.html", "The store is closed again"},
		{"mixed line ends", "content/plans/a.md", front + crlf(body), "plans/a/index.html", "The store is closed again"},
		{"no line end at the end", "content/plans/a.md", strings.TrimSpace(front + body), "plans/a/index.html", "The store is closed again"},
		{"no body", "content/plans/a.md", strings.Split(front, "[[withhold]]")[0] + "+++", "plans/a/index.html", "How we prepare"},
		{"spaces in the name", "content/plans/Our plan for  2026.md", front + body, "plans/our-plan-for-2026/index.html", "The store is closed again"},
		{"spaces in the folder", "content/plans/Our plan/index.md", front + body, "plans/our-plan/index.html", "The store is closed again"},
		{"Welsh letters", "content/plans/cynllun tŷ ŵyl.md", front + body, "plans/cynllun-tŷ-ŵyl/index.html", "The store is closed again"},
		{"Welsh letters, decomposed", "content/plans/ty\u0302.md", front + body, "plans/tŷ/index.html", "The store is closed again"},
		{"emoji in the name", "content/plans/🎪.md", front + body, "plans/u1f3aa/index.html", "The store is closed again"},
		{"emoji and letters in the name", "content/plans/gŵyl 🎪 2026.md", front + body, "plans/gŵyl-2026/index.html", "The store is closed again"},
		{"emoji and Welsh in the text", "content/plans/a.md", front + body + "\nDŵr 🚰 i bawb yng ngŵyl Llŷn.\n", "plans/a/index.html", "Dŵr 🚰 i bawb yng ngŵyl Llŷn"},
		{"folders within folders", "content/plans/" + strings.Repeat("deeper/", 20) + "a.md", front + body, "plans/" + strings.Repeat("deeper/", 20) + "a/index.html", "The store is closed again"},
		{"lists within lists", "content/plans/a.md", front + body + "\n" + deepList(30), "plans/a/index.html", "level 29"},
		{"quotations within quotations", "content/plans/a.md", front + body + "\n" + strings.Repeat("> ", 60) + "the innermost\n", "plans/a/index.html", "the innermost"},
		{"a long line", "content/plans/a.md", front + body + "\n" + strings.Repeat("and so on ", 50_000) + "to the end.\n", "plans/a/index.html", "to the end."},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out := must(t, fstest.MapFS{tc.file: {Data: []byte(tc.text)}})
			if html := sitetest.File(t, out, tc.page); !strings.Contains(html, tc.holds) {
				t.Errorf("%s does not say %q", tc.page, tc.holds)
			}
			nothingWithheld(t, out)
		})
	}
}

// A repository may have folders with nothing in them, or not have them at all.
func TestEmptyFolders(t *testing.T) {
	out := must(t, fstest.MapFS{
		"content/plans/a.md": {Data: []byte(front + body)},
		"data/.keep":         {}, "layouts/.keep": {}, "themes/.keep": {}, "static/.keep": {}, "content/pages/.keep": {},
	})
	nothingWithheld(t, out)
	if len(must(t, fstest.MapFS{}).Audited.Site().Files) == 0 {
		t.Error("a repository without content has no site")
	}
}

// A page of 50 MB.
func TestHugePage(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(front + body)
	const paragraph = "The partnership met and agreed what each member does when a warning comes in, and who tells whom. "
	for i := 0; b.Len() < 50_000_000; i++ {
		if i%50 == 0 {
			fmt.Fprintf(&b, "\n## Part %d\n\n", i/50)
		}
		b.WriteString(strings.Repeat(paragraph, 10) + "\n\n")
	}
	b.WriteString("The very end.\n")
	out := must(t, fstest.MapFS{"content/plans/a.md": {Data: b.Bytes()}})
	if html := sitetest.File(t, out, "plans/a/index.html"); !strings.Contains(html, "The very end.") || len(html) < 45_000_000 {
		t.Errorf("the page has %d bytes and may lack its end", len(html))
	}
	nothingWithheld(t, out)
}

// One paragraph of five megabytes on one line.
func TestHugeParagraph(t *testing.T) {
	text := strings.Repeat("The partnership met and *agreed* what each member does. ", 90_000) + "The very end.\n"
	out := must(t, fstest.MapFS{"content/plans/a.md": {Data: []byte(front + body + text)}})
	if html := sitetest.File(t, out, "plans/a/index.html"); !strings.Contains(html, "The very end.") || len(html) < 5_000_000 {
		t.Errorf("the page has %d bytes and may lack its end", len(html))
	}
	nothingWithheld(t, out)
}

// A table of 100,000 rows, with a withheld passage in its last.
func TestHugeTable(t *testing.T) {
	var b bytes.Buffer
	b.WriteString(strings.Replace(front, "section = \"surge\"", "passage = \"last\"", 1) + "## Figures\n\n| week | kits | place |\n| --- | ---: | --- |\n")
	for i := range 100_000 {
		fmt.Fprintf(&b, "| week %d | %d | ward %d |\n", i, i%97, i%31)
	}
	b.WriteString("| last | 1 | {{< passage \"last\" >}}Quillon Road{{< /passage >}} |\n")
	out := must(t, fstest.MapFS{"content/plans/a.md": {Data: b.Bytes()}})
	if html := sitetest.File(t, out, "plans/a/index.html"); strings.Count(html, "<tr>") < 100_002 {
		t.Errorf("the table has %d rows", strings.Count(html, "<tr>"))
	}
	nothingWithheld(t, out)
}

func must(t *testing.T, files fstest.MapFS) (out *build.Outcome) {
	t.Helper()
	if files["candour.toml"] == nil {
		files["candour.toml"] = &fstest.MapFile{Data: []byte(sitetest.Config)}
	}
	out = sitetest.Run(t, sitetest.Options(files, "public"))
	for _, f := range out.Findings {
		if f.Severity == diag.Error {
			t.Errorf("%s", f)
		}
	}
	if out.Audited == nil {
		t.FailNow()
	}
	return out
}

func nothingWithheld(t *testing.T, out *build.Outcome) {
	t.Helper()
	for _, text := range []string{"Quillon", "900123", "second store"} {
		if files := sitetest.Containing(out, text); len(files) > 0 {
			t.Errorf("%q came out in %v", text, files)
		}
	}
}

// A withheld page may be called what the theme's own markup is full of: no flag could say that the word simply occurs.
func TestWithheldPageCalledLikeMarkup(t *testing.T) {
	files := page("pages/about.md", "", "Text.")
	for _, name := range []string{"hidden", "footer", "viewport", "search", "stylesheet", "polite"} {
		files += strings.Replace(page("pages/secret.md", "level = \"restricted\"", "Words of "+told+"."), "pages/secret.md", "pages/"+name+".md", 1)
	}
	out := sitetest.Must(t, files, "public")
	clean(t, out)
	for _, p := range sitetest.Paths(out) {
		if strings.HasPrefix(p, "pages/") && p != "pages/about/index.html" && p != "pages/index.html" {
			t.Errorf("the site has %s", p)
		}
	}
}

// A listing is published as it stands, without styles that the site's own policy blocks; what stands behind its ``` and in
// attributes is read like any other text.
func TestListings(t *testing.T) {
	out := sitetest.Must(t, page("pages/about.md", "", "```bash\nfor i in 1 2; do echo \"$i\"; done\n```\n\n```toml {title=\"a.toml\"}\na = 1\n```\n\n    plain\n"), "public")
	if len(out.Findings) > 0 {
		t.Error(sitetest.Print(out.Findings))
	}
	if html := sitetest.File(t, out, "pages/about/index.html"); strings.Contains(html, "style=") || !strings.Contains(html, "plain") {
		t.Error(html)
	}
	out = sitetest.Build(t, page("pages/about.md", "", "```text {data-x=\"07700 900127\" #ring-07700900126}\nx\n```\n\n## Heading {data-call=\"someone@private.example\"}\n\n```07700900141\nx\n```\n\n~~~go Ring 07700 900123, which is nowhere on the page\nx\n~~~"), "public")
	if out.Audited != nil || out.Findings.Count(diag.Error) != 4 {
		t.Error(sitetest.Print(out.Findings))
	}
}
