package publish

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"slices"
	"testing"

	"candour/internal/output"
)

// situations are the ways that a site can follow another.
var situations = []struct {
	name        string
	before      *output.Site
	after       output.Site
	noExchange  bool
	someParents string
}{
	{"first", nil, siteA, false, ""},
	{"first with parents", nil, siteA, false, "a/b"},
	{"changed", &siteA, siteB, false, ""},
	{"only the manifest", &siteA, siteA, false, ""},
	{"changed, two renames", &siteA, siteB, true, ""},
	{"only the manifest, two renames", &siteA, siteA, true, ""},
}

// Whichever step fails, once: an error leaves the folder as it was and nothing beside it; no error, and the new site is
// there, and what lies beside it has been told of.
func TestEveryStepFails(t *testing.T) {
	for _, s := range situations {
		t.Run(s.name, func(t *testing.T) {
			for n := 1; ; n++ {
				root := t.TempDir()
				dir := filepath.Join(root, s.someParents, "public")
				if s.before != nil {
					mustWrite(t, *s.before, Options{Dir: dir, machine: &faulty{}, Manifest: Manifest{Clock: "1"}})
				}
				m := &faulty{failAt: n, noExchange: s.noExchange}
				r, err := Write(t.Context(), s.after, Options{Dir: dir, Manifest: Manifest{Clock: "2"}, machine: m})
				if m.steps < n {
					if err != nil {
						t.Fatalf("no step failed, but: %v", err)
					}
					return
				}
				if err != nil {
					if !errors.Is(err, errInjected) {
						t.Fatalf("step %d: %v", n, err)
					}
					mustBeAsBefore(t, n, root, dir, s.before)
					continue
				}
				mustHold(t, dir, s.after)
				if m, _ := ReadManifest(dir); m.Clock != "2" {
					t.Fatalf("step %d: an old manifest", n)
				}
				for _, name := range names(t, filepath.Dir(dir)) {
					if name != "public" && !slices.Contains(r.Leftovers, filepath.Join(filepath.Dir(dir), name)) {
						t.Fatalf("step %d: left %s", n, name)
					}
				}
			}
		})
	}
}

func mustBeAsBefore(t *testing.T, n int, root, dir string, before *output.Site) {
	t.Helper()
	if before == nil {
		if left := names(t, root); len(left) > 0 {
			t.Fatalf("step %d: left %v", n, left)
		}
		return
	}
	mustHold(t, dir, *before)
	mustBeAlone(t, dir)
	if m, _ := ReadManifest(dir); m.Clock != "1" {
		t.Fatalf("step %d: a new manifest", n)
	}
}

// Every step from one on fails, as on a disk that dies: clearing up and going back fail too. Then one whole site is there
// still, and the next Write puts everything right.
func TestEveryStepFailsForEver(t *testing.T) {
	over, cancel := context.WithCancel(t.Context())
	cancel() // a Write with this clears up and then stops
	for _, s := range situations {
		t.Run(s.name, func(t *testing.T) {
			for n := 1; ; n++ {
				root := t.TempDir()
				dir := filepath.Join(root, s.someParents, "public")
				if s.before != nil {
					mustWrite(t, *s.before, Options{Dir: dir, machine: &faulty{}, Manifest: Manifest{Clock: "1"}})
				}
				m := &faulty{failAt: n, forever: true, noExchange: s.noExchange}
				_, err := Write(t.Context(), s.after, Options{Dir: dir, Manifest: Manifest{Clock: "2"}, machine: m})
				if m.steps < n {
					return
				}
				// Between two renames there may be no folder: the next Write brings it back before it does anything else.
				if !s.noExchange {
					mustBeOneOf(t, n, dir, err, s.before, &s.after)
				}
				Write(over, s.after, Options{Dir: dir, machine: &faulty{}})
				mustBeOneOf(t, n, dir, err, s.before, &s.after)
				mustWrite(t, s.after, Options{Dir: dir, machine: &faulty{}})
				mustHold(t, dir, s.after)
				mustBeAlone(t, dir)
			}
		})
	}
}

func mustBeOneOf(t *testing.T, n int, dir string, err error, before, after *output.Site) {
	t.Helper()
	if before == nil {
		if _, err := (disk{}).Names(dir); err != nil {
			return // nothing was there, and nothing is
		}
	}
	got := read(t, dir)
	if before != nil && reflect.DeepEqual(got, contents(*before)) || reflect.DeepEqual(got, contents(*after)) {
		return
	}
	t.Fatal(fmt.Sprintf("step %d (%v): neither the old site nor the new one:", n, err), got)
}
