// Package schema says what a page of each kind takes: every field's type, level, whether it is required, and help. One
// schema, read from data/schema/, drives validation, the default levels of redaction and candour explain.
package schema

import (
	"slices"
	"strconv"
	"strings"

	"candour/internal/level"
)

// Type is what a field holds.
type Type string

const (
	Text     Type = "text"     // one line
	Words    Type = "words"    // prose
	Date     Type = "date"     // a day
	DateTime Type = "datetime" // a day, or a day and a time
	Boolean  Type = "boolean"
	Integer  Type = "integer"
	Number   Type = "number"
	Key      Type = "key"  // of a vocabulary, or of a closed list
	Path     Type = "path" // of a page or a bundled file
	Table    Type = "table"
	Tables   Type = "tables" // an array of tables
)

var types = []string{string(Text), string(Words), string(Date), string(DateTime), string(Boolean), string(Integer), string(Number), string(Key), string(Path), string(Table), string(Tables)}

// Field is one field of a kind of page.
type Field struct {
	Path       string // dotted; * stands for an array index or for any key
	Type       Type
	List       bool
	Many       bool // one value, or a list of them
	Required   bool
	Level      level.Level
	Reason     string // why it is withheld by default: a key of data/reasons.toml
	Show       string // "marker" or "nothing"
	Vocabulary string // for a Key: the file of data/ whose keys it takes
	Values     []string
	Holds      string // phone, name, email or postcode: how the audit searches for it
	Help       string
	Example    string
}

// Kind is what one kind of page takes.
type Kind struct {
	Name   string
	Help   string
	Fields []*Field // in the order of the file
	byPath map[string]*Field
	below  map[string][]string // a table's path, with * for every index, and a full stop -> its keys
}

// Field finds the field of a path such as lead.0.phone.
func (k *Kind) Field(path ...string) *Field {
	if f := k.byPath[strings.Join(path, ".")]; f != nil {
		return f
	}
	pattern := make([]string, len(path))
	for i, p := range path {
		pattern[i] = p
		if i > 0 && IsIndex(p) {
			pattern[i] = "*"
		}
	}
	if f := k.byPath[strings.Join(pattern, ".")]; f != nil {
		return f
	}
	// A field such as fill.* or extra.* takes any key, and everything below it.
	for end := len(pattern); end > 1; end-- {
		p := slices.Clone(pattern[:end])
		p[end-1] = "*"
		if f := k.byPath[strings.Join(p, ".")]; f != nil && (f.Open() || end == len(pattern)) {
			return f
		}
	}
	return nil
}

// Open reports whether the field takes values of any shape, as extra.* does.
func (f *Field) Open() bool { return f.Type == "" }

// Children returns the names of the keys that a table at path may have, in the order of the schema. Nobody changes the list.
func (k *Kind) Children(path ...string) []string {
	prefix := ""
	if len(path) > 0 {
		pattern := slices.Clone(path)
		for i := 1; i < len(pattern); i++ {
			if IsIndex(pattern[i]) {
				pattern[i] = "*"
			}
		}
		prefix = strings.Join(pattern, ".") + "."
	}
	return k.below[prefix]
}

// index makes the list of every table's keys; no field is added after it.
func (k *Kind) index() {
	k.below = map[string][]string{}
	for _, f := range k.Fields {
		at := strings.LastIndexByte(f.Path, '.') + 1
		k.below[f.Path[:at]] = append(k.below[f.Path[:at]], f.Path[at:])
	}
}

// IsIndex reports whether a step of a path is an array index.
func IsIndex(step string) bool {
	if step == "" || step[0] > '9' { // a name, for which an error would be made to be thrown away
		return false
	}
	_, err := strconv.ParseUint(step, 10, 31)
	return err == nil
}

// Schema is every kind's schema.
type Schema struct{ kinds map[string]*Kind }

// Kind returns the schema of a kind; every kind of package content has one.
func (s *Schema) Kind(name string) *Kind { return s.kinds[name] }
