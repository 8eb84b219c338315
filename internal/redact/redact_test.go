package redact_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/redact"
	"candour/internal/sitetest"
	"candour/internal/vetting"
)

const (
	personal = "Withheld: personal information (Freedom of Information Act 2000, section 40(2))"
	police   = "Withheld: law enforcement (Freedom of Information Act 2000, section 31)"
	secrecy  = "Withheld: information given in confidence (Freedom of Information Act 2000, section 41)"
)

// clear redacts a repository of one page for an edition. The page is nil where the repository is refused.
func clear(t *testing.T, files, edition string) (*redact.Cleared, *redact.Page, diag.List) {
	t.Helper()
	ctx, opt := context.Background(), sitetest.Options(sitetest.Files(files), edition)
	repo, all, err := load.Load(ctx, opt.Load)
	if err != nil || repo == nil {
		t.Fatal(err, all)
	}
	e, _ := repo.Config().Edition(edition)
	v, found, err := vetting.Vet(ctx, repo, vetting.Options{Edition: e})
	all.Add(found...)
	if err != nil {
		t.Fatal(err)
	}
	if !v.Sound() {
		return nil, nil, all
	}
	c, found, err := redact.Redact(ctx, v)
	all.Add(found...)
	if err != nil || c == nil {
		t.Fatal(err, all)
	}
	if len(c.Pages()) == 0 {
		return c, nil, all
	}
	return c, c.Pages()[0], all
}

func source(front, body string) string {
	return "-- content/plans/winter/index.md --\n+++\ntitle = \"Winter\"\nsummary = \"How we prepare.\"\ndate = 2026-09-14\npartnership = \"Testford\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\", \"fentanyls\"]\nboundary_with = [\"Westmere\", \"Wales\"]\n" +
		front + "\n[[lead]]\nelement = \"general\"\nrole = \"Director\"\nname = \"Imogen Tarrow\"\nphone = \"01632 960123\"\n[[lead]]\nelement = \"treat\"\nrole = \"Matron\"\nname = \"Idris Fenn\"\n+++\n" + body
}

func withhold(target, name, reason, more string) string {
	return fmt.Sprintf("[[withhold]]\n%s = %q\nreason = %q\n%s\n", target, name, reason, more)
}

func TestFields(t *testing.T) {
	cases := []struct{ name, front, edition, want string }{
		{"the schema's defaults", "", "public", `{"boundary_with":["Westmere","Wales"],"lead":[{"element":"general","name":"` + personal + `","phone":"` + personal + `","role":"Director"},{"element":"treat","name":"` + personal + `","role":"Matron"}]}`},
		{"an edition that is cleared", "", "internal", `{"boundary_with":["Westmere","Wales"],"lead":[{"element":"general","name":"Imogen Tarrow","phone":"01632 960123","role":"Director"},{"element":"treat","name":"Idris Fenn","role":"Matron"}]}`},
		{"a release of one", "[[release]]\nfield = \"lead.1.name\"\nreason = \"agreed\"\napproved_by = \"owner\"", "public", `{"boundary_with":["Westmere","Wales"],"lead":[{"element":"general","name":"` + personal + `","phone":"` + personal + `","role":"Director"},{"element":"treat","name":"Idris Fenn","role":"Matron"}]}`},
		{"one item of an array", withhold("field", "boundary_with.0", "confidential", ""), "public", `{"boundary_with":["` + secrecy + `","Wales"]}`},
		{"items side by side", withhold("field", "boundary_with.*", "confidential", ""), "public", `{"boundary_with":["` + secrecy + `"]}`},
		{"a whole array", withhold("field", "boundary_with", "confidential", ""), "public", `{"boundary_with":["` + secrecy + `"]}`},
		{"nothing shown", withhold("field", "boundary_with", "confidential", "show = \"nothing\""), "public", `{}`},
		{"an array of tables", withhold("field", "lead", "law-enforcement", ""), "public", `{"boundary_with":["Westmere","Wales"],"withheld":{"lead":"` + police + `"}}`},
		{"every table of an array", withhold("field", "lead.*", "law-enforcement", ""), "public", `{"withheld":{"lead":"` + police + `"}}`},
		{"every table, at a level below a default in it", withhold("field", "lead.*", "law-enforcement", "level = \"partners\""), "public", `{"withheld":{"lead":"` + police + `"}}`},
		{"the same for partners", withhold("field", "lead.*", "law-enforcement", "level = \"partners\""), "partners", `{"lead":[{"element":"general","name":"` + personal + `","phone":"` + personal + `","role":"Director"},{"element":"treat","name":"` + personal + `","role":"Matron"}]}`},
		{"one table of an array", withhold("field", "lead.0", "law-enforcement", ""), "public", `{"lead":[{"element":"treat","name":"` + personal + `","role":"Matron"}],"withheld":{"lead":"` + police + `"}}`},
		{"one key of every table", withhold("field", "lead.*.role", "confidential", ""), "public", `{"lead":[{"element":"general","name":"` + personal + `","phone":"` + personal + `","role":"` + secrecy + `"},{"element":"treat","name":"` + personal + `","role":"` + secrecy + `"}]}`},
		{"a key of the same name anywhere", withhold("field", "*.*.role", "confidential", "level = \"partners\""), "partners", `{"lead":[{"element":"general","name":"` + personal + `","phone":"` + personal + `","role":"Director"},{"element":"treat","name":"` + personal + `","role":"Matron"}]}`},
		{"a flag for partners, to partners", withhold("field", "boundary_with", "confidential", "level = \"partners\""), "partners", `{"boundary_with":["Westmere","Wales"]}`},
		{"a flag for partners, to the public", withhold("field", "boundary_with", "confidential", "level = \"partners\""), "public", `{"boundary_with":["` + secrecy + `"]}`},
	}
	for _, c := range cases {
		_, p, found := clear(t, source(c.front, "Text.\n"), c.edition)
		if p == nil {
			t.Errorf("%s: refused: %v", c.name, found)
			continue
		}
		got := map[string]any{}
		for _, key := range []string{"lead", "boundary_with"} {
			if v, ok := p.Params[key]; ok {
				got[key] = v
			}
		}
		if len(p.Withheld) > 0 {
			texts := map[string]string{}
			for key, m := range p.Withheld {
				texts[key] = m.Text
			}
			got["withheld"] = texts
		}
		var want map[string]any
		if err := json.Unmarshal([]byte(c.want), &want); err != nil {
			t.Fatal(c.name, err)
		}
		// What a case does not name is not compared.
		for key := range got {
			if _, ok := want[key]; !ok && (key == "lead" && !strings.Contains(c.front, "lead") || key == "boundary_with" && !strings.Contains(c.front, "boundary")) {
				delete(got, key)
			}
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(want)
		if _, ok := want["boundary_with"]; !ok {
			delete(got, "boundary_with")
			a, _ = json.Marshal(got)
		}
		if string(a) != string(b) {
			t.Errorf("%s:\n got %s\nwant %s", c.name, a, b)
		}
	}
}

func TestBodies(t *testing.T) {
	const mark = `{{< candour-withheld "confidential" >}}`
	p := func(name, text string) string { return `{{< passage "` + name + `" >}}` + text + `{{< /passage >}}` }
	held := withhold("passage", "a", "confidential", "")
	silent := withhold("passage", "a", "confidential", "show = \"nothing\"")
	cases := []struct{ name, front, body, want string }{
		{"a passage", held, "Before " + p("a", "secret") + " behind.\n", "Before " + mark + " behind.\n"},
		{"markers side by side become one", held, "Before " + p("a", "one") + " " + p("a", "two") + p("a", "three") + " behind.\n", "Before " + mark + "  behind.\n"},
		{"markers apart stay", held, p("a", "one") + " and " + p("a", "two") + "\n", mark + " and " + mark + "\n"},
		{"nothing shown", silent, "Before " + p("a", "secret") + " behind.\n", "Before  behind.\n"},
		{"nothing shown of an item underlines nothing", silent, "- Before\n  - " + p("a", "secret") + "\n", "- Before\n  - {{< candour-withheld \"\" >}}\n"},
		{"nothing shown before what could begin a list", silent, p("a", "secret") + " - 12\n", "{{< candour-withheld \"\" >}} - 12\n"},
		{"a passage that the edition is cleared for", withhold("passage", "a", "confidential", "level = \"partners\""), "Before " + p("a", "x") + "\n", "Before " + mark + "\n"},
		{"a section", withhold("section", "s", "confidential", ""), "## A {#a}\n\nText.\n\n## S {#s}\n\nsecret\n\n### Below {#b}\n\nsecret\n\n## Z {#z}\n\nText.\n", "## A {#a}\n\nText.\n\n{{< candour-withheld \"confidential\" \"block\" \n\n\n\n\n\n>}}\n\n## Z {#z}\n\nText.\n"},
		{"a field", "", "Ask {{< field \"lead.0.name\" >}} or {{< field \"lead.0.role\" >}}.\n", "Ask {{< candour-withheld \"personal-information\" >}} or Director.\n"},
		{"a field in a link", "", "[Ring](tel:{{< field \"lead.0.phone\" >}}) us.\n", "{{< candour-withheld \"personal-information\" >}} us.\n"},
		{"a footnote goes with its only use", held, "Before " + p("a", "secret[^n]") + ".\n\n[^n]: secret\n", "Before " + mark + ".\n\n\n"},
		{"a footnote that others use stays", held, "Before " + p("a", "secret[^n]") + " and[^n].\n\n[^n]: said\n", "Before " + mark + " and[^n].\n\n[^n]: said\n"},
		{"a link's definition goes with its only use", held, "Before " + p("a", "[secret][d]") + ".\n\n[d]: https://example.org/secret\n", "Before " + mark + ".\n\n\n"},
		{"a withheld file's links and definitions", withhold("file", "rota.csv", "confidential", ""), "See [one](rota.csv), [two][d] and ![three](rota.csv).\n\n[d]: rota.csv\n", "See " + mark + ", " + mark + " and " + mark + ".\n\n\n"},
	}
	for _, c := range cases {
		_, page, found := clear(t, source(c.front, c.body)+"-- content/plans/winter/rota.csv --\na,b\n", "public")
		if page == nil {
			t.Errorf("%s: refused: %v", c.name, found)
			continue
		}
		if got := string(page.Body); got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.name, got, c.want)
		}
		if got := strings.Count(string(page.Body), "\n"); got != strings.Count(c.body, "\n") {
			t.Errorf("%s: %d lines of %d", c.name, got, strings.Count(c.body, "\n"))
		}
	}
}

// Ids, and the list of headings, are the same in every edition but for the headings that go.
func TestHeadingIDsInEveryEdition(t *testing.T) {
	files := source(withhold("section", "same", "confidential", "")+withhold("passage", "a", "confidential", ""),
		"## Same\n\nsecret\n\n## Same again\n\nText.\n\n## Of {{< passage \"a\" >}}secret{{< /passage >}} things\n\n## Same again\n\n## Ask {{< field \"lead.0.name\" >}}\n")
	ids := map[string]string{}
	for _, edition := range []string{"public", "internal"} {
		_, p, found := clear(t, files, edition)
		if p == nil {
			t.Fatal(found)
		}
		for _, h := range p.Headings {
			ids[edition] += " " + h.ID
			if edition == "public" && (strings.Contains(h.Text+h.ID, "secret") || strings.Contains(h.Text+h.ID, "Tarrow")) {
				t.Errorf("a heading shows what is withheld: %q", h.ID)
			}
		}
	}
	if ids["internal"] != " same same-again of--things same-again-1 ask" || ids["internal"] != " same"+ids["public"] {
		t.Errorf("the ids are %q", ids)
	}
}

// A checklist item does not name the section that answers it where that is withheld: an id made of a heading is its words.
func TestWithheldSectionsAreNotNamed(t *testing.T) {
	front := withhold("section", "secret-words-of-a-heading", "confidential", "") + "[[checklist]]\nitem = \"named-leads\"\nsection = \"secret-words-of-a-heading\"\nstatus = \"met\"\n"
	files := source("threat_agnostic = [\"secret-words-of-a-heading\", \"other\"]\n"+front, "## Secret words of a heading\n\nText.\n\n## Other\n\nText.\n")
	_, p, found := clear(t, files, "public")
	if p == nil {
		t.Fatal(found)
	}
	if data, err := json.Marshal(p.Params); err != nil || strings.Contains(string(data), "secret-words") || !strings.Contains(string(data), `"section_withheld":true`) || !strings.Contains(string(data), `"other"`) {
		t.Errorf("%v %s", err, data)
	}
	if _, p, _ = clear(t, files, "internal"); p.Params["checklist"].([]any)[0].(map[string]any)["section"] != "secret-words-of-a-heading" {
		t.Error("the internal edition has lost the section")
	}
	if out := sitetest.Must(t, files, "public"); len(sitetest.Containing(out, "secret-words")) > 0 || len(sitetest.Containing(out, "secret words")) > 0 {
		t.Error("the heading came out")
	}
}

func TestFlagsThatAreRefused(t *testing.T) {
	for name, c := range map[string]struct {
		front string
		rule  diag.Rule
	}{
		"a release below the page's level": {"level = \"partners\"\n[[release]]\nfield = \"lead.0.name\"\nlevel = \"public\"\nreason = \"agreed\"\napproved_by = \"owner\"", diag.BadFlag},
		"withheld and released at once":    {withhold("field", "lead.0.name", "confidential", "") + "[[release]]\nfield = \"lead.*.name\"\nreason = \"agreed\"\napproved_by = \"owner\"", diag.BadFlag},
		"a field that is not there":        {withhold("field", "lead.7.name", "confidential", ""), diag.WithholdMatchesNothing},
		"a key that is not there":          {withhold("field", "lead.*.nmae", "confidential", ""), diag.WithholdMatchesNothing},
		"a section that is not there":      {withhold("section", "nowhere", "confidential", ""), diag.WithholdMatchesNothing},
		"a passage that is not there":      {withhold("passage", "nowhere", "confidential", ""), diag.WithholdMatchesNothing},
		"a file that is not there":         {withhold("file", "nowhere.csv", "confidential", ""), diag.WithholdMatchesNothing},
		"two targets":                      {"[[withhold]]\nfield = \"lead\"\nsection = \"a\"\nreason = \"confidential\"", diag.BadFlag},
		"a reason nobody knows":            {withhold("field", "lead", "because", ""), diag.BadValue},
	} {
		if _, p, found := clear(t, source(c.front, "## A\n\nText.\n"), "public"); p != nil || !found.Has(c.rule) {
			t.Errorf("%s: no %s: %v", name, c.rule.Name, found)
		}
	}
}

// A page above the clearance is in nothing that the edition is handed, and all of it is in the ledger.
func TestPageAboveTheClearance(t *testing.T) {
	files := source("level = \"partners\"", "Text of the page that nobody sees.\n")
	c, p, _ := clear(t, files, "public")
	if p != nil || len(c.Register()) > 0 {
		t.Error("the page is there")
	}
	labels := map[string]bool{}
	for _, e := range c.Ledger().Entries {
		labels[e.Label] = true
	}
	for _, want := range []string{"title", "body", "address", "field summary", "field lead.0.name", "field lead.0.role"} {
		if !labels[want] {
			t.Errorf("the ledger lacks %s: %v", want, labels)
		}
	}
	if _, p, _ = clear(t, files, "partners"); p == nil {
		t.Error("the partners' edition lacks the page")
	}
}
