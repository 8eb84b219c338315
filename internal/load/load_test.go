package load_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/sitetest"
)

const text = "+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-09-01\n+++\nText.\n"

func repo(t *testing.T, opt load.Options) (*load.Repo, diag.List) {
	t.Helper()
	r, found, err := load.Load(context.Background(), opt)
	if err != nil {
		t.Fatal(err)
	}
	return r, found
}

func options(names ...string) load.Options {
	files := fstest.MapFS{"candour.toml": {Data: []byte(sitetest.Config)}}
	for _, n := range names {
		name, data, ok := strings.Cut(n, "=")
		if !ok {
			data = text
		}
		files[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return sitetest.Options(files, "public").Load
}

func TestWhereContentLies(t *testing.T) {
	for _, tc := range []struct {
		files string // separated by spaces
		want  string // rule and file
	}{
		{"content/_index.md", ""},
		{"content/_index.cy.md content/_index.md", ""},
		{"content/pages/about.md", ""},
		{"content/plans/_index.md", ""},
		{"content/plans/x/index.md content/plans/x/map.csv", ""},
		{"content/plans/x/index.md content/plans/x/index.cy.md content/plans/x/deep/map.csv", ""},
		{"content/leaflets/festival/_index.md content/leaflets/festival/tent.md content/leaflets/festival/x/index.md", ""},
		{"content/pages/folder/within/about.md", ""},
		{"content/embed.go content/pages/Thumbs.db", ""},

		{"content/about.md", "misplaced-file content/about.md"},
		{"content/index.md", "misplaced-file content/index.md"},
		{"content/posts/about.md", "misplaced-file content/posts/about.md"},
		{"content/plans/index.md", "misplaced-file content/plans/index.md"},
		{"content/plans/map.csv", "misplaced-file content/plans/map.csv"},
		{"content/plans/x/index.md content/plans/x/y.md", "misplaced-file content/plans/x/y.md"},
		{"content/plans/x/index.md content/plans/x/y/index.md content/plans/x/y/z/index.md", "misplaced-file content/plans/x/y/index.md"},
		{"content/leaflets/tent.md", "misplaced-file content/leaflets/tent.md"},
		{"content/leaflets/tent/index.md", "misplaced-file content/leaflets/tent/index.md"},
		{"content/pages/about.markdown", "misplaced-file content/pages/about.markdown"},
		{"content/pages/ABOUT.MD", "misplaced-file content/pages/ABOUT.MD"},
		{"content/pages/.hidden.md", "file-left-out content/pages/.hidden.md"},
		{"content/pages/about.md~", "file-left-out content/pages/about.md~"},
		{"content/pages/#about.md#", "file-left-out content/pages/#about.md#"},
		{"content/.git/config", "file-left-out content/.git"},
		{"content/pages/a.md content/pages/A.md", "case-collision content/pages/a.md"},
		{"content/pages/a/index.md content/pages/a.md", "address-taken content/pages/a/index.md"},
		{"content/pages/a-b.md content/pages/a_b.md", ""},
		{"content/pages/café.md content/pages/cafe\u0301.md", "case-collision content/pages/café.md"},
	} {
		r, found := repo(t, options(strings.Fields(tc.files)...))
		got := ""
		if len(found) > 0 {
			got = found[0].Rule + " " + found[0].File
		}
		if got != tc.want {
			t.Errorf("%s: found %q, want %q", tc.files, got, tc.want)
		}
		if r.Sound() == found.HasErrors() {
			t.Errorf("%s: what is returned does not fit what was found", tc.files)
		}
	}
}

// What cannot be read as text is refused before anything else looks at it.
func TestBadBytes(t *testing.T) {
	for data, want := range map[string]string{
		"+++\ntitle = \"T\x00\"\n+++\n":    "2:11 holds a NUL byte",
		"+++\n+++\nText\n\xff\n":           "4:1 is not UTF-8 text",
		"\xff\xfe+\x00+\x00+\x00":          "1:1 is text in UTF-16",
		"\xfe\xff\x00+\x00+":               "1:1 is text in UTF-16",
		"+++\n+++\n\xc3":                   "3:1 is not UTF-8 text",
		"+++\n+++\nan unfinished \xe2\x82": "3:15 is not UTF-8 text",
	} {
		r, found := repo(t, options("content/pages/a.md="+strings.ReplaceAll(data, "=", "=")))
		if r.Sound() || len(found) != 1 || found[0].Rule != "bad-encoding" || !strings.HasSuffix(want, found[0].Message) || !strings.HasPrefix(want, pos(found[0])) {
			t.Errorf("%q: %v", data, found)
		}
	}
}

func pos(f diag.Finding) string { return strings.TrimPrefix(f.Pos().String(), f.File+":") }

// --leave-out sets aside what cannot even be read; a page that can be read is judged later.
func TestLeaveOut(t *testing.T) {
	opt := options("content/pages/a.md", "content/pages/torn.md=+++\ntitle = \n+++\n", "content/pages/b.md")
	if r, found := repo(t, opt); r.Sound() || !found.Has(diag.BadTOML) {
		t.Errorf("found %v", found)
	}
	opt.LeaveOut = []string{"content/pages/torn.md", "content/pages/b.md"}
	r, found := repo(t, opt)
	if !r.Sound() || len(found) > 0 {
		t.Fatalf("found %v", found)
	}
	if !slices.Equal(r.Dropped(), []string{"content/pages/torn.md"}) || len(r.Pages()) != 2 {
		t.Errorf("dropped %v, %d pages", r.Dropped(), len(r.Pages()))
	}
	opt.LeaveOut, opt.Only = nil, "content/pages/a.md"
	if r, found = repo(t, opt); !r.Sound() || len(r.Pages()) != 1 || len(found) > 0 {
		t.Errorf("one page alone: %v", found)
	}
}

// A site's layouts and vocabularies lie over the program's.
func TestOverlays(t *testing.T) {
	r, found := repo(t, options("layouts/pages/page.html=<p>", "layouts/README.md=Ours.", "data/threats.toml=[grey]\nlabel = \"Grey\"\n", "static/a.txt=A.", "content/pages/a.md"))
	if !r.Sound() || len(found) > 0 {
		t.Fatalf("found %v", found)
	}
	theme := r.Theme()
	if theme.Own || string(theme.Layouts["pages/page.html"].Data) != "<p>" || theme.Layouts["pages/page.html"].File != "layouts/pages/page.html" {
		t.Error("the site's layout is not taken")
	}
	if _, there := theme.Layouts["README.md"]; there || !strings.HasPrefix(theme.Layouts["baseof.html"].File, "program:") {
		t.Error("the program's layouts are not kept")
	}
	if !r.Words().Has("threats", "grey") || !r.Words().Has("threats", "nitazenes") {
		t.Error("the vocabularies are not laid over each other")
	}
	if i := slices.IndexFunc(r.Static(), func(s load.StaticFile) bool { return s.Path == "a.txt" }); i < 0 || r.Static()[i].File != "static/a.txt" {
		t.Error("the static file is not there")
	}
	if r, _ := repo(t, options()); !r.Sound() || !r.Theme().Own {
		t.Error("without files of its own a site has the program's theme")
	}
	for file, want := range map[string]string{
		"static/run.exe=MZ": "file-not-allowed", "static/.htaccess=x": "file-left-out", "data/list.json={}": "file-not-allowed",
	} {
		if _, found := repo(t, options(file)); len(found) != 1 || found[0].Rule != want {
			t.Errorf("%s: %v", file, found)
		}
	}
	opt := options("content/pages/a.md")
	opt.Source.(fstest.MapFS)["candour.toml"].Data = []byte("theme = \"candor\"\n" + sitetest.Config)
	if _, found := repo(t, opt); len(found) != 1 || found[0].Rule != "config-not-usable" || !strings.Contains(found[0].Message, `did you mean "candour"?`) {
		t.Errorf("a theme that is not there: %v", found)
	}
}

// Links that lead out of the source are never followed.
func TestLinksOutOfTheSource(t *testing.T) {
	dir, outside := t.TempDir(), t.TempDir()
	write := func(dir, name, data string) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write(dir, "candour.toml", sitetest.Config)
	write(dir, "content/pages/a.md", text)
	write(outside, "secret.md", text)
	link := func(target, name string) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		_ = os.MkdirAll(filepath.Dir(full), 0o755)
		if err := os.Symlink(target, full); err != nil {
			t.Fatal(err)
		}
	}
	link(filepath.Join(outside, "secret.md"), "content/pages/out.md")
	link(outside, "content/pages/folder")
	link("nowhere.md", "content/pages/dangling.md")
	link(filepath.Join(outside, "secret.md"), "static/secret.txt")
	link("a.md", "content/pages/same.md") // within: a page like any other

	source, done, err := load.OpenSource(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = done() }()
	opt := options()
	opt.Source = source
	r, found := repo(t, opt)
	var got []string
	for _, f := range found {
		got = append(got, f.Rule+" "+f.File)
	}
	want := "[outside-source content/pages/dangling.md outside-source content/pages/folder outside-source content/pages/out.md outside-source static/secret.txt]"
	if r.Sound() || fmt.Sprint(got) != want {
		t.Errorf("found %v\nwant  %s", got, want)
	}
	if _, _, err := load.OpenSource(filepath.Join(dir, "nowhere")); !errors.Is(err, load.ErrUsage) {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestConfig(t *testing.T) {
	for _, tc := range []struct {
		name string
		opt  load.Options
		want string
	}{
		{"none", load.Options{Source: fstest.MapFS{}}, "there is no candour.toml in this folder"},
		{"torn", load.Options{Source: fstest.MapFS{"candour.toml": {Data: []byte("title = \n")}}}, "candour.toml has errors"},
		{"base URL", load.Options{Source: options().Source, BaseURL: "plan"}, "--base-url: "},
	} {
		tc.opt.Program = options().Program
		_, _, err := load.Load(context.Background(), tc.opt)
		if !errors.Is(err, load.ErrUsage) || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v", tc.name, err)
		}
	}
}
