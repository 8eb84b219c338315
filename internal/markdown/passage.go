package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"sort"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// passagePair is an opening tag of a passage with its closing one, as indexes in Shortcodes.
type passagePair struct{ open, close int }

const (
	hintOwnLines = "put both tags on lines of their own, with an empty line above and below each, or both inside one paragraph, item, cell or heading"
	hintApart    = "leave an empty line above and below the tag"
)

// pairPassages finds the passages among the tags. If some tag could not be read, a passage that seems to lack one of its
// tags may only lack a quote, which is reported already.
func pairPassages(tags []Shortcode, broken bool) (pairs []passagePair, problems []Problem) {
	fault := func(i int, kind ProblemKind, message, hint string) {
		problems = append(problems, Problem{Kind: kind, Span: tags[i].Span, Message: message, Hint: hint})
	}
	open, nested := -1, 0
	for i := range tags {
		t := &tags[i]
		if t.Escaped || t.Name != passage {
			continue
		}
		switch {
		case t.SelfClosing:
			fault(i, PassageUnclosed, "a passage has nothing in it: its tag closes itself", `write {{< passage "name" >}} before the text and {{< /passage >}} behind it`)
		case !t.Closing && open >= 0:
			nested++
			fault(i, PassageNested, "a passage begins inside another passage", "close the first one before this; passages cannot be nested, but one name may be used for several")
		case !t.Closing:
			open = i
			if len(t.Args) != 1 || t.Named != nil || strings.TrimSpace(t.Args[0]) == "" {
				fault(i, PassageUnnamed, "a passage needs one name", `write it as {{< passage "name" >}}`)
			}
		case nested > 0:
			nested--
		case open >= 0:
			join(tags, open, i)
			pairs = append(pairs, passagePair{open, i})
			open = -1
		case !broken:
			fault(i, PassageUnopened, "a passage is closed here that was not opened", `write {{< passage "name" >}} where it begins, or take this tag out`)
		}
	}
	if open >= 0 && !broken {
		fault(open, PassageUnclosed, "a passage begins here and is not closed", "write {{< /passage >}} where it ends")
	}
	return pairs, problems
}

// placeTags finds out which tags stand in code, and which where only an attribute can be.
func (r *reading) placeTags() {
	if len(r.d.Shortcodes) == 0 {
		return
	}
	code, attributes := union(slices.Concat(r.codeSpans, r.codeBlocks)), union(r.attributes)
	for i := range r.d.Shortcodes {
		t := &r.d.Shortcodes[i]
		at := r.view.at(t.Span.Start)
		t.InCode = strictlyIn(code, at) || r.masks(t) && inside(code, Span{at, at + 1})
		t.InAttribute = strictlyIn(attributes, at) || r.masks(t) && inside(attributes, Span{at, at + 1})
	}
}

// masks says whether letters stand for the tag in the view.
func (r *reading) masks(t *Shortcode) bool { return !t.Escaped && t.Name != passage }

// strictlyIn says whether a place between two bytes of the view is inside one of the spans, not at its edge.
func strictlyIn(spans []Span, at int) bool {
	i, _ := slices.BinarySearchFunc(spans, at, func(s Span, at int) int { return cmp.Compare(s.End, at+1) })
	return i < len(spans) && spans[i].Start < at
}

// checkPassages makes the passages that are sound, and says what is wrong with the others. A passage is sound if taking
// it out, tags and all, takes away whole blocks or a stretch of one block's text and changes nothing else.
func (r *reading) checkPassages() {
	for _, pair := range r.pairs {
		open, closing := r.d.Shortcodes[pair.open], r.d.Shortcodes[pair.close]
		p := Passage{Open: open.Span, Close: closing.Span, Inner: open.Inner, Whole: Span{open.Span.Start, closing.Span.End}}
		openLine, openAlone := r.ownLine(open.Span)
		closeLine, closeAlone := r.ownLine(closing.Span)
		p.Block = openAlone && closeAlone && openLine != closeLine
		if p.Block {
			p.Whole = Span{openLine.Start, closeLine.End}
		}
		var problem Problem
		switch {
		case r.crosses(p.Whole, pair):
			problem = Problem{Kind: PassageMisplaced, Span: open.Span, Message: "a passage holds one tag of another shortcode and not the tag that belongs to it", Hint: "put both tags of the other shortcode inside the passage, or both outside"}
		case p.Block:
			problem = r.checkBlockPassage(p)
		default:
			problem = r.checkInlinePassage(p, openAlone || closeAlone)
		}
		if problem.Kind != "" {
			r.d.Problems = append(r.d.Problems, problem)
			continue
		}
		if len(open.Args) == 1 && open.Named == nil && strings.TrimSpace(open.Args[0]) != "" {
			p.Name = open.Args[0]
			r.d.Passages = append(r.d.Passages, p)
		}
	}
}

// ownLine gives the line, or lines, that a tag stands on with the line end, and says whether nothing else stands there.
// The > of quotes does not count.
func (r *reading) ownLine(tag Span) (line Span, alone bool) {
	body := r.d.body
	line = Span{bytes.LastIndexByte(body[:tag.Start], '\n') + 1, len(body)}
	if i := bytes.IndexByte(body[tag.End:], '\n'); i >= 0 {
		line.End = tag.End + i + 1
	}
	before, behind := bytes.Trim(body[line.Start:tag.Start], " \t>"), bytes.Trim(body[tag.End:line.End], " \t\r\n")
	return line, len(before) == 0 && len(behind) == 0
}

// crosses says whether whole holds one of the two tags of another shortcode that has something inside.
func (r *reading) crosses(whole Span, pair passagePair) bool {
	tags := r.d.Shortcodes
	holds := func(i int) bool { return whole.Contains(tags[i].Span) }
	for i := pair.open + 1; i < pair.close; i++ {
		if tags[i].Pair >= 0 && !holds(tags[i].Pair) {
			return true
		}
	}
	return false
}

// checkBlockPassage: no block may reach over a tag's line, unless both tags are inside it.
func (r *reading) checkBlockPassage(p Passage) Problem {
	from, to := r.view.at(p.Open.Start), r.view.at(p.Close.Start)
	for _, t := range []struct {
		tag Span
		at  int
	}{{p.Open, from}, {p.Close, to}} {
		switch {
		case strictlyIn(r.codeBlocks, t.at):
			return Problem{Kind: PassageInCode, Span: t.tag, Message: "a tag of a passage stands inside code", Hint: "put the tags around the whole block of code, or write {{</* passage */>}} to show one"}
		case strictlyIn(r.htmlBlocks, t.at):
			return Problem{Kind: PassageMisplaced, Span: t.tag, Message: "a tag of a passage stands inside HTML", Hint: hintOwnLines}
		case r.interrupts(t.tag, t.at):
			return Problem{Kind: PassageInterrupts, Span: t.tag, Message: "a tag of a passage stands between the lines of a paragraph or table and would break it in two", Hint: hintApart}
		}
	}
	i, _ := slices.BinarySearchFunc(r.leaves, from, func(l leaf, at int) int { return cmp.Compare(l.span.Start, at) })
	j, _ := slices.BinarySearchFunc(r.leaves, to, func(l leaf, at int) int { return cmp.Compare(l.span.Start, at) })
	if i >= j {
		return Problem{}
	}
	first, last := r.leaves[i].node, r.leaves[j-1].node
	if r.splits(first, last, from, to) || r.splits(last, first, from, to) {
		return Problem{Kind: PassageMisplaced, Span: p.Open, Message: "a passage holds the end of one item, quote or note and the beginning of something else", Hint: "begin and end it inside the same item or quote, or put it around whole ones"}
	}
	return Problem{}
}

// splits says whether an item, quote, note or description around leaf a reaches out of the passage without having b in it.
func (r *reading) splits(a, b ast.Node, from, to int) bool {
	for n := a.Parent(); n != nil; n = n.Parent() {
		switch n.(type) {
		case *ast.ListItem, *ast.Blockquote, *extast.Footnote, *extast.DefinitionDescription:
			if s := r.hull(n); (s.Start < from || s.End > to) && !isWithin(b, n) {
				return true
			}
		}
	}
	return false
}

func isWithin(n, ancestor ast.Node) bool {
	for ; n != nil; n = n.Parent() {
		if n == ancestor {
			return true
		}
	}
	return false
}

// hull is what the text in a block reaches over, in the view.
func (r *reading) hull(n ast.Node) Span {
	first, last := n, n
	for c := first.FirstChild(); c != nil && c.Type() == ast.TypeBlock; c = first.FirstChild() {
		first = c
	}
	for c := last.LastChild(); c != nil && c.Type() == ast.TypeBlock; c = last.LastChild() {
		last = c
	}
	return Span{r.extent(first).Start, r.bottom(last)}
}

// interrupts says whether the line of a tag stands right between two lines that would be one paragraph or table without
// it, the tag's line being empty in the view.
func (r *reading) interrupts(tag Span, at int) bool {
	i, _ := slices.BinarySearchFunc(r.leaves, at, func(l leaf, at int) int { return cmp.Compare(l.span.Start, at) })
	if i == 0 || i == len(r.leaves) {
		return false
	}
	above, below := r.leaves[i-1], r.leaves[i]
	begin := bytes.LastIndexByte(r.src[:at], '\n') + 1
	next := r.lineEnd(r.view.at(tag.End)) + 1
	if begin == 0 || next >= len(r.src) {
		return false
	}
	lineAbove := bytes.LastIndexByte(r.src[:begin-1], '\n') + 1
	if above.span.End <= lineAbove || below.span.Start > r.lineEnd(next) {
		return false // an empty line is between
	}
	_, table := above.node.(*extast.TableCell)
	switch below.node.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		if len(bytes.Trim(r.src[next:below.span.Start], " \t>")) > 0 {
			return false // a new item begins there
		}
	case *extast.TableCell:
		return table
	default:
		return false
	}
	switch above.node.(type) {
	case *ast.Paragraph, *ast.TextBlock, *extast.TableCell:
		return true
	}
	return false
}

// checkInlinePassage: both tags in the text of one block, and no construct of it cut in two.
func (r *reading) checkInlinePassage(p Passage, oneAlone bool) Problem {
	from, to := r.view.at(p.Open.Start), r.view.at(p.Close.Start)
	for _, t := range []struct {
		tag Span
		at  int
	}{{p.Open, from}, {p.Close, to}} {
		if strictlyIn(r.codeSpans, t.at) || touches(r.codeBlocks, t.at) && !oneAlone || strictlyIn(r.codeBlocks, t.at) {
			return Problem{Kind: PassageInCode, Span: t.tag, Message: "a tag of a passage stands inside code", Hint: "put the tags around the whole code, or write {{</* passage */>}} to show one"}
		}
		if strictlyIn(r.attributes, t.at) {
			return Problem{Kind: PassageInAttribute, Span: t.tag, Message: "a tag of a passage stands inside a link's address or title, or a picture's text", Hint: "put the tags around the whole link or picture"}
		}
	}
	a, b := r.leafAt(from), r.leafAt(to)
	switch {
	case oneAlone:
		return Problem{Kind: PassageMisplaced, Span: p.Open, Message: "one tag of a passage stands on a line of its own and the other does not", Hint: hintOwnLines}
	case a == nil || a != b:
		return Problem{Kind: PassageMisplaced, Span: p.Open, Message: "a passage begins in one block and ends in another", Hint: hintOwnLines}
	case r.cuts(a, Span{from, to}):
		return Problem{Kind: PassageMisplaced, Span: p.Open, Message: "a passage holds one end of emphasis or of a link and not the other", Hint: "put the tags around all of it, or both inside"}
	}
	return Problem{}
}

func touches(spans []Span, at int) bool {
	i, _ := slices.BinarySearchFunc(spans, at, func(s Span, at int) int { return cmp.Compare(s.End, at) })
	return i < len(spans) && spans[i].Start <= at
}

// leafAt finds the block in whose text a place of the view is.
func (r *reading) leafAt(at int) ast.Node {
	i, _ := slices.BinarySearchFunc(r.leaves, at, func(l leaf, at int) int { return cmp.Compare(l.span.Start, at+1) })
	// The spaces on both sides of a cell's text are part of the cell.
	for _, j := range [2]int{i - 1, i} {
		if j >= 0 && j < len(r.leaves) && r.hasText(r.leaves[j].node, at) {
			return r.leaves[j].node
		}
	}
	return nil
}

func (r *reading) hasText(n ast.Node, at int) bool {
	lines := n.Lines()
	_, cell := n.(*extast.TableCell)
	_, heading := n.(*ast.Heading)
	// The line before which another begins, and that one, whose leading spaces may reach back to at.
	i := sort.Search(lines.Len(), func(i int) bool { return lines.At(i).Start > at }) - 1
	for i := max(i, 0); i < min(i+2, lines.Len()); i++ {
		start, stop := lines.At(i).Start, lines.At(i).Stop
		if cell || i > 0 && !heading {
			for start > 0 && (r.src[start-1] == ' ' || r.src[start-1] == '\t') {
				start--
			}
		}
		for stop < len(r.src) && (r.src[stop] == ' ' || r.src[stop] == '\t') {
			stop++
		}
		// A line's end is the beginning of the next line, which may begin with signs of a quote.
		if start <= at && (at < stop || at == stop && (stop == 0 || r.src[stop-1] != '\n')) {
			return true
		}
	}
	return false
}

// cuts says whether a stretch of the view holds part of an inline construct below a block without holding all of it or
// being inside its text. Passages come in order, so of one block's nodes those before the last passage are done with.
func (r *reading) cuts(block ast.Node, s Span) bool {
	if r.passed == nil || r.passed.Parent() != block {
		r.passed = block.FirstChild()
	}
	for r.passed != nil && r.passed.NextSibling() != nil {
		if all, _ := r.inlineSpan(r.passed); all.End > s.Start {
			break
		}
		r.passed = r.passed.NextSibling()
	}
	return r.cutsFrom(r.passed, s)
}

func (r *reading) cutsFrom(c ast.Node, s Span) bool {
	for ; c != nil; c = c.NextSibling() {
		all, inner := r.inlineSpan(c)
		switch {
		case s.End <= all.Start:
			return false
		case all.End <= s.Start || s.Start <= all.Start && all.End <= s.End:
		case c.Kind() == ast.KindText:
		case inner.Start <= s.Start && s.End <= inner.End && inner != Span{}:
			if r.cutsFrom(c.FirstChild(), s) {
				return true
			}
		default:
			return true
		}
	}
	return false
}

// inlineSpan is where an inline node stands in the view with its signs, and where what it holds stands; the latter is
// zero for one that holds nothing that could be cut on its own.
func (r *reading) inlineSpan(n ast.Node) (all, inner Span) {
	switch n := n.(type) {
	case *ast.Text:
		return Span{n.Segment.Start, n.Segment.Stop}, Span{}
	case *ast.String:
		return typographicSpan(n), Span{}
	case *ast.RawHTML:
		return Span{n.Segments.At(0).Start, n.Segments.At(n.Segments.Len() - 1).Stop}, Span{}
	case *ast.Link:
		m, _ := r.marks.at(n, &r.near)
		return Span{m.start, m.end}, Span{m.start + 1, m.closing}
	case *ast.CodeSpan, *ast.Image, *ast.AutoLink, *extast.FootnoteLink:
		m, _ := r.marks.at(n, &r.near)
		return Span{m.start, m.end}, Span{}
	}
	if n.FirstChild() == nil { // a task's box
		return Span{n.Pos(), n.Pos() + 3}, Span{}
	}
	first, _ := r.inlineSpan(n.FirstChild())
	last, _ := r.inlineSpan(n.LastChild())
	inner = Span{first.Start, last.End}
	width := 1
	if e, ok := n.(*ast.Emphasis); ok {
		width = e.Level
	} else if bytes.HasSuffix(r.src[:inner.Start], []byte("~~")) && bytes.HasPrefix(r.src[inner.End:], []byte("~~")) {
		width = 2
	}
	return Span{inner.Start - width, inner.End + width}, inner
}
