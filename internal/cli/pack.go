package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	candour "candour"
	"candour/internal/build"
	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/pack"
	"candour/internal/packing"
	"candour/internal/vetting"
)

func (a *app) packCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "pack COMMAND",
		Short: "Share content with other sites, or take it from a publisher",
		Long: `A pack is a signed archive of content: a narrative, alert templates, leaflets. A national body makes
one, and sites take it in unchanged. What a site takes goes through the same checks again.`,
		Example: `  candour pack add national packs/national-2026.11.pack --key RW…
  candour pack update --diff national      what would change, in words
  candour pack update national             take it
  candour pack list national               what it holds`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return usage("there is no command %q%s; see candour pack --help", args[0], suggest(cmd, args[0]))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return cmd.Help() },
	}
	c.AddCommand(a.packAdd(), a.packUpdate(), a.packList(), a.packVerify(), a.packCreate(), a.packKeygen(), a.packRotate())
	return c
}

// store is where packs come from and are kept.
func (a *app) store() *pack.Store {
	s := &pack.Store{Program: candour.Version}
	if a.env.OpenBucket != nil {
		s.Bucket = a.packsAt
	}
	if dir := a.cacheDir(); dir != "" {
		s.Dir = filepath.Join(dir, "packs")
	}
	return s
}

// refused turns a refusal into words with a hint, and exit code 1.
func (a *app) refused(name string, err error) error {
	var r *pack.Refusal
	if !errors.As(err, &r) {
		return err
	}
	return &failure{exitContent, fmt.Errorf("the pack %s is refused: %s\n  hint: %s", name, r.Text, r.Hint)}
}

// siteConfig reads candour.toml and candour.lock.
func (a *app) siteConfig() (*config.Config, *pack.Lock, func(), error) {
	none := func() {}
	source, done, err := load.OpenSource(a.sourceDir())
	if err != nil {
		return nil, nil, none, err
	}
	finish := func() { _ = done() }
	data, err := fs.ReadFile(source, "candour.toml")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, finish, load.ErrNoSite
	}
	if err != nil {
		return nil, nil, finish, err
	}
	cfg, found := config.Parse(data, "candour.toml")
	lock, lockFound, err := load.ReadLock(source)
	if err != nil {
		return nil, nil, finish, err
	}
	found.Add(lockFound...)
	if found.HasErrors() {
		a.format = cmp.Or(a.format, "text")
		_ = a.tell(&build.Outcome{Findings: found})
		return nil, nil, finish, usage("candour.toml or candour.lock has errors")
	}
	return cfg, lock, finish, nil
}

func (a *app) packAdd() *cobra.Command {
	var key string
	c := &cobra.Command{
		Use:   "add NAME SOURCE --key KEY",
		Short: "Take a pack into this site",
		Long: `Verifies a pack, says what it holds, and writes it into candour.toml and candour.lock. SOURCE is a
file, a folder of packs, an https address, or that of a bucket (with candour-cloud). KEY is the publisher's public key: a line that begins
with RW. Check it with the publisher by a way that you know, such as a telephone call.`,
		Example: `  candour pack add national packs/national-2026.11.pack --key RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3`,
		Args:    exactly(2, "a NAME and a SOURCE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			name, source := args[0], args[1]
			if key == "" {
				return usage("give the publisher's public key with --key")
			}
			cfg, lock, done, err := a.siteConfig()
			if err != nil {
				return err
			}
			defer done()
			if slices.ContainsFunc(cfg.Packs, func(p config.Pack) bool { return p.Name == name }) {
				return usage("candour.toml takes a pack %q already; candour pack update %s looks for a newer one", name, name)
			}
			if !strings.Contains(source, "://") { // a path from the current folder; candour.toml has it from the site's
				if rel, err := filepath.Rel(a.sourceDir(), a.abs(source)); err == nil {
					source = filepath.ToSlash(rel)
				}
			}
			req, err := load.Request(&config.Pack{Name: name, Source: source, Key: key}, lock, a.sourceDir())
			if err != nil {
				return usage("--key %v", err)
			}
			p, err := a.store().Newest(cmd.Context(), req)
			if err != nil {
				return a.refused(name, err)
			}
			a.showPack(p, &config.Pack{})
			lock.Set(locked(p))
			file := filepath.Join(a.sourceDir(), "candour.toml")
			src, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			block := fmt.Sprintf("\n[[pack]]\nname   = %s\nsource = %s\nkey    = %s\n", frontmatter.Quote(name), frontmatter.Quote(source), frontmatter.Quote(key))
			if strings.Contains(string(src), "\r\n") {
				block = strings.ReplaceAll(block, "\n", "\r\n")
			}
			out := append(slices.Clip(src), block...)
			if len(src) > 0 && src[len(src)-1] != '\n' {
				out = append(append(slices.Clip(src), '\n'), block...)
			}
			if _, found := config.Parse(out, "candour.toml"); found.HasErrors() {
				return &failure{exitUsage, fmt.Errorf("candour.toml cannot take the lines; write them yourself:\n%s", block)}
			}
			if err := a.replaceFile(filepath.Join(a.sourceDir(), pack.LockFile), lock.Encode()); err != nil {
				return err
			}
			if err := a.replaceFile(file, out); err != nil {
				return err
			}
			a.say("taken into candour.toml, and pinned in candour.lock; now run candour check")
			return nil
		},
	}
	c.Flags().StringVar(&key, "key", "", "the publisher's public key")
	a.sourceFlags(c)
	return c
}

func (a *app) packUpdate() *cobra.Command {
	var diff bool
	var older string
	c := &cobra.Command{
		Use:   "update [NAME]",
		Short: "Take the newest version of a pack, or say what it would change",
		Long: `Looks for the newest version of a pack at its source and pins it. With --diff it says in words which
pages would change and how, and changes nothing. A version older than the pinned one is refused unless
it is asked for by its number.`,
		Example: `  candour pack update --diff national
  candour pack update
  candour pack update national --allow-older 2026.9`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("candour pack update takes one NAME, or none for all")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, lock, done, err := a.siteConfig()
			if err != nil {
				return err
			}
			defer done()
			packs, err := choose(cfg, args)
			if err != nil {
				return err
			}
			changed := false
			for _, p := range packs {
				one, err := a.updatePack(cmd, cfg, p, lock, diff, older)
				if err != nil {
					return err
				}
				changed = changed || one
			}
			if diff || !changed {
				return nil
			}
			if err := a.replaceFile(filepath.Join(a.sourceDir(), pack.LockFile), lock.Encode()); err != nil {
				return err
			}
			a.say("pinned in candour.lock; now run candour check, and look at the pages with candour serve")
			return nil
		},
	}
	c.Flags().BoolVar(&diff, "diff", false, "say what would change, and change nothing")
	c.Flags().StringVar(&older, "allow-older", "", "the number of an older version that is wanted")
	a.sourceFlags(c)
	return c
}

// updatePack looks for a newer version of one pack and says what it changes.
func (a *app) updatePack(cmd *cobra.Command, cfg *config.Config, p *config.Pack, lock *pack.Lock, diff bool, older string) (changed bool, err error) {
	req, err := load.Request(p, lock, a.sourceDir())
	if err != nil {
		return false, err
	}
	store := a.store()
	next, err := store.Newest(cmd.Context(), req)
	if err != nil {
		return false, a.refused(p.Name, err)
	}
	pin := req.Locked
	m := next.Manifest()
	if pin.SHA256 == next.Digest() {
		a.say("%s: version %s is the newest", p.Name, m.Version)
		return false, nil
	}
	if pin.Version != "" && pack.CompareVersions(m.Version, pin.Version) <= 0 && older != m.Version {
		what := "is older than " + pin.Version + ", which the site has"
		if pack.CompareVersions(m.Version, pin.Version) == 0 {
			what = "has the number of the one that the site has, and is another"
		}
		return false, &failure{exitContent, fmt.Errorf("the pack %s is refused: version %s %s\n  hint: ask the publisher for the newest; to go back on purpose, add --allow-older %s", p.Name, m.Version, what, m.Version)}
	}
	var old *pack.Pack
	if pin.SHA256 != "" {
		// Without the version that the site has, everything counts as new.
		if old, err = store.Get(cmd.Context(), req); err != nil {
			a.say("%s: version %s is no longer to be had, so all pages are shown as new", p.Name, pin.Version)
			old = nil
		}
	}
	from := cmp.Or(pin.Version, "none")
	a.out("%s: from version %s to %s, published by %s on %s", p.Name, from, m.Version, m.Publisher, day(m.Date))
	repo, site := a.guarded(cmd.Context(), p)
	changes := packing.Diff(old, next, site)
	for _, c := range changes {
		a.out("\n%s: %s (%s)", c.What, c.Title, c.File)
		if p.Changes[c.File] != nil && c.What == "changed" {
			a.out("  the site has this page in words of its own: read whether they still hold, and have it signed off again")
		}
		for _, line := range c.Lines {
			a.out("  %s", line)
		}
	}
	if len(changes) == 0 {
		a.out("nothing that this site takes has changed")
	}
	a.stalePlans(repo, next, changes)
	if !diff {
		lock.Set(locked(next))
	}
	return true, nil
}

// guarded reads the site, to know what its comparison with a pack must not show.
func (a *app) guarded(ctx context.Context, p *config.Pack) (*load.Repo, packing.Site) {
	site := packing.Site{Takes: p.Takes}
	opt, done, err := a.options()
	if err != nil {
		return nil, site
	}
	defer done()
	opt.Edition = config.PublicEdition
	repo, watch, err := build.Guard(ctx, opt)
	if err == nil && repo != nil {
		site.Schema, site.Watch = repo.Schema(), watch
	}
	return repo, site
}

// stalePlans names the plans that a new narrative makes due for review (contract, section 8).
func (a *app) stalePlans(repo *load.Repo, next *pack.Pack, changes []packing.Change) {
	var newest time.Time
	for _, c := range changes {
		if !strings.HasPrefix(c.File, "content/"+string(content.Narrative)+"/") || c.What != "new" && c.What != "changed" {
			continue
		}
		data, _ := next.Data(c.File)
		parts, fault := frontmatter.Split(data)
		if fault != nil {
			continue
		}
		if values, fault := frontmatter.Decode(parts.Front); fault == nil {
			if at, _, ok := frontmatter.Instant(values["date"], vetting.London); ok && at.After(newest) {
				newest = at
			}
		}
	}
	if newest.IsZero() || repo == nil {
		return
	}
	for _, p := range repo.Pages() {
		if at, _, ok := frontmatter.Instant(p.Front["reviewed"], vetting.London); p.Kind == content.Plans && !p.Section && ok && at.Before(newest) {
			a.out("\ndue for review: %s was last reviewed before the new narrative", p.File)
		}
	}
}

func (a *app) packList() *cobra.Command {
	c := &cobra.Command{
		Use:     "list [NAME]",
		Short:   "Say which packs this site takes, and what is in them",
		Example: "  candour pack list\n  candour pack list national",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("candour pack list takes one NAME, or none for all")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			cfg, lock, done, err := a.siteConfig()
			if err != nil {
				return err
			}
			defer done()
			packs, err := choose(cfg, args)
			if err != nil {
				return err
			}
			if len(packs) == 0 {
				a.out("this site takes no packs; candour pack add takes one")
			}
			for i, p := range packs {
				req, err := load.Request(p, lock, a.sourceDir())
				if err != nil {
					return err
				}
				got, err := a.store().Get(cmd.Context(), req)
				if err != nil {
					return a.refused(p.Name, err)
				}
				if i > 0 {
					a.out("")
				}
				if len(args) == 0 {
					m := got.Manifest()
					a.out("%s %s, published by %s on %s, %d files%s", m.Name, m.Version, m.Publisher, day(m.Date), len(m.Files), map[bool]string{true: "", false: " (not pinned)"}[req.Locked.SHA256 != ""])
					continue
				}
				a.showPack(got, p)
			}
			return nil
		},
	}
	a.sourceFlags(c)
	return c
}

func (a *app) packVerify() *cobra.Command {
	var key string
	c := &cobra.Command{
		Use:   "verify FILE [--key KEY]",
		Short: "Check a pack without taking it",
		Long: `Checks a pack's signature, its digests and the names of its files, and says what it holds. Nothing of
it is written. Without --key it must be signed with the key of one of this site's packs.`,
		Example: "  candour pack verify national-2026.11.pack --key RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3",
		Args:    exactly(1, "a FILE"),
		RunE: func(cmd *cobra.Command, args []string) error {
			data, err := os.ReadFile(a.abs(args[0]))
			if err != nil {
				return usage("there is no file %s", args[0])
			}
			keys := []pack.Trust{}
			if key != "" {
				k, err := pack.ParseKey(key)
				if err != nil {
					return usage("--key %v", err)
				}
				keys = append(keys, pack.Trust{Root: k})
			} else {
				cfg, lock, done, err := a.siteConfig()
				if err != nil {
					return err
				}
				defer done()
				for i := range cfg.Packs {
					req, err := load.Request(&cfg.Packs[i], lock, a.sourceDir())
					if err != nil {
						return err
					}
					keys = append(keys, req.Trust)
				}
				if len(keys) == 0 {
					return usage("give the publisher's public key with --key: this site takes no packs, so it trusts no key")
				}
			}
			var refusal error
			for _, trust := range keys {
				p, err := pack.Open(data, trust, candour.Version)
				if err == nil {
					a.showPack(p, &config.Pack{})
					a.out("\nsigned with %s\nSHA-256 %s", p.Key(), p.Digest())
					return nil
				}
				refusal = err
			}
			return a.refused(filepath.Base(args[0]), refusal)
		},
	}
	c.Flags().StringVar(&key, "key", "", "the publisher's public key")
	a.sourceFlags(c)
	return c
}

// showPack says what a pack holds, by kind.
func (a *app) showPack(p *pack.Pack, cfg *config.Pack) {
	m := p.Manifest()
	a.out("%s %s\npublished by %s on %s\nlicence: %s\n%s", m.Name, m.Version, m.Publisher, day(m.Date), m.Licence, m.Attribution)
	for _, f := range m.Files {
		mark := ""
		if !cfg.Takes(f.Path) {
			mark = "  (not taken)"
		}
		if title := packing.Title(p, f.Path); title != f.Path {
			a.out("  %s  (%s)%s", title, f.Path, mark)
		} else {
			a.out("  %s%s", f.Path, mark)
		}
	}
	for _, w := range m.Withdrawn {
		a.out("  withdrawn: %s: %s", w.Path, w.Reason)
	}
}

// out writes a line of what was asked for to standard output.
func (a *app) out(format string, args ...any) { fmt.Fprintf(a.env.Stdout, format+"\n", args...) }

func day(date string) string {
	if t, err := time.Parse(time.RFC3339, date); err == nil {
		return t.In(vetting.London).Format("2 January 2006")
	}
	return date
}

func locked(p *pack.Pack) pack.Locked {
	return pack.Locked{Name: p.Manifest().Name, Version: p.Manifest().Version, SHA256: p.Digest(), KeyList: p.Sequence()}
}

// choose returns the pack of that name, or all.
func choose(cfg *config.Config, args []string) ([]*config.Pack, error) {
	var packs []*config.Pack
	var names []string
	for i := range cfg.Packs {
		names = append(names, cfg.Packs[i].Name)
		if len(args) == 0 || cfg.Packs[i].Name == args[0] {
			packs = append(packs, &cfg.Packs[i])
		}
	}
	if len(packs) == 0 && len(args) > 0 {
		return nil, usage("this site takes no pack %q%s", args[0], nearmiss.Suffix(args[0], names))
	}
	return packs, nil
}

// sourceFlags adds the options of a command that reads candour.toml alone.
func (a *app) sourceFlags(c *cobra.Command) {
	c.Flags().StringVar(&a.source, "source", "", "the content repository (default: the current folder)")
	c.Flags().StringVar(&a.now, "now", "", "the clock, as 2026-11-20T18:00:00Z (default: SOURCE_DATE_EPOCH, else now)")
	c.Flags().BoolVar(&a.quiet, "quiet", false, "say only what is wrong")
}

func exactly(n int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usage("%s takes %s; see %s --help", cmd.CommandPath(), what, cmd.CommandPath())
		}
		return nil
	}
}

// tellFindings writes findings as text and sets the exit code.
func (a *app) tellFindings(found diag.List) {
	a.format = cmp.Or(a.format, "text")
	_ = a.tell(&build.Outcome{Findings: found})
}
