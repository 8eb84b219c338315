package publish

import (
	"context"
	"runtime"
	"sync"
)

// place is a folder of the new site and the same folder of the old one. Either may be nil.
type place struct{ now, old folder }

func (p place) close() error {
	var err error
	if p.now != nil {
		err = p.now.Close()
	}
	if p.old != nil {
		p.old.Close()
	}
	return err
}

// visit does one folder's files. It gets the place of the folder above (of the folder itself, for the top) and returns
// that of its own, which the walk closes, with an error too. It may set n.folders.
type visit func(n *node, up place) (place, error)

// opened is a place whose folders below are not all done yet.
type opened struct {
	place
	up   *opened
	left int // itself and the folders below it
}

// walk visits every folder, a folder before those in it, several at a time. It takes the newest first, so that few folders
// are open at once however many there are. It closes top.
func walk(ctx context.Context, workers int, tree *node, top place, do visit) error {
	type task struct {
		n  *node
		up *opened
	}
	var (
		mu      sync.Mutex
		changed = sync.NewCond(&mu)
		stack   = []task{{n: tree}}
		pending = 1
		failed  error
	)
	fail := func(err error) {
		if failed == nil {
			failed = err
		}
	}
	// done counts one off a folder and closes it, and those above it, when nothing is left. It is called locked.
	done := func(o *opened) {
		for ; o != nil; o = o.up {
			if o.left--; o.left > 0 {
				return
			}
			mu.Unlock()
			err := o.close()
			mu.Lock()
			if err != nil {
				fail(err)
			}
		}
	}
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			for {
				for len(stack) == 0 && pending > 0 {
					changed.Wait()
				}
				if pending == 0 {
					return
				}
				t := stack[len(stack)-1]
				stack = stack[:len(stack)-1]
				if failed == nil && ctx.Err() != nil {
					fail(context.Cause(ctx))
				}
				stop := failed != nil
				mu.Unlock()

				from := top
				if t.up != nil {
					from = t.up.place
				}
				own := &opened{up: t.up, left: 1}
				var err error
				switch {
				case !stop:
					own.place, err = do(t.n, from)
				case t.up == nil:
					own.place = top
				}

				mu.Lock()
				if err != nil {
					fail(err)
				}
				if failed == nil {
					own.left += len(t.n.folders)
					pending += len(t.n.folders)
					for i := len(t.n.folders) - 1; i >= 0; i-- {
						stack = append(stack, task{t.n.folders[i], own})
					}
				}
				done(own)
				pending--
				changed.Broadcast()
			}
		})
	}
	wg.Wait()
	return failed
}

// writers is more than the processors: now and then one waits for the disk.
func writers() int { return 2 * runtime.GOMAXPROCS(0) }
