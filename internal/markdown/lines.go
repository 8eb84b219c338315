package markdown

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// LineCol gives the line and the column, in characters, both from 1, of the byte at off. An offset beyond the end counts
// as the end. It reads src from the start; for many offsets of one body use [Document.LineCol].
func LineCol(src []byte, off int) (line, col int) {
	off = min(max(off, 0), len(src))
	begin := bytes.LastIndexByte(src[:off], '\n') + 1
	return bytes.Count(src[:begin], []byte{'\n'}) + 1, utf8.RuneCount(src[begin:off]) + 1
}

// LineCol gives the line and the column, in characters, both from 1, of the byte of the body at off.
func (d *Document) LineCol(off int) (line, col int) {
	d.linesOnce.Do(func() {
		d.lines = append(make([]int, 0, 1+bytes.Count(d.body, []byte{'\n'})), 0)
		for i, c := range d.body {
			if c == '\n' {
				d.lines = append(d.lines, i+1)
			}
		}
	})
	off = min(max(off, 0), len(d.body))
	line = sort.SearchInts(d.lines, off+1)
	return line, utf8.RuneCount(d.body[d.lines[line-1]:off]) + 1
}
