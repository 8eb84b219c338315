package prose

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

func itoa(n int) string { return strconv.Itoa(n) }

// Read reads a finished page: what stands in the element with data-text="body", else in <main>, else in <body>. An error
// means that the bytes are no HTML at all.
func Read(page []byte) (*Document, error) {
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return nil, fmt.Errorf("the page cannot be read as HTML: %w", err)
	}
	d := &Document{Dir: "ltr", Parts: map[string][]Block{}}
	var body, main, whole *html.Node
	var title string
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			d.Lang = attr(n, "lang")
			if strings.EqualFold(attr(n, "dir"), "rtl") {
				d.Dir = "rtl"
			}
		case atom.Title:
			if title == "" && n.Namespace == "" {
				title = flat(n)
			}
		case atom.Meta:
			if strings.EqualFold(attr(n, "name"), "description") {
				d.Summary = strings.Join(strings.Fields(attr(n, "content")), " ")
			}
		case atom.H1:
			if d.Title == "" && !hidden(n) {
				d.Title = flat(n)
			}
		case atom.Main:
			if main == nil {
				main = n
			}
		case atom.Body:
			whole = n
		}
		switch part := attr(n, "data-text"); part {
		case "", "none":
		case "body":
			if body == nil {
				body = n
			}
		default:
			r := reader{}
			r.children(n, state{})
			r.flush()
			d.Parts[part] = append(d.Parts[part], r.blocks...)
		}
	}
	if d.Title == "" {
		d.Title = title
	}
	for _, n := range []*html.Node{body, main, whole} {
		if n == nil {
			continue
		}
		r := reader{lang: d.Lang, own: n}
		r.children(n, state{})
		r.flush()
		d.Blocks = r.blocks
		break
	}
	return d, nil
}

// state is what the elements around a text make of it.
type state struct {
	look  Run // its Text is empty
	depth int
	quote bool
	list  *list
	pre   bool
}

type list struct {
	ordered  bool
	next     int
	reversed bool
}

// reader collects blocks. The block in the making is cur; it is put down by flush.
type reader struct {
	blocks []Block
	cur    Block
	tail   []byte // of the text of the last run of cur, what is not in it yet
	lang   string
	own    *html.Node
	space  bool // white space is owed before the next text
	loose  bool // cur is text that no element claims as its own
}

// skipped are elements whose content is not text to read on.
var skipped = map[atom.Atom]bool{atom.Script: true, atom.Style: true, atom.Template: true, atom.Noscript: true, atom.Head: true, atom.Nav: true,
	atom.Form: true, atom.Button: true, atom.Input: true, atom.Select: true, atom.Textarea: true, atom.Iframe: true, atom.Object: true, atom.Audio: true,
	atom.Video: true, atom.Canvas: true, atom.Svg: true, atom.Math: true, atom.Dialog: true, atom.Rp: true}

// hidden reports whether an element and all that is in it stays out of the text.
func hidden(n *html.Node) bool {
	if skipped[n.DataAtom] || attr(n, "data-text") == "none" || attr(n, "aria-hidden") == "true" {
		return true
	}
	for _, a := range n.Attr {
		if a.Key == "hidden" {
			return true
		}
	}
	return slices.ContainsFunc(strings.Fields(attr(n, "class")), func(c string) bool { return c == "visually-hidden" || c == "sr" || c == "screen" })
}

// part reports whether an element is a marked part of its own, which the text around it leaves to it.
func (r *reader) part(n *html.Node) bool {
	v := attr(n, "data-text")
	return v != "" && n != r.own
}

func (r *reader) children(n *html.Node, s state) {
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.TextNode:
			r.text(c.Data, s)
		case html.ElementNode:
			if !hidden(c) && !r.part(c) {
				r.element(c, s)
			}
		}
	}
}

func (r *reader) element(n *html.Node, s state) {
	if lang := attr(n, "lang"); lang != "" {
		s.look.Lang = lang
	}
	class := attr(n, "class")
	if slices.Contains(strings.Fields(class), "withheld") {
		s.look.Withheld = true
	}
	switch n.DataAtom {
	case atom.Br:
		r.line()
	case atom.Img:
		if alt := strings.Join(strings.Fields(attr(n, "alt")), " "); alt != "" {
			s.look.Image = true
			r.text(alt, s)
		}
	case atom.A:
		if !slices.Contains(strings.Fields(attr(n, "class")), "term") { // the first use of a word that the page explains
			s.look.Href = attr(n, "href")
		}
		r.children(n, s)
	case atom.Strong, atom.B:
		s.look.Strong = true
		r.children(n, s)
	case atom.Em, atom.I, atom.Cite, atom.Dfn:
		s.look.Emphasis = true
		r.children(n, s)
	case atom.Code, atom.Kbd, atom.Samp:
		s.look.Code = true
		r.children(n, s)
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		r.block(n, s, Block{Kind: Heading, Level: int(n.Data[1] - '0')})
	case atom.P:
		kind := Paragraph
		switch {
		case s.quote:
			kind = Quote
		case r.cur.Kind == Item && len(r.cur.Runs) == 0:
			kind = Item // the paragraph that an item begins with
		}
		if kind == Item {
			r.children(n, s)
			r.flush()
			return
		}
		r.block(n, s, Block{Kind: kind, Depth: s.depth})
	case atom.Blockquote:
		s.quote = true
		r.block(n, s, Block{Kind: Quote, Depth: s.depth})
	case atom.Pre:
		s.pre = true
		r.block(n, s, Block{Kind: Code, Depth: s.depth})
	case atom.Ul, atom.Ol, atom.Menu:
		r.flush()
		s.depth++
		s.list = newList(n)
		r.children(n, s)
		r.flush()
	case atom.Li:
		r.item(n, s)
	case atom.Dt:
		r.block(n, s, Block{Kind: Term, Depth: s.depth})
	case atom.Dd:
		r.block(n, s, Block{Kind: Detail, Depth: s.depth})
	case atom.Table:
		r.flush()
		r.table(n, s)
	case atom.Figcaption, atom.Caption:
		r.block(n, s, Block{Kind: Caption, Depth: s.depth})
	default:
		if isBlock[n.DataAtom] {
			kind := Paragraph
			if s.quote {
				kind = Quote
			}
			if r.cur.Kind == Item && len(r.cur.Runs) == 0 {
				r.children(n, s)
				return
			}
			r.block(n, s, Block{Kind: kind, Depth: s.depth})
			return
		}
		r.children(n, s)
	}
}

// isBlock are the elements that stand on lines of their own and are nothing more to the text.
var isBlock = map[atom.Atom]bool{atom.Div: true, atom.Section: true, atom.Article: true, atom.Aside: true, atom.Header: true, atom.Footer: true,
	atom.Main: true, atom.Address: true, atom.Figure: true, atom.Hgroup: true, atom.Details: true, atom.Summary: true, atom.Fieldset: true, atom.Dl: true, atom.Hr: true}

// block reads an element as a block of its own.
func (r *reader) block(n *html.Node, s state, b Block) {
	r.flush()
	b.ID, b.Class = attr(n, "id"), attr(n, "class")
	if s.look.Lang != "" && s.look.Lang != r.lang {
		b.Lang = s.look.Lang
	}
	r.cur, r.loose = b, false
	r.children(n, s)
	r.flush()
}

func (r *reader) item(n *html.Node, s state) {
	b := Block{Kind: Item, Depth: max(s.depth, 1)}
	if s.list != nil && s.list.ordered {
		if v, err := strconv.Atoi(attr(n, "value")); err == nil {
			s.list.next = v
		}
		b.Ordered, b.Number = true, s.list.next
		if s.list.reversed {
			s.list.next--
		} else {
			s.list.next++
		}
	}
	r.block(n, s, b)
}

func newList(n *html.Node) *list {
	l := &list{ordered: n.DataAtom == atom.Ol, next: 1}
	for _, a := range n.Attr {
		l.reversed = l.reversed || a.Key == "reversed"
	}
	if l.reversed {
		l.next = 0
		for c := range n.ChildNodes() {
			if c.DataAtom == atom.Li {
				l.next++
			}
		}
	}
	if v, err := strconv.Atoi(attr(n, "start")); err == nil {
		l.next = v
	}
	return l
}

// text adds text with white space as browsers show it: runs of it are one space, none at the ends of a line (CSS Text 3,
// section 4.1). A no-break space is no white space.
func (r *reader) text(data string, s state) {
	if s.pre {
		r.add(data, s)
		return
	}
	for len(data) > 0 {
		i := strings.IndexAny(data, " \t\n\r\f")
		if i < 0 {
			i = len(data)
		}
		if i > 0 {
			word := data[:i]
			if r.space && !r.lineStart() {
				// The space belongs to whichever side has no look of its own, to both in one link, else to neither.
				switch before := &r.cur.Runs[len(r.cur.Runs)-1]; {
				case same(*before, s.look, r.blockLang()), s.look == Run{Lang: s.look.Lang}:
					word = " " + word
				case *before == Run{Text: before.Text, Lang: before.Lang}, before.Href != "" && before.Href == s.look.Href:
					r.tail = append(r.tail, ' ')
				default:
					r.add(" ", state{})
				}
			}
			r.space = false
			r.add(word, s)
			data = data[i:]
			continue
		}
		r.space = true
		data = strings.TrimLeft(data, " \t\n\r\f")
	}
}

func (r *reader) blockLang() string {
	if r.cur.Lang != "" {
		return r.cur.Lang
	}
	return r.lang
}

// same reports whether a text in this look continues a run.
func same(run, look Run, lang string) bool {
	if look.Lang == lang {
		look.Lang = ""
	}
	run.Text = ""
	return run == look && !run.Image
}

func (r *reader) add(text string, s state) {
	if r.loose && len(r.cur.Runs) == 0 { // behind a list that stands inside an item, for one
		r.cur.Depth = s.depth
		if s.quote {
			r.cur.Kind = Quote
		}
	}
	look := s.look
	if look.Lang == r.blockLang() {
		look.Lang = ""
	}
	if k := len(r.cur.Runs) - 1; k >= 0 && same(r.cur.Runs[k], look, "") {
		r.tail = append(r.tail, text...)
		return
	}
	r.settle()
	look.Text = text
	r.cur.Runs = append(r.cur.Runs, look)
}

// settle gives the last run all of its text.
func (r *reader) settle() {
	if len(r.tail) > 0 {
		r.cur.Runs[len(r.cur.Runs)-1].Text += string(r.tail)
		r.tail = r.tail[:0]
	}
}

// lineStart reports whether nothing stands on the line yet.
func (r *reader) lineStart() bool {
	if n := len(r.tail); n > 0 {
		return r.tail[n-1] == '\n'
	}
	k := len(r.cur.Runs) - 1
	return k < 0 || strings.HasSuffix(r.cur.Runs[k].Text, "\n")
}

func (r *reader) line() {
	r.space = false
	if len(r.cur.Runs) > 0 {
		r.add("\n", state{look: Run{}})
	}
}

// flush puts the block in the making down, if it has text, and begins a paragraph.
func (r *reader) flush() {
	r.settle()
	b := r.cur
	r.cur, r.space, r.loose = Block{}, false, true
	for len(b.Runs) > 0 {
		last := &b.Runs[len(b.Runs)-1]
		last.Text = strings.TrimRight(last.Text, "\n")
		if last.Text != "" {
			break
		}
		b.Runs = b.Runs[:len(b.Runs)-1]
	}
	var text strings.Builder
	pictures := true
	for _, run := range b.Runs {
		text.WriteString(run.Text)
		pictures = pictures && (run.Image || strings.TrimSpace(run.Text) == "")
	}
	b.Text = text.String()
	if strings.TrimSpace(b.Text) == "" {
		return
	}
	if pictures && b.Kind == Paragraph {
		b.Kind = Image
	}
	r.blocks = append(r.blocks, b)
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// flat is the text of an element on one line.
func flat(n *html.Node) string {
	r := reader{own: n}
	r.children(n, state{})
	r.flush()
	var texts []string
	for _, b := range r.blocks {
		texts = append(texts, strings.Join(strings.Fields(b.Text), " "))
	}
	return strings.Join(texts, " ")
}
