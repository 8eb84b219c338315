package leak

// The alphabets of RFC 4648, standard and URL-safe; notBase64 for what is in neither.
const notBase64 = 0xff

var base64Values = func() (t [256]byte) {
	for c := range t {
		t[c] = notBase64
	}
	for i, c := range []byte("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/") {
		t[c] = byte(i)
	}
	t['-'], t['_'] = 62, 63
	return t
}()

// What a byte is in a run; zero is none of it.
const (
	isSmall = 1 << iota
	isCapital
	isDigit
	isSign
)

var base64Kinds = func() (t [256]byte) {
	for c, v := range base64Values {
		switch {
		case v == notBase64:
		case v < 26:
			t[c] = isCapital
		case v < 52:
			t[c] = isSmall
		case v < 62:
			t[c] = isDigit
		default:
			t[c] = isSign
		}
	}
	return t
}()

// A run shorter than longRun is decoded only where it looks like base64 at a glance.
const (
	leastRun = 6 // eight with their padding
	shortRun = 8
	longRun  = 12
)

// pieceEnd stands after each decoded piece, so that what follows it is not taken for its surroundings.
const pieceEnd = "\n\n\n\n"

// decodeBase64 appends to dst what the base64 in src stands for. A run may begin with something else (a path, a word),
// so it is read from each of four offsets; it goes on over the line breaks of wrapped lines.
func decodeBase64(dst, src []byte, joined *[]byte) []byte {
	for i := 0; i+leastRun <= len(src); {
		// Every run that begins between i and here and is long enough holds the byte here: one look in six bytes passes over what is too short.
		from := i + leastRun - 1
		if base64Kinds[src[from]] == 0 {
			i = from + 1
			continue
		}
		to := from + 1
		rest := byte(0) // what stands in the run behind its first letter
		for from > i && base64Kinds[src[from-1]] != 0 {
			rest |= base64Kinds[src[from]]
			from--
		}
		for to < len(src) {
			kind := base64Kinds[src[to]]
			if kind == 0 {
				break
			}
			rest |= kind
			to++
		}
		i = to
		if to-from < leastRun {
			continue
		}
		// A word, as decodeRun would find out too.
		if to-from < longRun && rest == isSmall && base64Kinds[src[from]]&(isSmall|isCapital) != 0 && (to == len(src) || src[to] != '=' && src[to] != '\n' && src[to] != '\r') {
			continue
		}
		for next := nextLine(src, i); next > 0; next = nextLine(src, i) {
			for i = next; i < len(src) && base64Values[src[i]] != notBase64; i++ {
				to = i + 1
			}
		}
		if padded := i < len(src) && src[i] == '='; padded || to-from >= shortRun {
			dst = decodeRun(dst, src[from:to], joined, padded)
		}
	}
	return dst
}

// nextLine returns where a run that stops at i goes on after a line break, or 0.
func nextLine(src []byte, i int) int {
	if i >= len(src) || src[i] != '\n' && src[i] != '\r' {
		return 0
	}
	for i < len(src) && (src[i] == '\n' || src[i] == '\r' || src[i] == ' ' || src[i] == '\t') {
		i++
	}
	if i < len(src) && base64Values[src[i]] != notBase64 {
		return i
	}
	return 0
}

// decodeRun decodes one run if it may hold text; joined is room for a wrapped one.
func decodeRun(dst, src []byte, joined *[]byte, padded bool) []byte {
	upper, digits, wrapped := false, false, false
	word := false // whether the character before was a letter or digit
	for _, c := range src {
		b := base64Values[c]
		// A capital that begins a word is English, one inside it is not.
		upper = upper || word && b < 26
		digits = digits || b >= 52 && b < 62
		wrapped = wrapped || b == notBase64
		word = b < 62
	}
	if wrapped {
		j := (*joined)[:0]
		for _, c := range src {
			if base64Values[c] != notBase64 {
				j = append(j, c)
			}
		}
		*joined, src = j, j
	}
	if !upper && (len(src) < longRun && !padded && !digits || !ascii(src, padded)) {
		return dst
	}
	for offset := 0; offset < 4 && offset+leastRun <= len(src); offset++ {
		dst = appendDecoded(dst, src[offset:])
	}
	return dst
}

// What ASCII between 0x20 and 0x7f leaves of the first three characters of four: its top bit is never set, and one of the
// two bits below it is.
const (
	asFirst = 1 << iota
	asSecond
	asThird
)

var asciiHints = func() (t [256]byte) {
	for c, v := range base64Values {
		if v == notBase64 {
			continue
		}
		if v&0x20 == 0 && v&0x18 != 0 {
			t[c] |= asFirst
		}
		if v&8 == 0 && v&6 != 0 {
			t[c] |= asSecond
		}
		if v&2 == 0 {
			t[c] |= asThird
		}
	}
	return t
}()

// ascii reports whether src, from some offset, decodes to six bytes of ASCII together, or three in a short run that padding
// ends. Base64 without a capital inside a word is nearly always a path or hyphenated words; what does encode so is ASCII.
func ascii(src []byte, padded bool) bool {
	for p := 0; p+4 <= len(src); p++ {
		if good(src[p:]) && (padded || p+8 <= len(src) && good(src[p+4:])) {
			return true
		}
	}
	return false
}

func good(c []byte) bool {
	return asciiHints[c[0]]&asFirst != 0 && asciiHints[c[1]]&asSecond != 0 && asciiHints[c[2]]&asThird != 0
}

func appendDecoded(dst, src []byte) []byte {
	v := &base64Values
	for ; len(src) >= 4; src = src[4:] {
		a, b, c, d := v[src[0]], v[src[1]], v[src[2]], v[src[3]]
		dst = append(dst, a<<2|b>>4, b<<4|c>>2, c<<6|d)
	}
	if len(src) >= 2 {
		dst = append(dst, v[src[0]]<<2|v[src[1]]>>4)
	}
	if len(src) == 3 {
		dst = append(dst, v[src[1]]<<4|v[src[2]]>>2)
	}
	return append(dst, pieceEnd...)
}
