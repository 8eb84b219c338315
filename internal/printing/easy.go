package printing

import (
	"fmt"
	"strings"
	"unicode"

	"candour/internal/leaflet"
	"candour/internal/prose"
)

// easyID is the id of the section that easy read is made of: pictures, each with one or two short sentences after it.
const easyID = "easy-read"

// Easy read has short sentences, of some fifteen words at most, and one idea beside each picture (Department of Health,
// "Making written information easier to understand for people with learning disabilities", 2010).
const (
	easySentences = 2
	easyWords     = 15
)

// EasyError says why a leaflet cannot be made in easy read.
type EasyError struct{ What string }

func (e *EasyError) Error() string { return e.What }

// checkEasy reports whether a leaflet has what easy read is made of.
func checkEasy(sheet *leaflet.Sheet) error {
	wrong := func(format string, args ...any) error { return &EasyError{fmt.Sprintf(format, args...)} }
	inside, picture, sentences, pairs := false, "", 0, 0
	done := func() error {
		if picture != "" && sentences == 0 {
			return wrong("its picture %q has no words after it", picture)
		}
		return nil
	}
	for _, b := range sheet.Blocks {
		switch {
		case b.Kind == prose.Heading && b.ID == easyID:
			inside = true
		case !inside:
		case b.Kind == prose.Heading && b.Level <= 2, strings.HasPrefix(b.ID, "fn:"): // footnotes stand at the end of everything
			inside = false
		case b.Kind == prose.Image:
			if err := done(); err != nil {
				return err
			}
			picture, sentences, pairs = b.Text, 0, pairs+1
		case b.Kind != prose.Paragraph || pairs == 0:
			return wrong("its section %q has %q, which is no sentence after a picture", easyID, beginning(b.Text))
		default:
			for _, s := range sentencesOf(b.Text) {
				if n := len(strings.Fields(s)); n > easyWords {
					return wrong("its sentence %q has %d words, and easy read has %d at most", beginning(s), n, easyWords)
				}
				if sentences++; sentences > easySentences {
					return wrong("its picture %q has more than two sentences", picture)
				}
			}
		}
	}
	if pairs == 0 {
		return wrong("it has no pictures with short sentences")
	}
	return done()
}

// sentencesOf cuts a paragraph after each full stop, question mark or exclamation mark that a space or the end follows.
func sentencesOf(text string) []string {
	var list []string
	from, runes := 0, []rune(strings.TrimSpace(text))
	for i, r := range runes {
		if strings.ContainsRune(".?!\u06d4\u061f", r) && (i+1 == len(runes) || unicode.IsSpace(runes[i+1])) {
			list = append(list, strings.TrimSpace(string(runes[from:i+1])))
			from = i + 1
		}
	}
	if rest := strings.TrimSpace(string(runes[from:])); rest != "" {
		list = append(list, rest)
	}
	return list
}

// beginning is enough of a sentence to find it by.
func beginning(text string) string {
	words := strings.Fields(text)
	if len(words) > 5 {
		return strings.Join(words[:5], " ") + " …"
	}
	return strings.Join(words, " ")
}
