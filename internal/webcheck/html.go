package webcheck

import (
	"bytes"

	"candour/internal/diag"
)

// markup is the reading of one document: a page, a drawing, a feed, or a piece of HTML inside one of them.
type markup struct {
	*scan
	lexer
	whole bool // a whole page, to which the rules for pages apply

	lang, title bool // a usable lang attribute on html; a title with text
	redirects   bool
	content     bool // anything to read or look at in the body
	h1s, mains  int
	inH1, h1    bool // inside the main heading; it has text
	heading     int  // the last heading's level
	skipped     bool
	svg, math   int    // open elements
	hiddenIn    []byte // the element with aria-hidden that is open
	hiddenDepth int
	collecting  string // the element whose text is not the page's: style, script, title …
	collect     []byte

	link     naming
	button   naming
	image    naming // an svg with role="img"
	imageAt  int    // how deep it stands in other svg elements
	svgTitle bool
	tables   []table
	labels   int // open label elements
	labelFor map[string]bool
	controls []string // ids of form controls that have no label so far; "" for those without id
}

// naming gathers the accessible name of an element while it is open.
type naming struct {
	open bool
	name []byte
	done bool // named by an attribute: name is complete
}

// table is what is known of an open table.
type table struct {
	cells, headers, layout bool
	inHeader               bool
}

func (s *scan) readHTML(b []byte) {
	m := markup{scan: s, whole: true}
	m.src = b
	s.page.text = make([]byte, 0, len(b)/2)
	s.page.addrs = make([]byte, 0, len(b)/12)
	s.page.refs = make([]ref, 0, 32)
	m.attrs = make([]attr, 0, 8)
	m.read()
	m.finish()
}

// readXML reads drawings, feeds and site maps.
func (s *scan) readXML(b []byte) {
	m := markup{scan: s}
	m.src, m.xml = b, true
	m.read()
}

// fragment judges HTML inside something else: srcdoc, and entries of feeds.
func (s *scan) fragment(b []byte) {
	m := markup{scan: s}
	m.src = b
	m.read()
}

func (m *markup) read() {
	for {
		switch m.lexer.next() {
		case endOfFile:
			m.endCollecting()
			m.endLink()
			return
		case textToken:
			m.onText()
		case startTag:
			m.onStart()
		case endTag:
			m.onEnd()
		case commentToken:
			m.onComment()
		}
	}
}

func (m *markup) onText() {
	b := m.lexer.data
	if m.escaped {
		b = unescape(b)
	}
	switch m.collecting {
	case "style", "script", "importmap":
		m.collect = append(m.collect, b...)
		return
	case "data":
		m.addExtra(b)
		return
	case "title":
		m.title = m.title || !isBlank(b)
		m.addText(b)
		return
	}
	m.addTextOrEntry(b)
	if isBlank(b) {
		return
	}
	m.content = true
	m.named(b)
	if m.svgTitle {
		m.image.done = true
	}
}

// addTextOrEntry adds text; in a feed, text with tags in it is an entry's HTML.
func (m *markup) addTextOrEntry(b []byte) {
	if m.xml && m.svg == 0 && bytes.IndexByte(b, '<') >= 0 {
		m.newLine()
		m.fragment(b)
		m.newLine()
		return
	}
	m.addText(b)
}

// named tells every open element that something with a name is in it.
func (m *markup) named(b []byte) {
	if m.hiddenDepth > 0 || isBlank(b) {
		return
	}
	if m.link.open && !m.link.done {
		m.link.name = appendText(append(m.link.name, ' '), b)
	}
	if m.button.open {
		m.button.done = true
	}
	m.h1 = m.h1 || m.inH1
	if n := len(m.tables); n > 0 && m.tables[n-1].inHeader {
		m.tables[n-1].headers = true
	}
}

func (m *markup) onComment() {
	b := m.lexer.data
	if bytes.HasPrefix(b, []byte("?xml-stylesheet")) {
		if i := bytes.Index(b, []byte("href=")); i >= 0 && i+6 < len(b) {
			v := b[i+6:]
			if j := bytes.IndexByte(v, b[i+5]); j >= 0 {
				m.request(unescape(v[:j]), "an XML style sheet instruction")
			}
		}
	}
	if m.xml && bytes.HasPrefix(b, []byte("!")) && bytes.Contains(bytes.ToUpper(b), []byte("<!ENTITY")) {
		m.report(diag.ActiveContent, "", "the file declares entities, behind which anything can hide", "save the drawing again as plain SVG")
	}
}

func (m *markup) onStart() {
	name := m.tagName()
	m.common(name)
	if m.svg > 0 || m.xml || name == "svg" {
		m.startForeign(name)
	}
	if m.hiddenDepth > 0 && bytes.Equal(m.hiddenIn, m.lexer.name) && !m.empty(name) {
		m.hiddenDepth++
	}
	if m.hiddenDepth == 0 && !m.empty(name) {
		if v, ok := m.attr("aria-hidden"); ok && string(v) == "true" {
			m.hiddenIn, m.hiddenDepth = m.lexer.name, 1
		}
	}
	if isBlock(name) {
		m.newLine()
	}
	m.startHTML(name)
}

// common judges attributes that any element may have.
func (m *markup) common(name string) {
	for i := range m.attrs {
		a := &m.attrs[i]
		key := a.key
		if len(key) > 4 && key[0] == 'o' && key[1] == 'n' {
			m.report(diag.ActiveContent, name, "the "+shorten(name)+" element runs code through its attribute "+shorten(string(key)), "take the attribute out; the site works without scripts")
			continue
		}
		switch string(key) {
		case "id":
			if len(a.val) > 0 {
				if m.page.ids[string(a.val)] && m.whole {
					m.report(diag.DuplicateID, string(a.val), "two elements have the id "+shorten(string(a.val)), "give one of them another id, with {#id} behind a heading")
				}
				m.addID(a.val)
				m.addHidden(name, a.val)
			}
		case "style":
			m.css(a.val, "a style attribute")
			if m.whole {
				m.blocked("style", "the page has styles in a style attribute", "use a class, and a style sheet in a file of its own")
			}
		case "title", "aria-label", "aria-description", "aria-placeholder", "placeholder", "aria-valuetext", "summary":
			m.addExtra(a.val)
			if key[0] != 'p' && key[0] != 's' {
				m.namedByAttr(string(key), a.val)
			}
		case "background", "lowsrc", "dynsrc":
			m.request(a.val, "the "+name+" element")
		case "role":
			if m.whole && string(a.val) == "main" && name != "main" {
				m.mains++
			}
		case "srcdoc":
			m.fragment(a.val)
		case "ping":
			for _, p := range bytes.Fields(a.val) {
				m.request(p, "a link's ping")
			}
		default:
			if m.svg > 0 && bytes.IndexByte(a.val, '(') >= 0 { // fill="url(…)" and its like
				m.css(a.val, "a drawing")
			}
			switch string(key) {
			case "href", "src", "srcset", "content", "alt", "value": // read where the element is
			case "integrity", "datetime": // digests and times
			default:
				m.addHidden(name, a.val)
			}
		}
	}
}

// addHidden adds a value that no browser shows, and that anybody can read in the page's source, if it could hold a detail:
// the author of a page can write what they like into data-…, a class or an id, by {…} and behind the ``` of a listing. The
// coordinates of drawings are numbers and nothing else.
func (m *markup) addHidden(name string, val []byte) {
	if m.svg > 0 || name == "svg" || m.xml {
		return
	}
	digits := 0
	for _, c := range val {
		switch {
		case c == '@':
			digits = leastDigits
		case c >= '0' && c <= '9':
			digits++
		}
	}
	if digits >= leastDigits {
		m.addExtra(val)
	}
}

// leastDigits is how many digits the shortest of the details has that are made of digits: a telephone number without its
// area is not looked for.
const leastDigits = 9

// blocked tells of something that the site's Content-Security-Policy does not let browsers use.
func (m *markup) blocked(subject, message, hint string) {
	m.report(diag.BlockedByPolicy, subject, message+", which the site's Content-Security-Policy blocks", hint)
}

// namedByAttr gives an element that stands inside a link, heading or cell, a name.
func (m *markup) namedByAttr(key string, val []byte) {
	if key == "aria-label" || key == "title" {
		switch string(m.lexer.name) {
		case "a", "area", "button", "img", "input", "select", "textarea", "svg", "th", "h1":
			return // each of these judges its own
		}
		m.named(val)
	}
}

// hasName reports whether the tag names its element by an attribute.
func (m *markup) hasName() bool {
	for _, k := range []string{"aria-label", "aria-labelledby", "title"} {
		if v, ok := m.attr(k); ok && !isBlank(v) {
			return true
		}
	}
	return false
}

// empty reports whether the tag that was just read opens nothing.
func (m *markup) empty(name string) bool {
	return m.selfClose && (m.xml || m.svg > 0 || m.math > 0) || isVoid(name)
}

// startForeign looks at drawings, and at what XML has in common with them.
func (m *markup) startForeign(name string) {
	switch name {
	case "svg":
		if m.image.open && m.svg > 0 {
			break
		}
		if role, _ := m.attr("role"); string(role) == "img" && m.whole {
			m.image = naming{open: true, done: m.hasName()}
			m.imageAt = m.svg
		} else if m.hasName() {
			v, _ := m.attr("aria-label")
			m.named(v)
		}
		m.content = m.content || m.whole
	case "a":
		if v, ok := m.attr("xlink:href"); ok {
			m.follow(v, "a link")
		}
	case "script":
		if m.xml {
			m.report(diag.ActiveContent, "script", "the file runs a script of its own", "save the drawing again without scripts")
		}
	case "set", "animate", "animatetransform", "animatemotion":
		for _, k := range []string{"to", "from", "by", "values"} {
			if v, ok := m.attr(k); ok && bytes.Contains(lower(tidy(v)), []byte("script:")) {
				m.activeAddress(v, "an animation")
			}
		}
	case "handler", "listener":
		m.report(diag.ActiveContent, name, "the file runs a script of its own", "save the drawing again without scripts")
	}
	switch name {
	case "use", "image", "feimage", "script", "pattern", "lineargradient", "radialgradient", "filter", "textpath", "mpath", "tref", "cursor", "font-face-uri", "animate", "set":
		for _, k := range []string{"href", "xlink:href"} {
			if v, ok := m.attr(k); ok {
				m.request(v, "a drawing")
			}
		}
	}
	if m.empty(name) {
		return
	}
	switch name {
	case "svg":
		m.svg++
		m.foreign = true
	case "style", "script":
		if m.svg > 0 || m.xml {
			m.collecting = name
			m.lexer.raw = nil
		}
	case "title":
		m.svgTitle = m.image.open
	}
}

// startHTML looks at the elements of HTML.
func (m *markup) startHTML(name string) {
	switch name {
	case "html":
		if v, ok := m.attr("lang"); ok && plausibleLanguage(string(v)) {
			m.lang = true
		}
	case "title":
		if m.svg == 0 && !m.xml {
			m.collecting = "title"
		}
	case "style":
		if m.collecting == "" && !m.empty(name) {
			m.collecting = "style"
			if m.whole {
				m.blocked("style", "the page has a style element", "put the styles into a file and link it")
			}
		}
	case "script":
		v, src := m.attr("src")
		if src {
			m.embed(v, "a script element")
		}
		if m.collecting == "" && !m.empty(name) {
			m.collecting = "script"
			if t, ok := m.attr("type"); ok {
				m.collecting = scriptSort(string(t))
			}
			if m.whole && !src && m.collecting != "data" {
				m.blocked("script", "the page has a script written into it", "put the script into a file and name it in src")
			}
		}
	case "base":
		if v, ok := m.attr("href"); ok && !m.xml {
			m.baseElement(v)
		}
	case "meta":
		m.meta()
	case "link":
		m.linkElement()
	case "a":
		m.anchor()
	case "area":
		m.area()
	case "img":
		m.img()
	case "iframe", "frame", "embed", "portal":
		if m.whole {
			m.blocked(name, "the page has the element "+name, "link to the document instead")
		}
		if v, ok := m.attr("src"); ok {
			m.embed(v, "the "+name+" element")
		}
		m.content = true
	case "object":
		if m.whole {
			m.blocked(name, "the page has the element object", "link to the document instead")
		}
		if v, ok := m.attr("data"); ok {
			m.embed(v, "an object element")
		}
		for _, k := range []string{"codebase", "classid", "archive"} {
			if v, ok := m.attr(k); ok {
				m.request(v, "an object element")
			}
		}
	case "applet":
		m.report(diag.ActiveContent, "applet", "the page has an applet", "take it out")
	case "video", "audio", "source", "track":
		if v, ok := m.attr("src"); ok {
			m.request(v, "the "+name+" element")
		}
		if v, ok := m.attr("srcset"); ok {
			m.srcset(v, "the "+name+" element")
		}
		if v, ok := m.attr("poster"); ok {
			m.request(v, "a video's poster")
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		m.headingStart(int(name[1] - '0'))
	case "main":
		if _, hidden := m.attr("hidden"); !hidden {
			m.mains++
		}
	case "table":
		role, _ := m.attr("role")
		m.tables = append(m.tables, table{layout: string(role) == "presentation" || string(role) == "none"})
	case "td", "th":
		if n := len(m.tables); n > 0 {
			t := &m.tables[n-1]
			t.cells = true
			t.inHeader = name == "th"
			if t.inHeader && m.hasName() {
				t.headers = true
			}
		}
	case "tr":
		m.endHeader()
	case "form":
		if v, ok := m.attr("action"); ok {
			m.formAction(v)
		}
	case "label":
		m.labels++
		if v, ok := m.attr("for"); ok {
			if m.labelFor == nil {
				m.labelFor = map[string]bool{}
			}
			m.labelFor[string(v)] = true
		}
	case "input", "select", "textarea", "button":
		m.control(name)
	case "option", "optgroup":
		if v, ok := m.attr("label"); ok {
			m.addExtra(v)
		}
	case "math":
		if !m.empty(name) {
			m.math++
			m.foreign = true
		}
	}
}

func (m *markup) onEnd() {
	name := m.tagName()
	if name == m.collecting || name == "script" {
		m.endCollecting()
	}
	if m.hiddenDepth > 0 && bytes.Equal(m.hiddenIn, m.lexer.name) {
		m.hiddenDepth--
	}
	if isBlock(name) {
		m.newLine()
	}
	switch name {
	case "a":
		m.endLink()
	case "button":
		if m.button.open && !m.button.done && m.whole {
			m.report(diag.FormLabel, "button", "a button has no text", "write on the button what it does")
		}
		m.button = naming{}
	case "svg":
		m.endCollecting()
		if m.svg > 0 {
			m.svg--
		}
		if m.image.open && m.svg == m.imageAt {
			if !m.image.done {
				m.report(diag.MissingAlt, "svg", `a drawing with role="img" has no name`, "give it a title element, or aria-label")
			} else {
				m.named([]byte("image"))
			}
			m.image = naming{}
		}
	case "math":
		if m.math > 0 {
			m.math--
		}
	case "table":
		m.endTable()
	case "th", "td", "tr":
		m.endHeader()
	case "label":
		if m.labels > 0 {
			m.labels--
		}
	case "h1", "h2", "h3", "h4", "h5", "h6":
		m.inH1 = false
	case "title":
		m.svgTitle = false
	}
	m.foreign = m.svg > 0 || m.math > 0
}

// endCollecting judges the style sheet or script that has come to its end.
func (m *markup) endCollecting() {
	switch m.collecting {
	case "style":
		m.css(m.collect, "a style element")
	case "script":
		m.js(m.collect, "a script element")
	case "importmap":
		m.addresses(m.collect, "an import map")
	}
	m.collecting = ""
	m.collect = m.collect[:0]
}
