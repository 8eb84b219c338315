package render

import (
	"bytes"
	"maps"
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
	if ok && same(&was.from, p) && equal(was.view, view) {
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
		bytes.Equal(a.Body, b.Body) && maps.Equal(a.Withheld, b.Withheld) && equal(a.Params, b.Params)
}

// node encodes the front matter of a page that no author has written. The caller does not change front any more.
func (m *Memo) node(name, dir string, front map[string]any) ([]byte, error) {
	if m == nil {
		return frontMatter(front, dir)
	}
	if was, ok := m.nodes[name]; ok && equal(was.front, front) {
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

// equal is reflect.DeepEqual, several times as fast for what front matter is made of.
func equal(a, b any) bool {
	switch a := a.(type) {
	case string:
		b, ok := b.(string)
		return ok && a == b
	case bool:
		b, ok := b.(bool)
		return ok && a == b
	case []any:
		b, ok := b.([]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !equal(a[i], b[i]) {
				return false
			}
		}
		return true
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok || len(a) != len(b) {
			return false
		}
		for key, v := range a {
			if other, ok := b[key]; !ok || !equal(v, other) {
				return false
			}
		}
		return true
	}
	return reflect.DeepEqual(a, b)
}
