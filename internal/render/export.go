package render

import (
	"context"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/afero"

	"candour/internal/redact"
)

// Module is the library that no other package imports. Its root is the command hugo, which the benchmark compiles.
const Module = "github.com/gohugoio/hugo"

// Export writes the tree that Hugo is given into a folder, static files included, so that plain Hugo can make the same
// pages: the benchmark compares with it. It holds nothing that the edition is not cleared for.
func Export(ctx context.Context, c *redact.Cleared, dir string) error {
	if !c.Sound() {
		return fmt.Errorf("what is to be rendered did not pass vetting")
	}
	t, err := newTree(ctx, c, true)
	if err != nil {
		return err
	}
	put := func(name string, data []byte) error {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return err
		}
		return os.WriteFile(full, data, 0o644)
	}
	for _, s := range c.Repo().Static() {
		if err := put("static/"+s.Path, s.Data); err != nil {
			return err
		}
	}
	return afero.Walk(t.fs, root, func(p string, info fs.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := afero.ReadFile(t.fs, p)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, p)
		if err != nil {
			return err
		}
		return put(filepath.ToSlash(rel), data)
	})
}
