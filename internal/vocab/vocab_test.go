package vocab_test

import (
	"slices"
	"testing"

	"candour/internal/vocab"
)

const ours = `[law-enforcement]
label = "law enforcement"
section = "31"
help = "Why."

[confidential]
label = "confidence"
section = "41"
`

// A later file adds keys and rewords entries, and takes nothing away.
func TestAddTOML(t *testing.T) {
	s := vocab.New()
	if found := s.AddTOML("reasons", "program:data/reasons.toml", []byte(ours)); len(found) > 0 {
		t.Fatal(found)
	}
	found := s.AddTOML("reasons", "data/reasons.toml", []byte("[law-enforcement]\nlabel = \"policing\"\n\n[court]\nlabel = \"court records\"\nsection = \"32\"\n"))
	if len(found) > 0 {
		t.Fatal(found)
	}
	if got := s.Keys("reasons"); !slices.Equal(got, []string{"confidential", "court", "law-enforcement"}) {
		t.Errorf("keys %v", got)
	}
	e := s.Get("reasons", "law-enforcement")
	if e.Label() != "policing" || e.Text("section") != "31" || e.Text("help") != "Why." {
		t.Errorf("reworded: %v", e)
	}
	if !s.Has("reasons", "court") || s.Has("reasons", "Court") || s.Has("threats", "court") || s.Get("reasons", "none").Label() != "" {
		t.Error("Has or Get is wrong")
	}
}

func TestFaults(t *testing.T) {
	for _, tc := range []struct {
		name, data, rule string
		line, column     int
	}{
		{"the exemption of a reason", "[law-enforcement]\nsection = \"24\"\n", "bad-schema", 2, 1},
		{"not a table", "colour = \"red\"\n", "bad-schema", 1, 1},
		{"not TOML", "[a]\nlabel = Quillon\n", "bad-toml", 2, 9},
	} {
		s := vocab.New()
		_ = s.AddTOML("reasons", "program", []byte(ours))
		found := s.AddTOML("reasons", "data/reasons.toml", []byte(tc.data))
		if len(found) != 1 || found[0].Rule != tc.rule || found[0].Line != tc.line || found[0].Column != tc.column || found[0].File != "data/reasons.toml" {
			t.Errorf("%s: %v", tc.name, found)
		}
		if s.Get("reasons", "law-enforcement").Text("section") != "31" {
			t.Errorf("%s: the exemption is another", tc.name)
		}
	}
}

// The same exemption may be stated again: the program's own repository does.
func TestSameExemption(t *testing.T) {
	s := vocab.New()
	_ = s.AddTOML("reasons", "program", []byte(ours))
	if found := s.AddTOML("reasons", "data/reasons.toml", []byte(ours)); len(found) > 0 {
		t.Error(found)
	}
}

func TestWords(t *testing.T) {
	s := vocab.New()
	s.AddWords([]byte("# short\nStreet\r\n\n  police \n"))
	s.AddWords([]byte("young"))
	for w, want := range map[string]bool{"street": true, "police": true, "young": true, "Street": false, "# short": false, "": false} {
		if s.Common()[w] != want {
			t.Errorf("%q: %v", w, !want)
		}
	}
}
