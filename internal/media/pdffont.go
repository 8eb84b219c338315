package media

import (
	"fmt"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/text/encoding/charmap"
)

// font turns the codes of a content into letters.
type font struct {
	wide    bool // codes of two bytes
	unicode *cmap
	simple  [256]string
	utf16   bool // the codes are UTF-16 themselves
	widths  map[int]float64
	usual   float64 // width of all others
	symbols bool    // draws no letters
	shown   int
	unknown int
}

type glyph struct {
	text  string
	width float64 // in ems
}

// unreadable says that the font has drawn letters of which nobody can tell which they are. A gap here and there (a space, a
// bullet) is usual.
func (f *font) unreadable() bool { return !f.symbols && f.unknown > 0 && f.unknown*20 > f.shown }

// font returns the font of a reference or a dictionary; nil gives one that nobody can read.
func (c *collector) font(o types.Object) *font {
	key := ""
	if ref, ok := o.(types.IndirectRef); ok {
		key = fmt.Sprint(ref.ObjectNumber)
		if f := c.fonts[key]; f != nil {
			return f
		}
	}
	f := c.newFont(c.doc.dict(o))
	c.allFonts = append(c.allFonts, f)
	if key != "" {
		c.fonts[key] = f
	}
	return f
}

// guessed is the font of text of which nothing tells the font: its codes are the usual ones.
func (c *collector) guessed() *font {
	f := c.fonts["guessed"]
	if f == nil {
		f = &font{usual: 0.5, symbols: true}
		f.fill(func(b byte) rune { return charmap.Windows1252.DecodeByte(b) })
		c.fonts["guessed"] = f
	}
	return f
}

func (c *collector) newFont(d types.Dict) *font {
	f := &font{widths: map[int]float64{}, usual: 0.5}
	if d == nil {
		return f
	}
	if s, ok := c.doc.follow(d["ToUnicode"]).(types.StreamDict); ok {
		data, err := content(s)
		if err != nil {
			c.fail(err)
		}
		f.unicode = parseCMap(data)
	}
	if c.doc.name(d["Subtype"]) == "Type0" {
		c.compositeFont(f, d)
	} else {
		c.simpleFont(f, d)
	}
	return f
}

func (c *collector) compositeFont(f *font, d types.Dict) {
	f.wide, f.usual = true, 1
	encoding := c.doc.name(d["Encoding"])
	f.utf16 = f.unicode == nil && (strings.Contains(encoding, "UCS2") || strings.Contains(encoding, "UTF16"))
	if s, ok := c.doc.follow(d["Encoding"]).(types.StreamDict); ok && f.unicode != nil {
		if data, err := content(s); err == nil {
			f.unicode.lengths = parseCMap(data).lengths
		}
	}
	down := c.doc.array(d["DescendantFonts"])
	if len(down) == 0 {
		return
	}
	cid := c.doc.dict(down[0])
	if cid["DW"] != nil {
		f.usual = c.doc.number(cid["DW"]) / 1000
	}
	// W: "first [w w w]" or "first last w".
	w := c.doc.array(cid["W"])
	for i := 0; i+1 < len(w); {
		first := int(c.doc.number(w[i]))
		if list := c.doc.array(w[i+1]); list != nil {
			for k, v := range list {
				f.widths[first+k] = c.doc.number(v) / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(w) {
			break
		}
		for k := first; k <= int(c.doc.number(w[i+1])) && k-first < 1<<16; k++ {
			f.widths[k] = c.doc.number(w[i+2]) / 1000
		}
		i += 3
	}
}

// symbolFonts draw bullets, arrows and mathematics: those that every reader has, Word's, and TeX's.
var symbolFonts = []string{"Symbol", "ZapfDingbats", "Wingdings", "Webdings", "CMSY", "CMEX", "CMBSY", "MSAM", "MSBM", "LMMathSymbols"}

func (c *collector) simpleFont(f *font, d types.Dict) {
	first := int(c.doc.number(d["FirstChar"]))
	scale := 1.0 / 1000
	if m := c.doc.array(d["FontMatrix"]); len(m) == 6 { // Type 3
		scale = c.doc.number(m[0])
	}
	for i, v := range c.doc.array(d["Widths"]) {
		f.widths[first+i] = c.doc.number(v) * scale
	}
	base := c.doc.name(d["BaseFont"])
	if i := strings.IndexByte(base, '+'); i == 6 {
		base = base[7:]
	}
	f.symbols = f.unicode == nil && slices.ContainsFunc(symbolFonts, func(s string) bool { return strings.HasPrefix(base, s) })
	descriptor := c.doc.dict(d["FontDescriptor"])
	symbolic := int(c.doc.number(descriptor["Flags"]))&4 != 0
	embedded := descriptor["FontFile2"] != nil || descriptor["FontFile3"] != nil
	encoding := c.doc.name(d["Encoding"])
	differences := c.doc.dict(d["Encoding"])
	if differences != nil {
		encoding = c.doc.name(differences["BaseEncoding"])
	}
	switch {
	case encoding == "MacRomanEncoding":
		f.fill(func(b byte) rune { return charmap.Macintosh.DecodeByte(b) })
	case encoding == "WinAnsiEncoding":
		f.fill(func(b byte) rune { return charmap.Windows1252.DecodeByte(b) })
	case c.doc.name(d["Subtype"]) == "Type3", symbolic && embedded && c.doc.name(d["Subtype"]) == "TrueType" && differences == nil:
		// The codes mean what the font's maker chose, which nothing tells.
	default:
		f.fill(standardEncoding)
	}
	code := 0
	for _, o := range c.doc.array(differences["Differences"]) {
		switch o := c.doc.follow(o).(type) {
		case types.Integer:
			code = int(o)
		case types.Name:
			if code >= 0 && code < 256 {
				name, err := types.DecodeName(string(o))
				if err != nil {
					name = string(o)
				}
				f.simple[code] = glyphText(name)
			}
			code++
		}
	}
}

func (f *font) fill(letter func(byte) rune) {
	for i := range 256 {
		if r := letter(byte(i)); r != 0xfffd && (r >= ' ' || r == '\t') {
			f.simple[i] = string(r)
		}
	}
}

const unknownLetter = "\ufffd"

// decode returns the letters of a string, in order.
func (f *font) decode(raw string) []glyph {
	var list []glyph
	for len(raw) > 0 {
		size := 1
		if f.wide {
			size = 2
		}
		if f.wide && f.unicode != nil && f.unicode.lengths != nil {
			size = f.unicode.length(raw)
		}
		size = min(size, len(raw))
		code := 0
		for _, b := range []byte(raw[:size]) {
			code = code<<8 | int(b)
		}
		text := ""
		switch {
		case f.unicode != nil && f.unicode.letters[codeKey{size, code}] != "":
			text = f.unicode.letters[codeKey{size, code}]
		case f.utf16:
			text = utf16BE([]byte(raw[:size]))
		case !f.wide:
			text = f.simple[code]
		}
		f.shown++
		if text == "" {
			text = unknownLetter
			f.unknown++
		}
		width, ok := f.widths[code]
		if !ok {
			width = f.usual
		}
		list = append(list, glyph{text, width})
		raw = raw[size:]
	}
	return list
}

// cmap is a ToUnicode map.
type cmap struct {
	letters map[codeKey]string
	lengths []codeSpace // nil: two bytes always
}

type codeKey struct{ size, code int }

type codeSpace struct{ low, high string }

func (m *cmap) length(raw string) int {
	for n := 1; n <= 4 && n <= len(raw); n++ {
		for _, s := range m.lengths {
			if len(s.low) == n && s.low <= raw[:n] && raw[:n] <= s.high {
				return n
			}
		}
	}
	return 2
}

// parseCMap reads what there is to read; codes that it does not name count as unknown.
func parseCMap(data []byte) *cmap {
	m := &cmap{letters: map[codeKey]string{}}
	lex := &lexer{data: data}
	var args []any
	for {
		token, ok := lex.next()
		if !ok {
			return m
		}
		op, is := token.(operator)
		if !is {
			args = append(args, token)
			continue
		}
		switch op {
		case "endcodespacerange":
			for i := 0; i+1 < len(args); i += 2 {
				low, _ := args[i].(string)
				high, _ := args[i+1].(string)
				if len(low) > 0 && len(low) == len(high) {
					m.lengths = append(m.lengths, codeSpace{low, high})
				}
			}
		case "endbfchar":
			for i := 0; i+1 < len(args); i += 2 {
				from, _ := args[i].(string)
				m.set(from, 0, args[i+1], 0)
			}
		case "endbfrange":
			for i := 0; i+2 < len(args); i += 3 {
				m.setRange(args[i], args[i+1], args[i+2])
			}
		}
		args = args[:0]
	}
}

func (m *cmap) setRange(first, last, to any) {
	low, _ := first.(string)
	high, _ := last.(string)
	if len(low) == 0 || len(low) != len(high) {
		return
	}
	list, isList := to.([]any)
	for k := 0; k <= number(high)-number(low) && k < 1<<16; k++ {
		if !isList {
			m.set(low, k, to, k)
		} else if k < len(list) {
			m.set(low, k, list[k], 0)
		}
	}
}

// set maps a code to text, of which the last character is counted up.
func (m *cmap) set(from string, plus int, to any, up int) {
	raw, _ := to.(string)
	letters := []rune(utf16BE([]byte(raw)))
	if len(raw) == 1 {
		letters = []rune{rune(raw[0])}
	}
	if len(letters) == 0 || len(from) == 0 || len(from) > 4 {
		return
	}
	letters[len(letters)-1] += rune(up)
	m.letters[codeKey{len(from), number(from) + plus}] = string(letters)
}

func number(code string) int {
	n := 0
	for _, b := range []byte(code) {
		n = n<<8 | int(b)
	}
	return n
}
