package media

import (
	"bytes"
	"encoding/binary"
)

// WebP's feature flags in VP8X.
const (
	webpProfile = 1 << 5
	webpExif    = 1 << 3
	webpXMP     = 1 << 2
)

// cleanWebP keeps the picture's chunks, and of EXIF the orientation.
func cleanWebP(data []byte) ([]byte, []Problem) {
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil, notA("a WebP picture")
	}
	size := int(binary.LittleEndian.Uint32(data[4:]))
	if size < 4 || size+8 > len(data) {
		return nil, damaged("the picture")
	}
	var body []byte
	orientation, extended, picture := uint16(1), -1, false
	ok := eachRIFF(data[12:8+size], func(name string, chunk []byte) bool {
		switch name {
		case "VP8X":
			if extended >= 0 || len(chunk) != 10 || len(body) > 0 {
				return false
			}
			extended = len(body) + 8
		case "VP8 ", "VP8L":
			picture = true
		case "ANMF":
			frame, ok := webpFrame(chunk)
			if !ok {
				return false
			}
			chunk, picture = frame, true
		case "ALPH":
		case "ANIM":
			if len(chunk) != 6 {
				return false
			}
		case "EXIF":
			orientation = exifOrientation(bytes.TrimPrefix(chunk, []byte("Exif\x00\x00")))
			return true
		default:
			return true
		}
		body = appendRIFF(body, name, chunk)
		return true
	})
	if !ok || !picture {
		return nil, damaged("the picture")
	}
	if extended >= 0 {
		body[extended] &^= webpProfile | webpExif | webpXMP
		if orientation != 1 {
			body[extended] |= webpExif
			body = appendRIFF(body, "EXIF", bareExif(orientation))
		}
	}
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(out, "WEBP"...), body...), nil
}

// webpFrame keeps the picture of an animation's frame, which may hold chunks of any name.
func webpFrame(frame []byte) ([]byte, bool) {
	if len(frame) < 16 {
		return nil, false
	}
	out := bytes.Clone(frame[:16])
	ok := eachRIFF(frame[16:], func(name string, chunk []byte) bool {
		if name == "ALPH" || name == "VP8 " || name == "VP8L" {
			out = appendRIFF(out, name, chunk)
		}
		return true
	})
	return out, ok
}

func eachRIFF(data []byte, do func(name string, chunk []byte) bool) bool {
	for len(data) > 0 {
		if len(data) < 8 {
			return false
		}
		size := uint64(binary.LittleEndian.Uint32(data[4:]))
		if size+8 > uint64(len(data)) || !do(string(data[:4]), data[8:8+size]) {
			return false
		}
		data = data[min(8+size+size%2, uint64(len(data))):]
	}
	return true
}

func appendRIFF(out []byte, name string, chunk []byte) []byte {
	out = binary.LittleEndian.AppendUint32(append(out, name...), uint32(len(chunk)))
	out = append(out, chunk...)
	if len(chunk)%2 == 1 {
		out = append(out, 0)
	}
	return out
}
