package markdown

import (
	"bytes"
	"slices"
)

// readLightly reads the body with lightParser, and says whether fullParser would have found the same.
func (r *reading) readLightly() bool {
	addresses, bare := findAddresses(r.src)
	if bare {
		return false
	}
	r.read(lightParser(r.src))
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
