package media

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// pdfTexts returns every text of a document: what its pages, forms, notes and patterns draw, and every string and name in
// any object, which takes in the document information, the outline, links, notes, form fields, alternative text, layers
// and destinations without knowing them by name. What draws text in letters that cannot be read is an error.
func pdfTexts(data []byte) ([]string, error) {
	r, err := pdfReading(data)
	return append(r.Shown, r.Other...), err
}

func pdfReading(data []byte) (Reading, error) {
	doc, problems := openPDF(data)
	if problems != nil {
		return Reading{}, fmt.Errorf("the PDF cannot be read: %s", problems[0].Message)
	}
	c := &collector{doc: doc, seen: map[string]bool{}, fonts: map[string]*font{}, drew: map[int]bool{}}
	for _, number := range doc.order {
		c.object(number, doc.objects[number])
	}
	for _, f := range c.allFonts {
		if f.unreadable() && c.err == nil {
			c.err = fmt.Errorf("the PDF has text in a font that does not say which letters it draws")
		}
	}
	c.guessing = true
	c.loose()
	c.written(data)
	return Reading{Shown: c.shown, Other: c.texts}, c.err
}

type collector struct {
	doc      *document
	texts    []string
	shown    []string
	seen     map[string]bool
	fonts    map[string]*font // by object
	allFonts []*font
	drew     map[int]bool // streams that have been read as something that draws
	forms    int          // drawn within others
	guessing bool         // what is read may be no text at all, so that a letter which cannot be read is none that is missing
	err      error
}

func (c *collector) add(text string) {
	if c.guessing {
		text = strings.ReplaceAll(text, string(unicode.ReplacementChar), " ")
	}
	if text = strings.TrimSpace(text); text != "" && !c.seen[text] {
		c.seen[text] = true
		c.texts = append(c.texts, text)
	}
}

// show adds words that somebody reads or hears.
func (c *collector) show(text string) {
	if text = strings.TrimSpace(text); text != "" && !c.seen[text] {
		c.seen[text] = true
		c.shown = append(c.shown, text)
	}
}

func (c *collector) fail(err error) {
	if c.err == nil {
		c.err = err
	}
}

func (c *collector) object(number int, o types.Object) {
	eachObject(o, 0, func(o types.Object, stream *types.StreamDict) {
		switch o := o.(type) {
		case types.StringLiteral:
			raw, err := types.Unescape(string(o))
			if err != nil {
				c.fail(errPDF)
				return
			}
			c.addString(raw)
		case types.HexLiteral:
			digits := strings.Join(strings.Fields(string(o)), "")
			if len(digits)%2 == 1 {
				digits += "0"
			}
			raw, err := hex.DecodeString(digits)
			if err != nil {
				c.fail(errPDF)
				return
			}
			c.addString(raw)
		case types.Name:
			name, err := types.DecodeName(string(o))
			if err != nil {
				name = string(o)
			}
			c.add(name)
		case types.Dict:
			switch {
			case stream != nil:
				c.stream(number, stream)
			case c.doc.name(o["Type"]) == "Page", c.doc.name(o["Type"]) == "Template":
				c.page(o)
			case c.doc.name(o["Subtype"]) == "Type3":
				c.glyphs(o)
			}
		}
	})
}

// addString adds a text string (ISO 32000-1, 7.9.2.2), or what a byte string may be taken for.
func (c *collector) addString(raw []byte) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xfe, 0xff}):
		c.show(utf16BE(raw[2:]))
	case bytes.HasPrefix(raw, []byte{0xff, 0xfe}):
		c.show(utf16LE(raw[2:]))
	case utf8.Valid(raw):
		c.show(strings.TrimPrefix(string(raw), "\ufeff"))
	default:
		c.add(windows(raw))
	}
}

// page reads what a page draws. Its parts are one content, wherever they are cut.
func (c *collector) page(page types.Dict) {
	var all []byte
	parts := c.doc.array(page["Contents"])
	if parts == nil {
		parts = types.Array{page["Contents"]}
	}
	for _, part := range parts {
		s, ok := c.doc.follow(part).(types.StreamDict)
		if !ok {
			continue
		}
		data, err := content(s)
		if err != nil {
			c.fail(err)
			continue
		}
		c.used(part)
		all = append(append(all, data...), '\n')
	}
	// Resources are inherited as a whole, but readers look further up for what is missing in them.
	merged := types.Dict{"Font": types.Dict{}, "ExtGState": types.Dict{}, "XObject": types.Dict{}}
	for up, depth := page, 0; up != nil && depth < 100; up, depth = c.doc.dict(up["Parent"]), depth+1 {
		for kind, into := range merged {
			for name, o := range c.doc.dict(c.doc.dict(up["Resources"])[kind]) {
				if into := into.(types.Dict); into[name] == nil {
					into[name] = o
				}
			}
		}
	}
	c.drawn(all, merged)
}

var (
	tags        = regexp.MustCompile(`<[^>]*>`)
	dividedWord = regexp.MustCompile("[-\u00ad] *\n *")
)

func (c *collector) stream(number int, s *types.StreamDict) {
	kind, sub := c.doc.name(s.Dict["Type"]), c.doc.name(s.Dict["Subtype"])
	if sub == "Image" {
		segments, _ := jpegMetadata(c.doc.rawJPEG(s))
		for _, text := range segments {
			c.add(text)
		}
		return
	}
	data, err := content(*s)
	if err != nil {
		c.fail(err)
		return
	}
	switch {
	case sub == "Form" || c.doc.number(s.Dict["PatternType"]) == 1:
		c.drew[number] = true
		c.drawn(data, c.doc.dict(s.Dict["Resources"]))
	case kind == "Metadata":
		text := string(data)
		if bytes.IndexByte(data, 0) >= 0 {
			text = printable(data)
		}
		c.add(text)
		c.add(tags.ReplaceAllString(text, " "))
	case utf8.Valid(data):
		// A page's content comes here a second time, and in pieces; what else is text may say anything.
		if s.Dict["Length1"] == nil && !bytes.Contains(data, []byte("begincmap")) {
			c.add(string(data))
		}
	}
}

// drawn adds what a content draws, in several readings: by where the letters stand, in the order in which they are
// painted (and again with words whole that a line end divides) and in that of lines and columns, one piece after the other with
// spaces, and all run together. A number whose digits are placed one by one is
// found in one of them.
func (c *collector) drawn(data []byte, resources types.Dict) {
	reader := &contentReader{c: c, fonts: c.doc.dict(resources["Font"]), state: c.doc.dict(resources["ExtGState"]), forms: c.doc.dict(resources["XObject"])}
	if !c.follow(reader, data) {
		c.fail(errPDF)
	}
}

// follow adds what a reader finds; it returns false if the content cannot be followed to its end.
func (c *collector) follow(reader *contentReader, data []byte) bool {
	whole := reader.read(data)
	if reader.guess {
		c.add(reader.placed.String())
	} else {
		c.show(reader.placed.String())
	}
	c.add(dividedWord.ReplaceAllString(reader.placed.String(), ""))
	c.add(reader.apart.String())
	c.add(reader.together.String())
	c.arranged(reader)
	return whole
}
