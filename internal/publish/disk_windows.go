package publish

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// pathFolder works by path: Windows has no calls relative to a folder that are worth their trouble here.
type pathFolder struct{ path string }

func (disk) Open(path string) (folder, error) {
	info, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !info.IsDir() {
		return nil, &fs.PathError{Op: "open", Path: path, Err: errors.New("not a folder")}
	}
	return pathFolder{path}, nil
}

// Chmod has nothing to set: who may read is not a matter of mode bits here.
func (disk) Chmod(string, fs.FileMode) error { return nil }

func (disk) RemoveAll(path string) error { return os.RemoveAll(path) }

// Writable has nothing to ask: on Windows the read-only mark of a folder does not stop anybody.
func (disk) Writable(string) error { return nil }

// Flush has nothing left to do: every file was synced as it was closed.
func (disk) Flush(string) error { return nil }

// FlushNames has nothing to do: a folder cannot be synced here, NTFS keeps a journal of names.
func (disk) FlushNames(string) error { return nil }

func (disk) Spread(string) {}

func (disk) Exchange(string, string) error { return errors.ErrUnsupported }

func (f pathFolder) join(name string) string { return filepath.Join(f.path, name) }

func (f pathFolder) Mkdir(name string) (folder, error) {
	if err := os.Mkdir(f.join(name), folderMode); err != nil {
		return nil, err
	}
	return pathFolder{f.join(name)}, nil
}

func (f pathFolder) Open(name string) (folder, error) { return disk{}.Open(f.join(name)) }

func (f pathFolder) Create(name string, data []byte) error {
	file, err := os.OpenFile(f.join(name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, fileMode)
	if err != nil {
		return err
	}
	_, err = file.Write(data)
	return errors.Join(err, file.Sync(), file.Close())
}

func (f pathFolder) Holds(name string, data []byte) bool {
	info, err := os.Lstat(f.join(name))
	if err != nil || !info.Mode().IsRegular() || info.Size() != int64(len(data)) {
		return false
	}
	file, err := os.Open(f.join(name))
	if err != nil {
		return false
	}
	defer file.Close()
	got, err := io.ReadAll(io.LimitReader(file, int64(len(data))+1))
	return err == nil && bytes.Equal(got, data)
}

func (f pathFolder) Link(from folder, name string) error {
	old, ok := from.(pathFolder)
	if !ok {
		return errors.ErrUnsupported
	}
	return os.Link(old.join(name), f.join(name))
}

func (f pathFolder) Names() ([]string, error) { return disk{}.Names(f.path) }

func (f pathFolder) Close() error { return nil }
