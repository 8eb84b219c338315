package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
)

// readLightly reads the body with lightParser, and says whether fullParser would have found the same.
func (r *reading) readLightly() bool {
	addresses, bare := findAddresses(r.src)
	if bare || bytes.Contains(r.src, []byte("<<")) { // of which the typographer takes what would begin an autolink
		return false
	}
	r.read(lightParser)
	if r.fine {
		return false
	}
	// What stands in a link's tail, an autolink or in code never gets to the parser of bare addresses.
	covered := union(slices.Concat(r.attributes, r.codeSpans, r.codeBlocks))
	return !slices.ContainsFunc(addresses, func(s Span) bool { return !inside(covered, s) })
}

// startOver forgets what one reading found.
func (r *reading) startOver() {
	d := r.d
	d.Headings, d.Links, d.RawHTML, d.Definitions = nil, nil, nil, nil
	d.runs, d.titles, d.code = nil, nil, nil
	d.Problems = slices.DeleteFunc(d.Problems, func(p Problem) bool { return p.Kind == BadHeadingID })
	*r = reading{d: d, view: r.view, src: r.src, pairs: r.pairs, drop: r.drop, ids: map[string]bool{}}
}

// maxLocal is how long what stands before the @ of a bare e-mail address can be.
const maxLocal = 64

// findAddresses finds what might be a web or e-mail address. bare says that one begins a word, which makes it likely that
// it is to become a link of itself; then the places are not complete.
func findAddresses(src []byte) (places []Span, bare bool) {
	for _, sign := range []string{"http", "ftp:", "www.", "@"} {
		for at := 0; ; at++ {
			i := bytes.Index(src[at:], []byte(sign))
			if i < 0 {
				break
			}
			at += i
			word := at
			if sign == "@" {
				for word > max(0, at-maxLocal) && src[word-1] > ' ' && bytes.IndexByte([]byte("()<>[]:,;\"\\"), src[word-1]) < 0 {
					word--
				}
			}
			if word == 0 || src[word-1] <= ' ' {
				return nil, true
			}
			places = append(places, Span{word, at + 1})
		}
	}
	return places, false
}

// typographic says whether the id of a heading may depend on signs that the typographer turns into strings. Quotes, dots
// and angle brackets are no part of an id either way. Two dashes are, unless they become one; and where only the first
// node counts, below emphasis and links, it matters where a node ends.
func typographic(n *ast.Heading, text []byte) bool {
	if bytes.Contains(text, []byte("--")) {
		return true
	}
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c.HasChildren() && bytes.ContainsAny(text, `'".<>`) {
			return true
		}
	}
	return false
}
