// Package tool runs other people's programs that Candour does not come with: text goes in on standard input, what they make
// comes out on standard output, and no file is written on the way.
//
// Reach for [Find], then [Program.Run]. A program that is not installed is a [MissingError], which says how to get it.
package tool

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"
)

// Program is a program on this machine.
type Program struct {
	Name string
	path string
}

// MissingError means that a program is not installed.
type MissingError struct {
	Name string
	Hint string // how to get it
}

func (e *MissingError) Error() string { return e.Name + " is not installed on this machine" }

// Find looks for a program on the PATH. pkg is its package in Debian and Ubuntu, home its web page.
func Find(name, pkg, home string) (*Program, error) {
	path, err := exec.LookPath(name)
	if err != nil || errors.Is(err, exec.ErrDot) {
		return nil, &MissingError{name, fmt.Sprintf("install it (on Debian and Ubuntu: apt install %s; elsewhere see %s), then run candour print again", pkg, home)}
	}
	return &Program{name, path}, nil
}

const (
	patience = 2 * time.Minute
	most     = 256 << 20 // bytes of output
)

// Run feeds a program and returns what it wrote. Its own messages may quote what it was fed, so that an error repeats none
// of them.
func (p *Program) Run(ctx context.Context, stdin []byte, args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.path, args...)
	cmd.Stdin = bytes.NewReader(stdin)
	out := &bounded{}
	cmd.Stdout = out
	cmd.WaitDelay = 5 * time.Second
	cmd.Env = []string{"LC_ALL=C.UTF-8", "PATH=" + os.Getenv("PATH")}
	for _, keep := range []string{"SYSTEMROOT", "LOUIS_TABLEPATH", "ESPEAK_DATA_PATH"} {
		if v := os.Getenv(keep); v != "" {
			cmd.Env = append(cmd.Env, keep+"="+v)
		}
	}
	err := cmd.Run()
	switch {
	case out.over:
		return nil, fmt.Errorf("%s wrote more than it should", p.Name)
	case ctx.Err() != nil:
		return nil, fmt.Errorf("%s was stopped before it was done: %w", p.Name, ctx.Err())
	case err != nil:
		return nil, fmt.Errorf("%s failed (%s)", p.Name, strings.TrimPrefix(err.Error(), "exit status "))
	}
	return out.Bytes(), nil
}

type bounded struct {
	bytes.Buffer
	over bool
}

func (b *bounded) Write(p []byte) (int, error) {
	if b.Len()+len(p) > most {
		b.over = true
		return 0, errors.New("too much")
	}
	return b.Buffer.Write(p)
}
