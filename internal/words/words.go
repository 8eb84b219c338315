// Package words holds the interface's words, by language: what templates say through T and what the program says of a page
// by itself, such as a notice, an expiry or a marker. There is one place for both, the theme's i18n files, one for each
// language, which a site's own theme overrides key by key.
//
// Reach for [Set.For] first: it gives the words of a language, with English where the language has none.
package words

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"

	"candour/internal/diag"
	"candour/internal/frontmatter"
)

// Fallback is the language that has every word.
const Fallback = "en"

// Keys of an i18n file that are about the language and are no words of the interface.
const (
	reviewedKey = "reviewed"      // whether a native speaker has read the words
	nameKey     = "language_name" // the language's name in the language itself
)

// Set is the words of every language.
type Set struct {
	tables  map[string]map[string]text
	checked map[string]bool // language -> a native speaker has reviewed it
	primary string
	ready   sync.Map // language as asked for -> *Words
}

// text is a word or sentence, by plural form; one without forms stands under plural.Other.
type text map[plural.Form]string

var forms = map[string]plural.Form{"zero": plural.Zero, "one": plural.One, "two": plural.Two, "few": plural.Few, "many": plural.Many, "other": plural.Other}

// New returns an empty set. primary is the language of the site, which For("") stands for.
func New(primary string) *Set {
	return &Set{tables: map[string]map[string]text{}, checked: map[string]bool{}, primary: primary}
}

var placeholder = regexp.MustCompile(`\{\{-?\s*\.([A-Za-z0-9_]+)\s*-?\}\}`)

// Add lays an i18n file over what is there, key by key. lang is the file's name without its ending.
func (s *Set) Add(lang, file string, data []byte) diag.List {
	s.ready.Clear()
	values, fault := frontmatter.DecodeShared(file, data)
	if fault != nil {
		return diag.List{diag.New(fault.Rule, diag.Pos{File: file, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message)}
	}
	var found diag.List
	wrong := func(key, hint, message string) {
		line, col := frontmatter.NewIndex(data, 1).Key(key)
		found.Add(diag.New(diag.BadLayout, diag.Pos{File: file, Line: line, Column: col}, hint, "%s", message))
	}
	if _, err := language.Parse(lang); err != nil {
		found.Add(diag.New(diag.BadLayout, diag.Pos{File: file}, "name it after the language's code, such as cy.toml", "is not named after a language"))
		return found
	}
	lang = strings.ToLower(lang)
	into := s.tables[lang]
	if into == nil {
		into = map[string]text{}
		s.tables[lang] = into
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		switch v := values[key].(type) {
		case string:
			into[key] = text{plural.Other: v}
		case bool:
			if key != reviewedKey {
				wrong(key, "write it in quotation marks", "words are text")
				continue
			}
			s.checked[lang] = v
		case map[string]any:
			t := text{}
			for name, form := range v {
				f, known := forms[name]
				words, isText := form.(string)
				if !known || !isText {
					wrong(key, "give text under one, two, few, many or other, as the language counts", "is no text and no set of plural forms")
					t = nil
					break
				}
				t[f] = words
			}
			if t != nil {
				if _, ok := t[plural.Other]; !ok {
					wrong(key, "give the form other, which every language has", "has plural forms, and other is not among them")
					continue
				}
				into[key] = t
			}
		default:
			wrong(key, "write it in quotation marks", "words are text")
		}
	}
	return found
}

// Has reports whether there are words in a language.
func (s *Set) Has(lang string) bool { _, ok := s.tables[s.settle(lang)]; return ok }

// Languages lists the languages that there are words in, sorted.
func (s *Set) Languages() []string { return slices.Sorted(maps.Keys(s.tables)) }

// Reviewed reports whether a native speaker has reviewed the words of a language.
func (s *Set) Reviewed(lang string) bool { return s.checked[s.settle(lang)] }

// Missing lists the keys that English has and a language lacks, sorted.
func (s *Set) Missing(lang string) []string {
	own := s.tables[s.settle(lang)]
	var missing []string
	for _, key := range slices.Sorted(maps.Keys(s.tables[Fallback])) {
		if own[key] == nil {
			missing = append(missing, key)
		}
	}
	return missing
}

// Odd lists what is wrong with the words of a language beside the English ones: keys that English does not have, other
// placeholders, and plural forms that the language needs and a key with forms lacks.
func (s *Set) Odd(lang string) []string {
	own, english := s.tables[s.settle(lang)], s.tables[Fallback]
	tag, _ := language.Parse(lang)
	needed := map[plural.Form]bool{}
	for n := range 201 {
		needed[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)] = true
	}
	var odd []string
	for _, key := range slices.Sorted(maps.Keys(own)) {
		switch t := english[key]; {
		case t == nil:
			odd = append(odd, key+": English has no such key")
		case !strings.HasPrefix(key, "clock") && !slices.Equal(t.holes(), own[key].holes()): // a clock has 12 hours or 24
			odd = append(odd, key+": other placeholders than in English")
		case len(t) > 1:
			for name, f := range forms {
				if needed[f] && own[key][f] == "" {
					odd = append(odd, key+": no form "+name)
				}
			}
		}
	}
	return odd
}

// settle gives the language whose table serves a language tag: "cy" for "cy-GB".
func (s *Set) settle(lang string) string {
	if lang == "" {
		lang = s.primary
	}
	lang = strings.ToLower(lang)
	if _, ok := s.tables[lang]; !ok {
		lang, _, _ = strings.Cut(lang, "-")
	}
	return lang
}

// For gives the words of a language, with English where it has none. "" is the site's own.
func (s *Set) For(lang string) *Words {
	if w, ok := s.ready.Load(lang); ok {
		return w.(*Words)
	}
	settled := s.settle(lang)
	w := &Words{lang: settled, own: s.tables[settled], spare: s.tables[Fallback]}
	if w.own == nil {
		w.lang, w.own = Fallback, w.spare
	}
	w.tag, _ = language.Parse(w.lang)
	s.ready.Store(lang, w)
	return w
}

// Table is every word of a language for the renderer, with English where it has none: texts, or forms by name.
func (s *Set) Table(lang string) map[string]any {
	out := map[string]any{}
	put := func(table map[string]text) {
		for key, t := range table {
			if len(t) == 1 {
				out[key] = t[plural.Other]
				continue
			}
			byName := map[string]string{}
			for name, f := range forms {
				if words, ok := t[f]; ok {
					byName[name] = words
				}
			}
			out[key] = byName
		}
	}
	put(s.tables[Fallback])
	put(s.tables[s.settle(lang)])
	return out
}

// Words are the words of one language.
type Words struct {
	lang       string
	tag        language.Tag
	own, spare map[string]text
}

// Lang is the language that the words are in, which is English where the asked one has none.
func (w *Words) Lang() string { return w.lang }

// Name is the language's name in the language itself.
func (w *Words) Name() string { return w.own[nameKey][plural.Other] }

// T gives the words of a key, with {{ .name }} filled from args; "" where there is no such key.
func (w *Words) T(key string, args ...map[string]any) string {
	return fill(w.raw(key)[plural.Other], args)
}

func (w *Words) raw(key string) text {
	if t := w.own[key]; t != nil {
		return t
	}
	return w.spare[key]
}

// N gives the words of a key that go with a number, which fills {{ .count }}, or {{ .Count }} as templates call it.
func (w *Words) N(key string, n int, args ...map[string]any) string {
	t, tag := w.own[key], w.tag
	if t == nil {
		t, tag = w.spare[key], language.English
	}
	words, ok := t[plural.Cardinal.MatchPlural(tag, n, 0, 0, 0, 0)]
	if !ok {
		words = t[plural.Other]
	}
	return fill(words, append([]map[string]any{{"count": n, "Count": n}}, args...))
}
