package pdf

import "strconv"

type matrix [6]float64

var unmoved = matrix{1, 0, 0, 1, 0, 0}

func (a matrix) times(b matrix) matrix {
	return matrix{a[0]*b[0] + a[1]*b[2], a[0]*b[1] + a[1]*b[3], a[2]*b[0] + a[3]*b[2], a[2]*b[1] + a[3]*b[3], a[4]*b[0] + a[5]*b[2] + b[4], a[4]*b[1] + a[5]*b[3] + b[5]}
}

func readMatrix(args []string) (m matrix) {
	for i := range min(6, len(args)) {
		m[i], _ = strconv.ParseFloat(args[i], 64)
	}
	return m
}

// cursor follows where letters are put on a page (ISO 32000-1, 8.3 and 9.4.2), and in which font.
type cursor struct {
	now, text matrix
	font      string // its name among the page's resources
	saved     []cursor
}

func newCursor() *cursor { return &cursor{now: unmoved, text: unmoved} }

func (c *cursor) follow(op operation) {
	switch op.name {
	case "q":
		c.saved = append(c.saved, cursor{now: c.now, font: c.font})
	case "Q":
		if n := len(c.saved); n > 0 {
			c.now, c.font, c.saved = c.saved[n-1].now, c.saved[n-1].font, c.saved[:n-1]
		}
	case "cm":
		c.now = readMatrix(op.args).times(c.now)
	case "BT":
		c.text = unmoved
	case "Tm":
		c.text = readMatrix(op.args)
	case "Td", "TD":
		if len(op.args) == 2 {
			c.text = readMatrix(append([]string{"1", "0", "0", "1"}, op.args...)).times(c.text)
		}
	case "Tf":
		c.font = named(op)
	}
}

// baseline is how high letters stand now, in points from the bottom of the page.
func (c *cursor) baseline() float64 { return c.text.times(c.now)[5] }
