package webcheck

import (
	"fmt"
	"strings"
	"testing"

	"candour/internal/output"
)

// ordinary is a page of about 6 kB, like most of a site's.
func ordinary() []byte {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang=en-GB><head><meta charset=utf-8><meta name=viewport content="width=device-width,initial-scale=1"><title>Plan summary 12</title><link rel=stylesheet href=/plan/css/site.css><link rel=canonical href=https://plan.eastmere.example/plan/plans/12/></head><body><a class=skip href=#main>Skip to content</a><header><nav aria-label=Main><ul>`)
	for i := range 8 {
		fmt.Fprintf(&b, `<li><a href=/plan/section-%d/>Section %d</a></li>`, i, i)
	}
	b.WriteString(`</ul></nav></header><main id=main><h1>Plan summary 12</h1>`)
	for i := range 10 {
		fmt.Fprintf(&b, `<h2 id=part-%d>Part %d</h2><p>When a contaminated batch is suspected, the partnership&rsquo;s leads meet within the hour, look at what is known, and decide who needs to hear of it. See <a href=/plan/plans/%d/>the plan for district %d</a> for <em>more</em> on that, and the stock of naloxone at each of the services listed below.</p>`, i, i, i, i)
	}
	b.WriteString(`<table><thead><tr><th>Item</th><th>Quantity</th><th>Checked</th></tr></thead><tbody>`)
	for range 12 {
		b.WriteString(`<tr><td>Naloxone, nasal</td><td><span class=withheld>Withheld: health and safety</span></td><td>20 November 2026</td></tr>`)
	}
	b.WriteString(`</tbody></table></main><footer><p>Eastmere Council &middot; <a href=/plan/accessibility/>Accessibility statement</a></p></footer></body></html>`)
	return []byte(b.String())
}

func BenchmarkScan(b *testing.B) {
	f := output.File{Path: "plans/12/index.html", Data: ordinary()}
	b.SetBytes(int64(len(f.Data)))
	b.ReportAllocs()
	for b.Loop() {
		Scan(f, options)
	}
}

func BenchmarkLinks(b *testing.B) {
	const n = 1000
	var pages []*Page
	paths := []string{"css/site.css", "accessibility/index.html"}
	for i := range 8 {
		paths = append(paths, fmt.Sprintf("section-%d/index.html", i))
	}
	for i := range n {
		f := output.File{Path: fmt.Sprintf("plans/%d/index.html", i), Data: ordinary()}
		p, problems := Scan(f, options)
		if len(problems) > 0 {
			b.Fatal(problems)
		}
		pages, paths = append(pages, p), append(paths, f.Path)
	}
	for b.Loop() {
		if problems := Links(pages, paths, options); len(problems) > 0 {
			b.Fatal(problems[0])
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/n, "µs/page")
}

func FuzzScan(f *testing.F) {
	for _, s := range markupSamples {
		f.Add("a.html", s)
		f.Add("a.svg", s)
	}
	f.Add("a.js", `fetch("https://x.example/\x41`+"`")
	f.Add("a.css", `@import url( "\75 x`)
	f.Add("a.xml", `<?xml-stylesheet href='`)
	f.Fuzz(func(t *testing.T, name, data string) {
		in := output.File{Path: name, Data: []byte(data)}
		p, problems := Scan(in, options)
		if string(in.Data) != data {
			t.Fatal("Scan changed the file")
		}
		for _, c := range problems {
			if c.Path != name || c.Message == "" || c.Hint == "" || c.Rule.Code == "" {
				t.Fatalf("%+v", c)
			}
		}
		if p == nil {
			return
		}
		again, _ := Scan(in, options)
		if p.Text() != again.Text() {
			t.Fatal("two readings differ")
		}
		for _, c := range Links([]*Page{p}, []string{name}, options) {
			if c.Path != name || c.Message == "" {
				t.Fatalf("%+v", c)
			}
		}
		// Nothing that follows takes a request back.
		if strings.HasSuffix(name, ".html") {
			_, more := Scan(output.File{Path: name, Data: []byte(`<img src=https://other.example/x alt="">` + data)}, options)
			if !strings.Contains(fmt.Sprint(rules(more)), "third-party-request") {
				t.Fatal("a request was lost")
			}
		}
	})
}
