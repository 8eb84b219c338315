package markdown

import (
	"strings"
	"testing"
)

func TestLinks(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		// span | destination | text, one line a link
		{"a [b](/c) d", "[b](/c)|/c|b"},
		{"[b](/c)", "[b](/c)|/c|b"},
		{"[](/c)", "[](/c)|/c|"},
		{"[b]()", "[b]()||b"},
		{"[b](<>)", "[b](<>)||b"},
		{"[b](</c d>)", "[b](</c d>)|/c d|b"},
		{`[b](/c "t)")`, `[b](/c "t)")|/c|b`},
		{"[b](/c\n'two\nlines')", "[b](/c\n'two\nlines')|/c|b"},
		{"[b]( /c )", "[b]( /c )|/c|b"},
		{"[b](/c(d)e)", "[b](/c(d)e)|/c(d)e|b"},
		{`[b](/c\)d)`, `[b](/c\)d)|/c\)d|b`},
		{`[b\]c](/d)`, `[b\]c](/d)|/d|b]c`},
		{"[b *c* `d]` e](/f)", "[b *c* `d]` e](/f)|/f|b c d] e"},
		{"[[b]](/c)", "[[b]](/c)|/c|[b]"},
		{"[a](/1)[b](/2)", "[a](/1)|/1|a\n[b](/2)|/2|b"},
		{"![b](/c)", "![b](/c)|/c|b"},
		{"[![b](/c)](/d)", "[![b](/c)](/d)|/d|b\n![b](/c)|/c|b"},
		{"![a [b](/c) d](/e)", "![a [b](/c) d](/e)|/e|a b d\n[b](/c)|/c|b"},
		{"[a [b](/c) d](/e)", "[b](/c)|/c|b"},
		{"**[b](/c)**", "[b](/c)|/c|b"},
		{"*[b*](/c)", "[b*](/c)|/c|b*"},
		{"[b][c]\n\n[c]: /d 'T'", "[b][c]|/d|b"},
		{"[b\nb][c\nc]\n\n[c c]: /d", "[b\nb][c\nc]|/d|b b"},
		{"[b][]\n\n[b]: /d", "[b][]|/d|b"},
		{"[b]\n\n[b]: /d", "[b]|/d|b"},
		{"![b]\n\n[B]: /d", "![b]|/d|b"},
		{"[b] not", ""},
		{"[b](/c", ""},
		{"`[b](/c)`", ""},
		{`\[b](/c)`, ""},
		{`!\[b](/c)`, ""},
		{`\![b](/c)`, "[b](/c)|/c|b"},
		{"```\n[b](/c)\n```", ""},
		{"<https://a.example/x>", "<https://a.example/x>|https://a.example/x|https://a.example/x"},
		{"<a@b.example>", "<a@b.example>|mailto:a@b.example|a@b.example"},
		{"(see https://a.example/x).", "https://a.example/x|https://a.example/x|https://a.example/x"},
		{"www.a.example/x, too", "www.a.example/x|https://www.a.example/x|www.a.example/x"},
		{"write to a@b.example.", "a@b.example|mailto:a@b.example|a@b.example"},
		{"**a@b.example**", "a@b.example|mailto:a@b.example|a@b.example"},
		{"\"www.a.example\"", "www.a.example|https://www.a.example|www.a.example"},
		{"x[b](/c)\ny www.a.example\nhttps://b.example", "[b](/c)|/c|b\nwww.a.example|https://www.a.example|www.a.example\nhttps://b.example|https://b.example|https://b.example"},
		{"| [a](/1) | ![b](/2) |\n|---|---|\n| `\\|` [c](/3) | [d\\|e](/4) |", "[a](/1)|/1|a\n![b](/2)|/2|b\n[c](/3)|/3|c\n[d\\|e](/4)|/4|d|e"},
		{"> a [b\n> c](/d\n> \"t\") e", "[b\n> c](/d\n> \"t\")|/d|b c"},
		{"- [ ] [b](/c)", "[b](/c)|/c|b"},
		{"1. a\n\t- [b](/c)\n", "[b](/c)|/c|b"},
		{"a[^1] [b](/c)\n\n[^1]: [d](/e)", "[b](/c)|/c|b\n[d](/e)|/e|d"},
		{"# [b](/c) {#x}", "[b](/c)|/c|b"},
		{"[b](/c)\r\n[d](/e)\r\n", "[b](/c)|/c|b\n[d](/e)|/e|d"},
		{"[ŵ](/ŵ) [b](/c)", "[ŵ](/ŵ)|/ŵ|ŵ\n[b](/c)|/c|b"},

		{`[b]({{< ref "/c" >}})`, `[b]({{< ref "/c" >}})|{{< ref "/c" >}}|b`},
		{`[b]({{< ref "/c" >}}#d "t")`, `[b]({{< ref "/c" >}}#d "t")|{{< ref "/c" >}}#d|b`},
		{`[{{< field "x" >}} b](/c)`, `[{{< field "x" >}} b](/c)|/c|b`},
		{`{{< passage "p" >}}[b](/c){{< /passage >}}[d](/e)`, "[b](/c)|/c|b\n[d](/e)|/e|d"},
		{`[b {{< passage "p" >}}c{{< /passage >}}](/d)`, `[b {{< passage "p" >}}c{{< /passage >}}](/d)|/d|b c`},
		{"[b]\n\n[b]: {{< ref \"/c\" >}}\n", "[b]|{{< ref \"/c\" >}}|b"},
	} {
		d := Parse([]byte(tt.body))
		var got []string
		for _, l := range d.Links {
			got = append(got, tt.body[l.Span.Start:l.Span.End]+"|"+l.Destination+"|"+l.Text)
			if l.DestSpan.Len() > 0 && !strings.HasSuffix(l.Destination, tt.body[l.DestSpan.Start:l.DestSpan.End]) {
				t.Errorf("%q: destination at %q", tt.body, tt.body[l.DestSpan.Start:l.DestSpan.End])
			}
			if l.DestSpan.Len() == 0 && l.Destination != "" && l.Ref == "" {
				t.Errorf("%q: destination nowhere", tt.body)
			}
			if image := strings.HasPrefix(tt.body[l.Span.Start:], "!["); image != l.Image {
				t.Errorf("%q: image %v", tt.body, l.Image)
			}
		}
		if strings.Join(got, "\n") != tt.want {
			t.Errorf("%q:\ngot  %q\nwant %q", tt.body, strings.Join(got, "\n"), tt.want)
		}
	}
}

func TestLinkDetails(t *testing.T) {
	l := Parse([]byte(`[b](java&#115;cript&colon;a\(1\) "a &amp; \"b\"")`)).Links[0]
	if l.URL != "javascript:a(1)" || l.Title != `a & "b"` || l.Destination != `java&#115;cript&colon;a\(1\)` {
		t.Errorf("%+v", l)
	}
	if l := Parse([]byte("[b][ C\nd ]\n\n[c d]: /x")).Links[0]; l.Ref != " C\nd " || l.URL != "/x" {
		t.Errorf("%+v", l)
	}
	if l := Parse([]byte("www.a.example")).Links[0]; !l.Auto || l.Ref != "" {
		t.Errorf("%+v", l)
	}
}

func TestRawHTML(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"a <b>c</b> d", "<b> </b>"},
		{"<div>\na\n</div>\n\nb", "<div>\na\n</div>"},
		{"a <!-- b --> c", "<!-- b -->"},
		{"<!-- a\n\nb -->\nc\n", "<!-- a\n\nb -->"},
		{"a\n\n<!--more-->\n\nb", "<!--more-->"},
		{"a `<!--more-->` b", "<!--more-->"}, // Hugo takes it out of code too
		{"a `<b>` \\<b> &lt;b>", ""},
		{"1 < 2 > 1", ""},
		{"{{< field \"<!--more-->\" >}}", ""},
		{"{{< note >}}\n<b>\n{{< /note >}}", "<b>"},
		{"<script>\na\n</script>", "<script>\na\n</script>"},
	} {
		var got []string
		for _, s := range Parse([]byte(tt.body)).RawHTML {
			got = append(got, tt.body[s.Start:s.End])
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: %q, want %q", tt.body, got, tt.want)
		}
	}
}
