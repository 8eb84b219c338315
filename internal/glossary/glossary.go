// Package glossary explains words to readers: the first use of each on a finished page becomes a link to a short meaning at
// the end of the page's text, and an abbreviation is followed by what it stands for.
//
// It adds to a page and changes none of its words: what people have signed stands as they signed it, and what is added looks
// different. A link was chosen over <abbr> and its title, which touch and screen readers do not show, over <details>, which
// may not stand in a paragraph, and over a button, which reading modes of browsers drop together with its word. It works
// without a script, and on paper the meanings are a list.
//
// Leaks are searched for in the cleared sources before anything is added, so that an addition between two words hides no run
// of withheld words that an author could have typed.
package glossary

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"candour/internal/vocab"
	"candour/internal/words"
)

// Term is a word with its meaning.
type Term struct {
	Key, Term, Expands, Meaning, Source string
	Inline                              bool // explained where it is used, and not on the glossary page alone
	forms                               []string
}

// Glossary is the terms of one language.
type Glossary struct {
	Terms []Term // by Term, as the language sorts
	begin map[[2]byte][]form
	heads [1 << 16]bool // the keys of begin, first byte times 256 plus second
	say   *words.Words
	page  string // address of the glossary page
}

type form struct {
	text string
	term int
	same bool // capitals count: an abbreviation
}

// Read makes the glossary of a language from the vocabulary of that name. own says that the language is the site's own: of
// another, only what has been translated is taken, since English in between helps nobody.
func Read(set *vocab.Set, lang string, own bool, say *words.Words, page string, less func(a, b string) int) *Glossary {
	g := &Glossary{say: say, page: page, begin: map[[2]byte][]form{}}
	in := set.In(lang)
	skip := map[string]bool{}
	if !own && lang != words.Fallback {
		for _, key := range set.Unspoken(lang, "glossary") {
			skip[key] = true
		}
	}
	for _, key := range in.Keys("glossary") {
		e := in.Get("glossary", key)
		if skip[key] || e.Text("term") == "" || e.Text("meaning") == "" {
			continue
		}
		t := Term{Key: key, Term: e.Text("term"), Expands: e.Text("expands"), Meaning: e.Text("meaning"), Source: e.Text("source"), Inline: e["inline"] != false, forms: []string{e.Text("term")}}
		list, _ := e["forms"].([]any)
		for _, f := range list {
			if s, ok := f.(string); ok && s != "" {
				t.forms = append(t.forms, s)
			}
		}
		g.Terms = append(g.Terms, t)
	}
	slices.SortStableFunc(g.Terms, func(a, b Term) int { return cmp.Or(less(a.Term, b.Term), cmp.Compare(a.Key, b.Key)) })
	for i, t := range g.Terms {
		if !t.Inline {
			continue
		}
		for _, f := range t.forms {
			if len(f) < 2 {
				continue
			}
			add := func(k [2]byte) {
				if !slices.ContainsFunc(g.begin[k], func(have form) bool { return have.text == f && have.term == i }) {
					g.begin[k] = append(g.begin[k], form{f, i, strings.ToUpper(f) == f && strings.ToLower(f) != f})
				}
			}
			r, n := utf8.DecodeRuneInString(f)
			add([2]byte{f[0], f[1]})
			up := string(unicode.ToUpper(r)) + f[n:]
			add([2]byte{up[0], up[1]})
		}
	}
	for k := range g.begin {
		g.heads[int(k[0])<<8|int(k[1])] = true
		slices.SortStableFunc(g.begin[k], func(a, b form) int { return cmp.Compare(len(b.text), len(a.text)) }) // the longest that fits
	}
	return g
}

// Letters groups the terms by first letter, for a page from A to Z. Letters of two signs, as Welsh has them, count as one.
func (g *Glossary) Letters(digraphs []string) []any {
	var out []any
	last := ""
	var group []any
	flush := func() {
		if group != nil {
			out = append(out, map[string]any{"letter": last, "terms": group})
		}
		group = nil
	}
	for _, t := range g.Terms {
		lower := strings.ToLower(t.Term)
		r, n := utf8.DecodeRuneInString(lower)
		letter := string(unicode.ToUpper(r))
		for _, d := range digraphs {
			if strings.HasPrefix(lower, d) {
				letter = strings.ToUpper(lower[:n]) + d[n:]
			}
		}
		if letter != last {
			flush()
			last = letter
		}
		group = append(group, map[string]any{"key": t.Key, "term": t.Term, "expands": t.Expands, "meaning": t.Meaning, "source": t.Source})
	}
	flush()
	return out
}

// notes is the list of meanings at the end of a page's text.
func (g *Glossary) notes(used []int) string {
	var b strings.Builder
	b.WriteString(`<section class="terms" aria-labelledby="c-terms" data-text="none"><h2 id="c-terms">` + html.EscapeString(g.say.T("terms_here")) + `</h2><dl>`)
	for _, i := range used {
		t := g.Terms[i]
		b.WriteString(`<div id="c-g-` + t.Key + `" tabindex="-1"><dt>` + html.EscapeString(t.Term))
		if t.Expands != "" {
			b.WriteString(` (` + html.EscapeString(t.Expands) + `)`)
		}
		b.WriteString(`</dt><dd>` + html.EscapeString(t.Meaning) + ` <a class="back" href="#c-u-` + t.Key + `">` + html.EscapeString(g.say.T("terms_back")) + `<span class="sr">: ` + html.EscapeString(t.Term) + `</span></a></dd></div>`)
	}
	b.WriteString(`</dl><p><a href="` + g.page + `">` + html.EscapeString(g.say.T("terms_all")) + `</a></p></section>`)
	return b.String()
}
