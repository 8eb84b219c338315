package webcheck

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"candour/internal/diag"
)

// Pair is two colours that have to stand out from each other.
type Pair struct {
	Name, Foreground, Background string
	Ratio                        float64 // required at least; 0 means 4.5, for ordinary text
}

// Contrast compares pairs by the contrast ratio of WCAG 2.2, success criteria 1.4.3 and 1.4.11. Colours are #rgb or #rrggbb.
func Contrast(pairs []Pair) []Problem {
	var out []Problem
	for _, p := range pairs {
		want := p.Ratio
		if want <= 0 {
			want = 4.5
		}
		fg, ok1 := luminance(p.Foreground)
		bg, ok2 := luminance(p.Background)
		for _, c := range []struct {
			colour string
			ok     bool
		}{{p.Foreground, ok1}, {p.Background, ok2}} {
			if !c.ok {
				out = append(out, Problem{Rule: diag.Contrast, Subject: c.colour,
					Message: fmt.Sprintf("%s: %q is no colour that can be checked", p.Name, shorten(c.colour)), Hint: `write colours as "#rgb" or "#rrggbb"`})
			}
		}
		if !ok1 || !ok2 {
			continue
		}
		if got := ratio(fg, bg); got < want {
			// Rounded down: 4.499 is not 4.5.
			out = append(out, Problem{Rule: diag.Contrast, Subject: p.Name,
				Message: fmt.Sprintf("%s: %s on %s has a contrast of %.2f to 1, and needs %.2f", p.Name, p.Foreground, p.Background, math.Floor(got*100)/100, want),
				Hint:    "make the darker colour darker or the lighter one lighter"})
		}
	}
	return out
}

// Ratio is the contrast ratio of two colours, written as #rgb or #rrggbb; not ok where one is no such colour.
func Ratio(a, b string) (r float64, ok bool) {
	x, ok1 := luminance(a)
	y, ok2 := luminance(b)
	return ratio(x, y), ok1 && ok2
}

func ratio(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// luminance is WCAG's relative luminance.
func luminance(colour string) (float64, bool) {
	h, ok := strings.CutPrefix(strings.TrimSpace(colour), "#")
	if !ok {
		return 0, false
	}
	if len(h) == 3 {
		h = string([]byte{h[0], h[0], h[1], h[1], h[2], h[2]})
	}
	if len(h) != 6 {
		return 0, false
	}
	v, err := strconv.ParseUint(h, 16, 32)
	if err != nil {
		return 0, false
	}
	linear := func(shift uint) float64 {
		c := float64(v>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0), true
}
