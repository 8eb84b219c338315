package content

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

var languageSuffix = regexp.MustCompile(`^(.+)\.([a-z]{2,3}(?:-[a-zA-Z0-9]{2,8})?)$`)

// SplitLanguage takes "slug.cy" apart into "slug" and "cy"; base is a file name without its ending.
func SplitLanguage(base string) (name, lang string) {
	if m := languageSuffix.FindStringSubmatch(base); m != nil {
		return m[1], strings.ToLower(m[2])
	}
	return base, ""
}

// Segment turns one name of a path into the form it has in an address: lower case, NFC, spaces as hyphens, letters and
// digits of every script kept, what a web address cannot carry plainly dropped. A name of nothing else, such as an
// emoji, becomes its code points, so that it still has an address of its own.
func Segment(name string) string {
	var b strings.Builder
	hyphen := false
	for _, r := range norm.NFC.String(name) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '_' || r == '.' || r == '~':
			if r == '\ufe0f' { // the variation selector that follows an emoji
				continue
			}
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(unicode.ToLower(r))
		case r == '-' || unicode.IsSpace(r):
			hyphen = true
		}
	}
	s := strings.TrimLeft(strings.TrimRight(b.String(), ".-~"), ".-") // Hugo passes over what ends in ~
	s = norm.NFC.String(s)                                            // what was dropped may have kept two letters apart
	if s != "" {
		return s
	}
	b.Reset()
	for _, r := range name {
		fmt.Fprintf(&b, "u%x", r)
	}
	return b.String()
}

// Same reports whether two names are the same to a reader: an accent may be a character of its own in one of them, as Macs
// write it.
func Same(a, b string) bool { return a == b || norm.NFC.String(a) == norm.NFC.String(b) }

// AddressOf gives the address of a Markdown file below content/ (contract, section 1): rel is its path below content/.
func AddressOf(rel string) (address, lang string, section bool) {
	dir, file := path.Split(rel)
	base, lang := SplitLanguage(strings.TrimSuffix(file, path.Ext(file)))
	var parts []string
	for _, p := range strings.Split(strings.Trim(dir, "/"), "/") {
		if p != "" {
			parts = append(parts, Segment(p))
		}
	}
	switch base {
	case "index":
	case "_index":
		section = true
	default:
		parts = append(parts, Segment(base))
	}
	if lang != "" {
		parts = append([]string{lang}, parts...)
	}
	if len(parts) == 0 {
		return "/", lang, section
	}
	return "/" + strings.Join(parts, "/") + "/", lang, section
}
