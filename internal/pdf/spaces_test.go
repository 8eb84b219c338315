package pdf

import "testing"

func TestApart(t *testing.T) {
	const text = "There are two to three of them. Get a kit, free. A test- strip? E-mail pro-tem or naloxone1 at once. Ask and keep it."
	cases := []struct {
		line, next string
		want       bool
	}{
		{"There are two", "to three", true},
		{"There are two ", "to three", false},   // it is drawn
		{"There are two", " to three", false},   // there too
		{"E-mail pro-", "tem or", false},        // a line may break where there is no space
		{"or nalox", "one1 at", false},          // within a word
		{"naloxone", "1", false},                // a footnote's number stands higher
		{"a kit", "(https://a.example/)", true}, // an address that the page does not show
		{"(https://a.example/)", ", free", false},
		{"(https://a.example/)", "keep it", true},
		{"(https://a.example/so-", "long/)", false},
		{"", "to", false},
	}
	for _, c := range cases {
		if got := apart(c.line, c.next, text); got != c.want {
			t.Errorf("%q, %q: %v", c.line, c.next, got)
		}
	}
}

func TestLettersOfAFont(t *testing.T) {
	f := letterMap{letters: map[string]string{"0041": "A", "000A": "fi"}}
	if got := f.text("<0041000a0041>"); got != "AfiA" {
		t.Error(got)
	}
	if got := utf16Text("D83DDE00", 1); got != "\U0001F601" {
		t.Error(got)
	}
	if got := hex4(10); got != "000A" {
		t.Error(got)
	}
}
