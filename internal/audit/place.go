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

// written gives the places where the author of a page wrote what is wrong on the finished page: every link of a vague text,
// the heading that leaves a level out, whatever leads to the address. Of what a layout makes there is none but the file.
func (w *Watch) written(p problem) []diag.Pos {
	whole := []diag.Pos{{File: p.Path}}
	if p.source == "" {
		return whole
	}
	whole[0].File = p.source
	var page *redact.Page
	for _, c := range w.cleared.Pages() {
		if c.File == p.source && path.Join(c.Address, "index.html") == "/"+p.Path {
			page = c
		}
	}
	if page == nil {
		return whole
	}
	doc := markdown.Parse(page.Body)
	var at []diag.Pos
	add := func(span markdown.Span) { at = append(at, page.At(span.Start)) }
	leads := func(dest string) bool { return dest != "" && w.leads(page, dest, p.Subject) }
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
