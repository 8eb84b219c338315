package detail

import "strings"

// nhs looks for an NHS number (or a Scottish CHI number) at the run of digits i..end. The check digit must pass, and either
// the spacing 3-3-4 or words nearby must say what the number is.
func (sc *scanner) nhs(i, end int) {
	s := sc.s
	if n := end - i; n != 10 && n > 6 || sc.wordBefore(i) || i > 0 && strings.IndexByte("#$+", s[i-1]) >= 0 || strings.HasSuffix(s[:i], "£") || strings.HasSuffix(s[:i], "€") || sc.joinedDigits(i) {
		return
	}
	var d [10]byte
	n, p, usual := 0, i, true
	for groups := 0; groups < 5 && p < len(s) && is(s[p], digit); groups++ {
		e := runOf(s, p, digit)
		if n+e-p > 10 {
			return
		}
		n += copy(d[n:], s[p:e])
		want := [...]int{3, 3, 4, 0, 0}[groups]
		usual = usual && e-p == want
		p = e
		if n == 10 {
			break
		}
		if p+1 < len(s) && (s[p] == ' ' || s[p] == '-' || s[p] == '.') && is(s[p+1], digit) {
			usual = usual && s[p] != '.' && s[p] == s[i+3]
			p++
		}
	}
	if n != 10 || p == i || !is(s[p-1], digit) || sc.wordAfter(p) || !checkDigit(&d) || sc.codeAfter(p) && !usual {
		return
	}
	if p+1 < len(s) && strings.IndexByte(" -.,", s[p]) >= 0 && is(s[p+1], digit) {
		return // a longer row of digits
	}
	if !usual && !sc.near(i, p, 48, 32, "nhs number", "nhs no", "nhs num", "nhs ref", "nhs #", "nhs id", "nhs:", "chi number", "chi no", "rhif gig") {
		return
	}
	sc.add(NHS, i, p)
}

// joinedDigits reports whether a digit stands before i with only a separator between: then what follows is a tail.
func (sc *scanner) joinedDigits(i int) bool {
	return i > 1 && strings.IndexByte(" -./,", sc.s[i-1]) >= 0 && is(sc.s[i-2], digit) || sc.codeBefore(i)
}

// checkDigit is the modulus 11 check of the NHS Data Model and Dictionary.
func checkDigit(d *[10]byte) bool {
	sum, same := 0, true
	for j, c := range d[:9] {
		sum += int(c-'0') * (10 - j)
		same = same && c == d[9]
	}
	return (11-sum%11)%11 == int(d[9]-'0') && !same
}

// insurance looks for a National Insurance number whose first digits are the run i..end.
func (sc *scanner) insurance(i, end int) {
	s := sc.s
	if end-i > 6 {
		return
	}
	l := i
	if !is(s[l-1], letter) {
		l--
	}
	start := l - 2
	if start < 0 || !is(s[start], letter) || !is(s[start+1], letter) || sc.wordBefore(start) || sc.codeBefore(start) ||
		!insurancePrefix(upper(s[start]), upper(s[start+1])) {
		return
	}
	n, p := 0, i
	for n < 6 && p < len(s) {
		switch {
		case is(s[p], digit):
			n++
		case n > 0 && is(s[p-1], digit) && strings.IndexByte(" -.", s[p]) >= 0:
		default:
			return
		}
		p++
	}
	if n < 6 {
		return
	}
	suffix := p
	if p+1 < len(s) && strings.IndexByte(" -.", s[p]) >= 0 {
		suffix++
	}
	last := byte(0)
	if suffix < len(s) && upper(s[suffix]) >= 'A' && upper(s[suffix]) <= 'D' && !sc.wordAfter(suffix+1) {
		last = s[suffix]
		p = suffix + 1
	}
	if sc.wordAfter(p) || sc.codeAfter(p) {
		return
	}
	capitals := is(s[start], capital) && is(s[start+1], capital)
	switch {
	case last != 0 && capitals && is(last, capital):
	case last != 0 && l == i && p-start == 9: // "ab123456c"
	case sc.near(start, p, 40, 24, "ni number", "ni no", "nino", "national insurance", "yswiriant gwladol"):
	default:
		return
	}
	sc.add(NI, start, p)
}

// insurancePrefix: HMRC's National Insurance Manual, NIM39110. QQ, which its examples use, is never given out.
func insurancePrefix(a, b byte) bool {
	if strings.IndexByte("DFIQUV", a) >= 0 || strings.IndexByte("DFIOQUV", b) >= 0 {
		return false
	}
	switch string([]byte{a, b}) {
	case "BG", "GB", "NK", "KN", "TN", "NT", "ZZ":
		return false
	}
	return true
}
