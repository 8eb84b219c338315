package markdown

import (
	"fmt"
	"strings"
	"testing"
)

// show writes a tag as name, arguments and flags.
func show(t Shortcode) string {
	var b strings.Builder
	b.WriteString(t.Name)
	for _, a := range t.Args {
		fmt.Fprintf(&b, " %q", a)
	}
	for _, k := range []string{"src", "alt", "path"} {
		if v, ok := t.Named[k]; ok {
			fmt.Fprintf(&b, " %s=%q", k, v)
		}
	}
	if t.Closing {
		b.WriteString(" closing")
	}
	if t.SelfClosing {
		b.WriteString(" self-closing")
	}
	if t.Markdown && !t.Escaped {
		b.WriteString(" markdown")
	}
	if t.Escaped {
		b.WriteString("escaped")
	}
	return b.String()
}

func TestScan(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{`no tags, {{ not }} one, {{{ nor }}} this, {{`, ``},
		{`{{< field "lead.0.role" >}}`, `field "lead.0.role"`},
		{`{{<field "a">}}`, `field "a"`},
		{`{{% field "a" %}}`, `field "a" markdown`},
		{"{{< field `a \"b\" \\ c` >}}", `field "a \"b\" \\ c"`},
		{"{{< field `two\nlines` >}}", `field "two\nlines"`},
		{"{{<\n  field\n  \"a\"\n>}}", `field "a"`},
		{`{{< field bare-word 3.5 "b" >}}`, `field "bare-word" "3.5" "b"`},
		{`{{< field "a \"quoted\" word" >}}`, `field "a \"quoted\" word"`},
		{`{{< field "back\slash" >}}`, `field "back\\slash"`},
		{`{{< field \"a b\" >}}`, `field "a b"`},
		{`{{< figure src="a.jpg" alt="An \"x\"" >}}`, `figure src="a.jpg" alt="An \"x\""`},
		{"{{< figure src=a.jpg alt=`b c` >}}", `figure src="a.jpg" alt="b c"`},
		{`{{< figure src= "a.jpg" >}}`, `figure src="a.jpg"`},
		{`{{< ref "/pages/about#x" >}}`, `ref "/pages/about#x"`},
		{`{{< ref path="/x" >}}`, `ref path="/x"`},
		{`{{< note >}}x{{< /note >}}`, `note|note closing`},
		{`{{< note />}}`, `note self-closing`},
		{`{{< note / >}}`, `note self-closing`},
		{`{{< ns/name >}}`, `ns/name`},
		{`{{< nodyn.inline >}}`, `nodyn.inline`},
		{`{{< dŵr >}}`, `dŵr`},
		{`{{</* field "a" */>}}`, `escaped`},
		{`{{%/* field "a" */%}}`, `escaped`},
		{"`{{< field \"a\" >}}`", `field "a"`},
		{`{{{< field "a" >}}}`, `field "a"`},
		{`{{< field "{{<" >}}`, `field "{{<"`},

		{`{{< field "a"`, `! not end`},
		{`{{< field "a" %}}`, `! not end`},
		{`{{< field "a >}}`, `! closing quote`},
		{"{{< field \"a\nb\" >}}", `! closing quote`},
		{"{{< field `a", `! closing quote`},
		{`{{< field /a/b >}}`, `! not end`},
		{`{{< ref ../about.md >}}`, `! quotes`},
		{`{{< field 'a' >}}`, `! quotes`},
		{`{{< field “a” >}}`, `! curly`},
		{`{{< figure src=“a.png” alt="A" >}}`, `! curly`},
		{"{{< field “a”", `! curly`},
		{"{{< field \"a\" and {{< field \"b\" >}}", `field "b"|! not end`},
		{`{{< >}}`, `! no name`},
		{`{{< "x" >}}`, `! quotes`},
		{`{{< figure src="a" "b" >}}`, `! with and without`},
		{`{{< figure "b" src="a" >}}`, `! with and without`},
		{`{{< figure src="a" b >}}`, `! with and without`},
		{`{{< note >}}{{< /note "x" >}}`, `note|! not end`},
		{`{{</* field >}}`, `! */`},
		{`{{</*/>}}`, `! */`},
		{`{{< /note >}}`, `note closing|! closes nothing`},
		{`{{< bad ' >}} and {{< field "a" >}}`, `field "a"|! quotes`},
	} {
		d := Parse([]byte(tt.body))
		var got []string
		for _, s := range d.Shortcodes {
			got = append(got, show(s))
		}
		for _, p := range d.Problems {
			if p.Kind != BadShortcode || p.Hint == "" {
				t.Errorf("%s: problem %+v", tt.body, p)
			}
			got = append(got, "! "+p.Message)
		}
		want := strings.Split(tt.want, "|")
		if tt.want == "" {
			want = nil
		}
		if len(got) != len(want) {
			t.Errorf("%s: got %q, want %q", tt.body, got, want)
			continue
		}
		for i := range want {
			if strings.HasPrefix(want[i], "! ") && !strings.Contains(got[i], want[i][2:]) || !strings.HasPrefix(want[i], "! ") && got[i] != want[i] {
				t.Errorf("%s: got %q, want %q", tt.body, got[i], want[i])
			}
		}
	}
}

func TestTagsPlaced(t *testing.T) {
	for _, tt := range []struct {
		body            string
		code, attribute bool
	}{
		{`a {{< field "x" >}} b`, false, false},
		{"`{{< field \"x\" >}}`", true, false},
		{"`a` {{< field \"x\" >}} `b`", false, false},
		{"```\n{{< field \"x\" >}}\n```\n", true, false},
		{"```{{< field \"x\" >}}\na\n```\n", true, false},
		{"```\na\n```\n{{< field \"x\" >}}\n", false, false},
		{"    {{< field \"x\" >}}\n", true, false},
		{"- a\n\n      {{< field \"x\" >}}\n", true, false},
		{"- a\n\n  {{< field \"x\" >}}\n", false, false},
		{`[a]({{< ref "/x" >}})`, false, true},
		{`[a](/x "{{< field "x" >}}")`, false, true},
		{`[{{< field "x" >}}](/x)`, false, false},
		{`![{{< field "x" >}}](/x)`, false, true},
		{`<https://{{< field "x" >}}.example>`, false, true},
		{"[a]\n\n[a]: /{{< field \"x\" >}}\n", false, true},
	} {
		d := Parse([]byte(tt.body))
		if len(d.Shortcodes) != 1 {
			t.Fatalf("%q: %d tags", tt.body, len(d.Shortcodes))
		}
		if s := d.Shortcodes[0]; s.InCode != tt.code || s.InAttribute != tt.attribute {
			t.Errorf("%q: in code %v, in an attribute %v", tt.body, s.InCode, s.InAttribute)
		}
		if at := strings.Index(tt.body, "{{<"); d.InCode(at) != tt.code {
			t.Errorf("%q: InCode(%d) = %v", tt.body, at, !tt.code)
		}
	}
}

func TestTarget(t *testing.T) {
	for body, want := range map[string]string{`{{< ref "/x" >}}`: "/x", `{{< ref path="/y" >}}`: "/y", `{{< ref >}}`: ""} {
		if got := Parse([]byte(body)).Shortcodes[0].Target(); got != want {
			t.Errorf("%s: %q", body, got)
		}
	}
}

func TestPairs(t *testing.T) {
	body := `{{< note >}}a {{< field "x" >}} b {{< note >}}c{{< /note >}}{{< /note >}}`
	d := Parse([]byte(body))
	var got []int
	for _, s := range d.Shortcodes {
		got = append(got, s.Pair)
	}
	if fmt.Sprint(got) != "[4 -1 3 2 0]" {
		t.Error(got)
	}
	if in := d.Shortcodes[2].Inner; body[in.Start:in.End] != "c" {
		t.Error(in)
	}
}
