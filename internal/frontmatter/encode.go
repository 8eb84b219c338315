package frontmatter

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Encode writes decoded values as TOML: plain values first, then tables and arrays of tables, keys in order. What Decode
// makes of it is equal to values. Nothing of how the values were once written stays: no comment, no order.
func Encode(values map[string]any) []byte {
	var b strings.Builder
	encodeTable(&b, values, nil)
	return []byte(strings.TrimLeft(b.String(), "\n"))
}

func encodeTable(b *strings.Builder, table map[string]any, path []string) {
	keys := slices.Sorted(maps.Keys(table))
	for _, key := range keys {
		if !isTable(table[key]) && !isTables(table[key]) {
			fmt.Fprintf(b, "%s = %s\n", encodeKey(key), encodeValue(table[key]))
		}
	}
	for _, key := range keys {
		here := append(slices.Clone(path), encodeKey(key))
		name := strings.Join(here, ".")
		switch {
		case isTable(table[key]):
			fmt.Fprintf(b, "\n[%s]\n", name)
			encodeTable(b, table[key].(map[string]any), here)
		case isTables(table[key]):
			for _, item := range table[key].([]any) {
				fmt.Fprintf(b, "\n[[%s]]\n", name)
				encodeTable(b, item.(map[string]any), here)
			}
		}
	}
}

func isTable(v any) bool { _, ok := v.(map[string]any); return ok }

func isTables(v any) bool {
	items, ok := v.([]any)
	return ok && len(items) > 0 && !slices.ContainsFunc(items, func(item any) bool { return !isTable(item) })
}

func encodeKey(key string) string {
	if bareKey.MatchString(key) {
		return key
	}
	return Quote(key)
}

func encodeValue(v any) string {
	switch v := v.(type) {
	case string:
		return Quote(v)
	case int64:
		return strconv.FormatInt(v, 10)
	case bool:
		return strconv.FormatBool(v)
	case float64:
		switch {
		case math.IsNaN(v):
			return "nan"
		case math.IsInf(v, 0):
			return map[bool]string{true: "inf", false: "-inf"}[v > 0]
		}
		s := strconv.FormatFloat(v, 'g', -1, 64)
		if !strings.ContainsAny(s, ".eE") {
			s += ".0"
		}
		return s
	case time.Time:
		return v.Format(time.RFC3339Nano)
	case fmt.Stringer: // LocalDate, LocalDateTime, LocalTime
		return v.String()
	case []any:
		items := make([]string, len(v))
		for i, item := range v {
			items[i] = encodeValue(item)
		}
		return "[" + strings.Join(items, ", ") + "]"
	case map[string]any: // within an array of mixed values
		var items []string
		for _, key := range slices.Sorted(maps.Keys(v)) {
			items = append(items, encodeKey(key)+" = "+encodeValue(v[key]))
		}
		return "{" + strings.Join(items, ", ") + "}"
	}
	return `""`
}
