// Package statement makes the accessibility statement that SI 2018/852 asks for, out of what the publisher has recorded.
// It claims nothing that was not tested: without a record the statement says that the site has not been tested.
package statement

import (
	"time"

	"candour/internal/config"
	"candour/internal/diag"
)

// Check reports what the statement lacks, and a test that has grown old: the regulations want the statement reviewed
// regularly, and the government's guidance means yearly by that. A site that has recorded nothing has nothing to check.
func Check(c *config.Config, now time.Time) diag.List {
	a := c.Accessibility
	if !a.Given {
		return nil
	}
	var found diag.List
	lacks := func(what, line string) {
		found.Add(diag.New(diag.StatementIncomplete, a.At, "put in: "+line, "the accessibility statement lacks %s", what))
	}
	if c.Contact.AlternativeFormats == "" {
		lacks("whom to ask for another form", `alternative_formats = "formats@eastmere.example", below [contact]`)
	}
	if a.ResponseDays == 0 {
		lacks("how soon a request is answered", "response_days = 10")
	}
	if a.Prepared.IsZero() {
		lacks("the day on which it was prepared", "prepared = "+now.Format(time.DateOnly))
	}
	for _, i := range a.Issues {
		if i.Reason == "non-compliance" && i.FixBy.IsZero() {
			found.Add(diag.New(diag.StatementIncomplete, i.At, "put in a day below it: fix_by = 2027-03-31", "the accessibility statement does not say when this will be mended"))
		}
		if !i.FixBy.IsZero() && now.After(i.FixBy.AddDate(0, 0, 1)) {
			found.Add(diag.New(diag.StatementStale, i.At, "if it has been mended, take it out; if not, set another day", "this was to be mended by %s", i.FixBy.Format("2 January 2006")))
		}
	}
	if len(a.Tests) == 0 {
		found.Add(diag.New(diag.StatementIncomplete, a.At, "have the site tested, and record it as [[accessibility.test]]", "no test is recorded: the accessibility statement says that the site has not been tested"))
		return found
	}
	for _, t := range a.Tests {
		if t.Date.After(now) {
			found.Add(diag.New(diag.BadValue, t.At, "write the day on which it was tested", "a test is recorded that has not taken place yet"))
		}
	}
	if last := a.Tests[0]; stale(last, now) {
		found.Add(diag.New(diag.StatementStale, last.At, "have the site tested again, and record it as a new [[accessibility.test]]", "the last test, of %s, is more than a year old", last.Date.Format("2 January 2006")))
	}
	return found
}

func stale(t config.Test, now time.Time) bool { return now.After(t.Date.AddDate(1, 0, 1)) }

// View is what the theme makes the statement of. Dates are texts such as 2026-11-20, "" where there is none; status is
// untested, fully, partially or not.
func View(c *config.Config, now time.Time) map[string]any {
	a := c.Accessibility
	view := map[string]any{"status": "untested", "prepared": day(a.Prepared), "reviewed": day(a.Reviewed), "response_days": a.ResponseDays,
		"improving": a.Improving, "stale": false, "nation": c.Nation}
	issues := map[string]any{}
	for _, reason := range config.Reasons {
		var list []any
		for _, i := range a.Issues {
			if i.Reason == reason {
				list = append(list, map[string]any{"what": i.What, "criterion": i.Criterion, "because": i.Because, "workaround": i.Workaround, "fix_by": day(i.FixBy)})
			}
		}
		if list != nil {
			issues[key[reason]] = list
		}
	}
	view["issues"] = issues
	var tests []any
	for _, t := range a.Tests {
		tests = append(tests, map[string]any{"date": day(t.Date), "by": t.By, "method": t.Method, "pages": t.Pages, "result": t.Result})
	}
	view["tests"] = tests
	if len(a.Tests) > 0 {
		view["status"], view["stale"] = a.Tests[0].Result, stale(a.Tests[0], now)
	}
	return view
}

// key is a reason as templates can write it.
var key = map[string]string{"non-compliance": "noncompliance", "disproportionate-burden": "burden", "out-of-scope": "scope"}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
