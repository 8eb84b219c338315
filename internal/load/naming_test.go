package load

import "testing"

func TestPrintable(t *testing.T) {
	for name, want := range map[string]bool{
		"content/pages/tŷ coch.md": true, "content/pages/😀.md": true, "static/👩\u200d👧.png": true, "content/pages/می\u200cخواهم.md": true,
		"a\u202etxt.exe": false, "a\u200bb.md": false, "a\u00adb.md": false, "a\u2066b.md": false, "\ufeffa.md": false, "a\u2028b.md": false,
		"a\u200db.md": false, "a\u200c": false, "a\x1bb": false, "a\u0085b": false, "a\xffb": false,
	} {
		if got := printable(name); got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestPortable(t *testing.T) {
	for name, want := range map[string]bool{
		"content.md": true, "console.md": true, "com10.txt": true, "a.con": true, "tŷ.md": true, "com.md": true,
		"con": false, "NUL.txt": false, "aux.cy.md": false, "com1.pdf": false, "lpt9": false, "con .md": false,
		"a:b.md": false, "what?.md": false, `a"b.txt`: false, "a|b": false, "a*b": false, "<a>.md": false, "a.": false, "a ": false,
	} {
		if got := portable("content/pages/"+name, name) == nil; got != want {
			t.Errorf("%q: %v", name, got)
		}
	}
}

func TestControlByte(t *testing.T) {
	for text, want := range map[string]int{
		"": -1, "a\tb\r\nc": -1, "é Â° £ tŷ 😀": -1, "a\x1b[31m": 1, "\a": 0, "ab\x7f": 2, "a\u0085b": 1, "a\u009bb": 1, "a\u00a0b": -1, "\f": 0,
	} {
		if got := controlByte([]byte(text)); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}
