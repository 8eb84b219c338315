package figure

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/level"
)

const sidecar = `title   = "Call-outs"
source  = "Illustrative figures for a fictional place"
licence = "OGL"
date    = 2026-10-31
`

const columns = `
[[column]]
key  = "area"
type = "area"
[[column]]
key  = "year"
type = "period"
[[column]]
key  = "callouts"
type = "number"
`

const table = "area,year,callouts\nHarbour,2024,31\nHarbour,2025,29\nVale,2024,3\nVale,2025,16\nAll,2024,34\nAll,2025,45\n"

const total = "[[total]]\ncolumn = \"area\"\nvalue = \"All\"\n"

var reasons = []string{"confidential", "personal-information"}

func places(found diag.List) []string {
	var out []string
	for _, f := range found {
		out = append(out, fmt.Sprintf("%s %s", f.Rule, f.Pos()))
	}
	return out
}

func TestRead(t *testing.T) {
	for _, tt := range []struct{ name, csv, sidecar, want string }{
		{"whole", table, sidecar + columns + total, ""},
		{"BOM, CRLF, quotes and Welsh letters", "\xef\xbb\xbfarea,year,callouts\r\n\"Tŷ Gwyn, \"\"y dref\"\"\",2024,\"1,031\"\r\n", sidecar + columns, ""},
		{"what is not there", "area,year,callouts\nHarbour,2024,\nVale,2024,[x]\nHill,2024,[c]\nDale,2024,[z]\n", sidecar + columns, ""},
		{"a ragged row", "area,year,callouts\nHarbour,2024,31\nVale,2024\n", sidecar + columns, "bad-data data/kits.csv:3:6"},
		{"a row with one too many", "area,year,callouts\nHarbour,2024,31,7\n", sidecar + columns, "bad-data data/kits.csv:2:14"},
		{"text where a number goes", "area,year,callouts\nTŷ,2024,few\n", sidecar + columns, "bad-data data/kits.csv:2:9"},
		{"a quote out of place", "area,year,callouts\nHar\"bour,2024,3\n", sidecar + columns, "bad-data data/kits.csv:2:4"},
		{"a column that nobody described", "area,year,callouts,street\nHarbour,2024,3,x\n", sidecar + columns, "bad-data data/kits.csv:1:20"},
		{"a column that is not there", "area,year\nHarbour,2024\n", sidecar + columns, "bad-data data/kits.csv.toml:13:1"},
		{"semicolons", "area;year;callouts\nHarbour;2024;3\n", sidecar + columns, "bad-data data/kits.csv:1:1"},
		{"empty", "", sidecar + columns, "bad-data data/kits.csv:1:1"},
		{"headings alone", "area,year,callouts\n", sidecar + columns, "bad-data data/kits.csv:1:1"},
		{"a formula", "area,year,callouts\n=cmd(),2024,3\n", sidecar + columns, "bad-data data/kits.csv:2:1"},
		{"a count below nought", "area,year,callouts\nHarbour,2024,-3\n", sidecar + columns, "bad-data data/kits.csv:2:1"},
		{"a sidecar without columns", table, sidecar, "missing-key data/kits.csv.toml:1:1"},
		{"no TOML", table, "title = ", "bad-toml data/kits.csv.toml:1:8"},
		{"no title and no date", table, "source = \"s\"\nlicence = \"l\"\n" + columns, "missing-key data/kits.csv.toml:1:1; missing-key data/kits.csv.toml:1:1"},
		{"an unknown key", table, "titel = \"x\"\n" + sidecar + columns, "unknown-key data/kits.csv.toml:1:1"},
		{"a date as text", table, strings.Replace(sidecar, "2026-10-31", `"October"`, 1) + columns, "bad-value data/kits.csv.toml:4:11"},
		{"a type that is none", table, sidecar + strings.Replace(columns, `"period"`, `"yaer"`, 1), "bad-value data/kits.csv.toml:11:8"},
		{"a level without a reason", table, sidecar + columns + "level = \"restricted\"\n", "missing-key data/kits.csv.toml:15:1"},
		{"a reason that is none", table, sidecar + columns + "level = \"restricted\"\nreason = \"because\"\n", "bad-value data/kits.csv.toml:16:10"},
		{"a total of no column", table, sidecar + columns + "[[total]]\ncolumn = \"aera\"\nvalue = \"All\"\n", "bad-value data/kits.csv.toml:16:10"},
		{"a sum of no column", table, sidecar + columns + "[[sum]]\ntotal = \"callouts\"\nof = [\"men\"]\n", "bad-value data/kits.csv.toml:17:7"},
		{"a threshold that tells the number", table, sidecar + columns + "[suppression]\nbelow = 2\n", "bad-value data/kits.csv.toml:16:9"},
		{"a key that shortcodes use", table, sidecar + strings.Replace(columns, `"year"`, `"kind"`, 1), "bad-value data/kits.csv.toml:10:8"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f, found := Read("kits", []byte(tt.csv), []byte(tt.sidecar), reasons)
			if got := strings.Join(places(found), "; "); got != tt.want {
				t.Errorf("got  %s\nwant %s\n%v", got, tt.want, found)
			}
			for _, x := range found {
				if strings.Contains(x.Message, "few") || strings.Contains(x.Message, "cmd") {
					t.Errorf("a value stands in the message: %s", x.Message)
				}
			}
			if tt.want == "" && len(f.Rows) == 0 {
				t.Error("no rows were read")
			}
		})
	}
}

func read(t *testing.T, name, csv, sidecar string) *Figure {
	t.Helper()
	f, found := Read(name, []byte(csv), []byte(sidecar), reasons)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return f
}

func TestLink(t *testing.T) {
	for _, tt := range []struct{ name, csv, extra, want string }{
		{"totals add up", table, total, ""},
		{"a total that does not", strings.Replace(table, "All,2025,45", "All,2025,46", 1), total, "totals-disagree data/kits.csv:7:1"},
		{"a total nobody declared", table, "", "total-not-declared data/kits.csv:6:1"},
		{"without small numbers nobody need declare it", strings.NewReplacer("Vale,2024,3", "Vale,2024,13", "All,2024,34", "All,2024,44").Replace(table), "", ""},
		{"one chance sum is none", "area,year,callouts\nHarbour,2024,5\nVale,2024,3\nHill,2024,2\n", "", ""},
		{"a value that stands in no row", table, "[[total]]\ncolumn = \"area\"\nvalue = \"Al\"\n", "bad-value data/kits.csv.toml:15:3"},
		{"a row twice", "area,year,callouts\nHarbour,2024,5\nHarbour,2024,7\n", "", "bad-data data/kits.csv:3:1"},
		{"a link to no figure", table, total + "[[link]]\nfigure = \"other\"\ncolumn = \"callouts\"\n", "bad-value data/kits.csv.toml:18:3"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := read(t, "kits", tt.csv, sidecar+columns+tt.extra)
			got := strings.Join(places(Link([]*Figure{f}, 5)), "; ")
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// What only the data holds, and is withheld, is not offered as a near miss.
func TestNearMissOfAWithheldColumn(t *testing.T) {
	for extra, repeated := range map[string]bool{"": true, "level = \"restricted\"\nreason = \"confidential\"\n": false} {
		f := read(t, "kits", "callouts,who\n31,Zorvath\n29,Blivet\n", sidecar+"[[column]]\nkey = \"callouts\"\ntype = \"number\"\n[[column]]\nkey = \"who\"\ntype = \"text\"\n"+extra+
			"[[total]]\ncolumn = \"who\"\nvalue = \"Zorvat\"\n")
		got := fmt.Sprint(Link([]*Figure{f}, 5))
		if !strings.Contains(got, "stands in no row") || strings.Contains(got, "Zorvath") != repeated {
			t.Errorf("with %q: %s", extra, got)
		}
	}
}

func TestUndeclaredColumn(t *testing.T) {
	f := read(t, "kits", "area,men,women,everybody\nHarbour,10,3,13\nVale,20,7,27\n", sidecar+
		"[[column]]\nkey=\"area\"\ntype=\"area\"\n[[column]]\nkey=\"men\"\ntype=\"number\"\n[[column]]\nkey=\"women\"\ntype=\"number\"\n[[column]]\nkey=\"everybody\"\ntype=\"number\"\n")
	if got := strings.Join(places(Link([]*Figure{f}, 5)), "; "); got != "total-not-declared data/kits.csv.toml:15:1" {
		t.Error(got)
	}
}

func numbers(t *Table, key string) string {
	var out []string
	c := t.Column(key)
	for _, r := range t.Rows {
		out = append(out, r.Values[c].Words(t.Columns[c], "en-GB"))
	}
	return strings.Join(out, " ")
}

func TestClear(t *testing.T) {
	f := read(t, "kits", table, sidecar+columns+total)
	tables, withheld, found := Clear([]*Figure{f}, level.Public, 5)
	if len(found) > 0 {
		t.Fatal(found)
	}
	if got := numbers(tables["kits"], "callouts"); got != "[c] 29 [c] 16 34 45" {
		t.Errorf("got %s", got)
	}
	if len(withheld) != 2 || withheld[0].Text != "" || withheld[0].Line == 0 {
		t.Errorf("what is hidden is not written down without its value: %+v", withheld)
	}
	if csv := string(tables["kits"].CSV()); !strings.Contains(csv, "Vale,2024,[c]\r\n") || strings.Contains(csv, "31") {
		t.Errorf("the download: %q", csv)
	}
	tables, _, _ = Clear([]*Figure{f}, level.Public, 0)
	if got := numbers(tables["kits"], "callouts"); got != "31 29 3 16 34 45" {
		t.Errorf("with no threshold: %s", got)
	}
}

func TestClearForAnEditionThatSeesSmallNumbers(t *testing.T) {
	f := read(t, "kits", table, sidecar+columns+total+"[suppression]\nlevel = \"restricted\"\n")
	for clearance, want := range map[level.Level]string{level.Public: "[c] 29 [c] 16 34 45", level.Partners: "[c] 29 [c] 16 34 45", level.Restricted: "31 29 3 16 34 45"} {
		tables, _, _ := Clear([]*Figure{f}, clearance, 5)
		if got := numbers(tables["kits"], "callouts"); got != want {
			t.Errorf("%s: got %s", clearance, got)
		}
	}
}

// A number that another figure repeats, or sums up, is hidden there too.
func TestClearAcrossFigures(t *testing.T) {
	f := read(t, "kits", table, sidecar+columns+total)
	by := sidecar + "[[column]]\nkey=\"area\"\ntype=\"area\"\n[[column]]\nkey=\"n\"\ntype=\"number\"\n[[link]]\nfigure=\"kits\"\ncolumn=\"n\"\ntheirs=\"callouts\"\non=[\"area\"]\n"
	both := read(t, "areas", "area,n\nHarbour,60\nVale,19\n", by)
	if found := Link([]*Figure{both, f}, 5); len(found) > 0 {
		t.Fatal(found)
	}
	tables, _, found := Clear([]*Figure{both, f}, level.Public, 5)
	if len(found) > 0 {
		t.Fatal(found)
	}
	// 60 - 29 and 19 - 16 would give away what is hidden.
	if got := numbers(tables["kits"], "callouts") + " | " + numbers(tables["areas"], "n"); strings.Count(got, "[c]") < 4 {
		t.Errorf("got %s", got)
	}
	if found := Link([]*Figure{read(t, "areas", "area,n\nHarbour,61\nVale,19\n", by), f}, 5); !found.Has(diag.TotalsDisagree) {
		t.Errorf("a link that does not add up: %v", found)
	}
}

func TestClearColumns(t *testing.T) {
	f := read(t, "kits", "area,men,women,everybody,rate,station\nHarbour,3,40,43,1.5,Quay Lane station\nVale,20,37,57,2.0,Mill Rise station\n", sidecar+
		"[[column]]\nkey=\"area\"\ntype=\"area\"\n[[column]]\nkey=\"men\"\ntype=\"number\"\n[[column]]\nkey=\"women\"\ntype=\"number\"\n[[column]]\nkey=\"everybody\"\ntype=\"number\"\n"+
		"[[column]]\nkey=\"rate\"\ntype=\"number\"\nfollows=\"men\"\n[[column]]\nkey=\"station\"\ntype=\"note\"\nlevel=\"partners\"\nreason=\"confidential\"\n"+
		"[[sum]]\ntotal=\"everybody\"\nof=[\"men\",\"women\"]\n")
	tables, withheld, found := Clear([]*Figure{f}, level.Public, 5)
	if len(found) > 0 {
		t.Fatal(found)
	}
	k := tables["kits"]
	if k.Column("station") >= 0 {
		t.Error("a column above the clearance is there")
	}
	if got := numbers(k, "men") + "|" + numbers(k, "women") + "|" + numbers(k, "rate"); got != "[c] 20|[c] 37|[c] 2.0" {
		t.Errorf("got %s", got)
	}
	searched := 0
	for _, w := range withheld {
		if w.Text != "" {
			searched++
		}
	}
	if searched != 2 {
		t.Errorf("%d texts of the withheld column are searched for, want 2", searched)
	}
}

func TestReadUse(t *testing.T) {
	f := read(t, "kits", table, sidecar+columns+total)
	named := func(pairs ...string) map[string]string {
		m := map[string]string{"figure": "kits"}
		for i := 0; i < len(pairs); i += 2 {
			m[pairs[i]] = pairs[i+1]
		}
		return m
	}
	for _, tt := range []struct {
		name, shortcode string
		args            map[string]string
		want            string // part of the message
	}{
		{"a table", "table", named(), ""},
		{"a chart", "chart", named("x", "year", "series", "area"), ""},
		{"a chart of one year", "chart", named("x", "area", "year", "2025"), ""},
		{"a cell", "cell", named("column", "callouts", "area", "Vale", "year", "2024"), ""},
		{"a dimension that is not named is taken at its total", "cell", named("column", "callouts", "year", "2024"), ""},
		{"a dimension without a total", "cell", named("column", "callouts", "area", "Vale"), `column "year" has several values`},
		{"a kind that is none", "chart", named("kind", "bras", "x", "year", "series", "area"), "no such kind of chart; did you mean"},
		{"a column that is none", "chart", named("x", "yaer"), "names no column"},
		{"a value that is none", "cell", named("column", "callouts", "area", "Val", "year", "2024"), "stands in no row"},
		{"an argument that is none", "table", named("sort", "yes"), "does not take"},
		{"text for numbers", "chart", named("x", "year", "y", "area"), "names no column of numbers"},
		{"multiples of nothing", "chart", named("kind", "multiples", "x", "year", "area", "Vale"), "what each of them is for"},
		{"neither yes nor no", "table", named("totals", "maybe"), "takes yes or no"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, fault := ReadUse(f, tt.shortcode, nil, tt.args)
			if tt.want == "" && fault.Message != "" || !strings.Contains(fault.Message, tt.want) {
				t.Errorf("got %q", fault.Message)
			}
		})
	}
}

// A column that is the sum of others is no part of a chart of them, or a stack would be twice as long as it is.
func TestSumsAreNotDrawnBesideTheirParts(t *testing.T) {
	const by = sidecar + "[[column]]\nkey=\"year\"\ntype=\"period\"\n[[column]]\nkey=\"men\"\ntype=\"number\"\n[[column]]\nkey=\"women\"\ntype=\"number\"\n[[column]]\nkey=\"all\"\ntype=\"number\"\n[[sum]]\ntotal=\"all\"\nof=[\"men\",\"women\"]\n"
	f := read(t, "kits", "year,men,women,all\n2024,30,20,50\n2025,40,30,70\n", by)
	tables, _, _ := Clear([]*Figure{f}, level.Public, 5)
	for _, tt := range []struct {
		args map[string]string
		want string
	}{
		{map[string]string{"figure": "kits", "kind": "stacked"}, "men women"},
		{map[string]string{"figure": "kits"}, "men women"},
		{map[string]string{"figure": "kits", "totals": "yes"}, "men women all"},
		{map[string]string{"figure": "kits", "y": "men,all"}, "men"},
		{map[string]string{"figure": "kits", "y": "all"}, "all"},
	} {
		u, fault := ReadUse(f, "chart", nil, tt.args)
		if fault.Message != "" {
			t.Fatal(fault.Message)
		}
		var got []string
		for _, c := range tables["kits"].Grid(u).Series {
			got = append(got, c.Key)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v draws %v", tt.args, got)
		}
		u.Totals = true
		if n := len(tables["kits"].Grid(u).Series); n != len(u.Y) {
			t.Errorf("the table beside %v has %d columns of %d", tt.args, n, len(u.Y))
		}
	}
}

// Between its neighbours in a list that is sorted by it, a hidden number has little room.
func TestOrderDoesNotTell(t *testing.T) {
	f := read(t, "kits", "area,callouts\nVale,40\nHarbour,9\nTown,3\nDock,2\n", sidecar+"[[column]]\nkey=\"area\"\ntype=\"area\"\n[[column]]\nkey=\"callouts\"\ntype=\"number\"\n")
	tables, _, _ := Clear([]*Figure{f}, level.Public, 5)
	if got := numbers(tables["kits"], "area"); got != "Dock Harbour Town Vale" {
		t.Errorf("the rows stand as %s", got)
	}
}

// The order of areas tells as much where it is that of one year among several, and where it is that of a column that the
// edition does not see. Times keep theirs.
func TestOrderOfAHiddenSlice(t *testing.T) {
	months := "area,year,callouts\nVale,Nov 2024,3\nVale,Dec 2024,50\nTown,Nov 2024,8\nTown,Dec 2024,20\nHarbour,Nov 2024,9\nHarbour,Dec 2024,60\nDock,Nov 2024,30\nDock,Dec 2024,10\n"
	f := read(t, "kits", months, sidecar+columns)
	tables, _, _ := Clear([]*Figure{f}, level.Public, 5)
	if got := numbers(tables["kits"], "area") + ": " + numbers(tables["kits"], "year"); got != "Dock Dock Harbour Harbour Town Town Vale Vale: Nov 2024 Dec 2024 Nov 2024 Dec 2024 Nov 2024 Dec 2024 Nov 2024 Dec 2024" {
		t.Errorf("the rows stand as %s", got)
	}
	ranked := "area,score\nVale,40\nHarbour,9\nTown,7\nDock,6\n"
	for lvl, want := range map[string]string{"": "Vale Harbour Town Dock", "level=\"partners\"\nreason=\"confidential\"\n": "Dock Harbour Town Vale"} {
		f = read(t, "kits", ranked, sidecar+"[[column]]\nkey=\"area\"\ntype=\"area\"\n[[column]]\nkey=\"score\"\ntype=\"number\"\n"+lvl)
		tables, _, _ = Clear([]*Figure{f}, level.Public, 5)
		if got := numbers(tables["kits"], "area"); got != want {
			t.Errorf("%q: the rows stand as %s", lvl, got)
		}
	}
}

// Who reads the public edition beside the partners' sees no number that the latter hides.
func TestEditionsSideBySide(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	hidden := 0
	for range 60 {
		var parts, sums strings.Builder
		all := 0
		for _, area := range []string{"Dock", "Harbour", "Town", "Vale"} {
			one, two := 1+random.IntN(15), 1+random.IntN(15)
			fmt.Fprintf(&parts, "%s,first,%d\n%s,second,%d\n", area, one, area, two)
			fmt.Fprintf(&sums, "%s,%d\n", area, one+two)
			all += one + two
		}
		fmt.Fprintf(&sums, "All,%d\n", all)
		area, n := "[[column]]\nkey=\"area\"\ntype=\"area\"\n", "[[column]]\nkey=\"n\"\ntype=\"number\"\n"
		whole := read(t, "kits", "area,n\n"+sums.String(), sidecar+area+n+total+"[[link]]\nfigure=\"halves\"\ncolumn=\"n\"\non=[\"area\"]\n")
		detail := read(t, "halves", "area,half,n\n"+parts.String(), strings.Replace(sidecar, "date ", "level = \"partners\"\nreason = \"confidential\"\ndate ", 1)+
			area+"[[column]]\nkey=\"half\"\ntype=\"text\"\n"+n)
		figures := []*Figure{detail, whole}
		public, _, _ := Clear(figures, level.Public, 5)
		partners, _, _ := Clear(figures, level.Partners, 5)
		for r, row := range partners["kits"].Rows {
			c := partners["kits"].Column("n")
			theirs, ours := row.Values[c].State, public["kits"].Rows[r].Values[c].State
			if theirs == HiddenBySource && ours != HiddenBySource {
				t.Fatalf("row %d is hidden from the partners and shown to everybody:\n%s%s", r, sums.String(), parts.String())
			}
			if theirs == HiddenBySource {
				hidden++
			}
		}
	}
	if hidden == 0 {
		t.Error("nothing is hidden, so that this test shows nothing")
	}
}
