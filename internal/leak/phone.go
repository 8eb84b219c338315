package leak

import (
	"slices"
	"strings"
)

// phone is one telephone number: what tells it from another, and what its spellings fold to.
type phone struct {
	key       string
	spellings []string
}

// phones returns the numbers that a text holds. "01632 960001 ext 12" and "01632 960001 / 07700 900001" are both ways to
// fill in one field.
func phones(text string) []phone {
	var out []phone
	add := func(digits string, plus bool) {
		if digits == "" {
			return
		}
		p := newPhone(digits, plus)
		if !slices.ContainsFunc(out, func(o phone) bool { return o.key == p.key }) {
			out = append(out, p)
		}
	}
	var all, one strings.Builder
	letters, anyPlus, plus := false, false, false
	end := func() {
		add(one.String(), plus)
		one.Reset()
		plus = false
	}
	for _, r := range text {
		g := foldOne(r)
		switch {
		case r == '+' || r == '\uff0b':
			if one.Len() == 0 {
				plus = true
				anyPlus = anyPlus || all.Len() == 0
			}
		case g == "":
			if strings.ContainsRune(",;|/\n", r) {
				end()
			}
		case allDigits(g):
			one.WriteString(g)
			all.WriteString(g)
		default:
			letters = true
			end()
		}
	}
	end()
	// A stroke may also stand inside one number: 01632/960001.
	if digits := all.String(); !letters && len(out) > 1 && len(digits) <= 15 {
		add(digits, anyPlus)
	}
	return out
}

func foldOne(r rune) string {
	if r >= 0x80 {
		return strings.ReplaceAll(foldRune(r).text, " ", "")
	}
	if c := classes[r]; c >= '0' {
		return string(rune(c))
	}
	return ""
}

// ukCode is the country code that a number without one is read under.
const ukCode = "44"

func newPhone(digits string, plus bool) phone {
	d := digits
	if rest, ok := strings.CutPrefix(d, "00"); ok && !plus && len(rest) >= 9 {
		d, plus = rest, true
	}
	code, rest := "", ""
	switch {
	case plus:
		code, rest = splitCode(d)
		rest = strings.TrimPrefix(rest, "0") // the trunk prefix, as in +44 (0)
	case strings.HasPrefix(d, "0") && len(d) >= 7:
		code, rest = ukCode, d[1:]
	case strings.HasPrefix(d, ukCode) && len(d) >= 11 && len(d) <= 13:
		code, rest = ukCode, strings.TrimPrefix(d[2:], "0")
	case len(d) == 10:
		code, rest = ukCode, d
	}
	if len(rest) < 6 {
		return phone{digits, []string{digits}}
	}
	p := phone{key: code + rest}
	for _, spelling := range []string{digits, "0" + rest, code + rest, code + "0" + rest, "00" + code + rest, "00" + code + "0" + rest} {
		if !slices.Contains(p.spellings, spelling) {
			p.spellings = append(p.spellings, spelling)
		}
	}
	if len(rest) >= 10 && !slices.Contains(p.spellings, rest) {
		p.spellings = append(p.spellings, rest)
	}
	return p
}

// twoDigit are the country codes of two digits (ITU-T E.164); zones 1 and 7 have one, the others three.
const twoDigit = " 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66" +
	" 81 82 84 86 90 91 92 93 94 95 98 "

func splitCode(d string) (code, rest string) {
	n := 3
	switch {
	case len(d) < 4:
		return "", d
	case d[0] == '1' || d[0] == '7':
		n = 1
	case strings.Contains(twoDigit, " "+d[:2]+" "):
		n = 2
	}
	return d[:n], d[n:]
}
