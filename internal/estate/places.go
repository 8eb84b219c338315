package estate

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/publish"
)

// Read reads a list of sites and checks it against the disk: every folder is there, and no output is in another site's
// way. file is the path of the list, absolute; the findings call it by its name.
func Read(file string) (*Estate, diag.List, error) {
	src, err := os.ReadFile(file)
	if err != nil {
		return nil, nil, err
	}
	e, found := parse(src, filepath.Dir(file), filepath.Base(file))
	if found.HasErrors() {
		return nil, found, nil
	}
	more, err := e.check(file)
	found.Add(more...)
	found.Sort()
	if err != nil || found.HasErrors() {
		return nil, found, err
	}
	return e, found, nil
}

// check looks at the folders. Paths are compared with links followed and without regard to letter case: some machines do
// not tell capitals apart, and two sites that only such a machine mixes up would be found out too late.
func (e *Estate) check(file string) (diag.List, error) {
	var found diag.List
	sources := map[string]string{} // folder -> site
	for i := range e.Sites {
		s := &e.Sites[i]
		problem, hint := folderProblem(s.Dir)
		if problem != "" {
			found.Add(diag.New(diag.EstateFolder, s.at.folder, hint, "the folder of the site %s %s", s.Name, problem))
			continue
		}
		real, err := filepath.EvalSymlinks(s.Dir)
		if err != nil {
			return found, err
		}
		if other, taken := sources[fold(real)]; taken {
			found.Add(diag.New(diag.EstateFolder, s.at.folder, "name each folder once; editions lists what is made of it", "the sites %s and %s have one folder", other, s.Name))
			continue
		}
		sources[fold(real)] = s.Name
	}
	if found.HasErrors() {
		return found, nil
	}
	list, err := resolve(file)
	if err != nil {
		return found, err
	}
	outputs := map[string]string{} // folder -> whose
	for i := range e.Sites {
		s := &e.Sites[i]
		for _, ed := range s.Editions {
			clash, err := s.clash(ed, sources, outputs, list)
			if err != nil {
				return found, err
			}
			found.Add(clash...)
		}
	}
	// Only now is it known of each output whether another lies inside it.
	for i := range e.Sites {
		s := &e.Sites[i]
		for _, ed := range s.Editions {
			real, err := resolve(ed.Output)
			if err != nil {
				return found, err
			}
			for up := filepath.Dir(real); filepath.Dir(up) != up; up = filepath.Dir(up) {
				if other, ok := outputs[fold(up)]; ok {
					found.Add(diag.New(diag.EstateConflict, s.at.output, "give each a folder of its own, such as out/{name}/{edition}", "the output of %s lies inside the output of %s", s.whose(ed), other))
				}
			}
		}
	}
	return found, nil
}

func (s *Site) whose(ed Edition) string { return s.Name + ", edition " + ed.Name }

// clash looks at one output: against the outputs before it, every source, the list itself, and what publishing refuses.
func (s *Site) clash(ed Edition, sources, outputs map[string]string, list string) (diag.List, error) {
	conflict := func(hint, format string, args ...any) (diag.List, error) {
		return diag.List{diag.New(diag.EstateConflict, s.at.output, hint, format, args...)}, nil
	}
	real, err := resolve(ed.Output)
	if err != nil {
		return conflict("give a path of folders", "the output of %s cannot be reached", s.whose(ed))
	}
	if other, taken := outputs[fold(real)]; taken {
		return conflict("give each a folder of its own, such as out/{name}/{edition}", "%s and %s have one output folder", other, s.whose(ed))
	}
	if below(list, real) {
		return conflict("give a folder of its own, such as out/{name}", "the output of %s is the folder of %s or above it", s.whose(ed), filepath.Base(list))
	}
	for _, dir := range slices.Sorted(maps.Keys(sources)) {
		if other := sources[dir]; other != s.Name && below(dir, real) {
			return conflict("give a folder outside the sites, such as out/{name}", "the output of %s is the folder of the site %s or above it", s.whose(ed), other)
		}
	}
	for up := real; ; up = filepath.Dir(up) {
		if other, ok := sources[fold(up)]; ok {
			if other != s.Name {
				return conflict("give a folder outside the sites, such as out/{name}", "the output of %s lies inside the folder of the site %s", s.whose(ed), other)
			}
			break
		}
		if filepath.Dir(up) == up {
			break
		}
	}
	outputs[fold(real)] = s.whose(ed)
	var refused *publish.TargetError
	switch err := publish.CheckTarget(ed.Output, s.Dir); {
	case errors.As(err, &refused):
		return conflict(refused.Hint, "the output of %s cannot be published into: %s", s.whose(ed), refused.Message)
	case err != nil:
		return nil, err
	}
	return nil, nil
}

// folderProblem says what is wrong with the folder of a site.
func folderProblem(dir string) (problem, hint string) {
	const path = "check the path; it is taken from the folder of the list"
	info, err := os.Stat(dir)
	switch {
	case err != nil && isLink(dir):
		return "is a link that leads nowhere, or in a circle", "name the folder itself"
	case errors.Is(err, fs.ErrNotExist):
		return "is not there", path
	case err != nil:
		return "cannot be reached", path
	case !info.IsDir():
		return "is no folder", "name the folder that holds candour.toml"
	}
	if info, err := os.Stat(filepath.Join(dir, "candour.toml")); err != nil || !info.Mode().IsRegular() {
		return "has no candour.toml", "name the folder that holds candour.toml, or make a site there with candour init"
	}
	return "", ""
}

func isLink(path string) bool {
	info, err := os.Lstat(path)
	return err == nil && info.Mode()&fs.ModeSymlink != 0
}

// resolve follows the links of as much of the path as exists. A last element that is a link stays: publishing refuses it.
func resolve(path string) (string, error) {
	path = filepath.Clean(path)
	rest := filepath.Base(path)
	for up := filepath.Dir(path); ; up = filepath.Dir(up) {
		real, err := filepath.EvalSymlinks(up)
		if err == nil {
			return filepath.Join(real, rest), nil
		}
		if !errors.Is(err, fs.ErrNotExist) || isLink(up) || filepath.Dir(up) == up {
			return "", err
		}
		rest = filepath.Join(filepath.Base(up), rest)
	}
}

// fold makes paths that differ only in capitals one.
func fold(path string) string { return strings.ToLower(path) }

// below reports whether path is dir or lies in it, without regard to capitals.
func below(path, dir string) bool {
	path, dir = fold(path), fold(dir)
	return path == dir || strings.HasPrefix(path, strings.TrimSuffix(dir, string(filepath.Separator))+string(filepath.Separator))
}
