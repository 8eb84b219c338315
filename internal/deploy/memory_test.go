package deploy

import (
	"context"
	"crypto/md5"
	"errors"
	"strings"
	"sync"
)

// memory is a bucket that fails from a given write on, as a machine does that is killed or a disk that is full.
type memory struct {
	mu    sync.Mutex
	files map[string][]byte
	attrs map[string]Attributes
	order []string
	left  int                     // writes to the site until it fails; below zero for never
	after func(map[string][]byte) // what a reader sees after every write
}

var errBroken = errors.New("broken")

func newMemory() *memory {
	return &memory{files: map[string][]byte{}, attrs: map[string]Attributes{}, left: -1}
}

// write is called with the bucket locked. Once it failed nothing works, releasing the lock neither.
func (m *memory) write(key string, do func()) error {
	if m.left == 0 {
		return errBroken
	}
	if m.left > 0 && !strings.HasPrefix(key, lockPrefix) {
		m.left--
	}
	do()
	if m.after != nil {
		m.after(m.files)
	}
	return nil
}

func (m *memory) List(_ context.Context, prefix string) ([]Object, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []Object
	for key, data := range m.files {
		if strings.HasPrefix(key, prefix) {
			sum := md5.Sum(data)
			out = append(out, Object{key, int64(len(data)), sum[:]})
		}
	}
	return out, nil
}

func (m *memory) Get(_ context.Context, key string) ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	data, ok := m.files[key]
	if !ok {
		return nil, ErrNotFound
	}
	return data, nil
}

func (m *memory) Put(_ context.Context, key string, data []byte, a Attributes) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.write(key, func() { m.files[key], m.attrs[key], m.order = data, a, append(m.order, key) })
}

func (m *memory) PutIfAbsent(_ context.Context, key string, data []byte, a Attributes) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if _, there := m.files[key]; there {
		return ErrExists
	}
	return m.write(key, func() { m.files[key], m.attrs[key] = data, a })
}

func (m *memory) Delete(_ context.Context, key string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.write(key, func() { delete(m.files, key) })
}
