//go:build unix

package cli_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// stoppedReport is what a report says of sites that were not built.
type stoppedReport struct {
	Exit   int
	Totals struct{ Sites, Failed, Stopped int }
	Sites  []struct {
		Name     string
		Editions []struct {
			Exit      int
			Published bool
			Problem   string
		}
	}
}

// A worker hears of Ctrl-C from the terminal and from the run, and goes when there is nothing more to do.
func TestWorkerOutlivesTwoInterrupts(t *testing.T) {
	p := program(t, t.TempDir(), "estate", "worker")
	in, err := p.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	answer := bufio.NewReader(out)
	if _, err := in.Write([]byte("{\"Dir\": \"gone\"}\n")); err != nil {
		t.Fatal(err)
	}
	if _, err := answer.ReadString('\n'); err != nil { // from here on it listens to signals
		t.Fatal(err)
	}
	for range 2 {
		if err := p.Process.Signal(os.Interrupt); err != nil {
			t.Fatal(err)
		}
		time.Sleep(200 * time.Millisecond) // or the two would be one
	}
	if err := in.Close(); err != nil {
		t.Fatal(err)
	}
	_ = p.Wait()
	if !p.ProcessState.Exited() {
		t.Errorf("the worker ended by %v", p.ProcessState)
	}
}

// Stopped in the middle, by Ctrl-C, a supervisor or the end of a worker, a run leaves every site as it was or as it should
// be, and nothing else: no half of a site, no file in work, no process. The report says what was not built.
func TestEstateIsStopped(t *testing.T) {
	const sites = 12
	dir := manySites(t, sites)
	if out, err := program(t, dir, "build", "--estate", "whole.toml", "--workers", "2").CombinedOutput(); err != nil {
		t.Fatalf("the whole: %v\n%s", err, out)
	}
	whole := published(t, filepath.Join(dir, "whole"))
	for name, how := range map[string]func(p *exec.Cmd) error{
		"interrupt":         func(p *exec.Cmd) error { return p.Process.Signal(os.Interrupt) },
		"Ctrl-C to all":     func(p *exec.Cmd) error { return syscall.Kill(-p.Process.Pid, syscall.SIGINT) },
		"terminate":         func(p *exec.Cmd) error { return p.Process.Signal(syscall.SIGTERM) },
		"a worker's end":    func(p *exec.Cmd) error { return syscall.Kill(children(t, p.Process.Pid)[0], syscall.SIGKILL) },
		"interrupt at once": nil,
	} {
		t.Run(name, func(t *testing.T) {
			parts, temp := filepath.Join(dir, "parts"), t.TempDir()
			if err := errors.Join(os.RemoveAll(parts), os.Mkdir(parts, 0o755)); err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			p := program(t, dir, "build", "--estate", "parts.toml", "--workers", "2", "--report", "stopped.json", "--report", "stopped.html")
			p.Env = append(p.Env, "TMPDIR="+temp)
			p.Stdout, p.Stderr = &out, &out
			p.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
			if err := p.Start(); err != nil {
				t.Fatal(err)
			}
			ready := func() bool { _, err := os.Stat(filepath.Join(parts, "s00", "index.html")); return err == nil }
			if how == nil {
				ready = func() bool { return len(children(t, p.Process.Pid)) > 0 }
				how = func(p *exec.Cmd) error { return p.Process.Signal(os.Interrupt) }
			}
			for deadline := time.Now().Add(2 * time.Minute); !ready(); time.Sleep(time.Millisecond) {
				if time.Now().After(deadline) {
					_ = p.Process.Kill()
					t.Fatal("it never began")
				}
			}
			if err := how(p); err != nil {
				t.Fatal(err)
			}
			_ = p.Wait()
			if code := p.ProcessState.ExitCode(); code != 4 {
				t.Errorf("exit code %d, want 4\n%s", code, out.String())
			}
			if err := syscall.Kill(-p.Process.Pid, 0); err == nil {
				t.Error("a process of the run is still there")
			}
			if left, _ := os.ReadDir(temp); len(left) > 0 {
				t.Errorf("left in the folder for temporary files: %v", left)
			}
			data, err := os.ReadFile(filepath.Join(dir, "stopped.json"))
			if err != nil {
				t.Fatalf("no report: %v\n%s", err, out.String())
			}
			var r stoppedReport
			if err := json.Unmarshal(data, &r); err != nil || r.Exit != 4 || r.Totals.Sites != sites || len(r.Sites) != sites || r.Totals.Failed == 0 {
				t.Fatalf("the report says %+v (%v)", r.Totals, err)
			}
			if name != "a worker's end" && (r.Totals.Stopped == 0 || !strings.Contains(out.String(), fmt.Sprintf("stopped with %d of %d sites not built", r.Totals.Stopped, sites))) {
				t.Errorf("nothing says what was not built:\n%s", out.String())
			}
			have := published(t, parts)
			for path, data := range have {
				if whole[path] != data {
					t.Errorf("%s is not what one run gives", path)
				}
			}
			for _, s := range r.Sites {
				there, all := 0, 0
				for path := range whole {
					if strings.HasPrefix(path, s.Name+"/") {
						all++
						if _, ok := have[path]; ok {
							there++
						}
					}
				}
				want := 0
				if s.Editions[0].Published || there == all && strings.Contains(s.Editions[0].Problem, "before its time") { // it ended with its work done and not yet told
					want = all
				}
				if there != want || s.Editions[0].Published != (s.Editions[0].Exit == 0) || s.Editions[0].Published != (s.Editions[0].Problem == "") {
					t.Errorf("%s: %d files are there, %d are said to be; %+v", s.Name, there, want, s.Editions)
				}
			}
			// What was stopped is done by running it again, and nothing is left of the first time.
			if out, err := program(t, dir, "build", "--estate", "parts.toml", "--workers", "2").CombinedOutput(); err != nil {
				t.Fatalf("again: %v\n%s", err, out)
			}
			again := everything(t, parts)
			for path := range again {
				if _, ok := everything(t, filepath.Join(dir, "whole"))[path]; !ok {
					t.Errorf("left behind: %s", path)
				}
			}
			if got := published(t, parts); !maps.Equal(got, whole) {
				t.Errorf("run again it gives %d files, one run gives %d, or others", len(got), len(whole))
			}
		})
	}
}

// children are the processes that a process started.
func children(t *testing.T, pid int) []int {
	t.Helper()
	out, _ := exec.Command("pgrep", "-P", strconv.Itoa(pid)).Output()
	var pids []int
	for _, field := range strings.Fields(string(out)) {
		if n, err := strconv.Atoi(field); err == nil {
			pids = append(pids, n)
		}
	}
	return pids
}

// everything lists all files below a folder, those in work too.
func everything(t *testing.T, dir string) map[string]bool {
	t.Helper()
	files := map[string]bool{}
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(dir, p)
		files[filepath.ToSlash(rel)] = true
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
