//go:build browser

package printtest

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"
)

const epubcheck = "/usr/share/java/epubcheck.jar"

// epubcheck finds nothing to say of a book in any language.
func TestBooksAreSound(t *testing.T) {
	books, _ := filepath.Glob(filepath.Join(filepath.Dir(printed(t, "", ".epub", 8)[0]), "festival-goers*.epub"))
	var group sync.WaitGroup
	for _, file := range books {
		group.Go(func() {
			// Debian's command is the archive itself, which not every machine can run.
			out, err := exec.Command("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", epubcheck, "--failonwarnings", file).CombinedOutput()
			if err != nil || !strings.Contains(string(out), "0 fatals / 0 errors / 0 warnings") {
				t.Errorf("%s: %v\n%s", filepath.Base(file), err, out)
			}
		})
	}
	group.Wait()
}

// Braille stands in pages of 25 lines of 40 cells, in the characters that embossers know.
func TestBrailleFitsItsPaper(t *testing.T) {
	for _, file := range printed(t, "", ".brf", 8) {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		pages := strings.Split(string(data), "\f")
		if len(pages) < 2 || pages[len(pages)-1] != "" {
			t.Fatalf("%s does not end with a page", file)
		}
		for n, p := range pages[:len(pages)-1] {
			lines := strings.Split(strings.TrimSuffix(p, "\r\n"), "\r\n")
			if len(lines) != 25 {
				t.Errorf("%s, page %d has %d lines", filepath.Base(file), n+1, len(lines))
			}
			for _, l := range lines {
				if len(l) > 40 || strings.ContainsFunc(l, func(r rune) bool { return r < ' ' || r > '_' }) {
					t.Errorf("%s, page %d: %q", filepath.Base(file), n+1, l)
				}
			}
		}
	}
}

// Plain text and the script to read aloud are there in every language, whole, and in lines that fit.
func TestTextsInEveryLanguage(t *testing.T) {
	says := map[string]string{"": "Call 999", ".cy": "999", ".pl": "999", ".ur": "999"}
	for lang, want := range says {
		for _, name := range []string{"festival-goers" + lang + ".txt", "naloxone-for-door-and-welfare" + lang + ".txt"} {
			text := read(t, printed(t, "", name, 1)[0])
			if !strings.Contains(text, want) || !strings.Contains(text, "https://plan.eastmere.example/") {
				t.Errorf("%s says not what to do or where it is from:\n%s", name, text)
			}
			for _, l := range strings.Split(text, "\n") {
				if utf8.RuneCountInString(l) > 80 && !strings.Contains(l, "http") && lang != ".ur" {
					t.Errorf("%s has a long line: %q", name, l)
				}
			}
		}
		script := read(t, printed(t, "", "festival-goers-audio-script"+lang+".txt", 1)[0])
		if !strings.Contains(script, "9 9 9") || strings.Count(script, "[") < 5 {
			t.Errorf("the script in %q has no pauses, or the number in one:\n%s", lang, script)
		}
	}
}

func read(t testing.TB, file string) string {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
