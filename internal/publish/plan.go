package publish

import (
	"fmt"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"

	"candour/internal/output"
)

// node is a folder of the site to be written: its files and the folders in it.
type node struct {
	name    string
	files   []planned
	folders []*node

	keys map[string]string // every name in the folder, by what a file system that ignores letter case makes of it
	subs map[string]*node
}

// planned is one file to be written.
type planned struct {
	name  string
	data  []byte
	entry FileEntry
}

// plan lays the files out as a tree of folders. It refuses whatever could land outside the folder, or on top of another
// file on some file system that the site may be copied to.
func plan(files []output.File, list []FileEntry) (*node, error) {
	root := newNode("")
	root.keys[foldName(ManifestName)] = ManifestName
	for i, f := range files {
		if err := checkPath(f.Path); err != nil {
			return nil, err
		}
		at, rest := root, f.Path
		for {
			name, tail, more := strings.Cut(rest, "/")
			if !more {
				break
			}
			sub, err := at.folder(name)
			if err != nil {
				return nil, fmt.Errorf("unsafe path %q: %w", f.Path, err)
			}
			at, rest = sub, tail
		}
		if err := at.claim(rest); err != nil {
			return nil, fmt.Errorf("unsafe path %q: %w", f.Path, err)
		}
		at.files = append(at.files, planned{name: rest, data: f.Data, entry: list[i]})
	}
	return root, nil
}

func newNode(name string) *node {
	return &node{name: name, keys: map[string]string{}, subs: map[string]*node{}}
}

// folder returns the folder called name in n, new or known.
func (n *node) folder(name string) (*node, error) {
	if sub := n.subs[name]; sub != nil {
		return sub, nil
	}
	if err := n.claim(name); err != nil {
		return nil, err
	}
	sub := newNode(name)
	n.subs[name] = sub
	n.folders = append(n.folders, sub)
	return sub, nil
}

func (n *node) claim(name string) error {
	key := foldName(name)
	if other, taken := n.keys[key]; taken {
		if other == name {
			return fmt.Errorf("there is another file or folder of that name")
		}
		return fmt.Errorf("it differs from another only in letter case or accents' encoding")
	}
	n.keys[key] = name
	return nil
}

func checkPath(p string) error {
	bad := ""
	switch {
	case p == "":
		bad = "it is empty"
	case !utf8.ValidString(p):
		bad = "it is not UTF-8"
	case strings.ContainsFunc(p, func(r rune) bool { return r < ' ' || r == 0x7f }):
		bad = "it has a control character"
	case strings.Contains(p, `\`):
		bad = "it has a backslash"
	case strings.HasPrefix(p, "/"), !filepath.IsLocal(p):
		bad = "it leads outside the site"
	}
	if bad == "" {
		for part := range strings.SplitSeq(p, "/") {
			if part == "" || part == "." || part == ".." {
				bad = "it has an empty or a dotted part"
				break
			}
		}
	}
	if bad != "" {
		return fmt.Errorf("unsafe path %q: %s", p, bad)
	}
	return nil
}

// foldName is what a file system that ignores letter case takes a name for.
func foldName(name string) string {
	for i := 0; i < len(name); i++ {
		if c := name[i]; c >= utf8.RuneSelf || 'A' <= c && c <= 'Z' {
			return norm.NFC.String(cases.Fold().String(norm.NFC.String(name)))
		}
	}
	return name
}
