package media

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
)

// cleanWOFF2 keeps a font's tables. The metadata and the private data that may follow them go.
func cleanWOFF2(data []byte) ([]byte, []Problem) {
	if len(data) < 48 || string(data[:4]) != "wOF2" {
		return nil, notA("a WOFF2 font")
	}
	_, end, err := woff2Tables(data)
	if err != nil {
		return nil, damaged("the font")
	}
	out := bytes.Clone(data[:end])
	for len(out)%4 != 0 {
		out = append(out, 0)
	}
	binary.BigEndian.PutUint32(out[8:], uint32(len(out)))
	clear(out[28:48]) // where metadata and private data are
	return out, nil
}

var errFont = errors.New("the font cannot be read")

// woff2Texts returns the names in a font: of the family, its makers, its licence.
func woff2Texts(data []byte) ([]string, error) {
	if out, problems := cleanWOFF2(data); problems != nil || !bytes.Equal(out, data) {
		return nil, errFont
	}
	names, _, err := woff2Tables(data)
	if err != nil || names == nil {
		return nil, err
	}
	if len(names) < 6 {
		return nil, errFont
	}
	count, store := int(binary.BigEndian.Uint16(names[2:])), int(binary.BigEndian.Uint16(names[4:]))
	if len(names) < 6+12*count {
		return nil, errFont
	}
	var texts []string
	for i := range count {
		record := names[6+12*i:]
		size, at := int(binary.BigEndian.Uint16(record[8:])), store+int(binary.BigEndian.Uint16(record[10:]))
		if at+size > len(names) {
			return nil, errFont
		}
		value := names[at : at+size]
		if platform := binary.BigEndian.Uint16(record); platform == 1 {
			texts = append(texts, macRoman(value))
		} else {
			texts = append(texts, utf16BE(value))
		}
	}
	return texts, nil
}

// woff2Tables unpacks a font (WOFF2, section 4). It returns the name table and where the packed tables end.
func woff2Tables(data []byte) (names []byte, end int, err error) {
	count, packed := int(binary.BigEndian.Uint16(data[12:])), int(binary.BigEndian.Uint32(data[20:]))
	if string(data[4:8]) == "ttcf" {
		return nil, 0, errFont // collections have directories of their own
	}
	rest := data[48:]
	from, size, total := -1, 0, 0
	for range count {
		if len(rest) == 0 {
			return nil, 0, errFont
		}
		flags := rest[0]
		tag, version := flags&63, flags>>6
		rest = rest[1:]
		custom := ""
		if tag == 63 {
			if len(rest) < 4 {
				return nil, 0, errFont
			}
			custom, rest = string(rest[:4]), rest[4:]
		}
		length, ok := base128(&rest)
		if ok && ((tag == 10 || tag == 11) != (version == 3)) && (tag == 10 || tag == 11 || version != 0) {
			length, ok = base128(&rest) // glyf and loca are transformed unless the version is 3, others unless it is 0
		}
		if !ok {
			return nil, 0, errFont
		}
		if tag == 5 || custom == "name" {
			from, size = total, length
		}
		total += length
	}
	end = len(data) - len(rest) + packed
	if packed > len(rest) || total > 64<<20 {
		return nil, 0, errFont
	}
	tables, err := io.ReadAll(io.LimitReader(brotli.NewReader(bytes.NewReader(rest[:packed])), int64(total)+1))
	if err != nil || len(tables) != total {
		return nil, 0, errFont
	}
	if from < 0 {
		return nil, end, nil
	}
	return tables[from : from+size], end, nil
}

// base128 reads a number of one to five bytes, seven bits each.
func base128(data *[]byte) (int, bool) {
	n := 0
	for i, b := range *data {
		if i == 5 || i == 0 && b == 0x80 {
			return 0, false
		}
		n = n<<7 | int(b&0x7f)
		if b&0x80 == 0 {
			*data = (*data)[i+1:]
			return n, n < 1<<30
		}
	}
	return 0, false
}
