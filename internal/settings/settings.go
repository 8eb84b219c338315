// Package settings takes values out of a TOML file that somebody wrote for the program, such as candour.toml or the sidecar
// of a figure, and notes what is wrong with them at their places.
//
// Reach for [Open], which decodes the file, then [Reader.Unknown] for each table and [Reader.Text] and its like for each
// key. A method whose value is missing or wrong returns the zero value, so that a whole file is read before anything is
// told. A path is the keys and indexes that lead to a value: "edition", "0", "name".
package settings

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/nearmiss"
)

// Reader reads one file.
type Reader struct {
	File  string // its name in findings
	Found diag.List
	index *frontmatter.Index
}

// Open decodes a file. What is no TOML is noted, and the values are nil.
func Open(src []byte, file string) (r *Reader, values map[string]any) {
	r = &Reader{File: file, index: frontmatter.NewIndex(src, 1)}
	values, fault := frontmatter.Decode(src)
	if fault != nil {
		r.Found.Add(diag.New(fault.Rule, diag.Pos{File: file, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message))
		return r, nil
	}
	return r, values
}

// Index says where keys and values stand, for whoever asks when the file has been read.
func (r *Reader) Index() *frontmatter.Index { return r.index }

// Key is where the last key of a path stands, or else the innermost table around it.
func (r *Reader) Key(path ...string) diag.Pos {
	line, col := r.index.Key(path...)
	return diag.Pos{File: r.File, Line: line, Column: col}
}

// Value is where the value of a path stands.
func (r *Reader) Value(path ...string) diag.Pos {
	line, col := r.index.Value(path...)
	return diag.Pos{File: r.File, Line: line, Column: col}
}

// Bad notes what is wrong with a value; the message goes on from the path.
func (r *Reader) Bad(path []string, hint, format string, args ...any) {
	r.Found.Add(diag.New(diag.BadValue, r.Value(path...), hint, "%q "+format, append([]any{strings.Join(path, ".")}, args...)...))
}

// Missing notes a key that is not there.
func (r *Reader) Missing(path []string, example string) {
	r.Found.Add(diag.New(diag.MissingKey, r.Key(path...), "put in a line: "+example, "%q is missing", strings.Join(path, ".")))
}

// Unknown notes the keys of a table that are not known; where is what the table is called. A key that looks like a value
// typed in the wrong place is not repeated.
func (r *Reader) Unknown(table map[string]any, where string, path []string, known ...string) {
	known = slices.Sorted(slices.Values(known))
	for _, key := range slices.Sorted(maps.Keys(table)) {
		if !slices.Contains(known, key) {
			r.Found.Add(diag.New(diag.UnknownKey, r.Key(append(slices.Clone(path), key)...), "the keys of "+where+" are: "+strings.Join(known, ", "),
				"%s is no key of %s%s", diag.Named("this", key), where, nearmiss.Suffix(key, known)))
		}
	}
}

// Text takes a line of text.
func (r *Reader) Text(table map[string]any, path ...string) string {
	v, there := table[last(path)]
	if !there {
		return ""
	}
	s, ok := v.(string)
	switch {
	case !ok:
		r.Bad(path, `write it as text: "…"`, "takes text between straight quotes")
	case strings.ContainsFunc(s, unicode.IsControl):
		r.Bad(path, "put it on one line", "takes one line of text")
		return ""
	}
	return strings.TrimSpace(s)
}

// Filled takes a line of text that may be missing, but not empty.
func (r *Reader) Filled(table map[string]any, example string, path ...string) string {
	v, there := table[last(path)]
	s := r.Text(table, path...)
	if text, ok := v.(string); there && ok && strings.TrimSpace(text) == "" {
		r.Bad(path, "fill it in: "+example, "is empty")
	}
	return s
}

// Required takes a line of text that must be there.
func (r *Reader) Required(table map[string]any, example string, path ...string) string {
	if _, there := table[last(path)]; !there {
		r.Missing(path, example)
		return ""
	}
	return r.Filled(table, example, path...)
}

// Bool takes true or false.
func (r *Reader) Bool(table map[string]any, path ...string) bool {
	v, there := table[last(path)]
	b, ok := v.(bool)
	if there && !ok {
		r.Bad(path, "write true or false, without quotes", "takes true or false")
	}
	return b
}

// Texts takes a list of texts.
func (r *Reader) Texts(table map[string]any, path ...string) []string {
	v, there := table[last(path)]
	if !there {
		return nil
	}
	items, ok := v.([]any)
	if !ok {
		r.Bad(path, `write it as a list: ["one", "two"]`, "takes a list of texts")
		return nil
	}
	list := make([]string, 0, len(items))
	for i, item := range items {
		s, ok := item.(string)
		if !ok || strings.TrimSpace(s) == "" {
			r.Bad(append(slices.Clone(path), strconv.Itoa(i)), `write it as text: "…"`, "takes text between straight quotes")
			continue
		}
		list = append(list, strings.TrimSpace(s))
	}
	return list
}

// Table takes a table, and says whether there is one.
func (r *Reader) Table(table map[string]any, path ...string) (map[string]any, bool) {
	v, there := table[last(path)]
	if !there {
		return nil, false
	}
	t, ok := v.(map[string]any)
	if !ok {
		r.Bad(path, "write ["+header(path)+"] on a line of its own and its keys below", "takes a table")
	}
	return t, ok
}

// Blocks takes an array of tables.
func (r *Reader) Blocks(table map[string]any, path ...string) []map[string]any {
	v, there := table[last(path)]
	if !there {
		return nil
	}
	items, ok := v.([]any)
	var out []map[string]any
	for _, item := range items {
		t, isTable := item.(map[string]any)
		ok = ok && isTable
		out = append(out, t)
	}
	if !ok {
		r.Bad(path, "write [["+header(path)+"]] on a line of its own and its keys below", "takes blocks")
		return nil
	}
	return out
}

func last(path []string) string { return path[len(path)-1] }

// header is a path as it stands in brackets: without the indexes.
func header(path []string) string {
	keys := slices.DeleteFunc(slices.Clone(path), func(s string) bool {
		_, err := strconv.Atoi(s)
		return err == nil
	})
	return strings.Join(keys, ".")
}
