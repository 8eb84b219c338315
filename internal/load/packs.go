package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/pack"
)

// Packs say where a site's packs come from. Nil takes none, and a candour.toml that names one is then refused.
type Packs struct {
	Store *pack.Store
	Dir   string // the site's folder, which a source's path begins at
}

// Request puts together what a site asks of a pack. lock may be nil.
func Request(p *config.Pack, lock *pack.Lock, dir string) (pack.Request, error) {
	key, err := pack.ParseKey(p.Key)
	if err != nil {
		return pack.Request{}, err
	}
	r := pack.Request{Name: p.Name, Source: p.Source, Dir: dir, Trust: pack.Trust{Root: key}}
	if lock != nil {
		r.Locked, _ = lock.Find(p.Name)
		r.Trust.Sequence = r.Locked.KeyList
	}
	return r, nil
}

// ReadLock reads candour.lock of a site; there need not be one.
func ReadLock(site fs.FS) (*pack.Lock, diag.List, error) {
	data, err := fs.ReadFile(site, pack.LockFile)
	if errors.Is(err, fs.ErrNotExist) {
		return &pack.Lock{}, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	lock, found := pack.ParseLock(data)
	return lock, found, nil
}

// loadPacks lays the site's packs beneath it. One that does not verify stops the build (contract, section 8).
func (r *Repo) loadPacks(ctx context.Context, opt Options) (diag.List, error) {
	if len(r.config.Packs) == 0 {
		return nil, nil
	}
	var found diag.List
	if opt.Packs == nil {
		found.Add(diag.New(diag.PackRefused, r.config.Packs[0].At, "run the command in the site's folder", "packs cannot be read here"))
		return found, nil
	}
	lock, lockFound, err := ReadLock(opt.Source)
	found.Add(lockFound...)
	if err != nil || found.HasErrors() {
		return found, err
	}
	layers := newLayered(opt.Source)
	for i := range r.config.Packs {
		cfg := &r.config.Packs[i]
		req, err := Request(cfg, lock, opt.Packs.Dir)
		if err != nil {
			return found, err
		}
		p, err := opt.Packs.Store.Get(ctx, req)
		var refusal *pack.Refusal
		switch {
		case errors.As(err, &refusal):
			found.Add(diag.New(diag.PackRefused, cfg.At, refusal.Hint, "the pack %s is refused: %s", cfg.Name, refusal.Text))
			continue
		case err != nil:
			return found, err
		}
		if req.Locked.SHA256 == "" {
			found.Add(diag.New(diag.PackNotLocked, cfg.At, "run candour pack update "+cfg.Name+", which pins it, and keep candour.lock with candour.toml",
				"the pack %s is not pinned: the next build may take another version of it", cfg.Name))
		}
		found.Add(layers.take(cfg, p)...)
		r.packs = append(r.packs, p)
	}
	r.fs, r.layers = layers, layers
	return found, nil
}

// take lays the files of a pack that the site wants beneath it, and checks what candour.toml says of them.
func (l *layered) take(cfg *config.Pack, p *pack.Pack) diag.List {
	var found diag.List
	names := p.Files()
	for _, list := range [][]string{cfg.Include, cfg.Exclude} {
		for _, pattern := range list {
			if !slices.ContainsFunc(names, func(n string) bool { return config.Covers(pattern, n) }) {
				found.Add(diag.New(diag.BadValue, cfg.Place(pattern), "see what it holds with candour pack list", "%q means nothing in the pack %s", pattern, cfg.Name))
			}
		}
	}
	for _, n := range names {
		if !cfg.Takes(n) {
			continue
		}
		if other, ok := l.files[n]; ok && !strings.HasPrefix(n, "data/") {
			found.Add(diag.New(diag.PackRefused, cfg.At, "leave the file out of one of them with exclude", "the packs %s and %s both hold %s", other.pack.Manifest().Name, cfg.Name, n))
			continue
		}
		// The introduction of a list is a site's own to write: nobody signs it.
		if path.Base(n) != "_index.md" && !strings.HasPrefix(n, "data/") && l.shadowed(n) && cfg.Changes[n] == nil {
			found.Add(diag.New(diag.PackPageChanged, diag.Pos{File: n, Line: 1, Column: 1},
				"delete this file to have the pack's, or declare the change in candour.toml below its [[pack]]: [[pack.override]] with page, by, date and note, and have it signed off",
				"stands in the place of a page of the pack %s, and candour.toml does not say so", cfg.Name))
			continue
		}
		if !strings.HasPrefix(n, "data/") {
			l.add(p, n)
		}
	}
	for _, page := range slices.Sorted(maps.Keys(cfg.Notes)) {
		if _, ok := p.Data(page); !ok || !cfg.Takes(page) {
			found.Add(diag.New(diag.BadValue, cfg.Place(page), "see what it holds with candour pack list", "the pack %s gives this site no page %q to add a note to", cfg.Name, page))
		}
	}
	for _, page := range slices.Sorted(maps.Keys(cfg.Changes)) {
		switch _, ok := p.Data(page); {
		case !ok:
			found.Add(diag.New(diag.BadValue, cfg.Place(page), "take the block out; the page is the site's own now", "the pack %s has no page %q to be changed", cfg.Name, page))
		case !l.shadowed(page):
			found.Add(diag.New(diag.BadValue, cfg.Place(page), "write the page at "+page+", or take the block out", "the site has no page of its own in the place of %q", page))
		}
	}
	for _, w := range p.Manifest().Withdrawn {
		hint := "links to it must go"
		if w.ReplacedBy != "" {
			hint = "use " + w.ReplacedBy + " instead"
		}
		found.Add(diag.New(diag.PackPageWithdrawn, cfg.At, hint, "the pack %s has withdrawn %s: %s", cfg.Name, w.Path, w.Reason))
	}
	return found
}

// origin says where a page came from, or gives nil for one of the site's own.
func (r *Repo) origin(file string) *content.Origin {
	for i := range r.config.Packs {
		cfg := &r.config.Packs[i]
		at := slices.IndexFunc(r.packs, func(p *pack.Pack) bool { return p.Manifest().Name == cfg.Name })
		if at < 0 {
			continue
		}
		p := r.packs[at]
		change := cfg.Changes[file]
		if f, ok := r.layers.files[file]; !ok || f.pack != p || change == nil && r.layers.shadowed(file) {
			continue
		}
		m := p.Manifest()
		return &content.Origin{Pack: m.Name, Version: m.Version, Publisher: m.Publisher, Licence: m.Licence, Attribution: m.Attribution,
			Date: m.Date, Digest: p.Digest(), Changed: change, Notes: cfg.Notes[file]}
	}
	return nil
}

// Attribute says of findings about a page of a pack whose page it is: its reader cannot mend the page, but can do without one
// that stops the build.
func (r *Repo) Attribute(found diag.List) {
	if r.layers == nil {
		return
	}
	for i := range found {
		f, ok := r.layers.files[found[i].File]
		if !ok || r.layers.shadowed(found[i].File) {
			continue
		}
		if found[i].Rule == diag.UnknownContact.Name {
			continue // the site's own to give
		}
		m := f.pack.Manifest()
		if found[i].Severity != diag.Error { // it stops nothing, and a page that people need is no worse for it
			found[i].Hint = fmt.Sprintf("on a page that comes with the pack %s of %s, whose author can: %s", m.Name, m.Publisher, found[i].Hint)
			continue
		}
		found[i].Hint = fmt.Sprintf("this page comes with the pack %s %s: tell %s, and until then leave it out with exclude = [%q] below its [[pack]] in candour.toml; what its author can do: %s",
			m.Name, m.Version, m.Publisher, found[i].File, found[i].Hint)
	}
}

// packData calls f for every file of data/ that the site takes from its packs, in their order.
func (r *Repo) packData(f func(file, rel string, data []byte)) {
	for _, p := range r.packs {
		cfg := &r.config.Packs[slices.IndexFunc(r.config.Packs, func(c config.Pack) bool { return c.Name == p.Manifest().Name })]
		for _, n := range p.Files() {
			if rel, ok := strings.CutPrefix(n, "data/"); ok && cfg.Takes(n) {
				data, _ := p.Data(n)
				f(p.Manifest().Name+".pack:"+n, rel, data)
			}
		}
	}
}
