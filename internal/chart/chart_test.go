package chart

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
)

func whole(f float64) string { return fmt.Sprintf("%.0f", f) }

func sample(kind Kind) Chart {
	return Chart{ID: "figure-1", Kind: kind, Title: "Kits & call-outs", Desc: "What it shows", Labels: []string{"2024", "2025", "2026"}, Series: []string{"Harbour", "Vale"}, Format: whole,
		Points: [][]Point{{{Value: 10, Text: "10"}, {None: true, Text: "[c]"}}, {{Value: 40, Text: "40"}, {Value: 7, Text: "7"}}, {{None: true, Text: "[x]"}, {Value: 9, Text: "9"}}}}
}

// Every chart is well-formed, has words for those who do not see it, and has neither script nor style of its own.
func TestSVG(t *testing.T) {
	for _, kind := range []Kind{Bars, Lines, Stacked} {
		svg := sample(kind).SVG()
		dec := xml.NewDecoder(strings.NewReader(svg))
		for {
			tok, err := dec.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatalf("kind %d: %v", kind, err)
			}
			start, ok := tok.(xml.StartElement)
			if !ok {
				continue
			}
			for _, a := range start.Attr {
				if a.Name.Local == "style" || strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "href" || strings.HasPrefix(a.Value, "#") {
					t.Errorf("kind %d: <%s %s=%q>", kind, start.Name.Local, a.Name.Local, a.Value)
				}
			}
		}
		for _, want := range []string{`role="img"`, `<title id="figure-1-t">Kits &amp; call-outs</title>`, `<desc id="figure-1-d">What it shows</desc>`, "Harbour", "Vale", "[c]"} {
			if !strings.Contains(svg, want) {
				t.Errorf("kind %d: no %s", kind, want)
			}
		}
		if strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("kind %d: a place that is no number", kind)
		}
	}
}

// A number that is not shown leaves the same drawing whatever it is.
func TestHiddenNumbersAreNotDrawn(t *testing.T) {
	for _, kind := range []Kind{Bars, Lines, Stacked} {
		a, b := sample(kind), sample(kind)
		a.Points[0][1].Value, b.Points[0][1].Value = 3, 4000
		if a.SVG() != b.SVG() {
			t.Errorf("kind %d: what is drawn depends on a number that is not shown", kind)
		}
	}
}

func TestSeriesDifferWithoutColour(t *testing.T) {
	if svg := sample(Bars).SVG(); !strings.Contains(svg, `fill="url(#figure-1-p2)"`) {
		t.Error("bars have no pattern")
	}
	svg := sample(Lines).SVG()
	if !strings.Contains(svg, `stroke-dasharray`) || !strings.Contains(svg, signs[0]) || !strings.Contains(svg, signs[1]) {
		t.Error("lines have no dashes or signs")
	}
}

func TestRightToLeft(t *testing.T) {
	c := sample(Bars)
	c.RTL = true
	if svg := c.SVG(); !strings.Contains(svg, `x="100%"`) {
		t.Error("nothing begins at the right")
	}
}

func TestEmptyNumbers(t *testing.T) {
	for _, kind := range []Kind{Bars, Lines, Stacked} {
		c := Chart{ID: "a", Kind: kind, Labels: []string{"one"}, Series: []string{"s"}, Points: [][]Point{{{None: true, Text: "[c]"}}}, Format: whole}
		if svg := c.SVG(); strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
			t.Errorf("kind %d: %s", kind, svg)
		}
	}
}

func TestScale(t *testing.T) {
	for top, want := range map[float64]float64{0: 1, 3: 3, 7: 8, 121: 150, 1000: 1000, 0.8: 0.8} {
		if end, step := scale(top); end != want || end/step > 5 {
			t.Errorf("scale(%v) ends at %v by %v, want %v", top, end, step, want)
		}
	}
}
