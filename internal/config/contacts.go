package config

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"candour/internal/diag"
)

// Slot is a contact that the site gives once and that pages print by its key. Value is empty where it has not been filled
// in. It is published, so the detectors never flag it.
type Slot struct {
	Key   string
	Label string // empty for what stands in [contact]: the interface has words for it, by these keys
	Value string
	in    map[string]string // its label in other languages
	At    diag.Pos          // in candour.toml
}

// contactSlots are the keys of [contact], which are slots too.
var contactSlots = []string{"email", "phone", "alternative_formats"}

// Slot finds a contact of [contacts] or a detail of [contact] by its key.
func (c *Config) Slot(key string) (Slot, bool) {
	switch key {
	case "email":
		return Slot{Key: key, Value: c.Contact.Email}, true
	case "phone":
		return Slot{Key: key, Value: c.Contact.Phone}, true
	case "alternative_formats":
		return Slot{Key: key, Value: c.Contact.AlternativeFormats}, true
	}
	i := slices.IndexFunc(c.Contacts, func(s Slot) bool { return s.Key == key })
	if i < 0 {
		return Slot{}, false
	}
	s := c.Contacts[i]
	s.Value = cmp.Or(c.given[key], s.Value)
	return s, true
}

// LabelIn is the label in a language, "" being the site's own, and whether it is in that language.
func (s Slot) LabelIn(lang string) (label string, known bool) {
	if lang == "" || s.Label == "" {
		return s.Label, true
	}
	if label, ok := s.in[strings.ToLower(lang)]; ok {
		return label, true
	}
	return s.Label, false
}

// SlotKeys are the keys that Slot knows, sorted.
func (c *Config) SlotKeys() []string {
	keys := slices.Clone(contactSlots)
	for _, s := range c.Contacts {
		keys = append(keys, s.Key)
	}
	slices.Sort(keys)
	return keys
}

// IsSlotKey reports whether a text has the form of a slot's key, and not of a label.
func IsSlotKey(s string) bool { return roleName.MatchString(s) || slices.Contains(contactSlots, s) }

// contacts reads [contacts]: a line for each, its value as text, or a table with a label of its own.
func (r *reader) contacts(c *Config, values map[string]any) {
	t, ok := r.Table(values, "contacts")
	if !ok {
		return
	}
	for _, key := range slices.Sorted(maps.Keys(t)) {
		s := Slot{Key: key, Label: labelOf(key), At: r.Key("contacts", key)}
		path := []string{"contacts", key}
		switch {
		case slices.Contains(contactSlots, key):
			r.Bad(path, "take it out here: pages print it from [contact]", "stands in [contact] already")
			continue
		case !roleName.MatchString(key):
			r.Bad(path, `write it as local-service = "01632 960111"`, "takes small letters a to z, digits and hyphens in its name")
			continue
		}
		switch v := t[key].(type) {
		case string:
			s.Value = r.Text(t, path...)
		case map[string]any:
			r.unknown(v, path, "label", "value", "labels")
			s.Label = cmp.Or(r.Text(v, append(path, "label")...), s.Label)
			s.Value = r.Text(v, append(path, "value")...)
			s.in = r.labels(v, append(path, "labels"))
		default:
			r.Bad(path, `write it as `+key+` = "01632 960111", or as `+key+` = { label = "…", value = "01632 960111" }`, "takes text between straight quotes, or a table with label and value")
			continue
		}
		c.Contacts = append(c.Contacts, s)
	}
}

// labels reads what a contact is called in other languages: labels = { cy = "…", ur = "…" }.
func (r *reader) labels(v map[string]any, path []string) map[string]string {
	given, there := v["labels"]
	if !there {
		return nil
	}
	t, ok := given.(map[string]any)
	if !ok {
		r.Bad(path, `write it as labels = { cy = "…" }`, "takes a table of languages")
		return nil
	}
	out := map[string]string{}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		at := append(slices.Clone(path), lang)
		if !languageCode.MatchString(lang) {
			r.Bad(at, `write it as labels = { cy = "…" }: cy for Welsh, pl for Polish, ur for Urdu`, "is named by no language")
			continue
		}
		out[lang] = r.Text(t, at...)
	}
	return out
}

var languageCode = regexp.MustCompile(`^[a-z]{2,3}(-[a-z0-9]{2,8})*$`)

// labelOf makes words of a key: local-service becomes "Local service".
func labelOf(key string) string {
	words := strings.ReplaceAll(key, "-", " ")
	first, n := utf8.DecodeRuneInString(words)
	return string(unicode.ToUpper(first)) + words[n:]
}
