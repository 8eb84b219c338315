//go:build browser

package browsertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// moduleRoot is where go.mod and node_modules are: tests run in the folder of their package.
const moduleRoot = "../.."

// clock is when the starter site is built: its alerts are live and nothing is overdue.
const clock = "2026-11-21T12:00:00Z"

// site is a folder of files that is served while a test runs.
type site struct {
	name  string
	dir   string
	pages []string // the paths of all pages, sorted
	again bool     // another site shows its pages in every language: of this one, one language will do
}

// starterSites builds the repository's own content, for the public and for the edition that shows most: the latter has the
// banner, the drafts and the notes on pages that nobody has vetted.
func starterSites(ctx context.Context, temp string) ([]*site, error) {
	if dir := os.Getenv("CANDOUR_SITE"); dir != "" {
		if !filepath.IsAbs(dir) {
			dir = filepath.Join(moduleRoot, dir)
		}
		s, err := newSite("given", dir)
		return []*site{s}, err
	}
	program := os.Getenv("CANDOUR")
	if program == "" {
		program = filepath.Join(temp, "candour")
		if err := command(ctx, "go", "build", "-o", program, "./cmd/candour"); err != nil {
			return nil, err
		}
	}
	var out []*site
	for _, edition := range []string{"public", "internal"} {
		dir := filepath.Join(temp, edition)
		if err := command(ctx, program, "build", "--source", ".", "--edition", edition, "--output", dir, "--now", clock, "--quiet"); err != nil {
			return nil, err
		}
		s, err := newSite(edition, dir)
		if err != nil {
			return nil, err
		}
		s.again = edition != "public"
		out = append(out, s)
	}
	return out, nil
}

func command(ctx context.Context, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = moduleRoot
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, out)
	}
	return nil
}

// newSite finds the pages of a folder.
func newSite(name, dir string) (*site, error) {
	s := &site{name: name, dir: dir}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasSuffix(path, ".html") {
			s.pages = append(s.pages, "/"+strings.TrimSuffix(path, "index.html"))
		}
		return err
	})
	if err == nil && len(s.pages) == 0 {
		err = fmt.Errorf("%s holds no pages", dir)
	}
	slices.Sort(s.pages)
	return s, err
}

// sample is the fewest pages, the largest first, that have among them every kind of page in every language, each in every
// state that it takes, and on each kind everything that a page may hold. A kind is a place in the site. Of an edition that is
// looked at besides, it is what that shows in any language.
func (s *site) sample() ([]string, error) {
	type candidate struct {
		page string
		size int
		has  []string
	}
	var all []candidate
	for _, p := range s.pages {
		data, err := s.read(p)
		if err != nil {
			return nil, err
		}
		has := traits(p, data)
		for i := range has {
			if s.again {
				_, has[i], _ = strings.Cut(has[i], " ")
			}
		}
		all = append(all, candidate{p, len(data), has})
	}
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.size, a.size) })
	have := map[string]bool{}
	var out []string
	for _, c := range all {
		if slices.ContainsFunc(c.has, func(trait string) bool { return !have[trait] }) {
			out = append(out, c.page)
			for _, trait := range c.has {
				have[trait] = true
			}
		}
	}
	slices.Sort(out)
	return out, nil
}

// read gives a page's code.
func (s *site) read(page string) (string, error) {
	if strings.HasSuffix(page, "/") {
		page += "index.html"
	}
	data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(page)))
	return string(data), err
}

func (s *site) traits(page string) ([]string, error) {
	data, err := s.read(page)
	return traits(page, data), err
}

var (
	language = regexp.MustCompile(`<html [^>]*lang="?([A-Za-z-]+)`)
	states   = regexp.MustCompile(`class="?(?:notice|state) ([a-z-]+)`)
)

// parts are what a page may hold that not every page of its kind holds, each by words that stand in its code.
var parts = map[string]*regexp.Regexp{
	"a figure":             regexp.MustCompile(`<figure class="?data`),
	"a table of six":       regexp.MustCompile(`<thead>\s*<tr>(?:\s*<th[^>]*>[^<]*(?:</th>)?){6}`),
	"a table":              regexp.MustCompile(`<table`),
	"words explained":      regexp.MustCompile(`class="?terms`),
	"words explained away": regexp.MustCompile(`class="?term href="?/`),
	"something withheld":   regexp.MustCompile(`class="?withheld`),
	"contacts to fill in":  regexp.MustCompile(`data-fill`),
	"a picture":            regexp.MustCompile(`<img [^>]*loading=`),
	"a rumour":             regexp.MustCompile(`class="rumour`),
	"another area":         regexp.MustCompile(`class="?boundary`),
	"other formats":        regexp.MustCompile(`class="?formats`),
	"files":                regexp.MustCompile(`class="?attachments`),
}

// place is the kind of a page in a language: its address up to its section, and how deep it lies below that; for a page that
// is no folder, its name.
func place(page, lang string) string {
	if !strings.HasSuffix(page, "/") {
		return filepath.Base(page)
	}
	steps := strings.Split(strings.Trim(page, "/"), "/")
	if steps[0] == lang {
		steps = steps[1:]
	}
	if len(steps) == 0 || steps[0] == "" {
		return "/"
	}
	return steps[0] + strings.Repeat("/…", len(steps)-1)
}

// traits are the kind of a page, alone, with each of its states, and with each of the parts that it holds.
func traits(page, data string) []string {
	found := func(pattern *regexp.Regexp) string {
		if m := pattern.FindStringSubmatch(data); m != nil {
			return m[1]
		}
		return ""
	}
	kind := found(language) + " " + place(page, found(language))
	out := []string{kind}
	for _, m := range states.FindAllStringSubmatch(data, -1) {
		out = append(out, kind+", "+m[1])
	}
	for name, pattern := range parts {
		if pattern.MatchString(data) {
			out = append(out, kind+", "+name)
		}
	}
	return out
}

// server serves a site on loopback and remembers what was asked for in vain.
type server struct {
	base string

	mu      sync.Mutex
	missing []problem

	http http.Server
	done chan error
}

func (s *site) serve() (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	srv := &server{base: "http://" + l.Addr().String(), done: make(chan error, 1)}
	files := http.FileServer(http.Dir(s.dir))
	headers, err := readHeaders(s.dir)
	if err != nil {
		return nil, err
	}
	srv.http.Handler = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if _, err := os.Stat(filepath.Join(s.dir, filepath.FromSlash(r.URL.Path))); err != nil {
			if r.URL.Path == "/favicon.ico" { // the browser asks for it by itself, whatever the page says
				w.WriteHeader(http.StatusNoContent)
				return
			}
			srv.note(r)
		}
		headers.send(w, r.URL.Path)
		files.ServeHTTP(w, r)
	})
	go func() { srv.done <- srv.http.Serve(l) }()
	return srv, nil
}

func (s *server) note(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	page := cmp.Or(strings.TrimPrefix(r.Referer(), s.base), r.URL.Path)
	s.missing = append(s.missing, problem{page, "any", "missing-file", r.URL.Path})
}

// close stops the server and returns what it had not got.
func (s *server) close() ([]problem, error) {
	err := s.http.Close()
	if e := <-s.done; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return s.missing, err
}
