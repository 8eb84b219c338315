package estate_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"candour/internal/estate"
)

// open counts workers that are there, and what each has in hand.
type open struct {
	mu      sync.Mutex
	workers map[*counted]string
	beside  int // the most workers that were there while the large site was made
	most    int
}

type counted struct{ all *open }

func (o *open) start() (estate.Worker, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	w := &counted{o}
	o.workers[w] = ""
	o.most = max(o.most, len(o.workers))
	return w, nil
}

func (w *counted) Do(_ context.Context, job estate.Job) (estate.Done, error) {
	for range 20 { // so that others get their turn
		w.all.mu.Lock()
		w.all.workers[w] = job.Site
		if job.Site == "large" {
			w.all.beside = max(w.all.beside, len(w.all.workers)-1)
		}
		w.all.mu.Unlock()
		time.Sleep(time.Millisecond)
	}
	return estate.Done{}, nil
}

func (w *counted) Close() error {
	w.all.mu.Lock()
	defer w.all.mu.Unlock()
	delete(w.all.workers, w)
	return nil
}

// A site that takes all of the memory is made while no other worker is there to hold any, and its own ends with it.
func TestLargeSiteHasTheMemory(t *testing.T) {
	e := list(t, "ash", "birch", "cedar", "dill", "elm", "fir", "large", "maple", "oak", "pine")
	for i, s := range e.Sites {
		size := 10
		if s.Name == "large" {
			size = 20 << 20
		}
		dir := filepath.Join(e.Sites[i].Dir, "content", "pages")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, "a.md"), make([]byte, size), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	o := &open{workers: map[*counted]string{}}
	r, _, err := estate.Run(context.Background(), e, estate.Options{Workers: 3, Memory: 1 << 30, Held: 1 << 28, Start: o.start})
	if err != nil || len(r.Sites) != 10 {
		t.Fatal(err, r)
	}
	if o.beside > 0 || o.most != 3 || len(o.workers) != 0 {
		t.Errorf("%d workers beside the large site, %d at most, %d left; want 0, 3, 0", o.beside, o.most, len(o.workers))
	}
}

// A run that is stopped gives a report all the same: what was done stays done, the rest was not reached.
func TestStoppedRunReports(t *testing.T) {
	e := list(t, "ash", "birch", "cedar", "dill")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	done := 0
	r, _, err := estate.Run(ctx, e, estate.Options{Workers: 1, Memory: 1 << 30, Start: func() (estate.Worker, error) { return &counted{&open{workers: map[*counted]string{}}}, nil },
		Each: func(int, int, estate.Job, estate.Done) {
			if done++; done == 2 {
				stop()
			}
		}})
	if err != nil {
		t.Fatal(err)
	}
	// The worker may have had one more in hand.
	if want := 4 - done; r.Totals.Stopped != want || r.Totals.Failed != want || want < 1 || r.Exit != 4 || len(r.Sites) != 4 || r.Sites[3].Editions[0].Problem == "" {
		t.Errorf("%d were done; the report says %+v, exit %d", done, r.Totals, r.Exit)
	}
}
