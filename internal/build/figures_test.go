package build_test

import (
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/ledger"
	"candour/internal/sitetest"
)

const figureFiles = `-- data/kits.csv --
area,year,callouts,station
Harbour,2024,31,Zembrickwold Yard
Harbour,2025,29,Zembrickwold Yard
Vale,2024,3,Quillfarrow Rise
Vale,2025,16,Quillfarrow Rise
All,2024,34,Both
All,2025,45,Both
-- data/kits.csv.toml --
title = "Call-outs"
source = "Illustrative figures for a fictional place"
licence = "Open Government Licence v3.0"
date = 2026-10-31
[[column]]
key = "area"
type = "area"
[[column]]
key = "year"
type = "period"
[[column]]
key = "callouts"
type = "number"
[[column]]
key = "station"
type = "note"
level = "partners"
reason = "confidential"
[[total]]
column = "area"
value = "All"
[suppression]
below = 5
level = "restricted"
`

func figurePage(body string) string {
	return figureFiles + "-- content/pages/figures.md --\n+++\ntitle = \"Figures\"\nsummary = \"What we know.\"\ndate = 2026-09-14\n+++\n" + body + "\n"
}

const everything = `
## In {{< cell figure="kits" column="callouts" area="Vale" year="2024" >}} cases

There were {{< cell figure="kits" column="callouts" area="Vale" year="2024" >}} in the Vale, and 34 in all.

{{< chart figure="kits" kind="bars" x="area" series="year" >}}

{{< chart figure="kits" kind="lines" x="year" series="area" >}}

{{< chart figure="kits" kind="stacked" x="year" series="area" >}}

{{< chart figure="kits" kind="multiples" x="year" series="area" >}}

{{< table "kits" >}}
`

func TestFigures(t *testing.T) {
	out := sitetest.Must(t, figurePage(everything), "public")
	page := sitetest.File(t, out, "pages/figures/index.html")
	csv := sitetest.File(t, out, "data/kits.csv")
	if want := "\ufeffarea,year,callouts\r\nHarbour,2024,[c]\r\nHarbour,2025,29\r\nVale,2024,[c]\r\nVale,2025,16\r\nAll,2024,34\r\nAll,2025,45\r\n"; csv != want {
		t.Errorf("the download is %q", csv)
	}
	for _, want := range []string{"[number not shown]", `role="img"`, "<svg", `href=/data/kits.csv`, "Illustrative figures"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page has no %s", want)
		}
	}
	if strings.Contains(page, ">31<") || strings.Contains(page, ">3<") || strings.Contains(page, " style=") || strings.Contains(page, "<script") {
		t.Error("the page has a number that is hidden, or a style or script")
	}
	if got := sitetest.Containing(out, "Zembrickwold"); len(got) > 0 {
		t.Errorf("a column above the clearance stands in %v", got)
	}
	small, texts := 0, 0
	for _, e := range out.Cleared.Ledger().Entries {
		if e.File == "data/kits.csv" && e.Kind == ledger.Unsearchable {
			small++
		}
		if e.File == "data/kits.csv" && e.Kind == ledger.Value {
			texts++
		}
	}
	if small != 2 || texts != 3 {
		t.Errorf("the ledger has %d hidden numbers and %d texts of the column, want 2 and 3", small, texts)
	}
}

// The edition that is cleared for all of it shows that the page would carry it.
func TestFiguresForThoseWhoAreCleared(t *testing.T) {
	out := sitetest.Must(t, figurePage(everything), "internal")
	if csv := sitetest.File(t, out, "data/kits.csv"); !strings.Contains(csv, "Vale,2024,3,Quillfarrow Rise") {
		t.Errorf("the download is %q", csv)
	}
	if page := sitetest.File(t, out, "pages/figures/index.html"); !strings.Contains(page, "There were 3 in the Vale") {
		t.Error("the cell is not cited")
	}
	out = sitetest.Must(t, figurePage(everything), "partners")
	if csv := sitetest.File(t, out, "data/kits.csv"); !strings.Contains(csv, "Vale,2024,[c],Quillfarrow Rise") {
		t.Errorf("the partners' download is %q", csv)
	}
}

// Templates cannot reach what the CSV file holds, by any way that Hugo knows.
func TestTemplatesDoNotSeeTheCSV(t *testing.T) {
	for name, code := range map[string]string{
		"data":         `{{ jsonify hugo.Data }}{{ with hugo.Data.kits }}REACHED{{ end }}`,
		"read":         `{{ with try (readFile "data/kits.csv") }}{{ with .Value }}{{ . }}REACHED{{ end }}{{ end }}`,
		"exists":       `{{ if fileExists "data/kits.csv" }}REACHED{{ end }}{{ if fileExists "data/kits.csv.toml" }}REACHED{{ end }}`,
		"resources":    `{{ with resources.Get "data/kits.csv" }}{{ .Content }}REACHED{{ end }}{{ range resources.Match "**" }}{{ .Name }}{{ end }}`,
		"page":         `{{ jsonify .Params }}`,
		"page bundles": `{{ range .Resources }}{{ .Name }}REACHED{{ end }}`,
	} {
		t.Run(name, func(t *testing.T) {
			layout := "-- layouts/pages/page.html --\n{{ define \"main\" }}<h1>{{ .Title }}</h1><p>" + code + "</p>{{ .Content }}{{ end }}\n"
			out := sitetest.Must(t, figurePage(everything)+layout, "public")
			page := sitetest.File(t, out, "pages/figures/index.html")
			if strings.Contains(page, "REACHED") || strings.Contains(page, "Zembrickwold") || strings.Contains(page, "Harbour,2024") {
				t.Error("a template sees the file")
			}
		})
	}
}

func TestFigureFaults(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		rule       diag.Rule
	}{
		{"a figure that is none", `{{< table "kit" >}}`, diag.UnknownFigure},
		{"inside a paragraph", `See {{< table "kits" >}} here`, diag.BadShortcode},
		{"text of a column above the clearance, typed again", "The crew of Zembrickwold Yard went.", diag.Leak},
	} {
		t.Run(tt.name, func(t *testing.T) {
			out := sitetest.Build(t, figurePage(tt.body), "public")
			if out.Audited != nil || !out.Findings.Has(tt.rule) {
				t.Errorf("want %s:\n%s", tt.rule.Name, sitetest.Print(out.Findings))
			}
		})
	}
	out := sitetest.Build(t, strings.Replace(figurePage(`{{< table "kits" >}}`), "Vale,2025,16", "Vale,2025", 1), "public")
	if out.Audited != nil || !out.Findings.Has(diag.BadData) {
		t.Errorf("a ragged row:\n%s", sitetest.Print(out.Findings))
	}
	out = sitetest.Build(t, "-- data/lone.csv --\na,b\n1,2\n", "public")
	if out.Audited == nil || !out.Findings.Has(diag.DataUndescribed) {
		t.Errorf("a CSV without a sidecar:\n%s", sitetest.Print(out.Findings))
	}
	out = sitetest.Build(t, "-- data/lone.csv.toml --\ntitle = \"x\"\n", "public")
	if out.Audited != nil || !out.Findings.Has(diag.BadData) {
		t.Errorf("a sidecar without a CSV:\n%s", sitetest.Print(out.Findings))
	}
}

// A whole figure above the clearance leaves a marker, and a figure that no page of the edition shows has no download.
func TestFiguresThatAnEditionDoesNotShow(t *testing.T) {
	files := strings.Replace(figurePage("{{< table \"kits\" >}}"), "date = 2026-10-31\n", "date = 2026-10-31\nlevel = \"partners\"\nreason = \"confidential\"\n", 1)
	out := sitetest.Must(t, files, "public")
	if page := sitetest.File(t, out, "pages/figures/index.html"); !strings.Contains(page, "Withheld: ") {
		t.Error("no marker")
	}
	for _, path := range sitetest.Paths(out) {
		if strings.HasPrefix(path, "data/") {
			t.Errorf("%s is published", path)
		}
	}
	out = sitetest.Must(t, figurePage("No figure here."), "public")
	for _, path := range sitetest.Paths(out) {
		if strings.HasPrefix(path, "data/") {
			t.Errorf("%s is published, and no page shows it", path)
		}
	}
}
