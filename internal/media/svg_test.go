package media

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"
)

func drawing(inside string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">` + inside + `</svg>` + "\n"
}

func TestSVGRefused(t *testing.T) {
	refused := map[string]string{
		"script":                `<script>x()</script>`,
		"script, other case":    `<SCRIPT>x()</SCRIPT>`,
		"script, other space":   `<h:script xmlns:h="http://www.w3.org/1999/xhtml">x()</h:script>`,
		"event":                 `<rect onclick="x()"/>`,
		"event, other case":     `<rect OnLoad="x()"/>`,
		"foreign":               `<foreignObject><p/></foreignObject>`,
		"frame":                 `<iframe src="x"/>`,
		"link out":              `<a href="https://example.org/"><rect/></a>`,
		"xlink out":             `<use xlink:href="other.svg#a"/>`,
		"script link":           `<a href="javascript:x()"><rect/></a>`,
		"script link, spaced":   `<a href=" java&#10;script:x()"><rect/></a>`,
		"relative picture":      `<image href="photo.jpg"/>`,
		"SVG in data":           `<image href="data:image/svg+xml;base64,PHN2Zy8+"/>`,
		"text in data":          `<image href="data:text/html;base64,PGI+"/>`,
		"broken picture":        `<image href="data:image/png;base64,AAAA"/>`,
		"url in style":          `<rect style="fill:url(https://x.example/#a)"/>`,
		"url in attribute":      `<rect fill="url(other.svg#a)"/>`,
		"url, quoted":           `<rect fill="url( 'other.svg#a')"/>`,
		"import":                `<style>@import "x.css";</style>`,
		"url in style sheet":    `<style>rect{fill:url(x.png)}</style>`,
		"url across CDATA":      `<style>rect{fill:u<![CDATA[rl(x.png)]]>}</style>`,
		"escape in style sheet": `<style>rect{fill:\75rl(x.png)}</style>`,
		"image-set":             `<style>rect{cursor:image-set("x.png" 1x)}</style>`,
		"animated link":         `<a href="#a"><set attributeName="href" to="javascript:x()"/></a>`,
		"animated xlink":        `<a href="#a"><animate attributeName="xlink:href" to="x"/></a>`,
		"values of a script":    `<animate attributeName="x" values="javascript:x()"/>`,
		"base":                  `<g base="https://x.example/"/>`,
		"instruction":           `<?xml-stylesheet href="x.css"?>`,
		"undefined entity":      `<text>&name;</text>`,
		"not closed":            `<g>`,
		"twice":                 `<rect x="1" x="2"/>`,
	}
	for name, inside := range refused {
		out, problems := Clean("a.svg", []byte(drawing(inside)))
		if problems == nil {
			t.Errorf("%s: %s", name, out)
		}
	}
	for name, whole := range map[string]string{
		"doctype":       `<!DOCTYPE svg SYSTEM "x.dtd">` + drawing(""),
		"entity":        `<!DOCTYPE svg [<!ENTITY a "` + secret + `">]>` + drawing("<text>&a;</text>"),
		"stylesheet":    `<?xml version="1.0"?><?xml-stylesheet href="x.css"?>` + drawing(""),
		"no namespace":  `<svg><rect/></svg>`,
		"html":          `<html xmlns="http://www.w3.org/1999/xhtml"/>`,
		"two":           drawing("") + drawing(""),
		"text after":    drawing("") + secret,
		"encoding":      `<?xml version="1.0" encoding="UTF-16"?>` + drawing(""),
		"not XML":       `{"svg": 1}`,
		"not even text": "\xff\xfe<\x00",
	} {
		if _, problems := Clean("a.svg", []byte(whole)); problems == nil {
			t.Errorf("%s is allowed", name)
		}
	}
}

func TestSVGKept(t *testing.T) {
	for _, inside := range []string{
		`<title>A &amp; B</title><desc lang="cy">tŷ</desc>`,
		`<defs><linearGradient id="a"><stop offset="0"></stop></linearGradient></defs><rect fill="url(#a)" style="stroke:url(#a)"></rect>`,
		`<style>rect &gt; path{fill:url("#a")}</style>`,
		`<use href="#a"></use><use xlink:href="#a"></use>`,
		`<text xml:space="preserve" aria-label="x"> a  b </text>`,
		`<animate attributeName="x" to="1"></animate>`,
	} {
		out, problems := Clean("a.svg", []byte(drawing(inside)))
		if problems != nil || string(out) != drawing(inside) {
			t.Errorf("%s became %s %v", inside, out, problems)
		}
	}
}

func TestSVGStripped(t *testing.T) {
	cases := map[string][2]string{
		"comment":           {"<!-- " + secret + " --><rect/>", "<rect></rect>"},
		"metadata":          {"<metadata>" + secret + "<g/></metadata><g/>", "<g></g>"},
		"editor's element":  {`<sodipodi:namedview xmlns:sodipodi="http://x" id="` + secret + `"><rect/></sodipodi:namedview><g/>`, "<g></g>"},
		"editor's note":     {`<g xmlns:i="http://i" i:docname="` + secret + `" id="a"/>`, `<g id="a"></g>`},
		"base":              {`<g xml:base="https://x.example/` + secret + `"/>`, "<g></g>"},
		"undeclared prefix": {`<g i:docname="` + secret + `"/><i:x>` + secret + `</i:x>`, "<g></g>"},
		"namespace name":    {`<g xmlns:i="` + secret + `"/>`, "<g></g>"},
		"CDATA":             {`<style><![CDATA[a>b{x:y}]]></style>`, "<style>a&gt;b{x:y}</style>"},
	}
	for name, c := range cases {
		out, problems := Clean("a.svg", []byte("\ufeff<?xml version=\"1.0\"?>\n<!--"+secret+"-->"+drawing(c[0])+"<!--"+secret+"-->"))
		if problems != nil || string(out) != drawing(c[1]) {
			t.Errorf("%s: %s %v", name, out, problems)
		}
	}
}

// A picture in a drawing is cleaned like any other.
func TestSVGPicture(t *testing.T) {
	dirty := `<image href="data:image/png;base64,` + base64.StdEncoding.EncodeToString(dirtyPNG(t, 1)) + `"/>`
	out, problems := Clean("a.svg", []byte(drawing(dirty)))
	clean, _ := Clean("a.png", dirtyPNG(t, 1))
	if problems != nil || !bytes.Contains(out, []byte(base64.StdEncoding.EncodeToString(clean))) {
		t.Errorf("%s %v", out, problems)
	}
}

func TestSVGTexts(t *testing.T) {
	out, problems := Clean("a.svg", []byte(drawing(`<title>Call us</title><text aria-label="a label"><tspan>016</tspan><tspan>32</tspan> <tspan>960000</tspan></text>`)))
	if problems != nil {
		t.Fatal(problems)
	}
	texts, err := Texts("a.svg", out)
	if err != nil {
		t.Fatal(err)
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{"Call us", "a label", "01632960000"} {
		if !strings.Contains(all, want) {
			t.Errorf("%q is not in %q", want, texts)
		}
	}
	if _, err := Texts("a.svg", []byte(drawing("<!--x-->"))); err == nil {
		t.Error("a drawing that was not cleaned passes the audit")
	}
}
