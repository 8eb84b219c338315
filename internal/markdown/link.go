package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

func (r *reading) link(n ast.Node, l Link, dest []byte, ref *ast.ReferenceLink) {
	m, ok := r.marks.at(n, &r.near)
	if !ok {
		panic("markdown: a link without a mark")
	}
	l.Span = r.view.span(m.start, m.end)
	l.Destination, l.DestSpan = r.destination(dest)
	l.URL = plainText([]byte(l.Destination))
	if ref != nil {
		l.Ref, l.DestSpan = string(ref.Value), Span{}
	}
	if l.Title != "" {
		r.d.titles = append(r.d.titles, titleAt{l.Span.Start, l.Title})
	}
	if l.Image {
		r.attributes = append(r.attributes, Span{m.start, m.end})
	} else {
		r.attributes = append(r.attributes, Span{m.closing + 1, m.end})
	}
	words := len(r.d.runs)
	r.inlines(n)
	l.Text = plain(r.d.body, r.d.runs[words:])
	r.d.Links = append(r.d.Links, l)
}

func (r *reading) autoLink(n *ast.AutoLink) {
	m, ok := r.marks.at(n, &r.near)
	if !ok {
		panic("markdown: an autolink without a mark")
	}
	label := n.Label(r.src)
	l := Link{Auto: true, Span: r.view.span(m.start, m.end), Text: string(label)}
	l.Destination, l.DestSpan = r.destination(label)
	switch {
	case n.AutoLinkType == ast.AutoLinkEmail && !bytes.HasPrefix(bytes.ToLower(label), []byte("mailto:")):
		l.Destination = "mailto:" + l.Destination
	case len(n.Protocol) > 0:
		l.Destination = linkifyProtocol + "://" + l.Destination
	}
	l.URL = l.Destination
	off := r.offset(label)
	r.text(off, off+len(label), rawRun)
	r.attributes = append(r.attributes, Span{m.start, m.end})
	r.d.Links = append(r.d.Links, l)
}

// destination gives a destination as written, tags and all, and where.
func (r *reading) destination(dest []byte) (string, Span) {
	off := r.offset(dest)
	if off < 0 {
		return string(dest), Span{}
	}
	s := r.view.span(off, off+len(dest))
	return string(r.d.body[s.Start:s.End]), s
}

// offset finds where in the view Goldmark took a slice from, or -1. It takes slices of the source as long as no tab had
// to be split, and two slices of one array are as far apart as their capacities.
func (r *reading) offset(part []byte) int {
	off := cap(r.src) - cap(part)
	if len(part) == 0 || off < 0 || off+len(part) > len(r.src) || &r.src[off] != &part[0] {
		return -1
	}
	return off
}

// plainText resolves escapes and entities.
func plainText(b []byte) string {
	if bytes.IndexByte(b, '\\') < 0 && bytes.IndexByte(b, '&') < 0 {
		return string(b)
	}
	return string(util.ResolveEntityNames(util.ResolveNumericReferences(util.UnescapePunctuations(b))))
}
