package scaffold_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candour/internal/content"
	"candour/internal/frontmatter"
	"candour/internal/scaffold"
	"candour/internal/schema"
	"candour/internal/vocab"
)

var template = &content.Page{
	File: "content/alert-templates/suspected.md", Address: "/alert-templates/suspected/",
	Front: map[string]any{"title": `Suspected "adulteration"`, "summary": "S.", "placeholder": []any{
		map[string]any{"key": "drug", "label": "Drug", "hint": "Its name.", "required": true},
		map[string]any{"key": "area", "label": "Area", "required": true},
		map[string]any{"key": "noticed", "label": "When"},
		map[string]any{"label": "a gap without a key"},
	}},
	Body: []byte("\n\r\nPeople who take {{< placeholder \"drug\" >}} in {{< placeholder \"area\" >}}.\r\n\r\n{{< placeholder \"noticed\" >}} and `{{</* placeholder \"drug\" */>}}`\r\n"),
}

func TestCheckFill(t *testing.T) {
	gaps := template.Gaps()
	if len(gaps) != 3 || gaps[0] != (content.Gap{Key: "drug", Label: "Drug", Hint: "Its name.", Required: true}) {
		t.Fatalf("gaps: %+v", gaps)
	}
	for _, tc := range []struct {
		fill map[string]string
		want string
	}{
		{map[string]string{"drug": "pills", "area": "Testford"}, ""},
		{map[string]string{"drug": "pills", "area": "Testford", "noticed": "today"}, ""},
		{map[string]string{"drug": "pills"}, `these gaps must be filled: area; add to the command: --fill area="…"`},
		{map[string]string{"drug": " \t", "area": ""}, `these gaps must be filled: drug, area; add to the command: --fill drug="…" --fill area="…"`},
		{map[string]string{"drug": "pills", "area": "T", "arae": "U"}, `the template has no gap "arae"; did you mean "area"?; its gaps are: drug, area, noticed`},
	} {
		err := scaffold.CheckFill(template, tc.fill)
		got := ""
		if err != nil {
			got = err.Error()
		}
		if got != tc.want {
			t.Errorf("%v: %q, want %q", tc.fill, got, tc.want)
		}
	}
}

// An alert decodes to what was filled in, whatever that was, and its body holds no gap.
func TestAlert(t *testing.T) {
	fill := map[string]string{"drug": "grey\n\"tablets\" \\ +++", "area": "Tŷ 🎪", "noticed": "2026-11-20"}
	now := time.Date(2026, 11, 20, 23, 30, 0, 0, time.UTC)
	src := scaffold.Alert(template, fill, "Testford", now)
	parts, fault := frontmatter.Split(src)
	if fault != nil {
		t.Fatal(fault.Message)
	}
	front, fault := frontmatter.Decode(parts.Front)
	if fault != nil {
		t.Fatalf("%s\n%s", fault.Message, src)
	}
	filled, _ := front["fill"].(map[string]any)
	for key, want := range fill {
		if filled[key] != want {
			t.Errorf("fill.%s is %q, want %q", key, filled[key], want)
		}
	}
	for key, want := range map[string]any{"title": `Suspected "adulteration"`, "template": "suspected", "status": "draft", "area": "Testford", "evidence": "suspected",
		"date": frontmatter.LocalDate{Year: 2026, Month: 11, Day: 20}} {
		if front[key] != want {
			t.Errorf("%s is %v, want %v", key, front[key], want)
		}
	}
	for _, key := range []string{"panel_met", "issued", "expires", "placeholder", "signoff"} {
		if _, there := front[key]; there {
			t.Errorf("a draft has %s", key)
		}
	}
	const want = "People who take grey \"tablets\" \\ +++ in Tŷ 🎪.\n\n2026-11-20 and `{{</* placeholder \"drug\" */>}}`\n"
	if string(parts.Body) != want {
		t.Errorf("the body is %q, want %q", parts.Body, want)
	}
}

func TestPage(t *testing.T) {
	k := &schema.Kind{Name: "plans", Fields: []*schema.Field{
		{Path: "title", Type: schema.Text, Required: true}, {Path: "date", Type: schema.DateTime, Required: true},
		{Path: "next_review", Type: schema.Date, Required: true, Example: "2027-09-14"}, {Path: "covers", Type: schema.Key, List: true, Required: true, Example: ` ["nitazenes"] `},
		{Path: "empty", Type: schema.Text, Required: true}, {Path: "tags", Type: schema.Text, Example: `["one"]`},
		{Path: "lead", Type: schema.Tables, Required: true, Example: "[[lead]]\nrole = \"R\""}, {Path: "lead.*.role", Type: schema.Text, Required: true},
		{Path: "bare", Type: schema.Tables, Required: true},
	}}
	const want = "+++\n# What the keys mean: candour explain plans. Whatever is left empty, candour check asks for.\ntitle = \"My \\\"plan\\\"\"\ndate = 2026-11-20\n" +
		"# next_review = a day, as 2027-09-14\ncovers = []\nempty = \"\"\n\n[[lead]]\nrole = \"\"\n\n[[bare]]\n+++\n{{< placeholder \"text\" >}}\n"
	if got := string(scaffold.Page(k, vocab.New(), map[string]string{"title": `My "plan"`}, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC))); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestCreate(t *testing.T) {
	name := filepath.Join(t.TempDir(), "content", "pages", "a.md")
	if err := scaffold.Create(name, []byte("one")); err != nil {
		t.Fatal(err)
	}
	var taken *scaffold.TakenError
	if err := scaffold.Create(name, []byte("two")); !errors.As(err, &taken) {
		t.Errorf("written over: %v", err)
	}
	if data, _ := os.ReadFile(name); string(data) != "one" {
		t.Errorf("the file holds %q", data)
	}
	// A link that leads nowhere is in the way too: writing through it would put the page elsewhere.
	link := filepath.Join(filepath.Dir(name), "b.md")
	if err := os.Symlink(filepath.Join(t.TempDir(), "elsewhere"), link); err != nil {
		t.Fatal(err)
	}
	if err := scaffold.Create(link, []byte("two")); !errors.As(err, &taken) {
		t.Errorf("written through a link: %v", err)
	}
}

func TestInit(t *testing.T) {
	starter := fstest.MapFS{"candour.toml": {Data: []byte("title = \"T\"\n")}, "embed.go": {Data: []byte("package x\n")}}
	pages := fstest.MapFS{"pages/a.md": {Data: []byte("+++\n")}, "embed.go": {Data: []byte("package content\n")}}
	dir := filepath.Join(t.TempDir(), "a", "site")
	n, err := scaffold.Init(dir, starter, pages, fstest.MapFS{})
	if err != nil || n != 5 {
		t.Fatalf("%d files, %v", n, err)
	}
	var got []string
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			rel, _ := filepath.Rel(dir, p)
			got = append(got, filepath.ToSlash(rel))
		}
		return err
	})
	if want := ".gitignore candour.toml content/pages/a.md data/README.md layouts/README.md"; strings.Join(got, " ") != want {
		t.Errorf("wrote %v", got)
	}
	if ignore, _ := os.ReadFile(filepath.Join(dir, ".gitignore")); !strings.Contains(string(ignore), "\n/public/\n/editions/\n") {
		t.Errorf(".gitignore is %q", ignore)
	}
	var taken *scaffold.TakenError
	if _, err := scaffold.Init(dir, starter, pages, fstest.MapFS{}); !errors.As(err, &taken) {
		t.Errorf("written over: %v", err)
	}
	file := filepath.Join(dir, "candour.toml")
	if _, err := scaffold.Init(file, starter, pages, fstest.MapFS{}); !errors.As(err, &taken) {
		t.Errorf("a file is no folder: %v", err)
	}
}

// What fails leaves nothing behind.
func TestInitFails(t *testing.T) {
	torn := fstest.MapFS{"pages": {Data: []byte("a file where a folder must be")}}
	both := fstest.MapFS{"content/pages/a.md": {Data: []byte("+++\n")}, "candour.toml": {Data: []byte("t\n")}}
	made := filepath.Join(t.TempDir(), "site")
	if _, err := scaffold.Init(made, both, torn, fstest.MapFS{}); err == nil {
		t.Fatal("a file and a folder of one name were both written")
	}
	if _, err := os.Stat(made); !errors.Is(err, fs.ErrNotExist) {
		t.Error("the folder that was made is still there")
	}
	empty := t.TempDir()
	if _, err := scaffold.Init(empty, both, torn, fstest.MapFS{}); err == nil {
		t.Fatal("a file and a folder of one name were both written")
	}
	if entries, err := os.ReadDir(empty); err != nil || len(entries) > 0 {
		t.Errorf("the folder that was there holds %v, %v", entries, err)
	}
}

// What a template withholds of its words is withheld of the alert's too.
func TestAlertKeepsFlags(t *testing.T) {
	secret := &content.Page{File: template.File, Address: template.Address, Body: template.Body}
	secret.Front = map[string]any{"title": "Title", "summary": "Summary", "level": "partners", "withhold": []any{
		map[string]any{"section": "who", "reason": "law-enforcement", "show": "nothing"},
		map[string]any{"passage": "p", "reason": "confidential", "level": "partners", "search": false},
		map[string]any{"field": "summary", "reason": "confidential"},
		map[string]any{"field": "extra.note", "reason": "confidential"},
		map[string]any{"file": "map.png", "reason": "confidential"},
	}}
	parts, fault := frontmatter.Split(scaffold.Alert(secret, map[string]string{"area": "Harbour"}, "Testford", time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)))
	if fault != nil {
		t.Fatal(fault.Message)
	}
	front, fault := frontmatter.Decode(parts.Front)
	if fault != nil {
		t.Fatal(fault.Message)
	}
	if got, want := fmt.Sprintf("%v %v", front["level"], front["withhold"]), "partners [map[reason:law-enforcement section:who show:nothing] map[level:partners passage:p reason:confidential search:false] map[field:summary reason:confidential]]"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
