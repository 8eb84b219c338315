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
		html, ok := Parse([]byte(tt.body)).HTML(plainHooks{})
		if ok != (tt.want != "") || ok && string(html) != tt.want {
			t.Errorf("%q: %q, %v; want %q", tt.body, html, ok, tt.want)
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
