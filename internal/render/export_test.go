package render

import (
	"context"
	"io"

	"github.com/spf13/afero"

	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/redact"
)

// Tree makes the tree that Hugo is given, and lets a test change it. Where written is true, all bodies are Markdown.
func Tree(c *redact.Cleared, written bool) (afero.Fs, error) {
	t, err := newTree(context.Background(), c, written)
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
func Build(fs afero.Fs) ([]output.File, error) {
	dest := newSink()
	e := start(fs, dest, io.Discard)
	defer e.close()
	err := e.run(context.Background())
	return dest.files(), err
}

// Without is what the guard over what was made says of a site that lacks a file.
func (r *Rendered) Without(path string) diag.List {
	lacking := &Rendered{cleared: r.cleared}
	for _, f := range r.site.Files {
		if f.Path != path {
			lacking.site.Files = append(lacking.site.Files, f)
		}
	}
	return lacking.unmade()
}
