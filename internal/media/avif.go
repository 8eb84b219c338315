package media

import (
	"encoding/binary"
	"slices"
)

// cleanAVIF lets a picture through that is nothing but a picture. It takes nothing out, because every box says where others
// lie in the file; what holds metadata is refused instead.
func cleanAVIF(data []byte) ([]byte, []Problem) {
	if len(data) < 16 || string(data[4:8]) != "ftyp" || string(data[8:12]) != "avif" {
		return nil, notA("an AVIF picture")
	}
	const hint = "save it as JPEG, PNG or WebP, which can be cleaned"
	meta := false
	reason := ""
	ok := eachBox(data, func(name string, body []byte) bool {
		switch name {
		case "ftyp", "mdat":
			return true
		case "meta":
			meta = true
			var ok bool
			reason, ok = avifMeta(body)
			return ok
		}
		reason = "it holds more than one still picture, and the rest cannot be checked"
		return true
	})
	switch {
	case !ok || !meta:
		return nil, damaged("the picture")
	case reason != "":
		return nil, problem(hint, "%s", reason)
	}
	return data, nil
}

// avifMeta looks at what the file says it holds. It returns the reason to refuse it, if there is one.
func avifMeta(body []byte) (reason string, ok bool) {
	const metadata = "it holds metadata (such as where it was taken) that cannot be taken out of this format"
	if len(body) < 4 {
		return "", false
	}
	items := false
	ok = eachBox(body[4:], func(name string, body []byte) bool {
		switch {
		case name == "iinf":
			items = true
			from := 6
			if len(body) > 0 && body[0] != 0 {
				from = 8
			}
			return len(body) >= from && eachBox(body[from:], func(name string, info []byte) bool {
				kind, title, ok := avifItem(name, info)
				if ok && (kind != "av01" && kind != "grid" || title) {
					reason = metadata
				}
				return ok
			})
		case name == "hdlr":
			// A name for people may follow; writers put their own there.
			if len(body) < 24 || string(body[8:12]) != "pict" {
				return false
			}
			if name := body[24:]; len(name) > 64 {
				reason = metadata
			}
		case !slices.Contains([]string{"pitm", "iloc", "iprp", "iref", "idat"}, name):
			reason = metadata
		}
		return true
	})
	return reason, ok && items
}

// avifItem reads the type of an item, and whether it has a title longer than encoders give.
func avifItem(name string, info []byte) (kind string, title, ok bool) {
	if name != "infe" || len(info) < 12 || info[0] < 2 || info[0] > 3 {
		return "", false, false
	}
	at := 8
	if info[0] == 3 {
		at = 10
	}
	if len(info) < at+4 {
		return "", false, false
	}
	return string(info[at : at+4]), len(info[at+4:]) > 16, true
}

// eachBox goes through the boxes of the ISO base media file format.
func eachBox(data []byte, do func(name string, body []byte) bool) bool {
	for len(data) > 0 {
		if len(data) < 8 {
			return false
		}
		size, head := uint64(binary.BigEndian.Uint32(data)), uint64(8)
		switch {
		case size == 0:
			size = uint64(len(data))
		case size == 1 && len(data) >= 16:
			size, head = binary.BigEndian.Uint64(data[8:]), 16
		}
		if size < head || size > uint64(len(data)) || !do(string(data[4:8]), data[head:size]) {
			return false
		}
		data = data[size:]
	}
	return true
}
