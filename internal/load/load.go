// Package load reads a content repository: the first stage of the pipeline.
//
// It decodes and sorts what is there and judges only what makes a file unreadable or misplaced. What the repository lacks
// of data/ and the theme comes from the program (contract, section 1).
package load

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"time"

	"candour/internal/brand"
	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/figure"
	"candour/internal/pack"
	"candour/internal/schema"
	"candour/internal/statement"
	"candour/internal/vocab"
	"candour/internal/wording"
	"candour/internal/words"
)

// Program is what the program brings: the files embedded in it.
type Program struct {
	Data    fs.FS // data/
	Themes  fs.FS // themes/
	Version string
}

// Options say what to read.
type Options struct {
	Source  fs.FS // the content repository
	Program Program
	Now     time.Time
	BaseURL string // from the command line, or ""
	// LeaveOut names pages that this build does without. What is wrong with them stands in nobody's way.
	LeaveOut []string
	// Only, where given, is the one page that is read: a command edits it, and faults elsewhere are not its business.
	Only string
	// Cache keeps decoded pages between two loads of one process; nil keeps none.
	Cache *Cache
	Packs *Packs // nil takes no packs
	// Sized, where given, is told the size of all pages' sources, in bytes, before anything is made of them.
	Sized func(bytes int)
}

// Repo is a content repository that has been read. Only Load makes one that holds anything.
type Repo struct {
	config  *config.Config
	pages   []*content.Page
	words   *vocab.Set
	speech  *words.Set
	wording func() *wording.List
	schema  *schema.Schema
	data    map[string][]byte // further TOML of data/, for templates
	theme   Theme
	colours brand.Theme
	logo    brand.Logo
	static  []StaticFile
	figures []*figure.Figure
	tables  map[string]*figureFiles // what makes the figures
	now     time.Time
	version string
	fs      fs.FS
	dropped []string // left out, and not readable either
	packs   []*pack.Pack
	layers  *layered // nil without packs
	unread  []string // addresses of pages that are there and could not be read
	sound   bool
}

// StaticFile is a file of static/.
type StaticFile struct {
	Path string // in the site
	File string // in the source; empty for the program's own
	Data []byte
}

// Theme is the merged theme: what the program ships, the theme the site names, and the site's layouts/ over both.
type Theme struct {
	Layouts map[string]ThemeFile // by path below layouts/
	Assets  map[string]ThemeFile
	I18n    map[string]ThemeFile
	Config  ThemeFile // theme.toml
	Own     bool      // nothing of the program's theme was replaced
}

// ThemeFile is one file of the theme.
type ThemeFile struct {
	File string // in the source; "program:…" where it is the program's
	Data []byte
}

func (r *Repo) Config() *config.Config { return r.config }
func (r *Repo) Pages() []*content.Page { return r.pages }
func (r *Repo) Words() *vocab.Set      { return r.words }

// Speech is the interface's words in every language.
func (r *Repo) Speech() *words.Set { return r.speech }

// Say gives the interface's words in a language; "" is the site's own.
func (r *Repo) Say(lang string) *words.Words { return r.speech.For(lang) }

// Wording are the words that data/wording.toml warns of, but for what the site may publish anywhere.
func (r *Repo) Wording() *wording.List  { return r.wording() }
func (r *Repo) Schema() *schema.Schema  { return r.schema }
func (r *Repo) Data() map[string][]byte { return r.data }
func (r *Repo) Theme() Theme            { return r.theme }
func (r *Repo) Colours() brand.Theme    { return r.colours } // of the theme, with the brand's in their places
func (r *Repo) Logo() brand.Logo        { return r.logo }    // without a Path where there is none
func (r *Repo) Static() []StaticFile    { return r.static }

// Figures are the figures of data/, by name.
func (r *Repo) Figures() []*figure.Figure { return r.figures }

func (r *Repo) Now() time.Time  { return r.now }
func (r *Repo) Version() string { return r.version }

// Packs are the packs that the site takes, verified, in the order of candour.toml.
func (r *Repo) Packs() []*pack.Pack { return r.packs }

// Sound reports whether all of it could be read. What is there of a repository that is not sound can be judged, so that
// its authors are told everything at once; no site is ever made of it.
func (r *Repo) Sound() bool { return r.sound }

// Unread are the addresses of pages that could not be read.
func (r *Repo) Unread() []string { return r.unread }

// Dropped names the pages that LeaveOut kept out and that could not even be read.
func (r *Repo) Dropped() []string { return r.dropped }

// Schema reads the schema alone: the program's, and the site's where there is a source. Its faults are for Load to tell.
func Schema(opt Options) (*schema.Schema, *vocab.Set) {
	r := &Repo{fs: opt.Source}
	if r.fs == nil {
		r.fs = emptyFS{}
	}
	_ = r.loadData(opt)
	return r.schema, r.words
}

// emptyFS holds nothing.
type emptyFS struct{}

func (emptyFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// ReadFile reads a file of the source, for a page's bundle.
func (r *Repo) ReadFile(name string) ([]byte, error) { return fs.ReadFile(r.fs, name) }

// ErrUsage marks an error that is wrong usage or configuration: exit code 2.
var ErrUsage = errors.New("wrong usage or configuration")

// ErrNoSite says that a folder is no content repository. It is an [ErrUsage].
var ErrNoSite = fmt.Errorf("%w: there is no candour.toml in this folder", ErrUsage)

// OpenSource opens a content repository on disk. Symbolic links that leave it cannot be followed through what it returns.
func OpenSource(dir string) (fs.FS, func() error, error) {
	info, err := os.Stat(dir)
	if err != nil || !info.IsDir() {
		return nil, nil, fmt.Errorf("%w: there is no folder %s; give the content repository with --source DIR", ErrUsage, dir)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, nil, err
	}
	return source{root.FS()}, root.Close, nil
}

// Load reads everything. The findings say what is wrong with the content; an error says that the work could not be done,
// and is ErrUsage where candour.toml is missing or wrong. With errors among the findings the Repo is not sound, and it is nil
// where what decides about every page (vocabularies, the schema, the theme) cannot be relied upon.
func Load(ctx context.Context, opt Options) (*Repo, diag.List, error) {
	r := &Repo{now: opt.Now, fs: opt.Source, version: opt.Program.Version}
	var found diag.List

	cfg, configFound, err := loadConfig(opt)
	found.Add(configFound...)
	if err != nil {
		return nil, found, err
	}
	r.config = cfg

	packsFound, err := r.loadPacks(ctx, opt)
	found.Add(packsFound...)
	if err != nil || packsFound.HasErrors() {
		return nil, found, err
	}
	found.Add(r.loadRules(opt)...)
	if opt.Only == "" {
		found.Add(r.loadFigures()...)
	}
	rules := !found.HasErrors()
	pages, err := r.loadContent(ctx, opt)
	if err != nil {
		return nil, found, err
	}
	found.Add(pages...)
	if opt.Sized != nil {
		total := 0
		for _, p := range r.pages {
			total += len(p.FrontRaw) + len(p.Body)
		}
		opt.Sized(total)
	}
	found.Add(r.loadStatic(opt)...)
	found.Add(r.loadBrand()...)
	found.Add(statement.Check(cfg, opt.Now)...)
	found.Sort()
	if !rules {
		return nil, found, nil
	}
	r.sound = !found.HasErrors()
	return r, found, nil
}

func loadConfig(opt Options) (*config.Config, diag.List, error) {
	src, err := fs.ReadFile(opt.Source, "candour.toml")
	if what, hint := notAFile(opt.Source, "candour.toml"); err != nil && what != "" {
		return nil, nil, fmt.Errorf("%w: candour.toml %s; %s", ErrUsage, what, hint)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, ErrNoSite
	}
	if err != nil {
		return nil, nil, fmt.Errorf("candour.toml cannot be read; check that it is a file, and who may read it")
	}
	cfg, found := config.Parse(src, "candour.toml")
	if !found.HasErrors() {
		found.Add(cfg.Check(opt.BaseURL != "")...)
	}
	if found.HasErrors() {
		found.Sort()
		return nil, found, fmt.Errorf("%w: candour.toml has errors", ErrUsage)
	}
	if opt.BaseURL != "" {
		if err := cfg.SetBaseURL(opt.BaseURL); err != nil {
			return nil, found, fmt.Errorf("%w: --base-url: %v", ErrUsage, err)
		}
	}
	return cfg, found, nil
}

// skip reports whether a file or folder is left out of everything: the Go file that embeds a folder of the program's own
// repository, dot files, editors' backups and what systems leave in folders.
func skip(name string) (left, warn bool) {
	switch {
	case name == "embed.go":
		return true, false
	case name == ".DS_Store", name == "Thumbs.db", name == "desktop.ini":
		return true, false
	case strings.HasPrefix(name, "."), strings.HasPrefix(name, "~$"), strings.HasSuffix(name, "~"),
		strings.HasSuffix(name, ".bak"), strings.HasSuffix(name, ".swp"), strings.HasSuffix(name, ".tmp"),
		strings.HasSuffix(name, ".orig"), strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#"):
		return true, true
	}
	return false, false
}

// shown is a path that is not printable, with the escapes of a Go text.
func shown(p string) string {
	q := strconv.QuoteToGraphic(p)
	return q[1 : len(q)-1]
}
