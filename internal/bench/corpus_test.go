package bench

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

func TestCorpusIsTheSameFromTheSameSeed(t *testing.T) {
	a, b, other := t.TempDir(), t.TempDir(), t.TempDir()
	write(t, Corpus{Pages: 5, Seed: 7}, a)
	write(t, Corpus{Pages: 5, Seed: 7}, b)
	write(t, Corpus{Pages: 5, Seed: 8}, other)
	for name, want := range tree(t, a) {
		if got := tree(t, b)[name]; got != want {
			t.Errorf("%s differs between two runs with one seed", name)
		}
		if strings.HasSuffix(name, ".md") && tree(t, other)[name] == want {
			t.Errorf("%s is the same with another seed", name)
		}
	}
}

func TestPageIsOfTheAgreedShape(t *testing.T) {
	c := Corpus{Pages: 40, Seed: 1}
	links := regexp.MustCompile(`\]\(/plans/plan-(\d{5})/\)`)
	total := 0
	for i := range c.Pages {
		front, body := c.split(t, i)
		if n := len(leaves("", front)); n != 15 {
			t.Errorf("page %d has %d fields, want 15: %v", i, n, leaves("", front))
		}
		total += len(regexp.MustCompile(`[A-Za-z][^\s|]*`).FindAllString(body, -1))
		if !strings.Contains(body, "| --- |") || !strings.Contains(body, "\n### ") || !strings.Contains(body, "\n- ") {
			t.Errorf("page %d lacks a table, a lower heading or a list", i)
		}
		found := links.FindAllStringSubmatch(body, -1)
		if len(found) == 0 {
			t.Errorf("page %d links to no other page", i)
		}
		for _, m := range found {
			if m[1] == fmt.Sprintf("%05d", i) || m[1] >= fmt.Sprintf("%05d", c.Pages) {
				t.Errorf("page %d links to page %s", i, m[1])
			}
		}
	}
	if mean := total / c.Pages; mean < 550 || mean > 650 {
		t.Errorf("a page has %d words on average, want about 600", mean)
	}
}

// A withheld word in public text would be a leak that the generator made, and every build of a corpus would fail.
func TestWithheldWordsAreInNoPublicText(t *testing.T) {
	c := Corpus{Pages: 200, Seed: 1}
	withheld := append(append([]string{}, surnames...), neighbours...)
	withheld = append(withheld, forenames...)
	for i := range c.Pages {
		front, body := c.split(t, i)
		public := strings.ToLower(fmt.Sprint(front["title"], front["summary"], front["partnership"], body))
		for _, word := range withheld {
			if strings.Contains(public, strings.ToLower(word)) {
				t.Errorf("page %d shows %s", i, word)
			}
		}
	}
}

func TestChangeTouchesOnePageOnly(t *testing.T) {
	c, dir := Corpus{Pages: 3, Seed: 1}, t.TempDir()
	write(t, c, dir)
	before := tree(t, dir)
	if err := c.Change(dir, 1, "the autumn review"); err != nil {
		t.Fatal(err)
	}
	for name, text := range tree(t, dir) {
		if changed := text != before[name]; changed != strings.HasSuffix(name, Slug(1)+".md") {
			t.Errorf("%s: changed = %v", name, changed)
		}
	}
	if text := tree(t, dir)["content/plans/"+Slug(1)+".md"]; !strings.HasSuffix(text, "This page was changed for the autumn review.\n") {
		t.Error("the sentence is missing")
	}
}

func write(t *testing.T, c Corpus, dir string) {
	t.Helper()
	if err := c.Write(dir); err != nil {
		t.Fatal(err)
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		out[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func (c Corpus) split(t *testing.T, i int) (front map[string]any, body string) {
	t.Helper()
	var b bytes.Buffer
	c.page(&b, i, "")
	parts := strings.SplitN(b.String(), "+++\n", 3)
	if len(parts) != 3 {
		t.Fatalf("page %d has no front matter", i)
	}
	if err := toml.Unmarshal([]byte(parts[1]), &front); err != nil {
		t.Fatalf("page %d: %v", i, err)
	}
	return front, parts[2]
}

// leaves names the fields that hold something. A list of plain values is one field; the flags are none.
func leaves(prefix string, v any) []string {
	var out []string
	switch v := v.(type) {
	case map[string]any:
		for k, inner := range v {
			if prefix+k != "withhold" {
				out = append(out, leaves(prefix+k+".", inner)...)
			}
		}
	case []map[string]any:
		for _, inner := range v {
			out = append(out, leaves(prefix, inner)...)
		}
	default:
		out = append(out, strings.TrimSuffix(prefix, "."))
	}
	return out
}
