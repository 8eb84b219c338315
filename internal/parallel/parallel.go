// Package parallel does the same work for many things, on all processors, and keeps a fault of the program's own from
// taking the process down with a trace that nobody can read.
package parallel

import (
	"context"
	"fmt"
	"runtime"
	"strings"
	"sync/atomic"

	"golang.org/x/sync/errgroup"
)

// most is how many neighbours are taken at a time: many things are too small a task to hand over one by one.
const most = 32

// Each calls do for 0 to n-1, in no order that could be relied on, and returns the first error. The first are taken one by
// one, so that a caller whose things differ in size gives the largest first. It stops early when ctx ends. A do that
// panics gives a [*Fault] that names the thing, which name tells; nil tells nothing.
func Each(ctx context.Context, n int, name func(i int) string, do func(i int) error) error {
	workers := runtime.GOMAXPROCS(0)
	batch := max(1, min(most, n/(4*workers)))
	group, ctx := errgroup.WithContext(ctx)
	var next atomic.Int64
	claim := func() (from, end int) {
		for {
			at := next.Load()
			size := batch
			if at < most {
				size = 1
			}
			if next.CompareAndSwap(at, at+int64(size)) {
				return int(at), int(at) + size
			}
		}
	}
	for range min(workers, n) {
		group.Go(func() error {
			for {
				from, end := claim()
				for i := from; i < min(end, n); i++ {
					if err := ctx.Err(); err != nil {
						return err
					}
					if err := one(i, name, do); err != nil {
						return err
					}
				}
				if end >= n {
					return nil
				}
			}
		})
	}
	return group.Wait()
}

// Beside calls every do at the same time and returns the first error; ctx ends for the others then. A do that panics gives
// a [*Fault].
func Beside(ctx context.Context, do ...func(ctx context.Context) error) error {
	group, ctx := errgroup.WithContext(ctx)
	for i := range do {
		group.Go(func() error {
			return one(i, nil, func(i int) error { return do[i](ctx) })
		})
	}
	return group.Wait()
}

func one(i int, name func(int) string, do func(int) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			f := Caught(p)
			if name != nil {
				f.Thing = name(i)
			}
			err = f
		}
	}()
	return do(i)
}

// Fault is a mistake in the program that it met while it ran. Its text has nothing of what was being worked on but a name.
type Fault struct {
	Thing string // what was being worked on: a file
	Place string // where in the program: file and line
	What  string
}

func (f *Fault) Error() string {
	at := ""
	if f.Thing != "" {
		at = " at " + f.Thing
	}
	return fmt.Sprintf("a fault of the program's own%s: %s (%s)", at, f.What, f.Place)
}

// Caught makes a fault of what recover returned. Call it in the deferred function itself.
func Caught(p any) *Fault {
	f := &Fault{What: fmt.Sprintf("it stopped with a %T", p), Place: place()}
	if err, ok := p.(runtime.Error); ok { // an index, a nil pointer, a type: never a text
		f.What = strings.TrimPrefix(err.Error(), "runtime error: ")
	}
	return f
}

// place is the innermost of our own functions that was running when the panic came.
func place() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	panicked := false
	for {
		frame, more := frames.Next()
		switch {
		case frame.Function == "runtime.gopanic":
			panicked = true
		case panicked && strings.HasPrefix(frame.Function, "candour/"):
			if _, file, ok := strings.Cut(frame.File, "/internal/"); ok {
				return fmt.Sprintf("internal/%s:%d", file, frame.Line)
			}
			return fmt.Sprintf("%s:%d", frame.Function, frame.Line)
		}
		if !more {
			return "outside candour's own code"
		}
	}
}
