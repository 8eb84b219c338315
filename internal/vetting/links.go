package vetting

import (
	"cmp"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/markdown"
	"candour/internal/nearmiss"
)

// schemes are those that a link may have (contract, section 1).
var schemes = []string{"https", "http", "mailto", "tel"}

// hostLike is the name of a site at the beginning of an address: www.example.org, example.gov.uk.
var hostLike = regexp.MustCompile(`(?i)^(www\.[a-z0-9-]+(\.[a-z0-9-]+)+|([a-z0-9-]+\.)+(org|com|net|info|uk|wales|cymru|scot|gov|nhs|eu|io|example))$`)

// Link is a link, picture, figure or ref of a body that the edition is cleared for, with where it leads.
type Link struct {
	Span markdown.Span
	Dest string // as the author wrote it
	// URL is where it leads: a path from the site's root with query and fragment, or Dest without its escapes for another
	// site or a fragment of the same page.
	URL      string
	Internal bool
	File     string // the bundled file that it shows, or ""
	Image    bool
	// Drop says that the page it leads to is left out of this build by hand: its words stay, the link goes.
	Drop bool
	// Shortcode is figure, ref or relref where the link is one; Inline links have "".
	Shortcode string
}

// target is what lives at an address.
type target struct {
	page *Page
	at   string // the address, where it is written in other characters than in its key
}

// links follows every link of the cleared text.
func (v *Vetted) links() diag.List {
	var found diag.List
	byAddress := map[string]target{"/": {}, "/withheld/": {}, "/accessibility/": {}, "/tags/": {}, "/404.html": {}, "/alerts/feed.atom": {}, "/sitemap.xml": {}, "/robots.txt": {}}
	byFile := map[string]*Page{}
	for _, k := range content.Kinds {
		byAddress["/"+string(k)+"/"] = target{}
	}
	for _, address := range v.repo.Unread() { // there is a page, and it has findings of its own
		byAddress[address] = target{}
	}
	for _, s := range v.repo.Static() {
		byAddress["/"+s.Path] = target{}
		if key := norm.NFC.String(s.Path); key != s.Path {
			byAddress["/"+key] = target{at: "/" + s.Path}
		}
	}
	for _, p := range v.pages {
		byAddress[p.Address] = target{page: p}
		byFile[norm.NFC.String(p.File)] = p
		if p.Absence != Present {
			continue // a folder that holds nothing else has no list, and no message may name it
		}
		// Every folder below a kind is a section with a list of its own.
		for d := path.Dir(strings.TrimSuffix(p.Address, "/")); d != "/" && d != "."; d = path.Dir(d) {
			if _, ok := byAddress[d+"/"]; !ok {
				byAddress[d+"/"] = target{}
			}
		}
		if tags, ok := p.Front["tags"].([]any); ok {
			for _, t := range tags {
				if s, ok := t.(string); ok {
					byAddress["/tags/"+content.Segment(s)+"/"] = target{}
				}
			}
		}
	}
	for _, p := range v.pages {
		p.hide(v.edition.Clearance)
	}
	r := resolver{v: v, byAddress: byAddress, byFile: byFile}
	for _, p := range v.pages {
		if p.Absence != Present {
			continue
		}
		found.Add(p.tornNotes()...)
		p.Links = nil
		photo := p.Field("photo")
		for i := range p.Files {
			f := &p.Files[i]
			f.Referred = content.Same(f.Name, p.Text("photo")) && f.Level <= v.edition.Clearance && photo != nil && photo.Level <= v.edition.Clearance
		}
		found.Add(r.page(p)...)
	}
	return found
}

// BundleName is the file of the page's own folder that a destination would name, or "".
func BundleName(dest string) string {
	u, err := url.Parse(strings.TrimSpace(dest))
	if err != nil || u.Scheme != "" || u.Host != "" {
		return ""
	}
	return bundleName(u)
}

func bundleName(u *url.URL) string {
	if u.Path == "" || strings.HasPrefix(u.Path, "/") {
		return ""
	}
	return path.Clean(u.Path)
}

type resolver struct {
	v         *Vetted
	byAddress map[string]target
	byFile    map[string]*Page
	addresses []string
}

func (r *resolver) page(p *Page) diag.List {
	var found diag.List
	for _, l := range p.Doc.Links {
		if p.HiddenAt(l.Span.Start) {
			continue
		}
		if s := p.shortcodeIn(l.Span); s != nil {
			continue // ref and relref in a destination are followed as the shortcodes that they are
		}
		link := Link{Span: l.Span, Dest: l.Destination, Image: l.Image}
		found.Add(r.follow(p, &link, l.URL)...)
		p.Links = append(p.Links, link)
	}
	for _, s := range p.Doc.Shortcodes {
		if s.Escaped || s.Closing || p.HiddenAt(s.Span.Start) {
			continue
		}
		var dests []string
		switch s.Name {
		case "ref", "relref":
			dests = []string{refTarget(s)}
		case "figure":
			dests = []string{s.Named["src"]}
			for _, key := range []string{"link", "attrlink"} {
				d := s.Named[key]
				if d == "" {
					continue
				}
				link := Link{Span: s.Span, Dest: d, Shortcode: s.Name}
				found.Add(r.follow(p, &link, d)...)
				p.Links = append(p.Links, link)
			}
		}
		for _, d := range dests {
			if d == "" {
				continue
			}
			link := Link{Span: s.Span, Dest: d, Shortcode: s.Name, Image: s.Name == "figure"}
			found.Add(r.follow(p, &link, d)...)
			p.Links = append(p.Links, link)
		}
	}
	return found
}

// shortcodeIn returns the ref or relref that stands inside a link's span.
func (p *Page) shortcodeIn(span markdown.Span) *markdown.Shortcode {
	for i := range p.Doc.Shortcodes {
		s := &p.Doc.Shortcodes[i]
		if (s.Name == "ref" || s.Name == "relref") && !s.Escaped && s.Span.Start >= span.Start && s.Span.End <= span.End {
			return s
		}
	}
	return nil
}

// follow finds where a link leads. dest is its destination as a browser reads it, without escapes and entities: in those a
// scheme could hide.
func (r *resolver) follow(p *Page, l *Link, dest string) diag.List {
	at := p.pos(l.Span.Start)
	dest = strings.TrimSpace(dest)
	l.URL = dest
	switch {
	case strings.HasPrefix(dest, "//"):
		return diag.List{diag.New(diag.BadLinkScheme, at, "write https: before the two slashes", "a link to another site says with what scheme")}
	case strings.HasPrefix(dest, "#"), dest == "":
		return r.fragment(p, l, strings.TrimPrefix(dest, "#"), at)
	}
	u, err := url.Parse(dest)
	if err != nil {
		if scheme, _, ok := strings.Cut(dest, ":"); ok && slices.Contains(schemes, strings.ToLower(scheme)) {
			return diag.List{diag.New(diag.BrokenLink, at, "copy the address again from the browser", "the address is not well formed")}
		}
		return diag.List{diag.New(diag.BadLinkScheme, at, "links may be https:, http:, mailto: or tel:, or lead to a page of this site", "the address is not one that a link may have")}
	}
	if u.Scheme != "" {
		if len(u.Scheme) == 1 { // C: and what follows
			return diag.List{diag.New(diag.BadLinkScheme, at, "put the file into the page's folder and write its name alone", "leads to a file of your own computer")}
		}
		if !slices.Contains(schemes, strings.ToLower(u.Scheme)) {
			return diag.List{diag.New(diag.BadLinkScheme, at, "links may be https:, http:, mailto: or tel:, or lead to a page of this site", "a link may not have this scheme")}
		}
		if l.Image {
			return diag.List{diag.New(diag.ThirdParty, at, "save the picture into the page's folder and name it here", "a picture from another site would tell that site who reads this page")}
		}
		return nil
	}
	l.Internal = true
	return r.inside(p, l, u, at)
}

func (r *resolver) inside(p *Page, l *Link, u *url.URL, at diag.Pos) diag.List {
	tail := ""
	if u.RawQuery != "" {
		tail += "?" + u.RawQuery
	}
	if u.Fragment != "" {
		tail += "#" + u.EscapedFragment()
	}
	if name := bundleName(u); name != "" {
		for i := range p.Files {
			f := &p.Files[i]
			if !content.Same(f.Name, name) {
				continue
			}
			l.File = f.Name
			if f.Level <= r.v.edition.Clearance {
				f.Referred = true
			}
			l.URL = (&url.URL{Path: p.Address + f.Name}).EscapedPath() + tail
			return nil
		}
	}
	// A page by its source path, or by its address.
	var page *Page
	var address string
	if clean := u.Path; strings.HasSuffix(clean, ".md") {
		file := path.Join(path.Dir(p.File), clean)
		if strings.HasPrefix(clean, "/") {
			file = path.Join("content", strings.TrimPrefix(clean, "/content"))
		}
		page = r.byFile[norm.NFC.String(file)]
		if page != nil {
			address = page.Address
		}
	} else {
		clean := u.Path
		if !strings.HasPrefix(clean, "/") {
			clean = p.Address + clean
		}
		clean = path.Clean(clean)
		for _, try := range []string{clean, norm.NFC.String(clean), norm.NFC.String(strings.TrimSuffix(clean, "/")) + "/"} {
			if t, ok := r.byAddress[try]; ok {
				page, address = t.page, cmp.Or(t.at, try)
				break
			}
		}
		if address == "" && l.Shortcode != "" { // ref takes a page's name without its ending
			for _, file := range []string{path.Join(path.Dir(p.File), u.Path) + ".md", path.Join("content", u.Path) + ".md"} {
				if page = r.byFile[norm.NFC.String(file)]; page != nil {
					address = page.Address
					break
				}
			}
		}
	}
	if address == "" {
		if strings.Contains(u.Path, `\`) {
			return diag.List{diag.New(diag.BrokenLink, at, `write / in place of \, as in ../pages/about.md`, "an address has no backslashes")}
		}
		if l.Image {
			return diag.List{diag.New(diag.BrokenLink, at, "put the picture into the page's folder (the folder with index.md), or into static/", "the picture is not there")}
		}
		if first, _, _ := strings.Cut(u.Path, "/"); hostLike.MatchString(first) {
			return diag.List{diag.New(diag.BrokenLink, at, "write https:// before the address, as it stands in the browser", "leads to no page of this site; the address of another site begins with https://")}
		}
		if r.addresses == nil {
			for a, t := range r.byAddress {
				if t.page == nil || t.page.Absence == Present {
					r.addresses = append(r.addresses, a)
				}
			}
			slices.Sort(r.addresses)
		}
		return diag.List{diag.New(diag.BrokenLink, at, "correct the address, or take the link out", "no page of this site is there%s", nearmiss.Suffix(u.Path, r.addresses))}
	}
	if page != nil && page.Absence != Present {
		why := map[Absence]string{Above: "this edition is not cleared for", NotYet: "is not published yet", DraftAlert: "is still a draft", LeftOutByHand: "is left out of this build"}[page.Absence]
		message := "leads to a page that " + why
		if page.Absence == LeftOutByHand && l.Shortcode != "figure" {
			l.Drop = true
			return diag.List{diag.New(diag.LinkToWithheld.At(diag.Warning), at, "its words stand without the link until the page is published again", "%s", message)}
		}
		return diag.List{diag.New(diag.LinkToWithheld, at, "take the link out, or mark the passage that holds it and withhold it", "%s", message)}
	}
	l.URL = (&url.URL{Path: address}).EscapedPath() + tail
	if page != nil && u.Fragment != "" {
		return r.fragment(page, l, u.Fragment, at)
	}
	return nil
}

// fragment looks for the heading that a fragment names, and that the edition shows it.
func (r *resolver) fragment(page *Page, l *Link, id string, at diag.Pos) diag.List {
	if id == "" || strings.HasPrefix(id, "fn:") || strings.HasPrefix(id, "fnref") {
		return nil
	}
	if decoded, err := url.PathUnescape(id); err == nil {
		id = decoded
	}
	for _, h := range page.Doc.Headings {
		if !content.Same(h.ID, id) {
			continue
		}
		if h.ID != id {
			before, _, _ := strings.Cut(l.URL, "#")
			l.URL = before + "#" + (&url.URL{Fragment: h.ID}).EscapedFragment()
		}
		if page.HiddenAt(h.Span.Start) {
			return diag.List{diag.New(diag.LinkToWithheld, at, "take the link out, or let it lead to the page without #"+"…", "leads to a section that this edition is not cleared for")}
		}
		return nil
	}
	// The theme makes further ids of its own; the rendered page is asked about those.
	return nil
}
