package alertform

import (
	"strings"
	"testing"
	"time"
)

func TestCount(t *testing.T) {
	for _, c := range []struct {
		name string
		text string
		want Segments
	}{
		{"nothing", "", Segments{1, 0, false}},
		{"as much as one holds", strings.Repeat("a", 160), Segments{1, 160, false}},
		{"one more", strings.Repeat("a", 161), Segments{2, 161, false}},
		{"two full parts", strings.Repeat("a", 306), Segments{2, 306, false}},
		{"and one more", strings.Repeat("a", 307), Segments{3, 307, false}},
		{"the euro takes two", strings.Repeat("€", 80), Segments{1, 160, false}},
		{"and one more euro", strings.Repeat("€", 81), Segments{2, 162, false}},
		{"an escaped character is not split", strings.Repeat("a", 152) + "€" + strings.Repeat("a", 152), Segments{3, 306, false}},
		{"brackets and tildes", "[a~b]", Segments{1, 8, false}},
		{"a letter that it lacks", "Nandú", Segments{1, 5, true}},
		{"French and German", "èéùìòàäöñüÄÖÑÜß", Segments{1, 15, false}},
		{"one Welsh letter", "ŵ" + strings.Repeat("a", 69), Segments{1, 70, true}},
		{"and one more", "ŵ" + strings.Repeat("a", 70), Segments{2, 71, true}},
		{"two parts of it", "ŵ" + strings.Repeat("a", 133), Segments{2, 134, true}},
		{"three parts of it", "ŵ" + strings.Repeat("a", 134), Segments{3, 135, true}},
		{"an emoji takes two units", strings.Repeat("🚑", 35), Segments{1, 70, true}},
		{"an emoji is not split", strings.Repeat("a", 66) + "🚑" + strings.Repeat("a", 66), Segments{3, 134, true}},
		{"Urdu", strings.Repeat("ڈ", 71), Segments{2, 71, true}},
	} {
		if got := Count(c.text); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
}

func TestPlainKeepsLetters(t *testing.T) {
	if got := plain("Don’t – “no” … ŵ ł é 6\u00a0pm"); got != `Don't - "no" ... ŵ ł é 6 pm` {
		t.Error(got)
	}
	if Count(plain("Don’t use alone")).Unicode {
		t.Error("an apostrophe makes the message dear")
	}
}

// The examples are those of twitter-text's own conformance tests, as far as they are about length.
func TestWeighted(t *testing.T) {
	for text, want := range map[string]int{
		"This is a test.": 15, "": 0,
		"Test https://plan.eastmere.example/alerts/2026-11-pills-sold-as-oxycodone/": 5 + 23,
		"https://a.example/ b": 25,
		"Ŵ – “x”":              7,
		"故人西辞黄鹤楼":              14,
		"🚑":                    2,
		"cafe\u0301":           4,
	} {
		if got := weighted(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestStop(t *testing.T) {
	for text, want := range map[string]string{"": "", "a": "a.", "a.": "a.", "a? ": "a?", "کال کریں۔": "کال کریں۔", "a)": "a)."} {
		if got := stop(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func TestIdentifier(t *testing.T) {
	f := &Forms{}
	f.edition.Name = "public"
	at := time.Date(2026, 11, 19, 17, 30, 0, 0, time.UTC)
	seen := map[string]bool{}
	for _, slug := range []string{"a-b", "a/b", "a_b", "ŵ", "ŷ", "a.b"} {
		id := f.identifier(&alert{slug: slug}, at)
		if seen[id] || strings.ContainsAny(id, " ,<&/.ŵŷ") {
			t.Errorf("%s: %s", slug, id)
		}
		seen[id] = true
	}
	if !seen["a-b-20261119T173000Z"] {
		t.Error(seen)
	}
}
