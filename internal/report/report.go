// Package report writes findings for people and for machines: contract, section 6. Reach for [Write].
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"unicode"

	"candour/internal/diag"
)

// Report is the outcome of a run: what was found in an edition, and how much there was.
type Report struct {
	Edition  string
	Findings diag.List // sorted
	Summary  Summary
}

// Summary counts. The findings are counted by whoever makes the report, since some of them may not be listed.
type Summary struct {
	Errors   int `json:"errors"`
	Warnings int `json:"warnings"`
	Notices  int `json:"notices"`
	Pages    int `json:"pages"`
	Files    int `json:"files"`
	Withheld int `json:"withheld"`
}

// Formats are the names of the formats, the default first.
func Formats() []string { return []string{"text", "json", "github", "sarif"} }

// Write writes a report in one of the [Formats]. colour is for text on a terminal; the others know none.
func Write(w io.Writer, format string, r Report, colour bool) error {
	switch format {
	case "text":
		return writeText(w, r, colour)
	case "json":
		return writeJSON(w, r)
	case "github":
		return writeGitHub(w, r)
	case "sarif":
		return writeSARIF(w, r)
	}
	return fmt.Errorf("unknown format %q; the formats are %s", format, strings.Join(Formats(), ", "))
}

const (
	reset = "\x1b[0m"
	bold  = "\x1b[1m"
	dim   = "\x1b[2m"
)

var severityColour = map[diag.Severity]string{diag.Error: "\x1b[1;31m", diag.Warning: "\x1b[1;33m", diag.Notice: "\x1b[1;36m"}

func writeText(w io.Writer, r Report, colour bool) error {
	var b strings.Builder
	_ = WriteFindings(&b, r.Findings, colour)
	if len(r.Findings) > 0 {
		b.WriteByte('\n')
	}
	b.WriteString(summaryLine(r) + "\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteFindings writes findings for people, without a line of totals. A hint that many notices share is given with the first
// of them.
func WriteFindings(w io.Writer, found diag.List, colour bool) error {
	paint := func(code, s string) string {
		if !colour || s == "" {
			return s
		}
		return code + s + reset
	}
	var b strings.Builder
	given := map[string]bool{}
	for _, f := range found {
		if f.Severity == diag.Notice {
			if given[f.Code+f.Hint] {
				f.Hint = ""
			}
			given[f.Code+f.Hint] = true
		}
		if at := f.Pos().String(); at != "" {
			b.WriteString(paint(bold, plain(at)+":") + " ")
		}
		fmt.Fprintf(&b, "%s %s %s\n", paint(severityColour[f.Severity], f.Severity.String()+":"), plain(f.Message),
			paint(dim, "["+f.Code+" "+f.Rule+"]"))
		if f.Hint != "" {
			for i, line := range strings.Split(strings.TrimRight(f.Hint, "\n"), "\n") {
				lead := "        "
				if i == 0 {
					lead = "  " + paint(dim, "hint:") + " "
				}
				b.WriteString(strings.TrimRight(lead+plain(line), " ") + "\n")
			}
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func summaryLine(r Report) string {
	s := r.Summary
	found := "nothing to mend"
	if s.Errors+s.Warnings+s.Notices > 0 {
		var parts []string
		for _, c := range []struct {
			n    int
			what string
		}{{s.Errors, "error"}, {s.Warnings, "warning"}, {s.Notices, "notice"}} {
			if c.n > 0 {
				parts = append(parts, Count(c.n, c.what))
			}
		}
		found = strings.Join(parts, ", ")
	}
	line := found
	if r.Edition != "" {
		line = "edition " + plain(r.Edition) + ": " + found
	}
	var parts []string
	if s.Pages > 0 {
		parts = append(parts, Count(s.Pages, "page"))
	}
	if s.Files > 0 {
		parts = append(parts, Count(s.Files, "file"))
	}
	if s.Withheld > 0 {
		parts = append(parts, Count(s.Withheld, "item")+" withheld")
	}
	if len(parts) > 0 {
		line += "; " + strings.Join(parts, ", ")
	}
	return line
}

// Count is a number of things: 1 error, 2 errors.
func Count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

// plain keeps a file's name or a key from steering the terminal: control characters, and the ones that turn the direction
// of writing, become visible.
func plain(s string) string {
	if strings.IndexFunc(s, unsafe) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		if unsafe(r) {
			fmt.Fprintf(&b, "\\u%04x", r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

func unsafe(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.Is(unicode.Bidi_Control, r)
}

func writeJSON(w io.Writer, r Report) error {
	findings := r.Findings
	if findings == nil {
		findings = diag.List{} // an empty list, never null
	}
	return encode(w, struct {
		Edition  string    `json:"edition"`
		Findings diag.List `json:"findings"`
		Summary  Summary   `json:"summary"`
	}{r.Edition, findings, r.Summary})
}

func encode(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false) // read by programs and people, never put into a page
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// writeGitHub writes workflow commands, which GitHub shows at the lines of a change. It shows files by their path in the
// repository, so it finds them if the content repository is the whole of one.
func writeGitHub(w io.Writer, r Report) error {
	var b strings.Builder
	for _, f := range r.Findings {
		properties := make([]string, 0, 4)
		if f.File != "" {
			properties = append(properties, "file="+githubProperty.Replace(f.File))
			if f.Line > 0 {
				properties = append(properties, fmt.Sprintf("line=%d", f.Line))
				if f.Column > 0 {
					properties = append(properties, fmt.Sprintf("col=%d", f.Column))
				}
			}
		}
		properties = append(properties, "title="+githubProperty.Replace(f.Code+" "+f.Rule))
		message := f.Message
		if f.Hint != "" {
			message += "\nhint: " + f.Hint
		}
		fmt.Fprintf(&b, "::%s %s::%s\n", f.Severity, strings.Join(properties, ","), githubData.Replace(message))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// The escapes are those of the toolkit's own command.ts: anything else could end a command and begin another.
var (
	githubData     = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	githubProperty = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)
