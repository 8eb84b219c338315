package bench

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Sample is what one process cost, from its start to its end.
type Sample struct {
	Wall time.Duration // by the clock
	CPU  time.Duration // user and system time together
	Peak int64         // the most memory it held at once, in bytes
}

// run starts a program and waits for it. It is an error if the program does not end well.
//
// Linux counts the memory of the starting process into the peak of the one started, until the latter has more itself. So
// the process that measures must stay small: it never holds a corpus, and the redacted copy is made by another process.
func run(ctx context.Context, dir, program string, args ...string) (Sample, error) {
	flushDisks()
	return start(ctx, dir, environment(), nil, program, args...)
}

// runQuick is run without flushing the disks before it, for many runs in a row. The caches are those of dir.
func runQuick(ctx context.Context, dir, program string, args ...string) (Sample, error) {
	return start(ctx, dir, estateEnvironment(dir), nil, program, args...)
}

// runTree is run for a program that starts others: Peak is that of all of them together, from looks at them every 20
// milliseconds, and counts what they share once for each. It is 0 where the system cannot tell.
func runTree(ctx context.Context, dir, program string, args ...string) (Sample, error) {
	flushDisks()
	var most int64
	s, err := start(ctx, dir, estateEnvironment(dir), func(pid int, done <-chan struct{}) {
		tick := time.NewTicker(20 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				most = max(most, treeMemory(pid))
			}
		}
	}, program, args...)
	s.Peak = most
	return s, err
}

// start runs a program. watch, which may be nil, is told of it and of its end.
func start(ctx context.Context, dir string, env []string, watch func(pid int, done <-chan struct{}), program string, args ...string) (Sample, error) {
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = env
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	begun := time.Now()
	err := cmd.Start()
	if err == nil {
		done := make(chan struct{})
		var watching sync.WaitGroup
		if watch != nil {
			watching.Go(func() { watch(cmd.Process.Pid, done) })
		}
		err = cmd.Wait()
		close(done)
		watching.Wait()
	}
	wall := time.Since(begun)
	if err != nil {
		return Sample{}, fmt.Errorf("%s %s: %w\n%s", filepath.Base(program), strings.Join(args, " "), err, tail(said.Bytes()))
	}
	state := cmd.ProcessState
	return Sample{Wall: wall, CPU: state.UserTime() + state.SystemTime(), Peak: peak(state)}, nil
}

// environment is ours without what would change Hugo's settings or the clock.
func environment() []string {
	return slices.DeleteFunc(os.Environ(), func(v string) bool {
		return strings.HasPrefix(v, "HUGO_") || strings.HasPrefix(v, "SOURCE_DATE_EPOCH=")
	})
}

// estateEnvironment is environment with the cache folder in dir.
func estateEnvironment(dir string) []string {
	env := slices.DeleteFunc(environment(), func(v string) bool { return strings.HasPrefix(v, "XDG_CACHE_HOME=") })
	return append(env, "XDG_CACHE_HOME="+filepath.Join(dir, "cache"))
}

func tail(b []byte) []byte { return b[max(0, len(b)-2000):] }
