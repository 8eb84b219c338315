package pack

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"aead.dev/minisign"
)

type publisher struct {
	public  minisign.PublicKey
	private minisign.PrivateKey
}

func newPublisher(t testing.TB) publisher {
	t.Helper()
	pub, priv, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	return publisher{pub, priv}
}

func manifest(version string) Manifest {
	return Manifest{Name: "national", Version: version, Publisher: "National Office", Licence: "OGL-UK-3.0",
		Attribution: "Contains public sector information licensed under the Open Government Licence v3.0.", Date: "2026-11-01T09:00:00Z"}
}

var files = map[string][]byte{
	"content/leaflets/festival/cŵl i lawr.md": []byte("+++\ntitle = \"x\"\n+++\nText.\n"),
	"content/narrative/national.md":           []byte("+++\n+++\n"),
	"data/threats.toml":                       {},
}

func create(t testing.TB, p publisher, version string, lists ...SignedList) []byte {
	t.Helper()
	data, err := Create(manifest(version), files, p.private, lists)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestRoundTrip(t *testing.T) {
	p := newPublisher(t)
	data := create(t, p, "2026.11")
	if !bytes.Equal(data, create(t, p, "2026.11")) {
		t.Error("the same content and key gave different bytes")
	}
	got, err := Open(data, Trust{Root: p.public}, "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	if m := got.Manifest(); m.Name != "national" || m.Version != "2026.11" || len(got.Digest()) != 64 || got.Key() != p.public.String() {
		t.Errorf("read back as %+v, digest %q", m, got.Digest())
	}
	if len(got.Files()) != len(files) {
		t.Errorf("files %q", got.Files())
	}
	for name, want := range files {
		if have, ok := got.Data(name); !ok || !bytes.Equal(have, want) {
			t.Errorf("%s came back changed", name)
		}
	}
}

// entry is one entry of a pack that somebody made by hand.
type entry struct {
	name string
	data []byte
	kind byte
	link string
}

func archive(t testing.TB, entries ...entry) []byte {
	t.Helper()
	var out bytes.Buffer
	zw := gzip.NewWriter(&out)
	tw := tar.NewWriter(zw)
	for _, e := range entries {
		h := &tar.Header{Name: e.name, Typeflag: e.kind, Linkname: e.link, Mode: 0o644, Size: int64(len(e.data))}
		if e.kind == 0 {
			h.Typeflag = tar.TypeReg
		}
		if err := tw.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write(e.data); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(tw.Close(), zw.Close()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// signed makes a manifest of any content, signed by p, and the entries that go with it.
func signed(t testing.TB, p publisher, change func(m *Manifest), more ...entry) []byte {
	t.Helper()
	m := manifest("1")
	m.Form = Form
	m.Files = []File{}
	for _, e := range more {
		m.Files = append(m.Files, File{Path: e.name, Size: int64(len(e.data)), SHA256: sum(e.data)})
	}
	change(&m)
	data, err := m.encode()
	if err != nil {
		t.Fatal(err)
	}
	return archive(t, append([]entry{{name: manifestName, data: data}, {name: signatureName, data: minisign.Sign(p.private, data)}}, more...)...)
}

func sum(data []byte) string {
	b, _ := Create(manifest("1"), map[string][]byte{"data/x.toml": data}, onlyKey, nil)
	p, err := Open(b, Trust{Root: onlyKey.Public().(minisign.PublicKey)}, "1")
	if err != nil {
		panic(err)
	}
	return p.Manifest().Files[0].SHA256
}

var onlyKey = func() minisign.PrivateKey { _, k, _ := minisign.GenerateKey(nil); return k }()

func same(*Manifest) {}

func TestHostilePacksAreRefusedByName(t *testing.T) {
	p, other := newPublisher(t), newPublisher(t)
	good := create(t, p, "1")
	body := entry{name: "data/a.toml", data: []byte("x")}
	unsigned := func() []byte {
		m := manifest("1")
		data, _ := m.encode()
		return archive(t, entry{name: manifestName, data: data}, body)
	}
	named := func(name string) []byte { return signed(t, p, same, entry{name: name, data: []byte("x")}) }
	for name, c := range map[string]struct {
		data  []byte
		cause string
		says  string
	}{
		"empty":                   {nil, "truncated", ""},
		"not an archive":          {[]byte("PK\x03\x04 something else"), "truncated", ""},
		"another archive":         {archive(t, entry{name: "readme.txt", data: []byte("hello")}), "entry", "manifest"},
		"cut short":               {good[:len(good)*2/3], "truncated", ""},
		"cut at the very end":     {good[:len(good)-4], "truncated", ""},
		"something behind it":     {append(slices.Clone(good), good...), "entry", "behind"},
		"unsigned":                {unsigned(), "signature", "not signed"},
		"signed by another":       {create(t, other, "1"), "key", "another key"},
		"path traversal":          {named("content/leaflets/../../../etc/passwd"), "path", "out of the pack"},
		"absolute path":           {named("/etc/passwd"), "path", "absolute"},
		"drive letter":            {named("C:/windows/x"), "path", "absolute"},
		"backslashes":             {named(`data\..\x.toml`), "path", "backslash"},
		"hidden file":             {named("content/pages/.htaccess"), "path", "hidden"},
		"a device of Windows":     {named("data/NUL.toml"), "path", "device"},
		"a layout":                {named("layouts/baseof.html"), "path", "may put nothing"},
		"an alert":                {named("content/alerts/x.md"), "path", "may put nothing"},
		"configuration":           {named("candour.toml"), "path", "may put nothing"},
		"writing turned about":    {named("data/\u202egpj.exe"), "path", "cannot be seen"},
		"twice the same name":     {signed(t, p, same, body, body), "path", "twice"},
		"names by letter case":    {signed(t, p, same, entry{name: "data/A.toml"}, entry{name: "data/a.toml"}), "path", "differ only"},
		"names by composition":    {signed(t, p, same, entry{name: "data/e\u0301.toml"}, entry{name: "data/\u00e9.toml"}), "path", "differ only"},
		"folders by letter case":  {signed(t, p, same, entry{name: "content/pages/A/x.md"}, entry{name: "content/pages/a/y.md"}), "path", "differ only"},
		"a file and a folder":     {signed(t, p, same, entry{name: "data/a.toml"}, entry{name: "data/a.toml/b.toml"}), "path", "a file and a folder"},
		"wrong digest":            {signed(t, p, func(m *Manifest) { m.Files[0].SHA256 = strings.Repeat("0", 64) }, body), "digest", "changed after"},
		"wrong size":              {signed(t, p, func(m *Manifest) { m.Files[0].Size = 7 }, body), "digest", "as long as"},
		"size of a bomb":          {signed(t, p, func(m *Manifest) { m.Files[0].Size = 1 << 40 }, body), "size", "larger"},
		"sum of a bomb":           {signed(t, p, bomb, body), "size", "together"},
		"huge count":              {signed(t, p, crowd, body), "manifest", "files"},
		"a link":                  {signed(t, p, same, entry{name: "data/a.toml", kind: tar.TypeSymlink, link: "/etc/passwd"}), "entry", "is a link"},
		"a hard link":             {signed(t, p, same, entry{name: "data/a.toml", kind: tar.TypeLink, link: "pack.json"}), "entry", "is a link"},
		"a device file":           {signed(t, p, same, entry{name: "data/a.toml", kind: tar.TypeChar}), "entry", "is a device"},
		"a disk":                  {signed(t, p, same, entry{name: "data/a.toml", kind: tar.TypeBlock}), "entry", "is a device"},
		"a pipe":                  {signed(t, p, same, entry{name: "data/a.toml", kind: tar.TypeFifo}), "entry", "is a device"},
		"a manifest that swells":  {archive(t, entry{name: manifestName, data: make([]byte, maxManifest+1)}), "size", "larger"},
		"a signature that swells": {archive(t, entry{name: manifestName, data: []byte("{}")}, entry{name: signatureName, data: make([]byte, 1<<20)}), "size", "larger"},
		"key lists that swell":    {archive(t, entry{name: manifestName, data: []byte("{}")}, entry{name: signatureName}, entry{name: listsName, data: make([]byte, 2<<20)}), "size", "larger"},
		"a tail that swells":      {signed(t, p, func(m *Manifest) { m.Files = m.Files[:1] }, body, entry{name: "data/b.toml", data: make([]byte, 8<<20)}), "entry", "more than its manifest"},
		"a folder entry":          {signed(t, p, same, entry{name: "data/a.toml", kind: tar.TypeDir}), "entry", "no ordinary file"},
		"another file instead":    {signed(t, p, func(m *Manifest) { m.Files[0].Path = "data/b.toml" }, body), "entry", "stands where"},
		"more than is named":      {append2(t, p), "entry", "more than its manifest"},
		"no licence":              {signed(t, p, func(m *Manifest) { m.Licence = "" }, body), "manifest", "licence"},
		"a version in words":      {signed(t, p, func(m *Manifest) { m.Version = "new" }, body), "manifest", "version"},
		"for a later program":     {signed(t, p, func(m *Manifest) { m.MinimumCandour = "9.0" }, body), "version", "asks for"},
		"of a later form":         {signed(t, p, func(m *Manifest) { m.Form = 2 }, body), "manifest", "form"},
		"withdraws what it holds": {signed(t, p, func(m *Manifest) { m.Withdrawn = []Withdrawal{{Path: "data/a.toml", Reason: "x"}} }, body), "manifest", "withdraws"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := Open(c.data, Trust{Root: p.public}, "0.1.0")
			var r *Refusal
			if got != nil || !errors.As(err, &r) {
				t.Fatalf("was not refused: %v", err)
			}
			if r.Cause != c.cause || !strings.Contains(r.Text, c.says) || r.Hint == "" {
				t.Errorf("refused for %q: %s (%s); want %q and %q", r.Cause, r.Text, r.Hint, c.cause, c.says)
			}
			// Nothing of it is written, be it asked for by itself or found in a folder.
			dir, cache := t.TempDir(), filepath.Join(t.TempDir(), "packs")
			if err := os.WriteFile(filepath.Join(dir, "bad.pack"), c.data, 0o644); err != nil {
				t.Fatal(err)
			}
			s := &Store{Dir: cache, Program: "0.1.0"}
			for _, source := range []string{"bad.pack", "."} {
				if _, err := s.Get(context.Background(), Request{Name: "national", Source: source, Dir: dir, Trust: Trust{Root: p.public}}); !errors.As(err, &r) || r.Cause != c.cause {
					t.Errorf("from %s: %v", source, err)
				}
			}
			if _, err := os.Stat(cache); err == nil {
				t.Error("something was written")
			}
		})
	}
}

func bomb(m *Manifest) {
	one := m.Files[0]
	for i := range MaxUnpacked/MaxFile + 1 {
		f := one
		f.Path, f.Size = "data/b"+string(rune('a'+i))+".toml", MaxFile
		m.Files = append(m.Files, f)
	}
}

func crowd(m *Manifest) {
	for range MaxFiles {
		m.Files = append(m.Files, m.Files[0])
	}
}

func append2(t *testing.T, p publisher) []byte {
	return signed(t, p, func(m *Manifest) { m.Files = m.Files[:1] }, entry{name: "data/a.toml"}, entry{name: "data/b.toml"})
}

// Every byte of the archive is guarded: whichever is changed, the pack is refused or, where only the compression's own
// wrapping was touched, its files are the same.
func TestSignedThenAltered(t *testing.T) {
	p := newPublisher(t)
	good := create(t, p, "1")
	refused := 0
	for i := range good {
		bad := slices.Clone(good)
		bad[i] ^= 0x20
		got, err := Open(bad, Trust{Root: p.public}, "0.1.0")
		if err != nil {
			refused++
			continue
		}
		for name, want := range files {
			if have, _ := got.Data(name); !bytes.Equal(have, want) {
				t.Fatalf("byte %d was changed, and %s with it", i, name)
			}
		}
	}
	if refused < len(good)*9/10 {
		t.Errorf("only %d of %d changes were refused", refused, len(good))
	}
}

func TestKeyRotation(t *testing.T) {
	first, second, thief := newPublisher(t), newPublisher(t), newPublisher(t)
	sign := func(by publisher, seq int, keys ...publisher) SignedList {
		var texts []string
		for _, k := range keys {
			texts = append(texts, k.public.String())
		}
		l, err := KeyList{Sequence: seq, Date: "2026-11-01T09:00:00Z", Keys: texts}.Sign(by.private)
		if err != nil {
			t.Fatal(err)
		}
		return l
	}
	trust := Trust{Root: first.public}
	for name, c := range map[string]struct {
		data  []byte
		trust Trust
		ok    bool
	}{
		"the first key":                      {create(t, first, "1"), trust, true},
		"a new key without a list":           {create(t, second, "1"), trust, false},
		"a new key with a list":              {create(t, second, "1", sign(first, 1, second)), trust, true},
		"both keys for a while":              {create(t, first, "1", sign(first, 1, first, second)), trust, true},
		"a key that was given up":            {create(t, first, "1", sign(first, 1, second)), trust, false},
		"a list signed by a stranger":        {create(t, thief, "1", sign(thief, 1, thief)), trust, false},
		"two lists in a row":                 {create(t, thief, "1", sign(first, 1, second), sign(second, 2, thief)), trust, true},
		"a second list by the first key":     {create(t, thief, "1", sign(first, 1, second), sign(first, 2, thief)), trust, false},
		"the second list alone":              {create(t, thief, "1", sign(second, 2, thief)), trust, false},
		"an old key after a newer list":      {create(t, first, "1"), Trust{Root: first.public, Sequence: 1}, false},
		"the list that the site has seen":    {create(t, second, "1", sign(first, 1, second)), Trust{Root: first.public, Sequence: 1}, true},
		"a list without one of its numbers":  {create(t, second, "1", sign(first, 2, second)), trust, false},
		"a list that names nothing":          {create(t, first, "1", sign(first, 1)), trust, false},
		"a list changed after it was signed": {create(t, thief, "1", SignedList{strings.Replace(sign(first, 1, second).List, second.public.String(), thief.public.String(), 1), sign(first, 1, second).Signature, first.public.String()}), trust, false},
	} {
		p, err := Open(c.data, c.trust, "0.1.0")
		var r *Refusal
		if (err == nil) != c.ok || err != nil && (!errors.As(err, &r) || r.Cause != "key") {
			t.Errorf("%s: %v", name, err)
		}
		if p != nil && c.trust.Sequence > p.Sequence() {
			t.Errorf("%s: went back to list %d", name, p.Sequence())
		}
	}
}

func TestCompareVersions(t *testing.T) {
	order := []string{"1", "1.0.1", "1.2", "1.10", "2026.9", "2026.11", "2026.11.1", "2027.1"}
	for i, a := range order {
		for j, b := range order {
			if got, want := CompareVersions(a, b), max(-1, min(1, i-j)); got != want {
				t.Errorf("%s and %s: %d, want %d", a, b, got, want)
			}
		}
	}
	if CompareVersions("1.0", "1") != 0 {
		t.Error("1.0 is not 1")
	}
}

func TestLockRoundTrip(t *testing.T) {
	l := &Lock{}
	l.Set(Locked{Name: "national", Version: "2026.10", SHA256: strings.Repeat("a", 64)})
	l.Set(Locked{Name: "festival", Version: "1", SHA256: strings.Repeat("b", 64), KeyList: 2})
	l.Set(Locked{Name: "national", Version: "2026.11", SHA256: strings.Repeat("c", 64)})
	got, found := ParseLock(l.Encode())
	if len(found) > 0 || !slices.Equal(got.Packs, l.Packs) || len(got.Packs) != 2 {
		t.Errorf("%v, %+v", found, got)
	}
	if got, found := ParseLock(nil); len(found) > 0 || len(got.Packs) != 0 {
		t.Error("an empty lock is not empty")
	}
	for _, bad := range []string{"[[pack]]\nname = \"x\"", "pack = 1", "other = 1", "[[pack]]\nname=\"x\"\nversion=\"1\"\nsha256=\"zz\"", "[[", strings.Repeat(string(l.Encode()), 2)} {
		if _, found := ParseLock([]byte(bad)); !found.HasErrors() || found[0].Line == 0 {
			t.Errorf("%q was taken: %v", bad, found)
		}
	}
}

func TestStore(t *testing.T) {
	p := newPublisher(t)
	dir, cache := t.TempDir(), t.TempDir()
	write := func(name string, data []byte) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	one, two := create(t, p, "2026.9"), create(t, p, "2026.11")
	write("a.pack", two)
	write("b.pack", one)
	write("notes.txt", []byte("no pack"))
	write("other.pack", create(t, newPublisher(t), "2027.1"))
	s := &Store{Dir: cache, Program: "0.1.0"}
	ctx := context.Background()
	req := Request{Name: "national", Source: ".", Dir: dir, Trust: Trust{Root: p.public}}
	got, err := s.Get(ctx, req)
	if err != nil || got.Manifest().Version != "2026.11" {
		t.Fatalf("of a folder the newest: %v", err)
	}
	if entries, _ := os.ReadDir(cache); len(entries) != 2 {
		t.Errorf("the cache holds %d packs, want those two that verified", len(entries))
	}
	first, _ := s.Get(ctx, Request{Name: "national", Source: "b.pack", Dir: dir, Trust: req.Trust})
	pin := Locked{Name: "national", Version: "2026.9", SHA256: first.Digest()}
	req.Locked = pin
	for _, source := range []string{".", "b.pack", "nowhere.pack", "https://127.0.0.1:1/x.pack"} {
		req.Source = source
		cached := &Store{Dir: cache, Program: "0.1.0"}
		if got, err := cached.Get(ctx, req); err != nil || got.Digest() != pin.SHA256 {
			t.Errorf("pinned, from %s with the cache: %v", source, err)
		}
	}
	for source, ok := range map[string]bool{".": true, "b.pack": true, "a.pack": false, "nowhere.pack": false} {
		req.Source = source
		bare := &Store{Program: "0.1.0"} // a new one: what was verified before is kept in memory
		if _, err := bare.Get(ctx, req); (err == nil) != ok {
			t.Errorf("pinned, from %s without a cache: %v", source, err)
		}
	}
	// A damaged cache is not believed.
	if err := os.WriteFile(filepath.Join(cache, pin.SHA256+".pack"), two, 0o644); err != nil {
		t.Fatal(err)
	}
	req.Source = "b.pack"
	if got, err := (&Store{Dir: cache, Program: "0.1.0"}).Get(ctx, req); err != nil || got.Digest() != pin.SHA256 {
		t.Errorf("with a damaged cache: %v", err)
	}
	req.Name, req.Locked = "regional", Locked{}
	if _, err := s.Get(ctx, req); err == nil {
		t.Error("a pack under another name was taken")
	}
}

func TestDownload(t *testing.T) {
	p := newPublisher(t)
	good := create(t, p, "1")
	mux := http.NewServeMux()
	mux.HandleFunc("/good.pack", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(good) })
	mux.HandleFunc("/gone.pack", http.NotFound)
	mux.HandleFunc("/moved.pack", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/good.pack", http.StatusFound) })
	mux.HandleFunc("/loop.pack", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop.pack", http.StatusFound) })
	mux.HandleFunc("/plain.pack", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "http://"+r.Host+"/good.pack", http.StatusFound)
	})
	mux.HandleFunc("/large.pack", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.CopyN(w, zeros{}, MaxArchive+1)
	})
	mux.HandleFunc("/broken.pack", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100000")
		_, _ = w.Write(good[:50])
	})
	server := httptest.NewTLSServer(mux)
	defer server.Close()
	client := server.Client()
	client.CheckRedirect = NewClient().CheckRedirect
	s := &Store{Client: client, Program: "0.1.0"}
	for path, cause := range map[string]string{"good": "", "moved": "", "gone": "source", "loop": "source", "plain": "source", "large": "size", "broken": "truncated"} {
		_, err := s.Get(context.Background(), Request{Name: "national", Source: server.URL + "/" + path + ".pack?key=secret", Trust: Trust{Root: p.public}})
		var r *Refusal
		switch {
		case cause == "" && err != nil:
			t.Errorf("%s: %v", path, err)
		case cause != "" && (!errors.As(err, &r) || r.Cause != cause):
			t.Errorf("%s: %v, want a refusal for %q", path, err, cause)
		case err != nil && strings.Contains(err.Error()+r.Hint, "secret"):
			t.Errorf("%s: the message repeats the query", path)
		}
	}
	for _, source := range []string{"http://127.0.0.1/x.pack", "ftp://x/y.pack", "https://user:pass@127.0.0.1/x.pack", "https:///x"} {
		if _, err := s.Get(context.Background(), Request{Source: source, Trust: Trust{Root: p.public}}); err == nil || strings.Contains(err.Error(), "pass") {
			t.Errorf("%s: %v", source, err)
		}
	}
}

// A download has bounds of its own: a time, a certificate that the machine trusts, and the proxy that the environment names.
func TestDownloadBounds(t *testing.T) {
	p := newPublisher(t)
	good := create(t, p, "1")
	slow := make(chan struct{})
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/slow.pack" {
			_, _ = w.Write(good[:20])
			w.(http.Flusher).Flush()
			<-slow
		}
		_, _ = w.Write(good)
	}))
	defer server.Close()
	defer close(slow)
	ask := func(s *Store, path string) error {
		_, err := s.Get(context.Background(), Request{Name: "national", Source: server.URL + path, Trust: Trust{Root: p.public}})
		return err
	}
	var r *Refusal
	if err := ask(&Store{Program: "0.1.0"}, "/good.pack"); !errors.As(err, &r) || r.Cause != "source" {
		t.Errorf("a certificate that nobody vouches for: %v", err)
	}
	client := server.Client()
	client.Timeout = 50 * time.Millisecond
	if err := ask(&Store{Program: "0.1.0", Client: client}, "/slow.pack"); !errors.As(err, &r) || r.Cause != "truncated" {
		t.Errorf("a download without end: %v", err)
	}
	c := NewClient()
	transport := c.Transport.(*http.Transport)
	if c.Timeout <= 0 || c.Timeout > 10*time.Minute || transport.TLSClientConfig.MinVersion < tls.VersionTLS12 || transport.TLSClientConfig.InsecureSkipVerify || transport.Proxy == nil {
		t.Errorf("bounds %v, %+v", c.Timeout, transport.TLSClientConfig)
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

// Whatever the bytes are, reading a pack ends, and nothing unsigned comes out of it.
func FuzzOpen(f *testing.F) {
	p := publisher{}
	p.public, p.private, _ = minisign.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{7}, 64)))
	good, err := Create(manifest("1"), files, p.private, nil)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(good)
	f.Add(good[:len(good)/2])
	f.Add([]byte{})
	f.Add(archive(f, entry{name: manifestName, data: []byte("{}")}))
	f.Fuzz(func(t *testing.T, data []byte) {
		got, err := Open(data, Trust{Root: p.public}, "0.1.0")
		if err != nil {
			var r *Refusal
			if !errors.As(err, &r) {
				t.Fatalf("an error that is no refusal: %v", err)
			}
			return
		}
		for name, want := range files {
			if have, _ := got.Data(name); !bytes.Equal(have, want) {
				t.Fatalf("%s differs from what was signed", name)
			}
		}
	})
}

func TestManifestIsStrict(t *testing.T) {
	m := manifest("1")
	m.Form = Form
	m.Files = []File{{"data/a.toml", 1, strings.Repeat("0", 64)}}
	data, _ := json.Marshal(m)
	for _, c := range []struct {
		data []byte
		ok   bool
	}{{data, true}, {append(slices.Clone(data), "{}"...), false}, {bytes.Replace(data, []byte(`"form"`), []byte(`"shape":1,"form"`), 1), false}, {[]byte("null"), false}} {
		if _, err := decodeManifest(c.data); (err == nil) != c.ok {
			t.Errorf("%.40s: %v", c.data, err)
		}
	}
}
