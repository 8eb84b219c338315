package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// Edit replaces the bytes of Span by Text.
type Edit struct {
	Span Span
	Text string
}

// Apply makes the new body. Edits may come in any order and may overlap: what lies inside another edit goes with it, and
// edits that overlap in part become one that has the texts of both, or the one text if they are the same.
//
// The number of line ends does not change, so that every later line keeps its number and an error that Hugo reports
// points at the author's line. Line ends of the replaced bytes that Text does not have itself stand inside the tag that
// Text ends with, if it ends with a shortcode tag, where they cannot break a paragraph in two; otherwise behind it.
// Surplus line ends of Text become spaces.
func Apply(body []byte, edits []Edit) []byte {
	edits = merge(edits)
	size := len(body)
	for _, e := range edits {
		size += len(e.Text)
	}
	out := make([]byte, 0, size)
	at := 0
	for _, e := range edits {
		out = append(out, body[at:e.Span.Start]...)
		out = appendText(out, e.Text, body[e.Span.Start:e.Span.End])
		at = e.Span.End
	}
	return append(out, body[at:]...)
}

// Origin says where in the old body a place of the new one comes from: what an edit put in comes from where the edit begins.
func Origin(body []byte, edits []Edit, off int) int {
	before, out := 0, 0 // so far, of the old body and of the new
	for _, e := range merge(edits) {
		if off < out+e.Span.Start-before {
			break
		}
		out += e.Span.Start - before
		put := len(appendText(nil, e.Text, body[e.Span.Start:e.Span.End]))
		if off < out+put {
			return e.Span.Start
		}
		out, before = out+put, e.Span.End
	}
	return min(before+off-out, len(body))
}

// merge sorts edits and makes overlapping ones one. An insertion at the edge of another edit stands beside it.
func merge(edits []Edit) []Edit {
	sorted := slices.Clone(edits)
	slices.SortStableFunc(sorted, func(a, b Edit) int {
		return cmp.Or(cmp.Compare(a.Span.Start, b.Span.Start), cmp.Compare(min(a.Span.Len(), 1), min(b.Span.Len(), 1)), cmp.Compare(b.Span.End, a.Span.End))
	})
	var merged []Edit
	for _, e := range sorted {
		if n := len(merged); n > 0 && e.Span.Start < merged[n-1].Span.End {
			last := &merged[n-1]
			if e.Span.End <= last.Span.End {
				continue
			}
			last.Span.End = e.Span.End
			switch {
			case last.Text == "":
				last.Text = e.Text
			case e.Text != "" && e.Text != last.Text:
				last.Text += "\n" + e.Text
			}
			continue
		}
		merged = append(merged, e)
	}
	return merged
}

// appendText writes text in place of the bytes cut, with as many line ends as they have.
func appendText(out []byte, text string, cut []byte) []byte {
	have, want := strings.Count(text, "\n"), bytes.Count(cut, []byte{'\n'})
	if have > want {
		return append(out, surplus(text, want)...)
	}
	end := "\n"
	if bytes.Contains(cut, []byte("\r\n")) {
		end = "\r\n"
	}
	missing := want - have
	text, tail := splitTag(text)
	if tail == "" {
		return append(append(out, text...), strings.Repeat(end, missing)...)
	}
	after := 0
	if missing > 0 && cut[len(cut)-1] == '\n' && !strings.HasSuffix(tail, "\n") {
		after = 1
	}
	out = append(append(out, text...), strings.Repeat(end, missing-after)...)
	return append(append(out, tail...), strings.Repeat(end, after)...)
}

// splitTag splits a text before the closing brackets of a tag that it ends with, line ends behind it aside.
func splitTag(text string) (head, tail string) {
	trimmed := strings.TrimRight(text, "\r\n")
	if strings.HasSuffix(trimmed, ">}}") || strings.HasSuffix(trimmed, "%}}") {
		return text[:len(trimmed)-3], text[len(trimmed)-3:]
	}
	return text, ""
}

// surplus turns the line ends of text beyond the first n into spaces.
func surplus(text string, n int) string {
	at := 0
	for ; n > 0; n-- {
		at += strings.IndexByte(text[at:], '\n') + 1
	}
	return text[:at] + strings.NewReplacer("\r\n", " ", "\n", " ").Replace(text[at:])
}

// BlockEdit replaces a block, a section or the Whole of a block passage, by a text that is to be a block of its own: it
// keeps the quote or the indentation that the block stood in, and sets the text off from what stands above and below by
// an empty line, as far as the lines of the block allow.
func (d *Document) BlockEdit(cut Span, text string) Edit {
	if text == "" {
		return Edit{Span: cut}
	}
	lines := bytes.Count(d.body[cut.Start:cut.End], []byte{'\n'})
	begin := bytes.LastIndexByte(d.body[:cut.Start], '\n') + 1
	lead := ""
	if begin == cut.Start {
		rest := d.body[cut.Start:cut.End]
		n := len(rest) - len(bytes.TrimLeft(rest, " \t>"))
		if n < len(rest) { // not for a block of nothing but blank lines
			lead = string(rest[:n])
		}
	}
	// A line behind the text that goes on with words would go on with its paragraph.
	below := ""
	if lines > 1 && cut.End < len(d.body) && !blankQuoted(firstLine(d.body[cut.End:])) {
		below = "\n" + strings.TrimRight(lead, " \t") + "\n"
		lines--
	}
	above := ""
	if begin == cut.Start && begin > 0 && lines > 1 && !blankQuoted(lastLine(d.body[:begin])) {
		above = strings.TrimRight(lead, " \t") + "\n"
	}
	return Edit{Span: cut, Text: above + lead + text + below}
}

func blankQuoted(line []byte) bool { return len(bytes.Trim(line, " \t\r\n>")) == 0 }

func firstLine(b []byte) []byte {
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i]
	}
	return b
}

// lastLine is the last line of b, which ends with a line end.
func lastLine(b []byte) []byte {
	b = bytes.TrimSuffix(b, []byte{'\n'})
	return b[bytes.LastIndexByte(b, '\n')+1:]
}
