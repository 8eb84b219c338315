package leak

import "bytes"

// markup is HTML or XML taken apart, every byte of it but bare tags into one of three texts.
type markup struct {
	text []byte // what stands between tags, entities undone; a tag is a boundary
	tags []byte // the insides of tags, entities undone, one a line
	code []byte // scripts, styles, comments, declarations
}

func (m *markup) reset() { m.text, m.tags, m.code = m.text[:0], m.tags[:0], m.code[:0] }

// split takes src apart. It reads as a browser does where a mistake would hide text (quotes, comments, raw text), and
// otherwise by the shape alone, so that one function serves HTML, XML and fragments of either. With keep, text is as
// long as src.
func (m *markup) split(src []byte, keep bool) {
	for i := 0; i < len(src); {
		lt := bytes.IndexByte(src[i:], '<')
		if lt < 0 {
			m.text = decode(m.text, src[i:], entities, keep)
			return
		}
		m.text = decode(m.text, src[i:i+lt], entities, keep)
		i += lt
		rest := src[i:]
		var n int
		mark := byte(softMark)
		switch {
		case bytes.HasPrefix(rest, []byte("<!--")):
			n = until(rest, 4, "-->")
			m.code = append(append(m.code, rest[4:n]...), '\n')
		case bytes.HasPrefix(rest, []byte("<![CDATA[")):
			n = until(rest, 9, "]]>")
			m.mark(mark, 9, keep)
			body := bytes.TrimSuffix(rest[9:n], []byte("]]>"))
			m.text = append(m.text, body...)
			m.mark(mark, n-9-len(body), keep)
			i += n
			continue
		case len(rest) > 1 && (rest[1] == '!' || rest[1] == '?'):
			n = until(rest, 2, ">")
			m.code = append(append(m.code, rest[2:n]...), '\n')
		case len(rest) > 1 && isLetter(rest[1]), len(rest) > 2 && rest[1] == '/' && isLetter(rest[2]):
			n = tagEnd(rest)
			if m.tag(rest[:n]); !inline(rest[1:n]) {
				mark = '\n'
			}
		default:
			m.text = append(m.text, '<')
			i++
			continue
		}
		m.mark(mark, n, keep)
		i += n
		if end := rawEnd(rest[:n]); end != "" {
			i += m.raw(src[i:], end, keep)
		}
	}
}

// mark puts a boundary into the text where n bytes of markup stood.
func (m *markup) mark(c byte, n int, keep bool) {
	if n == 0 {
		return
	}
	m.text = append(m.text, c)
	if keep {
		for range n - 1 {
			m.text = append(m.text, filler)
		}
	}
}

// tag keeps the inside of a tag that has attributes.
func (m *markup) tag(tag []byte) {
	if bytes.IndexByte(tag, '=') >= 0 || bytes.IndexByte(tag, ' ') >= 0 {
		m.tags = append(decode(m.tags, tag[1:], entities, false), '\n')
	}
}

// raw takes the text of an element in which no tag is read, up to its end tag, and returns its length.
func (m *markup) raw(src []byte, end string, keep bool) int {
	n := indexFold(src, end)
	if end == "</title" || end == "</textarea" {
		m.text = decode(m.text, src[:n], entities, keep)
		return n
	}
	m.code = append(append(m.code, src[:n]...), '\n')
	m.mark('\n', n, keep)
	return n
}

// rawEnd returns how an element's text ends if no tag is read in it.
func rawEnd(tag []byte) string {
	if len(tag) < 7 || tag[1]|0x20 != 's' && tag[1]|0x20 != 't' || tag[len(tag)-2] == '/' {
		return ""
	}
	switch name, n := lowerName(tag[1:]); string(name[:n]) {
	case "script":
		return "</script"
	case "style":
		return "</style"
	case "title":
		return "</title"
	case "textarea":
		return "</textarea"
	}
	return ""
}

// until returns where end ends in src[from:], or the length of src.
func until(src []byte, from int, end string) int {
	if i := bytes.Index(src[from:], []byte(end)); i >= 0 {
		return from + i + len(end)
	}
	return len(src)
}

// indexFold returns where an end tag stands in src, whatever its case, or the length of src.
func indexFold(src []byte, end string) int {
	for i := 0; ; {
		at := bytes.Index(src[i:], []byte("</"))
		if at < 0 || i+at+len(end) > len(src) {
			return len(src)
		}
		i += at
		if bytes.EqualFold(src[i:i+len(end)], []byte(end)) {
			return i
		}
		i += 2
	}
}

// tagEnd returns the length of the tag at the start of src. A quote counts only where a value begins, as the HTML standard
// has it: <p title=it's> ends at its bracket.
func tagEnd(src []byte) int {
	value := false // after an equals sign
	for i := 1; i < len(src); i++ {
		switch c := src[i]; c {
		case '>':
			return i + 1
		case '=':
			value = true
		case ' ', '\t', '\n', '\r', '\f':
		case '"', '\'':
			if value {
				if end := bytes.IndexByte(src[i+1:], c); end >= 0 {
					i += end + 1
				}
			}
			value = false
		default:
			value = false
		}
	}
	return len(src)
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// lowerName returns the lower-case name at the start of a tag's inside; nothing for one too long to be of interest.
func lowerName(inside []byte) (name [8]byte, n int) {
	for n, c := range inside {
		switch {
		case c == ' ' || c == '>' || c == '/' || c == '\t' || c == '\n' || c == '\r' || c == '\f':
			return name, n
		case n == len(name):
			return name, 0
		}
		if name[n] = c; isLetter(c) {
			name[n] |= 0x20
		}
	}
	return name, 0
}

// inline reports whether a tag stands inside words: it ends none.
func inline(inside []byte) bool {
	if inside[0] == '/' {
		inside = inside[1:]
	}
	name, n := lowerName(inside)
	switch string(name[:n]) {
	case "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
		"kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tspan", "tt", "u",
		"var", "wbr":
		return true
	}
	return false
}
