package vocab_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"

	"candour/data"
)

// Annex A has 21 items: 5 general, 6 prepare, 5 monitor, 3 treat, 2 enforce, in this order.
func TestChecklistIsAnnexA(t *testing.T) {
	var items map[string]struct {
		Element, Label, Text, Source, Gap string
		Order                             int
	}
	if _, err := toml.DecodeFS(data.FS, "checklist.toml", &items); err != nil {
		t.Fatal(err)
	}
	got := make([]string, 21)
	for key, item := range items {
		if item.Order < 1 || item.Order > 21 || got[item.Order-1] != "" {
			t.Errorf("%s: order %d is outside 1 to 21 or taken", key, item.Order)
			continue
		}
		got[item.Order-1] = item.Element
		if item.Label == "" || item.Text == "" || !strings.HasPrefix(item.Source, "Annex A; paragraph") {
			t.Errorf("%s lacks its label, text or source", key)
		}
	}
	want := slices.Concat(slices.Repeat([]string{"general"}, 5), slices.Repeat([]string{"prepare"}, 6),
		slices.Repeat([]string{"monitor"}, 5), slices.Repeat([]string{"treat"}, 3), slices.Repeat([]string{"enforce"}, 2))
	if !slices.Equal(got, want) {
		t.Errorf("elements in order: %v", got)
	}
}

// The sections of the Act are fixed by the contract: a marker that names the wrong one is wrong in law.
func TestReasonsNameTheirExemption(t *testing.T) {
	var reasons map[string]struct{ Label, Section, Help string }
	if _, err := toml.DecodeFS(data.FS, "reasons.toml", &reasons); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{"personal-information": "40(2)", "law-enforcement": "31", "health-and-safety": "38",
		"national-security": "24", "confidential": "41", "commercial": "43"}
	if len(reasons) != len(want) {
		t.Errorf("%d reasons, want %d", len(reasons), len(want))
	}
	for key, section := range want {
		if r := reasons[key]; r.Section != section || r.Label == "" || r.Help == "" {
			t.Errorf("%s: section %q, want %q with label and help", key, r.Section, section)
		}
	}
}

// The audit looks words up as they stand: lower case, one a line, none twice.
func TestCommonWords(t *testing.T) {
	src, err := data.FS.ReadFile("common-words.txt")
	if err != nil {
		t.Fatal(err)
	}
	words := strings.Split(strings.TrimSuffix(string(src), "\n"), "\n")
	if !slices.IsSorted(words) || len(slices.Compact(slices.Clone(words))) != len(words) {
		t.Error("the words are not sorted, or one stands twice")
	}
	if !bytes.Equal(src, bytes.ToLower(src)) || bytes.ContainsAny(src, " \t\r") {
		t.Error("a word is not in lower case, or not alone on its line")
	}
	for _, w := range []string{"street", "manager", "police", "director", "health", "young", "white", "green", "brown", "king", "baker"} {
		if _, ok := slices.BinarySearch(words, w); !ok {
			t.Errorf("%q is missing", w)
		}
	}
}
