package cli_test

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"candour/internal/cli"
	"candour/internal/sitetest"
)

// serve shows a site that is redacted, with its findings, builds it again when a file is saved, writes nothing, and stops
// when it is told to.
func TestServe(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	page := func(body string) string {
		return "+++\ntitle = \"About\"\nsummary = \"S.\"\ndate = 2026-09-01\n[[withhold]]\npassage = \"p\"\nreason = \"law-enforcement\"\n+++\n" + body + " {{< passage \"p\" >}}Quillon House{{< /passage >}}\n"
	}
	write("candour.toml", sitetest.Config)
	write("content/pages/about.md", page("First."))

	ctx, stop := context.WithCancel(context.Background())
	said, say := io.Pipe()
	code := make(chan int, 1)
	go func() {
		code <- cli.Run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--now", "2026-11-20T18:00:00Z"}, cli.Env{Stdin: strings.NewReader(""), Stdout: io.Discard, Stderr: say,
			Dir: dir, Getenv: func(string) string { return "" }, Clock: func() time.Time { return sitetest.Now }})
		say.Close()
	}()
	lines := bufio.NewScanner(said)
	next := func(pattern string) []string {
		t.Helper()
		for lines.Scan() {
			if strings.Contains(lines.Text(), "Quillon") {
				t.Errorf("a withheld value was printed: %s", lines.Text())
			}
			if m := regexp.MustCompile(pattern).FindStringSubmatch(lines.Text()); m != nil {
				return m
			}
		}
		t.Fatalf("it never said %q", pattern)
		return nil
	}
	url := next(`Preview of the public edition: (\S+)`)[1]
	get := func(path string) string {
		t.Helper()
		resp, err := http.Get(url + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		data, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(data)
	}
	if html := get("pages/about/"); !strings.Contains(html, "First.") || strings.Contains(html, "Quillon") {
		t.Errorf("the page is\n%s", html)
	}
	write("content/pages/about.md", page("Second."))
	next(`^built in .* 0 errors`)
	if html := get("pages/about/"); !strings.Contains(html, "Second.") || strings.Contains(html, "Quillon") {
		t.Errorf("the page is\n%s", html)
	}
	// What is wrong stands on the last page that could be made.
	write("content/pages/about.md", page("<b>Third.</b>"))
	next(`^content/pages/about.md:9:1: error: HTML is not taken in a body`)
	go func() { _, _ = io.Copy(io.Discard, said) }()
	if html := get("pages/about/"); !strings.Contains(html, "Second.") || !strings.Contains(html, "HTML is not taken in a body") || strings.Contains(html, "Quillon") {
		t.Errorf("the page is\n%s", html)
	}
	stop()
	if got := <-code; got != 0 {
		t.Errorf("exit code %d", got)
	}
	for _, name := range []string{"public", "editions"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err == nil {
			t.Errorf("serve wrote %s", name)
		}
	}
}
