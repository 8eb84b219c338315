//go:build browser

package printtest

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"candour/internal/fakebrowser"
)

// several is a repository with so many leaflets, of which two in three ask for A6 as well as text.
func several(t *testing.T, n int) string {
	t.Helper()
	var archive strings.Builder
	for i := range n {
		archive.WriteString(leaflet(fmt.Sprintf("card-%d", i), fmt.Sprintf("Card number %d", i), "", "## Act now\n\n1. Call 999 and ask for an ambulance.\n2. Stay with them.\n"))
	}
	return repository(t, archive.String())
}

// An interrupted run leaves no browser, no temporary file and no half of a file, wherever it was: with the browser at work,
// and with one that hangs.
func TestInterrupted(t *testing.T) {
	folder := several(t, 3)
	for name, mode := range map[string]string{"at work": "", "while it hangs": fakebrowser.Hangs} {
		for _, signal := range []syscall.Signal{syscall.SIGINT, syscall.SIGTERM} {
			t.Run(fmt.Sprint(name, " ", signal), func(t *testing.T) {
				args := []string{"print", "--format", "a6,text", "--jobs", "2"}
				if mode != "" {
					args = append(args, "--browser", os.Args[0])
				}
				cmd, r := command(t, folder, args...)
				cmd.Env = append(cmd.Env, fakebrowser.Mode+"="+mode)
				var said bytes.Buffer
				cmd.Stderr = &said
				if err := cmd.Start(); err != nil {
					t.Fatal(err)
				}
				for i := 0; len(r.processes()) == 0 && i < 500; i++ {
					time.Sleep(20 * time.Millisecond)
				}
				if len(r.processes()) == 0 {
					t.Error("no browser was started")
				}
				time.Sleep(300 * time.Millisecond)
				if err := cmd.Process.Signal(signal); err != nil {
					t.Fatal(err)
				}
				_ = cmd.Wait()
				if code := cmd.ProcessState.ExitCode(); code != 4 || !strings.Contains(said.String(), "stopped; the output folder is as it was") {
					t.Errorf("exit code %d: %s", code, &said)
				}
				r.nothingLeft(t)
				if got := files(filepath.Join(folder, "print")); got != "" {
					t.Errorf("the folder has %s", got)
				}
			})
		}
	}
}

// Killed, it can clean nothing up, and still its browsers end with it.
func TestKilled(t *testing.T) {
	cmd, r := command(t, several(t, 1), "print", "--format", "a6", "--browser", os.Args[0])
	cmd.Env = append(cmd.Env, fakebrowser.Mode+"="+fakebrowser.Hangs)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for i := 0; len(r.processes()) < 2 && i < 500; i++ {
		time.Sleep(20 * time.Millisecond)
	}
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	for i := 0; len(r.processes()) > 0 && i < 150; i++ {
		time.Sleep(20 * time.Millisecond)
	}
	if left := r.processes(); len(left) > 0 {
		t.Errorf("still running: %q", left)
	}
}

// A browser that crashes over one leaflet is tried again; then that leaflet is named, the others are there, and the exit code
// says that one is not.
func TestACrashOverOneLeaflet(t *testing.T) {
	folder := several(t, 3)
	t.Setenv(fakebrowser.Mode, fakebrowser.Crashes)
	t.Setenv(fakebrowser.Page, "/card-1/")
	t.Setenv(fakebrowser.Log, filepath.Join(t.TempDir(), "log"))
	r := candour(t, folder, "print", "--format", "a6", "--browser", os.Args[0], "--jobs", "1")
	if r.code != 4 || !strings.Contains(r.said, "card-1-a6.pdf was not made: Card number 1: the browser stopped or hung, twice") {
		t.Errorf("exit code %d: %s", r.code, r.said)
	}
	if got := files(filepath.Join(folder, "print")); got != "card-0-a6.pdf card-2-a6.pdf" {
		t.Errorf("the folder has %s", got)
	}
	if n := strings.Count(read(t, os.Getenv(fakebrowser.Log)), "start"); n != 3 {
		t.Errorf("the browser was started %d times", n)
	}
}

// There are as many browsers as jobs, however many leaflets there are.
func TestAsManyBrowsersAsJobs(t *testing.T) {
	folder := several(t, 8)
	cmd, r := command(t, folder, "print", "--format", "a6", "--jobs", "2")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	most := 0
	for over := false; !over; {
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			over = true
		case <-time.After(20 * time.Millisecond):
			folders, _ := filepath.Glob(filepath.Join(r.temp, "candour-*")) // each browser has its own
			most = max(most, len(folders))
		}
	}
	if most < 1 || most > 2 {
		t.Errorf("%d browsers ran at once", most)
	}
	r.nothingLeft(t)
	if got := strings.Fields(files(filepath.Join(folder, "print"))); len(got) != 8 {
		t.Errorf("the folder has %v", got)
	}
}

// Where there is no browser that would do, the message says what to install and what can be done today; what needs no
// browser is made.
func TestNoBrowserThatWouldDo(t *testing.T) {
	folder := several(t, 2)
	cat, err := exec.LookPath("cat")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		browser string
		env     []string
		want    []string
	}{
		"no program":  {"/nowhere/chrome", nil, []string{`no program "/nowhere/chrome"`, "install Chromium, Google Chrome or Microsoft Edge", "open the leaflet in any browser and print it"}},
		"no browser":  {cat, nil, []string{"does not start and answer as Chrome, Edge or Chromium does", "--browser", "open the leaflet in any browser and print it"}},
		"too old":     {os.Args[0], []string{fakebrowser.Mode + "=" + fakebrowser.Old}, []string{"is version 99, and printing needs 131 or newer", "update it", "open the leaflet in any browser and print it"}},
		"not for you": {"/etc/passwd", nil, []string{`no program "/etc/passwd"`}},
	} {
		t.Run(name, func(t *testing.T) {
			out := filepath.Join(t.TempDir(), "out")
			cmd, r := command(t, folder, "print", "--format", "a6,text", "--output", out, "--browser", c.browser)
			cmd.Env = append(cmd.Env, c.env...)
			said, _ := cmd.CombinedOutput()
			if code := cmd.ProcessState.ExitCode(); code != 4 {
				t.Errorf("exit code %d", code)
			}
			for _, want := range append(c.want, "card-0-a6.pdf was not made", "card-1-a6.pdf was not made") {
				if !strings.Contains(string(said), want) {
					t.Errorf("it does not say %q:\n%s", want, said)
				}
			}
			if got := files(out); got != "card-0.txt card-1.txt" {
				t.Errorf("the folder has %s", got)
			}
			r.nothingLeft(t)
		})
	}
}
