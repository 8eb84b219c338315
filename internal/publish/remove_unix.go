//go:build !windows

package publish

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"golang.org/x/sys/unix"
)

// removers is how many folders are removed side by side. Freeing a block may wait for the device (a file system mounted
// with discard asks it each time), so it pays to have many requests on their way.
const removers = 16

// RemoveAll removes the folders of a tree side by side: of a site of ten thousand pages that took less
// than half of the time of os.RemoveAll.
func (disk) RemoveAll(path string) error {
	info, err := os.Lstat(path)
	if err != nil || !info.IsDir() {
		return os.RemoveAll(path) // a link is removed itself, not what it leads to
	}
	if parent, err := openFolder(unix.AT_FDCWD, filepath.Dir(path), filepath.Dir(path)); err == nil {
		err = removeTree(parent, filepath.Base(path))
		unix.Close(parent.fd)
		if err == nil {
			return nil
		}
	}
	err = os.RemoveAll(path)
	if errors.Is(err, fs.ErrPermission) {
		// Somebody has made a folder of the old site read-only. It is ours to remove all the same.
		filepath.WalkDir(path, func(p string, d fs.DirEntry, err error) error {
			if d != nil && d.IsDir() {
				os.Chmod(p, 0o700)
			}
			return nil
		})
		err = os.RemoveAll(path)
	}
	return err
}

func removeTree(parent *unixFolder, name string) error {
	top, err := openDoomed(parent, name)
	if err != nil {
		return err
	}
	tree := &node{name: name}
	return walk(context.Background(), removers, tree, place{now: top}, func(n *node, up place) (place, error) {
		at := up.now.(doomed)
		if n != tree {
			sub, err := openDoomed(at.unixFolder, n.name)
			if err != nil {
				return place{}, err
			}
			at = sub
		}
		names, err := at.Names()
		if err != nil {
			return place{now: at}, err
		}
		for _, name := range names {
			_, err := retry(func() (int, error) { return 0, unix.Unlinkat(at.fd, name, 0) })
			switch {
			case errors.Is(err, unix.EISDIR), errors.Is(err, unix.EPERM): // Linux says the one, POSIX the other
				n.folders = append(n.folders, &node{name: name})
			case err != nil:
				return place{now: at}, err
			}
		}
		return place{now: at}, nil
	})
}

// doomed is a folder that closing removes.
type doomed struct {
	*unixFolder
	up   *unixFolder
	name string
}

func openDoomed(up *unixFolder, name string) (doomed, error) {
	f, err := openFolder(up.fd, name, filepath.Join(up.path, name))
	return doomed{unixFolder: f, up: up, name: name}, err
}

// Close removes the folder while it is still open: then the system frees its blocks on the way out of close, where it does
// not hold the lock on the folder above that all others wait for.
func (d doomed) Close() error {
	_, err := retry(func() (int, error) { return 0, unix.Unlinkat(d.up.fd, d.name, unix.AT_REMOVEDIR) })
	unix.Close(d.fd)
	return err
}
