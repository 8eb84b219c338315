package pack

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Request is what a site wants of a pack.
type Request struct {
	Name   string
	Source string // a file or a folder, from the site's folder; an https address; or that of a bucket
	Dir    string // the site's folder
	Trust  Trust
	Locked Locked // the pin; its zero value for none
}

// Store gets packs, and keeps those that were verified so that a build needs no network. What it keeps is public: packs
// are signed for publication. In memory it keeps some of them for the next site, so that sites with one pack read and verify
// it once in a process.
type Store struct {
	Dir    string       // where verified packs are kept, by digest; "" keeps none
	Client *http.Client // nil for one with bounds
	// Bucket returns what is at an address of a bucket: a pack, or those of a folder, none longer than limit. Nil in a program
	// without clients for clouds. Its error is a *Refusal where the address is at fault.
	Bucket  func(ctx context.Context, address string, limit int64) ([][]byte, error)
	Program string // version of Candour

	mu     sync.Mutex
	opened []opened // the newest last
}

// opened is a pack that was verified in this process, for whoever trusts the same key as far.
type opened struct {
	digest, root string
	sequence     int
	pack         *Pack
}

// maxOpened is how many bytes of packs a store keeps in memory for the next site.
const maxOpened = 64 << 20

// known finds a pack that was verified before, with the same trust.
func (s *Store) known(digest string, t Trust) *Pack {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, o := range s.opened {
		if o.digest == digest && o.root == t.Root.String() && o.sequence == t.Sequence {
			return o.pack
		}
	}
	return nil
}

// know keeps a pack in memory, and lets go of the oldest where it becomes too much. One that is too large by itself is
// not kept.
func (s *Store) know(p *Pack, t Trust) {
	if p.size > maxOpened {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opened = append(s.opened, opened{p.digest, t.Root.String(), t.Sequence, p})
	sum := int64(0)
	for i := len(s.opened) - 1; i >= 0; i-- {
		if sum += s.opened[i].pack.size; sum > maxOpened {
			s.opened = slices.Delete(s.opened, 0, i+1)
			return
		}
	}
}

// Get returns the pack that a build uses: the pinned one, from the cache where it is there, or, without a pin, the newest
// that the source has. The error is a *Refusal where the pack is there and is not taken.
func (s *Store) Get(ctx context.Context, r Request) (*Pack, error) {
	if r.Locked.SHA256 != "" {
		if p := s.known(r.Locked.SHA256, r.Trust); p != nil {
			return r.named(p)
		}
		if data, err := os.ReadFile(s.kept(r.Locked.SHA256)); err == nil {
			if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) == r.Locked.SHA256 {
				return s.open(data, r)
			}
		}
	}
	archives, err := s.fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	if r.Locked.SHA256 == "" {
		return s.newest(archives, r)
	}
	for _, data := range archives {
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) == r.Locked.SHA256 {
			return s.open(data, r)
		}
	}
	return nil, refuse("version", fmt.Sprintf("its source no longer holds version %s as %s pins it", r.Locked.Version, LockFile),
		"look at what changed with candour pack update --diff "+r.Name+", and take it with candour pack update "+r.Name)
}

// Newest returns the newest pack that the source has now, whatever is pinned.
func (s *Store) Newest(ctx context.Context, r Request) (*Pack, error) {
	archives, err := s.fetch(ctx, r)
	if err != nil {
		return nil, err
	}
	return s.newest(archives, r)
}

// newest opens every archive of a source and takes the one with the highest version. One that is refused stands in the way
// only where it is the only one: a folder may hold packs of others.
func (s *Store) newest(archives [][]byte, r Request) (*Pack, error) {
	var best *Pack
	var refusal error
	for _, data := range archives {
		p, err := s.open(data, r)
		if err != nil {
			refusal = err
			continue
		}
		if best == nil || CompareVersions(p.manifest.Version, best.manifest.Version) > 0 {
			best = p
		}
	}
	if best == nil {
		return nil, refusal
	}
	return best, nil
}

func (s *Store) open(data []byte, r Request) (*Pack, error) {
	sum := sha256.Sum256(data)
	if p := s.known(hex.EncodeToString(sum[:]), r.Trust); p != nil {
		return r.named(p)
	}
	p, err := Open(data, r.Trust, s.Program)
	if err != nil {
		return nil, err
	}
	if _, err := r.named(p); err != nil {
		return nil, err
	}
	s.keep(p.digest, data)
	s.know(p, r.Trust)
	return p, nil
}

// named returns a pack if it has the name that the site knows it by.
func (r Request) named(p *Pack) (*Pack, error) {
	if r.Name != "" && p.manifest.Name != r.Name {
		return nil, refuse("manifest", fmt.Sprintf("it calls itself %q, and candour.toml calls it %q", p.manifest.Name, r.Name), "give it its own name in candour.toml")
	}
	return p, nil
}

func (s *Store) kept(digest string) string {
	if s.Dir == "" {
		return ""
	}
	return filepath.Join(s.Dir, digest+".pack")
}

// keep stores a verified pack. It is a convenience: where it fails, the next build asks the source again.
func (s *Store) keep(digest string, data []byte) {
	name := s.kept(digest)
	if name == "" {
		return
	}
	if info, err := os.Stat(name); err == nil && info.Size() == int64(len(data)) {
		return
	}
	if os.MkdirAll(s.Dir, 0o755) != nil {
		return
	}
	tmp, err := os.CreateTemp(s.Dir, "new-*")
	if err != nil {
		return
	}
	_, err = tmp.Write(data)
	if errors.Join(err, tmp.Close()) == nil && os.Rename(tmp.Name(), name) == nil {
		return
	}
	_ = os.Remove(tmp.Name())
}

// Buckets are how addresses of buckets begin.
var Buckets = []string{"s3", "azblob", "gs"}

// fetch reads what the source holds: one archive, or, of a folder, those whose names end in .pack.
func (s *Store) fetch(ctx context.Context, r Request) ([][]byte, error) {
	if scheme, _, ok := strings.Cut(r.Source, "://"); ok {
		switch {
		case slices.Contains(Buckets, scheme) && s.Bucket == nil:
			return nil, refuse("source", fmt.Sprintf("its source is a bucket (%s://), and this program has no client for it", scheme),
				"use candour-cloud in its place, or give the bucket's https address; docs/deploying.md says how to get candour-cloud")
		case slices.Contains(Buckets, scheme):
			return s.Bucket(ctx, r.Source, MaxArchive)
		case scheme != "https":
			return nil, refuse("source", fmt.Sprintf("its source begins with %s://, which is not taken", clip(scheme)), "give a file, a folder, an https address, or that of a bucket: s3://, azblob:// or gs://")
		}
		data, err := s.download(ctx, r.Source)
		if err != nil {
			return nil, err
		}
		return [][]byte{data}, nil
	}
	name := filepath.FromSlash(r.Source)
	if !filepath.IsAbs(name) {
		name = filepath.Join(r.Dir, name)
	}
	info, err := os.Stat(name)
	if err != nil {
		return nil, refuse("source", fmt.Sprintf("its source %s is not there", clip(r.Source)), "check the path; it is taken from the folder of candour.toml")
	}
	files := []string{name}
	if info.IsDir() {
		entries, err := os.ReadDir(name)
		if err != nil {
			return nil, err
		}
		files = nil
		for _, e := range entries {
			if e.Type().IsRegular() && strings.HasSuffix(e.Name(), ".pack") {
				files = append(files, filepath.Join(name, e.Name()))
			}
		}
		if len(files) == 0 {
			return nil, refuse("source", fmt.Sprintf("there is no pack in the folder %s", clip(r.Source)), "put the pack there; its name ends in .pack")
		}
		slices.Sort(files)
	}
	var archives [][]byte
	for _, f := range files {
		file, err := os.Open(f)
		if err != nil {
			return nil, err
		}
		data, err := readBounded(file)
		_ = file.Close()
		if err != nil {
			return nil, err
		}
		archives = append(archives, data)
	}
	return archives, nil
}

func readBounded(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxArchive+1))
	if err != nil {
		return nil, err
	}
	if len(data) > MaxArchive {
		return nil, refuse("size", fmt.Sprintf("it is larger than %d MB", MaxArchive>>20), "do not use this pack; tell the publisher")
	}
	return data, nil
}

// Bounds of a download.
const (
	downloadTime = 2 * time.Minute
	redirects    = 5
)

// NewClient returns a client with bounds: TLS 1.2 at least, a proxy where the environment names one, few redirects, and
// none that leaves https.
func NewClient() *http.Client {
	return &http.Client{
		Timeout: downloadTime,
		Transport: &http.Transport{Proxy: http.ProxyFromEnvironment, TLSClientConfig: &tls.Config{MinVersion: tls.VersionTLS12},
			TLSHandshakeTimeout: 15 * time.Second, ResponseHeaderTimeout: 30 * time.Second, ForceAttemptHTTP2: true},
		CheckRedirect: checkRedirect,
	}
}

func checkRedirect(req *http.Request, via []*http.Request) error {
	if len(via) > redirects {
		return refuse("source", "its address leads on and on", "give the address of the file itself")
	}
	if req.URL.Scheme != "https" {
		return refuse("source", "its address leads to one without https", "give the address of the file itself, with https://")
	}
	return nil
}

func (s *Store) download(ctx context.Context, address string) ([]byte, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil {
		return nil, refuse("source", "its address is no web address", "write it as https://host/path/name.pack, without a user name")
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", "candour/"+s.Program)
	client := s.Client
	if client == nil {
		client = NewClient()
	}
	resp, err := client.Do(req)
	if err != nil {
		var refusal *Refusal
		if errors.As(err, &refusal) {
			return nil, refusal
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		// The library's error repeats the address with its query, which may hold a key.
		return nil, refuse("source", fmt.Sprintf("%s cannot be reached", clip(u.Host)), "check the network and the proxy, or give a file that you fetched by other means")
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, refuse("source", fmt.Sprintf("%s answered %d", clip(u.Host), resp.StatusCode), "check the address with the publisher")
	}
	data, err := readBounded(resp.Body)
	if err != nil {
		var refusal *Refusal
		if errors.As(err, &refusal) {
			return nil, refusal
		}
		return nil, refuse("truncated", "the download broke off", "try again")
	}
	return data, nil
}
