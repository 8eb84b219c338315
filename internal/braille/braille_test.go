package braille

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"candour/internal/leaflet"
	"candour/internal/prose"
	"candour/internal/tool"
)

func translator(t *testing.T) *Translator {
	t.Helper()
	tr, err := Find()
	if err != nil {
		t.Fatalf("make setup installs it: %v", err)
	}
	return tr
}

func sheet(lang string, blocks ...string) *leaflet.Sheet {
	s := &leaflet.Sheet{Title: "999", Lang: lang, Address: "https://plan.testford.example/a/"}
	for _, b := range blocks {
		s.Blocks = append(s.Blocks, prose.Block{Text: b, Runs: []prose.Run{{Text: b}}})
	}
	return s
}

// Each language is written by its own table: the same word reads otherwise in each.
func TestTablesOfLanguages(t *testing.T) {
	for lang, want := range map[string]string{
		"en-GB": "CALL #III & /AY",   // contracted: and, st
		"cy":    "FFONIW* #III",      // contracted: ch
		"pl":    "ZADZWO? POD #III",  // n with an acute is a cell of its own
		"ur":    "#III PR KAL KRI;4", // and the full stop
	} {
		text := map[string]string{"en-GB": "call 999 and stay", "cy": "ffoniwch 999", "pl": "zadzwoń pod 999", "ur": "999 پر کال کریں۔"}[lang]
		brf, err := translator(t).Make(context.Background(), sheet(lang, text))
		if err != nil || !strings.Contains(string(brf), want) {
			t.Errorf("%s: %v\n%s", lang, err, brf)
		}
	}
}

// What stands in another language in a page is written by that language's table, and what the Urdu table lacks in
// uncontracted English Braille.
func TestRunsOfLanguages(t *testing.T) {
	s := sheet("cy", "")
	s.Blocks[0].Runs = []prose.Run{{Text: "gofynnwch am ", Lang: ""}, {Text: "the ambulance", Lang: "en"}}
	s.Blocks[0].Text = "gofynnwch am the ambulance"
	brf, err := translator(t).Make(context.Background(), s)
	if err != nil || !strings.Contains(string(brf), "! AMBUL.E") {
		t.Errorf("%v\n%s", err, brf)
	}
	brf, err = translator(t).Make(context.Background(), sheet("ur", "نالوکسون (Naloxone): 999."))
	if err != nil || !strings.Contains(string(brf), `"<,NALOXONE">3 #III4`) {
		t.Errorf("%v\n%s", err, brf)
	}
	if brf, err = translator(t).Make(context.Background(), sheet("pl", "20 € · teraz")); err != nil || !strings.Contains(string(brf), "#BJ @E @* TERAZ") {
		t.Errorf("%v\n%s", err, brf)
	}
}

func TestStretches(t *testing.T) {
	lacks := map[rune]bool{'(': true, ')': true, 'n': true, 'o': true, 'w': true}
	got := stretches("ur", "کال 999 (now) کریں۔", lacks)
	want := []stretch{{"ur", "کال 999 "}, {latin, "(now) "}, {"ur", "کریں۔"}}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	if got := stretches("pl", "a – b", nil); len(got) != 1 {
		t.Errorf("%q", got)
	}
}

// A character that a table lacks is named, and nothing is made: in Braille it would be its number, in quotation marks.
func TestLettersWithoutASign(t *testing.T) {
	for lang, text := range map[string]string{"en-GB": "call \U00012000 now", "pl": "\u0e01", "ur": "\u0d05"} {
		brf, err := translator(t).Make(context.Background(), sheet(lang, text))
		var none *LetterError
		if !errors.As(err, &none) || len(none.Runes) != 1 || !strings.ContainsRune(text, none.Runes[0]) || brf != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
}

func TestALanguageWithoutATable(t *testing.T) {
	_, err := translator(t).Make(context.Background(), sheet("ro", "salut"))
	var none *LanguageError
	if !errors.As(err, &none) || none.Lang != "ro" {
		t.Errorf("%v", err)
	}
}

// Pages are 25 lines of 40 cells, however long a word or a leaflet is; the last line has the number.
func TestLayout(t *testing.T) {
	long := strings.Repeat("breathing ", 300) + strings.Repeat("x", 95)
	brf, err := translator(t).Make(context.Background(), sheet("en-GB", long, "end"))
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(string(brf), "\f")
	if len(pages) < 4 || pages[len(pages)-1] != "" {
		t.Fatalf("%d pages", len(pages))
	}
	for i, p := range pages[:len(pages)-1] {
		rows := strings.Split(strings.TrimSuffix(p, "\r\n"), "\r\n")
		if len(rows) != Lines || !strings.HasSuffix(rows[Lines-1], cells(i+1)) || len(rows[Lines-1]) != Cells {
			t.Errorf("page %d has %d lines, and in the last %q", i+1, len(rows), rows[len(rows)-1])
		}
		for _, row := range rows {
			if len(row) > Cells {
				t.Errorf("page %d: %q", i+1, row)
			}
		}
	}
}

// What is read back for the audit has the text in it, whichever table wrote it.
func TestTextsReadsItBack(t *testing.T) {
	for lang, text := range map[string]string{"en-GB": "dana quillon is out of the house", "cy": "gofynnwch", "pl": "zadzwoń", "ur": "Dana Quillon"} {
		brf, err := translator(t).Make(context.Background(), sheet(lang, text))
		if err != nil {
			t.Fatal(err)
		}
		texts, err := translator(t).Texts(context.Background(), brf)
		if err != nil || !strings.Contains(strings.ToLower(strings.Join(texts, "\n")), strings.ToLower(text)) {
			t.Errorf("%s: %v %q", lang, err, texts)
		}
	}
	if brf, err := translator(t).Make(context.Background(), sheet("en-GB", `a \x0041 b`)); err != nil || !strings.Contains(string(brf), `A _*X`) {
		t.Errorf("a backslash is not written: %v\n%s", err, brf)
	}
	for _, broken := range []string{"", "x", "a\r\n\f", strings.Repeat("\r\n", 24) + "\f"} {
		if _, err := translator(t).Texts(context.Background(), []byte(broken)); err == nil {
			t.Errorf("%q is taken for Braille", broken)
		}
	}
}

func TestWithoutLiblouis(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	_, err := Find()
	var missing *tool.MissingError
	if !errors.As(err, &missing) || !strings.Contains(missing.Hint, "apt install liblouis-bin") {
		t.Errorf("%v", err)
	}
}
