package render

import (
	"bytes"
	"reflect"
	"sync"

	"candour/internal/redact"
)

// Memo keeps, between two renderings of one process, what was encoded for Hugo beside what it was encoded from, so that a
// preview compares a thousand pages with those of a moment ago instead of encoding them again. A nil Memo keeps nothing.
type Memo struct {
	mu    sync.Mutex
	pages map[string]memoPage
	nodes map[string]memoNode
}

type memoPage struct {
	from redact.Page
	view map[string]any
	made madePage
}

type memoNode struct {
	front map[string]any
	data  []byte
}

// page makes the file of a page, or finds it made of the very same.
func (m *Memo) page(p *redact.Page, view map[string]any, make func() (madePage, error)) (madePage, error) {
	if m == nil {
		return make()
	}
	m.mu.Lock()
	was, ok := m.pages[p.File]
	m.mu.Unlock()
	if ok && same(&was.from, p) && reflect.DeepEqual(was.view, view) {
		was.made.Page = p
		return was.made, nil
	}
	made, err := make()
	if err != nil {
		return made, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.pages == nil {
		m.pages = map[string]memoPage{}
	}
	m.pages[p.File] = memoPage{*p, view, made}
	return made, nil
}

// same reports whether two pages have one file for Hugo, as far as it comes from the page: all that pageFile reads of it.
func same(a, b *redact.Page) bool {
	return a.Title == b.Title && a.BodyLine == b.BodyLine && a.Kind == b.Kind && a.Section == b.Section && a.Lang == b.Lang && a.Address == b.Address &&
		bytes.Equal(a.Body, b.Body) && reflect.DeepEqual(a.Params, b.Params) && reflect.DeepEqual(a.Withheld, b.Withheld)
}

// node encodes the front matter of a page that no author has written. The caller does not change front any more.
func (m *Memo) node(name, dir string, front map[string]any) ([]byte, error) {
	if m == nil {
		return frontMatter(front, dir)
	}
	if was, ok := m.nodes[name]; ok && reflect.DeepEqual(was.front, front) {
		return was.data, nil
	}
	data, err := frontMatter(front, dir)
	if err != nil {
		return nil, err
	}
	if m.nodes == nil {
		m.nodes = map[string]memoNode{}
	}
	m.nodes[name] = memoNode{front, data}
	return data, nil
}
