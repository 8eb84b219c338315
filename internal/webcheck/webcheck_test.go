package webcheck

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/output"
)

var options = Options{BasePath: "/plan/", BaseURL: "https://plan.eastmere.example/plan/", Language: "en-GB"}

// whole is a page without faults around a body and more for its head.
func whole(head, body string) string {
	return `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>Plan</title>` + head + `</head><body><header>Eastmere</header><main><h1>Plan</h1>` + body + `</main></body></html>`
}

func scanned(name, data string) (*Page, []Problem) {
	return Scan(output.File{Path: name, Data: []byte(data)}, options)
}

func rules(problems []Problem) []string {
	var out []string
	for _, p := range problems {
		out = append(out, p.Rule.Name)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// check wants exactly one rule broken in every file of catch, and none in every one of ignore.
func check(t *testing.T, name string, rule diag.Rule, catch, ignore []string) {
	t.Helper()
	// What the policy blocks, and images without a size, stand in many of these cases beside the rule that is asked for.
	scanned := func(name, data string) (*Page, []Problem) {
		page, problems := scanned(name, data)
		return page, slices.DeleteFunc(problems, func(p Problem) bool {
			return p.Rule != rule && (p.Rule == diag.BlockedByPolicy || p.Rule == diag.ImageSize)
		})
	}
	for _, c := range catch {
		_, problems := scanned(name, c)
		if got := rules(problems); len(got) != 1 || got[0] != rule.Name {
			t.Errorf("%s\nbreaks %v, want %s", c, got, rule.Name)
		}
		for _, p := range problems {
			if p.Path != name || p.Message == "" || p.Hint == "" || p.Message != strings.TrimSuffix(p.Message, ".") {
				t.Errorf("%s\nis told as %+v", c, p)
			}
		}
	}
	for _, c := range ignore {
		if _, problems := scanned(name, c); len(problems) > 0 {
			t.Errorf("%s\nbreaks %+v", c, problems)
		}
	}
}

func bodies(list ...string) []string {
	for i := range list {
		list[i] = whole("", list[i])
	}
	return list
}

func heads(list ...string) []string {
	for i := range list {
		list[i] = whole(list[i], "")
	}
	return list
}

func TestPageLanguage(t *testing.T) {
	with := func(tag string) string { return strings.Replace(whole("", ""), `<html lang="en-GB">`, tag, 1) }
	check(t, "a.html", diag.PageLanguage,
		[]string{with(`<html>`), with(`<html lang>`), with(`<html lang="">`), with(`<html lang="english language">`), with(`<html lang="e">`), with(`<html lang="en_GB">`), with(`<html xml:lang="en">`), with(`<html lang="123">`), with(``)},
		[]string{with(`<html lang=en>`), with(`<HTML LANG="cy">`), with(`<html class=x lang='zh-Hans-CN'>`), with(`<html lang="en-GB-oxendict">`)})
}

func TestPageTitle(t *testing.T) {
	with := func(tag string) string { return strings.Replace(whole("", ""), `<title>Plan</title>`, tag, 1) }
	check(t, "a.html", diag.PageTitle,
		[]string{with(""), with("<title></title>"), with("<title> \n</title>"), with("<title>&nbsp;</title>"), with("<svg><title>Plan</title></svg>")},
		[]string{with("<title>a</title>"), with("<TITLE>&amp;</TITLE>"), with("<title>a</title><svg><title></title></svg>")})
}

func TestOneH1(t *testing.T) {
	with := func(tag string) string { return strings.Replace(whole("", "<p>x"), `<h1>Plan</h1>`, tag, 1) }
	check(t, "a.html", diag.OneH1,
		[]string{with(""), with("<h2>Plan</h2>"), with("<h1>a</h1><h1>b</h1>"), with("<h1></h1>"), with("<h1> </h1><p>text</p>"), with("<h1><img src=a.png alt=''></h1>"), with(`<h1><span aria-hidden="true">x</span></h1>`)},
		[]string{with("<h1><a href=/plan/>Plan</a></h1>"), with(`<h1><img src=a.png alt="Eastmere"></h1>`), with(`<h1 aria-label="Plan"></h1>`), with(`<h1><svg role="img"><title>Plan</title></svg></h1>`), with(`<h2>News</h2><h1>Plan</h1>`)})
}

func TestHeadingOrder(t *testing.T) {
	check(t, "a.html", diag.HeadingOrder,
		append(bodies("<h3>a</h3>", "<h2>a</h2><h4>b</h4>", "<h2>a</h2><h3>b</h3><h6>c</h6>", "<H2>a</H2><H5>c</H5>"), strings.Replace(whole("", ""), "<h1>", "<h3>a</h3><h1>", 1)),
		bodies("<h2>a</h2><h3>b</h3><h4>c</h4><h2>d</h2>", "", "<h2>a</h2><h2>b</h2>", "<h2>a</h2><h3>b</h3><h2>c</h2><h3>d</h3>"))
}

func TestMissingAlt(t *testing.T) {
	check(t, "a.html", diag.MissingAlt,
		bodies(`<img src=a.png>`, `<IMG SRC=a.png title="">`, `<map><area href="/plan/"></map>`, `<map><area href="/plan/" alt=""></map>`, `<input type=image src=a.png>`, `<input type=IMAGE src=a.png alt=" ">`, `<svg role="img"></svg>`, `<svg role="img"><path d="M0"/></svg>`, `<svg role="img"><title></title></svg>`, `<img src=a.png data-alt="x">`),
		bodies(`<img src=a.png alt="">`, `<img src=a.png alt>`, `<img src=a.png alt="A street">`, `<img src=a.png role=presentation>`, `<img src=a.png aria-hidden=true>`, `<img src=a.png aria-label="x">`, `<map><area href="/plan/" alt="Home"></map>`, `<map><area alt></map>`, `<input type=image src=a.png alt="Send">`, `<svg></svg>`, `<svg aria-hidden="true" role="img" aria-label="x"></svg>`, `<svg role="img"><title>A chart</title></svg>`, `<svg role="img" aria-labelledby="t"></svg>`))
}

func TestEmptyLink(t *testing.T) {
	check(t, "a.html", diag.EmptyLink,
		bodies(`<a href="/plan/"></a>`, `<a href="/plan/"> &nbsp;</a>`, `<a href="/plan/"><img src=a.png alt=""></a>`, `<a href="/plan/"><span aria-hidden="true">→</span></a>`, `<a href="/plan/"><svg></svg></a>`, `<a href="/plan/" aria-label=""></a>`, `<p><a href="/plan/">`, `<a href="/plan/"><a href="/plan/">Plan</a>`),
		bodies(`<a href="/plan/">Plan</a>`, `<a id="x"></a>`, `<a href="/plan/"><img src=a.png alt="Plan"></a>`, `<a href="/plan/" aria-label="Plan"></a>`, `<a href="/plan/" title="Plan"></a>`, `<a href="/plan/" aria-labelledby="x"></a>`, `<a href="/plan/"><svg role="img"><title>Plan</title></svg></a>`, `<a href="/plan/"><svg aria-label="Plan"></svg></a>`, `<a href="/plan/"><b>P</b>lan</a>`, `<a href="#x" aria-hidden="true"></a>`, `<div aria-hidden="true"><a href="/plan/" tabindex=-1>Plan</a></div>`, `<a href="/plan/"><span aria-label="Plan"></span></a>`))
}

func TestVagueLinkText(t *testing.T) {
	check(t, "a.html", diag.VagueLinkText,
		bodies(`<a href="/plan/">click here</a>`, `<a href="/plan/">Here</a>`, `<a href="/plan/">Read more…</a>`, `<a href="/plan/">Read <b>more</b> »</a>`, `<a href="/plan/">MORE</a>`, `<a href="/plan/">link</a>`, `<a href="/plan/">this page</a>`, `<a href="/plan/">(here)</a>`, `<a href="/plan/" aria-label="here">The plan</a>`, `<a href="/plan/"><img src=a.png alt="Read more"></a>`, `<a href="/plan/">cliciwch yma</a>`, "<a href=/plan/>read\n more</a>", `<a href="/plan/">Read more <span aria-hidden="true">about the plan</span></a>`, `<a href="/plan/" title="The plan">here</a>`),
		bodies(`<a href="/plan/">Read more about naloxone</a>`, `<a href="/plan/">Here to help</a>`, `<a href="/plan/">Plan</a>`, `<a href="/plan/" aria-label="More about the plan">more</a>`, `<a href="/plan/">more<span> about the plan</span></a>`, `<a>here</a>`, `<p>click here</p>`))
}

func TestTableHeaders(t *testing.T) {
	check(t, "a.html", diag.TableHeaders,
		bodies(`<table><tr><td>a</td></tr></table>`, `<table><tr><td>a`, `<table><tr><th></th></tr><tr><td>a</td></tr></table>`, `<table><tr><th>a</th></tr><tr><td><table><tr><td>b</td></tr></table></td></tr></table>`, `<table><tr><th></th><td>a</td></tr></table>`),
		bodies(`<table><tr><th>a</th></tr><tr><td>b</td></tr></table>`, `<table><tr><th>a<td>b</table>`, `<table role="presentation"><tr><td>a</td></tr></table>`, `<table></table>`, `<table><tr><th scope=col><b>a</b></th></tr></table>`, `<table><tr><th><img src=a.png alt="Stock"></th><td>x</td></tr></table>`, `<table><tr><th aria-label="Stock"></th><td>x</td></tr></table>`))
}

func TestFormLabel(t *testing.T) {
	check(t, "a.html", diag.FormLabel,
		bodies(`<input>`, `<input type=search placeholder="Search">`, `<select><option>a</select>`, `<textarea></textarea>`, `<label for=a>A</label><input id=b>`, `<input id=b>`, `<button></button>`, `<button><img src=a.png alt=""></button>`, `<input type=button>`, `<input type=submit value="">`, `<label></label><input type=checkbox>`, `<button>`),
		bodies(`<label for=a>A</label><input id=a>`, `<input id=a><label for=a>A</label>`, `<label>A <input></label>`, `<input aria-label="A">`, `<input title="A">`, `<input aria-labelledby="x">`, `<input type=hidden>`, `<input type=submit>`, `<input type=submit value="Send">`, `<input type=reset>`, `<input type=button value="Go">`, `<button>Send</button>`, `<button aria-label="Send"></button>`, `<button><img src=a.png alt="Send"></button>`, `<label>A <select><option>a</select></label>`, `<label>A <textarea></textarea></label>`, `<button><svg role="img"><title>Send</title></svg></button>`))
}

func TestDuplicateID(t *testing.T) {
	check(t, "a.html", diag.DuplicateID,
		bodies(`<p id=a><p id=a>`, `<p id=a><svg><g id="a"/></svg>`, `<p ID="a"></p><b id=a></b>`),
		bodies(`<p id=a><p id=b>`, `<p id=a><p id=A>`, `<p id=""><p id="">`, `<p id=a><p class=a name=a>`))
}

func TestLandmarks(t *testing.T) {
	check(t, "a.html", diag.Landmarks,
		[]string{strings.NewReplacer("<main>", "", "</main>", "").Replace(whole("", "")), whole("", "<main>x</main>"), whole("", "<div role=main>x</div>"), strings.Replace(whole("", "x"), "<main>", "<main hidden>", 1)},
		[]string{whole("", ""), strings.NewReplacer("<main>", "<div role=main>", "</main>", "</div>").Replace(whole("", "")), whole("", "<main hidden>x</main>")})
}

func TestRedirectsNeedNoStructure(t *testing.T) {
	check(t, "old/index.html", diag.Landmarks, nil, []string{
		`<!DOCTYPE html><html lang="en"><head><title>https://plan.eastmere.example/plan/</title><link rel="canonical" href="https://plan.eastmere.example/plan/"><meta name="robots" content="noindex"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=https://plan.eastmere.example/plan/"></head></html>`,
		`<!doctype html><html lang=en><title>x</title><meta http-equiv=refresh content="0;url=/plan/"><p>The page has <a href="/plan/">moved to the plan</a>`,
	})
	_, problems := scanned("old/index.html", `<meta http-equiv="refresh" content="0; url=/plan/">`)
	if got := fmt.Sprint(rules(problems)); got != "[page-language page-title]" {
		t.Errorf("a redirect without anything breaks %s", got)
	}
}

func TestThirdPartyRequest(t *testing.T) {
	check(t, "a.html", diag.ThirdParty,
		append(heads(
			`<script src="https://cdn.example/x.js"></script>`, `<script src=//cdn.example/x.js></script>`, `<script src="\\cdn.example/x.js"></script>`, `<script src=" https://cdn.example/x.js"></script>`, "<script src='ht\ntps://cdn.example'></script>", `<script src="https:cdn.example/x.js"></script>`, `<script src="&#104;ttps://cdn.example"></script>`,
			`<link rel=stylesheet href=https://cdn.example/x.css>`, `<link rel="alternate stylesheet" href=https://cdn.example/x.css>`, `<link rel=preload href=https://cdn.example/x>`, `<link rel=preconnect href=https://cdn.example>`, `<link rel=dns-prefetch href=//cdn.example>`, `<link rel=ICON href=https://cdn.example/x>`, `<link rel="shortcut icon" href=https://cdn.example/x>`, `<link rel=modulepreload href=https://cdn.example/x>`, `<link rel=prefetch href=https://cdn.example/x>`, `<link rel=manifest href=https://cdn.example/x>`, `<link rel=apple-touch-icon href=https://cdn.example/x>`, `<link rel=preload imagesrcset="https://cdn.example/x 1x">`,
			`<style>@import "https://cdn.example/x.css"</style>`, `<style>@import url(https://cdn.example/x.css);</style>`, `<style>p{background:url("https://cdn.example/x")}</style>`, `<style>p{background:URL( //cdn.example/x )}</style>`, `<style>p{background:u\72l(https://cdn.example/x)}</style>`, `<style>p{background:url(https\3a //cdn.example/x)}</style>`, `<style>@font-face{src:local(a),url(https://cdn.example/x.woff2)}</style>`, `<style>p{background:image-set("https://cdn.example/x" 1x)}</style>`, `<style>p{background:-webkit-image-set(url(a) 1x,"//cdn.example/x" 2x)}</style>`, `<style>/* x */@import/**/"//cdn.example/x"`,
			`<meta http-equiv=refresh content="0; url=https://other.example/">`, `<meta http-equiv=Refresh content="5;URL='https://other.example/'">`, `<meta http-equiv=refresh content="0,https://other.example/">`, `<base href="https://other.example/">`,
			`<script>fetch("https://api.example/x")</script>`, `<script>fetch('//api.example/x',{})</script>`, "<script>fetch(`https://api.example/${a}`)</script>", `<script>import("https://cdn.example/x.js")</script>`, `<script type=module>import a from "https://cdn.example/x.js"</script>`, `<script type=module>import "https://cdn.example/x.js"</script>`, `<script>var x=new XMLHttpRequest();x.open("GET","https://api.example/")</script>`, `<script>navigator.sendBeacon("https://api.example/",d)</script>`, `<script>new WebSocket("wss://api.example/")</script>`, `<script>new EventSource("https://api.example/")</script>`,
			`<script>const u="https://api.example/x";fetch(u)</script>`, `<script>fetch(new URL("https://api.example/x"))</script>`, `<script>i=new Image;i.src="https://api.example/x"</script>`, `<script>s.setAttribute("src","https://cdn.example/x.js")</script>`, `<script>fetch("https:\/\/api.example/x")</script>`, `<script>fetch("\x68ttps://api.example/x")</script>`, `<script>var r=/["']/;fetch("https://api.example/x")</script>`, `<script>importScripts("https://cdn.example/x.js")</script>`, `<script type=importmap>{"imports":{"a":"https://cdn.example/a.js"}}</script>`, `<script>x={url:"https://api.example/"};fetch(x.url);fetch(url)</script>`,
		), bodies(
			`<img alt="" src=https://cdn.example/x.png>`, `<img alt="" src=a.png srcset="a.png 1x, https://cdn.example/x.png 2x">`, `<img alt="" srcset="https://cdn.example/x.png">`, `<img alt="" srcset="a.png, //cdn.example/x.png">`, `<picture><source srcset="https://cdn.example/x"><img src=a.png alt=""></picture>`, `<iframe src=https://other.example/ title=x></iframe>`, `<frame src=https://other.example/>`, `<embed src=https://other.example/>`, `<object data=https://other.example/></object>`, `<video src=https://other.example/></video>`, `<video poster=https://other.example/></video>`, `<audio src=https://other.example/></audio>`, `<video><source src=https://other.example/></video>`, `<video><track src=https://other.example/></video>`,
			`<form action=https://other.example/></form>`, `<form><button formaction=https://other.example/>Send</button></form>`, `<input type=image alt=x src=https://other.example/>`, `<svg><use href="https://other.example/x.svg#a"/></svg>`, `<svg><image xlink:href="https://other.example/x.png"/></svg>`, `<svg><image href="//other.example/x.png"></svg>`, `<svg><rect fill="url(https://other.example/x.svg#a)"/></svg>`, `<svg><style>@import "https://other.example/x"</style></svg>`, `<svg><style>&#64;import "https://other.example/x"</style></svg>`, `<svg><style><![CDATA[@import "https://other.example/x"]]></style></svg>`,
			`<p style="background:url(https://cdn.example/x)">`, `<p style="background:url(&quot;https://cdn.example/x&quot;)">`, `<noscript><img alt="" src=https://cdn.example/x.png></noscript>`, `<template><img alt="" src=https://cdn.example/x.png></template>`, `<iframe title=x srcdoc="<img src=https://cdn.example/x>"></iframe>`, `<a href="/plan/" ping="https://other.example/">Plan</a>`, `<p background="https://cdn.example/x">`, `<img alt="" src="file:///x.png">`, `<img alt="" src="https://plan.eastmere.example.evil.example/x.png">`, `<img alt="" src="https://plan.eastmere.example@evil.example/x.png">`, `<img alt="" src="https://plan.eastmere.example:8443/x.png">`, `<img alt="" src="/\cdn.example/x.png">`,
		)...),
		append(heads(
			`<link rel=canonical href=https://other.example/>`, `<link rel=alternate hreflang=cy href=https://other.example/>`, `<link rel=author href=https://other.example/>`, `<link rel=stylesheet href=x.css>`, `<link rel=stylesheet href=https://plan.eastmere.example/plan/x.css>`, `<link rel=stylesheet href=//PLAN.eastmere.example:443/plan/x.css>`, `<meta property=og:image content="https://other.example/x.png">`, `<meta http-equiv=refresh content="300">`, `<meta http-equiv=refresh content="0;url=/plan/">`,
			`<style>p{background:url(x.png)}a[href^="https://"]{color:#000}a::after{content:" (https://other.example)"}@namespace svg url(http://www.w3.org/2000/svg);</style>`, `<style>/* url(https://other.example/x) */p{color:red}</style>`, `<style>p{background:url(data:image/png;base64,AA==)}</style>`,
			`<script>// fetch("https://api.example/")
			var a="https://other.example/";document.title=a;/* fetch("https://x.example") */</script>`, `<script>location.href="https://other.example/"</script>`, `<script>fetch("/plan/x.json")</script>`, `<script>fetch("https://plan.eastmere.example/plan/x.json")</script>`, `<script>e.createElementNS("http://www.w3.org/2000/svg","a")</script>`, `<script>var r=/\/\/fetch("https://x.example")/</script>`, `<script>if(u.startsWith("https://"))x()</script>`, `<script type="application/ld+json">{"@context":"https://schema.org","url":"https://other.example/"}</script>`, `<base href="/plan/">`, `<base target=_blank>`,
		), bodies(
			`<a href=https://other.example/>Other</a>`, `<a href=//other.example/>Other</a>`, `<img alt="" src=a.png srcset="a.png 1x, b.png 2x">`, `<img alt="" src="data:image/png;base64,AA==">`, `<img alt="" src="https://plan.eastmere.example/plan/a.png">`, `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><use href="#a"/><rect fill="url(#a)"/></svg>`, `<svg><a href="https://other.example/"><text>Other</text></a></svg>`, `<p title="url(https://other.example/)">`, `<p>https://other.example/x.js</p>`, `<!-- <img src=https://other.example/> -->`, `<form action="/plan/search/"></form>`, `<blockquote cite="https://other.example/">x</blockquote>`, `<a href="mailto:formats@eastmere.example">Write to us</a>`, `<pre>&lt;img src="https://other.example/"></pre>`,
		)...))
}

func TestThirdPartyInOtherFiles(t *testing.T) {
	check(t, "x.css", diag.ThirdParty, []string{`@import "https://cdn.example/x.css";`, `@font-face{src:url('//cdn.example/x.woff2')}`}, []string{`p{color:red}`, `p{background:url(../x.png)}`, ``})
	check(t, "x.js", diag.ThirdParty, []string{`fetch("https://api.example/")`, `export * from "https://cdn.example/x.js"`}, []string{`fetch("/x")`, `// https://api.example/`, ``, `"`, `'\`, "`"})
	check(t, "x.svg", diag.ThirdParty, []string{`<svg><image href="https://cdn.example/x"/></svg>`, `<?xml-stylesheet href="https://cdn.example/x.css"?><svg/>`, `<svg:svg><svg:image xlink:href="https://cdn.example/x"/></svg:svg>`, `<svg><style>p{fill:url(https://cdn.example/x)}</style></svg>`}, []string{`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg xmlns="http://www.w3.org/2000/svg"><style/><title>x</title><path d="M0"/></svg>`})
	check(t, "x.xml", diag.ThirdParty, []string{`<?xml-stylesheet href='https://cdn.example/x.xsl'?><urlset/>`}, []string{`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://plan.eastmere.example/plan/</loc></url></urlset>`})
	check(t, "feed.atom", diag.ThirdParty, []string{`<feed><entry><content type="html">&lt;img src="https://cdn.example/x.png"></content></entry></feed>`}, []string{`<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://other.example/"/><entry><content type="html">&lt;p>Text&lt;/p></content></entry></feed>`})
	check(t, "x.webmanifest", diag.ThirdParty, []string{`{"icons":[{"src":"https://cdn.example/x.png"}]}`, `{"shortcuts":[{"icons":[{"src":"//cdn.example/x"}]}]}`}, []string{`{"icons":[{"src":"/plan/x.png"}],"start_url":"/"}`})
	check(t, "x.webmanifest", diag.FileUnreadable, []string{`{`}, nil)
}

func TestActiveContent(t *testing.T) {
	check(t, "a.html", diag.ActiveContent,
		bodies(`<a href="javascript:x()">Plan</a>`, `<a href=" JaVaScript:x()">Plan</a>`, "<a href='java\tscript:x()'>Plan</a>", `<a href="&#106;avascript:x()">Plan</a>`, `<a href="vbscript:x">Plan</a>`, `<a href="data:text/html,x">Plan</a>`, `<form action="javascript:x()"></form>`, `<iframe title=x src="javascript:x()"></iframe>`, `<iframe title=x src="data:text/html,x"></iframe>`, `<object data="data:image/svg+xml,x"></object>`, `<p onclick="x()">`, `<P ONCLICK=x()>`, `<img src=a.png alt="" onerror=x()>`, `<body onload=x()>`, `<svg onload=x()></svg>`, `<svg><a xlink:href="javascript:x()"><text>Plan</text></a></svg>`, `<svg><set attributeName=href to="javascript:x()"/></svg>`, `<script src="data:text/javascript,x"></script>`, `<iframe title=x srcdoc="<p onclick=x()>"></iframe>`, `<map><area alt=x href="javascript:x()"></map>`, `<base href="javascript:x">`),
		bodies(`<a href="/plan/javascript:x">Plan</a>`, `<p class="onclick" data-onclick="x">`, `<p once only>`, `<a href="tel:+441632960000">01632 960000</a>`, `<img alt="" src="data:image/svg+xml,x">`, `<p>javascript:x()</p>`, `<iframe title=x src="about:blank"></iframe>`, `<script>x()</script>`))
	check(t, "a.svg", diag.ActiveContent,
		[]string{`<svg><script>x()</script></svg>`, `<svg onload="x()"/>`, `<svg><a href="javascript:x()"><text>a</text></a></svg>`, `<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`, `<svg><foreignObject><p onclick="x()"/></foreignObject></svg>`, `<svg><animate attributeName="href" values="javascript:x()"/></svg>`},
		[]string{`<svg><text>x</text></svg>`})
}

func TestBlockedByPolicy(t *testing.T) {
	check(t, "a.html", diag.BlockedByPolicy,
		append(heads(`<style>p { color: red }</style>`, `<script>x()</script>`, `<script type="module">x()</script>`, `<script type="importmap">{}</script>`),
			bodies(`<p style="color:red">x</p>`, `<svg role="img" aria-label="x"><rect style="fill:red"/></svg>`, `<iframe title="x" src="/plan/"></iframe>`, `<img src="data:image/png;base64,AA==" alt="x" width="1" height="1">`)...),
		append(heads(`<script src="/plan/x.js" defer></script>`, `<link rel="stylesheet" href="/plan/x.css">`, `<script type="application/ld+json">{}</script>`),
			bodies(`<p class="style">x</p>`, `<code>&lt;p style="x"></code>`, `<svg role="img" aria-label="x"><rect fill="red"/></svg>`)...))
	if _, problems := scanned("a.svg", `<svg xmlns="http://www.w3.org/2000/svg"><rect style="fill:red"/></svg>`); len(problems) > 0 {
		t.Errorf("a drawing's own styles stay: %v", problems)
	}
}

func TestImageSize(t *testing.T) {
	check(t, "a.html", diag.ImageSize,
		bodies(`<img src="/plan/a.png" alt="x">`, `<img src="/plan/a.png" alt="x" width="9">`, `<img src="/plan/a.png" alt="x" width="9" height="">`),
		bodies(`<img src="/plan/a.png" alt="x" width="9" height="7">`, `<picture><source srcset="/plan/a.webp"><img src="/plan/a.png" alt="x" width="9" height="7"></picture>`))
}

func TestWeight(t *testing.T) {
	const link = `<link rel="stylesheet" href="/plan/a.css?x"><script src="x.js"></script><link rel="stylesheet" href="/plan/a.css">`
	weigh := func(body string, sizes map[string]int) []Problem {
		page, _ := scanned("index.html", whole(link, body))
		feed, _ := scanned("feed.atom", "<feed/>")
		return Weight([]*Page{page, nil, feed}, sizes, options)
	}
	for _, tc := range []struct {
		name  string
		sizes map[string]int
		want  string
	}{
		{"just light enough", map[string]int{"index.html": 30_000, "a.css": 15_000, "x.js": 5_000}, ""},
		{"a byte too many", map[string]int{"index.html": 30_000, "a.css": 15_000, "x.js": 5_001}, "the page has 30 kB, its style sheets and scripts 20 kB"},
		{"a heavy style sheet", map[string]int{"index.html": 100, "a.css": 60_000, "x.js": 5_000}, "style sheets and scripts have 65 kB"},
		{"images, files and other pages do not count", map[string]int{"index.html": 100, "a.css": 100, "x.js": 100, "big.png": 1 << 20, "big.pdf": 1 << 20, "feed.atom": 1 << 20}, ""},
	} {
		problems := weigh(`<p><a href="/plan/big.pdf">x</a><img src="/plan/big.png" alt="x" width="1" height="1"></p>`, tc.sizes)
		if tc.want == "" && len(problems) > 0 || tc.want != "" && (len(problems) != 1 || problems[0].Rule != diag.PageWeight || !strings.Contains(problems[0].Message, tc.want)) {
			t.Errorf("%s: %v", tc.name, problems)
		}
	}
}

func TestText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"a.html", whole(`<meta name="description" content="About  it"><meta name=viewport content="width=device-width">`, `<p>One <b>t</b>wo&nbsp;<i>three</i><br>four</p><ul><li>five<li>six</ul><img src=a.png alt="A street"><p title="T">x<abbr title="Y">y</abbr>z</p>`),
			"Plan\nEastmere\nPlan\nOne two\u00a0three\nfour\nfive\nsix\nxyz\n|About it\nA street\nT\nY\n"},
		{"a.html", `<p>01632 <b>960</b>123</p><table><tr><th>a<td>b</table><!-- c --><script>d</script><style>e</style><textarea>f</textarea>`, "01632 960123\na\nb\nf\n"},
		{"a.html", `<a href="tel:+44%201632%20960000">Ring</a><a href="mailto:a@b.example?subject=x">Write</a><a aria-label="L" href="/x">l</a>`, "RingWritel|+44 1632 960000\na@b.example?subject=x\nL\n"},
		{"a.html", `<script type="application/ld+json">{"telephone":"01632 960000"}</script><input placeholder="P" value="V">`, "|{\"telephone\":\"01632 960000\"}\nP\nV\n"},
		{"a.html", `<div class="highlight 01632-960000" id=ring-01632960001 data-x="01632 960002"><code class=language-01632960003 data-lang=go data-at="a@b.example">x</code></div>`,
			"x\n|highlight 01632-960000\nring-01632960001\n01632 960002\nlanguage-01632960003\na@b.example\n"},
		{"a.html", `<p class="a1 b2" data-n="12345678"><time datetime="2026-11-20T18:00:00Z">x</time></p><script src="/x.js" integrity="sha256-1234567890"></script><svg viewBox="0 0 123 456789" data-d="01632 960000"></svg>`, "x\n"},
		{"a.html", "<p>a\n  b</p>\n\n<p>c</p>", "a b\nc\n"},
		{"a.html", `<template>a</template><p hidden>b</p><noscript>c</noscript>`, "a\nb\nc\n"},
		{"a.svg", `<svg><title>A</title><desc>B</desc><style>c</style><text>D<tspan>E</tspan></text></svg>`, "A\nB\nDE\n"},
		{"feed.atom", `<feed><title>A &amp;amp; B</title><entry><content type="html">&lt;p>Ring &lt;b>01632&lt;/b> 960000&lt;/p></content><author><name>C</name></author></entry></feed>`, "A &amp; B\nRing 01632 960000\nC\n"},
		{"x.js", `var a="01632 960000"`, `var a="01632 960000"`},
	} {
		p, _ := scanned(c.name, c.in)
		text, extra, _ := strings.Cut(c.want, "|")
		want := text
		if extra != "" {
			want += "\n" + extra
		}
		if got := p.Text(); got != want {
			t.Errorf("%s\nreads %q, want %q", c.in, got, want)
		}
	}
}

func TestOtherTypesHaveNoPage(t *testing.T) {
	for _, name := range []string{"a.pdf", "a.png", "a.txt", "a.csv", "a", "a.json"} {
		if p, problems := scanned(name, "<p onclick=x()>"); p != nil || problems != nil {
			t.Errorf("%s: %v %v", name, p, problems)
		}
	}
}

func TestContrast(t *testing.T) {
	for _, c := range []struct {
		fg, bg string
		ratio  float64
		want   int
	}{
		{"#000", "#fff", 4.5, 0}, {"#000000", "#FFFFFF", 21, 0}, {"#777777", "#ffffff", 4.5, 1}, {"#767676", "#ffffff", 4.5, 0}, {"#ffffff", "#767676", 0, 0}, {"#777", "#fff", 0, 1}, {"#949494", "#fff", 3, 0}, {"#959595", "#fff", 3, 1},
		{"#123", "#123", 1, 0}, {"red", "#fff", 4.5, 1}, {"#12", "#12345", 4.5, 2}, {"", "#fff", 4.5, 1}, {"#ggg", "#fff", 4.5, 1}, {"#000f", "#fff", 4.5, 1}, {"#+12345", "#fff", 1, 1},
	} {
		got := Contrast([]Pair{{Name: "text", Foreground: c.fg, Background: c.bg, Ratio: c.ratio}})
		if len(got) != c.want {
			t.Errorf("%s on %s: %+v", c.fg, c.bg, got)
		}
		for _, p := range got {
			if p.Rule.Name != "contrast" || !strings.HasPrefix(p.Message, "text: ") {
				t.Errorf("%s on %s: %+v", c.fg, c.bg, p)
			}
		}
	}
}
