// Package output holds a rendered site in memory: its files by path.
package output

import (
	"cmp"
	"crypto/sha256"
	"slices"
)

// File is one file of a site.
type File struct {
	Path string // relative to the site's root, forward slashes, no leading slash
	Data []byte // never changed after it is set
	// Source is the file of the content repository that it was made from, where there is one.
	Source string

	sum *[sha256.Size]byte
}

// Sum is the SHA-256 of the data. The first call for a file must not run beside another.
func (f *File) Sum() [sha256.Size]byte {
	if f.sum == nil {
		sum := sha256.Sum256(f.Data)
		f.sum = &sum
	}
	return *f.sum
}

// Site is a set of files, sorted by path.
type Site struct{ Files []File }

// Sort orders the files by path.
func (s *Site) Sort() {
	slices.SortFunc(s.Files, func(a, b File) int { return cmp.Compare(a.Path, b.Path) })
}

// Find returns the file at path, or nil.
func (s *Site) Find(path string) *File {
	i, ok := slices.BinarySearchFunc(s.Files, path, func(f File, p string) int { return cmp.Compare(f.Path, p) })
	if !ok {
		return nil
	}
	return &s.Files[i]
}
