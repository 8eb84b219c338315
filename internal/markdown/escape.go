package markdown

import "strings"

// EscapeText writes plain text as Markdown that renders as itself within a paragraph, a heading, an item or a table cell:
// no sign of it is markup, makes a link of itself, is turned into a typographic one, or can become part of a shortcode
// tag together with what stands beside it. Line ends and control characters become spaces, and spaces at the ends go.
// It is not for code, where Markdown shows escapes as they are.
func EscapeText(s string) string {
	var b strings.Builder
	b.Grow(len(s) + len(s)/4)
	for _, r := range strings.TrimSpace(strings.ToValidUTF8(s, "\uFFFD")) {
		switch {
		case r < ' ' || r == 0x7f:
			b.WriteByte(' ')
		case r == '\\' || r == '|' || r == '{' || r == '}' || r == '&' || r == '<' || r == '>':
			// As entities: a backslash before a table's | would take it into the cell, and brackets must not meet others.
			b.WriteString(entities[byte(r)])
		case r < 0x7f && isPunct(byte(r)):
			b.WriteByte('\\')
			b.WriteRune(r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

var entities = map[byte]string{'\\': "&#92;", '|': "&#124;", '{': "&#123;", '}': "&#125;", '&': "&amp;", '<': "&lt;", '>': "&gt;"}

// isPunct says whether a backslash may escape c.
func isPunct(c byte) bool {
	return '!' <= c && c <= '/' || ':' <= c && c <= '@' || '[' <= c && c <= '`' || '{' <= c && c <= '~'
}
