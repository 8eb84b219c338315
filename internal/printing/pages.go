package printing

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"time"

	"candour/internal/audit"
	"candour/internal/content"
	"candour/internal/level"
	"candour/internal/nearmiss"
	"candour/internal/prose"
	"candour/internal/redact"
)

// Page is a leaflet of an audited site.
type Page struct {
	Source  string // the author's file
	Path    string // of the finished page in the site
	Address string // whole
	At      string // in the site: /leaflets/festival/tonight/
	Lang    string // "" in the site's own language
	Title   string
	Slug    string
	Setting string
	Name    string    // of its files: the slug, with the setting before it where two leaflets have the same
	Formats []string  // of its front matter
	Dated   time.Time // of its last update
	HTML    []byte
}

// Pages lists the leaflets of an audited site, by address.
func Pages(a *audit.Audited) []*Page {
	site, base := a.Site(), strings.TrimSuffix(a.Edition().BaseURL, "/")
	var pages []*Page
	settings := map[string]map[string]bool{} // by slug
	for _, p := range a.Cleared().Pages() {
		if p.Kind != content.Leaflets || p.Section {
			continue
		}
		f := site.Find(strings.TrimPrefix(p.Address, "/") + "index.html")
		if f == nil {
			continue
		}
		l := &Page{Source: p.File, Path: f.Path, Address: base + p.Address, At: p.Address, Lang: p.Lang, Title: p.Title, Dated: p.Dated(level.Public), Slug: path.Base(p.Address), Setting: path.Base(path.Dir(path.Clean(p.Address))), HTML: f.Data}
		p.Fields(level.Public, func(path []string, text string) {
			if path[0] == "formats" {
				l.Formats = append(l.Formats, text)
			}
		})
		if settings[l.Slug] == nil {
			settings[l.Slug] = map[string]bool{}
		}
		settings[l.Slug][l.Setting] = true
		pages = append(pages, l)
	}
	for _, l := range pages {
		if l.Name = l.Slug; len(settings[l.Slug]) > 1 {
			l.Name = l.Setting + "-" + l.Slug
		}
	}
	slices.SortFunc(pages, func(a, b *Page) int { return cmp.Compare(a.Address, b.Address) })
	return pages
}

// File is the name of the leaflet's file in a format: out-tonight-a5.pdf, and out-tonight-a5.cy.pdf of a translation.
func (p *Page) File(f Format) string {
	if p.Lang != "" { // as the author's file has it: slug.cy.md
		return p.Name + f.Suffix + "." + p.Lang + f.Ext
	}
	return p.Name + f.Suffix + f.Ext
}

// Select picks leaflets by source file, address, slug or SETTING/SLUG, and by language; all of them where nothing is asked
// for. primary is the language of the site.
func Select(pages []*Page, args, languages []string, primary string) ([]*Page, error) {
	chosen := pages
	if len(args) > 0 {
		chosen = nil
		for _, arg := range args {
			before := len(chosen)
			want := strings.Trim(strings.TrimSuffix(strings.ReplaceAll(arg, `\`, "/"), ".md"), "/")
			for _, p := range pages {
				file := strings.TrimSuffix(strings.TrimSuffix(p.Source, ".md"), "/index")
				if slices.Contains([]string{p.Slug, p.Name, p.Setting + "/" + p.Slug, file, strings.TrimPrefix(file, "content/"), p.Slug + "." + p.Lang, strings.TrimSuffix(p.Path, "/index.html")}, want) && !slices.Contains(chosen, p) {
					chosen = append(chosen, p)
				}
			}
			if len(chosen) == before && !slices.ContainsFunc(chosen, func(p *Page) bool { return p.Slug == want }) {
				var known []string
				for _, p := range pages {
					known = append(known, p.Slug)
				}
				slices.Sort(known)
				return nil, wrong("the site has no leaflet %q%s; its leaflets are %s", arg, nearmiss.Suffix(want, known), strings.Join(slices.Compact(known), ", "))
			}
		}
		slices.SortFunc(chosen, func(a, b *Page) int { return cmp.Compare(a.Address, b.Address) })
	}
	if len(languages) == 0 {
		return chosen, nil
	}
	have := map[string]bool{}
	for _, p := range chosen {
		have[cmp.Or(p.Lang, primary)] = true
	}
	var wanted []*Page
	for _, lang := range languages {
		lang, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(lang)), "-")
		if !have[lang] {
			var known []string
			for l := range have {
				known = append(known, l)
			}
			slices.Sort(known)
			return nil, wrong("--language %s: none of these leaflets is in that language; they are in %s", lang, strings.Join(known, ", "))
		}
		for _, p := range chosen {
			if cmp.Or(p.Lang, primary) == lang && !slices.Contains(wanted, p) {
				wanted = append(wanted, p)
			}
		}
	}
	slices.SortFunc(wanted, func(a, b *Page) int { return cmp.Compare(a.Address, b.Address) })
	return wanted, nil
}

// RightToLeft reports whether the leaflet's language is read from the right.
func (p *Page) RightToLeft() bool {
	doc, err := prose.Read(p.HTML)
	return err == nil && doc.Dir == "rtl"
}

// Offers are what was made, to be published beside the pages.
func (r *Result) Offers() []redact.Offer {
	var offers []redact.Offer
	for _, item := range r.Made {
		f := item.Made.File()
		offers = append(offers, redact.Offer{Address: item.Page.At, Format: item.Format.Name, Name: f.Path, Data: f.Data, Source: f.Source})
	}
	return offers
}
