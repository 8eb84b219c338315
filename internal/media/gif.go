package media

import "bytes"

// cleanGIF keeps the pictures, their timing and the animation's loop. Comments, plain text and what programs add go.
func cleanGIF(data []byte) ([]byte, []Problem) {
	if len(data) < 13 || string(data[:6]) != "GIF87a" && string(data[:6]) != "GIF89a" {
		return nil, notA("a GIF picture")
	}
	at := 13 + colourTable(data[10])
	if at > len(data) {
		return nil, damaged("the picture")
	}
	out := bytes.Clone(data[:at])
	picture := false
	for {
		if at >= len(data) {
			return nil, damaged("the picture")
		}
		start := at
		keep := true
		switch data[at] {
		case 0x3b: // the end; what follows goes
			if !picture {
				return nil, damaged("the picture")
			}
			return append(out, 0x3b), nil
		case 0x21:
			if at+2 > len(data) {
				return nil, damaged("the picture")
			}
			keep = keepsExtension(data[at+1:])
			at += 2
		case 0x2c:
			if at+10 > len(data) {
				return nil, damaged("the picture")
			}
			at += 10 + colourTable(data[at+9]) + 1
			picture = true
		default:
			return nil, damaged("the picture")
		}
		for {
			if at >= len(data) {
				return nil, damaged("the picture")
			}
			size := int(data[at])
			at += 1 + size
			if size == 0 {
				break
			}
		}
		if keep {
			out = append(out, data[start:at]...)
		}
	}
}

func colourTable(flags byte) int {
	if flags&0x80 == 0 {
		return 0
	}
	return 3 << (flags&7 + 1)
}

// keepsExtension knows the two that matter, each of its one length.
func keepsExtension(ext []byte) bool {
	control := len(ext) >= 7 && ext[0] == 0xf9 && ext[1] == 4 && ext[6] == 0
	loop := len(ext) >= 18 && ext[0] == 0xff && ext[1] == 11 && string(ext[2:13]) == "NETSCAPE2.0" && ext[13] == 3 && ext[14] == 1 && ext[17] == 0
	return control || loop
}
