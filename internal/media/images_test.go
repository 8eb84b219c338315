package media

import (
	"bytes"
	"encoding/binary"
	"image"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/bep/imagemeta"
	_ "golang.org/x/image/webp"
)

// tagsOf asks another reader which metadata a picture has.
func tagsOf(t *testing.T, format imagemeta.ImageFormat, data []byte) []string {
	t.Helper()
	var names []string
	_, err := imagemeta.Decode(imagemeta.Options{R: bytes.NewReader(data), ImageFormat: format,
		Sources: imagemeta.EXIF | imagemeta.IPTC | imagemeta.XMP,
		HandleTag: func(ti imagemeta.TagInfo) error {
			names = append(names, ti.Tag)
			return nil
		}})
	if err != nil && err != io.EOF {
		t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func TestPicturesLoseMetadata(t *testing.T) {
	cases := []struct {
		name         string
		format       imagemeta.ImageFormat
		plain, dirty func(orientation uint16) []byte
	}{
		{"a.jpg", imagemeta.JPEG, func(uint16) []byte { return plainJPEG(t) }, func(o uint16) []byte { return dirtyJPEG(t, o) }},
		{"a.png", imagemeta.PNG, func(uint16) []byte { return plainPNG(t) }, func(o uint16) []byte { return dirtyPNG(t, o) }},
		{"a.webp", imagemeta.WebP, func(uint16) []byte { return webpOf("VP8 ", tinyWebP) }, dirtyWebP},
	}
	for _, c := range cases {
		for _, orientation := range []uint16{0, 1, 6, 9} {
			dirty := c.dirty(orientation)
			if !slices.Contains(tagsOf(t, c.format, dirty), "Artist") {
				t.Fatalf("%s: the fixture has no artist", c.name)
			}
			if _, err := Texts(c.name, dirty); err == nil {
				t.Errorf("%s: a picture with metadata passes the audit", c.name)
			}
			out, problems := Clean(c.name, dirty)
			if problems != nil {
				t.Fatalf("%s: %v", c.name, problems)
			}
			if bytes.Contains(out, []byte(secret)) {
				t.Errorf("%s: the secret is still there", c.name)
			}
			var want []string
			if orientation == 6 {
				want = []string{"Orientation"}
			}
			if got := tagsOf(t, c.format, out); !slices.Equal(got, want) {
				t.Errorf("%s, orientation %d: %v left", c.name, orientation, got)
			}
			if texts, err := Texts(c.name, out); err != nil || texts != nil {
				t.Errorf("%s: %v %v", c.name, texts, err)
			}
			samePicture(t, c.plain(0), out)
		}
	}
}

func samePicture(t *testing.T, a, b []byte) {
	t.Helper()
	one, _, err := image.Decode(bytes.NewReader(a))
	other, _, err2 := image.Decode(bytes.NewReader(b))
	if err != nil || err2 != nil {
		t.Fatalf("%v, %v", err, err2)
	}
	if one.Bounds() != other.Bounds() {
		t.Fatalf("%v became %v", one.Bounds(), other.Bounds())
	}
	for y := range one.Bounds().Dy() {
		for x := range one.Bounds().Dx() {
			if one.At(x, y) != other.At(x, y) {
				t.Fatalf("the picture differs at %d, %d", x, y)
			}
		}
	}
}

func TestExif(t *testing.T) {
	for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
		for o := range uint16(10) {
			want := o
			if o == 0 || o > 8 {
				want = 1
			}
			if got := exifOrientation(tiff(order, o)); got != want {
				t.Errorf("orientation %d is read as %d", o, got)
			}
			if got := exifOrientation(bareExif(max(o, 1))); o >= 1 && o <= 8 && got != o {
				t.Errorf("orientation %d is written as %d", o, got)
			}
		}
		if !exifHasPlace(tiff(order, 1)) || exifHasPlace(bareExif(3)) {
			t.Error("places are not told")
		}
	}
	for _, bad := range []string{"", "II*\x00", "MM\x00*\xff\xff\xff\xff\x00\x00", "MM\x00*\x00\x00\x00\x08\xff\xff\x01\x12"} {
		if exifOrientation([]byte(bad)) != 1 {
			t.Errorf("%q", bad)
		}
	}
}

func TestJPEGRefused(t *testing.T) {
	plain := plainJPEG(t)
	arithmetic := bytes.Clone(plain)
	arithmetic[bytes.Index(plain, []byte{0xff, mSOF0})+1] = 0xc9
	table := slices.Insert(bytes.Clone(plain), 2, segment(mDQT, "\x00"+strings.Repeat("x", 64)+secret)...)
	huffman := slices.Insert(bytes.Clone(plain), 2, segment(mDHT, "\x00"+strings.Repeat("\x00", 16)+secret)...)
	for name, data := range map[string][]byte{"arithmetic": arithmetic, "text after a table": table, "text after a Huffman table": huffman,
		"no scan": append(bytes.Clone(plain[:bytes.Index(plain, []byte{0xff, mSOS})]), 0xff, mEOI)} {
		if _, problems := Clean("a.jpg", data); problems == nil {
			t.Errorf("%s is allowed", name)
		}
	}
	// Adobe's segment changes the colours, so it stays, without what else somebody put into it.
	adobe := slices.Insert(bytes.Clone(plain), 2, segment(mAPP14, "Adobe\x00\x64ABCD\x01"+secret)...)
	out, problems := Clean("a.jpg", adobe)
	if problems != nil || !bytes.Contains(out, []byte("Adobe\x00\x64\x00\x00\x00\x00\x01")) || bytes.Contains(out, []byte("ABCD")) {
		t.Errorf("%v", problems)
	}
}

func TestPNGRefused(t *testing.T) {
	plain := plainPNG(t)
	sum := bytes.Clone(plain)
	sum[len(sum)-1] ^= 1
	for name, data := range map[string][]byte{"wrong sum": sum, "critical chunk": insertPNG(plain, pngChunk("ZZZZ", "x")),
		"large palette": insertPNG(plain, pngChunk("PLTE", strings.Repeat("x", 900)))} {
		if _, problems := Clean("a.png", data); problems == nil {
			t.Errorf("%s is allowed", name)
		}
	}
	late := slices.Insert(bytes.Clone(plain), len(plain)-12, pngChunk("eXIf", string(tiff(binary.BigEndian, 8)))...)
	out, problems := Clean("a.png", late)
	if problems != nil || bytes.Index(out, []byte("eXIf")) > bytes.Index(out, []byte("IDAT")) {
		t.Errorf("an orientation after the picture: %v", problems)
	}
}

func TestWebPFrames(t *testing.T) {
	frame := strings.Repeat("\x00", 16) + string(appendRIFF(appendRIFF(nil, "VP8 ", []byte(tinyWebP)), "JUNK", []byte(secret)))
	data := webpOf("VP8X", "\x02\x00\x00\x00\x00\x00\x00\x00\x00\x00", "ANIM", "\x00\x00\x00\x00\x00\x00", "ANMF", frame)
	out, problems := Clean("a.webp", data)
	if problems != nil || bytes.Contains(out, []byte(secret)) || !bytes.Contains(out, []byte(tinyWebP)) {
		t.Errorf("%v", problems)
	}
}

func TestGIF(t *testing.T) {
	out, problems := Clean("a.gif", dirtyGIF(t))
	if problems != nil || !bytes.Equal(out, plainGIF(t)) {
		t.Errorf("not the plain picture again: %v", problems)
	}
	if !bytes.Contains(out, []byte("NETSCAPE2.0\x03\x01")) || bytes.Contains(out, []byte(secret)) {
		t.Error("the loop is lost, or the secret is not")
	}
}

func TestICO(t *testing.T) {
	out, problems := Clean("a.ico", icoOf(dirtyPNG(t, 1), bitmap()))
	if problems != nil || bytes.Contains(out, []byte(secret)) {
		t.Fatalf("%v, or the secret survives", problems)
	}
	at, size := binary.LittleEndian.Uint32(out[6+12:]), binary.LittleEndian.Uint32(out[6+8:])
	samePicture(t, plainPNG(t), out[at:at+size])
}

func TestAVIF(t *testing.T) {
	if out, problems := Clean("a.avif", avifOf("av01", "grid")); problems != nil || !bytes.Equal(out, avifOf("av01", "grid")) {
		t.Errorf("%v", problems)
	}
	for _, item := range []string{"Exif", "mime", "uri "} {
		if _, problems := Clean("a.avif", avifOf("av01", item)); len(problems) != 1 || !strings.Contains(problems[0].Hint, "JPEG") {
			t.Errorf("%s: %v", item, problems)
		}
	}
	for _, extra := range []string{box("free", secret), box("uuid", secret), box("moov", "")} {
		if _, problems := Clean("a.avif", append(avifOf("av01"), extra...)); problems == nil {
			t.Errorf("%q is allowed", extra[4:8])
		}
	}
}

// fontFile is a WOFF2 frame with one table, the names, and what may follow it.
func fontFile(name string) []byte {
	value := append([]byte("\x00"), strings.Join(strings.Split(name, ""), "\x00")...)
	table := []byte{0, 0, 0, 2, 0, 30}
	table = append(table, 0, 3, 0, 1, 4, 9, 0, 1, 0, byte(len(value)), 0, 0)
	table = append(table, 0, 1, 0, 0, 0, 0, 0, 1, 0, byte(len(name)), 0, byte(len(value)))
	table = append(append(table, value...), name...)
	var packed bytes.Buffer
	w := brotli.NewWriter(&packed)
	w.Write(table)
	w.Close()
	b := make([]byte, 48)
	copy(b, "wOF2\x00\x01\x00\x00")
	b[13] = 1
	binary.BigEndian.PutUint32(b[20:], uint32(packed.Len()))
	b = append(b, 5)
	for _, shift := range []int{7, 0} {
		digit := byte(len(table)>>shift) & 0x7f
		if shift > 0 {
			if digit == 0 {
				continue
			}
			digit |= 0x80
		}
		b = append(b, digit)
	}
	b = append(b, packed.Bytes()...)
	for len(b)%4 != 0 {
		b = append(b, 0)
	}
	binary.BigEndian.PutUint32(b[8:], uint32(len(b)))
	return b
}

func TestWOFF2(t *testing.T) {
	plain := fontFile("Bitter")
	dirty := append(bytes.Clone(plain), secret...)
	binary.BigEndian.PutUint32(dirty[40:], uint32(len(plain)))
	binary.BigEndian.PutUint32(dirty[44:], uint32(len(secret)))
	out, problems := Clean("a.woff2", dirty)
	if problems != nil || !bytes.Equal(out, plain) {
		t.Errorf("private data: %v", problems)
	}
	texts, err := Texts("a.woff2", plain)
	if err != nil || !slices.Equal(texts, []string{"Bitter", "Bitter"}) {
		t.Errorf("%q %v", texts, err)
	}
	if _, err := Texts("a.woff2", dirty); err == nil {
		t.Error("a font with private data passes the audit")
	}
}
