package markdown

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// What holds for any body: everything lies in it and in order, links look like links, and taking a sound passage out
// takes its bytes and nothing else with it.
func FuzzParse(f *testing.F) {
	for _, s := range []string{
		"# A {#b}\n\n[c](/d \"e\") ![f][g] <https://h.example> `i`\n\n[g]: /j\n",
		"a {{< passage \"p\" >}}b *c*{{< /passage >}} d\n\n{{< passage \"q\" >}}\n- e\n{{< /passage >}}\n",
		"> {{< passage \"p\" >}}\n> a\n> {{< /passage >}}\n>\n> - b\n>\n>   {{< field `x\ny` >}}\n",
		"| a | {{< passage \"p\" >}}b{{< /passage >}} |\n|---|---|\n| `\\|` | [c](/d) |\n",
		"a[^1]\n\n[^1]: b\n\n    ```\n    c\n    ```\n\n\td\n",
		"{{</* x */>}} {{% y a=\"b\" %}}c{{% /y %}} {{< z",
		"A\n===\r\nb\\\r\nc  \r\n<!-- d -->\r\n", "\xff\xfe\x00 [\xff](\xc3) `\xff", "***a*** ~~b~~ \"c\" -- www.d.example\n: e\n",
		"- [ ] {{< passage \"p\" >}}a{{< /passage >}}\n- {{< passage \"p\" >}}**b**{{< /passage >}}\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		d := Parse(body)
		whole := Span{0, len(body)}
		within := func(what string, s Span) {
			if s.Start > s.End || !whole.Contains(s) {
				t.Errorf("%s at %+v of %d bytes", what, s, len(body))
			}
		}
		last := 0
		for _, h := range d.Headings {
			within("heading", h.Span)
			within("content", h.Content)
			if h.Span.Start < last || h.AttrAt < h.Span.Start || h.AttrAt > h.Span.End || !h.Span.Contains(h.Content) {
				t.Errorf("heading %+v behind %d", h, last)
			}
			last = h.Span.Start
		}
		last = 0
		for _, s := range d.Shortcodes {
			within("tag", s.Span)
			within("inner", s.Inner)
			if text := body[s.Span.Start:s.Span.End]; s.Span.Start < last || !bytes.HasPrefix(text, []byte("{{")) || !bytes.HasSuffix(text, []byte("}}")) {
				t.Errorf("tag %q", text)
			}
			last = s.Span.End
		}
		last = 0
		for _, l := range d.Links {
			within("link", l.Span)
			within("destination", l.DestSpan)
			text := body[l.Span.Start:l.Span.End]
			if l.Span.Start < last || len(text) == 0 {
				t.Errorf("link %+v behind %d", l, last)
			}
			last = l.Span.Start
			if l.Auto {
				continue
			}
			if !(text[0] == '[' && !l.Image || bytes.HasPrefix(text, []byte("![")) && l.Image) || !strings.ContainsRune(")]", rune(text[len(text)-1])) {
				t.Errorf("link %q", text)
			}
		}
		for _, s := range slices.Concat(d.RawHTML, d.code) {
			within("HTML or code", s)
		}
		for _, x := range d.Definitions {
			within("definition", x.Span)
			if !bytes.Contains(body[x.Span.Start:x.Span.End], []byte("[")) {
				t.Errorf("definition %q", body[x.Span.Start:x.Span.End])
			}
		}
		for _, x := range d.Uses {
			within("use", x.Span)
		}
		for _, p := range d.Problems {
			within("problem", p.Span)
			if p.Kind == Unreadable {
				t.Errorf("unreadable: %q", body)
			}
		}
		last = 0
		for _, p := range d.Passages {
			within("passage", p.Whole)
			if p.Whole.Start < last || !p.Whole.Contains(Span{p.Open.Start, p.Close.End}) {
				t.Errorf("passage %+v", p)
			}
			last = p.Whole.End
			got := Apply(body, []Edit{{Span: p.Whole}})
			ends := bytes.Count(body[p.Whole.Start:p.Whole.End], []byte{'\n'})
			want := slices.Concat(body[:p.Whole.Start], bytes.Repeat([]byte{'\n'}, ends), body[p.Whole.End:])
			if !bytes.Equal(bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")), bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))) {
				t.Errorf("cut %q", got)
			}
		}
		d.Plain(whole)
		d.Withhold(nil, []Span{whole})
		if !utf8.Valid(body) {
			return // no page: loading refuses it, and an id cannot be written that is no text
		}
		again := HeadingIDs(Apply(body, d.PinIDs()))
		for i, h := range d.Headings {
			if i < len(again) && h.ID != again[i] {
				t.Errorf("the id %q became %q in %q", h.ID, again[i], body)
			}
		}
		if len(again) != len(d.Headings) {
			t.Errorf("%d headings became %d in %q", len(d.Headings), len(again), body)
		}
	})
}
