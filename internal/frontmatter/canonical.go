package frontmatter

import (
	"encoding/binary"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"time"
)

// Canonical encodes decoded values for a digest: the same bytes for the same values, whatever the order of keys, the
// spelling of numbers and texts, or the offset that a time was written with; different bytes for different values or
// types. skip leaves out what lies at a dotted path ("signoff", "lead.0.phone"); nil leaves out nothing. The encoding is
// part of the contract of candour approve: a change of it makes every sign-off stale.
func Canonical(values map[string]any, skip func(path string) bool) []byte {
	if skip == nil {
		skip = func(string) bool { return false }
	}
	return appendTable(nil, values, "", skip)
}

// Every value begins with a letter for its type, and everything of variable length with its length, so that no value can
// pose as another.
func appendTable(b []byte, table map[string]any, path string, skip func(string) bool) []byte {
	b = append(b, '{')
	for _, key := range slices.Sorted(maps.Keys(table)) {
		at := below(path, key)
		if skip(at) {
			continue
		}
		b = appendText(b, 'k', key)
		b = appendValue(b, table[key], at, skip)
	}
	return append(b, '}')
}

func below(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

func appendText(b []byte, kind byte, s string) []byte {
	b = append(b, kind)
	b = strconv.AppendInt(b, int64(len(s)), 10)
	b = append(b, ':')
	return append(b, s...)
}

func appendValue(b []byte, v any, path string, skip func(string) bool) []byte {
	switch v := v.(type) {
	case map[string]any:
		return appendTable(b, v, path, skip)
	case []any:
		b = append(b, '[')
		for i, item := range v {
			if at := below(path, strconv.Itoa(i)); !skip(at) {
				b = appendValue(b, item, at, skip)
			}
		}
		return append(b, ']')
	case string:
		return appendText(b, 's', v)
	case int64:
		return append(strconv.AppendInt(append(b, 'i'), v, 10), ';')
	case float64:
		if math.IsNaN(v) {
			v = math.NaN()
		}
		return binary.BigEndian.AppendUint64(append(b, 'f'), math.Float64bits(v))
	case bool:
		if v {
			return append(b, 'y')
		}
		return append(b, 'n')
	case time.Time:
		return appendText(b, 't', v.UTC().Format(time.RFC3339Nano))
	case LocalDate:
		return appendText(b, 'd', v.String())
	case LocalTime:
		return appendText(b, 'c', v.String())
	case LocalDateTime:
		return appendText(b, 'l', v.String())
	}
	// Decode makes no other type. Written out rather than left out: what a digest passes over could change unseen.
	return appendText(b, '?', fmt.Sprintf("%T", v))
}
