package markdown

import (
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// A run is a piece of the body that readers get to read: the words of a [Document], without what is markup. A page's runs
// are a few bytes each; its syntax tree, which they save us from keeping, is many times the page.
type run struct {
	start, end int32
	kind       runKind
}

type runKind uint8

const (
	gapRun   runKind = iota // between words: a new line of the same block
	textRun                 // with escapes and entities
	rawRun                  // code, and addresses that link themselves
	blockRun                // between words: a new block
)

func (k runKind) gap() bool { return k == gapRun || k == blockRun }

// titleAt is the title of a link or image, by the place of the link.
type titleAt struct {
	at   int
	text string
}

func byRun(a, b run) int { return cmp.Compare(a.start, b.start) }

func (d *Document) addRun(a, b int, kind runKind) {
	if d.runs == nil {
		d.runs = make([]run, 0, 16+len(d.body)/32)
	}
	d.runs = append(d.runs, run{int32(a), int32(b), kind})
}

// text notes words between a and b of the view.
func (r *reading) text(a, b int, kind runKind) {
	if len(r.view.pieces) == 0 {
		if a < b {
			r.d.addRun(a, b, kind)
		}
		return
	}
	r.view.among(a, b, func(a, b int) {
		s := r.view.span(a, b)
		r.d.addRun(s.Start, s.End, kind)
	})
}

// gap notes that what follows at a place of the view is a new word: kind says of a new line or of a new block.
func (r *reading) gap(at int, kind runKind) {
	at = r.view.start(at)
	r.d.addRun(at, at, kind)
}

// Plain is the readable text of a span of the body: markup, shortcode tags, raw HTML and the destinations and titles of
// links are dropped, entities and escapes resolved, and there is one space between words and between blocks. Quotes and
// dashes are as typed, not as the renderer sets them.
func (d *Document) Plain(s Span) string { return d.PlainWith(s, nil) }

// PlainWith is Plain of the span after edits, their texts taken as plain.
func (d *Document) PlainWith(s Span, edits []Edit) string {
	var w words
	edits = merge(edits)
	for len(edits) > 0 && edits[0].Span.Start < s.Start && edits[0].Span.End <= s.Start {
		edits = edits[1:]
	}
	covered := s.Start // what lies before is written or cut
	replace := func(e Edit) {
		w.gap = w.gap || e.Span.Start == 0 || d.body[e.Span.Start-1] == '\n'
		w.plain(e.Text)
		covered = max(covered, e.Span.End)
		w.gap = w.gap || e.Span.End > e.Span.Start && d.body[e.Span.End-1] == '\n'
	}
	i, _ := slices.BinarySearchFunc(d.runs, s.Start, func(r run, at int) int { return cmp.Compare(int(r.end), at) })
	for ; i < len(d.runs) && int(d.runs[i].start) < s.End; i++ {
		r := d.runs[i]
		start, end := int(r.start), min(int(r.end), s.End)
		for len(edits) > 0 && edits[0].Span.Start < end {
			if from := max(start, covered); from < edits[0].Span.Start {
				w.write(d.body[from:edits[0].Span.Start], r.kind)
			}
			replace(edits[0])
			edits = edits[1:]
		}
		from := max(start, covered)
		switch {
		case r.kind.gap():
			w.gap = w.gap || start >= covered
		case from < end:
			w.write(d.body[from:end], r.kind)
		}
	}
	for _, e := range edits {
		if e.Span.Start < s.End {
			replace(e)
		}
	}
	return w.b.String()
}

// Titles lists the titles of links and images in the span, which are no part of Plain.
func (d *Document) Titles(s Span) []string {
	var found []string
	for _, t := range d.titles {
		if s.Holds(t.at) {
			found = append(found, t.text)
		}
	}
	return found
}

// plain joins runs.
func plain(body []byte, runs []run) string {
	var w words
	for _, r := range runs {
		if r.kind.gap() {
			w.gap = true
			continue
		}
		w.write(body[r.start:r.end], r.kind)
	}
	return w.b.String()
}

// words joins text with one space where there was any space or a gap.
type words struct {
	b   strings.Builder
	gap bool
}

func (w *words) write(b []byte, kind runKind) {
	if kind == textRun {
		w.plain(plainText(b))
	} else {
		w.plain(string(b))
	}
}

func (w *words) plain(s string) {
	for len(s) > 0 {
		word := strings.TrimLeft(s, " \t\r\n")
		w.gap = w.gap || len(word) < len(s)
		end := strings.IndexAny(word, " \t\r\n")
		if end < 0 {
			end = len(word)
		}
		if end > 0 {
			if w.gap && w.b.Len() > 0 {
				w.b.WriteByte(' ')
			}
			w.gap = false
			w.b.WriteString(word[:end])
		}
		s = word[end:]
	}
}

// typographicSpan is where the signs stood in the view that the typographer made a string of.
func typographicSpan(n *ast.String) Span {
	at := n.BaseInline.Pos() // String's own Pos says that it has none
	length := 1
	switch string(n.Value) {
	case "&mdash;", "&hellip;":
		length = 3
	case "&ndash;", "&laquo;", "&raquo;":
		length = 2
	}
	return Span{at, at + length}
}
