package build_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

const namedPage = "+++\ntitle = \"About\"\nsummary = \"What this is.\"\ndate = 2026-09-14\n"

// A page is published whatever its name ends in, and what cannot stand beside a page is told by its name.
func TestNamesThatTheBuilderPassesOver(t *testing.T) {
	out := sitetest.Must(t, "-- content/pages/a~.md --\n"+namedPage+"+++\nText.\n-- content/pages/~.md --\n"+namedPage+"+++\nText.\n-- content/pages/b.md --\n"+namedPage+"+++\nSee [a](a~.md).\n", "public")
	for _, path := range []string{"pages/a/index.html", "pages/u7e/index.html"} {
		sitetest.File(t, out, path)
	}
	if page := sitetest.File(t, out, "pages/b/index.html"); !strings.Contains(page, `href=/pages/a/>`) {
		t.Error("the link to the page leads elsewhere")
	}
	for name, want := range map[string]string{
		"#1 poster.txt": "content/pages/p/#1 poster.txt: error: has a name, or lies in a folder, that begins with #",
		"#sub/a.txt":    "content/pages/p/#sub/a.txt: error: has a name, or lies in a folder, that begins with #",
		`a\b.txt`:       `content/pages/p/a\b.txt: error: has a backslash in its name`,
	} {
		out := sitetest.Build(t, "-- content/pages/p/index.md --\n"+namedPage+"attachments = ['"+name+"']\n+++\nText.\n-- content/pages/p/"+name+" --\nhello\n", "public")
		if said := sitetest.Print(out.Findings); !strings.Contains(said, want) || strings.Contains(said, "broken-link") || out.Audited != nil {
			t.Errorf("%s: %s", name, said)
		}
	}
}

// Names are the same whether an accent is a character of its own or not, as Macs and keyboards differ in it.
func TestNamesInTwoWaysOfWriting(t *testing.T) {
	const nfc, nfd = "t\u0177", "ty\u0302"
	out := sitetest.Must(t, "-- content/pages/"+nfc+".md --\n"+namedPage+"+++\n## "+nfc+"\n\nText.\n"+
		"-- content/pages/q/index.md --\n"+namedPage+"attachments = ['"+nfc+".txt']\n"+
		"[[withhold]]\nsection = '"+nfd+"'\nreason = 'confidential'\n[[withhold]]\nfile = '"+nfc+"2.txt'\nreason = 'confidential'\n+++\n"+
		"[by address](/pages/"+nfd+"/) [by file](../"+nfd+".md) [by part](/pages/"+nfd+"/#"+nfd+") [static](/"+nfc+".txt) [beside]("+nfc+".txt)\n\n## "+nfc+"\n\nWords of the section that nobody sees.\n"+
		"-- content/pages/q/"+nfd+".txt --\nhello\n-- content/pages/q/"+nfd+"2.txt --\nnot for the public\n-- static/"+nfd+".txt --\nhello\n", "public")
	page := sitetest.File(t, out, "pages/q/index.html")
	for _, want := range []string{`href=/pages/t%C5%B7/>by address`, `href=/pages/t%C5%B7/>by file`, `href=/pages/t%C5%B7/#t%C5%B7>by part`, `href=/ty%CC%82.txt>static`, `href=/pages/q/ty%CC%82.txt>beside`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %q in %s", want, page)
		}
	}
	if strings.Contains(page, "nobody sees") || len(sitetest.Containing(out, "not for the public")) > 0 {
		t.Error("what is withheld is there")
	}
}

// The name of an attachment is on the page: what is found in it is told at the line that lists it.
func TestDetailInTheNameOfAnAttachment(t *testing.T) {
	out := sitetest.Build(t, "-- content/pages/p/index.md --\n"+namedPage+"attachments = [\n  'a.txt',\n  'someone@elsewhere.org.txt',\n]\n+++\nText.\n-- content/pages/p/a.txt --\nhello\n-- content/pages/p/someone@elsewhere.org.txt --\nhello\n", "public")
	if said := sitetest.Print(out.Findings); !strings.Contains(said, "content/pages/p/index.md:7:3: error: an e-mail address that nobody has flagged") {
		t.Error(said)
	}
}

// What no reader sees and a terminal would obey is no text, in the front matter and in the body.
func TestControlCharactersAreRefused(t *testing.T) {
	out := sitetest.Build(t, "-- content/pages/a.md --\n"+namedPage+"+++\nOne.\n\nTwo \x1b[31mred\a.\n-- content/pages/b.md --\n"+strings.Replace(namedPage, "About", "Ab\u009bout", 1)+"+++\nText.\n", "public")
	said := sitetest.Print(out.Findings)
	for _, want := range []string{"content/pages/a.md:8:5: error: holds a control character", "content/pages/b.md:2:12: error: holds a control character"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q: %q", want, said)
		}
	}
}
