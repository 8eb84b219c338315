// Command candour-bench measures candour against plain Hugo and prints the figures that docs/performance.md keeps.
//
//	go run ./internal/bench/candour-bench [-sizes 1000,10000] [-pairs 5] [-saves 20] [-sites 103] [-site-pages 60] [-prints 3] [-work DIR]
//
// It builds both programs from the go.mod of the folder that it is started in. Exit code: 0 measured, whatever the figures
// say; 1 not measured.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"candour/internal/bench"
	"candour/internal/render"
)

func main() { os.Exit(command(os.Args[1:])) }

func command(args []string) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := start(ctx, args); err != nil {
		fmt.Fprintln(os.Stderr, "candour-bench:", err)
		return 1
	}
	return 0
}

func start(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("candour-bench", flag.ContinueOnError)
	sizes := flags.String("sizes", "1000,10000", "numbers of pages to measure against hugo with; empty for none")
	pairs := flags.Int("pairs", 5, "measured pairs a series")
	saves := flags.Int("saves", 20, "saves measured with candour serve; 0 for none")
	seed := flags.Uint64("seed", 1, "seed of the content")
	work := flags.String("work", "", "folder to work in, on the disk whose speed counts (default: a temporary one)")
	sites := flags.Int("sites", 103, "sites of the estate; 0 for none")
	prints := flags.Int("prints", 0, "rounds of printing the starter's leaflets, which takes a browser; 0 for none")
	sitePages := flags.Int("site-pages", 60, "pages of each of them")
	only := flags.String("only-corpus", "", "write the content of the first size into this folder and stop")
	onlyEstate := flags.String("only-estate", "", "write the estate into this folder, which is there, and stop")
	redact := flags.Bool("write-hugo-site", false, "write the redacted copy of SOURCE into DIR for hugo and stop; the arguments are SOURCE DIR")
	if err := flags.Parse(args); err != nil {
		return err
	}
	if *redact {
		if flags.NArg() != 2 {
			return fmt.Errorf("-write-hugo-site takes SOURCE and DIR")
		}
		return writeHugoSite(ctx, flags.Arg(0), flags.Arg(1))
	}
	o := bench.Options{Pairs: *pairs, Saves: *saves, Seed: *seed, Prints: *prints, Progress: os.Stderr, WriteHugoSite: inOtherProcess}
	if *sites > 0 {
		if *sitePages < 6 {
			return fmt.Errorf("-site-pages takes 6 or more")
		}
		o.Estate = bench.Estate{Sites: *sites, Pages: *sitePages, Seed: *seed}
	}
	for s := range strings.SplitSeq(*sizes, ",") {
		if *sizes == "" {
			break
		}
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 1 {
			return fmt.Errorf("-sizes: %q is no number of pages", s)
		}
		o.Sizes = append(o.Sizes, n)
	}
	slices.Sort(o.Sizes)
	if o.Pairs < 1 || o.Saves < 0 || o.Prints < 0 {
		return fmt.Errorf("-pairs takes 1 or more, -saves and -prints 0 or more")
	}
	if *only != "" && len(o.Sizes) == 0 {
		return fmt.Errorf("-only-corpus needs -sizes")
	}
	if len(o.Sizes) == 0 {
		o.Saves = 0
	}
	if *only != "" {
		return bench.Corpus{Pages: o.Sizes[0], Seed: o.Seed}.Write(*only)
	}

	temp, err := os.MkdirTemp(*work, "candour-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	if o.Work, err = filepath.Abs(temp); err != nil {
		return err
	}
	if o.Candour, err = compile(ctx, o.Work, "candour", "./cmd/candour"); err != nil {
		return err
	}
	if *onlyEstate != "" {
		dir, err := filepath.Abs(*onlyEstate)
		if err != nil {
			return err
		}
		return o.Estate.Write(ctx, o.Candour, dir)
	}
	if len(o.Sizes) == 0 {
		return measure(ctx, o)
	}
	if o.Hugo, err = compile(ctx, o.Work, "hugo", render.Module); err != nil {
		return err
	}
	return measure(ctx, o)
}

func measure(ctx context.Context, o bench.Options) error {
	report, err := bench.Run(ctx, o)
	if err != nil {
		return err
	}
	return report.Print(os.Stdout)
}

// compile makes a program from the go.mod here.
func compile(ctx context.Context, dir, name, pkg string) (string, error) {
	program := filepath.Join(dir, name)
	cmd := exec.CommandContext(ctx, "go", "build", "-o", program, pkg)
	cmd.Stderr = os.Stderr
	if err := cmd.Run(); err != nil {
		return "", fmt.Errorf("go build %s: %w", pkg, err)
	}
	return program, nil
}

// inOtherProcess makes the redacted copy in a process of its own: the engine's memory would else be counted against every
// build that is measured after it.
func inOtherProcess(ctx context.Context, source, dir string) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, self, "-write-hugo-site", source, dir)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}
