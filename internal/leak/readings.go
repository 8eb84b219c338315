package leak

import (
	"html"
	"regexp"
	"slices"
	"strings"
)

// gap stands where Markdown ends a stretch of text that a reader sees without a break.
const gap = "\x1d"

var markdown = []struct {
	find *regexp.Regexp
	with string
}{
	{regexp.MustCompile(`(?s)<!--.*?-->`), gap},
	{regexp.MustCompile(`\{\{[<%]\s*/?\s*passage\b[^}]*\}\}`), ""}, // leaves nothing between the words
	{regexp.MustCompile(`(?s)\{\{[<%].*?[%>]\}\}`), gap},
	{regexp.MustCompile(`(?m)^ {0,3}\[\^[^\]\n]*\]:`), gap},                            // a footnote's text
	{regexp.MustCompile(`\[\^[^\]\n]*\]`), gap},                                        // its number is in the way
	{regexp.MustCompile(`(?m)^ {0,3}\[[^\]\n]+\]:.*$`), gap},                           // a link's definition
	{regexp.MustCompile(`!\[([^\]]*)\]\([^)]*\)`), gap + "$1" + gap},                   // an image's text is an attribute
	{regexp.MustCompile(`\]\(\s*(<[^>\n]*>|[^)\s]*)(\s+("[^"]*"|'[^']*'))?\s*\)`), ""}, // a link's address and title
	{regexp.MustCompile(`\]\[[^\]\n]*\]`), ""},
	{regexp.MustCompile(`\{[#.][^}\n]*\}`), ""},
	{regexp.MustCompile("[*`]|~~"), ""},
}

// readings returns the words of a text in Markdown, twice where it makes a difference: as the source has them, and as a
// reader of the page does, without the addresses of links. Each reading is a list of stretches without a gap.
func readings(text string) [][][]string {
	raw := [][]string{words(text)}
	if !strings.ContainsAny(text, "[]{}*`~<&") {
		return [][][]string{raw}
	}
	for _, m := range markdown {
		text = m.find.ReplaceAllString(text, m.with)
	}
	var read [][]string
	for stretch := range strings.SplitSeq(html.UnescapeString(text), gap) {
		if w := words(stretch); len(w) > 0 {
			read = append(read, w)
		}
	}
	if len(read) == 1 && slices.Equal(read[0], raw[0]) {
		return [][][]string{raw}
	}
	return [][][]string{raw, read}
}
