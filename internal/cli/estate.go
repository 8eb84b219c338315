package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	candour "candour"
	"candour/internal/diag"
	"candour/internal/estate"
	"candour/internal/report"
)

// estateFlags are the options of candour build --estate.
type estateFlags struct {
	file    string
	shard   string
	reports []string
	memory  string
	workers int
}

func (f *estateFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.file, "estate", "", "build every site that this list names, such as estate.toml")
	c.Flags().StringVar(&f.shard, "shard", "", "with --estate: build part K of N only, as K/N; K counts from 0")
	c.Flags().StringArrayVar(&f.reports, "report", nil, "with --estate: write a report to this file, which ends in .html or .json; may be given more than once")
	c.Flags().StringVar(&f.memory, "memory", "2GiB", "with --estate: the memory that all builds together should stay within")
	c.Flags().IntVar(&f.workers, "workers", 0, "with --estate: how many sites are built at once (default: as processors and memory allow)")
}

// check refuses what does not go together.
func (f *estateFlags) check(c *cobra.Command) error {
	if f.file == "" {
		for _, name := range []string{"shard", "report", "memory", "workers"} {
			if c.Flags().Changed(name) {
				return usage("--%s goes with --estate", name)
			}
		}
		return nil
	}
	for _, name := range []string{"source", "edition", "output", "base-url", "leave-out", "with-print"} {
		if c.Flags().Changed(name) {
			return usage("--%s is for one site; with --estate the list says what is built, and each site's candour.toml how", name)
		}
	}
	return nil
}

func (a *app) buildEstate(ctx context.Context, f *estateFlags) error {
	if !slices.Contains(report.Formats(), a.format) {
		return usage("--format is text, json, github or sarif")
	}
	now, err := a.clock()
	if err != nil {
		return err
	}
	opt := estate.Options{Now: now, Version: candour.Version, Store: a.store()}
	if f.shard != "" {
		if opt.Shard, err = estate.ParseShard(f.shard); err != nil {
			return usage("--shard %v", err)
		}
	}
	memory, err := parseSize(f.memory)
	if err != nil {
		return usage("--memory takes a size such as 2GiB or 800MiB, 256MiB at least")
	}
	if f.workers < 0 || f.workers > 1024 {
		return usage("--workers takes a number from 1 to 1024")
	}
	file := a.abs(f.file)
	e, found, err := estate.Read(file)
	if errors.Is(err, fs.ErrNotExist) {
		return usage("there is no %s; docs/format.md says how to write one", a.short(file))
	}
	if err != nil {
		return err
	}
	if e == nil {
		a.tellEstate(found, estateSummary{})
		a.code = exitUsage
		return nil
	}
	reports, err := a.reportFiles(f.reports, e)
	if err != nil {
		return err
	}
	opt.Dir = filepath.Dir(file)
	a.share(&opt, memory, f.workers)

	var all diag.List
	var sum estateSummary
	opt.Each = func(n, of int, job estate.Job, d estate.Done) {
		placed := d.Placed(job)
		all.Add(placed...)
		sum.pages += d.Edition.Pages
		sum.files += d.Edition.Files
		sum.withheld += d.Withheld
		if a.format == "text" {
			a.jobDone(n, of, job, d, placed)
		}
	}
	r, more, err := estate.Run(ctx, e, opt)
	if err != nil {
		return err
	}
	for _, w := range reports {
		if err := w(r); err != nil {
			return err
		}
	}
	a.code = r.Exit
	if n := r.Totals.Stopped; n > 0 {
		fmt.Fprintf(a.env.Stderr, "candour: stopped with %d of %d sites not built; those are as they were, and the others as this run made them\n", n, r.Totals.Sites)
	}
	if a.format != "text" {
		all.Add(more...)
		a.tellEstate(all, sum)
		return nil
	}
	a.tellEstate(more, estateSummary{quiet: true})
	a.sayTotals(r)
	return nil
}

type estateSummary struct {
	pages, files, withheld int
	quiet                  bool // no line of totals
}

// share settles how many sites are built at once, and what each build may use.
func (a *app) share(opt *estate.Options, memory int64, workers int) {
	const least = 256 << 20
	cpus := runtime.GOMAXPROCS(0)
	if workers == 0 {
		workers = int(min(int64(cpus), memory/least))
	}
	opt.Workers, opt.Memory = max(workers, 1), memory
	builder := &estate.Builder{Program: a.program(), Store: opt.Store, Cache: a.cacheDir()}
	if a.env.Worker == nil {
		opt.Start = func() (estate.Worker, error) { return estate.Here{Builder: builder}, nil }
		return
	}
	heap, held := workerRest(opt.Workers, memory)
	opt.Held = held
	opt.Start = func() (estate.Worker, error) {
		cmd, err := a.env.Worker("estate", "worker")
		if err != nil {
			return nil, err
		}
		cmd.Env = append(cmd.Env, workerSettings(a.env.Getenv, opt.Workers, cpus, heap)...)
		return estate.Process(cmd)
	}
}

// jobDone tells of a job: a count, what came of it, and its findings below.
func (a *app) jobDone(n, of int, job estate.Job, d estate.Done, placed diag.List) {
	if !a.quiet || d.Exit != exitDone {
		width := len(strconv.Itoa(of))
		fmt.Fprintf(a.env.Stderr, "[%*d/%d] %s, %s: %s\n", width, n, of, job.Site, job.Edition, d.Said)
		if d.Hint != "" {
			fmt.Fprintf(a.env.Stderr, "  hint: %s\n", d.Hint)
		}
	}
	for _, left := range d.Left {
		a.say("note: the last site could not be removed entirely; delete %s when you can", a.short(left))
	}
	a.tellEstate(placed, estateSummary{quiet: true})
}

// tellEstate writes findings in the format asked for.
func (a *app) tellEstate(found diag.List, sum estateSummary) {
	r := report.Report{Edition: "all"}
	r.Summary.Errors, r.Summary.Warnings, r.Summary.Notices = found.Count(diag.Error), found.Count(diag.Warning), found.Count(diag.Notice)
	r.Summary.Pages, r.Summary.Files, r.Summary.Withheld = sum.pages, sum.files, sum.withheld
	r.Findings = found
	if a.format != "text" {
		r.Findings.Sort()
		_ = report.Write(a.env.Stdout, a.format, r, false)
		return
	}
	if a.quiet {
		r.Findings = slices.DeleteFunc(slices.Clone(found), func(f diag.Finding) bool { return f.Severity != diag.Error })
	}
	if len(r.Findings) > 0 {
		_ = report.WriteFindings(a.env.Stderr, r.Findings, a.colour())
	}
}

func (a *app) sayTotals(r *estate.Report) {
	t := r.Totals
	parts := []string{fmt.Sprintf("%d of %d published", t.Sites-t.Failed, t.Sites)}
	for _, p := range []struct {
		n    int
		what string
	}{{t.Behind, "without the latest pack"}, {t.Overdue, "with overdue reviews"}, {t.Unsigned, "with unsigned pages"}} {
		if p.n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.what))
		}
	}
	a.say("sites: %s", strings.Join(parts, ", "))
}

// reportFiles checks where reports go, before anything is built, and returns what writes them. One inside a site would
// be published.
func (a *app) reportFiles(names []string, e *estate.Estate) ([]func(*estate.Report) error, error) {
	var out []func(*estate.Report) error
	for _, given := range names {
		name := a.abs(given)
		ext := strings.ToLower(filepath.Ext(name))
		if ext != ".html" && ext != ".json" {
			return nil, usage("--report takes a file that ends in .html or .json")
		}
		if info, err := os.Stat(filepath.Dir(name)); err != nil || !info.IsDir() {
			return nil, usage("there is no folder %s for the report", a.short(filepath.Dir(name)))
		}
		for _, s := range e.Sites {
			if within(name, filepath.Join(s.Dir, "static")) {
				return nil, usage("a report in the static folder of %s would be published; give another place", s.Name)
			}
			for _, ed := range s.Editions {
				if within(name, ed.Output) {
					return nil, usage("a report in the output of %s would be published; give another place", s.Name)
				}
			}
		}
		out = append(out, func(r *estate.Report) error { return a.writeReport(name, r) })
	}
	return out, nil
}

func within(name, dir string) bool {
	rel, err := filepath.Rel(dir, name)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (a *app) writeReport(name string, r *estate.Report) error {
	data, err := r.JSON()
	if strings.EqualFold(filepath.Ext(name), ".html") {
		var b bytes.Buffer
		err = r.HTML(&b)
		data = b.Bytes()
	}
	if err != nil {
		return err
	}
	if err := a.replaceFile(name, data); err != nil {
		return err
	}
	if a.format == "text" {
		a.say("%s: written", a.short(name))
	}
	return nil
}

// parseSize reads 2GiB, 800MiB or a number of bytes.
func parseSize(s string) (int64, error) {
	unit := int64(1)
	number := s
	for suffix, u := range map[string]int64{"GiB": 1 << 30, "MiB": 1 << 20, "GB": 1e9, "MB": 1e6} {
		if n, ok := strings.CutSuffix(s, suffix); ok {
			number, unit = strings.TrimSpace(n), u
		}
	}
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || n < 1 || n > (1<<50)/unit || n*unit < 256<<20 {
		return 0, fmt.Errorf("no size")
	}
	return n * unit, nil
}

func (a *app) estateCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "estate COMMAND",
		Short: "Join the reports of many sites' builds",
		Long: `candour build --estate estate.toml builds every site of a list. On more than one machine each builds a
part of it with --shard, and candour estate merge joins their reports.`,
		Example: `  candour build --estate estate.toml --report report.html
  candour build --estate estate.toml --shard 0/4 --report shard-0.json
  candour estate merge shard-*.json --report report.html`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("there is no command %q%s; see candour estate --help", args[0], suggest(cmd, args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	c.AddCommand(a.estateMerge(), a.estateWorker())
	return c
}

func (a *app) estateMerge() *cobra.Command {
	var reports []string
	c := &cobra.Command{
		Use:   "merge FILE… --report FILE",
		Short: "Join the JSON reports of all shards into one",
		Long: `Joins the reports that the shards of one run wrote in JSON into the report that one run over all sites
would have written. It refuses reports of different lists, times or versions, and names a shard that is
missing. The exit code is that of the worst site.`,
		Example: "  candour estate merge shard-0.json shard-1.json --report report.html --report report.json",
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usage("name the reports of the shards; see candour estate merge --help")
			}
			if len(reports) == 0 {
				return usage("say with --report where the joined report goes")
			}
			a.format = "text"
			write, err := a.reportFiles(reports, &estate.Estate{})
			if err != nil {
				return err
			}
			var parts []*estate.Report
			for _, name := range args {
				data, err := os.ReadFile(a.abs(name))
				if err != nil {
					return usage("%s cannot be read (%s)", name, cause(err))
				}
				r, err := estate.ParseReport(data)
				if err != nil {
					return usage("%s %v", name, err)
				}
				parts = append(parts, r)
			}
			r, err := estate.Merge(parts, args)
			if err != nil {
				return usage("%v", err)
			}
			for _, w := range write {
				if err := w(r); err != nil {
					return err
				}
			}
			a.code = r.Exit
			a.sayTotals(r)
			return nil
		},
	}
	c.Flags().StringArrayVar(&reports, "report", nil, "write the joined report to this file, which ends in .html or .json; may be given more than once")
	c.Flags().BoolVar(&a.quiet, "quiet", false, "say only what is wrong")
	return c
}

// estateWorker is what candour build --estate starts: it is spoken to in JSON over its standard input.
func (a *app) estateWorker() *cobra.Command {
	return &cobra.Command{
		Use: "worker", Short: "Build what standard input asks for", Hidden: true, Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			tuneWorker(a.env.Getenv)
			// A second signal does not end it as it ends other commands. Ctrl-C reaches a worker from the terminal and from the run
			// that started it, and a worker that went before it told would leave a site published of which the report says that it is not.
			heard := make(chan os.Signal, 1)
			signal.Notify(heard, os.Interrupt, syscall.SIGTERM)
			defer signal.Stop(heard)
			b := &estate.Builder{Program: a.program(), Store: a.store(), Cache: a.cacheDir()}
			return estate.Serve(cmd.Context(), a.env.Stdin, a.env.Stdout, b)
		},
	}
}

// ownWorker starts this program again.
func ownWorker(args ...string) (*exec.Cmd, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(self, args...)
	cmd.Env = os.Environ()
	return cmd, nil
}
