package estate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/pack"
	"candour/internal/settings"
)

// namePattern is what a site or an edition is called: a word that is safe in a path and an address.
var namePattern = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$`)

// parse reads estate.toml. dir is the folder in which it lies, absolute; file is its name in findings. Nothing on the disk
// is looked at.
func parse(src []byte, dir, file string) (*Estate, diag.List) {
	sum := sha256.Sum256(src)
	e := &Estate{Digest: hex.EncodeToString(sum[:])}
	open, values := settings.Open(src, file)
	if values == nil {
		return e, open.Found
	}
	r := &reader{open, dir}
	r.estate(e, values)
	r.Found.Sort()
	e.sort()
	return e, r.Found
}

// reader takes the sites out of their tables.
type reader struct {
	*settings.Reader
	dir string
}

func (r *reader) estate(e *Estate, values map[string]any) {
	r.Unknown(values, "estate.toml", nil, "output", "editions", "site", "pack")
	output := r.Filled(values, `output = "out/{name}"`, "output")
	editions := r.editions(values, "editions")
	if editions == nil {
		editions = []string{"public"}
	}
	sites := r.Blocks(values, "site")
	if len(sites) == 0 && !r.Found.HasErrors() {
		r.Found.Add(diag.New(diag.MissingKey, r.Key("site"), "write a block [[site]] for each site, with folder = \"…\"", "no site is listed"))
	}
	for i, t := range sites {
		r.site(e, t, []string{"site", fmt.Sprint(i)}, output, editions)
	}
	for i, t := range r.Blocks(values, "pack") {
		r.pack(e, t, []string{"pack", fmt.Sprint(i)})
	}
}

func (r *reader) site(e *Estate, t map[string]any, path []string, output string, editions []string) {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	r.Unknown(t, "[[site]]", path, "name", "folder", "output", "editions")
	s := Site{at: places{name: r.Value(at("name")...), folder: r.Value(at("folder")...), output: r.Value(at("output")...)}}
	if _, own := t["output"]; !own && output != "" {
		s.at.output = r.Value("output")
	}
	folder := r.Required(t, `folder = "sites/eastmere"`, at("folder")...)
	if folder == "" {
		return
	}
	s.Dir = r.abs(folder)
	s.Folder = slashed(r.dir, s.Dir)
	s.Name = r.Filled(t, `name = "eastmere"`, at("name")...)
	if _, given := t["name"]; !given {
		s.Name = filepath.Base(s.Dir)
		s.at.name = s.at.folder
		if !namePattern.MatchString(s.Name) {
			r.Bad(at("folder"), `give the site a name: name = "eastmere"`, "ends in no name for a site: small letters, digits and hyphens")
			return
		}
	} else if s.Name != "" && !namePattern.MatchString(s.Name) {
		r.Bad(at("name"), `such as name = "eastmere"`, "takes small letters a to z, digits and hyphens, 64 at most")
		return
	}
	if s.Name == "" {
		return
	}
	if slices.ContainsFunc(e.Sites, func(o Site) bool { return o.Name == s.Name }) {
		r.Found.Add(diag.New(diag.BadValue, s.at.name, "give one of them another name with name = \"…\"", "two sites are called %q", s.Name))
		return
	}
	if own := r.editions(t, at("editions")...); own != nil {
		editions = own
	}
	if own := r.Filled(t, `output = "out/eastmere"`, at("output")...); own != "" {
		output = own
	}
	if output != "" && len(editions) > 1 && !strings.Contains(output, "{edition}") {
		r.Found.Add(diag.New(diag.BadValue, s.at.output, `put the edition into it: output = "out/{name}/{edition}"`,
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
		r.Bad(path, hint, "takes a list of editions")
		return nil
	}
	var names []string
	for _, item := range items {
		name, ok := item.(string)
		switch {
		case !ok || !namePattern.MatchString(name):
			r.Bad(path, hint, "takes names of editions, each between straight quotes")
			return nil
		case slices.Contains(names, name):
			r.Bad(path, "name it once", "names the edition %q twice", name)
			return nil
		}
		names = append(names, name)
	}
	return names
}

func (r *reader) pack(e *Estate, t map[string]any, path []string) {
	at := func(key string) []string { return append(slices.Clone(path), key) }
	r.Unknown(t, "[[pack]]", path, "name", "source", "key")
	p := Pack{Name: r.Required(t, `name = "national"`, at("name")...), At: r.Value(at("name")...),
		Source: r.Required(t, `source = "packs"`, at("source")...), Key: r.Required(t, `key = "RW…", the publisher's public key`, at("key")...)}
	if p.Key != "" {
		if _, err := pack.ParseKey(p.Key); err != nil {
			r.Bad(at("key"), "copy the line from the publisher's .pub file", "%v", err)
		}
	}
	if slices.ContainsFunc(e.Packs, func(o Pack) bool { return o.Name == p.Name && o.Key == p.Key }) {
		r.Bad(at("name"), "one block for each pack is enough", "names a pack a second time")
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
