package deploy

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"candour/internal/publish"
)

// Options say how a site is sent.
type Options struct {
	Target  string   // what messages call it
	Edition string   // what it is marked for; empty for public
	Keep    []string // paths at the target that are somebody else's
	All     bool     // send what is the same, too: types and cache headers are set again
	Adopt   bool     // the target holds other files, which may be removed
	Say     func(string)

	Beat, Stale time.Duration // of the lock; zero for 10 seconds and 2 minutes
	// Grace is how long removed styles and scripts stay for readers whose page is older: longer than a page is kept.
	Grace time.Duration
}

// Grace is what a deploy waits, since pages may be kept for a minute.
const Grace = 65 * time.Second

// moment is how long what a removed or changed page showed stays behind the page: until those who were just given the page
// have its pictures too, and no longer, since what is taken back must go.
const moment = 5 * time.Second

func (o *Options) say(format string, args ...any) {
	if o.Say != nil {
		o.Say(fmt.Sprintf(format, args...))
	}
}

// Look returns what Send would do, and changes nothing.
func Look(ctx context.Context, s *Site, b Bucket, o Options) (*Plan, error) {
	if err := s.Allow(o.Edition, o.Target); err != nil {
		return nil, err
	}
	there, err := b.List(ctx, "")
	if err != nil {
		return nil, err
	}
	old, err := b.Get(ctx, publish.ManifestName)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, err
	}
	m := parseManifest(old)
	begun := slices.ContainsFunc(there, func(x Object) bool { return strings.HasPrefix(x.Key, lockPrefix) })
	foreign := slices.ContainsFunc(there, func(x Object) bool { return !kept(x.Key, o.Keep) })
	switch {
	case m != nil && m.Edition != s.Manifest.Edition:
		return nil, refuse("give each edition a place of its own, or empty this one first", "%s holds the edition %q", o.Target, m.Edition)
	case m != nil && m.Below(s.Manifest):
		return nil, refuse("give it another place; or, if nobody reads that one any more, empty it first",
			"%s was cleared for %s, and this site is for %s: its readers would be given what is not for them", o.Target, m.Clearance, s.Manifest.Clearance)
	case m == nil && !begun && foreign && !o.Adopt:
		return nil, refuse("give a place of its own; or look at what --adopt --dry-run would remove, and give --adopt",
			"%s holds files, and none that candour put there", o.Target)
	}
	return s.plan(there, old, o.Keep, o.All), nil
}

// Send makes a target hold the site and nothing else. Wherever it is interrupted, no page there lacks what it shows, and
// the next Send finishes the work.
func Send(ctx context.Context, s *Site, b Bucket, o Options) (*Plan, error) {
	o.Beat, o.Stale = cmp.Or(o.Beat, 10*time.Second), cmp.Or(o.Stale, 2*time.Minute)
	if p, err := Look(ctx, s, b, o); err != nil || p.Empty() {
		return p, err
	}
	l, ctx, err := take(ctx, b, o)
	if err != nil {
		return nil, err
	}
	defer l.release(ctx)
	o.Adopt = true // it was settled above, and the lock is there now
	p, err := Look(ctx, s, b, o)
	if err != nil {
		return nil, err
	}
	if err = s.carryOut(ctx, b, p, l, o); err != nil {
		if cause := context.Cause(ctx); errors.Is(cause, errLost) {
			return nil, cause
		}
		return nil, err
	}
	return p, nil
}

// carryOut does a plan step by step. A step begins when the one before it is whole.
func (s *Site) carryOut(ctx context.Context, b Bucket, p *Plan, l *lock, o Options) error {
	for begin := 0; begin < len(p.Send); {
		end := begin
		for end < len(p.Send) && rank(p.Send[end], p.New[p.Send[end]]) == rank(p.Send[begin], p.New[p.Send[begin]]) {
			end++
		}
		if err := s.each(ctx, l, p.Send[begin:end], func(file string) error {
			data, err := s.bytes(s.files[file].FileEntry)
			if err != nil {
				return err
			}
			return b.Put(ctx, file, data, s.Attributes(file))
		}); err != nil {
			return err
		}
		begin = end
	}
	remove := func(file string) error { return b.Delete(ctx, file) }
	for _, page := range []bool{true, false} {
		var list []string
		for _, f := range p.Remove {
			if strings.HasSuffix(f, ".html") == page {
				list = append(list, f)
			}
		}
		if !page && len(list) > 0 {
			if err := pause(ctx, min(moment, o.Grace)); err != nil {
				return err
			}
		}
		if err := s.each(ctx, l, list, remove); err != nil {
			return err
		}
	}
	if p.Manifest {
		if err := s.each(ctx, l, []string{publish.ManifestName}, func(file string) error {
			return b.Put(ctx, file, s.raw, s.Attributes(file))
		}); err != nil {
			return err
		}
	}
	if len(p.Late) > 0 && o.Grace > 0 {
		o.say("the site is there; waiting %s before the last styles and scripts of the old one go, for readers who have an older page open", o.Grace)
		if err := pause(ctx, o.Grace); err != nil {
			return err
		}
	}
	return s.each(ctx, l, p.Late, remove)
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// each does one thing for every file, a few at a time, and stops at the first that fails.
func (s *Site) each(ctx context.Context, l *lock, list []string, do func(string) error) error {
	if len(list) == 0 {
		return nil
	}
	if l.lost(ctx) {
		return errLost
	}
	var mu sync.Mutex
	var first error
	next := 0
	var wg sync.WaitGroup
	for range min(8, len(list)) {
		wg.Go(func() {
			for {
				mu.Lock()
				if first == nil {
					first = ctx.Err()
				}
				if first != nil || next == len(list) {
					mu.Unlock()
					return
				}
				file := list[next]
				next++
				mu.Unlock()
				if err := do(file); err != nil {
					mu.Lock()
					if first == nil {
						first = fmt.Errorf("%s: %w", file, err)
					}
					mu.Unlock()
				}
			}
		})
	}
	wg.Wait()
	return first
}
