package pdf

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"candour/internal/media"
)

// readable reports what of a page's text cannot be read out of its PDF. Chromium leaves some scripts without the map from
// shapes to letters: such a PDF looks right and says nothing.
func readable(raw []byte, text string) error {
	doc, err := open(raw)
	if err != nil {
		return err
	}
	// What the page draws alone counts, not what the outline or a title repeats.
	doc.info = nil
	for _, key := range []string{"Outlines", "StructTreeRoot", "Metadata", "Lang", "Dests", "Names"} {
		delete(doc.root, key)
	}
	missing := false
	for _, number := range doc.pages() {
		page := doc.dict(doc.objects[number])
		delete(page, "Annots")
		content, err := doc.content(page)
		if err != nil {
			return err
		}
		ops, err := operations(content)
		if err != nil {
			return err
		}
		missing = missing || slices.ContainsFunc(ops, undrawn)
	}
	bare, err := doc.write()
	if err != nil {
		return err
	}
	drawn := map[rune]bool{}
	texts, textsErr := media.Texts("page.pdf", bare) // with an error come those texts that can be read
	for _, t := range texts {
		if strings.ContainsRune(t, unicode.ReplacementChar) && !strings.ContainsRune(text, unicode.ReplacementChar) {
			// Elsewhere the letter may be known, in another font; here it would be left out.
			textsErr = &UnreadableError{}
		}
		for _, r := range norm.NFKD.String(t) {
			drawn[unicode.ToLower(r)] = true
		}
	}
	var lost []rune
	for _, r := range norm.NFKD.String(text) {
		if known := drawn[unicode.ToLower(r)] || drawn[unicode.ToUpper(r)]; !known && !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && !slices.Contains(lost, r) {
			lost = append(lost, r)
		}
	}
	if len(lost) == 0 {
		return textsErr
	}
	slices.Sort(lost)
	return &UnreadableError{Characters: lost[:min(len(lost), 8)], Missing: missing}
}

// undrawn reports whether letters are shown with the shape number nought, which stands for one that the font lacks.
func undrawn(op operation) bool {
	return op.name == "Tj" && len(op.args) == 1 && strings.HasPrefix(op.args[0], "<") && zeros(op.args[0])
}

func zeros(hex string) bool {
	digits := strings.Trim(hex, "<>")
	for i := 0; i+4 <= len(digits); i += 4 {
		if digits[i:i+4] == "0000" {
			return true
		}
	}
	return false
}
