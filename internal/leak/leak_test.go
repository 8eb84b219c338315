package leak

import (
	"encoding/base64"
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"candour/internal/ledger"
)

// The people, places and numbers are made up; the numbers are Ofcom's for drama.
const (
	person = "Marged Ellingham"
	number = "01632 960147"
	place  = "Unit 7, Tidewater Yard"
	told   = "The night shift keeps the second box behind the counter at the harbour office."
)

func entry(kind ledger.Kind, text string) ledger.Entry {
	return ledger.Entry{Secret: ledger.NewSecret(text), Kind: kind}
}

func sample() *ledger.Ledger {
	return &ledger.Ledger{
		Entries: []ledger.Entry{
			entry(ledger.Name, person),
			entry(ledger.Phone, number),
			entry(ledger.Value, place),
			entry(ledger.Prose, told),
			entry(ledger.Title, "Tidewater store rota"),
			entry(ledger.File, "store map.pdf"),
			entry(ledger.Value, "m.ellingham@eastmere.example"),
			entry(ledger.Value, "Siân Ŵyn-Núñez"),
			entry(ledger.Prose, "Ask for Billy"),
		},
		Common: map[string]bool{"harbour": true, "young": true},
	}
}

func entries(hits []Hit) []int {
	var out []int
	for _, h := range hits {
		if !h.Part {
			out = append(out, h.Entry)
		}
	}
	return out
}

func b64(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func TestCatches(t *testing.T) {
	fullWidth := func(s string) string {
		return strings.Map(func(r rune) rune {
			if r > ' ' && r < 0x7f {
				return r + 0xfee0
			}
			return r
		}, s)
	}
	utf16le := func(s string) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(s)) {
			b = append(b, byte(u), byte(u>>8))
		}
		return string(b)
	}
	wrapped := func(s string, width int, by string) string {
		return strings.Join(slices.Collect(func(yield func(string) bool) {
			for c := range slices.Chunk([]byte(s), width) {
				if !yield(string(c)) {
					return
				}
			}
		}), by)
	}
	long := "A long enough text, so that lines are wrapped; " + person + " is the one to ask, and nobody else."
	cases := []struct {
		name, path, text string
		want             int
	}{
		{"plain", "index.html", "<p>Marged Ellingham</p>", 0},
		{"case", "index.html", "MARGED ellingham", 0},
		{"spacing", "index.html", "Marged\n\t  Ellingham", 0},
		{"no spacing", "index.html", "mailto:MargedEllingham@x", 0},
		{"punctuation", "index.html", "“Marged-Ellingham”", 0},
		{"possessive", "index.html", "Marged Ellingham’s", 0},
		{"named entity", "index.html", "Marged&nbsp;Ellingham", 0},
		{"rare entity", "index.html", "Si&acirc;n &Wcirc;yn&hyphen;N&uacute;&ntilde;ez", 7},
		{"decimal entity", "index.html", "&#77;arged Elli&#110;gham", 0},
		{"hexadecimal entity", "index.html", "&#x4D;arged Elli&#X006e;gham", 0},
		{"entity with zeros and no semicolon", "index.html", "&#00000000000077arged Ellingham", 0},
		{"entity of an entity", "index.html", "&amp;#77;arged Elli&amp;#x6e;gham", 0},
		{"entity in an attribute", "index.html", `<img alt="&#77;arged&#32;Ellingham">`, 0},
		{"entity in a comment", "index.html", `<!-- &#77;arged Ellingham -->`, 0},
		{"percent", "index.html", `<a href="/people/Marged%20Ellingham/">x</a>`, 0},
		{"percent, letters", "index.html", `<a href="/people/%4D%61rged+Elli%6Egham/">x</a>`, 0},
		{"percent twice", "index.html", `<a href="?q=Marged%2520Ellingham">x</a>`, 0},
		{"percent, UTF-8", "index.html", `<a href="?q=Si%C3%A2n%20%C5%B4yn-N%C3%BA%C3%B1ez">x</a>`, 7},
		{"percent of an entity", "index.html", `<a href="?q=Marged%26nbsp%3BEllingham">x</a>`, 0},
		{"JavaScript's escape()", "a.js", `unescape("%u004Darged%20Ellingham")`, 0},
		{"JSON", "a.json", `{"x":"\u004darged \u0045llingham"}`, 0},
		{"JSON, after a line", "a.json", `{"x":"Ask:\nMarged Ellingham\n"}`, 0},
		{"JSON in JSON", "a.json", `{"x":"{\"y\":\"\\u004darged Ellingham\"}"}`, 0},
		{"JSON, markup in it", "a.json", `{"x":"\u003cb\u003eMar\u003c\/b\u003eged Ellingham"}`, 0},
		{"JSON in a page", "index.html", `<script type="application/json">{"x":"\u004darged Ellingham"}</script>`, 0},
		{"surrogates", "a.json", `"\ud835\udc0carged Ellingham"`, 0},
		{"JavaScript, hexadecimal", "a.js", `var a = '\x4darged \x45llingham'`, 0},
		{"JavaScript, braces", "a.js", `var a = '\u{4d}arged Ellingham'`, 0},
		{"JavaScript, octal", "a.js", `var a = '\115arged Ellingham'`, 0},
		{"JavaScript, joined", "a.js", `var a = 'Mar' + "ged Elling" + 'ham'`, 0},
		{"JavaScript, line goes on", "a.js", "var a = 'Mar\\\nged Ellingham'", 0},
		{"CSS", "a.css", `p::after{content:"\4d arged \000045llingham"}`, 0},
		{"CSS in a page", "index.html", `<style>p::after{content:"\4D arged Ellingham"}</style>`, 0},
		{"CSS in an attribute", "index.html", `<p style="--x:'\4D arged Ellingham'">`, 0},
		{"CDATA", "feed.atom", `<title><![CDATA[Marged Ellingham]]></title>`, 0},
		{"CDATA split", "feed.atom", `<title>Marg<![CDATA[ed Elling]]>ham</title>`, 0},
		{"markup in CDATA", "feed.atom", `<content><![CDATA[Mar<b>ged</b> Ellingham]]></content>`, 0},
		{"markup escaped in Atom", "feed.atom", `<content type="html">Mar&lt;b&gt;ged&lt;/b&gt; Elling&amp;shy;ham</content>`, 0},
		{"tags inside", "index.html", "M<b>arged</b> <i class=x>Elling<wbr>ham</i>", 0},
		{"tag with a bracket in a value", "index.html", `Mar<b title="a > b">ged Ellingham`, 0},
		{"cells", "index.html", "<tr><td>Marged</td><td>Ellingham</td></tr>", 0},
		{"comment inside", "index.html", "Mar<!-- x -->ged Ellingham", 0},
		{"unclosed comment", "index.html", "<!-- Marged&#32;Ellingham", 0},
		{"script inside", "index.html", "Marged <script>var a = '<'</script> Ellingham", 0},
		{"soft hyphens", "index.html", "Mar\u00adged Elling&shy;ham", 0},
		{"zero width", "index.html", "Mar\u200bged\u2060 El\u200dling\u200cham", 0},
		{"byte order mark", "index.html", "\ufeffMarged Ellingham", 0},
		{"variation selectors, direction", "a.txt", "M\ufe0farged \u202eEllingham\u202c", 0},
		{"combining", "a.txt", "Sia\u0302n W\u0302yn-Nu\u0301n\u0303ez", 7},
		{"accents left out", "a.txt", "Sian Wyn-Nunez", 7},
		{"Latin-1", "a.txt", "\xe9 Marged Ellingham \xe9", 0},
		{"full width", "index.html", fullWidth(person), 0},
		{"mathematical", "index.html", "𝐌𝐚𝐫𝐠𝐞𝐝 𝔼𝕝𝕝𝕚𝕟𝕘𝕙𝕒𝕞", 0},
		{"circled", "index.html", "Ⓜⓐⓡⓖⓔⓓ Ellingham", 0},
		{"NUL bytes", "a.bin", "\x00M\x00a\x00r\x00g\x00e\x00d\x00 \x00E\x00l\x00l\x00i\x00n\x00g\x00h\x00a\x00m", 0},
		{"UTF-16", "a.txt", "\xff\xfe" + utf16le("Ask Siân Ŵyn-Núñez"), 7},
		{"UTF-16 page", "index.html", utf16le("<b>Marged</b> Ellingham"), 0},
		{"base64", "a.txt", "x " + b64(person) + " y", 0},
		{"base64, second phase", "a.txt", b64("a " + person), 0},
		{"base64, third phase", "a.txt", b64("-- " + person), 0},
		{"base64 after a path", "a.txt", "/x/y/z/" + b64(person), 0},
		{"base64 after a path, 2", "a.txt", "/xy/y/z/" + b64(person), 0},
		{"base64, URL-safe", "a.txt", base64.RawURLEncoding.EncodeToString([]byte("~~~??>" + person + "~~~??>")), 0},
		{"base64, wrapped", "a.txt", wrapped(b64(long), 19, "\n"), 0},
		{"base64, wrapped for mail", "a.txt", wrapped(b64(long), 76, "\r\n  "), 0},
		{"base64, wrapped in JSON", "a.json", `"` + wrapped(b64(long), 64, `\n`) + `"`, 0},
		{"base64 twice", "a.txt", b64(b64(person)), 0},
		{"base64 of percent", "a.txt", b64(url.PathEscape(person)), 0},
		{"base64 of UTF-16", "a.txt", b64(utf16le("Ask Marged Ellingham for it")), 0},
		{"base64, entities for its signs", "index.html", `<p data-x="` + strings.NewReplacer("+", "&#43;", "/", "&#47;", "=", "&#61;").Replace(b64("~~~"+person+"~~")) + `">`, 0},
		{"data: URL", "index.html", `<a href="data:text/html;base64,` + b64("<b>Mar</b>ged Ellingham") + `">`, 0},
		{"data: URL, percent", "index.html", `<a href="data:text/html,%3Cb%3EMar%3C/b%3Eged%20Ellingham">`, 0},
		{"attribute value", "index.html", `<meta content='Marged Ellingham'>`, 0},
		{"attribute without quotes", "index.html", `<p data-x=Marged&#32;Ellingham>`, 0},
		{"class", "index.html", `<p class="marged-ellingham">`, 0},
		{"path", "people/marged-ellingham/index.html", "", 0},
		{"path, percent", "people/m%61rged%20ellingham.txt", "", 0},
		{"file", "x/index.html", `<a href="store%20map.pdf">`, 5},
		{"file, as a path", "plans/store-map.pdf", "", 5},
		{"title", "sitemap.xml", "<loc>https://x.example/tidewater-store-rota/</loc>", 4},
		{"e-mail", "index.html", "mailto:m.ellingham@eastmere.example?x", 6},
		{"value", "index.html", "unit 7 – tidewater yard", 2},

		{"phone", "index.html", "01632 960147", 1},
		{"phone, together", "index.html", "Tel01632960147", 1},
		{"phone, brackets", "index.html", "(01632) 960-147", 1},
		{"phone, odd groups", "index.html", "0163 296 0147", 1},
		{"phone, +44", "index.html", "+44 1632 960147", 1},
		{"phone, +44 (0)", "index.html", "+44 (0) 1632 960147", 1},
		{"phone, 0044", "index.html", "00441632960147", 1},
		{"phone, 44", "index.html", "tel:441632960147", 1},
		{"phone, no trunk", "index.html", "1632 960147", 1},
		{"phone, percent", "index.html", "tel:%2B441632960147", 1},
		{"phone, tags", "index.html", "<b>01632</b> <span>96</span>01<i>47</i>", 1},
		{"phone, scripts", "index.html", "０１６３２ ٩٦٠١٤٧", 1},
		{"phone, entities", "index.html", "&#48;1632&nbsp;960147", 1},

		{"prose, whole", "index.html", "<p>" + told + "</p>", 3},
		{"prose, eight words", "index.html", "so keeps the second box behind the counter at noon", 3},
		{"prose, tags", "index.html", "<p>keeps <b>the</b> sec<i>ond</i> box<br>behind the counter</p><p>at", 3},
		{"prose, in an attribute", "index.html", `<meta content="night shift keeps the second box behind the">`, 3},
		{"prose, JSON", "search.json", `{"t":"night shift\nkeeps the second\u00a0box behind the"}`, 3},
		{"prose, base64", "a.txt", b64("night shift keeps the second box behind the"), 3},
		{"short prose", "index.html", "then ask for Billy.", 8},
	}
	m := New(sample())
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			if hits := m.File(c.path, []byte(c.text), nil); !slices.Contains(entries(hits), c.want) {
				t.Errorf("entry %d is not among the hits %+v", c.want, hits)
			}
		})
	}
	if hits := m.File("a.pdf", nil, []string{"Author: Marged Ellingham"}); len(hits) != 1 || hits[0].View != "document text" {
		t.Errorf("drawn text: %+v", hits)
	}
}

func TestIgnores(t *testing.T) {
	l := sample()
	l.Entries = append(l.Entries,
		entry(ledger.Value, "Anna"),          // 9
		entry(ledger.Value, "harbour"),       // 10: common
		entry(ledger.Value, "Bay"),           // 11: short
		entry(ledger.Name, "Jo Roper"),       // 12: cleared in Jo Roper House
		entry(ledger.Phone, "01632 960000"),  // 13: cleared
		entry(ledger.Value, "(01632)960000"), // 14: the same
		entry(ledger.Value, "4021"),          // 15
		entry(ledger.Title, "Spare kits"),    // 16
		entry(ledger.Value, "Ⓑⓐy"),           // 17
		entry(ledger.Unsearchable, "12"),     // 18
		entry(ledger.Name, "Kit Young"),      // 19
		entry(ledger.Prose, "If someone is ill call 999 and ask for an ambulance then come to the side gate by night."), // 20
		entry(ledger.Prose, "Call 999 now"),                                                     // 21
		entry(ledger.Prose, "Lay the person on their side and stay until help comes for them."), // 22
		entry(ledger.Prose, "Two words"),                                                        // 23
		entry(ledger.Value, "12345678"),                                                         // 24
		entry(ledger.Prose, "Pauline's van doesn't come until o'clock"),                         // 25
	)
	l.Entries[18].Why = "a number"
	l.Cleared = []string{"Jo Roper House", "+44 1632 960000", "999"}
	l.Phrases = []string{"call 999 and ask for an ambulance", "call 999"}
	l.Standing = []string{"Lay the person on their side and stay until help comes."}
	m := New(l)
	for _, c := range []struct{ name, path, text string }{
		{"inside a longer word", "index.html", "Annabel, Joanna, Hannah"},
		{"inside a longer word, by tags", "index.html", "<p>Susanna</p>"},
		{"with digits", "index.html", "anna7 7anna"},
		{"inside a longer number", "index.html", "101632960147 016329601470 140211 912345678 123456789"},
		{"digits in a digest", "manifest.json", `"sha256":"ab4021cd"`},
		{"cleared number", "index.html", "01632 960000, +44 (0)1632 960000"},
		{"cleared value that holds a withheld one", "index.html", "at Jo Roper House, jo-roper-house, JoRoperHouse"},
		{"common, short", "index.html", "harbour bay"},
		{"a common last word", "index.html", "young people"},
		{"a last word of a cleared value", "index.html", "house"},
		{"seven words", "index.html", "<p>keeps the second box behind the counter. Now</p>"},
		{"seven words, other order", "index.html", "the counter behind box second the keeps at harbour office"},
		{"standing phrase", "index.html", "someone is ill call 999 and ask for an ambulance then come to the side gate"},
		{"standing text", "index.html", "Lay the person on their side and stay until help comes for"},
		{"short prose with a standing phrase", "index.html", "Call 999 now"},
		{"title of two words", "index.html", "Spare kits"},
		{"part of a title", "index.html", "Tidewater store"},
		{"split by a word", "index.html", "Marged P. Ellin"},
		{"markup alone", "index.html", `<!doctype html><html lang="en-GB"><title>Plan</title><p class="a b">No &amp; no.</p>`},
		{"percent that is none", "index.html", "50%anna1"},
		{"compressed data", "a.png", "\x89PNG\x01\x02#anna\x05\xff\xfe"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if hits := m.File(c.path, []byte(c.text), nil); len(hits) != 0 {
				t.Errorf("hits %+v", hits)
			}
			if hits := m.Text(c.text); c.name != "compressed data" && len(hits) != 0 {
				t.Errorf("in Text, hits %+v", hits)
			}
		})
	}
	// Each of the walls above has a door beside it.
	for _, c := range []struct {
		text string
		want int
	}{
		{"Anna, 4", 9}, {"jo roper", 12}, {"the Jo Roper, House", -1}, {"Jo Roper Houses", 12}, {"ext. 4021", 15},
		{"then come to the side gate by night", 20}, {"x12345678y", 24}, {"Pauline’s van doesn’t come until o’clock", 25},
	} {
		if got := entries(m.File("index.html", []byte(c.text), nil)); c.want < 0 && len(got) > 0 || c.want >= 0 && !slices.Equal(got, []int{c.want}) {
			t.Errorf("%q: hits %v, want %d", c.text, got, c.want)
		}
	}
	want := map[int]string{10: whyCommon, 11: whyShort, 13: whyCleared, 14: whyCleared, 16: whyFew, 17: whyShort,
		18: "a number", 21: whyStanding, 22: whyStanding, 23: whyFew}
	for _, s := range m.Skipped() {
		if want[s.Entry] != s.Why {
			t.Errorf("entry %d is skipped: %s, want %q", s.Entry, s.Why, want[s.Entry])
		}
		delete(want, s.Entry)
	}
	if len(want) > 0 {
		t.Errorf("not skipped: %v", want)
	}
}

// decodeBase64 passes over words that decodeRun would make nothing of: whatever it passes over must be such a one.
func TestWordsAreNoBase64(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []byte("abxyzABZ059+/-_= \n.")
	var joined []byte
	words := 0
	for range 200_000 {
		text := make([]byte, 4+random.IntN(14))
		for i := range text {
			text[i] = letters[random.IntN(len(letters))]
			if random.IntN(3) > 0 {
				text[i] = letters[random.IntN(5)]
			}
		}
		got := decodeBase64(nil, text, &joined)
		if len(got) > 0 {
			continue
		}
		// Nothing came of it: then nothing does of any run of it by itself.
		for from := 0; from < len(text); from++ {
			if base64Kinds[text[from]] == 0 || from > 0 && base64Kinds[text[from-1]] != 0 {
				continue
			}
			to := from
			for to < len(text) && base64Kinds[text[to]] != 0 {
				to++
			}
			padded := to < len(text) && text[to] == '='
			if to-from < leastRun || !padded && to-from < shortRun {
				continue
			}
			words++
			if out := decodeRun(nil, text[from:to], &joined, padded); len(out) > 0 {
				t.Fatalf("%q is passed over and stands for %q", text[from:to], out)
			}
		}
	}
	if words < 1000 {
		t.Errorf("%d runs were tried, too few to tell", words)
	}
}

// A name is as plain to a reader without the stroke through a letter, and typed on a keyboard of a neighbouring language.
func TestNamesSpeltPlainly(t *testing.T) {
	for name, plain := range map[string]string{
		"Łukasz Wójcik": "Lukasz Wojcik", "Søren Ødegård": "Soren Odegard", "Đặng Văn": "Dang Van", "Ælfred Þorsson": "Aelfred Thorsson",
		"احمد علی خان": "احمد علي خان", "کریم کمال": "كريم كمال",
	} {
		for _, way := range [][2]string{{name, plain}, {plain, name}} {
			m := New(&ledger.Ledger{Entries: []ledger.Entry{entry(ledger.Name, way[0])}})
			hits := m.Text("Ask " + way[1] + " about it.")
			if len(hits) != 1 || hits[0].Part {
				t.Errorf("%s was not found as %s: %v", way[0], way[1], hits)
			}
		}
	}
}
