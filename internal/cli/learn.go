package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	candour "candour"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/nearmiss"
	"candour/internal/schema"
	"candour/internal/vocab"
)

func (a *app) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Print the version", Long: "Prints the version of the program.", Example: "  candour version", Args: noArgs,
		RunE: func(*cobra.Command, []string) error {
			fmt.Fprintln(a.env.Stdout, "candour", candour.Version)
			return nil
		},
	}
}

// tidyBuiltIn gives the library's own commands an example, and our exit code for what they do not know: they would answer
// it with success. It comes after root knows where to write to, which these commands ask for when they are made.
func tidyBuiltIn(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Example = "  candour help build"
			c.RunE = func(_ *cobra.Command, args []string) error {
				about, rest, err := root.Find(args)
				if err != nil || len(rest) > 0 || about.Hidden {
					return usage("there is no command %q%s; see candour --help", strings.Join(args, " "), suggest(root, strings.Join(args, " ")))
				}
				about.InitDefaultHelpFlag()
				return about.Help()
			}
		case "completion":
			c.Short = "Write a completion script for your shell"
			c.Example = "  candour completion bash > /etc/bash_completion.d/candour"
			shells := make([]string, 0, 4)
			for _, shell := range c.Commands() {
				shell.Args, shell.Example = noArgs, "  candour completion "+shell.Name()
				shells = append(shells, shell.Name())
			}
			c.Use = "completion " + strings.Join(shells, "|")
			c.Long = "Writes a script by which a shell completes commands, options and names of pages when you press Tab.\n" +
				"The shells are: " + strings.Join(shells, ", ") + ". candour completion SHELL --help says where its script goes."
			c.Args = cobra.ArbitraryArgs
			c.RunE = func(_ *cobra.Command, args []string) error {
				if len(args) > 0 {
					return usage("there is no completion for %q; the shells are: %s", args[0], strings.Join(shells, ", "))
				}
				return c.Help()
			}
		}
	}
}

func (a *app) explainCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "explain [CODE|RULE|KIND|KEY]",
		Short: "Say what a finding means, or what a page takes",
		Long: `Says what a finding means and how to mend it honestly, by its code or its rule, or what a kind of page
takes: every field with its level. A key of the front matter, such as panel_met or lead.*.phone, is explained with an example.
Without an argument it lists findings and kinds.`,
		Example: "  candour explain sign-off-stale\n  candour explain CND0301\n  candour explain plans\n  candour explain panel_met",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("candour explain takes one word; see candour explain --help")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 0 {
				a.listRules()
				return nil
			}
			word := strings.ToLower(strings.TrimSpace(args[0]))
			if content.IsKind(word) {
				return a.explainKind(cmd, word)
			}
			if rule, e, ok := diag.Explain(args[0]); ok {
				fmt.Fprintf(a.env.Stdout, "%s %s (%s)\n\n%s\n\nWhat to do: %s\n", rule.Code, rule.Name, rule.Severity, wrap(e.Means), wrap(e.Mend))
				if e.Example != "" {
					fmt.Fprintf(a.env.Stdout, "\nExample:\n%s\n", indent(e.Example))
				}
				return nil
			}
			if ok, err := a.explainKey(cmd, word); ok || err != nil {
				return err
			}
			known := content.KindNames()
			for _, r := range diag.Rules() {
				known = append(known, r.Name, r.Code)
			}
			return usage("nothing is called %q%s; candour explain lists everything", args[0], nearmiss.Suffix(args[0], known))
		},
	}
	return a.repository(c, false)
}

func (a *app) listRules() {
	w := a.env.Stdout
	fmt.Fprintln(w, "Kinds of page:")
	for _, k := range content.KindNames() {
		fmt.Fprintln(w, "  "+k)
	}
	fmt.Fprintln(w, "\nFindings:")
	for _, r := range diag.Rules() {
		fmt.Fprintf(w, "  %s  %-26s %s\n", r.Code, r.Name, r.Severity)
	}
}

// explainKind prints the schema as it is for this site, or as the program ships it where there is no site.
func (a *app) explainKind(cmd *cobra.Command, name string) error {
	s, words, err := a.schemaFor(cmd)
	if err != nil {
		return err
	}
	k := s.Kind(name)
	w := a.env.Stdout
	fmt.Fprintf(w, "%s\n\n%s\n", name, wrap(k.Help))
	// A field stands below the one that it is part of, and the required ones of each come first.
	required, place := map[string]bool{}, map[string]int{}
	for i, f := range k.Fields {
		required[f.Path], place[f.Path] = f.Required, i
	}
	fields := slices.Clone(k.Fields)
	slices.SortStableFunc(fields, func(x, y *schema.Field) int {
		a, b := strings.Split(x.Path, "."), strings.Split(y.Path, ".")
		for i := range min(len(a), len(b)) {
			if a[i] == b[i] {
				continue
			}
			one, other := strings.Join(a[:i+1], "."), strings.Join(b[:i+1], ".")
			switch {
			case required[one] && !required[other]:
				return -1
			case !required[one] && required[other]:
				return 1
			}
			return cmp.Compare(place[one], place[other])
		}
		return cmp.Compare(len(a), len(b))
	})
	section := ""
	for _, f := range fields {
		head := "Optional:"
		if f.Required && !strings.Contains(f.Path, ".") {
			head = "Required:"
		}
		if head != section && !strings.Contains(f.Path, ".") {
			fmt.Fprintf(w, "\n%s\n", head)
			section = head
		}
		fmt.Fprintf(w, "  %s (%s)\n", f.Path, takes(f, strings.Contains(f.Path, ".")))
		if f.Help != "" {
			fmt.Fprintln(w, indent(indent(wrap(f.Help))))
		}
		if keys := keysOf(words, f); keys != "" {
			fmt.Fprintln(w, indent(indent(wrap(keys))))
		}
	}
	return nil
}

// takes says what a field holds, and its level.
func takes(f *schema.Field, required bool) string {
	kind := string(f.Type)
	if kind == "" {
		kind = "anything"
	}
	if f.List {
		kind = "list of " + kind
	}
	if f.Many {
		kind += " or list of " + kind
	}
	switch {
	case f.Vocabulary != "":
		kind += " of data/" + f.Vocabulary + ".toml"
	case len(f.Values) > 0:
		kind = strings.Join(f.Values, " | ")
	}
	if f.Level > level.Public {
		kind += ", " + f.Level.String()
	}
	if f.Required && required {
		kind += ", required"
	}
	return kind
}

// keysOf names the words that a field takes from a vocabulary, which a site may have added to.
func keysOf(words *vocab.Set, f *schema.Field) string {
	if f.Vocabulary == "" {
		return ""
	}
	which := "One of: "
	if f.List {
		which = "One or more of: "
	}
	return which + strings.Join(words.Keys(f.Vocabulary), ", ") + "."
}

// explainKey says what a key of the front matter means, in every kind of page that takes it: panel_met, lead.*.phone, phone.
// It returns false where there is no such key.
func (a *app) explainKey(cmd *cobra.Command, word string) (bool, error) {
	s, words, err := a.schemaFor(cmd)
	if err != nil {
		return false, err
	}
	type place struct {
		field *schema.Field
		kinds []string
	}
	var places []place
	for _, name := range content.KindNames() {
		for _, f := range s.Kind(name).Fields {
			if f.Path != word && f.Path[strings.LastIndexByte(f.Path, '.')+1:] != word && strings.ReplaceAll(f.Path, ".*", "") != word {
				continue
			}
			i := slices.IndexFunc(places, func(p place) bool { return p.field.Path == f.Path && p.field.Help == f.Help })
			if i < 0 {
				i = len(places)
				places = append(places, place{field: f})
			}
			places[i].kinds = append(places[i].kinds, name)
		}
	}
	w := a.env.Stdout
	for i, p := range places {
		if i > 0 {
			fmt.Fprintln(w)
		}
		where := strings.Join(p.kinds, ", ")
		if len(p.kinds) == len(content.KindNames()) {
			where = "every kind of page"
		}
		fmt.Fprintf(w, "%s, a key of %s (%s)\n\n%s\n", p.field.Path, where, takes(p.field, true), wrap(p.field.Help))
		if keys := keysOf(words, p.field); keys != "" {
			fmt.Fprintln(w, wrap(keys))
		}
		if e := p.field.Example; e != "" {
			if p.field.Type != schema.Table && p.field.Type != schema.Tables {
				e = p.field.Path[strings.LastIndexByte(p.field.Path, '.')+1:] + " = " + e
			}
			fmt.Fprintf(w, "\nExample:\n%s\n", indent(strings.Trim(e, "\n")))
		}
	}
	return len(places) > 0, nil
}

// vocabularyFor is that of this site, or what the program ships where there is no site.
func (a *app) vocabularyFor(cmd *cobra.Command) (*vocab.Set, error) {
	_, words, err := a.schemaFor(cmd)
	return words, err
}

func (a *app) schemaFor(cmd *cobra.Command) (*schema.Schema, *vocab.Set, error) {
	if a.source != "" {
		opt, done, err := a.options()
		if err != nil {
			return nil, nil, err
		}
		defer done()
		s, words := load.Schema(opt.Load)
		return s, words, nil
	}
	opt := load.Options{Program: a.program()}
	if source, done, err := load.OpenSource(a.env.Dir); err == nil {
		defer func() { _ = done() }()
		opt.Source = source
	}
	s, words := load.Schema(opt)
	return s, words, nil
}

func wrap(s string) string {
	var b strings.Builder
	for para := range strings.SplitSeq(strings.TrimSpace(s), "\n\n") {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		n := 0
		for i, word := range strings.Fields(para) {
			if i > 0 {
				if n+1+len(word) > 92 {
					b.WriteByte('\n')
					n = 0
				} else {
					b.WriteByte(' ')
					n++
				}
			}
			b.WriteString(word)
			n += len(word)
		}
	}
	return b.String()
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(strings.Trim(s, "\n"), "\n", "\n  ")
}
