package pagefind

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Owns reports whether a path is that of a packed file of an index, which [Texts] reads.
func Owns(name string) bool {
	if !strings.HasPrefix(name, Dir) {
		return false
	}
	return slices.Contains([]string{".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind"}, path.Ext(name))
}

// magic stands before the content of every packed file.
var magic = []byte("pagefind_dcd")

// most is how much a packed file may hold.
const most = 64 << 20

var errUnreadable = errors.New("not a packed file of pagefind's that can be read")

// between stands between two texts that are no neighbours on any page, so that nobody takes them for a name or a phrase.
const between = " 0 "

// Texts returns every text in a packed file. Whatever it cannot read to the last byte is an error.
func Texts(name string, data []byte) ([]string, error) {
	plain, header, err := unpack(data)
	if err != nil {
		return nil, err
	}
	texts, err := textsOf(name, plain)
	return append(texts, header), err
}

func textsOf(name string, plain []byte) ([]string, error) {
	switch path.Ext(name) {
	case ".pagefind": // the search itself, compiled: no text of the site, but looked at all the same
		if !bytes.HasPrefix(plain, []byte("\x00asm\x01\x00\x00\x00")) {
			return nil, errUnreadable
		}
		return []string{strings.ToValidUTF8(string(plain), between)}, nil
	case ".pf_fragment":
		var v any
		if err := json.Unmarshal(plain, &v); err != nil {
			return nil, errUnreadable
		}
		return jsonTexts(v, nil), nil
	}
	c := cbor{rest: plain}
	if err := c.item(0); err != nil || len(c.rest) > 0 {
		return nil, errUnreadable
	}
	return []string{strings.Join(c.texts, between)}, nil
}

// unpack undoes gzip, of one member with nothing behind it; header is the name that the packer gave it.
func unpack(data []byte) (plain []byte, header string, err error) {
	in := bytes.NewReader(data)
	z, err := gzip.NewReader(in)
	if err != nil {
		return nil, "", errUnreadable
	}
	z.Multistream(false)
	if z.Comment != "" || len(z.Extra) > 0 {
		return nil, "", errUnreadable
	}
	plain, err = io.ReadAll(io.LimitReader(z, most+1))
	if err != nil || len(plain) > most || in.Len() > 0 || !bytes.HasPrefix(plain, magic) {
		return nil, "", errUnreadable
	}
	return plain[len(magic):], z.Name, nil
}

func jsonTexts(v any, into []string) []string {
	switch v := v.(type) {
	case string:
		into = append(into, v)
	case []any:
		for _, item := range v {
			into = jsonTexts(item, into)
		}
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			into = jsonTexts(v[key], append(into, key))
		}
	}
	return into
}

// cbor reads the part of RFC 8949 that pagefind writes: numbers, texts, lists and tables of known length, true, false, null.
type cbor struct {
	rest  []byte
	texts []string
}

func (c *cbor) item(depth int) error {
	kind, n, err := c.head()
	if err != nil || depth > 32 {
		return errUnreadable
	}
	switch kind {
	case 0, 1: // numbers
		return nil
	case 3: // text
		if n > uint64(len(c.rest)) || !utf8.Valid(c.rest[:n]) {
			return errUnreadable
		}
		if n > 0 {
			c.texts = append(c.texts, string(c.rest[:n]))
		}
		c.rest = c.rest[n:]
		return nil
	case 4, 5: // list, table
		if n > uint64(len(c.rest)) {
			return errUnreadable
		}
		for range n * uint64(kind-3) {
			if err := c.item(depth + 1); err != nil {
				return err
			}
		}
		return nil
	case 7:
		if n >= 20 && n <= 22 {
			return nil
		}
	}
	return errUnreadable
}

// head reads the kind of an item and its number.
func (c *cbor) head() (kind byte, n uint64, err error) {
	if len(c.rest) == 0 {
		return 0, 0, errUnreadable
	}
	kind, n = c.rest[0]>>5, uint64(c.rest[0]&31)
	c.rest = c.rest[1:]
	if n < 24 {
		return kind, n, nil
	}
	size := 1 << (n - 24)
	if n > 27 || size > len(c.rest) || kind == 7 {
		return 0, 0, errUnreadable
	}
	var wide [8]byte
	copy(wide[8-size:], c.rest[:size])
	c.rest = c.rest[size:]
	return kind, binary.BigEndian.Uint64(wide[:]), nil
}
