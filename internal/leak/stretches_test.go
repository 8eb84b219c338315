package leak

import (
	"bytes"
	"encoding/base64"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"candour/internal/ledger"
)

// noise is what compressed data looks like.
func noise(n int) []byte {
	r := rand.New(rand.NewPCG(3, 4))
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(r.Uint32())
	}
	return b
}

// What is written or encoded between bytes that are no text is found there, and in what Readable keeps of them.
func TestValuesBetweenNoise(t *testing.T) {
	m := New(&ledger.Ledger{Entries: []ledger.Entry{entry(ledger.Name, "Dana Quillon")}})
	wide := func(s string) string {
		var b strings.Builder
		for _, u := range utf16.Encode([]rune(s)) {
			b.WriteByte(byte(u >> 8))
			b.WriteByte(byte(u))
		}
		return b.String()
	}
	if hits := m.File("a.bin", noise(100_000), nil); len(hits) > 0 {
		t.Fatalf("noise: %v", hits)
	}
	for name, text := range map[string]string{
		"plain":                "Dana Quillon",
		"entities":             "&#68;ana Quillo&#110;",
		"percent":              "%44ana%20Quillon",
		"markup":               "Da<b>na</b> Quillon",
		"base64":               base64.StdEncoding.EncodeToString([]byte("Ask Dana Quillon")),
		"base64 of entities":   base64.StdEncoding.EncodeToString([]byte("Ask &#68;ana Quillo&#110;")),
		"UTF-16":               wide("Dana Quillon"),
		"UTF-16 and entities":  wide("&#68;ana Quillo&#110;"),
		"escapes":              `\u0044ana Quillon`,
		"beyond ASCII between": "&#68;ana\u00a0Quillo&#110;",
	} {
		n := noise(20_000)
		data := bytes.Join([][]byte{n[:9000], []byte(" " + text + " "), n[9000:]}, nil)
		if hits := m.File("a.bin", data, nil); len(hits) == 0 {
			t.Errorf("%s is not found", name)
		}
		kept := Readable(data)
		if hits := m.File("a.bin", kept, nil); len(hits) == 0 {
			t.Errorf("%s is not found in what reads as text", name)
		}
		if len(kept) > len(data)/5 {
			t.Errorf("%s: %d of %d bytes read as text", name, len(kept), len(data))
		}
	}
}
