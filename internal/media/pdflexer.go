package media

import (
	"bytes"
	"strconv"
	"strings"
)

// lexer reads the objects of a content stream or a character map: float64, string (of bytes), nameToken, []any for arrays
// and dictionaries, and operator.
type lexer struct {
	data   []byte
	at     int
	broken bool
}

type (
	operator  string
	nameToken string
	closing   byte
)

const (
	pdfSpace     = "\x00\t\n\f\r "
	pdfDelimiter = "()<>[]{}/%"
)

// next returns one object; ok is false at the end, or where the data is broken.
func (l *lexer) next() (token any, ok bool) {
	for {
		token, ok = l.object(0)
		if _, stray := token.(closing); !stray { // others pass over it too
			return token, ok
		}
	}
}

func (l *lexer) object(depth int) (any, bool) {
	l.skipSpace()
	if l.at >= len(l.data) || depth > 100 {
		l.broken = l.broken || depth > 0
		return nil, false
	}
	c := l.data[l.at]
	l.at++
	switch c {
	case '(':
		return l.literal()
	case '<':
		if l.at < len(l.data) && l.data[l.at] == '<' {
			l.at++
			return l.list('>', depth)
		}
		return l.hex()
	case '[':
		return l.list(']', depth)
	case '/':
		return nameToken(l.name()), true
	case '>':
		if l.at < len(l.data) && l.data[l.at] == '>' {
			l.at++
		}
		return closing('>'), true
	case ']', ')', '{', '}':
		return closing(c), true
	}
	l.at--
	word := l.word()
	if n, err := strconv.ParseFloat(word, 64); err == nil && strings.IndexByte("+-.0123456789", word[0]) >= 0 {
		return n, true
	}
	return operator(word), true
}

func (l *lexer) skipSpace() {
	for l.at < len(l.data) {
		switch c := l.data[l.at]; {
		case c == '%':
			end := bytes.IndexAny(l.data[l.at:], "\r\n")
			if end < 0 {
				end = len(l.data) - l.at
			}
			l.at += end
		case strings.IndexByte(pdfSpace, c) >= 0:
			l.at++
		default:
			return
		}
	}
}

func (l *lexer) word() string {
	from := l.at
	for l.at < len(l.data) && strings.IndexByte(pdfSpace+pdfDelimiter, l.data[l.at]) < 0 {
		l.at++
	}
	return string(l.data[from:l.at])
}

func (l *lexer) name() string {
	word := l.word()
	if !strings.Contains(word, "#") {
		return word
	}
	var b strings.Builder
	for i := 0; i < len(word); i++ {
		if word[i] == '#' && i+2 < len(word) {
			if n, err := strconv.ParseUint(word[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(n))
				i += 2
				continue
			}
		}
		b.WriteByte(word[i])
	}
	return b.String()
}

func (l *lexer) list(end closing, depth int) (any, bool) {
	list := []any{}
	for {
		token, ok := l.object(depth + 1)
		if !ok {
			l.broken = true
			return nil, false
		}
		if token == end {
			return list, true
		}
		if _, stray := token.(closing); !stray {
			list = append(list, token)
		}
	}
}

func (l *lexer) hex() (any, bool) {
	end := bytes.IndexByte(l.data[l.at:], '>')
	if end < 0 {
		l.broken = true
		return nil, false
	}
	var out []byte
	half := -1
	for _, c := range l.data[l.at : l.at+end] {
		n, err := strconv.ParseUint(string(rune(c)), 16, 8)
		switch {
		case err != nil:
		case half < 0:
			half = int(n)
		default:
			out = append(out, byte(half<<4|int(n)))
			half = -1
		}
	}
	if half >= 0 {
		out = append(out, byte(half<<4))
	}
	l.at += end + 1
	return string(out), true
}

func (l *lexer) literal() (any, bool) {
	var out []byte
	for depth := 1; l.at < len(l.data); {
		c := l.data[l.at]
		l.at++
		switch c {
		case '(':
			depth++
		case ')':
			if depth--; depth == 0 {
				return string(out), true
			}
		case '\\':
			out = l.escape(out)
			continue
		}
		out = append(out, c)
	}
	l.broken = true
	return nil, false
}

func (l *lexer) escape(out []byte) []byte {
	if l.at >= len(l.data) {
		return out
	}
	c := l.data[l.at]
	l.at++
	if i := strings.IndexByte("nrtbf", c); i >= 0 {
		return append(out, "\n\r\t\b\f"[i])
	}
	switch {
	case c == '\r':
		if l.at < len(l.data) && l.data[l.at] == '\n' {
			l.at++
		}
		return out
	case c == '\n':
		return out
	case '0' <= c && c <= '7':
		n := int(c - '0')
		for i := 0; i < 2 && l.at < len(l.data) && '0' <= l.data[l.at] && l.data[l.at] <= '7'; i++ {
			n = n*8 + int(l.data[l.at]-'0')
			l.at++
		}
		return append(out, byte(n))
	}
	return append(out, c)
}

// skipImage passes over a picture in the content, from BI to EI. Its bytes are no tokens.
func (l *lexer) skipImage() bool {
	for {
		token, ok := l.next()
		if !ok {
			return false
		}
		if token == operator("ID") {
			break
		}
	}
	for from := l.at; ; {
		i := bytes.Index(l.data[from:], []byte("EI"))
		if i < 0 {
			l.broken = true
			return false
		}
		from += i + 2
		before := l.data[from-3]
		if strings.IndexByte(pdfSpace, before) >= 0 && (from == len(l.data) || strings.IndexByte(pdfSpace, l.data[from]) >= 0) && textFollows(l.data[from:]) {
			l.at = from
			return true
		}
	}
}

// textFollows reports whether what comes next can be operators, and is not the picture still.
func textFollows(data []byte) bool {
	for _, c := range data[:min(len(data), 12)] {
		if c > 0x7e || c < ' ' && strings.IndexByte(pdfSpace, c) < 0 {
			return false
		}
	}
	return true
}
