package audit

import (
	"net/url"
	"path"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/markdown"
	"candour/internal/redact"
	"candour/internal/webcheck"
)

// authors finds where authors wrote what a finished page shows.
type authors struct {
	*Watch
	pages map[string]*redact.Page // by the path of the finished page
	doc   *markdown.Document      // of page: problems of one page come together
	page  *redact.Page
}

func newAuthors(w *Watch) *authors {
	a := &authors{Watch: w, pages: map[string]*redact.Page{}}
	for _, p := range w.cleared.Pages() {
		a.pages[strings.TrimPrefix(p.Address, "/")+"index.html"] = p
	}
	return a
}

// wrote gives the places where the author of a page wrote what is wrong on the finished page: every link of a vague text,
// the heading that leaves a level out, whatever leads to the address. Of what a layout makes there is none but the file.
func (a *authors) wrote(p problem) []diag.Pos {
	if p.source == "" {
		return []diag.Pos{{File: p.Path}}
	}
	whole := []diag.Pos{{File: p.source}}
	page := a.pages[p.Path]
	if page == nil || page.File != p.source {
		return whole
	}
	if page != a.page {
		a.page, a.doc = page, markdown.Parse(page.Body)
	}
	doc := a.doc
	var at []diag.Pos
	add := func(span markdown.Span) { at = append(at, page.At(span.Start)) }
	leads := func(dest string) bool { return dest != "" && a.leads(page, dest, p.Subject) }
	for _, l := range doc.Links {
		text := strings.TrimSpace(l.Text)
		switch {
		case p.Rule.Code == diag.VagueLinkText.Code && !l.Image && webcheck.Vague(text),
			p.Rule.Code == diag.EmptyLink.Code && !l.Image && text == "",
			p.Rule.Code == diag.MissingAlt.Code && l.Image && text == "" && leads(l.URL),
			(p.Rule.Code == diag.BrokenLink.Code || p.Rule.Code == diag.ThirdParty.Code || p.Rule.Code == diag.ImageSize.Code) && leads(l.URL):
			add(l.Span)
		}
	}
	for _, s := range doc.Shortcodes {
		if !s.Escaped && (p.Rule.Code == diag.BrokenLink.Code || p.Rule.Code == diag.ImageSize.Code) && (leads(s.Named["src"]) || leads(s.Named["link"]) || leads(s.Named["attrlink"])) {
			add(s.Span)
		}
	}
	above := 1 // the title
	for _, h := range doc.Headings {
		switch {
		case p.Rule.Code == diag.HeadingOrder.Code && h.Level > above+1 && len(at) == 0,
			p.Rule.Code == diag.OneH1.Code && h.Level == 1,
			p.Rule.Code == diag.DuplicateID.Code && h.ID == p.Subject:
			add(h.Span)
		}
		above = h.Level
	}
	if len(at) == 0 {
		return whole
	}
	return at
}

// leads reports whether a destination on a page is the address that a finished page has for it.
func (w *Watch) leads(page *redact.Page, dest, address string) bool {
	if dest == address {
		return true
	}
	to, err := url.Parse(dest)
	if err != nil || to.IsAbs() {
		return false
	}
	base := strings.TrimSuffix(redact.BasePath(w.cleared.Edition().BaseURL), "/")
	if strings.HasSuffix(to.Path, ".md") {
		file := path.Join(path.Dir(page.File), to.Path)
		if strings.HasPrefix(to.Path, "/") {
			file = path.Join("content", strings.TrimPrefix(to.Path, "/content"))
		}
		to.Path, _, _ = content.AddressOf(strings.TrimPrefix(file, "content/"))
	}
	from := &url.URL{Path: page.Address}
	there := from.ResolveReference(to)
	got := there.EscapedPath()
	if there.Fragment != "" {
		got += "#" + there.EscapedFragment()
	}
	want, err := url.Parse(address)
	if err != nil {
		return false
	}
	address = want.EscapedPath()
	if want.Fragment != "" {
		address += "#" + want.EscapedFragment()
	}
	return got == address || base+got == address || strings.TrimSuffix(base+got, "/") == strings.TrimSuffix(address, "/")
}
