package main

import (
	"context"
	"crypto/md5"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"candour/internal/deploy"
	"candour/internal/hosting"
)

// A whole site, made by this program, is there, each file with its type and how long it may be kept.
func TestWholeSite(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "site")
	candour(t, "init", dir).must(t, 0)
	candour(t, "build", "--source", dir, "--quiet").must(t, 0)
	name := newBucket(t)
	address := s3(name, gateway.address)
	candour(t, "deploy", address, "--source", dir).must(t, 0, "files sent, 0 removed, 0 were there already")
	candour(t, "deploy", address, "--source", dir).must(t, 0, "is up to date")
	candour(t, "verify", address, "--source", dir, "--against", filepath.Join(dir, "public")).must(t, 0, "are as the manifest says: edition public")

	b := bucketAt(t, address)
	there, err := b.List(context.Background(), "")
	if err != nil {
		t.Fatal(err)
	}
	types := map[string]string{".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
		".atom": "application/atom+xml; charset=utf-8", ".txt": "text/plain; charset=utf-8", ".xml": "application/xml", ".webmanifest": "application/manifest+json; charset=utf-8"}
	seen := map[string]bool{}
	for _, o := range there {
		if strings.HasPrefix(o.Key, ".candour-lock/") {
			continue
		}
		a, err := b.(bucket).Attributes(context.Background(), o.Key)
		if err != nil {
			t.Fatal(err)
		}
		ext := filepath.Ext(o.Key)
		if want, known := types[ext]; known && a.ContentType != want && filepath.Base(o.Key) != "cap.xml" {
			t.Errorf("%s has the type %q", o.Key, a.ContentType)
		}
		want := "public, max-age=60, must-revalidate"
		if hosting.Constant(o.Key) {
			want, ext = "public, max-age=31536000, immutable", "constant"
		}
		if a.CacheControl != want {
			t.Errorf("%s may be kept: %q", o.Key, a.CacheControl)
		}
		seen[ext] = true
	}
	for _, ext := range []string{".html", ".atom", ".txt", ".xml", "constant"} {
		if !seen[ext] {
			t.Errorf("the site has no %s", ext)
		}
	}
}

// Only what changed is sent, in an order in which no page is without what it shows.
func TestOnlyWhatChangedAndInOrder(t *testing.T) {
	t.Parallel()
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	address := s3(name, d.URL)
	one, two := built(t, "public", before), built(t, "public", after)
	send(t, address, one).must(t, 0, "12 files sent")
	d.forget()
	send(t, address, two, "--dry-run").must(t, 0, "would send 9 and remove 3 files; 3 are there already. Nothing was changed",
		"new:     new/index.html\n", "changed: index.html\n", "remove:  gone.png\n", "remove:  "+oldCSS+"\n")
	if did := d.did("PUT", "POST", "DELETE"); len(did) > 0 {
		t.Errorf("--dry-run wrote %q", did)
	}
	d.forget()
	send(t, address, two).must(t, 0, "files sent, 3 removed, 3 were there already", "waiting 500ms before the last styles and scripts")
	did := d.did("PUT", "POST", "DELETE")
	place := func(file string) int {
		if n := slices.Index(did, file); n >= 0 {
			return n
		}
		t.Fatalf("nothing was done with %s: %q", file, did)
		return -1
	}
	for _, pair := range [][2]string{{newCSS, "new.png"}, {"new.png", "new/index.html"}, {"new/index.html", "stays/index.html"}, {"stays/index.html", "index.html"},
		{"index.html", "sitemap.xml"}, {"sitemap.xml", "gone/index.html"}, {"alerts/feed.atom", "gone/index.html"}, {"gone/index.html", "gone.png"},
		{"gone.png", "manifest.json"}, {"manifest.json", oldCSS}} {
		if place(pair[0]) > place(pair[1]) {
			t.Errorf("%s comes after %s: %q", pair[0], pair[1], did)
		}
	}
	if slices.Contains(did, "same.txt") || slices.Contains(did, "same/index.html") || slices.Contains(did, "robots.txt") {
		t.Errorf("what is the same was sent: %q", did)
	}
	verify(t, address, "--against", two).must(t, 0)
	d.forget()
	send(t, address, two).must(t, 0, "up to date")
	if did := d.did("PUT", "DELETE"); len(did) > 0 {
		t.Errorf("nothing changed, and it wrote %q", did)
	}
	send(t, address, two, "--all").must(t, 0, "12 files sent")
}

// More files than a store lists or removes at a time.
func TestThousandsOfFiles(t *testing.T) {
	t.Parallel()
	many := map[string]string{}
	for n := range 1100 {
		many[fmt.Sprintf("figures/%04d.csv", n)] = fmt.Sprint(n)
	}
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	address := s3(name, d.URL)
	send(t, address, built(t, "public", before, many)).must(t, 0, "1112 files sent")
	d.forget()
	send(t, address, built(t, "public", before)).must(t, 0, "0 files sent, 1100 removed")
	if n := len(d.did("DELETE")); n != 1100 {
		t.Errorf("%d files were removed", n)
	}
	verify(t, address).must(t, 0, "all 12 files")
	if there, err := bucketAt(t, address).List(context.Background(), "figures/"); err != nil || len(there) > 0 {
		t.Errorf("%d are left: %v", len(there), err)
	}
}

// A file of 17 MB goes in parts, and is known again all the same.
func TestLargeFile(t *testing.T) {
	t.Parallel()
	large := map[string]string{"leaflets/all.pdf": strings.Repeat("0123456789abcdef", 17<<16)}
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	address := s3(name, d.URL)
	one := built(t, "public", before, large)
	send(t, address, one).must(t, 0, "13 files sent")
	send(t, address, one).must(t, 0, "up to date")
	verify(t, address).must(t, 0)
	large["leaflets/all.pdf"] = strings.Repeat("0123456789abcdeF", 17<<16)
	send(t, address, built(t, "public", before, large)).must(t, 0, "1 files sent")
}

func TestVerifyNames(t *testing.T) {
	t.Parallel()
	address := s3(newBucket(t), gateway.address)
	one := built(t, "public", before)
	verify(t, address).must(t, 2, "there is no manifest of candour")
	send(t, address, one).must(t, 0)
	b, ctx := bucketAt(t, address), context.Background()
	for key, text := range map[string]string{"gone.png": "another", "stray/index.html": "x", ".well-known/acme": "x", "downloads/a.zip": "x"} {
		if err := b.Put(ctx, key, []byte(text), deploy.Attributes{Type: "text/plain"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.Delete(ctx, "same.txt"); err != nil {
		t.Fatal(err)
	}
	r := verify(t, address)
	r.must(t, 1, "4 differences")
	if want := "downloads/a.zip: does not belong there\ngone.png: is not what the manifest says\nsame.txt: is missing\nstray/index.html: does not belong there\n"; r.stdout != want {
		t.Errorf("verify said:\n%s", r.stdout)
	}
	// What [[target]] calls somebody else's is kept.
	site := target(t, fmt.Sprintf("name = \"live\"\nurl = %q\nkeep = [\"downloads/\"]\n", address))
	candour(t, "deploy", "live", "--source", site, "--from", one).must(t, 0, "2 files sent, 1 removed")
	candour(t, "verify", "live", "--source", site).must(t, 0)
	for _, key := range []string{".well-known/acme", "downloads/a.zip"} {
		if _, err := b.Get(ctx, key); err != nil {
			t.Errorf("%s: %v", key, err)
		}
	}
}

// target is a site with a [[target]].
func target(t *testing.T, block string) string {
	t.Helper()
	dir := t.TempDir()
	text := "title = \"Eastmere\"\nbase_url = \"https://plan.eastmere.example/\"\nlanguage = \"en-GB\"\norganisation = \"Eastmere Council\"\n" +
		"[contact]\nemail = \"publichealth@eastmere.example\"\n[[target]]\n" + block
	if err := os.WriteFile(filepath.Join(dir, "candour.toml"), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestEditions(t *testing.T) {
	t.Parallel()
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	address := s3(name, d.URL)
	partners := built(t, "partners", before)
	send(t, address, partners).must(t, 2, `the folder holds the edition "partners", and `+address+` takes the edition "public"`, "mark the target in candour.toml")
	if did := d.did("PUT", "POST", "DELETE"); len(did) > 0 {
		t.Errorf("it was refused, and wrote %q", did)
	}
	marked := target(t, fmt.Sprintf("name = \"partners\"\nurl = %q\nedition = \"partners\"\n", address))
	candour(t, "deploy", "partners", "--source", marked, "--from", partners).must(t, 0)
	if a, err := bucketAt(t, address).(bucket).Attributes(context.Background(), oldCSS); err != nil || a.CacheControl != "private, no-store" {
		t.Errorf("a guarded edition may be kept: %+v, %v", a, err)
	}
	// The place is taken then, for the public edition too, and whatever the mark says.
	candour(t, "deploy", "partners", "--source", marked, "--from", built(t, "public", before)).must(t, 2, `takes the edition "partners"`)
	send(t, address, built(t, "public", before)).must(t, 2, `holds the edition "partners"`)
}

// Somebody else's bucket is not emptied; a folder of a bucket is a place of its own.
func TestPlaces(t *testing.T) {
	t.Parallel()
	name := newBucket(t)
	whole := bucketAt(t, s3(name, gateway.address))
	if err := whole.Put(context.Background(), "holiday.jpg", []byte("x"), deploy.Attributes{Type: "image/jpeg"}); err != nil {
		t.Fatal(err)
	}
	one := built(t, "public", before)
	send(t, s3(name, gateway.address), one).must(t, 2, "holds files, and none that candour put there")
	folder := "s3://" + name + "/sites/plan/?" + strings.SplitN(s3(name, gateway.address), "?", 2)[1]
	send(t, folder, one).must(t, 0, "12 files sent")
	verify(t, folder).must(t, 0)
	if _, err := whole.Get(context.Background(), "sites/plan/index.html"); err != nil {
		t.Error(err)
	}
	send(t, folder, built(t, "public", after)).must(t, 0)
	if _, err := whole.Get(context.Background(), "holiday.jpg"); err != nil {
		t.Error(err)
	}
	send(t, s3(name, gateway.address), one, "--adopt", "--dry-run").must(t, 0, "remove:  holiday.jpg")
	send(t, s3(name, gateway.address), one, "--adopt").must(t, 0)
	verify(t, s3(name, gateway.address)).must(t, 0)
}

// Of many that write a file where there is none, one succeeds: the lock stands on it.
func TestPutIfAbsent(t *testing.T) {
	b := bucketAt(t, s3(newBucket(t), gateway.address))
	var won sync.Map
	var wg sync.WaitGroup
	for n := range 16 {
		wg.Go(func() {
			switch err := b.PutIfAbsent(context.Background(), ".candour-lock/000000001", fmt.Appendf(nil, "%x", md5.Sum([]byte{byte(n)})), deploy.Attributes{Type: "text/plain"}); err {
			case nil:
				won.Store(n, true)
			case deploy.ErrExists:
			default:
				t.Error(err)
			}
		})
	}
	wg.Wait()
	count := 0
	won.Range(func(any, any) bool { count++; return true })
	if count != 1 {
		t.Errorf("%d of 16 wrote it", count)
	}
}

// A store that fails once is asked again.
func TestStoreStumbles(t *testing.T) {
	t.Parallel()
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	var once sync.Once
	d.met(func(w http.ResponseWriter, r *http.Request) (answered bool) {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/gone.png") {
			once.Do(func() { answered = refused(w, http.StatusInternalServerError, "InternalError") })
		}
		return answered
	})
	send(t, s3(name, d.URL), built(t, "public", before)).must(t, 0, "12 files sent")
	if n := len(slices.DeleteFunc(d.did("PUT"), func(k string) bool { return k != "gone.png" })); n != 2 {
		t.Errorf("it was sent %d times", n)
	}
}
