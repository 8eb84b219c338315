package bench

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestSpread(t *testing.T) {
	for _, c := range []struct {
		in   []float64
		want spread
	}{
		{nil, spread{}},
		{[]float64{2}, spread{2, 2, 2}},
		{[]float64{3, 1, 2}, spread{1, 2, 3}},
		{[]float64{4, 1, 2, 3}, spread{1, 2.5, 4}},
	} {
		if got := spreadOf(c.in); got != c.want {
			t.Errorf("spreadOf(%v) = %v, want %v", c.in, got, c.want)
		}
	}
}

func sample(wall, cpu time.Duration, megabytes int64) Sample {
	return Sample{Wall: wall, CPU: cpu, Peak: megabytes * 1e6}
}

func report() *Report {
	return &Report{
		CPUs: 2, Platform: "linux/amd64", GoVersion: "go1.26", Hugo: "hugo v0.165.0", Pairs: 3, ServePages: 1000,
		Sizes: []Size{
			{1000,
				[]Pair{{sample(900, 1, 130), sample(1000, 1, 100)}, {sample(1100, 1, 120), sample(1000, 1, 100)}, {sample(800, 1, 150), sample(1000, 1, 100)}},
				[]Pair{{sample(700, 1, 100), sample(1000, 1, 100)}}},
			{10000,
				[]Pair{{sample(9900, 1, 100), sample(9000, 1, 100)}, {sample(9900, 1, 100), sample(9000, 1, 100)}, {sample(9600, 1, 100), sample(9600, 1, 100)}},
				[]Pair{{sample(5000, 1, 100), sample(10000, 1, 100)}}},
		},
		Saves: []time.Duration{290 * time.Millisecond, 310 * time.Millisecond, 120 * time.Millisecond},
	}
}

// The median of the pairs' ratios decides, not the ratio of the medians.
func TestVerdicts(t *testing.T) {
	want := []struct {
		promise, figure string
		met             bool
	}{
		{"at 1,000 pages, wall time against hugo at most 1.0", "0.90", true},
		{"at 1,000 pages, peak memory against hugo at most 1.3", "1.30", true},
		{"at 1,000 pages, rebuild with one page changed against hugo at most 0.6", "0.70", false},
		{"at 10,000 pages, wall time against hugo at most 1.0", "1.10", false},
		{"at 10,000 pages, peak memory against hugo at most 1.3", "1.00", true},
		{"at 10,000 pages, rebuild with one page changed against hugo at most 0.6", "0.50", true},
		{"time per page at 10,000 pages against 1,000 at most 1.2", "1.10", true},
		{"serve, from saving a page to having it reloaded at 1,000 pages, under 300 ms", "290 ms", true},
	}
	got := report().Verdicts()
	if len(got) != len(want) {
		t.Fatalf("%d verdicts, want %d", len(got), len(want))
	}
	for i, w := range want {
		if g := got[i]; g.Promise != w.promise || g.Figure != w.figure || g.Met != w.met {
			t.Errorf("verdict %d = %+v, want %+v", i, g, w)
		}
	}
}

func TestPrintHoldsTheMachineTheFiguresAndTheVerdicts(t *testing.T) {
	var b strings.Builder
	if err := report().Print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Measured on 2 CPUs (linux/amd64, go1.26) against hugo v0.165.0",
		"| 1,000 | build | peak memory, MB | 130 (120 to 150) | 100 (100 to 100) | 1.30 (1.20 to 1.50) |",
		"Time per page at 10,000 pages against 1,000: 1.10 (0.90 to 1.20)",
		"3 saves: 290 (120 to 310) ms",
		"| at 10,000 pages, wall time against hugo at most 1.0 | 1.10 | missed |",
	} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, b.String())
		}
	}
}

func TestAMeasureThatThePlatformLacksIsLeftOut(t *testing.T) {
	r := report()
	for _, s := range r.Sizes {
		for i := range s.Build {
			s.Build[i].Candour.Peak, s.Build[i].Hugo.Peak = 0, 0
		}
	}
	for _, v := range r.Verdicts() {
		if strings.Contains(v.Promise, "memory") {
			t.Errorf("there is a verdict on memory that nobody measured: %+v", v)
		}
	}
}

func TestThousands(t *testing.T) {
	for n, want := range map[int]string{1: "1", 999: "999", 1000: "1,000", 10000: "10,000", 1234567: "1,234,567"} {
		if got := thousands(n); got != want {
			t.Errorf("thousands(%d) = %s, want %s", n, got, want)
		}
	}
}

// fakes are two programs that stand for candour and hugo: they make as many pages as they are told to.
func fakes(t *testing.T, candourPages, hugoPages string) Options {
	t.Helper()
	dir := t.TempDir()
	script := func(name, flag, pages string) string {
		path := filepath.Join(dir, name)
		text := "#!/bin/sh\n[ \"$1\" = version ] && { echo \"" + name + " v0\"; exit 0; }\n" +
			"while [ \"$1\" != " + flag + " ]; do shift; done\nmkdir -p \"$2\"\n" +
			"i=0; while [ $i -lt " + pages + " ]; do : >\"$2/$i.html\"; i=$((i+1)); done\n"
		if err := os.WriteFile(path, []byte(text), 0o755); err != nil {
			t.Fatal(err)
		}
		return path
	}
	return Options{
		Candour: script("candour", "--output", candourPages), Hugo: script("hugo", "--destination", hugoPages),
		Work: t.TempDir(), Sizes: []int{3}, Pairs: 2, Seed: 1, Progress: &strings.Builder{},
		WriteHugoSite: func(_ context.Context, _, dir string) error { return os.MkdirAll(dir, 0o755) },
	}
}

func TestRunMeasuresEverySeries(t *testing.T) {
	o := fakes(t, "4", "4")
	r, err := Run(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	s := r.Sizes[0]
	if r.Hugo != "hugo v0" || s.Pages != 3 || len(s.Build) != 2 || len(s.Rebuild) != 2 {
		t.Errorf("got %+v", r)
	}
	for _, p := range append(s.Build, s.Rebuild...) {
		if p.Candour.Wall <= 0 || p.Hugo.Wall <= 0 {
			t.Errorf("a run took no time: %+v", p)
		}
	}
	left, err := os.ReadDir(o.Work)
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v (%v)", left, err)
	}
}

func TestRunRefusesToCompareDifferentSites(t *testing.T) {
	for _, pages := range [][2]string{{"4", "5"}, {"2", "2"}} {
		if _, err := Run(t.Context(), fakes(t, pages[0], pages[1])); err == nil || !strings.Contains(err.Error(), "candour made") {
			t.Errorf("%v pages: error = %v", pages, err)
		}
	}
}

func TestRunSaysWhatAFailingProgramSaid(t *testing.T) {
	o := fakes(t, "4", "4")
	if err := os.WriteFile(o.Candour, []byte("#!/bin/sh\necho no room left >&2\nexit 4\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	if _, err := Run(t.Context(), o); err == nil || !strings.Contains(err.Error(), "no room left") {
		t.Errorf("error = %v", err)
	}
}

func TestPrintVerdicts(t *testing.T) {
	round := func(candour, again, plain time.Duration) PrintRound {
		return PrintRound{Candour: Sample{Wall: candour}, PDFs: 40, Unchanged: Sample{Wall: again}, Plain: Sample{Wall: plain}, Pages: 20}
	}
	var b strings.Builder
	r := &Report{Prints: []PrintRound{round(20*time.Second, 900*time.Millisecond, 24*time.Second), round(20*time.Second, 2*time.Second, 15*time.Second), round(10*time.Second, 400*time.Millisecond, 20*time.Second)}}
	if err := r.Print(&b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"40 PDFs by candour, 20 by the browser", "| candour print | 20.0 (10.0 to 20.0) | 2.00 (2.00 to 4.00) |",
		"against one call of the browser a page, at least 2.0 | 2.40 | met |", "against the first time, under 0.05 | 0.045 | met |"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, &b)
		}
	}
}
