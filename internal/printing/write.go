package printing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"

	"candour/internal/level"
	"candour/internal/output"
	"candour/internal/publish"
)

// Folder is where files are printed to.
type Folder struct {
	Dir       string
	Edition   string
	Clearance level.Level
	Current   []*Page // every leaflet that the edition has today, whether it is printed now or not
	// Fit reports whether a file that was printed before would pass the audit of today.
	Fit func(context.Context, output.File) (bool, error)
}

// Written says what became of a folder.
type Written struct {
	Files, Unchanged int
	Away             []Away
	// Unlisted are files that look like leaflets, in a folder that had no list yet: nobody knows of which leaflet they are.
	Unlisted []string
}

// Write puts audited files into a folder, which is made if it is missing, and takes away what an earlier run printed there and
// what may not be given out any more; other files there are left alone. Each file is there whole or not at all: it is
// written beside its place, brought to the disk and renamed. A file that is there already, byte for byte, is not touched. The
// list of what was printed is written before the files and after, so that no file of ours is ever without its line.
func Write(ctx context.Context, f Folder, made []*Item) (w Written, err error) {
	old, err := readPrinted(f.Dir)
	if err != nil || len(made) == 0 && old == nil {
		return w, err
	}
	if err := os.MkdirAll(filepath.Dir(f.Dir), 0o755); err != nil {
		return w, err
	}
	unlock, err := publish.Hold(ctx, f.Dir)
	if err != nil {
		return w, err
	}
	defer unlock()
	if err := CheckEdition(f.Dir, f.Edition, f.Clearance); err != nil {
		return w, err
	}
	if err := os.Mkdir(f.Dir, publish.FolderMode(f.Clearance)); err != nil && !errors.Is(err, fs.ErrExist) {
		return w, err
	}
	list, err := readPrinted(f.Dir)
	if err != nil {
		return w, err
	}
	if list == nil {
		list = &printed{Files: map[string]printedFile{}}
		w.Unlisted = lookalikes(f.Dir, made)
	}
	list.Program, list.Edition, list.Clearance = "candour", f.Edition, f.Clearance.String()
	before := maps.Clone(list.Files)
	for _, item := range made {
		list.known(item)
	}
	if !same(before, list.Files) {
		if err := list.write(f.Dir); err != nil {
			return w, err
		}
	}
	for _, item := range made {
		if err := ctx.Err(); err != nil {
			return w, err
		}
		file := item.Made.File()
		name := filepath.Join(f.Dir, filepath.FromSlash(file.Path))
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, file.Data) {
			w.Unchanged++
		} else if err := replace(name, file.Data); err != nil {
			return w, fmt.Errorf("writing %s: %w", file.Path, err)
		} else {
			w.Files++
		}
		list.Files[file.Path] = printedFile{item.Page.At, item.Page.Name, []string{digest(file.Data)}}
	}
	if w.Away, err = list.clear(ctx, f, made); err != nil || same(before, list.Files) {
		return w, err
	}
	return w, list.write(f.Dir)
}

func same(a, b map[string]printedFile) bool {
	return maps.EqualFunc(a, b, func(x, y printedFile) bool {
		return x.Leaflet == y.Leaflet && x.Name == y.Name && slices.Equal(x.SHA256, y.SHA256)
	})
}

// lookalikes lists files that have the names of printed leaflets and are not about to be written.
func lookalikes(dir string, made []*Item) (names []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		ours := slices.ContainsFunc(made, func(item *Item) bool { return item.Made.File().Path == e.Name() })
		if e.Type().IsRegular() && !ours && slices.ContainsFunc(formats, func(f Format) bool { return f.Ext == filepath.Ext(e.Name()) }) {
			names = append(names, e.Name())
		}
	}
	return names
}

func replace(name string, data []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".candour-print-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	if _, err = tmp.Write(data); err != nil {
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
