package markdown

import (
	"bytes"
	"strings"
	"testing"
)

func TestApply(t *testing.T) {
	for _, tt := range []struct {
		name, body string
		edits      []Edit
		want       string
	}{
		{"none", "a\nb", nil, "a\nb"},
		{"plain", "a bc d", []Edit{{Span{2, 4}, "X"}}, "a X d"},
		{"any order", "abcd", []Edit{{Span{3, 4}, "Y"}, {Span{0, 1}, "X"}}, "XbcY"},
		{"line ends follow", "a\nb\nc\nd", []Edit{{Span{2, 6}, "X"}}, "a\nX\n\nd"},
		{"with carriage returns", "a\r\nb\r\nc", []Edit{{Span{3, 6}, "X"}}, "a\r\nX\r\nc"},
		{"text with its own", "a\nb\nc\nd", []Edit{{Span{2, 6}, "X\n"}}, "a\nX\n\nd"},
		{"surplus", "a b c", []Edit{{Span{2, 3}, "X\nY\r\nZ"}}, "a X Y Z c"},
		{"some surplus", "a b\n c", []Edit{{Span{2, 4}, "X\nY\nZ"}}, "a X\nY Z c"},
		{"inside a tag", "a b\nc\nd e", []Edit{{Span{2, 7}, "{{< m >}}"}}, "a {{< m \n\n>}} e"},
		{"inside a tag, and the last behind", "a\nb\nc\nd", []Edit{{Span{2, 6}, "{{< m >}}"}}, "a\n{{< m \n>}}\nd"},
		{"one line tag", "a\nb\nc", []Edit{{Span{2, 4}, "{{< m >}}"}}, "a\n{{< m >}}\nc"},
		{"nested goes with the outer", "abcdef", []Edit{{Span{2, 3}, "X"}, {Span{1, 5}, "Y"}}, "aYf"},
		{"insertion inside goes too", "abcdef", []Edit{{Span{3, 3}, "X"}, {Span{1, 5}, "Y"}}, "aYf"},
		{"insertion at the edges stays", "abcdef", []Edit{{Span{1, 5}, "Y"}, {Span{5, 5}, "Z"}, {Span{1, 1}, "X"}}, "aXYZf"},
		{"overlap, one text", "abcdef", []Edit{{Span{1, 3}, "Y"}, {Span{2, 5}, "Y"}}, "aYf"},
		{"overlap, two texts", "ab\ncdef", []Edit{{Span{1, 4}, "Y"}, {Span{3, 5}, "Z"}}, "aY\nZef"},
		{"overlap with a removal", "abcdef", []Edit{{Span{1, 3}, ""}, {Span{2, 5}, "Y"}}, "aYf"},
		{"same place", "ab", []Edit{{Span{1, 1}, "X"}, {Span{1, 1}, "Y"}}, "aXYb"},
		{"to the end", "ab\n", []Edit{{Span{1, 3}, ""}}, "a\n"},
	} {
		if got := string(Apply([]byte(tt.body), tt.edits)); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestBlockEdit(t *testing.T) {
	const m = "{{< m >}}"
	for _, tt := range []struct{ body, want string }{
		{"# A\n\na\n\n## Cut\n\nb\n\n## C\n", "# A\n\na\n\n{{< m \n\n>}}\n\n## C\n"},
		{"a\n## Cut\nb\n\n# C\n", "a\n\n{{< m >}}\n\n# C\n"},
		{"a\n## Cut\n# C\n", "a\n{{< m >}}\n# C\n"},
		{"## Cut\n\nb", "{{< m \n\n>}}"},
		{"a\n\n{{< passage \"p\" >}}\nb\n{{< /passage >}}\n\nc\n", "a\n\n{{< m \n\n>}}\n\nc\n"},
		{"> a\n>\n> {{< passage \"p\" >}}\n> b\n> {{< /passage >}}\n>\n> c\n", "> a\n>\n> {{< m \n\n>}}\n>\n> c\n"},
		{"- a\n\n  {{< passage \"p\" >}}\n  b\n  {{< /passage >}}\n- c\n", "- a\n\n  {{< m \n>}}\n\n- c\n"},
		{"> ## Cut\n> a\n> # B\n", "> {{< m >}}\n\n> # B\n"},
	} {
		d := Parse([]byte(tt.body))
		if len(d.Problems) > 0 {
			t.Fatalf("%q: %+v", tt.body, d.Problems)
		}
		s, n := d.Section("cut")
		if n == 0 {
			s = d.Passages[0].Whole
		}
		got := string(Apply([]byte(tt.body), []Edit{d.BlockEdit(s, m)}))
		if got != tt.want {
			t.Errorf("%q:\ngot  %q\nwant %q", tt.body, got, tt.want)
		}
		if e := d.BlockEdit(s, ""); e.Text != "" {
			t.Errorf("%q: nothing became %q", tt.body, e.Text)
		}
	}
}

// Whatever is cut, every line that is left keeps its number, and nothing else of the body changes.
func FuzzApply(f *testing.F) {
	f.Add([]byte("a\nb\r\nc\nd"), 1, 5, 3, 7, "X\nY")
	f.Add([]byte("a\nb\nc"), 0, 5, 2, 2, "{{< m >}}")
	f.Fuzz(func(t *testing.T, body []byte, a, b, c, d int, text string) {
		span := func(a, b int) Span {
			a, b = max(0, a%(len(body)+1)), max(0, b%(len(body)+1))
			return Span{min(a, b), max(a, b)}
		}
		edits := []Edit{{span(a, b), text}, {span(c, d), "Z"}}
		got := Apply(body, edits)
		if bytes.Count(got, []byte{'\n'}) != bytes.Count(body, []byte{'\n'}) {
			t.Errorf("%q with %+v: %q", body, edits, got)
		}
		first, last := min(edits[0].Span.Start, edits[1].Span.Start), max(edits[0].Span.End, edits[1].Span.End)
		if !bytes.HasPrefix(got, body[:first]) || !bytes.HasSuffix(got, body[last:]) {
			t.Errorf("%q with %+v: %q", body, edits, got)
		}
	})
}

func TestLineCol(t *testing.T) {
	src := "ab\nŵd\r\n\nz"
	for _, tt := range [][3]int{{0, 1, 1}, {2, 1, 3}, {3, 2, 1}, {5, 2, 2}, {6, 2, 3}, {8, 3, 1}, {9, 4, 1}, {10, 4, 2}, {99, 4, 2}, {-1, 1, 1}} {
		line, col := LineCol([]byte(src), tt[0])
		if line != tt[1] || col != tt[2] {
			t.Errorf("%d: %d:%d", tt[0], line, col)
		}
		if l, c := Parse([]byte(src)).LineCol(tt[0]); l != line || c != col {
			t.Errorf("%d: %d:%d of the document", tt[0], l, c)
		}
	}
	if l, c := Parse(nil).LineCol(0); l != 1 || c != 1 {
		t.Error(l, c)
	}
	if strings.Count(src, "\n") != 3 {
		t.Fatal("the source above changed")
	}
}

// Every byte that Apply keeps is led back to where it stood.
func TestOriginLeadsBack(t *testing.T) {
	body := []byte("one two three\nfour five\r\nsix seven\neight")
	for _, edits := range [][]Edit{
		nil,
		{{Span{4, 7}, "2"}},
		{{Span{4, 7}, "a much longer text"}, {Span{14, 18}, ""}},
		{{Span{0, 0}, "put in front "}, {Span{8, 20}, "over a line end"}, {Span{10, 12}, "inside"}},
		{{Span{len(body), len(body)}, " behind"}, {Span{25, 34}, ""}},
	} {
		out := Apply(body, edits)
		kept := 0
		for off, b := range out {
			at := Origin(body, edits, off)
			if at < 0 || at > len(body) {
				t.Fatalf("%v: %d leads to %d", edits, off, at)
			}
			if at < len(body) && body[at] == b {
				kept++
			}
		}
		if n := len(body) - 30; kept < n {
			t.Errorf("%v: only %d of %d bytes lead back to themselves", edits, kept, len(out))
		}
		for _, word := range []string{"one", "seven", "eight"} {
			was, is := bytes.Index(body, []byte(word)), bytes.Index(out, []byte(word))
			if is >= 0 && Origin(body, edits, is) != was {
				t.Errorf("%v: %q stood at %d, not %d", edits, word, was, Origin(body, edits, is))
			}
		}
	}
}
