package wording

import "testing"

// What is passed over must never be a word that a phrase begins with.
func TestHeadsMissNone(t *testing.T) {
	var h heads
	h.add("ab", false)
	h.add("cde", false)
	h.add("f", true)
	h.add("gh", true)
	h.add("ijkl", true)
	for _, word := range []string{"ab", "cde", "cdefg", "f", "fo", "foo", "fooo", "gh", "ghi", "ghij", "ijk", "ijklm"} {
		if !h.may([]byte(word)) {
			t.Errorf("%s is passed over", word)
		}
	}
	passed := 0
	for _, word := range []string{"a", "abc", "b", "cd", "dose", "water", "kit", "night", "help", "people"} {
		if !h.may([]byte(word)) {
			passed++
		}
	}
	if passed < 8 || h.may(nil) {
		t.Errorf("of ten words that nothing begins with %d are passed over", passed)
	}
}
