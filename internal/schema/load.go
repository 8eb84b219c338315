package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
	"candour/internal/nearmiss"
	"candour/internal/vocab"
)

// Source is one file of data/schema/: common.toml or <kind>.toml.
type Source struct {
	File string // for findings
	Name string // without its ending
	Data []byte
}

// Load reads the program's own schema, then what a site adds to it. A site may add fields and raise levels; lowering a
// level, loosening a type or dropping a requirement is an error, since the safety of every page rests on it.
func Load(own, site []Source, words *vocab.Set) (*Schema, diag.List) {
	var found diag.List
	s := &Schema{kinds: map[string]*Kind{}}
	for _, k := range content.Kinds {
		s.kinds[string(k)] = &Kind{Name: string(k), byPath: map[string]*Field{}}
	}
	for _, src := range own {
		found.Add(s.add(src, words, false)...)
	}
	for _, src := range site {
		found.Add(s.add(src, words, true)...)
	}
	for _, k := range s.kinds {
		k.index()
	}
	return s, found
}

func (s *Schema) add(src Source, words *vocab.Set, site bool) diag.List {
	var found diag.List
	at := func(path ...string) diag.Pos {
		line, col := frontmatter.NewIndex(src.Data, 1).Key(path...)
		return diag.Pos{File: src.File, Line: line, Column: col}
	}
	bad := func(pos diag.Pos, hint, format string, args ...any) {
		found.Add(diag.New(diag.BadSchema, pos, hint, format, args...))
	}
	into := []*Kind{s.kinds[src.Name]}
	if src.Name == "common" {
		into = nil
		for _, k := range content.Kinds {
			into = append(into, s.kinds[string(k)])
		}
	} else if into[0] == nil {
		bad(diag.Pos{File: src.File}, "the kinds are "+strings.Join(content.KindNames(), ", "), "no kind of page is named %q%s", src.Name, nearmiss.Suffix(src.Name, content.KindNames()))
		return found
	}
	values, fault := frontmatter.DecodeShared(src.File, src.Data)
	if fault != nil {
		found.Add(diag.New(fault.Rule, diag.Pos{File: src.File, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message))
		return found
	}
	help, _ := values["help"].(string)
	fields, _ := values["fields"].(map[string]any)
	index := frontmatter.NewIndex(src.Data, 1)
	paths := slices.SortedFunc(maps.Keys(fields), func(a, b string) int {
		la, _ := index.Key("fields", a)
		lb, _ := index.Key("fields", b)
		if la != lb {
			return la - lb
		}
		return strings.Compare(a, b)
	})
	for _, path := range paths {
		table, ok := fields[path].(map[string]any)
		if !ok {
			bad(at("fields", path), `write [fields."`+path+`"] with its keys below`, "the schema of a field is a table")
			continue
		}
		f, complaint := parseField(path, table, words)
		if complaint != "" {
			bad(at("fields", path), "", "%s", complaint)
			continue
		}
		for _, k := range into {
			if old := k.byPath[path]; old != nil && site {
				if complaint := tighten(old, f, table); complaint != "" {
					bad(at("fields", path), "a site may raise a level and add fields, never loosen what the program ships", "%s", complaint)
				}
				continue
			}
			own := *f
			if old := k.byPath[path]; old != nil {
				*old = own
				continue
			}
			k.byPath[path] = &own
			k.Fields = append(k.Fields, &own)
		}
	}
	if help != "" && src.Name != "common" {
		into[0].Help = help
	}
	return found
}

// tighten takes over what a site may change of a field that the program ships.
func tighten(old, f *Field, given map[string]any) string {
	has := func(key string) bool { _, ok := given[key]; return ok }
	if has("level") {
		if f.Level < old.Level {
			return fmt.Sprintf("the level of %q is %s and cannot be lowered to %s here", old.Path, old.Level, f.Level)
		}
		if f.Level > old.Level {
			old.Level = f.Level
			if f.Reason != "" {
				old.Reason = f.Reason
			}
			old.Show = f.Show
		}
	}
	if has("type") && f.Type != old.Type {
		return fmt.Sprintf("the type of %q is %s and cannot be changed", old.Path, old.Type)
	}
	if has("required") {
		if old.Required && !f.Required {
			return fmt.Sprintf("%q is required and cannot be made optional", old.Path)
		}
		old.Required = f.Required
	}
	if f.Help != "" {
		old.Help = f.Help
	}
	return ""
}

var fieldKeys = []string{"type", "list", "many", "required", "level", "reason", "show", "vocabulary", "values", "holds", "help", "example"}

func parseField(path string, table map[string]any, words *vocab.Set) (*Field, string) {
	for key := range table {
		if !slices.Contains(fieldKeys, key) {
			return nil, fmt.Sprintf("the schema of %q has an unknown key %q%s", path, key, nearmiss.Suffix(key, fieldKeys))
		}
	}
	text := func(key string) string { s, _ := table[key].(string); return s }
	f := &Field{Path: path, Type: Type(text("type")), Reason: text("reason"), Show: text("show"),
		Vocabulary: text("vocabulary"), Holds: text("holds"), Help: text("help"), Example: text("example")}
	f.List, _ = table["list"].(bool)
	f.Many, _ = table["many"].(bool)
	f.Required, _ = table["required"].(bool)
	if values, ok := table["values"].([]any); ok {
		for _, v := range values {
			if s, ok := v.(string); ok {
				f.Values = append(f.Values, s)
			}
		}
	}
	if f.Type != "" && !slices.Contains(types, string(f.Type)) {
		return nil, fmt.Sprintf("the schema of %q has an unknown type%s", path, nearmiss.Suffix(string(f.Type), types))
	}
	if l := text("level"); l != "" {
		parsed, err := level.ParseLevel(l)
		if err != nil {
			return nil, fmt.Sprintf("the schema of %q has an unknown level%s", path, nearmiss.Suffix(l, level.Names()))
		}
		f.Level = parsed
	}
	if f.Show == "" {
		f.Show = "marker"
	}
	if f.Show != "marker" && f.Show != "nothing" {
		return nil, fmt.Sprintf(`the schema of %q has a "show" that is neither "marker" nor "nothing"`, path)
	}
	if f.Level > level.Public && !words.Has("reasons", f.Reason) {
		return nil, fmt.Sprintf("the schema of %q keeps it back and needs a reason of data/reasons.toml", path)
	}
	return f, ""
}
