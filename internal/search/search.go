// Package search makes the index that the site's own search looks in: one file for each language, of cleared text alone.
//
// It holds what lists show anyway (titles, summaries, headings, and where an alert stands), and on a site of usual size the
// words of each finished page. A page that the edition is not cleared for is not in it, since it is not in the edition.
package search

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"candour/internal/content"
	"candour/internal/output"
	"candour/internal/present"
	"candour/internal/prose"
	"candour/internal/redact"
)

// Bounds keep the index small enough for a telephone. A site of more pages than withWords is searched by titles, summaries and
// headings, and one of more than withHeadings by titles and summaries.
const (
	withWords    = 300
	withHeadings = 3000
)

// Index is what will be in the index, page by page.
type Index struct {
	pages []page
	base  string
}

// page is a page of the index, with short keys: they stand in it once a page.
type page struct {
	Address  string   `json:"u"`
	Title    string   `json:"t"`
	Summary  string   `json:"s,omitempty"`
	Standing string   `json:"n,omitempty"` // where an alert stands and until when, which is said wherever it appears
	Headings []string `json:"h,omitempty"`
	Words    string   `json:"w,omitempty"`

	lang, file string
}

// New reads the cleared pages, while they still hold front matter.
func New(c *redact.Cleared, view *present.Site) *Index {
	x := &Index{base: strings.TrimSuffix(redact.BasePath(c.Edition().BaseURL), "/")}
	for _, p := range c.Pages() {
		if p.Section {
			continue
		}
		summary, _ := p.Params["summary"].(string)
		entry := page{Address: x.base + p.Address, Title: p.Title, Summary: summary, lang: p.Lang, file: strings.TrimPrefix(p.Address, "/") + "index.html"}
		if p.Kind == content.Alerts {
			v := view.View(p)
			state, _ := v["status_words"].(string)
			expiry, _ := v["expiry"].(string)
			entry.Standing = strings.Join(slices.DeleteFunc([]string{state, expiry}, func(s string) bool { return s == "" }), ". ")
			if strings.HasPrefix(expiry, state) {
				entry.Standing = expiry
			}
		}
		for _, h := range p.Headings {
			entry.Headings = append(entry.Headings, h.Text)
		}
		x.pages = append(x.pages, entry)
	}
	return x
}

// Make makes the index of each language that has a search page.
func (x *Index) Make(finished *output.Site) []output.File {
	byLang := map[string][]page{}
	for _, p := range x.pages {
		byLang[p.lang] = append(byLang[p.lang], p)
	}
	if byLang[""] == nil {
		byLang[""] = []page{}
	}
	var files []output.File
	for lang, pages := range byLang {
		dir := "search/"
		if lang != "" {
			dir = lang + "/search/"
		}
		if finished.Find(dir+"index.html") == nil {
			continue
		}
		slices.SortStableFunc(pages, func(a, b page) int { return cmp.Or(cmp.Compare(a.Title, b.Title), cmp.Compare(a.Address, b.Address)) })
		for i := range pages {
			p := &pages[i]
			if len(x.pages) > withHeadings {
				p.Headings = nil
			}
			if len(x.pages) > withWords {
				continue
			}
			if f := finished.Find(p.file); f != nil {
				if doc, err := prose.Read(f.Data); err == nil {
					p.Words = words(doc, p)
				}
			}
		}
		var out bytes.Buffer
		enc := json.NewEncoder(&out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(map[string]any{"pages": pages}); err != nil {
			panic("the index does not encode") // texts alone
		}
		files = append(files, output.File{Path: dir + "index.json", Data: out.Bytes()})
	}
	slices.SortFunc(files, func(a, b output.File) int { return cmp.Compare(a.Path, b.Path) })
	return files
}

// between stands between two words of the index. Words that are no neighbours on the page would be neighbours here, and the
// audit would take them for a name that is withheld; a number between them keeps them apart.
const between = " 0 "

// words lists the words of a page that its title, summary and headings lack, each once, in the order of the page. Numbers are
// left out: nobody looks for a page by one, and a telephone number in pieces helps nobody.
func words(doc *prose.Document, p *page) string {
	seen := map[string]bool{}
	for _, text := range append([]string{p.Title, p.Summary, p.Standing}, p.Headings...) {
		for _, w := range split(text) {
			seen[w] = true
		}
	}
	var out []string
	for _, b := range doc.Blocks {
		for _, w := range split(b.Text) {
			if !seen[w] {
				seen[w] = true
				out = append(out, w)
			}
		}
	}
	return strings.Join(out, between)
}

// split gives the words of a text as they are searched for: small letters without their marks, three letters or more, or two
// where a script writes words shorter. The script of the search page does the same to what is typed.
func split(text string) []string {
	folded := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.M, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(text))
	return slices.DeleteFunc(strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }), func(w string) bool {
		runes := []rune(w)
		return len(runes) < 2 || len(runes) < 3 && runes[0] < 0x250 || strings.ContainsFunc(w, unicode.IsDigit)
	})
}
