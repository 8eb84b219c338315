package past_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	"candour/internal/build"
	"candour/internal/output"
	"candour/internal/past"
	"candour/internal/render"
	"candour/internal/sitetest"
)

// repository is a content repository whose pages differ by a version each.
func repository(versions []int) string {
	var b strings.Builder
	for i, v := range versions {
		kind, more := "pages", ""
		if i%3 == 1 {
			kind, more = "leaflets/festival", "setting = \"festival\"\naudience = [\"public\"]\n"
		}
		tags := ""
		if v%3 == 2 {
			tags = fmt.Sprintf("tags = [\"tag-%d\"]\n", v%2)
		}
		fmt.Fprintf(&b, "-- content/%s/page-%d.md --\n+++\ntitle = \"Page %d, version %d\"\nsummary = \"About page %d.\"\ndate = 2026-01-0%d\n%s%s+++\n## Heading\n\nText %d of page %d. See [the next](/pages/page-0/).\n",
			kind, i, i, v, i, 1+v%9, tags, more, v, i)
	}
	return b.String()
}

// Whatever changes, a build that uses pages again gives byte for byte what a build from nothing gives.
func TestUsedAgainIsMadeAnew(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	versions := make([]int, 9)
	memory := &past.Memory{}
	used := int64(0)
	for round := range 8 {
		archive := repository(versions)
		counted := &counting{Past: memory}
		opt := sitetest.Options(sitetest.Files(archive), "public")
		opt.Past = counted
		again := sitetest.Run(t, opt)
		fresh := sitetest.Must(t, archive, "public")
		if again.Audited == nil {
			t.Fatalf("round %d: %s", round, sitetest.Print(again.Findings))
		}
		compare(t, round, again, fresh)
		memory.Remember(again.Rendered.Record(), again.Audited.Site())
		used += counted.n.Load()
		versions[random.IntN(len(versions))] += random.IntN(4)
		if round == 5 {
			versions = versions[:7]
		}
	}
	if used == 0 {
		t.Error("no page was used again: the test compares nothing")
	}
}

type counting struct {
	render.Past
	n atomic.Int64 // pages are asked for side by side
}

func (c *counting) Page(path string, key render.Key) ([]byte, bool) {
	data, ok := c.Past.Page(path, key)
	if ok {
		c.n.Add(1)
	}
	return data, ok
}

func compare(t *testing.T, round int, a, b *build.Outcome) {
	t.Helper()
	left, right := a.Audited.Site().Files, b.Audited.Site().Files
	if len(left) != len(right) {
		t.Fatalf("round %d: %d files, and %d from nothing:\n%v\n%v", round, len(left), len(right), sitetest.Paths(a), sitetest.Paths(b))
	}
	for i := range left {
		if left[i].Path != right[i].Path || string(left[i].Data) != string(right[i].Data) {
			t.Errorf("round %d: %s differs from what a build from nothing gives", round, left[i].Path)
		}
	}
}

// A site's own template may look at other pages, so nothing is used again beside it.
func TestOwnTemplatesAreMadeAnew(t *testing.T) {
	archive := repository(make([]int, 3)) + "-- layouts/pages/page.html --\n{{ define \"main\" }}<h1>{{ .Title }}</h1><p>{{ len site.RegularPages }}</p>{{ end }}\n"
	out := sitetest.Must(t, archive, "public")
	if n := len(out.Rendered.Record().Pages); n != 0 {
		t.Errorf("%d pages may be used again beside a template of the site's own", n)
	}
}

func TestDisk(t *testing.T) {
	cache, dir := t.TempDir(), t.TempDir()
	name := filepath.Join(dir, "pages", "x", "index.html")
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	write := func(text string) {
		if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("finished")
	site := output.Site{Files: []output.File{{Path: "pages/x/index.html", Data: []byte("finished")}}}
	key := render.Key{1, 2, 3}
	past.Open(cache, "/source", "public", dir, "program").Remember(render.Record{Pages: map[string]render.Key{"pages/x/index.html": key}}, site)

	open := func() *past.Disk { return past.Open(cache, "/source", "public", dir, "program") }
	if data, ok := open().Page("pages/x/index.html", key); !ok || string(data) != "finished" {
		t.Errorf("the page is not found again: %q %v", data, ok)
	}
	if _, ok := open().Page("pages/x/index.html", render.Key{9}); ok {
		t.Error("a page made from something else is used again")
	}
	if _, ok := past.Open(cache, "/source", "partners", dir, "program").Page("pages/x/index.html", key); ok {
		t.Error("a page of another edition is used again")
	}
	if _, ok := past.Open(cache, "/source", "public", dir, "another").Page("pages/x/index.html", key); ok {
		t.Error("a page that another program made is used again")
	}
	if _, ok := past.Open(cache, "/source", "public", dir, "").Page("pages/x/index.html", key); ok {
		t.Error("a page is used again though nobody knows which program this is")
	}
	write("tampered")
	if _, ok := open().Page("pages/x/index.html", key); ok {
		t.Error("a file that was tampered with is used again")
	}
	if _, ok := past.Open("", "/source", "public", dir, "program").Page("pages/x/index.html", key); ok {
		t.Error("without a cache folder something is remembered")
	}
	for _, f := range files(t, cache) {
		if err := os.WriteFile(f, []byte("not ours\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("finished")
	if _, ok := open().Page("pages/x/index.html", key); ok {
		t.Error("a broken cache is believed")
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var all []string
	err := filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err == nil && !info.IsDir() {
			all = append(all, p)
		}
		return err
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("nothing was written: %v", err)
	}
	return all
}

// Files of a folder are remembered one run beside another, as long as they are there.
func TestAddKeepsWhatIsThere(t *testing.T) {
	cache, dir := t.TempDir(), t.TempDir()
	add := func(name, text string, key byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		past.Open(cache, "source", "print public", dir, "program").Add(render.Record{Pages: map[string]render.Key{name: {key}}}, output.Site{Files: []output.File{{Path: name, Data: []byte(text)}}})
	}
	has := func(name string, key byte) bool {
		_, ok := past.Open(cache, "source", "print public", dir, "program").Page(name, render.Key{key})
		return ok
	}
	add("a.pdf", "one", 1)
	add("b.pdf", "two", 2)
	if !has("a.pdf", 1) || !has("b.pdf", 2) {
		t.Error("a file of an earlier run is forgotten")
	}
	if has("a.pdf", 2) {
		t.Error("a file is used again for what it was not made from")
	}
	if err := os.Remove(filepath.Join(dir, "a.pdf")); err != nil {
		t.Fatal(err)
	}
	add("b.pdf", "three", 3)
	list, err := filepath.Glob(filepath.Join(cache, "candour", "*"))
	if err != nil || len(list) != 1 {
		t.Fatalf("%d lists (%v)", len(list), err)
	}
	text, err := os.ReadFile(list[0])
	if err != nil || strings.Contains(string(text), "a.pdf") || strings.Contains(string(text), "three") {
		t.Errorf("the list keeps what is gone, or content: %s (%v)", text, err)
	}
	if err := os.WriteFile(filepath.Join(dir, "b.pdf"), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	if has("b.pdf", 3) {
		t.Error("a file that somebody changed is used again")
	}
}
