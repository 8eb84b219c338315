package packing

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"candour/internal/frontmatter"
	"candour/internal/pack"
)

// Change is what an update does to one page or file.
type Change struct {
	File  string
	Title string
	What  string   // new, gone, withdrawn, changed
	Lines []string // what differs, a line each, for people to read
}

// Diff says what changes between two versions of a pack, for the files that takes lets through. old may be nil.
func Diff(old, new *pack.Pack, takes func(file string) bool) []Change {
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
		if !takes(file) {
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
			changes = append(changes, Change{File: file, Title: Title(new, file), What: "changed", Lines: compare(file, before, after)})
		}
	}
	return changes
}

// compare says in lines what differs between two versions of a file.
func compare(file, before, after string) []string {
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
	keys := maps.Clone(frontA)
	maps.Copy(keys, frontB)
	for _, key := range slices.Sorted(maps.Keys(keys)) {
		was, is := text(frontA[key]), text(frontB[key])
		switch {
		case was == is:
		case key == "signoff":
			lines = append(lines, "signed off again")
		case was == "":
			lines = append(lines, key+": now "+is)
		case is == "":
			lines = append(lines, key+": taken out, was "+was)
		default:
			lines = append(lines, key+": was "+was+", now "+is)
		}
	}
	return append(lines, paragraphs(split(string(a.Body)), split(string(b.Body)))...)
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
