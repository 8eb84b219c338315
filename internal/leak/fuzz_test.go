package leak

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"

	"candour/internal/ledger"
)

// spelling is one thing that publishing, or a person, may do to a text.
type spelling struct {
	name string
	do   func(r *rand.Rand, s string) string
}

// each changes some letters of a text and leaves the others; all of a text that holds escapes or tags, as nobody writes
// half of an escape.
func each(change func(r *rand.Rand, c rune) string) func(*rand.Rand, string) string {
	return func(r *rand.Rand, s string) string {
		var b strings.Builder
		whole := strings.ContainsAny(s, `<&%\`)
		for _, c := range s {
			if whole || r.IntN(2) == 0 {
				b.WriteString(change(r, c))
			} else {
				b.WriteRune(c)
			}
		}
		return b.String()
	}
}

// looks keep a text what it is to a reader; encodings are then laid over it.
var looks = []spelling{
	{"case", each(func(_ *rand.Rand, c rune) string { return strings.ToUpper(string(c)) })},
	{"invisible", each(func(r *rand.Rand, c rune) string {
		return string(c) + []string{"\u00ad", "\u200b", "\u200d", "\u2060", "\ufe0f", "\u202c"}[r.IntN(6)]
	})},
	{"full width", each(func(_ *rand.Rand, c rune) string {
		if c > ' ' && c < 0x7f {
			return string(c + 0xfee0)
		}
		return string(c)
	})},
	{"punctuation", func(r *rand.Rand, s string) string {
		return strings.ReplaceAll(s, " ", []string{"  ", "-", "_", ", ", "\n", ".", "\u00a0", " – "}[r.IntN(8)])
	}},
	{"tags", each(func(r *rand.Rand, c rune) string {
		return []string{"<b>", "</i>", "<span class='x'>", "<wbr>", "<!-- x -->", "<br/>"}[r.IntN(6)] + string(c)
	})},
}

var encodings = []spelling{
	{"entities", each(func(r *rand.Rand, c rune) string {
		return fmt.Sprintf([]string{"&#%d;", "&#x%x;", "&#X%X;", "&#000%d;"}[r.IntN(4)], c)
	})},
	{"escaped markup", func(_ *rand.Rand, s string) string { return html.EscapeString(s) }},
	{"percent", func(_ *rand.Rand, s string) string { return url.PathEscape(s) }},
	{"query", func(_ *rand.Rand, s string) string { return url.QueryEscape(s) }},
	{"JSON", func(_ *rand.Rand, s string) string {
		b, err := json.Marshal(s)
		if err != nil {
			panic("a string cannot be marshalled")
		}
		return string(b)
	}},
	{"JavaScript", each(func(_ *rand.Rand, c rune) string { return fmt.Sprintf(`\u{%x}`, c) })},
	{"base64", func(r *rand.Rand, s string) string {
		enc := []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding, base64.URLEncoding}[r.IntN(3)]
		return " " + enc.EncodeToString([]byte("Ask, please, "[r.IntN(12):]+" "+s+" or else.")) + " "
	}},
	{"nothing", func(_ *rand.Rand, s string) string { return s }},
}

// places put a text into a page.
var places = []string{
	"<p>%s</p>", "<p>a <b>%s</b> b", `<img alt="%s">`, "<script>var a = '%s'</script>", "<!-- %s -->", "<title>%s</title>",
	"<style>p::after{content:'%s'}</style>", "<textarea>%s</textarea>", "%s", `<script type="application/json">{"a":[%s]}</script>`,
}

func benchText(r *rand.Rand) string { return string(benchPage(r.Uint64())[:4000]) }

func FuzzFinds(f *testing.F) {
	for i := range uint64(300) {
		f.Add(i)
	}
	f.Fuzz(func(t *testing.T, seed uint64) {
		r := rand.New(rand.NewPCG(seed, seed))
		// Letters that the page's words do not begin with, so that what is not there cannot turn up.
		value := "Xy" + word(r) + " Zu" + word(r) + fmt.Sprint(r.IntN(90)+10)
		phone := fmt.Sprintf("1632 96%04d", r.IntN(10000))
		prose := strings.Fields("Xenon " + sentence(r, 12) + " zz")
		m := New(&ledger.Ledger{Entries: []ledger.Entry{
			entry(ledger.Value, value), entry(ledger.Phone, "0"+phone), entry(ledger.Prose, strings.Join(prose, " "))}})
		page := benchText(r)
		if hits := m.File("index.html", []byte(page), nil); len(hits) != 0 {
			t.Fatalf("seed %d: without it, hits %+v", seed, hits)
		}
		want := r.IntN(3)
		from := r.IntN(len(prose) - runLength + 1)
		spelt := []string{value, []string{"0", "+44 ", "0044", "+44 (0)", ""}[r.IntN(5)] + phone,
			strings.Join(prose[from:from+runLength], " ")}[want]
		var how []string
		look := looks[r.IntN(len(looks))]
		if want == 2 && look.name == "tags" { // a line break inside a word makes it two
			look = looks[0]
		}
		spelt, how = look.do(r, spelt), append(how, look.name)
		for range 1 + r.IntN(2) {
			e := encodings[r.IntN(len(encodings))]
			spelt, how = e.do(r, spelt), append(how, e.name)
		}
		place := places[r.IntN(len(places))]
		if strings.Contains(place, `="`) { // what any template engine does
			spelt = html.EscapeString(spelt)
		}
		if strings.Contains(place, "-->") && strings.Contains(spelt, "-->") { // would end it
			place = places[0]
		}
		at := strings.LastIndex(page, "</table>")
		whole := page[:at] + "</table>" + strings.Replace(place, "%s", spelt, 1) + "<p>end"
		if hits := m.File("index.html", []byte(whole), nil); !slices.Contains(entries(hits), want) {
			t.Errorf("seed %d: entry %d not found: %v in %s", seed, want, how, place)
		}
		if hits := m.Text(spelt); !slices.Contains(entries(hits), want) {
			t.Errorf("seed %d: entry %d not found by Text: %v", seed, want, how)
		}
	})
}

// FuzzLocate holds the offsets of Text to what folding says: the range that it gives folds to the value.
func FuzzLocate(f *testing.F) {
	f.Add("é", "ﷺ \xff ½")
	f.Add("'", "\x00&#65;")
	f.Fuzz(func(t *testing.T, before, after string) {
		text := before + " Marged\u00ad Ellingham " + after
		f := folded{}
		f.fold([]byte(text))
		from := strings.LastIndex(string(f.b[:f.n]), "margedellingham")
		start, end := locate([]byte(text), from, from+len("margedellingham"))
		if foldText(text[start:end]) != "margedellingham" {
			t.Errorf("bytes %d to %d fold to something else", start, end)
		}
	})
}

// FuzzSplit holds taking markup apart to its promise that every byte ends in one of the texts, and that Text's is as long as
// what it came from.
func FuzzSplit(f *testing.F) {
	for _, s := range []string{"<p title=it's>x", `<b a="<c>">x</b>`, "<!-- x", "<script>x</scriptx", "<![CDATA[x", "<title><p>x</title>", "a<b", "<", "</", "<!", "&nGt;&#0;"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var m markup
		m.split([]byte(s), true)
		if len(m.text) != len(s) {
			t.Errorf("a text of %d bytes became %d", len(s), len(m.text))
		}
		m.reset()
		m.split([]byte("<p>"+s+" zzyzx=1"), false)
		if !strings.Contains(string(m.text)+string(m.tags)+string(m.code), "zzyzx") {
			t.Error("a word went missing")
		}
	})
}
