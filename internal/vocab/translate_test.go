package vocab_test

import (
	"testing"

	"candour/internal/vocab"
)

// A language rewords entries key by key; what it has no words for stays as it is, and so does what is no word.
func TestTranslate(t *testing.T) {
	s := vocab.New()
	_ = s.AddTOML("reasons", "program:data/reasons.toml", []byte(ours))
	_ = s.AddTranslation("cy", "reasons", "program:data/cy/reasons.toml", []byte("[law-enforcement]\nlabel = \"gorfodi'r gyfraith\"\n"))
	if found := s.Speak("en"); len(found) > 0 {
		t.Fatal(found)
	}
	for _, lang := range []string{"cy", "cy-GB", "CY"} {
		e := s.In(lang).Get("reasons", "law-enforcement")
		if e.Label() != "gorfodi'r gyfraith" || e.Text("help") != "Why." || e.Text("section") != "31" {
			t.Errorf("%s: %v", lang, e)
		}
	}
	for _, lang := range []string{"", "en", "pl"} {
		if got := s.In(lang).Get("reasons", "law-enforcement").Label(); got != "law enforcement" {
			t.Errorf("%q: %q", lang, got)
		}
	}
	if got := s.In("cy").Get("reasons", "confidential").Label(); got != "confidence" {
		t.Errorf("without a translation: %q", got)
	}
	if got := s.Unspoken("cy", "reasons"); len(got) != 1 || got[0] != "confidential" {
		t.Errorf("unspoken: %v", got)
	}
}

// What a site says in its own language holds against the program's translation, word by word.
func TestSiteSpeaksFirst(t *testing.T) {
	s := vocab.New()
	_ = s.AddTOML("reasons", "program:data/reasons.toml", []byte(ours))
	_ = s.AddTOML("reasons", "data/reasons.toml", []byte("[law-enforcement]\nlabel = \"plismona\"\n"))
	_ = s.AddTranslation("cy", "reasons", "program:data/cy/reasons.toml", []byte("[law-enforcement]\nlabel = \"gorfodi'r gyfraith\"\nhelp = \"Pam.\"\n"))
	_ = s.Speak("cy")
	if e := s.In("").Get("reasons", "law-enforcement"); e.Label() != "plismona" || e.Text("help") != "Pam." {
		t.Errorf("%v", e)
	}
}

func TestTranslateFaults(t *testing.T) {
	for _, tc := range []struct {
		name, vocabulary, data string
		line, column           int
	}{
		{"an entry that is not there", "reasons", "[law-enforcment]\nlabel = \"x\"\n", 1, 2},
		{"the exemption", "reasons", "[law-enforcement]\nsection = \"24\"\n", 2, 1},
		{"a word that the entry lacks", "reasons", "[law-enforcement]\nterm = \"x\"\n", 2, 1},
		{"no table", "reasons", "label = \"x\"\n", 1, 1},
		{"no such vocabulary", "reason", "[a]\nlabel = \"x\"\n", 0, 0},
	} {
		s := vocab.New()
		_ = s.AddTOML("reasons", "program", []byte(ours))
		found := s.AddTranslation("cy", tc.vocabulary, "data/cy/x.toml", []byte(tc.data))
		found.Add(s.Speak("en")...)
		if len(found) != 1 || found[0].Rule != "bad-schema" || found[0].Line != tc.line || found[0].Column != tc.column {
			t.Errorf("%s: %v", tc.name, found)
		}
	}
}
