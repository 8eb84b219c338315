package markdown

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"testing"

	gm "github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
)

func TestPlain(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"# A *b*\n\nc **d**\ne  \nf\n", "A b c d e f"},
		{"a\\* &amp; &#65; `b &amp; c`", "a* & A b &amp; c"},
		{"a'b \"c\" -- d...", "a'b \"c\" -- d..."},
		{"[a *b*](/c \"T\") ![d](/e) <https://f.example> www.g.example", "a b d https://f.example www.g.example"},
		{"| a | b |\n|---|---|\n| c |\n", "a b c"},
		{"- a\n- b\n  - c\n", "a b c"},
		{"> a\n> b\n", "a b"},
		{"```go\na  b\n```\n\n    c\n", "a b c"},
		{"a <b>c</b> d\n\n<div>\ne\n</div>\n", "a c d"},
		{"a {{< field \"x\" >}} b {{< passage \"p\" >}}c{{< /passage >}}d", "a b cd"},
		{"{{< note >}}\na\n{{< /note >}}", "a"},
		{"{{</* field \"x\" */>}}", "{{< field \"x\" >}}"},
		{"a[^1]\n\n[^1]: b\n\n[c]: /d 'e'\n\nf [c]\n", "a b f c"},
		{"x[^2] y[^1]\n\n[^1]: b\n\nmiddle\n\n[^2]: c\n", "x y b middle c"},
		{"wo**r**d", "word"},
		{"a\r\nb\r\n", "a b"},
		{"Term\n: Meaning\n", "Term Meaning"},
		{"~~a~~ - [ ] b\n\n- [x] c", "a - [ ] b c"},
		{"`a` `` b` ``", "a b`"},
	} {
		d := Parse([]byte(tt.body))
		if got := d.Plain(Span{0, len(tt.body)}); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.body, got, tt.want)
		}
	}
}

func TestPlainOfSpans(t *testing.T) {
	body := "# A\n\nsome *words* here\n\n## B\n\nother [words](/x \"t\") there\n"
	d := Parse([]byte(body))
	s, _ := d.Section("b")
	if got := d.Plain(s); got != "B other words there" {
		t.Errorf("%q", got)
	}
	at := strings.Index(body, "words*")
	if got := d.Plain(Span{at, at + 3}); got != "wor" {
		t.Errorf("%q", got)
	}
	if got := d.PlainWith(Span{0, len(body)}, []Edit{{Span{at, at + 5}, "nothing"}, {s, "withheld"}}); got != "A some nothing here withheld" {
		t.Errorf("%q", got)
	}
	if got := d.PlainWith(s, []Edit{{Span{0, at}, "x"}, {Span{s.Start, s.Start}, "y"}}); got != "y B other words there" {
		t.Errorf("%q", got)
	}
	if got := d.Titles(s); len(got) != 1 || got[0] != "t" {
		t.Errorf("%q", got)
	}
	if got := d.Titles(Span{0, s.Start}); len(got) != 0 {
		t.Errorf("%q", got)
	}
	marked := "a {{< passage \"p\" >}}b *c*{{< /passage >}} d"
	d = Parse([]byte(marked))
	p := d.Passages[0]
	if got := d.PlainWith(Span{0, len(marked)}, []Edit{{p.Whole, "X"}, {p.Open, ""}, {p.Close, ""}}); got != "a X d" {
		t.Errorf("%q", got)
	}
	if got := d.Plain(p.Inner); got != "b c" {
		t.Errorf("%q", got)
	}
}

var hugoLike = gm.New(gm.WithExtensions(extension.Table, extension.Strikethrough, extension.Linkify, extension.TaskList,
	extension.Typographer, extension.DefinitionList, extension.Footnote))

var tagRE = regexp.MustCompile(`<[^>]*>`)

// shown renders Markdown, and gives the text of the cell or paragraph that EscapeText was put into.
func shown(t *testing.T, before, s, after string) (text string, markup bool) {
	var b bytes.Buffer
	if err := hugoLike.Convert([]byte(before+EscapeText(s)+after), &b); err != nil {
		t.Fatal(err)
	}
	out := strings.TrimSpace(b.String())
	inner := strings.NewReplacer("<p>", "", "</p>", "", "<h1>", "", "</h1>", "").Replace(out)
	if strings.Contains(before, "|") {
		_, inner, _ = strings.Cut(out, "<td>")
		inner, _, _ = strings.Cut(inner, "</td>")
	}
	return html.UnescapeString(tagRE.ReplaceAllString(inner, "")), tagRE.MatchString(inner)
}

var awkward = []string{
	"plain words", "*a* _b_ **c** ~~d~~", "`code`", "[a](/b) ![c](d)", "<b>x</b> <!-- y -->", "https://a.example/x www.a.example", "a@b.example",
	"1. one", "- item", "+ item", "# heading", "> quote", "===", "---", "| a | b |", "a | b", `C:\`, `\*`, "&amp; & &#65;", "'quoted' \"twice\" -- and --- ...<<>>",
	"{{< field \"x\" >}} {{% y %}} {{</* z */>}}", "[^1]: note", "[a]: /b", "    code", "```", "~~~", "$x$ a^b ~c~ ==d== ++e++", "Dŵr 🎉 ½", "a {#id}", ": term", "[x] task", "01632 960001 (day)", "x}}", "{{<",
}

func TestEscapeText(t *testing.T) {
	for _, s := range awkward {
		for _, around := range [][2]string{{"", ""}, {"Before ", " after"}, {"**", "**"}, {"| h |\n|---|\n| ", " |"}, {"| h |\n|---|\n|", "|"}, {"# ", ""}} {
			got, markup := shown(t, around[0], s, around[1])
			want := strings.TrimSpace(s)
			if around[0] == "Before " {
				want = "Before " + want + " after"
			}
			if strings.Trim(got, "*") != strings.Trim(want, "*") || markup && around[0] != "**" {
				t.Errorf("%q within %q: %q", s, around, got)
			}
		}
		if e := EscapeText(s); strings.ContainsAny(e, "{}<>|\n") {
			t.Errorf("%q: %q", s, e)
		}
	}
	if got := EscapeText(" a\nb\x00c\xff\u00a0d "); got != "a b c\uFFFD\u00a0d" {
		t.Errorf("%q", got)
	}
	if got := EscapeText("x."); got != `x\.` {
		t.Errorf("%q", got)
	}
}
