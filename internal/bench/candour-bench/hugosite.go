package main

import (
	"context"
	"fmt"
	"time"

	candour "candour"
	"candour/data"
	"candour/internal/bench"
	pipeline "candour/internal/build"
	"candour/internal/load"
	"candour/internal/render"
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
	out, err := pipeline.Check(ctx, pipeline.Options{Edition: "public", Load: load.Options{Source: files, Now: now,
		Program: load.Program{Data: data.FS, Themes: themes.FS, Version: candour.Version}}})
	if err != nil {
		return err
	}
	if out.Cleared == nil {
		return fmt.Errorf("the content has errors: %v", out.Findings)
	}
	return render.Export(out.Cleared, dir)
}
