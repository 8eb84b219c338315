//go:build browser

// Package fakebrowser is a browser that misbehaves when it is told to, for tests of what becomes of leaflets then. It is the
// browser of this machine otherwise: what is said to it is passed on.
//
// A test's TestMain calls [Main] first of all; the test then gives the path of its own program as the browser, and sets in the
// environment what is to happen.
package fakebrowser

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"time"
)

// What the environment says.
const (
	Mode = "CANDOUR_FAKE_BROWSER" // how it misbehaves: one of those below
	Page = "CANDOUR_FAKE_PAGE"    // where: only on pages whose address has this
	Once = "CANDOUR_FAKE_ONCE"    // a file that is made when it misbehaves; it behaves once that is there
	Log  = "CANDOUR_FAKE_LOG"     // a file in which each start leaves a line
)

// How it misbehaves.
const (
	Well    = "well"    // not at all
	Silent  = "silent"  // starts, and answers nothing
	Old     = "old"     // says that it is version 99
	Crashes = "crashes" // ends when it is to print
	Hangs   = "hangs"   // answers nothing more from when it is to print, and does not end when it is asked to
)

// Main does not return where this process was started as a browser.
func Main() {
	mode := os.Getenv(Mode)
	if mode == "" || len(os.Args) < 2 || !strings.Contains(strings.Join(os.Args, " "), "--remote-debugging-pipe") {
		return
	}
	if name := os.Getenv(Log); name != "" {
		if f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			fmt.Fprintln(f, "start", os.Getpid())
			_ = f.Close()
		}
	}
	f := &fake{mode: mode, commands: os.NewFile(3, "commands"), answers: os.NewFile(4, "answers")}
	if err := f.run(); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

type fake struct {
	mode              string
	commands, answers *os.File
	page              string // the address that was asked for last
}

func (f *fake) run() error {
	if f.mode == Silent {
		f.hang()
	}
	toReal, in, err := os.Pipe()
	if err != nil {
		return err
	}
	out, fromReal, err := os.Pipe()
	if err != nil {
		return err
	}
	real := exec.Command(cmp.Or(os.Getenv("CANDOUR_REAL_BROWSER"), "chromium"), os.Args[1:]...)
	real.ExtraFiles = []*os.File{toReal, fromReal}
	if err := real.Start(); err != nil {
		return err
	}
	_ = toReal.Close()
	_ = fromReal.Close()
	go f.pass(f.commands, in, f.command)
	f.pass(out, f.answers, f.answer)
	return real.Wait()
}

// pass copies messages, each of which ends with a nought.
func (f *fake) pass(from io.Reader, to io.WriteCloser, change func([]byte) []byte) {
	defer to.Close()
	r := bufio.NewReader(from)
	for {
		message, err := r.ReadBytes(0)
		if err != nil {
			return
		}
		if _, err := to.Write(change(message)); err != nil {
			return
		}
	}
}

func (f *fake) command(message []byte) []byte {
	if bytes.Contains(message, []byte(`"Page.navigate"`)) {
		f.page = string(message)
	}
	if !bytes.Contains(message, []byte(`"Page.printToPDF"`)) || !strings.Contains(f.page, os.Getenv(Page)) || !f.mayMisbehave() {
		return message
	}
	switch f.mode {
	case Crashes:
		os.Exit(139)
	case Hangs:
		f.hang()
	}
	return message
}

func (f *fake) mayMisbehave() bool {
	name := os.Getenv(Once)
	if name == "" {
		return true
	}
	file, err := os.OpenFile(name, os.O_CREATE|os.O_EXCL, 0o600)
	if err == nil {
		_ = file.Close()
	}
	return err == nil
}

func (f *fake) answer(message []byte) []byte {
	if f.mode == Old && bytes.Contains(message, []byte(`"product":"`)) {
		before, rest, _ := bytes.Cut(message, []byte("Chrome/"))
		_, after, _ := bytes.Cut(rest, []byte("."))
		return bytes.Join([][]byte{before, []byte("Chrome/99."), after}, nil)
	}
	return message
}

// hang waits for ever, whatever it is told.
func (f *fake) hang() {
	signal.Ignore(os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	for {
		time.Sleep(time.Hour)
	}
}
