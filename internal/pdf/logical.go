package pdf

import (
	"bytes"
	"math"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// Chromium draws words that run from the right with their last letter first, and marks them as /ReversedChars. Hardly anything
// that reads a PDF aloud, searches it or copies from it turns them round again, and poppler loses the structure behind them. So
// their letters are drawn in the order in which they are read, each where it was; nothing looks different.

// logical returns a content with its reversed letters put in order. On a page that runs from the right the pieces of one line are
// put in order as well, since Chromium begins each line at its left. A mark around anything but single letters stays as it is.
func logical(content []byte, fromRight bool, fonts map[string]letterMap) ([]byte, error) {
	if !bytes.Contains(content, []byte("/ReversedChars")) {
		return content, nil
	}
	ops, err := operations(content)
	if err != nil {
		return nil, err
	}
	var edits []edit
	var line []piece // texts that follow one another, in one mark
	flush := func() {
		if len(line) == 1 && line[0].reversed || len(line) > 1 && slices.ContainsFunc(line, func(p piece) bool { return p.reversed }) {
			if fromRight {
				line = inOrder(line)
			}
			var b strings.Builder
			from, to := line[0].from, line[0].to
			for i, p := range line {
				if from, to = min(from, p.from), max(to, p.to); i > 0 {
					b.WriteByte('\n')
				}
				b.WriteString(p.text)
			}
			edits = append(edits, edit{from, to, b.String()})
		}
		line = nil
	}
	next := -1 // the operation that would go on with the line
	for i := 0; i < len(ops); i++ {
		if ops[i].name != "BT" {
			continue
		}
		p, end, ok := readPiece(content, ops[i:], fonts)
		if !ok || i != next || len(line) > 0 && math.Abs(p.baseline-line[len(line)-1].baseline) > 0.01 {
			flush()
		}
		if ok {
			line = append(line, p)
			i += end
		}
		next = i + 1
	}
	flush()
	return apply(content, edits), nil
}

// piece is a text object of one direction.
type piece struct {
	text     string
	from, to int // in the content
	baseline float64
	reversed bool
	neutral  bool // spaces and punctuation alone, which go the way of what they stand between
}

// readPiece reads the text object that ops begin with, if it is made of letters that say where they stand. end is the operation
// that ends it.
func readPiece(content []byte, ops []operation, fonts map[string]letterMap) (p piece, end int, ok bool) {
	end = slices.IndexFunc(ops, func(op operation) bool { return op.name == "ET" })
	if end < 1 {
		return p, 0, false
	}
	p = piece{text: string(content[ops[0].from:ops[end].to]), from: ops[0].from, to: ops[end].to}
	font, placed, said := "", false, ""
	for _, op := range ops[1:end] {
		switch op.name {
		case "Tf":
			if len(op.args) != 2 {
				return p, 0, false
			}
			font = op.args[0]
		case "Tm":
			if len(op.args) != 6 {
				return p, 0, false
			}
			if !placed {
				p.baseline, _ = strconv.ParseFloat(op.args[5], 64)
			}
			placed = true
		case "Tj":
			if font == "" || !placed {
				return p, 0, false
			}
			said += fonts[strings.TrimPrefix(font, "/")].text(op.args[0])
		case "Td", "BMC", "BDC", "EMC":
		default:
			return p, 0, false
		}
	}
	p.neutral = said != "" && !strings.ContainsFunc(said, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
	if first := ops[1]; first.name == "BMC" && len(first.args) == 1 && first.args[0] == "/ReversedChars" {
		text, last, turns := turned(content, ops[2:end+1])
		if !turns || last != end-3 {
			return p, 0, false
		}
		p.text, p.reversed = "BT\n"+text+"\nET", true
	}
	return p, end, placed
}

// inOrder puts the pieces of a line that runs from the right in the order in which they are read. Several in a row that run from the
// left, as a number in two fonts, stay as they are among themselves.
func inOrder(line []piece) []piece {
	var out []piece
	for to := len(line); to > 0; {
		from := to - 1
		if !line[from].reversed && !line[from].neutral {
			for from > 0 && !line[from-1].reversed {
				from--
			}
			for line[from].neutral {
				from++
			}
		}
		out = append(out, line[from:to]...)
		to = from
	}
	return out
}

// turned writes what stands up to the end of a mark the other way round. end is the operation that ends it.
func turned(content []byte, ops []operation) (text string, end int, ok bool) {
	var at [6]float64
	var drawn []string // in the order in which they were drawn
	font, group, placed := "", "", false
	inside := 0
	for i, op := range ops {
		switch op.name {
		case "Tf":
			font = string(content[op.from:op.to])
		case "Tm":
			if len(op.args) != 6 {
				return "", 0, false
			}
			for k, arg := range op.args {
				at[k], _ = strconv.ParseFloat(arg, 64)
			}
			placed = true
		case "Td":
			if len(op.args) != 2 {
				return "", 0, false
			}
			x, _ := strconv.ParseFloat(op.args[0], 64)
			y, _ := strconv.ParseFloat(op.args[1], 64)
			at[4], at[5] = at[4]+x*at[0]+y*at[2], at[5]+x*at[1]+y*at[3]
		case "Tj":
			if !placed || font == "" || len(op.args) != 1 || len(op.args[0]) > len("<0000>") {
				return "", 0, false
			}
			var b strings.Builder
			b.WriteString(font)
			b.WriteByte('\n')
			for _, n := range at {
				b.WriteString(strconv.FormatFloat(n, 'f', 6, 64))
				b.WriteByte(' ')
			}
			b.WriteString("Tm\n" + op.args[0] + " Tj\n")
			if inside > 0 {
				group += b.String()
			} else {
				drawn = append(drawn, b.String())
			}
		case "BDC": // letters that stand for others together
			if inside++; inside > 1 {
				return "", 0, false
			}
			group = string(content[op.from:op.to]) + "\n"
		case "EMC":
			if inside > 0 {
				inside--
				drawn = append(drawn, group+"EMC\n")
				continue
			}
			if i+1 >= len(ops) || ops[i+1].name != "ET" { // what follows may go on from where this ended
				return "", 0, false
			}
			var b strings.Builder
			for k := len(drawn) - 1; k >= 0; k-- {
				b.WriteString(drawn[k])
			}
			return strings.TrimSuffix(b.String(), "\n"), i, true
		default:
			return "", 0, false
		}
	}
	return "", 0, false
}

// fromRight reports whether a language is written from the right.
func fromRight(lang string) bool {
	script, _ := language.Make(lang).Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo":
		return true
	}
	return false
}
