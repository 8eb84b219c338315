package wording

import (
	"slices"
	"strings"

	"candour/internal/vocab"
)

// The kinds of entry.
const (
	Advertising = "advertising"
	Stigma      = "stigma"
)

// Entry is one entry of data/wording.toml.
type Entry struct {
	Key, Kind, Why, Source, Instead string
	pages                           []string // kinds of page; empty for all
}

// List is data/wording.toml, ready to look for. It is not changed after it was made, and may be used by several goroutines.
type List struct {
	phrases map[string][]phrase // by the first word, or the first letters of one that ends in *
	stems   [][2]string         // letters and key of phrases whose first word ends in *
	single  heads               // what phrases of one word begin with
	several heads               // what those of several words begin with
	allowed [][]string          // of [publishable].phrases
}

type phrase struct {
	entry *Entry
	words []string
}

// NewList reads the vocabulary. allowed are phrases that pass wherever they stand.
func NewList(words *vocab.Set, allowed []string) *List {
	l := &List{phrases: map[string][]phrase{}}
	for _, key := range words.Keys("wording") {
		v := words.Get("wording", key)
		e := &Entry{Key: key, Kind: v.Text("kind"), Why: v.Text("why"), Source: v.Text("source"), Instead: v.Text("instead"), pages: texts(v["pages"])}
		for _, p := range texts(v["phrases"]) {
			parts := strings.Fields(strings.ToLower(p))
			if len(parts) == 0 || parts[0] == "*" {
				continue
			}
			first := strings.TrimSuffix(parts[0], "*")
			if first != parts[0] && !slices.Contains(l.stems, [2]string{first, parts[0]}) {
				l.stems = append(l.stems, [2]string{first, parts[0]})
			}
			if len(parts) == 1 {
				l.single.add(first, first != parts[0])
			} else {
				l.several.add(first, first != parts[0])
			}
			l.phrases[parts[0]] = append(l.phrases[parts[0]], phrase{e, parts})
		}
	}
	for _, a := range allowed {
		if w := plainWords(a); len(w) > 0 {
			l.allowed = append(l.allowed, w)
		}
	}
	return l
}

// heads are the first three letters of words, each at the place that they hash to: it may know too many, never too few. Most
// words of most pages are passed over by it.
type heads struct {
	known [1 << 12]bool
	open  [headLength]bool // lengths of words, shorter than a head, that others begin with
}

const headLength = 3

// place is where the head of a word stands, or the first n letters of it.
func place[T string | []byte](word T, n int) uint {
	h := uint(0)
	for i := range min(len(word), n) {
		h = h*31 + uint(word[i])
	}
	return h % uint(len(heads{}.known))
}

// add notes what a word begins with; open says that others may begin with it.
func (h *heads) add(word string, open bool) {
	h.known[place(word, headLength)] = true
	if open && len(word) < headLength {
		h.open[len(word)] = true
	}
}

func (h *heads) may(word []byte) bool {
	if len(word) == 0 {
		return false
	}
	for n := 1; n < headLength; n++ {
		if h.open[n] && h.known[place(word, n)] {
			return true
		}
	}
	return h.known[place(word, headLength)]
}

func texts(v any) []string {
	var list []string
	items, _ := v.([]any)
	for _, item := range items {
		if s, ok := item.(string); ok {
			list = append(list, s)
		}
	}
	return list
}

// Begins reports whether a phrase of the list may stand where a word, in small letters, comes after another: the phrase is
// that word alone, or begins with the two. Most pages hold none, and need not be read sentence by sentence.
func (l *List) Begins(before, word []byte) bool {
	return l.single.may(word) && l.begins(word, nil) || l.several.may(before) && l.begins(before, word)
}

// begins reports whether a phrase of one word is that word or, with a second, whether one of several begins with the two.
func (l *List) begins(first, second []byte) bool {
	fits := func(phrases []phrase) bool {
		for _, p := range phrases {
			switch {
			case second == nil && len(p.words) == 1:
				return true
			case second != nil && len(p.words) > 1:
				stem, open := strings.CutSuffix(p.words[1], "*")
				if string(second) == p.words[1] || open && len(second) >= len(stem) && string(second[:len(stem)]) == stem {
					return true
				}
			}
		}
		return false
	}
	if fits(l.phrases[string(first)]) {
		return true
	}
	for _, s := range l.stems {
		if len(first) >= len(s[0]) && string(first[:len(s[0])]) == s[0] && fits(l.phrases[s[1]]) {
			return true
		}
	}
	return false
}

// Match is a phrase of the list in a sentence.
type Match struct {
	*Entry
	At     int    // byte offset of its first word
	Phrase string // as it stands in the list
}

// Find looks for the list's phrases in sentences of a page of a kind. Of phrases that overlap it gives the one that begins
// first, and of those the longest.
func (l *List) Find(sentences []Sentence, kind string) []Match {
	var found []Match
	for _, s := range sentences {
		for i := 0; i < len(s.Words); {
			best := phrase{}
			for _, p := range l.beginning(s.Words[i].Text) {
				if len(p.words) > len(best.words) && s.matches(i, p.words) && (len(p.entry.pages) == 0 || slices.Contains(p.entry.pages, kind)) {
					best = p
				}
			}
			if best.entry == nil || s.Words[i].Quoted || l.passes(s, i, i+len(best.words)) {
				i++
				continue
			}
			found = append(found, Match{best.entry, s.Words[i].At, strings.Join(best.words, " ")})
			i += len(best.words)
		}
	}
	return found
}

func (l *List) beginning(word string) []phrase {
	list := l.phrases[word]
	for _, s := range l.stems {
		if strings.HasPrefix(word, s[0]) {
			list = append(list[:len(list):len(list)], l.phrases[s[1]]...)
		}
	}
	return list
}

// matches reports whether the phrase stands at word i, with nothing but spaces in it.
func (s Sentence) matches(i int, phrase []string) bool {
	if i+len(phrase) > len(s.Words) {
		return false
	}
	for k, p := range phrase {
		w := s.Words[i+k]
		stem, open := strings.CutSuffix(p, "*")
		if k > 0 && w.Break || w.Text != p && !(open && strings.HasPrefix(w.Text, stem)) {
			return false
		}
	}
	return true
}

// passes reports whether the words from a to b are part of a phrase that may appear anywhere.
func (l *List) passes(s Sentence, a, b int) bool {
	for _, words := range l.allowed {
		for from := max(0, b-len(words)); from <= a && from+len(words) <= len(s.Words); from++ {
			if from+len(words) >= b && s.matches(from, words) {
				return true
			}
		}
	}
	return false
}
