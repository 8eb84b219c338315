package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	candour "candour"
	"candour/data"
	"candour/internal/bench"
	"candour/internal/load"
	"candour/internal/redact"
	"candour/internal/render"
	"candour/internal/vetting"
	"candour/themes"
)

// writeHugoSite writes, for the public edition at bench.Clock, the tree that the renderer hands to Hugo, so that the command
// hugo can build the very pages that candour builds: content already redacted, theme, configuration.
func writeHugoSite(ctx context.Context, source, dir string) error {
	now, err := time.Parse(time.RFC3339, bench.Clock)
	if err != nil {
		return err
	}
	files, done, err := load.OpenSource(source)
	if err != nil {
		return err
	}
	defer func() { _ = done() }()
	repo, found, err := load.Load(ctx, load.Options{Source: files, Now: now, Program: load.Program{Data: data.FS, Themes: themes.FS, Version: candour.Version}})
	if err != nil || repo == nil || !repo.Sound() {
		return errors.Join(err, fmt.Errorf("the content has errors: %v", found))
	}
	public, _ := repo.Config().Edition("public")
	vetted, found, err := vetting.Vet(ctx, repo, vetting.Options{Edition: public})
	if err != nil || !vetted.Sound() {
		return errors.Join(err, fmt.Errorf("the content has errors: %v", found))
	}
	cleared, found, err := redact.Redact(ctx, vetted)
	if err != nil || !cleared.Sound() {
		return errors.Join(err, fmt.Errorf("the content has errors: %v", found))
	}
	return render.Export(ctx, cleared, dir)
}
