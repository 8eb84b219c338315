package wording_test

import (
	"strings"
	"testing"

	"candour/data"
	"candour/internal/vocab"
	"candour/internal/wording"
)

func list(t *testing.T, site string, allowed ...string) *wording.List {
	t.Helper()
	words := vocab.New()
	own, err := data.FS.ReadFile("wording.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range [][]byte{own, []byte(site)} {
		if found := words.AddTOML("wording", "data/wording.toml", d); len(found) > 0 {
			t.Fatal(found)
		}
	}
	return wording.NewList(words, allowed)
}

func find(l *wording.List, kind, text string) string {
	var found []string
	for _, m := range l.Find(wording.ReadText(text), kind) {
		found = append(found, m.Key+" "+m.Phrase)
	}
	return strings.Join(found, ", ")
}

func TestList(t *testing.T) {
	l := list(t, "[clean]\nphrases = [\"clean *\"]\n[ours]\nkind = \"stigma\"\nphrases = [\"those people\"]\nwhy = \"W\"\nsource = \"S\"\ninstead = \"I\"\n", "the designer drug service")
	for _, tc := range []struct{ kind, text, want string }{
		{"alerts", "A strong batch is about.", "strength strong batch"},
		{"alerts", "Nitazenes are 50 times stronger than heroin.", "strength times stronger"},
		{"narrative", "Nitazenes are many times stronger than heroin.", ""},
		{"alerts", "A new zombie drug", "glamour zombie drug"},
		{"alerts", "Zombie-like", "glamour zombie*"},
		{"pages", "Help for addicts and their families", "addict addicts"},
		{"plans", "A drug-user group", ""},
		{"plans", "We asked drug users.", "abuser drug users"},
		{"pages", `Say "person who uses drugs", not "addict".`, ""},
		{"pages", "Say person, not “drug addict”.", ""},
		{"pages", "The designer drug service is open.", ""},
		{"pages", "A designer drug is about.", "glamour designer drug"},
		{"pages", "Strong, batch by batch", ""},
		{"pages", "She stays clean; stay clean", "clean stay clean"},
		{"pages", "Those people again", "ours those people"},
		{"pages", "Junkies and a drug addict", "addict junkie*, addict drug addict"},
		{"leaflets", "Wash your hands with clean water.", "clean clean *"},
		{"alerts", "Use a new, sterile needle.", ""},
		{"alerts", "They were sold for £2, it is said.", "where-to-buy sold for"},
		{"alerts", "People who use drugs, people who are homeless", ""},
	} {
		if got := find(l, tc.kind, tc.text); got != tc.want {
			t.Errorf("%s: %s\nfound %q, want %q", tc.kind, tc.text, got, tc.want)
		}
	}
	for text, want := range map[string]bool{"addict": true, "junkies": true, "strong": false, "those": false, "those people": true, "those things": false,
		"people those": false, "clean water": true, "breathing": false, "a": false, "an addict": true} {
		before, word, two := strings.Cut(text, " ")
		if !two {
			before, word = "", text
		}
		if l.Begins([]byte(before), []byte(word)) != want {
			t.Errorf("%s: a phrase begins so: %v", text, !want)
		}
	}
}

// A site adds to the list, and takes nothing from it.
func TestSiteAddsOnly(t *testing.T) {
	for site, want := range map[string]string{
		"[addict]\nphrases = []\n":                        "",
		"[addict]\nkind = \"advertising\"\n":              "the kind of an entry that the program ships is fixed",
		"[addict]\npages = [\"plans\"]\n":                 "the kinds of page of an entry that the program ships are fixed",
		"[addict]\nphrases = \"none\"\n":                  "phrases takes a list of texts",
		"[addict]\nphrase = [\"x\"]\n":                    "this is no key of an entry of the list of words",
		"[x]\nkind = \"rude\"\n":                          "kind takes \"advertising\" or \"stigma\"",
		"[x]\nwhy = 1\n":                                  "why takes text",
		"[addict]\nwhy = \"because\"\npages = []\n":       "",
		"[x]\nkind = \"stigma\"\npages = [\"plans\"]\n":   "",
		"[x]\npages = [\"plans\"]\nkind = \"stigma\"\n":   "",
		"[x]\npages = \"plans\"\nkind = \"stigma\"\n":     "pages takes a list of kinds of page",
		"[x]\nphrases = [\"a b\", \"\"]\nwhy = \"w\"\n":   "phrases takes a list of texts",
		"[strength]\npages = [\"alerts\", \"plans\"]\n":   "the kinds of page of an entry that the program ships are fixed",
		"[strength]\nphrases = [\"very strong stuff\"]\n": "",
	} {
		words := vocab.New()
		own, _ := data.FS.ReadFile("wording.toml")
		words.AddTOML("wording", "program:data/wording.toml", own)
		got := ""
		for _, f := range words.AddTOML("wording", "data/wording.toml", []byte(site)) {
			got = f.Message
			if f.Line == 0 || f.Column == 0 {
				t.Errorf("%s: no position", site)
			}
		}
		if got != want {
			t.Errorf("%s: %q, want %q", site, got, want)
		}
		if find(wording.NewList(words, nil), "pages", "An addict") == "" {
			t.Errorf("%s: takes a word out of the list", site)
		}
	}
}

// Every entry tells a reader of the finding what to do.
func TestShippedEntries(t *testing.T) {
	words := vocab.New()
	own, _ := data.FS.ReadFile("wording.toml")
	words.AddTOML("wording", "data/wording.toml", own)
	keys := words.Keys("wording")
	if len(keys) < 8 {
		t.Fatalf("only %d entries", len(keys))
	}
	for _, key := range keys {
		e := words.Get("wording", key)
		for _, k := range []string{"kind", "why", "source", "instead"} {
			if e.Text(k) == "" {
				t.Errorf("%s has no %s", key, k)
			}
		}
	}
}
