package vetting

import (
	"crypto/sha256"
	"slices"
	"sync"

	"candour/internal/content"
	"candour/internal/diag"
)

// Cache keeps what was settled about pages that did not change, between two runs of one process for the same edition. It
// is for a preview: whoever keeps it drops it when anything but a page changes.
type Cache struct {
	mu    sync.Mutex
	pages map[*content.Page]settled
	held  map[comparison]match
}

// comparison is a page, as a digest sees it, held against the digest of a sign-off.
type comparison struct {
	page   [sha256.Size]byte
	digest string
}

type settled struct {
	page  *Page
	found diag.List
}

// NewCache returns an empty cache.
func NewCache() *Cache {
	return &Cache{pages: map[*content.Page]settled{}, held: map[comparison]match{}}
}

func (c *Cache) get(src *content.Page) (*Page, diag.List, bool) {
	if c == nil {
		return nil, nil, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.pages[src]
	if !ok || !slices.Equal(s.page.Bundle, src.Bundle) {
		return nil, nil, false
	}
	return s.page, s.found, ok
}

func (c *Cache) put(src *content.Page, p *Page, found diag.List) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pages[src] = settled{p, found}
}

func (c *Cache) compared(key comparison) (match, bool) {
	if c == nil {
		return stale, false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	m, ok := c.held[key]
	return m, ok
}

func (c *Cache) compare(key comparison, m match) {
	if c == nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held[key] = m
}
