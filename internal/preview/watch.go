package preview

import (
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"
)

// settle is how long nothing may change before a build starts: editors save in several steps.
const settle = 15 * time.Millisecond

// parts are what a content repository is made of. Anything else, the built site above all, is not watched.
var parts = []string{"content", "data", "layouts", "themes", "static"}

// Watcher notes what is saved in a content repository, from the moment at which it is made.
type Watcher struct {
	dir    string
	events *fsnotify.Watcher
}

// NewWatcher watches the repository at dir. Make it before the first build reads: what is saved while that goes on is told
// by Run. The caller closes it.
func NewWatcher(dir string) (*Watcher, error) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	if err := w.Add(dir); err != nil {
		w.Close()
		return nil, err
	}
	for _, p := range parts {
		addTree(w, filepath.Join(dir, p))
	}
	return &Watcher{dir, w}, nil
}

// Close ends the watching.
func (w *Watcher) Close() error { return w.events.Close() }

// Run calls changed with the paths, relative to the repository, of what was saved, created or deleted, until the context
// ends.
func (w *Watcher) Run(ctx context.Context, changed func(paths []string)) {
	var pending []string
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case _, ok := <-w.events.Errors:
			if !ok {
				return
			}
			pending = append(pending, "")
			timer.Reset(settle)
		case e, ok := <-w.events.Events:
			if !ok {
				return
			}
			rel, err := filepath.Rel(w.dir, e.Name)
			if err != nil || !relevant(filepath.ToSlash(rel)) {
				continue
			}
			if e.Has(fsnotify.Create) {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					addTree(w.events, e.Name)
				}
			}
			pending = append(pending, filepath.ToSlash(rel))
			timer.Reset(settle)
		case <-timer.C:
			changed(pending)
			pending = nil
		}
	}
}

// relevant reports whether a path belongs to the content repository, and is not an editor's passing file.
func relevant(rel string) bool {
	if rel == "candour.toml" {
		return true
	}
	first, _, _ := strings.Cut(rel, "/")
	base := rel[strings.LastIndexByte(rel, '/')+1:]
	if strings.HasPrefix(base, ".") || strings.HasSuffix(base, "~") || strings.HasSuffix(base, ".swp") || strings.HasSuffix(base, ".tmp") {
		return false
	}
	for _, p := range parts {
		if first == p {
			return true
		}
	}
	return false
}

func addTree(w *fsnotify.Watcher, dir string) {
	_ = filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() {
			_ = w.Add(p)
		}
		return nil
	})
}
