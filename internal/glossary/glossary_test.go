package glossary_test

import (
	"strings"
	"testing"

	"candour/internal/glossary"
	"candour/internal/vocab"
	"candour/internal/words"
)

const terms = `[naloxone]
term = "naloxone"
meaning = "A medicine."
[ldis]
term = "LDIS"
expands = "Local Drug Information System"
meaning = "How services share what they see."
[opioid]
term = "opioid"
forms = ["opioids"]
meaning = "A drug."
[synthetic-opioid]
term = "synthetic opioid"
forms = ["synthetic opioids"]
meaning = "Made in a laboratory."
[overdose]
term = "overdose"
meaning = "Too much."
inline = false
`

func read(t *testing.T, lang string, own bool) *glossary.Glossary {
	t.Helper()
	set := vocab.New()
	found := set.AddTOML("glossary", "program:data/glossary.toml", []byte(terms))
	found.Add(set.AddTranslation("pl", "glossary", "program:data/pl/glossary.toml", []byte("[naloxone]\nterm = \"nalokson\"\nforms = [\"naloksonu\"]\nmeaning = \"Lek.\"\n"))...)
	found.Add(set.Speak("en")...)
	say := words.New("en")
	found.Add(say.Add("en", "en.toml", []byte("terms_here = \"Words\"\nterms_back = \"Back\"\nterms_all = \"All\"\n"))...)
	if len(found) > 0 {
		t.Fatal(found)
	}
	return glossary.Read(set, lang, own, say.For(lang), "/glossary/", strings.Compare)
}

// The first use of a term in running text is explained; everything else stays as it is.
func TestAnnotate(t *testing.T) {
	g := read(t, "en", true)
	const link = `<a class=term id=c-u-naloxone href=#c-g-naloxone>`
	for _, tc := range []struct{ name, body, want string }{
		{"the first use", "<p>Give naloxone. More naloxone.", "<p>Give " + link + "naloxone</a>. More naloxone."},
		{"a capital", "<p>Naloxone helps.", "<p>" + link + "Naloxone</a> helps."},
		{"in an item without an end tag", "<ul><li>Give naloxone<li>Stay</ul>", "<ul><li>Give " + link + "naloxone</a><li>Stay</ul>"},
		{"not in a heading", "<h2 id=naloxone>Naloxone</h2><p>Give naloxone.", "<h2 id=naloxone>Naloxone</h2><p>Give " + link + "naloxone</a>."},
		{"not in a link", `<p><a href=/naloxone/>Naloxone</a>, naloxone`, `<p><a href=/naloxone/>Naloxone</a>, ` + link + `naloxone</a>`},
		{"not in code", "<p><code>naloxone</code>", ""},
		{"not in a quotation", "<blockquote><p>naloxone</blockquote>", ""},
		{"not in a marker", "<p class=withheld>Withheld: naloxone<p>x", ""},
		{"not in a marker inside a sentence", "<p>x <span class=withheld>Withheld: naloxone</span>", ""},
		{"not in part of a word", "<p>naloxone-like, analoxone, naloxones", ""},
		{"not in an address", "<p>x@naloxone.example www.naloxone.example/naloxone", ""},
		{"not what is on the glossary page alone", "<p>overdose", ""},
		{"the longest that fits", "<p>Synthetic opioids kill.", `<p><a class=term id=c-u-synthetic-opioid href=#c-g-synthetic-opioid>Synthetic opioids</a> kill.`},
		{"an abbreviation", "<p>The LDIS meets.", `<p>The <a class=term id=c-u-ldis href=#c-g-ldis>LDIS</a> <span class=expands data-text=none>(Local Drug Information System)</span> meets.`},
		{"one that is written out before it", "<p>Our local drug information system (LDIS) meets.", `<p>Our local drug information system (<a class=term id=c-u-ldis href=#c-g-ldis>LDIS</a>) meets.`},
		{"one that is written out behind it", "<p>LDIS (Local Drug Information System) meets.", `<p><a class=term id=c-u-ldis href=#c-g-ldis>LDIS</a> (Local Drug Information System) meets.`},
		{"small letters are no abbreviation", "<p>ldis", ""},
	} {
		in := `<html><body><main><div class=prose data-text=body>` + tc.body + `<div><p>inner</div></div><p>naloxone outside</main>`
		out := string(g.Annotate([]byte(in), false))
		if tc.want == "" {
			if out != in {
				t.Errorf("%s: %s", tc.name, out)
			}
			continue
		}
		begin := `<html><body><main><div class=prose data-text=body>` + tc.want + `<div><p>inner</div><section class="terms"`
		if !strings.HasPrefix(out, begin) || !strings.HasSuffix(out, `</section></div><p>naloxone outside</main>`) {
			t.Errorf("%s:\n got %s\nwant %s…", tc.name, out, begin)
		}
	}
}

// The meanings stand before what is no text of the page's, once each, and lead back.
func TestNotes(t *testing.T) {
	out := string(read(t, "en", true).Annotate([]byte(`<div data-text=body><p>naloxone, opioids, naloxone<footer data-text=none><p>LDIS</footer></div>`), false))
	for want, n := range map[string]int{`<dt>naloxone</dt><dd>A medicine. <a class="back" href="#c-u-naloxone">Back<span class="sr">: naloxone</span></a></dd>`: 1, `id="c-g-opioid"`: 1, "LDIS": 1, `</section><footer`: 1, `href="/glossary/">All</a>`: 1} {
		if strings.Count(out, want) != n {
			t.Errorf("%d times, want %d: %s\n%s", strings.Count(out, want), n, want, out)
		}
	}
}

// A leaflet has them behind its contacts, so that those do not move to another sheet.
func TestNotesElsewhere(t *testing.T) {
	out := string(read(t, "en", true).Annotate([]byte(`<main><div data-text=body><p>naloxone</div><section>Contacts</section><div data-terms></div></main>`), false))
	if !strings.Contains(out, `</div><section>Contacts</section><div data-terms><section class="terms"`) || !strings.HasSuffix(out, `</section></div></main>`) {
		t.Error(out)
	}
}

// A long page leads to the glossary page instead of carrying the meanings.
func TestLongPage(t *testing.T) {
	out := string(read(t, "en", true).Annotate([]byte("<div data-text=body><p>naloxone<p>"+strings.Repeat("word ", 6000)+"</div>"), false))
	if !strings.HasPrefix(out, `<div data-text=body><p><a class=term href=/glossary/#naloxone>naloxone</a><p>`) || strings.Contains(out, "<section") {
		t.Errorf("%.200s", out)
	}
}

// Another language explains what has been translated, in the forms that its words take, and nothing in English.
func TestOtherLanguage(t *testing.T) {
	g := read(t, "pl", false)
	out := string(g.Annotate([]byte(`<div data-text=body><p>Dawka naloksonu. LDIS, opioid.</div>`), false))
	if !strings.Contains(out, ">naloksonu</a>. LDIS, opioid.") || len(g.Terms) != 1 {
		t.Errorf("%d terms: %s", len(g.Terms), out)
	}
	if letters := read(t, "en", true).Letters(nil); len(letters) != 4 {
		t.Errorf("%d letters", len(letters))
	}
}

// On the home page lists follow the text: meanings in between would push them down.
func TestBriefly(t *testing.T) {
	out := string(read(t, "en", true).Annotate([]byte(`<div data-text=body><p>Carry naloxone.</div><section>Lists</section>`), true))
	if !strings.Contains(out, `glossary/#naloxone`) || strings.Contains(out, "c-terms") {
		t.Error(out)
	}
}
