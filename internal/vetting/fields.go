package vetting

import (
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/schema"
)

// unpublished are the keys that steer Candour and are never handed to a template.
var unpublished = []string{"withhold", "release", "signoff", "level", "reading_age_target", "attachments"}

// settleFields gives every value of the front matter its level: what the schema says, raised by the page's level and by
// [[withhold]], lowered by [[release]] alone (contract, section 3).
func (p *Page) settleFields(repo *load.Repo, withholds, releases []*flag) diag.List {
	var found diag.List
	p.Fields = nil
	kind := p.kindOf(repo)
	var known [][]string
	var walk func(path []string, v any, inherited *schema.Field)
	walk = func(path []string, v any, inherited *schema.Field) {
		field := kind.Field(path...)
		def := inherited
		if field != nil && (def == nil || field.Level >= def.Level) {
			def = field
		}
		if !slices.Contains(unpublished, path[0]) || path[0] == "signoff" {
			known = append(known, path)
		}
		switch v := v.(type) {
		case map[string]any:
			for _, key := range slices.Sorted(maps.Keys(v)) {
				walk(append(slices.Clone(path), key), v[key], def)
			}
			if len(v) > 0 {
				return
			}
		case []any:
			if len(v) > 0 && (isTable(v[0]) || field != nil && !field.List && field.Type != "") || len(v) > 0 && addressed(withholds, releases, path) {
				for i, item := range v {
					walk(append(slices.Clone(path), strconv.Itoa(i)), item, def)
				}
				return
			}
		}
		p.Fields = append(p.Fields, p.settleField(path, v, field, def, withholds, releases, &found))
	}
	for _, key := range slices.Sorted(maps.Keys(p.Front)) {
		if slices.Contains(unpublished, key) && key != "signoff" {
			continue
		}
		walk([]string{key}, p.Front[key], nil)
	}
	if !slices.ContainsFunc(slices.Concat(withholds, releases), func(f *flag) bool { return f.target == "field" && !f.matched }) {
		return found
	}
	var names []string
	for _, path := range known {
		if name := strings.Join(path, "."); diag.Named("", name) != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	found.Add(p.unmatched(withholds, "field", names)...)
	found.Add(p.unmatched(releases, "field", names)...)
	return found
}

// addressed reports whether a flag names a single item of the array at path, so that its items must be told apart.
func addressed(withholds, releases []*flag, path []string) bool {
	item := append(slices.Clone(path), "0")
	for _, f := range slices.Concat(withholds, releases) {
		if f.target != "field" || len(f.path) != len(item) {
			continue
		}
		probe := slices.Clone(item)
		probe[len(probe)-1] = f.path[len(f.path)-1]
		if _, ok := f.covers(probe); ok {
			return true
		}
	}
	return false
}

func isTable(v any) bool { _, ok := v.(map[string]any); return ok }

func (p *Page) settleField(path []string, v any, field, def *schema.Field, withholds, releases []*flag, found *diag.List) Field {
	out := Field{Path: path, Value: v, Shown: true, Search: true, Named: len(path)}
	if field != nil {
		out.Holds, out.Type, out.Vocabulary = field.Holds, string(field.Type), field.Vocabulary
		if field.Open() {
			out.Named = strings.Count(field.Path, ".")
		}
	}
	if def != nil {
		out.Default, out.Level = def.Level, def.Level
		out.Reason, out.Shown = def.Reason, def.Show != "nothing"
		if def.Level > level.Public {
			out.By = "the schema's default"
		}
	}
	if len(path) > 0 && path[0] == "signoff" {
		out.Shown = false
	}
	var held, let *flag
	for _, f := range withholds {
		rest, ok := f.covers(path)
		if !ok {
			continue
		}
		f.matched = true
		if rest > 0 {
			out.Around = append(out.Around, Around{rest, f.level, f.reason, f.shown})
		}
		if f.level < out.Default {
			if rest > 0 {
				continue // a flag on a table does not mean the stricter default of something in it
			}
			found.Add(diag.New(diag.FlagBelow, f.at, "leave the flag out, or use [[release]] with approved_by if it may be shown",
				"withholds %s at %s, below its default level %s, which is kept", spoken(path), f.level, out.Default))
			continue
		}
		if held == nil || f.level >= held.level {
			held = f
			out.Level, out.Reason, out.Shown = f.level, f.reason, f.shown
			out.By = f.describe()
		}
		out.Search = out.Search && f.search
	}
	for _, f := range releases {
		if _, ok := f.covers(path); ok {
			f.matched = true
			let = f
		}
	}
	if held != nil {
		found.Add(p.mustStand(held, path)...)
	}
	if held != nil && let != nil {
		found.Add(diag.New(diag.BadFlag, let.at, "decide for one of the two", "%s is withheld (%s) and released at once", spoken(path), held.describe()))
	} else if let != nil {
		if let.level < out.Level {
			out.Level = let.level
			out.Released, out.ReleaseWhy = let.by, let.reason
		}
		if out.Level > level.Public && out.Reason == "" {
			out.Reason = "confidential"
		}
	}
	return out
}

// attachHint says how a file comes to lie where attachments finds it.
func attachHint(p *Page, name string, names []string) string {
	switch {
	case strings.ContainsAny(name, `\/:`):
		return "write the file's name alone, without the folders of your computer, and put the file into the page's folder"
	case len(names) > 0:
		return "put the file into the page's folder, or correct its name; the page has: " + strings.Join(names, ", ")
	case path.Base(p.File) != "index.md":
		folder := strings.TrimSuffix(p.File, ".md")
		return "give the page a folder of its own: move it to " + folder + "/index.md, and put the file beside it"
	}
	return "put the file beside " + p.File
}

// spoken is a field as a message names it. Keys under extra are the author's own words, and may be a name.
func spoken(path []string) string {
	if path[0] == "extra" {
		return "extra.*"
	}
	return strings.Join(path, ".")
}

// settleFiles gives every file of the bundle its level.
func (p *Page) settleFiles(withholds []*flag) diag.List {
	attached := map[string]bool{}
	var found diag.List
	names := bundleNames(p.Bundle)
	if list, ok := p.Front["attachments"].([]any); ok {
		for i, item := range list {
			name, _ := item.(string)
			if at := slices.IndexFunc(names, func(n string) bool { return content.Same(n, name) }); at >= 0 {
				name = names[at]
			} else if name != "" {
				found.Add(diag.New(diag.BadValue, p.Value("attachments", strconv.Itoa(i)), attachHint(p, name, names), "attachments names a file that the page's folder does not hold"))
			}
			attached[name] = true
		}
	}
	p.Files = nil
	for _, b := range p.Bundle {
		f := File{BundleFile: b, Attached: attached[b.Name], Shown: true}
		for _, w := range withholds {
			if w.target != "file" || !content.Same(w.name, b.Name) {
				continue
			}
			w.matched = true
			if w.level >= f.Level {
				f.Level, f.Reason, f.Shown, f.By = w.level, w.reason, w.shown, w.describe()
			}
		}
		p.Files = append(p.Files, f)
	}
	found.Add(p.unmatched(withholds, "file", names)...)
	return found
}
