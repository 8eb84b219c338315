package estate_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"candour/internal/diag"
	"candour/internal/estate"
	"candour/internal/output"
	"candour/internal/webcheck"
)

// worker answers as it is told to, by the name of the site.
type worker map[string]estate.Done

var errBroken = errors.New("the process ended")

func (w worker) Do(_ context.Context, job estate.Job) (estate.Done, error) {
	d, ok := w[job.Site]
	if !ok {
		return d, errBroken
	}
	d.Edition.Name = job.Edition
	return d, nil
}

func (w worker) Close() error { return nil }

// list writes sites and their list, and reads it.
func list(t *testing.T, names ...string) *estate.Estate {
	t.Helper()
	dir := t.TempDir()
	text := "output = \"out/{name}\"\n"
	for _, n := range names {
		if err := os.Mkdir(filepath.Join(dir, n), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, n, "candour.toml"), nil, 0o644); err != nil {
			t.Fatal(err)
		}
		text += "[[site]]\nfolder = \"" + n + "\"\n"
	}
	file := filepath.Join(dir, estate.File)
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	e, found, err := estate.Read(file)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	return e
}

func run(t *testing.T, e *estate.Estate, w worker, opt estate.Options) *estate.Report {
	t.Helper()
	opt.Start = func() (estate.Worker, error) { return w, nil }
	r, found, err := estate.Run(context.Background(), e, opt)
	if err != nil || len(found) > 0 {
		t.Fatal(err, found)
	}
	return r
}

func taken(version string) estate.SiteInfo {
	info := estate.SiteInfo{Organisation: "Council & Partners <script>", Known: true}
	if version != "" {
		info.Packs = []estate.Taken{{Name: "national", Key: "RWx", Version: version, Publisher: "Department of Examples", Date: "2026-11-02T09:00:00Z"}}
	}
	return info
}

func many() worker {
	failed := estate.Done{Exit: 1, Site: taken("2026.9")}
	failed.Site.Known = false
	failed.Edition.Errors = 1
	failed.Edition.Faults = diag.List{diag.New(diag.MissingKey, diag.Pos{File: "content/plans/a.md", Line: 3, Column: 1}, "add a line", "%q is missing", "title")}
	late := estate.Done{Site: taken("2026.10")}
	late.Edition.Published = true
	late.Site.Overdue = []estate.Note{{File: "content/plans/old.md", Text: "next_review has passed"}}
	late.Site.Unsigned = []estate.Note{{File: "content/plans/old.md", Text: "nobody has signed as: senior-responsible-owner"}}
	good := estate.Done{Site: taken("2026.11")}
	good.Edition.Published = true
	none := estate.Done{Site: taken("")}
	none.Edition.Published = true
	return worker{"ash": failed, "birch": late, "cedar": good, "dill": none}
}

// The report names who has not taken the latest version, who does not take the pack at all, and which site took its
// worker with it; versions are numbers, not words.
func TestReport(t *testing.T) {
	e := list(t, "cedar", "ash", "birch", "dill", "elm")
	var order []string
	r := run(t, e, many(), estate.Options{Workers: 3, Memory: 1 << 30, Each: func(n, of int, job estate.Job, _ estate.Done) {
		if of != 5 || n != len(order)+1 {
			t.Errorf("%s is number %d of %d", job.Site, n, of)
		}
		order = append(order, job.Site)
	}})
	if !slices.Equal(order, []string{"ash", "birch", "cedar", "dill", "elm"}) {
		t.Errorf("told of in the order %v", order)
	}
	if want := (estate.Totals{Sites: 5, Failed: 2, Overdue: 1, Unsigned: 1, Behind: 2}); r.Totals != want || r.Exit != 4 {
		t.Errorf("totals %+v, exit %d", r.Totals, r.Exit)
	}
	p := r.Packs[0]
	if len(r.Packs) != 1 || p.Latest != "2026.11" || !slices.Equal(p.Without, []string{"dill", "elm"}) ||
		!slices.Equal(p.Behind, []estate.Version{{Site: "ash", Version: "2026.9"}, {Site: "birch", Version: "2026.10"}}) {
		t.Errorf("packs: %+v", r.Packs)
	}
	var html bytes.Buffer
	if err := r.HTML(&html); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"the latest is 2026.11", "ash: 2026.9", "not the latest", "content/plans/old.md: next_review has passed", "content/plans/a.md:3: &#34;title&#34; is missing",
		"Council &amp; Partners &lt;script&gt;", "ended before its time", "cannot be told until it can be built"} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// The page passes the checks that published pages pass. Its one style element is its own: nobody serves it.
func TestReportIsAccessible(t *testing.T) {
	e := list(t, "cedar", "ash", "birch", "dill", "elm")
	empty := run(t, list(t, "cedar"), worker{"cedar": {Site: estate.SiteInfo{Known: true}, Edition: estate.Made{Published: true}}}, estate.Options{Workers: 1})
	part := run(t, e, many(), estate.Options{Workers: 1, Shard: estate.Shard{K: 1, N: 2}})
	for name, r := range map[string]*estate.Report{"whole": run(t, e, many(), estate.Options{Workers: 1}), "empty": empty, "part": part} {
		var html bytes.Buffer
		if err := r.HTML(&html); err != nil {
			t.Fatal(err)
		}
		opt := webcheck.Options{BasePath: "/", BaseURL: "https://report.example/", Language: "en-GB"}
		page, problems := webcheck.Scan(output.File{Path: "report.html", Data: html.Bytes()}, opt)
		for _, p := range append(problems, webcheck.Links([]*webcheck.Page{page}, []string{"report.html"}, opt)...) {
			if p.Rule.Name != diag.BlockedByPolicy.Name {
				t.Errorf("%s: %+v", name, p)
			}
		}
		if page == nil || !strings.Contains(page.Text(), "Shared materials") {
			t.Errorf("%s: the page was not read", name)
		}
	}
}

// What is written is read again, and joined to the same.
func TestMerge(t *testing.T) {
	e := list(t, "cedar", "ash", "birch", "dill", "elm")
	whole, err := run(t, e, many(), estate.Options{Workers: 2}).JSON()
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 5, 6} {
		var parts []*estate.Report
		var names []string
		for k := range n {
			data, err := run(t, e, many(), estate.Options{Workers: 2, Shard: estate.Shard{K: k, N: n}}).JSON()
			if err != nil {
				t.Fatal(err)
			}
			r, err := estate.ParseReport(data)
			if err != nil {
				t.Fatal(err)
			}
			parts, names = append(parts, r), append(names, r.Shard)
		}
		slices.Reverse(parts)
		slices.Reverse(names)
		r, err := estate.Merge(parts, names)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := r.JSON(); err != nil || !bytes.Equal(got, whole) {
			t.Errorf("%d shards join to another report (%v)", n, err)
		}
	}
}
