package alert_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"candour/internal/alert"
)

var now = time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)

// on is a day of November 2026; at is its hour.
func on(day int) alert.Moment {
	d := time.Date(2026, 11, day, 0, 0, 0, 0, time.UTC)
	return alert.Moment{Start: d, End: d.AddDate(0, 0, 1)}
}

func at(day, hour int) alert.Moment {
	d := time.Date(2026, 11, day, hour, 0, 0, 0, time.UTC)
	return alert.Moment{Start: d, End: d}
}

func TestState(t *testing.T) {
	for _, tc := range []struct {
		name                string
		a                   alert.Alert
		replaced, corrected bool
		want                alert.State
	}{
		{"issued", alert.Alert{Status: "issued"}, false, false, alert.Live},
		{"updated", alert.Alert{Status: "updated", Expires: at(21, 0)}, false, false, alert.Live},
		{"set right in place", alert.Alert{Status: "corrected"}, false, false, alert.Live},
		{"draft", alert.Alert{Status: "draft", Expires: on(1)}, true, true, alert.Draft},
		{"at its end", alert.Alert{Status: "issued", Expires: at(20, 18)}, false, false, alert.Expired},
		{"just before", alert.Alert{Status: "issued", Expires: at(20, 19)}, false, false, alert.Live},
		{"on its last day", alert.Alert{Status: "issued", Expires: on(20)}, false, false, alert.Live},
		{"a day later", alert.Alert{Status: "issued", Expires: on(19)}, false, false, alert.Expired},
		{"replaced", alert.Alert{Status: "issued", Expires: on(19)}, true, false, alert.Replaced},
		{"corrected", alert.Alert{Status: "issued"}, true, true, alert.Corrected},
		{"withdrawn", alert.Alert{Status: "withdrawn", Expires: on(1)}, true, true, alert.Withdrawn},
	} {
		if got := tc.a.State(now, tc.replaced, tc.corrected); got != tc.want {
			t.Errorf("%s: %s, want %s", tc.name, got, tc.want)
		}
	}
}

func TestResolve(t *testing.T) {
	pages := [][2]string{{"/alerts/a/", "content/alerts/a.md"}, {"/alerts/2026/b/", "content/alerts/2026/b/index.md"}, {"/cy/alerts/a/", "content/alerts/a.cy.md"}}
	have := func(yield func(string, string) bool) {
		for _, p := range pages {
			if !yield(p[0], p[1]) {
				return
			}
		}
	}
	for name, want := range map[string]string{
		"/alerts/a/": "/alerts/a/", "/alerts/a": "/alerts/a/", "content/alerts/a.md": "/alerts/a/", "a": "/alerts/a/", "a.md": "/alerts/a/",
		"b": "/alerts/2026/b/", "content/alerts/2026/b/index.md": "/alerts/2026/b/", "/cy/alerts/a/": "/cy/alerts/a/", "content/alerts/a.cy.md": "/cy/alerts/a/",
		"c": "", "": "", "/": "", "alerts": "",
	} {
		if got, ok := alert.Resolve(name, have); got != want || ok != (want != "") {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func faults(list []alert.Fault) string {
	var lines []string
	for _, f := range list {
		lines = append(lines, fmt.Sprintf("%s %s: %s", strings.Trim(f.Address, "/"), f.Key, f.Message))
	}
	return strings.Join(lines, "\n")
}

func TestCheck(t *testing.T) {
	issued := func(address string, day int, replaces, corrects string) alert.Alert {
		return alert.Alert{Address: address, Status: "issued", Date: on(day), PanelMet: on(day), Issued: on(day), Replaces: replaces, CorrectionOf: corrects}
	}
	draft := issued("/d/", 9, "/a/", "")
	draft.Status = "draft"
	withdrawn := issued("/d/", 9, "/a/", "")
	withdrawn.Status = "withdrawn"
	early := issued("/a/", 10, "", "")
	early.Expires = at(9, 12)
	old := issued("/a/", 10, "", "")
	old.Updated = on(9)
	future := issued("/a/", 10, "", "")
	future.Issued, future.Updated = at(20, 19), on(21)
	right := issued("/r/", 10, "", "")
	right.Updated, right.Expires = on(10), on(10)
	for _, tc := range []struct {
		name   string
		alerts []alert.Alert
		want   string
	}{
		{"one after the other", []alert.Alert{issued("/a/", 1, "", ""), issued("/b/", 2, "/a/", ""), issued("/c/", 3, "/b/", "")}, ""},
		{"on one day", []alert.Alert{issued("/a/", 1, "", ""), issued("/b/", 1, "/a/", ""), right}, ""},
		{"a draft is no rival", []alert.Alert{issued("/a/", 1, "", ""), issued("/b/", 2, "/a/", ""), draft}, ""},
		{"nor is one that is withdrawn", []alert.Alert{issued("/a/", 1, "", ""), issued("/b/", 2, "/a/", ""), withdrawn}, ""},
		{"nor one that is replaced", []alert.Alert{issued("/a/", 1, "", ""), issued("/b/", 2, "/a/", ""), issued("/c/", 3, "/a/", ""), issued("/d/", 4, "/b/", "")}, ""},
		{"itself", []alert.Alert{issued("/a/", 1, "/a/", "")}, "a replaces: the alert replaces itself"},
		{"two", []alert.Alert{issued("/a/", 1, "/b/", ""), issued("/b/", 1, "/a/", "")},
			"a replaces: the alert replaces itself, by way of other alerts\nb replaces: the alert replaces itself, by way of other alerts"},
		{"three", []alert.Alert{issued("/a/", 1, "", "/b/"), issued("/b/", 1, "", "/c/"), issued("/c/", 1, "", "/a/"), issued("/d/", 1, "", "/a/")},
			"a correction_of: the alert corrects itself, by way of other alerts\nb correction_of: the alert corrects itself, by way of other alerts\nc correction_of: the alert corrects itself, by way of other alerts"},
		{"two of one", []alert.Alert{issued("/a/", 1, "", ""), issued("/b/", 2, "/a/", ""), issued("/c/", 3, "/a/", "")},
			"b replaces: another alert that is in force takes the place of the same one\nc replaces: another alert that is in force takes the place of the same one"},
		{"a later one", []alert.Alert{issued("/a/", 5, "", ""), issued("/b/", 2, "/a/", "")}, "b replaces: the alert that it replaces was issued later than it"},
		{"over before it began", []alert.Alert{early}, "a expires: the alert stops applying before it was issued"},
		{"updated before it was", []alert.Alert{old}, "a updated: the alert was updated before its own date"},
		{"to come", []alert.Alert{future}, "a updated: the alert says that it was updated at a time that is still to come\na issued: the alert is shown as issued at a time that is still to come"},
	} {
		if got := faults(alert.Check(tc.alerts, now)); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}

func TestFatigue(t *testing.T) {
	many := func(n int, status string) (list []alert.Alert) {
		for i := range n {
			list = append(list, alert.Alert{Address: fmt.Sprintf("/%d/", i), Status: status, Issued: on(20 - i)})
		}
		return list
	}
	for _, tc := range []struct {
		name   string
		alerts []alert.Alert
		limits alert.Limits
		want   string
	}{
		{"as many as the limits", many(4, "issued"), alert.DefaultLimits, ""},
		{"one too many issued", many(5, "issued"), alert.DefaultLimits, "0 issued: 5 alerts were issued within 28 days, and more than 4 wear people out"},
		{"withdrawn ones were issued too", many(5, "withdrawn"), alert.DefaultLimits, "0 issued: 5 alerts were issued within 28 days, and more than 4 wear people out"},
		{"drafts were not", many(9, "draft"), alert.DefaultLimits, ""},
		{"too many in force", many(3, "issued"), alert.Limits{MaxLive: 2}, "0 status: 3 alerts are in force at once, and more than 2 wear people out"},
		{"longer ago", many(9, "issued"), alert.Limits{MaxIssued: 2, Days: 1}, ""},
		{"no limits", many(90, "issued"), alert.Limits{}, ""},
	} {
		if got := faults(tc.limits.Fatigue(tc.alerts, now)); got != tc.want {
			t.Errorf("%s:\n%s\nwant\n%s", tc.name, got, tc.want)
		}
	}
}
