package audit

import (
	"bytes"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"maps"
	"slices"
	"sync"

	"candour/internal/detail"
	"candour/internal/leak"
	"candour/internal/output"
	"candour/internal/redact"
)

// Cache keeps, between two builds of one process, which files and sources were found clean, so that a preview searches
// only what was saved. A file is clean if it has the very bytes that were searched before, for the very same withheld
// values, under the same settings; nothing else about it is believed.
//
// It is never written to disk: every build that can be published searches every byte. What is withheld is in it as a digest
// under a key that lives as long as the process.
type Cache struct {
	mu      sync.Mutex
	secret  [sha256.Size]byte
	guard   [sha256.Size]byte // what was guarded against
	matcher *leak.Matcher
	files   map[string]seenFile // by path in the site
	sources map[string][]string // the texts of a source file
}

type seenFile struct {
	data   []byte
	result result
}

// NewCache returns an empty cache.
func NewCache() *Cache {
	c := &Cache{}
	_, _ = rand.Read(c.secret[:]) // which never fails
	return c
}

// guarded is a digest of everything that decides whether a text is clean: what is withheld, what is given on purpose, and
// the edition's settings.
func guarded(secret []byte, c *redact.Cleared, listed map[detail.Kind][]string, phrases []string) (sum [sha256.Size]byte) {
	h := hmac.New(sha256.New, secret)
	put := func(texts ...string) {
		var n [8]byte
		for _, s := range texts {
			binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
			h.Write(n[:])
			h.Write([]byte(s))
		}
		h.Write([]byte{0xff})
	}
	held := c.Ledger().Sum(secret)
	h.Write(held[:])
	for _, kind := range slices.Sorted(maps.Keys(listed)) {
		put(string(kind))
		put(listed[kind]...)
	}
	put(phrases...)
	for _, digest := range c.WithheldFiles() {
		h.Write(digest[:])
	}
	put(c.Edition().BaseURL, c.Edition().Clearance.String(), c.Config().Language, c.Repo().Version())
	h.Sum(sum[:0])
	return sum
}

// take makes the matcher, or takes it from the cache where it would be the same one; then what was found clean still is.
func (c *Cache) take(cleared *redact.Cleared, listed map[detail.Kind][]string, phrases []string) *leak.Matcher {
	if c == nil {
		return leak.New(cleared.Ledger())
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if sum := guarded(c.secret[:], cleared, listed, phrases); c.matcher == nil || sum != c.guard {
		c.guard, c.matcher = sum, leak.New(cleared.Ledger())
		c.files, c.sources = map[string]seenFile{}, map[string][]string{}
	}
	return c.matcher
}

// file returns what was seen in a file that has not changed.
func (c *Cache) file(f output.File) (result, bool) {
	if c == nil {
		return result{}, false
	}
	c.mu.Lock()
	seen, ok := c.files[f.Path]
	c.mu.Unlock()
	if !ok || !bytes.Equal(seen.data, f.Data) {
		return result{}, false
	}
	return seen.result, true
}

// keep takes up the clean files of a site, and lets go of all others.
func (c *Cache) keep(files []output.File, results []result) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.files = make(map[string]seenFile, len(files))
	for i, f := range files {
		if len(results[i].found) == 0 {
			c.files[f.Path] = seenFile{f.Data, results[i]}
		}
	}
}

// clean reports whether these texts of a source were searched before and nothing was found.
func (c *Cache) clean(file string, texts []string) bool {
	if c == nil {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	seen, ok := c.sources[file]
	return ok && slices.Equal(seen, texts)
}

// note takes up a source in which nothing was found.
func (c *Cache) note(file string, texts []string) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.sources[file] = texts
}
