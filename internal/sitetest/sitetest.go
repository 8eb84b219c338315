// Package sitetest builds whole sites in memory for tests: a content repository is one txtar string.
package sitetest

import (
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/tools/txtar"

	"candour/data"
	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/themes"
)

// Config is a candour.toml that asks for no sign-offs.
const Config = `title = "Testford Combating Drugs Partnership"
base_url = "https://plan.testford.example/"
language = "en-GB"
organisation = "Testford Council"
area = "Testford"
[contact]
email = "publichealth@testford.example"
[[edition]]
name = "public"
clearance = "public"
[[edition]]
name = "partners"
clearance = "partners"
base_url = "https://partners.testford.example/"
[[edition]]
name = "internal"
clearance = "restricted"
base_url = "https://internal.testford.example/"
[signoff]
alerts = []
alert-templates = []
leaflets = []
plans = []
narrative = []
[publishable]
phones = ["999"]
`

// Now is the clock of the tests.
var Now = time.Date(2026, 11, 20, 18, 0, 0, 0, time.UTC)

// Files turns a txtar string into a content repository. Without a candour.toml of its own it gets Config.
func Files(archive string) fstest.MapFS {
	files := fstest.MapFS{"candour.toml": {Data: []byte(Config)}}
	for _, f := range txtar.Parse([]byte(archive)).Files {
		files[f.Name] = &fstest.MapFile{Data: f.Data}
	}
	return files
}

// Options build an edition of a repository.
func Options(files fstest.MapFS, edition string) build.Options {
	return build.Options{Edition: edition, Load: load.Options{Source: files, Now: Now, Program: load.Program{Data: data.FS, Themes: themes.FS, Version: "test"}}}
}

// Build runs the pipeline on a repository, short of publishing.
func Build(t testing.TB, archive, edition string) *build.Outcome {
	t.Helper()
	return Run(t, Options(Files(archive), edition))
}

// Run runs the pipeline with options.
func Run(t testing.TB, opt build.Options) *build.Outcome {
	t.Helper()
	out, err := build.Check(context.Background(), opt)
	if err != nil {
		t.Fatalf("the build could not be done: %v\n%v", err, out.Findings)
	}
	out.Findings.Sort()
	return out
}

// Must builds and fails the test unless the site may be published.
func Must(t testing.TB, archive, edition string) *build.Outcome {
	t.Helper()
	out := Build(t, archive, edition)
	if out.Audited == nil {
		t.Fatalf("the site may not be published:\n%s", Print(out.Findings))
	}
	return out
}

// File returns a file of a finished site.
func File(t testing.TB, out *build.Outcome, path string) string {
	t.Helper()
	site := out.Audited.Site()
	f := site.Find(path)
	if f == nil {
		t.Fatalf("the site has no %s; it has:\n%s", path, strings.Join(Paths(out), "\n"))
	}
	return string(f.Data)
}

// Paths lists the files of a finished site.
func Paths(out *build.Outcome) []string {
	var paths []string
	for _, f := range out.Audited.Site().Files {
		paths = append(paths, f.Path)
	}
	return paths
}

// Containing lists the files of a finished site in whose bytes, in any letter case, the text stands.
func Containing(out *build.Outcome, text string) []string {
	var paths []string
	for _, f := range out.Audited.Site().Files {
		if strings.Contains(strings.ToLower(string(f.Data)), strings.ToLower(text)) || strings.Contains(strings.ToLower(f.Path), strings.ToLower(text)) {
			paths = append(paths, f.Path)
		}
	}
	return paths
}

// Print writes findings one below the other.
func Print(list diag.List) string {
	var b strings.Builder
	for _, f := range list {
		b.WriteString(f.String() + "\n")
	}
	return b.String()
}
