package markdown

import (
	"bytes"
	"sort"
)

// A view is the body as Goldmark is to see it, and the way back to the body's own offsets.
//
// Passage tags are taken out, since that is what a cleared edition is rendered from: letters in their place would stop
// "_word_" beside them from being emphasis, and a blank line would not separate blocks. Every other tag becomes a run of
// letters as long as itself, which is what Hugo puts there while Goldmark runs. Of an escaped tag, {{</* … */>}}, the
// comment signs go.
type view struct {
	text   []byte
	pieces []piece // in order; nil when text is the body itself
}

type piece struct {
	body, view Span
	masked     bool // letters stand for it
}

// newView makes the view of a body. Line ends inside a passage, field, placeholder, ref or relref tag stay, as they do
// in what is rendered, see [Apply]; Hugo itself drops those inside other tags.
func newView(body []byte, tags []Shortcode) view {
	if len(tags) == 0 {
		return view{text: body}
	}
	v := view{text: make([]byte, 0, len(body)), pieces: make([]piece, 0, len(tags))}
	at := 0
	replace := func(s Span, text []byte, masked bool) {
		v.text = append(v.text, body[at:s.Start]...)
		from := len(v.text)
		v.text = append(v.text, text...)
		v.pieces = append(v.pieces, piece{body: s, view: Span{from, len(v.text)}, masked: masked})
		at = s.End
	}
	for _, t := range tags {
		switch {
		case t.Escaped:
			replace(Span{t.Span.Start + 3, t.Span.Start + 5}, nil, false)
			replace(Span{t.Span.End - 5, t.Span.End - 3}, nil, false)
		case t.Name == passage:
			replace(t.Span, lineEnds(body[t.Span.Start:t.Span.End]), false)
		case resolved[t.Name]:
			replace(t.Span, append(bytes.Repeat([]byte{'x'}, t.Span.Len()), lineEnds(body[t.Span.Start:t.Span.End])...), true)
		default:
			replace(t.Span, bytes.Repeat([]byte{'x'}, t.Span.Len()), true)
		}
	}
	v.text = append(v.text, body[at:]...)
	return v
}

// passage is the shortcode that marks what a flag can name.
const passage = "passage"

// resolved are the other shortcodes that are replaced before Hugo sees the body.
var resolved = map[string]bool{"field": true, "placeholder": true, "ref": true, "relref": true}

// lineEnds are the line ends among b.
func lineEnds(b []byte) []byte { return bytes.Repeat([]byte{'\n'}, bytes.Count(b, []byte{'\n'})) }

// span gives the bytes of the body that view bytes from a to b came from. An empty span stands behind any tag at its
// place.
func (v *view) span(a, b int) Span {
	s := Span{v.start(a), 0}
	if a >= b {
		s.End = s.Start
		return s
	}
	s.End = v.end(b)
	return s
}

// start gives the place in the body of the view byte at off.
func (v *view) start(off int) int {
	i := sort.Search(len(v.pieces), func(i int) bool { return v.pieces[i].view.Start > off }) - 1
	switch {
	case i < 0:
		return off
	case off < v.pieces[i].view.End:
		return v.pieces[i].body.Start
	default:
		return off - v.pieces[i].view.End + v.pieces[i].body.End
	}
}

// end gives the end in the body of the view byte before off.
func (v *view) end(off int) int {
	if off == 0 {
		return 0
	}
	i := sort.Search(len(v.pieces), func(i int) bool { return v.pieces[i].view.Start > off-1 }) - 1
	switch {
	case i < 0:
		return off
	case off-1 < v.pieces[i].view.End:
		return v.pieces[i].body.End
	default:
		return off - v.pieces[i].view.End + v.pieces[i].body.End
	}
}

// at gives the place in the view of an offset of the body: of a tag, the beginning of what stands for it.
func (v *view) at(off int) int {
	i := sort.Search(len(v.pieces), func(i int) bool { return v.pieces[i].body.Start > off }) - 1
	switch {
	case i < 0:
		return off
	case off < v.pieces[i].body.End:
		return v.pieces[i].view.Start
	default:
		return off - v.pieces[i].body.End + v.pieces[i].view.End
	}
}

// among calls f with the parts of the view between a and b that no tag stands in.
func (v *view) among(a, b int, f func(a, b int)) {
	i := sort.Search(len(v.pieces), func(i int) bool { return v.pieces[i].view.End > a })
	for ; i < len(v.pieces) && v.pieces[i].view.Start < b; i++ {
		p := v.pieces[i].view
		if p.Start > a {
			f(a, p.Start)
		}
		a = max(a, p.End)
	}
	if a < b {
		f(a, b)
	}
}
