package media

import (
	"encoding/binary"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"
)

func utf16BE(b []byte) string { return decodeUTF16(b, binary.BigEndian) }
func utf16LE(b []byte) string { return decodeUTF16(b, binary.LittleEndian) }

func decodeUTF16(b []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(b)/2)
	for i := range units {
		units[i] = order.Uint16(b[2*i:])
	}
	return string(utf16.Decode(units))
}

func macRoman(b []byte) string { return eachByte(charmap.Macintosh, b) }
func windows(b []byte) string  { return eachByte(charmap.Windows1252, b) }

func eachByte(m *charmap.Charmap, b []byte) string {
	runes := make([]rune, len(b))
	for i, c := range b {
		runes[i] = m.DecodeByte(c)
	}
	return string(runes)
}
