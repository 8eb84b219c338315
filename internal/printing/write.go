package printing

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"candour/internal/audit"
)

// Write puts audited files into a folder, which is made with mode if it is missing; other files there are left alone. Each file is
// there whole or not at all: it is written beside its place, brought to the disk and renamed. A file that is there already,
// byte for byte, is not touched.
func Write(ctx context.Context, dir string, mode fs.FileMode, made []*audit.Made) (written, unchanged int, err error) {
	if len(made) == 0 {
		return 0, 0, nil
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o755); err != nil {
		return 0, 0, err
	}
	if err := os.Mkdir(dir, mode); err != nil && !errors.Is(err, fs.ErrExist) {
		return 0, 0, err
	}
	for _, m := range made {
		if err := ctx.Err(); err != nil {
			return written, unchanged, err
		}
		f := m.File()
		name := filepath.Join(dir, filepath.FromSlash(f.Path))
		if old, err := os.ReadFile(name); err == nil && bytes.Equal(old, f.Data) {
			unchanged++
			continue
		}
		if err := replace(name, f.Data); err != nil {
			return written, unchanged, fmt.Errorf("writing %s: %w", f.Path, err)
		}
		written++
	}
	return written, unchanged, nil
}

func replace(name string, data []byte) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), ".candour-print-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
		}
	}()
	if _, err = tmp.Write(data); err != nil {
		return err
	}
	if err = tmp.Chmod(0o644); err != nil {
		return err
	}
	if err = tmp.Sync(); err != nil {
		return err
	}
	if err = tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}
