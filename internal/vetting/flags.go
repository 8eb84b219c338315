package vetting

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/nearmiss"
)

// flag is one [[withhold]] or [[release]], read but not yet laid over the page.
type flag struct {
	release bool
	index   int
	target  string // field, section, passage or file
	name    string // what it addresses
	path    []string
	level   level.Level
	reason  string
	shown   bool
	search  bool
	by      string // approved_by of a release
	from    string // the source page it was inherited from, or ""
	at      diag.Pos
	matched bool
}

// describe names the flag for review and messages.
func (f *flag) describe() string {
	word := "[[withhold]]"
	if f.release {
		word = "[[release]]"
	}
	if f.from != "" {
		return fmt.Sprintf("%s of %s", word, f.from)
	}
	return fmt.Sprintf("%s at line %d", word, f.at.Line)
}

var targets = []string{"field", "section", "passage", "file"}

// settleLevel reads the page's own level.
func (p *Page) settleLevel() diag.List {
	if s := p.Text("level"); s != "" {
		if l, err := level.ParseLevel(s); err == nil {
			p.Level = l
		} else {
			p.Level = level.Restricted // refused by the schema already; nothing is shown meanwhile
		}
	}
	return nil
}

// readFlags reads [[withhold]] and [[release]]. What the schema has refused already is passed over here.
func (p *Page) readFlags(repo *load.Repo) diag.List {
	var found diag.List
	for _, key := range []string{"withhold", "release"} {
		items, _ := p.Front[key].([]any)
		for i, item := range items {
			table, ok := item.(map[string]any)
			if !ok {
				continue
			}
			f, faults := p.readFlag(repo, key, i, table)
			found.Add(faults...)
			switch {
			case f == nil:
			case f.release:
				p.releases = append(p.releases, f)
			default:
				p.withholds = append(p.withholds, f)
			}
		}
	}
	return found
}

func (p *Page) readFlag(repo *load.Repo, key string, i int, table map[string]any) (*flag, diag.List) {
	var found diag.List
	step := strconv.Itoa(i)
	f := &flag{release: key == "release", index: i, at: p.Key(key, step), shown: true, search: true, level: level.Restricted}
	bad := func(sub, hint, format string, args ...any) {
		pos := f.at
		if sub != "" {
			pos = p.Value(key, step, sub)
		}
		found.Add(diag.New(diag.BadFlag, pos, hint, format, args...))
	}
	for _, t := range targets {
		if s, ok := table[t].(string); ok {
			if f.target != "" {
				bad("", "write one [["+key+"]] for each", "a flag addresses exactly one of field, section, passage and file, and this one has %s and %s", f.target, t)
				return nil, found
			}
			f.target, f.name = t, strings.TrimSpace(s)
		}
	}
	if f.target == "" || f.name == "" {
		bad("", "add a line such as field = \"lead.*.phone\"", "a flag says what it addresses with one of field, section, passage and file")
		return nil, found
	}
	if f.target == "field" {
		f.path = strings.Split(f.name, ".")
		if slices.Contains(f.path, "") {
			bad("field", "write it as lead.0.phone or lead.*.phone", "the field is not a dotted path")
			return nil, found
		}
	}
	f.reason, _ = table["reason"].(string)
	f.by, _ = table["approved_by"].(string)
	if s, ok := table["level"].(string); ok {
		l, err := level.ParseLevel(s)
		if err != nil {
			return nil, found // refused by the schema
		}
		f.level = l
	} else if f.release {
		f.level = level.Public
	}
	if !f.release {
		if !repo.Words().Has("reasons", f.reason) {
			return nil, found // refused by the schema
		}
		if s, ok := table["show"].(string); ok {
			f.shown = s != "nothing"
		}
		if b, ok := table["search"].(bool); ok {
			f.search = b
		}
		if f.level == level.Public {
			return nil, found // refused by the schema
		}
	}
	if f.release && f.level < p.Level {
		bad("level", "raise the level of the release, or lower the page's own level", "releases to %s below the page's own level, which is %s", f.level, p.Level)
		return nil, found
	}
	return f, found
}

// covers reports whether the flag addresses the field at path, or something that the field is part of. rest counts the
// steps of path that the flag does not name.
func (f *flag) covers(path []string) (rest int, ok bool) {
	if f.target != "field" || len(f.path) > len(path) {
		return 0, false
	}
	for i, step := range f.path {
		if step != "*" && step != path[i] {
			return 0, false
		}
	}
	return len(path) - len(f.path), true
}

// unmatched reports the flags that matched nothing: a typing slip must not publish a phone number.
func (p *Page) unmatched(flags []*flag, target string, known []string) diag.List {
	var found diag.List
	for _, f := range flags {
		if f.matched || f.target != target {
			continue
		}
		hint := "see what this page has"
		switch {
		case len(known) == 0:
			hint = "this page has no " + target
		case len(known) <= 12:
			hint = "this page has: " + strings.Join(known, ", ")
		}
		suffix := nearmiss.Suffix(f.name, known)
		var pos diag.Pos
		name := f.target + " = " + diag.Named("(a name that is not repeated here)", f.name)
		if f.target == "section" {
			// What is nearly the id of a heading is nearly its words: it is not repeated.
			name = "the section that this flag names"
			if at := p.wordsOfHeading(f.name); at > 0 {
				hint = fmt.Sprintf("the flag has the words of the heading at line %d, and a section is named by its id: write {#some-name} at the end of that heading, and section = \"some-name\" here; choose a name that gives nothing away", at)
			}
		}
		message := name + " matches nothing here" + suffix
		if f.from != "" {
			pos = diag.Pos{File: p.File, Line: 1, Column: 1}
			message = fmt.Sprintf("a translation inherits the flags of %s, and one of them matches nothing here: %s%s", f.from, name, suffix)
		} else {
			key := "withhold"
			if f.release {
				key = "release"
			}
			pos = p.Value(key, strconv.Itoa(f.index), f.target)
		}
		found.Add(diag.New(diag.WithholdMatchesNothing, pos, hint, "%s", message))
	}
	return found
}

// wordsOfHeading is the line of the heading that has these words, or 0.
func (p *Page) wordsOfHeading(text string) int {
	text = strings.Join(strings.Fields(strings.Trim(text, "# ")), " ")
	for _, h := range p.Doc.Headings {
		if !h.Explicit && strings.EqualFold(strings.Join(strings.Fields(h.Text), " "), text) {
			return p.pos(h.Span.Start).Line
		}
	}
	return 0
}

// inherit lays the flags and levels of the source page over a translation, which may add to them.
func (p *Page) inherit(repo *load.Repo, source *Page) diag.List {
	var found diag.List
	p.Level = max(p.Level, source.Level)
	lend := func(flags []*flag) []*flag {
		var lent []*flag
		for _, f := range flags {
			c := *f
			c.matched = false
			if c.from == "" {
				c.from = source.File
			}
			lent = append(lent, &c)
		}
		return lent
	}
	own := func(flags []*flag) []*flag {
		return slices.DeleteFunc(slices.Clone(flags), func(f *flag) bool { return f.from != "" })
	}
	withholds := append(lend(own(source.withholds)), own(p.withholds)...)
	releases := append(lend(own(source.releases)), own(p.releases)...)
	for _, f := range slices.Concat(withholds, releases) {
		f.matched = false
		if f.from != "" && shifted(source.Front, p.Front, f.path) {
			found.Add(diag.New(diag.WithholdMatchesNothing, diag.Pos{File: p.File, Line: 1, Column: 1},
				"give both pages the same entries in the same order, or write * for the number in the flag",
				"a translation inherits the flags of %s, and one of them counts the entries of a list that is another here: %s", f.from, "field = "+diag.Named("(a name that is not repeated here)", f.name)))
		}
	}
	found.Add(p.settleFields(repo, withholds, releases)...)
	found.Add(p.settleFiles(withholds)...)
	found.Add(p.settleBody(repo, withholds, releases)...)
	return found
}

// shifted reports whether a flag that counts the entries of a list would meet another entry in a translation than in its
// source: the lists are of different lengths, or the entry is more like another of the source.
func shifted(source, translation any, path []string) bool {
	for i, step := range path {
		if step == "*" {
			return false
		}
		n, err := strconv.Atoi(step)
		theirs, list := source.([]any)
		if err != nil || !list {
			from, _ := source.(map[string]any)
			to, _ := translation.(map[string]any)
			source, translation = from[step], to[step]
			continue
		}
		ours, _ := translation.([]any)
		if len(ours) != len(theirs) {
			return true
		}
		if n >= len(ours) {
			return false
		}
		for other := range theirs {
			if alike(ours[n], theirs[other]) > alike(ours[n], theirs[n]) {
				return true
			}
		}
		if source, translation = theirs[n], ours[n]; i == len(path)-1 {
			return false
		}
	}
	return false
}

// alike counts what an entry of a translation has in common with an entry of the source.
func alike(entry, theirs any) int {
	table, ok := entry.(map[string]any)
	if _, list := entry.([]any); list {
		return 0
	}
	if !ok {
		return map[bool]int{true: 1}[entry == theirs]
	}
	other, _ := theirs.(map[string]any)
	n := 0
	for key, v := range table {
		switch v.(type) {
		case []any, map[string]any:
		default:
			n += map[bool]int{true: 1}[v == other[key]]
		}
	}
	return n
}

// bundleNames are the names of the page's files.
func bundleNames(files []content.BundleFile) []string {
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = f.Name
	}
	return names
}
