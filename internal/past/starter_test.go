package past_test

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/content"
	"candour/internal/past"
	"candour/internal/sitetest"
)

// The starter uses everything that the program's theme can do. Whichever page of it changes, what is used again of the
// others is what would be made of them.
func TestTheStarterIsCovered(t *testing.T) {
	files := starter(t)
	memory := &past.Memory{}
	opt := sitetest.Options(files, "internal") // which has drafts too
	opt.ForReview = true
	before := sitetest.Run(t, opt)
	if before.Audited == nil {
		t.Fatal(sitetest.Print(before.Findings))
	}
	memory.Remember(before.Rendered.Record(), before.Rendered.Site())

	title := regexp.MustCompile(`(?m)^title *= *"`)
	used := int64(0)
	type change func(string) string
	changes := map[string]map[string]change{"data/naloxone-kits.csv": {"figures": func(s string) string { return strings.Replace(s, ",62,", ",63,", 1) }}}
	for _, kind := range content.KindNames() {
		changes[first(files, "content/"+kind+"/")] = map[string]change{
			"title": func(s string) string { return title.ReplaceAllString(s, "${0}Changed: ") },
			"text":  func(s string) string { return s + "\nOne more sentence at the end.\n" },
		}
	}
	for file, changes := range changes {
		for name, change := range changes {
			t.Run(file+" "+name, func(t *testing.T) {
				changed := fstest.MapFS{}
				for name, f := range files {
					changed[name] = f
				}
				text := change(string(files[file].Data))
				if text == string(files[file].Data) {
					t.Fatalf("%s has not changed", file)
				}
				changed[file] = &fstest.MapFile{Data: []byte(text)}
				opt := sitetest.Options(changed, "internal")
				opt.ForReview = true
				fresh := sitetest.Run(t, opt)
				counted := &counting{Past: memory}
				opt.Past = counted
				again := sitetest.Run(t, opt)
				if again.Audited == nil || fresh.Audited == nil {
					t.Fatal(sitetest.Print(fresh.Findings) + sitetest.Print(again.Findings))
				}
				compare(t, 0, again, fresh)
				used += counted.n.Load()
			})
		}
	}
	if used == 0 {
		t.Error("nothing was used again: the test compares nothing")
	}
}

// starter reads the program's own content repository.
func starter(t *testing.T) fstest.MapFS {
	files := fstest.MapFS{}
	root := os.DirFS("../..")
	add := func(name string) error {
		data, err := fs.ReadFile(root, name)
		files[name] = &fstest.MapFile{Data: data}
		return err
	}
	if err := add("candour.toml"); err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{"content", "data", "static"} {
		err := fs.WalkDir(root, dir, func(name string, d fs.DirEntry, err error) error {
			if name == dir && err != nil {
				return nil // a folder that the starter does without
			}
			if err != nil || d.IsDir() {
				return err
			}
			return add(name)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// first is the first page below a folder.
func first(files fstest.MapFS, dir string) string {
	var names []string
	for name := range files {
		if strings.HasPrefix(name, dir) && strings.HasSuffix(name, ".md") && !strings.HasSuffix(name, "/_index.md") && strings.Count(name, ".") == 1 {
			names = append(names, name)
		}
	}
	return slices.Min(names)
}
