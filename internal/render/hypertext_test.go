package render

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/spf13/afero"

	"candour/internal/markdown"
	"candour/internal/words"
	"candour/themes"
)

// asHugo lets the real Hugo make pages of bodies, which are in a markup, with the program's own render hooks.
func asHugo(t *testing.T, lang, markup string, links map[string]any, bodies []string) []string {
	t.Helper()
	source := newSource()
	write := func(name, data string) {
		t.Helper()
		if err := afero.WriteFile(source, root+"/"+name, []byte(data), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	direction := map[string]string{"en": "ltr", "ur": "rtl"}[lang]
	write("hugo.json", `{"security":{"allowContent":[".*"]},"disableKinds":["taxonomy","term","rss","sitemap","section","home","404"],"defaultContentLanguage":"`+lang+`","languages":{"`+lang+`":{"direction":"`+direction+`"}}}`)
	write("layouts/page.html", `[{{ .Content }}]`)
	write("layouts/_shortcodes/gap.html", `<b title="{{ .Ordinal }}">{{ .Get 0 }}</b>`)
	write("i18n/"+lang+".json", `{"table":"Tables & \"lists\""}`)
	hooks, err := fs.Glob(themes.FS, "candour/layouts/_markup/*")
	if err != nil || len(hooks) != 3 {
		t.Fatalf("render hooks: %q, %v", hooks, err)
	}
	for _, name := range hooks {
		data, err := fs.ReadFile(themes.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		write(strings.TrimPrefix(name, "candour/"), string(data))
	}
	front, err := appendJSON(nil, map[string]any{"markup": markup, "params": map[string]any{"view": map[string]any{"links": links}}})
	if err != nil {
		t.Fatal(err)
	}
	for i, body := range bodies {
		write(fmt.Sprintf("content/p%05d.md", i), string(front)+"\n"+body)
	}
	files, err := Build(source)
	if err != nil {
		t.Fatal(err)
	}
	pages := map[string]string{}
	for _, f := range files {
		pages[f.Path] = string(f.Data)
	}
	made := make([]string, len(bodies))
	for i := range bodies {
		page, ok := pages[fmt.Sprintf("p%05d/index.html", i)]
		if !ok {
			t.Fatalf("Hugo made no page of %q", bodies[i])
		}
		made[i] = page[1 : len(page)-1]
	}
	return made
}

// compare holds our HTML of bodies against Hugo's, and gives how many we make.
func compare(t *testing.T, lang string, bodies []string) (ours int) {
	t.Helper()
	links := map[string]any{"help.md": "/help/", "a b.pdf": "/x/a%20b.pdf", "/plans/": "/base/plans/", "#deep": "#deep"}
	speech := words.New(lang)
	if found := speech.Add(lang, "i18n/"+lang+".toml", []byte(`table = "Tables & \"lists\""`)); found.HasErrors() {
		t.Fatal(found)
	}
	want := asHugo(t, lang, "markdown", links, bodies)
	made := make([]string, len(bodies))
	for i, body := range bodies {
		html, ok := markdown.ParseForHTML([]byte(body)).HTML(&hooks{links: links, say: speech.For(lang), rtl: lang == "ur", layouts: map[string]themeFile{"_shortcodes/gap.html": {}}})
		if ok {
			made[i] = string(html)
			ours++
		} else {
			want[i] = ""
		}
	}
	for i, got := range asHugo(t, lang, "html", links, made) {
		if got != want[i] {
			t.Errorf("%s: %q\n got %q\nHugo %q", lang, bodies[i], got, want[i])
		}
	}
	return ours
}

// Bodies that we make into HTML become what Hugo would make of them, byte for byte.
func TestHypertextIsHugos(t *testing.T) {
	bodies := []string{
		"", "\n\n", "Plain words.\n", "Two\nlines  \nand a hard break\\\nhere", "# One\n\n## Two words\n\n### Three {#three .big k=\"a&b\"}\n\n#### Four\n\n##### Five\n\n###### Six\n",
		"## Same\n\n## Same\n\nUnder\n=====\n\nTwice\n-----\n", "## \n\n##\n\n## 🚑\n", "## In {onclick=\"x()\" .y}\n", "## Number {k=5}\n", "*a* **b** ***c*** ~~d~~ `e <f>` _g_ __h__\n",
		"It's Alice's 'quoted' and \"doubly\" -- a dash --- and another... <<so>> it is, '90s, 'twas, Smiths', 21\"\n", "\"One paragraph\n\nand another\" goes 'on\n\nfor' ever\n",
		"- one\n- two\n  - deep\n\n  loose\n\n1. a\n2. b\n\n7) c\n", "- [ ] to do\n- [x] done\n", "> quoted\n> more\n\n> [!NOTE]\n> no alert of ours\n", "---\n\n***\n\n___\n",
		"Term\n: Its meaning\n: Another\n\nTerm 2\n\n: Loose\n", "    indented <code> & 'more'\n", "| a | b |\n|---|:-:|\n| 1 | *2* |\n| 3 | [x](help.md) |\n\n| r | l |\n|--:|:--|\n",
		"|a|\n|-|\n|\\||\n|`\\|`|\n", "[a](help.md) [b](</a b.pdf>) [c](<a b.pdf> \"Its 'title' & more\") [d](/plans/ 'x') [e](#deep) [f](https://a.example/?q=1&r=2#s)\n", "[g](tel:+441632960001) [h](mailto:a@b.example?subject=x) [i](HTTPS://A.example) [j](../up) [k](a:b) [l](data:x) [m](?q=:) [n](%zz) [o](é) [p](a+b'c\")\n",
		"[a]( <> ) [b]() [c](x\\_y&amp;z)\n", "[ref][r] [r][] [r] [R]\n\n[r]: https://a.example/x 'Title'\n", "<https://a.example/b?c=1&d=2> <a@b.example> <tel:01632960001> <MAILTO:a@b.example>\n",
		"https://a.example/b and www.b.example/c?d=e&f, (www.d.example), http://e.example. ftp://f.example/ mail g@h.example *www.i.example*\n", "[www.b.example](https://b.example) `www.c.example` <https://d.example>\n", "[*em* `c` ~~s~~ \"q\"](help.md)\n",
		"Note[^1] and[^b] again[^1].\n\n[^1]: One *note* with [link](help.md).\n\n    More.\n[^b]: ## Heading in it\n", "Nothing[^x].\n\n[^y]: unused\n", "&amp; &lt; &copy; &#233; &bogus; < > & \" '\n", "a \\* b \\# c \\[d\\] \\'e\\' \\--\n",
		"{{ not a tag }} { { }\n", "\\{\\{< x >}}\n", "a <b>c</b>\n", "<div>\nx\n</div>\n", "```\nlisting\n```\n", "~~~go\nfunc\n~~~\n", "![picture](a.png)\n", "[![p](a.png)](help.md)\n", "Line\r\nends\r\n\r\n## Of Windows\r\n\r\n| a |\r\n|---|\r\n| 1 |\r\n",
		"Tŷ'r Cyngor – “so” … £5 € 🚑 日本語 عربي\n", "a\u00a0b\u00adc\u200bd\n", "## A [link](help.md) & *more* `code` -- \"q\"\n", "1. ## Numbered\n\n   text\n", "tab\there\n", "{{< gap >}}\n\n*{{< gap \"a\" >}}* 'b{{< gap \"c\" >}}'s\n\n## H {{< gap \"d\" >}} {#h}\n\n| a |\n|---|\n| {{< gap \"|\" >}} |\n\n- {{< gap >}}\n", "{{< gap\n\"a\"\n>}}\n", "x[^1] {{< gap \"1\" >}}\n\n[^1]: {{< gap \"2\" >}}\n\n{{< gap \"3\" >}}\n", "x\n\n\n\ny\n   \nz", "- a\n\n\n- b\n\n      code\n",
	}
	for _, lang := range []string{"en", "ur"} {
		if ours := compare(t, lang, bodies); ours < len(bodies)*3/4 {
			t.Errorf("only %d of %d bodies are made here", ours, len(bodies))
		}
	}
}

// The same of bodies that nobody has thought of.
func TestHypertextIsHugosAtRandom(t *testing.T) {
	pieces := []string{"word", "It's", "'", "\"", "--", "---", "...", "<<", ">>", ".", ",", " ", " ", " ", "\n", "\n", "\n\n", "\n\n## ", "\n- ", "\n1. ", "\n> ", "\n: ", "\n    ", "*", "**", "_", "~~", "`", "[", "]", "(", ")", "](help.md)", "[x](", "<", ">", "&", "&amp;",
		"\\", "|", "\n|a|b|\n|-|:-:|\n|", "http", "https://a.example", "www.", "www.b.example", "a@b.example", "<c@d.example>", "tel:01632960001", "{#id}", "{.c}", "{", "}", "[^1]", "\n[^1]: ", "\n[r]: /x 'T'\n", "[r]", "- [ ] ", "é", "🚑", "£", "90s", "\t", "  \n", "\r\n", "#", "-", "=", "\n===\n", "\n---\n", "!", "'s", "s'", "(\"", "\")", "1", ":", "+", "{{< gap \"x\" >}}", "{{< gap >}}", "\n{{< gap \"y\" >}}\n"}
	random := rand.New(rand.NewPCG(1, 2))
	bodies := make([]string, 6000)
	for i := range bodies {
		var b strings.Builder
		for range 1 + random.IntN(30) {
			b.WriteString(pieces[random.IntN(len(pieces))])
		}
		bodies[i] = b.String()
		switch d := markdown.Parse([]byte(bodies[i])); {
		case len(d.Problems) > 0, slices.ContainsFunc(d.Shortcodes, func(s markdown.Shortcode) bool { return s.InAttribute }):
			bodies[i] = "" // Hugo may stop at it
		case i%2 == 0:
			bodies[i] = string(markdown.Apply([]byte(bodies[i]), d.PinIDs())) // as redact does
		}
	}
	if ours := compare(t, "en", bodies); ours < len(bodies)/2 {
		t.Errorf("only %d of %d bodies are made here", ours, len(bodies))
	}
}
