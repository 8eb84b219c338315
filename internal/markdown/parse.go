package markdown

import (
	"bytes"
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Parse reads a body, without front matter and byte order mark. It accepts LF and CRLF line ends; offsets are into body,
// which must not change while the Document is in use.
func Parse(body []byte) *Document { return parse(body, true, false) }

// ParseForHTML does the same for a body that [Document.HTML] is wanted of, and renders the tree that it reads, if that is what
// Hugo would render.
func ParseForHTML(body []byte) *Document { return parse(body, true, true) }

// parse reads a body, lightly where that finds the same if light is true.
func parse(body []byte, light, draw bool) *Document {
	d := &Document{body: body}
	if len(body) > math.MaxInt32 {
		d.Problems = []Problem{{Kind: Unreadable, Message: "this body is larger than two gigabytes", Hint: "make several pages of it"}}
		return d
	}
	d.Shortcodes, d.Problems = scan(body)
	broken := len(d.Problems) > 0 // then a passage's tag may be what could not be read
	d.Problems = append(d.Problems, pair(d.Shortcodes)...)
	pairs, problems := pairPassages(d.Shortcodes, broken)
	d.Problems = append(d.Problems, problems...)
	d.Problems = append(d.Problems, reservedText(body)...)

	r := reading{d: d, view: newView(body, d.Shortcodes), pairs: pairs, ids: map[string]bool{}}
	r.src = r.view.text
	if at, deep := tooDeep(r.src); deep {
		at = r.view.start(at)
		d.Problems = append(d.Problems, Problem{Kind: TooDeep, Span: Span{at, at}, Message: "quotes or lists are nested too deeply here", Hint: "take out levels of quotes or lists; nobody can read that many"})
		return d
	}
	if !r.parse(light, draw) {
		// A panic in Goldmark would be one in Hugo too. The body stays unread, and the problem stops the build.
		d.Problems = append(d.Problems, Problem{Kind: Unreadable, Message: "this body cannot be read as Markdown", Hint: "take out the last part that changed, and build again"})
	}
	return d
}

// Body is the body that was parsed. Nobody may change it.
func (d *Document) Body() []byte { return d.body }

// HeadingIDs lists the ids of the headings, in the order of the body.
func HeadingIDs(body []byte) []string {
	d := Parse(body)
	ids := make([]string, len(d.Headings))
	for i, h := range d.Headings {
		ids[i] = h.ID
	}
	return ids
}

// InCode says whether the byte at off is in a code span or a code block.
func (d *Document) InCode(off int) bool {
	i, _ := slices.BinarySearchFunc(d.code, off, func(s Span, off int) int { return cmp.Compare(s.End, off+1) })
	return i < len(d.code) && d.code[i].Holds(off)
}

// reading is the way from the syntax tree to the Document.
type reading struct {
	d    *Document
	view view
	src  []byte // the view's text
	tree ast.Node

	marks marks
	near  int // where the last mark was found

	ids        map[string]bool // in use
	lastNumber map[string]int  // that newID gave to an id
	drop       []Span          // of the view, in order: no part of an id
	pairs      []passagePair

	attributes []Span // of the view: link tails, images, autolinks, link definitions
	codeSpans  []Span
	codeBlocks []Span

	// Only for bodies with passages:
	leaves     []leaf
	htmlBlocks []Span
	passed     ast.Node // see cuts

	footnoteUses []footnoteUse
}

type footnoteUse struct {
	span  Span
	label string
}

// leaf is a block that holds text and no blocks. Spans are of the view.
type leaf struct {
	node ast.Node
	span Span
}

func (r *reading) parse(light, draw bool) (ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	r.findDropped()
	if r.d.light = light && r.readLightly(); !r.d.light {
		r.startOver()
		r.read(fullParser)
	}
	r.settle()
	if draw {
		r.d.draft = r.drawn()
	}
	return true
}

func (r *reading) read(p parser.Parser) {
	pc := parser.NewContext()
	pc.Set(marksKey, &r.marks)
	r.marks.list = make([]mark, 0, 16+len(r.src)/512)
	r.tree = p.Parse(text.NewReader(r.src), parser.WithContext(pc))
	r.d.Links = make([]Link, 0, len(r.marks.list))
	r.attributes = make([]Span, 0, len(r.marks.list))
	r.block(r.tree)
}

func (r *reading) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		r.codeBlock(n)
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *ast.LinkReferenceDefinition:
		r.linkDefinition(n)
	case *ast.Paragraph, *ast.TextBlock, *extast.TableCell, *extast.DefinitionTerm:
		r.leaf(n)
		r.inlines(n)
	default:
		if f, ok := n.(*extast.Footnote); ok {
			r.footnote(f)
		}
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			r.block(c)
		}
	}
}

// leaf notes a block of text, and the gap before its words.
func (r *reading) leaf(n ast.Node) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	s := Span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	r.gap(s.Start, blockRun)
	if len(r.pairs) > 0 {
		r.leaves = append(r.leaves, leaf{n, s})
	}
}

func (r *reading) codeBlock(n ast.Node) {
	s := r.extent(n)
	r.gap(s.Start, blockRun)
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		r.text(l.Start, l.Stop, rawRun)
	}
	r.d.code = append(r.d.code, r.view.span(s.Start, s.End))
	r.codeBlocks = append(r.codeBlocks, s)
	if len(r.pairs) > 0 {
		r.leaves = append(r.leaves, leaf{n, s})
	}
}

func (r *reading) htmlBlock(n *ast.HTMLBlock) {
	s := r.extent(n)
	r.d.RawHTML = append(r.d.RawHTML, r.view.span(s.Start, s.End))
	if len(r.pairs) > 0 {
		r.htmlBlocks = append(r.htmlBlocks, s)
		r.leaves = append(r.leaves, leaf{n, s})
	}
}

// extent is where a block stands in the view, without its last line end.
func (r *reading) extent(n ast.Node) Span {
	s := Span{n.Pos(), 0}
	if lines := n.Lines(); lines != nil && lines.Len() > 0 {
		if s.Start < 0 || n.Kind() == ast.KindCodeBlock {
			s.Start = lines.At(0).Start
		}
		s.End = lines.At(lines.Len() - 1).Stop
	}
	s.End = max(s.End, s.Start)
	switch n := n.(type) {
	case *ast.HTMLBlock:
		if n.HasClosure() {
			s.End = max(s.End, n.ClosureLine.Stop)
		}
	case *ast.FencedCodeBlock:
		if s.End == s.Start || r.src[s.End-1] != '\n' {
			s.End = min(r.lineEnd(s.End)+1, len(r.src))
		}
		// The line below is the closing fence, unless the block ends with what holds it.
		closing := bytes.TrimLeft(firstLine(r.src[s.End:]), " \t>")
		if bytes.HasPrefix(closing, r.src[s.Start:min(s.Start+3, len(r.src))]) {
			s.End = r.lineEnd(s.End)
		}
	}
	if s.End > s.Start && r.src[s.End-1] == '\n' {
		s.End--
	}
	return s
}

// lineEnd is the place of the line end at or behind off, or the end of the view.
func (r *reading) lineEnd(off int) int {
	if i := bytes.IndexByte(r.src[off:], '\n'); i >= 0 {
		return off + i
	}
	return len(r.src)
}

func (r *reading) inlines(parent ast.Node) {
	for c := parent.FirstChild(); c != nil; c = c.NextSibling() {
		switch n := c.(type) {
		case *ast.Text:
			kind := textRun
			if n.IsRaw() {
				kind = rawRun
			}
			r.text(n.Segment.Start, n.Segment.Stop, kind)
			if n.SoftLineBreak() || n.HardLineBreak() {
				r.gap(n.Segment.Stop, gapRun)
			}
		case *ast.String:
			s := typographicSpan(n)
			r.text(s.Start, s.End, textRun)
		case *ast.CodeSpan:
			if m, ok := r.marks.at(n, &r.near); ok {
				r.d.code = append(r.d.code, r.view.span(m.start, m.end))
				r.codeSpans = append(r.codeSpans, Span{m.start, m.end})
			}
			r.inlines(n)
		case *ast.Link:
			r.link(n, Link{Title: plainText(n.Title)}, n.Destination, n.Reference)
		case *ast.Image:
			r.link(n, Link{Title: plainText(n.Title), Image: true}, n.Destination, n.Reference)
		case *ast.AutoLink:
			r.autoLink(n)
		case *ast.RawHTML:
			if k := n.Segments.Len(); k > 0 {
				r.d.RawHTML = append(r.d.RawHTML, r.view.span(n.Segments.At(0).Start, n.Segments.At(k-1).Stop))
			}
		case *extast.TaskCheckBox:
			r.d.Tasks = append(r.d.Tasks, Task{r.view.span(n.Pos(), n.Pos()+3), n.IsChecked})
		case *extast.FootnoteLink:
			if m, ok := r.marks.at(n, &r.near); ok {
				r.footnoteUses = append(r.footnoteUses, footnoteUse{r.view.span(m.start, m.end), string(r.src[m.start+2 : m.end-1])})
			}
		default:
			r.inlines(n)
		}
	}
}

// settle puts everything into the order of the body, and decides what needs all of it: which definition a use means, where
// the tags stand, and whether the passages are sound.
func (r *reading) settle() {
	d := r.d
	byStart := func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) }
	slices.SortStableFunc(d.Headings, func(a, b Heading) int { return byStart(a.Span, b.Span) })
	slices.SortStableFunc(d.Links, func(a, b Link) int { return byStart(a.Span, b.Span) })
	slices.SortStableFunc(d.titles, func(a, b titleAt) int { return cmp.Compare(a.at, b.at) })
	if !slices.IsSortedFunc(d.runs, byRun) {
		slices.SortStableFunc(d.runs, byRun)
	}
	d.RawHTML = append(d.RawHTML, summaryDivider(d.body, d.Shortcodes, d.RawHTML)...)
	for _, spans := range [][]Span{d.RawHTML, d.code, r.attributes, r.codeSpans, r.codeBlocks, r.htmlBlocks} {
		slices.SortFunc(spans, byStart)
	}
	slices.SortFunc(r.leaves, func(a, b leaf) int { return byStart(a.span, b.span) })
	r.settleDefinitions()
	r.placeTags()
	r.checkPassages()
	slices.SortStableFunc(d.Problems, func(a, b Problem) int { return byStart(a.Span, b.Span) })
}

// summaryDivider finds the first <!--more-->, which Hugo takes out wherever it stands, in code too.
func summaryDivider(body []byte, tags []Shortcode, known []Span) []Span {
	const divider = "<!--more-->"
	at := bytes.Index(body, []byte(divider))
	if at < 0 {
		return nil
	}
	holds := func(s Span) bool { return s.Holds(at) }
	if slices.ContainsFunc(known, holds) || slices.ContainsFunc(tags, func(t Shortcode) bool { return t.Span.Holds(at) }) {
		return nil
	}
	return []Span{{at, at + len(divider)}}
}

// reservedText finds the marks that Hugo puts in for shortcodes and contexts: one that an author wrote would be taken for
// its own, or make it panic.
func reservedText(body []byte) (problems []Problem) {
	for _, mark := range []string{"HAHAHUGOSHORTCODE", "{{__hugo_ctx", "HUGOMORE42"} {
		if at := bytes.Index(body, []byte(mark)); at >= 0 {
			problems = append(problems, Problem{Kind: ReservedText, Span: Span{at, at + len(mark)},
				Message: fmt.Sprintf("%q is a mark that the renderer uses itself", mark), Hint: "write it in another way"})
		}
	}
	return problems
}
