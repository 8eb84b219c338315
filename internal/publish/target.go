package publish

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"

	"candour/internal/level"
)

// TargetError means that a folder must not be published into: the caller asked for the wrong one, and nothing is wrong
// with the machine.
type TargetError struct {
	Dir     string
	Message string
	Hint    string
}

func (e *TargetError) Error() string {
	return fmt.Sprintf("cannot publish into %s: %s", e.Dir, e.Message)
}

// Folders of a content repository that hold what people wrote.
var authored = []string{"content", "layouts", "data", "themes", "static", "packs", ".git"}

// Folders and files that make a folder somebody's working copy. Replacing it would throw their history away.
var repositories = []string{".git", ".hg", ".svn"}

// beside matches the names that publishing gives to what it puts beside the folder.
var beside = regexp.MustCompile(`^\..+\.candour-(new|old|gone|lock)(-[0-9a-f]{16})?$`)

// CheckTarget says whether a site may be published into dir: not into what the source repository is made of, not through
// a link, and not over somebody else's files. Refusals are of type *TargetError; any other error is the machine's.
func CheckTarget(dir, source string) error {
	if err := checkPlace(dir, source); err != nil {
		return err
	}
	return checkContent(dir)
}

// checkPlace looks at where dir is. It compares the folders themselves as well as their names, because a file system may
// ignore letter case or know a folder under two paths.
func checkPlace(dir, source string) error {
	refuse := func(hint, format string, args ...any) error {
		return &TargetError{Dir: dir, Message: fmt.Sprintf(format, args...), Hint: hint}
	}
	if !filepath.IsAbs(dir) || (source != "" && !filepath.IsAbs(source)) {
		return fmt.Errorf("publish needs absolute paths")
	}
	dir = filepath.Clean(dir)
	if filepath.Dir(dir) == dir {
		return refuse("give a folder of its own, such as public", "it is the root of the file system")
	}
	if beside.MatchString(filepath.Base(dir)) {
		return refuse("give another name", "its name is one that publishing uses for work in progress")
	}
	real, err := resolve(dir)
	if err != nil {
		return err
	}
	for up := filepath.Dir(real); ; up = filepath.Dir(up) {
		info, err := os.Stat(up)
		if err == nil && !info.IsDir() {
			return refuse("give a path of folders", "a part of its path is not a folder")
		}
		if err == nil || filepath.Dir(up) == up {
			break
		}
	}
	if source != "" {
		root, err := resolve(filepath.Clean(source))
		if err != nil {
			return err
		}
		if within(root, real) {
			return refuse("give a folder inside the source, such as public, or one elsewhere", "it is the source or above it")
		}
		for _, name := range authored {
			if within(real, filepath.Join(root, name)) {
				return refuse("give a folder beside it, such as public", "it is inside the source's %s folder", name)
			}
		}
	}
	for up := filepath.Dir(real); filepath.Dir(up) != up; up = filepath.Dir(up) {
		if _, err := ReadManifest(up); err == nil {
			return refuse("give a folder outside that site", "it is inside another published site")
		}
	}
	return nil
}

// CheckClearance refuses a folder whose site was cleared for less than an edition is: those who read that site would be given what
// they may not see. What it holds is put where more may be seen without harm. The error is then a *TargetError.
func CheckClearance(dir, edition string, clearance level.Level) error {
	m, err := ReadManifest(dir)
	if errors.Is(err, ErrNoManifest) || errors.Is(err, fs.ErrNotExist) || errors.Is(err, syscall.ENOTDIR) {
		return nil
	}
	if err != nil {
		return err
	}
	return m.admits(dir, edition, clearance)
}

// admits is CheckClearance of a manifest that was read. A clearance that nobody knows is taken for the lowest.
func (m *Manifest) admits(dir, edition string, clearance level.Level) error {
	was := m.cleared()
	if clearance <= was {
		return nil
	}
	hint := "give another folder"
	if m.Edition != edition {
		hint += ", such as editions/" + edition
	}
	return &TargetError{Dir: dir, Hint: hint + "; or, if nobody reads that one any more, delete it and build again",
		Message: fmt.Sprintf("it holds the edition %q with the clearance %q, and this is the edition %q with the clearance %q: its readers would be given what is not for them", m.Edition, was, edition, clearance)}
}

func (m *Manifest) cleared() level.Level {
	l, err := level.ParseLevel(m.Clearance)
	if err != nil {
		return level.Public
	}
	return l
}

// Below reports whether a site was cleared for less than another.
func (m *Manifest) Below(other *Manifest) bool { return m.cleared() < other.cleared() }

// checkContent looks at what is at dir now.
func checkContent(dir string) error {
	refuse := func(hint, message string) error { return &TargetError{Dir: dir, Message: message, Hint: hint} }
	info, err := os.Lstat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case info.Mode()&fs.ModeSymlink != 0:
		return refuse("give the folder that it points to", "it is a symbolic link")
	case !info.IsDir():
		return refuse("give a folder", "it is not a folder")
	}
	for _, name := range repositories {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			return refuse("publish into a folder of its own and copy the site from there", "it holds a version-control repository")
		}
	}
	if _, err := ReadManifest(dir); err == nil {
		return nil
	} else if !errors.Is(err, ErrNoManifest) {
		return err
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	switch _, err := f.Readdirnames(1); {
	case errors.Is(err, io.EOF):
		return nil
	case err != nil:
		return err
	}
	return refuse("give an empty or a new folder, or move those files away", "it holds files that this program did not publish")
}

// resolve follows the links of as much of the path above its last element as exists. The last element stays as it is, so
// that a link there is seen for what it is.
func resolve(path string) (string, error) {
	rest := []string{filepath.Base(path)}
	for up := filepath.Dir(path); ; up = filepath.Dir(up) {
		real, err := filepath.EvalSymlinks(up)
		switch {
		case err == nil:
			return filepath.Join(append([]string{real}, rest...)...), nil
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR) || filepath.Dir(up) == up:
			return "", err
		}
		rest = append([]string{filepath.Base(up)}, rest...)
	}
}

// within reports whether path is dir or below it, by name or by being the same folder.
func within(path, dir string) bool {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	want, statErr := os.Stat(dir)
	for up := path; ; up = filepath.Dir(up) {
		if strings.EqualFold(up, dir) {
			return true
		}
		if info, err := os.Stat(up); statErr == nil && err == nil && os.SameFile(info, want) {
			return true
		}
		if filepath.Dir(up) == up {
			return false
		}
	}
}

// CheckBeside says whether single files may be written into dir, which is no published site: not into what the source
// repository is made of, and not into a site, whose manifest would no longer be true.
func CheckBeside(dir, source string) error {
	if err := checkPlace(dir, source); err != nil {
		return err
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return err
	case !info.IsDir():
		return &TargetError{Dir: dir, Message: "it is not a folder", Hint: "give a folder"}
	}
	if _, err := ReadManifest(dir); err == nil {
		return &TargetError{Dir: dir, Message: "it is a published site", Hint: "give another folder; candour build --with-print puts formats into a site"}
	}
	return nil
}
