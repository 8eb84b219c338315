package words_test

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"candour/internal/words"
)

// complete are the languages that the interface has every word in.
var complete = []string{"cy", "en", "pl", "ur"}

// Every language has every key of English, with the same placeholders and the plural forms that it counts with. Who adds a
// key to en.toml adds it to the others; docs/translating.md tells how.
func TestLanguagesAreComplete(t *testing.T) {
	s := shipped(t, "en")
	if got := s.Languages(); !slices.Equal(got, complete) {
		t.Fatalf("languages %v", got)
	}
	for _, lang := range complete {
		for _, key := range s.Missing(lang) {
			t.Errorf("themes/candour/i18n/%s.toml lacks %s", lang, key)
		}
		for _, odd := range s.Odd(lang) {
			t.Errorf("%s: %s", lang, odd)
		}
	}
}

// same are texts that are rightly the same in English and another language.
var same = []string{"E-mail (HTML)"}

// A text of two words or more that reads as it does in English has not been translated.
func TestNothingLeftInEnglish(t *testing.T) {
	s := shipped(t, "en")
	en := s.Table("en")
	texts := func(v any) []string {
		switch v := v.(type) {
		case string:
			return []string{v}
		case map[string]string:
			var out []string
			for _, text := range v {
				out = append(out, text)
			}
			return out
		}
		return nil
	}
	for _, lang := range complete {
		table := s.Table(lang)
		for key, v := range table {
			for _, text := range texts(v) {
				if !norm.NFC.IsNormalString(text) || strings.TrimSpace(text) == "" {
					t.Errorf("%s: %s is empty or not in normal form C", lang, key)
				}
				letters := strings.Map(func(r rune) rune {
					if unicode.IsLetter(r) || r == ' ' {
						return r
					}
					return -1
				}, text)
				if lang != "en" && len(strings.Fields(letters)) > 2 && slices.Contains(texts(en[key]), text) && !slices.Contains(same, text) && !strings.Contains(text, "{{") {
					t.Errorf("%s: %s is in English: %q", lang, key, text)
				}
			}
		}
		if lang == "ur" {
			for key, v := range table {
				for _, text := range texts(v) {
					bare := strings.TrimSpace(strings.NewReplacer("{{", "", "}}", "").Replace(text))
					if len(bare) > 12 && !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Arabic, r) }) && !slices.Contains([]string{"date_short", "date_long", "clock_minutes", "moment", "form_lead_over"}, key) {
						t.Errorf("ur: %s has no letter of Urdu: %q", key, text)
					}
				}
			}
		}
	}
}

// A marker is told from a value by how it begins, so that no other text may begin so.
func TestMarkersBeginAlone(t *testing.T) {
	s := shipped(t, "en")
	for _, lang := range complete {
		w := s.For(lang)
		begin := w.MarkerBegin()
		if len([]rune(begin)) < 8 || !strings.HasSuffix(begin, ": ") || !w.IsMarker(w.Marker("x", "1")) {
			t.Errorf("%s: a marker begins with %q", lang, begin)
		}
		for key, v := range s.Table(lang) {
			if text, _ := v.(string); key != "marker" && strings.HasPrefix(text, begin) {
				t.Errorf("%s: %s begins as a marker does", lang, key)
			}
		}
	}
}

func TestDatesOfLanguages(t *testing.T) {
	s := shipped(t, "en")
	at := time.Date(2026, 11, 27, 18, 0, 0, 0, london)
	for _, tc := range []struct{ lang, date, moment, later, end string }{
		{"cy", "27 Tachwedd 2026", "dydd Gwener 27 Tachwedd 2026 am 6yh", "dydd Gwener 27 Tachwedd 2026 am 6:30yh", "diwedd dydd Gwener 27 Tachwedd 2026"},
		{"pl", "27 listopada 2026", "piątek, 27 listopada 2026, godz. 18:00", "piątek, 27 listopada 2026, godz. 18:30", "piątek, 27 listopada 2026, koniec dnia"},
		{"ur", "27 نومبر 2026", "جمعہ 27 نومبر 2026، شام 6 بجے", "جمعہ 27 نومبر 2026، شام 6:30", "جمعہ 27 نومبر 2026 کا دن ختم ہونے پر"},
	} {
		w := s.For(tc.lang)
		for want, got := range map[string]string{tc.date: w.Date(at), tc.moment: w.Moment(at), tc.later: w.Moment(at.Add(30 * time.Minute)), tc.end: w.EndOf(at)} {
			if got != want {
				t.Errorf("%s: %q, want %q", tc.lang, got, want)
			}
		}
	}
}

func TestPlurals(t *testing.T) {
	pl := shipped(t, "en").For("pl")
	for n, want := range map[int]string{1: "1 bajt", 2: "2 bajty", 5: "5 bajtów", 12: "12 bajtów", 22: "22 bajty", 100: "100 bajtów"} {
		if got := pl.N("size_bytes", n); got != want {
			t.Errorf("%d: %q, want %q", n, got, want)
		}
	}
	if got := pl.Size(1_540_000); got != "1,5 MB" {
		t.Errorf("%q", got)
	}
}

// The words that nobody whose first language it is has read are told of, and not passed off as good.
func TestReviewed(t *testing.T) {
	s := shipped(t, "en")
	for _, lang := range complete {
		if s.Reviewed(lang) != (lang == "en") || s.For(lang).Name() == "" {
			t.Errorf("%s: reviewed %v, named %q", lang, s.Reviewed(lang), s.For(lang).Name())
		}
	}
	if words.Fallback != "en" {
		t.Error("the fallback is not English")
	}
}
