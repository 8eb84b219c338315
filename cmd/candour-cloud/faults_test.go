package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	signer "github.com/aws/aws-sdk-go-v2/aws/signer/v4"

	"candour/internal/deploy"
)

// heavy is sent with a site so that there is a middle of an upload.
var heavy = strings.Repeat("0123456789abcdef", 3<<16)

// halfway calls do when half of a request's body has gone to the store, and lets no more through until then.
type halfway struct {
	io.ReadCloser
	left int64
	do   func()
}

func (h *halfway) Read(p []byte) (int, error) {
	if h.left > 0 && int64(len(p)) > h.left {
		p = p[:h.left]
	}
	n, err := h.ReadCloser.Read(p)
	if h.left -= int64(n); h.left <= 0 && h.do != nil {
		h.do()
		h.do = nil
	}
	return n, err
}

// Killed in the middle of an upload, wherever that is, a deploy leaves no page without what it shows, and the next one takes
// over and finishes.
func TestKilled(t *testing.T) {
	large, larger := map[string]string{"big.png": heavy}, map[string]string{"big.png": heavy + "!"}
	shows := func(m map[string]string) map[string]string {
		return map[string]string{"index.html": m["index.html"] + " uses=big.png"}
	}
	one, two := built(t, "public", before, large, shows(before)), built(t, "public", after, larger, shows(after))
	for _, at := range []string{newCSS, "big.png", "new/index.html", "index.html", "gone/index.html", "manifest.json", oldCSS} {
		t.Run(strings.ReplaceAll(at, "/", "_"), func(t *testing.T) {
			t.Parallel()
			name := newBucket(t)
			d := newDoor(t, gateway.address, name)
			address := s3(name, d.URL)
			send(t, address, one).must(t, 0)
			var c *child
			started, dead := make(chan struct{}), make(chan struct{})
			var once sync.Once
			kill := func() {
				once.Do(func() {
					<-started
					_ = c.Process.Kill()
					_ = c.Wait()
					close(dead)
				})
			}
			d.met(func(w http.ResponseWriter, r *http.Request) bool {
				if !strings.HasSuffix(r.URL.Path, "/"+name+"/"+at) || r.Method != http.MethodPut && r.Method != http.MethodDelete {
					return false
				}
				r.Body = &halfway{r.Body, r.ContentLength / 2, kill}
				if r.Method == http.MethodDelete {
					kill()
				}
				return false
			})
			c = spawn(t, append([]string{"deploy", address, "--from", two}, nowhere(t)...)...)
			close(started)
			select {
			case <-dead:
			case <-time.After(20 * time.Second):
				t.Fatalf("it never came to %s:\n%s", at, c.out.String())
			}
			d.met(nil)
			b := bucketAt(t, address)
			if what := lacking(t, b); what != "" {
				t.Error(what)
			}
			r := send(t, address, two)
			r.must(t, 0)
			if !strings.Contains(r.stderr, "another deploy stopped without finishing; this one takes over") {
				t.Errorf("it did not take over a stale lock:\n%s", r.stderr)
			}
			verify(t, address, "--against", two).must(t, 0)
		})
	}
}

// Stopped by Ctrl-C, a deploy gives the lock back.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	address := s3(name, d.URL)
	one := built(t, "public", before)
	reached := make(chan struct{})
	var once sync.Once
	d.met(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/stays/index.html") {
			_, _ = io.Copy(io.Discard, r.Body) // the server looks for a connection that is gone once it has read
			once.Do(func() { close(reached) })
			<-r.Context().Done()
			return true
		}
		return false
	})
	c := spawn(t, append([]string{"deploy", address, "--from", one}, nowhere(t)...)...)
	<-reached
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	c.wait(t).must(t, 4, "stopped; what is there works, and running candour deploy again finishes it")
	d.met(nil)
	r := send(t, address, one)
	r.must(t, 0)
	if strings.Contains(r.stderr, "another deploy") {
		t.Errorf("it had to wait:\n%s", r.stderr)
	}
	verify(t, address).must(t, 0)
}

// Readers who come all the time while two versions take turns never have a page without what it shows.
func TestReadersMeanwhile(t *testing.T) {
	address := s3(newBucket(t), gateway.address)
	sites := []string{built(t, "public", before), built(t, "public", after)}
	send(t, address, sites[0]).must(t, 0)
	stop := make(chan struct{})
	var looks atomic.Int64
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			b, err := open(context.Background(), address)
			if err != nil {
				t.Error(err)
				return
			}
			for n := 0; ; n++ {
				select {
				case <-stop:
					return
				default:
				}
				page := []string{"index.html", "gone/index.html", "new/index.html", "stays/index.html"}[n%4]
				if err := read(b, page); err != nil {
					t.Error(err)
					return
				}
				looks.Add(1)
			}
		})
	}
	for n := range 6 {
		send(t, address, sites[(n+1)%2]).must(t, 0)
	}
	close(stop)
	wg.Wait()
	if looks.Load() < 50 {
		t.Errorf("readers came %d times only", looks.Load())
	}
	verify(t, address, "--against", sites[0]).must(t, 0)
}

// Two deploys at once: one waits for the other, and what is there afterwards is one site whole.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	address := s3(newBucket(t), gateway.address)
	sites := []string{built(t, "public", before), built(t, "public", after)}
	send(t, address, built(t, "public", map[string]string{"index.html": "soon"})).must(t, 0)
	for range 3 {
		var both []*child
		for _, s := range sites {
			both = append(both, spawn(t, append([]string{"deploy", address, "--from", s}, nowhere(t)...)...))
		}
		for _, c := range both {
			r := c.wait(t)
			r.must(t, 0)
			if strings.Contains(r.stderr, "takes over") {
				t.Errorf("one took the lock from the other:\n%s", r.stderr)
			}
		}
		verify(t, address).must(t, 0)
	}
}

// A full disk stops a deploy, readers have what they had, and one for which there is room repairs.
func TestFullDisk(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mount := func(args ...string) *exec.Cmd {
		script := fmt.Sprintf(`mount -t tmpfs -o size=8m none %[1]s && mkdir %[1]s/buckets %[1]s/meta %[1]s/buckets/plan && exec "$@"`, dir)
		return exec.Command("unshare", append([]string{"--user", "--map-root-user", "--mount", "sh", "-ec", script, "sh"}, args...)...)
	}
	name := "plan"
	endpoint, stop, err := versitygw(mount, "--sidecar", filepath.Join(dir, "meta"), filepath.Join(dir, "buckets"))
	if err == nil {
		defer stop()
	} else {
		// This machine lets nobody mount: what is large finds no room by the store's word alone.
		t.Log(err)
		name = newBucket(t)
		d := newDoor(t, gateway.address, name)
		d.met(func(w http.ResponseWriter, r *http.Request) bool {
			return r.Method == http.MethodPut && r.ContentLength > 1<<20 && refused(w, http.StatusInsufficientStorage, "InsufficientStorage")
		})
		endpoint = d.URL
	}
	address := s3(name, endpoint)
	one := built(t, "public", before)
	send(t, address, one).must(t, 0)
	send(t, address, built(t, "public", after, map[string]string{"new.png": heavy + heavy + heavy})).must(t, 4, "the store is full, or over its quota", "make room there")
	if what := lacking(t, bucketAt(t, address)); what != "" {
		t.Error(what)
	}
	two := built(t, "public", after)
	send(t, address, two).must(t, 0)
	verify(t, address, "--against", two).must(t, 0)
}

// What a store says is told in words, with the exit code of a machine that failed, and nothing is written.
func TestRefusals(t *testing.T) {
	one := built(t, "public", before)
	account := func(id, key string) func(*testing.T) {
		return func(t *testing.T) { t.Setenv("AWS_ACCESS_KEY_ID", id); t.Setenv("AWS_SECRET_ACCESS_KEY", key) }
	}
	answered := func(status int, code string) func(http.ResponseWriter, *http.Request) bool {
		return func(w http.ResponseWriter, _ *http.Request) bool { return refused(w, status, code) }
	}
	for name, c := range map[string]struct {
		before func(*testing.T)
		meet   func(http.ResponseWriter, *http.Request) bool
		bucket string
		words  string
	}{
		"a wrong key":        {before: account(keyID, secret+"-not"), words: "the store refuses this account"},
		"a wrong name":       {before: account(keyID+"-not", secret), words: "the store refuses this account"},
		"no account":         {before: account("", ""), words: "this machine has no account for the store"},
		"no such bucket":     {bucket: "eastmere-nowhere", words: "there is no such bucket"},
		"a clock":            {meet: behind, words: "this machine's clock and the store's are too far apart"},
		"no permission":      {meet: answered(http.StatusForbidden, "AccessDenied"), words: "the store refuses this account"},
		"a stale token":      {meet: answered(http.StatusBadRequest, "ExpiredToken"), words: "the store refuses this account"},
		"another region":     {meet: answered(http.StatusMovedPermanently, "PermanentRedirect"), words: "the bucket is in another region"},
		"a quota":            {meet: answered(http.StatusForbidden, "QuotaExceeded"), words: "the store is full, or over its quota"},
		"something new":      {meet: answered(http.StatusConflict, "TeapotEmpty"), words: "the store answered TeapotEmpty"},
		"a sentence as code": {meet: answered(http.StatusConflict, "see "+keyID), words: "the store answered Conflict"},
		"a proxy's page": {meet: func(w http.ResponseWriter, _ *http.Request) bool {
			w.WriteHeader(http.StatusProxyAuthRequired)
			fmt.Fprint(w, "<html>"+secret)
			return true
		}, words: "the store answered"},
	} {
		t.Run(name, func(t *testing.T) {
			own := newBucket(t)
			d := newDoor(t, gateway.address, own)
			d.met(c.meet)
			if c.before != nil {
				c.before(t)
			}
			if c.bucket != "" {
				own = c.bucket
			}
			send(t, s3(own, d.URL), one).must(t, 4, c.words, "hint: ")
			verify(t, s3(own, d.URL)).must(t, 4, c.words)
			if did := d.did("PUT", "POST", "DELETE"); len(did) > 0 {
				t.Errorf("it wrote %q", did)
			}
		})
	}
}

// behind signs a request as a machine does whose clock is two hours slow. What the store says to that is its own.
func behind(_ http.ResponseWriter, r *http.Request) bool {
	r.Header.Del("Authorization")
	r.Header.Del("X-Amz-Date")
	account := aws.Credentials{AccessKeyID: keyID, SecretAccessKey: secret}
	r.URL.Host, r.URL.Scheme = r.Host, "http"
	err := signer.NewSigner().SignHTTP(r.Context(), account, r, r.Header.Get("X-Amz-Content-Sha256"), "s3", "us-east-1", time.Now().Add(-2*time.Hour),
		func(o *signer.SignerOptions) { o.DisableURIPathEscaping = true })
	if err != nil {
		panic(err)
	}
	return false
}

func TestAddresses(t *testing.T) {
	for address, words := range map[string]string{
		"s3://":                                     "that is no address of a bucket",
		"s3://" + keyID + ":" + secret + "@plan":    "an address of a bucket holds a name or a key",
		"s3://plan?regoin=eu-west-2":                `did you mean "region"?`,
		"s3://plan?prefix=x":                        "a setting that is not known",
		"s3://plan?endpoint=http://store.example":   "without encryption",
		"s3://plan?endpoint=ftp://store.example":    "without encryption",
		"s3://plan?endpoint=https://a:b@s.example":  "without encryption",
		"azblob://plan?protocol=http":               "without encryption",
		"gs://plan?private_key_path=/etc/passwd":    "a setting that is not known",
		"gs://plan#there":                           "that is no address of a bucket",
		"ftp://plan":                                "a site is deployed to a folder or a bucket",
		"s3://plan?profile=nobody&region=eu-west-2": "this machine has no account for the store",
	} {
		r := send(t, address, built(t, "public", before))
		if r.code == 0 || !strings.Contains(r.stderr, words) {
			t.Errorf("%s: exit code %d\n%s", address, r.code, r.stderr)
		}
	}
}

// A file that is longer than any of ours is not read into memory whole.
func TestTooLarge(t *testing.T) {
	t.Parallel()
	name := newBucket(t)
	d := newDoor(t, gateway.address, name)
	address := s3(name, d.URL)
	d.met(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodGet || !strings.HasSuffix(r.URL.Path, "/endless") {
			return false
		}
		chunk := bytes.Repeat([]byte{'x'}, 1<<20)
		for {
			if _, err := w.Write(chunk); err != nil {
				return true
			}
		}
	})
	var p *deploy.Problem
	if _, err := bucketAt(t, address).Get(context.Background(), "endless"); !errors.As(err, &p) || !strings.Contains(p.Text, "too large") {
		t.Error(err)
	}
}
