package media

import (
	"fmt"
	"strings"
	"testing"
	"unicode"
	"unicode/utf16"
)

// hexText is a text string in UTF-16, in hexadecimal digits.
func hexText(s string) string {
	var b strings.Builder
	b.WriteString("<FEFF")
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, "%04X", u)
	}
	return b.String() + ">"
}

func octalText(s string) string {
	var b strings.Builder
	b.WriteString(`(\376\377`)
	for _, u := range utf16.Encode([]rune(s)) {
		fmt.Fprintf(&b, `\%03o\%03o`, u>>8, u&0xff)
	}
	return b.String() + ")"
}

// tableStream is a document whose table of objects is a stream, with more in its dictionary.
func tableStream(more string) []byte {
	b := []byte("%PDF-1.7\n")
	var rows strings.Builder
	row := func(kind byte, at int) { rows.Write([]byte{kind, byte(at >> 8), byte(at), 0}) }
	row(0, 0)
	for i, o := range pageObjects(plainText, "") {
		row(1, len(b))
		b = fmt.Appendf(b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := len(b)
	row(1, at)
	return fmt.Appendf(b, "5 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n", streamOf("/Type /XRef /Size 6 /W [1 2 1] /Root 1 0 R "+more, rows.String()), at)
}

// Document information that is written out in the trailer, or in the dictionary of a stream of tables, is read like any other.
func TestPDFTrailerText(t *testing.T) {
	for name, data := range map[string][]byte{
		"information":            pdfWith("/Info << /Title ("+secret+") >>", pageObjects(plainText, "")...),
		"in digits":              pdfWith("/Info << /Title "+hexText(secret)+" >>", pageObjects(plainText, "")...),
		"in octal digits":        pdfWith("/Info << /Author "+octalText(secret)+" >>", pageObjects(plainText, "")...),
		"of no standard":         pdfWith("/Kept "+hexText(secret), pageObjects(plainText, "")...),
		"in a list":              pdfWith("/ID ["+hexText(secret)+hexText(secret)+"]", pageObjects(plainText, "")...),
		"a name":                 pdfWith("/Info << /Trapped /"+strings.ReplaceAll(secret, "-", "#2D")+" >>", pageObjects(plainText, "")...),
		"stream of tables":       tableStream("/Info << /Title " + hexText(secret) + " >>"),
		"behind half a bracket":  pdfWith("/Size 5 >>\n% (\n[ ( trailer\n<< /Size 5 /Root 1 0 R /Info << /Title "+hexText(secret)+" >>", pageObjects(plainText, "")...),
		"information, no object": pdfWith("/Info 5 0 R", append(pageObjects(plainText, ""), "<< /Title "+hexText(secret)+" >>")...),
	} {
		if texts := textsOf(t, name, data); !strings.Contains(strings.Join(texts, "\n"), secret) {
			t.Errorf("%s: not in %q", name, texts)
		}
	}
}

// Whatever draws text is read, whether or not a page leads to it, and letters of which nothing tells the font are no fault there.
func TestPDFTextThatNoPageDraws(t *testing.T) {
	const text = "BT /F1 12 Tf 2 2 Td [(Wren) 1 (-Tamsin) 2 (-Harro) -3 (wgate)] TJ ET"
	pack := func(s string) string { return streamOf("/Filter /FlateDecode", deflate(s)) }
	font := "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
	type3 := "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /Encoding << /Differences [97 /a] >> /CharProcs << /a 6 0 R >> "
	for name, data := range map[string][]byte{
		"letters of a font":                   onePage("BT /F2 12 Tf (a) Tj ET", "/F2 5 0 R", type3+"/Resources << /Font << /F1 "+font+" >> >> >>", pack("100 0 d0 "+text)),
		"letters of a font, with its page's":  onePage("BT /F2 12 Tf (a) Tj ET", "/F2 5 0 R", type3+">>", pack("100 0 d0 "+text)),
		"a template":                          onePage(plainText, "", "<< /Type /Template /MediaBox [0 0 99 99] /Contents 6 0 R /Resources << /Font << /F1 "+font+" >> >> >>", pack(text)),
		"a content of no page":                onePage(plainText, "", pack(text)),
		"a content of no page, other fonts":   onePage(plainText, "", pack(strings.ReplaceAll(text, "F1", "Unknown"))),
		"a content of no page, bytes besides": onePage(plainText, "", pack(text+" (\xff\xfe) pop")),
	} {
		if texts := textsOf(t, name, data); !strings.Contains(strings.Join(texts, "\n"), secret) {
			t.Errorf("%s: not in %q", name, texts)
		}
	}
}

// Identifiers are no text: letters that they do not have are none that a reader misses, and what stands beside them is read.
func TestPDFBytesThatAreNoText(t *testing.T) {
	texts := textsOf(t, "identifiers", pdfWith(`/ID [<8D9D81> (`+"\x90\x8f"+secret+`)]`, pageObjects(plainText, "")...))
	all := strings.Join(texts, "\n")
	if strings.ContainsRune(all, unicode.ReplacementChar) || !strings.Contains(all, secret) {
		t.Errorf("%q", texts)
	}
}
