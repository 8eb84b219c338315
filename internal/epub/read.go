package epub

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"slices"
)

// Entry is a file in a book.
type Entry struct {
	Name string
	Data []byte
}

const most = 32 << 20 // bytes of a book, unpacked

// Texts reads every file of a book, for the audit. What [Make] does not write is refused: comments, extra fields, and bytes
// outside the archive have no place in it.
func Texts(data []byte) ([]Entry, error) {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("the book cannot be read: %w", err)
	}
	if z.Comment != "" || !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return nil, fmt.Errorf("the book holds more than its files")
	}
	var entries []Entry
	left := int64(most)
	for _, f := range z.File {
		if f.Comment != "" || len(f.Extra) > 0 || slices.ContainsFunc(entries, func(e Entry) bool { return e.Name == f.Name }) {
			return nil, fmt.Errorf("the book holds more than its files")
		}
		r, err := f.Open()
		if err != nil {
			return nil, err
		}
		b, err := io.ReadAll(io.LimitReader(r, left+1))
		_ = r.Close()
		if err != nil {
			return nil, err
		}
		if left -= int64(len(b)); left < 0 {
			return nil, fmt.Errorf("the book is too large")
		}
		entries = append(entries, Entry{f.Name, b})
	}
	return entries, nil
}
