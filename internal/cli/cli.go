// Package cli is the command line: one file per command.
//
// Reach for [Run], which the program and the tests share: it touches nothing of the process but what [Env] hands it, and
// returns the exit code.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"aead.dev/minisign"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	candour "candour"
	"candour/data"
	"candour/internal/build"
	"candour/internal/deploy"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/parallel"
	"candour/internal/publish"
	"candour/internal/report"
	"candour/themes"
)

// Exit codes: contract, section 6.
const (
	exitDone    = 0
	exitContent = 1 // the content has errors
	exitUsage   = 2 // wrong usage or configuration
	exitLeak    = 3 // a leak was found
	exitMachine = 4 // the machine failed us
)

// Env is what a command may touch of the world.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Dir            string // the current folder
	Getenv         func(string) string
	Clock          func() time.Time
	Sized          func(bytes int) // told how much content a command is about to work on; may be nil
	Terminal       bool            // whether Stderr is one
	Asks           bool            // whether somebody answers questions: Stdin is a terminal
	// OpenKey decrypts a private key, which takes a second on purpose; nil for minisign.DecryptKey.
	OpenKey func(passphrase string, sealed []byte) (minisign.PrivateKey, error)
	// OpenBucket opens a bucket of a cloud by its address; nil in a program without clients for clouds.
	OpenBucket func(ctx context.Context, address string) (deploy.Bucket, error)
	// Worker makes the command that starts this program again with other arguments; nil builds many sites in this process.
	Worker func(args ...string) (*exec.Cmd, error)
	// Grace is how long a deploy leaves styles and scripts that are gone; Beat and Stale are those of its lock. Zero for
	// deploy's own.
	Grace, Beat, Stale time.Duration
}

// Main runs the program in this process.
func Main(args []string) int { return MainWith(args, nil) }

// MainWith is Main for a program that has clients for clouds: open opens a bucket.
func MainWith(args []string, open func(ctx context.Context, address string) (deploy.Bucket, error)) int {
	sized := tuneMemory(os.Getenv)
	noCoreDumps()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program wherever it is
	dir, err := os.Getwd()
	if err != nil {
		fmt.Fprintln(os.Stderr, "candour: the current folder cannot be found")
		return exitMachine
	}
	info, _ := os.Stderr.Stat()
	return Run(ctx, args, Env{OpenBucket: open, Sized: sized, Worker: ownWorker, Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Dir: dir, Getenv: os.Getenv, Clock: time.Now, Asks: terminalInput(),
		Terminal: info != nil && info.Mode()&fs.ModeCharDevice != 0})
}

// Run carries out one command.
func Run(ctx context.Context, args []string, env Env) int {
	a := &app{env: env}
	root := a.root()
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	tidyBuiltIn(root)
	return a.exit(ctx, a.carryOut(ctx, root))
}

// carryOut ends in an error where the program met a fault of its own: what was published stays, and nothing is half-written.
func (a *app) carryOut(ctx context.Context, root *cobra.Command) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = parallel.Caught(p)
		}
	}()
	return root.ExecuteContext(ctx)
}

// app is one run of the program.
type app struct {
	env  Env
	code int // set by a command that failed for a reason that its findings tell

	source string
	now    string
	edit   string
	quiet  bool
	format string
}

// failure is an error with its exit code.
type failure struct {
	code int
	err  error
}

func (f *failure) Error() string { return f.err.Error() }
func (f *failure) Unwrap() error { return f.err }

func usage(format string, args ...any) error {
	return &failure{exitUsage, fmt.Errorf(format, args...)}
}

// exit tells what went wrong and settles the exit code.
func (a *app) exit(ctx context.Context, err error) int {
	if err == nil {
		return a.code
	}
	code := exitMachine
	var f *failure
	var target *publish.TargetError
	switch {
	case errors.As(err, &f):
		code = f.code
	case errors.Is(err, load.ErrUsage), errors.As(err, &target):
		code = exitUsage
	case ctx.Err() != nil:
		err = errors.New("stopped; the output folder is as it was")
	}
	var fault *parallel.Fault
	text := strings.TrimPrefix(err.Error(), load.ErrUsage.Error()+": ")
	if errors.Is(err, load.ErrNoSite) {
		where := "this folder"
		if a.source != "" && a.source != "." {
			where = a.source
		}
		text = "there is no candour.toml in " + where + "; make a content repository with candour init DIR, or name one with --source DIR"
	}
	if text != "" {
		fmt.Fprintln(a.env.Stderr, "candour: "+text)
	}
	hint := machineHint(err)
	switch {
	case errors.As(err, &fault):
		hint = "report this line and what candour version says; no content is in them"
		if strings.HasPrefix(fault.Thing, "content/") {
			hint = "publish the rest meanwhile with --leave-out " + fault.Thing + ", and " + hint
		}
	case target != nil:
		hint = target.Hint
	}
	if hint != "" {
		fmt.Fprintln(a.env.Stderr, "  hint: "+hint)
	}
	return code
}

// machineHint says what to do about what the machine would not let us do.
func machineHint(err error) string {
	switch {
	case errors.Is(err, syscall.ENOSPC):
		return "the disk is full: make room and run the command again; what was there before is as it was"
	case errors.Is(err, fs.ErrPermission):
		return "ask for the right to read and write there, or give another folder; what was there before is as it was"
	}
	return ""
}

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "candour",
		Short: "Publish plans and harm-reduction materials without publishing what would put people at risk",
		Long: `Candour compiles a content repository into accessible static sites, one per edition, and proves
that nothing an edition is not cleared for is in any byte of it.

An alert must go out now, and something blocks it?
  candour check                         says what, where, and how to pass it honestly
  candour build --leave-out PAGE        publishes the rest without a page that is not ready
  candour withdraw PAGE --reason TEXT   takes an alert back; needs nobody's signature
  candour explain RULE                  says what a finding means`,
		Example: `  candour init my-site        a starter to try things on
  candour check               everything but writing the site
  candour build               the public site, in public/
  candour serve               a preview in your browser`,
		SilenceErrors: true, SilenceUsage: true, Version: candour.Version,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("there is no command %q%s; see candour --help", args[0], suggest(cmd, args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		near := ""
		if name, ok := strings.CutPrefix(err.Error(), "unknown flag: --"); ok {
			var known []string
			cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
			if n := nearmiss.Nearest(name, known); n != "" {
				near = fmt.Sprintf("; did you mean --%s?", n)
			}
		}
		return usage("%v%s; see %s --help", err, near, cmd.CommandPath())
	})
	root.SetVersionTemplate("candour {{.Version}}\n")
	root.InitDefaultVersionFlag()
	root.Flags().Lookup("version").Usage = "print the version"
	root.SetHelpTemplate(helpTemplate)
	root.SetUsageTemplate(helpTemplate)
	root.AddGroup(&cobra.Group{ID: "site", Title: "Make the site:"}, &cobra.Group{ID: "content", Title: "Write and sign off:"}, &cobra.Group{ID: "learn", Title: "Understand:"})
	for _, c := range []*cobra.Command{a.buildCommand(), a.checkCommand(), a.serveCommand(), a.printCommand(), a.deployCommand(), a.verifyCommand(), a.initCommand(), a.estateCommand()} {
		c.GroupID = "site"
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{a.newCommand(), a.approveCommand(), a.withdrawCommand(), a.packCommand()} {
		c.GroupID = "content"
		root.AddCommand(c)
	}
	for _, c := range []*cobra.Command{a.reviewCommand(), a.explainCommand(), a.versionCommand()} {
		c.GroupID = "learn"
		root.AddCommand(c)
	}
	a.complete(root)
	root.SetHelpCommandGroupID("learn")
	root.SetCompletionCommandGroupID("learn")
	return root
}

// suggest names the command that somebody meant to type. The library's own search is for a slip of one letter at most.
func suggest(cmd *cobra.Command, word string) string {
	var known []string
	for _, c := range cmd.Commands() {
		if c.IsAvailableCommand() {
			known = append(known, c.Name())
		}
	}
	return nearmiss.Suffix(word, known)
}

const helpTemplate = `{{with (or .Long .Short)}}{{. | trimTrailingWhitespaces}}

{{end}}{{if or .Runnable .HasSubCommands}}Usage:
  {{if .Runnable}}{{.UseLine}}{{end}}{{if .HasAvailableSubCommands}}{{if .Runnable}}
  {{end}}{{.CommandPath}} COMMAND{{end}}
{{end}}{{if .HasExample}}
Example:
{{.Example}}
{{end}}{{if .HasAvailableSubCommands}}{{$cmds := .Commands}}{{range $group := .Groups}}
{{.Title}}{{range $cmds}}{{if (and (eq .GroupID $group.ID) (or .IsAvailableCommand (eq .Name "help")))}}
  {{rpad .Name .NamePadding }} {{.Short}}{{end}}{{end}}
{{end}}{{end}}{{if .HasAvailableLocalFlags}}
Options:
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}
Exit codes: 0 done; 1 the content has errors; 2 wrong usage or configuration; 3 a leak was found;
4 the machine failed (disk, permissions). On anything but 0, what was not finished is as it was.
`

// repository adds the options of every command that reads a repository.
func (a *app) repository(c *cobra.Command, format bool) *cobra.Command {
	c.Flags().StringVar(&a.source, "source", "", "the content repository (default: the current folder)")
	c.Flags().StringVar(&a.now, "now", "", "the clock, as 2026-11-20T18:00:00Z (default: SOURCE_DATE_EPOCH, else now)")
	c.Flags().StringVar(&a.edit, "edition", "public", "the edition, by its name in candour.toml")
	c.Flags().BoolVar(&a.quiet, "quiet", false, "say only what is wrong")
	if format {
		c.Flags().StringVar(&a.format, "format", "text", "how findings are written: text, json, github or sarif")
	}
	return c
}

// options checks the common options once and opens the source.
func (a *app) options() (build.Options, func(), error) {
	none := func() {}
	if a.format != "" && a.format != "text" && a.format != "json" && a.format != "github" && a.format != "sarif" {
		return build.Options{}, none, usage("--format is text, json, github or sarif")
	}
	now, err := a.clock()
	if err != nil {
		return build.Options{}, none, err
	}
	source, done, err := load.OpenSource(a.sourceDir())
	if err != nil {
		return build.Options{}, none, err
	}
	opt := build.Options{Edition: a.edit, Load: load.Options{Source: source, Now: now, Program: a.program(), Sized: a.env.Sized,
		Packs: &load.Packs{Store: a.store(), Dir: a.sourceDir()}}}
	return opt, func() { _ = done() }, nil
}

func (a *app) program() load.Program {
	return load.Program{Data: data.FS, Themes: themes.FS, Version: candour.Version}
}

func (a *app) sourceDir() string { return a.abs(a.source) }

// abs takes a path from the current folder.
func (a *app) abs(p string) string {
	if filepath.IsAbs(p) {
		return filepath.Clean(p)
	}
	return filepath.Join(a.env.Dir, p)
}

// clock is --now, else SOURCE_DATE_EPOCH, else the machine's clock.
func (a *app) clock() (time.Time, error) {
	if a.now != "" {
		t, err := time.Parse(time.RFC3339, a.now)
		if err != nil {
			return t, usage("--now takes a time such as 2026-11-20T18:00:00Z")
		}
		return t, nil
	}
	if s := a.env.Getenv("SOURCE_DATE_EPOCH"); s != "" {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil {
			return time.Time{}, usage("SOURCE_DATE_EPOCH is not a number of seconds")
		}
		return time.Unix(n, 0).UTC(), nil
	}
	return a.env.Clock().UTC().Truncate(time.Second), nil
}

// tell writes the findings in the format asked for and settles the exit code. Machine formats go to standard output,
// everything else to standard error (contract, section 6).
func (a *app) tell(out *build.Outcome) error {
	r := report.Report{Edition: a.edit, Findings: out.Findings}
	if out.Edition.Name != "" {
		r.Edition = out.Edition.Name
	}
	r.Findings.Sort()
	r.Summary.Errors = r.Findings.Count(diag.Error)
	r.Summary.Warnings = r.Findings.Count(diag.Warning)
	r.Summary.Notices = r.Findings.Count(diag.Notice)
	if out.Cleared != nil {
		r.Summary.Pages = len(out.Cleared.Pages())
		r.Summary.Withheld = len(out.Cleared.Ledger().Entries)
	}
	if out.Audited != nil {
		r.Summary.Files = len(out.Audited.Site().Files)
	}
	if a.quiet && a.format == "text" {
		r.Findings = nil
		for _, f := range out.Findings {
			if f.Severity == diag.Error {
				r.Findings.Add(f)
			}
		}
		r.Findings.Sort()
	}
	w := a.env.Stdout
	if a.format == "text" {
		w = a.env.Stderr
	}
	if !(a.quiet && a.format == "text" && len(r.Findings) == 0) {
		if err := report.Write(w, a.format, r, a.colour()); err != nil {
			return err
		}
	}
	// A leak counts before shut gates. With other faults in the pages nothing was rendered that could leak: the sources were
	// searched so that the author is told at once, and the content is what has errors.
	switch {
	case out.Findings.Has(diag.Leak) && out.Cleared != nil:
		a.code = exitLeak
	case out.Findings.HasErrors():
		a.code = exitContent
	}
	return nil
}

// tellBefore writes what was found before an error that ends the run. Without findings there is nothing to say but the
// error: "nothing to mend" would be wrong.
func (a *app) tellBefore(out *build.Outcome) {
	if len(out.Findings) > 0 || a.format != "text" {
		_ = a.tell(out)
	}
}

func (a *app) colour() bool { return a.env.Terminal && a.env.Getenv("NO_COLOR") == "" }

// say writes a line for people, unless they asked for quiet or for a machine format.
func (a *app) say(format string, args ...any) {
	if !a.quiet {
		fmt.Fprintf(a.env.Stderr, format+"\n", args...)
	}
}
