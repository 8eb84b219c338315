package markdown

import (
	"reflect"
	"testing"
)

// Reading lightly is a matter of time alone.
func FuzzLight(f *testing.F) {
	for _, s := range []string{
		"# A -- \"b\" **'c' d**\n\n[e](https://f.example \"g@h.example\") <i@j.example> `k@l.example`\n\n[m]: http://n.example\n",
		"a (http://b.example) c@d.example \"www.e.example\" x@y\n",
		"```\nftp://a.example\n```\n\n![b@c.example](d) *e@f.example*\n",
		"# a...b 'c' *d...e*\n\n<b title=\"c@d.example\"> [e@f.example]\n",
		"[a](mailto:b@c.example) [d](https://e.example) ~~f~~g@h.example\n",
		"\"a`b@c.example`",
		"## <<tel:01632960001>\n\n<<c@d.example>",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		a, b := parse(body, true, false), parse(body, false, false)
		whole := Span{0, len(body)}
		if a.Plain(whole) != b.Plain(whole) {
			t.Errorf("%q: %q, and in full %q", body, a.Plain(whole), b.Plain(whole))
		}
		a.runs, b.runs = nil, nil
		a.light = b.light
		if !reflect.DeepEqual(a, b) {
			t.Errorf("%q:\n%+v\nand in full\n%+v", body, a, b)
		}
	})
}
