package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/spf13/cobra"

	"candour/internal/build"
	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/scaffold"
	"candour/internal/vetting"
)

func (a *app) newCommand() *cobra.Command {
	var from string
	var fills []string
	c := &cobra.Command{
		Use:   "new KIND SLUG [--from TEMPLATE] [--fill KEY=VALUE]…",
		Short: "Start a new page, or an alert from a vetted template",
		Long: `Writes a new page with every key that its kind needs, empty where nothing is known yet: candour check
asks for what is left. An alert starts from a template: its gaps are
filled from --fill, on a terminal the others are asked for one by one, and the result is a draft, which
no edition but internal shows. The template's page says what belongs into each gap.
A leaflet's SLUG begins with its setting: festival/welfare-tent.`,
		Example: `  candour new alerts grey-tablets --from suspected-adulteration
  candour new alerts friday-night --from venues-and-events --fill area="Eastmere town" \
    --fill concern="Pills sold as diazepam may contain an opioid." --fill until="Sunday 22 November" \
    --fill contact_role="the public health duty desk, 01632 960000"
  candour new leaflets festival/welfare-tent
  candour new pages about-us`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usage("candour new takes a KIND and a SLUG; the kinds are: %s", strings.Join(content.KindNames(), ", "))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			kind, given := args[0], strings.ReplaceAll(args[1], `\`, "/")
			if !content.IsKind(kind) {
				return usage("there is no kind %q%s; the kinds are: %s", kind, nearmiss.Suffix(kind, content.KindNames()), strings.Join(content.KindNames(), ", "))
			}
			if filepath.IsAbs(args[1]) || path.IsAbs(given) || len(given) > 1 && given[1] == ':' {
				return usage("the SLUG is the page's name below content/%s/, and not a path on this machine, such as: candour new %s %s", kind, kind, exampleSlug(kind, path.Base(given)))
			}
			slug := strings.TrimSuffix(strings.Trim(strings.TrimPrefix(strings.TrimPrefix(given, "./"), "content/"+kind+"/"), "/"), ".md")
			if err := checkSlug(kind, slug); err != nil {
				return err
			}
			if from != "" && kind != string(content.Alerts) {
				return usage("only alerts are made from a template")
			}
			if from == "" && kind == string(content.Alerts) {
				return usage("an alert is made from a vetted template: name it with --from, such as --from suspected-adulteration")
			}
			data, err := a.newPage(cmd, kind, slug, from, fills)
			if err != nil {
				return err
			}
			file := path.Join("content", kind, slug) + ".md"
			if err := scaffold.Create(filepath.Join(a.sourceDir(), filepath.FromSlash(file)), data); err != nil {
				var taken *scaffold.TakenError
				if errors.As(err, &taken) {
					return &failure{exitUsage, err}
				}
				return err
			}
			a.say("%s: written; open it in your editor, then run candour check", file)
			if setting, _, ok := strings.Cut(slug, "/"); ok && kind == string(content.Leaflets) {
				if known := a.settingKeys(cmd); !slices.Contains(known, setting) {
					a.say("note: there is no setting %q yet%s; the settings are: %s. Add yours to data/settings.toml: [%s] with label = \"…\" below it", setting, nearmiss.Suffix(setting, known), strings.Join(known, ", "), setting)
				}
			}
			return nil
		},
	}
	c.Flags().StringVar(&from, "from", "", "the template of an alert, by its file or its short name")
	c.Flags().StringArrayVar(&fills, "fill", nil, "what goes into a gap of the template, as KEY=VALUE; may be given more than once")
	return a.repository(c, false)
}

// exampleSlug is a name that a page of a kind could have.
func exampleSlug(kind, name string) string {
	name = strings.TrimSuffix(name, ".md")
	if name = content.Segment(name); name == "" || name == "." {
		name = "about-us"
	}
	if kind == string(content.Leaflets) {
		return "festival/" + name
	}
	return name
}

// settingKeys are the settings of leaflets that this site has.
func (a *app) settingKeys(cmd *cobra.Command) []string {
	s, err := a.vocabularyFor(cmd)
	if err != nil {
		return nil
	}
	return s.Keys("settings")
}

func checkSlug(kind, slug string) error {
	parts := strings.Split(slug, "/")
	for _, p := range parts {
		if p == "" || p == "." || p == ".." || p != content.Segment(p) {
			like := ""
			if s := content.Segment(p); strings.ContainsFunc(p, unicode.IsLetter) {
				like = fmt.Sprintf(", such as %q", s)
			}
			return usage("%q cannot be part of an address; use small letters, digits and hyphens%s", p, like)
		}
	}
	if kind == string(content.Leaflets) && len(parts) < 2 {
		return usage("a leaflet lies in the folder of its setting: candour new leaflets festival/%s", slug)
	}
	return nil
}

// openTemplate finds the template of an alert by its file or its short name: a page of the site's own, or of one of its
// packs.
func (a *app) openTemplate(cmd *cobra.Command, from string) (*load.Repo, *content.Page, func(), error) {
	const folder = "content/alert-templates/"
	if !strings.Contains(from, "/") {
		from = folder + from
	}
	if _, err := a.page(from); err == nil {
		return a.openPage(cmd, from)
	}
	opt, done, err := a.options()
	if err != nil {
		return nil, nil, done, err
	}
	repo, found, err := load.Load(cmd.Context(), opt.Load)
	if err == nil && repo == nil {
		if err = a.tell(&build.Outcome{Findings: found}); err == nil {
			err = &failure{exitContent, errors.New("the templates cannot be read as things are")}
		}
	}
	if err != nil {
		done()
		return nil, nil, done, err
	}
	short := func(file string) string {
		return strings.TrimSuffix(strings.TrimSuffix(strings.TrimPrefix(file, folder), ".md"), "/index")
	}
	name, known := short(filepath.ToSlash(from)), a.templates()
	for _, p := range repo.Pages() {
		if p.Kind != content.AlertTemplates || p.Section || p.Lang != "" {
			continue
		}
		if short(p.File) == name {
			return repo, p, done, nil
		}
		known = append(known, short(p.File))
	}
	done()
	slices.Sort(known)
	known = slices.Compact(known)
	if len(known) == 0 {
		return nil, nil, done, usage("there is no alert template here; write one with candour new alert-templates NAME, or take a pack that has some")
	}
	return nil, nil, done, usage("there is no alert template %q%s; the templates are: %s", name, nearmiss.Suffix(name, known), strings.Join(known, ", "))
}

// templates are the short names of the alert templates in the source; those of a pack are not among them.
func (a *app) templates() []string {
	dir := filepath.Join(a.sourceDir(), "content", string(content.AlertTemplates))
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil
	}
	var names []string
	for _, e := range entries {
		name, page := strings.CutSuffix(e.Name(), ".md")
		if e.IsDir() {
			_, err := os.Stat(filepath.Join(dir, name, "index.md"))
			page = err == nil
		}
		if page && name != "_index" {
			names = append(names, name)
		}
	}
	return names
}

func (a *app) newPage(cmd *cobra.Command, kind, slug, from string, fills []string) ([]byte, error) {
	now, err := a.clock()
	if err != nil {
		return nil, err
	}
	now = now.In(vetting.London)
	if from == "" {
		source, done, err := load.OpenSource(a.sourceDir())
		if err != nil {
			return nil, err
		}
		defer func() { _ = done() }()
		if _, err := fs.Stat(source, "candour.toml"); err != nil {
			return nil, usage("there is no candour.toml here; make a content repository with candour init DIR, or name one with --source DIR")
		}
		words := strings.ReplaceAll(path.Base(slug), "-", " ")
		s, vocabulary := load.Schema(load.Options{Program: a.program(), Source: source})
		first, n := utf8.DecodeRuneInString(words)
		known := map[string]string{"title": string(unicode.ToUpper(first)) + words[n:]}
		if setting, _, ok := strings.Cut(slug, "/"); ok && kind == string(content.Leaflets) {
			known["setting"] = setting
		}
		if src, err := fs.ReadFile(source, "candour.toml"); err == nil && kind == string(content.Narrative) {
			if cfg, faults := config.Parse(src, "candour.toml"); !faults.HasErrors() && cfg.Organisation != "" {
				known["publisher"] = cfg.Organisation
			}
		}
		return scaffold.Page(s.Kind(kind), vocabulary, known, now), nil
	}
	repo, template, done, err := a.openTemplate(cmd, from)
	if err != nil {
		return nil, err
	}
	defer done()
	if template.Kind != content.AlertTemplates || template.Section {
		return nil, usage("%s is no alert template", template.File)
	}
	fill := map[string]string{}
	for _, f := range fills {
		key, value, ok := strings.Cut(f, "=")
		if !ok {
			return nil, usage("--fill takes KEY=VALUE, such as --fill area=Eastmere")
		}
		fill[key] = value
	}
	if a.env.Asks {
		if err := scaffold.CheckKeys(template, fill); err != nil {
			return nil, &failure{exitUsage, err}
		}
		if err := a.ask(cmd.Context(), template, fill); err != nil {
			return nil, err
		}
	}
	if err := scaffold.CheckFill(template, fill); err != nil {
		return nil, &failure{exitUsage, err}
	}
	area := fill["area"]
	if area == "" {
		area = repo.Config().Area
	}
	return scaffold.Alert(template, fill, area, now), nil
}
