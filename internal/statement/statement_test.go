package statement

import (
	"strings"
	"testing"
	"time"

	"candour/internal/config"
	"candour/internal/diag"
)

var now = time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)

const least = "title = \"T\"\nbase_url = \"https://t.example/\"\nlanguage = \"en\"\norganisation = \"O\"\ncontact = { email = \"a@t.example\", alternative_formats = \"b@t.example\" }\n"

const whole = "[accessibility]\nprepared = 2026-11-01\nresponse_days = 10\n"

const test = "[[accessibility.test]]\ndate = 2026-11-12\nby = \"us\"\nmethod = \"keyboard\"\nresult = \"partially\"\n"

func read(t *testing.T, extra string) *config.Config {
	t.Helper()
	c, found := config.Parse([]byte(least+extra), "candour.toml")
	if len(found) > 0 {
		t.Fatal(found)
	}
	return c
}

func TestCheck(t *testing.T) {
	for _, tc := range []struct {
		name, src string
		want      []string
	}{
		{"nothing recorded", "", nil},
		{"all there", whole + test, nil},
		{"no test", whole, []string{"statement-incomplete candour.toml:6:2 no test is recorded"}},
		{"empty", "[accessibility]\n" + test, []string{"statement-incomplete candour.toml:6:2 lacks how soon", "statement-incomplete candour.toml:6:2 lacks the day"}},
		{"a year and a day", whole + strings.Replace(test, "2026-11-12", "2025-11-19", 1), []string{"statement-stale candour.toml:10:1 the last test, of 19 November 2025"}},
		{"a year", whole + strings.Replace(test, "2026-11-12", "2025-11-20", 1), nil},
		{"an old test and a new one", whole + strings.Replace(test, "2026-11-12", "2024-11-19", 1) + test, nil},
		{"tomorrow", whole + strings.Replace(test, "2026-11-12", "2026-11-21", 1), []string{"bad-value candour.toml:10:1 has not taken place"}},
		{"no day to mend it", whole + test + "[[accessibility.issue]]\nwhat = \"x\"\nreason = \"non-compliance\"\n", []string{"statement-incomplete candour.toml:15:1 when this will be mended"}},
		{"a promise that was not kept", whole + test + "[[accessibility.issue]]\nwhat = \"x\"\nreason = \"non-compliance\"\nfix_by = 2026-11-01\n", []string{"statement-stale candour.toml:15:1 by 1 November 2026"}},
		{"a burden needs no day", whole + test + "[[accessibility.issue]]\nwhat = \"x\"\nreason = \"disproportionate-burden\"\nbecause = \"y\"\n", nil},
	} {
		found := Check(read(t, tc.src), now)
		if len(found) != len(tc.want) {
			t.Errorf("%s: %v", tc.name, found)
			continue
		}
		for i, f := range found {
			want := strings.SplitN(tc.want[i], " ", 3)
			if f.Rule != want[0] || f.Pos().String() != want[1] || !strings.Contains(f.Message, want[2]) || f.Hint == "" {
				t.Errorf("%s: %v, want %v", tc.name, f, want)
			}
			if f.Rule != diag.BadValue.Name && f.Severity != diag.Warning {
				t.Errorf("%s: %v", tc.name, f.Severity)
			}
		}
	}
}

func TestNothingIsClaimedThatWasNotTested(t *testing.T) {
	for src, want := range map[string]string{
		"": "untested", whole: "untested", whole + test: "partially",
		whole + "[[accessibility.issue]]\nwhat = \"x\"\nreason = \"non-compliance\"\n":                     "untested",
		whole + test + strings.NewReplacer("2026-11-12", "2025-01-01", "partially", "fully").Replace(test): "partially", // the newest counts
	} {
		if got := View(read(t, src), now)["status"]; got != want {
			t.Errorf("%s\nstatus %v, want %s", src, got, want)
		}
	}
}
