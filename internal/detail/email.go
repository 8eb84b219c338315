package detail

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxLocal bounds the part before the at sign: RFC 5321, section 4.5.3.1.1.
const maxLocal = 64

// email looks for an address around the at sign at i.
func (sc *scanner) email(i int) {
	s := sc.s
	start := i
	for start > 0 && i-start < maxLocal {
		c := s[start-1]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeLastRuneInString(s[:start])
			if !unicode.IsLetter(r) && !unicode.IsMark(r) {
				break
			}
			start -= n
			continue
		}
		if !is(c, alnum) && strings.IndexByte(".!#$%&'*+=?^_`{|}~-", c) < 0 {
			break
		}
		start--
	}
	for start < i && strings.IndexByte(".!#$%&'*+=?^`{|}~-", s[start]) >= 0 {
		start++
	}
	// "?to=jane@…": what stands before the sign is the name of a parameter.
	if j := strings.LastIndexAny(s[start:i], "=?&|`"); j >= 0 {
		start += j + 1
	}
	if start >= i || s[i-1] == '.' || start > 0 && s[start-1] == '@' {
		return
	}
	end, lastDot := i+1, -1
	for end < len(s) && end-i < 254 {
		c := s[end]
		if c == '.' || c == '-' {
			if end+1 >= len(s) || s[end-1] == '.' || s[end-1] == '@' || !sc.wordAfter(end+1) && s[end+1] != '-' {
				break
			}
			if c == '.' {
				lastDot = end
			}
			end++
			continue
		}
		if is(c, alnum) {
			end++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[end:])
		if c < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsMark(r) {
			break
		}
		end += n
	}
	if lastDot < 0 {
		return
	}
	if h := strings.IndexByte(s[lastDot+1:end], '-'); h >= 0 && !hasFold(s[lastDot+1:end], "xn--") {
		end = lastDot + 1 + h // "jane@eastmere.example-based"
	}
	top := s[lastDot+1 : end]
	if len(top) < 2 || strings.ContainsAny(top[:1], "0123456789") {
		return
	}
	switch strings.ToLower(top) { // "plan@2x.png"
	case "png", "jpg", "jpeg", "webp", "gif", "svg", "avif", "css", "js", "mjs", "pdf", "html":
		return
	}
	if s[start] == '_' && end < len(s) && s[end] == '_' { // emphasis
		start++
	}
	if start < i {
		sc.add(Email, start, end)
	}
}
