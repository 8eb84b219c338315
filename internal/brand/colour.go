package brand

import (
	"fmt"
	"math"
	"strconv"
)

// lch is a colour by how light it looks (0 to 1), how vivid it is, and its hue in radians: Oklch, by which a colour can be
// made lighter and stay the same colour to the eye. https://bottosson.github.io/posts/oklab/
type lch struct{ l, c, h float64 }

// parse reads #rrggbb.
func parse(hex string) lch {
	v, _ := strconv.ParseUint(hex[1:], 16, 32)
	linear := func(shift uint) float64 {
		c := float64(v>>shift&0xff) / 255
		if c <= 0.04045 {
			return c / 12.92
		}
		return math.Pow((c+0.055)/1.055, 2.4)
	}
	r, g, b := linear(16), linear(8), linear(0)
	l := math.Cbrt(0.4122214708*r + 0.5363325363*g + 0.0514459929*b)
	m := math.Cbrt(0.2119034982*r + 0.6806995451*g + 0.1073969566*b)
	s := math.Cbrt(0.0883024619*r + 0.2817188376*g + 0.6299787005*b)
	x := 1.9779984951*l - 2.4285922050*m + 0.4505937099*s
	y := 0.0259040371*l + 0.7827717662*m - 0.8086757660*s
	return lch{0.2104542553*l + 0.7936177850*m - 0.0040720468*s, math.Hypot(x, y), math.Atan2(y, x)}
}

// rgb gives the amounts of light, linear and perhaps beyond what a screen can show.
func (p lch) rgb() [3]float64 {
	x, y := p.c*math.Cos(p.h), p.c*math.Sin(p.h)
	cube := func(v float64) float64 { return v * v * v }
	l := cube(p.l + 0.3963377774*x + 0.2158037573*y)
	m := cube(p.l - 0.1055613458*x - 0.0638541728*y)
	s := cube(p.l - 0.0894841775*x - 1.2914855480*y)
	return [3]float64{
		4.0767416621*l - 3.3077115913*m + 0.2309699292*s,
		-1.2684380046*l + 2.6097574011*m - 0.3413193965*s,
		-0.0041960863*l - 0.7034186147*m + 1.7076147010*s,
	}
}

// hex writes the colour as #rrggbb, less vivid where a screen cannot show it.
func (p lch) hex() string {
	p.l = min(max(p.l, 0), 1)
	for !p.shows() && p.c > 0.001 {
		p.c -= 0.002
	}
	out := "#"
	for _, v := range p.rgb() {
		v = min(max(v, 0), 1)
		if v <= 0.0031308 {
			v *= 12.92
		} else {
			v = 1.055*math.Pow(v, 1/2.4) - 0.055
		}
		out += fmt.Sprintf("%02x", int(math.Round(v*255)))
	}
	return out
}

func (p lch) shows() bool {
	for _, v := range p.rgb() {
		if v < -0.0005 || v > 1.0005 {
			return false
		}
	}
	return true
}

// nearest changes how light a colour is as little as it takes for passes to be true of it.
func nearest(p lch, passes func(hex string) bool) (hex string, ok bool) {
	const step = 1.0 / 400
	for d := 0.0; d <= 1; d += step {
		for _, l := range []float64{p.l - d, p.l + d} {
			if l < 0 || l > 1 {
				continue
			}
			if hex := (lch{l, p.c, p.h}).hex(); passes(hex) {
				return hex, true
			}
		}
	}
	return "", false
}
