package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/past"
	"candour/internal/printing"
	"candour/internal/publish"
)

// printFlags are the options of print.
type printFlags struct {
	output, baseURL            string
	formats, papers, languages []string
	leaveOut, set              []string
	jobs                       int
	browser                    string
	sheets                     printing.Sheets
}

func (a *app) printCommand() *cobra.Command {
	var f printFlags
	c := &cobra.Command{
		Use:   "print [LEAFLET…] [--format NAMES] [--paper NAMES] [--language CODES]",
		Short: "Make leaflets in other formats",
		Long: `Makes leaflets in formats that people can hold, hear or feel: the site is built and audited as for
candour build, each format is made from the audited page, and each is audited again before it is written.
A leaflet is named by its slug, as out-tonight, or by its file. Without names every leaflet is made;
without --format, in the formats that its front matter and [print] in candour.toml ask for.

Formats: ` + strings.Join(printing.Names(), ", ") + `.
"pdf" stands for the sizes of paper, "all" for everything. What cannot be made is told, the rest is made.`,
		Example: `  candour print
  candour print out-tonight --format text,epub
  candour print toilets-poster --set "find-staff-at=The bar"
  candour print --language cy --format braille --output for-the-embosser`,
		RunE: func(cmd *cobra.Command, args []string) error { return a.print(cmd.Context(), args, f) },
	}
	c.Flags().StringSliceVar(&f.formats, "format", nil, "the formats, with commas between them")
	c.Flags().StringSliceVar(&f.papers, "paper", nil, "the sizes of paper: a4, a5, a6 or a3")
	c.Flags().StringSliceVar(&f.languages, "language", nil, "only leaflets in these languages, as cy,pl")
	c.Flags().StringArrayVar(&f.set, "set", nil, "fill in a contact of the leaflets, as duty-manager=\"Sam, radio 4\"; may be given more than once")
	c.Flags().IntVar(&f.jobs, "jobs", 0, "how many to make at once (default: one a processor)")
	c.Flags().StringVar(&f.browser, "browser", "", "the Chrome, Edge or Chromium that makes PDF (default: one that is found)")
	c.Flags().IntVar(&f.sheets.Copies, "copies-per-sheet", 0, "for a printer: 2 or 4 copies of each page on one sheet, as two A5 on A4")
	c.Flags().BoolVar(&f.sheets.Booklet, "booklet", false, "for a printer: pages in the order of a folded booklet, as A5 from A4")
	c.Flags().BoolVar(&f.sheets.Marks, "crop-marks", false, "for a printer: marks that show where to cut")
	c.Flags().Float64Var(&f.sheets.Bleed, "bleed", 0, "for a printer, with --crop-marks: millimetres around each sheet that may be cut into")
	c.Flags().StringVar(&f.output, "output", "", "the folder for the files (default: print/ in the source, print/NAME/ for another edition)")
	c.Flags().StringVar(&f.baseURL, "base-url", "", "where the site lives, instead of base_url in candour.toml")
	c.Flags().StringArrayVar(&f.leaveOut, "leave-out", nil, "build without this page; may be given more than once")
	return a.repository(c, false)
}

func (a *app) print(ctx context.Context, args []string, f printFlags) error {
	a.format = "text" // of findings
	wish, err := printing.Parse(f.formats, f.papers)
	if err != nil {
		return usage("%v", err)
	}
	if err := f.sheets.Check(); err != nil {
		return usage("%v", err)
	}
	opt, done, err := a.options()
	if err != nil {
		return err
	}
	defer done()
	opt.Load.BaseURL = f.baseURL
	if opt.LeaveOut, err = a.pages(f.leaveOut); err != nil {
		return err
	}
	if opt.Set, err = pairs(f.set); err != nil {
		return err
	}
	dir := a.printDir(f.output)
	if err := publish.CheckBeside(dir, a.sourceDir()); err != nil {
		return err
	}
	last := a.printPast(dir, a.outputDir(""), nil)
	last.use(&opt)
	out, err := a.checked(ctx, opt, func(out *build.Outcome) {
		if file := a.inTheWay(out); file != "" {
			a.say("Only one page is in the way. To print without it, add: --leave-out %s", shellQuote(file))
		}
	})
	if err != nil || out == nil {
		return err
	}
	if err := printing.CheckEdition(dir, out.Edition.Name, out.Edition.Clearance); err != nil {
		return err
	}
	current := printing.Pages(out.Audited)
	pages, err := printing.Select(current, args, f.languages, out.Config.PrimaryLanguage())
	if err != nil {
		var wrong *printing.UsageError
		if errors.As(err, &wrong) {
			return usage("%v", err)
		}
		return err
	}
	result, err := printing.Make(ctx, printing.Options{Watch: out.Watch, Audited: out.Audited, Pages: pages, Wish: wish, Earlier: last, Site: out.Config.Print.Formats, Jobs: f.jobs, Browser: f.browser, Sheets: f.sheets, Clock: opt.Load.Now, Progress: a.progress()})
	if err != nil {
		return err
	}
	written, err := printing.Write(ctx, printing.Folder{Dir: dir, Edition: out.Edition.Name, Clearance: out.Edition.Clearance, Current: current,
		Fit: func(ctx context.Context, f output.File) (bool, error) {
			made, _, err := out.Watch.Made(ctx, out.Audited, f)
			return made != nil, err
		}}, result.Made)
	if err != nil {
		return err
	}
	last.folder.Add(result.Record())
	last.keep(out, len(opt.Set) > 0, wish.Own && len(args)+len(f.languages) == 0)
	return a.tellPrinted(dir, result, written)
}

// tellPrinted says what was made, and settles the exit code by what was not.
func (a *app) tellPrinted(dir string, result *printing.Result, written printing.Written) error {
	out := &build.Outcome{Findings: result.Found}
	for _, finding := range result.Found {
		if !a.quiet || finding.Severity == diag.Error {
			fmt.Fprintln(a.env.Stderr, finding.String())
		}
	}
	switch {
	case out.Findings.Has(diag.Leak):
		a.code = exitLeak
	case result.Machine:
		a.code = exitMachine
	case out.Findings.HasErrors():
		a.code = exitContent
	}
	removed := 0
	for _, gone := range written.Away {
		file := a.short(filepath.Join(dir, gone.Name))
		if gone.Kept {
			fmt.Fprintf(a.env.Stderr, "%s was left: %s. Look at it, and delete it\n", file, gone.Why)
			continue
		}
		removed++
		a.say("removed %s: %s", file, gone.Why)
	}
	if len(written.Unlisted) > 0 {
		a.say("note: %s has files that no list of print names: %s. Delete those of leaflets that are not given out any more; print does so from now on with its own", a.short(dir), strings.Join(written.Unlisted, ", "))
	}
	if len(result.Made)+removed == 0 && !out.Findings.HasErrors() {
		a.say("there is nothing to make: no leaflet names a format; give --format, as --format text,epub")
		return nil
	}
	if removed > 0 {
		a.say("%s: %d files written, %d unchanged, %d removed", a.short(dir), written.Files, written.Unchanged, removed)
	} else {
		a.say("%s: %d files written, %d unchanged", a.short(dir), written.Files, written.Unchanged)
	}
	if n := out.Findings.Count(diag.Error); n > 0 {
		a.say("not everything could be made: see above")
	}
	return nil
}

// printDir is where the files go: print/ in the source, print/NAME/ for another edition than the public one.
func (a *app) printDir(given string) string {
	switch {
	case given != "":
		return a.abs(given)
	case a.edit == "public":
		return filepath.Join(a.sourceDir(), "print")
	}
	return filepath.Join(a.sourceDir(), "print", a.edit)
}

// progress says on a terminal how much is done and how long the rest will take; nil anywhere else.
func (a *app) progress() func(done, of int) {
	if !a.env.Terminal || a.quiet {
		return nil
	}
	start := a.env.Clock()
	return func(done, of int) {
		if done == of {
			fmt.Fprint(a.env.Stderr, "\r\x1b[K")
			return
		}
		left := a.env.Clock().Sub(start) / time.Duration(done) * time.Duration(of-done)
		fmt.Fprintf(a.env.Stderr, "\r\x1b[K%d of %d made, about %s left", done, of, left.Round(time.Second))
	}
}

// pairs reads --set KEY=VALUE.
func pairs(args []string) (map[string]string, error) {
	set := map[string]string{}
	for _, arg := range args {
		key, value, ok := strings.Cut(arg, "=")
		if key = strings.TrimSpace(key); !ok || key == "" || strings.TrimSpace(value) == "" {
			return nil, usage("--set takes a contact and what to write there, as --set duty-manager=\"Sam, radio 4\"")
		}
		if _, twice := set[key]; twice {
			return nil, usage("--set %s is given twice", key)
		}
		if len(value) > 200 || strings.ContainsFunc(value, func(r rune) bool { return r < ' ' }) {
			return nil, usage("--set %s takes one line of at most 200 characters", key)
		}
		set[key] = value
	}
	return set, nil
}

// withPrint makes the formats of an audited site's leaflets, then the site again with them and with pages that list them.
// Nil without an error means that something could not be made, which has been told: nothing is published then. published is
// what the site of the folder was made from. remember writes down what was printed, once that is published.
func (a *app) withPrint(ctx context.Context, opt build.Options, dir, browser string, published *past.Disk) (with *build.Outcome, remember func(), err error) {
	last := a.printPast(a.printDir(""), dir, published)
	last.use(&opt)
	out, err := a.checked(ctx, opt, a.nameLeaveOut)
	if err != nil || out == nil {
		return nil, nil, err
	}
	if err := publish.CheckClearance(dir, out.Edition.Name, out.Edition.Clearance); err != nil {
		return nil, nil, err
	}
	result, err := printing.Make(ctx, printing.Options{Watch: out.Watch, Audited: out.Audited, Pages: printing.Pages(out.Audited), Wish: printing.Wish{Own: true},
		Earlier: last, Site: out.Config.Print.Formats, Clock: opt.Load.Now, Browser: browser, Progress: a.progress()})
	if err != nil {
		return nil, nil, err
	}
	if result.Found.HasErrors() {
		out.Findings.Add(result.Found...)
		err := a.tell(out)
		if result.Machine && a.code != exitLeak {
			a.code = exitMachine
		}
		return nil, nil, err
	}
	opt.Offers, opt.Past = result.Offers(), published
	again, err := build.Check(ctx, opt)
	if err != nil {
		return nil, nil, err
	}
	again.Findings.Add(result.Found...)
	if again.Audited == nil {
		return nil, nil, a.tell(again)
	}
	return again, func() {
		last.site.Add(result.RecordOnSite())
		last.keep(out, false, false)
	}, nil
}
