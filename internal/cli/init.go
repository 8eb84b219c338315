package cli

import (
	"errors"

	"github.com/spf13/cobra"

	candour "candour"
	"candour/content"
	"candour/data"
	"candour/internal/scaffold"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "init DIR",
		Short: "Write a starter content repository",
		Long: `Writes a complete example into an empty folder: a fictional partnership with a plan, alert templates,
alerts, leaflets and pages. Change candour.toml first, then the pages one by one.`,
		Example: "  candour init our-site\n  cd our-site\n  candour serve",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("candour init takes one folder, such as candour init our-site")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := a.abs(args[0])
			n, err := scaffold.Init(dir, candour.Starter, content.FS, data.FS)
			var taken *scaffold.TakenError
			if errors.As(err, &taken) {
				return &failure{exitUsage, err}
			}
			if err != nil {
				return err
			}
			there := ""
			if dir != a.abs("") {
				there = "\n  cd " + shellQuote(args[0])
			}
			a.say("%s: %d files. Next:%s\n  candour serve", a.short(dir), n, there)
			return nil
		},
	}
}
