package markdown

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// fullParser parses as Hugo 0.165 does with its default configuration: markup/goldmark/goldmark_config in Hugo's source
// holds the defaults, markup/goldmark/convert.go what they switch on. Emoji, CJK, passthrough and the extras are off there.
// Extensions that only render are left out here, and so is the one that moves footnotes to the end: Hugo makes heading
// ids before it runs, and we want definitions where they were written.
var fullParser = newParser(
	util.Prioritized(markingAddresses{extension.NewLinkifyParser()}, 999),
	util.Prioritized(extension.NewTypographerParser(), 9999),
)

// lightParser is for bodies without bare addresses. It leaves out the parser that looks for them at every space, and stops for no
// typographic sign that the body does not have: it takes half the time. See light.go.
func lightParser(body []byte) parser.Parser {
	key := signs(body)
	if p, ok := lightParsers.Load(key); ok {
		return p.(parser.Parser)
	}
	p, _ := lightParsers.LoadOrStore(key, newParser(util.Prioritized(newTypographer(key), 9999)))
	return p.(parser.Parser)
}

// lightParsers by the signs of bodies.
var lightParsers sync.Map

// signs lists with what byte the typographic signs of a body begin.
func signs(body []byte) string {
	found := make([]byte, 0, 6)
	for _, s := range []string{"'", `"`, "--", "...", "<<", ">>"} {
		if bytes.Contains(body, []byte(s)) {
			found = append(found, s[0])
		}
	}
	return string(found)
}

// typographer makes typographic signs of no more than what a body has.
type typographer struct {
	parser.InlineParser
	signs []byte
}

func newTypographer(signs string) typographer {
	return typographer{extension.NewTypographerParser(), []byte(signs)}
}

func (t typographer) Trigger() []byte { return t.signs }

func newParser(more ...util.PrioritizedValue) parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(append(parser.DefaultBlockParsers(),
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(extension.NewFootnoteBlockParser(), 999),
		)...),
		parser.WithInlineParsers(append(more,
			util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
			util.Prioritized(marking{parser.NewCodeSpanParser()}, 100),
			util.Prioritized(marking{extension.NewFootnoteParser()}, 101),
			util.Prioritized(markingLinks{parser.NewLinkParser()}, 200),
			util.Prioritized(marking{parser.NewAutoLinkParser()}, 300),
			util.Prioritized(parser.NewRawHTMLParser(), 400),
			util.Prioritized(parser.NewEmphasisParser(), 500),
			util.Prioritized(extension.NewStrikethroughParser(), 500),
		)...),
		parser.WithParagraphTransformers(append(parser.DefaultParagraphTransformers(),
			util.Prioritized(extension.NewTableParagraphTransformer(), 200),
		)...),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0),
		),
		parser.WithAttribute(),
	)
}

// linkifyProtocol is Hugo's default for a bare www. address.
const linkifyProtocol = "https"

// mark says where an inline node stands. Goldmark's nodes know at best where they begin, so the parsers that make them
// are watched: what lies between the reader's positions before and after is the node.
type mark struct {
	node       ast.Node
	start, end int
	closing    int // of a link or image: where the ] of its text is
}

type marks struct {
	list []mark
}

var marksKey = parser.NewContextKey()

// at finds the mark of a node, looking outwards from near, where the last one was found: nodes are asked for in the order
// of the tree, and were made in nearly that order.
func (m *marks) at(n ast.Node, near *int) (mark, bool) {
	for d := 0; d <= len(m.list); d++ {
		for _, i := range [2]int{*near + d, *near - d} {
			if i >= 0 && i < len(m.list) && m.list[i].node == n {
				*near = i
				return m.list[i], true
			}
		}
	}
	return mark{}, false
}

// marking notes where the nodes of a parser begin and end.
type marking struct{ parser.InlineParser }

func (p marking) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, before := block.Position()
	n := p.InlineParser.Parse(parent, block, pc)
	switch n := n.(type) {
	case nil, *ast.Text: // a run of backticks that opens no code
		return n
	default:
		_, after := block.Position()
		start := before.Start
		if block.Source()[start] == '!' { // ![^label]: the footnote parser leaves the exclamation mark as text
			start++
		}
		note(pc, mark{node: n, start: start, end: after.Start})
	}
	return n
}

// markingAddresses does the same for bare addresses. Their parser is asked at every space, so it is not for nothing that
// lines without any are passed over.
type markingAddresses struct{ parser.InlineParser }

func (p markingAddresses) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	switch first := line[min(1, len(line)-1)]; {
	case first == 'h', first == 'f', first == 'w':
	case line[0] == 'h', line[0] == 'f', line[0] == 'w':
	case bytes.IndexByte(line, '@') < 0:
		return nil
	}
	n := p.InlineParser.Parse(parent, block, pc)
	if n, ok := n.(*ast.AutoLink); ok {
		// What sets it off is the character before the address.
		_, after := block.Position()
		note(pc, mark{node: n, start: after.Start - len(n.Label(block.Source())), end: after.Start})
	}
	return n
}

// markingLinks does the same for links and images, whose parser returns a node when it meets the closing bracket.
type markingLinks struct{ parser.InlineParser }

func (p markingLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	_, before := block.Position()
	n := p.InlineParser.Parse(parent, block, pc)
	switch n.(type) {
	case *ast.Link, *ast.Image:
		_, after := block.Position()
		note(pc, mark{node: n, start: n.Pos(), end: after.Start, closing: before.Start})
	}
	return n
}

// CloseBlock hands on what Goldmark looks for in a parser of links.
func (p markingLinks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

func note(pc parser.Context, m mark) {
	list := pc.Get(marksKey).(*marks)
	list.list = append(list.list, m)
}
