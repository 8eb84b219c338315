package report

import (
	"io"
	"net/url"
	"slices"
	"strings"

	"candour/internal/diag"
)

// The parts of SARIF 2.1.0 (OASIS Standard, 27 March 2020) that findings need.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID      string      `json:"id"`
		Name    string      `json:"name"`
		Short   sarifText   `json:"shortDescription"`
		Full    *sarifText  `json:"fullDescription,omitempty"`
		Help    *sarifText  `json:"help,omitempty"`
		Default sarifConfig `json:"defaultConfiguration"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations,omitempty"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   *sarifRegion  `json:"region,omitempty"`
	}
	sarifArtifact struct {
		URI       string `json:"uri"`
		URIBaseID string `json:"uriBaseId"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
)

func writeSARIF(w io.Writer, r Report) error {
	run := sarifRun{ColumnKind: "unicodeCodePoints", Results: []sarifResult{}}
	run.Tool.Driver = sarifDriver{Name: "Candour", Rules: []sarifRule{}}
	var codes []string
	for _, f := range r.Findings {
		codes = append(codes, f.Code)
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	for _, code := range codes {
		run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRuleOf(code))
	}
	for _, f := range r.Findings {
		index, _ := slices.BinarySearch(codes, f.Code)
		result := sarifResult{RuleID: f.Code, RuleIndex: index, Level: sarifLevel(f.Severity), Message: sarifText{f.Message}}
		if f.Hint != "" {
			result.Message.Text += "\n\nhint: " + f.Hint
		}
		if f.File != "" {
			at := sarifPhysical{Artifact: sarifArtifact{URI: relativeURI(f.File), URIBaseID: "%SRCROOT%"}}
			if f.Line > 0 {
				at.Region = &sarifRegion{StartLine: f.Line, StartColumn: f.Column}
			}
			result.Locations = []sarifLocation{{at}}
		}
		run.Results = append(run.Results, result)
	}
	return encode(w, sarifLog{
		Schema:  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
		Version: "2.1.0", Runs: []sarifRun{run},
	})
}

func sarifRuleOf(code string) sarifRule {
	rule, e, ok := diag.Explain(code)
	if !ok {
		return sarifRule{ID: code, Name: code, Short: sarifText{code}, Default: sarifConfig{"error"}}
	}
	help := e.Mend
	if e.Example != "" {
		help += "\n\n" + e.Example
	}
	short, _, _ := strings.Cut(e.Means, ". ")
	return sarifRule{
		ID: rule.Code, Name: rule.Name, Short: sarifText{strings.TrimSuffix(short, ".") + "."},
		Full: &sarifText{e.Means}, Help: &sarifText{help}, Default: sarifConfig{sarifLevel(rule.Severity)},
	}
}

func sarifLevel(s diag.Severity) string {
	switch s {
	case diag.Error:
		return "error"
	case diag.Warning:
		return "warning"
	}
	return "note"
}

// relativeURI writes a path as a relative reference of RFC 3986. A colon in its first segment would make a scheme of
// what stands before it.
func relativeURI(path string) string {
	segments := strings.Split(path, "/")
	for i, s := range segments {
		segments[i] = strings.ReplaceAll(url.PathEscape(s), ":", "%3A")
	}
	return strings.Join(segments, "/")
}
