package search_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"candour/internal/build"
	"candour/internal/sitetest"
)

type entry struct {
	U, T, S, N, W string
	H             []string
}

func index(t *testing.T, out *build.Outcome, path string) map[string]entry {
	t.Helper()
	var x struct{ Pages []entry }
	if err := json.Unmarshal([]byte(sitetest.File(t, out, path)), &x); err != nil {
		t.Fatal(err)
	}
	if x.Pages == nil {
		t.Error("no pages at all is an empty list")
	}
	byAddress := map[string]entry{}
	for _, e := range x.Pages {
		byAddress[e.U] = e
	}
	return byAddress
}

func page(name, keys, body string) string {
	return "-- content/pages/" + name + ".md --\n+++\ntitle = \"Title of " + name + "\"\nsummary = \"Summary of " + name + ".\"\ndate = 2026-09-14\n" + keys + "\n+++\n" + body + "\n"
}

func TestIndex(t *testing.T) {
	out := sitetest.Must(t, page("one", "[[withhold]]\nsection = \"inner\"\nreason = \"confidential\"\n", "Naloxone kits, naloxone: 01632 kits of Ŵyn.\n\n## Where to go\n\nThere.\n\n## Inner {#inner}\n\nVexmarrow.")+
		page("two", "level = \"partners\"\n", "Vexmarrow.")+
		page("three", "", "Text.")+strings.Replace(page("three", "", "Croeso i bawb."), "three.md", "three.cy.md", 1)+
		"-- content/alerts/a.md --\n+++\ntitle = \"Pills\"\nsummary = \"S.\"\ndate = 2026-11-01\ntemplate = \"x\"\narea = \"Testford\"\npanel_met = 2026-11-01\nstatus = \"issued\"\nevidence = \"suspected\"\nissued = 2026-11-01\nexpires = 2026-11-27\n+++\nCall 999.\n", "public")
	x := index(t, out, "search/index.json")
	one := x["/pages/one/"]
	if one.T != "Title of one" || one.S != "Summary of one." || !slices.Equal(one.H, []string{"Where to go"}) || one.W != "naloxone 0 kits 0 wyn 0 there 0 withheld 0 confidential 0 freedom 0 information 0 act 0 section" && !strings.HasPrefix(one.W, "naloxone 0 kits 0 wyn 0 there") {
		t.Errorf("%+v", one)
	}
	if n := x["/alerts/a/"].N; n != "In force. Stops applying at the end of Friday 27 November 2026" {
		t.Errorf("the alert stands so: %q", n)
	}
	if len(x) != 3 || len(sitetest.Containing(out, "vexmarrow")) > 0 {
		t.Errorf("%v", x)
	}
	if cy := index(t, out, "cy/search/index.json"); len(cy) != 1 || cy["/cy/pages/three/"].W != "croeso 0 bawb" {
		t.Errorf("%+v", cy)
	}
	if inside := index(t, sitetest.Must(t, page("two", "level = \"partners\"\n", "Vexmarrow."), "partners"), "search/index.json"); inside["/pages/two/"].W != "vexmarrow" {
		t.Errorf("with the wall down: %+v", inside)
	}
	if empty := index(t, sitetest.Must(t, "", "public"), "search/index.json"); len(empty) != 0 {
		t.Error(empty)
	}
}

// Two words of a page that are no neighbours on it are none in the index either, even if somebody's withheld name is made of them.
func TestNoNameIsMadeOfNeighbours(t *testing.T) {
	archive := page("one", "[extra]\nname = \"Quillon Vexmarrow\"\n", "We met Quillon, and we met Vexmarrow.")
	sitetest.Must(t, archive, "public")
}

// The page lists every page by name without a script, an alert with where it stands; the index of a large site leaves out the
// words of its pages.
func TestPageAndBounds(t *testing.T) {
	var files strings.Builder
	for i := range 301 {
		files.WriteString(page(fmt.Sprintf("n%03d", i), "", "## Heading\n\nNaloxone."))
	}
	out := sitetest.Must(t, files.String(), "public")
	if e := index(t, out, "search/index.json")["/pages/n007/"]; e.W != "" || len(e.H) != 1 {
		t.Errorf("%+v", e)
	}
	if html := sitetest.File(t, out, "search/index.html"); strings.Contains(html, "/pages/n007/") || !strings.Contains(html, "href=/pages/") {
		t.Error("the A to Z of a large site")
	}
	out = sitetest.Must(t, page("one", "", "Text.")+page("two", "", "Text."), "public")
	html := sitetest.File(t, out, "search/index.html")
	for _, want := range []string{"href=/pages/one/", "href=/pages/two/", "role=status", "for=c-q", "hidden"} {
		if !strings.Contains(html, want) {
			t.Errorf("the search page lacks %s:\n%s", want, html)
		}
	}
}
