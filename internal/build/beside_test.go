package build_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/parallel"
	"candour/internal/render"
	"candour/internal/sitetest"
)

// broken is a past that makes the preparing of a site fail.
type broken struct{}

func (broken) Page(string, render.Key) ([]byte, bool) { panic("broken") }
func (broken) Rest(render.Key) ([]output.File, bool)  { return nil, false }
func (broken) Memo() *render.Memo                     { return nil }
func (broken) Empty() bool                            { return false }

// The tree for Hugo is made while the sources are searched. Where that fails, a leak in the sources is told all the same.
func TestALeakIsToldWhereRenderingCannotBegin(t *testing.T) {
	page := func(text string) string {
		return `
-- content/pages/about.md --
+++
title = "About"
summary = "What this is."
date = 2026-09-14

[extra]
contact = "Marguerite Quillon"

[[withhold]]
field = "extra.contact"
reason = "confidential"
+++
` + text + "\n"
	}
	check := func(text string) (*build.Outcome, error) {
		opt := sitetest.Options(sitetest.Files(page(text)), "public")
		opt.Past = broken{}
		return build.Check(context.Background(), opt)
	}
	out, err := check("Ask Marguerite Quillon.")
	if err != nil || !out.Findings.Has(diag.Leak) {
		t.Errorf("with a leak: %v, %v", err, out.Findings)
	}
	out, err = check("Ask the team.")
	var fault *parallel.Fault
	if !errors.As(err, &fault) || out.Audited != nil || strings.Contains(err.Error(), "Quillon") {
		t.Errorf("without one: %v, %v", err, out.Findings)
	}
}
