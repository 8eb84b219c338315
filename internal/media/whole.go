package media

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"slices"
)

// plainDeclaration is an XML declaration that says nothing of whoever made the file.
var plainDeclaration = regexp.MustCompile(`^version=["']1\.[01]["'](\s+encoding=["'][uU][tT][fF]-8["'])?(\s+standalone=["'](yes|no)["'])?\s*$`)

// Whole reports whether Clean left nothing out of a file, so that the file itself may be given away as it was written.
// cleaned is what Clean made of it. A drawing is written anew by Clean, so it is compared token by token.
func Whole(name string, data, cleaned []byte) bool {
	if bytes.Equal(data, cleaned) {
		return true
	}
	if extension(name) != "svg" {
		return false
	}
	a, soundA := drawn(data)
	b, soundB := drawn(cleaned)
	return soundA && soundB && slices.EqualFunc(a, b, func(a, b xml.Token) bool {
		switch a := a.(type) {
		case xml.StartElement:
			b, ok := b.(xml.StartElement)
			return ok && a.Name == b.Name && slices.Equal(a.Attr, b.Attr)
		case xml.EndElement:
			b, ok := b.(xml.EndElement)
			return ok && a == b
		case xml.CharData:
			b, ok := b.(xml.CharData)
			return ok && bytes.Equal(a, b)
		}
		return false // a comment or an instruction
	})
}

// drawn are the tokens of a drawing, without its declaration and the space around it. What no reader of the drawing would
// see, such as a comment, is a token too.
func drawn(data []byte) (tokens []xml.Token, sound bool) {
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")))))
	depth := 0
	for {
		token, err := dec.RawToken()
		if token == nil {
			return tokens, errors.Is(err, io.EOF) && depth == 0
		}
		switch t := token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		case xml.ProcInst:
			if len(tokens) == 0 && t.Target == "xml" && plainDeclaration.Match(t.Inst) {
				continue
			}
		case xml.CharData:
			if depth == 0 && len(bytes.TrimSpace(t)) == 0 {
				continue
			}
		}
		tokens = append(tokens, xml.CopyToken(token))
	}
}
