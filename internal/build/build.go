// Package build is the pipeline, on one screen:
//
//	load -> vet -> redact -> render -> audit -> publish
//
// Each stage accepts only what the stage before it returns, and only that stage can make it: rendering unredacted content
// or publishing unaudited bytes does not compile.
package build

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"candour/internal/audit"
	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/pack"
	"candour/internal/parallel"
	"candour/internal/present"
	"candour/internal/publish"
	"candour/internal/redact"
	"candour/internal/render"
	"candour/internal/vetting"
)

// Options say what to build, and from what.
type Options struct {
	Load     load.Options
	Edition  string
	LeaveOut []string
	Reading  bool // tell of every page how hard it is to read
	Vetting  *vetting.Cache
	Past     render.Past  // what of an earlier build may be used again, or nil
	Seen     *audit.Cache // what an earlier build of this process found clean, or nil
	// Readings keeps what the audit read out of PDFs, or is nil.
	Readings audit.Readings
	// ForReview keeps what was made past gates that are shut. It can be looked at, never published.
	ForReview bool
	// Set gives contacts of leaflets for this run, by the names of their slots.
	Set map[string]string
	// Offers are formats of leaflets, made and audited in a pass before this one, to publish beside their pages.
	Offers []redact.Offer
}

// Outcome is how far a build came and what it found.
type Outcome struct {
	Edition  config.Edition
	Findings diag.List
	Vetted   *vetting.Vetted // nil where loading or vetting found errors other than shut gates
	Cleared  *redact.Cleared // nil likewise, or where redaction found errors
	Watch    *audit.Watch    // nil likewise
	// Rendered is nil where rendering was not reached. It is for a preview, never for publishing.
	Rendered *render.Rendered
	Audited  *audit.Audited // nil unless the site may be published
	Config   *config.Config
	Packs    []*pack.Pack // that the site takes
}

// Check runs every stage but publishing. An error means that the work could not be done; faults in the content are
// findings, and Audited is nil when one of them is an error.
//
// An author is told everything in one run, as far as that is safe. Past shut gates every stage runs. Past other faults in
// pages the sources are still searched for leaks and details, without the pages whose faults leave open what of them is
// withheld; nothing is rendered then.
func Check(ctx context.Context, opt Options) (*Outcome, error) {
	out := &Outcome{}
	opt.Load.LeaveOut = opt.LeaveOut
	repo, found, err := load.Load(ctx, opt.Load)
	out.Findings.Add(found...)
	if err != nil || repo == nil {
		return out, err
	}
	out.Config, out.Packs = repo.Config(), repo.Packs()
	out.Config.Give(opt.Set)
	defer func() { repo.Attribute(out.Findings) }()
	if out.Edition, err = edition(repo.Config(), opt); err != nil {
		return out, err
	}
	vetted, found, err := vetting.Vet(ctx, repo, vetting.Options{Edition: out.Edition, LeaveOut: opt.LeaveOut, Cache: opt.Vetting, Reading: opt.Reading})
	out.Findings.Add(found...)
	if err != nil {
		return out, err
	}
	cleared, found, err := redact.Redact(ctx, vetted)
	out.Findings.Add(found...)
	if err != nil {
		return out, err
	}
	watch := audit.NewWatch(cleared, opt.Seen)
	defer func() { watch.Hush(out.Findings) }()
	watch.Remember(opt.Readings)
	if err := knownSlots(cleared); err != nil {
		return out, err
	}
	cleared.SetOffers(opt.Offers)
	var ready *render.Prepared // and dropped where the sources are not clean, before any template has run
	defer func() { ready.Drop() }()
	var unready error // told after what was found in the sources: a leak comes first
	err = parallel.Beside(ctx, func(ctx context.Context) (err error) {
		found, err = watch.Sources(ctx)
		return err
	}, func(ctx context.Context) error {
		if cleared.Sound() {
			ready, unready = render.Prepare(ctx, cleared, opt.Past)
		}
		return nil
	})
	if err != nil {
		return out, err
	}
	found.Add(watch.Given(repo.Config().Given())...)
	out.Findings.Add(found...)
	if cleared.Sound() {
		out.Vetted, out.Cleared, out.Watch = vetted, cleared, watch
	}
	if found.HasErrors() || !cleared.Sound() {
		out.Findings.Add(watch.Details()...)
		return out, nil
	}
	if unready != nil {
		return out, unready
	}
	if opt.Vetting == nil && !opt.ForReview {
		out.Cleared.Forget()
	}
	out.Rendered, found, err = ready.Render(ctx)
	out.Findings.Add(found...)
	if err != nil {
		return out, err
	}
	if out.Rendered == nil {
		out.Findings.Add(watch.Details()...)
		return out, nil
	}
	unmade := found.HasErrors() // a file could not be made, or two have one address
	out.Audited, found, err = out.Watch.Audit(ctx, out.Rendered)
	out.Findings.Add(found...)
	if (cleared.Blocked() || unmade) && !opt.ForReview {
		out.Audited = nil
	}
	return out, err
}

// knownSlots refuses a name that no leaflet and no contact has.
func knownSlots(c *redact.Cleared) error {
	given := c.Config().Given()
	if len(given) == 0 {
		return nil
	}
	known := present.SlotNames(c)
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if !slices.Contains(known, name) {
			return fmt.Errorf("%w: --set %s: no leaflet has such a contact%s; there are: %s", load.ErrUsage, name, nearmiss.Suffix(name, known), strings.Join(known, ", "))
		}
	}
	return nil
}

// edition settles which edition is built and where it will live.
func edition(cfg *config.Config, opt Options) (config.Edition, error) {
	name := opt.Edition
	if name == "" {
		name = "public"
	}
	e, ok := cfg.Edition(name)
	if !ok {
		return e, fmt.Errorf("%w: candour.toml has no edition %q; the editions are %s", load.ErrUsage, name, strings.Join(cfg.EditionNames(), ", "))
	}
	if problem, ok := e.Problem(); ok {
		return e, fmt.Errorf("%w: %s", load.ErrUsage, problem)
	}
	return e, nil
}

// Publish puts an audited site into a folder. Nil is never published: a zero value holds nothing.
func Publish(ctx context.Context, a *audit.Audited, dir, source, version string, now time.Time) (publish.Result, error) {
	if a == nil || a.Cleared().Blocked() {
		return publish.Result{}, errors.New("nothing has been audited and signed off")
	}
	e := a.Edition()
	return publish.Write(ctx, a.Site(), publish.Options{Dir: dir, Source: source, Manifest: publish.Manifest{
		Program: "candour", Version: version, Edition: e.Name, Clearance: e.Clearance.String(),
		Clock: now.UTC().Format(time.RFC3339), BaseURL: e.BaseURL, LeftOut: a.Cleared().LeftOut(), Pages: len(a.Cleared().Pages()),
	}})
}
