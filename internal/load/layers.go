package load

import (
	"bytes"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"candour/internal/pack"
)

// layered is a site's folder with the files of its packs beneath: where both have a file, the site's is seen.
type layered struct {
	site  fs.FS
	files map[string]layerFile
	dirs  map[string][]string // folder -> names in it, of the packs
}

type layerFile struct {
	data []byte
	time time.Time
	pack *pack.Pack
}

func newLayered(site fs.FS) *layered {
	return &layered{site: site, files: map[string]layerFile{}, dirs: map[string][]string{}}
}

// add lays a file of a pack beneath the site.
func (l *layered) add(p *pack.Pack, name string) {
	data, _ := p.Data(name)
	// A time of its own for each pack, so that a page of another version is read again.
	sum, _ := hex.DecodeString(p.Digest())
	l.files[name] = layerFile{data, time.Unix(int64(binary.BigEndian.Uint32(sum)), 0), p}
	for child, dir := name, path.Dir(name); ; child, dir = dir, path.Dir(dir) {
		if slices.Contains(l.dirs[dir], path.Base(child)) {
			return
		}
		l.dirs[dir] = append(l.dirs[dir], path.Base(child))
		if dir == "." {
			return
		}
	}
}

func (l *layered) Open(name string) (fs.File, error) {
	f, err := l.site.Open(name)
	if l.dirs[name] != nil && (err == nil || errors.Is(err, fs.ErrNotExist)) {
		if err == nil {
			_ = f.Close()
		}
		entries, err := l.ReadDir(name)
		return &layerDir{name: path.Base(name), entries: entries}, err
	}
	if file, ok := l.files[name]; ok && errors.Is(err, fs.ErrNotExist) {
		return &openLayerFile{info(name, file), bytes.NewReader(file.data)}, nil
	}
	return f, err
}

// Stat opens nothing: to open a pipe is to wait.
func (l *layered) Stat(name string) (fs.FileInfo, error) { return l.stat(name, fs.Stat) }

func (l *layered) Lstat(name string) (fs.FileInfo, error) { return l.stat(name, fs.Lstat) }

func (l *layered) ReadLink(name string) (string, error) { return fs.ReadLink(l.site, name) }

func (l *layered) stat(name string, of func(fs.FS, string) (fs.FileInfo, error)) (fs.FileInfo, error) {
	i, err := of(l.site, name)
	if !errors.Is(err, fs.ErrNotExist) {
		return i, err
	}
	if file, ok := l.files[name]; ok {
		return info(name, file), nil
	}
	if l.dirs[name] != nil {
		return layerInfo{name: path.Base(name), mode: fs.ModeDir | 0o755}, nil
	}
	return i, err
}

// ReadDir lists a folder of both, by name.
func (l *layered) ReadDir(name string) ([]fs.DirEntry, error) {
	entries, err := fs.ReadDir(l.site, name)
	if err != nil && !(errors.Is(err, fs.ErrNotExist) && l.dirs[name] != nil) {
		return nil, err
	}
	for _, child := range l.dirs[name] {
		if slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() == child }) {
			continue
		}
		full := path.Join(name, child)
		if file, ok := l.files[full]; ok {
			entries = append(entries, fs.FileInfoToDirEntry(info(full, file)))
		} else {
			entries = append(entries, fs.FileInfoToDirEntry(layerInfo{name: child, mode: fs.ModeDir | 0o755}))
		}
	}
	slices.SortFunc(entries, func(a, b fs.DirEntry) int { return strings.Compare(a.Name(), b.Name()) })
	return entries, nil
}

// shadowed reports whether the site has a file of its own where a pack has one.
func (l *layered) shadowed(name string) bool {
	_, err := fs.Stat(l.site, name)
	return err == nil
}

type layerInfo struct {
	name string
	size int64
	mode fs.FileMode
	time time.Time
}

func info(name string, f layerFile) layerInfo {
	return layerInfo{path.Base(name), int64(len(f.data)), 0o644, f.time}
}

func (i layerInfo) Name() string       { return i.name }
func (i layerInfo) Size() int64        { return i.size }
func (i layerInfo) Mode() fs.FileMode  { return i.mode }
func (i layerInfo) ModTime() time.Time { return i.time }
func (i layerInfo) IsDir() bool        { return i.mode.IsDir() }
func (i layerInfo) Sys() any           { return nil }

type openLayerFile struct {
	info layerInfo
	*bytes.Reader
}

func (f *openLayerFile) Stat() (fs.FileInfo, error) { return f.info, nil }
func (f *openLayerFile) Close() error               { return nil }

type layerDir struct {
	name    string
	entries []fs.DirEntry
}

func (d *layerDir) Stat() (fs.FileInfo, error) {
	return layerInfo{name: d.name, mode: fs.ModeDir | 0o755}, nil
}
func (d *layerDir) Close() error { return nil }
func (d *layerDir) Read([]byte) (int, error) {
	return 0, &fs.PathError{Op: "read", Path: d.name, Err: errors.New("is a folder")}
}

func (d *layerDir) ReadDir(n int) ([]fs.DirEntry, error) {
	if n <= 0 {
		out := d.entries
		d.entries = nil
		return out, nil
	}
	if len(d.entries) == 0 {
		return nil, io.EOF
	}
	n = min(n, len(d.entries))
	out := d.entries[:n]
	d.entries = d.entries[n:]
	return out, nil
}
