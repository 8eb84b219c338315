package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"candour/internal/config"
	"candour/internal/deploy"
	"candour/internal/pack"
	"candour/internal/publish"
)

type deployFlags struct {
	from               string
	dryRun, all, adopt bool
}

func (a *app) deployCommand() *cobra.Command {
	var f deployFlags
	c := &cobra.Command{
		Use:   "deploy TARGET",
		Short: "Bring the built site to where readers get it",
		Long: `Sends a site that candour build made: what changed, styles and pictures before the pages that show
them, and the manifest last; then nothing is left there that the site does not have. TARGET is a
folder, the address of a bucket (s3://, azblob:// or gs://, which take the program candour-cloud), or
a name from [[target]] in candour.toml. Interrupted, it goes on where it stopped when run again.

Only the public edition goes to a target that candour.toml does not mark for another.`,
		Example: `  candour deploy /srv/www/plan --dry-run    what it would do, in words
  candour deploy live                       the [[target]] of that name
  candour-cloud deploy "s3://eastmere-plan?region=eu-west-2"
  candour verify https://plan.eastmere.example/`,
		Args: exactly(1, "a TARGET"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.deploy(cmd.Context(), args[0], f) },
	}
	a.sourceFlags(c)
	c.Flags().StringVar(&f.from, "from", "", "the folder to send (default: public/ in the source, editions/NAME/ for another edition)")
	c.Flags().BoolVar(&f.dryRun, "dry-run", false, "say what would be sent and removed, and do nothing")
	c.Flags().BoolVar(&f.all, "all", false, "send what is the same, too, with its type and cache header")
	c.Flags().BoolVar(&f.adopt, "adopt", false, "take over a place with other files in it, and remove them")
	return c
}

func (a *app) deploy(ctx context.Context, name string, f deployFlags) error {
	target, err := a.target(name)
	if err != nil {
		return err
	}
	b, err := a.bucket(ctx, target.URL)
	if err != nil {
		return told(err)
	}
	from := a.abs(f.from)
	if f.from == "" {
		from = filepath.Join(a.sourceDir(), "public")
		if target.Edition != config.PublicEdition {
			from = filepath.Join(a.sourceDir(), "editions", target.Edition)
		}
	}
	if folder, ok := b.(deploy.Folder); ok {
		if err := apart(string(folder), from, a.sourceDir()); err != nil {
			return told(err)
		}
	}
	site, err := deploy.Read(from)
	if err != nil {
		return told(err)
	}
	say := func(s string) {
		if !a.quiet {
			fmt.Fprintln(a.env.Stderr, s)
		}
	}
	o := deploy.Options{Target: name, Edition: target.Edition, Keep: target.Keep, All: f.all, Adopt: f.adopt, Say: say, Grace: cmp.Or(a.env.Grace, deploy.Grace),
		Beat: a.env.Beat, Stale: a.env.Stale}
	if f.dryRun {
		p, err := deploy.Look(ctx, site, b, o)
		if err != nil {
			return told(err)
		}
		for _, file := range p.Send {
			fmt.Fprintf(a.env.Stdout, "%s %s\n", map[bool]string{true: "new:    ", false: "changed:"}[p.New[file]], file)
		}
		for _, file := range append(p.Remove, p.Late...) {
			fmt.Fprintf(a.env.Stdout, "remove:  %s\n", file)
		}
		say(fmt.Sprintf("would send %d and remove %d files; %d are there already. Nothing was changed", len(p.Send), len(p.Remove)+len(p.Late), p.Same))
		return nil
	}
	p, err := deploy.Send(ctx, site, b, o)
	if err != nil {
		if ctx.Err() != nil {
			return &failure{exitMachine, errors.New("stopped; what is there works, and running candour deploy again finishes it")}
		}
		return told(resumes(err))
	}
	if p.Empty() {
		say(name + " is up to date")
		return nil
	}
	say(fmt.Sprintf("deployed to %s: %d files sent, %d removed, %d were there already", name, len(p.Send), len(p.Remove)+len(p.Late), p.Same))
	return nil
}

func (a *app) verifyCommand() *cobra.Command {
	var against string
	c := &cobra.Command{
		Use:   "verify URL|DIR",
		Short: "Compare a live site with its manifest, file by file",
		Long: `Reads every file that the manifest of a site names, and says which is missing, changed or does not
belong. A folder or bucket is searched whole. An https address cannot be: there, --against with the
folder that you built says whether what is live is what you made, and what of an older version is left.`,
		Example: `  candour verify https://plan.eastmere.example/ --against public
  candour verify /srv/www/plan`,
		Args: exactly(1, "a URL or a DIR"),
		RunE: func(cmd *cobra.Command, args []string) error { return a.verify(cmd.Context(), args[0], against) },
	}
	a.sourceFlags(c)
	c.Flags().StringVar(&against, "against", "", "a built folder whose manifest says what should be there")
	return c
}

func (a *app) verify(ctx context.Context, name, against string) error {
	var want *publish.Manifest
	if against != "" {
		site, err := deploy.Read(a.abs(against))
		if err != nil {
			return told(err)
		}
		want = site.Manifest
	}
	var m *publish.Manifest
	var found []deploy.Difference
	var err error
	if strings.HasPrefix(name, "https://") || strings.HasPrefix(name, "http://") {
		m, found, err = deploy.VerifyWeb(ctx, name, want, nil)
	} else {
		var target config.Target
		if target, err = a.target(name); err == nil {
			var b deploy.Bucket
			if b, err = a.bucket(ctx, target.URL); err == nil {
				m, found, err = deploy.Verify(ctx, b, want, target.Keep)
			}
		}
	}
	if err != nil {
		return told(err)
	}
	for _, d := range found {
		fmt.Fprintf(a.env.Stdout, "%s: %s\n", d.Path, d.What)
	}
	if len(found) > 0 {
		return &failure{exitContent, fmt.Errorf("%d differences\n  hint: run candour deploy again, then candour verify", len(found))}
	}
	if !a.quiet {
		fmt.Fprintf(a.env.Stderr, "all %d files are as the manifest says: edition %s, built %s\n", len(m.Files), m.Edition, m.Clock)
	}
	return nil
}

// target finds a place in candour.toml. One that is not there is a folder from the current one or a bucket, for the public
// edition.
func (a *app) target(name string) (config.Target, error) {
	none := config.Target{URL: name, Edition: config.PublicEdition}
	if !strings.Contains(name, "://") {
		none.URL = a.abs(name)
	}
	if _, err := os.Stat(filepath.Join(a.sourceDir(), "candour.toml")); err != nil {
		return none, nil
	}
	cfg, _, done, err := a.siteConfig()
	if err != nil {
		return none, err
	}
	defer done()
	for _, t := range cfg.Targets {
		u := t.URL
		if !strings.Contains(u, "://") && !filepath.IsAbs(u) {
			u = filepath.Join(a.sourceDir(), filepath.FromSlash(u))
		}
		if t.Name == name || t.URL == name || u == none.URL {
			t.URL = u
			return t, nil
		}
	}
	if !strings.ContainsAny(name, `/\.`) {
		if _, err := os.Stat(none.URL); err != nil {
			return none, usage("%q is no [[target]] of candour.toml and no folder\n  hint: for a new folder write ./%s", name, name)
		}
	}
	return none, nil
}

// bucket opens a place.
func (a *app) bucket(ctx context.Context, address string) (deploy.Bucket, error) {
	scheme, _, isURL := strings.Cut(address, "://")
	if !isURL {
		return deploy.Folder(address), nil
	}
	for _, c := range pack.Buckets {
		if scheme != c {
			continue
		}
		if _, err := url.Parse(address); err != nil {
			return nil, &deploy.Refusal{Text: "that is no address of a bucket", Hint: "write it as " + scheme + "://NAME"}
		}
		if a.env.OpenBucket == nil {
			return nil, &deploy.Refusal{Text: "this program has no client for " + scheme + "://",
				Hint: "use candour-cloud in its place: the same program with the clients of clouds, half as large again; docs/deploying.md says how to get it"}
		}
		return a.env.OpenBucket(ctx, address)
	}
	return nil, &deploy.Refusal{Text: "a site is deployed to a folder or a bucket", Hint: "a bucket's address begins with s3://, azblob:// or gs://; candour deploy --help has examples"}
}

// apart refuses a target folder that shares files with what is sent or written.
func apart(target, from, source string) error {
	inside := func(a, b string) bool {
		rel, err := filepath.Rel(b, a)
		return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
	}
	real := func(p string) string {
		for rest := ""; ; {
			if r, err := filepath.EvalSymlinks(p); err == nil {
				return filepath.Join(r, rest)
			}
			if filepath.Dir(p) == p {
				return filepath.Join(p, rest)
			}
			rest, p = filepath.Join(filepath.Base(p), rest), filepath.Dir(p)
		}
	}
	target, from, source = real(target), real(from), real(source)
	if inside(target, from) || inside(from, target) || inside(source, target) {
		return &deploy.Refusal{Text: "the target holds the site or its sources, or lies in them", Hint: "give a folder of its own"}
	}
	for _, dir := range []string{"content", "data", "layouts", "themes", "static", "packs", ".git"} {
		if inside(target, filepath.Join(source, dir)) {
			return &deploy.Refusal{Text: "the target lies in the site's sources", Hint: "give a folder of its own"}
		}
	}
	return nil
}

// resumes says with a problem at the target that the work is not lost.
func resumes(err error) error {
	var p *deploy.Problem
	if !errors.As(err, &p) || strings.Contains(p.Hint, "candour deploy again") {
		return err
	}
	return &deploy.Problem{Text: err.Error(), Hint: p.Hint + "; then run candour deploy again: it goes on where it stopped"}
}

// told turns what package deploy says into an exit code and a hint.
func told(err error) error {
	var r *deploy.Refusal
	var p *deploy.Problem
	switch {
	case errors.As(err, &r):
		return &failure{exitUsage, fmt.Errorf("%w\n  hint: %s", err, r.Hint)}
	case errors.As(err, &p):
		return &failure{exitMachine, fmt.Errorf("%w\n  hint: %s", err, p.Hint)}
	}
	return err
}
