package estate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"
	"time"

	"candour/internal/build"
	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/pack"
	"candour/internal/past"
	"candour/internal/publish"
)

// Exit codes of a build: contract, section 6.
const (
	exitDone    = 0
	exitContent = 1
	exitUsage   = 2
	exitLeak    = 3
	exitMachine = 4
)

// Worse gives the worse of two exit codes. A leak is the worst there is, then a machine that failed, wrong
// configuration, and faults in content.
func Worse(a, b int) int {
	rank := []int{exitDone, exitContent, exitUsage, exitMachine, exitLeak}
	if slices.Index(rank, a) >= slices.Index(rank, b) {
		return a
	}
	return b
}

// Job is one edition of one site to be built and published.
type Job struct {
	Site    string    `json:"site"`
	Folder  string    `json:"folder"` // as the list names it, slashed
	Dir     string    `json:"dir"`    // absolute
	Edition string    `json:"edition"`
	Output  string    `json:"output"` // absolute
	Now     time.Time `json:"now"`
}

// Done is what came of a job. It crosses from one process to another, and holds no withheld value.
type Done struct {
	Exit     int       `json:"exit"`
	Said     string    `json:"said"` // in a line: what was written, or why nothing was
	Hint     string    `json:"hint,omitempty"`
	Site     SiteInfo  `json:"info"`
	Edition  Made      `json:"edition"`
	Findings diag.List `json:"findings"` // files are relative to the site's folder
	Withheld int       `json:"withheld"`
	Left     []string  `json:"left,omitempty"` // folders that could not be removed
}

// SiteInfo is what the report says of a site whatever its editions.
type SiteInfo struct {
	Title        string  `json:"title"`
	Organisation string  `json:"organisation"`
	Packs        []Taken `json:"packs"`
	Overdue      []Note  `json:"overdue"`
	Unsigned     []Note  `json:"unsigned"`
	Known        bool    `json:"known"` // whether Overdue and Unsigned could be told
}

// Taken is a pack that a site takes.
type Taken struct {
	Name      string `json:"name"`
	Key       string `json:"key"`       // that candour.toml trusts
	Version   string `json:"version"`   // "" where none is pinned and none could be read
	SHA256    string `json:"sha256"`    // likewise
	Publisher string `json:"publisher"` // "" where the pack was not read
	Date      string `json:"date"`      // likewise
}

// Note is a page with something to say about it.
type Note struct {
	File string `json:"file"`
	Text string `json:"text"`
}

// self says which program this is; it is found out once for all sites.
var self = sync.OnceValue(past.Program)

// Builder does jobs in this process. What does not differ from site to site is kept between them.
type Builder struct {
	Program load.Program
	Store   *pack.Store
	Cache   string // the user's cache folder; "" keeps nothing
}

// Do builds and publishes. It always says what came of it: the error of one site is no error of the others.
func (b *Builder) Do(ctx context.Context, job Job) Done {
	d := Done{}
	out, result, err := b.build(ctx, job, &d)
	if out != nil {
		d.read(out)
	}
	switch {
	case err != nil:
		d.fail(ctx, err)
	case d.Exit != exitDone:
		d.Said = "not published; " + counted(d.Findings.Count(diag.Error), "error")
	default:
		d.Said = fmt.Sprintf("%s written, %d unchanged, %d removed", counted(result.Written, "file"), result.Reused, result.Removed)
		d.Left = result.Leftovers
	}
	return d
}

func (b *Builder) build(ctx context.Context, job Job, d *Done) (*build.Outcome, publish.Result, error) {
	none := publish.Result{}
	d.Edition.Name = job.Edition
	source, done, err := load.OpenSource(job.Dir)
	if err != nil {
		return nil, none, err
	}
	defer func() { _ = done() }()
	d.Site.pins(source)
	if err := publish.CheckTarget(job.Output, job.Dir); err != nil {
		return nil, none, err
	}
	last := past.Open(b.Cache, job.Dir, job.Edition, job.Output, self())
	out, err := build.Check(ctx, build.Options{Edition: job.Edition, Past: last,
		Load: load.Options{Source: source, Now: job.Now, Program: b.Program, Packs: &load.Packs{Store: b.Store, Dir: job.Dir}}})
	if err != nil || out.Audited == nil {
		d.Exit = exitContent
		if out != nil && out.Findings.Has(diag.Leak) && out.Cleared != nil {
			d.Exit = exitLeak
		}
		return out, none, err
	}
	result, err := build.Publish(ctx, out.Audited, job.Output, job.Dir, b.Program.Version, job.Now)
	if err != nil {
		return out, none, err
	}
	last.Remember(out.Rendered.Record(), out.Audited.Site())
	d.Edition.Published, d.Edition.Files = true, len(out.Audited.Site().Files)
	return out, result, nil
}

// read takes out of an outcome what the report tells.
func (d *Done) read(out *build.Outcome) {
	d.Findings = slices.Clone(out.Findings)
	d.Findings.Sort()
	d.Edition.Errors, d.Edition.Warnings, d.Edition.Notices = d.Findings.Count(diag.Error), d.Findings.Count(diag.Warning), d.Findings.Count(diag.Notice)
	for _, f := range d.Findings {
		if f.Severity == diag.Error {
			d.Edition.Faults = append(d.Edition.Faults, f)
		}
		if f.Rule == diag.ReviewOverdue.Name {
			d.Site.Overdue = append(d.Site.Overdue, Note{f.File, f.Message})
		}
	}
	if out.Edition.Name != "" {
		d.Edition.BaseURL = out.Edition.BaseURL
	}
	if out.Cleared != nil {
		d.Edition.Pages, d.Withheld = len(out.Cleared.Pages()), len(out.Cleared.Ledger().Entries)
	}
	for _, p := range out.Packs {
		for i := range d.Site.Packs {
			if t, m := &d.Site.Packs[i], p.Manifest(); t.Name == m.Name {
				t.Version, t.SHA256, t.Publisher, t.Date = m.Version, p.Digest(), m.Publisher, m.Date
			}
		}
	}
	if out.Vetted == nil {
		return
	}
	d.Site.Known = true
	for _, p := range out.Vetted.Pages() {
		for _, s := range []struct {
			text  string
			roles []string
		}{{"nobody has signed as", p.SignOff.Missing}, {"changed since it was signed as", p.SignOff.Stale}, {"changed towards safety since it was signed as", p.SignOff.Safer}} {
			if len(s.roles) > 0 {
				d.Site.Unsigned = append(d.Site.Unsigned, Note{p.File, s.text + ": " + strings.Join(s.roles, ", ")})
			}
		}
	}
}

// pins reads who a site is and what it has pinned, which can be told even where the site cannot be built.
func (s *SiteInfo) pins(source fs.FS) {
	src, err := fs.ReadFile(source, "candour.toml")
	if err != nil {
		return
	}
	cfg, found := config.Parse(src, "candour.toml")
	if found.HasErrors() {
		return
	}
	s.Title, s.Organisation = cfg.Title, cfg.Organisation
	lock, _, err := load.ReadLock(source)
	if err != nil || lock == nil {
		lock = &pack.Lock{}
	}
	for _, p := range cfg.Packs {
		pin, _ := lock.Find(p.Name)
		s.Packs = append(s.Packs, Taken{Name: p.Name, Key: p.Key, Version: pin.Version, SHA256: pin.SHA256})
	}
}

// fail settles the exit code of an error, and its words.
func (d *Done) fail(ctx context.Context, err error) {
	d.Edition.Published = false
	var target *publish.TargetError
	switch {
	case errors.As(err, &target):
		d.Exit, d.Hint = exitUsage, target.Hint
		err = errors.New("it cannot be published into its output folder: " + target.Message)
	case errors.Is(err, load.ErrUsage):
		d.Exit = exitUsage
	case ctx.Err() != nil:
		d.Exit, err = exitMachine, errors.New(notReached)
	default:
		d.Exit = exitMachine
	}
	text := strings.TrimPrefix(err.Error(), load.ErrUsage.Error()+": ")
	d.Said = "not published; " + text
	d.Edition.Problem = text
}

// Placed gives the findings of a job as the list sees them: the site's folder before each file.
func (d Done) Placed(job Job) diag.List {
	out := slices.Clone(d.Findings)
	for i := range out {
		if out[i].File != "" {
			out[i].File = path.Join(job.Folder, out[i].File)
		} else {
			out[i].File = job.Folder
		}
	}
	return out
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
