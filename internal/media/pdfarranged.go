package media

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// A page may be painted in any order: the end of a line before its beginning, one column's line and then the other's. Readers
// of PDF go by where the letters stand, and so does a person, so that a content is read once more in that order.

// standing is a letter, or what one code draws, where it stands. Along and across are measured in the direction in which it is
// written and at a right angle to it, across downwards.
type standing struct {
	text                         string
	along, across, width, height float64
	angle                        int // of its line, in degrees
}

// mostStanding bounds the letters of one content that are put in order.
const mostStanding = 2_000_000

// stand notes a letter that has been shown, between two places of the text matrix.
func (r *contentReader) stand(text string, from, to matrix) {
	long := math.Hypot(from[0], from[1])
	if long == 0 || len(r.standing) >= mostStanding {
		return
	}
	if from[0] != r.turned[0] || from[1] != r.turned[1] {
		r.turned = [2]float64{from[0], from[1]}
		r.angle = int(math.Round(math.Atan2(from[1], from[0]) * 180 / math.Pi))
	}
	x, y := from[0]/long, from[1]/long
	s := standing{text: text, along: from[4]*x + from[5]*y, across: from[4]*y - from[5]*x, angle: r.angle,
		height: math.Hypot(from[2], from[3]) * math.Abs(r.size)}
	s.width = to[4]*x + to[5]*y - s.along
	if s.width < 0 { // letters that run to the left begin where they end
		s.along, s.width = s.along+s.width, -s.width
	}
	r.standing = append(r.standing, s)
}

// stretch is a part of a line without a wide gap.
type stretch struct {
	text                   string
	from, to, down, height float64
	angle, line            int
}

// stretches puts letters in order: by line, and by place on it.
func stretches(letters []standing) []stretch {
	slices.SortStableFunc(letters, func(a, b standing) int {
		return cmp.Or(cmp.Compare(a.angle, b.angle), cmp.Compare(a.across, b.across))
	})
	var list []stretch
	for line := 0; len(letters) > 0; line++ {
		first := letters[0]
		n := 1
		for n < len(letters) && letters[n].angle == first.angle && letters[n].across-first.across <= (first.height+letters[n].height)/4 {
			n++
		}
		row := letters[:n]
		letters = letters[n:]
		slices.SortStableFunc(row, func(a, b standing) int { return cmp.Compare(a.along, b.along) })
		list = append(list, stretchesOf(row, line)...)
	}
	return list
}

func stretchesOf(row []standing, line int) []stretch {
	var list []stretch
	var text strings.Builder
	var now stretch
	end := func() {
		if now.text = text.String(); strings.TrimSpace(now.text) != "" {
			list = append(list, now)
		}
		text.Reset()
	}
	for i, s := range row {
		gap := s.along - now.to
		switch {
		case i == 0 || gap > s.height:
			end()
			now = stretch{from: s.along, to: s.along, down: s.across, angle: s.angle, line: line}
		case s.text == row[i-1].text && s.along-row[i-1].along < s.width/3:
			continue // drawn twice, to look bold
		case gap > s.height/5:
			text.WriteByte(' ')
		}
		text.WriteString(s.text)
		now.to, now.height = max(now.to, s.along+s.width), max(now.height, s.height)
	}
	end()
	return list
}

// lines are the words line by line, with a space at every gap and with none.
func lines(list []stretch) (spaced, together string) {
	var a, b strings.Builder
	for i, s := range list {
		if i > 0 {
			between := byte(' ')
			if s.line != list[i-1].line {
				between = '\n'
				b.WriteByte('\n')
			}
			a.WriteByte(between)
		}
		a.WriteString(s.text)
		b.WriteString(strings.Join(strings.Fields(s.text), ""))
	}
	return a.String(), b.String()
}

// columns are the words with each stretch below the one that it stands under.
func columns(list []stretch) string {
	type column struct {
		last stretch
		text strings.Builder
	}
	var all, open []*column
	for _, s := range list {
		var under *column
		open = slices.DeleteFunc(open, func(c *column) bool {
			return c.last.angle != s.angle || s.down-c.last.down > 3*max(s.height, c.last.height)
		})
		best := 0.0
		for _, c := range open {
			if shared := min(c.last.to, s.to) - max(c.last.from, s.from); c.last.line != s.line && shared > best {
				under, best = c, shared
			}
		}
		if under == nil {
			under = &column{}
			all, open = append(all, under), append(open, under)
		} else {
			under.text.WriteByte('\n')
		}
		under.text.WriteString(s.text)
		under.last = s
	}
	var b strings.Builder
	for _, c := range all {
		b.WriteString(c.text.String())
		b.WriteString("\n\n")
	}
	return b.String()
}

// arranged adds the readings by place of what a content draws. On most pages they are what was read in the order of painting,
// and are not searched twice.
func (c *collector) arranged(r *contentReader) {
	list := stretches(r.standing)
	spaced, together := lines(list)
	plain := strings.Join(strings.Fields(r.placed.String()), " ")
	if strings.Join(strings.Fields(spaced), " ") != plain {
		c.add(spaced)
		c.add(together)
		c.add(dividedWord.ReplaceAllString(spaced, ""))
	}
	if beside := columns(list); strings.Join(strings.Fields(beside), " ") != plain {
		c.add(beside)
		c.add(dividedWord.ReplaceAllString(beside, ""))
	}
}
