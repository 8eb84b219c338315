package audit

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"candour/internal/diag"
	"candour/internal/webcheck"
)

// inline finds, in a template or a page somebody wrote, what the Content-Security-Policy blocks, by the problem's subject.
var inline = map[string]*regexp.Regexp{
	"style":  regexp.MustCompile(`(?i)<style\b|\sstyle\s*=`),
	"script": regexp.MustCompile(`(?i)<script\b[^>]*>`),
	"iframe": regexp.MustCompile(`(?i)<iframe\b`),
	"embed":  regexp.MustCompile(`(?i)<embed\b`),
	"object": regexp.MustCompile(`(?i)<object\b`),
	"img":    regexp.MustCompile(`(?i)<img\b[^>]*\ssrc\s*=\s*["']?data:`),
}

var source = regexp.MustCompile(`(?i)\ssrc\s*=`)

// blocked takes out of the problems those that a template or a static page of the site's own makes, and tells them at its
// lines. What cannot be found there stays, to be told by page.
func (w *Watch) blocked(problems []problem) (rest []problem, found diag.List) {
	written := map[string][]byte{} // what the site's people wrote in HTML
	for name, f := range w.cleared.Repo().Theme().Layouts {
		if f.File != "" && !strings.HasPrefix(f.File, "program:") && strings.HasSuffix(name, ".html") {
			written[f.File] = f.Data
		}
	}
	for _, s := range w.cleared.Repo().Static() {
		if s.File != "" && strings.HasSuffix(s.Path, ".html") {
			written[s.File] = s.Data
		}
	}
	told := map[webcheck.Problem]bool{}
	for _, p := range problems {
		pattern := inline[p.Subject]
		if p.Rule != diag.BlockedByPolicy || pattern == nil {
			rest = append(rest, p)
			continue
		}
		key := p.Problem
		if key.Path = ""; written[p.source] != nil {
			key.Path = p.source
		}
		if at, done := told[key]; done {
			if !at {
				rest = append(rest, p)
			}
			continue
		}
		for _, file := range slices.Sorted(maps.Keys(written)) {
			if key.Path != "" && file != key.Path || key.Path == "" && strings.HasPrefix(file, "static/") {
				continue
			}
			for _, span := range pattern.FindAllIndex(written[file], -1) {
				if p.Subject == "script" && source.Match(written[file][span[0]:span[1]]) {
					continue
				}
				told[key] = true
				found.Add(diag.New(p.Rule, position(file, written[file], span[0]), p.Hint, "%s", p.Message))
			}
		}
		if !told[key] {
			told[key] = false
			rest = append(rest, p)
		}
	}
	return rest, found
}

// position is where an offset stands in a file.
func position(file string, data []byte, offset int) diag.Pos {
	for offset < len(data) && (data[offset] == ' ' || data[offset] == '\n' || data[offset] == '\t' || data[offset] == '\r') {
		offset++
	}
	before := data[:offset]
	line := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: file, Line: bytes.Count(before, []byte("\n")) + 1, Column: utf8.RuneCount(before[line:]) + 1}
}
