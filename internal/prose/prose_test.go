package prose_test

import (
	"fmt"
	"strings"
	"testing"

	"candour/internal/prose"
)

func read(t *testing.T, body string) *prose.Document {
	t.Helper()
	d, err := prose.Read([]byte(`<!doctype html><html lang=en-GB><title>T – Site</title><body><header>Menu</header><main><h1>The title</h1>` +
		`<div class=prose data-text=body>` + body + `</div></main><footer>Foot</footer>`))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

var kinds = map[prose.Kind]string{prose.Paragraph: "p", prose.Heading: "h", prose.Item: "li", prose.Quote: "q", prose.Row: "row",
	prose.Caption: "caption", prose.Term: "dt", prose.Detail: "dd", prose.Code: "pre", prose.Image: "img"}

func show(blocks []prose.Block) string {
	var lines []string
	for _, b := range blocks {
		s := kinds[b.Kind]
		if b.Level > 0 {
			s += fmt.Sprint(b.Level)
		}
		if b.Ordered {
			s += fmt.Sprint("#", b.Number)
		}
		if b.Depth > 0 {
			s += fmt.Sprint(">", b.Depth)
		}
		if b.Lang != "" {
			s += "@" + b.Lang
		}
		lines = append(lines, s+" "+fmt.Sprintf("%q", b.Text))
	}
	return strings.Join(lines, "\n")
}

func TestBlocks(t *testing.T) {
	for _, tc := range []struct{ name, html, want string }{
		{"white space is collapsed across tags", "<p>\n One <b>two </b> three\t<i> four</i>five </p>", `p "One two three fourfive"`},
		{"no space where there is none", "<p>nitazene<b>s</b>.</p>", `p "nitazenes."`},
		{"a no-break space stays", "<p>6&nbsp;pm  today</p>", `p "6\u00a0pm today"`},
		{"a line break", "<p>One <br> two<br></p>", `p "One\ntwo"`},
		{"text with no element of its own", "One <p>two</p> three", "p \"One\"\np \"two\"\np \"three\""},
		{"headings", "<h2 id=a>A</h2><p>x<h3>B</h3>", "h2 \"A\"\np \"x\"\nh3 \"B\""},
		{"lists", "<ul><li>a<li>b<ol start=3><li>c<li value=7>d<li>e</ol>f</ul>", "li>1 \"a\"\nli>1 \"b\"\nli#3>2 \"c\"\nli#7>2 \"d\"\nli#8>2 \"e\"\np>1 \"f\""},
		{"a list counted down", "<ol reversed><li>a<li>b</ol>", "li#2>1 \"a\"\nli#1>1 \"b\""},
		{"paragraphs of an item", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>", "li#1>1 \"a\"\np>1 \"b\"\nli#2>1 \"c\""},
		{"quotes", "<blockquote><p>a</p>b</blockquote>", "q \"a\"\nq \"b\""},
		{"definitions", "<dl><div><dt>a</dt><dd>b</dd></div></dl>", "dt \"a\"\ndd \"b\""},
		{"code keeps its space", "<pre><code>a\n  b\n</code></pre>", `pre "a\n  b"`},
		{"a table", "<table><caption>C</caption><thead><tr><th>Item<th>Where</thead><tr><th>Kits<td>Here <b>now</b><tr><td>Two<td></table>",
			"caption \"C\"\nrow \"Kits; Here now\"\nrow \"Two; \""},
		{"a picture in a sentence, and alone", "<p>See <img alt='a kit' src=x> now</p><p><img alt='Open kit' src=x></p><img alt='' src=x>", "p \"See a kit now\"\nimg \"Open kit\""},
		{"what is hidden", "<p>a<span hidden>b</span><span class='x sr'>c</span><span aria-hidden=true>d</span></p><nav>e</nav><form>f</form><script>g</script><style>h</style><template>i</template><section data-text=none><p>j</p></section><svg><title>k</title></svg><noscript>l</noscript>", `p "a"`},
		{"a language of its own", "<p lang=cy>Ffoniwch <span lang=en-GB>999</span></p><section lang=pl><ul><li>x</ul></section>", "p@cy \"Ffoniwch 999\"\nli>1@pl \"x\""},
		{"a marked part is left to itself", "<p>a</p><section data-text=emergency><p>b</p></section>", `p "a"`},
		{"a marker is text", "<p>Call <span class=withheld>Withheld: personal (FOI)</span></p>", `p "Call Withheld: personal (FOI)"`},
		{"right to left and wide letters", "<p>  999 پر کال   کریں </p>", `p "999 پر کال کریں"`},
	} {
		if got := show(read(t, tc.html).Blocks); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

func TestDocument(t *testing.T) {
	d, err := prose.Read([]byte(`<html lang=ur dir=rtl><head><meta name=description content="What  to do."><title>Name – Site</title></head><body><h1> The
 <em>title</em></h1><section data-text=emergency><h2>Call 999</h2></section><main>Text</main></body></html>`))
	if err != nil {
		t.Fatal(err)
	}
	if d.Title != "The title" || d.Lang != "ur" || d.Dir != "rtl" || d.Summary != "What to do." || show(d.Blocks) != `p "Text"` || show(d.Parts["emergency"]) != `h2 "Call 999"` {
		t.Errorf("%+v", d)
	}
	if d, _ := prose.Read([]byte(`<title>Only a name</title>x`)); d.Title != "Only a name" || show(d.Blocks) != `p "x"` {
		t.Errorf("%+v", d)
	}
}

func TestPlain(t *testing.T) {
	d := read(t, `<h2>Do this</h2><p>Now:</p><ol><li>Call <a href="tel:999">999</a>.<li>Stay.<ul><li>On their side</ul></ol><table><tr><th>Item<th>Where<tr><td>Kits<td>Here</table><p>See <a href="/pages/naloxone/">how to get <b>it</b></a>, <a href="https://x.example/">https://x.example/</a>, <a href="mailto:a@x.example">write</a>, <a href="#top">up</a>.</p>`)
	want := "Do this\n\nNow:\n\n1. Call 999.\n2. Stay.\n  - On their side\n\nItem: Kits; Where: Here\n\nSee how to get it, https://x.example/, write, up."
	if got := d.Plain(); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	linked := prose.Linked(d.Blocks, func(href string) string {
		if strings.HasPrefix(href, "/") {
			return "https://plan.example" + href
		}
		return href
	})
	if !strings.Contains(linked, "1. Call 999.\n") || !strings.HasSuffix(linked, "See how to get it (https://plan.example/pages/naloxone/), https://x.example/, write (a@x.example), up.") {
		t.Error(linked)
	}
	marked := read(t, `<p><span class=withheld><a href="/withheld/">Withheld: x</a></span></p>`)
	if got := prose.Linked(marked.Blocks, strings.ToUpper); got != "Withheld: x" {
		t.Error(got)
	}
	links := fmt.Sprint(prose.Links(d.Blocks))
	if links != "[{999 tel:999} {how to get it /pages/naloxone/} {https://x.example/ https://x.example/} {write mailto:a@x.example} {up #top}]" {
		t.Error(links)
	}
}

// Whatever the bytes are, reading ends, and a text without markup comes back.
func FuzzRead(f *testing.F) {
	f.Add("<p>a<ul><li>b<table><tr><td>c</ul>d")
	f.Add("<ol><li value=x><dl><dt>a<p>b</ol>c<br><br>")
	f.Fuzz(func(t *testing.T, body string) {
		d, err := prose.Read([]byte("<main data-text=body>" + body + "<p>Zembrickwold</p></main>"))
		if err != nil {
			return
		}
		for _, b := range d.Blocks {
			if strings.TrimSpace(b.Text) == "" {
				t.Errorf("an empty block of %q", body)
			}
			var runs strings.Builder
			for _, r := range b.Runs {
				runs.WriteString(r.Text)
			}
			if b.Kind != prose.Row && runs.String() != b.Text {
				t.Errorf("the runs of %q are not its text %q", runs.String(), b.Text)
			}
		}
		_ = d.Plain()
	})
}
