package deploy

import (
	"cmp"
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"mime"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"candour/internal/hosting"
	"candour/internal/publish"
)

// Site is a published folder that its manifest vouches for.
type Site struct {
	Manifest *publish.Manifest
	dir      string
	raw      []byte // the manifest's own bytes
	rules    hosting.Site
	files    map[string]local
}

type local struct {
	publish.FileEntry
	md5 []byte
}

// Read verifies a published folder, byte by byte. The error is a *Refusal where a file is missing, changed, or not in the
// manifest.
func Read(dir string) (*Site, error) {
	m, err := publish.ReadManifest(dir)
	if errors.Is(err, publish.ErrNoManifest) {
		return nil, refuse("run candour build first, or name the folder with --from", "%s is no site that candour built", dir)
	}
	if err != nil {
		return nil, err
	}
	s := &Site{Manifest: m, dir: dir, files: map[string]local{}}
	if s.raw, err = os.ReadFile(filepath.Join(dir, publish.ManifestName)); err != nil {
		return nil, err
	}
	base := "/"
	if u, err := url.Parse(m.BaseURL); err == nil && u.Path != "" {
		base = u.Path
	}
	s.rules = hosting.Site{Base: base, Public: m.Edition == "public", Guarded: m.Clearance != "public"}
	const again = "run candour build again: only what it made is sent"
	for _, e := range m.Files {
		if !fs.ValidPath(e.Path) || e.Path == publish.ManifestName || strings.HasPrefix(e.Path, lockPrefix) || strings.Contains(e.Path, `\`) {
			return nil, refuse(again, "the manifest of %s names a file that cannot be one of a site", dir)
		}
		data, err := s.bytes(e)
		if err != nil {
			return nil, err
		}
		sum := md5.Sum(data) // what buckets compare with; the manifest's SHA-256 is what is trusted
		s.files[e.Path] = local{e, sum[:]}
	}
	return s, filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if _, known := s.files[rel]; !known && rel != publish.ManifestName {
			return refuse(again+", and put nothing into the folder by hand", "%s is in the folder and not in its manifest", rel)
		}
		return nil
	})
}

// bytes reads a file and compares it with the manifest, also just before it is sent.
func (s *Site) bytes(e publish.FileEntry) ([]byte, error) {
	name := filepath.Join(s.dir, filepath.FromSlash(e.Path))
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, refuse("run candour build again", "%s is in the manifest and not in the folder", e.Path)
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, refuse("run candour build again", "%s is no plain file", e.Path)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	if !matches(data, e) {
		return nil, refuse("run candour build again: a file that was changed after it was audited is not sent", "%s is not what the manifest says", e.Path)
	}
	return data, nil
}

func matches(data []byte, e publish.FileEntry) bool {
	sum := sha256.Sum256(data)
	return int64(len(data)) == e.Size && hex.EncodeToString(sum[:]) == e.SHA256
}

// parseManifest reads a manifest that a target holds; nil where it is none of ours.
func parseManifest(data []byte) *publish.Manifest {
	var m publish.Manifest
	if json.Unmarshal(data, &m) != nil || m.Program != "candour" {
		return nil
	}
	return &m
}

// Attributes are sent with the file at a path.
func (s *Site) Attributes(file string) Attributes {
	a := Attributes{Type: hosting.Type(file)}
	for _, h := range s.rules.Headers(file) {
		if h.Name == "Cache-Control" {
			a.Cache = h.Value
		}
	}
	if a.Type == "" {
		a.Type = types[strings.ToLower(path.Ext(file))]
	}
	a.Type = cmp.Or(a.Type, mime.TypeByExtension(path.Ext(file)), "application/octet-stream")
	return a
}

// types do not depend on what the machine's own tables say.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".json": "application/json", ".xml": "application/xml", ".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg",
	".webp": "image/webp", ".avif": "image/avif", ".gif": "image/gif", ".ico": "image/x-icon", ".woff2": "font/woff2", ".pdf": "application/pdf",
	".epub": "application/epub+zip", ".conf": "text/plain; charset=utf-8", ".brf": "text/plain; charset=utf-8",
}

// Allow refuses an edition that a target is not marked for. A target without a mark is for the public edition.
func (s *Site) Allow(edition, target string) error {
	m := s.Manifest
	if edition == "" {
		edition = "public"
	}
	if m.Edition != edition {
		return refuse(fmt.Sprintf(`if that is meant, mark the target in candour.toml: [[target]] with name, url and edition = %q`, m.Edition),
			"the folder holds the edition %q, and %s takes the edition %q", m.Edition, target, edition)
	}
	if edition == "public" && m.Clearance != "public" {
		return refuse("run candour build again", "the manifest calls the edition public, and its clearance is another")
	}
	return nil
}

// rank is the order in which files are sent: what never changes, what pages show, new pages before those that link to
// them, and what lists pages last.
func rank(file string, isNew bool) int {
	page := strings.HasSuffix(file, ".html")
	switch {
	case hosting.Constant(file):
		return 0
	case file == "sitemap.xml" || strings.HasSuffix(file, ".atom") || strings.HasSuffix(file, "feed.json"):
		return 5
	case !page:
		return 1
	case file == "index.html":
		return 4
	case isNew:
		return 2
	}
	return 3
}

func sortFiles(list []string, rankOf func(string) int) {
	slices.SortFunc(list, func(a, b string) int { return cmp.Or(cmp.Compare(rankOf(a), rankOf(b)), cmp.Compare(a, b)) })
}
