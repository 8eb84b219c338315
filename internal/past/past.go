// Package past remembers what the last build of an edition was made from, so that pages that would become what they were
// are not made again.
//
// What a build writes, into the user's cache folder, holds no content: which program wrote it, and the path of each page, a digest of the cleared content it
// was made from, and the digest of the finished file. The finished bytes come from the published folder, and only where
// they still have that digest; what was tampered with is made again. Whatever is used again is audited like the rest. Printing keeps more, of the public
// edition alone: see [Kept].
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
	program string // that writes, and the only one whose list is read
	entries map[string]entry
	rest    render.Key
	files   []string // of the rest
}

type entry struct {
	key render.Key // of a page; for a file of the rest, the key of all of it
	sum [sha256.Size]byte
}

const (
	header = "candour past 3"
	footer = "end" // a list that was cut short is none
)

// Open reads what is remembered of the edition in dir. What cannot be read is an empty past, and so is what another program
// wrote: it may make something else of the same content. program is what Program returns; with "" nothing is remembered.
func Open(cache, source, edition, dir, program string) *Disk {
	d := &Disk{dir: dir, program: program, entries: map[string]entry{}}
	if cache == "" || program == "" {
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
	if !lines.Scan() || lines.Text() != header+" "+program {
		return d
	}
	whole := false
	for lines.Scan() {
		if whole = lines.Text() == footer; whole {
			break
		}
		mark, text, _ := strings.Cut(lines.Text(), " ")
		key, text, _ := strings.Cut(text, " ")
		sum, path, ok := strings.Cut(text, " ")
		var e entry
		if !ok || !decode(e.key[:], key) || !decode(e.sum[:], sum) {
			break
		}
		d.entries[path] = e
		if mark == "rest" {
			d.rest, d.files = e.key, append(d.files, path)
		}
	}
	if !whole {
		return &Disk{file: d.file, dir: dir, program: program, entries: map[string]entry{}}
	}
	return d
}

func decode(into []byte, text string) bool {
	n, err := hex.Decode(into, []byte(text))
	return err == nil && n == len(into) && len(text) == 2*n
}

// Empty reports that nothing was made before.
func (d *Disk) Empty() bool { return len(d.entries) == 0 }

// Memo is nil: a process that publishes builds once.
func (d *Disk) Memo() *render.Memo { return nil }

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

// Rest reads all that was made besides pages: every file of it, or none.
func (d *Disk) Rest(key render.Key) ([]output.File, bool) {
	if len(d.files) == 0 || d.rest != key {
		return nil, false
	}
	files := make([]output.File, len(d.files))
	for i, path := range d.files {
		data, ok := d.Page(path, key)
		if !ok {
			return nil, false
		}
		files[i] = output.File{Path: path, Data: data}
	}
	return files, true
}

// Remember writes down what a site was made from. A cache that cannot be written is no fault: the next build takes longer.
func (d *Disk) Remember(made render.Record, site output.Site) {
	var b strings.Builder
	line := func(mark, path string, key render.Key) bool {
		f := site.Find(path)
		if f == nil {
			return false
		}
		return write(&b, mark, path, entry{key, f.Sum()})
	}
	for _, path := range slices.Sorted(maps.Keys(made.Pages)) {
		line("page", path, made.Pages[path])
	}
	pages := b.Len()
	for _, path := range made.Files {
		if !line("rest", path, made.Rest) {
			text := b.String()[:pages] // all of it or none
			b.Reset()
			b.WriteString(text)
			break
		}
	}
	d.save(b.String())
}

// Add writes down what some files of a folder were made from, beside those that were written down before and are still
// there: the list stays as short as the folder's.
func (d *Disk) Add(made render.Record, site output.Site) {
	all := maps.Clone(d.entries)
	for path := range all {
		if _, err := os.Lstat(filepath.Join(d.dir, filepath.FromSlash(path))); err != nil {
			delete(all, path)
		}
	}
	for path, key := range made.Pages {
		if f := site.Find(path); f != nil {
			all[path] = entry{key, f.Sum()}
		}
	}
	var b strings.Builder
	for _, path := range slices.Sorted(maps.Keys(all)) {
		write(&b, "page", path, all[path])
	}
	d.save(b.String())
}

func write(b *strings.Builder, mark, path string, e entry) bool {
	if strings.ContainsAny(path, "\n") {
		return false
	}
	fmt.Fprintf(b, "%s %x %x %s\n", mark, e.key, e.sum, path)
	return true
}

func (d *Disk) save(lines string) {
	if d.file == "" || os.MkdirAll(filepath.Dir(d.file), 0o700) != nil {
		return
	}
	place(d.file, []byte(header+" "+d.program+"\n"+lines+footer+"\n"))
}

// place writes a file of the cache, whole or not at all.
func place(name string, data []byte) {
	temp, err := os.CreateTemp(filepath.Dir(name), ".new-*")
	if err != nil {
		return
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(data)
	if cerr := temp.Close(); err == nil && cerr == nil {
		_ = os.Rename(temp.Name(), name)
	}
}

// Memory is the past of a preview: what its last build made.
type Memory struct {
	memo  render.Memo
	mu    sync.Mutex
	made  render.Record
	files map[string][]byte
}

// Memo is what the builds before have encoded.
func (m *Memory) Memo() *render.Memo { return &m.memo }

// Empty reports that nothing was made before.
func (m *Memory) Empty() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	return len(m.made.Pages) == 0
}

// Page returns a page of the last build.
func (m *Memory) Page(path string, key render.Key) ([]byte, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if k, ok := m.made.Pages[path]; !ok || k != key {
		return nil, false
	}
	data, ok := m.files[path]
	return data, ok
}

// Rest returns what the last build made besides pages.
func (m *Memory) Rest(key render.Key) ([]output.File, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if len(m.made.Files) == 0 || m.made.Rest != key {
		return nil, false
	}
	files := make([]output.File, len(m.made.Files))
	for i, path := range m.made.Files {
		data, ok := m.files[path]
		if !ok {
			return nil, false
		}
		files[i] = output.File{Path: path, Data: data}
	}
	return files, true
}

// Remember takes up a build.
func (m *Memory) Remember(made render.Record, site output.Site) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.made, m.files = made, make(map[string][]byte, len(made.Pages)+len(made.Files))
	for _, f := range site.Files {
		m.files[f.Path] = f.Data
	}
}
