package media

import (
	"math"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// contentReader follows the operators that draw text (ISO 32000-1, 9.4).
type contentReader struct {
	c     *collector
	fonts types.Dict
	state types.Dict
	forms types.Dict // that the content may draw
	depth int        // of forms in forms
	guess bool       // the fonts may be others

	ctm, text, line matrix
	saved           []saved
	font            *font
	size            float64
	leading         float64
	spacing, word   float64

	placed, apart, together strings.Builder
	begun                   bool
	endX, endY              float64 // where the last letter ended
	beginX, beginY          float64 // and where it began

	standing []standing
	turned   [2]float64
	angle    int
}

type saved struct {
	ctm                          matrix
	font                         *font
	size, leading, spacing, word float64
}

type matrix [6]float64

var identity = matrix{1, 0, 0, 1, 0, 0}

func (m matrix) times(n matrix) matrix {
	return matrix{
		m[0]*n[0] + m[1]*n[2], m[0]*n[1] + m[1]*n[3],
		m[2]*n[0] + m[3]*n[2], m[2]*n[1] + m[3]*n[3],
		m[4]*n[0] + m[5]*n[2] + n[4], m[4]*n[1] + m[5]*n[3] + n[5],
	}
}

// read returns false if the content cannot be followed to its end.
func (r *contentReader) read(data []byte) bool {
	if r.ctm == (matrix{}) {
		r.ctm = identity
	}
	r.text, r.line = identity, identity
	lex := &lexer{data: data}
	var args []any
	for {
		token, ok := lex.next()
		if !ok {
			return !lex.broken
		}
		op, is := token.(operator)
		if !is {
			if args = append(args, token); len(args) > 10_000 {
				return false
			}
			continue
		}
		if op == "BI" && !lex.skipImage() {
			return false
		}
		r.operate(string(op), args)
		args = args[:0]
	}
}

func (r *contentReader) operate(op string, args []any) {
	n := numbers(args)
	six := func() (matrix, bool) {
		if len(n) != 6 {
			return identity, false
		}
		return matrix(n), true
	}
	switch op {
	case "q":
		r.saved = append(r.saved, saved{r.ctm, r.font, r.size, r.leading, r.spacing, r.word})
	case "Q":
		if k := len(r.saved) - 1; k >= 0 {
			s := r.saved[k]
			r.saved = r.saved[:k]
			r.ctm, r.font, r.size, r.leading, r.spacing, r.word = s.ctm, s.font, s.size, s.leading, s.spacing, s.word
		}
	case "cm":
		if m, ok := six(); ok {
			r.ctm = m.times(r.ctm)
		}
	case "BT":
		r.text, r.line = identity, identity
	case "Tm":
		if m, ok := six(); ok {
			r.text, r.line = m, m
		}
	case "Td", "TD":
		if len(n) == 2 {
			if op == "TD" {
				r.leading = -n[1]
			}
			r.move(n[0], n[1])
		}
	case "T*":
		r.move(0, -r.leading)
	case "TL", "Tc", "Tw":
		if len(n) == 1 {
			switch op {
			case "TL":
				r.leading = n[0]
			case "Tc":
				r.spacing = n[0]
			default:
				r.word = n[0]
			}
		}
	case "Tf":
		if len(args) == 2 && len(n) == 1 {
			name, _ := args[0].(nameToken)
			r.setFont(r.fonts[string(name)], n[0])
		}
	case "gs":
		if len(args) == 1 {
			name, _ := args[0].(nameToken)
			if set := r.c.doc.array(r.c.doc.dict(r.state[string(name)])["Font"]); len(set) == 2 {
				r.setFont(set[0], r.c.doc.number(set[1]))
			}
		}
	case "'", `"`:
		if op == `"` && len(n) == 2 {
			r.word, r.spacing = n[0], n[1]
		}
		r.move(0, -r.leading)
		r.show(args)
	case "Tj", "TJ":
		r.show(args)
	case "Do":
		if len(args) == 1 {
			name, _ := args[0].(nameToken)
			r.form(r.forms[string(name)])
		}
	default:
		// Alternative text and the like stand in the content as well.
		eachString(args, func(s string) { r.c.addString([]byte(s)) })
	}
}

func (r *contentReader) setFont(o types.Object, size float64) {
	if r.guess && r.c.doc.dict(o) == nil {
		r.font, r.size = r.c.guessed(), size
		return
	}
	r.font, r.size = r.c.font(o), size
}

// form notes where the letters of a form stand among those of what draws it. Its words are read on their own besides.
func (r *contentReader) form(o types.Object) {
	const mostForms = 2000
	s, ok := r.c.doc.follow(o).(types.StreamDict)
	if !ok || r.depth > 5 || r.c.forms > mostForms || r.c.doc.name(s.Dict["Subtype"]) != "Form" {
		return
	}
	data, err := content(s)
	if err != nil {
		return // the stream's own turn reports it
	}
	r.c.forms++
	resources := r.c.doc.dict(s.Dict["Resources"])
	within := &contentReader{c: r.c, fonts: r.c.doc.dict(resources["Font"]), state: r.c.doc.dict(resources["ExtGState"]), forms: r.c.doc.dict(resources["XObject"]),
		depth: r.depth + 1, ctm: r.ctm}
	if resources == nil {
		within.fonts, within.state, within.forms = r.fonts, r.state, r.forms
	}
	if m := r.c.doc.array(s.Dict["Matrix"]); len(m) == 6 {
		var n matrix
		for i, v := range m {
			n[i] = r.c.doc.number(v)
		}
		within.ctm = n.times(r.ctm)
	}
	within.read(data)
	r.standing = append(r.standing, within.standing...)
}

func (r *contentReader) move(x, y float64) {
	r.line = matrix{1, 0, 0, 1, x, y}.times(r.line)
	r.text = r.line
}

// show draws strings, and goes back by the numbers between them.
func (r *contentReader) show(args []any) {
	r.apart.WriteByte(' ')
	for _, arg := range args {
		switch arg := arg.(type) {
		case string:
			r.letters(arg)
		case []any:
			for _, part := range arg {
				switch part := part.(type) {
				case string:
					r.letters(part)
				case float64:
					r.advance(-part / 1000 * r.size)
				}
			}
		}
	}
}

func (r *contentReader) letters(raw string) {
	if r.font == nil {
		r.setFont(nil, r.size)
	}
	for _, g := range r.font.decode(raw) {
		w := g.width*r.size + r.spacing
		if g.text == " " {
			w += r.word
		}
		r.separate(w)
		from := r.text.times(r.ctm)
		r.beginX, r.beginY = from[4], from[5]
		r.placed.WriteString(g.text)
		r.apart.WriteString(g.text)
		r.together.WriteString(strings.TrimSpace(g.text))
		r.advance(w)
		at := r.text.times(r.ctm)
		r.endX, r.endY, r.begun = at[4], at[5], true
		r.stand(g.text, from, at)
	}
}

func (r *contentReader) advance(x float64) { r.text = matrix{1, 0, 0, 1, x, 0}.times(r.text) }

// separate writes a space or a new line where the next letter, of this width, does not follow the last one closely: to its right,
// or to its left in writing that runs from the right.
func (r *contentReader) separate(width float64) {
	at := r.text.times(r.ctm)
	height := math.Hypot(at[2], at[3]) * math.Abs(r.size)
	long := math.Hypot(at[0], at[1])
	if !r.begun || height == 0 || long == 0 {
		return
	}
	dx, dy := at[4]-r.endX, at[5]-r.endY
	along, across := (dx*at[0]+dy*at[1])/long, (dy*at[0]-dx*at[1])/long
	end := matrix{1, 0, 0, 1, width, 0}.times(r.text).times(r.ctm)
	left := ((r.beginX-end[4])*at[0] + (r.beginY-end[5])*at[1]) / long
	switch {
	case math.Abs(across) > height/2:
		r.placed.WriteByte('\n')
	case along < 0 && math.Abs(left) <= height/5:
	case along > height/5, along < -height/2:
		r.placed.WriteByte(' ')
	}
}

func numbers(args []any) []float64 {
	var list []float64
	for _, a := range args {
		if n, ok := a.(float64); ok {
			list = append(list, n)
		}
	}
	return list
}

func eachString(args []any, do func(string)) {
	for _, a := range args {
		switch a := a.(type) {
		case string:
			do(a)
		case []any:
			eachString(a, do)
		}
	}
}
