package prose

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// table reads a table row by row. A row of headers alone, at its head, names the columns.
func (r *reader) table(n *html.Node, s state) {
	var heads []string
	var rows []Block
	for c := range n.Descendants() {
		if c.Type != html.ElementNode || hidden(c) || within(c, n) != n {
			continue
		}
		switch c.DataAtom {
		case atom.Caption:
			r.block(c, s, Block{Kind: Caption, Depth: s.depth})
		case atom.Tr:
			cells, header := r.cells(c)
			if len(cells) == 0 {
				continue
			}
			if header && (len(rows) == 0 || c.Parent.DataAtom == atom.Thead) {
				heads = cells
				continue
			}
			b := Block{Kind: Row, Depth: s.depth, Class: attr(c, "class"), Cells: cells, Heads: make([]string, len(cells))}
			if s.look.Lang != r.lang {
				b.Lang = s.look.Lang
			}
			copy(b.Heads, heads)
			b.Text = strings.Join(cells, "; ")
			rows = append(rows, b)
		}
	}
	if len(rows) == 0 && heads != nil {
		rows = append(rows, Block{Kind: Row, Depth: s.depth, Cells: heads, Heads: make([]string, len(heads)), Text: strings.Join(heads, "; ")})
	}
	r.blocks = append(r.blocks, rows...)
}

// within is the nearest table around an element.
func within(n, stop *html.Node) *html.Node {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Table || p == stop {
			return p
		}
	}
	return nil
}

// cells are the texts of a row; a cell over several columns is followed by empty ones. header says that all are headers.
func (r *reader) cells(tr *html.Node) (cells []string, header bool) {
	header = true
	for c := range tr.ChildNodes() {
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th || hidden(c) {
			continue
		}
		header = header && c.DataAtom == atom.Th
		cells = append(cells, flat(c))
		if span, err := strconv.Atoi(attr(c, "colspan")); err == nil {
			for range min(span, 1000) - 1 {
				cells = append(cells, "")
			}
		}
	}
	return cells, header
}
