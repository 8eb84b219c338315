package wording

import "strings"

// filler are words that two sentences may share without saying the same.
var filler = set(`a about after again all an and any are as at be been before being but by can could did do does for from get has have
	here how if in into is it its may might more most no not now of on or other our out over people said say says she he so some
	that the their them then there these they this those to under up was we were what when where which while who will with you your`)

// Repeats reports whether a text repeats a claim: four of its words in a row, two of them of weight, or most of its words of
// weight in any order. A correction that does so spreads what it corrects.
func Repeats(text, claim string) bool {
	a, b := plainWords(text), plainWords(claim)
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	const run = 4
	joined := " " + strings.Join(a, " ") + " "
	for i := 0; i+run <= len(b); i++ {
		weight := 0
		for _, w := range b[i : i+run] {
			if !filler[w] {
				weight++
			}
		}
		if weight >= 2 && strings.Contains(joined, " "+strings.Join(b[i:i+run], " ")+" ") {
			return true
		}
	}
	have := map[string]bool{}
	for _, w := range a {
		have[stem(w)] = true
	}
	said := map[string]bool{}
	shared := 0
	for _, w := range b {
		if s := stem(w); !filler[w] && !said[s] {
			said[s] = true
			if have[s] {
				shared++
			}
		}
	}
	return len(said) > 0 && (shared >= 3 && 4*shared >= 3*len(said) || shared == len(said) && shared >= 2)
}

func plainWords(s string) []string {
	var words []string
	for _, sentence := range ReadText(s) {
		for _, w := range sentence.Words {
			words = append(words, w.Text)
		}
	}
	return words
}

// stem takes off what English adds to a word, roughly: enough to see that "selling" and "sells" are one.
func stem(w string) string {
	for _, end := range []string{"'s", "ing", "ies", "es", "ed", "s"} {
		if s, ok := strings.CutSuffix(w, end); ok && len(s) > 3 {
			return s
		}
	}
	return w
}
