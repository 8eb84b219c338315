// Package reading measures how hard a text is to read.
//
// English is measured by the Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers and Chissom, 1975, Research Branch Report
// 8-75, US Naval Technical Training Command): 0.39 words a sentence + 11.8 syllables a word - 15.59. A grade is a school year
// in the United States, which children begin at five, so that the reading age is five more. It counts and understands nothing:
// a low age does not make a text clear.
//
// Other languages have no grade here. They are measured by LIX (Björnsson, 1968), which counts words a sentence and the share
// of words over six letters, and serves to compare texts of one language.
package reading

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"candour/internal/wording"
)

// LongSentence is how many words a sentence may have before it is told of: GOV.UK's guidance on writing asks for 25 at most.
const LongSentence = 25

// fewest is how many words a text needs before an average says anything.
const fewest = 60

// Score is what was counted.
type Score struct {
	Words, Sentences, Syllables, LongWords int
	Long                                   []wording.Sentence // over LongSentence words
}

// Enough reports whether there is enough text to judge.
func (s Score) Enough() bool { return s.Words >= fewest && s.Sentences > 0 }

// Age is the reading age in years that English text needs, by the Flesch-Kincaid grade; 5 at least.
func (s Score) Age() int {
	if s.Sentences == 0 || s.Words == 0 {
		return 5
	}
	grade := 0.39*float64(s.Words)/float64(s.Sentences) + 11.8*float64(s.Syllables)/float64(s.Words) - 15.59
	return max(5, 5+int(math.Round(grade)))
}

// LIX is Björnsson's figure: below 30 is very easy, above 50 hard.
func (s Score) LIX() int {
	if s.Sentences == 0 || s.Words == 0 {
		return 0
	}
	return int(math.Round(float64(s.Words)/float64(s.Sentences) + 100*float64(s.LongWords)/float64(s.Words)))
}

// PerSentence is the words of an average sentence.
func (s Score) PerSentence() int {
	if s.Sentences == 0 {
		return 0
	}
	return int(math.Round(float64(s.Words) / float64(s.Sentences)))
}

// Measure counts. A name that is known counts two syllables, however long it is: a text about naloxone cannot do without the
// word, and should not be written for older readers because of it. One or two words are no sentence but a label.
func Measure(sentences []wording.Sentence, known map[string]bool) Score {
	var s Score
	for _, sentence := range sentences {
		words := 0
		for _, w := range sentence.Words {
			if isWord(w.Text) {
				words++
			}
		}
		if words < 3 {
			continue
		}
		s.Sentences++
		s.Words += words
		if words > LongSentence {
			s.Long = append(s.Long, sentence)
		}
		for _, w := range sentence.Words {
			if !isWord(w.Text) {
				continue
			}
			if known[w.Text] {
				s.Syllables += min(2, Syllables(w.Text))
				continue
			}
			s.Syllables += Syllables(w.Text)
			if utf8.RuneCountInString(w.Text) > 6 {
				s.LongWords++
			}
		}
	}
	return s
}

// isWord keeps addresses out.
func isWord(w string) bool {
	return w != "" && !strings.ContainsAny(w, "@/_") && !(strings.Contains(w, ".") && strings.ContainsFunc(w, unicode.IsLetter)) &&
		!strings.HasPrefix(w, "http") && !strings.HasPrefix(w, "www")
}
