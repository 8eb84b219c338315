package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"testing"

	"gocloud.dev/blob/memblob"

	"candour/internal/deploy"
)

// A whole deploy to what speaks Google Cloud Storage's language, on this machine. The real one is not asked here.
func TestGoogle(t *testing.T) {
	program, err := tool("fake-gcs-server")
	if err != nil {
		t.Fatal(err)
	}
	address, err := freePort()
	if err != nil {
		t.Fatal(err)
	}
	host, port, _ := strings.Cut(address, ":")
	data := t.TempDir()
	if err := os.Mkdir(data+"/eastmere-plan", 0o755); err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "-scheme", "http", "-host", host, "-port", port, "-backend", "memory", "-data", data, "-public-host", address)
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Process.Kill(); _ = c.Wait() }()
	if err := answers(address); err != nil {
		t.Fatal(err)
	}
	t.Setenv("STORAGE_EMULATOR_HOST", address)
	target := "gs://eastmere-plan/sites/plan?anonymous=true"
	one, two := built(t, "public", before), built(t, "public", after)
	send(t, target, one).must(t, 0, "12 files sent")
	send(t, target, one).must(t, 0, "up to date")
	send(t, target, two).must(t, 0, "3 removed, 3 were there already")
	verify(t, target, "--against", two).must(t, 0)
	a, err := bucketAt(t, target).(bucket).Attributes(context.Background(), newCSS)
	if err != nil || a.ContentType != "text/css; charset=utf-8" || a.CacheControl != "public, max-age=31536000, immutable" {
		t.Errorf("%+v, %v", a, err)
	}
	onceOnly(t, bucketAt(t, target))
	send(t, "gs://eastmere-nowhere?anonymous=true", one).must(t, 4, "there is no such bucket")
}

// onceOnly fails where a file can be written twice that must not be there.
func onceOnly(t *testing.T, b deploy.Bucket) {
	t.Helper()
	ctx, a := context.Background(), deploy.Attributes{Type: "text/plain"}
	if err := b.PutIfAbsent(ctx, "once.txt", []byte("1"), a); err != nil {
		t.Fatal(err)
	}
	if err := b.PutIfAbsent(ctx, "once.txt", []byte("2"), a); err != deploy.ErrExists {
		t.Errorf("a second file in its place: %v", err)
	}
	if _, err := b.Get(ctx, "never.txt"); err != deploy.ErrNotFound {
		t.Error(err)
	}
	for range 2 {
		if err := b.Delete(ctx, "once.txt"); err != nil {
			t.Error(err)
		}
	}
}

// What every store of the library does alike.
func TestMemory(t *testing.T) {
	onceOnly(t, bucket{Bucket: memblob.OpenBucket(nil)})
}

// Azure's answers are put into words. The address that its library reads is this machine's.
func TestAzureWords(t *testing.T) {
	var status int
	var code, message string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("x-ms-error-code", code)
		w.Header().Set("Content-Type", "application/xml")
		w.WriteHeader(status)
		fmt.Fprintf(w, `<?xml version="1.0"?><Error><Code>%s</Code><Message>%s %s</Message></Error>`, code, message, secret)
	}))
	defer server.Close()
	target := "azblob://plan?localemu=true&protocol=http&domain=" + strings.TrimPrefix(server.URL, "http://")
	one := built(t, "public", before)
	for _, c := range []struct {
		status              int
		code, message, want string
	}{
		{403, "AuthenticationFailed", "Server failed to authenticate the request.", "the store refuses this account"},
		{403, "AuthorizationPermissionMismatch", "", "the store refuses this account"},
		{403, "AuthenticationFailed", "Request date header too old: yesterday", "clock and the store's are too far apart"},
		{404, "ContainerNotFound", "", "there is no such bucket"},
		{409, "ContainerBeingDeleted", "", "there is no such bucket"},
		{400, "InvalidQueryParameterValue", "", "the store answered InvalidQueryParameterValue"},
	} {
		status, code, message = c.status, c.code, c.message
		send(t, target, one).must(t, 4, c.want)
		var p *deploy.Problem
		if err := bucketAt(t, target).Put(context.Background(), "index.html", []byte(heavy), deploy.Attributes{Type: "text/html"}); !errors.As(err, &p) || !strings.Contains(p.Text, c.want) {
			t.Errorf("an upload that fails: %v", err)
		}
	}
}
