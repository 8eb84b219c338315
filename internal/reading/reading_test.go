package reading_test

import (
	"testing"

	"candour/internal/reading"
	"candour/internal/wording"
)

func TestSyllables(t *testing.T) {
	for word, want := range map[string]int{
		"a": 1, "the": 1, "people": 2, "naloxone": 3, "nitazenes": 3, "fentanyls": 3, "breathing": 2, "breathe": 1, "emergency": 4, "ambulance": 3,
		"table": 2, "bottles": 2, "called": 1, "wanted": 2, "doses": 2, "services": 3, "places": 2, "used": 1, "information": 4, "social": 2,
		"questions": 2, "radio": 3, "benzodiazepines": 6, "opioid": 3, "recovery": 4, "position": 3, "999": 1, "night-time": 2, "don't": 1, "mdma": 1,
		"public": 2, "health": 1, "council's": 2, "responsible": 4, "agreed": 2, "synthetic": 3, "partnership": 3,
	} {
		if got := reading.Syllables(word); got != want {
			t.Errorf("%s: %d syllables, want %d", word, got, want)
		}
	}
}

// Known texts: the opening of the Gettysburg Address is given as grade 10 to 12 by the usual counters, a primer as 1 or less.
func TestAge(t *testing.T) {
	for _, tc := range []struct {
		name, text string
		low, high  int
	}{
		{"a primer", "The cat sat on the mat. The dog ran to the cat. The cat ran up the tree. The dog sat by the tree.", 5, 6},
		{"the Gettysburg Address", "Four score and seven years ago our fathers brought forth on this continent, a new nation, conceived in Liberty, and dedicated to the proposition that all men are created equal. Now we are engaged in a great civil war, testing whether that nation, or any nation so conceived and so dedicated, can long endure.", 15, 18},
		{"the law", "The implementation of proportionate organisational arrangements necessitates comprehensive consideration of the applicable statutory responsibilities and institutional accountabilities.", 25, 99},
		{"nothing", "", 5, 5},
	} {
		got := reading.Measure(wording.ReadText(tc.text), nil).Age()
		if got < tc.low || got > tc.high {
			t.Errorf("%s: reading age %d, want %d to %d", tc.name, got, tc.low, tc.high)
		}
	}
}

func TestMeasure(t *testing.T) {
	s := reading.Measure(wording.ReadText("Ring 999 at once. Give naloxone and wait. One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty and one and two and three."), map[string]bool{"naloxone": true})
	if s.Sentences != 3 || len(s.Long) != 1 || s.Words != 4+4+26 || s.Enough() {
		t.Errorf("%d sentences, %d long, %d words", s.Sentences, len(s.Long), s.Words)
	}
	known := reading.Measure(wording.ReadText("Give the benzodiazepines away."), map[string]bool{"benzodiazepines": true})
	plain := reading.Measure(wording.ReadText("Give the benzodiazepines away."), nil)
	if plain.Syllables-known.Syllables != 4 || plain.LIX() <= known.LIX() {
		t.Errorf("%d and %d syllables, LIX %d and %d", plain.Syllables, known.Syllables, plain.LIX(), known.LIX())
	}
}
