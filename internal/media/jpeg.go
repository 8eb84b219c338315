package media

import (
	"bytes"
	"encoding/binary"
	"image/jpeg"
)

// JPEG's markers, ITU-T T.81 table B.1.
const (
	mSOF0, mSOF2   = 0xc0, 0xc2
	mDHT           = 0xc4
	mRST0, mRST7   = 0xd0, 0xd7
	mSOI, mEOI     = 0xd8, 0xd9
	mSOS, mDQT     = 0xda, 0xdb
	mDNL, mDRI     = 0xdc, 0xdd
	mAPP0, mAPP1   = 0xe0, 0xe1
	mAPP14, mAPP15 = 0xee, 0xef
	mCOM           = 0xfe
)

// cleanJPEG keeps the tables and the picture. Of the application segments it keeps the resolution (without thumbnail) and
// the colour transform, which change what is seen; EXIF shrinks to the orientation. Colour profiles go: they hold names
// and paths, and a photograph of a leaflet does without. What follows the end of the image goes too: phones keep films
// and whole second pictures there.
func cleanJPEG(data []byte) ([]byte, []Problem) {
	if len(data) < 4 || data[0] != 0xff || data[1] != mSOI || data[2] != 0xff {
		return nil, notA("a JPEG picture")
	}
	if _, err := jpeg.DecodeConfig(bytes.NewReader(data)); err != nil {
		return nil, damaged("the picture")
	}
	var jfif, exif, adobe []byte
	body := make([]byte, 0, len(data))
	orientation := uint16(1)
	seenFrame, seenScan := false, false
	for at := 2; ; {
		marker, where, ok := jpegSegment(data, at)
		if !ok {
			return nil, damaged("the picture")
		}
		if marker == mEOI {
			break
		}
		payload := data[where.from:where.to]
		at = where.to
		keep := true
		switch {
		case marker == mAPP0:
			if jfif == nil && len(payload) >= 14 && string(payload[:5]) == "JFIF\x00" {
				jfif = append(bytes.Clone(payload[:12]), 0, 0)
			}
			keep = false
		case marker == mAPP1:
			if tiff, is := bytes.CutPrefix(payload, []byte("Exif\x00")); is && len(tiff) > 0 && orientation == 1 {
				orientation = exifOrientation(tiff[1:])
			}
			keep = false
		case marker == mAPP14:
			if adobe == nil && len(payload) >= 12 && string(payload[:5]) == "Adobe" {
				// Version and flags are of no use to a reader, and arbitrary.
				adobe = append([]byte("Adobe\x00\x64\x00\x00\x00\x00"), payload[11])
			}
			keep = false
		case mAPP0 <= marker && marker <= mAPP15, marker == mCOM:
			keep = false
		case mSOF0 <= marker && marker <= mSOF2:
			if len(payload) < 6 || len(payload) != 6+3*int(payload[5]) || seenFrame {
				return nil, damaged("the picture")
			}
			seenFrame = true
		case marker == mDQT:
			if !quantTables(payload) {
				return nil, damaged("the picture")
			}
		case marker == mDHT:
			if !huffmanTables(payload) {
				return nil, damaged("the picture")
			}
		case marker == mDRI, marker == mDNL:
			if len(payload) != 2 {
				return nil, damaged("the picture")
			}
		case marker == mSOS:
			if len(payload) < 1 || len(payload) != 4+2*int(payload[0]) {
				return nil, damaged("the picture")
			}
			seenScan = true
		default:
			return nil, problem("save it as an ordinary JPEG or as PNG", "it is a kind of JPEG that browsers do not show")
		}
		if keep {
			body = append(body, 0xff, marker)
			body = binary.BigEndian.AppendUint16(body, uint16(len(payload)+2))
			body = append(body, payload...)
		}
		if marker == mSOS {
			end := scanEnd(data, at)
			body = append(body, data[at:end]...)
			at = end
		}
	}
	if !seenFrame || !seenScan {
		return nil, damaged("the picture")
	}
	if orientation != 1 {
		exif = append([]byte("Exif\x00\x00"), bareExif(orientation)...)
	}
	out := []byte{0xff, mSOI}
	for _, app := range []struct {
		marker  byte
		payload []byte
	}{{mAPP0, jfif}, {mAPP1, exif}, {mAPP14, adobe}} {
		if app.payload != nil {
			out = append(out, 0xff, app.marker)
			out = binary.BigEndian.AppendUint16(out, uint16(len(app.payload)+2))
			out = append(out, app.payload...)
		}
	}
	out = append(out, body...)
	return append(out, 0xff, mEOI), nil
}

type span struct{ from, to int }

// jpegSegment reads the marker at a position and where its payload is. The end of the image has none.
func jpegSegment(data []byte, at int) (marker byte, payload span, ok bool) {
	if at >= len(data) || data[at] != 0xff {
		return 0, span{}, false
	}
	for at < len(data) && data[at] == 0xff { // fill bytes
		at++
	}
	if at >= len(data) {
		return 0, span{}, false
	}
	marker = data[at]
	if marker == mEOI {
		return marker, span{at + 1, at + 1}, true
	}
	if at+3 > len(data) {
		return 0, span{}, false
	}
	size := int(binary.BigEndian.Uint16(data[at+1:]))
	payload = span{at + 3, at + 1 + size}
	return marker, payload, size >= 2 && payload.to <= len(data)
}

// scanEnd finds the marker that ends the compressed data at a position.
func scanEnd(data []byte, at int) int {
	for ; at+1 < len(data); at++ {
		if next := data[at+1]; data[at] == 0xff && next != 0 && next != 0xff && (next < mRST0 || next > mRST7) {
			return at
		}
	}
	return len(data)
}

// quantTables reports whether a segment holds tables and nothing more.
func quantTables(p []byte) bool {
	for len(p) > 0 {
		size := 65
		if p[0]>>4 == 1 {
			size = 129
		}
		if p[0]>>4 > 1 || p[0]&15 > 3 || len(p) < size {
			return false
		}
		p = p[size:]
	}
	return true
}

func huffmanTables(p []byte) bool {
	for len(p) > 0 {
		if len(p) < 17 || p[0]>>4 > 1 || p[0]&15 > 3 {
			return false
		}
		size := 17
		for _, n := range p[1:17] {
			size += int(n)
		}
		if size > 17+256 || len(p) < size {
			return false
		}
		p = p[size:]
	}
	return true
}
