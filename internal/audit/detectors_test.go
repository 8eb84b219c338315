package audit_test

import (
	"slices"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

func about(front, body string) string {
	return "-- content/pages/about.md --\n+++\ntitle = \"About us\"\nsummary = \"Who we are.\"\ndate = 2026-09-14\n" + front + "+++\n\nFirst line.\n\n" + body + "\n"
}

// Each detector, from the source to the line to paste.
func TestDetectors(t *testing.T) {
	cases := []struct {
		rule    diag.Rule
		text    string
		column  int
		paste   string
		warning bool
	}{
		{rule: diag.UnflaggedPhone, text: "Ring 01632 960123 at night.", column: 6, paste: `phones = ["01632 960123"]`},
		{rule: diag.UnflaggedEmail, text: "Write to rota@testford.example about it.", column: 10, paste: `emails = ["rota@testford.example"]`},
		{rule: diag.UnflaggedPostcode, text: "We are at 4 Mill Lane, ZE1 9ZZ, on most days.", column: 24, paste: `postcodes = ["ZE1 9ZZ"]`},
		{rule: diag.UnflaggedNHS, text: "NHS number 943 476 5919 is an example.", column: 12, paste: `phrases = ["943 476 5919"]`},
		{rule: diag.UnflaggedNI, text: "It was QQ 12 34 56 C once; AB 12 34 56 C too.", column: 28, paste: `phrases = ["AB 12 34 56 C"]`},
		{rule: diag.UnflaggedLocation, text: "Meet at SU 12345 67890 by day.", column: 9, paste: `phrases = ["SU 12345 67890"]`},
		{rule: diag.UnflaggedOp, text: "It was part of Operation Merlinfell last year.", column: 16, paste: `operations = ["Operation Merlinfell"]`},
		{rule: diag.UnflaggedName, text: "Ask Dr Imogen Tarrow first.", column: 5, paste: `names = ["Dr Imogen Tarrow"]`, warning: true},
	}
	for _, c := range cases {
		t.Run(c.rule.Name, func(t *testing.T) {
			files := about("", c.text)
			out := sitetest.Build(t, files, "public")
			i := slices.IndexFunc(out.Findings, func(f diag.Finding) bool { return f.Rule == c.rule.Name })
			if i < 0 {
				t.Fatalf("not found:\n%s", sitetest.Print(out.Findings))
			}
			f := out.Findings[i]
			if want := (diag.Pos{File: "content/pages/about.md", Line: 9, Column: c.column}); f.Pos() != want {
				t.Errorf("found at %v instead of %v", f.Pos(), want)
			}
			if (f.Severity == diag.Warning) != c.warning || (out.Audited != nil) != c.warning {
				t.Errorf("%v; published: %v", f.Severity, out.Audited != nil)
			}
			if !strings.Contains(f.Hint, c.paste) {
				t.Errorf("the hint %q lacks the line %s", f.Hint, c.paste)
			}
			if n := len(slices.DeleteFunc(slices.Clone(out.Findings), func(f diag.Finding) bool { return f.Rule != c.rule.Name })); n != 1 {
				t.Errorf("told %d times", n)
			}
			// The line works as it stands.
			key, value, _ := strings.Cut(c.paste, " = ")
			config := sitetest.Config
			if key == "phones" {
				config = strings.Replace(config, `phones = ["999"]`, key+" = "+value, 1)
			} else {
				config += c.paste + "\n"
			}
			if out = sitetest.Must(t, files+"-- candour.toml --\n"+config, "public"); out.Findings.Has(c.rule) {
				t.Errorf("stays after it was pasted:\n%s", sitetest.Print(out.Findings))
			}
			for _, edition := range []string{"partners", "internal"} {
				if out = sitetest.Must(t, files, edition); out.Findings.Has(c.rule) {
					t.Errorf("is told in the %s edition", edition)
				}
			}
		})
	}
}

// What only looks like a detail is let be.
func TestDetectorsIgnore(t *testing.T) {
	out := sitetest.Must(t, about("", "Version 1.2.3 of 2026-11-20, reference PH/2026/117 and 20261120123456; call 999; see section 40(2), 14:30 to 15:45, and £1,250.00. The operation was long; Mr or Mrs; 100 mg."), "public")
	for _, f := range out.Findings {
		if strings.HasPrefix(f.Rule, "unflagged") {
			t.Error(f)
		}
	}
}

// A detail is found where no reader sees it at once, and told at its source all the same.
func TestDetectorsLookEverywhere(t *testing.T) {
	cases := []struct {
		name, files string
		at          diag.Pos
	}{
		{"front matter", about("tags = [\"01632 960123\"]\n", "Text."), diag.Pos{File: "content/pages/about.md", Line: 5, Column: 9}},
		{"a link's address", about("", "[Ring us](tel:01632960123)."), diag.Pos{File: "content/pages/about.md", Line: 9}},
		{"emphasis inside", about("", "Ring 01632 **960** 123."), diag.Pos{File: "content/pages/about.md", Line: 9}},
		{"a static file", about("", "Text.") + "-- static/notes.txt --\nfirst\nring 01632 960123\n", diag.Pos{File: "static/notes.txt", Line: 2, Column: 6}},
		{"a template", about("", "Text.") + "-- layouts/pages/page.html --\n{{ define \"main\" }}<h1>{{ .Title }}</h1><p>01632 960123</p>{{ end }}\n", diag.Pos{File: "layouts/pages/page.html", Line: 1, Column: 44}},
	}
	for _, c := range cases {
		out := sitetest.Build(t, c.files, "public")
		i := slices.IndexFunc(out.Findings, func(f diag.Finding) bool { return f.Rule == diag.UnflaggedPhone.Name })
		if i < 0 || out.Audited != nil {
			t.Errorf("%s: not found:\n%s", c.name, sitetest.Print(out.Findings))
			continue
		}
		if f := out.Findings[i]; f.File != c.at.File || f.Line != c.at.Line || c.at.Column > 0 && f.Column != c.at.Column {
			t.Errorf("%s: at %v instead of %v", c.name, f.Pos(), c.at)
		}
	}
}

// What stops a page that is otherwise whole.
func TestAuditStops(t *testing.T) {
	layout := func(print string) string {
		return about("", "Text.") + "-- layouts/pages/page.html --\n{{ define \"main\" }}<h1>{{ .Title }}</h1>" + print + "{{ end }}\n"
	}
	for name, c := range map[string]struct {
		files string
		rule  diag.Rule
	}{
		"a script from elsewhere":  {layout(`<script src="https://cdn.example/x.js"></script>`), diag.ThirdParty},
		"a font from elsewhere":    {layout(`<style>@font-face{font-family:x;src:url(https://cdn.example/x.woff2)}</style>`), diag.ThirdParty},
		"a preconnect":             {layout(`<link rel="preconnect" href="https://cdn.example">`), diag.ThirdParty},
		"a frame":                  {layout(`<iframe title="x" src="https://cdn.example/"></iframe>`), diag.ThirdParty},
		"a picture without words":  {layout(`<img src="/favicon.svg">`), diag.MissingAlt},
		"a type nobody can read":   {layout(`{{ (resources.FromString "a.wasm" "x").RelPermalink }}`), diag.FileUnreadable},
		"a withheld name":          {repository + "-- layouts/plans/page.html --\n{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ print \"Zembrickwold \" \"Quillfarrow\" }}{{ end }}\n", diag.Leak},
		"a picture from elsewhere": {about("", "![A door](https://cdn.example/door.png)"), diag.ThirdParty},
	} {
		out := sitetest.Build(t, c.files, "public")
		if out.Audited != nil || !out.Findings.Has(c.rule) {
			t.Errorf("%s: no %s:\n%s", name, c.rule.Name, sitetest.Print(out.Findings))
		}
	}
	sitetest.Must(t, layout("<p>Text.</p>"), "public")
}
