package detail

import "strings"

// A UK number has at most 11 digits, and 0044 with a redundant nought makes 15.
const maxPhoneDigits = 15

// group is a run of digits inside a telephone number.
type group struct {
	n      int  // digits up to and with this group
	end    int  // offset behind it
	sep    byte // what joins it to the group before: ' ' (a line break too), '-', '.' or ')'
	closed bool // every bracket opened so far is closed again
}

// dialled is the digits from some place on, in groups, as far as they can be one number.
type dialled struct {
	digits [maxPhoneDigits]byte
	groups [8]group
	n, len int // digits, groups
	plus   bool
	open   bool // begins with a bracket
	first  int  // offset of the plus sign or first digit
}

// phone looks for a telephone number at i: a plus sign, a bracket, or the first digit of a run. It returns where the match
// ends, or 0.
func (sc *scanner) phone(i int) int {
	if !sc.phoneMayBegin(i) {
		return 0
	}
	var d dialled
	if !sc.dial(&d, i) {
		return 0
	}
	for g := d.len - 1; g >= 0; g-- {
		if !d.isNumber(g) || !sc.phoneMayEnd(&d, g) {
			continue
		}
		start, end := i, d.groups[g].end
		if d.open && (g == 0 || !d.groups[g-1].closed) {
			start = d.first // the bracket holds the whole number
		}
		if sc.near(start, start, 14, 0, "isbn", "issn", "isbn-10", "isbn10") || sc.phoneInURL(start) {
			return 0
		}
		if e := d.nsn(g); len(e) == 9 && e[0] == '1' && g == 0 &&
			!sc.near(start, end, 24, 0, "tel", "telephone", "phone", "call", "ring", "fax", "ffôn", "ffoniwch") {
			return 0 // ten digits in one run are too often something else
		}
		end = sc.extension(end)
		sc.add(Phone, start, end)
		return end
	}
	return 0
}

// phoneMayBegin looks at what stands to the left.
func (sc *scanner) phoneMayBegin(i int) bool {
	if i == 0 {
		return true
	}
	s := sc.s
	switch p := s[i-1]; p {
	case '-', '/':
		if i == 1 || !is(s[i-2], alnum) {
			return i == 1 || s[i-2] != p || !sc.inURL(i) // file://, https://0163…
		}
		if n := len(sc.found); n > 0 && sc.found[n-1].end == i-1 && sc.found[n-1].kind == Phone {
			return true // two numbers with a slash between
		}
		switch strings.ToLower(sc.tokenBefore(i - 1)) {
		case "tel", "telephone", "phone", "mobile", "mob", "fax", "call", "ring", "text", "whatsapp", "landline", "office", "home",
			"work", "helpline", "line", "hotline", "number", "m", "t", "me", "ffôn":
			return true
		}
		return false
	case '.':
		return i == 1 || !is(s[i-2], digit)
	case '#', '$':
		return false
	}
	if strings.HasSuffix(s[:i], "£") || strings.HasSuffix(s[:i], "€") {
		return false
	}
	if s[i] == '+' || s[i] == '(' {
		return !is(s[i-1], digit)
	}
	return !sc.wordBefore(i)
}

// dial reads groups of digits as far as separators allow. It is false where no number can begin.
func (sc *scanner) dial(d *dialled, i int) bool {
	s := sc.s
	p := i
	open := 0
	if s[p] == '(' {
		d.open, open = true, 1
		p = skip(s, p+1, 1)
	}
	d.first = p
	if p < len(s) && s[p] == '+' {
		d.plus = true
		p = skip(s, p+1, 1)
	}
	sep := byte(0)
	for p < len(s) && is(s[p], digit) && d.len < len(d.groups) {
		e := runOf(s, p, digit)
		if d.n+e-p > maxPhoneDigits {
			break
		}
		// One digit on its own is the nought in "+44 (0)" or no part of a number.
		if e-p == 1 && (s[p] != '0' || !d.country()) {
			break
		}
		d.n += copy(d.digits[d.n:], s[p:e])
		closes := e < len(s) && s[e] == ')' && open > 0
		d.groups[d.len] = group{n: d.n, end: e, sep: sep, closed: open == 0 || closes}
		d.len++
		p, sep = e, 0
		spaces, broken := 0, false
	separators:
		for p < len(s) {
			switch c := s[p]; {
			case c == ' ' && spaces < 2:
				spaces++
				sep = max(sep, ' ')
			case (c == '-' || c == '.') && (sep == 0 || sep == ' ') && !broken:
				if c == '.' && (spaces > 0 || p+1 < len(s) && s[p+1] == ' ') {
					break separators // the end of a sentence
				}
				sep = c
			case c == ')' && open > 0:
				open--
				if sep == 0 {
					sep = ')'
				}
			case c == '(' && open == 0 && d.country():
				open++
			case c == '\r' && p+1 < len(s) && s[p+1] == '\n' && sep <= ' ' && !broken:
			case c == '\n' && sep <= ' ' && !broken:
				// A paragraph may break a number over two lines, but a blank line ends it.
				sep, spaces, broken = ' ', 0, true
			default:
				break separators
			}
			p++
		}
	}
	return d.len > 0
}

// country reports whether the digits so far are the country's code and nothing else.
func (d *dialled) country() bool {
	s := string(d.digits[:d.n])
	return s == "44" || s == "0044"
}

// nsn is the national significant number of the digits up to group g, or "".
func (d *dialled) nsn(g int) string {
	s := string(d.digits[:d.groups[g].n])
	switch {
	case d.plus && strings.HasPrefix(s, "44"):
		return strings.TrimPrefix(s[2:], "0")
	case d.plus:
		return ""
	case strings.HasPrefix(s, "0044"):
		return strings.TrimPrefix(s[4:], "0")
	case strings.HasPrefix(s, "44"):
		return strings.TrimPrefix(s[2:], "0")
	case strings.HasPrefix(s, "0"):
		return s[1:]
	}
	return ""
}

// isNumber reports whether the digits up to group g are a telephone number in one of the usual groupings.
func (d *dialled) isNumber(g int) bool {
	nsn := d.nsn(g)
	if !validNSN(nsn) {
		return false
	}
	first := d.groups[0].n
	switch {
	case d.plus || d.digits[0] == '0' && d.digits[1] == '0':
	case d.digits[0] == '4':
		// Without a plus sign, 44 says little: only on its own, or in the run that messaging services write for mobiles.
		if first != 2 && (g > 0 || nsn[0] != '7') {
			return false
		}
	case first == 2: // "07 700 900123", but not the day of a date
		if nsn[0] != '7' || g == 0 || d.groups[1].n-first < 3 {
			return false
		}
	case first < 3:
		return false
	}
	if len(nsn) == 7 && g > 2 {
		return false
	}
	// Four dotted groups of up to three digits are an address on the internet.
	if g == 3 {
		quad := first <= 3
		for j := 1; j <= g; j++ {
			quad = quad && d.groups[j].sep == '.' && d.groups[j].n-d.groups[j-1].n <= 3
		}
		return !quad
	}
	return true
}

// phoneMayEnd looks at what stands to the right of group g.
func (sc *scanner) phoneMayEnd(d *dialled, g int) bool {
	s, end := sc.s, d.groups[g].end
	if end == len(s) {
		return true
	}
	spaced := false
	for j := 1; j <= g; j++ {
		spaced = spaced || d.groups[j].sep == ' ' || d.groups[j].sep == ')'
	}
	next := byte(0)
	if end+1 < len(s) {
		next = s[end+1]
	}
	switch c := s[end]; {
	case c == '%':
		return false
	case c == '-' || c == '_':
		return spaced || !is(next, alnum)
	case c == '.':
		return !is(next, digit) && (spaced || !is(next, alnum))
	case sc.wordAfter(end):
		return sc.extension(end) > end
	}
	return true
}

// phoneInURL: the digits of a path are no number, unless the address is made to call or write to one.
func (sc *scanner) phoneInURL(i int) bool {
	if !sc.inURL(i) {
		return false
	}
	before := strings.ToLower(sc.s[max(0, i-12):i])
	for _, w := range []string{"wa.me/", "phone=", "tel=", "tel:", "phone/", "tel/"} {
		if strings.HasSuffix(strings.TrimSuffix(before, "+"), w) {
			return false
		}
	}
	return true
}

// extension returns the end of an extension that follows a number, or end itself.
func (sc *scanner) extension(end int) int {
	s := sc.s
	p := skip(s, end, 2)
	if p < len(s) && (s[p] == ',' || s[p] == ';' || s[p] == '(') {
		p = skip(s, p+1, 1)
	}
	word := 0
	for _, w := range []string{"extension", "extn", "ext", "estyniad", "est", "x", "#"} {
		if hasFold(s[p:], w) {
			word = len(w)
			break
		}
	}
	if word == 0 {
		return end
	}
	p += word
	if word > 1 {
		if p < len(s) && (s[p] == '.' || s[p] == ':') {
			p++
		}
		p = skip(s, p, 2)
	}
	e := runOf(s, p, digit)
	if e == p || e-p > 6 || sc.wordAfter(e) {
		return end
	}
	return e
}

// validNSN reports whether digits are a national significant number that can be dialled, by length and first digits, after
// Ofcom's National Telephone Numbering Plan. Numbers kept for drama stand in the ordinary ranges.
func validNSN(n string) bool {
	switch len(n) {
	case 10:
		switch n[0] {
		case '1':
			return n[1] != '0'
		case '2':
			return strings.IndexByte("03489", n[1]) >= 0
		case '3':
			return strings.IndexByte("03478", n[1]) >= 0
		case '5':
			return n[1] == '5' || n[1] == '6'
		case '7':
			return true
		case '8':
			return strings.IndexByte("02478", n[1]) >= 0
		case '9':
			return n[1] == '0' || n[1] == '1' || n[1] == '8'
		}
	case 9:
		return strings.HasPrefix(n, "800") || n[0] == '1' && shortAreas[n[1:4]]
	case 7:
		return n == "8001111" || n[:6] == "845464"
	}
	return false
}

// shortAreas are the area codes, without 01, that have some numbers of nine digits.
var shortAreas = func() map[string]bool {
	m := map[string]bool{}
	for _, a := range strings.Fields(`204 208 254 276 297 298 363 364 384 386 404 420 460 461 480 488 524 527 562 566 606 629 635 647
		659 695 697 726 744 750 768 827 837 884 900 905 935 946 949 963 995`) {
		m[a] = true
	}
	return m
}()

// phoneDigits is the national form of a written number, without its extension.
func phoneDigits(s string) string {
	d := splitExtension(s)
	digits := make([]byte, 0, len(d))
	for i := range len(d) {
		if is(d[i], digit) {
			digits = append(digits, d[i])
		}
	}
	n := string(digits)
	switch {
	case strings.HasPrefix(n, "0044"):
		n = n[4:]
	case strings.HasPrefix(n, "44") && len(n) > 10:
		n = n[2:]
	default:
		return n
	}
	return "0" + strings.TrimPrefix(n, "0")
}

// splitExtension cuts an extension off a number.
func splitExtension(s string) string {
	for i := range len(s) {
		if is(s[i], letter) && i > 0 || s[i] == '#' {
			return s[:i]
		}
	}
	return s
}

// extensionDigits is the extension in a written number, or "".
func extensionDigits(s string) string {
	rest := s[len(splitExtension(s)):]
	return alphanumeric(strings.TrimLeft(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ#.: "))
}
