package pdf

import (
	"bytes"
	"strconv"
	"strings"
)

// Chromium draws words that run from the right with their last letter first, and marks them as /ReversedChars. Hardly anything
// that reads a PDF aloud, searches it or copies from it turns them round again, and poppler loses the structure behind them. So
// their letters are drawn in the order in which they are read, each where it was; nothing looks different.

// logical returns a content with its reversed letters put in order. A mark around anything but single letters stays as it is.
func logical(content []byte) ([]byte, error) {
	if !bytes.Contains(content, []byte("/ReversedChars")) {
		return content, nil
	}
	ops, err := operations(content)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for i := 0; i < len(ops); i++ {
		if ops[i].name != "BMC" || len(ops[i].args) != 1 || ops[i].args[0] != "/ReversedChars" {
			continue
		}
		text, end, ok := turned(content, ops[i+1:])
		if !ok {
			continue
		}
		end += i + 1
		edits = append(edits, edit{ops[i].from, ops[end].to, text})
		i = end
	}
	return apply(content, edits), nil
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
