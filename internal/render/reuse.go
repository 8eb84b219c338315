package render

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"hash"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/load"
	"candour/internal/output"
	"candour/internal/parallel"
	"candour/internal/redact"
)

// Key stands for all that something finished was made of. It is made of cleared content alone.
//
// The key of a page covers its cleared front matter, body and files, what its translations show of themselves, and the
// frame: the program's version, theme, configuration, vocabularies, and the site's sections. The key of the rest covers
// all that lists show: the frame, every page but the bodies and links of those in alone, and every file of a bundle.
type Key [sha256.Size]byte

// Past hands out what an earlier rendering of the same edition made.
type Past interface {
	// Page returns the finished bytes of the file at path if they were made from what key stands for. It may be asked from
	// several goroutines.
	Page(path string, key Key) ([]byte, bool)
	// Rest returns all that Hugo made besides pages with a key of their own, if it was made from what key stands for.
	Rest(key Key) ([]output.File, bool)
	// Memo is what this process has encoded before, or nil.
	Memo() *Memo
	// Empty reports that nothing was made before.
	Empty() bool
}

// Record says what a later rendering may use again, and what it was made from.
type Record struct {
	Pages map[string]Key // by the path of the page's file; nil where nothing may be used again
	Rest  Key
	Files []string // the paths of the rest: lists, feeds, terms, the style sheet, bundled files
}

// Record gives what is to be remembered of a rendering.
func (r *Rendered) Record() Record { return r.record }

// alone are the kinds whose pages show nothing of other pages but what the frame covers and their own translations. Alerts
// name and link each other, the narrative is rare, and both belong to the rest.
var alone = map[content.Kind]bool{content.Plans: true, content.Leaflets: true, content.Pages: true, content.AlertTemplates: true}

// reuse is what of a tree is not made again.
type reuse struct {
	record Record
	reused []output.File
	whole  bool            // the rest is made again
	again  map[string]bool // paths of the pages with a key that are made again
}

// idle reports whether there is nothing to make.
func (u *reuse) idle() bool { return !u.whole && len(u.again) == 0 }

func digest(h hash.Hash, name string, data []byte) {
	fmt.Fprintf(h, "%s\x00%d\x00", name, len(data))
	h.Write(data)
}

var (
	templateComment = regexp.MustCompile(`(?s)\{\{-?\s*/\*.*?\*/\s*-?\}\}`)
	looksAtClock    = regexp.MustCompile(`\bnow\b`)
)

// clockFor is the clock for the key of a frame: none, as long as no template looks at it, so that a page is not made again
// because time has passed. What depends on the time is settled in package present, and stands in the page's own key.
func clockFor(layouts map[string]load.ThemeFile, now string) string {
	for _, f := range layouts {
		if bytes.Contains(f.Data, []byte("now")) && looksAtClock.Match(templateComment.ReplaceAll(f.Data, nil)) {
			return now
		}
	}
	return ""
}

// sum works out the digests of a page. What other pages may show of it is everything but the body and links of those in
// alone.
func (p *madePage) sum() {
	if !alone[p.Kind] || p.Section {
		p.shown = sha256.Sum256(p.data)
		return
	}
	shown, body := p.data[:p.front], p.data[p.front:]
	h := sha256.New()
	if data, err := appendJSON(nil, p.links); err == nil {
		before, after, ok := bytes.Cut(shown, append([]byte(`"links":`), data...))
		if ok {
			shown = slices.Concat(before, after)
			digest(h, "links", data)
		}
	}
	p.shown = sha256.Sum256(shown)
	digest(h, "body", body)
	h.Sum(p.other[:0])
}

// linkOnly is a page for Hugo to know and not to make, of its front matter.
func linkOnly(front []byte) []byte {
	return append([]byte(`{"build":{"render":"link"},`), front[1:]...)
}

// file is the path of the finished page.
func (p *madePage) file() string { return strings.TrimPrefix(p.Address, "/") + "index.html" }

// choose puts into the tree what Hugo needs: each page whole, or, where its finished bytes are at hand, its front matter
// alone, so that lists still know it. Where nothing has changed that a list could show, lists are not made either, and
// Hugo is given the changed pages and those that stand for the others.
//
// A site with templates of its own gets everything made again, since only the program's own are known not to look at the
// bodies of other pages.
func (t *tree) choose(ctx context.Context, c *redact.Cleared, pages []madePage, past Past, put func(string, []byte, string) error) error {
	t.whole, t.again = true, map[string]bool{}
	able := c.Repo().Theme().Own
	if able {
		t.settleKeys(pages)
	}
	if able && past != nil {
		if files, ok := past.Rest(t.record.Rest); ok {
			t.whole, t.reused = false, files
		}
	}
	done, err := t.fetch(ctx, pages, past) // of nothing, where no page has a key
	if err != nil {
		return err
	}
	for i := range pages {
		p := &pages[i]
		_, keyed := t.record.Pages[p.file()]
		if keyed && done[i] == nil {
			t.again[p.file()] = true
		} else if keyed {
			t.reused = append(t.reused, output.File{Path: p.file(), Data: done[i]})
		}
	}
	if t.idle() {
		return nil
	}
	for _, n := range t.nodes {
		if !t.whole {
			n.data = n.link
		}
		if err := put(n.name, n.data, ""); err != nil {
			return err
		}
	}
	needed := t.needed(pages)
	full := make([]int, 0, len(pages))
	for i := range pages {
		p := &pages[i]
		_, keyed := t.record.Pages[p.file()]
		// A page that is not made has no feed that others could name.
		if t.again[p.file()] || t.whole && !keyed || !t.whole && needed[i] && p.Section {
			full = append(full, i)
		}
	}
	if able && !t.written {
		if err := t.hypertext(ctx, c, pages, full); err != nil {
			return err
		}
	}
	for i := range pages {
		p := &pages[i]
		var err error
		switch {
		case len(full) > 0 && full[0] == i:
			full = full[1:]
			err = p.put(p.data, put)
		case t.whole:
			err = p.put(linkOnly(p.data[:p.front]), put)
		case needed[i]:
			err = put(p.name, linkOnly(p.data[:p.front]), p.File)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// put writes a page and the files of its bundle.
func (p *madePage) put(data []byte, put func(string, []byte, string) error) error {
	if err := put(p.name, data, p.File); err != nil {
		return err
	}
	for _, f := range p.Files {
		if err := put(path.Join(path.Dir(p.name), f.Name), f.Data, f.File); err != nil {
			return err
		}
	}
	return nil
}

// settleKeys works out the keys of all pages and of the rest.
func (t *tree) settleKeys(pages []madePage) {
	t.record.Pages = map[string]Key{}
	here := map[string]bool{} // what the frame's navigation asks: kinds and tags, language by language
	siblings := map[string][]int{}
	for i := range pages {
		p := &pages[i]
		if p.Section {
			fmt.Fprintf(t.frame, "%s\x00%s\x00", p.name, p.Title) // all that the header and the trail show of it
		} else {
			siblings[sourceAddress(p.Page)] = append(siblings[sourceAddress(p.Page)], i)
		}
		here[p.Lang+"\x00"+string(p.Kind)] = true
		if tagged(p) {
			here[p.Lang+"\x00tags"] = true
		}
	}
	for _, what := range slices.Sorted(maps.Keys(here)) {
		fmt.Fprintf(t.frame, "%s\x00", what)
	}
	frame := t.frame.Sum(nil)
	t.rest.Write(frame)
	for i := range pages {
		p := &pages[i]
		digest(t.rest, p.name, p.shown[:])
		bundle := sha256.New()
		for _, f := range p.Files {
			digest(bundle, f.Name, f.Data)
		}
		files := bundle.Sum(nil)
		t.rest.Write(files)
		if !alone[p.Kind] || p.Section {
			continue
		}
		h := sha256.New()
		h.Write(frame)
		digest(h, p.name, p.shown[:])
		h.Write(p.other[:])
		h.Write(files)
		for _, s := range siblings[sourceAddress(p.Page)] {
			if s != i {
				digest(h, pages[s].name, pages[s].shown[:])
			}
		}
		var key Key
		h.Sum(key[:0])
		t.record.Pages[p.file()] = key
	}
	t.rest.Sum(t.record.Rest[:0])
}

func tagged(p *madePage) bool {
	list, _ := p.Params["tags"].([]any)
	return len(list) > 0
}

// fetch asks the past for every page that has a key.
func (t *tree) fetch(ctx context.Context, pages []madePage, past Past) ([][]byte, error) {
	done := make([][]byte, len(pages))
	if past == nil {
		return done, nil
	}
	err := parallel.Each(ctx, len(pages), func(i int) string { return pages[i].File }, func(i int) error {
		if key, ok := t.record.Pages[pages[i].file()]; ok {
			if data, ok := past.Page(pages[i].file(), key); ok {
				done[i] = data
			}
		}
		return nil
	})
	return done, err
}

// needed are the pages that Hugo must know of to make the changed ones as it would beside all others: sections, the other
// languages of what is made, and of each kind in each language one, and one with a tag.
func (t *tree) needed(pages []madePage) []bool {
	made := map[string]bool{}
	for i := range pages {
		if t.again[pages[i].file()] {
			made[sourceAddress(pages[i].Page)] = true
		}
	}
	out := make([]bool, len(pages))
	have := map[string]bool{}
	for i := range pages {
		p := &pages[i]
		kind, tag := p.Lang+"\x00"+string(p.Kind), p.Lang+"\x00tags"
		out[i] = p.Section || made[sourceAddress(p.Page)] || !have[kind] || tagged(p) && !have[tag]
		if out[i] && !p.Section {
			have[kind] = true
			have[tag] = have[tag] || tagged(p)
		}
	}
	return out
}

// take gathers the site from what Hugo wrote and what is used again. ok is false where Hugo did not write a page that it
// was to make: then nobody can tell what stands where, and everything is made again.
func (t *tree) take(written []output.File) (files []output.File, ok bool) {
	if !t.whole {
		written = slices.DeleteFunc(written, func(f output.File) bool { return !t.again[f.Path] })
		if len(written) != len(t.again) {
			return nil, false
		}
	} else {
		written = oneSitemap(written, t.langs)
	}
	files = append(written, t.reused...)
	if t.record.Pages != nil {
		for _, f := range files {
			if _, keyed := t.record.Pages[f.Path]; !keyed {
				t.record.Files = append(t.record.Files, f.Path)
			}
		}
		slices.Sort(t.record.Files)
	}
	return files, true
}
