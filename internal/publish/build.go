package publish

import (
	"context"
	"errors"
	"path/filepath"
	"sync/atomic"
)

// build writes the whole new site at fresh. A file that the last manifest lists with the same size and SHA-256, and that
// really still holds the same bytes, becomes the same file on the disk: neither tree is ever written to in place, so they
// can share it.
func (j *job) build(ctx context.Context, fresh string) (written, reused int, err error) {
	if err := j.Mkdir(fresh); err != nil {
		return 0, 0, err
	}
	if j.mode != folderMode {
		if err := j.Chmod(fresh, j.mode|0o700); err != nil {
			return 0, 0, err
		}
	}
	top, err := j.Open(fresh)
	if err != nil {
		return 0, 0, err
	}
	var old folder
	if j.known != nil {
		old, _ = j.Open(j.dir) // if it cannot be read, everything is written anew
	}
	var created, linked atomic.Int64
	err = walk(ctx, writers(), j.tree, place{now: top, old: old}, func(n *node, up place) (place, error) {
		at := up
		if n != j.tree {
			sub, err := up.now.Mkdir(n.name)
			if err != nil {
				return place{}, err
			}
			at = place{now: sub}
			if up.old != nil {
				at.old, _ = up.old.Open(n.name)
			}
		} else if err := top.Create(ManifestName, j.encoded); err != nil {
			return at, err
		}
		for _, f := range n.files {
			if at.old != nil && j.known[f.entry.Path] == f.entry && at.old.Holds(f.name, f.data) {
				if at.now.Link(at.old, f.name) == nil {
					linked.Add(1)
					continue
				}
				// Some file systems have no links, or a limit to them: write a copy.
			}
			if err := at.now.Create(f.name, f.data); err != nil {
				return at, err
			}
			created.Add(1)
		}
		return at, nil
	})
	return int(created.Load()), int(linked.Load()), err
}

var errDiffers = errors.New("the folder differs from the site")

// leave does without a new tree where the folder holds the site already, file for file and nothing else. Then the manifest
// alone can differ, by the clock or the version, and one file can be changed in one step.
func (j *job) leave(ctx context.Context) (done bool, err error) {
	if j.known == nil || len(j.known) != len(j.list) {
		return false, nil
	}
	for _, e := range j.list {
		if j.known[e.Path] != e {
			return false, nil
		}
	}
	top, err := j.Open(j.dir)
	if err != nil {
		return false, nil
	}
	same := false
	err = walk(ctx, writers(), j.tree, place{old: top}, func(n *node, up place) (place, error) {
		at, extra := up, 0
		if n != j.tree {
			sub, err := up.old.Open(n.name)
			if err != nil {
				return place{}, errDiffers
			}
			at = place{old: sub}
		} else {
			extra, same = 1, top.Holds(ManifestName, j.encoded)
		}
		// No more names than ours, and each of ours there: so just ours.
		names, err := at.old.Names()
		if err != nil || len(names) != len(n.files)+len(n.folders)+extra {
			return at, errDiffers
		}
		for _, f := range n.files {
			if !at.old.Holds(f.name, f.data) {
				return at, errDiffers
			}
		}
		return at, nil
	})
	switch {
	case context.Cause(ctx) != nil:
		return false, context.Cause(ctx)
	case err != nil:
		return false, nil // build the site anew
	case same:
		return true, nil
	}
	return j.replaceManifest()
}

func (j *job) replaceManifest() (done bool, err error) {
	fresh := j.beside("new")
	parent, err := j.Open(j.parent)
	if err != nil {
		return false, err
	}
	defer parent.Close()
	err = parent.Create(filepath.Base(fresh), j.encoded)
	if err == nil {
		err = j.Flush(j.parent)
	}
	if err == nil {
		err = j.exchange(fresh, filepath.Join(j.dir, ManifestName), j.dir)
	}
	left := j.drop(fresh)
	if errors.Is(err, errors.ErrUnsupported) {
		return false, nil
	}
	if err != nil {
		return false, errors.Join(err, left)
	}
	return true, nil
}
