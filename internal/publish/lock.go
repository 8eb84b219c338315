package publish

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// LockedError means that another publish held the folder for the whole time that we were ready to wait.
type LockedError struct {
	Dir  string
	Wait time.Duration
}

func (e *LockedError) Error() string {
	return fmt.Sprintf("another build is publishing into %s; gave up after %s", e.Dir, e.Wait)
}

// errBusy means that somebody else holds the lock now.
var errBusy = errors.New("locked")

// Hold waits up to a minute for the right to change a folder that is no published site, beside everything else of this program
// that would: the folder above must be there.
func Hold(ctx context.Context, dir string) (unlock func(), err error) {
	return lock(ctx, filepath.Dir(dir), filepath.Base(dir), time.Minute)
}

// lock waits for the right to change what is called name in parent. The system gives a dead process's lock away, so none
// is ever left behind. It is asked for again and again rather than waited for, because such a wait cannot be broken off.
func lock(ctx context.Context, parent, name string, wait time.Duration) (unlock func(), err error) {
	deadline := time.Now().Add(wait)
	for {
		unlock, err := tryLock(parent, name)
		if !errors.Is(err, errBusy) {
			return unlock, err
		}
		if time.Now().After(deadline) {
			return nil, &LockedError{Dir: filepath.Join(parent, name), Wait: wait}
		}
		select {
		case <-ctx.Done():
			return nil, context.Cause(ctx)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// lockFile locks a file made for it, where a folder cannot be locked itself.
func lockFile(parent, name string) (func(), error) {
	path := filepath.Join(parent, "."+name+".candour-lock")
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, fileMode)
	if err != nil {
		return nil, err
	}
	if err := lockNow(f); err != nil {
		f.Close()
		return nil, err
	}
	if !same(f, path) {
		f.Close()
		return nil, errBusy
	}
	return func() {
		os.Remove(path) // while it is still ours; who waits for it sees that it is gone, and makes another
		f.Close()
	}, nil
}

// same reports whether path is still the file that f is. Between opening and locking, another process may have removed it.
func same(f *os.File, path string) bool {
	opened, err := f.Stat()
	if err != nil {
		return false
	}
	now, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false
	}
	return err == nil && os.SameFile(opened, now)
}
