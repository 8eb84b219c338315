package leak

import (
	"strings"
	"sync/atomic"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// glyph is what one rune beyond ASCII folds to.
type glyph struct {
	text          string // letters and digits, with a space for a boundary inside
	before, after uint8  // the boundaries it makes
}

// The ranges that text in our languages is full of: Latin, and general punctuation.
const (
	latinFrom, latinTo = 0x80, 0x250
	punctFrom, punctTo = 0x2000, 0x2070
)

var latin, punct = glyphs(latinFrom, latinTo), glyphs(punctFrom, punctTo)

func glyphs(from, to rune) []glyph {
	out := make([]glyph, 0, to-from)
	for r := from; r < to; r++ {
		out = append(out, makeGlyph(r))
	}
	return out
}

func foldRune(r rune) glyph {
	switch {
	case r >= latinFrom && r < latinTo:
		return latin[r-latinFrom]
	case r >= punctFrom && r < punctTo:
		return punct[r-punctFrom]
	}
	if r >= rune(len(others)) {
		return makeGlyph(r)
	}
	if g := others[r].Load(); g != nil {
		return *g
	}
	g := makeGlyph(r)
	others[r].Store(&g)
	return g
}

// others keeps the glyphs of the other runes that were met: a site in Arabic or Polish meets the same few hundred again and
// again, and making all of them at the start would cost more than a small site's build.
var others [1 << 16]atomic.Pointer[glyph]

// unspaced are scripts written without spaces: every letter is a word's edge.
var unspaced = []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao,
	unicode.Khmer, unicode.Myanmar, unicode.Tibetan}

func makeGlyph(r rune) glyph {
	switch r {
	case '\u2018', '\u2019', '\u201b', '\u02bc', '\u00b4', '\uff07': // apostrophes, as typed and as typeset
		return glyph{before: soft}
	case '\u200b', '\ufeff', '\u200e', '\u200f', '\u061c': // a zero-width space, a byte order mark, marks of direction
		return glyph{before: soft}
	case '\u115f', '\u1160', '\u3164', '\uffa0': // Hangul fillers are letters by category and nothing to the eye
		return glyph{}
	}
	switch {
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069': // embeddings and isolates
		return glyph{before: soft}
	case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me): // soft hyphens, joiners, tags, selectors, accents
		return glyph{}
	}
	text := decompose(r)
	if strings.TrimSpace(text) == "" {
		return glyph{before: strict}
	}
	g := glyph{text: text}
	if !unicode.In(r, unicode.L, unicode.Nd, unicode.Mc) || unicode.In(r, unspaced...) {
		// A trade mark, a footnote's superscript, a circled letter: part of a value if it is spelt so, no part of the
		// word before it.
		g.before, g.after = soft, soft
	}
	return g
}

// lookalikes are small letters of other scripts that look like Latin ones in one of their two cases: a name spelt with a
// Cyrillic o is as plain to a reader. So is one without the stroke through its l, or with the other of two like letters of
// the Arabic script. Names lose nothing: what is withheld is folded in the same way.
var lookalikes = func() map[rune]rune {
	m := map[rune]rune{}
	for _, pair := range []struct{ other, plain string }{
		{"авекмнорстухѕіјԁԛԝһӏ", "abekmhopctyxsijdqwhl"},
		{"αβεζηικνορτυχ", "abezhiknoptyx"},
		{"ɑɡıɩ", "agii"},
		{"łøđðħŧ", "loddht"}, // which have no accent that could be taken off
		{"يىكه", "ییکہ"},     // as an Arabic keyboard types what an Urdu one does
	} {
		plain := []rune(pair.plain)
		for i, r := range []rune(pair.other) {
			m[r] = plain[i]
		}
	}
	return m
}()

// decompose undoes the compatibility form, the accents and the case of a rune. Accents go because a name is as plain
// without them, and because then composed and decomposed spellings need no telling apart.
func decompose(r rune) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(string(r)) {
		switch {
		case unicode.In(r, unicode.Cf, unicode.Mn, unicode.Me):
		case unicode.Is(unicode.Nd, r):
			b.WriteByte('0' + digitValue(r))
		case r == 'ß' || r == 'ẞ':
			b.WriteString("ss")
		case r == 'æ' || r == 'Æ':
			b.WriteString("ae")
		case r == 'œ' || r == 'Œ':
			b.WriteString("oe")
		case r == 'þ' || r == 'Þ':
			b.WriteString("th")
		case unicode.In(r, unicode.L, unicode.N, unicode.Mc):
			// Through upper case, so that both forms of sigma meet.
			low := unicode.ToLower(unicode.ToUpper(r))
			if like, ok := lookalikes[low]; ok {
				low = like
			}
			b.WriteRune(low)
		default:
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// digitValue returns the value of a decimal digit of any script: Unicode gives each its own run of ten (Stability
// Policy, numeric type Decimal), and norm has turned the mathematical ones, whose runs adjoin, into ASCII.
func digitValue(r rune) byte {
	if r < utf8.RuneSelf {
		return byte(r - '0')
	}
	for _, t := range unicode.Nd.R16 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	for _, t := range unicode.Nd.R32 {
		if r >= rune(t.Lo) && r <= rune(t.Hi) {
			return byte((r - rune(t.Lo)) % 10)
		}
	}
	return 0
}
