// Package vocab holds the vocabularies of data/: what the program ships, with what a site adds, key by key.
package vocab

import (
	"maps"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/frontmatter"
)

// Entry is one key of a vocabulary.
type Entry map[string]any

// Text returns a text of the entry, or "".
func (e Entry) Text(key string) string { s, _ := e[key].(string); return s }

// Label is what a reader sees for the key.
func (e Entry) Label() string { return e.Text("label") }

// Set is every vocabulary by the name of its file without ".toml".
type Set struct {
	files  map[string]map[string]Entry
	common map[string]bool
	own    map[string]bool          // name, key and word that the site wrote itself
	spoken map[string]*Set          // by language: the same vocabularies in its words
	said   map[string][]translation // by language, in the order in which they came
	lang   string                   // of the site
}

// New returns an empty set.
func New() *Set {
	return &Set{files: map[string]map[string]Entry{}, common: map[string]bool{}, own: map[string]bool{}, spoken: map[string]*Set{}, said: map[string][]translation{}}
}

// AddTOML lays a file over what is there, key by key: a later file adds keys and may reword an entry, and cannot take one
// away (contract, section 1). name is the file's name without its ending, file its path for findings.
func (s *Set) AddTOML(name, file string, data []byte) diag.List {
	var found diag.List
	values, fault := frontmatter.DecodeShared(file, data)
	if fault != nil {
		found.Add(diag.New(fault.Rule, diag.Pos{File: file, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message))
		return found
	}
	into := s.files[name]
	if into == nil {
		into = map[string]Entry{}
		s.files[name] = into
	}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		table, ok := values[key].(map[string]any)
		if !ok {
			line, col := frontmatter.NewIndex(data, 1).Key(key)
			found.Add(diag.New(diag.BadSchema, diag.Pos{File: file, Line: line, Column: col},
				"write it as a table: ["+key+"] with label and help below it", "a vocabulary is made of tables, and %q is not one", key))
			continue
		}
		entry := Entry{}
		maps.Copy(entry, into[key])
		for k, v := range table {
			if name == "reasons" && k == "section" && entry["section"] != nil && entry["section"] != v {
				line, col := frontmatter.NewIndex(data, 1).Key(key, k)
				found.Add(diag.New(diag.BadSchema, diag.Pos{File: file, Line: line, Column: col},
					"leave the section out, or add a reason under a key of its own", "the exemption of a reason that the program ships is fixed"))
				continue
			}
			if name == "wording" {
				fault := wording(into[key], k, &v)
				if fault != "" {
					line, col := frontmatter.NewIndex(data, 1).Key(key, k)
					found.Add(diag.New(diag.BadSchema, diag.Pos{File: file, Line: line, Column: col}, "see how data/wording.toml is written; an entry of your own goes under another key", "%s", fault))
					continue
				}
			}
			entry[k] = v
			if !strings.HasPrefix(file, "program:") {
				s.own[name+"\x00"+key+"\x00"+k] = true
			}
		}
		into[key] = entry
	}
	return found
}

// AddWords adds lines of common words.
func (s *Set) AddWords(data []byte) {
	for line := range strings.Lines(string(data)) {
		if w := strings.ToLower(strings.TrimSpace(line)); w != "" && !strings.HasPrefix(w, "#") {
			s.common[w] = true
		}
	}
}

// Common are the words too usual to search for on their own.
func (s *Set) Common() map[string]bool { return s.common }

// Has reports whether the vocabulary has the key.
func (s *Set) Has(vocabulary, key string) bool { _, ok := s.files[vocabulary][key]; return ok }

// Get returns an entry; a missing one is empty.
func (s *Set) Get(vocabulary, key string) Entry { return s.files[vocabulary][key] }

// Keys returns the keys of a vocabulary, sorted.
func (s *Set) Keys(vocabulary string) []string { return slices.Sorted(maps.Keys(s.files[vocabulary])) }

// Names returns the vocabularies, sorted.
func (s *Set) Names() []string { return slices.Sorted(maps.Keys(s.files)) }

// wording lays a value over an entry of the list of words: phrases are added to those that are there, and what the entry is
// for stays, so that a site cannot take a word out. It returns what is wrong with the value, or "".
func wording(shipped Entry, key string, v *any) string {
	texts := func(v any) (list []any, ok bool) {
		list, ok = v.([]any)
		return list, ok && !slices.ContainsFunc(list, func(item any) bool { s, ok := item.(string); return !ok || strings.TrimSpace(s) == "" })
	}
	switch key {
	case "phrases":
		list, ok := texts(*v)
		if !ok {
			return "phrases takes a list of texts"
		}
		old, _ := shipped[key].([]any)
		merged := slices.Clone(old)
		for _, item := range list {
			if !slices.Contains(merged, item) {
				merged = append(merged, item)
			}
		}
		*v = merged
	case "pages":
		list, ok := texts(*v)
		if !ok {
			return "pages takes a list of kinds of page"
		}
		if old, _ := shipped[key].([]any); shipped != nil && !slices.Equal(old, list) {
			return "the kinds of page of an entry that the program ships are fixed"
		}
	case "kind":
		if *v != "advertising" && *v != "stigma" {
			return "kind takes \"advertising\" or \"stigma\""
		}
		if shipped[key] != nil && shipped[key] != *v {
			return "the kind of an entry that the program ships is fixed"
		}
	case "why", "source", "instead":
		if _, ok := (*v).(string); !ok {
			return key + " takes text"
		}
	default:
		return "this is no key of an entry of the list of words"
	}
	return ""
}
