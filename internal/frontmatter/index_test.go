package frontmatter

import (
	"strings"
	"testing"
)

const indexed = `title = "A plan"
  summary = 'x' # note
tags=["one", "two"]
dates = {from = 2026-01-01, to = 2026-02-02}
"odd key".sub = 1
named = [ {a = 1}, { b = 2 }, [3, 4], [] ]
ŷ_not_a_key = 1
`

const blocks = `# a note
[contact]
email = "a@b.example"

[[lead]]
element = "prepare" # ŷ
phone = "01632 960000"

[[lead]]
  [lead.cover]
  name = "x"
  [[lead.shift]]
  from = 1
  [[lead.shift]]
  from = 2
text = """
two
lines"""
after = [
  "one",
  # note
  "two",
]
`

func TestIndex(t *testing.T) {
	type at struct{ line, col int }
	for _, tc := range []struct {
		name, src  string
		path       string
		key, value at
	}{
		{"first", indexed, "title", at{11, 1}, at{11, 9}},
		{"indented", indexed, "summary", at{12, 3}, at{12, 13}},
		{"list", indexed, "tags", at{13, 1}, at{13, 6}},
		{"item", indexed, "tags.1", at{13, 14}, at{13, 14}},
		{"braces", indexed, "dates", at{14, 1}, at{14, 9}},
		{"in braces", indexed, "dates.to", at{14, 29}, at{14, 34}},
		{"quoted key", indexed, "odd key", at{15, 1}, at{15, 1}},
		{"dotted key", indexed, "odd key.sub", at{15, 11}, at{15, 17}},
		{"table in a list", indexed, "named.0", at{16, 11}, at{16, 11}},
		{"table with space", indexed, "named.1", at{16, 20}, at{16, 20}},
		{"in it", indexed, "named.1.b", at{16, 22}, at{16, 26}},
		{"list in a list", indexed, "named.2", at{16, 31}, at{16, 31}},
		{"item of it", indexed, "named.2.1", at{16, 35}, at{16, 35}},
		{"empty list in a list falls back", indexed, "named.3", at{16, 1}, at{16, 1}},
		{"unknown item falls back", indexed, "tags.7", at{13, 1}, at{13, 1}},
		{"unknown", indexed, "nothing.at.all", at{10, 1}, at{10, 1}},
		{"header", blocks, "contact", at{11, 2}, at{11, 2}},
		{"below a header", blocks, "contact.email", at{12, 1}, at{12, 9}},
		{"unknown below a header", blocks, "contact.phone", at{11, 2}, at{11, 2}},
		{"blocks", blocks, "lead", at{14, 3}, at{14, 3}},
		{"first block", blocks, "lead.0", at{14, 3}, at{14, 3}},
		{"in the first", blocks, "lead.0.phone", at{16, 1}, at{16, 9}},
		{"second block", blocks, "lead.1", at{18, 3}, at{18, 3}},
		{"unknown in the second", blocks, "lead.1.phone", at{18, 3}, at{18, 3}},
		{"unknown block", blocks, "lead.2.phone", at{14, 3}, at{14, 3}},
		{"table in a block", blocks, "lead.1.cover.name", at{20, 3}, at{20, 10}},
		{"blocks in a block", blocks, "lead.1.shift.1.from", at{24, 3}, at{24, 10}},
		{"several lines", blocks, "lead.1.shift.1.text", at{25, 1}, at{25, 8}},
		{"item on its own line", blocks, "lead.1.shift.1.after.1", at{31, 3}, at{31, 3}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			first := 10
			src := tc.src
			if src == indexed {
				first, src = 11, strings.Replace(src, "ŷ_not_a_key = 1\n", "", 1)
				if tc.name == "unknown" {
					tc.key.line, tc.value.line = 11, 11
				}
			}
			path := strings.Split(tc.path, ".")
			for kind, src := range map[string]string{"lf": src, "crlf": strings.ReplaceAll(src, "\n", "\r\n"), "bom": "\ufeff" + src} {
				x := NewIndex([]byte(src), first)
				if line, col := x.Key(path...); (at{line, col}) != tc.key {
					t.Errorf("%s: Key %v, want %v", kind, at{line, col}, tc.key)
				}
				if line, col := x.Value(path...); (at{line, col}) != tc.value {
					t.Errorf("%s: Value %v, want %v", kind, at{line, col}, tc.value)
				}
			}
		})
	}
}

func TestIndexColumnsAreCharacters(t *testing.T) {
	x := NewIndex([]byte("\"tŷ 🏠\" = 'x'\nl = [\"tŷ 🏠\", 2]\n"), 1)
	if line, col := x.Value("tŷ 🏠"); line != 1 || col != 10 {
		t.Errorf("value at %d:%d, want 1:10", line, col)
	}
	if line, col := x.Value("l", "1"); line != 2 || col != 14 {
		t.Errorf("item at %d:%d, want 2:14", line, col)
	}
}

func TestIndexOfBrokenSource(t *testing.T) {
	x := NewIndex([]byte("a = 1\nb = = =\nc = 1\n"), 1)
	if line, col := x.Key("a"); line != 1 || col != 1 {
		t.Errorf("a at %d:%d", line, col)
	}
	if x.Has("c") {
		t.Error("a key behind the fault has a place")
	}
	for _, src := range []string{"", "\ufeff", strings.Repeat("[", 1000), "\x00", "a = 1\r"} {
		if line, col := NewIndex([]byte(src), 3).Value("a", "b"); line != 3 || col != 1 {
			t.Errorf("%.10q: %d:%d, want 3:1", src, line, col)
		}
	}
}
