//go:build browser

package pdf

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"candour/internal/fakebrowser"
)

func TestMain(m *testing.M) {
	fakebrowser.Main()
	os.Exit(m.Run())
}

// faked is a job whose browser misbehaves. Its temporary folder and the log of its starts are the test's own.
func faked(t *testing.T, mode string, w waits) (j Job, starts func() int) {
	t.Helper()
	temp, record := shortTemp(t), filepath.Join(t.TempDir(), "log")
	t.Setenv("TMPDIR", temp)
	t.Setenv(fakebrowser.Mode, mode)
	t.Setenv(fakebrowser.Log, record)
	j = job(t, leaflet, A5)
	j.Browser = newBrowser(os.Args[0])
	j.Browser.waits = w
	t.Cleanup(func() {
		j.Browser.Close()
		nothingLeft(t, temp)
	})
	return j, func() int {
		data, _ := os.ReadFile(record) // none where it was never started
		return strings.Count(string(data), "start")
	}
}

// shortTemp is a folder with a name that is short enough for the browser to be started in it.
func shortTemp(t *testing.T) string {
	t.Helper()
	temp, err := os.MkdirTemp("/tmp", "t-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(temp) })
	if tempRoot(temp) != temp {
		t.Fatalf("%s is too long", temp)
	}
	return temp
}

// nothingLeft looks for files in a folder that was a browser's, and for processes that name it.
func nothingLeft(t *testing.T, temp string) {
	t.Helper()
	if left, _ := filepath.Glob(filepath.Join(temp, "*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
	// A child that was killed may take a moment to be gone.
	var running []string
	for range 100 {
		if running = processes(temp); len(running) == 0 {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Errorf("still running: %q", running)
}

// processes are the command lines that name a folder.
func processes(folder string) (lines []string) {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		if line, err := os.ReadFile(file); err == nil && strings.Contains(string(line), folder) {
			lines = append(lines, strings.ReplaceAll(string(line), "\x00", " "))
		}
	}
	return lines
}

func TestABrowserThatHangsIsTriedAgain(t *testing.T) {
	j, starts := faked(t, fakebrowser.Hangs, waits{patient.start, 2 * time.Second})
	t.Setenv(fakebrowser.Once, filepath.Join(t.TempDir(), "once"))
	if _, err := Make(t.Context(), j); err != nil {
		t.Errorf("%v", err)
	}
	if n := starts(); n != 2 {
		t.Errorf("it was started %d times", n)
	}
}

func TestABrowserThatAlwaysHangsIsTold(t *testing.T) {
	j, starts := faked(t, fakebrowser.Hangs, waits{patient.start, time.Second})
	_, err := Make(t.Context(), j)
	if !errors.Is(err, errBrowserLost) || !strings.HasPrefix(err.Error(), "out-tonight: the browser stopped or hung, twice") {
		t.Errorf("%v", err)
	}
	if n := starts(); n != 2 {
		t.Errorf("it was started %d times", n)
	}
}

func TestABrowserThatCrashes(t *testing.T) {
	for name, once := range map[string]bool{"once": true, "always": false} {
		t.Run(name, func(t *testing.T) {
			j, starts := faked(t, fakebrowser.Crashes, patient)
			if once {
				t.Setenv(fakebrowser.Once, filepath.Join(t.TempDir(), "once"))
			}
			_, err := Make(t.Context(), j)
			if once != (err == nil) || err != nil && !strings.HasPrefix(err.Error(), "out-tonight: the browser stopped or hung, twice") {
				t.Errorf("%v", err)
			}
			if n := starts(); n != 2 {
				t.Errorf("it was started %d times", n)
			}
		})
	}
}

// Whoever waits for it is let go at once when the work is called off.
func TestCalledOffWhileItHangs(t *testing.T) {
	j, starts := faked(t, fakebrowser.Hangs, patient)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for starts() == 0 {
			time.Sleep(10 * time.Millisecond)
		}
		time.Sleep(2 * time.Second)
		cancel()
	}()
	if _, err := Make(ctx, j); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestABrowserThatIsTooOld(t *testing.T) {
	j, starts := faked(t, fakebrowser.Old, patient)
	err := j.Browser.Start(t.Context())
	var old *TooOldError
	if !errors.As(err, &old) || old.Major != 99 || !strings.Contains(err.Error(), "is version 99") {
		t.Errorf("%v", err)
	}
	if n := starts(); n != 1 {
		t.Errorf("it was started %d times", n)
	}
	if _, err := Make(t.Context(), j); !errors.As(err, &old) {
		t.Errorf("%v", err)
	}
}

// What is no browser is told as such: one that ends, one that says nothing, one that says something else.
func TestAProgramThatIsNoBrowser(t *testing.T) {
	silent, _ := faked(t, fakebrowser.Silent, waits{time.Second, patient.page})
	for _, path := range []string{"false", "cat", "yes", silent.Browser.path} {
		found, err := exec.LookPath(path)
		if err != nil {
			t.Fatal(err)
		}
		b := newBrowser(found)
		b.waits.start = time.Second
		err = b.Start(t.Context())
		var dead *StartError
		if !errors.As(err, &dead) || !strings.Contains(err.Error(), found) || !strings.Contains(dead.Hint(), "--browser") {
			t.Errorf("%s: %v", path, err)
		}
		b.Close()
	}
}

// A browser grows with every page, so that it is started afresh after some.
func TestABrowserIsStartedAfresh(t *testing.T) {
	j, starts := faked(t, fakebrowser.Well, patient)
	j.Browser.recycle = 2
	for range 5 {
		if _, err := Make(t.Context(), j); err != nil {
			t.Fatal(err)
		}
	}
	if n := starts(); n != 3 {
		t.Errorf("for five pages it was started %d times", n)
	}
}

// Where the temporary folder has a long name, as on a Mac, Chromium would not start in it.
func TestALongTemporaryFolder(t *testing.T) {
	temp := filepath.Join(t.TempDir(), strings.Repeat("long", 20))
	if err := os.MkdirAll(temp, 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", temp)
	if _, err := Make(t.Context(), job(t, leaflet, A5)); err != nil {
		t.Error(err)
	}
	nothingLeft(t, temp)
}
