package frontmatter

import (
	"bytes"
	"unicode"
	"unicode/utf8"
)

// scan calls outside for every byte of TOML that stands in no string and no comment, until it returns false. unclosed is
// where the first string begins that is never closed, or -1. Up to the first fault of the source it reads as the parsers
// do; behind that it need only be sensible.
func scan(src []byte, outside func(i int) bool) (unclosed int) {
	unclosed = -1
	for i := 0; i < len(src); {
		switch src[i] {
		case '#':
			end := bytes.IndexByte(src[i:], '\n')
			if end < 0 {
				return unclosed
			}
			i += end
		case '"', '\'':
			end, closed := stringEnd(src, i)
			if !closed && unclosed < 0 {
				unclosed = i
			}
			i = end
		default:
			if !outside(i) {
				return unclosed
			}
			i++
		}
	}
	return unclosed
}

// stringEnd returns where the string that begins at i ends: behind its closing quotes, or, if it has none, at the end of
// the line, or of the source for one that may have several lines.
func stringEnd(src []byte, i int) (end int, closed bool) {
	quote := src[i]
	many := i+2 < len(src) && src[i+1] == quote && src[i+2] == quote
	at := i + 1
	if many {
		at = i + 3
	}
	for at < len(src) {
		switch c := src[at]; {
		case c == '\\' && quote == '"':
			at += 2
			if !many && at <= len(src) && src[at-1] == '\n' {
				return at - 1, false
			}
		case c == '\n' && !many:
			return at, false
		case c == quote && !many:
			return at + 1, true
		case c == quote && at+2 < len(src) && src[at+1] == quote && src[at+2] == quote:
			at += 3
			for extra := 0; extra < 2 && at < len(src) && src[at] == quote; extra++ {
				at++ // up to two quotes of the text may stand before the closing three
			}
			return at, true
		default:
			at++
		}
	}
	return len(src), false
}

// maxDepth bounds how deep values, tables and dotted keys nest. The decoder recurses, and a stack that overflows cannot
// be recovered from.
const maxDepth = 100

// tooDeep returns where a source nests deeper than maxDepth, or -1.
func tooDeep(src []byte) int {
	at, depth, dots := -1, 0, 0
	scan(src, func(i int) bool {
		switch src[i] {
		case '[', '{':
			depth++
			dots = 0
		case ']', '}':
			depth = max(0, depth-1)
			dots = 0
		case '.':
			dots++
		case '\n', ',', '=':
			dots = 0
		}
		if depth > maxDepth || dots > maxDepth {
			at = i
			return false
		}
		return true
	})
	return at
}

// HasCurlyDelimiter reports whether a line has curly quotes, as Word types them, where straight ones belong: outside of a
// string, or in one that is opened straight and not closed on its line. Curly quotes inside a proper string, in a comment,
// or as an apostrophe between letters are what they should be.
func HasCurlyDelimiter(line string) bool { return curlyDelimiter([]byte(line)) >= 0 }

// curlyDelimiter returns where the first such quote stands, or -1.
func curlyDelimiter(line []byte) int {
	first := -1
	skip := 0
	unclosed := scan(line, func(i int) bool {
		if i < skip {
			return true
		}
		r, n := utf8.DecodeRune(line[i:])
		skip = i + n
		if isCurly(r) && !isApostrophe(line, i, n, r) {
			first = i
			return false
		}
		return true
	})
	if unclosed >= 0 && (first < 0 || unclosed < first) {
		for i, r := range string(line[unclosed:]) {
			if isCurly(r) && !isApostrophe(line, unclosed+i, utf8.RuneLen(r), r) {
				return unclosed + i
			}
		}
	}
	return first
}

func isCurly(r rune) bool {
	switch r {
	case '“', '”', '„', '‟', '‘', '’', '‚', '‛':
		return true
	}
	return false
}

func isApostrophe(line []byte, at, width int, r rune) bool {
	if r != '’' && r != '‘' {
		return false
	}
	before, _ := utf8.DecodeLastRune(line[:at])
	after, _ := utf8.DecodeRune(line[at+width:])
	return unicode.IsLetter(before) && unicode.IsLetter(after)
}

// position turns an offset into a line and a column in characters, both from 1.
func position(src []byte, offset int) (line, column int) {
	offset = min(max(offset, 0), len(src))
	start := bytes.LastIndexByte(src[:offset], '\n') + 1
	return bytes.Count(src[:start], []byte{'\n'}) + 1, columnIn(src, start, offset)
}

// columnIn counts the characters from the beginning of a line. A BOM is none.
func columnIn(src []byte, start, offset int) int {
	if start == 0 && bytes.HasPrefix(src, bom) {
		start = min(len(bom), offset)
	}
	return utf8.RuneCount(src[start:offset]) + 1
}
