package load_test

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"unicode/utf8"

	"candour/internal/load"
	"candour/internal/sitetest"
)

// A name with bytes that are no text, or that a terminal would obey, is told without them, and is no page. A folder that is
// a link is told for what it is.
func TestNamesThatCannotBeShown(t *testing.T) {
	if runtime.GOOS != "linux" {
		return // other systems refuse such names themselves
	}
	dir := t.TempDir()
	page := []byte("+++\ntitle = \"About\"\nsummary = \"What.\"\ndate = 2026-09-14\n+++\nText.\n")
	for _, name := range []string{"candour.toml", "content/pages/caf\xe9.md", "content/pages/red\x1b[31m/index.md", "content/pages/two\nlines.md", "content/pages/Tŷ coch 😀.md", "elsewhere/a.md"} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			t.Fatal(err)
		}
		data := page
		if name == "candour.toml" {
			data = []byte(sitetest.Config)
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for name, to := range map[string]string{"static": t.TempDir(), "layouts": "nowhere"} {
		if err := os.Symlink(to, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	source, closeSource, err := load.OpenSource(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer closeSource()
	opt := sitetest.Options(nil, "public")
	opt.Load.Source = source
	out := sitetest.Run(t, opt)
	said := sitetest.Print(out.Findings)
	for _, want := range []string{`content/pages/caf\xe9.md: error: has a name that no web address can have`, `content/pages/red\x1b[31m: error: `, `content/pages/two\nlines.md: error: `,
		`static: error: is a link that leads out of the source, or nowhere`, `layouts: error: is a link that leads out of the source, or nowhere`} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q", want)
		}
	}
	if strings.Contains(said, "\x1b") || !utf8.ValidString(said) || len(out.Findings) != 5 {
		t.Errorf("it says:\n%q", said)
	}
}
