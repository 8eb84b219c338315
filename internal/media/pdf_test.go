package media

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"strings"
	"testing"
)

const plainText = "BT /F1 12 Tf 72 700 Td (Call 01632 960000) Tj ET"

func TestPDFAllowed(t *testing.T) {
	data := onePage(plainText, "")
	out, problems := Clean("a.pdf", data)
	if problems != nil || !bytes.Equal(out, data) {
		t.Errorf("%v", problems)
	}
}

func TestPDFRefused(t *testing.T) {
	page := pageObjects(plainText, "")
	catalogue := func(more string, objects ...string) []byte {
		all := append([]string{"<< /Type /Catalog /Pages 2 0 R " + more + " >>"}, page[1:]...)
		return pdfOf(append(all, objects...)...)
	}
	good := pdfOf(page...)
	update := append(bytes.Clone(good), "4 0 obj\n"+streamOf("", "BT ET")+"\nendobj\nxref\n4 1\n"+
		fmt.Sprintf("%010d 00000 n \ntrailer\n<< /Size 5 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n", len(good), bytes.LastIndex(good, []byte("xref\n0")), len(good)+len(streamOf("", "BT ET"))+16)...)
	orphan := bytes.Replace(bytes.Clone(good), []byte("xref\n0"), []byte("9 0 obj\n("+secret+")\nendobj\nxref\n0"), 1)
	orphan = bytes.Replace(orphan, fmt.Appendf(nil, "startxref\n%d", bytes.LastIndex(good, []byte("xref\n0"))), fmt.Appendf(nil, "startxref\n%d", bytes.LastIndex(orphan, []byte("xref\n0"))), 1)
	photo := slicesConcat(plainJPEG(t)[:2], segment(mAPP1, "Exif\x00\x00"+string(tiff(binary.BigEndian, 1))), plainJPEG(t)[2:])
	cases := map[string]struct {
		data []byte
		want string
	}{
		"JavaScript":       {catalogue("/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), "JavaScript"},
		"JavaScript names": {catalogue("/Names << /JavaScript << /Names [(a) 5 0 R] >> >>", "<< /S /JavaScript /JS (x) >>"), "JavaScript"},
		"launch":           {catalogue("/OpenAction << /S /Launch /F (cmd.exe) >>"), "starts a program"},
		"attachment":       {catalogue("/Names << /EmbeddedFiles << /Names [(a) << /Type /Filespec /F (a) /EF << /F 5 0 R >> >>] >> >>", streamOf("/Type /EmbeddedFile", secret)), "files attached"},
		"form":             {catalogue("/OpenAction << /S /SubmitForm /F (https://x.example/) >>"), "sends a form"},
		"XFA":              {catalogue("/AcroForm << /Fields [] /XFA 5 0 R >>", streamOf("", "<xdp/>")), "XFA"},
		"redaction":        {catalogue("", "<< /Type /Annot /Subtype /Redact /Rect [0 0 1 1] >>"), "has not been applied"},
		"film":             {catalogue("", "<< /Type /Annot /Subtype /RichMedia /Rect [0 0 1 1] >>"), "plays media"},
		"private data":     {catalogue("/PieceInfo << /Illustrator << /Private << /AIPrivateData1 5 0 R >> >> >>", streamOf("", "x")), "own copy"},
		"encrypted":        {pdfWith("/Encrypt << /Filter /Standard /V 1 /R 2 /O (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx) /U (xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx) /P -4 >> /ID [(a) (a)]", page...), "encrypted"},
		"earlier version":  {update, "earlier versions"},
		"orphan":           {orphan, "no longer belong"},
		"place":            {catalogue("", streamOf("/Type /XObject /Subtype /Image /Width 9 /Height 7 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", string(photo))), "where it was taken"},
		"no end":           {bytes.TrimSuffix(good, []byte("%%EOF\n")), "damaged"},
		"no objects":       {[]byte("%PDF-1.7\n%%EOF"), "damaged"},
	}
	for name, c := range cases {
		out, problems := Clean("a.pdf", c.data)
		if out != nil || len(problems) == 0 || !strings.Contains(problems[0].Message, c.want) || problems[0].Hint == "" {
			t.Errorf("%s: %v, want %q", name, problems, c.want)
		}
		for _, p := range problems {
			if strings.Contains(p.Message+p.Hint, secret) {
				t.Errorf("%s: %v quotes the document", name, p)
			}
		}
	}
}

func slicesConcat(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func textsOf(t *testing.T, name string, data []byte) []string {
	t.Helper()
	if _, problems := Clean("a.pdf", data); problems != nil {
		t.Errorf("%s: %v", name, problems)
	}
	texts, err := Texts("a.pdf", data)
	if err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return texts
}

func deflate(s string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	w.Write([]byte(s))
	w.Close()
	return b.String()
}

// Whichever way a page draws a text, one of the readings has it whole.
func TestPDFPageText(t *testing.T) {
	const number = "01632 960000"
	wide := "<< /Type /Font /Subtype /Type0 /BaseFont /AAAAAA+X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /AAAAAA+X /DW 500 /W [1 [500 500] 3 12 500] >>] /ToUnicode 6 0 R >>"
	toUnicode := streamOf("", "1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <0020> endbfchar 2 beginbfrange <0002> <000b> <0030> <000c> <000d> [<0041> <0066006c>] endbfrange")
	code := func(s string) string {
		var b strings.Builder
		for _, c := range s {
			if c == ' ' {
				b.WriteString("0001")
			} else {
				fmt.Fprintf(&b, "%04x", c-'0'+2)
			}
		}
		return "<" + b.String() + ">"
	}
	var letters, letterMatrices, kerned strings.Builder
	for i, c := range "01632960000" {
		fmt.Fprintf(&letters, "(%c) Tj 6.7 0 Td ", c)
		fmt.Fprintf(&letterMatrices, "BT 12 0 0 12 %d 700 Tm /F1 1 Tf (%c) Tj ET ", 72+7*i, c)
		fmt.Fprintf(&kerned, "(%c) %d ", c, -20*(i%3))
	}
	cases := map[string][]byte{
		"plain":             onePage(plainText, ""),
		"in pieces":         onePage("BT /F1 12 Tf (016) Tj (32 96) Tj (0000) Tj ET", ""),
		"kerned":            onePage("BT /F1 12 Tf ["+kerned.String()+"] TJ ET", ""),
		"letter by letter":  onePage("BT /F1 12 Tf 72 700 Td "+letters.String()+"ET", ""),
		"block by block":    onePage(letterMatrices.String(), ""),
		"next line":         onePage(`BT /F1 12 Tf 14 TL (Tel.) ' 1 0 (01632 960000) " ET`, ""),
		"hexadecimal":       onePage("BT /F1 12 Tf <3031363332 20 393630303030> Tj ET", ""),
		"octal":             onePage(`BT /F1 12 Tf (\060\061632\040960000) Tj ET`, ""),
		"after a picture":   onePage("BI /W 2 /H 2 /BPC 8 /CS /G ID \x00( EI\xff EI BT /F1 12 Tf (01632 960000) Tj ET", ""),
		"behind a box":      onePage(plainText+" 0 g 70 690 200 30 re f", ""),
		"drawn invisibly":   onePage("BT 3 Tr /F1 12 Tf (01632 960000) Tj ET", ""),
		"wide codes":        onePage("BT /F2 12 Tf "+code(number)+" Tj ET", "/F2 5 0 R", wide, toUnicode),
		"packed":            pdfOf(append(pageObjects("", "")[:3], streamOf("/Filter /FlateDecode", deflate(plainText)))...),
		"two contents":      pdfOf(append(append(pageObjects("", "")[:2], strings.Replace(pageObjects("", "")[2], "4 0 R", "[4 0 R 5 0 R]", 1)), streamOf("", "BT /F1 12 Tf (0163) Tj"), streamOf("", "(2 960000) Tj ET"))...),
		"form":              pdfOf(append(pageObjects("/X Do", ""), streamOf("/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /Font << /G << /Type /Font /Subtype /Type1 /BaseFont /Courier >> >> >>", "BT /G 9 Tf (01632 960000) Tj ET"))...),
		"glyph names":       onePage("BT /F2 12 Tf (\x01\x02\x03\x04\x05\x06\x07\x03\x01\x01\x01\x01) Tj ET", "/F2 5 0 R", "<< /Type /Font /Subtype /Type1 /BaseFont /BBBBBB+Y /Encoding << /Differences [1 /zero /one /six /three /two /space /uni0039] >> >>"),
		"alternative text":  onePage("/Span << /ActualText (01632 960000) >> BDC EMC", ""),
		"document info":     pdfWith("/Info 5 0 R", pageObjects("", "", "<< /Title (01632 960000) >>")...),
		"info in UTF-16":    pdfWith("/Info 5 0 R", pageObjects("", "", "<< /Author <FEFF00300031003600330032002000390036003000300030 0030> >>")...),
		"outline":           onePage("", "", "<< /Title (01632 960000) /Parent 1 0 R >>"),
		"link":              onePage("", "", "<< /Type /Annot /Subtype /Link /Rect [0 0 1 1] /A << /S /URI /URI (tel:01632960000) >> >>"),
		"note":              onePage("", "", "<< /Type /Annot /Subtype /Text /Rect [0 0 1 1] /Contents (01632 960000) >>"),
		"field":             onePage("", "", "<< /FT /Tx /T (phone) /V (01632 960000) >>"),
		"destination":       onePage("", "", "<< /Dests << /01632#20960000 [3 0 R /Fit] >> >>"),
		"XMP":               onePage("", "", streamOf("/Type /Metadata /Subtype /XML", "<x><b>01632</b> <b>960000</b></x>")),
		"photograph's note": onePage("", "", streamOf("/Type /XObject /Subtype /Image /Width 9 /Height 7 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", string(slicesConcat(plainJPEG(t)[:2], segment(mCOM, number), plainJPEG(t)[2:])))),
	}
	for name, data := range cases {
		found := false
		texts := textsOf(t, name, data)
		for _, text := range texts {
			found = found || strings.Contains(strings.Join(strings.Fields(text), ""), "01632960000")
		}
		if !found {
			t.Errorf("%s: not in %q", name, texts)
		}
	}
}

// Where letters stand says where words end, whether or not anybody drew a space.
func TestPDFWords(t *testing.T) {
	wide := "<< /Type /Font /Subtype /TrueType /BaseFont /Z /Encoding /WinAnsiEncoding /FirstChar 32 /LastChar 126 /Widths [" + strings.Repeat("500 ", 95) + "] >>"
	cases := map[string]string{
		"spaces":        "(plan for the night) Tj",
		"by position":   "(plan) Tj 23 0 Td (for) Tj 18 0 Td (the) Tj 18 0 Td (night) Tj",
		"by kerning":    "[(plan) -300 (for) -300 (the) -300 (ni) 20 (ght)] TJ",
		"by line":       "(plan) Tj 0 -12 Td (for) Tj T* 0 -12 Td (the) Tj 0 -12 Td (night) Tj",
		"divided word":  "(plan for the ni-) Tj 0 -12 Td (ght) Tj",
		"each letter":   "(p) Tj 5 0 Td (l) Tj 5 0 Td (a) Tj 5 0 Td (n) Tj 8 0 Td (for the night) Tj",
		"scaled matrix": "/F2 1 Tf 10 0 0 10 0 0 Tm (plan) Tj 10 0 0 10 23 0 Tm (for) Tj 10 0 0 10 41 0 Tm (the) Tj 10 0 0 10 59 0 Tm (night) Tj",
		"turned":        "0 1 -1 0 0 0 Tm (plan) Tj 23 0 Td (for) Tj 18 0 Td (the) Tj 18 0 Td (night) Tj",
	}
	for name, content := range cases {
		texts := textsOf(t, name, onePage("BT /F2 10 Tf "+content+" ET", "/F2 5 0 R", wide))
		found := false
		for _, text := range texts {
			found = found || strings.Join(strings.Fields(text), " ") == "plan for the night"
		}
		if !found {
			t.Errorf("%s: %q", name, texts)
		}
	}
}

// A font that does not say which letters it draws cannot be checked.
func TestPDFUnreadable(t *testing.T) {
	cases := map[string][]byte{
		"no map":          onePage("BT /F2 12 Tf <00010002> Tj ET", "/F2 5 0 R", "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X >>] >>"),
		"drawn letters":   onePage("BT /F2 12 Tf (ab) Tj ET", "/F2 5 0 R", "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /CharProcs << >> /Encoding << /Differences [97 /g1 /g2] >> /FirstChar 97 /LastChar 98 /Widths [1 1] >>"),
		"no font":         onePage("BT (ab) Tj /F9 12 Tf (ab) Tj ET", ""),
		"broken content":  onePage("BT /F1 12 Tf (ab Tj ET", ""),
		"unknown filter":  pdfOf(append(pageObjects("", "")[:3], streamOf("/Filter /FlateDecode", "not packed"))...),
		"not a PDF":       []byte("%PDF-1.7 x"),
		"symbolic subset": onePage("BT /F2 12 Tf (ab) Tj ET", "/F2 5 0 R", "<< /Type /Font /Subtype /TrueType /BaseFont /CCCCCC+Q /FontDescriptor << /Flags 4 /FontFile2 6 0 R >> >>", streamOf("/Length1 1", "x")),
	}
	for name, data := range cases {
		if texts, err := Texts("a.pdf", data); err == nil {
			t.Errorf("%s: read as %q", name, texts)
		}
	}
	if _, err := Texts("a.pdf", onePage("BT /F2 12 Tf <6c> Tj ET", "/F2 5 0 R", "<< /Type /Font /Subtype /Type1 /BaseFont /ZapfDingbats >>")); err != nil {
		t.Errorf("bullets: %v", err)
	}
}

func FuzzPDFContent(f *testing.F) {
	f.Add("BT /F1 12 Tf (x) Tj [(a) -200 <62>] TJ ET")
	f.Add("BI /W 1 ID \x00 EI q 1 0 0 1 0 0 cm Q")
	f.Fuzz(func(t *testing.T, content string) {
		r := &contentReader{c: &collector{doc: &document{}, seen: map[string]bool{}, fonts: map[string]*font{}}}
		r.read([]byte(content))
		parseCMap([]byte(content))
	})
}
