package chart

import "fmt"

// dashes tell the lines of series apart, besides their signs and colours.
var dashes = [MaxSeries]string{"", "7 4", "2 4", "10 3 2 3", "4 2", "12 5"}

// signs are drawn around their own middle.
var signs = [MaxSeries]string{
	`<circle r="4.5"/>`, `<path d="M-4-4H4V4H-4z"/>`, `<path d="M0-5L5 4H-5z"/>`, `<path d="M0-6L5 0L0 6L-5 0z"/>`, `<path d="M0 5L5-4H-5z"/>`, `<path d="M-5-2H-2V-5H2V-2H5V2H2V5H-2V2H-5z"/>`,
}

func (p *pen) segment(x1, y1, x2, y2 float64, s int) {
	dash := ""
	if dashes[s] != "" {
		dash = fmt.Sprintf(` stroke-dasharray="%s"`, dashes[s])
	}
	fmt.Fprintf(&p.b, `<line x1="%s" y1="%sem" x2="%s" y2="%sem" class="l%d"%s/>`, p.x(x1), num(y1), p.x(x2), num(y2), s+1, dash)
}

func (p *pen) sign(x, y float64, s int) {
	fmt.Fprintf(&p.b, `<svg x="%s" y="%sem" overflow="visible" class="s%d">%s</svg>`, p.x(x), num(y), s+1, signs[s])
}

const (
	plotHeight = 13.0 // em
	plotStart  = 13.0 // per cent: what is before it is for the numbers of the scale
	plotEnd    = 96.0
)

// lines draws one line for each series. Where a number is missing the line is broken, and a mark stands at the foot.
func (p *pen) lines() {
	top := p.c.Max
	if top <= 0 {
		top = p.c.Top()
	}
	end, step := scale(top)
	head := p.y + 1.2
	foot := head + plotHeight
	at := func(v float64) float64 { return foot - max(v, 0)/end*plotHeight }
	for v := 0.0; v <= end+step/2; v += step {
		class := "grid"
		if v == 0 {
			class = "axis"
		}
		fmt.Fprintf(&p.b, `<line x1="0%%" y1="%sem" x2="100%%" y2="%[1]sem" class="%s"/>`, num(at(v)), class)
		p.text(0, at(v)-.25, "scale", "", 0, p.c.Format(v))
	}
	n := len(p.c.Labels)
	x := func(i int) float64 {
		if n < 2 {
			return (plotStart + plotEnd) / 2
		}
		return plotStart + (plotEnd-plotStart)*float64(i)/float64(n-1)
	}
	for i := range p.c.Labels {
		fmt.Fprintf(&p.b, `<line x1="%s" y1="%sem" x2="%[1]s" y2="%sem" class="axis"/>`, p.x(x(i)), num(foot), num(foot+.35))
	}
	marks := 0.0 // how far below the axis marks reach
	for s := range p.c.Series {
		for i := range p.c.Labels {
			pt := p.c.Points[i][s]
			if pt.None {
				continue
			}
			if i > 0 && !p.c.Points[i-1][s].None {
				p.segment(x(i-1), at(p.c.Points[i-1][s].Value), x(i), at(pt.Value), s)
			}
		}
		for i := range p.c.Labels {
			if pt := p.c.Points[i][s]; !pt.None {
				p.sign(x(i), at(pt.Value), s)
			}
		}
	}
	for i := range p.c.Labels {
		seen := map[string]bool{}
		line := 0.0
		for s := range p.c.Series {
			if pt := p.c.Points[i][s]; pt.None && !seen[pt.Text] {
				seen[pt.Text] = true
				line += 1.2
				p.text(x(i), foot+.35+line, "mark", "middle", 0, pt.Text)
			}
		}
		marks = max(marks, line)
	}
	p.y = foot + marks + 1.6
	p.along(x)
}

// along writes labels below the axis: all where they have room on a narrow screen, else the first, the last, and one
// between them.
func (p *pen) along(x func(int) float64) {
	n := len(p.c.Labels)
	letters := 0
	for _, l := range p.c.Labels {
		letters += len([]rune(l)) + 2
	}
	longest := max(len([]rune(p.c.Labels[0])), len([]rune(p.c.Labels[n-1])))
	for i, label := range p.c.Labels {
		middle := n > 4 && i == n/2 && longest <= 10
		if letters > width && i > 0 && i < n-1 && !middle {
			continue
		}
		anchor := "middle"
		at := x(i)
		switch {
		case n > 1 && i == 0:
			anchor, at = "start", x(0)-plotStart
		case n > 1 && i == n-1:
			anchor, at = "end", 100
		}
		p.text(at, p.y, "", anchor, 0, label)
	}
	p.y += .4
}
