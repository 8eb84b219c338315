package leak

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"candour/internal/ledger"
)

var syllables = strings.Fields("ba be bo ca ce co da de di fa fe fi ga go ha he la le li lo ma me mi na ne no pa pe po ra re ri sa se si so ta te ti to va ve vi wa we")

func word(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(4) {
		b.WriteString(syllables[r.IntN(len(syllables))])
	}
	return b.String()
}

func sentence(r *rand.Rand, n int) string {
	w := make([]string, n)
	for i := range w {
		w[i] = word(r)
	}
	return strings.Join(w, " ")
}

// benchLedger withholds a name, a number, an address and a section of sixty words on each of n pages.
func benchLedger(n int) *ledger.Ledger {
	r := rand.New(rand.NewPCG(1, 2))
	l := &ledger.Ledger{Cleared: []string{"01632 960000", "publichealth@eastmere.example"}}
	for i := range n {
		l.Entries = append(l.Entries,
			entry(ledger.Name, fmt.Sprintf("Person %s %s", word(r), sentence(r, 1)+"worth")),
			entry(ledger.Phone, fmt.Sprintf("01632 96%04d", i)),
			entry(ledger.Value, fmt.Sprintf("person.%d@eastmere.example", i)),
			entry(ledger.Prose, sentence(r, 60)))
	}
	return l
}

// benchPage is a page of some six kilobytes: half text, half markup, as a minified one is.
func benchPage(seed uint64) []byte {
	r := rand.New(rand.NewPCG(seed, 7))
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang=en-GB><head><meta charset=utf-8><title>Plan</title><link rel=stylesheet href=/css/main.8d6b8a4cfe2d8fa5b1c7a1cb5c2b4be97a3e4b9d51ce12a8c9a4ce0a1bd7b3f1.css integrity="sha256-jWuKTP4tj6Wxx6HLXCtL6Xo+S51RzhKoyaTOChvXs/E="></head><body>`)
	for range 14 {
		fmt.Fprintf(&b, `<h2 id="%s-%s">%s</h2><p>%s &amp; it&rsquo;s <a href="/plans/%s-%s/#%s" class="govuk-link">%s</a>.`, word(r), word(r), sentence(r, 4), sentence(r, 40), word(r), word(r), word(r), sentence(r, 3))
		fmt.Fprintf(&b, `<table><tr><td class="number">%d<td>%s<td><strong>%s</strong></table><span class="withheld">Withheld: personal information (Freedom of Information Act 2000, section 40(2))</span>`, r.IntN(9999), word(r), word(r))
	}
	b.WriteString("</body></html>")
	return []byte(b.String())
}

func BenchmarkFile(b *testing.B) {
	for _, pages := range []int{10, 1000, 10000} {
		b.Run(fmt.Sprint(pages), func(b *testing.B) {
			m := New(benchLedger(pages))
			var data [][]byte
			size := 0
			for i := range 200 {
				data = append(data, benchPage(uint64(i)))
				size += len(data[i])
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				for i, d := range data {
					if hits := m.File("plans/x/index.html", d, nil); len(hits) != 0 {
						b.Fatalf("page %d: %+v", i, hits)
					}
				}
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	l := benchLedger(10000)
	b.ReportAllocs()
	for b.Loop() {
		New(l)
	}
}
