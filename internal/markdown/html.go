package markdown

import (
	"bytes"
	"cmp"
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Hooks write what of a body's HTML depends on the page and its site.
type Hooks interface {
	// Link writes the opening tag of a link. destination and title are as Hugo hands them to a render hook.
	Link(w *bytes.Buffer, destination, title string)
	// Table writes what stands before the rows of a table, the first having number 0, and AfterTable what stands behind them.
	Table(w *bytes.Buffer, number int)
	AfterTable(w *bytes.Buffer)
	// Tag says whether a shortcode may stand in HTML as it stands in the body. It has no closing tag.
	Tag(name string) bool
}

// HTML makes the body into HTML, byte for byte what Hugo 0.165 makes of it where its render hooks for links and tables write
// what hooks do. It costs less than half: no table of contents, no template for every link, and no parser that stops
// at every space. Shortcodes stand in it as in the body, for Hugo to run.
//
// ok is false for a body that needs more of Hugo: with other shortcodes than hooks allow, images, listings, HTML, or anything
// in Problems.
func (d *Document) HTML(hooks Hooks) (html []byte, ok bool) {
	if !d.isOurs() {
		return nil, false
	}
	w := &writing{doc: d}
	written := d.draft
	if written == nil {
		if !w.coverTags(hooks) {
			return nil, false
		}
		c := w.converter()
		if written, ok = w.draft(func() ast.Node { return c.parser.Parse(text.NewReader(w.src)) }, c.renderer); !ok {
			return nil, false
		}
	}
	html, ok = written.fill(hooks)
	if !ok || bytes.Contains(html, []byte("{{")) { // "{{\<" would become a shortcode only now
		return nil, false
	}
	return w.uncoverTags(html)
}

// isOurs says whether the body has nothing that only Hugo makes, as far as its lists tell.
func (d *Document) isOurs() bool {
	return len(d.Problems)+len(d.RawHTML) == 0 && !slices.ContainsFunc(d.Links, func(l Link) bool { return l.Image })
}

var errNotOurs = errors.New("only Hugo makes this")

// draft is a body's HTML with holes where hooks write.
type draft struct {
	text  []byte
	holes []hole
}

// hole is a place where a hook writes.
type hole struct {
	at                 int
	kind               holeKind
	destination, title string // of a link
}

type holeKind uint8

const (
	linkHole holeKind = iota
	tableHole
	afterTableHole
)

func (d *draft) fill(hooks Hooks) (html []byte, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // Hugo says what it cannot write
		}
	}()
	var w bytes.Buffer
	w.Grow(len(d.text) + 64*len(d.holes))
	at, tables := 0, 0
	for _, h := range d.holes {
		w.Write(d.text[at:h.at])
		at = h.at
		switch h.kind {
		case linkHole:
			hooks.Link(&w, h.destination, h.title)
		case tableHole:
			hooks.Table(&w, tables)
			tables++
		case afterTableHole:
			hooks.AfterTable(&w)
		}
	}
	w.Write(d.text[at:])
	return w.Bytes(), true
}

// writing is where a body's HTML is written.
type writing struct {
	bytes.Buffer
	doc    *Document
	src    []byte   // the body with covers for tags, each as long as its tag
	covers [][]byte // one for every tag
	holes  []hole
}

func (*writing) Buffered() int { return 0 }
func (*writing) Flush() error  { return nil }

// coverTags puts letters where tags stand, as Hugo does while Goldmark runs. ok is false where the tags are not for us.
func (w *writing) coverTags(hooks Hooks) (ok bool) {
	d := w.doc
	w.src = d.body
	if len(d.Shortcodes) == 0 {
		return true
	}
	w.src = slices.Clone(d.body)
	for i, t := range d.Shortcodes {
		cover := []byte("QZ" + strconv.Itoa(i))
		space := t.Span.Len() - len(cover) - 1
		if t.Escaped || t.Closing || t.SelfClosing || t.Markdown || t.Pair >= 0 || t.InCode || t.InAttribute || space < 0 || !hooks.Tag(t.Name) {
			return false
		}
		cover = append(append(cover, bytes.Repeat([]byte{'q'}, space)...), 'Z')
		if bytes.Contains(d.body, cover) {
			return false
		}
		copy(w.src[t.Span.Start:], cover)
		w.covers = append(w.covers, cover)
	}
	return true
}

// uncoverTags puts the tags back. ok is false where they would not run once each and in their order.
func (w *writing) uncoverTags(html []byte) (out []byte, ok bool) {
	if len(w.covers) == 0 {
		return html, true
	}
	out = make([]byte, 0, len(html))
	for i, cover := range w.covers {
		at := bytes.Index(html, cover)
		if at < 0 {
			return nil, false
		}
		tag := w.doc.Shortcodes[i].Span
		out = append(append(out, html[:at]...), w.doc.body[tag.Start:tag.End]...)
		html = html[at+len(cover):]
	}
	for _, cover := range w.covers {
		if bytes.Contains(html, cover) {
			return nil, false
		}
	}
	return append(out, html...), true
}

// draft renders a tree. ok is false where only Hugo can.
func (w *writing) draft(tree func() ast.Node, r renderer.Renderer) (d *draft, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false // Hugo says what it cannot read
		}
	}()
	w.Grow(len(w.src) + len(w.src)/4)
	if err := r.Render(w, w.src, tree()); err != nil {
		return nil, false
	}
	return &draft{w.Bytes(), w.holes}, true
}

// drawn is the draft of a body that was just read from a tree, nil where the tree is not the one that Hugo would render.
func (r *reading) drawn() *draft {
	d := r.d
	if !d.light || len(d.Shortcodes) > 0 || spaced(r.src) || bytes.Contains(r.src, []byte("[^")) || !d.isOurs() {
		return nil
	}
	w := drafts.Get().(*writing)
	defer drafts.Put(w)
	w.Reset()
	w.doc, w.src, w.holes = d, r.src, w.holes[:0]
	defer func() { w.doc, w.src = nil, nil }()
	drawn, ok := w.draft(func() ast.Node { return r.tree }, draftRenderer)
	if !ok {
		return nil
	}
	return &draft{slices.Clone(drawn.text), slices.Clone(drawn.holes)}
}

var (
	drafts        = sync.Pool{New: func() any { return new(writing) }}
	draftRenderer = newConverter("").renderer
)

// converter is a parser and the renderer for its trees.
type converter struct {
	parser   parser.Parser
	renderer renderer.Renderer
}

// converter chooses the parsers that a body needs.
func (w *writing) converter() converter {
	key := signs(w.src)
	if !w.doc.light || spaced(w.src) {
		key += "@"
	}
	c, ok := converters.Load(key)
	if !ok {
		c, _ = converters.LoadOrStore(key, newConverter(key))
	}
	return c.(converter)
}

// spaced says whether a body has spaces that the parser of addresses has a say in: behind a tab, or at the end of a line.
func spaced(body []byte) bool {
	return bytes.IndexByte(body, '\t') >= 0 || bytes.Contains(body, []byte(" \n")) || bytes.Contains(body, []byte(" \r")) || bytes.HasSuffix(body, []byte(" "))
}

// converters by the signs of bodies, and @ where bare addresses become links.
var converters sync.Map

// newConverter follows newMarkdown in Hugo's markup/goldmark/convert.go.
func newConverter(key string) converter {
	signs, addresses := strings.CutSuffix(key, "@")
	inline := []util.PrioritizedValue{util.Prioritized(newTypographer(signs), 9999)}
	if addresses {
		inline = append(inline, util.Prioritized(extension.NewLinkifyParser(), 999))
	}
	md := goldmark.New(
		goldmark.WithExtensions(extension.Table, extension.Strikethrough, extension.TaskList, extension.DefinitionList,
			extension.NewFootnote(extension.WithFootnoteBacklinkHTML("&#x21a9;&#xfe0e;"))),
		goldmark.WithParserOptions(parser.WithAttribute(), parser.WithInlineParsers(inline...)),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(hooked{}, 100))),
	)
	return converter{md.Parser(), md.Renderer()}
}

// hooked renders what Hugo renders in its own way.
type hooked struct{}

// RegisterFuncs registers the renderers.
func (hooked) RegisterFuncs(reg renderer.NodeRendererFuncRegisterer) {
	on := func(kind ast.NodeKind, render func(w *writing, n ast.Node, entering bool) error) {
		reg.Register(kind, func(w util.BufWriter, _ []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
			if err := render(w.(*writing), n, entering); err != nil {
				return ast.WalkStop, err
			}
			return ast.WalkContinue, nil
		})
	}
	on(ast.KindHeading, (*writing).heading)
	on(ast.KindLink, (*writing).link)
	on(ast.KindAutoLink, (*writing).autoLink)
	on(extast.KindTable, (*writing).table)
	on(extast.KindTableHeader, (*writing).row)
	on(extast.KindTableRow, (*writing).row)
	on(extast.KindTableCell, (*writing).cell)
	for _, kind := range []ast.NodeKind{ast.KindImage, ast.KindFencedCodeBlock, ast.KindRawHTML, ast.KindHTMLBlock} {
		on(kind, func(*writing, ast.Node, bool) error { return errNotOurs })
	}
}

func (w *writing) heading(n ast.Node, entering bool) error {
	level := "0123456"[n.(*ast.Heading).Level]
	if !entering {
		w.WriteString("</h")
		w.WriteByte(level)
		w.WriteString(">\n")
		return nil
	}
	w.WriteString("<h")
	w.WriteByte(level)
	for _, a := range n.Attributes() {
		value, ok := a.Value.([]byte)
		if !ok {
			return errNotOurs
		}
		if !strings.HasPrefix(strings.ToLower(string(a.Name)), "on") {
			w.attribute(string(a.Name), value)
		}
	}
	if _, written := n.AttributeString("id"); !written {
		id, ok := w.headingID(n)
		if !ok {
			return errNotOurs
		}
		if id != "" {
			w.attribute("id", []byte(id))
		}
	}
	w.WriteByte('>')
	return nil
}

// headingID is the id of a heading whose author wrote none. ok is false where a tag stands in it, of which Hugo would make
// a part of the id.
func (w *writing) headingID(n ast.Node) (id string, ok bool) {
	if n.Lines().Len() == 0 {
		return "", true
	}
	at := n.Lines().At(0).Start
	i, found := slices.BinarySearchFunc(w.doc.Headings, at, func(h Heading, at int) int { return cmp.Compare(h.Content.Start, at) })
	if !found {
		return "", false
	}
	h := w.doc.Headings[i]
	return h.ID, !slices.ContainsFunc(w.doc.Shortcodes, func(t Shortcode) bool { return h.Span.Contains(t.Span) })
}

func (w *writing) attribute(name string, value []byte) {
	w.WriteByte(' ')
	w.WriteString(name)
	w.WriteString(`="`)
	w.Write(util.EscapeHTML(value))
	w.WriteByte('"')
}

func (w *writing) hole(kind holeKind, destination, title string) {
	w.holes = append(w.holes, hole{w.Len(), kind, destination, title})
}

func (w *writing) link(n ast.Node, entering bool) error {
	if link := n.(*ast.Link); entering {
		w.hole(linkHole, string(link.Destination), string(link.Title))
	} else {
		w.WriteString("</a>")
	}
	return nil
}

func (w *writing) autoLink(n ast.Node, entering bool) error {
	if !entering {
		return nil
	}
	link := n.(*ast.AutoLink)
	url := string(link.URL(w.src))
	if len(link.Protocol) > 0 {
		url = linkifyProtocol + url[len(link.Protocol):]
	}
	if link.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(url), "mailto:") {
		url = "mailto:" + url
	}
	w.hole(linkHole, url, "")
	w.Write(link.Label(w.src))
	w.WriteString("</a>")
	return nil
}

func (w *writing) table(_ ast.Node, entering bool) error {
	if entering {
		w.hole(tableHole, "", "")
		w.WriteString("<thead>")
	} else {
		w.WriteString("\n</tbody>\n")
		w.hole(afterTableHole, "", "")
	}
	return nil
}

func (w *writing) row(n ast.Node, entering bool) error {
	header := n.Kind() == extast.KindTableHeader
	switch {
	case entering && !header:
		w.WriteString("\n<tr>")
	case entering:
		w.WriteString("<tr>")
	case header:
		w.WriteString("</tr></thead>\n<tbody>")
	default:
		w.WriteString("</tr>")
	}
	return nil
}

func (w *writing) cell(n ast.Node, entering bool) error {
	tag, scope := "td", ""
	if n.Parent().Kind() == extast.KindTableHeader {
		tag, scope = "th", ` scope="col"`
	}
	if !entering {
		w.WriteString("</" + tag + ">")
		return nil
	}
	w.WriteString("<" + tag + scope)
	if a := n.(*extast.TableCell).Alignment; a != extast.AlignNone {
		w.attribute("class", []byte(a.String()))
	}
	w.WriteByte('>')
	return nil
}
