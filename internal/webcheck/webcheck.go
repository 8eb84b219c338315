// Package webcheck decides what can be decided about rendered pages without a browser: accessibility, requests to other
// sites, active content, and links and fragments inside the site.
//
// Reach for [Scan], which reads one file and is safe to call in parallel, then for [Links] over all pages. Messages name
// elements and addresses, never the text of a page.
package webcheck

import (
	"bytes"
	"path"
	"strings"

	"candour/internal/diag"
	"candour/internal/output"
)

// Options say where the site will stand.
type Options struct {
	BasePath string // "/", or "/plan/"
	BaseURL  string // the site's whole address; its host is the only one that pages may ask for anything
	Language string // of the site, for hints
}

// Problem is one thing that is wrong with an output file.
type Problem struct {
	Rule          diag.Rule
	Path          string // of the output file
	Message, Hint string
	Subject       string // the address or element that is wrong; may be empty
}

// Page is what one file offers and asks for.
type Page struct {
	path  string
	ids   map[string]bool // of elements, and names of anchors
	refs  []ref
	addrs []byte // the addresses of refs, one after another
	base  string // <base href>, if it stays on the site
	text  []byte // what a reader sees
	extra []byte // alternative texts, titles and the like, each on a line of its own
}

// ref is an address on our own site: addrs[start:end].
type ref struct {
	start, end int
	request    bool // fetched without a click
}

// Path is the output file's path.
func (p *Page) Path() string { return p.path }

// Text is the visible text: block elements and cells on lines of their own, inline tags dropped, white space collapsed. After it
// come, on lines of their own, texts that are not on the face of the page: alternative texts, titles, labels, descriptions
// and what tel: and mailto: links hold. Of style sheets, scripts and web manifests it is the source.
func (p *Page) Text() string {
	if len(p.extra) == 0 {
		return string(p.text)
	}
	return string(p.text) + "\n" + string(p.extra)
}

// Scan reads one file. The Page is nil for types of which nothing can be said.
func Scan(f output.File, opt Options) (*Page, []Problem) {
	s := scan{page: &Page{path: f.Path}, own: hostOf(opt.BaseURL), opt: opt}
	switch strings.ToLower(path.Ext(f.Path)) {
	case ".html", ".htm", ".xhtml":
		s.readHTML(f.Data)
	case ".svg", ".xml", ".atom", ".rss":
		s.readXML(f.Data)
	case ".css":
		s.css(f.Data, "a style sheet")
		s.page.text = f.Data
	case ".js", ".mjs":
		s.js(f.Data, "a script")
		s.page.text = f.Data
	case ".webmanifest":
		s.manifest(f.Data)
		s.page.text = f.Data
	default:
		return nil, nil
	}
	return s.page, s.problems
}

// scan is the reading of one file.
type scan struct {
	page     *Page
	opt      Options
	own      string
	problems []Problem
}

func (s *scan) report(r diag.Rule, subject, message, hint string) {
	s.problems = append(s.problems, Problem{Rule: r, Path: s.page.path, Message: message, Hint: hint, Subject: subject})
}

// addRef keeps an address on our own site for Links.
func (s *scan) addRef(addr []byte, request bool) {
	start := len(s.page.addrs)
	s.page.addrs = append(s.page.addrs, addr...)
	s.page.refs = append(s.page.refs, ref{start, len(s.page.addrs), request})
}

func (s *scan) addID(id []byte) {
	if s.page.ids == nil {
		s.page.ids = make(map[string]bool, 16)
	}
	s.page.ids[string(id)] = true
}

// addExtra keeps a text that is not on the face of the page.
func (s *scan) addExtra(b []byte) {
	if b = bytes.TrimSpace(b); len(b) > 0 {
		s.page.extra = appendText(s.page.extra, b)
		s.page.extra = append(s.page.extra, '\n')
	}
}

// addText adds text as a browser would show it.
func (s *scan) addText(b []byte) { s.page.text = appendText(s.page.text, b) }

// newLine begins a new line of text.
func (s *scan) newLine() {
	t := s.page.text
	if n := len(t); n > 0 && t[n-1] == ' ' {
		t = t[:n-1]
	}
	if n := len(t); n > 0 && t[n-1] != '\n' {
		t = append(t, '\n')
	}
	s.page.text = t
}

// appendText appends b with its white space collapsed.
func appendText(to, b []byte) []byte {
	for len(b) > 0 {
		n := 0
		for n < len(b) && (b[n] > ' ' || !isSpace(b[n]) || b[n] == ' ' && n+1 < len(b) && b[n+1] > ' ' && n > 0) {
			n++ // single spaces stay as they are
		}
		to = append(to, b[:n]...)
		if n == len(b) {
			break
		}
		for n < len(b) && isSpace(b[n]) {
			n++
		}
		if k := len(to); k > 0 && to[k-1] != ' ' && to[k-1] != '\n' {
			to = append(to, ' ')
		}
		b = b[n:]
	}
	return to
}

func isBlank(b []byte) bool {
	for _, c := range b {
		if !isSpace(c) {
			return c == 0xc2 && len(bytes.TrimSpace(b)) == 0
		}
	}
	return true
}
