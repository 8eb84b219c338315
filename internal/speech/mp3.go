package speech

import (
	"bytes"
	"encoding/binary"
	"errors"
	"strings"
)

// tag writes an ID3v2.4 tag (id3.org, 1 November 2000) in UTF-8, without dates or the name of a machine.
func tag(info Info, synthetic string) []byte {
	var frames bytes.Buffer
	frame := func(id string, body []byte) {
		frames.WriteString(id)
		frames.Write(synchsafe(len(body)))
		frames.Write([]byte{0, 0})
		frames.Write(body)
	}
	text := func(id, s string) {
		if s != "" {
			frame(id, append([]byte{3}, s...))
		}
	}
	text("TIT2", info.Title)
	text("TPE1", info.Publisher)
	if lang := iso639[strings.ToLower(strings.SplitN(info.Lang, "-", 2)[0])]; lang != "" {
		text("TLAN", lang)
	}
	text("TCON", "Speech")
	frame("TXXX", []byte("\x03voice\x00synthetic"))
	frame("COMM", append([]byte("\x03eng\x00"), synthetic...))
	if info.Address != "" {
		frame("WOAF", []byte(info.Address))
	}
	out := append([]byte("ID3\x04\x00\x00"), synchsafe(frames.Len())...)
	return append(out, frames.Bytes()...)
}

var iso639 = map[string]string{"en": "eng", "cy": "cym", "pl": "pol", "ur": "urd"}

func synchsafe(n int) []byte {
	return []byte{byte(n >> 21 & 0x7f), byte(n >> 14 & 0x7f), byte(n >> 7 & 0x7f), byte(n & 0x7f)}
}

var errTags = errors.New("the recording holds something besides its tag and its sound")

// Tags reads the texts in a recording's tag, and refuses one in which anything stands that is neither a tag of ours nor a
// frame of sound.
func Tags(data []byte) ([]string, error) {
	if len(data) < 10 || !bytes.HasPrefix(data, []byte("ID3\x04\x00\x00")) {
		return nil, errTags
	}
	size := unsafeInt(data[6:10])
	if len(data) < 10+size {
		return nil, errTags
	}
	var texts []string
	for frames := data[10 : 10+size]; len(frames) > 0; {
		if len(frames) < 10 {
			return nil, errTags
		}
		n := unsafeInt(frames[4:8])
		if len(frames) < 10+n || n == 0 {
			return nil, errTags
		}
		body := frames[10 : 10+n]
		if frames[0] == 'T' || string(frames[:4]) == "COMM" {
			if body[0] != 3 {
				return nil, errTags
			}
			body = body[1:]
		}
		texts = append(texts, string(bytes.ReplaceAll(body, []byte{0}, []byte{' '})))
		frames = frames[10+n:]
	}
	if !sound(data[10+size:]) {
		return nil, errTags
	}
	return texts, nil
}

func unsafeInt(b []byte) int {
	return int(b[0]&0x7f)<<21 | int(b[1]&0x7f)<<14 | int(b[2]&0x7f)<<7 | int(b[3]&0x7f)
}

// sound reports whether bytes are frames of MPEG 2 layer III at 22,050 Hz and nothing else: ISO/IEC 13818-3, section 2.4.
func sound(data []byte) bool {
	kbits := [16]int{0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160, 0}
	frames := 0
	for len(data) >= 4 {
		h := binary.BigEndian.Uint32(data)
		rate := kbits[h>>12&15]
		if h>>21 != 0x7ff || h>>19&3 != 2 || h>>17&3 != 1 || h>>10&3 != 0 || rate == 0 {
			return false
		}
		n := 72*rate*1000/22050 + int(h>>9&1)
		if n > len(data) {
			return false
		}
		data = data[n:]
		frames++
	}
	return len(data) == 0 && frames > 0
}
