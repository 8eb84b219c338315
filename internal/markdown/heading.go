package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

func (r *reading) heading(n *ast.Heading) {
	h := Heading{Level: n.Level, Nested: n.Parent() != nil && n.Parent().Kind() != ast.KindDocument}
	start, content := n.Pos(), Span{n.Pos(), n.Pos()}
	if lines := n.Lines(); lines.Len() > 0 {
		content = Span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
		start = content.Start
		for start > 0 && (r.src[start-1] == ' ' || r.src[start-1] == '\t') {
			start--
		}
	}
	setext := r.isSetext(n)
	if setext {
		start = content.Start
	} else {
		for start > 0 && r.src[start-1] == '#' {
			start--
		}
	}
	r.gap(content.Start, blockRun)
	words := len(r.d.runs)
	r.inlines(n)
	h.Text = plain(r.d.body, r.d.runs[words:])
	if len(r.pairs) > 0 {
		r.leaves = append(r.leaves, leaf{n, content})
	}

	// From here on in the body, where tags may stand at either end of the text.
	body := r.d.body
	h.Content = Span{r.view.end(content.Start), len(body)}
	textEnd := r.lineEnd(content.End)
	lineEnd := len(body)
	if textEnd < len(r.src) {
		lineEnd = r.view.start(textEnd)
	}
	h.Content.End = lineEnd
	if content.End < textEnd {
		h.Content.End = r.view.start(content.End)
	}
	h.AttrAt = len(bytes.TrimRight(body[:lineEnd], " \t\r"))
	if brace := bytes.IndexByte(r.src[content.End:textEnd], '{'); brace >= 0 {
		h.AttrAt, h.InAttrs = r.view.start(content.End+brace)+1, true
	}
	h.Span = Span{r.wholeLine(start), min(lineEnd+1, len(body))}
	if setext && h.Span.End < len(body) {
		underline := bytes.IndexByte(body[h.Span.End:], '\n')
		if h.Span.End += underline + 1; underline < 0 {
			h.Span.End = len(body)
		}
	}
	r.headingID(n, &h)
	r.d.Headings = append(r.d.Headings, h)
}

// isSetext says whether a heading is underlined instead of standing behind a #.
func (r *reading) isSetext(n *ast.Heading) bool {
	if n.Lines().Len() == 0 {
		return false
	}
	before := bytes.TrimRight(r.src[:n.Lines().At(0).Start], " \t")
	return len(before) == 0 || before[len(before)-1] != '#'
}

// wholeLine gives the place in the body of what begins at off in the view, tags before it included: the beginning of its
// line, if only spaces stand before it there.
func (r *reading) wholeLine(off int) int {
	at := r.view.end(off)
	begin := bytes.LastIndexByte(r.d.body[:at], '\n') + 1
	if len(bytes.TrimLeft(r.d.body[begin:at], " \t")) == 0 {
		return begin
	}
	return at
}

// headingID follows markup/goldmark/internal/extensions/attributes in Hugo. Headings come in the order of the syntax tree,
// where all footnotes stand at the place of the first.
func (r *reading) headingID(n *ast.Heading, h *Heading) {
	if id, written := n.AttributeString("id"); written {
		b, ok := id.([]byte)
		if !ok || len(b) == 0 {
			r.d.Problems = append(r.d.Problems, Problem{Kind: BadHeadingID, Span: h.Span, Message: "the id of a heading is not a word", Hint: "write it as {#some-words} at the end of the heading's line"})
			return
		}
		h.ID, h.Explicit = string(b), true
		r.ids[h.ID] = true
		return
	}
	if text := r.idText(n, r.drop); len(text) > 0 || len(r.idText(n, nil)) > 0 {
		h.ID = r.newID(text)
	}
}

// newID turns the text of a heading into an id that is not in use (markup/goldmark/autoid.go in Hugo, type "github").
func (r *reading) newID(text []byte) string {
	var b []byte
	for _, c := range string(bytes.TrimSpace(text)) {
		switch {
		case c == '-' || c == ' ':
			b = append(b, '-')
		case c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c):
			b = utf8.AppendRune(b, unicode.ToLower(c))
		}
	}
	if len(b) == 0 {
		b = []byte("heading")
	}
	id := string(b)
	if r.ids[id] {
		if r.lastNumber == nil {
			r.lastNumber = map[string]int{}
		}
		for i := r.lastNumber[id] + 1; ; i++ {
			numbered := id + "-" + strconv.Itoa(i)
			if !r.ids[numbered] {
				r.lastNumber[id] = i
				id = numbered
				break
			}
		}
	}
	r.ids[id] = true
	return id
}

// idText is the text that Hugo makes a heading's id of: that of the nodes right below the heading, and of each of those
// that has nodes below it only the first one's. It is Hugo's way, odd as it is ("## **a `b`**" has the id "a"); in a
// heading of several lines the last one counts.
func (r *reading) idText(n *ast.Heading, drop []Span) []byte {
	var b []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b = r.appendIDText(b, c, drop)
	}
	b = util.ResolveEntityNames(b)
	if n.Lines().Len() > 1 {
		b = b[bytes.LastIndexByte(b, '\n')+1:]
	}
	return b
}

func (r *reading) appendIDText(b []byte, c ast.Node, drop []Span) []byte {
	switch c := c.(type) {
	case nil, *ast.RawHTML:
	case *ast.String:
		if at := typographicSpan(c).Start; len(without(Span{at, at + 1}, drop)) > 0 {
			b = append(b, c.Value...)
		}
	case *ast.Text:
		for _, s := range without(Span{c.Segment.Start, c.Segment.Stop}, drop) {
			b = append(b, r.src[s.Start:s.End]...)
		}
		if c.SoftLineBreak() || c.HardLineBreak() {
			b = append(b, '\n')
		}
	default:
		b = r.appendIDText(b, c.FirstChild(), drop)
	}
	return b
}

// findDropped finds what of the view is no part of ids: what stands for tags, and the text inside passages.
func (r *reading) findDropped() {
	for _, p := range r.view.pieces {
		if p.masked {
			r.drop = append(r.drop, p.view)
		}
	}
	for _, p := range r.pairs {
		inner := r.d.Shortcodes[p.open].Inner
		r.drop = append(r.drop, Span{r.view.at(inner.Start), r.view.at(inner.End)})
	}
	r.drop = union(r.drop)
}

// union sorts spans and makes one of those that overlap or touch.
func union(spans []Span) []Span {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b Span) int { return a.Start - b.Start })
	var merged []Span
	for _, s := range spans {
		if n := len(merged); n > 0 && s.Start <= merged[n-1].End {
			merged[n-1].End = max(merged[n-1].End, s.End)
		} else if s.Len() > 0 {
			merged = append(merged, s)
		}
	}
	return merged
}

// without gives the parts of s that none of the spans in drop, sorted and apart, covers.
func without(s Span, drop []Span) []Span {
	if len(drop) == 0 {
		return []Span{s}
	}
	var parts []Span
	i, _ := slices.BinarySearchFunc(drop, s.Start, func(d Span, at int) int { return d.End - at - 1 })
	for ; i < len(drop) && drop[i].Start < s.End; i++ {
		if drop[i].Start > s.Start {
			parts = append(parts, Span{s.Start, drop[i].Start})
		}
		s.Start = max(s.Start, drop[i].End)
	}
	if s.Start < s.End {
		parts = append(parts, s)
	}
	return parts
}

// Section finds the section that begins with the heading of an id: the heading and everything to the next heading of the
// same or a higher rank, or to the end of the body. found is the number of headings with that id; the span is that of the
// first.
func (d *Document) Section(id string) (s Span, found int) {
	for i, h := range d.Headings {
		if h.ID != id || id == "" {
			continue
		}
		if found++; found == 1 {
			s = d.SectionOf(i)
		}
	}
	return s, found
}

// SectionOf gives the section that a heading, by its index in Headings, begins.
func (d *Document) SectionOf(heading int) Span {
	s := Span{d.Headings[heading].Span.Start, len(d.body)}
	if next, ok := d.SectionEnd(heading); ok {
		// From the beginning of its line: what quote or list it stands in is not the withheld text's.
		s.End = bytes.LastIndexByte(d.body[:next.Span.Start], '\n') + 1
	}
	return s
}

// SectionEnd is the heading that ends the section of a heading, by its index in Headings. ok is false where the section goes
// on to the end of the body.
func (d *Document) SectionEnd(heading int) (next Heading, ok bool) {
	for _, next := range d.Headings[heading+1:] {
		if next.Level <= d.Headings[heading].Level {
			return next, true
		}
	}
	return Heading{}, false
}

// PinIDs makes the edits that write every heading's id into the body as {#id}, so that it stays what it is over the whole
// source when text is withheld. Headings whose id is written already need none, nor does one without text.
func (d *Document) PinIDs() []Edit {
	var edits []Edit
	for _, h := range d.Headings {
		if h.Explicit || h.ID == "" {
			continue
		}
		text := " {#" + h.ID + "}"
		if h.InAttrs {
			text = "#" + h.ID + " "
		}
		edits = append(edits, Edit{Span: Span{h.AttrAt, h.AttrAt}, Text: text})
	}
	return edits
}
