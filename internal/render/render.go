// Package render turns cleared content into a site in memory: the fourth stage of the pipeline, and the one door to Hugo.
//
// Hugo sees an in-memory tree made of cleared content alone, under a configuration of ours: no exec, no HTTP, no
// environment, no git, no modules, no raw HTML. No other package imports Hugo; a test guards that.
package render

import (
	"context"
	"fmt"
	"io"
	"os"
	"sync"

	"github.com/bep/logg"
	"github.com/gohugoio/hugo/common/loggers"
	"github.com/gohugoio/hugo/config"
	"github.com/gohugoio/hugo/config/allconfig"
	"github.com/gohugoio/hugo/deps"
	"github.com/gohugoio/hugo/hugofs"
	"github.com/gohugoio/hugo/hugolib"
	"github.com/spf13/afero"

	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/redact"
)

// Rendered is a site that nobody has audited yet. Only Render makes one that holds anything.
type Rendered struct {
	cleared *redact.Cleared
	site    output.Site
	record  Record
}

func (r *Rendered) Cleared() *redact.Cleared { return r.cleared }
func (r *Rendered) Site() output.Site        { return r.site }

// hugo carries process-wide state, so that one build runs at a time.
var hugo sync.Mutex

// Render builds the site. A template that fails is a finding at its place; an error means that Hugo could not be run.
//
// past, which may be nil, is where pages come from that would become what they were.
func Render(ctx context.Context, c *redact.Cleared, past Past) (*Rendered, diag.List, error) {
	if !c.Sound() {
		return nil, nil, fmt.Errorf("what is to be rendered did not pass vetting")
	}
	t, found, err := newTree(ctx, c, past)
	if err != nil || found.HasErrors() {
		return nil, found, err
	}
	makers := prepare(c)
	if t.whole {
		c.Release()
	}
	files, ok, err := t.make(ctx, c)
	if err == nil && !ok {
		if t, _, err = newTree(ctx, c, nil); err == nil {
			files, _, err = t.make(ctx, c)
		}
	}
	if ctx.Err() != nil {
		return nil, found, ctx.Err()
	}
	if err != nil {
		found.Add(t.finding(err, t.logged.lines()))
		return nil, found, nil
	}
	r := &Rendered{cleared: c, record: t.record}
	r.site.Files = files
	t.claim(r.site.Files)
	cleanPictures(r.site.Files)
	for _, s := range c.Repo().Static() {
		r.site.Files = append(r.site.Files, output.File{Path: s.Path, Data: s.Data, Source: s.File})
	}
	r.site.Sort()
	found.Add(r.extras(makers)...)
	found.Add(r.doubles()...)
	return r, found, nil
}

// cacheLimit is how much Hugo may hold ready to use again, in GiB. By default it takes a quarter of the machine's memory;
// a page's content is used once here, and letting go of it soon makes a build of 10,000 pages peak at half the memory and
// spares the garbage collector the walk.
const cacheLimit = "0.3"

// limitCache tells Hugo its limit, for which an environment variable is the only way, and returns how to take it back.
func limitCache() (restore func()) {
	const name = "HUGO_MEMORYLIMIT"
	old, was := os.LookupEnv(name)
	_ = os.Setenv(name, cacheLimit)
	return func() {
		if was {
			_ = os.Setenv(name, old)
		} else {
			_ = os.Unsetenv(name)
		}
	}
}

// make lets Hugo make what the tree holds and gathers it with what is used again.
func (t *tree) make(ctx context.Context, c *redact.Cleared) (files []output.File, ok bool, err error) {
	dest := newSink()
	if !t.idle() {
		if err := t.hugo(ctx, dest); err != nil {
			return nil, false, err
		}
	}
	written := dest.files()
	if err := t.explain(ctx, c, written); err != nil {
		return nil, false, err
	}
	files, ok = t.take(written)
	return files, ok, nil
}

func (t *tree) hugo(ctx context.Context, dest afero.Fs) (err error) {
	hugo.Lock()
	defer hugo.Unlock()
	defer limitCache()()
	defer leftBehind()()
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the renderer stopped unexpectedly")
		}
	}()
	t.logged.said = nil
	return build(ctx, t.fs, dest, &t.logged)
}

// build runs Hugo from one file system to another. errors is told what templates log as errors.
func build(ctx context.Context, source, dest afero.Fs, errors io.Writer) error {
	logger := loggers.New(loggers.Options{StdOut: io.Discard, StdErr: io.Discard, Level: logg.LevelError})
	flags := config.New()
	flags.Set("workingDir", root)
	flags.Set("publishDir", "public")
	flags.Set("cacheDir", root+"/cache")
	// A list that is not empty keeps the environment of the process out of Hugo's configuration.
	configs, err := allconfig.LoadConfig(allconfig.ConfigSourceDescriptor{
		Fs: source, Logger: logger, Flags: flags, Filename: root + "/hugo.json", Environment: "production", Environ: []string{"CANDOUR=1"},
	})
	if err != nil {
		return err
	}
	fs := hugofs.NewFromSourceAndDestination(source, dest, flags)
	fs.Os = afero.NewMemMapFs() // nothing of the machine is within reach
	sites, err := hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: fs, LogLevel: logger.Level(), StdErr: errors, StdOut: io.Discard})
	if err != nil {
		return err
	}
	defer sites.Close()
	return sites.Build(hugolib.BuildCfg{NoBuildLock: true})
}

// doubles finds two sources that make one file.
func (r *Rendered) doubles() diag.List {
	var found diag.List
	files := r.site.Files
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			source := files[i].Source
			if source == "" {
				source = files[i-1].Source
			}
			found.Add(diag.New(diag.AddressTaken, diag.Pos{File: source}, "rename the file", "would become %s, which is made of something else already", files[i].Path))
		}
	}
	return found
}
