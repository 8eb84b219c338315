package render

import (
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/afero"

	"candour/internal/output"
)

// root is where the tree lies in memory.
const root = "/site"

// newSource is the file system that Hugo reads: memory alone.
func newSource() afero.Fs { return afero.NewMemMapFs() }

// sink is the file system that Hugo writes to: memory alone.
type sink struct{ afero.Fs }

func newSink() *sink { return &sink{afero.NewMemMapFs()} }

// files takes what Hugo has written.
func (s *sink) files() []output.File {
	var files []output.File
	_ = afero.Walk(s.Fs, root+"/public", func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		data, err := afero.ReadFile(s.Fs, p)
		if err != nil {
			return err
		}
		name := strings.TrimPrefix(filepath.ToSlash(p), root+"/public/")
		files = append(files, output.File{Path: name, Data: data})
		return nil
	})
	return files
}
