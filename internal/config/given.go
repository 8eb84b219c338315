package config

import (
	"maps"
	"strings"
	"unicode"
)

// Give takes what the command line gives for contacts, under their keys or under the labels of blank lines. It is for one run
// and, unlike [contacts], checked like any content.
func (c *Config) Give(values map[string]string) {
	c.given = map[string]string{}
	for name, v := range values {
		c.given[SlotName(name)] = strings.Join(strings.Fields(v), " ")
	}
}

// Given is what Give took, by the name of the slot.
func (c *Config) Given() map[string]string { return maps.Clone(c.given) }

// GivenFor is what was given for a contact or a blank line.
func (c *Config) GivenFor(name string) string { return c.given[SlotName(name)] }

// SlotName makes a key of a label: "Duty manager" becomes duty-manager.
func SlotName(label string) string {
	var b strings.Builder
	gap := false
	for _, r := range strings.ToLower(label) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) {
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(r)
		} else {
			gap = true
		}
	}
	return b.String()
}
