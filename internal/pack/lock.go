package pack

import (
	"fmt"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/frontmatter"
)

// LockFile is where a site pins its packs, beside candour.toml.
const LockFile = "candour.lock"

// Lock pins the packs of a site.
type Lock struct {
	Packs []Locked // sorted by name
}

// Locked is one pinned pack.
type Locked struct {
	Name    string
	Version string
	SHA256  string
	KeyList int // number of the newest key list that the site has seen; 0 for none
}

// Find returns the pin of a pack.
func (l *Lock) Find(name string) (Locked, bool) {
	for _, p := range l.Packs {
		if p.Name == name {
			return p, true
		}
	}
	return Locked{}, false
}

// Set pins a pack, in place of an earlier pin of that name.
func (l *Lock) Set(p Locked) {
	l.Packs = slices.DeleteFunc(l.Packs, func(other Locked) bool { return other.Name == p.Name })
	l.Packs = append(l.Packs, p)
	slices.SortFunc(l.Packs, func(a, b Locked) int { return strings.Compare(a.Name, b.Name) })
}

// ParseLock reads candour.lock. An empty file pins nothing.
func ParseLock(data []byte) (*Lock, diag.List) {
	at := func(line, col int) diag.Pos { return diag.Pos{File: LockFile, Line: line, Column: col} }
	const hint = "candour pack update writes this file; take back what was changed in it by hand, or delete it and run the command again"
	values, fault := frontmatter.Decode(data)
	if fault != nil {
		return nil, diag.List{diag.New(fault.Rule, at(fault.Line, fault.Column), hint, "%s", fault.Message)}
	}
	index := frontmatter.NewIndex(data, 1)
	l := &Lock{}
	var found diag.List
	bad := func(format string, path ...string) {
		line, col := index.Value(path...)
		if line == 0 {
			line, col = index.Key(path...)
		}
		found.Add(diag.New(diag.BadValue, at(line, col), hint, "%s", fmt.Sprintf(format, strings.Join(path, "."))))
	}
	for key := range values {
		if key != "pack" {
			bad("%q is no key of candour.lock", key)
		}
	}
	items, _ := values["pack"].([]any)
	if values["pack"] != nil && items == nil {
		bad("%q takes blocks", "pack")
	}
	for i, item := range items {
		n := fmt.Sprint(i)
		t, ok := item.(map[string]any)
		if !ok {
			bad("%q takes a table", "pack", n)
			continue
		}
		var p Locked
		p.Name, _ = t["name"].(string)
		p.Version, _ = t["version"].(string)
		p.SHA256, _ = t["sha256"].(string)
		if seq, ok := t["key_list"].(int64); ok && seq > 0 && seq < 1<<20 {
			p.KeyList = int(seq)
		} else if t["key_list"] != nil {
			bad("%q is no number of a key list", "pack", n, "key_list")
		}
		switch {
		case !namePattern.MatchString(p.Name):
			bad("%q is no name of a pack", "pack", n, "name")
		case !versionPattern.MatchString(p.Version):
			bad("%q is no version", "pack", n, "version")
		case !digestPattern.MatchString(p.SHA256):
			bad("%q is no SHA-256 digest", "pack", n, "sha256")
		default:
			if _, twice := l.Find(p.Name); twice {
				bad("%q pins a pack a second time", "pack", n, "name")
				continue
			}
			l.Packs = append(l.Packs, p)
		}
	}
	found.Sort()
	if found.HasErrors() {
		return nil, found
	}
	return l, found
}

// Encode writes candour.lock.
func (l *Lock) Encode() []byte {
	var b strings.Builder
	b.WriteString("# The packs that this site takes, as they were when they were last looked at. Written by candour pack add and\n# candour pack update; keep it with candour.toml.\n")
	for _, p := range l.Packs {
		fmt.Fprintf(&b, "\n[[pack]]\nname = %q\nversion = %q\nsha256 = %q\n", p.Name, p.Version, p.SHA256)
		if p.KeyList > 0 {
			fmt.Fprintf(&b, "key_list = %d\n", p.KeyList)
		}
	}
	return []byte(b.String())
}
