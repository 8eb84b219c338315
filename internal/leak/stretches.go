package leak

import "unicode/utf8"

// leastStretch is how long a row of bytes must be to be taken for text among bytes that are none. What is encoded takes more
// letters than what it stands for, so a value of four letters takes six at least.
const leastStretch = 6

// plain are the bytes of ASCII that text is made of.
var plain = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = true
	}
	t['\n'], t['\r'], t['\t'] = true, true, true
	return t
}()

// Readable returns what in a file reads as text, in stretches: all that a search for words can find in its bytes, of a file
// that is compressed for the most part. What stands in UTF-16 is among it.
func Readable(data []byte) []byte {
	out := stretches(nil, data)
	var wide []byte
	for i := 0; i < len(data); {
		from, zeros := i, 0
		wide = wide[:0]
		for ; i < len(data) && (plain[data[i]] || data[i] == 0); i++ {
			if data[i] == 0 {
				zeros++
			} else {
				wide = append(wide, data[i])
			}
		}
		if zeros > 0 && len(wide) >= leastStretch {
			out = append(append(out, wide...), pieceEnd...)
		}
		i = max(i, from+1)
	}
	return out
}

// stretches is what encodings are undone in where bytes are no text as a whole: a picture, a font, a PDF, words that were
// taken for base64. Encodings are made of text, and to undo them in noise would make a dozen further noises of its length.
// It appends to dst what in src reads as text, each stretch apart from the next: printable ASCII, line ends and tabs, and
// well-formed letters beyond ASCII. One letter of an older encoding, as windows-1252 has them, ends no word.
func stretches(dst, src []byte) []byte {
	for i := 0; i < len(src); {
		from := i
		for i < len(src) {
			if c := src[i]; plain[c] {
				i++
				continue
			} else if c < utf8.RuneSelf {
				break
			}
			if r, n := utf8.DecodeRune(src[i:]); r != utf8.RuneError {
				i += n
			} else if i > from && isLetter(src[i-1]) && i+1 < len(src) && isLetter(src[i+1]) {
				i++
			} else {
				break
			}
		}
		if i-from >= leastStretch {
			dst = append(append(dst, src[from:i]...), pieceEnd...)
		}
		i = max(i, from+1)
	}
	return dst
}
