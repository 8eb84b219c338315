package bench

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

// Options say what to measure and with which programs.
type Options struct {
	Candour string // the program candour
	Hugo    string // the program hugo, of the version that candour has as a library
	Work    string // a folder for corpora and outputs; it must be on the disk whose speed counts
	Sizes   []int  // numbers of pages, ascending
	Pairs   int    // measured pairs for each series, after one pair to warm up
	Saves   int    // saves measured with candour serve; 0 leaves it out
	Seed    uint64
	Estate  Estate // many sites at once; of none, it is left out
	Prints  int    // rounds of printing the starter's leaflets; 0 leaves it out

	// WriteHugoSite writes the copy of the content repository source that is already redacted for the public edition
	// into dir, with the same theme, as a site that the command hugo builds. See [run] for why it works in another process.
	WriteHugoSite func(ctx context.Context, source, dir string) error

	Progress io.Writer
}

// Run measures. On an error nothing is reported: half a comparison is none.
func Run(ctx context.Context, o Options) (*Report, error) {
	r := &Report{CPUs: runtime.NumCPU(), GoVersion: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH, Pairs: o.Pairs}
	var err error
	if o.Estate.Sites > 0 {
		dir := filepath.Join(o.Work, "estate")
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, err
		}
		if r.Estate, err = o.Estate.run(ctx, o.Candour, dir, o.Progress); err != nil {
			return nil, fmt.Errorf("many sites: %w", err)
		}
		if err := os.RemoveAll(dir); err != nil {
			return nil, err
		}
	}
	if o.Prints > 0 {
		if r.Prints, err = prints(ctx, o); err != nil {
			return nil, fmt.Errorf("printing: %w", err)
		}
	}
	if len(o.Sizes) == 0 {
		return r, nil
	}
	if r.Hugo, err = version(ctx, o.Hugo); err != nil {
		return nil, err
	}
	for _, pages := range o.Sizes {
		b := bench{o, Corpus{Pages: pages, Seed: o.Seed}, filepath.Join(o.Work, fmt.Sprint(pages))}
		size, err := b.measure(ctx)
		if err != nil {
			return nil, fmt.Errorf("%d pages: %w", pages, err)
		}
		r.Sizes = append(r.Sizes, size)
	}
	if o.Saves > 0 {
		b := bench{o, Corpus{Pages: o.Sizes[0], Seed: o.Seed}, filepath.Join(o.Work, "serve")}
		if err := b.corpus.Write(b.source()); err != nil {
			return nil, err
		}
		r.ServePages = b.corpus.Pages
		if r.Saves, err = b.saves(ctx); err != nil {
			return nil, fmt.Errorf("candour serve: %w", err)
		}
		b.say("%d saves measured", o.Saves)
	}
	return r, nil
}

// bench is one corpus in its folder.
type bench struct {
	Options
	corpus Corpus
	dir    string
}

func (b bench) source() string { return filepath.Join(b.dir, "source") }
func (b bench) plain() string  { return filepath.Join(b.dir, "plain") }

func (b bench) say(format string, args ...any) {
	fmt.Fprintf(b.Progress, "%6d pages: "+format+"\n", append([]any{b.corpus.Pages}, args...)...)
}

func (b bench) measure(ctx context.Context) (Size, error) {
	s := Size{Pages: b.corpus.Pages}
	if err := b.corpus.Write(b.source()); err != nil {
		return s, err
	}
	if err := b.WriteHugoSite(ctx, b.source(), b.plain()); err != nil {
		return s, fmt.Errorf("making the redacted copy for hugo: %w", err)
	}
	b.say("content is ready")
	if err := b.sameSite(ctx); err != nil {
		return s, err
	}

	fresh := func(round int) (Sample, error) { return b.inFresh(ctx, b.candour) }
	plain := func(round int) (Sample, error) { return b.inFresh(ctx, b.hugo) }
	var err error
	if s.Build, err = b.pairs("build", fresh, plain); err != nil {
		return s, err
	}

	kept := filepath.Join(b.dir, "kept")
	if _, err := b.candour(ctx, kept); err != nil {
		return s, err
	}
	again := func(round int) (Sample, error) {
		if err := b.corpus.Change(b.source(), b.corpus.Pages/2, fmt.Sprintf("rebuild number %d", round)); err != nil {
			return Sample{}, err
		}
		return b.candour(ctx, kept)
	}
	if s.Rebuild, err = b.pairs("rebuild", again, plain); err != nil {
		return s, err
	}
	return s, os.RemoveAll(b.dir)
}

// pairs measures A B, B A and so on, so that a slow minute of the machine falls on both, and a machine that grows slower
// favours neither. The first pair warms the caches and is dropped.
func (b bench) pairs(name string, candour, hugo func(round int) (Sample, error)) ([]Pair, error) {
	var out []Pair
	for round := range b.Pairs + 1 {
		var p Pair
		var err error
		measure := func(into *Sample, build func(round int) (Sample, error)) {
			if err == nil {
				*into, err = build(round)
			}
		}
		if round%2 == 0 {
			measure(&p.Hugo, hugo)
		}
		measure(&p.Candour, candour)
		if round%2 != 0 {
			measure(&p.Hugo, hugo)
		}
		if err != nil {
			return nil, err
		}
		if round == 0 {
			continue
		}
		out = append(out, p)
		b.say("%s %d of %d: candour %s, hugo %s", name, round, b.Pairs, seconds(p.Candour.Wall), seconds(p.Hugo.Wall))
	}
	return out, nil
}

// inFresh builds into a folder that is not there before and is gone after.
func (b bench) inFresh(ctx context.Context, build func(context.Context, string) (Sample, error)) (Sample, error) {
	out := filepath.Join(b.dir, "fresh")
	s, err := build(ctx, out)
	if e := os.RemoveAll(out); err == nil {
		err = e
	}
	return s, err
}

func (b bench) candour(ctx context.Context, out string) (Sample, error) {
	return run(ctx, b.source(), b.Candour, "build", "--source", b.source(), "--output", out, "--now", Clock, "--quiet")
}

func (b bench) hugo(ctx context.Context, out string) (Sample, error) {
	return run(ctx, b.plain(), b.Hugo, "--minify", "--quiet", "--noBuildLock", "--source", b.plain(), "--destination", out,
		"--cacheDir", filepath.Join(b.dir, "cache"))
}

// sameSite refuses to compare two programs that do not make the same pages.
func (b bench) sameSite(ctx context.Context) error {
	var pages [2]int
	for i, build := range []func(context.Context, string) (Sample, error){b.candour, b.hugo} {
		out := filepath.Join(b.dir, "count")
		if _, err := build(ctx, out); err != nil {
			return err
		}
		n, err := countPages(out)
		if err != nil {
			return err
		}
		pages[i] = n
		if err := os.RemoveAll(out); err != nil {
			return err
		}
	}
	if pages[0] != pages[1] || pages[0] < b.corpus.Pages {
		return fmt.Errorf("candour made %d pages and hugo %d, from a corpus of %d", pages[0], pages[1], b.corpus.Pages)
	}
	return nil
}

func countPages(dir string) (int, error) {
	n := 0
	err := filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(d.Name(), ".html") {
			n++
		}
		return err
	})
	return n, err
}
