package webcheck

import (
	"net/url"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync"

	"candour/internal/diag"
)

// Links finds addresses on our own site that lead nowhere: to no file, or to no element of one. It is the second step, when
// every file has been scanned; nil pages are passed over. paths are all files of the site.
func Links(pages []*Page, paths []string, opt Options) []Problem {
	r := newResolver(pages, paths, opt)
	parts := make([][]Problem, runtime.GOMAXPROCS(0))
	var group sync.WaitGroup
	for n := range parts {
		group.Go(func() {
			mine := *r
			mine.known = map[string]target{}
			for _, p := range pages[n*len(pages)/len(parts) : (n+1)*len(pages)/len(parts)] {
				if p != nil {
					parts[n] = mine.check(p, parts[n])
				}
			}
		})
	}
	group.Wait()
	return slices.Concat(parts...)
}

type resolver struct {
	base  string
	files map[string]bool
	pages map[string]*Page
	known map[string]target // of addresses from the site's root: menus are the same on every page
}

// newResolver knows a site's files and the pages that were scanned.
func newResolver(pages []*Page, paths []string, opt Options) *resolver {
	r := &resolver{base: opt.BasePath, files: make(map[string]bool, len(paths)), pages: make(map[string]*Page, len(pages)), known: map[string]target{}}
	if !strings.HasPrefix(r.base, "/") {
		r.base = "/" + r.base
	}
	if !strings.HasSuffix(r.base, "/") {
		r.base += "/"
	}
	for _, p := range paths {
		r.files[p] = true
	}
	for _, p := range pages {
		if p != nil {
			r.pages[p.path] = p
		}
	}
	return r
}

// target is what an address leads to.
type target struct {
	file    string // "" where there is none
	ok      bool   // leads somewhere, or off the site
	outside bool   // on our host, but not below the site's address
}

func (r *resolver) check(p *Page, out []Problem) []Problem {
	var told map[string]bool
	addrs := string(p.addrs)
	for _, ref := range p.refs {
		addr := addrs[ref.start:ref.end]
		if told[addr] {
			continue
		}
		message, hint := r.judge(p, addr, ref.request)
		if message == "" {
			continue
		}
		if told == nil {
			told = map[string]bool{}
		}
		told[addr] = true
		out = append(out, Problem{Rule: diag.BrokenLink, Path: p.path, Subject: addr, Message: message, Hint: hint})
	}
	return out
}

// judge returns what is wrong with one address on a page, or "".
func (r *resolver) judge(p *Page, addr string, request bool) (message, hint string) {
	rest, fragment, _ := strings.Cut(addr, "#")
	rest, _, _ = strings.Cut(rest, "?")
	t := target{file: p.path, ok: true}
	if rest != "" || p.base != "" {
		t = r.resolve(p, rest)
	}
	shown := shorten(rest)
	switch {
	case t.outside:
		return shown + " leads outside the site, which stands under " + r.base,
			"write the whole address, beginning with https://, or begin it with " + r.base
	case !t.ok && request:
		return "the page asks for " + shown + ", and there is no such file", "put the file where the address says, or mend the address"
	case !t.ok:
		return "the link to " + shown + " leads nowhere", "link to the page's path below content/, or take the link out"
	case t.file == "" || fragment == "" || strings.HasPrefix(fragment, ":~:"):
		return "", ""
	}
	to := r.pages[t.file]
	if to == nil || !strings.Contains(".html.htm.xhtml.svg.", strings.ToLower(path.Ext(t.file))+".") {
		return "", "" // what the fragment of a PDF or a style sheet means is its reader's business
	}
	fragment, _, _ = strings.Cut(fragment, ":~:")
	if to.ids[fragment] || strings.EqualFold(fragment, "top") {
		return "", ""
	}
	if u, err := url.PathUnescape(fragment); err == nil && (to.ids[u] || strings.EqualFold(u, "top")) {
		return "", ""
	}
	where := "this page"
	if t.file != p.path {
		where = shown
	}
	return "the link to #" + shorten(fragment) + " finds no such place on " + where, "use the id of a heading that is there, or link to the page alone"
}

// resolve finds the file that an address without query and fragment leads to from a page.
func (r *resolver) resolve(p *Page, addr string) target {
	addr = strings.ReplaceAll(addr, `\`, "/")
	if strings.HasPrefix(addr, "/") && !strings.HasPrefix(addr, "//") {
		return r.root(addr, true)
	}
	if i := strings.Index(addr, "//"); i == 0 || i > 0 && addr[i-1] == ':' && !strings.Contains(addr[:i-1], "/") {
		return r.root(afterHost(addr[i+2:]), false)
	}
	if p.base != "" {
		base := p.base
		if addr == "" {
			return r.resolve(&Page{path: p.path}, base)
		}
		return r.resolve(&Page{path: p.path}, base[:strings.LastIndexByte(base, '/')+1]+addr)
	}
	dir := path.Dir(p.path)
	if dir == "." {
		dir = ""
	} else {
		dir += "/"
	}
	return r.root(r.base+dir+addr, true)
}

// afterHost is the path of an address whose scheme and slashes have been taken off.
func afterHost(a string) string {
	if i := strings.IndexByte(a, '/'); i >= 0 {
		return a[i:]
	}
	return "/"
}

// root finds the file for a path on our host. A whole address outside the site is somebody else's page; a path outside it is
// a slip.
func (r *resolver) root(addr string, relative bool) target {
	key := addr
	if !relative {
		key = "https:" + addr
	}
	if t, ok := r.known[key]; ok {
		return t
	}
	t := r.find(addr, relative)
	r.known[key] = t
	return t
}

func (r *resolver) find(addr string, relative bool) target {
	clean := path.Clean("/" + addr)
	last := addr[strings.LastIndexByte(addr, '/')+1:]
	folder := last == "" || last == "." || last == ".."
	if folder && clean != "/" {
		clean += "/"
	}
	under, ok := strings.CutPrefix(clean, r.base)
	if !ok && clean+"/" == r.base {
		under, ok = "", true
	}
	if !ok {
		return target{ok: !relative, outside: relative}
	}
	names := []string{under}
	if u, err := url.PathUnescape(under); err == nil && u != under {
		names = append(names, u)
	}
	for _, name := range names {
		switch {
		case name == "" || strings.HasSuffix(name, "/"):
			name += "index.html"
		case !r.files[name]:
			name += "/index.html" // servers send readers on to the folder
		}
		if r.files[name] {
			return target{file: name, ok: true}
		}
	}
	return target{}
}
