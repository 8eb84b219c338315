package bench

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
)

// Pair is one run of each program, one straight after the other.
type Pair struct{ Candour, Hugo Sample }

// Size holds what was measured with one number of pages.
type Size struct {
	Pages   int
	Build   []Pair // a build into a new folder, against hugo --minify into a new folder
	Rebuild []Pair // a build into the folder of the build before with one page changed, against the same
}

// Report is everything that was measured, and on what.
type Report struct {
	CPUs       int
	GoVersion  string
	Platform   string
	Hugo       string
	Pairs      int
	Sizes      []Size
	ServePages int
	Saves      []time.Duration
	Estate     *EstateResult // nil where it was left out
	Prints     []PrintRound
}

// What the program promises.
const (
	wallTarget    = 1.0
	memoryTarget  = 1.3
	rebuildTarget = 0.6
	perPageTarget = 1.2
	saveTarget    = 300 * time.Millisecond
)

// Verdict is one promise with what came of it.
type Verdict struct {
	Promise string
	Figure  string
	Met     bool
}

// Verdicts judges by the median of the pairs.
func (r *Report) Verdicts() []Verdict {
	var out []Verdict
	ratio := func(promise string, figure, target float64) {
		out = append(out, Verdict{fmt.Sprintf("%s at most %.1f", promise, target), fmt.Sprintf("%.2f", figure), figure <= target})
	}
	for _, s := range r.Sizes {
		at := fmt.Sprintf("at %s pages, ", thousands(s.Pages))
		ratio(at+"wall time against hugo", spreadOf(ratios(s.Build, wall)).Median, wallTarget)
		if peaks := ratios(s.Build, memory); len(peaks) > 0 {
			ratio(at+"peak memory against hugo", spreadOf(peaks).Median, memoryTarget)
		}
		ratio(at+"rebuild with one page changed against hugo", spreadOf(ratios(s.Rebuild, wall)).Median, rebuildTarget)
	}
	if few, many, ok := r.ends(); ok {
		ratio(fmt.Sprintf("time per page at %s pages against %s", thousands(many.Pages), thousands(few.Pages)),
			spreadOf(perPage(few, many)).Median, perPageTarget)
	}
	if len(r.Saves) > 0 {
		median := spreadOf(milliseconds(r.Saves)).Median
		out = append(out, Verdict{fmt.Sprintf("serve, from saving a page to having it reloaded at %s pages, under %d ms", thousands(r.ServePages), saveTarget.Milliseconds()),
			fmt.Sprintf("%.0f ms", median), median < float64(saveTarget.Milliseconds())})
	}
	if r.Estate != nil {
		out = append(out, r.Estate.verdicts()...)
	}
	if len(r.Prints) > 0 {
		out = append(out, printVerdicts(r.Prints)...)
	}
	return out
}

// ends gives the smallest and the largest corpus, if there are two.
func (r *Report) ends() (few, many Size, ok bool) {
	if len(r.Sizes) < 2 {
		return few, many, false
	}
	return r.Sizes[0], r.Sizes[len(r.Sizes)-1], true
}

// Print writes the report as Markdown, which is also how docs/performance.md keeps it.
func (r *Report) Print(w io.Writer) error {
	var b strings.Builder
	fmt.Fprintf(&b, "Measured on %d CPUs (%s, %s)", r.CPUs, r.Platform, r.GoVersion)
	if len(r.Sizes) > 0 {
		fmt.Fprintf(&b, " against %s; %d pairs a series after one to warm up. Each cell: median (least to most).\n", r.Hugo, r.Pairs)
		b.WriteString("\n| pages | series | measure | candour | hugo | ratio, pair by pair |\n| ---: | --- | --- | --- | --- | --- |\n")
	} else {
		b.WriteString(".\n")
	}
	for _, s := range r.Sizes {
		printSeries(&b, s.Pages, "build", s.Build)
		printSeries(&b, s.Pages, "one page changed", s.Rebuild)
	}
	if few, many, ok := r.ends(); ok {
		fmt.Fprintf(&b, "\nTime per page at %s pages against %s: %s\n", thousands(many.Pages), thousands(few.Pages), spreadOf(perPage(few, many)).format("%.2f"))
	}
	if len(r.Saves) > 0 {
		fmt.Fprintf(&b, "\nServe at %s pages, from saving a page to having it reloaded, %d saves: %s ms\n", thousands(r.ServePages), len(r.Saves), spreadOf(milliseconds(r.Saves)).format("%.0f"))
	}
	if r.Estate != nil {
		r.Estate.print(&b)
	}
	if len(r.Prints) > 0 {
		printPrints(&b, r.Prints)
	}
	b.WriteString("\n| target | figure | |\n| --- | ---: | --- |\n")
	for _, v := range r.Verdicts() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", v.Promise, v.Figure, map[bool]string{true: "met", false: "missed"}[v.Met])
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func printSeries(b *strings.Builder, pages int, name string, pairs []Pair) {
	for _, m := range []measure{wall, processor, memory} {
		rs := ratios(pairs, m)
		if len(rs) == 0 {
			continue
		}
		var c, h []float64
		for _, p := range pairs {
			c, h = append(c, m.of(p.Candour)), append(h, m.of(p.Hugo))
		}
		fmt.Fprintf(b, "| %s | %s | %s | %s | %s | %s |\n", thousands(pages), name, m.name,
			spreadOf(c).format(m.format), spreadOf(h).format(m.format), spreadOf(rs).format("%.2f"))
	}
}

type measure struct {
	name   string
	format string
	of     func(Sample) float64
}

var (
	wall      = measure{"wall, s", "%.2f", func(s Sample) float64 { return s.Wall.Seconds() }}
	processor = measure{"CPU, s", "%.2f", func(s Sample) float64 { return s.CPU.Seconds() }}
	memory    = measure{"peak memory, MB", "%.0f", func(s Sample) float64 { return float64(s.Peak) / 1e6 }}
)

// ratios are candour's figures over Hugo's, pair by pair; none if the platform does not give the measure.
func ratios(pairs []Pair, m measure) []float64 {
	var out []float64
	for _, p := range pairs {
		if h := m.of(p.Hugo); h > 0 {
			out = append(out, m.of(p.Candour)/h)
		}
	}
	return out
}

// perPage is candour's time a page in the larger corpus over that in the smaller, round by round.
func perPage(few, many Size) []float64 {
	var out []float64
	for i := range min(len(few.Build), len(many.Build)) {
		a := few.Build[i].Candour.Wall.Seconds() / float64(few.Pages)
		b := many.Build[i].Candour.Wall.Seconds() / float64(many.Pages)
		out = append(out, b/a)
	}
	return out
}

type spread struct{ Min, Median, Max float64 }

func spreadOf(figures []float64) spread {
	if len(figures) == 0 {
		return spread{}
	}
	s := slices.SortedFunc(slices.Values(figures), cmp.Compare[float64])
	mid := s[len(s)/2]
	if len(s)%2 == 0 {
		mid = (mid + s[len(s)/2-1]) / 2
	}
	return spread{s[0], mid, s[len(s)-1]}
}

func (s spread) format(number string) string {
	return fmt.Sprintf(number+" ("+number+" to "+number+")", s.Median, s.Min, s.Max)
}

func milliseconds(ds []time.Duration) []float64 {
	out := make([]float64, len(ds))
	for i, d := range ds {
		out[i] = float64(d) / float64(time.Millisecond)
	}
	return out
}

func seconds(d time.Duration) string { return fmt.Sprintf("%.2f s", d.Seconds()) }

func thousands(n int) string {
	if n < 1000 {
		return fmt.Sprint(n)
	}
	return fmt.Sprintf("%s,%03d", thousands(n/1000), n%1000)
}
