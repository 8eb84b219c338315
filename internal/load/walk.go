package load

import (
	"errors"
	"io/fs"
	"path"
	"slices"

	"candour/internal/diag"
)

// walk lists the files below dir, sorted, with what was wrong on the way. A folder that is not there is an empty one. What is
// wrong with those that are left out stands in nobody's way.
func (r *Repo) walk(dir string, leaveOut ...string) ([]string, diag.List) {
	var files []string
	var found diag.List
	names := spelt{}
	err := fs.WalkDir(r.fs, dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			if info, lerr := fs.Lstat(r.fs, p); p == dir && lerr == nil && info.Mode()&fs.ModeSymlink != 0 {
				found.Add(diag.New(diag.OutsideSource, diag.Pos{File: p}, "put a copy of the folder here instead of the link", "is a link that leads out of the source, or nowhere"))
				return fs.SkipAll
			}
			if p == dir && errors.Is(err, fs.ErrNotExist) {
				return fs.SkipAll
			}
			found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: p}, "check who may read the file, and that it is still there", "cannot be read"))
			return nil
		}
		if p == dir {
			return nil
		}
		if !printable(p) {
			// Neither what cannot be shown nor what a terminal would obey belongs in a message.
			found.Add(diag.New(diag.FileNotAllowed, diag.Pos{File: shown(p)}, "rename it, with letters, digits and hyphens",
				"has a name that no web address can have: bytes that are not UTF-8, or invisible characters"))
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if left, warn := skip(d.Name()); left {
			if warn {
				found.Add(diag.New(diag.FileLeftOut, diag.Pos{File: p}, "delete it, or rename it if it belongs in the site", "left out: a hidden file or an editor's backup is never published"))
			}
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		if other, fault := names.add(p); fault != nil && !slices.Contains(leaveOut, p) && !slices.Contains(leaveOut, other) {
			found.Add(*fault)
		}
		if f := portable(p, d.Name()); f != nil {
			found.Add(*f)
		}
		if d.IsDir() {
			return nil
		}
		if !d.Type().IsRegular() {
			if f := r.irregular(p, d); f != nil {
				if slices.Contains(leaveOut, p) {
					r.dropped = append(r.dropped, p)
				} else {
					found.Add(*f)
				}
				return nil
			}
		}
		files = append(files, p)
		return nil
	})
	if err != nil {
		found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: dir}, "check who may read the folder", "cannot be read"))
	}
	slices.Sort(files)
	return files, found
}

// irregular says what is wrong with something that is neither a file nor a folder; nil of a link to a file of the source.
func (r *Repo) irregular(p string, d fs.DirEntry) *diag.Finding {
	rule, what, hint := diag.FileNotAllowed, "is neither a file nor a folder", "delete it"
	if d.Type()&fs.ModeSymlink != 0 {
		rule = diag.OutsideSource
		if what, hint = notAFile(r.fs, p); what == "is a folder" {
			what, hint = "is a link to a folder, and linked folders are not followed", "put a copy of the folder here instead of the link"
		}
	}
	if what == "" {
		return nil
	}
	f := diag.New(rule, diag.Pos{File: p}, hint, "%s", what)
	return &f
}

// notAFile says what a name of the source is, where that is no file; "" of a file.
func notAFile(fsys fs.FS, name string) (what, hint string) {
	info, err := fs.Lstat(fsys, name)
	if err != nil {
		return "", ""
	}
	if info.Mode()&fs.ModeSymlink != 0 {
		if info, err = fs.Stat(fsys, name); err != nil {
			return "is a link that leads out of the source, or nowhere", "put a copy of the file here instead of the link"
		}
	}
	switch {
	case info.Mode().IsRegular():
		return "", ""
	case info.IsDir():
		return "is a folder", "put a file here instead"
	}
	return "is neither a file nor a folder", "delete it"
}

// source is a folder on disk. What stands at its top, such as candour.toml, is opened without being listed first, so that one
// is not opened that is no file: to open a pipe is to wait for whoever writes into it.
type source struct{ fs.FS }

var errNoFile = errors.New("is no file")

func (s source) usable(name string) error {
	if path.Dir(name) != "." || name == "." {
		return nil
	}
	info, err := fs.Stat(s.FS, name)
	if err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		err = &fs.PathError{Op: "open", Path: name, Err: errNoFile}
	}
	return err
}

func (s source) Open(name string) (fs.File, error) {
	if err := s.usable(name); err != nil {
		return nil, err
	}
	return s.FS.Open(name)
}

func (s source) ReadFile(name string) ([]byte, error) {
	if err := s.usable(name); err != nil {
		return nil, err
	}
	return fs.ReadFile(s.FS, name)
}

func (s source) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(s.FS, name) }
func (s source) Stat(name string) (fs.FileInfo, error)      { return fs.Stat(s.FS, name) }
func (s source) Lstat(name string) (fs.FileInfo, error)     { return fs.Lstat(s.FS, name) }
func (s source) ReadLink(name string) (string, error)       { return fs.ReadLink(s.FS, name) }
