package pdf

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf16"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Chromium leaves out many of the spaces at which it breaks a line. What is drawn looks the same, and somebody who hears the
// PDF hears "two tothree". The page says where there is a space; its shape, which paints nothing, is drawn there.

// drawnLine is what is drawn on one line, in the order in which it is drawn.
type drawnLine struct {
	text  string
	page  int    // in the order of the document
	end   int    // in the page's content: where its last letters have been drawn
	space string // the code of a space in the font of its last letters; "" where the font has none
}

// drawn collects the lines of pages.
type drawn struct {
	lines    []drawnLine
	baseline float64
}

// spaces draws the spaces that are missing between one line and the next. contents are those of the pages.
func (m *mender) spaces(pages []int, contents [][]byte) error {
	text := strings.Join(strings.Fields(m.about.Text), " ")
	if text == "" {
		return nil
	}
	var l drawn
	for i, number := range pages {
		ops, err := operations(contents[i])
		if err != nil {
			return err
		}
		l.read(i, ops, m.doc.fontLetters(m.doc.dict(m.doc.dict(m.doc.objects[number])["Resources"])))
	}
	edits := make([][]edit, len(pages))
	for i, line := range l.lines[:max(len(l.lines)-1, 0)] {
		if line.space != "" && apart(line.text, l.lines[i+1].text, text) {
			edits[line.page] = append(edits[line.page], edit{line.end, line.end, "\n" + line.space + " Tj"})
		}
	}
	for i := range pages {
		contents[i] = apply(contents[i], edits[i])
	}
	return nil
}

// apart reports whether there is a space in a page's text between the end of a line and the beginning of the next. Addresses
// that paper alone shows behind the words of a link are not in the text.
func apart(line, next, text string) bool {
	if line == "" || next == "" || strings.HasSuffix(line, " ") || strings.HasPrefix(next, " ") {
		return false
	}
	last, first := line[strings.LastIndexByte(line, ' ')+1:], next
	if i := strings.IndexByte(next, ' '); i >= 0 {
		first = next[:i]
	}
	address := func(word string) bool { return strings.Contains(word, "://") || strings.HasSuffix(word, "/)") }
	switch {
	case strings.HasPrefix(first, "(") && address(first):
		return true
	case address(last) && !strings.Contains(text, last):
		return strings.HasSuffix(last, ")") && strings.Contains(text, " "+first)
	}
	return strings.Contains(text, last+" "+first)
}

// read takes up the lines of a page. Decoration is no text.
func (l *drawn) read(page int, ops []operation, fonts map[string]letterMap) {
	now := newCursor()
	var open []bool // whether it is decoration
	hidden := 0
	for _, op := range ops {
		switch op.name {
		case "BMC", "BDC":
			artifact := len(op.args) > 0 && op.args[0] == "/Artifact"
			if open = append(open, artifact); artifact {
				hidden++
			}
		case "EMC":
			if n := len(open); n > 0 {
				if open[n-1] {
					hidden--
				}
				open = open[:n-1]
			}
		case "Tj":
			if hidden == 0 && len(op.args) == 1 {
				l.letters(page, op, fonts[now.font], now.baseline())
			}
		default:
			now.follow(op)
		}
	}
}

// letters adds what an operator shows. Letters of one line may differ by a point or so in their height.
func (l *drawn) letters(page int, op operation, font letterMap, baseline float64) {
	n := len(l.lines)
	if n == 0 || l.lines[n-1].page != page || baseline-l.baseline > 4 || l.baseline-baseline > 4 {
		l.lines = append(l.lines, drawnLine{page: page})
		n++
	}
	l.baseline = baseline
	line := &l.lines[n-1]
	line.text += font.text(op.args[0])
	line.end, line.space = op.to, font.space
}

// letterMap says which letters the codes of a font are.
type letterMap struct {
	letters map[string]string // by the code, four hexadecimal digits in capitals
	space   string            // the code of a space, as it is shown
}

func (f letterMap) text(shown string) string {
	var b strings.Builder
	digits := strings.ToUpper(strings.Trim(shown, "<>"))
	for i := 0; i+4 <= len(digits); i += 4 {
		b.WriteString(f.letters[digits[i:i+4]])
	}
	return b.String()
}

var (
	mapChars  = regexp.MustCompile(`(?s)beginbfchar(.*?)endbfchar`)
	mapRanges = regexp.MustCompile(`(?s)beginbfrange(.*?)endbfrange`)
	mapPair   = regexp.MustCompile(`<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>`)
	mapTriple = regexp.MustCompile(`<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>`)
)

// fontLetters reads the maps of a page's fonts (ISO 32000-1, 9.10.3), as Chromium writes them.
func (doc *document) fontLetters(resources types.Dict) map[string]letterMap {
	fonts := map[string]letterMap{}
	for name, ref := range doc.dict(resources["Font"]) {
		f := letterMap{letters: map[string]string{}}
		fonts[name] = f
		s, ok := doc.follow(doc.dict(ref)["ToUnicode"]).(types.StreamDict)
		if !ok {
			continue
		}
		data, err := unpacked(s)
		if err != nil {
			continue
		}
		for _, block := range mapChars.FindAllSubmatch(data, -1) {
			for _, pair := range mapPair.FindAllSubmatch(block[1], -1) {
				f.letters[strings.ToUpper(string(pair[1]))] = utf16Text(string(pair[2]), 0)
			}
		}
		for _, block := range mapRanges.FindAllSubmatch(data, -1) {
			for _, triple := range mapTriple.FindAllSubmatch(block[1], -1) {
				from, _ := strconv.ParseUint(string(triple[1]), 16, 16)
				to, _ := strconv.ParseUint(string(triple[2]), 16, 16)
				for code := from; code <= to; code++ {
					f.letters[hex4(code)] = utf16Text(string(triple[3]), uint16(code-from))
				}
			}
		}
		for code, letter := range f.letters {
			if letter == " " && (f.space == "" || "<"+code+">" < f.space) {
				f.space = "<" + code + ">"
			}
		}
		fonts[name] = f
	}
	return fonts
}

func hex4(n uint64) string {
	digits := strings.ToUpper(strconv.FormatUint(n, 16))
	return strings.Repeat("0", max(4-len(digits), 0)) + digits
}

// utf16Text reads hexadecimal UTF-16, with something added to the last unit.
func utf16Text(digits string, add uint16) string {
	var units []uint16
	for i := 0; i+4 <= len(digits); i += 4 {
		n, _ := strconv.ParseUint(digits[i:i+4], 16, 16)
		units = append(units, uint16(n))
	}
	if len(units) > 0 {
		units[len(units)-1] += add
	}
	return string(utf16.Decode(units))
}
