package detail

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// shift says that from offset folded on, the folded text stands orig-folded bytes further on in the original.
type shift struct{ folded, orig int }

type shifts []shift

// origin maps an offset of the folded text to the original.
func (m shifts) origin(pos int) int {
	i := sort.Search(len(m), func(i int) bool { return m[i].folded > pos })
	if i == 0 {
		return pos
	}
	return m[i-1].orig + pos - m[i-1].folded
}

// originEnd maps the end of a stretch. It is the end of the last character in it, not the start of the next one: characters
// without a width that follow the stretch are no part of it.
func (m shifts) originEnd(text, folded string, end int) int {
	last := m.origin(end - 1)
	if folded[end-1] < utf8.RuneSelf && text[last] >= utf8.RuneSelf {
		_, n := utf8.DecodeRuneInString(text[last:])
		return last + n
	}
	return last + 1
}

// dropped marks characters that are not there for a reader.
const dropped = 0xff

// fold gives text with spaces, hyphens, quotation marks and full-width characters as their ASCII relatives and without
// characters that have no width, so that the detectors need to know one spelling only. Every character becomes one byte, none,
// or itself. Normalisation form NFKC was refused: it changes letters and lengths, and every offset would have to be carried
// through it. Bytes that are not UTF-8 stay as they are.
func fold(text string) (string, shifts) {
	i := firstFolded(text, 0)
	if i < 0 {
		return text, nil
	}
	var m shifts
	out := make([]byte, 0, len(text))
	from := 0
	for i >= 0 {
		r, n := utf8.DecodeRuneInString(text[i:])
		out = append(out, text[from:i]...)
		b := foldRune(r)
		if b == enDash {
			// Between a word and what follows it a dash is punctuation; between digits it does duty as a hyphen.
			b = '-'
			if i > 0 && (is(text[i-1], letter) || text[i-1] >= utf8.RuneSelf) {
				b = ';'
			}
		}
		if b != dropped {
			m = append(m, shift{len(out), i})
			out = append(out, b)
		}
		m = append(m, shift{len(out), i + n})
		from = i + n
		i = firstFolded(text, from)
	}
	out = append(out, text[from:]...)
	return string(out), m
}

// firstFolded finds the next character that fold changes.
func firstFolded(text string, from int) int {
	for i := from; i < len(text); i++ {
		if text[i] < 0xc2 { // ASCII, and the trailing bytes of characters
			continue
		}
		switch text[i] {
		case 0xc2, 0xca, 0xe1, 0xe2, 0xe3, 0xef, 0xf0:
			if r, _ := utf8.DecodeRuneInString(text[i:]); foldRune(r) != 0 {
				return i
			}
		}
	}
	return -1
}

const enDash = 0xfe

// foldRune is what a character becomes: a byte, dropped, enDash, or 0 where it stays.
func foldRune(r rune) byte {
	switch {
	case r == 0xad, r == 0x180e, r >= 0x200b && r <= 0x200f, r >= 0x202a && r <= 0x202e, r >= 0x2060 && r <= 0x2064,
		r >= 0x2066 && r <= 0x2069, r == 0xfeff, r >= 0xfe00 && r <= 0xfe0f:
		return dropped
	case r == 0xa0, r == 0x1680, r >= 0x2000 && r <= 0x200a, r == 0x202f, r == 0x205f, r == 0x3000:
		return ' '
	case r == 0x2028, r == 0x2029:
		return '\n'
	case r == 0x2010, r == 0x2011, r == 0x2012, r == 0x2212, r == 0xfe58, r == 0xfe63:
		return '-'
	case r == 0x2013:
		return enDash
	case r == 0x2014, r == 0x2015:
		return ';'
	case r == 0x2018, r == 0x2019, r == 0x2bc:
		return '\''
	case r == 0x201c, r == 0x201d:
		return '"'
	case r == 0x2024:
		return '.'
	case r >= 0xff01 && r <= 0xff5e: // full-width forms of ASCII
		return byte(r - 0xff01 + '!')
	case r >= 0x1d7ce && r <= 0x1d7ff: // mathematical digits: five alphabets of ten
		return byte('0' + (r-0x1d7ce)%10)
	}
	return 0
}

// The classes of bytes. Bytes of characters beyond ASCII are in none.
const (
	digit = 1 << iota
	capital
	small
	trigger // where a detector may have to look
	letter  = capital | small
	alnum   = letter | digit
)

var class = func() (t [256]uint8) {
	for c := '0'; c <= '9'; c++ {
		t[c] = digit | trigger
	}
	for c := 'A'; c <= 'Z'; c++ {
		t[c] = capital
		t[c+'a'-'A'] = small
	}
	for _, c := range "+(@/oO" + honorificInitials + "Y" {
		t[c] |= trigger
	}
	return t
}()

func is(c byte, what uint8) bool { return class[c]&what != 0 }

func upper(c byte) byte {
	if is(c, small) {
		return c - ('a' - 'A')
	}
	return c
}

// hasFold reports whether s begins with prefix, in any case; prefix is in small letters.
func hasFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}
