package leak

import (
	"bytes"
	"html"
	"unicode/utf16"
	"unicode/utf8"
)

// syntax says how a backslash is read. No file type decides it: a style sheet may stand in an attribute, and a script
// in a feed.
type syntax int

const (
	entities syntax = iota // entities alone
	scripts                // and percent-encoding, and the backslash of JavaScript and JSON
	styles                 // and percent-encoding, and the backslash of CSS
)

// decode appends src to dst with one layer of escapes undone. With keep, every escape is filled up to its length, so that
// offsets stay what they were.
func decode(dst, src []byte, how syntax, keep bool) []byte {
	e := escapes{src: src, how: how}
	last := 0
	for i := e.next(0); i >= 0; {
		dst = append(dst, src[last:i]...)
		before := len(dst)
		var n int
		dst, n = unescape(dst, src[i:], how)
		if keep {
			for len(dst)-before < n {
				dst = append(dst, filler)
			}
			dst = dst[:before+n]
		}
		last = i + n
		i = e.next(last)
	}
	return append(dst, src[last:]...)
}

// escaped reports whether decode would change src.
func escaped(src []byte, how syntax) bool {
	var out [16]byte
	e := escapes{src: src, how: how}
	for i := e.next(0); i >= 0; i = e.next(i + 1) {
		if got, n := unescape(out[:0], src[i:], how); n != 1 || got[0] != src[i] {
			return true
		}
	}
	return false
}

// escapes walks over the places where an escape may begin. Searches by the processor's wide instructions are faster than a
// loop over the bytes, as most texts hold few; each is kept until it is passed, so that what is not there is not searched
// for again and again.
type escapes struct {
	src   []byte
	how   syntax
	ahead [3]int // one more than where each of the bytes stands next
}

func (e *escapes) next(from int) int {
	least := -1
	for k, c := range [...]byte{'&', '%', '\\'} {
		if k > 0 && e.how == entities {
			break
		}
		if e.ahead[k] <= from {
			if i := bytes.IndexByte(e.src[from:], c); i >= 0 {
				e.ahead[k] = from + i + 1
			} else {
				e.ahead[k] = len(e.src) + 1
			}
		}
		if at := e.ahead[k] - 1; at < len(e.src) && (least < 0 || at < least) {
			least = at
		}
	}
	return least
}

// unescape appends what the escape at the start of src stands for, and returns its length; 1 where there is none.
func unescape(dst, src []byte, how syntax) ([]byte, int) {
	switch src[0] {
	case '&':
		return entity(dst, src)
	case '%':
		if len(src) >= 6 && src[1]|0x20 == 'u' { // JavaScript's escape()
			if v, n := hexDigits(src[2:], 4); n == 4 {
				return utf8.AppendRune(dst, rune(v)), 6
			}
		}
		if v, n := hexDigits(src[1:], 2); n == 2 {
			return append(dst, byte(v)), 3
		}
	case '\\':
		switch {
		case partial(src[1:]): // its own letter is escaped: the next layer's
		case how == styles:
			return styleEscape(dst, src)
		default:
			return scriptEscape(dst, src)
		}
	}
	return append(dst, src[0]), 1
}

// partial reports whether an escape begins src, so that the one before it may be but the beginning of one: layers come off
// from the inside.
func partial(src []byte) bool {
	if len(src) == 0 || src[0] != '&' && src[0] != '%' {
		return false
	}
	// As far as the longest that matters here: else a long row of beginnings would be read once from each of them.
	var out [16]byte
	_, n := unescape(out[:0], src[:min(len(src), 12)], scripts)
	return n > 1
}

func scriptEscape(dst, src []byte) ([]byte, int) {
	if len(src) < 2 {
		return append(dst, ' '), 1
	}
	switch c := src[1]; c {
	case 'u':
		if len(src) > 3 && src[2] == '{' {
			if v, n := hexDigits(src[3:], 8); n > 0 && 3+n < len(src) && src[3+n] == '}' {
				return utf8.AppendRune(dst, rune(v)), 4 + n
			}
		}
		if v, n := hexDigits(src[2:], 4); n == 4 {
			if utf16.IsSurrogate(rune(v)) && len(src) >= 12 && src[6] == '\\' && src[7] == 'u' {
				if low, n := hexDigits(src[8:], 4); n == 4 {
					return utf8.AppendRune(dst, utf16.DecodeRune(rune(v), rune(low))), 12
				}
			}
			return utf8.AppendRune(dst, rune(v)), 6
		}
		return append(dst, '\\'), 1
	case 'x':
		if v, n := hexDigits(src[2:], 2); n == 2 {
			return utf8.AppendRune(dst, rune(v)), 4
		}
		return append(dst, '\\'), 1
	case 'n', 'r': // a line break, which base64 goes on over
		return append(dst, '\n'), 2
	case 't', 'b', 'f', 'v':
		return append(dst, ' '), 2
	case '\n': // a line that goes on: nothing stands between
		return dst, 2
	case '\r':
		if len(src) > 2 && src[2] == '\n' {
			return dst, 3
		}
		return dst, 2
	case '0', '1', '2', '3', '4', '5', '6', '7':
		v, n := 0, 1
		for n < len(src) && n < 4 && src[n] >= '0' && src[n] <= '7' && v*8+int(src[n]-'0') < 256 {
			v = v*8 + int(src[n]-'0')
			n++
		}
		return utf8.AppendRune(dst, rune(v)), n
	}
	// The character itself, as it is: it may be the first byte of a longer rune.
	return append(dst, src[1]), 2
}

func styleEscape(dst, src []byte) ([]byte, int) {
	if len(src) < 2 {
		return append(dst, ' '), 1
	}
	if src[1] == '\n' || src[1] == '\r' {
		return scriptEscape(dst, src)
	}
	v, n := hexDigits(src[1:], 6)
	if n == 0 {
		return append(dst, src[1]), 2
	}
	n++
	if n < len(src) && (src[n] == ' ' || src[n] == '\t' || src[n] == '\n' || src[n] == '\r' || src[n] == '\f') {
		n++ // one space ends the escape and is part of it
	}
	return utf8.AppendRune(dst, rune(v)), n
}

// beyond is where no rune is: a number that is too large must not wrap round to one that is.
const beyond = utf8.MaxRune + 1

// hexDigits reads up to limit hexadecimal digits.
func hexDigits(src []byte, limit int) (v, n int) {
	for n < limit && n < len(src) {
		switch c := src[n]; {
		case c >= '0' && c <= '9':
			v = v<<4 | int(c-'0')
		case c|0x20 >= 'a' && c|0x20 <= 'f':
			v = v<<4 | int(c|0x20-'a'+10)
		default:
			return v, n
		}
		v = min(v, beyond)
		n++
	}
	return v, n
}

// entity undoes one character reference, with or without its semicolon.
func entity(dst, src []byte) ([]byte, int) {
	if len(src) > 2 && src[1] == '#' {
		return numeric(dst, src)
	}
	n := 1
	for n < len(src) && n < 40 && (src[n]|0x20 >= 'a' && src[n]|0x20 <= 'z' || src[n] >= '0' && src[n] <= '9') {
		n++
	}
	if n == 1 {
		return append(dst, '&'), 1
	}
	if n < len(src) && src[n] == ';' {
		n++
	} else if partial(src[n:]) { // its semicolon is escaped
		return append(dst, '&'), 1
	}
	switch string(src[1:n]) { // what nearly every page holds
	case "amp;":
		return append(dst, '&'), n
	case "lt;":
		return append(dst, '<'), n
	case "gt;":
		return append(dst, '>'), n
	case "quot;":
		return append(dst, '"'), n
	case "rsquo;":
		return append(dst, "’"...), n
	case "lsquo;":
		return append(dst, "‘"...), n
	case "ldquo;", "rdquo;", "nbsp;", "ndash;", "mdash;", "hellip;":
		return append(dst, ' '), n
	}
	out := html.UnescapeString(string(src[:n]))
	if out == string(src[:n]) {
		return append(dst, '&'), 1
	}
	return append(dst, out...), n
}

func numeric(dst, src []byte) ([]byte, int) {
	v, n := 0, 0
	if src[2]|0x20 == 'x' {
		v, n = hexDigits(src[3:], len(src))
		n += 3
	} else {
		n = 2
		for n < len(src) && src[n] >= '0' && src[n] <= '9' {
			v = min(v*10+int(src[n]-'0'), beyond)
			n++
		}
	}
	if n < 3 || n == 3 && src[2]|0x20 == 'x' {
		return append(dst, '&'), 1
	}
	if n < len(src) && src[n] == ';' {
		n++
	} else if partial(src[n:]) {
		return append(dst, '&'), 1
	}
	if v >= 0x80 && v < 0xa0 { // Windows-1252, by the HTML standard's table
		return append(dst, html.UnescapeString(string(src[:n]))...), n
	}
	return utf8.AppendRune(dst, rune(v)), n
}
