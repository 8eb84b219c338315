//go:build browser

package browsertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
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

// sample is one page of each kind in each language, the largest of them: what each kind has in it shows there. A kind is a
// place in the site and the sorts of notices and states that the page has.
func (s *site) sample() ([]string, error) {
	best, size := map[string]string{}, map[string]int{}
	for _, p := range s.pages {
		file := p
		if strings.HasSuffix(file, "/") {
			file += "index.html"
		}
		data, err := os.ReadFile(filepath.Join(s.dir, filepath.FromSlash(file)))
		if err != nil {
			return nil, err
		}
		key := kindOf(p, string(data))
		if len(data) > size[key] {
			best[key], size[key] = p, len(data)
		}
	}
	out := slices.Collect(maps.Values(best))
	slices.Sort(out)
	return out, nil
}

var (
	language = regexp.MustCompile(`<html [^>]*lang="?([A-Za-z-]+)`)
	section  = regexp.MustCompile(`<body class="?in-([a-z0-9-]+)`)
	states   = regexp.MustCompile(`class="?(?:notice|state) ([a-z-]+)`)
)

func kindOf(page, data string) string {
	found := func(pattern *regexp.Regexp) string {
		if m := pattern.FindStringSubmatch(data); m != nil {
			return m[1]
		}
		return ""
	}
	if !strings.HasSuffix(page, "/") {
		return filepath.Base(page) + " " + found(language)
	}
	key := fmt.Sprintf("%s %s %d", found(language), found(section), strings.Count(page, "/"))
	if found(section) == "alerts" && strings.Count(page, "/") == 3 {
		if m := states.FindStringSubmatch(data); m != nil {
			key += " " + m[1]
		}
	}
	return key
}

// kinds are the pages grouped by the first part of their path.
func (s *site) kinds() map[string]int {
	out := map[string]int{}
	for _, p := range s.pages {
		first, _, folder := strings.Cut(strings.TrimPrefix(p, "/"), "/")
		if !folder {
			first = p
		}
		out[first]++
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
