package webcheck

import (
	"bytes"
	"fmt"
	"strings"

	"candour/internal/diag"
)

// finish judges what only the whole page shows.
func (m *markup) finish() {
	if m.button.open && !m.button.done {
		m.report(diag.FormLabel, "button", "a button has no text", "write on the button what it does")
	}
	for len(m.tables) > 0 {
		m.endTable()
	}
	if !m.lang {
		hint := `the layout's first tag must be <html lang="…">`
		if m.opt.Language != "" {
			hint = `the layout's first tag must be <html lang="` + m.opt.Language + `">, or the page's own language`
		}
		m.report(diag.PageLanguage, "html", "the page does not say which language it is in", hint)
	}
	if !m.title {
		m.report(diag.PageTitle, "title", "the page has no title", "give the page a title in its front matter; the layout puts it into <title>")
	}
	if m.content && !m.redirects { // a page that only redirects has nothing to structure
		switch {
		case m.h1s == 0:
			m.report(diag.OneH1, "h1", "the page has no main heading (h1)", "give the page a title; its layout makes the heading from it")
		case m.h1s > 1:
			m.report(diag.OneH1, "h1", "the page has more than one main heading (h1)", "begin headings in the body with ##; the title is the main heading")
		case !m.h1:
			m.report(diag.OneH1, "h1", "the page's main heading (h1) is empty", "give the page a title")
		}
		if m.mains != 1 {
			m.report(diag.Landmarks, "main", fmt.Sprintf("the page has %d main elements, and needs exactly one", m.mains), "the layout must put what the page is about into one <main>")
		}
	}
	for _, id := range m.controls {
		if id == "" || !m.labelFor[id] {
			m.report(diag.FormLabel, id, "a form field has no label", `put a <label for="…"> with its id before it, or give it an aria-label`)
		}
	}
}

func (m *markup) headingStart(level int) {
	if m.svg > 0 {
		return
	}
	// The first heading may stand in a banner above the h1; after that, no level is left out.
	if m.whole && level > m.heading+1 && (m.heading > 0 || level > 2) && !m.skipped {
		m.skipped = true // one slip often shows in every heading after it
		before := "the page begins with"
		if m.heading > 0 {
			before = fmt.Sprintf("after a heading of level %d comes", m.heading)
		}
		m.report(diag.HeadingOrder, fmt.Sprintf("h%d", level), fmt.Sprintf("%s one of level %d", before, level), "go down one level at a time: ## and then ###")
	}
	m.heading = level
	m.inH1 = level == 1
	if m.inH1 {
		m.h1s++
		m.h1 = m.h1 || m.hasName()
	}
}

func (m *markup) endHeader() {
	if n := len(m.tables); n > 0 {
		m.tables[n-1].inHeader = false
	}
}

func (m *markup) endTable() {
	n := len(m.tables)
	if n == 0 {
		return
	}
	if t := m.tables[n-1]; m.whole && t.cells && !t.headers && !t.layout {
		m.report(diag.TableHeaders, "table", "a table has no headings", "give every column a heading in the table's first line")
	}
	m.tables = m.tables[:n-1]
}

// anchor begins a link, or marks a place.
func (m *markup) anchor() {
	m.endLink() // a link inside a link ends the outer one
	if v, ok := m.attr("name"); ok && len(v) > 0 {
		m.addID(v)
	}
	if v, ok := m.attr("href"); ok {
		m.follow(v, "a link")
		if m.hiddenDepth > 0 {
			return
		}
		m.link = naming{open: m.whole, name: m.link.name[:0]}
		if l, ok := m.attr("aria-labelledby"); ok && !isBlank(l) {
			m.link.done = true
			m.link.name = append(m.link.name, "labelled elsewhere"...)
		} else if l, ok := m.attr("aria-label"); ok && !isBlank(l) {
			m.link.done = true
			m.link.name = appendText(m.link.name, l)
		} else if l, ok := m.attr("title"); ok && !isBlank(l) {
			// Only the fallback: the text counts where there is any.
			m.link.name = append(m.link.name, 0)
		}
	}
}

// endLink judges the name of the link that has come to its end.
func (m *markup) endLink() {
	if !m.link.open {
		return
	}
	name := m.link.name
	titled := len(name) > 0 && name[0] == 0
	if titled {
		name = name[1:]
	}
	switch {
	case !isBlank(name):
		if isVague(name) {
			m.report(diag.VagueLinkText, "a", "a link's text does not say where it leads", "write what the reader finds there, such as the other page's title")
		}
	case !titled:
		m.report(diag.EmptyLink, "a", "a link has no text", "write the text between the square brackets: [text](address)")
	}
	m.link = naming{name: m.link.name[:0]}
	m.hiddenIn, m.hiddenDepth = nil, 0
}

func (m *markup) area() {
	v, ok := m.attr("href")
	if !ok {
		return
	}
	m.follow(v, "a map's area")
	alt, _ := m.attr("alt")
	m.addExtra(alt)
	if m.whole && isBlank(alt) && !m.hasName() {
		m.report(diag.MissingAlt, "area", "an area of an image map has no alternative text", "give the area an alt attribute that says where it leads")
	}
}

func (m *markup) img() {
	m.content = true
	src, ok := m.attr("src")
	if ok {
		m.request(src, "an image")
	}
	if v, ok := m.attr("srcset"); ok {
		m.srcset(v, "an image")
	}
	if m.whole {
		if len(src) > 5 && bytes.EqualFold(tidy(src)[:min(5, len(tidy(src)))], []byte("data:")) {
			m.blocked("img", "the page has an image in a data: address", "put the image into a file")
		}
		w, wide := m.attr("width")
		h, high := m.attr("height")
		if !wide || !high || isBlank(w) || isBlank(h) {
			m.report(diag.ImageSize, string(src), "an image has no width and height", "give both, in pixels; images written as ![…](…) have them")
		}
	}
	alt, has := m.attr("alt")
	m.addExtra(alt)
	m.named(alt)
	for _, k := range []string{"aria-label", "title"} {
		if v, ok := m.attr(k); ok && isBlank(alt) {
			m.named(v)
		}
	}
	role, _ := m.attr("role")
	hidden, _ := m.attr("aria-hidden")
	label, _ := m.attr("aria-label")
	by, _ := m.attr("aria-labelledby")
	if m.whole && !has && string(role) != "presentation" && string(role) != "none" && string(hidden) != "true" && isBlank(label) && isBlank(by) {
		m.report(diag.MissingAlt, string(src), "an image has no alternative text", "write ![what it shows](file); for mere decoration {{< figure src=\"…\" alt=\"\" >}}, and alt=\"\" in a template")
	}
}

// control judges a form's field or button.
func (m *markup) control(name string) {
	kind, _ := m.attr("type")
	if v, ok := m.attr("formaction"); ok {
		m.formAction(v)
	}
	value, valued := m.attr("value")
	if name == "button" {
		m.button = naming{open: true, done: m.hasName()}
		return
	}
	if name == "input" {
		switch strings.ToLower(string(kind)) {
		case "hidden":
			m.addExtra(value)
			return
		case "submit", "reset":
			m.addExtra(value)
			if m.whole && valued && isBlank(value) && !m.hasName() {
				m.report(diag.FormLabel, "input", "a button has no text", "write on the button what it does")
			}
			return
		case "button":
			m.addExtra(value)
			if m.whole && isBlank(value) && !m.hasName() {
				m.report(diag.FormLabel, "input", "a button has no text", "write on the button what it does")
			}
			return
		case "image":
			if v, ok := m.attr("src"); ok {
				m.request(v, "an image button")
			}
			alt, _ := m.attr("alt")
			m.addExtra(alt)
			if m.whole && isBlank(alt) && !m.hasName() {
				m.report(diag.MissingAlt, "input", "an image button has no alternative text", "give it an alt attribute that says what it does")
			}
			return
		}
		m.addExtra(value)
	}
	if !m.whole || m.labels > 0 || m.hasName() {
		return
	}
	id, _ := m.attr("id")
	m.controls = append(m.controls, string(id))
}

// formAction: what a form holds goes where its action says, so another site there is as bad as a request to it.
func (m *markup) formAction(v []byte) { m.request(v, "a form") }

// baseElement keeps the base that the page's addresses are relative to.
func (m *markup) baseElement(v []byte) {
	a := tidy(v)
	switch kind, host := m.classify(a); kind {
	case ownAddress:
		if m.page.base == "" {
			m.page.base = string(a)
		}
	case otherHost:
		m.thirdParty(a, "a base element", host)
	case noAddress:
	default:
		m.activeAddress(a, "a base element")
	}
}

func (m *markup) meta() {
	content, ok := m.attr("content")
	if !ok {
		return
	}
	if v, ok := m.attr("http-equiv"); ok && bytes.EqualFold(bytes.TrimSpace(v), []byte("refresh")) {
		m.redirects = true
		m.redirect(content)
		return
	}
	name, ok := m.attr("name")
	if !ok {
		if name, ok = m.attr("property"); !ok {
			if name, ok = m.attr("itemprop"); !ok {
				return
			}
		}
	}
	switch strings.ToLower(string(name)) {
	case "viewport", "robots", "googlebot", "theme-color", "color-scheme", "generator", "format-detection", "referrer":
	default:
		m.addExtra(content)
	}
}

func (m *markup) linkElement() {
	rel, ok := m.attr("rel")
	href, _ := m.attr("href")
	if !ok || m.xml { // a feed's links are for readers
		if m.xml {
			m.follow(href, "a feed's link")
		}
		return
	}
	fetched := false
	for _, r := range bytes.Fields(lower(rel)) {
		switch string(r) {
		case "stylesheet", "preload", "prefetch", "preconnect", "dns-prefetch", "modulepreload", "prerender", "icon", "manifest", "import", "subresource",
			"apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "mask-icon", "fluid-icon", "pingback", "compression-dictionary":
			fetched = true
		}
	}
	if !fetched {
		m.follow(href, "a link element")
		return
	}
	what := "a link element (" + shorten(string(rel)) + ")"
	if len(href) > 0 {
		m.request(href, what)
	}
	if v, ok := m.attr("imagesrcset"); ok {
		m.srcset(v, what)
	}
}

// Vague reports whether the text of a link is one that [Scan] finds vague.
func Vague(text string) bool { return isVague([]byte(text)) }

// isVague reports whether a link's text says nothing outside its sentence: WCAG 2.2, success criterion 2.4.4.
func isVague(name []byte) bool {
	var buf [48]byte // longer than any of them
	out := buf[:0]
	for _, c := range bytes.TrimSpace(name) {
		if isSpace(c) {
			c = ' '
		}
		if c == ' ' && len(out) > 0 && out[len(out)-1] == ' ' {
			continue
		}
		if len(out) == len(buf) {
			return false
		}
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return vague[string(bytes.Trim(out, " .…,;:!?>»›→⟶-–—()[]\"'۔،؛؟←"))]
}

var vague = func() map[string]bool {
	m := map[string]bool{}
	for _, t := range []string{
		"click here", "here", "click", "click this", "click this link", "click on this link", "click on this", "tap here", "press here", "go here", "see here", "right here",
		"read more", "more", "learn more", "find out more", "find out more here", "see more", "view more", "show more", "more info", "more information", "more details", "read more here",
		"further information", "further details", "for more information", "continue reading", "read on", "read this", "link", "links", "this link", "the link", "follow this link", "follow the link", "web link", "url", "website link",
		"this", "that", "this page", "the page", "page", "this site", "this website", "website", "web page", "webpage", "this document", "document", "this article", "details", "info", "information", "download", "download here", "go", "open", "visit", "view",
		"yma", "cliciwch yma", "clicio yma", "mwy", "darllen mwy", "darllenwch fwy", "rhagor", "rhagor o wybodaeth", "mwy o wybodaeth", "dolen", "y ddolen hon", "y dudalen hon",
		"tutaj", "tu", "kliknij tutaj", "kliknij", "więcej", "czytaj więcej", "czytaj dalej", "dowiedz się więcej", "zobacz", "zobacz więcej", "więcej informacji", "szczegóły", "ten link", "ta strona", "pobierz",
		"یہاں", "یہاں کلک کریں", "کلک کریں", "مزید", "مزید پڑھیں", "مزید جانیں", "مزید معلومات", "تفصیلات", "لنک", "یہ لنک", "یہ صفحہ", "ڈاؤن لوڈ",
	} {
		m[t] = true
	}
	return m
}()

// plausibleLanguage reports whether a tag is formed as BCP 47 wants: a language of two or three letters (or four to eight,
// registered), and subtags of up to eight letters and digits.
func plausibleLanguage(tag string) bool {
	for i, part := range strings.Split(tag, "-") {
		if len(part) < 1 || len(part) > 8 || i == 0 && len(part) < 2 {
			return false
		}
		for j := range len(part) {
			if !isAlnum(part[j]) || i == 0 && !isLetter(part[j]) {
				return false
			}
		}
	}
	return true
}
