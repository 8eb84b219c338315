package pack

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// A pack that was verified once in a process is not read again, and only for those who trust the same key as far.
func TestStoreVerifiesOnce(t *testing.T) {
	p, other := newPublisher(t), newPublisher(t)
	dir := t.TempDir()
	name := filepath.Join(dir, "a.pack")
	if err := os.WriteFile(name, create(t, p, "1"), 0o644); err != nil {
		t.Fatal(err)
	}
	s := &Store{Program: "0.1.0"}
	ctx := context.Background()
	req := Request{Name: "national", Source: "a.pack", Dir: dir, Trust: Trust{Root: p.public}}
	first, err := s.Get(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	if again, err := s.Get(ctx, req); err != nil || again != first {
		t.Errorf("without a pin, the same archive was opened again: %v", err)
	}
	if err := os.Remove(name); err != nil {
		t.Fatal(err)
	}
	req.Locked = Locked{Name: "national", Version: "1", SHA256: first.Digest()}
	if again, err := s.Get(ctx, req); err != nil || again != first {
		t.Errorf("pinned: %v", err)
	}
	for what, change := range map[string]func(*Request){
		"another key":      func(r *Request) { r.Trust.Root = other.public },
		"a later key list": func(r *Request) { r.Trust.Sequence = 1 },
		"another name":     func(r *Request) { r.Name = "regional" },
		"another digest":   func(r *Request) { r.Locked.SHA256 = "00" + r.Locked.SHA256[2:] },
	} {
		r := req
		change(&r)
		if got, err := s.Get(ctx, r); err == nil {
			t.Errorf("%s was given %s", what, got.Digest())
		}
	}
}

// What is kept in memory is bounded, the newest first, and one pack that is too large by itself is not kept.
func TestStoreForgets(t *testing.T) {
	s := &Store{}
	add := func(name string, size int64) { s.know(&Pack{digest: name, size: size}, Trust{}) }
	has := func(name string) bool { return s.known(name, Trust{}) != nil }
	add("small", 1)
	add("half", maxOpened/2)
	if !has("small") || !has("half") {
		t.Error("forgot what there is room for")
	}
	add("large", maxOpened-1)
	add("too large", maxOpened+1)
	if has("small") || has("half") || !has("large") || has("too large") {
		t.Errorf("kept too much, or the wrong ones: %v", s.opened)
	}
}

// Many sites at once make of a file one thing, and the bytes stay as they were signed.
func TestOnce(t *testing.T) {
	p := newPublisher(t)
	got, err := Open(create(t, p, "1"), Trust{Root: p.public}, "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	var made sync.Map
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			for name := range files {
				made.Store(fmt.Sprintf("%p", got.Once(name, func() any { return &struct{ name string }{name} }).(*struct{ name string })), true)
			}
		})
	}
	group.Wait()
	n := 0
	made.Range(func(any, any) bool { n++; return true })
	if n != len(files) {
		t.Errorf("%d things were made of %d files", n, len(files))
	}
	for name, want := range files {
		if have, _ := got.Data(name); !bytes.Equal(have, want) {
			t.Errorf("%s was changed", name)
		}
	}
}
