package render

import (
	"bytes"
	"context"
	"html/template"
	"slices"
	"strings"

	"candour/internal/parallel"
	"candour/internal/present"
	"candour/internal/redact"
	"candour/internal/words"
)

// hypertext turns the bodies of the pages to be made into HTML, so that Hugo has only to put it into their templates. What
// needs more of Hugo stays Markdown, such as images and listings.
//
// It does what the program's own templates in layouts/_markup do, byte for byte, and so is for sites that have no others. A
// test holds the two against each other.
func (t *tree) hypertext(ctx context.Context, c *redact.Cleared, pages []madePage, full []int) error {
	return parallel.Each(ctx, len(full), func(i int) string { return pages[full[i]].File }, func(i int) error {
		p := &pages[full[i]]
		html, ok := p.HTML(&hooks{links: p.links, say: c.Repo().Say(p.Lang), rtl: present.RightToLeft(locale(c, p.Lang)), layouts: t.layouts})
		if ok {
			p.data = slices.Concat([]byte(`{"markup":"html",`), p.data[1:p.front], []byte("\n"), html)
		}
		return nil
	})
}

// hooks are the program's own render hooks for links and tables, for one page.
type hooks struct {
	links map[string]any // destination as written to final path
	say   *words.Words
	rtl   bool

	layouts map[string]themeFile
}

// Link is layouts/_markup/render-link.html to the text of the link.
func (h *hooks) Link(w *bytes.Buffer, destination, title string) {
	to, ok := h.links[destination].(string)
	if !ok {
		to = destination
	}
	l := link{To: to, Title: title}
	if strings.HasPrefix(to, "tel:") {
		l.To = template.URL(to) // harmless, and no scheme that the template would let through
		if h.rtl {
			l.Dir = "ltr"
		}
	}
	if err := startLink(w, l); err != nil {
		panic("a link cannot be written") // the converter gives the page to Hugo
	}
}

// link is the start tag of a link; what is empty is left out.
type link struct {
	To               any // a string, or a template.URL
	Lang, Dir, Title string
}

// startLink writes a start tag as a template does.
func startLink(w *bytes.Buffer, l link) error {
	if to, ok := l.To.(string); ok && l.Lang+l.Dir+l.Title == "" && plainAddress(to) {
		w.WriteString(`<a href="`)
		w.WriteString(to)
		w.WriteString(`">`)
		return nil
	}
	return openLink.Execute(w, l)
}

var openLink = template.Must(template.New("link").Parse(`<a href="{{ .To }}"{{ with .Lang }} lang="{{ . }}"{{ end }}{{ with .Dir }} dir="{{ . }}"{{ end }}{{ with .Title }} title="{{ . }}"{{ end }}>`))

// plainAddress says whether a template would write an address as it is.
func plainAddress(to string) bool {
	for i := 0; i < len(to); i++ {
		c := to[i]
		if c >= 0x80 || !addressByte[c] {
			return false
		}
	}
	scheme, _, ok := strings.Cut(to, ":")
	return !ok || scheme == "https" || scheme == "http" || scheme == "mailto" || strings.Contains(scheme, "/")
}

var addressByte = func() (t [0x80]bool) {
	for _, c := range "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/:?#=@" {
		t[c] = true
	}
	return t
}()

// Table is layouts/_markup/render-table.html to its first row.
func (h *hooks) Table(w *bytes.Buffer, number int) {
	if err := openTable.Execute(w, []any{h.say.T("table"), number + 1}); err != nil {
		panic("a table cannot be written")
	}
}

var openTable = template.Must(template.New("table").Parse(`<div class="scroll" role="region" tabindex="0" aria-label="{{ index . 0 }} {{ index . 1 }}"><table>` + "\n"))

// AfterTable is the end of it.
func (*hooks) AfterTable(w *bytes.Buffer) { w.WriteString("</table></div>\n") }

// Tag says whether the theme has a shortcode. Hugo's own are left to Hugo, which tells where in the body one fails.
func (h *hooks) Tag(name string) bool {
	_, ok := h.layouts["_shortcodes/"+name+".html"]
	return ok
}
