package media

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestAllowed(t *testing.T) {
	both := []string{"a.png", "a.JPG", "a.jpeg", "a.webp", "a.avif", "a.gif", "a.svg", "a.pdf", "a.csv", "a.txt", "dir.x/a.b.png"}
	static := []string{"a.html", "a.css", "a.js", "a.json", "a.xml", "a.ico", "a.woff2", "a.webmanifest"}
	never := []string{"a", "a.exe", "a.zip", "a.svgz", "a.tiff", "a.heic", "a.mp4", ".htaccess", "a.png.exe", "a.", "png", "a.md", "a.toml"}
	for _, name := range both {
		for _, s := range []bool{true, false} {
			if ok, p := Allowed(name, s); !ok || p != (Problem{}) {
				t.Errorf("%s, %v: %v", name, s, p)
			}
		}
	}
	for _, name := range static {
		if ok, _ := Allowed(name, true); !ok {
			t.Errorf("%s is refused in static/", name)
		}
		if ok, p := Allowed(name, false); ok || p.Hint == "" {
			t.Errorf("%s is allowed in a bundle: %v", name, p)
		}
	}
	for _, ext := range office {
		if ok, p := Allowed("minutes."+ext, true); ok || !strings.Contains(p.Hint, "PDF") {
			t.Errorf("%s: %v %v", ext, ok, p)
		}
	}
	for _, name := range never {
		if ok, p := Allowed(name, true); ok || p.Message == "" || p.Hint == "" {
			t.Errorf("%s: %v %v", name, ok, p)
		}
	}
}

func TestText(t *testing.T) {
	for name, data := range map[string]string{"a.csv": "ŵ,1\r\n", "a.txt": "", "a.js": "x", "a.json": "{}", "a.css": "\ufeffa{}"} {
		out, problems := Clean(name, []byte(data))
		if problems != nil || string(out) != data {
			t.Errorf("%s: %q %v", name, out, problems)
		}
		if texts, err := Texts(name, out); err != nil || texts[0] != data {
			t.Errorf("%s: %q %v", name, texts, err)
		}
	}
	for name, data := range map[string]string{"UTF-16": "\xff\xfea\x00", "Windows-1252": "caf\xe9", "NUL": "a\x00b", "a program": "\x7fELF\x00"} {
		if out, problems := Clean("a.csv", []byte(data)); out != nil || len(problems) != 1 || problems[0].Hint == "" {
			t.Errorf("%s: %q %v", name, out, problems)
		}
		if _, err := Texts("a.csv", []byte(data)); err == nil {
			t.Errorf("%s is read as text", name)
		}
	}
}

// A file that is not what its name says is refused, whatever it is.
func TestContentMustMatchName(t *testing.T) {
	files := map[string][]byte{"jpg": plainJPEG(t), "png": plainPNG(t), "webp": webpOf("VP8 ", tinyWebP), "gif": plainGIF(t), "ico": icoOf(plainPNG(t)),
		"avif": avifOf("av01"), "svg": []byte(drawing("")), "pdf": onePage("", ""), "woff2": fontFile("x"), "txt": []byte("plain"), "zip": []byte("PK\x03\x04")}
	for ext := range kinds {
		for content, data := range files {
			_, problems := Clean("x."+ext, data)
			same := ext == content || ext == "jpeg" && content == "jpg"
			text := slices.Contains([]string{"html", "css", "js", "json", "xml", "webmanifest", "txt", "csv"}, ext)
			if same && problems != nil {
				t.Errorf("%s: %v", ext, problems)
			}
			if !same && !text && problems == nil {
				t.Errorf("%s was taken for %s", content, ext)
			}
		}
		if !slices.Contains([]string{"css", "js", "txt", "csv"}, ext) {
			if _, problems := Clean("x."+ext, nil); problems == nil {
				t.Errorf("an empty %s was allowed", ext)
			}
		}
	}
	if _, problems := Clean("x.exe", []byte("MZ")); problems == nil {
		t.Error("an unknown type was allowed")
	}
	if _, err := Texts("x.exe", []byte("MZ")); err == nil {
		t.Error("an unknown type was read")
	}
}

// Every file, cut short anywhere, is refused or is whole; nothing panics, and nothing quotes it.
func TestCutShort(t *testing.T) {
	files := map[string][]byte{"a.jpg": dirtyJPEG(t, 6), "a.png": dirtyPNG(t, 6), "a.webp": dirtyWebP(6), "a.gif": dirtyGIF(t),
		"a.ico": icoOf(plainPNG(t), bitmap()), "a.avif": avifOf("av01", "av01"), "a.svg": []byte(drawing("<title>" + secret + "</title>")),
		"a.pdf": onePage("BT /F1 12 Tf ("+secret+") Tj ET", ""), "a.woff2": fontFile(secret)}
	for name, data := range files {
		for n := range data {
			out, problems := Clean(name, data[:n])
			if problems != nil && out != nil {
				t.Fatalf("%s cut at %d: bytes and problems", name, n)
			}
			for _, p := range problems {
				if strings.Contains(p.Message+p.Hint, secret[:4]) {
					t.Fatalf("%s cut at %d: %v quotes the file", name, n, p)
				}
			}
			if problems == nil {
				if again, problems := Clean(name, out); problems != nil || !bytes.Equal(again, out) {
					t.Fatalf("%s cut at %d: cleaning twice differs: %v", name, n, problems)
				}
			}
		}
	}
}

func FuzzClean(f *testing.F) {
	names := []string{"a.jpg", "a.png", "a.webp", "a.gif", "a.ico", "a.avif", "a.svg", "a.woff2", "a.pdf", "a.csv"}
	for i, data := range [][]byte{dirtyJPEG(f, 6), dirtyPNG(f, 3), dirtyWebP(8), dirtyGIF(f), icoOf(plainPNG(f), bitmap()), avifOf("av01"),
		[]byte(drawing(`<text id="a">x</text>`)), fontFile(secret), onePage("BT /F1 12 Tf (x) Tj ET", ""), []byte("a,b")} {
		f.Add(uint8(i), data)
	}
	f.Fuzz(func(t *testing.T, kind uint8, data []byte) {
		name := names[int(kind)%len(names)]
		out, problems := Clean(name, data)
		if problems != nil {
			if out != nil {
				t.Error("bytes and problems")
			}
			return
		}
		again, problems := Clean(name, out)
		if problems != nil || !bytes.Equal(again, out) {
			t.Errorf("cleaning twice differs: %v", problems)
		}
		if _, err := Texts(name, out); err != nil && name != "a.pdf" && name != "a.woff2" {
			t.Errorf("what was cleaned cannot be read: %v", err)
		}
	})
}

// FuzzPlanted plants the secret in a part of any name: no part that does not belong to the picture survives.
func FuzzPlanted(f *testing.F) {
	f.Add(uint8(0xe1), "teXt", []byte("Exif\x00\x00"), uint8(0xfe))
	f.Add(uint8(0xe2), "iCCP", []byte("ICC_PROFILE\x00"), uint8(0xff))
	f.Add(uint8(0xee), "gAMA", []byte("Adobe\x00"), uint8(0xf9))
	f.Add(uint8(0xe0), "XMP ", []byte("JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00"), uint8(0x01))
	jpg, img, anim := plainJPEG(f), plainPNG(f), plainGIF(f)
	f.Fuzz(func(t *testing.T, marker uint8, name string, before []byte, label uint8) {
		if len(name) != 4 || len(before) > 100 {
			return
		}
		planted := string(before) + secret
		check := func(file string, data []byte) {
			if out, _ := Clean(file, data); bytes.Contains(out, []byte(secret)) {
				t.Errorf("%s: survives", file)
			}
		}
		if marker >= mAPP0 && marker <= mAPP15 || marker == mCOM {
			check("a.jpg", slices.Insert(bytes.Clone(jpg), 2, segment(marker, planted)...))
		}
		if name[0] >= 'a' && name != "fdAT" {
			check("a.png", insertPNG(img, pngChunk(name, planted)))
		}
		if !slices.Contains([]string{"VP8 ", "VP8L", "ALPH", "ANMF"}, name) {
			check("a.webp", webpOf("VP8 ", tinyWebP, name, planted))
		}
		extension := "\x21" + string([]byte{label, byte(len(planted))}) + planted + "\x00"
		check("a.gif", slices.Insert(bytes.Clone(anim), 13+colourTable(anim[10]), []byte(extension)...))
	})
}
