package parallel

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
)

func TestEachDoesEveryOneOnce(t *testing.T) {
	for _, n := range []int{0, 1, 2, 7, 31, 32, 33, 1000} {
		done := make([]atomic.Int32, n)
		if err := Each(context.Background(), n, nil, func(i int) error { done[i].Add(1); return nil }); err != nil {
			t.Fatal(err)
		}
		for i := range done {
			if got := done[i].Load(); got != 1 {
				t.Errorf("%d of %d was done %d times", i, n, got)
			}
		}
	}
}

func TestEachStops(t *testing.T) {
	wrong := errors.New("wrong")
	if err := Each(context.Background(), 100, nil, func(i int) error {
		if i == 42 {
			return wrong
		}
		return nil
	}); !errors.Is(err, wrong) {
		t.Errorf("got %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := Each(ctx, 3, nil, func(int) error { t.Error("was called"); return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

func TestFaultsAreNamedAndTellNothing(t *testing.T) {
	const secret = "01632 960123"
	fill := func(m map[string]int) { m[secret] = 1 }
	name := func(i int) string { return fmt.Sprintf("content/%d.md", i) }
	for what, do := range map[string]func(i int) error{
		"index out of range [1] with length 0":   func(int) error { var empty []byte; _ = empty[len(secret)-11]; return nil },
		"it stopped with a string":               func(int) error { panic(secret) },
		"it stopped with a *errors.errorString":  func(int) error { panic(errors.New(secret)) },
		"is string, not int":                     func(int) error { var v any = secret; _ = v.(int); return nil },
		"invalid memory address or nil pointer":  func(int) error { var f *Fault; _ = f.Thing; return nil },
		"slice bounds out of range [5:1]":        func(int) error { from := 5; _ = []byte(secret)[from : from-4]; return nil },
		"assignment to entry in nil map":         func(int) error { fill(nil); return nil },
		"hash of unhashable type []interface {}": func(int) error { m := map[any]int{}; m[[]any{secret}] = 1; return nil },
	} {
		err := Each(context.Background(), 1, name, do)
		var f *Fault
		if !errors.As(err, &f) || f.Thing != "content/0.md" || !strings.HasPrefix(f.Place, "internal/parallel/parallel_test.go:") {
			t.Errorf("%s: got %v", what, err)
			continue
		}
		if !strings.Contains(err.Error(), what) || strings.Contains(err.Error(), secret) {
			t.Errorf("want %q in %q, and nothing of the data", what, err)
		}
	}
}

func TestBeside(t *testing.T) {
	ready := make(chan bool)
	err := Beside(context.Background(), func(context.Context) error { ready <- true; return nil }, func(context.Context) error { <-ready; return nil })
	if err != nil {
		t.Fatal(err)
	}
	wrong := errors.New("wrong")
	err = Beside(context.Background(), func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, func(context.Context) error { return wrong })
	if err != wrong {
		t.Errorf("%v instead of the first error, or the other was not told", err)
	}
	var fault *Fault
	err = Beside(context.Background(), func(context.Context) error { panic("a secret") })
	if !errors.As(err, &fault) || strings.Contains(err.Error(), "secret") {
		t.Errorf("a panic gives %v", err)
	}
}
