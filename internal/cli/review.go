package cli

import (
	"bytes"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/publish"
	"candour/internal/review"
)

func (a *app) reviewCommand() *cobra.Command {
	var html string
	var leaveOut []string
	c := &cobra.Command{
		Use:   "review [--edition NAME] [--html FILE]",
		Short: "List what is withheld, released, unsigned, overdue and changed",
		Long: `Lists, for whoever signs: every withheld item by name, reason and rule; every released one with who
approved it; what is guarded by construction alone; what is unsigned, stale or overdue; and what
changed since the site was last published. It never shows a withheld value.`,
		Example: "  candour review\n  candour review --html review.html",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			opt, done, err := a.options()
			if err != nil {
				return err
			}
			defer done()
			opt.ForReview = true
			if opt.LeaveOut, err = a.pages(leaveOut); err != nil {
				return err
			}
			out, err := build.Check(cmd.Context(), opt)
			if err != nil {
				a.tellBefore(out)
				return err
			}
			if out.Watch == nil {
				err := a.tell(out)
				if html != "" && a.format == "text" {
					a.say("%s was not written: what is withheld is not settled until these errors are mended, or their pages left out", html)
				}
				return err
			}
			manifest, err := publish.ReadManifest(a.outputDir(""))
			if err != nil {
				manifest = nil // never published there
			}
			r := review.New(out, manifest, opt.Load.Now.UTC().Format(time.RFC3339))
			return a.showReview(out, r, html)
		},
	}
	c.Flags().StringVar(&html, "html", "", "write the review as one HTML page to this file")
	c.Flags().StringArrayVar(&leaveOut, "leave-out", nil, "review without this page; may be given more than once")
	return a.repository(c, true)
}

func (a *app) showReview(out *build.Outcome, r *review.Review, html string) error {
	if html != "" {
		name := a.abs(html)
		if rel, err := filepath.Rel(filepath.Join(a.sourceDir(), "static"), name); err == nil && !strings.HasPrefix(rel, "..") {
			return usage("a review in static/ would be published; give another place")
		}
		var b bytes.Buffer
		if err := r.HTML(&b); err != nil {
			return err
		}
		if err := a.replaceFile(name, b.Bytes()); err != nil {
			return err
		}
		a.say("%s: written", a.short(name))
	}
	if a.format != "text" {
		return a.tell(out)
	}
	if html == "" {
		r.Text(a.env.Stdout)
	}
	if out.Findings.Has(diag.Leak) {
		a.code = exitLeak
		return nil
	}
	if out.Findings.HasErrors() {
		a.code = exitContent
	}
	return nil
}
