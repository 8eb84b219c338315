package media

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"image"
	_ "image/gif" // the forms that image.DecodeConfig knows
	_ "image/jpeg"
	_ "image/png"
	"math"
	"strconv"
	"strings"

	_ "golang.org/x/image/webp"
)

// Size is how wide and high a picture is drawn, in pixels, so that a page can keep room for it. Of a drawing without a size
// in pixels it is that of its viewBox. Not ok where the file does not say.
func Size(name string, data []byte) (width, height int, ok bool) {
	defer func() {
		if recover() != nil {
			width, height, ok = 0, 0, false
		}
	}()
	switch extension(name) {
	case "svg":
		width, height = svgSize(data)
	case "avif":
		width, height = avifSize(data)
	case "png", "jpg", "jpeg", "gif", "webp":
		c, _, err := image.DecodeConfig(bytes.NewReader(data))
		if err != nil {
			return 0, 0, false
		}
		width, height = c.Width, c.Height
		if lies := orientationOf(data); lies >= 5 && lies <= 8 {
			width, height = height, width
		}
	}
	return width, height, width > 0 && height > 0
}

// orientationOf reads the orientation that cleaning leaves in a picture.
func orientationOf(data []byte) uint16 {
	data = data[:min(len(data), 1<<16)]
	if _, block, ok := bytes.Cut(data, []byte("Exif\x00\x00")); ok {
		return exifOrientation(block)
	}
	if i := bytes.Index(data, []byte("eXIf")); i >= 4 {
		size := int(binary.BigEndian.Uint32(data[i-4:]))
		return exifOrientation(data[i+4 : min(len(data), i+4+size)])
	}
	return 1
}

// svgSize reads the root element.
func svgSize(data []byte) (width, height int) {
	dec := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))))
	for {
		token, err := dec.RawToken()
		if err != nil {
			return 0, 0
		}
		root, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		attr := func(name string) string {
			for _, a := range root.Attr {
				if a.Name.Space == "" && a.Name.Local == name {
					return a.Value
				}
			}
			return ""
		}
		if width, height = pixels(attr("width")), pixels(attr("height")); width > 0 && height > 0 {
			return width, height
		}
		box := strings.FieldsFunc(attr("viewBox"), func(r rune) bool { return r == ' ' || r == ',' || r == '\n' || r == '\t' })
		if len(box) != 4 {
			return 0, 0
		}
		return pixels(box[2]), pixels(box[3])
	}
}

// pixels reads a length that is a number, of pixels or none; 0 for any other.
func pixels(s string) int {
	f, err := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(s), "px"), 64)
	if err != nil || !(f > 0 && f < 1e6) {
		return 0
	}
	return max(1, int(math.Round(f)))
}

// avifSize takes the largest of the pictures' sizes; smaller ones are thumbnails.
func avifSize(data []byte) (width, height int) {
	for {
		_, rest, ok := bytes.Cut(data, []byte("ispe"))
		if !ok || len(rest) < 12 {
			return width, height
		}
		w, h := int(binary.BigEndian.Uint32(rest[4:])), int(binary.BigEndian.Uint32(rest[8:]))
		if w < 1<<16 && h < 1<<16 && w*h > width*height {
			width, height = w, h
		}
		data = rest
	}
}
