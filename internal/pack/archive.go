package pack

import (
	"archive/tar"
	"bufio"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"sync"
	"time"

	"aead.dev/minisign"
)

// Names of the entries that stand before the files.
const (
	manifestName  = "pack.json"
	signatureName = "pack.json.minisig"
	listsName     = "keys.json"
)

// Pack is an archive that has been read and verified. Only Open makes one that holds anything. It is never changed, so many
// sites may use one at once.
type Pack struct {
	manifest *Manifest
	digest   string
	key      string
	sequence int
	files    map[string][]byte
	size     int64    // bytes of all files
	made     sync.Map // file -> func() any
}

// Manifest says what the pack is.
func (p *Pack) Manifest() Manifest { return *p.manifest }

// Digest is the SHA-256 of the archive, 64 hexadecimal digits.
func (p *Pack) Digest() string { return p.digest }

// Key is the public key that it is signed with.
func (p *Pack) Key() string { return p.key }

// Sequence is the number of its newest key list; 0 where it has none.
func (p *Pack) Sequence() int { return p.sequence }

// Files are the paths of its files, sorted.
func (p *Pack) Files() []string { return slices.Sorted(maps.Keys(p.files)) }

// Data gives a file's contents.
func (p *Pack) Data(path string) ([]byte, bool) { data, ok := p.files[path]; return data, ok }

// Once returns what make gave the first time that it was asked for of a file: what every site would make of the same bytes
// is made once, and kept as long as the pack is. It belongs to everybody, and is never changed.
func (p *Pack) Once(file string, make func() any) any {
	made, _ := p.made.LoadOrStore(file, sync.OnceValue(make))
	return made.(func() any)()
}

// Create writes a pack: the same content and key give the same bytes. The manifest's Form, Files and their digests are
// filled in here.
func Create(m Manifest, files map[string][]byte, key minisign.PrivateKey, lists []SignedList) ([]byte, error) {
	m.Form, m.Files = Form, nil
	for _, name := range slices.Sorted(maps.Keys(files)) {
		sum := sha256.Sum256(files[name])
		m.Files = append(m.Files, File{Path: name, Size: int64(len(files[name])), SHA256: hex.EncodeToString(sum[:])})
	}
	slices.SortFunc(m.Withdrawn, func(a, b Withdrawal) int { return bytes.Compare([]byte(a.Path), []byte(b.Path)) })
	if err := m.check(); err != nil {
		return nil, err
	}
	manifest, err := m.encode()
	if err != nil {
		return nil, err
	}
	signature := minisign.SignWithComments(key, manifest, fmt.Sprintf("candour pack %s %s", m.Name, m.Version), "signature of a Candour pack's manifest")
	var out bytes.Buffer
	zw, _ := gzip.NewWriterLevel(&out, gzip.BestCompression)
	zw.OS = 255 // unknown, so that it does not tell where the pack was made
	tw := tar.NewWriter(zw)
	put := func(name string, data []byte) {
		if err == nil {
			err = tw.WriteHeader(&tar.Header{Typeflag: tar.TypeReg, Name: name, Size: int64(len(data)), Mode: 0o644, ModTime: time.Unix(0, 0)})
		}
		if err == nil {
			_, err = tw.Write(data)
		}
	}
	put(manifestName, manifest)
	put(signatureName, signature)
	if len(lists) > 0 {
		data, jsonErr := json.Marshal(lists)
		err = errors.Join(err, jsonErr)
		put(listsName, data)
	}
	for _, f := range m.Files {
		put(f.Path, files[f.Path])
	}
	if err := errors.Join(err, tw.Close(), zw.Close()); err != nil {
		return nil, err
	}
	if out.Len() > MaxArchive {
		return nil, refuse("size", fmt.Sprintf("it would be larger than %d MB", MaxArchive>>20), "make pictures smaller, or make two packs of it")
	}
	return out.Bytes(), nil
}

// Open reads a pack and believes nothing of it before the signature is checked. The error is a *Refusal. program is the
// version of Candour that reads.
func Open(data []byte, trust Trust, program string) (*Pack, error) {
	if len(data) > MaxArchive {
		return nil, refuse("size", fmt.Sprintf("it is larger than %d MB", MaxArchive>>20), "do not use this pack; tell the publisher")
	}
	src := bufio.NewReader(bytes.NewReader(data))
	zr, err := gzip.NewReader(src)
	if err != nil {
		return nil, refuse("truncated", "it is no pack, or only the beginning of one", "fetch it again from the publisher")
	}
	zr.Multistream(false)
	r := &reader{tar: tar.NewReader(&io.LimitedReader{R: zr, N: MaxUnpacked + maxManifest + MaxFiles*4096})}
	manifest, err := r.entry(manifestName, maxManifest)
	if err != nil {
		return nil, err
	}
	signature, err := r.entry(signatureName, 8<<10)
	if err != nil {
		if r.name != "" && r.name != signatureName {
			return nil, refuse("signature", "it is not signed", "ask the publisher for the signed pack")
		}
		return nil, err
	}
	var lists []SignedList
	next, err := r.next()
	if err != nil {
		return nil, err
	}
	if next.Name == listsName {
		listData, err := r.read(next, 1<<20)
		if err != nil {
			return nil, err
		}
		dec := json.NewDecoder(bytes.NewReader(listData))
		dec.DisallowUnknownFields()
		if dec.Decode(&lists) != nil {
			return nil, refuse("key", "its key lists cannot be read", "ask the publisher for the pack again")
		}
		if next, err = r.next(); err != nil {
			return nil, err
		}
	}
	keys, sequence, err := trust.follow(lists)
	if err != nil {
		return nil, err
	}
	key, err := verify(keys, manifest, signature)
	if err != nil {
		return nil, err
	}
	m, err := decodeManifest(manifest)
	if err != nil {
		return nil, err
	}
	if m.MinimumCandour != "" && CompareVersions(program, m.MinimumCandour) < 0 {
		return nil, refuse("version", fmt.Sprintf("it asks for Candour %s or later, and this is %s", m.MinimumCandour, program), "install a later version of Candour")
	}
	p := &Pack{manifest: m, key: key.String(), sequence: sequence, files: make(map[string][]byte, len(m.Files))}
	for i, f := range m.Files {
		if i > 0 {
			if next, err = r.next(); err != nil {
				return nil, err
			}
		}
		if next.Name != f.Path {
			return nil, refuse("entry", fmt.Sprintf("%q stands where its manifest has %s", clip(next.Name), f.Path), "do not use this pack; fetch it again from the publisher")
		}
		if next.Size != f.Size {
			return nil, refuse("digest", fmt.Sprintf("%s is not as long as its manifest says", f.Path), "do not use this pack; fetch it again from the publisher")
		}
		content, err := r.read(next, f.Size)
		if err != nil {
			return nil, err
		}
		if sum := sha256.Sum256(content); hex.EncodeToString(sum[:]) != f.SHA256 {
			return nil, refuse("digest", fmt.Sprintf("%s was changed after the pack was signed", f.Path), "do not use this pack; fetch it again from the publisher")
		}
		p.files[f.Path] = content
		p.size += f.Size
	}
	if _, err := r.tar.Next(); !errors.Is(err, io.EOF) {
		return nil, refuse("entry", "it holds more than its manifest names", "do not use this pack; fetch it again from the publisher")
	}
	if _, err := io.Copy(io.Discard, io.LimitReader(zr, 1<<20)); err != nil {
		return nil, truncated
	}
	if _, err := src.Peek(1); err == nil {
		return nil, refuse("entry", "something stands behind its end", "do not use this pack; fetch it again from the publisher")
	}
	sum := sha256.Sum256(data)
	p.digest = hex.EncodeToString(sum[:])
	return p, nil
}

var truncated = refuse("truncated", "it ends too early or is damaged", "fetch it again from the publisher")

// reader takes entries one by one, each of them an ordinary file.
type reader struct {
	tar   *tar.Reader
	name  string
	count int
}

func (r *reader) next() (*tar.Header, error) {
	r.name = ""
	h, err := r.tar.Next()
	if err != nil {
		return nil, truncated
	}
	r.name = h.Name
	if r.count++; r.count > MaxFiles+3 {
		return nil, refuse("size", fmt.Sprintf("it holds more than %d files", MaxFiles), "do not use this pack; tell the publisher")
	}
	switch h.Typeflag {
	case tar.TypeReg:
	case tar.TypeSymlink, tar.TypeLink:
		return nil, refuse("entry", fmt.Sprintf("%q is a link", clip(h.Name)), "do not use this pack; tell the publisher")
	case tar.TypeChar, tar.TypeBlock, tar.TypeFifo:
		return nil, refuse("entry", fmt.Sprintf("%q is a device", clip(h.Name)), "do not use this pack; tell the publisher")
	default:
		return nil, refuse("entry", fmt.Sprintf("%q is no ordinary file", clip(h.Name)), "do not use this pack; tell the publisher")
	}
	return h, nil
}

func (r *reader) entry(name string, limit int64) ([]byte, error) {
	h, err := r.next()
	if err != nil {
		return nil, err
	}
	if h.Name != name {
		return nil, refuse("entry", "it is no pack: it does not begin with a manifest and its signature", "check that this is the file that the publisher gave you")
	}
	return r.read(h, limit)
}

func (r *reader) read(h *tar.Header, limit int64) ([]byte, error) {
	if h.Size > limit {
		return nil, refuse("size", fmt.Sprintf("%q is larger than is allowed", clip(h.Name)), "do not use this pack; tell the publisher")
	}
	data, err := io.ReadAll(io.LimitReader(r.tar, h.Size+1))
	if err != nil || int64(len(data)) != h.Size {
		return nil, truncated
	}
	return data, nil
}
