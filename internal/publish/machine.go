package publish

import (
	"io/fs"
	"os"
	"slices"

	"candour/internal/level"
)

// Modes of what is published, whatever the umask: a web server under another account must be able to read it.
const (
	fileMode   fs.FileMode = 0o644
	folderMode fs.FileMode = 0o755
)

// FolderMode is the mode of a new output folder of an edition with that clearance. What holds more than the public may see
// is closed to the machine's other accounts until somebody opens it on purpose.
func FolderMode(clearance level.Level) fs.FileMode {
	if clearance > level.Public {
		return 0o700
	}
	return folderMode
}

// machine is all that publishing does to the file system. The tests put one in its place that fails or dies at a given
// step.
type machine interface {
	// Mkdir makes one folder.
	Mkdir(path string) error
	// Spread asks the system to keep the folders to be made in path far from others, if it can.
	Spread(path string)
	// Chmod sets a folder's mode.
	Chmod(path string, mode fs.FileMode) error
	// Remove removes a file or an empty folder.
	Remove(path string) error
	// RemoveAll removes a tree. That there is none is no error.
	RemoveAll(path string) error
	// Names lists a folder.
	Names(path string) ([]string, error)
	// Open opens a folder; a link to one is an error.
	Open(path string) (folder, error)
	// Rename moves a file or a folder, in place of a file if there is one.
	Rename(from, to string) error
	// Exchange swaps two folders in one step, or returns errors.ErrUnsupported.
	Exchange(a, b string) error
	// Writable returns an error if path may not be changed.
	Writable(path string) error
	// Flush brings what was written below parent to the disk, before the rename that shows it.
	Flush(parent string) error
	// FlushNames brings renames in parent to the disk.
	FlushNames(parent string) error
}

// folder is an open folder. Everything in it is addressed by one name, so nobody can redirect the work by changing a
// folder above it, and the system need not walk the path again for every file.
type folder interface {
	// Mkdir makes a folder and opens it.
	Mkdir(name string) (folder, error)
	// Open opens a folder; a link to one is an error.
	Open(name string) (folder, error)
	// Create writes a new file.
	Create(name string, data []byte) error
	// Holds reports whether name is an ordinary file with just this content and the mode that Create gives.
	Holds(name string, data []byte) bool
	// Link makes name the same file as name in from.
	Link(from folder, name string) error
	// Names lists the folder.
	Names() ([]string, error)
	Close() error
}

// disk is the machine itself. What differs between systems stands in disk_*.go.
type disk struct{}

func (disk) Mkdir(path string) error {
	if err := os.Mkdir(path, folderMode); err != nil {
		return err
	}
	info, err := os.Lstat(path)
	if err == nil && info.Mode().Perm() != folderMode {
		err = os.Chmod(path, info.Mode()&fs.ModeSetgid|folderMode)
	}
	if err != nil {
		os.Remove(path)
	}
	return err
}

func (disk) Remove(path string) error { return os.Remove(path) }

func (disk) Names(path string) ([]string, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	names, err := f.Readdirnames(-1)
	slices.Sort(names)
	return names, err
}

func (disk) Rename(from, to string) error { return os.Rename(from, to) }
