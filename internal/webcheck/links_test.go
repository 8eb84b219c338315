package webcheck

import (
	"slices"
	"testing"

	"candour/internal/diag"
)

// brokenOn puts markup on one page of a small site, and returns what Links finds.
func brokenOn(page, markup string) []Problem {
	files := map[string]string{
		"index.html":              `<h1 id="top-of-it">x</h1>`,
		"404.html":                `x`,
		"pages/about/index.html":  `<h2 id="who-we-are">x</h2><a name="old"></a><h2 id="pwy-ŷm-ni">x</h2>`,
		"pages/a b/index.html":    `x`,
		"pages/tŷ/index.html":     `x`,
		"pages/100%25/index.html": `x`,
		"plain.html":              `<p id="x">`,
		"x.pdf":                   ``,
		"img/x.png":               ``,
		"icons.svg":               `<svg><symbol id="bell"/></svg>`,
	}
	files[page] += markup
	var pages []*Page
	var paths []string
	for name, data := range files {
		paths = append(paths, name)
		p, _ := scanned(name, data)
		pages = append(pages, p)
	}
	slices.Sort(paths)
	return Links(pages, paths, options)
}

func TestBrokenLink(t *testing.T) {
	for _, page := range []string{"pages/here/index.html", "404.html"} {
		for _, a := range []string{
			"/plan/pages/abuot/", "/plan/pages/about/#nobody", "/pages/about/", "/", "#nowhere", "nothing.html", "/plan/plain.html#y", "https://plan.eastmere.example/plan/nothing/", "/plan/icons.svg#nothing", "//plan.eastmere.example/plan/nothing", "/plan/../pages/about/", "/plan/pages/About/", "/plan/pages/", "?a=1#nowhere", "/plan/x.pdf/", "../../../../pages/about/", "/plan/pages/%zz/",
		} {
			got := brokenOn(page, `<a href="`+a+`">x</a>`)
			if len(got) != 1 || got[0].Rule != diag.BrokenLink || got[0].Path != page || got[0].Subject != a || got[0].Message == "" || got[0].Hint == "" {
				t.Errorf("%s on %s: %+v", a, page, got)
			}
		}
		for _, a := range []string{
			"/plan/", "/plan", "/plan/index.html", "/plan/?q=1", "/plan/#top-of-it", "/plan/pages/about/", "/plan/pages/about", "/plan/pages/about/index.html", "/plan/pages/about/#who-we-are", "/plan/pages/about#old", "/plan/pages/about/#pwy-%C5%B7m-ni", "/plan/pages/about/#pwy-ŷm-ni", "/plan/pages/about/#", "/plan/pages/about/#top", "/plan/pages/about/#:~:text=x", "/plan/pages/about/#who-we-are:~:text=x",
			"/plan/pages/a%20b/", "/plan/pages/a b/", "/plan/pages/t%C5%B7/", "/plan/pages/100%25/", "/plan/./pages//about/", "/plan/x.pdf#page=2", "/plan/icons.svg#bell", "#", "#top", "", "?a=1", "https://plan.eastmere.example/plan/pages/about/#who-we-are", "HTTPS://Plan.Eastmere.example/plan/plain.html#x", "//plan.eastmere.example/plan/", "https://plan.eastmere.example/elsewhere/", "https://plan.eastmere.example", "https://other.example/nothing", "mailto:a@eastmere.example", "tel:+441632960000", "javascript:x()", `/plan\pages\about\`,
		} {
			if got := brokenOn(page, `<a href="`+a+`">x</a>`); len(got) != 0 {
				t.Errorf("%s on %s: %+v", a, page, got)
			}
		}
	}
}

func TestBrokenRelativeLink(t *testing.T) {
	const page = "pages/here/index.html"
	for _, a := range []string{"about/", "../abuot/", "..about/", "x.pdf", "../../x.pdf/y", "../about/#nobody"} {
		if got := brokenOn(page, `<a href="`+a+`">x</a>`); len(got) != 1 {
			t.Errorf("%s: %+v", a, got)
		}
	}
	for _, a := range []string{"../about/", "../about", "../../x.pdf", "../../", "../..", ".", "./", "../about/#old", "../../plain.html#x", `..\about\`} {
		if got := brokenOn(page, `<a href="`+a+`">x</a>`); len(got) != 0 {
			t.Errorf("%s: %+v", a, got)
		}
	}
}

func TestBrokenRequest(t *testing.T) {
	const page = "pages/here/index.html"
	for _, a := range []string{`<img alt="" src="x.png">`, `<link rel=stylesheet href="/plan/x.css">`, `<script src="/x.js"></script>`, `<img alt="" srcset="/plan/img/x.png 1x, /plan/img/y.png 2x">`, `<p style="background:url(x.png)">`, `<svg><use href="/plan/icons.svg#none"/></svg>`, `<link rel=canonical href="/plan/nothing/">`, `<form action="/plan/send"></form>`, `<meta http-equiv=refresh content="0;url=/plan/gone/">`} {
		if got := brokenOn(page, a); len(got) != 1 || got[0].Rule != diag.BrokenLink {
			t.Errorf("%s: %+v", a, got)
		}
	}
	for _, a := range []string{`<img alt="" src="../../img/x.png">`, `<img alt="" src="/plan/img/x.png?v=1">`, `<svg><use href="/plan/icons.svg#bell"/></svg>`, `<link rel=canonical href="https://plan.eastmere.example/plan/pages/about/">`, `<img alt="" srcset="/plan/img/x.png 1x">`} {
		if got := brokenOn(page, a); len(got) != 0 {
			t.Errorf("%s: %+v", a, got)
		}
	}
}

func TestBaseElement(t *testing.T) {
	const page = "pages/here/index.html"
	for a, want := range map[string]int{`<base href="/plan/"><a href="pages/about/">x</a>`: 0, `<base href="https://plan.eastmere.example/plan/pages/x"><a href="about/">x</a>`: 0, `<base href="/plan/"><a href="../about/">x</a>`: 1, `<base href="/plan/plain.html"><a href="#x">x</a>`: 0} {
		if got := brokenOn(page, a); len(got) != want {
			t.Errorf("%s: %+v", a, got)
		}
	}
}

// An address that is wrong twice on a page is told once, and a menu that is wrong is told of every page.
func TestBrokenOnceAPage(t *testing.T) {
	a := `<a href="/plan/gone/">x</a><a href="/plan/gone/">y</a>`
	p1, _ := scanned("index.html", a)
	p2, _ := scanned("x/index.html", a)
	if got := Links([]*Page{p1, nil, p2}, []string{"index.html", "x/index.html"}, options); len(got) != 2 {
		t.Errorf("%+v", got)
	}
}

func TestSiteAtTheRoot(t *testing.T) {
	opt := Options{BasePath: "/", BaseURL: "https://plan.eastmere.example/"}
	p, _ := scanned("index.html", `<a href="/a/">x</a><a href="/">x</a><a href="/b/">x</a>`)
	if got := Links([]*Page{p}, []string{"index.html", "a/index.html"}, opt); len(got) != 1 || got[0].Subject != "/b/" {
		t.Errorf("%+v", got)
	}
}
