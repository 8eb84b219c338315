//go:build unix

package cli_test

import (
	"bytes"
	"context"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"candour/internal/cli"
	"candour/internal/sitetest"
)

const oddPage = "+++\ntitle = \"About\"\nsummary = \"What this is.\"\ndate = 2026-09-14\n+++\nText.\n"

// oddSite is a repository on disk with one good page.
func oddSite(t *testing.T, files ...string) string {
	t.Helper()
	dir := t.TempDir()
	put := func(name, data string) {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("candour.toml", sitetest.Config)
	put("content/pages/good.md", oddPage)
	for _, f := range files {
		put(f, oddPage)
	}
	return dir
}

func runIn(dir string, args ...string) (code int, said string) {
	var out bytes.Buffer
	code = cli.Run(context.Background(), args, cli.Env{Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Dir: dir,
		Getenv: func(string) string { return "" }, Clock: func() time.Time { return sitetest.Now }})
	return code, out.String()
}

var proposed = regexp.MustCompile(`To publish the rest without it: candour (build --leave-out .*)\n`)

// Where the program says how to publish the rest without a page, it can be done so.
func TestWhatIsProposedWorks(t *testing.T) {
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	link := func(to, name string) func(string) {
		return func(dir string) { must(os.Symlink(to, filepath.Join(dir, name))) }
	}
	for name, c := range map[string]struct {
		files []string
		make  func(dir string)
		not   bool // nothing can be proposed
	}{
		"a link out of the source": {make: link("/etc/hostname", "content/pages/odd.md")},
		"a link to itself":         {make: link("odd.md", "content/pages/odd.md")},
		"a link to nowhere":        {make: link("nope.md", "content/pages/odd.md")},
		"a link to a folder":       {make: link("..", "content/pages/odd.md")},
		"a pipe":                   {make: func(dir string) { must(unix.Mkfifo(filepath.Join(dir, "content/pages/odd.md"), 0o644)) }},
		"a socket": {make: func(dir string) {
			short, err := os.MkdirTemp("", "s") // the name of a socket may not be long
			must(err)
			t.Cleanup(func() { os.RemoveAll(short) })
			l, err := net.ListenUnix("unix", &net.UnixAddr{Name: filepath.Join(short, "s"), Net: "unix"})
			must(err)
			l.SetUnlinkOnClose(false)
			l.Close()
			must(os.Rename(filepath.Join(short, "s"), filepath.Join(dir, "content/pages/odd.md")))
		}},
		"a name in capitals":          {files: []string{"content/pages/GOOD.md"}},
		"an accent in two ways":       {files: []string{"content/pages/t\u0177.md", "content/pages/ty\u0302.md"}},
		"two names of one address":    {files: []string{"content/pages/a b.md", "content/pages/a-b.md"}},
		"a page within another":       {files: []string{"content/pages/b/index.md", "content/pages/b/c.md"}},
		"a page in no folder":         {files: []string{"content/stray.md"}},
		"bytes that are no text":      {files: []string{"content/pages/caf\xe9.md"}, not: true},
		"a name with a backslash":     {files: []string{`content/pages/a\b.txt.md`, `content/pages/good/index.md`}, not: true},
		"a name to be quoted":         {files: []string{"content/pages/good~.md"}},
		"a folder's page and another": {files: []string{"content/pages/good/index.md"}},
	} {
		dir := oddSite(t, c.files...)
		if c.make != nil {
			c.make(dir)
		}
		code, said := runIn(dir, "build")
		m := proposed.FindStringSubmatch(said)
		if code != 1 || (m == nil) != c.not {
			t.Errorf("%s: code %d:\n%s", name, code, said)
			continue
		}
		if c.not {
			continue
		}
		if code, said := runIn(dir, shellWords(m[1])...); code != 0 {
			t.Errorf("%s: %q: code %d:\n%s", name, m[1], code, said)
		}
		if pages, err := filepath.Glob(filepath.Join(dir, "public/pages/*/index.html")); err != nil || len(pages) == 0 {
			t.Errorf("%s: nothing was published", name)
		}
	}
}

// shellWords takes a line apart as a shell does, as far as the program quotes.
func shellWords(line string) []string {
	var words []string
	var word strings.Builder
	quoted, escaped, any := false, false, false
	for _, r := range line {
		switch {
		case escaped:
			word.WriteRune(r)
			escaped = false
		case r == '\\' && !quoted:
			escaped = true
		case r == '\'':
			quoted, any = !quoted, true
		case r == ' ' && !quoted:
			words = append(words, word.String())
			word.Reset()
			any = false
		default:
			word.WriteRune(r)
			any = true
		}
	}
	if any {
		words = append(words, word.String())
	}
	return words
}

// What is no file at the top of the source is told for what it is, and nobody waits for it.
func TestConfigurationThatIsNoFile(t *testing.T) {
	pipe := func(name string) error { return unix.Mkfifo(name, 0o644) }
	out := filepath.Join(oddSite(t), "candour.toml")
	for name, c := range map[string]struct {
		make func(name string) error
		want string
	}{
		"a pipe":                   {pipe, "candour.toml is neither a file nor a folder; delete it"},
		"a link out of the source": {func(name string) error { return os.Symlink(out, name) }, "candour.toml is a link that leads out of the source, or nowhere; put a copy of the file here instead of the link"},
		"a link to nowhere":        {func(name string) error { return os.Symlink("nope", name) }, "candour.toml is a link that leads out of the source, or nowhere"},
		"a folder":                 {func(name string) error { return os.Mkdir(name, 0o755) }, "candour.toml is a folder; put a file here instead"},
	} {
		dir := oddSite(t)
		file := filepath.Join(dir, "candour.toml")
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		if err := c.make(file); err != nil {
			t.Fatal(err)
		}
		for _, command := range []string{"build", "check", "review"} {
			if code, said := runIn(dir, command); code != 2 || !strings.Contains(said, c.want) {
				t.Errorf("%s: %s: code %d: %s", name, command, code, said)
			}
		}
	}
	for _, name := range []string{"data/odd.toml", "layouts/odd.html", "static/odd.txt", "candour.lock"} {
		dir := oddSite(t)
		if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := pipe(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		if code, said := runIn(dir, "build"); name != "candour.lock" && (code != 1 || !strings.Contains(said, name+": error: is neither a file nor a folder")) {
			t.Errorf("%s: code %d: %s", name, code, said)
		}
	}
}
