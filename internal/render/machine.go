package render

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/evanw/esbuild/pkg/api"

	"candour/internal/diag"
)

// leftBehind returns what deletes the copies of pages that Hugo leaves in the machine's folder for temporary files where it
// fails to make them smaller. What was there before stays.
func leftBehind() (clear func()) {
	list := func() []string {
		names, _ := filepath.Glob(filepath.Join(os.TempDir(), "hugo-transform-error*"))
		return names
	}
	before := list()
	return func() {
		for _, name := range list() {
			if !slices.Contains(before, name) {
				_ = os.Remove(name)
			}
		}
	}
}

// noBundler keeps Hugo's bundler out of the program, see its package: it opens what a script or style sheet imports on the
// machine itself, past every file system that it is given. This does not compile with the real one.
const noBundler = api.Refusal

// A template that calls the bundler by its name is told at its line, before anything is made.
var (
	bundles   = regexp.MustCompile(`\b(?:js|css)\s*\.\s*(?:Build|Batch)\b`)
	action    = regexp.MustCompile(`(?s)\{\{.*?\}\}`)
	literal   = regexp.MustCompile("(?s)/\\*.*?\\*/|\"(?:[^\"\\\\\n]|\\\\.)*\"|`[^`]*`")
	namespace = regexp.MustCompile(`(?:^|[^\w.$"-])(?:js|css)(?:[^\w.:"-]|$)`) // handed on under another name
)

const bundleHint = "put the finished script or style sheet into assets/ or static/; resources.Get, minify and fingerprint take it from there"

// bundling finds the templates, and the assets that may be run as such, that call the bundler.
func bundling(parts ...map[string]themeFile) diag.List {
	var found diag.List
	for _, files := range parts {
		for _, name := range slices.Sorted(maps.Keys(files)) {
			f := files[name]
			at := -1
			if bytes.Contains(f.data, []byte("{{")) {
				at = calls(f.data)
			}
			if at < 0 {
				continue
			}
			line := bytes.LastIndexByte(f.data[:at], '\n') + 1
			pos := diag.Pos{File: f.source, Line: bytes.Count(f.data[:at], []byte("\n")) + 1, Column: utf8.RuneCount(f.data[line:at]) + 1}
			found.Add(diag.New(diag.BadLayout, pos, bundleHint,
				"js.Build, js.Batch and css.Build are not for templates here: they read any file of the machine, what is withheld included"))
		}
	}
	return found
}

// calls is where a template calls the bundler, or -1.
func calls(data []byte) int {
	named := func(b []byte) bool { return bytes.Contains(b, []byte("js")) || bytes.Contains(b, []byte("css")) }
	if !named(data) { // most templates: the patterns would take as long as Hugo does to parse them
		return -1
	}
	if m := bundles.FindIndex(data); m != nil {
		return m[0]
	}
	for _, span := range action.FindAllIndex(data, -1) {
		if !named(data[span[0]:span[1]]) {
			continue
		}
		plain := literal.ReplaceAllFunc(data[span[0]:span[1]], func(b []byte) []byte { return []byte(strings.Repeat(`"`, len(b))) })
		if m := namespace.FindIndex(plain[2 : len(plain)-2]); m != nil {
			return span[0] + 2 + m[0]
		}
	}
	return -1
}
