package frontmatter

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestQuote(t *testing.T) {
	for in, want := range map[string]string{
		``:             `""`,
		`plain`:        `"plain"`,
		`say "yes"`:    `"say \"yes\""`,
		`C:\plans`:     `"C:\\plans"`,
		"two\nlines\t": `"two\nlines\t"`,
		"\r\x00\x1b":   `"\r\u0000\u001B"`,
		"\x7f":         `"\u007F"`,
		"Tŷ “🏠”":       `"Tŷ “🏠”"`,
		"bad\xff":      `"bad` + "\uFFFD" + `"`,
	} {
		if got := Quote(in); got != want {
			t.Errorf("Quote(%q) = %s, want %s", in, got, want)
		}
	}
}

func TestSetScalar(t *testing.T) {
	for _, tc := range []struct{ name, src, key, value, want string }{
		{"replaces", "+++\nstatus = \"draft\"\ntitle = \"x\"\n+++\nBody\n", "status", `"issued"`, "+++\nstatus = \"issued\"\ntitle = \"x\"\n+++\nBody\n"},
		{"keeps a note and spacing", "+++\nstatus   =  'draft'   # not yet\n+++\n", "status", `"issued"`, "+++\nstatus   =  \"issued\"   # not yet\n+++\n"},
		{"quoted key", "+++\n\"status\" = 'draft'\n+++\n", "status", `"issued"`, "+++\n\"status\" = \"issued\"\n+++\n"},
		{"several lines", "+++\nsummary = \"\"\"\none\ntwo\"\"\" # n\nb = 1\n+++\n", "summary", `"x"`, "+++\nsummary = \"x\" # n\nb = 1\n+++\n"},
		{"a list", "+++\ntags = [\n 1, # one\n]\nb = 1\n+++\n", "tags", `["x"]`, "+++\ntags = [\"x\"]\nb = 1\n+++\n"},
		{"adds behind the last key", "+++\ntitle = \"x\" # t\n\n# about leads\n[[lead]]\nrole = \"r\"\n+++\nBody", "expires", `2026-11-20`, "+++\ntitle = \"x\" # t\nexpires = 2026-11-20\n\n# about leads\n[[lead]]\nrole = \"r\"\n+++\nBody"},
		{"adds before a header", "+++\n[[lead]]\nstatus = 1\n+++\n", "status", `2`, "+++\nstatus = 2\n[[lead]]\nstatus = 1\n+++\n"},
		{"adds to nothing", "+++\n+++\n", "a", `1`, "+++\na = 1\n+++\n"},
		{"not in the body", "+++\na = 1\n+++\nstatus = 2\n", "status", `3`, "+++\na = 1\nstatus = 3\n+++\nstatus = 2\n"},
		{"crlf and bom", "\ufeff+++\r\na = 1\r\n+++\r\nBody\r\n", "b", `2`, "\ufeff+++\r\na = 1\r\nb = 2\r\n+++\r\nBody\r\n"},
		{"no line end at the end", "+++\na = 1\n+++", "b", `2`, "+++\na = 1\nb = 2\n+++"},
		{"mixed line ends", "+++\na = 1\r\nb = 2\n+++\n", "a", `3`, "+++\na = 3\r\nb = 2\n+++\n"},
		{"name inside a text", "+++\nt = \"\"\"\nstatus = 1\n\"\"\"\nstatus = 2\n+++\n", "status", `3`, "+++\nt = \"\"\"\nstatus = 1\n\"\"\"\nstatus = 3\n+++\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, err := SetScalar([]byte(tc.src), tc.key, tc.value)
			if err != nil {
				t.Fatal(err)
			}
			if string(got) != tc.want {
				t.Errorf("got  %q\nwant %q", got, tc.want)
			}
		})
	}
}

func TestDropTable(t *testing.T) {
	const page = "+++\na = 1\n\n[[s]]\nx = 1 # one\n\n# about two\n[[s]]\nx = 2\n[s.t]\ny = 3\n\n[[r]]\nx = 4\n+++\n[[s]]\nx = 5\n"
	for _, tc := range []struct {
		src   string
		index int
		want  string
	}{
		{page, 0, "+++\na = 1\n\n# about two\n[[s]]\nx = 2\n[s.t]\ny = 3\n\n[[r]]\nx = 4\n+++\n[[s]]\nx = 5\n"},
		{page, 1, "+++\na = 1\n\n[[s]]\nx = 1 # one\n\n# about two\n[[r]]\nx = 4\n+++\n[[s]]\nx = 5\n"},
		{"+++\r\na = 1\r\n[[s]]\r\nx = 1\r\n+++\r\n", 0, "+++\r\na = 1\r\n+++\r\n"},
		{"+++\n[[s]]\n+++\nB", 0, "+++\n+++\nB"},
	} {
		got, err := DropTable([]byte(tc.src), "s", tc.index)
		if err != nil {
			t.Errorf("%d of %q: %v", tc.index, tc.src, err)
		} else if string(got) != tc.want {
			t.Errorf("got  %q\nwant %q", got, tc.want)
		}
	}
	for _, src := range []string{page, "+++\ns = [{x = 1}]\n+++\n", "+++\na = 1\n+++\n"} {
		if _, err := DropTable([]byte(src), "s", 2); err == nil {
			t.Errorf("%q: nothing is there to drop", src)
		}
	}
}

func TestSetScalarRefuses(t *testing.T) {
	const page = "+++\na = 1\n[t]\nx = 1\n[[l]]\nx = 1\n+++\n"
	for _, tc := range []struct{ name, src, key, value string }{
		{"no front matter", "Body", "a", "1"},
		{"broken front matter", "+++\na = “x”\n+++\n", "a", "1"},
		{"two values", page, "a", "1\nb = 2"},
		{"a note", page, "a", "1 # note"},
		{"no value", page, "a", ""},
		{"no TOML", page, "a", "issued"},
		{"unclosed", page, "a", `"x`},
		{"dotted", page, "t.x", "2"},
		{"empty key", page, "", "2"},
		{"key with a line", page, "a\nb", "2"},
		{"a table", page, "t", "2"},
		{"blocks", page, "l", "2"},
		{"dotted in the page", "+++\na.b = 1\n+++\n", "a", "2"},
		{"a fence in the value", page, "a", "\"\"\"\n+++\n\"\"\""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, err := SetScalar([]byte(tc.src), tc.key, tc.value); err == nil {
				t.Errorf("gave %q", got)
			}
		})
	}
}

func TestAppendTable(t *testing.T) {
	lines := []string{`role = "police"`, `date = 2026-11-20`}
	const block = "[[signoff]]\nrole = \"police\"\ndate = 2026-11-20\n"
	for _, tc := range []struct{ name, src, want string }{
		{"at the end", "+++\na = 1\n+++\nBody", "+++\na = 1\n\n" + block + "+++\nBody"},
		{"behind a blank line", "+++\na = 1\n\n+++\nBody", "+++\na = 1\n\n" + block + "+++\nBody"},
		{"in nothing", "+++\n+++\n", "+++\n" + block + "+++\n"},
		{"behind another", "+++\n[[signoff]]\nrole = \"x\"\n[t]\nb = 1 # note\n+++", "+++\n[[signoff]]\nrole = \"x\"\n[t]\nb = 1 # note\n\n" + block + "+++"},
		{"crlf", "\ufeff+++\r\na = 1\r\n+++\r\nBody", "\ufeff+++\r\na = 1\r\n\r\n" + strings.ReplaceAll(block, "\n", "\r\n") + "+++\r\nBody"},
		{"crlf behind a blank line", "+++\r\na = 1\r\n\r\n+++\r\n", "+++\r\na = 1\r\n\r\n" + strings.ReplaceAll(block, "\n", "\r\n") + "+++\r\n"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for _, header := range []string{"signoff", "[[signoff]]"} {
				got, err := AppendTable([]byte(tc.src), header, lines)
				if err != nil {
					t.Fatal(err)
				}
				if string(got) != tc.want {
					t.Errorf("got  %q\nwant %q", got, tc.want)
				}
			}
		})
	}
}

func TestAppendTableRefuses(t *testing.T) {
	for _, tc := range []struct {
		name, src, header string
		lines             []string
	}{
		{"no front matter", "Body", "signoff", nil},
		{"broken front matter", "+++\na = \n+++\n", "signoff", nil},
		{"a list on one line", "+++\nsignoff = [{role = \"x\"}]\n+++\n", "signoff", []string{"a = 1"}},
		{"an empty list", "+++\nsignoff = []\n+++\n", "signoff", []string{"a = 1"}},
		{"a value", "+++\nsignoff = 1\n+++\n", "signoff", []string{"a = 1"}},
		{"a table", "+++\n[signoff]\n+++\n", "signoff", []string{"a = 1"}},
		{"another header in the lines", "+++\n+++\n", "signoff", []string{"a = 1", "[b]", "c = 1"}},
		{"a second block in the lines", "+++\n+++\n", "signoff", []string{"a = 1", "[[signoff]]"}},
		{"no TOML", "+++\n+++\n", "signoff", []string{"agreed"}},
		{"a fence in the lines", "+++\n+++\n", "signoff", []string{"a = '''", "+++", "'''"}},
		{"a dotted header", "+++\n+++\n", "a.b", nil},
		{"no header", "+++\n+++\n", "[[]]", nil},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got, err := AppendTable([]byte(tc.src), tc.header, tc.lines); err == nil {
				t.Errorf("gave %q", got)
			}
		})
	}
}

func TestEditErrorsQuoteNothing(t *testing.T) {
	_, err := SetScalar([]byte("+++\na = Zanzibarium\n+++\n"), "a", "1")
	if err == nil || strings.Contains(err.Error(), "Zanz") || !strings.Contains(err.Error(), "line 2") {
		t.Errorf("got %v", err)
	}
}

var editSeeds = []string{
	"+++\na = 1\n+++\nBody", "\ufeff+++\r\nstatus = 'x' # n\r\n[[l]]\r\nx = 1\r\n+++\r\nBody", "\n+++\nt = \"\"\"\n[[l]]\n\"\"\"\n+++\n",
	"+++\na.b = 1\nl = [1, # x\n 2]\n[t]\n+++", "+++\n+++\n", "+++\nstatus = [\n\"a\",\n]#\n\n[x.y]\n[[x.z]]\n+++\n", "+++\nstatus={a=1}\n\"status x\"=1\n+++\n+++\n",
}

func FuzzSetScalar(f *testing.F) {
	for _, s := range editSeeds {
		f.Add([]byte(s), "status", "words \"here\"")
	}
	f.Fuzz(func(t *testing.T, src []byte, key, text string) {
		got, err := SetScalar(src, key, Quote(text))
		if err != nil {
			return
		}
		if !utf8.ValidString(text) {
			text = strings.ToValidUTF8(text, "\uFFFD")
		}
		before, after := pageValues(t, src), pageValues(t, got)
		before[key] = text
		if !bytes.Equal(Canonical(before, nil), Canonical(after, nil)) {
			t.Fatalf("%q: not the old values and the change", got)
		}
		p, _ := Split(src)
		if from, to, found := topLevel(p.Front, key); found {
			// Putting the old value back gives the old file, byte for byte.
			back, err := SetScalar(got, key, string(p.Front[from:to]))
			if err != nil || !bytes.Equal(back, src) {
				t.Fatalf("back from %q: %q, %v", got, back, err)
			}
		} else if !insertedLine(src, got, key+" = "+Quote(text)) {
			t.Fatalf("%q is not the old file and one more line", got)
		}
		again, err := SetScalar(got, key, Quote(text))
		if err != nil || !bytes.Equal(again, got) {
			t.Fatalf("the same again: %q, %v", again, err)
		}
	})
}

func FuzzAppendTable(f *testing.F) {
	for _, s := range editSeeds {
		f.Add([]byte(s), "signoff", "role")
	}
	f.Fuzz(func(t *testing.T, src []byte, name, text string) {
		got, err := AppendTable(src, name, []string{"role = " + Quote(text), "date = 2026-11-20"})
		if err != nil {
			return
		}
		name = strings.TrimSuffix(strings.TrimPrefix(name, "[["), "]]")
		before, after := pageValues(t, src), pageValues(t, got)
		list, _ := before[name].([]any)
		before[name] = append(list, map[string]any{"role": strings.ToValidUTF8(text, "\uFFFD"), "date": LocalDate{2026, 11, 20}})
		if !bytes.Equal(Canonical(before, nil), Canonical(after, nil)) {
			t.Fatalf("%q: not the old values and the block", got)
		}
		// Nothing was cut: the block stands whole between what came before it and what came behind.
		p, _ := Split(src)
		at := p.FrontStart + len(p.Front)
		if !bytes.HasPrefix(got, src[:at]) || !bytes.HasSuffix(got, src[at:]) {
			t.Fatalf("%q: other bytes changed", got)
		}
	})
}

func pageValues(t *testing.T, src []byte) map[string]any {
	t.Helper()
	p, fault := Split(src)
	if fault != nil {
		t.Fatalf("%+v", *fault)
	}
	v, fault := Decode(p.Front)
	if fault != nil {
		t.Fatalf("%+v", *fault)
	}
	return v
}

// insertedLine reports whether a file is another with one line put in between its lines.
func insertedLine(src, got []byte, line string) bool {
	n := len(got) - len(src)
	for i := 0; i+n <= len(got); i++ {
		if i > 0 && got[i-1] != '\n' || strings.TrimRight(string(got[i:i+n]), "\r\n") != line || got[i+n-1] != '\n' {
			continue
		}
		if bytes.Equal(src[:i], got[:i]) && bytes.Equal(src[i:], got[i+n:]) {
			return true
		}
	}
	return false
}
