//go:build !windows

package publish

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// childEnv makes the test binary publish siteB and kill itself at a step: "step exchange|renames dir".
const childEnv = "CANDOUR_PUBLISH_CHILD"

func TestMain(m *testing.M) {
	if order := os.Getenv(childEnv); order != "" {
		os.Exit(child(order))
	}
	os.Exit(m.Run())
}

func child(order string) int {
	parts := strings.SplitN(order, " ", 3)
	step, _ := strconv.Atoi(parts[0])
	m := &faulty{failAt: step, noExchange: parts[1] == "renames", instead: func() {
		syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}}
	if _, err := Write(context.Background(), siteB, Options{Dir: parts[2], machine: m}); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// start runs a child process that publishes siteB into dir.
func start(t *testing.T, step int, how, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), fmt.Sprintf("%s=%d %s %s", childEnv, step, how, dir))
	cmd.Stderr = os.Stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// A process killed at any step leaves the old site or the new one, and the next Write finds its way and clears up.
func TestKilledAtEveryStep(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel() // a Write with this clears up and then stops
	for _, how := range []string{"exchange", "renames"} {
		t.Run(how, func(t *testing.T) {
			for step := 1; ; step++ {
				dir := filepath.Join(t.TempDir(), "public")
				mustWrite(t, siteA, Options{Dir: dir, machine: &faulty{}})
				err := start(t, step, how, dir).Wait()
				if err == nil {
					mustHold(t, dir, siteB)
					return
				}
				if !strings.Contains(err.Error(), "killed") {
					t.Fatalf("step %d: %v", step, err)
				}
				if how == "exchange" {
					mustBeOneOf(t, step, dir, err, &siteA, &siteB)
				}
				Write(over, siteA, Options{Dir: dir, machine: &faulty{}})
				mustBeOneOf(t, step, dir, err, &siteA, &siteB)
				mustBeAlone(t, dir)
				mustWrite(t, siteA, Options{Dir: dir, machine: &faulty{}})
				mustHold(t, dir, siteA)
			}
		})
	}
}

// The same from outside, at moments that no step names.
func TestKilledAtAnyMoment(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	for i := range 40 {
		mustWrite(t, siteA, Options{Dir: dir, machine: &faulty{}})
		cmd := start(t, 0, "exchange", dir)
		time.Sleep(time.Duration(i) * 500 * time.Microsecond)
		cmd.Process.Kill()
		cmd.Wait()
		mustBeOneOf(t, i, dir, nil, &siteA, &siteB)
	}
	mustWrite(t, siteB, Options{Dir: dir})
	mustBeAlone(t, dir)
}

func TestModes(t *testing.T) {
	old := syscall.Umask(0o077)
	defer syscall.Umask(old)
	root := t.TempDir()
	dir := filepath.Join(root, "a", "public")
	mode := func(path string) os.FileMode {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		return info.Mode().Perm()
	}
	mustWrite(t, siteA, Options{Dir: dir})
	for path, want := range map[string]os.FileMode{"a": 0o755, "a/public": 0o755, "a/public/plans/x": 0o755,
		"a/public/index.html": 0o644, "a/public/plans/x/index.html": 0o644, "a/public/manifest.json": 0o644} {
		if got := mode(filepath.Join(root, path)); got != want {
			t.Errorf("%s: %o, want %o", path, got, want)
		}
	}
	// What holds more than the public may see is closed to other accounts, and stays open where somebody opened it.
	for clearance, want := range map[string]os.FileMode{"public": 0o755, "partners": 0o700, "restricted": 0o700} {
		closed := filepath.Join(root, "editions", clearance)
		mustWrite(t, siteA, Options{Dir: closed, Manifest: Manifest{Clearance: clearance}})
		if got := mode(closed); got != want {
			t.Errorf("%s: %o, want %o", clearance, got, want)
		}
		if err := os.Chmod(closed, 0o755); err != nil {
			t.Fatal(err)
		}
		mustWrite(t, siteB, Options{Dir: closed, Manifest: Manifest{Clearance: clearance}})
		if got := mode(closed); got != 0o755 {
			t.Errorf("%s, opened by hand: %o", clearance, got)
		}
	}
	if got := mode(filepath.Join(root, "editions")); got != 0o755 {
		t.Errorf("the folder around them: %o", got)
	}
	// Who has closed the folder to others wants it kept closed.
	if err := os.Chmod(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	mustWrite(t, siteB, Options{Dir: dir})
	if got := mode(dir); got != 0o750 {
		t.Errorf("a closed folder was opened: %o", got)
	}
	if got := mode(filepath.Join(dir, "plans")); got != 0o755 {
		t.Errorf("%o", got)
	}
}

// A folder in which nothing may be changed stays as it is. The machine is asked, and says no even to the super-user here.
func TestReadOnly(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "public")
	mustWrite(t, siteA, Options{Dir: dir})
	m := &readOnly{}
	if _, err := Write(t.Context(), siteB, Options{Dir: dir, machine: m}); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("%v", err)
	}
	mustHold(t, dir, siteA)
	mustBeAlone(t, dir)
}

type readOnly struct{ disk }

func (readOnly) Writable(path string) error { return pathError("write to", path, syscall.EACCES) }
