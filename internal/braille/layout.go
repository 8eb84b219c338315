package braille

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode/utf8"
)

// Page size in cells and lines, as embossers for A4 Braille paper have it. The last line holds the page's number.
const (
	Cells = 40
	Lines = 25
)

// layout sets lines on pages: paragraphs begin in the third cell, items and their further lines hang by two, headings stand
// in the fifth cell and stay with what follows.
type layout struct {
	pages [][]string
	page  []string
	held  []string // a heading that waits for what follows it
}

func (l *layout) centred(text string) {
	for _, line := range wrap(text, 4, 4, Cells-4) {
		line = strings.TrimSpace(line)
		l.put([]string{strings.Repeat(" ", (Cells-utf8.RuneCountInString(line))/2) + line})
	}
	l.blank()
}

func (l *layout) heading(text string, level int) {
	indent := 4
	if level > 2 {
		indent = 6
	}
	if len(l.held) == 0 && len(l.page) > 0 && l.page[len(l.page)-1] != "" {
		l.held = append(l.held, "")
	}
	l.held = append(l.held, wrap(text, indent, indent, Cells)...)
}

func (l *layout) paragraph(text string, depth int) {
	in := 2 * min(depth, 5)
	l.put(wrap(text, in+2, in, Cells))
}

func (l *layout) item(text string, depth int) {
	in := 2 * min(max(depth-1, 0), 5)
	l.put(wrap(text, in, in+2, Cells))
}

func (l *layout) rule() { l.put([]string{strings.Repeat("-", 12)}) }

func (l *layout) blank() {
	if len(l.page) > 0 && len(l.page) < Lines-1 {
		l.page = append(l.page, "")
	}
}

// put sets lines. A heading that was held goes with the first two of them.
func (l *layout) put(lines []string) {
	if len(l.held) > 0 {
		need := len(l.held) + min(2, len(lines))
		if len(l.page)+need > Lines-1 && need < Lines {
			l.turn()
			if l.held[0] == "" {
				l.held = l.held[1:]
			}
		}
		lines = slices.Concat(l.held, lines)
		l.held = nil
	}
	for _, line := range lines {
		if len(l.page) == Lines-1 {
			l.turn()
		}
		l.page = append(l.page, line)
	}
}

func (l *layout) turn() {
	l.pages = append(l.pages, l.page)
	l.page = nil
}

// errSigns says that a table gave something else than the 64 characters that stand for cells.
var errSigns = errors.New("liblouis wrote something that is no Braille")

// bytes ends lines with CR LF and pages with a form feed, as embossers expect.
func (l *layout) bytes() ([]byte, error) {
	l.put(nil)
	if len(l.page) > 0 {
		l.turn()
	}
	var out bytes.Buffer
	for i, page := range l.pages {
		for n := range Lines - 1 {
			if n < len(page) {
				line := strings.TrimRight(page[n], " ")
				if len(line) > Cells || strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r > '_' }) {
					return nil, errSigns
				}
				out.WriteString(line)
			}
			out.WriteString("\r\n")
		}
		number := cells(i + 1)
		out.WriteString(strings.Repeat(" ", Cells-len(number)) + number + "\r\n\f")
	}
	return out.Bytes(), nil
}

// read takes the lines of a file apart again, without page numbers and indents. What is not laid out as bytes lays it out has
// no lines.
func read(brf []byte) []string {
	var lines []string
	pages := strings.Split(string(brf), "\f")
	if len(pages) < 2 || pages[len(pages)-1] != "" {
		return nil
	}
	for _, page := range pages[:len(pages)-1] {
		rows := strings.Split(page, "\r\n")
		if len(rows) != Lines+1 || rows[Lines] != "" {
			return nil
		}
		for _, row := range rows[:Lines-1] {
			if row = strings.TrimSpace(row); row != "" {
				lines = append(lines, row)
			}
		}
	}
	return lines
}

// cells writes a number: the number sign, then a to j for 1 to 0.
func cells(n int) string {
	var out []byte
	for ; n > 0; n /= 10 {
		out = append(out, "JABCDEFGHI"[n%10])
	}
	slices.Reverse(out)
	return "#" + string(out)
}

// wrap breaks a text between words; a word that is longer than a line is broken where the line ends.
func wrap(text string, first, rest, width int) []string {
	var lines []string
	line, indent := strings.Repeat(" ", first), strings.Repeat(" ", rest)
	for _, hard := range strings.Split(text, "\n") {
		empty := true
		for _, word := range strings.Fields(hard) {
			if !empty && len(line)+1+len(word) > width {
				lines = append(lines, line)
				line, empty = indent, true
			}
			if !empty {
				line += " "
			}
			for len(line)+len(word) > width {
				cut := width - len(line)
				lines = append(lines, line+word[:cut])
				line, word = indent, word[cut:]
			}
			line += word
			empty = false
		}
		if !empty {
			lines = append(lines, line)
			line = indent
		}
	}
	return lines
}
