package leak

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"candour/internal/ledger"
)

func TestNameParts(t *testing.T) {
	l := &ledger.Ledger{Entries: []ledger.Entry{entry(ledger.Name, "Dr Ada Penhallow"), entry(ledger.Name, "Jo Bly"), entry(ledger.Name, "Kim Smith-Jones")}}
	m := New(l)
	for _, c := range []struct {
		text string
		want []string
	}{
		{"see Penhallow (2026)", []string{"0 true"}},
		{"Penhallow, that is Ada Penhallow", []string{"0 false"}},
		{"Dr. Ada Penhallow; Penhallow", []string{"0 false"}},
		{"Bly", nil},
		{"Smith-Jones", []string{"2 true"}},
		{"Jones", nil},
	} {
		var got []string
		for _, h := range m.File("a.txt", []byte(c.text), nil) {
			got = append(got, fmt.Sprint(h.Entry, h.Part))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q: %v, want %v", c.text, got, c.want)
		}
	}
}

func TestTextOffsets(t *testing.T) {
	m := New(sample())
	for _, c := range []struct{ text, want string }{
		{"Ask Marged Ellingham.", "Marged Ellingham"},
		{"Ask *Marged*  **Elling**ham.", "Marged*  **Elling**ham"},
		{"Ärger: Marged El\u00adlingham!", "Marged El\u00adlingham"},
		{"é Marged&nbsp;&#69;llingham &amp;", "Marged&nbsp;&#69;llingham"},
		{"é <b>Mar</b>ged Ellingham <i>", "Mar</b>ged Ellingham"},
		{"ﷺ ﬃ Marged Ellingham", "Marged Ellingham"},
		{"%41 [x](/Marged%20Ellingham)", "Marged%20Ellingham"},
		{"call 0163\u00b2 960147", "0163² 960147"},
		{"é keeps the second box\nbehind *the* counter at x", "keeps the second box\nbehind *the* counter at"},
		{b64(person + " of Eastmere"), ""},
	} {
		hits := m.Text(c.text)
		if len(hits) != 1 {
			t.Errorf("%q: hits %+v", c.text, hits)
			continue
		}
		if h := hits[0]; c.want == "" && (h.Start != -1 || h.End != -1) || c.want != "" && c.text[max(0, h.Start):max(0, h.End)] != c.want {
			t.Errorf("%q: bytes %d to %d", c.text, h.Start, h.End)
		}
	}
}

func TestManyAtOnce(t *testing.T) {
	m := New(sample())
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for n := range 50 {
				page := benchPage(uint64(n))
				want := 0
				if n%2 == i%2 {
					page = append(page, "<p>Marged&nbsp;Elling&shy;ham, Маргед, ٠١٢"...)
					want = 1
				}
				if hits := m.File("index.html", page, nil); len(hits) != want {
					t.Errorf("hits %+v, want %d", hits, want)
				}
			}
		})
	}
	wg.Wait()
}

// A text that stands in many entries is reported for the first of them, in order.
func TestSharedText(t *testing.T) {
	l := &ledger.Ledger{}
	for range 50 {
		l.Entries = append(l.Entries, entry(ledger.Value, place), entry(ledger.Prose, told))
	}
	got := entries(New(l).File("a.txt", []byte(place+"; "+told), nil))
	if len(got) != 2*maxOwners || !slices.IsSorted(got) {
		t.Errorf("hits %v", got)
	}
}

// What Markdown writes between words does not stand between them on the page.
func TestReadings(t *testing.T) {
	m := New(&ledger.Ledger{Entries: []ledger.Entry{
		entry(ledger.Prose, "The **second** key is [with the warden](/pages/warden/ \"Ask first\") of the un*lock*ed lodge on Mill Lane."),
		entry(ledger.Prose, "See [the lodge](/pages/a/b/c/d/e/f/)"),
		entry(ledger.Prose, "Every box holds {{< passage \"n\" >}}twenty four{{< /passage >}} sealed kits and one printed sheet."),
	}})
	for text, want := range map[string]int{
		"<p>key is <a href=x>with the warden</a> of the unlocked</p>": 0,
		"warden of the un<em>lock</em>ed lodge on Mill Lane":          0,
		"See <a href=y>the lodge</a>":                                 1,
		"holds twenty four sealed kits and one printed":               2,
	} {
		if got := entries(m.File("index.html", []byte(text), nil)); !slices.Equal(got, []int{want}) {
			t.Errorf("%q: hits %v, want %d", text, got, want)
		}
	}
}
