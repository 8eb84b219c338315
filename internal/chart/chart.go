// Package chart draws numbers as SVG that needs no script: bars, lines over time, stacked bars.
//
// Along the line of reading everything is in per cent of the width, and across it in em, so that a chart is as wide as
// its column, on a telephone too, while its words keep the size of the text around them. Nothing has a colour or a style
// of its own: classes name them for the style sheet (s1 to s6 fill, l1 to l6 draw), so that dark mode, forced colours and
// a strict content security policy hold. Series differ by pattern, dash and sign as well.
//
// A number that is not there, or not shown, has a mark at the foot of the chart, in a place that does not depend on it.
package chart

import (
	"fmt"
	"html"
	"math"
	"strings"
)

// Kind is a kind of chart.
type Kind int

const (
	Bars Kind = iota
	Lines
	Stacked
)

// MaxSeries is how many series can be told apart.
const MaxSeries = 6

// Point is one number; without one, Mark stands in its place.
type Point struct {
	Value float64
	Text  string // the number in words, or the mark
	None  bool
}

// Chart is what to draw. Points[i][s] is of label i and series s.
type Chart struct {
	ID          string // unique in its page
	Kind        Kind
	Title, Desc string // for those who do not see it
	Labels      []string
	Series      []string // one is not named in a legend
	Points      [][]Point
	Max         float64              // the end of the scale; 0 for that of the numbers
	Format      func(float64) string // for the scale
	RTL         bool
}

// SVG draws the chart.
func (c Chart) SVG() string {
	p := &pen{c: c}
	switch c.Kind {
	case Lines:
		p.legend(true)
		p.lines()
	default:
		p.legend(false)
		p.bars()
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<svg class="chart" role="img" aria-labelledby="%s-t %[1]s-d" width="100%%" height="%sem" focusable="false"><title id="%[1]s-t">%[3]s</title><desc id="%[1]s-d">%[4]s</desc>`,
		c.ID, num(p.y+.4), html.EscapeString(c.Title), html.EscapeString(c.Desc))
	p.patterns(&b)
	b.WriteString(p.b.String())
	b.WriteString(`</svg>`)
	return b.String()
}

// Top is the greatest number, for charts that share a scale.
func (c Chart) Top() float64 {
	top := 0.0
	for _, row := range c.Points {
		sum := 0.0
		for _, p := range row {
			if p.None {
				continue
			}
			sum += max(p.Value, 0)
			top = max(top, p.Value)
		}
		if c.Kind == Stacked {
			top = max(top, sum)
		}
	}
	return top
}

// pen draws from the top down; y is how far it has come, in em.
type pen struct {
	c Chart
	b strings.Builder
	y float64
}

// num writes a number with at most two decimals.
func num(f float64) string {
	s := fmt.Sprintf("%.2f", f)
	return strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
}

// x is a place in per cent of the width, from where reading begins.
func (p *pen) x(at float64) string {
	if p.c.RTL {
		at = 100 - at
	}
	return num(at) + "%"
}

// dx is a step in em in the direction of reading.
func (p *pen) dx(step float64) string {
	if p.c.RTL {
		step = -step
	}
	return num(step) + "em"
}

func (p *pen) text(at, y float64, class, anchor string, dx float64, text string) {
	fmt.Fprintf(&p.b, `<text x="%s" y="%sem"`, p.x(at), num(y))
	if dx != 0 {
		fmt.Fprintf(&p.b, ` dx="%s"`, p.dx(dx))
	}
	if class != "" {
		fmt.Fprintf(&p.b, ` class="%s"`, class)
	}
	if anchor != "" {
		fmt.Fprintf(&p.b, ` text-anchor="%s"`, anchor)
	}
	fmt.Fprintf(&p.b, `>%s</text>`, html.EscapeString(text))
}

// rect draws a bar of a series from one place to another.
func (p *pen) rect(from, to, y, height float64, series int) {
	x := from
	if p.c.RTL {
		x = 100 - to
	}
	fill := ""
	if series > 0 {
		fill = fmt.Sprintf(` fill="url(#%s-p%d)"`, p.c.ID, series+1)
	}
	class := fmt.Sprintf("s%d", series+1)
	if series > 0 {
		class = fmt.Sprintf("o%d", series+1)
	}
	fmt.Fprintf(&p.b, `<rect x="%s%%" y="%sem" width="%s%%" height="%sem" class="%s"%s/>`, num(x), num(y), num(max(to-from, .3)), num(height), class, fill)
}

// patterns are those of the second series and on: the first is plain.
func (p *pen) patterns(b *strings.Builder) {
	if p.c.Kind == Lines || len(p.c.Series) < 2 {
		return
	}
	marks := []string{
		`<path d="M-2 2L2-2M0 8L8 0M6 10L10 6"/>`,
		`<circle cx="4" cy="4" r="1.5"/>`,
		`<path d="M0 2H8M0 6H8"/>`,
		`<path d="M-2 6L2 10M0 0L8 8M6-2L10 2"/>`,
		`<path d="M4 0V8M0 4H8"/>`,
	}
	b.WriteString(`<defs>`)
	for s := 1; s < min(len(p.c.Series), MaxSeries); s++ {
		fmt.Fprintf(b, `<pattern id="%s-p%d" width="8" height="8" patternUnits="userSpaceOnUse"><rect width="8" height="8" class="s%[2]d"/><g class="hatch">%[3]s</g></pattern>`, p.c.ID, s+1, marks[s-1])
	}
	b.WriteString(`</defs>`)
}

// width is about how many letters stand side by side on the narrowest screen.
const width = 34

// wrap breaks a text into lines.
func wrap(text string, width int) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+1+len([]rune(word)) > width {
			lines = append(lines, line)
			line = word
			continue
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	return append(lines, line)
}

func (p *pen) legend(lines bool) {
	if len(p.c.Series) < 2 {
		return
	}
	for s, name := range p.c.Series {
		if lines {
			p.segment(0, p.y+.75, 9, p.y+.75, s)
			p.sign(4.5, p.y+.75, s)
		} else {
			p.rect(0, 6, p.y+.2, 1.1, s)
		}
		at := map[bool]float64{true: 9, false: 6}[lines]
		for _, line := range wrap(name, width-4) {
			p.text(at, p.y+1.1, "", "", .5, line)
			p.y += 1.45
		}
	}
	p.y += .7
}

// bars draws one group of bars for each label, or one bar of parts.
func (p *pen) bars() {
	top := p.c.Max
	if top <= 0 {
		top = p.c.Top()
	}
	if top <= 0 {
		top = 1
	}
	const widest = 76 // per cent; the number stands behind the bar
	for i, label := range p.c.Labels {
		for _, line := range wrap(label, width) {
			p.text(0, p.y+1, "label", "", 0, line)
			p.y += 1.3
		}
		if p.c.Kind == Stacked {
			p.stack(p.c.Points[i], top, widest)
		} else {
			for s, pt := range p.c.Points[i] {
				end := 0.0
				if !pt.None {
					end = max(pt.Value, 0) / top * widest
					p.rect(0, end, p.y, 1.15, s)
				}
				p.text(end, p.y+.95, "value", "", .4, pt.Text)
				p.y += 1.4
			}
		}
		p.y += .6
	}
}

// stack draws parts one behind the other. The sum stands behind them where every part is shown.
func (p *pen) stack(parts []Point, top, widest float64) {
	end, sum, mark := 0.0, 0.0, ""
	for s, pt := range parts {
		if pt.None {
			mark = pt.Text
			continue
		}
		if pt.Value > 0 {
			to := end + pt.Value/top*widest
			p.rect(end, to, p.y, 1.15, s)
			end, sum = to, sum+pt.Value
		}
	}
	text := p.c.Format(sum)
	if mark != "" {
		text = "+ " + mark
	}
	p.text(end, p.y+.95, "value", "", .4, text)
	p.y += 1.4
}

// scale finds a round end for the scale, and its step.
func scale(top float64) (end, step float64) {
	if top <= 0 {
		return 1, 1
	}
	step = math.Pow(10, math.Floor(math.Log10(top/4)))
	for _, m := range []float64{1, 2, 2.5, 5, 10} {
		if top/(step*m) <= 4 {
			step *= m
			break
		}
	}
	if top >= 4 { // counts have no halves
		step = max(math.Ceil(step), 1)
	}
	return math.Ceil(top/step) * step, step
}
