package media

import (
	"bytes"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// written adds the strings and names that stand anywhere in a PDF outside its streams. Nearly all of them have been read as
// parts of objects; what no object has is the trailer, with document information that is written out there, and the
// dictionaries of the streams that hold tables and other objects.
func (c *collector) written(data []byte) {
	const mostBroken = 50
	lex := &lexer{data: data}
	for broken := 0; broken < mostBroken; {
		lex.skipSpace()
		from := lex.at
		token, ok := lex.next()
		if !ok {
			if !lex.broken {
				return
			}
			// A bracket without its other half: what stands behind it counts all the same.
			lex.at, lex.broken, broken = from+1, false, broken+1
			continue
		}
		eachName([]any{token}, c.add)
		eachString([]any{token}, func(s string) { c.addString([]byte(s)) })
		if token == operator("stream") {
			end := bytes.Index(data[lex.at:], []byte("endstream"))
			if end < 0 {
				return
			}
			lex.at += end
		}
	}
}

func eachName(args []any, do func(string)) {
	for _, a := range args {
		switch a := a.(type) {
		case nameToken:
			do(string(a))
		case []any:
			eachName(a, do)
		}
	}
}

// glyphs reads the procedures that draw the letters of a font (ISO 32000-1, 9.6.5): they may draw text in turn. One that
// takes the fonts of the page around it is left for [collector.loose].
func (c *collector) glyphs(d types.Dict) {
	resources := c.doc.dict(d["Resources"])
	if resources == nil {
		return
	}
	procedures := c.doc.dict(d["CharProcs"])
	for _, name := range slices.Sorted(maps.Keys(procedures)) {
		s, ok := c.doc.follow(procedures[name]).(types.StreamDict)
		if !ok {
			continue
		}
		c.used(procedures[name])
		data, err := content(s)
		if err != nil {
			c.fail(err)
		} else if bytes.Contains(data, []byte("BT")) {
			c.drawn(data, resources)
		}
	}
}

// used notes that a stream has been read as something that draws.
func (c *collector) used(o types.Object) {
	if ref, ok := o.(types.IndirectRef); ok {
		c.drew[int(ref.ObjectNumber)] = true
	}
}

// mostLoose is with how many sets of fonts a loose stream is tried.
const mostLoose = 8

// loose reads streams that look like the content of a page and belong to none: those of deleted pages, say. Nothing tells
// their fonts, so that those of every page are tried, and letters that cannot be read are no fault here.
func (c *collector) loose() {
	var sets []types.Dict
	seen := map[string]bool{}
	for _, number := range c.doc.order {
		if c.drew[number] {
			continue
		}
		s, ok := c.doc.follow(c.doc.objects[number]).(types.StreamDict)
		if !ok || c.doc.name(s.Dict["Subtype"]) == "Image" {
			continue
		}
		data, err := content(s)
		if err != nil || !drawsText(data) {
			continue
		}
		if sets == nil {
			sets = []types.Dict{{}}
			c.doc.eachDict(func(d types.Dict, _ *types.StreamDict) {
				fonts := c.doc.dict(c.doc.dict(d["Resources"])["Font"])
				if key := fonts.String(); len(fonts) > 0 && !seen[key] && len(sets) <= mostLoose {
					seen[key] = true
					sets = append(sets, fonts)
				}
			})
		}
		for _, fonts := range sets {
			c.follow(&contentReader{c: c, fonts: fonts, guess: true}, data)
		}
	}
}

// drawsText reports whether data has the operators that begin a text and show one.
func drawsText(data []byte) bool {
	i := bytes.Index(data, []byte("BT"))
	return i >= 0 && bytes.ContainsAny(data[i:], `(<`) &&
		(bytes.Contains(data[i:], []byte("Tj")) || bytes.Contains(data[i:], []byte("TJ")) || bytes.ContainsAny(data[i:], `'"`))
}
