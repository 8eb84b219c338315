package diag

import (
	"regexp"
	"strings"
	"testing"
	"unicode"
)

func TestRulesAreDistinct(t *testing.T) {
	codes, names := map[string]bool{}, map[string]bool{}
	code := regexp.MustCompile(`^CND[0-9]{4}$`)
	name := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	for _, r := range Rules() {
		if codes[r.Code] || names[r.Name] {
			t.Errorf("%s %s is there twice", r.Code, r.Name)
		}
		codes[r.Code], names[r.Name] = true, true
		if !code.MatchString(r.Code) || !name.MatchString(r.Name) {
			t.Errorf("%s %s is not of the form of the contract", r.Code, r.Name)
		}
	}
	if len(Rules()) != len(registry) || len(registry) == 0 {
		t.Errorf("%d rules of %d", len(Rules()), len(registry))
	}
}

func TestEveryRuleIsExplained(t *testing.T) {
	sentence := regexp.MustCompile(`[.?!](\s|$)`)
	for _, r := range Rules() {
		e, ok := explanations[r.Name]
		if !ok {
			t.Errorf("%s %s is not explained", r.Code, r.Name)
			continue
		}
		for part, text := range map[string]string{"Means": e.Means, "Mend": e.Mend} {
			if text == "" || !strings.HasSuffix(text, ".") || strings.ContainsAny(text, "\n\t") || strings.Contains(text, "  ") {
				t.Errorf("%s: %s is not sentences on one line: %q", r.Name, part, text)
			}
			if first := []rune(text); len(first) > 0 && unicode.IsLower(first[0]) && !strings.HasPrefix(text, "candour.toml") {
				t.Errorf("%s: %s begins small: %q", r.Name, part, text)
			}
		}
		if n := len(sentence.FindAllString(e.Means+" "+e.Mend, -1)); n < 2 || n > 7 {
			t.Errorf("%s has %d sentences", r.Name, n)
		}
		if strings.HasPrefix(e.Example, "\n") || strings.HasSuffix(e.Example, "\n") {
			t.Errorf("%s: the example has empty lines around it", r.Name)
		}
	}
	if len(explanations) != len(registry) {
		t.Errorf("%d explanations for %d rules", len(explanations), len(registry))
	}
	parts := 0
	for _, p := range explainParts {
		parts += len(p)
	}
	if parts != len(explanations) {
		t.Error("a rule is explained twice")
	}
}

// A blocking finding on a signature, a panel or a leak must not strand the duty officer.
func TestBlockingRulesNameTheWayOut(t *testing.T) {
	for _, r := range []Rule{SignOffMissing, SignOffStale, PanelNotMet, Leak, BadTOML, MissingKey, FileUnreadable} {
		if e := explanations[r.Name]; !strings.Contains(e.Mend, "candour build --leave-out PAGE") {
			t.Errorf("%s does not name --leave-out", r.Name)
		}
	}
	for _, r := range []Rule{UnflaggedPhone, UnflaggedEmail, UnflaggedPostcode, UnflaggedNI, UnflaggedOp, UnflaggedName} {
		if e := explanations[r.Name]; !strings.HasPrefix(e.Example, "[publishable]\n") {
			t.Errorf("%s does not show the line for [publishable]", r.Name)
		}
	}
}

func TestExplain(t *testing.T) {
	for _, in := range []string{"CND0611", "cnd0611", "unflagged-phone", "Unflagged-Phone"} {
		r, e, ok := Explain(in)
		if !ok || r != UnflaggedPhone || e.Means == "" {
			t.Errorf("Explain(%q) = %v, %v", in, r, ok)
		}
	}
	for _, in := range []string{"", "CND9999", "plans", "phone"} {
		if _, _, ok := Explain(in); ok {
			t.Errorf("Explain(%q) found a rule", in)
		}
	}
}

func TestListSortAndCount(t *testing.T) {
	at := func(line, col int) Pos { return Pos{"b.md", line, col} }
	l := List{
		New(BadValue, at(2, 1), "", "x"), New(UnknownKey, at(10, 1), "", "x"), New(ReviewOverdue, at(2, 1), "", "x"),
		New(BadValue, Pos{File: "a.md"}, "", "x"), New(BadValue, at(2, 1), "", "x"), New(NotYet, at(2, 0), "", "x"),
	}
	l.Sort()
	var got []string
	for _, f := range l {
		got = append(got, f.Pos().String()+" "+f.Rule)
	}
	want := "a.md bad-value|b.md:2 not-yet|b.md:2:1 bad-value|b.md:2:1 review-overdue|b.md:10:1 unknown-key"
	if strings.Join(got, "|") != want {
		t.Errorf("got %s", strings.Join(got, "|"))
	}
	if l.Count(Error) != 3 || l.Count(Warning) != 1 || l.Count(Notice) != 1 || !l.HasErrors() || !l.Has(NotYet) || l.Has(Leak) {
		t.Errorf("counts of %v", got)
	}
}
