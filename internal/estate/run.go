package estate

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/pack"
)

// Worker does jobs, one at a time.
type Worker interface {
	// Do never fails for a site's sake: Done says what is wrong with it. The error says that this worker can do no more.
	Do(ctx context.Context, job Job) (Done, error)
	Close() error
}

// Options say how an estate is built.
type Options struct {
	Shard   Shard
	Now     time.Time
	Version string
	Workers int                    // how many at most
	Start   func() (Worker, error) // starts one
	Memory  int64                  // bytes that all workers together should stay within; what a site needs is estimated
	Held    int64                  // bytes that a worker may go on holding between two sites; 0 where it holds nothing of its own
	Store   *pack.Store            // where the newest version of a pack of the list is asked for
	Dir     string                 // the folder of the list

	// Each is told of every job as it is done, in the order of the jobs, with a count from 1. It is not called from two
	// goroutines at once.
	Each func(n, of int, job Job, d Done)
}

// Run builds every site of a shard. A site that fails leaves the others as they are; the report tells. Where the context
// ends, sites that are done stay, those in work are as they were, and the report names what was not built. An error means
// that no worker could be started, and there is no report then.
func Run(ctx context.Context, e *Estate, opt Options) (*Report, diag.List, error) {
	latest, found := e.latest(ctx, opt)
	todo := jobs(opt.Shard.Of(e.Sites))
	for i := range todo {
		todo[i].Now = opt.Now
	}
	came, err := work(ctx, todo, opt)
	if err != nil {
		return nil, found, err
	}
	r := Report{Version: opt.Version, Clock: opt.Now.UTC().Format(time.RFC3339), Estate: e.Digest}
	if opt.Shard.N > 0 {
		r.Shard = opt.Shard.String()
	}
	return newReport(r, todo, came, latest), found, nil
}

// work hands the jobs to the workers, in their order, as memory allows. A worker takes its room as long as it is there,
// for what it may hold of the sites before; it goes when another waits for a large site, and after a large site of its own.
func work(ctx context.Context, todo []Job, opt Options) ([]Done, error) {
	came := make([]Done, len(todo))
	next := make(chan int)
	room := semaphore.NewWeighted(max(opt.Memory, 1))
	var waiting atomic.Int32
	order := &inOrder{done: make([]bool, len(todo)), tell: func(i int) {
		if opt.Each != nil {
			opt.Each(i+1, len(todo), todo[i], came[i])
		}
	}}
	group, running := errgroup.WithContext(ctx)
	group.Go(func() error {
		defer close(next)
		for i := range todo {
			select {
			case next <- i:
			case <-running.Done():
				return nil
			}
		}
		return nil
	})
	for range max(1, min(opt.Workers, len(todo))) {
		group.Go(func() error {
			hand := &hand{start: opt.Start}
			held := int64(0) // of the room, as long as the worker is there
			leave := func() {
				hand.close()
				room.Release(held)
				held = 0
			}
			defer leave()
			for i := range next {
				need := min(max(estimate(todo[i].Dir), opt.Held), max(opt.Memory, 1))
				if held != need || waiting.Load() > 0 {
					leave()
					if !room.TryAcquire(need) {
						waiting.Add(1)
						err := room.Acquire(running, need)
						waiting.Add(-1)
						if err != nil {
							return nil
						}
					}
					held = need
				}
				d, err := hand.do(running, todo[i])
				if need > opt.Held {
					leave()
				}
				switch {
				case err != nil && ctx.Err() != nil:
					return nil
				case err != nil:
					return err
				}
				came[i] = d
				order.finish(i)
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	order.rest()
	for i := range todo {
		if !order.done[i] {
			came[i] = unbuilt(todo[i], notReached)
		}
	}
	return came, nil
}

// notReached is said of sites that a run which was stopped did not get to.
const notReached = "the run was stopped before it was built"

// unbuilt is what came of a job that no worker can tell of. What the site is and has pinned can be read all the same.
func unbuilt(job Job, problem string) Done {
	d := Done{Exit: exitMachine, Said: "not published; " + problem}
	d.Edition.Name, d.Edition.Problem = job.Edition, problem
	if source, done, err := load.OpenSource(job.Dir); err == nil {
		d.Site.pins(source)
		_ = done()
	}
	return d
}

// hand is a worker that is started when it is first needed, and again after it broke.
type hand struct {
	start  func() (Worker, error)
	worker Worker
}

func (h *hand) do(ctx context.Context, job Job) (Done, error) {
	if h.worker == nil {
		w, err := h.start()
		if err != nil {
			return Done{}, err
		}
		h.worker = w
	}
	d, err := h.worker.Do(ctx, job)
	if err == nil {
		return d, nil
	}
	h.close()
	if ctx.Err() != nil {
		return Done{}, ctx.Err()
	}
	// The site took its worker with it, by memory that ran out or a fault of ours. It is not tried again: that would take
	// the next worker too. The others go on with a new one.
	return unbuilt(job, "the process that built it ended before its time; build it by itself to see more"), nil
}

func (h *hand) close() {
	if h.worker != nil {
		_ = h.worker.Close()
		h.worker = nil
	}
}

// inOrder tells of things in their order, as soon as all before them are done.
type inOrder struct {
	mu   sync.Mutex
	done []bool
	next int
	tell func(i int)
}

func (o *inOrder) finish(i int) {
	o.mu.Lock()
	defer o.mu.Unlock()
	o.done[i] = true
	for o.next < len(o.done) && o.done[o.next] {
		o.tell(o.next)
		o.next++
	}
}

// rest tells of what is done behind something that never will be.
func (o *inOrder) rest() {
	o.mu.Lock()
	defer o.mu.Unlock()
	for ; o.next < len(o.done); o.next++ {
		if o.done[o.next] {
			o.tell(o.next)
		}
	}
}

// latest asks for the newest version of each pack of the list. One that cannot be told is a warning: no site waits for it.
func (e *Estate) latest(ctx context.Context, opt Options) ([]PackState, diag.List) {
	var states []PackState
	var found diag.List
	for _, p := range e.Packs {
		state := PackState{Name: p.Name, Key: p.Key}
		req, err := load.Request(&config.Pack{Name: p.Name, Source: p.Source, Key: p.Key}, nil, opt.Dir)
		var newest *pack.Pack
		if err == nil {
			newest, err = opt.Store.Newest(ctx, req)
		}
		var refusal *pack.Refusal
		switch {
		case errors.As(err, &refusal):
			found.Add(diag.New(diag.EstatePack, p.At, refusal.Hint, "the newest version of the pack %s cannot be told: %s", p.Name, refusal.Text))
		case err != nil:
			found.Add(diag.New(diag.EstatePack, p.At, "check its source", "the newest version of the pack %s cannot be told", p.Name))
		default:
			state.Declared = newest.Manifest().Version
		}
		states = append(states, state)
	}
	return states, found
}
