package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

func tryLock(parent, name string) (func(), error) {
	unlock, err := lockFile(parent, name)
	// The moment between another process's removing the file and its closing it.
	if errors.Is(err, windows.ERROR_ACCESS_DENIED) || errors.Is(err, windows.ERROR_SHARING_VIOLATION) {
		return nil, errBusy
	}
	return unlock, err
}

func lockNow(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_EXCLUSIVE_LOCK|windows.LOCKFILE_FAIL_IMMEDIATELY,
		0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return errBusy
	}
	return err
}
