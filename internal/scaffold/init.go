// Package scaffold writes new files for authors: a starter repository, and new pages.
package scaffold

import (
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// TakenError says that something is in the way; nothing was written.
type TakenError struct{ Path, Hint string }

func (e *TakenError) Error() string { return fmt.Sprintf("%s is in the way; %s", e.Path, e.Hint) }

// ignore keeps built sites out of version control: an internal edition must not be pushed anywhere by accident.
const ignore = `# Sites that candour builds. An edition above public must never be pushed to a public place.
/public/
/editions/
/print/
.*.candour-*
`

const dataNote = `Vocabularies and figures of your own go here, as TOML and CSV. What you leave out comes with the program:
threats, elements, audiences, settings, reasons, the checklist and the glossary. A file of the same name
adds to the program's, key by key.
`

const layoutsNote = `A file here replaces the theme's file of the same path, such as plans/page.html or home.html.
Most sites need none.
`

// Init writes the starter into dir, which must be empty or not there. It returns how many files it wrote. When it fails
// it removes what it made.
func Init(dir string, starter, content, data fs.FS) (int, error) {
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return 0, &TakenError{dir, "give a folder that is empty or does not exist yet"}
	} else if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
		return 0, &TakenError{dir, "it is a file; give a folder that does not exist yet"}
	}
	_, err := os.Stat(dir)
	made := err != nil
	files := map[string][]byte{".gitignore": []byte(ignore), "data/README.md": []byte(dataNote), "layouts/README.md": []byte(layoutsNote)}
	collect := func(from fs.FS, under string) error {
		return fs.WalkDir(from, ".", func(p string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(p, ".go") {
				return err
			}
			data, err := fs.ReadFile(from, p)
			files[path.Join(under, p)] = data
			return err
		})
	}
	if err := collect(starter, ""); err != nil {
		return 0, err
	}
	if err := collect(content, "content"); err != nil {
		return 0, err
	}
	// Of data/ only the figures that its pages show: vocabularies come with the program, and grow with it.
	figures, err := fs.Glob(data, "*.csv*")
	if err != nil {
		return 0, err
	}
	for _, name := range figures {
		if files["data/"+name], err = fs.ReadFile(data, name); err != nil {
			return 0, err
		}
	}
	n, err := write(dir, files)
	if err != nil {
		if made {
			_ = os.RemoveAll(dir)
		} else {
			entries, _ := os.ReadDir(dir)
			for _, e := range entries {
				_ = os.RemoveAll(filepath.Join(dir, e.Name()))
			}
		}
	}
	return n, err
}

func write(dir string, files map[string][]byte) (int, error) {
	n := 0
	for name, data := range files {
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o755); err != nil {
			return n, fmt.Errorf("%s cannot be made: %w", filepath.Dir(full), reason(err))
		}
		if err := os.WriteFile(full, data, 0o644); err != nil {
			return n, fmt.Errorf("%s cannot be written: %w", full, reason(err))
		}
		n++
	}
	return n, nil
}
