package build_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/png"
	"testing"
	"testing/fstest"
)

func smallPNG(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 5, 4))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withPicture puts a picture into the repository.
func withPicture(name string) func(*testing.T, fstest.MapFS) {
	return func(t *testing.T, f fstest.MapFS) { f[name] = &fstest.MapFile{Data: smallPNG(t)} }
}

// withDescribedPicture puts in a picture with a text chunk, as editors and phones leave.
func withDescribedPicture(name, said string) func(*testing.T, fstest.MapFS) {
	return func(t *testing.T, f fstest.MapFS) {
		plain := smallPNG(t)
		const header = 8 + 25 // signature and IHDR
		chunk := append([]byte("tEXtComment\x00"), said...)
		var out []byte
		out = append(out, plain[:header]...)
		out = binary.BigEndian.AppendUint32(out, uint32(len(chunk)-4))
		out = append(out, chunk...)
		out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
		out = append(out, plain[header:]...)
		if _, err := png.Decode(bytes.NewReader(out)); err != nil || !bytes.Contains(out, []byte(said)) {
			t.Fatalf("the picture does not carry the text: %v", err)
		}
		f[name] = &fstest.MapFile{Data: out}
	}
}
