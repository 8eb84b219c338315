package media

import "encoding/binary"

const (
	tagOrientation = 0x0112
	tagGPS         = 0x8825
)

// exifOrientation returns which way up a picture is, 2 to 8, by its EXIF block (a TIFF header and directories); 1 if it
// does not say.
func exifOrientation(tiff []byte) uint16 {
	orientation := uint16(1)
	eachExifTag(tiff, func(tag, typ uint16, value []byte, order binary.ByteOrder) {
		if v := order.Uint16(value); tag == tagOrientation && typ == 3 && v >= 2 && v <= 8 {
			orientation = v
		}
	})
	return orientation
}

// exifHasPlace reports whether an EXIF block says where a picture was taken.
func exifHasPlace(tiff []byte) bool {
	found := false
	eachExifTag(tiff, func(tag, _ uint16, _ []byte, _ binary.ByteOrder) { found = found || tag == tagGPS })
	return found
}

// eachExifTag goes through the first directory. What is not EXIF has no tags.
func eachExifTag(tiff []byte, do func(tag, typ uint16, value []byte, order binary.ByteOrder)) {
	if len(tiff) < 8 {
		return
	}
	var order binary.ByteOrder
	switch string(tiff[:4]) {
	case "II*\x00":
		order = binary.LittleEndian
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return
	}
	dir := tiff[at+2:]
	for range order.Uint16(tiff[at:]) {
		if len(dir) < 12 {
			return
		}
		do(order.Uint16(dir), order.Uint16(dir[2:]), dir[8:12], order)
		dir = dir[12:]
	}
}

// bareExif is an EXIF block that says which way up the picture is and nothing else.
func bareExif(orientation uint16) []byte {
	b := []byte("MM\x00*\x00\x00\x00\x08")
	b = binary.BigEndian.AppendUint16(b, 1) // one tag
	b = binary.BigEndian.AppendUint16(b, tagOrientation)
	b = binary.BigEndian.AppendUint16(b, 3) // SHORT
	b = binary.BigEndian.AppendUint32(b, 1)
	b = binary.BigEndian.AppendUint16(b, orientation)
	b = binary.BigEndian.AppendUint16(b, 0)
	return binary.BigEndian.AppendUint32(b, 0) // no further directory, so no thumbnail
}
