package estate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/nearmiss"
	"candour/internal/pack"
)

// namePattern is what a site or an edition is called: a word that is safe in a path and an address.
var namePattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`)

// parse reads estate.toml. dir is the folder in which it lies, absolute; file is its name in findings. Nothing on the disk
// is looked at.
func parse(src []byte, dir, file string) (*Estate, diag.List) {
	sum := sha256.Sum256(src)
	e := &Estate{Digest: hex.EncodeToString(sum[:])}
	values, fault := frontmatter.Decode(src)
	if fault != nil {
		at := diag.Pos{File: file, Line: fault.Line, Column: fault.Column}
		return e, diag.List{diag.New(fault.Rule, at, fault.Hint, "%s", fault.Message)}
	}
	r := &reader{dir: dir, file: file, index: frontmatter.NewIndex(src, 1)}
	r.estate(e, values)
	r.found.Sort()
	e.sort()
	return e, r.found
}

// reader takes values out of tables and notes what is wrong with them.
type reader struct {
	dir, file string
	index     *frontmatter.Index
	found     diag.List
}

func (r *reader) key(path ...string) diag.Pos {
	line, col := r.index.Key(path...)
	return diag.Pos{File: r.file, Line: line, Column: col}
}

func (r *reader) value(path ...string) diag.Pos {
	line, col := r.index.Value(path...)
	return diag.Pos{File: r.file, Line: line, Column: col}
}

func (r *reader) bad(path []string, hint, format string, args ...any) {
	r.found.Add(diag.New(diag.BadValue, r.value(path...), hint, "%q "+format, append([]any{strings.Join(path, ".")}, args...)...))
}

func (r *reader) unknown(table map[string]any, where string, path []string, known ...string) {
	slices.Sort(known)
	for _, key := range slices.Sorted(maps.Keys(table)) {
		if !slices.Contains(known, key) {
			r.found.Add(diag.New(diag.UnknownKey, r.key(append(slices.Clone(path), key)...),
				"the keys of "+where+" are: "+strings.Join(known, ", "), "%q is no key of %s%s", key, where, nearmiss.Suffix(key, known)))
		}
	}
}

// text takes a line of text; one that is missing or wrong is "".
func (r *reader) text(table map[string]any, path ...string) string {
	v, there := table[path[len(path)-1]]
	if !there {
		return ""
	}
	s, ok := v.(string)
	switch {
	case !ok:
		r.bad(path, `write it as text: "…"`, "takes text between straight quotes")
		return ""
	case strings.TrimSpace(s) == "" || strings.ContainsAny(s, "\n\r\t\x00"):
		r.bad(path, "fill it in, or take the line out", "takes one line of text")
		return ""
	}
	return strings.TrimSpace(s)
}

// required takes a line of text that must be there.
func (r *reader) required(table map[string]any, example string, path ...string) string {
	if _, there := table[path[len(path)-1]]; !there {
		r.found.Add(diag.New(diag.MissingKey, r.key(path...), "put in a line: "+example, "%q is missing", strings.Join(path, ".")))
		return ""
	}
	return r.text(table, path...)
}

// blocks takes an array of tables.
func (r *reader) blocks(values map[string]any, key string) []map[string]any {
	v, there := values[key]
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
		r.bad([]string{key}, "write each as a block of its own: [["+key+"]]", "takes blocks")
		return nil
	}
	return out
}

func (r *reader) estate(e *Estate, values map[string]any) {
	r.unknown(values, "estate.toml", nil, "output", "editions", "site", "pack")
	output := r.text(values, "output")
	editions := r.editions(values, "editions")
	if editions == nil {
		editions = []string{"public"}
	}
	sites := r.blocks(values, "site")
	if len(sites) == 0 && !r.found.HasErrors() {
		r.found.Add(diag.New(diag.MissingKey, r.key("site"), "write a block [[site]] for each site, with folder = \"…\"", "no site is listed"))
	}
	for i, t := range sites {
		r.site(e, t, []string{"site", fmt.Sprint(i)}, output, editions)
	}
	for i, t := range r.blocks(values, "pack") {
		r.pack(e, t, []string{"pack", fmt.Sprint(i)})
	}
}

func (r *reader) site(e *Estate, t map[string]any, path []string, output string, editions []string) {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	r.unknown(t, "[[site]]", path, "name", "folder", "output", "editions")
	s := Site{at: places{name: r.value(at("name")...), folder: r.value(at("folder")...), output: r.value(at("output")...)}}
	if _, own := t["output"]; !own && output != "" {
		s.at.output = r.value("output")
	}
	folder := r.required(t, `folder = "sites/eastmere"`, at("folder")...)
	if folder == "" {
		return
	}
	s.Dir = r.abs(folder)
	s.Folder = slashed(r.dir, s.Dir)
	s.Name = r.text(t, at("name")...)
	if _, given := t["name"]; !given {
		s.Name = filepath.Base(s.Dir)
		s.at.name = s.at.folder
		if !namePattern.MatchString(s.Name) {
			r.bad(at("folder"), `give the site a name: name = "eastmere"`, "ends in no name for a site: small letters, digits and hyphens")
			return
		}
	} else if s.Name != "" && !namePattern.MatchString(s.Name) {
		r.bad(at("name"), `such as name = "eastmere"`, "takes small letters a to z, digits and hyphens, 64 at most")
		return
	}
	if s.Name == "" {
		return
	}
	if slices.ContainsFunc(e.Sites, func(o Site) bool { return o.Name == s.Name }) {
		r.found.Add(diag.New(diag.BadValue, s.at.name, "give one of them another name with name = \"…\"", "two sites are called %q", s.Name))
		return
	}
	if own := r.editions(t, at("editions")...); own != nil {
		editions = own
	}
	if own := r.text(t, at("output")...); own != "" {
		output = own
	}
	if output != "" && len(editions) > 1 && !strings.Contains(output, "{edition}") {
		r.found.Add(diag.New(diag.BadValue, s.at.output, `put the edition into it: output = "out/{name}/{edition}"`,
			"%q gives %d editions of the site %s one output folder", "output", len(editions), s.Name))
		return
	}
	for _, name := range editions {
		s.Editions = append(s.Editions, Edition{Name: name, Output: r.output(s, output, name)})
	}
	e.Sites = append(e.Sites, s)
}

// output is where an edition goes. Without a word about it, it goes where candour build puts it.
func (r *reader) output(s Site, pattern, edition string) string {
	switch {
	case pattern != "":
		return r.abs(strings.NewReplacer("{name}", s.Name, "{edition}", edition).Replace(pattern))
	case edition == "public":
		return filepath.Join(s.Dir, "public")
	}
	return filepath.Join(s.Dir, "editions", edition)
}

// editions takes a list of names; nil where there is none, or a wrong one.
func (r *reader) editions(t map[string]any, path ...string) []string {
	v, there := t[path[len(path)-1]]
	if !there {
		return nil
	}
	const hint = `write editions = ["public", "partners"]`
	items, ok := v.([]any)
	if !ok || len(items) == 0 {
		r.bad(path, hint, "takes a list of editions")
		return nil
	}
	var names []string
	for _, item := range items {
		name, ok := item.(string)
		switch {
		case !ok || !namePattern.MatchString(name):
			r.bad(path, hint, "takes names of editions, each between straight quotes")
			return nil
		case slices.Contains(names, name):
			r.bad(path, "name it once", "names the edition %q twice", name)
			return nil
		}
		names = append(names, name)
	}
	return names
}

func (r *reader) pack(e *Estate, t map[string]any, path []string) {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	r.unknown(t, "[[pack]]", path, "name", "source", "key")
	p := Pack{Name: r.required(t, `name = "national"`, at("name")...), At: r.value(at("name")...),
		Source: r.required(t, `source = "packs"`, at("source")...), Key: r.required(t, `key = "RW…", the publisher's public key`, at("key")...)}
	if p.Key != "" {
		if _, err := pack.ParseKey(p.Key); err != nil {
			r.bad(at("key"), "copy the line from the publisher's .pub file", "%v", err)
		}
	}
	if slices.ContainsFunc(e.Packs, func(o Pack) bool { return o.Name == p.Name && o.Key == p.Key }) {
		r.bad(at("name"), "one block for each pack is enough", "names a pack a second time")
	}
	e.Packs = append(e.Packs, p)
}

func (r *reader) abs(p string) string {
	p = filepath.FromSlash(p)
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(r.dir, p)
}
