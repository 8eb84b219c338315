//go:build browser

package printtest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"candour/internal/fakebrowser"
)

// The same leaflet and clock give the same bytes of every format and sheet, in another folder, by other browsers and with
// another number of jobs.
func TestTheSameBytesAnywhere(t *testing.T) {
	archive := leaflet("card", "Card", `contact_slots = ["Welfare room"]`, "## Act now\n\n1. Call **999**.[^1]\n2. [Stay](/leaflets/festival/card/).\n\n[^1]: A note.\n")
	runs := [][]string{
		{"--format", "a5,large-print,text,epub,braille,audio-script,audio"},
		{"--format", "a5", "--booklet"},
		{"--format", "a6", "--copies-per-sheet", "4"},
	}
	var folders []string
	for _, jobs := range []string{"1", "3"} {
		folder := repository(t, archive)
		for _, args := range runs {
			must(t, folder, append([]string{"print", "--jobs", jobs}, args...)...)
		}
		folders = append(folders, filepath.Join(folder, "print"))
	}
	names := files(folders[0])
	if got := strings.Fields(names); len(got) != 9 || files(folders[1]) != names {
		t.Fatalf("%s\n%s", names, files(folders[1]))
	}
	for name := range strings.FieldsSeq(names) {
		if read(t, filepath.Join(folders[0], name)) != read(t, filepath.Join(folders[1], name)) {
			t.Errorf("%s differs", name)
		}
	}
}

// A recording says what it is before anything else, in its tag too.
func TestRecordingsAreLabelled(t *testing.T) {
	folder := repository(t, leaflet("card", "Card", "", "Call 999.\n"))
	must(t, folder, "print", "--format", "audio")
	sound := read(t, filepath.Join(folder, "print", "card.mp3"))
	for _, want := range []string{"ID3", "voice\x00synthetic", "synthetic voice", "Card"} {
		if !strings.Contains(sound[:min(2000, len(sound))], want) {
			t.Errorf("the tag has no %q", want)
		}
	}
}

// What a program is missing for is told, with how to get it; the rest is made.
func TestMissingPrograms(t *testing.T) {
	folder := repository(t, leaflet("card", "Card", "", "Call 999.\n"))
	cmd, _ := command(t, folder, "print", "--format", "braille,audio,text")
	cmd.Env = append(cmd.Env, "PATH=/nowhere")
	said, _ := cmd.CombinedOutput()
	if code := cmd.ProcessState.ExitCode(); code != 4 {
		t.Errorf("exit code %d", code)
	}
	for _, want := range []string{"card.brf was not made: lou_translate is not installed", "apt install liblouis-bin", "card.mp3 was not made: espeak-ng is not installed", "apt install espeak-ng"} {
		if !strings.Contains(string(said), want) {
			t.Errorf("it does not say %q:\n%s", want, said)
		}
	}
	if got := files(filepath.Join(folder, "print")); got != "card.txt" {
		t.Errorf("the folder has %s", got)
	}
}

// What was printed is not printed again, neither by print nor beside the pages of the site, whichever made it. What has changed is.
func TestPrintedOnce(t *testing.T) {
	folder := repository(t, leaflet("card", "Card", `formats = ["a6", "text"]`, "Call 999.\n")+leaflet("other", "Other", `formats = ["a6"]`, "Stay with them.\n"))
	cache, log := t.TempDir(), filepath.Join(t.TempDir(), "log")
	t.Setenv(fakebrowser.Mode, fakebrowser.Well)
	t.Setenv(fakebrowser.Log, log)
	starts := func(args ...string) int {
		t.Helper()
		_ = os.Remove(log)
		cmd, _ := command(t, folder, append(args, "--browser", os.Args[0])...)
		cmd.Env = append(cmd.Env, "XDG_CACHE_HOME="+cache)
		if said, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, said)
		}
		data, _ := os.ReadFile(log) // none where it was never started
		return strings.Count(string(data), "start")
	}
	print := []string{"print", "--jobs", "1"}
	if n := starts(print...); n != 1 {
		t.Errorf("at first: %d browsers", n)
	}
	before := read(t, filepath.Join(folder, "print", "card-a6.pdf"))
	for _, args := range [][]string{print, {"build", "--with-print"}, {"build", "--with-print"}} {
		if n := starts(args...); n != 0 {
			t.Errorf("%v: %d browsers", args, n)
		}
	}
	if read(t, filepath.Join(folder, "public/leaflets/festival/card/card-a6.pdf")) != before {
		t.Error("beside its page the file is another one")
	}
	if err := os.RemoveAll(filepath.Join(folder, "print")); err != nil {
		t.Fatal(err)
	}
	if n := starts(print...); n != 0 || read(t, filepath.Join(folder, "print", "card-a6.pdf")) != before {
		t.Errorf("what the site has: %d browsers", n)
	}
	page := filepath.Join(folder, "content/leaflets/festival/card.md")
	if err := os.WriteFile(page, []byte(strings.Replace(read(t, page), "Call 999.", "Call 999 now.", 1)), 0o644); err != nil {
		t.Fatal(err)
	}
	if n := starts(print...); n != 1 || read(t, filepath.Join(folder, "print", "card-a6.pdf")) == before {
		t.Errorf("after a change: %d browsers", n)
	}
}
