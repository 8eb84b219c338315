package cli

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/text/unicode/norm"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/past"
	"candour/internal/publish"
)

func (a *app) buildCommand() *cobra.Command {
	var output, baseURL, browser string
	var leaveOut []string
	var withPrint bool
	var many estateFlags
	c := &cobra.Command{
		Use:   "build [--edition NAME] [--output DIR]",
		Short: "Build one edition's site",
		Long: `Builds one edition's site, audits every byte of it, and puts it into the output folder in one step:
a reader sees the old site or the new one, never a mixture. When anything is wrong the folder stays as it is.

With --estate it does so for every site of a list. A site that fails keeps the site that it had, the others
are published, and the exit code is that of the worst one.`,
		Example: `  candour build
  candour build --estate estate.toml --report report.html    many sites
  candour build --edition partners
  candour build --leave-out content/alerts/not-ready.md    tonight, without the page that is not ready`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := many.check(cmd); err != nil {
				return err
			}
			if many.file != "" {
				return a.buildEstate(cmd.Context(), &many)
			}
			opt, done, err := a.options()
			if err != nil {
				return err
			}
			defer done()
			opt.Load.BaseURL = baseURL
			if output == "" && cmd.Flags().Changed("output") {
				return usage("--output takes a folder; leave it out for the usual one")
			}
			dir := a.outputDir(output)
			if err := publish.CheckTarget(dir, a.sourceDir()); err != nil {
				return err
			}
			if opt.LeaveOut, err = a.pages(leaveOut); err != nil {
				return err
			}
			last := past.Open(a.cacheDir(), a.sourceDir(), a.edit, dir, past.Program())
			opt.Past = last
			remember := func() {}
			var out *build.Outcome
			if withPrint {
				if out, remember, err = a.withPrint(cmd.Context(), opt, dir, browser, last); err != nil || out == nil {
					return err
				}
			} else if out, err = a.checked(cmd.Context(), opt, a.nameLeaveOut); err != nil || out == nil {
				return err
			}
			if err := publish.CheckClearance(dir, out.Edition.Name, out.Edition.Clearance); err != nil {
				return err
			}
			result, err := build.Publish(cmd.Context(), out.Audited, dir, a.sourceDir(), a.program().Version, opt.Load.Now)
			if err != nil {
				return err
			}
			last.Remember(out.Rendered.Record(), out.Audited.Site())
			remember()
			if err := a.tell(out); err != nil {
				return err
			}
			for _, left := range result.Leftovers {
				a.say("note: the last site could not be removed entirely; delete %s when you can", a.short(left))
			}
			if a.format == "text" {
				a.say("%s: %d files written, %d unchanged, %d removed", a.short(dir), result.Written, result.Reused, result.Removed)
			}
			return nil
		},
	}
	c.Flags().StringVar(&output, "output", "", "the output folder (default: public/ in the source, editions/NAME/ for another edition)")
	c.Flags().StringVar(&baseURL, "base-url", "", "where the site will live, instead of base_url in candour.toml")
	c.Flags().BoolVar(&withPrint, "with-print", false, "make leaflets in the formats of their front matter and of [print] too, beside their pages")
	c.Flags().StringVar(&browser, "browser", "", "with --with-print: the Chrome, Edge or Chromium that makes PDF (default: one that is found)")
	c.Flags().StringArrayVar(&leaveOut, "leave-out", nil, "publish without this page; may be given more than once")
	many.add(c)
	return a.repository(c, true)
}

// checked builds a site that may be published. Nil without an error means that it may not, which has been told. Then goOn
// says how to go on where a single page is in the way.
func (a *app) checked(ctx context.Context, opt build.Options, goOn func(*build.Outcome)) (*build.Outcome, error) {
	out, err := build.Check(ctx, opt)
	if err != nil {
		a.tellBefore(out)
		return nil, err
	}
	if out.Audited == nil {
		err := a.tell(out)
		goOn(out)
		return nil, err
	}
	return out, nil
}

func (a *app) checkCommand() *cobra.Command {
	var leaveOut []string
	var verbose bool
	var baseURL string
	c := &cobra.Command{
		Use:   "check [--edition NAME]",
		Short: "Do everything but write the site",
		Long: `Reads, vets, redacts, renders and audits the site, and writes nothing. Every finding says where it is,
what is wrong and what to do; candour explain RULE says more.`,
		Example: `  candour check
  candour check --verbose                      how hard each page is to read, besides
  candour check --format sarif > findings.sarif`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt, done, err := a.options()
			if err != nil {
				return err
			}
			defer done()
			opt.Load.BaseURL = baseURL
			opt.Reading = verbose
			if opt.LeaveOut, err = a.pages(leaveOut); err != nil {
				return err
			}
			out, err := build.Check(cmd.Context(), opt)
			if err != nil {
				a.tellBefore(out)
				return err
			}
			err = a.tell(out)
			a.nameLeaveOut(out)
			return err
		},
	}
	c.Flags().BoolVar(&verbose, "verbose", false, "tell of every page its reading age and where its long sentences are")
	c.Flags().StringVar(&baseURL, "base-url", "", "where the site will live, instead of base_url in candour.toml")
	c.Flags().StringArrayVar(&leaveOut, "leave-out", nil, "check without this page; may be given more than once")
	return a.repository(c, true)
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no %q; see %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
	}
	return nil
}

// outputDir is where the edition goes: public/ in the source, editions/NAME/ for another; a given path is taken from the
// current folder.
func (a *app) outputDir(given string) string {
	switch {
	case given != "":
		return a.abs(given)
	case a.edit == "public":
		return filepath.Join(a.sourceDir(), "public")
	default:
		return filepath.Join(a.sourceDir(), "editions", a.edit)
	}
}

// pages turns PAGE arguments, paths from the current folder or from the source, into source files.
func (a *app) pages(args []string) ([]string, error) {
	var files []string
	for _, arg := range args {
		f, err := a.page(arg)
		if err != nil {
			if odd := a.oddity(arg); odd != "" {
				f, err = odd, nil
			}
		}
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// oddity is a path below content/ of something that is no page, such as a link to nowhere: a build can be done without it.
func (a *app) oddity(arg string) string {
	source := a.sourceDir()
	for _, try := range []string{a.abs(filepath.FromSlash(arg)), filepath.Join(source, filepath.FromSlash(arg))} {
		info, err := os.Lstat(try)
		if err != nil || info.Mode().IsRegular() || info.IsDir() {
			continue
		}
		if rel, err := filepath.Rel(source, try); err == nil && strings.HasPrefix(filepath.ToSlash(rel), "content/") {
			return filepath.ToSlash(rel)
		}
	}
	return ""
}

// page turns a PAGE argument into a source file: content/alerts/x.md, a folder with an index.md, or the same without .md.
func (a *app) page(arg string) (string, error) {
	source := a.sourceDir()
	slashed := filepath.FromSlash(strings.ReplaceAll(arg, `\`, "/"))
	for _, base := range []string{a.abs(slashed), filepath.Join(source, slashed)} {
		for _, try := range eitherForm(base, base+".md", filepath.Join(base, "index.md")) {
			info, err := os.Stat(try)
			if err != nil || !info.Mode().IsRegular() {
				continue
			}
			rel, err := filepath.Rel(source, try)
			if err != nil || strings.HasPrefix(rel, "..") {
				continue
			}
			rel = filepath.ToSlash(rel)
			if !strings.HasPrefix(rel, "content/") || !strings.HasSuffix(rel, ".md") {
				return "", usage("%s is not a page: pages are the .md files below content/", rel)
			}
			return rel, nil
		}
	}
	return "", usage("there is no page %s, looked for from the current folder and from the source", arg)
}

// eitherForm are paths as they are, and with accents in characters of their own or not: Macs write the former, keyboards the
// latter.
func eitherForm(paths ...string) []string {
	all := slices.Clone(paths)
	for _, p := range paths {
		for _, form := range []norm.Form{norm.NFC, norm.NFD} {
			if other := form.String(p); !slices.Contains(all, other) {
				all = append(all, other)
			}
		}
	}
	return all
}

// nameLeaveOut says how to publish the rest where a single page blocks the build.
func (a *app) nameLeaveOut(out *build.Outcome) {
	if file := a.inTheWay(out); file != "" {
		options := ""
		if a.source != "" {
			options += " --source " + shellQuote(a.source)
		}
		if a.edit != "public" {
			options += " --edition " + shellQuote(a.edit)
		}
		a.say("Only one page is in the way. To publish the rest without it: candour build%s --leave-out %s", options, shellQuote(file))
	}
}

// inTheWay is the page that all errors are of, or "".
func (a *app) inTheWay(out *build.Outcome) string {
	if a.format != "text" {
		return ""
	}
	file := ""
	for _, f := range out.Findings {
		if f.Severity != diag.Error {
			continue
		}
		// What cannot be typed as it is shown is not proposed.
		if file != "" && file != f.File || strings.Contains(f.File, `\`) || !strings.HasPrefix(f.File, "content/") || !strings.HasSuffix(f.File, ".md") {
			return ""
		}
		file = f.File
	}
	return file
}

func shellQuote(s string) string {
	if strings.ContainsAny(s, " '\"$`\\&|;<>()*?[]#~!") {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
	}
	return s
}

// short names a folder as the user would, from where they are.
func (a *app) short(dir string) string {
	if rel, err := filepath.Rel(a.env.Dir, dir); err == nil && !strings.HasPrefix(rel, "..") {
		return rel
	}
	return dir
}

// cacheDir is the user's cache folder, or "" where there is none.
func (a *app) cacheDir() string {
	for _, try := range []struct{ name, below string }{{"XDG_CACHE_HOME", ""}, {"LocalAppData", ""}, {"HOME", ".cache"}} {
		if dir := a.env.Getenv(try.name); filepath.IsAbs(dir) {
			return filepath.Join(dir, try.below)
		}
	}
	return ""
}
