package webcheck

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// ours and theirs write down what a page consists of, by our lexer and by x/net/html's tokenizer.
func ours(src []byte) string {
	var b strings.Builder
	l := lexer{src: src}
	for {
		switch l.next() {
		case endOfFile:
			return b.String()
		case textToken:
			d := l.data
			if l.escaped {
				d = unescape(d)
			}
			fmt.Fprintf(&b, "%s", plainLines(d))
		case startTag:
			fmt.Fprintf(&b, "\n<%s", l.name)
			for i, a := range l.attrs {
				if slices.ContainsFunc(l.attrs[:i], func(b attr) bool { return bytes.Equal(a.key, b.key) }) {
					continue // a second one of the same name does not count for a browser
				}
				fmt.Fprintf(&b, " %s=%q", a.key, plainLines(a.val))
			}
			b.WriteString(">\n")
		case endTag:
			fmt.Fprintf(&b, "\n</%s>\n", l.name)
		}
	}
}

func theirs(src []byte) string {
	var b strings.Builder
	z := html.NewTokenizer(bytes.NewReader(src))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return b.String()
		case html.TextToken:
			fmt.Fprintf(&b, "%s", plainLines(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if string(name) == "noscript" {
				z.NextIsNotRawText()
			}
			fmt.Fprintf(&b, "\n<%s", name)
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				fmt.Fprintf(&b, " %s=%q", k, plainLines(v))
			}
			b.WriteString(">\n")
		case html.EndTagToken:
			name, _ := z.TagName()
			fmt.Fprintf(&b, "\n</%s>\n", name)
		}
	}
}

// plainLines: x/net normalises line ends and drops NULs; we leave them.
func plainLines(b []byte) []byte {
	b = bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n"))
	b = bytes.ReplaceAll(b, []byte("\r"), []byte("\n"))
	return bytes.ReplaceAll(b, []byte("\x00"), []byte("\ufffd"))
}

var markupSamples = []string{
	`<!doctype html><html lang=en><title>a &amp; b</title><p class="x y">one<br/>two</p>`, `<p>a < b <3 </ x></p>`, `<a href=/x/?a=1&copy=2&amp;b>t</a>`, `<a href='&#47;x&notit;&notit=1'>`,
	`<script>if(a<b){"</p>"}</script>x`, `<script><!-- <script></script> --></script>x`, `<script><!-- </script>x`, `<script><!--></script>x`, `<style>a>b{}</style >x`, `<textarea>&lt;<b></textarea>`,
	`<!-- a -- b --!>x`, `<!-->x`, `<!--->x`, `<!--x`, `<?xml version="1.0"?>x`, `<!x>y`, `</>x`, `</3>x`, `<IMG SRC=a ALT="B">`, `<p =x y = z a='b'c>`, `<p`, `<p a`, `<p a="`, `<noscript><img src=x></noscript>`, `<b/>x`, `<a/b/c=d/>`, `<`, `a<`, `<title>x`,
	`<iframe><p></iframe>x`, `<plaintext><p>`, `<xmp><b></xmp>`, "<p a=\"x\ny\">",
}

func TestLexerAgainstTokenizer(t *testing.T) {
	for _, s := range markupSamples {
		if o, want := ours([]byte(s)), theirs([]byte(s)); o != want {
			t.Errorf("%q:\n%s\nwant\n%s", s, o, want)
		}
	}
}

func FuzzLexer(f *testing.F) {
	for _, s := range markupSamples {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if strings.ContainsAny(s, "\x00\r") {
			return // normalised there, left alone here
		}
		if o, want := ours([]byte(s)), theirs([]byte(s)); o != want {
			t.Fatalf("%q:\n%s\nwant\n%s", s, o, want)
		}
	})
}
