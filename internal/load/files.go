package load

import (
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"candour/internal/diag"
	"candour/internal/figure"
	"candour/internal/media"
	"candour/internal/nearmiss"
	"candour/internal/schema"
	"candour/internal/vocab"
	"candour/internal/wording"
	"candour/internal/words"
)

// DefaultTheme is the theme that the program ships.
const DefaultTheme = "candour"

// languageFolder is the name of a folder of data/ with the vocabularies in another language.
var languageFolder = regexp.MustCompile(`^[a-z]{2,3}(?:-[a-zA-Z0-9]{2,8})?$`)

// loadData lays the site's data/ over the program's.
func (r *Repo) loadData(opt Options) diag.List {
	r.words = vocab.New()
	r.wording = sync.OnceValue(func() *wording.List { return wording.NewList(r.words, r.config.Publishable.Phrases) })
	r.data = map[string][]byte{}
	var found diag.List
	var own, site []schema.Source
	_ = fs.WalkDir(opt.Program.Data, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(opt.Program.Data, p)
		if err != nil {
			return err
		}
		found.Add(r.addData("program:data/"+p, p, data, &own)...)
		return nil
	})
	r.packData(func(file, rel string, data []byte) {
		if bad := badBytes(file, data); bad != nil {
			found.Add(*bad)
			return
		}
		found.Add(r.addData(file, rel, data, &site)...)
	})
	files, walked := r.walk("data")
	found.Add(walked...)
	for _, f := range files {
		data, err := fs.ReadFile(r.fs, f)
		if err != nil {
			found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: f}, "check who may read the file", "cannot be read"))
			continue
		}
		if bad := badBytes(f, data); bad != nil {
			found.Add(*bad)
			continue
		}
		if r.takeFigure(f, data) {
			continue
		}
		rel := strings.TrimPrefix(f, "data/")
		if same, err := fs.ReadFile(opt.Program.Data, rel); err == nil && string(same) == string(data) {
			continue // the program's own repository
		}
		found.Add(r.addData(f, rel, data, &site)...)
	}
	primary := words.Fallback
	if r.config != nil {
		primary = r.config.PrimaryLanguage()
	}
	found.Add(r.words.Speak(primary)...)
	s, schemaFound := schema.Load(own, site, r.words)
	found.Add(schemaFound...)
	r.schema = s
	return found
}

func (r *Repo) addData(file, rel string, data []byte, schemas *[]schema.Source) diag.List {
	ext := path.Ext(rel)
	name := strings.TrimSuffix(path.Base(rel), ext)
	switch {
	case path.Dir(rel) == "schema" && ext == ".toml":
		*schemas = append(*schemas, schema.Source{File: file, Name: name, Data: data})
	case rel == "common-words.txt":
		r.words.AddWords(data)
	case strings.HasSuffix(rel, figure.Sidecar), ext == ".csv":
		// The program's own figures are examples, and no other site's.
	case path.Dir(rel) == "." && ext == ".toml":
		return r.words.AddTOML(name, file, data)
	case ext == ".toml" && languageFolder.MatchString(path.Dir(rel)):
		return r.words.AddTranslation(path.Dir(rel), name, file, data)
	case strings.EqualFold(path.Base(rel), "README.md"):
	default:
		return diag.List{diag.New(diag.FileNotAllowed, diag.Pos{File: file}, "data/ takes TOML and CSV files, the schema in data/schema/, and their words in another language in a folder of its name, such as data/cy/", "is no kind of data file that the program reads")}
	}
	return nil
}

// loadTheme merges the program's theme, the theme that the site names, and the site's layouts/.
func (r *Repo) loadTheme(opt Options) diag.List {
	var found diag.List
	r.theme = Theme{Layouts: map[string]ThemeFile{}, Assets: map[string]ThemeFile{}, I18n: map[string]ThemeFile{}, Own: true}
	r.speech = words.New(r.config.PrimaryLanguage())
	themeStatic := map[string]StaticFile{}
	place := func(rel, file string, data []byte) bool {
		dir, rest, _ := strings.Cut(rel, "/")
		tf := ThemeFile{File: file, Data: data}
		switch {
		case dir == "layouts" && rest != "":
			r.theme.Layouts[rest] = tf
		case dir == "assets" && rest != "":
			r.theme.Assets[rest] = tf
		case dir == "i18n" && path.Ext(rest) == ".toml":
			r.theme.I18n[rest] = tf
			found.Add(r.speech.Add(strings.TrimSuffix(rest, ".toml"), file, data)...)
		case dir == "i18n" && rest != "":
			found.Add(diag.New(diag.BadLayout, diag.Pos{File: file}, "write it as TOML, such as i18n/cy.toml", "is no file of interface words"))
		case dir == "static" && rest != "":
			clean, problems := media.Clean(rest, data)
			for _, p := range problems {
				found.Add(diag.New(diag.FileNotAllowed, diag.Pos{File: file}, p.Hint, "%s", p.Message))
			}
			themeStatic[rest] = StaticFile{Path: rest, File: file, Data: clean}
		case rel == "theme.toml":
			r.theme.Config = tf
		default:
			return false
		}
		return true
	}
	_ = fs.WalkDir(opt.Program.Themes, DefaultTheme, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := fs.ReadFile(opt.Program.Themes, p)
		if err != nil {
			return err
		}
		place(strings.TrimPrefix(p, DefaultTheme+"/"), "program:themes/"+p, data)
		return nil
	})

	name := r.config.Theme
	if name == "" {
		name = DefaultTheme
	}
	files, walked := r.walk("themes/" + name)
	found.Add(walked...)
	if len(files) == 0 && name != DefaultTheme {
		found.Add(diag.New(diag.ConfigNotUsable, diag.Pos{File: "candour.toml"}, "put the theme into themes/"+name+"/, or leave out theme for the one that comes with the program", "there is no theme in themes/%s%s", name, nearmiss.Suffix(name, r.themeNames())))
	}
	overlay := func(dir string, files []string, at string) {
		for _, f := range files {
			data, err := fs.ReadFile(r.fs, f)
			if err != nil {
				found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: f}, "check who may read the file", "cannot be read"))
				continue
			}
			rel := at + strings.TrimPrefix(f, dir+"/")
			if same, err := fs.ReadFile(opt.Program.Themes, DefaultTheme+"/"+rel); err == nil && string(same) == string(data) {
				continue // the program's own repository
			}
			if strings.EqualFold(path.Base(f), "README.md") {
				continue
			}
			r.theme.Own = false
			place(rel, f, data)
		}
	}
	overlay("themes/"+name, files, "")
	files, walked = r.walk("layouts")
	found.Add(walked...)
	overlay("layouts", files, "layouts/")

	for _, rest := range slices.Sorted(maps.Keys(themeStatic)) {
		r.static = append(r.static, themeStatic[rest])
	}
	return found
}

func (r *Repo) themeNames() []string {
	names := []string{DefaultTheme}
	entries, _ := fs.ReadDir(r.fs, "themes")
	for _, e := range entries {
		if e.IsDir() {
			names = append(names, e.Name())
		}
	}
	return names
}

// loadStatic reads static/. What lies there is public and cannot be flagged, so only the web's usual types are taken.
func (r *Repo) loadStatic(opt Options) diag.List {
	files, found := r.walk("static")
	own := map[string]int{}
	for i, s := range r.static {
		own[s.Path] = i
	}
	for _, f := range files {
		rel := strings.TrimPrefix(f, "static/")
		if ok, why := media.Allowed(rel, true); !ok {
			found.Add(diag.New(diag.FileNotAllowed, diag.Pos{File: f}, why.Hint, "%s", why.Message))
			continue
		}
		data, err := fs.ReadFile(r.fs, f)
		if err != nil {
			found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: f}, "check who may read the file", "cannot be read"))
			continue
		}
		clean, problems := media.Clean(rel, data)
		for _, p := range problems {
			found.Add(diag.New(diag.FileNotAllowed, diag.Pos{File: f}, p.Hint, "%s", p.Message))
		}
		s := StaticFile{Path: rel, File: f, Data: clean}
		if i, ok := own[rel]; ok {
			r.static[i] = s
			continue
		}
		r.static = append(r.static, s)
	}
	slices.SortFunc(r.static, func(a, b StaticFile) int { return strings.Compare(a.Path, b.Path) })
	return found
}
