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
)

// hugo carries process-wide state, so that one engine is there at a time.
var hugo sync.Mutex

// engine is Hugo with the theme read and no page yet.
type engine struct {
	sites *hugolib.HugoSites
	err   error
	undo  []func()
}

// start reads configuration and theme from source. Content may come into it until the engine runs; the folder for it must be
// there already. errors is told what templates log as errors. Whoever starts an engine closes it.
func start(source, dest afero.Fs, errors io.Writer) *engine {
	hugo.Lock()
	e := &engine{undo: []func(){hugo.Unlock}}
	e.undo = append(e.undo, limitCache(), leftBehind())
	e.guarded(func() error { return e.open(source, dest, errors) })
	return e
}

func (e *engine) open(source, dest afero.Fs, errors io.Writer) error {
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
	e.sites, err = hugolib.NewHugoSites(deps.DepsCfg{Configs: configs, Fs: fs, LogLevel: logger.Level(), StdErr: errors, StdOut: io.Discard})
	return err
}

// run makes the pages. It ends early, and as if all were made, when ctx does.
func (e *engine) run(ctx context.Context) error {
	if e.err == nil {
		defer context.AfterFunc(ctx, e.sites.Stop)()
		e.guarded(func() error { return e.sites.Build(hugolib.BuildCfg{NoBuildLock: true}) })
	}
	return e.err
}

// guarded does a step of which no panic comes out: its text could hold what it worked on.
func (e *engine) guarded(step func() error) {
	defer func() {
		if r := recover(); r != nil {
			e.err = fmt.Errorf("the renderer stopped unexpectedly")
		}
	}()
	e.err = step()
}

func (e *engine) close() {
	if e.sites != nil {
		e.guarded(func() error { e.sites.Close(); return nil })
	}
	for i := len(e.undo) - 1; i >= 0; i-- {
		e.undo[i]()
	}
	e.undo = nil
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
