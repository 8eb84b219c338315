//go:build browser

package printtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"candour/internal/fakebrowser"
	"candour/internal/printing"
	"candour/internal/sitetest"
)

const (
	moduleRoot = "../.."
	clock      = "2026-11-21T12:00:00Z"
)

var (
	program string // candour
	shared  string // folder of what several tests read
)

func TestMain(m *testing.M) {
	fakebrowser.Main()
	os.Exit(run(m))
}

func run(m *testing.M) int {
	var err error
	if shared, err = os.MkdirTemp("", "printtest-"); err == nil {
		defer os.RemoveAll(shared)
		err = findProgram()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "printtest:", err)
		return 1
	}
	return m.Run()
}

func findProgram() error {
	if program = os.Getenv("CANDOUR"); program != "" {
		if !filepath.IsAbs(program) {
			program = filepath.Join(moduleRoot, program)
		}
		_, err := os.Stat(program)
		return err
	}
	program = filepath.Join(shared, "candour")
	build := exec.Command("go", "build", "-o", program, "./cmd/candour")
	build.Dir = moduleRoot
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}
	return nil
}

// ran is what became of a run of the program.
type ran struct {
	code   int
	said   string // on standard error
	temp   string // its temporary folder
	folder string // where it ran
}

// command prepares a run in a folder, with a temporary folder of its own. Its name is short, see pdf's tempRoot.
func command(t testing.TB, folder string, args ...string) (*exec.Cmd, *ran) {
	t.Helper()
	temp, err := os.MkdirTemp("/tmp", "t-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(temp) })
	cmd := exec.Command(program, append(args, "--now", clock)...)
	cmd.Dir = folder
	cmd.Env = append(os.Environ(), "TMPDIR="+temp, "XDG_CACHE_HOME="+filepath.Join(temp, "cache"))
	return cmd, &ran{temp: temp, folder: folder}
}

// candour runs the program to its end, and sees that it leaves neither a process nor a temporary file.
func candour(t testing.TB, folder string, args ...string) *ran {
	t.Helper()
	cmd, r := command(t, folder, args...)
	var said bytes.Buffer
	cmd.Stderr = &said
	err := cmd.Run()
	r.code, r.said = cmd.ProcessState.ExitCode(), said.String()
	if err != nil && r.code < 0 {
		t.Fatalf("candour %s: %v\n%s", strings.Join(args, " "), err, r.said)
	}
	r.nothingLeft(t)
	return r
}

// must fails the test unless the program did what it was asked to.
func must(t testing.TB, folder string, args ...string) *ran {
	t.Helper()
	r := candour(t, folder, args...)
	if r.code != 0 {
		t.Fatalf("candour %s: exit code %d\n%s", strings.Join(args, " "), r.code, r.said)
	}
	return r
}

// nothingLeft looks for processes that name the temporary folder and for files in it, but for the cache.
func (r *ran) nothingLeft(t testing.TB) {
	t.Helper()
	var left []string
	for range 150 { // a process that was killed takes a moment to be gone
		if left = r.processes(); len(left) == 0 {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if len(left) > 0 {
		t.Errorf("still running: %q", left)
	}
	files, _ := filepath.Glob(filepath.Join(r.temp, "*"))
	for _, f := range files {
		if filepath.Base(f) != "cache" {
			t.Errorf("%s was left", f)
		}
	}
}

// processes are the command lines that name the run's temporary folder: those of its browsers.
func (r *ran) processes() (lines []string) {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		if line, err := os.ReadFile(file); err == nil && strings.Contains(string(line), r.temp) {
			lines = append(lines, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return lines
}

// repository writes a content repository, with the configuration of package sitetest if it brings none.
func repository(t testing.TB, archive string) string {
	t.Helper()
	dir := t.TempDir()
	for name, f := range sitetest.Files(archive) {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// leaflet is a page of a repository. more stands in its front matter.
func leaflet(slug, title, more, body string) string {
	return fmt.Sprintf("-- content/leaflets/festival/%s.md --\n+++\ntitle = %q\nsummary = \"What to do.\"\ndate = 2026-09-14\nsetting = \"festival\"\naudience = [\"public\"]\n%s\n+++\n%s\n", slug, title, more, body)
}

// files are the names of what was printed into a folder, with blanks between them; "" where there is no such folder.
func files(dir string) string {
	entries, _ := os.ReadDir(dir)
	var names []string
	for _, e := range entries {
		if e.Name() != printing.PrintedName {
			names = append(names, e.Name())
		}
	}
	return strings.Join(names, " ")
}

// tool runs somebody else's program and returns what it says.
func tool(t testing.TB, name string, args ...string) string {
	t.Helper()
	out, err := exec.Command(name, args...).Output()
	if err != nil {
		t.Fatalf("%s (make setup installs it): %v", name, err)
	}
	return string(out)
}

// starter is the repository's own content, built and printed once: site/ and print/ of the shared folder.
var starter = sync.OnceValue(func() (err error) {
	for _, args := range [][]string{
		{"build", "--output", filepath.Join(shared, "site"), "--quiet"},
		{"print", "festival-goers", "--language", "en,cy,pl", "--format", "a5,large-print", "--output", filepath.Join(shared, "print"), "--quiet"},
		{"print", "naloxone-for-door-and-welfare", "--language", "en,cy,pl", "--format", "a5", "--output", filepath.Join(shared, "print"), "--quiet"},
		{"print", "festival-goers", "naloxone-for-door-and-welfare", "--format", "text,epub,braille,audio-script", "--output", filepath.Join(shared, "print"), "--quiet"},
	} {
		cmd := exec.Command(program, append(args, "--source", moduleRoot, "--now", clock)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("candour %s: %w\n%s", strings.Join(args, " "), err, out)
		}
	}
	return nil
})

// printed are the paths of the starter's files in a format, by a part and the end of their names.
func printed(t *testing.T, part, end string, least int) []string {
	t.Helper()
	if err := starter(); err != nil {
		t.Fatal(err)
	}
	all, _ := filepath.Glob(filepath.Join(shared, "print", "*"))
	var list []string
	for _, f := range all {
		if name := filepath.Base(f); strings.Contains(name, part) && strings.HasSuffix(name, end) {
			list = append(list, f)
		}
	}
	if len(list) < least {
		t.Fatalf("%d files have %s and end in %s: %v", len(list), part, end, all)
	}
	return list
}
