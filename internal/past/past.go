// Package past remembers what the last build of an edition was made from, so that pages that would become what they were
// are not made again.
//
// What it writes, into the user's cache folder, holds no content: the path of each page, a digest of the cleared content it
// was made from, and the digest of the finished file. The finished bytes come from the published folder, and only where
// they still have that digest; what was tampered with is made again. Whatever is used again is audited like the rest.
package past

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"candour/internal/output"
	"candour/internal/render"
)

// Disk is the past of an edition that was published into a folder.
type Disk struct {
	file    string // of the cache; empty where there is no cache folder
	dir     string // the published folder
	entries map[string]entry
}

type entry struct {
	key render.Key
	sum [sha256.Size]byte
}

const header = "candour past 1"

// Open reads what is remembered of the edition in dir. What cannot be read is an empty past.
func Open(cache, source, edition, dir string) *Disk {
	d := &Disk{dir: dir, entries: map[string]entry{}}
	if cache == "" {
		return d
	}
	name := sha256.Sum256([]byte(source + "\x00" + edition + "\x00" + dir))
	d.file = filepath.Join(cache, "candour", hex.EncodeToString(name[:16]))
	f, err := os.Open(d.file)
	if err != nil {
		return d
	}
	defer f.Close()
	lines := bufio.NewScanner(f)
	if !lines.Scan() || lines.Text() != header {
		return d
	}
	for lines.Scan() {
		key, rest, _ := strings.Cut(lines.Text(), " ")
		sum, path, ok := strings.Cut(rest, " ")
		var e entry
		if !ok || !decode(e.key[:], key) || !decode(e.sum[:], sum) {
			return &Disk{file: d.file, dir: dir, entries: map[string]entry{}}
		}
		d.entries[path] = e
	}
	return d
}

func decode(into []byte, text string) bool {
	n, err := hex.Decode(into, []byte(text))
	return err == nil && n == len(into) && len(text) == 2*n
}

// Page reads a finished page from the published folder.
func (d *Disk) Page(path string, key render.Key) ([]byte, bool) {
	e, ok := d.entries[path]
	if !ok || e.key != key {
		return nil, false
	}
	data, err := os.ReadFile(filepath.Join(d.dir, filepath.FromSlash(path)))
	if err != nil || sha256.Sum256(data) != e.sum {
		return nil, false
	}
	return data, true
}

// Remember writes down what a site was made from. A cache that cannot be written is no fault: the next build takes longer.
func (d *Disk) Remember(keys map[string]render.Key, site output.Site) {
	if d.file == "" {
		return
	}
	var b strings.Builder
	b.WriteString(header + "\n")
	for _, path := range slices.Sorted(maps.Keys(keys)) {
		if f := site.Find(path); f != nil && !strings.ContainsAny(path, "\n") {
			fmt.Fprintf(&b, "%x %x %s\n", keys[path], sha256.Sum256(f.Data), path)
		}
	}
	if os.MkdirAll(filepath.Dir(d.file), 0o700) != nil {
		return
	}
	temp, err := os.CreateTemp(filepath.Dir(d.file), ".new-*")
	if err != nil {
		return
	}
	defer os.Remove(temp.Name())
	_, err = temp.WriteString(b.String())
	if cerr := temp.Close(); err == nil && cerr == nil {
		_ = os.Rename(temp.Name(), d.file)
	}
}

// Memory is the past of a preview: the pages of its last build.
type Memory struct {
	mu    sync.Mutex
	keys  map[string]render.Key
	files map[string][]byte
}

// Page returns a page of the last build.
func (m *Memory) Page(path string, key render.Key) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k, ok := m.keys[path]; !ok || k != key {
		return nil, false
	}
	data, ok := m.files[path]
	return data, ok
}

// Remember takes up a build.
func (m *Memory) Remember(keys map[string]render.Key, site output.Site) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.keys, m.files = keys, make(map[string][]byte, len(keys))
	for path := range keys {
		if f := site.Find(path); f != nil {
			m.files[path] = f.Data
		}
	}
}
