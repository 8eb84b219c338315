package packing

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"candour/internal/audit"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
	"candour/internal/pack"
	"candour/internal/schema"
)

// Change is what an update does to one page or file.
type Change struct {
	File  string
	Title string
	What  string   // new, gone, withdrawn, changed
	Lines []string // what differs, a line each, for people to read
}

// Site is what a comparison has to know of the site that it is made for.
type Site struct {
	Takes  func(file string) bool
	Schema *schema.Schema // levels of fields there; with nil no words are shown
	Watch  *audit.Watch   // of the public edition: what is withheld there is not shown here either; with nil no words are
}

// Stand-ins for what a comparison does not show.
const (
	withheldHere = "(not shown: among these words is something that this site withholds)"
	unknownHere  = "its words are not shown: this site has errors that leave open what it withholds; run candour check"
)

// Diff says what changes between two versions of a pack, for the files that the site takes. old may be nil.
func Diff(old, new *pack.Pack, site Site) []Change {
	changes := compareFiles(old, new, site)
	for i := range changes {
		c := &changes[i]
		if site.Schema == nil || site.Watch == nil {
			c.Title = c.File
			if c.What == "changed" {
				c.Lines = []string{unknownHere}
			}
			continue
		}
		if site.withheld(c.File, c.Title) {
			c.Title = c.File
		}
		for j, line := range c.Lines {
			if site.withheld(c.File, line) {
				before, _, _ := strings.Cut(line, ": ")
				c.Lines[j] = before + ": " + withheldHere
			}
		}
	}
	return changes
}

// withheld reports whether a text shows something that the site withholds from the public.
func (s Site) withheld(file, text string) bool {
	return s.Watch.Copy(file, []byte(text)).Has(diag.Leak)
}

// kept reports whether a key of a page's front matter, or anything below it, is above public at the site.
func (s Site) kept(file, key string) bool {
	if s.Schema == nil || key == "withhold" || key == "release" {
		return true
	}
	kind, _, _ := strings.Cut(strings.TrimPrefix(file, "content/"), "/")
	k := s.Schema.Kind(kind)
	if k == nil || k.Field(key) == nil {
		return true
	}
	return slices.ContainsFunc(k.Fields, func(f *schema.Field) bool {
		return f.Level > level.Public && (f.Path == key || strings.HasPrefix(f.Path, key+"."))
	})
}

// flagged are the keys that a page's own [[withhold]] blocks name, and whether one is about its text or the whole page.
func flagged(front map[string]any) (keys []string, text bool) {
	blocks, _ := front["withhold"].([]any)
	for _, b := range blocks {
		t, _ := b.(map[string]any)
		if field, ok := t["field"].(string); ok {
			key, _, _ := strings.Cut(field, ".")
			keys = append(keys, key)
			continue
		}
		text = true
	}
	l, _ := front["level"].(string)
	return keys, text || l != "" && l != level.Public.String()
}

func compareFiles(old, new *pack.Pack, site Site) []Change {
	var changes []Change
	have := func(p *pack.Pack, file string) (string, bool) {
		if p == nil {
			return "", false
		}
		data, ok := p.Data(file)
		return string(data), ok
	}
	names := map[string]bool{}
	for _, f := range new.Files() {
		names[f] = true
	}
	if old != nil {
		for _, f := range old.Files() {
			names[f] = true
		}
	}
	for _, file := range slices.Sorted(maps.Keys(names)) {
		if !site.Takes(file) {
			continue
		}
		before, was := have(old, file)
		after, is := have(new, file)
		switch {
		case was && is && before == after:
		case !was:
			changes = append(changes, Change{File: file, Title: Title(new, file), What: "new"})
		case !is:
			c := Change{File: file, Title: Title(old, file), What: "gone"}
			for _, w := range new.Manifest().Withdrawn {
				if w.Path == file {
					c.What, c.Lines = "withdrawn", []string{"because: " + w.Reason}
					if w.ReplacedBy != "" {
						c.Lines = append(c.Lines, "use instead: "+Title(new, w.ReplacedBy)+" ("+w.ReplacedBy+")")
					}
				}
			}
			changes = append(changes, c)
		default:
			changes = append(changes, Change{File: file, Title: Title(new, file), What: "changed", Lines: compare(file, before, after, site)})
		}
	}
	return changes
}

// compare says in lines what differs between two versions of a file.
func compare(file, before, after string, site Site) []string {
	if path.Ext(file) != ".md" {
		if path.Ext(file) == ".toml" || path.Ext(file) == ".csv" {
			return paragraphs(strings.Split(before, "\n"), strings.Split(after, "\n"))
		}
		return []string{fmt.Sprintf("another picture or file: %d bytes, before %d", len(after), len(before))}
	}
	a, faultA := frontmatter.Split([]byte(before))
	b, faultB := frontmatter.Split([]byte(after))
	if faultA != nil || faultB != nil {
		return []string{"changed"}
	}
	frontA, faultA := frontmatter.Decode(a.Front)
	frontB, faultB := frontmatter.Decode(b.Front)
	if faultA != nil || faultB != nil {
		return []string{"changed"}
	}
	var lines []string
	flaggedA, textA := flagged(frontA)
	flaggedB, textB := flagged(frontB)
	hidden := slices.Concat(flaggedA, flaggedB)
	keys := maps.Clone(frontA)
	maps.Copy(keys, frontB)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		was, is := text(frontA[key]), text(frontB[key])
		switch {
		case was == is:
		case key == "signoff":
			lines = append(lines, "signed off again")
		case site.kept(file, key) || slices.Contains(hidden, key) || slices.Contains(hidden, "*"):
			lines = append(lines, key+": changed "+withheldHere)
		case was == "":
			lines = append(lines, key+": now "+is)
		case is == "":
			lines = append(lines, key+": taken out, was "+was)
		default:
			lines = append(lines, key+": was "+was+", now "+is)
		}
	}
	words := paragraphs(split(string(a.Body)), split(string(b.Body)))
	if len(words) > 0 && (textA || textB) {
		words = []string{"the text: changed " + withheldHere}
	}
	return append(lines, words...)
}

// text writes a value of the front matter for people.
func text(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return "“" + v + "”"
	case []any, map[string]any:
		return strings.Join(strings.Fields(string(frontmatter.Encode(map[string]any{"": v}))), " ")
	}
	return fmt.Sprint(v)
}

func split(body string) []string {
	var out []string
	for _, p := range strings.Split(strings.ReplaceAll(body, "\r\n", "\n"), "\n\n") {
		if p = strings.Join(strings.Fields(p), " "); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// most is how many paragraphs are compared one by one; beyond it the comparison would take longer than reading.
const most = 2000

// paragraphs lists what is taken out and what is put in: a longest common subsequence, as in any comparison of texts.
func paragraphs(a, b []string) []string {
	if len(a) > most || len(b) > most {
		return []string{"many lines changed"}
	}
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	var lines []string
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j >= len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			if a[i] != "" {
				lines = append(lines, "taken out: "+a[i])
			}
			i++
		default:
			if b[j] != "" {
				lines = append(lines, "put in: "+b[j])
			}
			j++
		}
	}
	return lines
}
