package media

import (
	"bytes"
	"encoding/binary"
	"testing"
)

func TestSize(t *testing.T) {
	turned := func(order binary.AppendByteOrder, orientation uint16) []byte {
		jpeg := plainJPEG(t)
		body := append([]byte("Exif\x00\x00"), tiff(order, orientation)...)
		segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(body)+2))
		out, problems := Clean("a.jpg", bytes.Join([][]byte{jpeg[:2], segment, body, jpeg[2:]}, nil))
		if problems != nil {
			t.Fatal(problems)
		}
		return out
	}
	for _, tc := range []struct {
		name          string
		data          []byte
		width, height int
	}{
		{"a.jpg", plainJPEG(t), 9, 7},
		{"a.jpg", turned(binary.BigEndian, 6), 7, 9},
		{"a.JPEG", turned(binary.LittleEndian, 3), 9, 7},
		{"a.svg", []byte(drawing("")), 9, 9},
		{"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="120px" height="40" viewBox="0 0 3 1"/>`), 120, 40},
		{"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="100%" height="100%" viewBox="0,0,30.4,10"/>`), 30, 10},
		{"a.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), 0, 0},
		{"a.svg", []byte(`<svg`), 0, 0},
		{"a.svg", []byte(`<svg width="-1" height="NaN"/>`), 0, 0},
		{"a.png", []byte("no picture"), 0, 0},
		{"a.pdf", plainJPEG(t), 0, 0},
		{"a.avif", []byte("....ispe\x00\x00\x00\x00\x00\x00\x00\x10\x00\x00\x00\x08....ispe\x00\x00\x00\x00\x00\x00\x00\x40\x00\x00\x00\x20"), 64, 32},
		{"a.avif", []byte("....ispe"), 0, 0},
	} {
		width, height, ok := Size(tc.name, tc.data)
		if width != tc.width || height != tc.height || ok != (tc.width > 0) {
			t.Errorf("%s %.40q: %d by %d, %v", tc.name, tc.data, width, height, ok)
		}
	}
}
