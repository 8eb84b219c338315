package publish

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// swap puts the finished tree at fresh into the folder's place. The tree that it replaces is then at fresh, or at old if
// that is not empty. If swap fails, the old site is in its place again.
//
// Where two folders can be exchanged in one step, there is no moment without a site. Elsewhere there are two renames, and
// a process that dies between them leaves the old site under a name from which recover brings it back.
func (j *job) swap(fresh string, exists bool) (old string, err error) {
	if !exists {
		if err := j.Rename(fresh, j.dir); err != nil {
			return "", err
		}
		if err := j.FlushNames(j.parent); err != nil {
			return "", errors.Join(err, j.Rename(j.dir, fresh))
		}
		return "", nil
	}
	err = j.exchange(fresh, j.dir, j.parent)
	if !errors.Is(err, errors.ErrUnsupported) {
		return "", err
	}
	old = j.beside("old")
	if err := j.Rename(j.dir, old); err != nil {
		return "", err
	}
	if err := j.Rename(fresh, j.dir); err != nil {
		return "", errors.Join(err, j.Rename(old, j.dir))
	}
	if err := j.FlushNames(j.parent); err != nil {
		return "", errors.Join(err, j.Rename(j.dir, fresh), j.Rename(old, j.dir))
	}
	// From here on the old tree may be found half removed, so it must not be taken for one to bring back.
	gone := j.beside("gone")
	if j.Rename(old, gone) == nil {
		old = gone
	}
	return old, nil
}

// exchange swaps a and b for good, or not at all.
func (j *job) exchange(a, b, parent string) error {
	if err := j.Exchange(a, b); err != nil {
		return err
	}
	if err := j.FlushNames(parent); err != nil {
		return errors.Join(err, j.Exchange(a, b))
	}
	return nil
}

// recover clears up after processes that were killed: it brings back an old site that lost its place, and removes the
// rest. It returns what could not be removed, which is no reason to keep an urgent page waiting.
func (j *job) recover() (left []string, err error) {
	names, err := j.Names(j.parent)
	if err != nil {
		return nil, err
	}
	slices.Sort(names)
	_, err = os.Lstat(j.dir)
	missing := errors.Is(err, fs.ErrNotExist)
	for _, name := range names {
		kind, ours := strings.CutPrefix(name, "."+j.name+".candour-")
		if !ours || !beside.MatchString(name) || kind == "lock" {
			continue
		}
		path := filepath.Join(j.parent, name)
		if missing && strings.HasPrefix(kind, "old-") {
			if err := j.Rename(path, j.dir); err != nil {
				return left, err
			}
			missing = false
			continue
		}
		if j.drop(path) != nil {
			left = append(left, path)
		}
	}
	return left, nil
}
