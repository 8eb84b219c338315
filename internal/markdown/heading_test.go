package markdown

import (
	"slices"
	"strings"
	"testing"
)

// The ids are what Hugo 0.165 gives: worked out from markup/goldmark/autoid.go and the attributes extension beside it, and
// compared with Hugo itself by a test of internal/render.
func TestHeadingIDs(t *testing.T) {
	for _, tt := range []struct{ body, want string }{
		{"# Plain title", "plain-title"},
		{"# Trailing hashes ##", "trailing-hashes"},
		{"Setext\n======", "setext"},
		{"Two lines\nof setext\n---", "of-setext"},
		{"# A\n# A\n# A", "a a-1 a-2"},
		{"# A-1\n# A\n# A", "a-1 a a-2"},
		{"# Taken {#b}\n# B", "b b-1"},
		{"# B\n# Taken {#b}", "b b"},
		{"# !!!", "heading"},
		{"# !!!\n# ???", "heading heading-1"},
		{"#", "-"}, // no text, no id
		{"# {#set}", "set"},
		{"# Explicit {#My_ID.1}", "My_ID.1"},
		{"# With class {.note}", "with-class"},
		{"# With both {#x .note}", "x"},
		{`# Quoted {id="a b"}`, "a b"},
		{"# Braces {not attributes", "braces-not-attributes"},
		{"Setext {#u}\n===", "u"},
		{"# Dŵr yfed i Ŵyl", "dŵr-yfed-i-ŵyl"},
		{"# ÉTÉ Straße", "été-straße"},
		{"# Emoji 🎉 party", "emoji--party"},
		{"# Digits ٣ and ½", "digits-٣-and-"},
		{"# under_score and da-sh", "under_score-and-da-sh"},
		{"# Two -- dashes", "two--dashes"},
		{"# Three --- dashes", "three--dashes"},
		{"# What's \"new\"...", "whats-new"},
		{"# Fish & chips &amp; peas", "fish--chips--peas"},
		{"# Number &#65;", "number-65"},
		{"# Escaped \\* star", "escaped--star"},
		{"# A `code` span", "a-code-span"},
		{"# An *emphasised* word", "an-emphasised-word"},
		{"# **All `of` it**", "all"},
		{"# **\"Quoted\" text**", "heading"},
		{"# A [link](/x/ \"t\") here", "a-link-here"},
		{"# An ![image](x.png) here", "an-image-here"},
		{"# See https://a.example now", "see--now"},
		{"# ~~Struck~~ out", "struck-out"},
		{"# Tab\tin it", "tabin-it"},
		{"# Non\u00a0breaking", "nonbreaking"},
		{"#   Spaced   out  ", "spaced---out"},
		{"> # Quoted\n\n- # Item\n", "quoted item"},
		{"# With CRLF\r\n\r\n## Second\r\n", "with-crlf second"},
		{"# Note[^1]\n\n[^1]: x", "note"},
		{"# Html <b>x</b>", "html-x"},
		{"```\n# not one\n```\n# One", "one"},
		{"# First\n\n[^a]: # Note\n\n# Note\n\n# Use[^a]", "first note note-1 use"},

		// With tags: these give nothing, and so does the text of passages.
		{`# Lead: {{< field "lead.0.name" >}}`, "lead"},
		{`# {{< field "lead.0.name" >}}`, "heading"},
		{`# Contact {{< passage "x" >}}Dr Aria{{< /passage >}} now`, "contact--now"},
		{`# {{< passage "x" >}}Dr Aria{{< /passage >}}`, "heading"},
		{`# {{< passage "x" >}}**A**{{< /passage >}} {#kept}`, "kept"},
		{"# Shown {{</* field */>}}", "shown--field-"},
		{`# **{{< passage "x" >}}A{{< /passage >}} b**`, "b"},
	} {
		var got []string
		for _, id := range HeadingIDs([]byte(tt.body)) {
			if id == "" {
				id = "-"
			}
			got = append(got, id)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q: %q, want %q", tt.body, got, tt.want)
		}
	}
}

func TestHeadings(t *testing.T) {
	for _, tt := range []struct{ body, span, content, text, pinned string }{
		{"a\n\n## Two *words* ##\nb\n", "## Two *words* ##\n", "Two *words*", "Two words", "a\n\n## Two *words* ## {#two-words}\nb\n"},
		{"One\n===\n\nb", "One\n===\n", "One", "One", "One {#one}\n===\n\nb"},
		{"One\ntwo\n---", "One\ntwo\n---", "One\ntwo", "One two", "One\ntwo {#two}\n---"},
		{"## A {.b}\n", "## A {.b}\n", "A", "A", "## A {#a .b}\n"},
		{"## A {}\n", "## A {}\n", "A", "A", "## A {#a }\n"},
		{"## A {#x}\n", "## A {#x}\n", "A", "A", "## A {#x}\n"},
		{"## A  \r\nb", "## A  \r\n", "A", "A", "## A {#a}  \r\nb"},
		{"> ## A\n> b\n", "## A\n", "A", "A", "> ## A {#a}\n> b\n"},
		{"- ## A\n", "## A\n", "A", "A", "- ## A {#a}\n"},
		{"  ## A\n", "  ## A\n", "A", "A", "  ## A {#a}\n"},
		{"##\n", "##\n", "", "", "##\n"},
		{"## A {{< passage \"p\" >}}b{{< /passage >}}\n", "## A {{< passage \"p\" >}}b{{< /passage >}}\n", "A {{< passage \"p\" >}}b{{< /passage >}}", "A b", "## A {{< passage \"p\" >}}b{{< /passage >}} {#a}\n"},
		{"## {{< passage \"p\" >}}b{{< /passage >}} c", "## {{< passage \"p\" >}}b{{< /passage >}} c", "{{< passage \"p\" >}}b{{< /passage >}} c", "b c", "## {{< passage \"p\" >}}b{{< /passage >}} c {#c}"},
		{"## Say {word\n", "## Say {word\n", "Say {word", "Say {word", "## Say {word {#say-word}\n"},
	} {
		d := Parse([]byte(tt.body))
		if len(d.Headings) != 1 || len(d.Problems) > 0 {
			t.Fatalf("%q: %+v %+v", tt.body, d.Headings, d.Problems)
		}
		h := d.Headings[0]
		if got := tt.body[h.Span.Start:h.Span.End]; got != tt.span {
			t.Errorf("%q: span %q, want %q", tt.body, got, tt.span)
		}
		if got := tt.body[h.Content.Start:h.Content.End]; got != tt.content {
			t.Errorf("%q: content %q, want %q", tt.body, got, tt.content)
		}
		if h.Text != tt.text {
			t.Errorf("%q: text %q, want %q", tt.body, h.Text, tt.text)
		}
		if got := string(Apply([]byte(tt.body), d.PinIDs())); got != tt.pinned {
			t.Errorf("%q: pinned %q, want %q", tt.body, got, tt.pinned)
		}
	}
}

func TestBadHeadingIDs(t *testing.T) {
	for _, body := range []string{"# A {id=5}", "# A {id=true}", "# A {#}"} {
		if d := Parse([]byte(body)); len(d.Problems) != 1 || d.Problems[0].Kind != BadHeadingID {
			t.Errorf("%q: %+v", body, d.Problems)
		}
	}
}

// A pinned body gives the same ids, and goes on giving them when sections go.
func TestPinnedIDsStay(t *testing.T) {
	body := []byte("# A\n\n## B\n\nx\n\n## B\n\ny\n\n## B `c` -- d {.k}\n\nB\n-\n")
	d := Parse(body)
	ids := HeadingIDs(body)
	if got := HeadingIDs(Apply(body, d.PinIDs())); !slices.Equal(got, ids) {
		t.Errorf("pinned %q, want %q", got, ids)
	}
	s, _ := d.Section("b")
	if got := HeadingIDs(Apply(body, append(d.PinIDs(), d.BlockEdit(s, "gone")))); !slices.Equal(got, slices.Delete(slices.Clone(ids), 1, 2)) {
		t.Errorf("with a section gone %q", got)
	}
}

func TestSection(t *testing.T) {
	body := "# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n\n# E\n\ne\n\n# E\n"
	d := Parse([]byte(body))
	for id, want := range map[string]string{
		"a":   "# A\n\na\n\n## B\n\nb\n\n### C\n\nc\n\n## D\n\nd\n\n",
		"b":   "## B\n\nb\n\n### C\n\nc\n\n",
		"c":   "### C\n\nc\n\n",
		"d":   "## D\n\nd\n\n",
		"e":   "# E\n\ne\n\n",
		"e-1": "# E\n",
	} {
		s, n := d.Section(id)
		if got := body[s.Start:s.End]; got != want || n != 1 {
			t.Errorf("%s: %q (%d found)", id, got, n)
		}
	}
	if _, n := d.Section("nobody"); n != 0 {
		t.Error("found a section that is not there")
	}
	if _, n := Parse([]byte("# A {#x}\n\n# B {#x}\n")).Section("x"); n != 2 {
		t.Error("found", n, "headings with one id")
	}
	quoted := "> # A\n> a\n> # B\n"
	if s, _ := Parse([]byte(quoted)).Section("a"); quoted[s.Start:s.End] != "# A\n> a\n" {
		t.Errorf("%q", quoted[s.Start:s.End])
	}
}
