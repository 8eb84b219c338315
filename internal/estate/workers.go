package estate

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Here is a worker in this process. More than one is allowed, and gains little: Hugo makes one site at a time.
type Here struct{ *Builder }

// Do builds and publishes.
func (h Here) Do(ctx context.Context, job Job) (Done, error) { return h.Builder.Do(ctx, job), nil }

// Close does nothing.
func (h Here) Close() error { return nil }

// process is a worker in a process of its own. A job goes in as one line of JSON, and what came of it comes out as one.
type process struct {
	cmd *exec.Cmd
	in  io.WriteCloser
	out *json.Decoder
}

// Process starts a worker: a program that calls [Serve]. What it says besides is thrown away, since a crash could print
// anything.
func Process(cmd *exec.Cmd) (Worker, error) {
	cmd.Stderr = nil
	in, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("no worker can be started: %w", err)
	}
	return &process{cmd, in, json.NewDecoder(bufio.NewReader(out))}, nil
}

func (p *process) Do(ctx context.Context, job Job) (Done, error) {
	data, err := json.Marshal(job)
	if err != nil {
		return Done{}, err
	}
	stop := context.AfterFunc(ctx, func() { _ = p.cmd.Process.Signal(os.Interrupt) })
	defer stop()
	if _, err := p.in.Write(append(data, '\n')); err != nil {
		return Done{}, err
	}
	var d Done
	if err := p.out.Decode(&d); err != nil {
		return Done{}, err
	}
	return d, nil
}

// Close lets the worker end, and ends it if it does not.
func (p *process) Close() error {
	_ = p.in.Close()
	late := time.AfterFunc(20*time.Second, func() { _ = p.cmd.Process.Kill() })
	defer late.Stop()
	return p.cmd.Wait()
}

// Serve does the jobs that come in, one after the other, until there are no more. It ends when the process that sends
// them is gone.
func Serve(ctx context.Context, in io.Reader, out io.Writer, b *Builder) error {
	jobs, write := json.NewDecoder(in), json.NewEncoder(out)
	for {
		var job Job
		if err := jobs.Decode(&job); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := write.Encode(b.Do(ctx, job)); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
}

// What a build needs of memory: some for the program, and for each byte of content a quarter more than was measured of
// sites of 1,000 and 4,000 plans. See docs/performance.md.
const (
	needBase    = 128 << 20
	needPerByte = 56
)

// estimate guesses how much memory the build of a site takes at most, from the size of its content and pictures.
func estimate(dir string) int64 {
	size := int64(0)
	for _, part := range []string{"content", "data"} {
		_ = filepath.WalkDir(filepath.Join(dir, part), func(_ string, d fs.DirEntry, err error) error {
			if err == nil && d.Type().IsRegular() {
				if info, err := d.Info(); err == nil {
					if ext := filepath.Ext(d.Name()); ext == ".md" || ext == ".toml" || ext == ".csv" {
						size += info.Size() * needPerByte
					} else {
						size += info.Size() * 3 // read, cleaned, published
					}
				}
			}
			return nil
		})
	}
	return needBase + size
}
