package pdf

import (
	"strings"
	"testing"
)

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

// Letters that are drawn from the left, though they are read from the right, are drawn in the order in which they are read.
func TestReversedLettersAreTurned(t *testing.T) {
	const content = "/P <</MCID 1 >>BDC\nBT\n/ReversedChars BMC\n/F1 12 Tf\n1 0 0 -1 100 50 Tm\n<01> Tj\n8 0 Td <0002> Tj\n/F2 12 Tf\n6 0 Td <03> Tj\nEMC\nET\nEMC\n"
	got, err := logical([]byte(content), false, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := "/P <</MCID 1 >>BDC\nBT\n/F2 12 Tf\n1.000000 0.000000 0.000000 -1.000000 114.000000 50.000000 Tm\n<03> Tj\n" +
		"/F1 12 Tf\n1.000000 0.000000 0.000000 -1.000000 108.000000 50.000000 Tm\n<0002> Tj\n/F1 12 Tf\n1.000000 0.000000 0.000000 -1.000000 100.000000 50.000000 Tm\n<01> Tj\nET\nEMC\n"
	if string(got) != want {
		t.Errorf("%s", got)
	}
	for _, other := range []string{
		strings.Replace(content, "<01>", "<00010002>", 1),                 // several letters, of which nobody says where each stands
		strings.Replace(content, "EMC\nET", "EMC\n5 0 Td <04> Tj\nET", 1), // more from there
	} {
		if got, err := logical([]byte(other), false, nil); err != nil || string(got) != other {
			t.Errorf("%v: %s", err, got)
		}
	}
}

// On a line that runs from the right the last piece that is drawn is read first, and a number in it from the left.
func TestPiecesOfALine(t *testing.T) {
	at := func(x, code string, reversed bool) string {
		letters := "/F1 12 Tf\n1 0 0 -1 " + x + " 50 Tm\n<" + code + "> Tj\n"
		if reversed {
			letters = "/ReversedChars BMC\n" + letters + "EMC\n"
		}
		return "BT\n" + letters + "ET\n"
	}
	content := "/P <</MCID 1 >>BDC\n" + at("10", "01", true) + at("15", "0007", false) + at("20", "02", false) + at("25", "0007", false) + at("30", "03", false) + at("40", "04", true) + "EMC\n/P <</MCID 2 >>BDC\n" + at("50", "05", true) + "EMC\n"
	fonts := map[string]letterMap{"F1": {letters: map[string]string{"0007": " "}}}
	for fromRight, want := range map[bool]string{true: "04 02 0007 03 0007 01 05", false: "01 0007 02 0007 03 04 05"} {
		got, err := logical([]byte(content), fromRight, fonts)
		if err != nil {
			t.Fatal(err)
		}
		ops, err := operations(got)
		if err != nil {
			t.Fatal(err)
		}
		var codes []string
		for _, op := range ops {
			if op.name == "Tj" {
				codes = append(codes, strings.Trim(op.args[0], "<>"))
			}
		}
		if said := strings.Join(codes, " "); said != want {
			t.Errorf("from the right %v: %s, want %s:\n%s", fromRight, said, want, got)
		}
	}
}
