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
	cmd := exec.CommandContext(ctx, program, args...)
	cmd.Dir = dir
	cmd.Env = environment()
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	err := cmd.Run()
	wall := time.Since(start)
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

func tail(b []byte) []byte { return b[max(0, len(b)-2000):] }
