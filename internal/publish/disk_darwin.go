package publish

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

// flushesAtOnce: each file is handed to the drive by itself, and FlushNames then empties the drive's own cache once, which
// is the slow part.
const flushesAtOnce = false

func (disk) Flush(parent string) error { return fullSync(parent) }

func (disk) FlushNames(parent string) error { return fullSync(parent) }

func (disk) Spread(string) {}

func (disk) Exchange(a, b string) error {
	err := unix.RenamexNp(a, b, unix.RENAME_SWAP)
	if errors.Is(err, unix.ENOTSUP) || errors.Is(err, unix.EINVAL) {
		return errors.ErrUnsupported
	}
	return pathError("exchange", b, err)
}

func fullSync(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return f.Sync() // F_FULLFSYNC
}
