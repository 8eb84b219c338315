package media

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"strings"
	"testing"
)

// secret is planted wherever a file can keep something. It is no one's name.
const secret = "Wren-Tamsin-Harrowgate"

func picture() image.Image {
	m := image.NewPaletted(image.Rect(0, 0, 9, 7), color.Palette{color.Black, color.White, color.RGBA{200, 30, 30, 255}})
	for i := range m.Pix {
		m.Pix[i] = uint8(i % 3)
	}
	return m
}

// tiff is an EXIF block with an orientation, an artist, a place and a thumbnail directory.
func tiff(order binary.AppendByteOrder, orientation uint16) []byte {
	head := "II*\x00"
	if order == binary.BigEndian {
		head = "MM\x00*"
	}
	put16 := func(b []byte, v uint16) []byte { return order.AppendUint16(b, v) }
	put32 := func(b []byte, v uint32) []byte { return order.AppendUint32(b, v) }
	const data = 8 + 2 + 3*12 + 4
	b := put32([]byte(head), 8)
	b = put16(b, 3)
	b = put16(put32(put16(put16(b, tagOrientation), 3), 1), orientation)
	b = put16(b, 0)
	b = put32(put32(put16(put16(b, 0x013b), 2), uint32(len(secret)+1)), data) // Artist
	gps := data + len(secret) + 1
	b = put32(put32(put16(put16(b, tagGPS), 4), 1), uint32(gps))
	b = put32(b, 0)
	b = append(append(b, secret...), 0)
	b = put16(b, 1)
	b = put32(put16(put16(b, 1), 2), 2) // GPSLatitudeRef
	b = append(b, 'N', 0, 0, 0)
	return put32(b, 0)
}

const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>` + secret + `</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>`

func plainJPEG(t testing.TB) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func segment(marker byte, payload string) []byte {
	b := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(payload)+2))
	return append(b, payload...)
}

// dirtyJPEG has everything that a camera, an editor and a phone leave.
func dirtyJPEG(t testing.TB, orientation uint16) []byte {
	plain := plainJPEG(t)
	jfif := "JFIF\x00\x01\x02\x01\x00\x60\x00\x60\x02\x02" + strings.Repeat(secret, 2)[:12]
	var extra []byte
	for _, s := range [][]byte{
		segment(mAPP0, jfif), segment(mAPP0, "JFXX\x00\x10"+secret), segment(mAPP1, "Exif\x00\x00"+string(tiff(binary.BigEndian, orientation))),
		segment(mAPP1, "http://ns.adobe.com/xap/1.0/\x00"+xmp), segment(0xe2, "ICC_PROFILE\x00\x01\x01"+secret),
		segment(0xed, "Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x1a\x1c\x02\x50\x00\x16"+secret), segment(mCOM, secret),
	} {
		extra = append(extra, s...)
	}
	out := slices.Concat(plain[:2], extra, plain[2:])
	return append(out, "\xff\xd8"+secret+"\xff\xd9"...)
}

func plainPNG(t testing.TB) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func pngChunk(name, body string) []byte { return appendPNG(nil, name, []byte(body)) }

// insertPNG puts chunks behind IHDR.
func insertPNG(plain []byte, chunks ...[]byte) []byte {
	return slices.Insert(bytes.Clone(plain), len(pngHeader)+25, slices.Concat(chunks...)...)
}

func dirtyPNG(t testing.TB, orientation uint16) []byte {
	return append(insertPNG(plainPNG(t), pngChunk("tEXt", "Author\x00"+secret), pngChunk("zTXt", "Comment\x00\x00"+secret),
		pngChunk("iTXt", "XML:com.adobe.xmp\x00\x00\x00\x00\x00"+xmp), pngChunk("eXIf", string(tiff(binary.LittleEndian, orientation))),
		pngChunk("tIME", "\x07\xea\x0b\x14\x12\x00\x00"), pngChunk("iCCP", secret+"\x00\x00x"), pngChunk("prVt", secret),
		pngChunk("gAMA", secret), pngChunk("pHYs", "\x00\x00\x0e\xc3\x00\x00\x0e\xc3\x01")), secret...)
}

// tinyWebP is one pixel, lossy.
const tinyWebP = "\x30\x01\x00\x9d\x01\x2a\x01\x00\x01\x00\x02\x00\x34\x25\xa4\x00\x03\x70\x00\xfe\xfb\xfd\x50\x00"

func webpOf(chunks ...string) []byte { // name, body, name, body
	var body []byte
	for i := 0; i < len(chunks); i += 2 {
		body = appendRIFF(body, chunks[i], []byte(chunks[i+1]))
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(out, "WEBP"...), body...)
}

func dirtyWebP(orientation uint16) []byte {
	flags := string([]byte{webpProfile | webpExif | webpXMP, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	return append(webpOf("VP8X", flags, "ICCP", secret, "VP8 ", tinyWebP, "EXIF", string(tiff(binary.LittleEndian, orientation)), "XMP ", xmp,
		"JUNK", secret), secret...)
}

func plainGIF(t testing.TB) []byte {
	var b bytes.Buffer
	m := picture().(*image.Paletted)
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{m, m}, Delay: []int{5, 5}}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func dirtyGIF(t testing.TB) []byte {
	plain := plainGIF(t)
	at := 13 + colourTable(plain[10])
	n := string(rune(len(secret)))
	extra := "\x21\xfe" + n + secret + "\x00" + "\x21\xff\x0bXMP DataXMP" + n + secret + "\x00" +
		"\x21\x01\x0c123456789012" + n + secret + "\x00" + "\x21\xff\x0bNETSCAPE2.0" + n + secret + "\x00"
	return append(slices.Insert(plain, at, []byte(extra)...), secret...)
}

func icoOf(pictures ...[]byte) []byte {
	b := []byte{0, 0, 1, 0, byte(len(pictures)), 0}
	at := 6 + 16*len(pictures) + len(secret)
	for _, p := range pictures {
		b = append(b, 9, 7, 0, 0, 1, 0, 32, 0)
		b = binary.LittleEndian.AppendUint32(b, uint32(len(p)))
		b = binary.LittleEndian.AppendUint32(b, uint32(at))
		at += len(p)
	}
	b = append(b, secret...)
	for _, p := range pictures {
		b = append(b, p...)
	}
	return append(b, secret...)
}

func bitmap() []byte {
	b := make([]byte, 40+2*(8+4))
	b[0], b[4], b[8], b[12], b[14] = 40, 2, 4, 1, 32
	return append(b, secret...)
}

func box(name string, body ...string) string {
	all := strings.Join(body, "")
	return string(binary.BigEndian.AppendUint32(nil, uint32(len(all)+8))) + name + all
}

// avifOf is the frame of an AVIF picture with items of the given types.
func avifOf(items ...string) []byte {
	var infos strings.Builder
	for i, item := range items {
		infos.WriteString(box("infe", "\x02\x00\x00\x00", string([]byte{0, byte(i + 1), 0, 0}), item, "Color\x00"))
	}
	meta := box("meta", "\x00\x00\x00\x00", box("hdlr", "\x00\x00\x00\x00\x00\x00\x00\x00pict", strings.Repeat("\x00", 13)),
		box("pitm", "\x00\x00\x00\x00\x00\x01"), box("iinf", "\x00\x00\x00\x00\x00"+string(rune(len(items))), infos.String()))
	return []byte(box("ftyp", "avif\x00\x00\x00\x00avifmif1") + meta + box("mdat", "picture"))
}

// pdfOf numbers the objects from 1 and writes the table. The first is the catalogue.
func pdfOf(objects ...string) []byte { return pdfWith("", objects...) }

func pdfWith(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var offsets []int
	for i, o := range objects {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	at := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, trailer, at)
	return b.Bytes()
}

func streamOf(dict, content string) string {
	return fmt.Sprintf("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(content), content)
}

// onePage is a document whose page draws content, with objects from 5 on that the page's resources may name. F1 is
// Helvetica.
func onePage(content, resources string, more ...string) []byte {
	return pdfOf(pageObjects(content, resources, more...)...)
}

func pageObjects(content, resources string, more ...string) []string {
	return append([]string{
		"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 595 842] >>",
		"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> " + resources + " >> >> >>",
		streamOf("", content)}, more...)
}
