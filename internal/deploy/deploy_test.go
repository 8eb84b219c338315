package deploy

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"candour/internal/output"
	"candour/internal/publish"
)

const (
	oldCSS = "css/a." + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" + ".css"
	newCSS = "css/a." + "f123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" + ".css"
)

var (
	before = map[string]string{oldCSS: "old", "index.html": "uses=" + oldCSS + " uses=gone.png", "gone.png": "x", "gone/index.html": "uses=gone.png uses=" + oldCSS,
		"same.txt": "same", "sitemap.xml": "1"}
	after = map[string]string{newCSS: "new", "index.html": "uses=" + newCSS + " uses=new.png", "new.png": "y", "new/index.html": "uses=new.png uses=" + newCSS,
		"same.txt": "same", "sitemap.xml": "2"}
)

func built(t *testing.T, edition, clearance string, files map[string]string) *Site {
	t.Helper()
	var site output.Site
	for p, text := range files {
		site.Files = append(site.Files, output.File{Path: p, Data: []byte(text)})
	}
	dir := filepath.Join(t.TempDir(), "public")
	if _, err := publish.Write(context.Background(), site, publish.Options{Dir: dir, Manifest: publish.Manifest{Edition: edition, Clearance: clearance, BaseURL: "https://plan.eastmere.example/"}}); err != nil {
		t.Fatal(err)
	}
	s, err := Read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func quick() Options {
	return Options{Target: "live", Beat: 5 * time.Millisecond, Stale: 40 * time.Millisecond}
}

func mustBe(t *testing.T, b Bucket, s *Site) {
	t.Helper()
	_, found, err := Verify(context.Background(), b, s.Manifest, nil)
	if err != nil || len(found) > 0 {
		t.Fatalf("the target is not as it should be: %v, %v", found, err)
	}
}

var uses = regexp.MustCompile(`uses=(\S+)`)

// A reader never gets a page whose assets are missing, wherever a deploy breaks off, and the next deploy repairs.
func TestBreaksOffAnywhere(t *testing.T) {
	one, two := built(t, "public", "public", before), built(t, "public", "public", after)
	for steps := 0; ; steps++ {
		m := newMemory()
		if _, err := Send(context.Background(), one, m, quick()); err != nil {
			t.Fatal(err)
		}
		m.after = func(files map[string][]byte) {
			for p, data := range files {
				for _, u := range uses.FindAllStringSubmatch(string(data), -1) {
					if _, ok := files[u[1]]; !ok {
						t.Errorf("broken off after %d: %s lacks %s", steps, p, u[1])
					}
				}
			}
		}
		m.left = steps
		_, err := Send(context.Background(), two, m, quick())
		m.left = -1
		if err == nil {
			if steps < 9 {
				t.Fatalf("the deploy took %d steps only", steps)
			}
			return
		}
		if !errors.Is(err, errBroken) {
			t.Fatal(err)
		}
		if _, err := Send(context.Background(), two, m, quick()); err != nil {
			t.Fatal(err)
		}
		mustBe(t, m, two)
	}
}

func TestOrderTypesAndCaches(t *testing.T) {
	s, m := built(t, "public", "public", after), newMemory()
	if _, err := Send(context.Background(), s, m, quick()); err != nil {
		t.Fatal(err)
	}
	sent := slices.DeleteFunc(slices.Clone(m.order), func(k string) bool { return strings.HasPrefix(k, lockPrefix) })
	if sent[0] != newCSS || sent[len(sent)-1] != "manifest.json" || sent[len(sent)-2] != "sitemap.xml" || sent[len(sent)-3] != "index.html" {
		t.Errorf("sent in the order %q", sent)
	}
	for file, want := range map[string]Attributes{
		newCSS:       {"text/css; charset=utf-8", "public, max-age=31536000, immutable"},
		"index.html": {"text/html; charset=utf-8", "public, max-age=60, must-revalidate"},
	} {
		if m.attrs[file] != want {
			t.Errorf("%s was sent with %v", file, m.attrs[file])
		}
	}
	if a := built(t, "partners", "partners", after).Attributes(newCSS); a.Cache != "private, no-store" {
		t.Errorf("a guarded edition may be kept: %v", a)
	}
	n := len(m.order)
	if p, err := Send(context.Background(), s, m, quick()); err != nil || !p.Empty() || len(m.order) != n {
		t.Errorf("a second deploy of the same did something: %v, %v", p, err)
	}
}

func TestRefuses(t *testing.T) {
	public, partners := built(t, "public", "public", before), built(t, "partners", "partners", before)
	disguised := built(t, "public", "partners", before)
	full := newMemory()
	full.files["holiday.jpg"] = []byte("mine")
	held := newMemory()
	o := quick()
	o.Edition = "partners"
	if _, err := Send(context.Background(), partners, held, o); err != nil {
		t.Fatal(err)
	}
	raised := newMemory()
	if _, err := Send(context.Background(), built(t, "staff", "public", before), raised, Options{Edition: "staff", Beat: quick().Beat, Stale: quick().Stale, Grace: quick().Grace}); err != nil {
		t.Fatal(err)
	}
	staff := quick()
	staff.Edition = "staff"
	n := len(raised.files)
	var r *Refusal
	if _, err := Send(context.Background(), built(t, "staff", "partners", before), raised, staff); !errors.As(err, &r) || !strings.Contains(r.Text, "was cleared for public") || len(raised.files) != n {
		t.Errorf("an edition that is cleared for more since its last deploy: %v", err)
	}
	for name, c := range map[string]struct {
		s    *Site
		b    *memory
		want string
	}{
		"an edition that the target is not marked for": {partners, newMemory(), `takes the edition "public"`},
		"a manifest that contradicts itself":           {disguised, newMemory(), "clearance is another"},
		"somebody else's files":                        {public, full, "none that candour put there"},
		"another edition's place":                      {public, held, `holds the edition "partners"`},
	} {
		n := len(c.b.files)
		_, err := Send(context.Background(), c.s, c.b, quick())
		var r *Refusal
		if !errors.As(err, &r) || !strings.Contains(r.Text, c.want) || len(c.b.files) != n {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestReadRefusesWhatTheManifestDoesNotSay(t *testing.T) {
	for name, spoil := range map[string]func(dir string) error{
		"changed": func(d string) error { return os.WriteFile(filepath.Join(d, "same.txt"), []byte("SAME"), 0o644) },
		"missing": func(d string) error { return os.Remove(filepath.Join(d, "same.txt")) },
		"added":   func(d string) error { return os.WriteFile(filepath.Join(d, "notes.txt"), nil, 0o644) },
		"linked": func(d string) error {
			return errors.Join(os.Rename(filepath.Join(d, "same.txt"), d+"-s"), os.Symlink(d+"-s", filepath.Join(d, "same.txt")))
		},
	} {
		s := built(t, "public", "public", before)
		if err := spoil(s.dir); err != nil {
			t.Fatal(err)
		}
		var r *Refusal
		if _, err := Read(s.dir); !errors.As(err, &r) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// A file that changes between the check and the sending is not sent.
func TestSendReadsAgain(t *testing.T) {
	s, m := built(t, "public", "public", before), newMemory()
	if err := os.WriteFile(filepath.Join(s.dir, "same.txt"), []byte("SAME"), 0o644); err != nil {
		t.Fatal(err)
	}
	var r *Refusal
	if _, err := Send(context.Background(), s, m, quick()); !errors.As(err, &r) || m.files["same.txt"] != nil {
		t.Errorf("it was sent: %v", err)
	}
}

func TestTwoAtOnce(t *testing.T) {
	one, two := built(t, "public", "public", before), built(t, "public", "public", after)
	for range 5 {
		b := Folder(t.TempDir())
		errs := make(chan error, 2)
		for _, s := range []*Site{one, two} {
			go func() {
				o := quick()
				o.Stale = 20 * time.Second
				_, err := Send(context.Background(), s, b, o)
				errs <- err
			}()
		}
		for range 2 {
			if err := <-errs; err != nil {
				t.Fatal(err)
			}
		}
		_, found, err := Verify(context.Background(), b, nil, nil)
		if err != nil || len(found) > 0 {
			t.Fatalf("two deploys left a mixture: %v, %v", found, err)
		}
	}
}

// Whoever was away too long finds that another took over, and stops.
func TestLockIsLost(t *testing.T) {
	s, m := built(t, "public", "public", before), newMemory()
	l, _, err := take(context.Background(), m, Options{Beat: time.Hour, Stale: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	o := quick()
	if _, err := Send(context.Background(), s, m, o); err != nil {
		t.Fatal(err)
	}
	if err := s.each(context.Background(), l, []string{"x"}, func(string) error { t.Error("it went on"); return nil }); !errors.Is(err, errLost) {
		t.Error(err)
	}
	l.release(context.Background())
	mustBe(t, m, s)
}

func TestFolderAndWeb(t *testing.T) {
	one, two := built(t, "public", "public", before), built(t, "public", "public", after)
	b := Folder(filepath.Join(t.TempDir(), "www"))
	for _, s := range []*Site{one, two} {
		if _, err := Send(context.Background(), s, b, quick()); err != nil {
			t.Fatal(err)
		}
		mustBe(t, b, s)
	}
	if _, err := os.Stat(b.name("gone")); !errors.Is(err, os.ErrNotExist) {
		t.Error("an empty folder is left")
	}
	server := httptest.NewServer(http.FileServer(http.Dir(string(b))))
	defer server.Close()
	if _, found, err := VerifyWeb(context.Background(), server.URL, two.Manifest, nil); err != nil || len(found) > 0 {
		t.Errorf("%v, %v", found, err)
	}
	for file, text := range map[string]string{"new.png": "other", "stray.html": "x"} {
		if err := os.WriteFile(b.name(file), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Remove(b.name("same.txt")); err != nil {
		t.Fatal(err)
	}
	_, found, err := Verify(context.Background(), b, nil, nil)
	if want := []Difference{{"new.png", Changed}, {"same.txt", Missing}, {"stray.html", NotOurs}}; err != nil || !slices.Equal(found, want) {
		t.Errorf("%v, %v", found, err)
	}
	_, found, err = VerifyWeb(context.Background(), server.URL, one.Manifest, nil)
	if err != nil || !slices.Contains(found, Difference{"new/index.html", NotOurs}) || !slices.Contains(found, Difference{"gone.png", Missing}) {
		t.Errorf("%v, %v", found, err)
	}
	if _, _, err := VerifyWeb(context.Background(), "http://plan.eastmere.example/", nil, nil); err == nil {
		t.Error("a site without https was verified")
	}
}
