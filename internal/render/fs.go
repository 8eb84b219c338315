package render

import (
	"os"
	"strings"
	"sync"

	"github.com/spf13/afero"

	"candour/internal/output"
)

// root is where the tree lies in memory.
const root = "/site"

// newSource is the file system that Hugo reads: memory alone.
func newSource() afero.Fs { return afero.NewMemMapFs() }

// sink is the file system that Hugo writes to: memory alone. What Hugo writes is kept as it comes, so that a large site is
// not held twice.
type sink struct {
	afero.Fs // folders, and whatever Hugo reads back
	mu       sync.Mutex
	written  map[string]*sinkFile
}

func newSink() *sink { return &sink{Fs: afero.NewMemMapFs(), written: map[string]*sinkFile{}} }

// Create opens a file for writing.
func (s *sink) Create(name string) (afero.File, error) {
	return s.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o666)
}

// OpenFile opens a file for writing; nothing that is written here is ever read back through the file system.
func (s *sink) OpenFile(name string, flag int, perm os.FileMode) (afero.File, error) {
	if flag&(os.O_WRONLY|os.O_RDWR) == 0 {
		return s.Fs.OpenFile(name, flag, perm)
	}
	stub, err := s.Fs.OpenFile(name, flag, perm)
	if err != nil {
		return nil, err
	}
	f := &sinkFile{File: stub}
	s.mu.Lock()
	s.written[name] = f
	s.mu.Unlock()
	return f, nil
}

// sinkFile keeps what is written to it; the file beneath it stays empty.
type sinkFile struct {
	afero.File
	data []byte
}

func (f *sinkFile) Write(p []byte) (int, error) {
	f.data = append(f.data, p...)
	return len(p), nil
}

func (f *sinkFile) WriteString(s string) (int, error) {
	f.data = append(f.data, s...)
	return len(s), nil
}

// files takes what Hugo has written.
func (s *sink) files() []output.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	files := make([]output.File, 0, len(s.written))
	for name, f := range s.written {
		name = strings.TrimPrefix(strings.ReplaceAll(name, "\\", "/"), root+"/public/")
		files = append(files, output.File{Path: strings.TrimPrefix(name, "/"), Data: f.data})
	}
	s.written = nil
	return files
}
