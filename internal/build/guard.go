package build

import (
	"context"
	"slices"

	"candour/internal/audit"
	"candour/internal/load"
	"candour/internal/redact"
	"candour/internal/vetting"
)

// Guard reads a site as far as it takes to know what it withholds from an edition, for a command that shows words of which
// some may be among that. The Watch is nil where the site's faults leave open what is withheld: nothing is shown then. The
// Repo is nil where the site cannot be read at all.
func Guard(ctx context.Context, opt Options) (*load.Repo, *audit.Watch, error) {
	repo, _, err := load.Load(ctx, opt.Load)
	if err != nil || repo == nil {
		return nil, nil, err
	}
	e, err := edition(repo.Config(), opt)
	if err != nil {
		return repo, nil, err
	}
	vetted, _, err := vetting.Vet(ctx, repo, vetting.Options{Edition: e})
	if err != nil {
		return repo, nil, err
	}
	cleared, _, err := redact.Redact(ctx, vetted)
	if err != nil || open(vetted) {
		return repo, nil, err
	}
	return repo, audit.NewWatch(cleared, nil), nil
}

// open reports whether it is left open what a page of the site's own withholds. One from a pack says so itself.
func open(v *vetting.Vetted) bool {
	return len(v.Repo().Unread()) > 0 || slices.ContainsFunc(v.Pages(), func(p *vetting.Page) bool {
		return p.Absence == vetting.Unsettled && (p.Origin == nil || p.Origin.Changed != nil)
	})
}
