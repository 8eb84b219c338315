package vetting

import (
	"strconv"
	"strings"

	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/markdown"
	"candour/internal/nearmiss"
)

const contactHint = `give it under [contacts] in candour.toml, as local-service = "01632 960111"`

// checkContact holds {{< contact "…" >}} against candour.toml. A sentence with nothing in the contact's place would send
// somebody to nobody, so both findings are errors here.
func (p *Page) checkContact(repo *load.Repo, s markdown.Shortcode) diag.List {
	cfg := repo.Config()
	if len(s.Args) != 1 {
		return diag.List{diag.New(diag.BadShortcode, p.pos(s.Span.Start), `write it as {{< contact "phone" >}}`, "contact names one contact of candour.toml")}
	}
	slot, known := cfg.Slot(s.Args[0])
	switch {
	case !known:
		return diag.List{diag.New(diag.UnknownContact, p.pos(s.Span.Start), contactHint+"; there are: "+strings.Join(cfg.SlotKeys(), ", "),
			"candour.toml has no %s%s", namedContact(s.Args[0]), nearest(s.Args[0], cfg.SlotKeys()))}
	case slot.Value == "":
		return diag.List{diag.New(diag.EmptyContact.At(diag.Error), p.pos(s.Span.Start), "fill it in in candour.toml", "the contact %q is not filled in there", slot.Key)}
	}
	return nil
}

// namedContact names a contact that is not there: on a page from a pack its author is somebody else, and what is asked for
// has to be said. A value in a name's place is not repeated.
func namedContact(key string) string {
	if name := diag.Named("", key); name != "" {
		return "contact " + name
	}
	return "such contact"
}

// checkSlots holds a leaflet's contact_slots against candour.toml. What has the form of a key names a contact of the site;
// anything else is a label for a blank line. The leaflet is whole either way, so that these are warnings.
func (p *Page) checkSlots(repo *load.Repo) diag.List {
	if p.Kind != content.Leaflets || p.Section {
		return nil
	}
	var found diag.List
	cfg := repo.Config()
	items, _ := p.Front["contact_slots"].([]any)
	for i, item := range items {
		key, _ := item.(string)
		if !config.IsSlotKey(key) {
			continue
		}
		at := p.Value("contact_slots", strconv.Itoa(i))
		switch slot, known := cfg.Slot(key); {
		case !known:
			found.Add(diag.New(diag.UnknownContact.At(diag.Warning), at, contactHint+`; or write a label in words, such as "Duty manager", for the venue to fill in`,
				"candour.toml has no %s, so that a blank line stands in its place%s", namedContact(key), nearmiss.Suffix(key, cfg.SlotKeys())))
		case slot.Value == "":
			found.Add(diag.New(diag.EmptyContact, at, "fill it in in candour.toml", "the contact %q is not filled in there, so that a blank line stands in its place", slot.Key))
		}
	}
	return found
}
