package glossary

import (
	"bytes"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"
)

// closed are elements whose words are left alone: headings and links, what is code or a figure, what somebody else has said,
// captions and controls. Their end tags are never omitted.
var closed = map[string]bool{"h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true, "a": true, "code": true, "pre": true, "kbd": true,
	"samp": true, "q": true, "blockquote": true, "cite": true, "button": true, "label": true, "select": true, "textarea": true, "form": true, "nav": true,
	"svg": true, "math": true, "script": true, "style": true, "template": true, "caption": true, "figcaption": true, "summary": true, "noscript": true}

// long is the size in bytes from which a page does not carry the meanings as well: its words lead to the glossary page, so
// that page and style sheet stay under 50 kB.
const long = 25_000

// Annotate explains the first use of each term in the element with data-text="body". A page without one, or without a term,
// comes back as it is. briefly is for pages whose text other things follow, such as the home page: their words lead to the
// glossary page, as those of long pages do. The meanings stand at the end of that element, or in a div behind it that has
// the attribute data-terms.
func (g *Glossary) Annotate(page []byte, briefly bool) []byte {
	if g == nil || len(g.begin) == 0 {
		return page
	}
	start := bytes.Index(page, []byte("data-text=body"))
	if start < 0 {
		start = bytes.Index(page, []byte(`data-text="body"`))
	}
	if start < 0 || bytes.LastIndexByte(page[:start], '<') < 0 {
		return page
	}
	name := tagName(page[bytes.LastIndexByte(page[:start], '<')+1:])
	at := tagEnd(page, start)
	a := annotator{g: g, page: page, seen: make([]bool, len(g.Terms)), long: briefly || len(page) > long}
	end := a.walk(at, name)
	if len(a.used) == 0 {
		return page
	}
	a.out = append(a.out, page[a.from:end]...)
	if a.long {
		return append(a.out, page[end:]...)
	}
	rest := page[end:]
	if i := bytes.Index(rest, []byte("<div data-terms")); i >= 0 {
		i = tagEnd(rest, i)
		a.out, rest = append(a.out, rest[:i]...), rest[i:]
	}
	a.out = append(a.out, g.notes(a.used)...)
	return append(a.out, rest...)
}

type annotator struct {
	g    *Glossary
	page []byte
	out  []byte
	from int // of the page, what is not in out yet
	long bool
	seen []bool
	used []int
}

// walk goes through the text of an element of this name from behind its start tag, and returns where the meanings go: before
// the first part that is no text of the page's, or before the element's end tag.
func (a *annotator) walk(at int, name string) int {
	depth := 1
	for at < len(a.page) {
		open := bytes.IndexByte(a.page[at:], '<')
		if open < 0 {
			return len(a.page)
		}
		a.text(at, at+open)
		tag := at + open
		end := tagEnd(a.page, tag)
		whole := a.page[tag:end]
		at = end
		switch n := tagName(whole[1:]); {
		case len(whole) > 1 && whole[1] == '/':
			if string(whole[2:min(len(whole), 2+len(name))]) == name {
				if depth--; depth == 0 {
					return tag
				}
			}
		case bytes.Contains(whole, []byte("data-text=")):
			if bytes.Contains(whole, []byte("data-text=none")) || bytes.Contains(whole, []byte(`data-text="none"`)) {
				if n != "span" && depth == 1 {
					return tag
				}
			}
			at = a.skip(end, n)
		case closed[n], n != "p" && set(whole, "withheld", "gap", "slots", "limits"):
			at = a.skip(end, n)
		case n == "p" && set(whole, "withheld"):
			if next := bytes.IndexByte(a.page[end:], '<'); next >= 0 {
				at = end + next
			}
		case n == name:
			depth++
		}
	}
	return len(a.page)
}

// set reports whether a start tag has one of the classes.
func set(tag []byte, classes ...string) bool {
	i := bytes.Index(tag, []byte("class="))
	if i < 0 {
		return false
	}
	value := string(tag[i+len("class="):])
	if value != "" && value[0] == '"' {
		value, _, _ = strings.Cut(value[1:], `"`)
	} else {
		value = strings.FieldsFunc(value+" ", func(r rune) bool { return r == ' ' || r == '>' })[0]
	}
	for _, c := range strings.Fields(value) {
		for _, want := range classes {
			if c == want {
				return true
			}
		}
	}
	return false
}

// skip returns what stands behind the end tag of an element, from behind its start tag.
func (a *annotator) skip(at int, name string) int {
	for depth := 1; at < len(a.page); {
		open := bytes.IndexByte(a.page[at:], '<')
		if open < 0 {
			return len(a.page)
		}
		tag := at + open
		end := tagEnd(a.page, tag)
		rest := a.page[tag+1 : end]
		if len(rest) > 0 && rest[0] == '/' && tagName(rest[1:]) == name {
			if depth--; depth == 0 {
				return end
			}
		} else if tagName(rest) == name {
			depth++
		}
		at = end
	}
	return len(a.page)
}

// text explains terms in a stretch of text.
func (a *annotator) text(from, to int) {
	for i := from; i+1 < to; {
		end := wordEnd(a.page, i, to)
		if end == i {
			_, n := utf8.DecodeRune(a.page[i:to])
			i += n
			continue
		}
		if a.g.heads[int(a.page[i])<<8|int(a.page[i+1])] && starts(a.page, i) {
			if f, n := a.match(i, to); n > 0 {
				a.explain(f, i, n)
				i += n
				continue
			}
		}
		i = end
	}
}

// plain holds what of ASCII belongs to a word.
var plain = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = letter(rune(c))
	}
	return t
}()

// wordEnd returns where the letters that begin at i end, i itself if there are none.
func wordEnd(page []byte, i, to int) int {
	for i < to {
		if c := page[i]; c < utf8.RuneSelf {
			if !plain[c] {
				break
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(page[i:to])
		if !letter(r) {
			break
		}
		i += n
	}
	return i
}

func letter(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '\'' || r == '’'
}

// starts reports whether a word begins at an offset.
func starts(page []byte, i int) bool {
	r, _ := utf8.DecodeRune(page[i:])
	if !unicode.IsLetter(r) {
		return false
	}
	before, _ := utf8.DecodeLastRune(page[:i])
	return !letter(before) && before != '&' && before != '/' && before != '@' && before != '.'
}

// match finds a form of a term that has not been explained yet, at the beginning of a word.
func (a *annotator) match(i, to int) (term, n int) {
	for _, f := range a.g.begin[[2]byte{a.page[i], a.page[i+1]}] {
		end := i + len(f.text)
		if end > to {
			continue
		}
		got := a.page[i:end]
		if string(got) != f.text && (f.same || !strings.EqualFold(string(got), f.text)) {
			continue
		}
		if r, _ := utf8.DecodeRune(a.page[end:]); letter(r) {
			continue
		}
		if a.seen[f.term] {
			return f.term, 0
		}
		return f.term, end - i
	}
	return 0, 0
}

// explain links a word to its meaning, and writes out an abbreviation that the page has not written out before it or right
// behind it.
func (a *annotator) explain(term, at, n int) {
	t := a.g.Terms[term]
	a.seen[term] = true
	a.used = append(a.used, term)
	a.out = append(a.out, a.page[a.from:at]...)
	if a.long {
		a.out = append(a.out, `<a class=term href=`+a.g.page+`#`+t.Key+`>`...)
	} else {
		a.out = append(a.out, `<a class=term id=c-u-`+t.Key+` href=#c-g-`+t.Key+`>`...)
	}
	a.out = append(a.out, a.page[at:at+n]...)
	a.out = append(a.out, `</a>`...)
	a.from = at + n
	if t.Expands == "" {
		return
	}
	near := strings.ToLower(html.UnescapeString(string(a.page[:min(len(a.page), at+n+len(t.Expands)+8)])))
	if body := strings.LastIndex(near, "<main"); body >= 0 {
		near = near[body:]
	}
	if !strings.Contains(near, strings.ToLower(t.Expands)) {
		a.out = append(a.out, ` <span class=expands data-text=none>(`+html.EscapeString(t.Expands)+`)</span>`...)
	}
}

// tagEnd returns what stands behind the tag that an offset lies in.
func tagEnd(page []byte, at int) int {
	var quote byte
	for ; at < len(page); at++ {
		switch c := page[at]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return at + 1
		}
	}
	return len(page)
}

func tagName(tag []byte) string {
	i := 0
	for i < len(tag) && (tag[i] >= 'a' && tag[i] <= 'z' || tag[i] >= 'A' && tag[i] <= 'Z' || tag[i] >= '0' && tag[i] <= '9') {
		i++
	}
	return strings.ToLower(string(tag[:i]))
}
