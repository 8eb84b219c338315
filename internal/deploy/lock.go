package deploy

import (
	"bytes"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// lockPrefix is where a target says who deploys to it. The objects are numbered, and the highest holds. Taking the lock is
// writing the next number where there is none yet, so that of two that try exactly one succeeds. The highest is never
// removed: it is marked as free.
//
// Nobody's clock is compared with another's. Who holds the lock rewrites it all the time; who waits takes over when it
// has not changed for a while by the waiter's own clock.
const lockPrefix = ".candour-lock/"

var free = []byte("free\n")

// lock is one deploy's hold on a target.
type lock struct {
	bucket Bucket
	number int
	id     string
	stop   func()
	done   sync.WaitGroup
}

func lockKey(n int) string { return fmt.Sprintf("%s%09d", lockPrefix, n) }

// highest returns the number of the lock that holds, and all that there are.
func highest(ctx context.Context, b Bucket) (int, []int, error) {
	there, err := b.List(ctx, lockPrefix)
	if err != nil {
		return 0, nil, err
	}
	var all []int
	for _, o := range there {
		if n, err := strconv.Atoi(strings.TrimPrefix(o.Key, lockPrefix)); err == nil && n > 0 {
			all = append(all, n)
		}
	}
	if len(all) == 0 {
		return 0, nil, nil
	}
	return slices.Max(all), all, nil
}

// take waits for the lock. The context that it returns ends when the lock is lost.
func take(ctx context.Context, b Bucket, o Options) (*lock, context.Context, error) {
	l := &lock{bucket: b, id: rand.Text()}
	var seen []byte
	var number int
	since, told := time.Now(), false
	for {
		n, all, err := highest(ctx, b)
		if err != nil {
			return nil, nil, err
		}
		var data []byte
		if n > 0 {
			if data, err = b.Get(ctx, lockKey(n)); err != nil && !errors.Is(err, ErrNotFound) {
				return nil, nil, err
			}
		}
		if n != number || !bytes.Equal(data, seen) {
			number, seen, since = n, data, time.Now()
		}
		stale := time.Since(since) >= o.Stale
		if n == 0 || bytes.Equal(data, free) || stale {
			if stale && n > 0 && !bytes.Equal(data, free) {
				o.say("another deploy stopped without finishing; this one takes over")
			}
			l.number = n + 1
			err := b.PutIfAbsent(ctx, lockKey(l.number), l.beat(0), Attributes{Type: "text/plain; charset=utf-8", Cache: "no-store"})
			if errors.Is(err, ErrExists) {
				// A client that had no answer tries again, and then finds its own.
				if data, got := b.Get(ctx, lockKey(l.number)); got == nil && bytes.Equal(data, l.beat(0)) {
					err = nil
				}
			}
			if err == nil {
				for _, old := range all {
					if err := b.Delete(ctx, lockKey(old)); err != nil {
						return nil, nil, err
					}
				}
				break
			}
			if !errors.Is(err, ErrExists) {
				return nil, nil, err
			}
			continue
		}
		if !told {
			o.say("another deploy to this target is under way; waiting for it")
			told = true
		}
		select {
		case <-ctx.Done():
			return nil, nil, ctx.Err()
		case <-time.After(o.Beat):
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	beating, stop := context.WithCancel(ctx)
	l.stop = stop
	l.done.Go(func() { l.keep(beating, cancel, o.Beat) })
	return l, ctx, nil
}

func (l *lock) beat(count int) []byte { return fmt.Appendf(nil, "%s %d\n", l.id, count) }

// errLost is why a deploy stops whose lock another took over.
var errLost = &Problem{"another deploy took over, because this one seemed to have stopped", "wait for the other, then run candour deploy again"}

// keep rewrites the lock until it is stopped, and ends the deploy when another has taken over.
func (l *lock) keep(ctx context.Context, cancel context.CancelCauseFunc, every time.Duration) {
	for count := 1; ; count++ {
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
		if l.lost(ctx) {
			cancel(errLost)
			return
		}
		_ = l.bucket.Put(ctx, lockKey(l.number), l.beat(count), Attributes{Type: "text/plain; charset=utf-8", Cache: "no-store"}) // the next one tries again
	}
}

// lost reports whether another has taken over.
func (l *lock) lost(ctx context.Context) bool {
	n, _, err := highest(ctx, l.bucket)
	return err == nil && n > l.number
}

// release lets the next one in, also where the deploy was interrupted.
func (l *lock) release(ctx context.Context) {
	l.stop()
	l.done.Wait()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	if !l.lost(ctx) {
		_ = l.bucket.Put(ctx, lockKey(l.number), free, Attributes{Type: "text/plain; charset=utf-8", Cache: "no-store"}) // else the next one waits and takes over
	}
}
