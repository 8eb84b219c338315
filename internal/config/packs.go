package config

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/pack"
)

// Pack is a pack that the site takes: contract, section 8.
type Pack struct {
	Name    string
	Source  string   // a file or folder, from the site's folder, an https address, or that of a bucket
	Key     string   // the publisher's public key
	Include []string // patterns of paths; empty for everything
	Exclude []string
	Notes   map[string][]content.Note  // by the page's path
	Changes map[string]*content.Change // pages of the pack that the site has in words of its own, by path
	At      diag.Pos                   // its name in candour.toml
	places  map[string]diag.Pos
}

// Place is where candour.toml names a path or pattern of this pack.
func (p *Pack) Place(name string) diag.Pos {
	if at, ok := p.places[name]; ok {
		return at
	}
	return p.At
}

// Takes reports whether the site takes a file of the pack.
func (p *Pack) Takes(file string) bool {
	return (len(p.Include) == 0 || slices.ContainsFunc(p.Include, func(pat string) bool { return Covers(pat, file) })) &&
		!slices.ContainsFunc(p.Exclude, func(pat string) bool { return Covers(pat, file) })
}

// Covers reports whether a pattern means a file: its path, a folder that it lies in, a page without its .md, or a path
// with * for anything within a name.
func Covers(pattern, file string) bool {
	pattern = strings.TrimSuffix(pattern, "/")
	if file == pattern || strings.HasPrefix(file, pattern+"/") || strings.TrimSuffix(file, ".md") == pattern {
		return true
	}
	for dir := file; dir != "."; dir = path.Dir(dir) {
		if ok, _ := path.Match(pattern, dir); ok {
			return true
		}
	}
	return false
}

// packs reads [[pack]].
func (r *reader) packs(c *Config, values map[string]any) {
	for i, t := range r.Blocks(values, "pack") {
		at := func(key ...string) []string { return append([]string{"pack", fmt.Sprint(i)}, key...) }
		r.unknown(t, at(), "name", "source", "key", "include", "exclude", "note", "override")
		p := Pack{
			Name:   r.Required(t, `name = "national"`, at("name")...),
			Source: r.Required(t, `source = "packs/national-2026.11.pack"`, at("source")...),
			Key:    r.Required(t, `key = "RW…", the publisher's public key`, at("key")...),
			At:     r.Key(at("name")...), Notes: map[string][]content.Note{}, Changes: map[string]*content.Change{}, places: map[string]diag.Pos{},
		}
		switch {
		case p.Name != "" && !editionName.MatchString(p.Name):
			r.Bad(at("name"), "it is the name that the publisher gave the pack", "takes small letters a to z, digits and hyphens")
		case slices.ContainsFunc(c.Packs, func(o Pack) bool { return o.Name == p.Name }):
			r.Bad(at("name"), "one block for each pack is enough", "names a pack a second time")
		}
		if scheme, _, ok := strings.Cut(p.Source, "://"); ok && scheme != "https" && !slices.Contains(pack.Buckets, scheme) {
			r.Bad(at("source"), "give a file, a folder, an https address, or that of a bucket", "takes no address but one with https://, s3://, azblob:// or gs://")
		}
		if p.Key != "" {
			if _, err := pack.ParseKey(p.Key); err != nil {
				r.Bad(at("key"), "copy the line from the publisher's .pub file, and check it with them by a way that you know", "%v", err)
			}
		}
		patterns := func(key string) []string {
			list := r.Texts(t, at(key)...)
			for j, pattern := range list {
				where := at(key, fmt.Sprint(j))
				p.places[pattern] = r.Key(where...)
				if _, err := path.Match(pattern, ""); err != nil || strings.HasPrefix(pattern, "/") || strings.Contains(pattern, `\`) {
					r.Bad(where, `write a path or folder of the pack, such as "content/leaflets/festival/"`, "takes paths of the pack")
				}
			}
			return list
		}
		p.Include, p.Exclude = patterns("include"), patterns("exclude")
		r.notes(&p, t, at)
		r.overrides(&p, t, at)
		c.Packs = append(c.Packs, p)
	}
}

// notes reads [[pack.note]]: words of the site's own above or below a page of the pack.
func (r *reader) notes(p *Pack, t map[string]any, at func(...string) []string) {
	for j, n := range r.Blocks(t, at("note")...) {
		here := func(key string) []string { return at("note", fmt.Sprint(j), key) }
		r.unknown(n, here("")[:len(here(""))-1], "page", "place", "text")
		page := r.Required(n, `page = "content/leaflets/festival/look-out.md"`, here("page")...)
		note := content.Note{Text: r.Required(n, `text = "In Eastmere, ask at the welfare tent."`, here("text")...), At: r.Key(here("text")...)}
		r.plain(here("text"), note.Text)
		switch place := r.Text(n, here("place")...); place {
		case "above":
			note.Above = true
		case "below", "":
		default:
			r.Bad(here("place"), `write place = "above" or place = "below"`, "is neither above nor below")
		}
		p.places[page] = r.Key(here("page")...)
		p.Notes[page] = append(p.Notes[page], note)
	}
}

// markup is what means something in the text of a page, and nothing in a note: readers would see its signs.
var markup = regexp.MustCompile("(?m)" + strings.Join([]string{
	`\{\{[<%]`, `\]\(`, `\]\[`, "`", `</?[a-zA-Z][^>]*>`, `\*\*`, `(?:^|[^\pL\pN_])__?[\pL\pN][^_\n]*_(?:[^\pL\pN]|$)`, `(?:^|[^\pL\pN*])\*[\pL\pN][^*\n]*\*`, `^ {0,3}(?:#{1,6}|>|[-*+]|\d+[.)]) `,
}, "|"))

// plain refuses markup in words that pages print as they are.
func (r *reader) plain(path []string, text string) {
	if markup.MatchString(text) {
		r.Bad(path, "write plain words: pages print a note as it stands, and make no links, lists or shortcodes of it", "holds signs of Markdown or a shortcode, which readers would see")
	}
}

// overrides reads [[pack.override]]: a page of the pack that the site has in words of its own, and says so.
func (r *reader) overrides(p *Pack, t map[string]any, at func(...string) []string) {
	for j, o := range r.Blocks(t, at("override")...) {
		here := func(key string) []string { return at("override", fmt.Sprint(j), key) }
		r.unknown(o, here("")[:len(here(""))-1], "page", "by", "date", "note")
		page := r.Required(o, `page = "content/leaflets/festival/look-out.md"`, here("page")...)
		change := &content.Change{By: r.Required(o, `by = "Eastmere Council"`, here("by")...), Note: r.Required(o, `note = "Names our welfare tent."`, here("note")...), At: r.Key(here("note")...)}
		r.plain(here("note"), change.Note)
		switch date := o["date"].(type) {
		case nil:
			r.Missing(here("date"), "date = 2026-11-20")
		case time.Time:
			change.Date = date.Format(time.DateOnly)
		case fmt.Stringer:
			change.Date = date.String()
		case string:
			change.Date = date
		}
		if _, err := time.Parse(time.DateOnly, change.Date); err != nil && o["date"] != nil {
			r.Bad(here("date"), "write date = 2026-11-20", "takes a date")
		}
		if p.Changes[page] != nil {
			r.Bad(here("page"), "one block for each page is enough", "names a page a second time")
		}
		p.places[page] = r.Key(here("page")...)
		p.Changes[page] = change
	}
}
