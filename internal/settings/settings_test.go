package settings

import (
	"slices"
	"strings"
	"testing"
)

// What is wrong is told at its place, under the path that leads there, and what is missing or wrong is read as nothing.
func TestReader(t *testing.T) {
	r, values := Open([]byte(`name = "Testford"
number = 7
lines = """a
b"""
nul = "a\u0000b"
blank = "  "
list = ["one", 2, "", " three "]
word = "one"
yes = true
maybe = "yes"
"07700 900123" = "slip"
nmae = 1
[table]
key = 1
[[block]]
name = "x"
[[block.inner]]
key = "y"
[[block.inner]]
key = 3
`), "a.toml")
	block := r.Blocks(values, "block")
	inner := r.Blocks(block[0], "block", "0", "inner")
	table, ok := r.Table(values, "table")
	for what, good := range map[string]bool{
		"text":     r.Text(values, "name") == "Testford" && r.Text(values, "nothing") == "" && r.Text(values, "blank") == "",
		"required": r.Required(values, `name = "x"`, "name") == "Testford" && r.Required(inner[0], "", "block", "0", "inner", "0", "key") == "y",
		"filled":   r.Filled(values, "", "nothing") == "",
		"texts":    slices.Equal(r.Texts(values, "list"), []string{"one", "three"}) && r.Texts(values, "nothing") == nil,
		"bool":     r.Bool(values, "yes") && !r.Bool(values, "nothing"),
		"table":    ok && table["key"] == int64(1),
		"blocks":   len(block) == 1 && len(inner) == 2 && r.Blocks(values, "nothing") == nil,
	} {
		if !good {
			t.Errorf("%s is not read as it stands", what)
		}
	}
	r.Unknown(values, "a.toml", nil, "name", "number", "lines", "nul", "blank", "list", "word", "yes", "maybe", "table", "block")
	r.Text(values, "number")
	r.Text(values, "lines")
	r.Text(values, "nul")
	r.Filled(values, `blank = "x"`, "blank")
	r.Required(values, `title = "x"`, "title")
	r.Texts(values, "word")
	r.Bool(values, "maybe")
	r.Table(values, "word")
	r.Blocks(values, "table")
	r.Text(inner[1], "block", "0", "inner", "1", "key")
	r.Blocks(inner[1], "block", "0", "inner", "1", "key")
	r.Found.Sort()
	want := []string{
		`a.toml:1:1: error: "title" is missing [CND0202 missing-key] / put in a line: title = "x"`,
		`a.toml:2:10: error: "number" takes text between straight quotes [CND0203 bad-value] / write it as text: "…"`,
		`a.toml:3:9: error: "lines" takes one line of text [CND0203 bad-value] / put it on one line`,
		`a.toml:5:7: error: "nul" takes one line of text [CND0203 bad-value] / put it on one line`,
		`a.toml:6:9: error: "blank" is empty [CND0203 bad-value] / fill it in: blank = "x"`,
		`a.toml:7:16: error: "list.1" takes text between straight quotes [CND0203 bad-value] / write it as text: "…"`,
		`a.toml:7:19: error: "list.2" takes text between straight quotes [CND0203 bad-value] / write it as text: "…"`,
		`a.toml:8:8: error: "word" takes a list of texts [CND0203 bad-value] / write it as a list: ["one", "two"]`,
		`a.toml:8:8: error: "word" takes a table [CND0203 bad-value] / write [word] on a line of its own and its keys below`,
		`a.toml:10:9: error: "maybe" takes true or false [CND0203 bad-value] / write true or false, without quotes`,
		`a.toml:11:1: error: this is no key of a.toml [CND0201 unknown-key] / the keys of a.toml are: blank, block, lines, list, maybe, name, nul, number, table, word, yes`,
		`a.toml:12:1: error: "nmae" is no key of a.toml; did you mean "name"? [CND0201 unknown-key] / the keys of a.toml are: blank, block, lines, list, maybe, name, nul, number, table, word, yes`,
		`a.toml:13:2: error: "table" takes blocks [CND0203 bad-value] / write [[table]] on a line of its own and its keys below`,
		`a.toml:20:7: error: "block.0.inner.1.key" takes blocks [CND0203 bad-value] / write [[block.inner.key]] on a line of its own and its keys below`,
		`a.toml:20:7: error: "block.0.inner.1.key" takes text between straight quotes [CND0203 bad-value] / write it as text: "…"`,
	}
	var got []string
	for _, f := range r.Found {
		got = append(got, strings.Replace(f.String(), "\n  hint: ", " / ", 1))
	}
	if !slices.Equal(got, want) {
		t.Errorf("found:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// A file that is no TOML is told once, and nothing of it is repeated.
func TestOpenRefuses(t *testing.T) {
	r, values := Open([]byte("a = 1\nname = “Quillon”\n"), "a.toml")
	if values != nil || len(r.Found) != 1 || !strings.HasPrefix(r.Found[0].String(), "a.toml:2:8: error: has curly quotes") || strings.Contains(r.Found[0].String(), "Quillon") {
		t.Errorf("values %v, found %v", values, r.Found)
	}
}
