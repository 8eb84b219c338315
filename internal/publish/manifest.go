package publish

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"

	"candour/internal/output"
)

// ManifestName is the manifest's path in a published site.
const ManifestName = "manifest.json"

// program is how a manifest says that it is ours.
const program = "candour"

// Manifest says what a published site holds and how it came about. It is published with the site, so nothing in it may
// tell more than the site does: no source path, no time but the build's clock.
type Manifest struct {
	Program   string      `json:"program"`
	Version   string      `json:"version"`
	Edition   string      `json:"edition"`
	Clearance string      `json:"clearance"`
	Clock     string      `json:"clock"`
	BaseURL   string      `json:"base_url"`
	LeftOut   []string    `json:"left_out"`
	Pages     int         `json:"pages"`
	Files     []FileEntry `json:"files"`
}

// FileEntry is one published file. The manifest itself has none.
type FileEntry struct {
	Path   string `json:"path"`
	Size   int64  `json:"size"`
	SHA256 string `json:"sha256"` // lower-case hexadecimal
}

// ErrNoManifest means that a folder has no manifest of ours.
var ErrNoManifest = errors.New("the folder has no manifest of this program")

// ReadManifest returns the manifest of the site in dir. The error is ErrNoManifest where there is none, or one that
// another program wrote.
func ReadManifest(dir string) (*Manifest, error) {
	m, _, err := readManifest(dir)
	return m, err
}

func readManifest(dir string) (*Manifest, []byte, error) {
	name := filepath.Join(dir, ManifestName)
	info, err := os.Lstat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil, ErrNoManifest
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, ErrNoManifest
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, err
	}
	var m Manifest
	if json.Unmarshal(data, &m) != nil || m.Program != program {
		return nil, nil, ErrNoManifest
	}
	return &m, data, nil
}

// encode gives the same bytes for the same manifest, wherever it runs.
func (m Manifest) encode() ([]byte, error) {
	if m.LeftOut == nil {
		m.LeftOut = []string{}
	}
	if m.Files == nil {
		m.Files = []FileEntry{}
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(m); err != nil {
		return nil, fmt.Errorf("encoding the manifest: %w", err)
	}
	return b.Bytes(), nil
}

// entries hashes the files, in their order.
func entries(files []output.File) []FileEntry {
	list := make([]FileEntry, len(files))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range runtime.GOMAXPROCS(0) {
		wg.Go(func() {
			for {
				i := int(next.Add(1)) - 1
				if i >= len(files) {
					return
				}
				sum := files[i].Sum()
				list[i] = FileEntry{Path: files[i].Path, Size: int64(len(files[i].Data)), SHA256: hex.EncodeToString(sum[:])}
			}
		})
	}
	wg.Wait()
	return list
}
