package media

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"
)

const pngHeader = "\x89PNG\r\n\x1a\n"

// pngKeep holds the chunks that change what is seen, with the most that they may hold. A colour profile (iCCP) goes, as
// in JPEG.
var pngKeep = map[string]int{
	"IHDR": 13, "PLTE": 768, "IDAT": 1<<31 - 1, "IEND": 0, "tRNS": 256, "gAMA": 4, "cHRM": 32, "sRGB": 1, "sBIT": 4, "bKGD": 6,
	"pHYs": 9, "cICP": 4, "acTL": 8, "fcTL": 26, "fdAT": 1<<31 - 1,
}

// cleanPNG keeps those chunks, and of eXIf the orientation. It ends with the image: what follows is how cropped
// screenshots gave away what had been cropped.
func cleanPNG(data []byte) ([]byte, []Problem) {
	rest, is := bytes.CutPrefix(data, []byte(pngHeader))
	if !is {
		return nil, notA("a PNG picture")
	}
	out := append(make([]byte, 0, len(data)), pngHeader...)
	orientation, picture := uint16(1), 0 // picture: where in out it begins
	for first := true; ; first = false {
		if len(rest) < 12 {
			return nil, damaged("the picture")
		}
		size := binary.BigEndian.Uint32(rest)
		if uint64(size)+12 > uint64(len(rest)) || size > 1<<31-1 {
			return nil, damaged("the picture")
		}
		name, body, sum := string(rest[4:8]), rest[8:8+size], binary.BigEndian.Uint32(rest[8+size:])
		if crc32.ChecksumIEEE(rest[4:8+size]) != sum || first != (name == "IHDR") {
			return nil, damaged("the picture")
		}
		if limit, kept := pngKeep[name]; kept && int(size) <= limit {
			if name == "IDAT" && picture == 0 {
				picture = len(out)
			}
			out = append(out, rest[:12+size]...)
		} else if name[0]&0x20 == 0 {
			return nil, damaged("the picture") // a critical chunk of another kind, or with more in it than it may have
		}
		if name == "eXIf" {
			orientation = exifOrientation(body)
		}
		rest = rest[12+size:]
		if name == "IEND" {
			break
		}
	}
	if picture == 0 {
		return nil, damaged("the picture")
	}
	if orientation != 1 {
		out = slices.Insert(out, picture, appendPNG(nil, "eXIf", bareExif(orientation))...)
	}
	return out, nil
}

func appendPNG(out []byte, name string, body []byte) []byte {
	out = binary.BigEndian.AppendUint32(out, uint32(len(body)))
	at := len(out)
	out = append(append(out, name...), body...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[at:]))
}
