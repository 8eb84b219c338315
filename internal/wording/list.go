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
	heads   [1 << 16]bool       // what first words begin with: first byte times 256 plus second, zero where there is none
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
			l.head(first, first != parts[0])
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

// head notes what a first word begins with; open says that others may begin with it.
func (l *List) head(first string, open bool) {
	switch {
	case len(first) > 1:
		l.heads[int(first[0])<<8|int(first[1])] = true
	case open:
		for second := range 256 {
			l.heads[int(first[0])<<8|second] = true
		}
	default:
		l.heads[int(first[0])<<8] = true
	}
}

// may reports whether a phrase may begin with a word, by its first letters.
func (l *List) may(word []byte) bool {
	switch len(word) {
	case 0:
		return false
	case 1:
		return l.heads[int(word[0])<<8]
	}
	return l.heads[int(word[0])<<8|int(word[1])]
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
	if !l.may(word) && !l.may(before) {
		return false
	}
	begins := func(phrases []phrase, second bool) bool {
		for _, p := range phrases {
			if !second && len(p.words) == 1 {
				return true
			}
			if second && len(p.words) > 1 {
				stem, open := strings.CutSuffix(p.words[1], "*")
				if string(word) == p.words[1] || open && len(word) >= len(stem) && string(word[:len(stem)]) == stem {
					return true
				}
			}
		}
		return false
	}
	if begins(l.phrases[string(word)], false) || begins(l.phrases[string(before)], true) {
		return true
	}
	for _, s := range l.stems {
		if len(word) >= len(s[0]) && string(word[:len(s[0])]) == s[0] && begins(l.phrases[s[1]], false) ||
			len(before) >= len(s[0]) && string(before[:len(s[0])]) == s[0] && begins(l.phrases[s[1]], true) {
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
