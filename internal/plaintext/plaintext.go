// Package plaintext gives a leaflet as plain text: UTF-8, lines of at most 72 columns, readable in any editor, by any
// screen reader and in the body of an e-mail.
package plaintext

import (
	"strings"
	"unicode"

	"candour/internal/leaflet"
	"candour/internal/prose"
)

// Width is the longest line, in columns; a single word that is longer, such as an address, stands on a line of its own.
const Width = 72

// Make writes a leaflet.
func Make(s *leaflet.Sheet) []byte {
	var w writer
	w.heading(s.Title, '=')
	var last *prose.Block
	for i := range s.Blocks {
		b := &s.Blocks[i]
		w.block(last, b)
		if text(*b) != "" {
			last = b
		}
	}
	w.out.WriteString("\n" + strings.Repeat("-", Width) + "\n")
	for _, line := range []string{s.Publisher, s.Origin, s.Dates, s.Address} {
		if line != "" {
			w.wrap(line, "", "")
		}
	}
	return []byte(w.out.String())
}

type writer struct{ out strings.Builder }

func (w *writer) heading(text string, rule rune) {
	if text == "" {
		return
	}
	before := w.out.Len()
	w.wrap(text, "", "")
	longest := 0
	for _, l := range strings.Split(strings.TrimSuffix(w.out.String()[before:], "\n"), "\n") {
		longest = max(longest, columns(l))
	}
	w.out.WriteString(strings.Repeat(string(rule), longest) + "\n")
}

func (w *writer) block(last, b *prose.Block) {
	t := text(*b)
	if t == "" {
		return
	}
	if last == nil || !together(last, b) {
		w.out.WriteByte('\n')
	}
	switch b.Kind {
	case prose.Heading:
		if b.Level <= 2 {
			w.out.WriteByte('\n')
			w.heading(t, '-')
			return
		}
		w.wrap(t, "", "")
		return
	case prose.Quote:
		w.wrap(t, "> ", "> ")
		return
	case prose.Code:
		for _, l := range strings.Split(t, "\n") {
			w.out.WriteString("    " + l + "\n")
		}
		return
	}
	indent := strings.Repeat("  ", max(b.Depth-1, 0))
	if b.Kind != prose.Item && b.Depth > 0 || b.Kind == prose.Detail {
		indent += "  "
	}
	mark := b.Mark()
	if leaflet.Blank(*b) {
		fill := Width - columns(indent+mark+t) - 1
		if fill < 12 {
			w.wrap(t, indent+mark, indent+strings.Repeat(" ", columns(mark)))
			w.out.WriteString(indent + strings.Repeat(" ", columns(mark)) + strings.Repeat("_", 30) + "\n")
			return
		}
		w.out.WriteString(indent + mark + t + " " + strings.Repeat("_", min(fill, 30)) + "\n")
		return
	}
	w.wrap(t, indent+mark, indent+strings.Repeat(" ", columns(mark)))
}

// together reports whether two blocks stand without a blank line between them.
func together(a, b *prose.Block) bool {
	switch b.Kind {
	case prose.Item:
		return a.Kind == prose.Item && len([]rune(a.Text)) < 200
	case prose.Row:
		return a.Kind == prose.Row || a.Kind == prose.Caption
	case prose.Detail:
		return a.Kind == prose.Term || a.Kind == prose.Detail
	}
	return false
}

func text(b prose.Block) string {
	return strings.TrimSpace(b.Linked(func(href string) string { return href }))
}

// wrap writes a text in lines. Line breaks within it are kept.
func (w *writer) wrap(text, first, rest string) {
	prefix := first
	for _, l := range strings.Split(text, "\n") {
		line, filled := prefix, false
		for _, word := range strings.FieldsFunc(l, func(r rune) bool { return unicode.IsSpace(r) && r != '\u00a0' && r != '\u202f' }) {
			switch {
			case !filled:
				line += word
			case columns(line)+1+columns(word) > Width:
				w.out.WriteString(line + "\n")
				line = rest + word
			default:
				line += " " + word
			}
			filled, prefix = true, rest
		}
		if filled {
			w.out.WriteString(line + "\n")
		}
	}
}

// columns is how wide a text stands: marks over and under letters, and characters without a width, take no room.
func columns(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.In(r, unicode.Mn, unicode.Me, unicode.Cf) {
			n++
		}
	}
	return n
}
