package preview

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What is saved while the first build goes on, before anybody runs the watcher, is told of as soon as it runs; so is what
// is saved in a folder that was not there before.
func TestSavedBeforeRun(t *testing.T) {
	dir := t.TempDir()
	write := func(name string) {
		t.Helper()
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte("text"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("content/plans/here.md")
	w, err := NewWatcher(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	write("content/plans/here.md")
	write("public/index.html")
	write("content/plans/.here.md.swp")

	ctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	told := make(chan []string)
	ended := make(chan bool)
	go func() {
		defer close(ended)
		w.Run(ctx, func(paths []string) { told <- paths })
	}()
	expect := func(want string) {
		t.Helper()
		for {
			select {
			case paths := <-told:
				if slices.Contains(paths, want) {
					return
				}
				for _, p := range paths {
					if p != "content/plans" && p != "content/pages" && p != want {
						t.Errorf("%s is told of", p)
					}
				}
			case <-ctx.Done():
				t.Fatalf("%s was saved and never told of", want)
			}
		}
	}
	expect("content/plans/here.md")
	if err := os.Mkdir(filepath.Join(dir, "content", "pages"), 0o755); err != nil {
		t.Fatal(err)
	}
	expect("content/pages")
	write("content/pages/new.md")
	expect("content/pages/new.md")
	stop()
	<-ended
}
