package pdf

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
)

// operation is one operator of a content stream with what stands before it (ISO 32000-1, 7.8.2).
type operation struct {
	name     string
	args     []string
	from, to int // in the content
}

const (
	pdfSpace      = "\x00\t\n\f\r "
	pdfDelimiters = "()<>[]{}/%"
)

// operations takes a content stream apart. Pictures written into the content are refused: Chromium writes none.
func operations(data []byte) ([]operation, error) {
	var list []operation
	var args []string
	from := -1
	for at := 0; ; {
		for at < len(data) && strings.IndexByte(pdfSpace, data[at]) >= 0 {
			at++
		}
		if at >= len(data) {
			return list, nil
		}
		if from < 0 {
			from = at
		}
		end := tokenEnd(data, at)
		if end <= at {
			return nil, errDamaged
		}
		token := string(data[at:end])
		switch c := token[0]; {
		case c == '%':
		case strings.IndexByte("(<[/", c) >= 0, strings.IndexByte("+-.0123456789", c) >= 0, token == "true", token == "false", token == "null":
			args = append(args, token)
		case token == "BI":
			return nil, errDamaged
		default:
			list = append(list, operation{token, args, from, end})
			args, from = nil, -1
		}
		at = end
	}
}

// tokenEnd returns where the token at a place ends; the place itself where it is damaged.
func tokenEnd(data []byte, at int) int {
	switch c := data[at]; {
	case c == '%':
		if i := bytes.IndexAny(data[at:], "\r\n"); i >= 0 {
			return at + i
		}
		return len(data)
	case c == '(':
		depth := 0
		for i := at; i < len(data); i++ {
			switch data[i] {
			case '\\':
				i++
			case '(':
				depth++
			case ')':
				if depth--; depth == 0 {
					return i + 1
				}
			}
		}
		return at
	case c == '<' && at+1 < len(data) && data[at+1] == '<':
		return listEnd(data, at+2, ">>")
	case c == '<':
		if i := bytes.IndexByte(data[at:], '>'); i >= 0 {
			return at + i + 1
		}
		return at
	case c == '[':
		return listEnd(data, at+1, "]")
	case strings.IndexByte(")>]{}", c) >= 0:
		return at
	}
	i := at + 1
	for i < len(data) && strings.IndexByte(pdfSpace+pdfDelimiters, data[i]) < 0 {
		i++
	}
	return i
}

func listEnd(data []byte, at int, closing string) int {
	start := at
	for at < len(data) {
		if strings.IndexByte(pdfSpace, data[at]) >= 0 {
			at++
			continue
		}
		if bytes.HasPrefix(data[at:], []byte(closing)) {
			return at + len(closing)
		}
		end := tokenEnd(data, at)
		if end <= at {
			break
		}
		at = end
	}
	return start - len(closing) // damaged
}

// painted is what an operator puts on the page.
type painted int

const (
	nothing painted = iota
	drawing
	picture
	letters
)

func paints(op operation) painted {
	switch op.name {
	case "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh":
		return drawing
	case "Do":
		return picture
	case "Tj", "TJ", "'", `"`:
		return letters
	}
	return nothing
}

// sequence is a marked-content sequence that belongs to the structure, by its number on the page.
type sequence struct {
	id            int
	opens, closes operation
	has           painted // the most telling of what is in it
}

// mcid returns the number of a marked-content sequence; ok is false where it has none.
func mcid(op operation) (id int, ok bool) {
	if op.name != "BDC" || len(op.args) != 2 {
		return 0, false
	}
	_, rest, found := strings.Cut(op.args[1], "/MCID")
	if !found {
		return 0, false
	}
	digits := strings.TrimLeft(rest, pdfSpace)
	end := 0
	for end < len(digits) && '0' <= digits[end] && digits[end] <= '9' {
		end++
	}
	id, err := strconv.Atoi(digits[:end])
	return id, err == nil
}

// marks is what a content has: its sequences, and what it paints outside of any.
type marks struct {
	sequences []sequence
	loose     []span // whole: a path from its start to its painting, a text object, a picture
}

type span struct {
	from, to int
	op       operation // that paints
}

// readMarks finds the marked content. Marked content that is not closed, or closed twice, is damage.
func readMarks(ops []operation) (marks, error) {
	var m marks
	const artifact, other = -1, -2
	var open []int // indices of sequences
	pathFrom, textFrom := -1, -1
	var textPaints *operation
	inText := false
	for i := range ops {
		op := ops[i]
		switch op.name {
		case "BMC", "BDC":
			index := other
			if len(op.args) > 0 && op.args[0] == "/Artifact" {
				index = artifact
			}
			if id, ok := mcid(op); ok {
				index = len(m.sequences)
				m.sequences = append(m.sequences, sequence{id: id, opens: op})
			}
			open = append(open, index)
			continue
		case "EMC":
			if len(open) == 0 {
				return m, errDamaged
			}
			if index := open[len(open)-1]; index >= 0 {
				m.sequences[index].closes = op
			}
			open = open[:len(open)-1]
			continue
		case "m", "re":
			if pathFrom < 0 {
				pathFrom = op.from
			}
		case "n":
			pathFrom = -1
		case "BT":
			inText, textFrom, textPaints = true, op.from, nil
		case "ET":
			if textPaints != nil {
				m.loose = append(m.loose, span{textFrom, op.to, *textPaints})
			}
			inText = false
		}
		kind := paints(op)
		if kind == nothing {
			continue
		}
		from := op.from
		if kind == drawing && op.name != "sh" && pathFrom >= 0 {
			from = pathFrom
			pathFrom = -1
		}
		marked := slices.ContainsFunc(open, func(index int) bool { return index != other })
		for _, index := range open {
			if index >= 0 {
				m.sequences[index].has = max(m.sequences[index].has, kind)
			}
		}
		switch {
		case marked:
		case inText:
			if textPaints == nil {
				textPaints = &ops[i]
			}
		default:
			m.loose = append(m.loose, span{from, op.to, op})
		}
	}
	if len(open) > 0 {
		return m, errDamaged
	}
	return m, nil
}

// edit puts text into a content, in place of what stood there.
type edit struct {
	from, to int
	text     string
}

// apply makes edits, which do not overlap and are in order.
func apply(data []byte, edits []edit) []byte {
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(data[at:e.from])
		b.WriteString(e.text)
		at = e.to
	}
	b.Write(data[at:])
	return b.Bytes()
}

// linesOfPages counts the lines of text on each page: the different heights at which letters stand.
func linesOfPages(data []byte) ([]int, error) {
	doc, err := open(data)
	if err != nil {
		return nil, err
	}
	var counts []int
	for _, number := range doc.pages() {
		content, err := doc.content(doc.dict(doc.objects[number]))
		if err != nil {
			return nil, err
		}
		ops, err := operations(content)
		if err != nil {
			return nil, err
		}
		counts = append(counts, lines(ops))
	}
	return counts, nil
}

// lines counts the baselines of a content. The letters of one line may differ by a point or so.
func lines(ops []operation) int {
	c := newCursor()
	seen := map[int]bool{}
	for _, op := range ops {
		c.follow(op)
		if paints(op) == letters {
			seen[int(c.baseline()/4)] = true // in units of four points
		}
	}
	return len(seen)
}
