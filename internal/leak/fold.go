package leak

import (
	"encoding/binary"
	"sync"
	"unicode/utf8"
)

// What stands between a folded byte and the one before it. A value may begin and end at strict and soft boundaries; a
// word of prose only at strict ones; a long number at a change from letter to digit too ("tel01632960001").
const (
	strict   = 1 << iota // a space, punctuation, a block tag, an end of the text
	soft                 // an inline tag, an apostrophe, a zero-width space
	change               // a letter beside a digit
	boundary = strict | soft
	howBits  = 3
)

// Bytes that our own views put into a text: they cannot stand in a well-formed one.
const (
	softMark = 0x1e // an inline tag stood here
	filler   = 0x1a // nothing stood here: keeps offsets where a view must not change its length
)

// Classes of bytes; a class of '0' and above is the folded byte itself.
const (
	classStrict = iota
	classSoft
	classIgnore
	classRune // the first byte of a rune beyond ASCII
)

var classes = func() (t [256]byte) {
	for c := range t {
		switch {
		case c >= '0' && c <= '9', c >= 'a' && c <= 'z':
			t[c] = byte(c)
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) | 0x20
		case c >= utf8.RuneSelf:
			t[c] = classRune
		case c == '\'' || c == softMark:
			t[c] = classSoft
		case c == filler:
			t[c] = classIgnore
		}
	}
	return t
}()

// folded is a text reduced to its letters and digits: lower case, compatibility forms and accents undone.
type folded struct {
	// b holds the letters and digits, then eight zero bytes, so that a word can be loaded at any offset below n.
	b []byte
	n int
	// starts holds every boundary as offset<<howBits | what it is, in order, and one last at n.
	starts []uint64
	// sums and begins are of its words: scratch space for runs.find.
	sums   []uint64
	begins []int
}

// pad is how many zero bytes follow the folded text.
const pad = 8

// fold replaces what f holds by src folded.
func (f *folded) fold(src []byte) {
	// The longest decomposition of one rune is 33 bytes; the slow path grows the buffer, the fast one never has to.
	if need := len(src) + 64 + pad; cap(f.b) < need {
		f.b = make([]byte, need+need/8)
	}
	b := f.b[:cap(f.b)]
	starts := f.starts[:0]
	n, i, how := 0, 0, uint64(strict)
	digit := false // whether the last folded byte was a digit; with n == 0 there is a strict boundary anyway
	for i < len(src) {
		c := classes[src[i]]
		switch {
		case c >= 'a':
			if digit {
				how |= change
				digit = false
			}
			if how != 0 {
				starts = append(starts, uint64(n)<<howBits|how)
				how = 0
			}
			b[n] = c
			n++
			for i++; i < len(src); i++ {
				c := classes[src[i]]
				if c < 'a' {
					break
				}
				b[n] = c
				n++
			}
		case c >= '0':
			if !digit {
				how |= change
				digit = true
			}
			if how != 0 {
				starts = append(starts, uint64(n)<<howBits|how)
				how = 0
			}
			b[n] = c
			n++
			for i++; i < len(src); i++ {
				c := classes[src[i]]
				if c < '0' || c > '9' {
					break
				}
				b[n] = c
				n++
			}
		case c == classStrict:
			how |= strict
			i++
		case c == classSoft:
			how |= soft
			i++
		case c == classIgnore:
			i++
		default:
			r, size := utf8.DecodeRune(src[i:])
			g := foldRune(r)
			if r == utf8.RuneError && size == 1 {
				// Not UTF-8: metadata in Latin-1, or no text at all, and then its neighbours are.
				g = foldRune(rune(src[i]))
				g.before, g.after = g.before|soft, g.after|soft
			}
			i += size
			if rest := len(src) - i + len(g.text) + 64 + pad; len(b)-n < rest {
				b = append(b, make([]byte, rest)...)
				b = b[:cap(b)]
			}
			how |= uint64(g.before)
			for k := 0; k < len(g.text); k++ {
				c := g.text[k]
				if c == ' ' {
					how |= strict
					continue
				}
				if c < utf8.RuneSelf || utf8.RuneStart(c) {
					if isDigit := c <= '9'; isDigit != digit {
						how |= change
						digit = isDigit
					}
					if how != 0 {
						starts = append(starts, uint64(n)<<howBits|how)
						how = 0
					}
				}
				b[n] = c
				n++
			}
			how |= uint64(g.after)
		}
	}
	clear(b[n : n+pad])
	f.b, f.n, f.starts = b, n, append(starts, uint64(n)<<howBits|strict|soft|change)
}

// load returns the eight folded bytes at i, for i < n.
func (f *folded) load(i int) uint64 { return binary.LittleEndian.Uint64(f.b[i : i+8]) }

// words returns the words of a text, folded.
func words(text string) []string {
	f := scratch.Get().(*folded)
	defer scratch.Put(f)
	f.fold([]byte(text))
	all := string(f.b[:f.n])
	n := 0
	for _, s := range f.starts {
		n += int(s & strict)
	}
	out := make([]string, 0, n)
	from := 0
	for _, s := range f.starts {
		if at := int(s >> howBits); s&strict != 0 && at > from {
			out = append(out, all[from:at])
			from = at
		}
	}
	return out
}

// foldText returns a text folded.
func foldText(text string) string {
	f := scratch.Get().(*folded)
	defer scratch.Put(f)
	f.fold([]byte(text))
	return string(f.b[:f.n])
}

// scratch are buffers for folding texts one at a time.
var scratch = sync.Pool{New: func() any { return new(folded) }}

// locate turns a range of folded bytes into the range of src that it came from. Folding is rune by rune, so counting what
// each rune yields finds it; keeping offsets while folding would make every scan pay for the few that hit.
func locate(src []byte, from, to int) (start, end int) {
	n := 0
	start = -1
	for i := 0; i < len(src); {
		got, size := 0, 1
		switch c := classes[src[i]]; {
		case c >= '0':
			got = 1
		case c == classRune:
			var r rune
			r, size = utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && size == 1 {
				r = rune(src[i])
			}
			for _, c := range []byte(foldRune(r).text) {
				if c != ' ' {
					got++
				}
			}
		}
		if start < 0 && n+got > from {
			start = i
		}
		n += got
		i += size
		if n >= to {
			return start, i
		}
	}
	return start, len(src)
}
