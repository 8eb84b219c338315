//go:build !windows

package publish

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"golang.org/x/sys/unix"
)

// unixFolder works through a file descriptor. The path is for messages only.
type unixFolder struct {
	fd   int
	path string
	// exact: the umask lets our modes through, so that no file needs a chmod of its own. Mkdir finds out; asking for the
	// umask would change it for the whole process.
	exact bool
}

func (disk) Open(path string) (folder, error) {
	f, err := openFolder(unix.AT_FDCWD, path, path)
	if err != nil {
		return nil, err // and no folder that is a nil pointer
	}
	return f, nil
}

func (disk) Chmod(path string, mode fs.FileMode) error { return os.Chmod(path, mode) }

func (disk) Writable(path string) error {
	return pathError("write to", path, unix.Faccessat(unix.AT_FDCWD, path, unix.W_OK, 0))
}

func openFolder(at int, name, path string) (*unixFolder, error) {
	fd, err := retry(func() (int, error) {
		return unix.Openat(at, name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return nil, pathError("open", path, err)
	}
	return &unixFolder{fd: fd, path: path}, nil
}

func (f *unixFolder) Mkdir(name string) (folder, error) {
	path := filepath.Join(f.path, name)
	if _, err := retry(func() (int, error) { return 0, unix.Mkdirat(f.fd, name, uint32(folderMode)) }); err != nil {
		return nil, pathError("mkdir", path, err)
	}
	sub, err := openFolder(f.fd, name, path)
	if err != nil {
		return nil, err
	}
	if sub.exact = f.exact; !sub.exact {
		var st unix.Stat_t
		if err = unix.Fstat(sub.fd, &st); err == nil {
			// Every bit of fileMode is one of folderMode: what lets this through lets that through.
			if sub.exact = fs.FileMode(st.Mode).Perm() == folderMode; !sub.exact {
				err = unix.Fchmod(sub.fd, uint32(st.Mode)&unix.S_ISGID|uint32(folderMode))
			}
		}
		if err != nil {
			sub.Close()
			return nil, pathError("chmod", path, err)
		}
	}
	return sub, nil
}

func (f *unixFolder) Open(name string) (folder, error) {
	sub, err := openFolder(f.fd, name, filepath.Join(f.path, name))
	if err != nil {
		return nil, err
	}
	return sub, nil
}

func (f *unixFolder) Create(name string, data []byte) error {
	fd, err := retry(func() (int, error) {
		return unix.Openat(f.fd, name, unix.O_WRONLY|unix.O_CREAT|unix.O_EXCL|unix.O_NOFOLLOW|unix.O_CLOEXEC, uint32(fileMode))
	})
	if err != nil {
		return pathError("create", filepath.Join(f.path, name), err)
	}
	for rest := data; len(rest) > 0 && err == nil; {
		var n int
		n, err = retry(func() (int, error) { return unix.Write(fd, rest) })
		rest = rest[max(n, 0):]
	}
	if err == nil && !f.exact {
		err = unix.Fchmod(fd, uint32(fileMode))
	}
	if err == nil && !flushesAtOnce {
		err = unix.Fsync(fd)
	}
	if closing := unix.Close(fd); err == nil && !errors.Is(closing, unix.EINTR) {
		err = closing
	}
	return pathError("write", filepath.Join(f.path, name), err)
}

var buffers = sync.Pool{New: func() any { return new([64 << 10]byte) }}

func (f *unixFolder) Holds(name string, data []byte) bool {
	// Not blocking: a pipe that somebody put there must not stop us.
	fd, err := retry(func() (int, error) {
		return unix.Openat(f.fd, name, unix.O_RDONLY|unix.O_NOFOLLOW|unix.O_NONBLOCK|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return false
	}
	defer unix.Close(fd)
	var st unix.Stat_t
	if unix.Fstat(fd, &st) != nil || st.Mode&unix.S_IFMT != unix.S_IFREG || st.Size != int64(len(data)) ||
		fs.FileMode(st.Mode).Perm() != fileMode {
		return false
	}
	buf := buffers.Get().(*[64 << 10]byte)
	defer buffers.Put(buf)
	for len(data) > 0 {
		n, err := retry(func() (int, error) { return unix.Read(fd, buf[:]) })
		if err != nil || n <= 0 || n > len(data) || !bytes.Equal(buf[:n], data[:n]) {
			return false
		}
		data = data[n:]
	}
	return true
}

func (f *unixFolder) Link(from folder, name string) error {
	old, ok := from.(*unixFolder)
	if !ok {
		return errors.ErrUnsupported
	}
	_, err := retry(func() (int, error) { return 0, unix.Linkat(old.fd, name, f.fd, name, 0) })
	return pathError("link", filepath.Join(f.path, name), err)
}

func (f *unixFolder) Names() ([]string, error) {
	// A descriptor of its own, because os.File takes the one it is given.
	fd, err := retry(func() (int, error) {
		return unix.Openat(f.fd, ".", unix.O_RDONLY|unix.O_DIRECTORY|unix.O_CLOEXEC, 0)
	})
	if err != nil {
		return nil, pathError("list", f.path, err)
	}
	file := os.NewFile(uintptr(fd), f.path)
	defer file.Close()
	return file.Readdirnames(-1)
}

func (f *unixFolder) Close() error {
	var err error
	if !flushesAtOnce {
		err = unix.Fsync(f.fd)
	}
	if closing := unix.Close(f.fd); err == nil && !errors.Is(closing, unix.EINTR) {
		err = closing
	}
	return pathError("close", f.path, err)
}

// retry repeats a call that a signal broke off, which network file systems do even to the Go runtime's own signals.
func retry(call func() (int, error)) (int, error) {
	for {
		n, err := call()
		if err != unix.EINTR {
			return n, err
		}
	}
}

func pathError(op, path string, err error) error {
	if err == nil {
		return nil
	}
	return &fs.PathError{Op: op, Path: path, Err: err}
}
