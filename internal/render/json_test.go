package render

import (
	"encoding/json"
	"math"
	"testing"
)

func TestAppendJSON(t *testing.T) {
	type named struct {
		A int `json:"a"`
	}
	for _, v := range []any{
		nil, "", "plain", "quo\"te", `back\slash`, "<b>&", "line\nend\t\x00\x7f", "Ŵyl – ffynnon 🏴", "\xff broken \u2028", true, false, 0, -3, int64(math.MinInt64), 1.5, 1e30,
		[]any{}, []any(nil), []any{"a", []any{1, nil}}, map[string]any{}, map[string]any(nil), []string{"x", "<"}, []int{1, 2}, map[string]string{"b": "1", "a": "2"}, named{3}, &named{4},
		map[string]any{"z": 1, "a": map[string]any{"é": "è", "<": ">"}, "": []any{true}, "m": named{5}},
	} {
		want, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := appendJSON(nil, v); err != nil || string(got) != string(want) {
			t.Errorf("%#v: %s, %v; want %s", v, got, err, want)
		}
	}
	for _, v := range []any{math.NaN(), map[string]any{"a": []any{make(chan int)}}} {
		if _, err := appendJSON(nil, v); err == nil {
			t.Errorf("%v was encoded", v)
		}
	}
}

func FuzzAppendString(f *testing.F) {
	f.Add("a\"b\\c<d>\u2028\xff")
	f.Fuzz(func(t *testing.T, s string) {
		want, _ := json.Marshal(s)
		if got := appendString(nil, s); string(got) != string(want) {
			t.Errorf("%q: %s, want %s", s, got, want)
		}
	})
}
