package detail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type found struct {
	kind       Kind
	start, end int
}

// scanner goes through folded text once. Digits, signs and capitals are the places where a detail can begin or be recognised;
// everything else is passed over by a table look-up.
type scanner struct {
	s     string
	found []found
}

func (sc *scanner) scan() {
	s := sc.s
	for i := 0; i < len(s); {
		c := s[i]
		if class[c]&trigger == 0 {
			i++
			continue
		}
		switch {
		case c >= '0' && c <= '9':
			i = sc.digits(i)
		case c == '+' || c == '(':
			if end := sc.phone(i); end > 0 {
				i = end
			} else {
				i++
			}
		case c == '@':
			sc.email(i)
			i++
		case c == '/':
			sc.threeSlashes(i)
			i++
		default:
			// Many words begin with a small o; few of them go on with a p.
			if c == 'o' && (i+1 == len(s) || s[i+1] != 'p') || sc.wordBefore(i) {
				i++
				continue
			}
			end := 0
			if c == 'O' || c == 'o' || c == 'Y' {
				end = sc.operation(i)
			} else {
				end = sc.name(i)
			}
			i = max(end, i+1)
		}
	}
}

// digits looks at a run of digits, from whichever side it gives something away, and returns where to go on.
func (sc *scanner) digits(i int) int {
	end := runOf(sc.s, i, digit)
	if i > 0 && (is(sc.s[i-1], letter) || i > 2 && is(sc.s[i-2], letter) && strings.IndexByte(" -.", sc.s[i-1]) >= 0) {
		sc.postcode(i)
		sc.insurance(i, end)
		sc.grid(i, end)
		sc.what3words(i, end)
	}
	if c := sc.s[i]; c == '0' || c == '4' {
		if e := sc.phone(i); e > 0 {
			return e
		}
	}
	sc.nhs(i, end)
	sc.latLong(i, end)
	return end
}

// add keeps a match unless a longer one, or an earlier one of the same length, overlaps it.
func (sc *scanner) add(k Kind, start, end int) {
	keep := len(sc.found)
	for keep > 0 && sc.found[keep-1].end > start {
		if old := sc.found[keep-1]; old.end-old.start >= end-start {
			return
		}
		keep--
	}
	sc.found = append(sc.found[:keep], found{k, start, end})
}

// wordBefore reports whether a letter or digit of any script, or an underscore inside a word, stands before i.
func (sc *scanner) wordBefore(i int) bool {
	if i == 0 {
		return false
	}
	c := sc.s[i-1]
	if c < utf8.RuneSelf {
		return is(c, alnum) || c == '_' && i > 1 && is(sc.s[i-2], alnum)
	}
	r, _ := utf8.DecodeLastRuneInString(sc.s[:i])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// wordAfter is wordBefore at the other end.
func (sc *scanner) wordAfter(i int) bool {
	if i == len(sc.s) {
		return false
	}
	c := sc.s[i]
	if c < utf8.RuneSelf {
		return is(c, alnum) || c == '_' && i+1 < len(sc.s) && is(sc.s[i+1], alnum)
	}
	r, _ := utf8.DecodeRuneInString(sc.s[i:])
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r)
}

// codeBefore reports whether what begins at i is the tail of a reference such as REF-… or 12/…: joined to something that has
// digits or is all capitals.
func (sc *scanner) codeBefore(i int) bool {
	if i == 0 {
		return false
	}
	switch sc.s[i-1] {
	case '#', '@', '&':
		return true
	case '-', '/', '.', '_':
	default:
		return false
	}
	word := sc.tokenBefore(i - 1)
	if word == "" {
		return false
	}
	for j := range len(word) {
		if is(word[j], small) {
			return false
		}
	}
	return true
}

// codeAfter reports whether what ends at i goes on as a reference: a hyphen with letters or digits close behind it.
func (sc *scanner) codeAfter(i int) bool {
	return i+1 < len(sc.s) && (sc.s[i] == '-' || sc.s[i] == '_') && is(sc.s[i+1], alnum)
}

// tokenBefore is the run of ASCII letters and digits that ends at i.
func (sc *scanner) tokenBefore(i int) string {
	j := i
	for j > 0 && is(sc.s[j-1], alnum) {
		j--
	}
	return sc.s[j:i]
}

// near reports whether one of the words stands, in any case, within before bytes ahead of start or after bytes behind end.
func (sc *scanner) near(start, end, before, after int, words ...string) bool {
	around := strings.ToLower(sc.s[max(0, start-before):start] + "\x00" + sc.s[end:min(len(sc.s), end+after)])
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(around[from:], w)
			if i < 0 {
				break
			}
			i += from
			j := i + len(w)
			if (i == 0 || !is(around[i-1], letter)) && (j == len(around) || !is(around[j], letter)) {
				return true
			}
			from = j
		}
	}
	return false
}

// inURL reports whether i stands inside a web address.
func (sc *scanner) inURL(i int) bool {
	j := i
	for j > 0 && i-j < 2048 && strings.IndexByte(" \t\r\n\"<>()[]|,;", sc.s[j-1]) < 0 {
		j--
	}
	return strings.Contains(sc.s[j:i], "://") || hasFold(sc.s[j:i], "www.")
}

// runOf returns the end of the run of bytes of a class that begins at i.
func runOf(s string, i int, what uint8) int {
	for i < len(s) && is(s[i], what) {
		i++
	}
	return i
}

// skip passes over at most n spaces.
func skip(s string, i, n int) int {
	for n > 0 && i < len(s) && s[i] == ' ' {
		i++
		n--
	}
	return i
}
