package webcheck

import (
	"bytes"
	"strconv"
	"unicode/utf8"
)

// css judges every address that a style sheet asks for: url(), src(), image-set() and @import.
func (s *scan) css(b []byte, what string) {
	if bytes.IndexByte(b, '\\') >= 0 {
		b = cssUnescape(b)
	}
	var (
		importing bool // behind @import
		naming    bool // behind @namespace, whose address is a name
		inSet     int  // brackets open since image-set(
	)
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '/' && i+1 < len(b) && b[i+1] == '*':
			end := bytes.Index(b[i+2:], []byte("*/"))
			if end < 0 {
				return
			}
			i += end + 4
		case c == '"' || c == '\'':
			end := i + 1
			for end < len(b) && b[end] != c && b[end] != '\n' {
				end++
			}
			if importing || inSet > 0 {
				s.request(b[i+1:end], what)
				importing = false
			}
			i = end + 1
		case c == '@':
			importing = cssWord(b[i+1:], "import")
			naming = cssWord(b[i+1:], "namespace")
			i++
		case c == ';' || c == '{' || c == '}':
			importing, naming, inSet = false, false, 0
			i++
		case c == '(' && inSet > 0:
			inSet++
			i++
		case c == ')' && inSet > 0:
			inSet--
			i++
		case isLetter(c) || c == '-' || c >= utf8.RuneSelf:
			n := i
			for n < len(b) && (isAlnum(b[n]) || b[n] == '-' || b[n] == '_' || b[n] >= utf8.RuneSelf) {
				n++
			}
			if n == len(b) || b[n] != '(' {
				i = n
				break
			}
			word := b[i:n]
			i = n + 1
			switch {
			case bytes.EqualFold(word, []byte("url")) || bytes.EqualFold(word, []byte("src")):
				addr, end := cssURL(b, i)
				if !naming {
					s.request(addr, what)
				}
				importing = false
				i = end
			case len(word) >= 5 && bytes.EqualFold(word[len(word)-min(len(word), 9):], []byte("image-set")) || bytes.EqualFold(word, []byte("image")):
				inSet = 1
			case inSet > 0:
				inSet++
			}
		default:
			i++
		}
	}
}

// cssWord reports whether b begins with a whole word, in any case.
func cssWord(b []byte, word string) bool {
	return len(b) >= len(word) && bytes.EqualFold(b[:len(word)], []byte(word)) &&
		(len(b) == len(word) || !isAlnum(b[len(word)]) && b[len(word)] != '-')
}

// cssURL reads what stands between the brackets of url( and returns it with the offset behind them.
func cssURL(b []byte, i int) ([]byte, int) {
	for i < len(b) && isSpace(b[i]) {
		i++
	}
	start, end := i, i
	if i < len(b) && (b[i] == '"' || b[i] == '\'') {
		q := b[i]
		start++
		for end = start; end < len(b) && b[end] != q && b[end] != '\n'; end++ {
		}
		i = end
	} else {
		for end < len(b) && b[end] != ')' && !isSpace(b[end]) {
			end++
		}
		i = end
	}
	if j := bytes.IndexByte(b[i:], ')'); j >= 0 {
		i += j + 1
	} else {
		i = len(b)
	}
	return b[start:end], i
}

// cssUnescape writes out escapes, so that "u\72l(" is seen for what it is. Escaped quotation marks and line breaks only
// matter to the strings that they stand in, and are dropped.
func cssUnescape(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for i := 0; i < len(b); i++ {
		if b[i] != '\\' || i+1 == len(b) {
			out = append(out, b[i])
			continue
		}
		n := i + 1
		for n < len(b) && n < i+7 && isHex(b[n]) {
			n++
		}
		if n == i+1 {
			i++
			if b[i] != '"' && b[i] != '\'' && b[i] != '\n' {
				out = append(out, b[i])
			}
			continue
		}
		if r, err := strconv.ParseUint(string(b[i+1:n]), 16, 32); err == nil && r != '"' && r != '\'' && r != '\n' {
			out = utf8.AppendRune(out, rune(r))
		}
		i = n - 1
		if n < len(b) && isSpace(b[n]) {
			i++
		}
	}
	return out
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }
