package detail

import "testing"

func TestPermits(t *testing.T) {
	a := NewAllowed([]string{"999", "0300 123 6600", "+44 1632 960000", "01632 960001 ext 7"}, []string{"PublicHealth@eastmere.example"}, []string{"CF10 3NP"},
		[]string{"Dr Jane Smith", "Ann Jones"}, []string{"Operation Kestrel", "Falcon"}, []string{"call 01632 960222 and ask for the desk", "TQ 300 804", "943 476 5919"})
	for _, c := range []struct {
		text string
		want bool
	}{
		{"03001236600", true}, {"+44 300 123 6600", true}, {"(01632) 960 000", true}, {"０１６３２ ９６００００", true}, {"01632 960001 extension 7", true}, {"01632 960002", false},
		{"01632 960000 ext 12", false}, {"01632 960001", false}, {"01632 960001 ext 8", false},
		{"publichealth@EASTMERE.example", true}, {"other@eastmere.example", false}, {"x.publichealth@eastmere.example", false},
		{"cf10 3np", true}, {"CF103NP", true}, {"CF10 3NQ", false},
		{"Dr Jane Smith", true}, {"Professor Jane Smith", true}, {"Dr. Jane Smith Eastmere", true}, {"Ms Ann Jones", true}, {"Dr Smith", false}, {"Dr Jane Smithson", false}, {"Ms Ann Jones-Parry", false},
		{"Op Kestrel", true}, {"OPERATION KESTREL", true}, {"Operation Falcon", true}, {"Operation Blue Falcon", false}, {"Operation Kestrel Two", false},
		{"Please call\n 01632\u00a0960222 and ask for  the desk.", true}, {"CALL 01632 960222 AND ASK FOR THE DESK", true}, {"call 01632 960222", false}, {"call 01632 960222 and ask for a lift", false},
		{"at TQ 300 804", true}, {"at TQ 301 804", false}, {"943 476 5919", true},
	} {
		m := Find(c.text)
		if len(m) != 1 {
			t.Errorf("%q: found %v", c.text, m)
			continue
		}
		if got := a.Permits(c.text, m[0]); got != c.want {
			t.Errorf("%q: permitted %v, want %v", c.text, got, c.want)
		}
	}
}

// A phrase permits what stands inside it, not the same value elsewhere in the text.
func TestPhrasePermitsOneOccurrence(t *testing.T) {
	a := NewAllowed(nil, nil, nil, nil, nil, []string{"ring 01632 960222 at night"})
	text := "01632 960222 is his; ring 01632 960222 at night; or 01632 960222"
	m := Find(text)
	if len(m) != 3 {
		t.Fatalf("found %v", m)
	}
	for i, want := range []bool{false, true, false} {
		if got := a.Permits(text, m[i]); got != want {
			t.Errorf("occurrence %d: permitted %v", i, got)
		}
	}
}

func TestNothingListed(t *testing.T) {
	m := Find("01632 960123")[0]
	if (*Allowed)(nil).Permits("01632 960123", m) || NewAllowed(nil, nil, nil, nil, nil, nil).Permits("01632 960123", m) {
		t.Error("permitted without a list")
	}
}
