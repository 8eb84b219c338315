// Package speech gives a leaflet for listening: a script to read aloud, and a recording of it by a synthetic voice.
//
// Reach for [Script] first. [Voice.Speak] makes the recording of nothing but a script, so that a script that was audited is
// all that is heard; [Tags] reads a recording again, for the audit.
package speech

import (
	"regexp"
	"strings"
	"unicode"

	"candour/internal/leaflet"
	"candour/internal/prose"
)

// Words are words of a script that its page does not have.
type Words struct {
	Pause     string // "pause": stands in square brackets where the reader stops for a breath
	Blank     string // what is said of a contact that the venue writes in by hand
	End       string // after the text
	Synthetic string // said at the beginning of a recording
}

// Script writes a leaflet as it is to be read aloud: one sentence or item a paragraph, pauses in square brackets, numbers
// and abbreviations written as they are said.
func Script(s *leaflet.Sheet, w Words) []byte {
	var out strings.Builder
	pause := "[" + w.Pause + "]"
	line := func(text string) {
		if text = strings.Join(strings.Fields(text), " "); text != "" {
			out.WriteString(stop(text) + "\n\n")
		}
	}
	rest := func() {
		if !strings.HasSuffix(out.String(), pause+"\n\n") {
			out.WriteString(pause + "\n\n")
		}
	}
	line(Aloud(s.Title, s.Lang))
	rest()
	for _, b := range s.Blocks {
		lang := b.Lang
		if lang == "" {
			lang = s.Lang
		}
		text := b.Text
		if b.Kind == prose.Row {
			text = b.Linked(nil)
		}
		if strings.TrimSpace(text) == "" {
			continue
		}
		text = Aloud(text, lang)
		switch {
		case b.Kind == prose.Heading:
			rest()
			line(text)
			rest()
		case leaflet.Blank(b):
			line(text + " " + w.Blank)
		case b.Kind == prose.Item && b.Ordered:
			line(strings.TrimSpace(b.Mark()) + " " + text)
		default:
			line(text)
		}
	}
	rest()
	for _, l := range []string{s.Publisher, s.Origin, s.Dates} {
		line(Aloud(l, s.Lang))
	}
	line(w.End + " " + Aloud(s.Address, s.Lang))
	return []byte(strings.TrimRight(out.String(), "\n") + "\n")
}

// stop ends a paragraph as a sentence, so that a voice falls at its end.
func stop(text string) string {
	if strings.HasSuffix(text, ":") {
		return strings.TrimSuffix(text, ":") + "."
	}
	if strings.ContainsAny(text[len(text)-1:], ".!?") || strings.HasSuffix(text, "۔") || strings.HasSuffix(text, "؟") || strings.HasSuffix(text, "…") {
		return text
	}
	return text + "."
}

var (
	addresses = regexp.MustCompile(`https?://[^\s<>()]+`)
	emails    = regexp.MustCompile(`[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+`)
	// numbers that are dialled: from the nought or the plus on, in groups, or one of the short numbers.
	numbers = regexp.MustCompile(`(?:\+\d|\b0)\d*(?:[ -]?\d+){2,}\b|\b(?:999|111|112|101|116 123)\b`)
)

// english are what people write and how it is said.
var english = []struct {
	written *regexp.Regexp
	said    string
}{
	{regexp.MustCompile(`(?i)\be\.g\.,?`), "for example"},
	{regexp.MustCompile(`(?i)\bi\.e\.,?`), "that is"},
	{regexp.MustCompile(`\betc\.`), "and so on"},
	{regexp.MustCompile(`\b24/7\b`), "24 hours a day, 7 days a week"},
	{regexp.MustCompile(`\bmcg\b|\bµg\b`), "micrograms"},
	{regexp.MustCompile(`(\d) ?mg\b`), "$1 milligrams"},
	{regexp.MustCompile(`(\d) ?ml\b`), "$1 millilitres"},
	{regexp.MustCompile(`(\d) ?%`), "$1 per cent"},
	{regexp.MustCompile(`(\d) ?°C\b`), "$1 degrees Celsius"},
	{regexp.MustCompile(`(\d)[–-](\d)`), "$1 to $2"},
	{regexp.MustCompile(` & `), " and "},
	{regexp.MustCompile(` · `), ". "},
}

// Aloud writes a text as it is said. Telephone numbers are given digit by digit in every language; addresses and
// abbreviations in English, whose words for them we know.
func Aloud(text, lang string) string {
	isEnglish := lang == "" || strings.HasPrefix(strings.ToLower(lang), "en")
	// Addresses are set aside, so that nothing else is done to them.
	var aside []string
	keep := func(s string) string {
		aside = append(aside, s)
		return "\x00"
	}
	text = strings.ReplaceAll(text, "\x00", "")
	if isEnglish {
		text = addresses.ReplaceAllStringFunc(text, func(a string) string {
			tail := ""
			if t := strings.TrimRight(a, ".,;:"); t != a {
				a, tail = t, a[len(t):]
			}
			a = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(a, "https://"), "http://"), "/")
			return keep(strings.NewReplacer(".", " dot ", "/", " slash ", "-", " hyphen ", "_", " underscore ").Replace(a)) + tail
		})
		text = emails.ReplaceAllStringFunc(text, func(a string) string {
			return keep(strings.NewReplacer("@", " at ", ".", " dot ", "-", " hyphen ", "_", " underscore ").Replace(a))
		})
	}
	text = numbers.ReplaceAllStringFunc(text, func(n string) string { return keep(digits(n)) })
	if isEnglish {
		for _, e := range english {
			text = e.written.ReplaceAllString(text, e.said)
		}
	}
	for _, s := range aside {
		text = strings.Replace(text, "\x00", s, 1)
	}
	return text
}

// digits writes a number digit by digit, with a comma between its groups.
func digits(n string) string {
	var groups []string
	for _, g := range strings.FieldsFunc(n, func(r rune) bool { return r == ' ' || r == '-' }) {
		var d []string
		for _, r := range g {
			if unicode.IsDigit(r) || r == '+' {
				d = append(d, string(r))
			}
		}
		groups = append(groups, strings.Join(d, " "))
	}
	return strings.Join(groups, ", ")
}
