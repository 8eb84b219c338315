//go:build !windows

package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// tryLock locks the parent folder itself, so that no lock file lies about. Network file systems may not be able to.
func tryLock(parent, name string) (func(), error) {
	f, err := os.Open(parent)
	if err != nil {
		return nil, err
	}
	switch err := lockNow(f); {
	case errors.Is(err, unix.EBADF), errors.Is(err, unix.EINVAL), errors.Is(err, unix.ENOLCK),
		errors.Is(err, unix.ENOTSUP), errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EISDIR):
		f.Close()
		return lockFile(parent, name)
	case err != nil:
		f.Close()
		return nil, err
	}
	if !same(f, parent) {
		f.Close()
		return nil, errBusy
	}
	return func() { f.Close() }, nil
}

func lockNow(f *os.File) error {
	_, err := retry(func() (int, error) { return 0, unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB) })
	if errors.Is(err, unix.EWOULDBLOCK) {
		return errBusy
	}
	return pathError("lock", f.Name(), err)
}
