package cli

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"candour/internal/build"
	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/frontmatter"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/scaffold"
	"candour/internal/vetting"
)

func (a *app) approveCommand() *cobra.Command {
	var role, name, how, recordedBy string
	c := &cobra.Command{
		Use:   "approve PAGE --role ROLE [--name NAME] [--how TEXT] [--recorded-by NAME]",
		Short: "Record that somebody has signed a page off",
		Long: `Records in the page's front matter that the person in a role agreed to the page as it stands: its text,
its front matter and its files. When any of these changes the sign-off no longer holds, unless the
change only makes the public safer.

It is a record of who agreed, not proof of who they are. NAME, TEXT and the recorder stay restricted.`,
		Example: `  candour approve content/alerts/grey-tablets.md --role police --name "A. Example" --how "e-mail, 22:41"`,
		Args:    onePage,
		RunE: func(cmd *cobra.Command, args []string) error {
			if role == "" {
				return usage("say with --role who has agreed, such as --role public-health")
			}
			if !config.IsRole(role) {
				return usage("%q is no role; roles are written as in [signoff] of candour.toml, such as senior-responsible-owner", role)
			}
			repo, page, done, err := a.openPage(cmd, args[0])
			if err != nil {
				return err
			}
			defer done()
			roles := repo.Config().Signoff[string(page.Kind)]
			if !slices.Contains(roles, role) {
				a.say("note: pages of kind %s do not need the role %q%s; the roles are: %s", page.Kind, role, nearmiss.Suffix(role, roles), cmp.Or(strings.Join(roles, ", "), "none"))
			}
			digest, err := vetting.Digest(repo, page)
			if err != nil {
				return err
			}
			on, ok, earlier := signedBefore(page, role, name, digest)
			if ok {
				a.say("%s: signed off as %s already%s, for the page as it stands; nothing was written", page.File, role, on)
				return nil
			}
			lines := []string{"role = " + frontmatter.Quote(role), "date = " + repo.Now().In(vetting.London).Format(time.DateOnly), "digest = " + frontmatter.Quote(digest)}
			for _, o := range []struct{ key, value string }{{"name", name}, {"how", how}, {"recorded_by", recordedBy}} {
				if o.value != "" {
					lines = append(lines, o.key+" = "+frontmatter.Quote(o.value))
				}
			}
			if err := a.editPage(page.File, func(src []byte) ([]byte, error) {
				// What the same person agreed to in the same role before is no longer what stands here.
				for i := len(earlier) - 1; i >= 0; i-- {
					if out, err := frontmatter.DropTable(src, "signoff", earlier[i]); err == nil {
						src = out
					}
				}
				return appendTable(src, page, "signoff", lines)
			}); err != nil {
				return err
			}
			a.say("%s: signed off as %s", page.File, role)
			return nil
		},
	}
	c.Flags().StringVar(&role, "role", "", "the role that agreed, as in [signoff] of candour.toml")
	c.Flags().StringVar(&name, "name", "", "who agreed (restricted)")
	c.Flags().StringVar(&how, "how", "", "how they said so, such as \"e-mail, 22:41\" (restricted)")
	c.Flags().StringVar(&recordedBy, "recorded-by", "", "who wrote it down (restricted)")
	return a.repository(c, false)
}

// signedBefore reports whether the very page was signed off in a role by the same person, and when; earlier are the places of
// that person's sign-offs of other versions in that role.
func signedBefore(page *content.Page, role, name, digest string) (on string, ok bool, earlier []int) {
	items, _ := page.Front["signoff"].([]any)
	for i, item := range items {
		table, _ := item.(map[string]any)
		by, _ := table["name"].(string)
		if table["role"] != role || by != name {
			continue
		}
		if table["digest"] != digest {
			earlier = append(earlier, i)
			continue
		}
		if at, _, dated := frontmatter.Instant(table["date"], vetting.London); dated {
			on = " on " + at.In(vetting.London).Format("2 January 2006")
		}
		return on, true, nil
	}
	return "", false, earlier
}

func (a *app) withdrawCommand() *cobra.Command {
	var reason string
	c := &cobra.Command{
		Use:   "withdraw PAGE --reason TEXT",
		Short: "Take an alert back, at once",
		Long: `Marks an alert as withdrawn and notes the reason, which readers see, in its change history. The page
stays at its address, says plainly that it no longer applies, and links to it still work. It leaves
the home page. Nobody needs to sign for this: sign-offs stay valid. Run candour build afterwards.`,
		Example: `  candour withdraw content/alerts/grey-tablets.md --reason "Tests found no synthetic opioid."`,
		Args:    onePage,
		RunE: func(cmd *cobra.Command, args []string) error {
			if strings.TrimSpace(reason) == "" {
				return usage("say why with --reason; readers see it")
			}
			repo, page, done, err := a.openPage(cmd, args[0])
			if err != nil {
				return err
			}
			defer done()
			if page.Kind != content.Alerts || page.Section {
				return usage("only an alert can be withdrawn, and %s is not one; to publish the rest without it: candour build --leave-out %s", page.File, shellQuote(page.File))
			}
			if page.Text("status") == "withdrawn" {
				return usage("%s is withdrawn already", page.File)
			}
			at := repo.Now().In(vetting.London).Format("2006-01-02T15:04:05")
			err = a.editPage(page.File, func(src []byte) ([]byte, error) {
				src, err := frontmatter.SetScalar(src, "status", frontmatter.Quote("withdrawn"))
				if err != nil {
					return nil, err
				}
				src = scaffold.WithoutDraftNote(src)
				return appendTable(src, page, "change", []string{"date = " + at, "note = " + frontmatter.Quote("Withdrawn: "+strings.TrimSpace(reason))})
			})
			if err != nil {
				return err
			}
			a.say("%s: withdrawn; now run candour build", page.File)
			return nil
		},
	}
	c.Flags().StringVar(&reason, "reason", "", "why, in words that readers will see")
	return a.repository(c, false)
}

func onePage(cmd *cobra.Command, args []string) error {
	if len(args) != 1 {
		return usage("%s takes one PAGE; see %s --help", cmd.CommandPath(), cmd.CommandPath())
	}
	return nil
}

// openPage reads the repository for a command that edits one page. Faults in other pages do not stand in its way.
func (a *app) openPage(cmd *cobra.Command, arg string) (*load.Repo, *content.Page, func(), error) {
	a.format = "text"
	opt, done, err := a.options()
	if err != nil {
		return nil, nil, done, err
	}
	file, err := a.page(arg)
	if err != nil {
		done()
		return nil, nil, done, err
	}
	opt.Load.Only = file
	repo, found, err := load.Load(cmd.Context(), opt.Load)
	if err == nil && (repo == nil || len(repo.Pages()) == 0 && found.HasErrors()) {
		err = a.tell(&build.Outcome{Findings: found})
		if err == nil {
			err = &failure{exitContent, errors.New("the page cannot be read as it is")}
		}
	}
	if err != nil {
		done()
		return nil, nil, done, err
	}
	for _, p := range repo.Pages() {
		if p.File == file {
			return repo, p, done, nil
		}
	}
	done()
	return nil, nil, done, usage("%s is not a page of this repository", file)
}

// appendTable adds a table to an array of the front matter, whichever of its two forms the author chose.
func appendTable(src []byte, page *content.Page, key string, lines []string) ([]byte, error) {
	out, err := frontmatter.AppendTable(src, key, lines)
	if err == nil {
		return out, nil
	}
	items, ok := page.Front[key].([]any)
	if !ok {
		return nil, err
	}
	var all []string
	for _, item := range items {
		all = append(all, inline(item))
	}
	all = append(all, "{ "+strings.Join(lines, ", ")+" }")
	return frontmatter.SetScalar(src, key, "["+strings.Join(all, ", ")+"]")
}

// inline writes a decoded value as an inline TOML value.
func inline(v any) string {
	switch v := v.(type) {
	case map[string]any:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, frontmatter.Quote(k)+" = "+inline(v[k]))
		}
		return "{ " + strings.Join(parts, ", ") + " }"
	case []any:
		var parts []string
		for _, item := range v {
			parts = append(parts, inline(item))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		return frontmatter.Quote(v)
	case time.Time:
		return v.Format(time.RFC3339)
	}
	return fmt.Sprint(v)
}

func sortedKeys(m map[string]any) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// editPage rewrites a source file: beside it, then by rename, so that it is never half-written.
func (a *app) editPage(file string, change func([]byte) ([]byte, error)) error {
	name := filepath.Join(a.sourceDir(), filepath.FromSlash(file))
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return fmt.Errorf("%s cannot be read", file)
	}
	out, err := change(src)
	if err != nil {
		return &failure{exitContent, fmt.Errorf("%s: %w", file, err)}
	}
	return a.replaceFile(name, out)
}

// replaceFile writes a file beside the old one, with the old one's mode, and renames it into place.
func (a *app) replaceFile(name string, data []byte) error {
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".candour-*")
	if err != nil {
		return writeError(a.short(name), err)
	}
	defer os.Remove(f.Name())
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		return writeError(a.short(name), err)
	}
	return nil
}

func writeError(name string, err error) error {
	return fmt.Errorf("%s cannot be written (%s); it is as it was", name, cause(err))
}

// cause is the system's reason without paths.
func cause(err error) string {
	var pe *fs.PathError
	if errors.As(err, &pe) {
		return pe.Err.Error()
	}
	return err.Error()
}
