package webcheck

import (
	"bytes"

	"golang.org/x/net/html"
)

// lexer cuts HTML, SVG and XML into tokens, as section 13.2.5 of the HTML standard does, without copying. It is our own
// because every byte of every page goes through it: x/net/html's tokenizer alone took as long as the whole scan does now.
// That one stands in the tests as the measure of this one.
type lexer struct {
	src []byte
	pos int

	name      []byte // of a tag, in small letters
	attrs     []attr
	selfClose bool
	data      []byte // of text or a comment, as it stands in the source
	escaped   bool   // whether character references count in data

	raw     []byte // the element whose text is read up to its end tag
	xml     bool   // no element's text is raw, names may have prefixes
	foreign bool   // inside SVG or MathML
}

type attr struct{ key, val []byte }

type tokenKind int

const (
	endOfFile tokenKind = iota
	textToken
	startTag
	endTag
	commentToken // comments, doctypes, processing instructions: data holds what stands between "<" and ">"
)

func (l *lexer) next() tokenKind {
	for {
		if l.pos >= len(l.src) {
			return endOfFile
		}
		if l.raw != nil {
			if l.rawText() {
				return textToken
			}
			continue
		}
		start := l.pos
		// Text goes up to a "<" that begins something.
		p := start
		for {
			i := bytes.IndexByte(l.src[p:], '<')
			if i < 0 {
				p = len(l.src)
				break
			}
			p += i
			if p+1 < len(l.src) && (isLetter(l.src[p+1]) || l.src[p+1] == '!' || l.src[p+1] == '?' ||
				l.src[p+1] == '/' && p+2 < len(l.src)) {
				break
			}
			p++
		}
		if p > start {
			l.data, l.escaped, l.pos = l.src[start:p], true, p
			return textToken
		}
		if k, ok := l.markup(); ok {
			return k
		}
	}
}

// markup reads what begins with the "<" at pos. It is false for what vanishes without a trace.
func (l *lexer) markup() (tokenKind, bool) {
	s := l.src[l.pos:]
	switch c := s[1]; {
	case isLetter(c):
		if !l.tag(l.pos + 1) {
			return 0, false
		}
		if !l.xml && !l.foreign && isRaw(l.name) {
			l.raw = l.name
		}
		return startTag, true
	case c == '/' && isLetter(s[2]):
		return endTag, l.tag(l.pos + 2)
	case c == '/' && s[2] == '>':
		l.pos += 3
		return 0, false
	case bytes.HasPrefix(s, []byte("<!--")):
		l.comment(s)
		return commentToken, true
	case (l.foreign || l.xml) && bytes.HasPrefix(s, []byte("<![CDATA[")):
		body := s[len("<![CDATA["):]
		if i := bytes.Index(body, []byte("]]>")); i >= 0 {
			l.data = body[:i]
			l.pos += len("<![CDATA[") + i + 3
		} else {
			l.data = body
			l.pos = len(l.src)
		}
		l.escaped = false
		return textToken, len(l.data) > 0
	}
	end := bytes.IndexByte(s, '>')
	if l.xml && s[1] == '!' { // the internal subset of a doctype has ">" inside its brackets
		if b := bytes.IndexByte(s, '['); b >= 0 && b < end {
			if e := bytes.Index(s[b:], []byte("]")); e >= 0 {
				if g := bytes.IndexByte(s[b+e:], '>'); g >= 0 {
					end = b + e + g
				}
			}
		}
	}
	if end < 0 {
		end = len(s) - 1
		l.data = s[1:]
	} else {
		l.data = s[1:end]
	}
	l.pos += end + 1
	return commentToken, true
}

// comment ends at "-->", "--!>", or at once in "<!-->" and "<!--->".
func (l *lexer) comment(s []byte) {
	if bytes.HasPrefix(s, []byte("<!-->")) || bytes.HasPrefix(s, []byte("<!--->")) {
		l.data = nil
		l.pos += bytes.IndexByte(s, '>') + 1
		return
	}
	for p := 4; ; {
		i := bytes.Index(s[p:], []byte("--"))
		if i < 0 {
			l.data = s[4:]
			l.pos = len(l.src)
			return
		}
		p += i
		rest := s[p+2:]
		switch {
		case len(rest) > 0 && rest[0] == '>':
			l.data = s[4:p]
			l.pos += p + 3
			return
		case len(rest) > 1 && rest[0] == '!' && rest[1] == '>':
			l.data = s[4:p]
			l.pos += p + 4
			return
		}
		p++
	}
}

// tag reads a name and its attributes. It is false if the file ends inside: then browsers drop the tag.
func (l *lexer) tag(p int) bool {
	s := l.src
	start := p
	for p < len(s) && !isSpace(s[p]) && s[p] != '/' && s[p] != '>' {
		p++
	}
	l.name = lower(s[start:p])
	if l.xml {
		if i := bytes.LastIndexByte(l.name, ':'); i >= 0 {
			l.name = l.name[i+1:]
		}
	}
	l.attrs = l.attrs[:0]
	l.selfClose = false
	for {
		for p < len(s) && (isSpace(s[p]) || s[p] == '/') {
			p++
		}
		if p >= len(s) {
			l.pos = p
			return false
		}
		if s[p] == '>' {
			l.selfClose = s[p-1] == '/'
			l.pos = p + 1
			return true
		}
		start := p
		p++ // an equals sign in the first place belongs to the name
		for p < len(s) && !isSpace(s[p]) && s[p] != '/' && s[p] != '>' && s[p] != '=' {
			p++
		}
		a := attr{key: lower(s[start:p])}
		for p < len(s) && isSpace(s[p]) {
			p++
		}
		if p < len(s) && s[p] == '=' {
			p++
			for p < len(s) && isSpace(s[p]) {
				p++
			}
			if p >= len(s) {
				l.pos = p
				return false
			}
			switch q := s[p]; q {
			case '"', '\'':
				i := bytes.IndexByte(s[p+1:], q)
				if i < 0 {
					l.pos = len(s)
					return false
				}
				a.val = s[p+1 : p+1+i]
				p += i + 2
			default:
				start := p
				for p < len(s) && !isSpace(s[p]) && s[p] != '>' {
					p++
				}
				a.val = s[start:p]
			}
			if bytes.IndexByte(a.val, '&') >= 0 {
				a.val = unescapeAttr(a.val)
			}
		}
		l.attrs = append(l.attrs, a)
	}
}

// attr is the value of an attribute, and whether the tag has it. Of two with one name the first counts.
func (l *lexer) attr(key string) ([]byte, bool) {
	for i := range l.attrs {
		if string(l.attrs[i].key) == key {
			return l.attrs[i].val, true
		}
	}
	return nil, false
}

// rawText reads the text of a raw element up to its end tag, which stays for the next call. It is false if there is none.
func (l *lexer) rawText() bool {
	end := len(l.src)
	if string(l.raw) != "plaintext" {
		end = l.rawEnd()
	}
	l.data, l.escaped = l.src[l.pos:end], string(l.raw) == "title" || string(l.raw) == "textarea"
	l.pos, l.raw = end, nil
	return len(l.data) > 0
}

// rawEnd finds the end tag of the raw element. Inside a script, "<!--" with "<script" after it hides one end tag.
func (l *lexer) rawEnd() int {
	s := l.src
	script := string(l.raw) == "script"
	comment, nested := false, false
	for p := l.pos; p < len(s); p++ {
		if comment {
			i := bytes.IndexAny(s[p:], "<-")
			if i < 0 {
				break
			}
			p += i
			if s[p] == '-' {
				if bytes.HasPrefix(s[p:], []byte("-->")) {
					comment, nested = false, false
				}
				continue
			}
		} else {
			i := bytes.IndexByte(s[p:], '<')
			if i < 0 {
				break
			}
			p += i
		}
		switch {
		case script && !comment && bytes.HasPrefix(s[p:], []byte("<!--")):
			comment = true
			p++ // "<!-->" closes what it opens
		case p+1 < len(s) && s[p+1] == '/' && tagNamed(s[p+2:], l.raw):
			if !nested {
				return p
			}
			nested = false
		case comment && tagNamed(s[p+1:], l.raw):
			nested = true
		}
	}
	return len(s)
}

// tagNamed reports whether s begins with a tag's whole name.
func tagNamed(s, name []byte) bool {
	if len(s) <= len(name) || !bytes.EqualFold(s[:len(name)], name) {
		return false
	}
	c := s[len(name)]
	return isSpace(c) || c == '/' || c == '>'
}

func isRaw(name []byte) bool {
	switch string(name) {
	case "script", "style", "title", "textarea", "iframe", "noembed", "noframes", "xmp", "plaintext":
		return true
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isAlnum(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' }

func isSpace(c byte) bool { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' }

// lower is b in small ASCII letters; it is b itself where it is so already.
func lower(b []byte) []byte {
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			out := bytes.Clone(b)
			for ; i < len(out); i++ {
				if c := out[i]; c >= 'A' && c <= 'Z' {
					out[i] = c + 'a' - 'A'
				}
			}
			return out
		}
	}
	return b
}

// unescape replaces character references in text.
func unescape(b []byte) []byte {
	if bytes.IndexByte(b, '&') < 0 {
		return b
	}
	return []byte(html.UnescapeString(string(b)))
}

// unescapeAttr is unescape for attributes, where a name without a semicolon stays if letters, digits or an equals sign
// follow: "?a=1&copy=2".
func unescapeAttr(b []byte) []byte {
	out := make([]byte, 0, len(b))
	for len(b) > 0 {
		i := bytes.IndexByte(b, '&')
		if i < 0 {
			return append(out, b...)
		}
		out = append(out, b[:i]...)
		b = b[i:]
		n := 1
		for n < len(b) && (isAlnum(b[n]) || b[n] == '#' && n == 1) {
			n++
		}
		named := n > 1 && b[1] != '#'
		switch {
		case n < len(b) && b[n] == ';':
			n++
			r := html.UnescapeString(string(b[:n]))
			if named && r[len(r)-1] == ';' { // an unknown name, of which only the beginning is known: "&notit;"
				r = string(b[:n])
			}
			out = append(out, r...)
		case named && n < len(b) && b[n] == '=':
			out = append(out, b[:n]...)
		case named:
			r := html.UnescapeString(string(b[:n]))
			if isAlnum(r[len(r)-1]) {
				r = string(b[:n])
			}
			out = append(out, r...)
		default:
			out = append(out, html.UnescapeString(string(b[:n]))...)
		}
		b = b[n:]
	}
	return out
}
