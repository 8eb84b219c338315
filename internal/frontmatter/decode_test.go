package frontmatter

import (
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

func TestDecode(t *testing.T) {
	bst := time.FixedZone("", 3600)
	for _, tc := range []struct {
		name, src string
		want      map[string]any
	}{
		{"nothing", "", map[string]any{}},
		{"comment", "# nothing\n", map[string]any{}},
		{"scalars", "s = \"x\"\ni = 7\nf = 1.5\nb = true\n", map[string]any{"s": "x", "i": int64(7), "f": 1.5, "b": true}},
		{"bom", "\ufeffa = 1\n", map[string]any{"a": int64(1)}},
		{"crlf is lf", "a = \"\"\"one\r\ntwo\"\"\"\r\nb = 1\r\n", map[string]any{"a": "one\ntwo", "b": int64(1)}},
		{"day", "d = 2026-11-20", map[string]any{"d": LocalDate{2026, 11, 20}}},
		{"time", "d = 18:30:05", map[string]any{"d": LocalTime{18, 30, 5, 0}}},
		{"day and time", "d = 2026-11-20T18:00:00", map[string]any{"d": LocalDateTime{LocalDate{2026, 11, 20}, LocalTime{18, 0, 0, 0}}}},
		{"with a space", "d = 2026-11-20 18:00:00", map[string]any{"d": LocalDateTime{LocalDate{2026, 11, 20}, LocalTime{18, 0, 0, 0}}}},
		{"UTC", "d = 2026-11-20T18:00:00Z", map[string]any{"d": time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)}},
		{"offset", "d = 2026-07-20T18:00:00+01:00", map[string]any{"d": time.Date(2026, 7, 20, 18, 0, 0, 0, bst)}},
		{"table", "[a]\nb = 1", map[string]any{"a": map[string]any{"b": int64(1)}}},
		{"dotted", "a.b = 1", map[string]any{"a": map[string]any{"b": int64(1)}}},
		{"array of tables", "[[l]]\nx = 1\n[[l]]\nx = 2", map[string]any{"l": []any{map[string]any{"x": int64(1)}, map[string]any{"x": int64(2)}}}},
		{"tables in a list", "l = [{x = 1}, {x = 2}]", map[string]any{"l": []any{map[string]any{"x": int64(1)}, map[string]any{"x": int64(2)}}}},
		{"list", "l = [\"a\", 1, [true]]", map[string]any{"l": []any{"a", int64(1), []any{true}}}},
		{"empty list", "l = []", map[string]any{"l": []any{}}},
		{"date in a table in a list", "l = [{d = 2026-11-20}]", map[string]any{"l": []any{map[string]any{"d": LocalDate{2026, 11, 20}}}}},
		{"curly inside proper text", "s = \"he said “yes”\"", map[string]any{"s": "he said “yes”"}},
		{"many brackets, none deep", strings.Repeat("[[l]]\nx = [1, 2]\n", 200), map[string]any{"l": func() []any {
			var l []any
			for range 200 {
				l = append(l, map[string]any{"x": []any{int64(1), int64(2)}})
			}
			return l
		}()}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			got, fault := Decode([]byte(tc.src))
			if fault != nil {
				t.Fatalf("fault: %+v", *fault)
			}
			if !reflect.DeepEqual(got, tc.want) {
				t.Errorf("got %#v\nwant %#v", got, tc.want)
			}
		})
	}
}

func TestDecodeFaults(t *testing.T) {
	deep := strings.Repeat("[", 5000)
	for _, tc := range []struct {
		name, src, rule string
		line, col       int
		message         string // a part
	}{
		{"curly quotes", "title = “A plan”\n", "curly-quotes", 1, 9, "curly"},
		{"curly on a later line", "a = 1\nb = 2\ntitle = “A plan”\n", "curly-quotes", 3, 9, "curly"},
		{"curly single", "title = ‘A plan’\n", "curly-quotes", 1, 9, "curly"},
		{"straight, then curly", "title = \"A plan”\nb = 1\n", "curly-quotes", 1, 16, "curly"},
		{"curly in a list", "tags = [“one”, \"two\"]\n", "curly-quotes", 1, 9, "curly"},
		{"curly key", "“title” = \"x\"\n", "curly-quotes", 1, 1, "curly"},
		{"curly end of several lines", "a = \"\"\"\nwords\n”””\nb = 1\n", "curly-quotes", 3, 1, "curly"},
		{"unquoted with an apostrophe", "title = it’s here\n", "bad-toml", 1, 9, "no value"},
		{"curly inside proper text on a bad line", "a = \"“x”\" y\n", "bad-toml", 1, 10, "behind a value"},
		{"unclosed text", "a = 1\nphone = \"01632 960000\nb = 2\n", "bad-toml", 2, 9, "not closed on its line"},
		{"unclosed single", "phone = '01632 960000\n", "bad-toml", 1, 9, "not closed on its line"},
		{"unclosed at the end", "phone = \"01632 960000", "bad-toml", 1, 9, "not closed"},
		{"unclosed several lines", "a = 1\nphone = \"\"\"01632\n960000\n", "bad-toml", 2, 9, "never closed"},
		{"no value", "a =\n", "bad-toml", 1, 0, "no value"},
		{"bare word", "status = issued\n", "bad-toml", 1, 10, "no value"},
		{"capital true", "b = True\n", "bad-toml", 1, 5, "no value"},
		{"bare phone", "phone = 01632 960000\n", "bad-toml", 1, 9, "looks like a number"},
		{"bare phone, international", "phone = +44 1632 960000\n", "bad-toml", 1, 0, "behind a value"},
		{"number too large", "n = 99999999999999999999\n", "bad-toml", 1, 5, "too large"},
		{"bad date", "d = 2026-13-45\n", "bad-toml", 1, 5, "date or time that does not exist"},
		{"lazy date", "d = 2026-1-5\n", "bad-toml", 1, 5, "date or time that does not exist"},
		{"backslash", `p = "C:\plans"` + "\n", "bad-toml", 1, 0, "backslash"},
		{"two on a line", "a = 1 b = 2\n", "bad-toml", 1, 6, "behind a value"},
		{"quotes in quotes", `a = "say "yes" now"` + "\n", "bad-toml", 1, 0, "behind a value"},
		{"YAML line", "title: A plan\n", "bad-toml", 1, 0, "not key = value"},
		{"prose", "A plan for Eastmere\n", "bad-toml", 1, 0, "not key = value"},
		{"twice", "title = \"a\"\nsummary = \"b\"\ntitle = \"c\"\n", "bad-toml", 3, 1, `"title" twice`},
		{"table twice", "[a]\n[b]\n[a]\n", "bad-toml", 3, 0, `"a" twice`},
		{"list and blocks", "lead = []\n[[lead]]\n", "bad-toml", 2, 0, `"lead" twice`},
		{"a number as key twice", "07700900123 = 1\n07700900123 = 1\n", "bad-toml", 2, 1, "one key twice"},
		{"open list", "l = [1, 2\n", "bad-toml", 1, 0, "list that is not closed"},
		{"open table", "l = {a = 1\n", "bad-toml", 1, 0, "braces"},
		{"open header", "[lead\n", "bad-toml", 1, 0, "not closed"},
		{"open block header", "[[lead]\n", "bad-toml", 1, 0, "not closed"},
		{"no name", "[]\n", "bad-toml", 1, 0, "without a name"},
		{"no key", "= 1\n", "bad-toml", 1, 0, "without a key"},
		{"not UTF-8", "a = \"caf\xe9\"\n", "bad-encoding", 1, 9, "UTF-8"},
		{"NUL", "a = 1\nb = \"\x00\"\n", "bad-encoding", 2, 6, "NUL"},
		{"control", "a = \"ŷ\x1b\"\n", "bad-toml", 1, 7, "control character"},
		{"many controls", "a = \"" + strings.Repeat("\x01", 100), "bad-toml", 1, 6, "control character"},
		{"lone CR", "a = 1\rb = 2\n", "bad-toml", 1, 6, "carriage return"},
		{"deep list", "a = " + deep + "\n", "too-large", 1, 105, "levels deep"},
		{"deep table", "a = " + strings.Repeat("{b=", 5000) + "\n", "too-large", 1, 0, "levels deep"},
		{"deep key", strings.Repeat("a.", 5000) + "a = 1\n", "too-large", 1, 0, "levels deep"},
		{"deep header", "[" + strings.Repeat("a.", 5000) + "a]\n", "too-large", 1, 0, "levels deep"},
		{"deep by both", "[" + strings.Repeat("a.", 60) + "a]\n" + strings.Repeat("b.", 60) + "b = 1\n", "too-large", 1, 1, "levels deep"},
		{"too large", strings.Repeat("# comment\n", 200000), "too-large", 1, 1, "1 MiB"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			for kind, src := range map[string]string{"lf": tc.src, "crlf": strings.ReplaceAll(tc.src, "\n", "\r\n"), "bom": "\ufeff" + tc.src} {
				_, f := Decode([]byte(src))
				if f == nil {
					t.Fatalf("%s: no fault", kind)
				}
				if f.Rule.Name != tc.rule || f.Line != tc.line || tc.col != 0 && f.Column != tc.col || !strings.Contains(f.Message, tc.message) || f.Hint == "" {
					t.Errorf("%s: got %d:%d %s: %s (%s)", kind, f.Line, f.Column, f.Rule.Name, f.Message, f.Hint)
				}
				if f.Rule.Severity.String() != "error" {
					t.Errorf("%s: %s", kind, f.Rule.Severity)
				}
			}
		})
	}
}

// No message may hold text of the source.
func TestFaultsQuoteNothing(t *testing.T) {
	const secret = "Zanzibarium"
	for _, src := range []string{
		"a = SECRET", "a = \"SECRET", "a = 'SECRET", "a = \"\"\"SECRET", "SECRET", "SECRET:", "a = [SECRET", "a = {SECRET = SECRET",
		"a = 1 SECRET", "a = “SECRET”", "a = \"\\SECRET\"", "a = \"\\uSECRET\"", "a = 0xSECRET", "a = 1SECRET", "a = 2026-SECRET",
		"[SECRET", "[[SECRET", "a = \"SECRET\" \"SECRET\"", "a = tSECRET", "a = 1.SECRET", "a = +SECRET", "\"a SECRET\" = 1\n\"a SECRET\" = 2",
		"a = 1\na.SECRET x = 2", "['SECRET 07700 900123']\n['SECRET 07700 900123']", "a = \"\x01SECRET\"", "a = 1_SECRET", "a = 99999999999999999999SECRET",
	} {
		_, f := Decode([]byte(strings.ReplaceAll(src, "SECRET", secret)))
		if f == nil {
			t.Errorf("%q: no fault", src)
			continue
		}
		if said := f.Message + f.Hint; strings.Contains(said, secret) || strings.Contains(said, "07700") {
			t.Errorf("%q: says %q", src, said)
		}
	}
}

func TestHasCurlyDelimiter(t *testing.T) {
	for line, want := range map[string]bool{
		`title = “A plan”`:               true,
		`title = "A plan”`:               true,
		`title = ‘A plan’`:               true,
		`passage “contacts”`:             true,
		`tags = ["one", “two”]`:          true,
		`title = "it’s “quoted” inside"`: false,
		`title = 'it’s'`:                 false,
		`title = it’s`:                   false,
		`# “comment”`:                    false,
		`title = "A plan" # “comment”`:   false,
		`title = "A plan"`:               false,
		``:                               false,
		`"“”" “`:                         true,
	} {
		if got := HasCurlyDelimiter(line); got != want {
			t.Errorf("HasCurlyDelimiter(%q) = %v, want %v", line, got, want)
		}
	}
}

func TestInstant(t *testing.T) {
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		src      string
		want     string
		dateOnly bool
		ok       bool
	}{
		{"d = 2026-07-20", "2026-07-19T23:00:00Z", true, true},
		{"d = 2026-11-20", "2026-11-20T00:00:00Z", true, true},
		{"d = 2026-07-20T18:00:00", "2026-07-20T17:00:00Z", false, true},
		{"d = 2026-07-20T18:00:00Z", "2026-07-20T18:00:00Z", false, true},
		{"d = 2026-07-20T18:00:00+05:00", "2026-07-20T13:00:00Z", false, true},
		{"d = 18:00:00", "", false, false},
		{"d = \"2026-07-20\"", "", false, false},
	} {
		v, fault := Decode([]byte(tc.src))
		if fault != nil {
			t.Fatalf("%s: %+v", tc.src, *fault)
		}
		at, dateOnly, ok := Instant(v["d"], london)
		if ok != tc.ok || dateOnly != tc.dateOnly || ok && at.UTC().Format(time.RFC3339) != tc.want {
			t.Errorf("%s: %v, %v, %v", tc.src, at, dateOnly, ok)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"a = 1", "a = \"x\"\n[[b]]\nc = [1, {d = 2}]\n", "a = “x”", "a = 2026-11-20", "a = \"\"\"x\n\"\"\"", "a.b.c = 1.5\n[a.d]\n", "a = [[[[", "a = 'x", "a = \"\\u00e9\"", "\"\" = 1", "a = nan", "a = 0b1x", "a={b=1,b=2}"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		v, fault := Decode(src)
		if fault != nil {
			if fault.Line < 1 || fault.Column < 1 || fault.Message == "" || fault.Hint == "" || !utf8.ValidString(fault.Message) {
				t.Fatalf("incomplete fault %+v", *fault)
			}
			return
		}
		first := Canonical(v, nil)
		again, _ := Decode(src)
		if string(first) != string(Canonical(again, nil)) {
			t.Fatal("decoded twice, differs")
		}
		// Every decoded key has a place of its own, and the key stands there.
		x := NewIndex(src, 1)
		lines := strings.Count(string(src), "\n") + 1
		for k := range v {
			line, col := x.Key(k)
			if line < 1 || line > lines || col < 1 || !x.Has(k) {
				t.Fatalf("key %q is placed at %d:%d", k, line, col)
			}
		}
	})
}
