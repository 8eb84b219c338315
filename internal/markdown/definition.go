package markdown

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/util"
)

func (r *reading) linkDefinition(n *ast.LinkReferenceDefinition) {
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	d := Definition{Kind: LinkDefinition, Label: string(n.Label), Key: util.ToLinkReference(n.Label)}
	s := Span{lines.At(0).Start, lines.At(lines.Len() - 1).Stop}
	d.Span = r.wholeLines(s)
	d.Destination, d.DestSpan = r.destination(n.Destination)
	r.attributes = append(r.attributes, s)
	r.d.Definitions = append(r.d.Definitions, d)
}

func (r *reading) footnote(n *extast.Footnote) {
	at := max(n.Pos(), 0)
	// A tab before it shifts the position that Goldmark notes.
	at += max(bytes.IndexByte(r.src[at:], '['), 0)
	s := Span{at, max(r.lineEnd(at), r.bottom(n))}
	r.d.Definitions = append(r.d.Definitions, Definition{Kind: FootnoteDefinition, Label: string(n.Ref), Key: string(n.Ref), Span: r.wholeLines(s)})
}

// bottom is the end of the last line of a block in the view.
func (r *reading) bottom(n ast.Node) int {
	end := 0
	switch {
	case n.Type() != ast.TypeBlock:
		return 0
	case n.Kind() == ast.KindFencedCodeBlock || n.Kind() == ast.KindHTMLBlock:
		end = r.extent(n).End
	case n.Lines() != nil && n.Lines().Len() > 0:
		end = n.Lines().At(n.Lines().Len() - 1).Stop
		if r.src[end-1] == '\n' {
			end--
		}
	case n.Pos() >= 0:
		end = min(n.Pos(), len(r.src))
	}
	end = r.lineEnd(end)
	if h, ok := n.(*ast.Heading); ok && h.Lines().Len() > 0 && r.isSetext(h) && end < len(r.src) {
		end = r.lineEnd(end + 1)
	}
	if last := n.LastChild(); last != nil && last.Type() == ast.TypeBlock {
		end = max(end, r.bottom(last))
	}
	return end
}

// wholeLines gives the span in the body of what stands at s in the view: whole lines with the last line end, unless what
// stands before it on its first line is more than spaces.
func (r *reading) wholeLines(s Span) Span {
	whole := Span{r.wholeLine(s.Start), len(r.d.body)}
	if end := r.lineEnd(max(s.End-1, s.Start)); end < len(r.src) {
		whole.End = r.view.start(end)
		if whole.Start == 0 || r.d.body[whole.Start-1] == '\n' {
			whole.End++
		}
	}
	return whole
}

// settleDefinitions sorts the definitions and finds out which of them each use means: the first of its label.
func (r *reading) settleDefinitions() {
	d := r.d
	if len(d.Definitions) == 0 {
		return
	}
	slices.SortStableFunc(d.Definitions, func(a, b Definition) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	type label struct {
		kind DefinitionKind
		key  string
	}
	first := map[label]int{}
	for i := range d.Definitions {
		def := &d.Definitions[i]
		if _, found := first[label{def.Kind, def.Key}]; found {
			def.Shadowed = true
		} else {
			first[label{def.Kind, def.Key}] = i
		}
	}
	for _, l := range d.Links {
		if l.Ref == "" {
			continue
		}
		if i, ok := first[label{LinkDefinition, util.ToLinkReference([]byte(l.Ref))}]; ok {
			d.Uses = append(d.Uses, Use{LinkDefinition, l.Span, i})
		}
	}
	for _, u := range r.footnoteUses {
		if i, ok := first[label{FootnoteDefinition, u.label}]; ok {
			d.Uses = append(d.Uses, Use{FootnoteDefinition, u.span, i})
		}
	}
	slices.SortStableFunc(d.Uses, func(a, b Use) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
}

// Withhold settles the definitions of footnotes and link labels when sections and passages (their Whole) are withheld.
//
// Definitions that only withheld text uses go with it: those that stand elsewhere are returned in gone. A definition inside
// withheld text goes all the same. The uses that it leaves behind, indexes in Uses, are returned in orphans: they would
// show as raw text. Whoever marks a passage sees what stands in it; the last section of a page often has everybody's
// footnotes below it, so those of a section that other text uses are returned in torn, for somebody to decide.
func (d *Document) Withhold(sections, passages []Span) (gone []Span, orphans []int, torn []Span) {
	all, marked := union(slices.Concat(sections, passages)), union(passages)
	if len(d.Definitions) == 0 || len(all) == 0 {
		return nil, nil, nil
	}
	missed := make([]bool, len(d.Definitions)) // used by living text, and withheld
	// A definition lives if living text uses it; a footnote's own text lives with it.
	lives, used := make([]bool, len(d.Definitions)), make([]bool, len(d.Definitions))
	counted, holder := make([]bool, len(d.Uses)), d.holders()
	for changed := true; changed; {
		changed = false
		for i, u := range d.Uses {
			used[u.Definition] = true
			living := !inside(all, u.Span) && (holder[i] < 0 || lives[holder[i]])
			if counted[i] || !living {
				continue
			}
			counted[i], changed = true, true
			if inside(all, d.Definitions[u.Definition].Span) {
				missed[u.Definition] = true
				orphans = append(orphans, i)
			} else {
				lives[u.Definition] = true
			}
		}
	}
	for i, def := range d.Definitions {
		switch in := inside(all, def.Span); {
		case missed[i] && !inside(marked, def.Span):
			torn = append(torn, def.Span)
		case !lives[i] && used[i] && !in:
			gone = append(gone, def.Span)
		}
	}
	slices.Sort(orphans)
	return gone, orphans, torn
}

// holders gives for each use the definition, of a footnote, in whose text it stands, or -1.
func (d *Document) holders() []int {
	reach := make([]int, len(d.Definitions)) // how far any definition up to this one reaches
	for i, def := range d.Definitions {
		reach[i] = def.Span.End
		if i > 0 {
			reach[i] = max(reach[i], reach[i-1])
		}
	}
	holder := make([]int, len(d.Uses))
	for i, u := range d.Uses {
		j, _ := slices.BinarySearchFunc(d.Definitions, u.Span.Start, func(def Definition, at int) int { return cmp.Compare(def.Span.Start, at+1) })
		for j--; j >= 0 && !d.Definitions[j].Span.Contains(u.Span); j-- {
			if reach[j] <= u.Span.Start {
				j = 0
			}
		}
		holder[i] = j
	}
	return holder
}

// inside says whether one of the spans, sorted and apart, has all of s in it.
func inside(spans []Span, s Span) bool {
	i, _ := slices.BinarySearchFunc(spans, s.Start, func(c Span, at int) int { return cmp.Compare(c.End, at+1) })
	return i < len(spans) && spans[i].Contains(s)
}
