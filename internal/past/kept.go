package past

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/gob"
	"encoding/hex"
	"maps"
	"os"
	"path/filepath"
	"sync"

	"candour/internal/media"
	"candour/internal/output"
	"candour/internal/render"
)

// keptLimit is how many bytes of pages are kept. A site of thousands of pages is rather made again than stored twice.
const keptLimit = 64 << 20

// Kept is what printing leaves for the next time, in the user's cache folder: the pages of the last site, and what was read
// out of the files that were made of them. It is of the public edition alone, and of what passed the audit: cleared words, which
// anybody may read once they are published. Whatever is used again is audited like the rest.
type Kept struct {
	file, program string

	mu      sync.Mutex
	old     keptFile
	fresh   keptFile
	changed bool
}

type keptFile struct {
	Program  string
	Made     render.Record
	Files    map[string][]byte // by path
	Readings map[[sha256.Size]byte]media.Reading
}

// OpenKept reads what was kept of a source's edition. What cannot be read, and what another program wrote, is nothing.
func OpenKept(cache, source, edition, program string) *Kept {
	k := &Kept{program: program, fresh: keptFile{Program: program, Readings: map[[sha256.Size]byte]media.Reading{}}}
	if cache == "" || program == "" {
		return k
	}
	name := sha256.Sum256([]byte("kept\x00" + source + "\x00" + edition))
	k.file = filepath.Join(cache, "candour", hex.EncodeToString(name[:16]))
	f, err := os.Open(k.file)
	if err != nil {
		return k
	}
	defer f.Close()
	var old keptFile
	if err := gob.NewDecoder(bufio.NewReaderSize(f, 1<<20)).Decode(&old); err == nil && old.Program == program {
		k.old = old
	}
	k.fresh.Made, k.fresh.Files = k.old.Made, k.old.Files
	return k
}

// Empty reports that no page was kept.
func (k *Kept) Empty() bool { return len(k.old.Made.Pages) == 0 }

// Page returns a page of the last site.
func (k *Kept) Page(path string, key render.Key) ([]byte, bool) {
	if is, ok := k.old.Made.Pages[path]; !ok || is != key {
		return nil, false
	}
	data, ok := k.old.Files[path]
	return data, ok
}

// Rest returns what the last site had besides pages.
func (k *Kept) Rest(key render.Key) ([]output.File, bool) {
	if len(k.old.Made.Files) == 0 || k.old.Made.Rest != key {
		return nil, false
	}
	files := make([]output.File, len(k.old.Made.Files))
	for i, path := range k.old.Made.Files {
		data, ok := k.old.Files[path]
		if !ok {
			return nil, false
		}
		files[i] = output.File{Path: path, Data: data}
	}
	return files, true
}

// Reading returns what was read out of a file with this digest.
func (k *Kept) Reading(sum [sha256.Size]byte) (media.Reading, bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if r, ok := k.old.Readings[sum]; ok {
		k.fresh.Readings[sum] = r
		return r, true
	}
	r, ok := k.fresh.Readings[sum]
	return r, ok
}

// Note takes up what was read out of a file in which nothing was found.
func (k *Kept) Note(sum [sha256.Size]byte, r media.Reading) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.fresh.Readings[sum], k.changed = r, true
}

// Remember takes up a site that has passed.
func (k *Kept) Remember(made render.Record, site output.Site) {
	files, size := map[string][]byte{}, 0
	keep := func(path string) {
		if f := site.Find(path); f != nil {
			files[path] = f.Data
			size += len(f.Data)
		}
	}
	for path := range made.Pages {
		keep(path)
	}
	for _, path := range made.Files {
		keep(path)
	}
	if size > keptLimit {
		made, files = render.Record{}, nil
	}
	k.changed = k.changed || made.Rest != k.old.Made.Rest || !maps.Equal(made.Pages, k.old.Made.Pages)
	k.fresh.Made, k.fresh.Files = made, files
}

// Save writes down what was taken up and what was used. What was not asked for in a run over everything is forgotten. A cache
// that cannot be written is no fault.
func (k *Kept) Save(everything bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if !everything {
		for sum, r := range k.old.Readings {
			k.fresh.Readings[sum] = r
		}
	}
	if k.file == "" || !k.changed && len(k.fresh.Readings) == len(k.old.Readings) || os.MkdirAll(filepath.Dir(k.file), 0o700) != nil {
		return
	}
	var b bytes.Buffer
	if gob.NewEncoder(&b).Encode(k.fresh) == nil {
		place(k.file, b.Bytes())
	}
}
