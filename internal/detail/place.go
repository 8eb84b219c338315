package detail

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// postcode looks for one around the run of digits at i, which letters stand before.
func (sc *scanner) postcode(i int) {
	s := sc.s
	start := i
	for start > 0 && i-start < 3 && is(s[start-1], letter) {
		start--
	}
	if n := i - start; n < 1 || n > 2 || sc.wordBefore(start) || sc.codeBefore(start) {
		return
	}
	for d := 2; d > 0; d-- {
		if i+d > len(s) || !is(s[i+d-1], digit) || !is(s[i], digit) {
			continue
		}
		p := i + d
		if sc.inward(start, i, p) {
			return
		}
		if p < len(s) && is(s[p], letter) && sc.inward(start, i, p+1) {
			return
		}
	}
}

// inward tries the outward code start..p, whose digits begin at i, with the inward code behind it.
func (sc *scanner) inward(start, i, p int) bool {
	s := sc.s
	q := skip(s, p, 2)
	if q == p {
		if strings.HasPrefix(s[q:], "\r\n") {
			q += 2
		} else if strings.HasPrefix(s[q:], "\n") {
			q++
		}
	}
	end := q + 3
	if end > len(s) || !is(s[q], digit) || !is(s[q+1], letter) || !is(s[q+2], letter) || sc.wordAfter(end) || sc.codeAfter(end) {
		return false
	}
	whole := strings.ToUpper(s[start:p])
	area, district, extra := whole[:i-start], whole[i-start:], ""
	if is(district[len(district)-1], letter) {
		district, extra = district[:len(district)-1], district[len(district)-1:]
	}
	unit := strings.ToUpper(s[q+1 : end])
	if !validOutward(area, district, extra) || strings.ContainsAny(unit, "CIKMOV") {
		return false
	}
	context := func() bool { return sc.near(start, end, 40, 0, "postcode", "post code", "cod post") }
	capitals := is(s[start], capital) && is(s[i-1], capital) && is(s[q+1], capital) && is(s[q+2], capital) &&
		(extra == "" || is(s[p-1], capital))
	switch {
	case capitals && q > p:
	case capitals: // no space: short codes look like hexadecimal numbers and references
		if len(area) == 1 && extra == "" && strings.Trim(area+unit, "ABCDEF") == "" && !context() {
			return false
		}
		if end+1 < len(s) && s[end] == '.' && is(s[end+1], alnum) {
			return false // a file's name
		}
	case extra != "":
	case context():
	case len(area) == 1 || q == p || notUnit[unit]:
		return false
	}
	sc.add(Postcode, start, end)
	return true
}

// notUnit are letters after a digit that, in running text, are an ordinal or a unit: "the sa1 2nd exit".
var notUnit = set("ND RD ST TH PX PT HR FT YD LB GB TB PP BN HZ")

// postcodeAreas are Royal Mail's, the Crown dependencies' included.
var postcodeAreas = set(`AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY
	G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX
	PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE`)

var (
	zeroDistricts  = set("BL BS CM CR FY HA PR SL SS")
	letterDistrict = set("E EC N NW SE SW W WC") // areas with districts such as W1A
)

func validOutward(area, district, extra string) bool {
	if !postcodeAreas[area] || district[0] == '0' && (len(district) > 1 || !zeroDistricts[area]) {
		return false
	}
	if extra == "" {
		return true
	}
	allowed := "ABCDEFGHJKPSTUW"
	if len(area) == 2 {
		allowed = "ABEHMNPRVWXY"
	}
	return len(district) == 1 && letterDistrict[area] && strings.Contains(allowed, extra)
}

// grid looks for an Ordnance Survey grid reference whose digits begin with the run i..end.
func (sc *scanner) grid(i, end int) {
	s := sc.s
	l := i
	if s[l-1] == ' ' {
		l--
	}
	start := l - 2
	if start < 0 || sc.wordBefore(start) || sc.codeBefore(start) || !gridSquares[s[start:l]] {
		return
	}
	n, halves := end-i, false
	if q := skip(s, end, 2); q > end && n >= 3 && n <= 5 {
		if e := runOf(s, q, digit); e-q == n {
			end, n, halves = e, 2*n, true
		}
	}
	if n < 6 || n > 10 || n%2 != 0 || sc.wordAfter(end) || sc.codeAfter(end) {
		return
	}
	if end+1 < len(s) && (s[end] == '.' || s[end] == ',') && is(s[end+1], digit) {
		return
	}
	switch s[start:l] {
	case "NO", "SC", "SO": // "no 123456", and the register numbers of Scottish charities and companies
		if !sc.near(start, end, 40, 24, "grid", "ngr", "os", "map") && (!halves || s[start] == 'N') {
			return
		}
	}
	sc.add(Location, start, end)
}

// gridSquares are the 100 km squares with land of Great Britain and the Isle of Man in them.
var gridSquares = set(`HO HP HT HU HW HX HY HZ NA NB NC ND NE NF NG NH NJ NK NL NM NN NO NR NS NT NU NW NX NY NZ OV
	SC SD SE SH SJ SK SM SN SO SP SR SS ST SU SV SW SX SY SZ TA TF TG TL TM TQ TR TV`)

// minDecimals: four places of a degree are about ten metres; three are a neighbourhood.
const minDecimals = 4

// latLong looks for a pair of decimal degrees inside the British Isles whose first number begins with the run i..end.
// Other pairs of decimals are figures from a table more often than places.
func (sc *scanner) latLong(i, end int) {
	s := sc.s
	if end-i != 2 || s[i] < '4' || s[i] > '6' || i > 0 && (sc.wordBefore(i) && !strings.HasSuffix(s[:i], "N") ||
		strings.IndexByte("-.+", s[i-1]) >= 0 || s[i-1] == ',' && i > 1 && is(s[i-2], digit)) {
		return
	}
	latEnd := decimals(s, end)
	if latEnd == 0 {
		return
	}
	// Between the two stand punctuation, degree signs and a few words.
	p := latEnd
	words := p
	for p < len(s) && p-latEnd < 24 && !is(s[p], digit) && s[p] != '-' {
		switch {
		case is(s[p], letter) || strings.IndexByte(" \t,;/:=\"'()|", s[p]) >= 0:
			p++
		case strings.HasPrefix(s[p:], "°") || strings.HasPrefix(s[p:], "º"):
			p += len("°")
		default:
			return
		}
	}
	for _, w := range strings.FieldsFunc(s[words:p], func(r rune) bool { return r >= utf8.RuneSelf || !is(byte(r), letter) }) {
		switch strings.ToLower(w) {
		case "n", "north", "w", "west", "e", "east", "lon", "long", "lng", "longitude", "and", "x", "y", "degrees", "hydred":
		default:
			return
		}
	}
	lonStart := p
	if p < len(s) && s[p] == '-' {
		p++
	}
	e := runOf(s, p, digit)
	if p == latEnd || e == p || e-p > 2 {
		return
	}
	lonEnd := decimals(s, e)
	if lonEnd == 0 {
		return
	}
	lat, err1 := strconv.ParseFloat(s[i:latEnd], 64)
	lon, err2 := strconv.ParseFloat(s[lonStart:lonEnd], 64)
	if err1 != nil || err2 != nil || lat < 49.5 || lat > 61.5 || lon < -11 || lon > 11 {
		return
	}
	finish := lonEnd
	finish += len("°") * b2i(strings.HasPrefix(s[finish:], "°"))
	if q := skip(s, finish, 1); q < len(s) && strings.IndexByte("EWew", s[q]) >= 0 && !sc.wordAfter(q+1) {
		finish = q + 1
	}
	sc.add(Location, i, finish)
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

// decimals returns the end of a fraction with enough places that begins at i, or 0.
func decimals(s string, i int) int {
	if i >= len(s) || s[i] != '.' {
		return 0
	}
	e := runOf(s, i+1, digit)
	if e-i-1 < minDecimals || e-i-1 > 16 || e+1 < len(s) && s[e] == '.' && is(s[e+1], digit) {
		return 0
	}
	return e
}

// threeSlashes looks for ///word.word.word at i.
func (sc *scanner) threeSlashes(i int) {
	s := sc.s
	if !strings.HasPrefix(s[i:], "///") || i > 0 && s[i-1] == '/' {
		return
	}
	if i > 0 && s[i-1] == ':' {
		switch strings.ToLower(sc.tokenBefore(i - 1)) {
		case "file", "jar", "zip", "sqlite", "smb", "app", "http", "https", "ftp", "postgres", "postgresql", "unix":
			return
		}
	}
	if end := sc.threeWords(i+3, 1); end > 0 {
		sc.add(Location, i, end)
	}
}

// what3words looks for "what3words: word.word.word", and the service's own addresses, at the 3 in its name.
func (sc *scanner) what3words(i, end int) {
	s := sc.s
	if end-i != 1 || s[i] != '3' {
		return
	}
	p := 0
	switch {
	case i >= 4 && strings.EqualFold(s[i-4:i], "what") && hasFold(s[i+1:], "words"):
		p = i + 6
	case i >= 1 && upper(s[i-1]) == 'W' && hasFold(s[i+1:], "w"):
		p = i + 2
	default:
		return
	}
	host := p
	for _, w := range []string{".com/", ".co/"} {
		if hasFold(s[p:], w) {
			host = p + len(w)
		}
	}
	if host > p {
		if e := sc.threeWords(host, 3); e > 0 {
			sc.add(Location, host, e)
		}
		return
	}
	for range 4 {
		for p < len(s) && strings.IndexByte(" :*_`\"'(=-", s[p]) >= 0 {
			p++
		}
		e := runOf(s, p, letter)
		switch strings.ToLower(s[p:e]) {
		case "address", "location", "code", "is", "at", "reference":
			p = e
		default:
			if e := sc.threeWords(p, 3); e > 0 && !hostLike(s[p:e]) {
				sc.add(Location, p, e)
			}
			return
		}
	}
}

// threeWords returns the end of word.word.word at i, each of at least shortest letters, or 0.
func (sc *scanner) threeWords(i, shortest int) int {
	s := sc.s
	p := i
	for w := range 3 {
		if w > 0 {
			if p >= len(s) || s[p] != '.' {
				return 0
			}
			p++
		}
		n := 0
		for p < len(s) {
			r, size := utf8.DecodeRuneInString(s[p:])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			n++
			p += size
		}
		if n < shortest {
			return 0
		}
	}
	if sc.wordAfter(p) || p < len(s) && (strings.IndexByte("/@-", s[p]) >= 0 || (s[p] == '.' || s[p] == ':') && sc.wordAfter(p+1)) {
		return 0
	}
	if hasFold(s[i:], "www.") {
		return 0
	}
	return p
}

// hostLike reports whether three words are a host's name.
func hostLike(words string) bool {
	switch strings.ToLower(words[strings.LastIndexByte(words, '.')+1:]) {
	case "com", "org", "net", "gov", "edu", "example", "info", "wales", "cymru", "scot", "police", "nhs", "app", "dev", "html", "php":
		return true
	}
	return false
}

func set(words string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(words) {
		m[w] = true
	}
	return m
}
