package markdown

import (
	"fmt"
	"strings"
	"testing"
)

func TestDefinitions(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"[a]\n\n[a]: /b\n", "[a]: /b\n"},
		{"[a]\n\n  [a]: /b\n\"T\"\n\nc\n", "  [a]: /b\n\"T\"\n"},
		{"[a]:\n/b\n'two\nlines'\nc\n", "[a]:\n/b\n'two\nlines'\n"},
		{"[a]: /b\n[c]: /d\n", "[a]: /b\n|[c]: /d\n"},
		{"[a]: /b 'T'\r\n[c]: /d\r\ne\r\n", "[a]: /b 'T'\r\n|[c]: /d\r\n"},
		{"- [a]: /b\n- c", "[a]: /b"},
		{"> [a]: /b\n> c\n", "[a]: /b"},
		{"- a\n\n  [a]: /b\n", "  [a]: /b\n"},
		{"[a]: /b", "[a]: /b"},
		{"x[^1]\n\n[^1]: one\n", "[^1]: one\n"},
		{"x[^1]\n\n[^1]: one\nlazy\n\nnot\n", "[^1]: one\nlazy\n"},
		{"x[^1]\n\n[^1]: one\n\n    two\n\nnot\n", "[^1]: one\n\n    two\n"},
		{"x[^1]\n\n[^1]: one\n    ```\n    code\n    ```\nnot\n", "[^1]: one\n    ```\n    code\n    ```\n"},
		{"x[^1]\n\n[^1]:\n    - a\n    - b\n\n[^2]: two\n", "[^1]:\n    - a\n    - b\n|[^2]: two\n"},
		{"x[^1]\n\n[^1]: one[^2]\n[^2]: two", "[^1]: one[^2]\n|[^2]: two"},
		{"x[^1]\n\n[^1]: {{< passage \"p\" >}}one{{< /passage >}}\n", "[^1]: {{< passage \"p\" >}}one{{< /passage >}}\n"},
		{"x[^1]\n\n[^1]: | a |\n    |---|\n    | b |\n\ny", "[^1]: | a |\n    |---|\n    | b |\n"},
		{"```\n[a]: /b\n```\n", ""},
	} {
		var got []string
		for _, d := range Parse([]byte(tt.body)).Definitions {
			got = append(got, tt.body[d.Span.Start:d.Span.End])
		}
		if strings.Join(got, "|") != tt.want {
			t.Errorf("%q: got %q, want %q", tt.body, strings.Join(got, "|"), tt.want)
		}
	}
}

func TestUses(t *testing.T) {
	body := "a[^1] ![^1] [b] [c][B] ![d][] [e][]\n\n[^1]: one [b]\n\n[b]: /b\n[d]: /d\n[B]: /other\n[^1]: again\n"
	d := Parse([]byte(body))
	var got []string
	for _, u := range d.Uses {
		got = append(got, fmt.Sprintf("%s=%d", body[u.Span.Start:u.Span.End], u.Definition))
	}
	if s := strings.Join(got, " "); s != "[^1]=0 [^1]=0 [b]=1 [c][B]=1 ![d][]=2 [b]=1" {
		t.Error(s)
	}
	var shadowed []bool
	for _, def := range d.Definitions {
		shadowed = append(shadowed, def.Shadowed)
	}
	if fmt.Sprint(shadowed) != "[false false false true true]" {
		t.Error(shadowed)
	}
	if def := d.Definitions[1]; def.Label != "b" || def.Key != "b" || def.Destination != "/b" || body[def.DestSpan.Start:def.DestSpan.End] != "/b" {
		t.Errorf("%+v", def)
	}
}

func TestWithhold(t *testing.T) {
	for _, tt := range []struct{ name, body, torn, gone, orphans string }{
		{"only withheld text uses it", "a\n\n[^1]: one\n\n[k]: /k\n\n## Held\n\nb[^1] [k]\n", "", "[^1]: one\n|[k]: /k\n", ""},
		{"other text uses it too", "a[^1] [k]\n\n[^1]: one\n\n[k]: /k\n\n## Held\n\nb[^1] [k]\n", "", "", ""},
		{"it stands in the withheld section", "a[^1]\n\n## Held\n\nb[^2]\n\n[^1]: one\n[^2]: two\n", "[^1]: one\n", "", "[^1]"},
		{"it stands in a withheld passage", "a[^1]\n\n{{< passage \"p\" >}}\n[^1]: one\n{{< /passage >}}\n", "", "", "[^1]"},
		{"through another footnote", "a\n\n[^1]: one[^2]\n[^2]: two\n\n## Held\n\nb[^1]\n", "", "[^1]: one[^2]\n|[^2]: two\n", ""},
		{"through a footnote that stays", "a[^1]\n\n[^1]: one[^2]\n[^2]: two\n\n## Held\n\nb[^2]\n", "", "", ""},
		{"nobody uses it", "a\n\n[^1]: one\n\n## Held\n\nb\n", "", "", ""},
		{"nothing defined", "a\n\n## Held\n\nb\n", "", "", ""},
		{"an inline passage uses it", "a {{< passage \"p\" >}}b[^1]{{< /passage >}}\n\n[^1]: one\n", "", "[^1]: one\n", ""},
	} {
		d := Parse([]byte(tt.body))
		if len(d.Problems) > 0 {
			t.Fatalf("%s: %+v", tt.name, d.Problems)
		}
		var sections, passages []Span
		if s, n := d.Section("held"); n == 1 {
			sections = append(sections, s)
		}
		for _, p := range d.Passages {
			passages = append(passages, p.Whole)
		}
		gone, orphans, torn := d.Withhold(sections, passages)
		texts := func(spans []Span) string {
			var s []string
			for _, x := range spans {
				s = append(s, tt.body[x.Start:x.End])
			}
			return strings.Join(s, "|")
		}
		var left []Span
		for _, i := range orphans {
			left = append(left, d.Uses[i].Span)
		}
		if texts(torn) != tt.torn || texts(gone) != tt.gone || texts(left) != tt.orphans {
			t.Errorf("%s: torn %q, gone %q, orphans %q", tt.name, texts(torn), texts(gone), texts(left))
		}
	}
}

func TestWithoutSpans(t *testing.T) {
	for _, tt := range []struct{ s, others, want string }{
		{"{0 9}", "", "[{0 9}]"},
		{"{0 9}", "{3 4}", "[{0 3} {4 9}]"},
		{"{0 9}", "{6 7} {3 4}", "[{0 3} {4 6} {7 9}]"},
		{"{2 9}", "{0 3} {8 12}", "[{3 8}]"},
		{"{2 9}", "{0 12}", "[]"},
		{"{2 9}", "{0 2} {9 12}", "[{2 9}]"},
	} {
		var s Span
		fmt.Sscanf(tt.s, "{%d %d}", &s.Start, &s.End)
		var others []Span
		for _, o := range strings.SplitAfter(tt.others, "}") {
			var x Span
			if n, _ := fmt.Sscanf(strings.TrimSpace(o), "{%d %d}", &x.Start, &x.End); n == 2 {
				others = append(others, x)
			}
		}
		if got := fmt.Sprint(without(s, union(others))); got != tt.want {
			t.Errorf("%s without %s: %s, want %s", tt.s, tt.others, got, tt.want)
		}
	}
}
