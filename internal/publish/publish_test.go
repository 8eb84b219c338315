package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"candour/internal/output"
)

// site makes one of paths and contents, in pairs.
func site(pairs ...string) output.Site {
	var s output.Site
	for i := 0; i < len(pairs); i += 2 {
		s.Files = append(s.Files, output.File{Path: pairs[i], Data: []byte(pairs[i+1])})
	}
	s.Sort()
	return s
}

var (
	siteA = site("index.html", "home A", "plans/x/index.html", "plan x", "plans/y/index.html", "plan y A",
		"gone/index.html", "withdrawn", "plans/index.html", "")
	siteB = site("index.html", "home B, longer", "plans/x/index.html", "plan x", "plans/y/index.html", "plan y B",
		"new/deep/er/index.html", "new", "plans/index.html", "")
)

// read returns every file of a folder but the manifest, and checks the manifest against them.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	got := map[string]string{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(p)
		rel, _ := filepath.Rel(dir, p)
		got[filepath.ToSlash(rel)] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(dir)
	if err != nil {
		t.Fatalf("manifest: %v", err)
	}
	delete(got, ManifestName)
	var files []output.File
	for p, data := range got {
		files = append(files, output.File{Path: p, Data: []byte(data)})
	}
	s := output.Site{Files: files}
	s.Sort()
	if want := entries(s.Files); !slices.Equal(m.Files, want) {
		t.Fatalf("the manifest lists\n%v\nand the folder holds\n%v", m.Files, want)
	}
	return got
}

func contents(s output.Site) map[string]string {
	m := map[string]string{}
	for _, f := range s.Files {
		m[f.Path] = string(f.Data)
	}
	return m
}

func mustHold(t *testing.T, dir string, s output.Site) {
	t.Helper()
	if got, want := read(t, dir), contents(s); !reflect.DeepEqual(got, want) {
		t.Fatalf("%s holds\n%q\nwant\n%q", dir, got, want)
	}
}

// names lists what lies in a folder, work in progress too.
func names(t *testing.T, dir string) []string {
	t.Helper()
	list, err := disk{}.Names(dir)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func mustBeAlone(t *testing.T, dir string) {
	t.Helper()
	if got := names(t, filepath.Dir(dir)); !slices.Equal(got, []string{filepath.Base(dir)}) {
		t.Fatalf("beside the folder lies %v", got)
	}
}

func mustWrite(t *testing.T, s output.Site, opt Options) Result {
	t.Helper()
	r, err := Write(t.Context(), s, opt)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	steps := []struct {
		name  string
		site  output.Site
		clock string
		want  Result
	}{
		{"new", siteA, "1", Result{Written: 5}},
		{"the same again", siteA, "1", Result{Reused: 5}},
		{"another clock", siteA, "2", Result{Reused: 5}},
		{"changed", siteB, "2", Result{Written: 3, Reused: 2, Removed: 1}},
		{"back", siteA, "2", Result{Written: 3, Reused: 2, Removed: 1}},
		{"empty", output.Site{}, "2", Result{Removed: 5}},
	}
	for _, step := range steps {
		r := mustWrite(t, step.site, Options{Dir: dir, Manifest: Manifest{Clock: step.clock}})
		if !reflect.DeepEqual(r, step.want) {
			t.Errorf("%s: %+v, want %+v", step.name, r, step.want)
		}
		mustHold(t, dir, step.site)
		mustBeAlone(t, dir)
		if m, _ := ReadManifest(dir); m.Clock != step.clock {
			t.Errorf("%s: the manifest's clock is %q", step.name, m.Clock)
		}
	}
}

func TestWithoutExchange(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for i, s := range []output.Site{siteA, siteB, siteB, siteA} {
		mustWrite(t, s, Options{Dir: dir, machine: &faulty{noExchange: true}, Manifest: Manifest{Pages: i}})
		mustHold(t, dir, s)
		mustBeAlone(t, dir)
	}
}

func TestWithoutLinks(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, siteA, Options{Dir: dir})
	r := mustWrite(t, siteB, Options{Dir: dir, machine: &faulty{noLinks: true}})
	if r.Reused != 0 || r.Written != 5 {
		t.Errorf("%+v", r)
	}
	mustHold(t, dir, siteB)
}

func TestReuseIsTheSameFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	stat := func() fs.FileInfo {
		info, err := os.Stat(filepath.Join(dir, "plans/x/index.html"))
		if err != nil {
			t.Fatal(err)
		}
		return info
	}
	mustWrite(t, siteA, Options{Dir: dir})
	before := stat()
	mustWrite(t, siteB, Options{Dir: dir})
	if !os.SameFile(before, stat()) {
		t.Error("an unchanged page was written again")
	}
}

// Whatever somebody did to the published files, the next site is right, and the manifest is not taken at its word.
func TestTampered(t *testing.T) {
	page := "plans/x/index.html"
	cases := map[string]func(dir string) error{
		"same size":    func(dir string) error { return os.WriteFile(filepath.Join(dir, page), []byte("PLAN X"), 0o644) },
		"longer":       func(dir string) error { return os.WriteFile(filepath.Join(dir, page), []byte("plan x!"), 0o644) },
		"removed":      func(dir string) error { return os.Remove(filepath.Join(dir, page)) },
		"folder gone":  func(dir string) error { return os.RemoveAll(filepath.Join(dir, "plans")) },
		"extra file":   func(dir string) error { return os.WriteFile(filepath.Join(dir, "plans/extra"), nil, 0o644) },
		"extra folder": func(dir string) error { return os.Mkdir(filepath.Join(dir, "plans/extra"), 0o755) },
		"folder now a file": func(dir string) error {
			return errors.Join(os.RemoveAll(filepath.Join(dir, "plans")), os.WriteFile(filepath.Join(dir, "plans"), nil, 0o644))
		},
		"file now a folder": func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, page)), os.Mkdir(filepath.Join(dir, page), 0o755))
		},
	}
	if runtime.GOOS != "windows" {
		cases["linked elsewhere"] = func(dir string) error {
			other := filepath.Join(t.TempDir(), "same")
			return errors.Join(os.WriteFile(other, []byte("plan x"), 0o644), os.Remove(filepath.Join(dir, page)),
				os.Symlink(other, filepath.Join(dir, page)))
		}
		cases["folder linked elsewhere"] = func(dir string) error {
			other := filepath.Join(t.TempDir(), "plans")
			return errors.Join(os.Rename(filepath.Join(dir, "plans"), other), os.Symlink(other, filepath.Join(dir, "plans")))
		}
		cases["unreadable"] = func(dir string) error { return os.Chmod(filepath.Join(dir, page), 0) }
		cases["read-only folder"] = func(dir string) error { return os.Chmod(filepath.Join(dir, "plans"), 0o555) }
	}
	for name, tamper := range cases {
		for _, next := range []output.Site{siteA, siteB} {
			t.Run(name, func(t *testing.T) {
				dir := filepath.Join(t.TempDir(), "public")
				mustWrite(t, siteA, Options{Dir: dir})
				if err := tamper(dir); err != nil {
					t.Fatal(err)
				}
				mustWrite(t, next, Options{Dir: dir})
				mustHold(t, dir, next)
				mustBeAlone(t, dir)
				info, err := os.Lstat(filepath.Join(dir, page))
				if err != nil || !info.Mode().IsRegular() || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
					t.Errorf("the page is %v, %v", info.Mode(), err)
				}
			})
		}
	}
}

func TestUnsafePaths(t *testing.T) {
	bad := [][]string{
		{""}, {"/etc/passwd"}, {"../x"}, {"a/../../x"}, {"a/../b"}, {"./a"}, {"a//b"}, {"a/"}, {".."}, {"a/."}, {`a\b`},
		{"a\x00b"}, {"a\nb"}, {"\xff"}, {ManifestName}, {"a", "a"}, {"a/b", "A/c"}, {"a/B", "a/b"}, {"a", "a/b"}, {"a/b", "a"},
		{"straße", "STRASSE"}, {"tŷ", "ty\u0302"}, {"Manifest.json"},
	}
	for _, paths := range bad {
		var s output.Site
		for _, p := range paths {
			s.Files = append(s.Files, output.File{Path: p, Data: []byte("x")})
		}
		parent := t.TempDir()
		if _, err := Write(t.Context(), s, Options{Dir: filepath.Join(parent, "new", "public")}); err == nil {
			t.Errorf("%q was published", paths)
		}
		if left := names(t, parent); len(left) > 0 {
			t.Errorf("%q left %v", paths, left)
		}
	}
	good := site("a b/ŷ.html", "1", "🎪/index.html", "2", "a/..b", "3", "a/b.", "4", ".well-known/x", "5", "ab", "6")
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, good, Options{Dir: dir})
	mustHold(t, dir, good)
}

func TestMissingParents(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "a", "b", "public")
	if _, err := Write(t.Context(), siteA, Options{Dir: dir, machine: &faulty{failAt: 12}}); err == nil {
		t.Fatal("no error")
	}
	if left := names(t, root); len(left) > 0 {
		t.Errorf("after a failure there is %v", left)
	}
	mustWrite(t, siteA, Options{Dir: dir})
	mustHold(t, dir, siteA)
}

func TestCancelled(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, siteA, Options{Dir: dir})
	for step := 1; ; step++ {
		ctx, cancel := context.WithCancel(t.Context())
		m := &faulty{failAt: step, instead: cancel}
		_, err := Write(ctx, siteB, Options{Dir: dir, machine: m})
		cancel()
		mustBeAlone(t, dir)
		if m.steps < step {
			break
		}
		if err == nil { // too late to stop
			mustHold(t, dir, siteB)
			mustWrite(t, siteA, Options{Dir: dir})
			continue
		}
		if !errors.Is(err, context.Canceled) {
			t.Fatalf("step %d: %v", step, err)
		}
		mustHold(t, dir, siteA)
	}
}

func TestConcurrent(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "out", "public")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			s := siteA
			if i%2 == 1 {
				s = siteB
			}
			m := machine(disk{})
			if i%4 == 3 {
				m = &faulty{failAt: 5 + i}
			}
			if _, err := Write(t.Context(), s, Options{Dir: dir, machine: m}); err != nil && !errors.Is(err, errInjected) {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if got := read(t, dir); !reflect.DeepEqual(got, contents(siteA)) && !reflect.DeepEqual(got, contents(siteB)) {
		t.Errorf("a mixture: %q", got)
	}
	mustBeAlone(t, dir)
}

// While one site follows another, a reader who opens the folder finds a whole one at any time.
func TestReaderSeesOneSite(t *testing.T) {
	if runtime.GOOS != "linux" && runtime.GOOS != "darwin" {
		t.Log("two folders cannot be exchanged in one step here")
		return
	}
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, siteA, Options{Dir: dir})
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		defer stop()
		for i := range 60 {
			if _, err := Write(t.Context(), []output.Site{siteB, siteA}[i%2], Options{Dir: dir}); err != nil {
				t.Error(err)
			}
		}
	})
	for ctx.Err() == nil {
		// The folder as it was at one moment: an open folder stays the one it was.
		root, err := os.OpenRoot(dir)
		if err != nil {
			t.Errorf("no folder: %v", err)
			break
		}
		home, err := root.ReadFile("index.html")
		page, err2 := root.ReadFile("plans/y/index.html")
		root.Close()
		if err != nil || err2 != nil {
			continue // opened just before it was replaced, and removed since
		}
		if bytes.HasPrefix(home, []byte("home A")) != bytes.HasSuffix(page, []byte("A")) {
			t.Errorf("a mixture: %q and %q", home, page)
		}
	}
	wg.Wait()
}

func TestLocked(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	unlock, err := lock(t.Context(), filepath.Dir(dir), "public", 0)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Write(t.Context(), siteA, Options{Dir: dir, Wait: time.Millisecond})
	var locked *LockedError
	if !errors.As(err, &locked) || !strings.Contains(err.Error(), "another build") {
		t.Errorf("%v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Write(ctx, siteA, Options{Dir: dir}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
	unlock()
	mustWrite(t, siteA, Options{Dir: dir})
	mustBeAlone(t, dir)
}

func TestLockFile(t *testing.T) {
	parent := t.TempDir()
	unlock, err := lockFile(parent, "public")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := lockFile(parent, "public"); !errors.Is(err, errBusy) {
		t.Errorf("locked twice: %v", err)
	}
	other, err := lockFile(parent, "partners")
	if err != nil {
		t.Errorf("another folder: %v", err)
	}
	other()
	unlock()
	if left := names(t, parent); len(left) > 0 {
		t.Errorf("left %v", left)
	}
	again, err := lockFile(parent, "public")
	if err != nil {
		t.Fatal(err)
	}
	again()
}

func TestManifest(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	m := Manifest{Program: "else", Version: "1.2", Edition: "public", Clearance: "public", Clock: "2026-11-20T18:00:00Z",
		BaseURL: "https://plan.eastmere.example/?a&b", LeftOut: []string{"content/alerts/x.md"}, Pages: 2,
		Files: []FileEntry{{Path: "not/there"}}}
	s := site("b.html", "b", "a/ŷ.html", "")
	s.Files[0].Source = "/home/someone/content/a.md"
	slices.Reverse(s.Files)
	mustWrite(t, s, Options{Dir: dir, Manifest: m})
	got, err := os.ReadFile(filepath.Join(dir, ManifestName))
	if err != nil {
		t.Fatal(err)
	}
	want := `{
  "program": "candour",
  "version": "1.2",
  "edition": "public",
  "clearance": "public",
  "clock": "2026-11-20T18:00:00Z",
  "base_url": "https://plan.eastmere.example/?a&b",
  "left_out": [
    "content/alerts/x.md"
  ],
  "pages": 2,
  "files": [
    {
      "path": "a/ŷ.html",
      "size": 0,
      "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    },
    {
      "path": "b.html",
      "size": 1,
      "sha256": "3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d"
    }
  ]
}
`
	if string(got) != want {
		t.Errorf("got %s", got)
	}
	empty, err := Manifest{}.encode()
	if err != nil || !bytes.Contains(empty, []byte(`"left_out": [],`)) || !bytes.Contains(empty, []byte(`"files": []`)) {
		t.Errorf("%s %v", empty, err)
	}
}

func TestReadManifest(t *testing.T) {
	for name, text := range map[string]string{"none": "", "not JSON": "{", "another program's": `{"name": "app", "icons": []}`} {
		dir := t.TempDir()
		if text != "" {
			if err := os.WriteFile(filepath.Join(dir, ManifestName), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if m, err := ReadManifest(dir); m != nil || !errors.Is(err, ErrNoManifest) {
			t.Errorf("%s: %v, %v", name, m, err)
		}
	}
}

func ExampleWrite() {
	parent, err := os.MkdirTemp("", "")
	if err != nil {
		return
	}
	defer os.RemoveAll(parent)
	s := output.Site{Files: []output.File{{Path: "index.html", Data: []byte("<!doctype html>")}}}
	result, err := Write(context.Background(), s, Options{Dir: filepath.Join(parent, "public")})
	fmt.Println(result.Written, err)
	// Output: 1 <nil>
}
