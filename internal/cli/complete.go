package cli

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/report"
)

// complete tells the shell which words an option or a command takes, beyond their names. A site that cannot be read offers
// none: nobody wants a fault of theirs in the middle of a line.
func (a *app) complete(root *cobra.Command) {
	words := func(list func() []string) cobra.CompletionFunc {
		return func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return list(), cobra.ShellCompDirectiveNoFileComp
		}
	}
	options := map[string]cobra.CompletionFunc{
		"edition":   words(func() []string { return a.settings().EditionNames() }),
		"format":    words(report.Formats),
		"role":      words(a.roles),
		"from":      words(a.templates),
		"leave-out": words(func() []string { return a.pagesBelow("content") }),
	}
	first := func(list func() []string, then cobra.ShellCompDirective) cobra.CompletionFunc {
		return func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) > 0 {
				return nil, then
			}
			return list(), cobra.ShellCompDirectiveNoFileComp
		}
	}
	for _, c := range root.Commands() {
		for name, f := range options {
			if flag := c.Flags().Lookup(name); flag != nil && (name != "format" || flag.DefValue == "text") { // print has formats of its own
				_ = c.RegisterFlagCompletionFunc(name, f) // an error says that it was done before
			}
		}
		switch c.Name() {
		case "explain":
			c.ValidArgsFunction = first(func() []string {
				known := content.KindNames()
				for _, r := range diag.Rules() {
					known = append(known, r.Name)
				}
				return known
			}, cobra.ShellCompDirectiveNoFileComp)
		case "new":
			c.ValidArgsFunction = first(content.KindNames, cobra.ShellCompDirectiveNoFileComp)
		case "approve":
			c.ValidArgsFunction = first(func() []string { return a.pagesBelow("content") }, cobra.ShellCompDirectiveNoFileComp)
		case "withdraw":
			c.ValidArgsFunction = first(func() []string { return a.pagesBelow("content/alerts") }, cobra.ShellCompDirectiveNoFileComp)
		}
	}
}

// settings are those of the source's candour.toml, as far as it can be read.
func (a *app) settings() *config.Config {
	source, done, err := load.OpenSource(a.sourceDir())
	if err != nil {
		return &config.Config{}
	}
	defer func() { _ = done() }()
	src, err := fs.ReadFile(source, "candour.toml")
	if err != nil {
		return &config.Config{}
	}
	cfg, _ := config.Parse(src, "candour.toml")
	return cfg
}

// roles are those that anything in the source needs a sign-off of.
func (a *app) roles() []string {
	known := map[string]bool{}
	for _, roles := range a.settings().Signoff {
		for _, role := range roles {
			known[role] = true
		}
	}
	return slices.Sorted(maps.Keys(known))
}

// pagesBelow lists the pages of the source in a folder, by the paths that commands take.
func (a *app) pagesBelow(dir string) []string {
	source, done, err := load.OpenSource(a.sourceDir())
	if err != nil {
		return nil
	}
	defer func() { _ = done() }()
	var pages []string
	_ = fs.WalkDir(source, dir, func(p string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil
		case strings.HasPrefix(path.Base(p), ".") && d.IsDir():
			return fs.SkipDir
		case d.Type().IsRegular() && strings.HasSuffix(p, ".md") && path.Base(p) != "_index.md":
			pages = append(pages, p)
		}
		return nil
	})
	return pages
}
