package leak

import (
	"bytes"
	"cmp"
	"hash/maphash"
	"net/url"
	"slices"
	"sync"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth bounds how many layers of encoding are undone: a page's text, twice escaped, holding base64, holding markup.
const maxDepth = 7

// shortText is the length below which a pattern turns up by chance in compressed data, and is believed only where its
// surroundings read as text.
const shortText = 6

// scan is the state of one search: the views that it makes, and what it found.
type scan struct {
	m      *Matcher
	hits   map[int32]Hit
	folded folded
	spare  [][]byte // buffers that no view uses
	run    []byte   // for decodeBase64
	seen   map[uint64]bool
	seed   maphash.Seed

	// found and prose are what the tables call, made once for a scan.
	found func(p *pattern, from, to int)
	prose func(prose int32, word, from, to int)
	name  string // the view that is being searched, its text and where that comes from
	src   []byte
	from  origin
	valid int // whether src is UTF-8: 0 unknown, 1 yes, 2 no
}

// origin says where the bytes of a view stand in the text given to Text.
type origin struct {
	known bool
	at    []int32 // by byte; nil where they are the text itself
}

// where turns a range of the view into a range of the text given.
func (o origin) where(start, end int) (int, int) {
	switch {
	case !o.known:
		return -1, -1
	case o.at == nil:
		return start, end
	}
	return int(o.at[start]), int(o.at[end-1]) + 1
}

// compact takes the filler out of a view that was kept as long as the one it was made from.
func (o origin) compact(view []byte) ([]byte, origin) {
	if !o.known {
		return view, o
	}
	out, at := view[:0], make([]int32, 0, len(view))
	for i, c := range view {
		if c == filler {
			continue
		}
		out = append(out, c)
		if o.at == nil {
			at = append(at, int32(i))
		} else {
			at = append(at, o.at[i])
		}
	}
	return out, origin{true, at}
}

var scans = sync.Pool{New: func() any {
	s := &scan{hits: map[int32]Hit{}, seen: map[uint64]bool{}, seed: maphash.MakeSeed()}
	s.found, s.prose = s.addPattern, s.addProse
	return s
}}

func (m *Matcher) newScan() *scan {
	s := scans.Get().(*scan)
	s.m = m
	return s
}

// end returns what was found, sorted by entry, and gives the scan back.
func (s *scan) end() []Hit {
	var out []Hit
	for _, h := range s.hits {
		out = append(out, h)
	}
	slices.SortFunc(out, func(a, b Hit) int { return cmp.Compare(a.Entry, b.Entry) })
	clear(s.hits)
	clear(s.seen)
	s.m, s.src = nil, nil
	scans.Put(s)
	return out
}

// take lends a buffer; give takes it back.
func (s *scan) take() []byte {
	if n := len(s.spare); n > 0 {
		b := s.spare[n-1]
		s.spare = s.spare[:n-1]
		return b[:0]
	}
	return nil
}

func (s *scan) give(bs ...[]byte) { s.spare = append(s.spare, bs...) }

// match searches one text as it stands.
func (s *scan) match(name string, src []byte, from origin) {
	s.matchValues(name, src, from)
	if len(s.m.runs.pieces) > 0 {
		s.m.runs.find(&s.folded, s.prose)
	}
}

// matchValues searches one text for everything but stretches of prose.
func (s *scan) matchValues(name string, src []byte, from origin) {
	s.name, s.src, s.from, s.valid = name, src, from, 0
	s.folded.fold(src)
	s.m.values.find(&s.folded, s.found)
}

func (s *scan) addPattern(p *pattern, from, to int) {
	if len(p.text) < shortText && !s.has(p) && !s.believable(from, to) {
		return
	}
	for _, o := range p.owners {
		s.add(o.entry, o.part, from, to)
	}
}

// has reports whether all that a pattern stands for was found before.
func (s *scan) has(p *pattern) bool {
	return !slices.ContainsFunc(p.owners, func(o owner) bool {
		h, ok := s.hits[o.entry]
		return !ok || h.Part && !o.part
	})
}

func (s *scan) addProse(prose int32, _, from, to int) {
	for _, entry := range s.m.runs.proses[prose] {
		s.add(entry, false, from, to)
	}
}

func (s *scan) add(entry int32, part bool, from, to int) {
	if old, ok := s.hits[entry]; ok && (part || !old.Part) {
		return
	}
	h := Hit{Entry: int(entry), Part: part, Start: -1, End: -1, View: s.name}
	if s.from.known {
		h.Start, h.End = s.from.where(locate(s.src, from, to))
	}
	s.hits[entry] = h
}

// believable reports whether what stands around a short find is text: in a compressed image, four letters between two
// bytes that are none turn up by chance.
func (s *scan) believable(from, to int) bool {
	if s.valid == 0 {
		s.valid = 1
		if !utf8.Valid(s.src) {
			s.valid = 2
		}
	}
	if s.valid == 1 {
		return true
	}
	start, end := locate(s.src, from, to)
	return texty(s.src[max(0, start-4):min(len(s.src), end+4)])
}

// view searches a text, and what is left of it after undoing whatever it seems to be encoded with.
func (s *scan) view(name string, src []byte, from origin, depth int) {
	if len(src) == 0 {
		return
	}
	if depth > 0 {
		// Decoders often agree: a text without markup is its own text.
		sum := maphash.Bytes(s.seed, src)
		if s.seen[sum] {
			return
		}
		s.seen[sum] = true
	}
	s.match(name, src, from)
	s.undo(name, src, from, depth)
}

// undo searches what src stands for, and not src.
func (s *scan) undo(name string, src []byte, from origin, depth int) {
	if depth == maxDepth {
		return
	}
	s.wide(name, src, from, depth)
	if !from.known && !utf8.Valid(src) {
		b := stretches(s.take(), src)
		defer func() { s.give(b) }()
		src = b
	}
	if hasMarkup(src) {
		s.markup(name, src, from, depth)
	}
	if escaped(src, scripts) {
		s.decoded(name, src, scripts, from, depth)
		if bytes.IndexByte(src, '\\') >= 0 {
			s.decoded(name, src, styles, from, depth)
		}
	}
	b := decodeBase64(s.take(), src, &s.run)
	s.view("base64", b, origin{}, depth+1)
	s.give(b)
}

// decoded searches a text with one layer of escapes undone.
func (s *scan) decoded(name string, src []byte, how syntax, from origin, depth int) {
	b := decode(s.take(), src, how, from.known)
	text, of := from.compact(b)
	s.view(name, text, of, depth+1)
	s.give(b)
}

// markup searches HTML or XML taken apart.
func (s *scan) markup(name string, src []byte, from origin, depth int) {
	m := markup{s.take(), s.take(), s.take()}
	m.split(src, from.known)
	if depth == 0 {
		name = "text"
	}
	text, of := from.compact(m.text)
	s.view(name, text, of, depth+1)
	s.view("attribute", m.tags, origin{}, depth+1)
	s.view("script, style or comment", m.code, origin{}, depth+1)
	s.give(m.text, m.tags, m.code)
}

// hasMarkup reports whether a tag, a comment or a declaration may stand in src.
func hasMarkup(src []byte) bool {
	for {
		i := bytes.IndexByte(src, '<')
		if i < 0 || i+1 == len(src) {
			return false
		}
		src = src[i+1:]
		if c := src[0]; isLetter(c) || c == '/' || c == '!' || c == '?' {
			return true
		}
	}
}

// wide searches text in UTF-16, and text with NUL bytes between its letters.
func (s *scan) wide(name string, src []byte, from origin, depth int) {
	mark := bytes.HasPrefix(src, []byte{0xff, 0xfe}) || bytes.HasPrefix(src, []byte{0xfe, 0xff})
	if bytes.IndexByte(src, 0) < 0 && !mark {
		return
	}
	b := s.take()
	for _, c := range src {
		switch {
		case c != 0:
			b = append(b, c)
		case from.known:
			b = append(b, filler)
		}
	}
	text, of := from.compact(b)
	s.view(name, text, of, depth+1)
	if b = b[:0]; mark {
		b = appendUTF16(b, src)
		s.view(name, b, origin{}, depth+1)
	}
	s.give(b)
}

func appendUTF16(dst, src []byte) []byte {
	low, high := 0, 1
	if src[0] == 0xfe {
		low, high = 1, 0
	}
	var units []uint16
	for ; len(src) >= 2; src = src[2:] {
		units = append(units, uint16(src[high])<<8|uint16(src[low]))
	}
	for _, r := range utf16.Decode(units) {
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// path searches a file's name, as it stands and as a browser shows it.
func (s *scan) path(path string) {
	const name = "file name"
	s.view(name, []byte(path), origin{}, 1)
	if plain, err := url.PathUnescape(path); err == nil && plain != path {
		s.view(name, []byte(plain), origin{}, 1)
	}
}
