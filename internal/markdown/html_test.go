package markdown

import (
	"bytes"
	"fmt"
	"testing"
)

type plainHooks struct{}

func (plainHooks) Link(w *bytes.Buffer, destination, title string) {
	fmt.Fprintf(w, "<a href=%q title=%q>", destination, title)
}
func (plainHooks) Table(w *bytes.Buffer, number int) { fmt.Fprintf(w, "<table id=t%d>", number) }
func (plainHooks) AfterTable(w *bytes.Buffer)        { w.WriteString("</table>") }
func (plainHooks) Tag(name string) bool              { return name == "gap" }

// The renderer's tests hold HTML against the real Hugo's; these are what it leaves to Hugo, and what it asks its hooks.
func TestHTML(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"## It's *so*\n", "<h2 id=\"its-so\">It&rsquo;s <em>so</em></h2>\n"},
		{"[a](b \"c\") <d@e.example>\n", `<p><a href="b" title="c">a</a> <a href="mailto:d@e.example" title="">d@e.example</a></p>` + "\n"},
		{"www.a.example\n", `<p><a href="https://www.a.example" title="">www.a.example</a></p>` + "\n"},
		{"|a|\n|-|\n|1|\n\n|b|\n|-:|\n", "<table id=t0><thead><tr><th scope=\"col\">a</th></tr></thead>\n<tbody>\n<tr><td>1</td></tr>\n</tbody>\n</table>" +
			"<table id=t1><thead><tr><th scope=\"col\" class=\"right\">b</th></tr></thead>\n<tbody>\n</tbody>\n</table>"},
		{"## A {{< gap \"b|c\" >}} d {#e}\n\n{{< gap >}}\n\n|f|\n|-|\n|{{< gap \"g\" >}}|\n", "<h2 id=\"e\">A {{< gap \"b|c\" >}} d</h2>\n<p>{{< gap >}}</p>\n" +
			"<table id=t0><thead><tr><th scope=\"col\">f</th></tr></thead>\n<tbody>\n<tr><td>{{< gap \"g\" >}}</td></tr>\n</tbody>\n</table>"},
		{"## A {{< gap >}}\n", ""},
		{"[a](b{{< gap >}})\n", ""},
		{"`{{< gap >}}`\n", ""},
		{"{{< gap >}}a{{< /gap >}}\n", ""},
		{"{{< gap />}}\n", ""},
		{"{{% gap %}}\n", ""},
		{"{{</* gap */>}}\n", ""},
		{"[^a] {{< gap >}}\n\n[^b]: {{< gap >}}\n[^a]: c\n", ""}, // a note that goes
		{"QZ0qqqqqqqZ {{< gap >}}\n", ""},
		{"{{< field \"lead.0.name\" >}}\n", ""},
		{"{{< passage \"p\" >}}a{{< /passage >}}\n", ""},
		{"![a](b.png)\n", ""},
		{"```\na\n```\n", ""},
		{"> ~~~go\n> a\n", ""},
		{"a <b>c</b>\n", ""},
		{"<!-- a -->\n", ""},
		{"{\\{< field \"lead.0.name\" >}}\n", ""},
		{"## a {k=5}\n", ""},
		{"## a {id=5}\n", ""},
	} {
		for _, parse := range []func([]byte) *Document{Parse, ParseForHTML} {
			html, ok := parse([]byte(tt.body)).HTML(plainHooks{})
			if ok != (tt.want != "") || ok && string(html) != tt.want {
				t.Errorf("%q: %q, %v; want %q", tt.body, html, ok, tt.want)
			}
		}
	}
}

// To render the tree that was read is a matter of time alone.
func FuzzParseForHTML(f *testing.F) {
	for _, s := range []string{
		"# A -- \"b\" **'c' d**\n\n[e](f \"g\") <i@j.example> `k`...\n\n[m]: n\n\n[m]\n",
		"|a|b|\n|-|-:|\n|'c'|<<d>>|\n\n- [ ] e\n- [x] f\n\ng\n: h\n",
		"## 'a\n\nb' \"c\n\n> d\"\n\n```\ne\n```\n",
		"a\tb \nc  \nd\\\ne [^f] ~~g~~ _h_\n\n[^f]: i\n\n    j\n",
		"## a {#b .c}\n\nd\n===\n\n<e>\n\n![f](g)\n\n1. h\n2. i\n\n---\n&amp; &copy; <\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		a, aOK := Parse(body).HTML(plainHooks{})
		b, bOK := ParseForHTML(body).HTML(plainHooks{})
		if aOK != bOK || !bytes.Equal(a, b) {
			t.Errorf("%q: %q, %v; from the tree that was read: %q, %v", body, a, aOK, b, bOK)
		}
	})
}

// A body without what needs more is drawn as it is read.
func TestDrawn(t *testing.T) {
	for body, want := range map[string]bool{
		"## It's *so*\n\n[a](b)\n\n|a|\n|-|\n|1|\n": true,
		"a@b.example\n":               false,
		"a[^b]\n\n[^b]: c\n":          false,
		"{{< gap >}}\n":               false,
		"```\na\n```\n":               false,
		"a\tb\n":                      false,
		"a [b](https://c.example/)\n": true,
	} {
		if got := ParseForHTML([]byte(body)).draft != nil; got != want {
			t.Errorf("%q: drawn %v, want %v", body, got, want)
		}
	}
}

func BenchmarkHTML(b *testing.B) {
	d := Parse(bytes.Repeat([]byte("## Who does what\n\nThe partnership's lead, and *nobody else*, tells [the services](/plans/help/) in \"plain words\".\n\n"), 20))
	for b.Loop() {
		if _, ok := d.HTML(plainHooks{}); !ok {
			b.Fatal("not made")
		}
	}
}
