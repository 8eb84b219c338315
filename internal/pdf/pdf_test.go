package pdf

import (
	"errors"
	"strings"
	"testing"
)

func TestFindSaysWhatToDo(t *testing.T) {
	_, err := Find("/nowhere/chrome")
	var none *NoBrowserError
	if !errors.As(err, &none) || !strings.Contains(none.Error(), "/nowhere/chrome") || !strings.Contains(none.Hint(), "--browser") {
		t.Errorf("%v", err)
	}
	none = &NoBrowserError{}
	if !strings.Contains(none.Error(), "no Chrome, Edge or Chromium on this machine") || !strings.Contains(none.Hint(), "open the leaflet in any browser and print it") {
		t.Errorf("%v: %s", none, none.Hint())
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := Find("chromium-of-nobody"); !errors.As(err, &none) {
		t.Errorf("%v", err)
	}
}

func TestPlaces(t *testing.T) {
	env := func(key string) string {
		return map[string]string{"HOME": "/Users/a", "ProgramFiles": `C:\Program Files`}[key]
	}
	for system, want := range map[string]string{
		"linux": "chromium", "darwin": "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "windows": `C:\Program Files\Google\Chrome\Application\chrome.exe`,
	} {
		if got := places(system, env)[0]; got != want {
			t.Errorf("%s: %s", system, got)
		}
	}
}

func TestVersion(t *testing.T) {
	for product, want := range map[string]int{"HeadlessChrome/156.0.1.2": 156, "Chrome/99": 99, "": 0, "Edg/x": 0} {
		if got := majorOf(product); got != want {
			t.Errorf("%q: %d", product, got)
		}
	}
	if e := (&TooOldError{"/usr/bin/chrome", 99}); !strings.Contains(e.Error(), "version 99") || !strings.Contains(e.Hint(), "update") {
		t.Errorf("%v", e)
	}
}

func TestOperations(t *testing.T) {
	ops, err := operations([]byte("q 1 0 0 1 0 0 cm\n/P <</MCID 3 /Lang (a)>>BDC BT (a\\)b) Tj [(x) 2 <00>] TJ ET EMC % note\nQ"))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, op := range ops {
		names = append(names, op.name)
	}
	if got := strings.Join(names, " "); got != "q cm BDC BT Tj TJ ET EMC Q" {
		t.Errorf("%s", got)
	}
	if id, ok := mcid(ops[2]); !ok || id != 3 {
		t.Errorf("%d %v", id, ok)
	}
	for _, broken := range []string{"(a", "<00", "[1 2", "<< /A ", ") Tj", "BI /W 1 ID x EI"} {
		if _, err := operations([]byte(broken)); err == nil {
			t.Errorf("%q is taken for sound", broken)
		}
	}
}

func TestMarks(t *testing.T) {
	cases := map[string]struct {
		content string
		loose   int
		has     []painted
	}{
		"a rule outside":           {"0 0 1 1 re f", 1, nil},
		"clipping paints nothing":  {"0 0 1 1 re W n", 0, nil},
		"text outside":             {"BT /F1 1 Tf (a) Tj (b) Tj ET", 1, nil},
		"text inside":              {"/P <</MCID 0>>BDC BT (a) Tj ET EMC", 0, []painted{letters}},
		"only a border inside":     {"/P <</MCID 0>>BDC 0 0 m 1 1 l S EMC", 0, []painted{drawing}},
		"already decoration":       {"/Artifact BMC 0 0 1 1 re f EMC", 0, nil},
		"a word beside its number": {"BT /Span <</ActualText (a)>>BDC (a) Tj EMC ET", 1, nil},
		"a picture inside":         {"/Figure <</MCID 0>>BDC /X1 Do EMC /X2 Do", 1, []painted{picture}},
	}
	for name, c := range cases {
		ops, err := operations([]byte(c.content))
		if err != nil {
			t.Fatal(err)
		}
		m, err := readMarks(ops)
		if err != nil || len(m.loose) != c.loose || len(m.sequences) != len(c.has) {
			t.Errorf("%s: %+v %v", name, m, err)
			continue
		}
		for i, s := range m.sequences {
			if s.has != c.has[i] {
				t.Errorf("%s: sequence %d has %d", name, i, s.has)
			}
		}
	}
	for _, broken := range []string{"EMC", "/P <</MCID 0>>BDC"} {
		ops, _ := operations([]byte(broken))
		if _, err := readMarks(ops); err == nil {
			t.Errorf("%q is taken for sound", broken)
		}
	}
}

func TestContentsOfLinks(t *testing.T) {
	cases := [][3]string{
		{"Naloxone", "https://a.example/", "Naloxone (https://a.example/)"},
		{"https://a.example/", "https://a.example/", "https://a.example/"},
		{"", "tel:999", "tel:999"},
		{"Skip", "", "Skip"},
	}
	for _, c := range cases {
		if got := contents(c[0], c[1]); got != c[2] {
			t.Errorf("%v: %q", c, got)
		}
	}
}

func TestOverflowInWords(t *testing.T) {
	if got := (Overflow{A6, 2, 11, A5}).String(); got != "it is too long for 2 pages of A6, by 11 lines" {
		t.Error(got)
	}
	if got := (Overflow{A3, 1, 1, ""}).String(); got != "it is too long for one page of A3, by one line" {
		t.Error(got)
	}
}
