package render

import (
	"context"
	"io"

	"github.com/spf13/afero"

	"candour/internal/output"
	"candour/internal/redact"
)

// Tree makes the tree that Hugo is given, and lets a test change it.
func Tree(c *redact.Cleared) (afero.Fs, error) {
	t, _, err := newTree(context.Background(), c, nil)
	if err != nil {
		return nil, err
	}
	return t.fs, nil
}

// NewSource is an empty tree.
func NewSource() afero.Fs { return newSource() }

// Root is where the tree lies.
const Root = root

// Build runs Hugo on a tree.
func Build(ctx context.Context, fs afero.Fs) ([]output.File, error) {
	hugo.Lock()
	defer hugo.Unlock()
	dest := newSink()
	err := build(ctx, fs, dest, io.Discard)
	return dest.files(), err
}
