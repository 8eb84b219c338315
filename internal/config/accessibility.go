package config

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/nearmiss"
)

// Accessibility is what the publisher has recorded for the accessibility statement. Nothing is claimed that is not here.
// It stands in candour.toml and not in data/, whose files come with the program where a site has none: nobody inherits
// the results of somebody else's test.
type Accessibility struct {
	Given        bool
	At           diag.Pos
	Prepared     time.Time // zero where it is not given, as are the other dates
	Reviewed     time.Time
	ResponseDays int // working days within which a request is answered; 0 where none is promised
	Improving    string
	Tests        []Test // newest first
	Issues       []Issue
}

// Test is one test of the site.
type Test struct {
	Date     time.Time
	By       string
	Method   string
	Pages    []string // what was tried
	Result   string   // one of Results
	At       diag.Pos // its date
	ResultAt diag.Pos
}

// Issue is something that is not accessible.
type Issue struct {
	What       string
	Criterion  string // of WCAG: 1.1.1
	Reason     string // one of Reasons
	Because    string // the assessment of a burden, or what puts it out of scope
	Workaround string
	FixBy      time.Time
	At         diag.Pos
}

// Results of a test, and Reasons why something is not accessible: regulations 7 and 8 of SI 2018/852, in the words of the
// model statement.
var (
	Results = []string{"fully", "partially", "not"}
	Reasons = []string{"non-compliance", "disproportionate-burden", "out-of-scope"}
)

func (r *reader) accessibility(c *Config, values map[string]any) {
	t, ok := r.Table(values, "accessibility")
	if !ok {
		return
	}
	at := []string{"accessibility"}
	r.unknown(t, at, "prepared", "reviewed", "response_days", "improving", "test", "issue")
	a := &c.Accessibility
	a.Given, a.At = true, r.Key(at...)
	a.Prepared = r.date(t, "accessibility", "prepared")
	a.Reviewed = r.date(t, "accessibility", "reviewed")
	a.Improving = r.Text(t, "accessibility", "improving")
	if v, there := t["response_days"]; there {
		if n, ok := v.(int64); ok && n > 0 && n <= 60 {
			a.ResponseDays = int(n)
		} else {
			r.Bad([]string{"accessibility", "response_days"}, "write a number without quotes: response_days = 10", "takes a number of working days, from 1 to 60")
		}
	}
	for i, test := range r.Blocks(t, "accessibility", "test") {
		here := func(key string) []string { return []string{"accessibility", "test", fmt.Sprint(i), key} }
		r.unknown(test, here("")[:3], "date", "by", "method", "pages", "result")
		if _, there := test["date"]; !there {
			r.Missing(here("date"), "date = 2026-11-12")
		}
		one := Test{
			Date: r.date(test, here("date")...), At: r.Key(here("date")...),
			By:     r.Required(test, `by = "the council's web team"`, here("by")...),
			Method: r.Required(test, `method = "axe-core and keyboard on every page, NVDA with Firefox on eight"`, here("method")...),
			Pages:  r.Texts(test, here("pages")...),
			Result: r.Required(test, `result = "partially"`, here("result")...),
		}
		one.ResultAt = r.Value(here("result")...)
		if one.Result != "" && !slices.Contains(Results, one.Result) {
			r.Bad(here("result"), "write one of: "+strings.Join(Results, ", "), "is no result%s", nearmiss.Suffix(one.Result, Results))
		}
		a.Tests = append(a.Tests, one)
	}
	slices.SortStableFunc(a.Tests, func(x, y Test) int { return y.Date.Compare(x.Date) })
	for i, issue := range r.Blocks(t, "accessibility", "issue") {
		here := func(key string) []string { return []string{"accessibility", "issue", fmt.Sprint(i), key} }
		r.unknown(issue, here("")[:3], "what", "criterion", "reason", "because", "workaround", "fix_by")
		one := Issue{
			What:      r.Required(issue, `what = "The map has no text alternative"`, here("what")...),
			Criterion: r.Text(issue, here("criterion")...), At: r.Key(here("what")...),
			Reason:     r.Required(issue, `reason = "non-compliance"`, here("reason")...),
			Because:    r.Text(issue, here("because")...),
			Workaround: r.Text(issue, here("workaround")...),
			FixBy:      r.date(issue, here("fix_by")...),
		}
		switch {
		case one.Reason == "":
		case !slices.Contains(Reasons, one.Reason):
			r.Bad(here("reason"), "write one of: "+strings.Join(Reasons, ", "), "is no reason that the regulations know%s", nearmiss.Suffix(one.Reason, Reasons))
		case one.Reason != "non-compliance" && one.Because == "":
			r.Missing(here("because"), `because = "…", which says how you came to that view`)
		}
		a.Issues = append(a.Issues, one)
	}
	r.consistent(a)
}

// consistent refuses a result that the list of issues contradicts.
func (r *reader) consistent(a *Accessibility) {
	if len(a.Tests) == 0 || a.Tests[0].Result != "fully" {
		return
	}
	if i := slices.IndexFunc(a.Issues, func(i Issue) bool { return i.Reason != "out-of-scope" }); i >= 0 {
		r.Found.Add(diag.New(diag.BadValue, a.Tests[0].ResultAt, `write result = "partially", or take out the issues that have been mended`,
			`"accessibility.test" says that the site is fully compliant, and [[accessibility.issue]] names what is not`))
	}
}

// date takes a day; where there is none it is zero.
func (r *reader) date(table map[string]any, path ...string) time.Time {
	v, there := table[path[len(path)-1]]
	if !there {
		return time.Time{}
	}
	at, dateOnly, ok := frontmatter.Instant(v, time.UTC)
	if !ok || !dateOnly {
		r.Bad(path, "write it without quotes: 2026-11-20", "takes a day")
		return time.Time{}
	}
	return at
}
