package publish

import (
	"errors"

	"golang.org/x/sys/unix"
)

// flushesAtOnce: Flush brings the whole file system to the disk in one call, so that no file needs a call of its own. For
// ten thousand files that is seconds against minutes.
const flushesAtOnce = true

func (disk) Flush(parent string) error {
	return onFolder(parent, func(fd int) error { return unix.Syncfs(fd) })
}

func (disk) FlushNames(parent string) error {
	return onFolder(parent, unix.Fsync)
}

// Spread says so to ext4. Without a journal it does not use an inode again for minutes after a file is gone, and looks at
// each of those first: a site published twice in a row would take seconds to find room beside the one just removed.
func (disk) Spread(path string) {
	_ = onFolder(path, func(fd int) error {
		flags, err := unix.IoctlGetInt(fd, unix.FS_IOC_GETFLAGS)
		if err != nil {
			return err
		}
		return unix.IoctlSetPointerInt(fd, unix.FS_IOC_SETFLAGS, flags|topDir)
	})
}

// topDir is FS_TOPDIR_FL of linux/fs.h.
const topDir = 0x00020000

func (disk) Exchange(a, b string) error {
	_, err := retry(func() (int, error) {
		return 0, unix.Renameat2(unix.AT_FDCWD, a, unix.AT_FDCWD, b, unix.RENAME_EXCHANGE)
	})
	switch {
	case errors.Is(err, unix.ENOSYS), errors.Is(err, unix.EINVAL):
		// An old kernel, or a file system that cannot.
		return errors.ErrUnsupported
	}
	return pathError("exchange", b, err)
}

func onFolder(path string, do func(fd int) error) error {
	f, err := openFolder(unix.AT_FDCWD, path, path)
	if err != nil {
		return err
	}
	defer unix.Close(f.fd)
	_, err = retry(func() (int, error) { return 0, do(f.fd) })
	return pathError("sync", path, err)
}
