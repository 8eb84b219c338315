package vocab

import (
	"maps"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/nearmiss"
)

// translation is one file of data/<language>/.
type translation struct {
	name, file string
	program    bool
	data       []byte
	values     map[string]any
}

// spokenKeys are the parts of an entry that a reader gets to read. The rest, such as a section of the Act or an order, is
// the same in every language.
var spokenKeys = []string{"label", "help", "text", "term", "meaning", "expands", "gap", "forms"}

// AddTranslation takes a file of data/<lang>/: the words of a vocabulary's entries in another language, key by key.
func (s *Set) AddTranslation(lang, name, file string, data []byte) diag.List {
	values, fault := frontmatter.DecodeShared(file, data)
	if fault != nil {
		return diag.List{diag.New(fault.Rule, diag.Pos{File: file, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message)}
	}
	lang = strings.ToLower(lang)
	s.said[lang] = append(s.said[lang], translation{name, file, strings.HasPrefix(file, "program:"), data, values})
	return nil
}

// Speak settles the vocabularies in every language, after all files have been added; primary is the site's own. A word for
// an entry that no vocabulary has is a finding.
func (s *Set) Speak(primary string) diag.List {
	var found diag.List
	s.lang = strings.ToLower(primary)
	for _, lang := range slices.Sorted(maps.Keys(s.said)) {
		out := &Set{files: maps.Clone(s.files), common: s.common, lang: s.lang}
		for _, t := range s.said[lang] {
			if s.files[t.name] == nil {
				found.Add(diag.New(diag.BadSchema, diag.Pos{File: t.file}, "name it after a file of data/", "translates a vocabulary that there is none of%s", nearmiss.Suffix(t.name, s.Names())))
				continue
			}
			found.Add(s.lay(out, lang, t)...)
		}
		s.spoken[lang] = out
	}
	return found
}

// lay puts the words of a translation over a set. What the site wrote in its own language stays.
func (s *Set) lay(out *Set, lang string, t translation) diag.List {
	var found diag.List
	wrong := func(hint, message string, path ...string) {
		line, col := frontmatter.NewIndex(t.data, 1).Key(path...)
		found.Add(diag.New(diag.BadSchema, diag.Pos{File: t.file, Line: line, Column: col}, hint, "%s", message))
	}
	into := maps.Clone(out.files[t.name])
	out.files[t.name] = into
	for _, key := range slices.Sorted(maps.Keys(t.values)) {
		table, ok := t.values[key].(map[string]any)
		base, known := s.files[t.name][key]
		switch {
		case !ok:
			wrong("write it as a table: ["+key+"] with its words below it", "a vocabulary is made of tables, and this is not one", key)
			continue
		case !known:
			wrong("correct the key, or add the entry to data/"+t.name+".toml first", "translates an entry that data/"+t.name+".toml does not have"+nearmiss.Suffix(key, s.Keys(t.name)), key)
			continue
		}
		entry := Entry{}
		maps.Copy(entry, into[key])
		for k, v := range table {
			if !slices.Contains(spokenKeys, k) || base[k] == nil && k != "forms" {
				wrong("take it out: only words are translated, and only those that the entry has", "is no word of this entry", key, k)
				continue
			}
			if t.program && lang == s.lang && s.own[t.name+"\x00"+key+"\x00"+k] {
				continue
			}
			entry[k] = v
		}
		into[key] = entry
	}
	return found
}

// In gives the vocabularies in the words of a language, entry by entry with the words of data/ where there are no others.
// "" is the site's own language.
func (s *Set) In(lang string) *Set {
	lang = strings.ToLower(lang)
	if lang == "" {
		lang = s.lang
	}
	if out, ok := s.spoken[lang]; ok {
		return out
	}
	base, _, _ := strings.Cut(lang, "-")
	if out, ok := s.spoken[base]; ok {
		return out
	}
	return s
}

// Unspoken lists the entries of a vocabulary that a language has no words for, sorted.
func (s *Set) Unspoken(lang, name string) []string {
	said := map[string]bool{}
	for _, t := range s.said[strings.ToLower(lang)] {
		if t.name == name {
			for key := range t.values {
				said[key] = true
			}
		}
	}
	return slices.DeleteFunc(s.Keys(name), func(key string) bool { return said[key] })
}

// Folders are the folders of data/ with words in another language.
func (s *Set) Folders() []string {
	var dirs []string
	for _, lang := range slices.Sorted(maps.Keys(s.said)) {
		dirs = append(dirs, "data/"+lang+"/")
	}
	return dirs
}
