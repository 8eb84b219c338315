package redact

import (
	"slices"

	"candour/internal/detail"
)

// Publishable are the details that the site publishes on purpose, by kind, and the phrases that details may stand in:
// [publishable], [contact], the contacts of leaflets, and what a [[release]] gives to the edition.
func (c *Cleared) Publishable() (listed map[detail.Kind][]string, phrases []string) {
	cfg := c.Config()
	pub := cfg.Publishable
	listed = map[detail.Kind][]string{
		detail.Phone:    append(slices.Clone(pub.Phones), cfg.Contact.Phone),
		detail.Email:    append(slices.Clone(pub.Emails), cfg.Contact.Email, cfg.Contact.AlternativeFormats),
		detail.Postcode: slices.Clone(pub.Postcodes), detail.Name: slices.Clone(pub.Names), detail.Operation: slices.Clone(pub.Operations)}
	phrases = append(slices.Clone(pub.Phrases), cfg.Contact.AlternativeFormats)
	phrases = append(phrases, c.released...)
	for _, s := range cfg.Contacts { // published on purpose, with every detail in them
		phrases = append(phrases, s.Value)
		for _, m := range detail.Find(s.Value) {
			listed[m.Kind] = append(listed[m.Kind], m.Text)
		}
	}
	return listed, phrases
}

// given are the details that the edition is given on purpose, in whatever spelling: what is listed, and what stands in a listed
// phrase or in a released value.
func (c *Cleared) given() map[string]bool {
	given := map[string]bool{}
	listed, phrases := c.Publishable()
	for kind, texts := range listed {
		for _, text := range texts {
			given[detail.Match{Kind: kind, Text: text}.Key()] = true
		}
	}
	for _, text := range phrases {
		for _, m := range detail.Find(text) {
			given[m.Key()] = true
		}
		// A list has one spelling, and what makes it a detail may be the words around it.
		for _, kind := range []detail.Kind{detail.NHS, detail.NI, detail.Location} {
			given[detail.Match{Kind: kind, Text: text}.Key()] = true
		}
	}
	return given
}
