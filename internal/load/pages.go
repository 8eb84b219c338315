package load

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/nearmiss"
	"candour/internal/parallel"
)

// Cache keeps decoded pages by file, so that a preview rereads only what was saved.
type Cache struct {
	mu    sync.Mutex
	pages map[string]cached
	rules *rules
}

type cached struct {
	size int64
	time time.Time
	page *content.Page
}

// NewCache returns an empty cache.
func NewCache() *Cache { return &Cache{pages: map[string]cached{}} }

func (r *Repo) loadContent(ctx context.Context, opt Options) (diag.List, error) {
	files, found := r.walk("content", opt.LeaveOut...)
	bundles := map[string]bool{} // folders that hold an index.md
	for _, f := range files {
		base, _ := content.SplitLanguage(strings.TrimSuffix(path.Base(f), ".md"))
		if path.Ext(f) == ".md" && base == "index" {
			bundles[path.Dir(f)] = true
		}
	}
	owner := func(f string) string {
		for d := path.Dir(f); d != "." && d != "content"; d = path.Dir(d) {
			if bundles[d] {
				return d
			}
		}
		return ""
	}
	var sources []string
	bundled := map[string][]content.BundleFile{}
	for _, f := range files {
		if complaint, hint := misplaced(f, owner(f), owner(path.Dir(f))); complaint != "" {
			if slices.Contains(opt.LeaveOut, f) {
				r.dropped = append(r.dropped, f)
				continue
			}
			found.Add(diag.New(diag.MisplacedFile, diag.Pos{File: f}, hint, "%s", complaint))
			continue
		}
		if path.Ext(f) == ".md" {
			sources = append(sources, f)
			continue
		}
		dir := owner(f)
		var size int64
		if info, err := fs.Stat(r.fs, f); err == nil {
			size = info.Size()
		}
		bundled[dir] = append(bundled[dir], content.BundleFile{Name: strings.TrimPrefix(f, dir+"/"), File: f, Size: size})
	}

	if opt.Only != "" {
		found = nil
		sources = slices.DeleteFunc(sources, func(f string) bool { return f != opt.Only })
	}
	pages := make([]*content.Page, len(sources))
	faults := make([]diag.List, len(sources))
	err := parallel.Each(ctx, len(sources), func(i int) string { return sources[i] }, func(i int) error {
		pages[i], faults[i] = r.loadPage(sources[i], opt.Cache)
		return nil
	})
	if err != nil {
		return found, err
	}
	taken := map[string]string{}
	for i, p := range pages { // a page that is left out takes nobody's address
		if p == nil {
			continue
		}
		if p.Lang != "" && p.Lang == r.config.PrimaryLanguage() {
			p.Lang, p.Address = "", p.Source()
		}
		if taken[p.Address] == "" && !slices.Contains(opt.LeaveOut, sources[i]) {
			taken[p.Address] = p.File
		}
	}
	for i, p := range pages {
		if slices.Contains(opt.LeaveOut, sources[i]) && (p == nil || faults[i].HasErrors()) {
			r.dropped = append(r.dropped, sources[i])
			continue
		}
		found.Add(faults[i]...)
		if p == nil {
			address, lang, _ := content.AddressOf(strings.TrimPrefix(sources[i], "content/"))
			if lang == r.config.PrimaryLanguage() {
				address = strings.TrimPrefix(address, "/"+lang)
			}
			r.unread = append(r.unread, address)
			continue
		}
		if slices.Contains(opt.LeaveOut, sources[i]) {
			if taken[p.Address] != "" {
				p = p.Copy()
			}
			for taken[p.Address] != "" {
				p.Address += "~/" // which no page has
			}
			taken[p.Address] = p.File
		}
		if bundles[path.Dir(p.File)] {
			p.Bundle = bundled[path.Dir(p.File)]
		}
		if other := taken[p.Address]; other != p.File {
			found.Add(diag.New(diag.AddressTaken, diag.Pos{File: p.File}, "rename one of the two files", "has the address %s, as %s does", p.Address, other))
			continue
		}
		if r.layers != nil {
			p.Origin = r.origin(p.File)
		}
		r.pages = append(r.pages, p)
	}
	slices.SortFunc(r.pages, func(a, b *content.Page) int { return strings.Compare(a.File, b.File) })
	return found, nil
}

// misplaced says what is wrong with the place of a file below content/. bundle is the page's folder that it lies in, and
// outer the one that its own folder lies in: Hugo takes a page within a page's folder for a file of it, and shows it nowhere.
func misplaced(f, bundle, outer string) (complaint, hint string) {
	rel := strings.TrimPrefix(f, "content/")
	parts := strings.Split(rel, "/")
	base, _ := content.SplitLanguage(strings.TrimSuffix(parts[len(parts)-1], ".md"))
	markdown := path.Ext(f) == ".md"
	kinds := "the folders are " + strings.Join(content.KindNames(), ", ")
	switch {
	case markdown && len(parts) == 1 && base == "_index":
		return "", ""
	case len(parts) == 1:
		return "lies where no content belongs", "put it into the folder of its kind; " + kinds
	case !content.IsKind(parts[0]):
		return "lies in a folder that is no kind of page" + nearmiss.Suffix(parts[0], content.KindNames()), "put it into the folder of its kind; " + kinds
	case markdown && bundle != "" && base != "index":
		return "lies inside another page's folder", "give it a folder of its own, or put it beside the folder " + bundle
	case markdown && bundle != "" && path.Dir(f) != bundle:
		return "lies inside another page's folder", "move it out of the folder " + bundle
	case markdown && base == "index" && outer != "":
		return "lies inside another page's folder", "move it out of the folder " + outer
	case markdown && base == "index" && len(parts) == 2:
		return "would be the page of a whole section", "name it _index.md to introduce the section, or give it a folder of its own"
	case markdown && parts[0] == string(content.Leaflets) && base != "_index" && (len(parts) == 2 || base == "index" && len(parts) == 3):
		return "is a leaflet without a setting", "put it into the folder of its setting, such as content/leaflets/festival/"
	case !markdown && strings.EqualFold(path.Ext(f), ".md"), !markdown && path.Ext(f) == ".markdown":
		return "does not end in .md", "rename it so that it ends in .md, in small letters"
	case !markdown && bundle == "":
		return "belongs to no page", "put it into the folder of the page that uses it (the folder with index.md), or into static/"
	}
	return "", ""
}

// loadPage reads and decodes one page. A page that the cache holds is used again as it is: pages are never changed after
// they are loaded, except for the bundle, which is the same slice for the same folder.
func (r *Repo) loadPage(file string, cache *Cache) (*content.Page, diag.List) {
	var info fs.FileInfo
	if cache != nil {
		var err error
		if info, err = fs.Stat(r.fs, file); err == nil {
			cache.mu.Lock()
			c, ok := cache.pages[file]
			cache.mu.Unlock()
			if ok && c.size == info.Size() && c.time.Equal(info.ModTime()) {
				return c.page, nil
			}
		}
	}
	page, found := r.readPage(file)
	if cache != nil && page != nil && info != nil && !found.HasErrors() {
		cache.mu.Lock()
		cache.pages[file] = cached{info.Size(), info.ModTime(), page}
		cache.mu.Unlock()
	}
	return page, found
}

// readPage reads a page and decodes it. One that a pack brings is decoded once for all sites that take it.
func (r *Repo) readPage(file string) (*content.Page, diag.List) {
	if r.layers != nil {
		if f, ok := r.layers.files[file]; ok && !r.layers.shadowed(file) {
			once := f.pack.Once(file, func() any {
				page, found := parsePage(file, f.data)
				return decoded{page, found}
			}).(decoded)
			if once.page == nil {
				return nil, slices.Clone(once.found)
			}
			return once.page.Copy(), slices.Clone(once.found)
		}
	}
	src, err := fs.ReadFile(r.fs, file)
	if err != nil {
		return nil, diag.List{diag.New(diag.FileUnreadable, diag.Pos{File: file}, "check who may read the file", "cannot be read")}
	}
	return parsePage(file, src)
}

type decoded struct {
	page  *content.Page
	found diag.List
}

func parsePage(file string, src []byte) (*content.Page, diag.List) {
	var found diag.List
	if f := badBytes(file, src); f != nil {
		return nil, diag.List{*f}
	}
	parts, fault := frontmatter.Split(src)
	if fault != nil {
		return nil, diag.List{diag.New(fault.Rule, diag.Pos{File: file, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message)}
	}
	p := &content.Page{File: file, FrontRaw: parts.Front, FrontLine: parts.FrontLine, Body: parts.Body, BodyLine: parts.BodyLine}
	front, fault := frontmatter.Decode(parts.Front)
	if fault != nil {
		line := fault.Line
		if line > 0 {
			line += parts.FrontLine - 1
		}
		found.Add(diag.New(fault.Rule, diag.Pos{File: file, Line: line, Column: fault.Column}, fault.Hint, "%s", fault.Message))
		return nil, found
	}
	p.Front = front
	rel := strings.TrimPrefix(file, "content/")
	p.Kind = content.Pages
	if kind, _, ok := strings.Cut(rel, "/"); ok {
		p.Kind = content.Kind(kind)
	}
	p.Address, p.Lang, p.Section = content.AddressOf(rel)
	return p, found
}

// badBytes finds what no text file may hold. Nothing of the file is quoted.
func badBytes(file string, src []byte) *diag.Finding {
	at := -1
	what, hint := "", ""
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		at, what, hint = 0, "is text in UTF-16", "save it again with the encoding UTF-8, which some editors call Unicode (UTF-8)"
	} else if i := bytes.IndexByte(src, 0); i >= 0 {
		at, what, hint = i, "holds a NUL byte", "save it again as plain text in UTF-8; a Word file cannot be used as it is"
	} else if !utf8.Valid(src) {
		for i := 0; i < len(src); {
			r, n := utf8.DecodeRune(src[i:])
			if r == utf8.RuneError && n == 1 {
				at = i
				break
			}
			i += n
		}
		what, hint = "is not UTF-8 text", "save it again with the encoding UTF-8"
	}
	if at < 0 {
		at = controlByte(src)
		what, hint = "holds a control character, which no reader sees and a program may obey", "delete it, here and where else it stands: type the line again in a plain text editor"
	}
	if at < 0 {
		return nil
	}
	line := 1 + bytes.Count(src[:at], []byte{'\n'})
	column := 1 + utf8.RuneCount(src[bytes.LastIndexByte(src[:at], '\n')+1:at])
	f := diag.New(diag.BadEncoding, diag.Pos{File: file, Line: line, Column: column}, hint, "%s", what)
	return &f
}

// controlByte finds the first control character that is no tab or line end; -1 where there is none.
func controlByte(src []byte) int {
	for i, c := range src {
		switch {
		case c >= 0x20 && c != 0x7f && c != 0xc2, c == '\t', c == '\n', c == '\r':
		case c != 0xc2, i+1 < len(src) && src[i+1] < 0xa0: // those from U+0080 on take two bytes
			return i
		}
	}
	return -1
}

// Decode decodes a page's front matter again, after it was forgotten.
func Decode(p *content.Page) bool {
	front, fault := frontmatter.Decode(p.FrontRaw)
	if fault != nil {
		return false
	}
	p.Front = front
	return true
}
