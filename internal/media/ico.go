package media

import (
	"bytes"
	"encoding/binary"
)

// cleanICO rebuilds an icon from its pictures, so that nothing lies between or after them.
func cleanICO(data []byte) ([]byte, []Problem) {
	if len(data) < 6 || string(data[:4]) != "\x00\x00\x01\x00" {
		return nil, notA("an icon")
	}
	count := int(binary.LittleEndian.Uint16(data[4:]))
	if count == 0 || count > 64 || len(data) < 6+16*count {
		return nil, damaged("the icon")
	}
	head, body := bytes.Clone(data[:6+16*count]), []byte(nil)
	for i := range count {
		entry := head[6+16*i : 6+16*i+16]
		size, at := uint64(binary.LittleEndian.Uint32(entry[8:])), uint64(binary.LittleEndian.Uint32(entry[12:]))
		if at+size > uint64(len(data)) {
			return nil, damaged("the icon")
		}
		picture := data[at : at+size]
		if bytes.HasPrefix(picture, []byte(pngHeader)) {
			clean, problems := cleanPNG(picture)
			if problems != nil {
				return nil, problems
			}
			picture = clean
		} else {
			length, ok := bitmapLength(picture)
			if !ok {
				return nil, damaged("the icon")
			}
			picture = picture[:length]
		}
		binary.LittleEndian.PutUint32(entry[8:], uint32(len(picture)))
		binary.LittleEndian.PutUint32(entry[12:], uint32(len(head)+len(body)))
		body = append(body, picture...)
	}
	return append(head, body...), nil
}

// bitmapLength is how long an icon's uncompressed picture and its mask are.
func bitmapLength(b []byte) (length int, ok bool) {
	if len(b) < 40 || binary.LittleEndian.Uint32(b) != 40 || binary.LittleEndian.Uint32(b[16:]) != 0 {
		return 0, false
	}
	width, height := int(int32(binary.LittleEndian.Uint32(b[4:]))), int(int32(binary.LittleEndian.Uint32(b[8:])))/2
	bits, colours := int(binary.LittleEndian.Uint16(b[14:])), int(binary.LittleEndian.Uint32(b[32:]))
	switch {
	case width < 1 || width > 1024 || height < 1 || height > 1024 || colours > 256:
		return 0, false
	case bits == 1 || bits == 4 || bits == 8:
		if colours == 0 {
			colours = 1 << bits
		}
	case bits == 24 || bits == 32:
	default:
		return 0, false
	}
	row := func(bits int) int { return (width*bits + 31) / 32 * 4 }
	length = 40 + 4*colours + height*(row(bits)+row(1))
	return length, length <= len(b)
}
