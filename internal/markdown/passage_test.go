package markdown

import (
	"strings"
	"testing"
)

// In these bodies [p] and [q] open passages of that name, and [/] closes one.
func marked(body string) string {
	return strings.NewReplacer("[p]", `{{< passage "p" >}}`, "[q]", `{{< passage "q" >}}`, "[/]", `{{< /passage >}}`).Replace(body)
}

func TestPassages(t *testing.T) {
	for _, tt := range []struct{ body, whole string }{
		{"a [p]b[/] c", "[p]b[/]"},
		{"[p]b[/]", "[p]b[/]"},
		{"a [p]b[/] c [q]d[/]", "[p]b[/]|[q]d[/]"},
		{"a [p]b[/][p]c[/]", "[p]b[/]|[p]c[/]"},
		{"a\n[p]b\nc[/] d", "[p]b\nc[/]"},
		{"- a [p]b[/]\n- c", "[p]b[/]"},
		{"- [p]a[/]\n", "[p]a[/]"},
		{"- [ ] [p]a[/]\n", "[p]a[/]"},
		{"> a\n> [p]b[/] c\n", "[p]b[/]"},
		{"## a [p]b[/]\n", "[p]b[/]"},
		{"## [p]b[/] ##\n", "[p]b[/]"},
		{"a [p]b[/]\n===\n", "[p]b[/]"},
		{"| a | [p]b[/] |\n|---|---|\n| [p]c[/] | d [q]e[/]|\n", "[p]b[/]|[p]c[/]|[q]e[/]"},
		{"Term\n: [p]a[/]\n", "[p]a[/]"},
		{"a[^1]\n\n[^1]: b [p]c[/]\n", "[p]c[/]"},
		{"*a [p]b[/] c*", "[p]b[/]"},
		{"a [p]*b*[/] c", "[p]*b*[/]"},
		{"a [p]_b_[/] c", "[p]_b_[/]"},
		{"***a*** **b [p]c[/]**", "[p]c[/]"},
		{"~~a [p]b[/]~~", "[p]b[/]"},
		{"[a [p]b[/]](/c)", "[p]b[/]"},
		{"[p][a](/b) `c` ![d](/e) <https://f.example>[/]", "[p][a](/b) `c` ![d](/e) <https://f.example>[/]"},
		{"a [p]www.b.example[/] c", "[p]www.b.example[/]"},
		{"a [p]\"b\" -- c...[/]", "[p]\"b\" -- c...[/]"},
		{"a [p]{{< field \"x\" >}}[/]", "[p]{{< field \"x\" >}}[/]"},
		{"a [p]b {{< note >}}c{{< /note >}}[/]", "[p]b {{< note >}}c{{< /note >}}[/]"},
		{"{{< note >}}a [p]b[/]{{< /note >}}", "[p]b[/]"},
		{"a [p][/] b", "[p][/]"},
		{"a {{</* passage \"p\" */>}} [p]b[/]", "[p]b[/]"},
		{"a [p]b[^1][/]\n\n[^1]: c", "[p]b[^1][/]"},

		{"[p]\na\n[/]\n", "[p]\na\n[/]\n"},
		{"[p]\na\n[/]", "[p]\na\n[/]"},
		{"a\n\n[p]\n\nb\n\nc\n\n[/]\n\nd\n", "[p]\n\nb\n\nc\n\n[/]\n"},
		{"a\r\n\r\n[p]\r\nb\r\n[/]\r\n\r\nc\r\n", "[p]\r\nb\r\n[/]\r\n"},
		{"# A\n[p]\nb\n[/]\n# C\n", "[p]\nb\n[/]\n"},
		{"  [p]  \nb\n  [/]\t\nc", "!"},
		{"  [p]  \nb\n  [/]\t\n\nc", "  [p]  \nb\n  [/]\t\n"},
		{"[p]\n| a |\n|---|\n| b |\n[/]\n", "[p]\n| a |\n|---|\n| b |\n[/]\n"},
		{"[p]\n```\na\n```\n[/]\n", "[p]\n```\na\n```\n[/]\n"},
		{"[p]\n    a\n[/]\n", "[p]\n    a\n[/]\n"},
		{"[p]\n# A\n\nb\n[/]\n", "[p]\n# A\n\nb\n[/]\n"},
		{"[p]\n- a\n- b\n[/]\n", "[p]\n- a\n- b\n[/]\n"},
		{"- a\n[p]\n- b\n[/]\n- c\n", "[p]\n- b\n[/]\n"},
		{"- a\n\n  [p]\n  b\n  [/]\n- c\n", "  [p]\n  b\n  [/]\n"},
		{"- a\n\n  [p]\n  b\n\n  [/]\n\n  c\n", "  [p]\n  b\n\n  [/]\n"},
		{"> a\n>\n> [p]\n> b\n> [/]\n>\n> c\n", "> [p]\n> b\n> [/]\n"},
		{"> - a\n>\n>   [p]\n>   b\n>   [/]\n", ">   [p]\n>   b\n>   [/]\n"},
		{"[p]\n[/]\n", "[p]\n[/]\n"},
		{"[p]\n[a]: /b\n[/]\n\n[a]\n", "[p]\n[a]: /b\n[/]\n"},
		{"[p]\na\n[/]\n\n[q]\nb\n[/]\n", "[p]\na\n[/]\n|[q]\nb\n[/]\n"},
		{"[p]\na\n[/]\n[q]\nb\n[/]\n", "[p]\na\n[/]\n|[q]\nb\n[/]\n"},
	} {
		body := marked(tt.body)
		d := Parse([]byte(body))
		var got []string
		for _, p := range d.Passages {
			got = append(got, body[p.Whole.Start:p.Whole.End])
			if open := body[p.Open.Start:p.Open.End]; open != marked("["+p.Name+"]") || body[p.Close.Start:p.Close.End] != marked("[/]") {
				t.Errorf("%q: tag %q", tt.body, open)
			}
			rest, _, _ := strings.Cut(body[p.Open.End:], "\n")
			if p.Inner != (Span{p.Open.End, p.Close.Start}) || p.Block != (strings.TrimSpace(rest) == "") {
				t.Errorf("%q: %+v", tt.body, p)
			}
		}
		want := marked(tt.whole)
		if want == "!" {
			if len(d.Problems) == 0 {
				t.Errorf("%q: no problem", tt.body)
			}
			continue
		}
		if strings.Join(got, "|") != want {
			t.Errorf("%q: got %q, want %q", tt.body, strings.Join(got, "|"), want)
		}
		for _, p := range d.Problems {
			t.Errorf("%q: %s: %s", tt.body, p.Kind, p.Message)
		}
	}
}

func TestPassageProblems(t *testing.T) {
	for _, tt := range []struct {
		body string
		kind ProblemKind
		at   string // what stands there
	}{
		{"a [p]b", PassageUnclosed, "[p]"},
		{"a b[/]", PassageUnopened, "[/]"},
		{"a [p]b[/] c[/]", PassageUnopened, "[/]"},
		{"[p]a[q]b[/]c[/]", PassageNested, "[q]"},
		{"[p]\na\n\n[q]\nb\n[/]\n\n[/]\n", PassageNested, "[q]"},
		{"a {{< passage >}}b[/]", PassageUnnamed, "{{< passage >}}"},
		{"a {{< passage \"\" >}}b[/]", PassageUnnamed, "{{< passage"},
		{"a {{< passage \" \" >}}b[/]", PassageUnnamed, "{{< passage"},
		{"a {{< passage \"b\" \"c\" >}}b[/]", PassageUnnamed, "{{< passage"},
		{"a {{< passage name=\"b\" >}}b[/]", PassageUnnamed, "{{< passage"},
		{"a {{< passage \"b\" />}}", PassageUnclosed, "{{< passage"},
		{"`[p]a[/]`", PassageInCode, "[p]"},
		{"`a [p]b` c[/]", PassageInCode, "[p]"},
		{"a [p]b `c[/]`", PassageInCode, "[/]"},
		{"```\n[p]\na\n[/]\n```\n", PassageInCode, "[p]"},
		{"```\na [p]b[/]\n```\n", PassageInCode, "[p]"},
		{"[p]\n```\na\n[/]\n```\n", PassageInCode, "[/]"},
		{"    a [p]b[/]\n", PassageInCode, "[p]"},
		{"    [p]b[/]\n", PassageInCode, "[p]"},
		{"    a\n    [p]\n    b\n    [/]\n    c\n", PassageInCode, "[p]"},
		{"[a](/[p]b[/])", PassageInAttribute, "[p]"},
		{"[a](/b \"c [p]d[/]\")", PassageInAttribute, "[p]"},
		{"![a [p]b[/]](/c)", PassageInAttribute, "[p]"},
		{"<https://a.example/[p]b[/]>", PassageInAttribute, "[p]"},
		{"[a]: /[p]b[/]\n\n[a]", PassageInAttribute, "[p]"},
		{"a [p]b\n\nc[/] d", PassageMisplaced, "[p]"},
		{"- a [p]b\n- c[/] d", PassageMisplaced, "[p]"},
		{"| [p]a | b[/] |\n|---|---|\n", PassageMisplaced, "[p]"},
		{"| a | b |\n|---|---|\n[p]| c | d |[/]\n", PassageMisplaced, "[p]"},
		{"[p]# A[/]\n", PassageMisplaced, "[p]"},
		{"[p]- a[/]\n", PassageMisplaced, "[p]"},
		{"*a [p]b* c[/]", PassageMisplaced, "[p]"},
		{"**a [p]b**[/]", PassageMisplaced, "[p]"},
		{"[p]**a[/] b**", PassageMisplaced, "[p]"},
		{"~~a[p]~~ b[/]", PassageMisplaced, "[p]"},
		{"[a [p]b](/c) d[/]", PassageMisplaced, "[p]"},
		{"[p]a [b[/] c](/d)", PassageMisplaced, "[p]"},
		{"a [p]www.b[/].example", PassageInAttribute, "[/]"},
		{"[p]\na[/]\n", PassageMisplaced, "[p]"},
		{"[p]a\n\n[/]\n", PassageMisplaced, "[p]"},
		{"- [p]\n  a\n  [/]\n", PassageMisplaced, "[p]"},
		{"- a\n\n  [p]\n  b\n- c\n  [/]\n\n  d\n", PassageMisplaced, "[p]"},
		{"> a\n>\n> [p]\n> b\n\nc\n\n[/]\n", PassageMisplaced, "[p]"},
		{"[p]\na\n\n- b\n\n  [/]\n\n  c\n", PassageMisplaced, "[p]"},
		{"[p]a {{< note >}}b[/]c{{< /note >}}", PassageMisplaced, "[p]"},
		{"{{< note >}}a[p]b{{< /note >}}c[/]", PassageMisplaced, "[p]"},
		{"a\n[p]\nb\n[/]\n\nc\n", PassageInterrupts, "[p]"},
		{"a\n\n[p]\nb\n[/]\nc\n", PassageInterrupts, "[/]"},
		{"- a\n[p]\nb\n[/]\n", PassageInterrupts, "[p]"},
		{"> a\n> [p]\n> b\n> [/]\n", PassageInterrupts, "[p]"},
		{"| a |\n|---|\n| b |\n[p]\n| c |\n[/]\n| d |\n", PassageInterrupts, "[p]"},
		{"| a |\n|---|\n| b |\n[p]\n| c |\n[/]\n", PassageInterrupts, "[p]"},
	} {
		body := marked(tt.body)
		d := Parse([]byte(body))
		if len(d.Problems) != 1 || d.Problems[0].Kind != tt.kind || !strings.HasPrefix(body[d.Problems[0].Span.Start:], marked(tt.at)) {
			t.Errorf("%q: %+v", tt.body, d.Problems)
		}
		for _, p := range d.Problems {
			if p.Message == "" || p.Hint == "" || !p.Kind.AboutPassage() {
				t.Errorf("%q: %+v", tt.body, p)
			}
		}
		if tt.kind != PassageNested && tt.kind != PassageUnopened && len(d.Passages) > 0 {
			t.Errorf("%q: a passage all the same", tt.body)
		}
	}
	// What could not be read may have been one of a passage's tags.
	if d := Parse([]byte(`{{< passage "p >}}a{{< /passage >}}`)); len(d.Problems) != 1 || d.Problems[0].Kind != BadShortcode {
		t.Errorf("%+v", d.Problems)
	}
}
