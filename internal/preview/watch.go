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

// Watch calls changed with the paths, relative to dir, of what was saved, created or deleted, until the context ends.
func Watch(ctx context.Context, dir string, changed func(paths []string)) error {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		return err
	}
	defer w.Close()
	if err := w.Add(dir); err != nil {
		return err
	}
	for _, p := range parts {
		addTree(w, filepath.Join(dir, p))
	}
	var pending []string
	timer := time.NewTimer(time.Hour)
	timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case _, ok := <-w.Errors:
			if !ok {
				return nil
			}
			pending = append(pending, "")
			timer.Reset(settle)
		case e, ok := <-w.Events:
			if !ok {
				return nil
			}
			rel, err := filepath.Rel(dir, e.Name)
			if err != nil || !relevant(filepath.ToSlash(rel)) {
				continue
			}
			if e.Has(fsnotify.Create) {
				if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
					addTree(w, e.Name)
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
