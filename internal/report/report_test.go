package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"candour/internal/diag"
)

var update = flag.Bool("update", false, "write the golden files anew")

func sample() Report {
	l := diag.List{
		diag.New(diag.UnflaggedPhone, diag.Pos{File: "content/pages/am y tŷ.md", Line: 12, Column: 7},
			"if it may be public, paste under [publishable]:\nphones = [\"01632 960000\"]", "a telephone number is in the text"),
		diag.New(diag.WithholdMatchesNothing, diag.Pos{File: "content/plans/100%: a, b.md", Line: 4}, "correct the name", "withhold matches nothing"),
		diag.New(diag.ReviewOverdue, diag.Pos{File: "content/plans/opioids.md", Line: 9, Column: 15}, "review the page", "next_review has passed"),
		diag.New(diag.ReviewOverdue, diag.Pos{File: "content/plans/xylazine.md", Line: 9, Column: 15}, "", "next_review has passed"),
		diag.New(diag.NotYet, diag.Pos{File: "content/pages/soon.md"}, "", "is dated after now"),
		diag.New(diag.CurlyQuotes.At(diag.Error), diag.Pos{File: "candour.toml", Line: 1, Column: 9}, "type straight quotes", "has curly quotes, “so” & <so>"),
		diag.New(diag.Leak, diag.Pos{}, "", "a file would hold what is withheld"),
	}
	l.Sort()
	return Report{Edition: "public", Findings: l, Summary: Summary{Errors: 4, Warnings: 2, Notices: 1, Pages: 31, Files: 1, Withheld: 9}}
}

func TestGolden(t *testing.T) {
	none := Report{Edition: "partners", Summary: Summary{Pages: 1, Files: 40}}
	cases := []struct {
		file, format string
		r            Report
		colour       bool
	}{
		{"text.txt", "text", sample(), false},
		{"text-colour.txt", "text", sample(), true},
		{"text-none.txt", "text", none, false},
		{"json.json", "json", sample(), false},
		{"json-none.json", "json", none, false},
		{"github.txt", "github", sample(), false},
		{"github-none.txt", "github", none, false},
		{"sarif.sarif", "sarif", sample(), false},
		{"sarif-none.sarif", "sarif", none, false},
	}
	var claimed []string
	for _, tc := range cases {
		claimed = append(claimed, tc.file)
		t.Run(tc.file, func(t *testing.T) {
			var b bytes.Buffer
			if err := Write(&b, tc.format, tc.r, tc.colour); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", tc.file)
			if *update {
				if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Equal(b.Bytes(), want) {
				t.Errorf("got\n%s\nwant\n%s", b.Bytes(), want)
			}
		})
	}
	there, err := os.ReadDir("testdata")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range there {
		if !slices.Contains(claimed, e.Name()) {
			t.Errorf("no test claims testdata/%s", e.Name())
		}
	}
}

// The JSON form is the contract's, section 6: these keys, of these types, always there.
func TestJSONForm(t *testing.T) {
	for _, r := range []Report{sample(), {}} {
		var b bytes.Buffer
		if err := Write(&b, "json", r, true); err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(b.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		findings, ok := got["findings"].([]any)
		if !ok || len(findings) != len(r.Findings) || len(got) != 3 {
			t.Fatalf("findings: %v", got["findings"])
		}
		for _, f := range findings {
			f := f.(map[string]any)
			for _, key := range []string{"code", "rule", "severity", "file", "message", "hint"} {
				if _, ok := f[key].(string); !ok {
					t.Errorf("%s: %v", key, f[key])
				}
			}
			for _, key := range []string{"line", "column"} {
				if _, ok := f[key].(float64); !ok {
					t.Errorf("%s: %v", key, f[key])
				}
			}
			if len(f) != 8 {
				t.Errorf("keys of a finding: %v", f)
			}
		}
		summary := got["summary"].(map[string]any)
		for _, key := range []string{"errors", "warnings", "notices", "pages", "files", "withheld"} {
			if _, ok := summary[key].(float64); !ok {
				t.Errorf("%s: %v", key, summary[key])
			}
		}
		if len(summary) != 6 {
			t.Errorf("summary: %v", summary)
		}
	}
}

func TestSARIFForm(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, "sarif", sample(), false); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	run := log.Runs[0]
	for _, r := range run.Results {
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID {
			t.Errorf("%s points at rule %d", r.RuleID, r.RuleIndex)
		}
		for _, l := range r.Locations {
			if reg := l.Physical.Region; reg != nil && (reg.StartLine < 1 || reg.StartColumn < 0) {
				t.Errorf("%s: region %+v", r.RuleID, *reg)
			}
		}
	}
	for _, rule := range run.Tool.Driver.Rules {
		if rule.Full == nil || rule.Help == nil || rule.Full.Text == "" || rule.Help.Text == "" {
			t.Errorf("%s is not explained", rule.ID)
		}
	}
	if strings.Contains(b.String(), `"startColumn": 0`) || strings.Contains(b.String(), `"startLine": 0`) {
		t.Error("a position counts from 0")
	}
}

func TestRelativeURI(t *testing.T) {
	for in, want := range map[string]string{
		"content/pages/about.md":  "content/pages/about.md",
		"content/am y tŷ/🏠.md":    "content/am%20y%20t%C5%B7/%F0%9F%8F%A0.md",
		"a:b/c:d.md":              "a%3Ab/c%3Ad.md",
		"100%/x?y#z.md":           "100%25/x%3Fy%23z.md",
		"program:themes/x/y.html": "program%3Athemes/x/y.html",
	} {
		if got := relativeURI(in); got != want {
			t.Errorf("relativeURI(%q) = %q, want %q", in, got, want)
		}
	}
}

// A file's name cannot steer a terminal, nor begin a workflow command of its own.
func TestNamesAreOnlyNames(t *testing.T) {
	r := Report{Findings: diag.List{diag.New(diag.BadValue, diag.Pos{File: "a\x1b[2J\n::error::x\u202e.md", Line: 1}, "a\x07\nb", "m\x1b]0;x\r\n::warning::y")}}
	for _, format := range []string{"text", "github"} {
		var b bytes.Buffer
		if err := Write(&b, format, r, false); err != nil {
			t.Fatal(err)
		}
		for i, line := range strings.Split(b.String(), "\n") {
			if i > 0 && strings.HasPrefix(line, "::") {
				t.Errorf("%s: a command of its own: %q", format, line)
			}
		}
		if format == "text" && strings.ContainsAny(b.String(), "\x1b\x07\r\u202e") {
			t.Errorf("text: %q", b.String())
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, "xml", sample(), false); err == nil || b.Len() > 0 || !strings.Contains(err.Error(), "sarif") {
		t.Errorf("got %v and %q", err, b.String())
	}
}

type broken struct{}

var errDisk = errors.New("disk is full")

func (broken) Write([]byte) (int, error) { return 0, errDisk }

func TestWriteFails(t *testing.T) {
	for _, f := range Formats() {
		if err := Write(broken{}, f, sample(), false); !errors.Is(err, errDisk) {
			t.Errorf("%s: %v", f, err)
		}
	}
}
