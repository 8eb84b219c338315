package publish

import (
	"errors"
	"io/fs"
	"sync"
	"syscall"
)

var errInjected = errors.New("injected fault")

// faulty is a machine that fails at one step, or from it on.
type faulty struct {
	disk
	failAt     int    // the step that fails, counted from 1; 0 for none
	forever    bool   // and every later one
	instead    func() // what happens at that step instead of failing
	noExchange bool
	noLinks    bool

	mu    sync.Mutex
	steps int
}

// step counts one, and says whether it fails.
func (m *faulty) step() error {
	m.mu.Lock()
	m.steps++
	now := m.steps == m.failAt || m.forever && m.failAt > 0 && m.steps > m.failAt
	m.mu.Unlock()
	switch {
	case !now:
		return nil
	case m.instead != nil:
		m.instead()
		return nil
	}
	return errors.Join(errInjected, syscall.ENOSPC)
}

func either(err error, do func() error) error {
	if err != nil {
		return err
	}
	return do()
}

func (m *faulty) Mkdir(p string) error {
	return either(m.step(), func() error { return m.disk.Mkdir(p) })
}
func (m *faulty) Remove(p string) error {
	return either(m.step(), func() error { return m.disk.Remove(p) })
}
func (m *faulty) RemoveAll(p string) error {
	return either(m.step(), func() error { return m.disk.RemoveAll(p) })
}
func (m *faulty) Writable(p string) error {
	return either(m.step(), func() error { return m.disk.Writable(p) })
}

// Flush counts only: these tests make thousands of sites, and cannot tell what would be left after a power cut.
func (m *faulty) Flush(string) error { return m.step() }

func (m *faulty) FlushNames(p string) error {
	return either(m.step(), func() error { return m.disk.FlushNames(p) })
}

func (m *faulty) Chmod(p string, mode fs.FileMode) error {
	return either(m.step(), func() error { return m.disk.Chmod(p, mode) })
}

func (m *faulty) Rename(a, b string) error {
	return either(m.step(), func() error { return m.disk.Rename(a, b) })
}

func (m *faulty) Exchange(a, b string) error {
	if m.noExchange {
		return errors.ErrUnsupported
	}
	return either(m.step(), func() error { return m.disk.Exchange(a, b) })
}

func (m *faulty) Names(p string) ([]string, error) {
	if err := m.step(); err != nil {
		return nil, err
	}
	return m.disk.Names(p)
}

func (m *faulty) Open(p string) (folder, error) { return m.wrap(m.disk.Open(p)) }

func (m *faulty) wrap(f folder, err error) (folder, error) {
	if broken := m.step(); broken != nil {
		if err == nil {
			f.Close()
		}
		return nil, broken
	}
	if err != nil {
		return nil, err
	}
	return faultyFolder{f, m}, nil
}

type faultyFolder struct {
	folder
	m *faulty
}

func (f faultyFolder) Mkdir(name string) (folder, error) {
	if err := f.m.step(); err != nil {
		return nil, err
	}
	return f.m.wrap(f.folder.Mkdir(name))
}

func (f faultyFolder) Open(name string) (folder, error) { return f.m.wrap(f.folder.Open(name)) }

// Create writes half of the file where it fails, as a full disk does.
func (f faultyFolder) Create(name string, data []byte) error {
	if err := f.m.step(); err != nil {
		f.folder.Create(name, data[:len(data)/2])
		return err
	}
	return f.folder.Create(name, data)
}

func (f faultyFolder) Link(from folder, name string) error {
	if f.m.noLinks {
		return syscall.EPERM
	}
	return either(f.m.step(), func() error { return f.folder.Link(from.(faultyFolder).folder, name) })
}

func (f faultyFolder) Holds(name string, data []byte) bool {
	return f.m.step() == nil && f.folder.Holds(name, data)
}

func (f faultyFolder) Names() ([]string, error) {
	if err := f.m.step(); err != nil {
		return nil, err
	}
	return f.folder.Names()
}

func (f faultyFolder) Close() error {
	err := f.folder.Close()
	if broken := f.m.step(); broken != nil {
		return broken
	}
	return err
}
