package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"aead.dev/minisign"

	"candour/internal/cli"
)

// What the tests' stores know as an account. Neither may be in any message.
const (
	keyID  = "EASTMERETESTKEYID"
	secret = "eastmere-test-secret-0123456789"
)

// asProgram is set where the test binary is to be the program itself: to the time after which it takes over a lock.
const asProgram = "CANDOUR_CLOUD_AS_PROGRAM"

// gateway is versitygw, an S3 server, for all tests: each has a bucket of its own.
var gateway struct{ dir, address string }

func TestMain(m *testing.M) { os.Exit(start(m)) }

func start(m *testing.M) int {
	if stale, err := time.ParseDuration(os.Getenv(asProgram)); err == nil {
		ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
		defer stop()
		e := env(os.Stdout, os.Stderr)
		e.Stale = stale
		return cli.Run(ctx, os.Args[1:], e)
	}
	dir, err := os.MkdirTemp("", "candour-cloud-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	for name, value := range map[string]string{"AWS_ACCESS_KEY_ID": keyID, "AWS_SECRET_ACCESS_KEY": secret, "AWS_EC2_METADATA_DISABLED": "true",
		"AZURE_STORAGE_ACCOUNT": "devstoreaccount1", "AZURE_STORAGE_KEY": "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
		"AWS_CONFIG_FILE": filepath.Join(dir, "none"), "AWS_SHARED_CREDENTIALS_FILE": filepath.Join(dir, "none"), "NO_PROXY": "127.0.0.1"} {
		_ = os.Setenv(name, value)
	}
	gateway.dir = filepath.Join(dir, "buckets")
	if err := os.Mkdir(gateway.dir, 0o755); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	address, stop, err := versitygw(func(args ...string) *exec.Cmd { return exec.Command(args[0], args[1:]...) }, gateway.dir)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer stop()
	gateway.address = address
	return m.Run()
}

// env is what the program has in the tests: a lock that is quick to go stale, and a short wait for readers.
func env(stdout, stderr io.Writer) cli.Env {
	dir, _ := os.Getwd()
	return cli.Env{OpenBucket: open, Stdin: strings.NewReader(""), Stdout: stdout, Stderr: stderr, Dir: dir, Getenv: os.Getenv, Clock: time.Now,
		OpenKey: openKey, Grace: 500 * time.Millisecond, Beat: 50 * time.Millisecond, Stale: time.Second}
}

// opened are private keys by their sealed bytes: unsealing takes a second on purpose.
var opened sync.Map

func openKey(passphrase string, sealed []byte) (minisign.PrivateKey, error) {
	if key, ok := opened.Load(passphrase + string(sealed)); ok {
		return key.(minisign.PrivateKey), nil
	}
	key, err := minisign.DecryptKey(passphrase, sealed)
	if err == nil {
		opened.Store(passphrase+string(sealed), key)
	}
	return key, err
}

// tool is a program that make setup installs.
func tool(name string) (string, error) {
	dir := os.Getenv("TOOLS")
	if dir == "" {
		dir = filepath.Join("..", "..", "bin", "tools")
	}
	file, err := filepath.Abs(filepath.Join(dir, name))
	if err == nil {
		_, err = os.Stat(file)
	}
	if err != nil {
		return "", fmt.Errorf("%s is not there: run make setup", name)
	}
	return file, nil
}

// freePort is one that nothing listens on.
func freePort() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer l.Close()
	return l.Addr().String(), nil
}

// answers waits until something listens at an address.
func answers(address string) error {
	for range 200 {
		if c, err := net.Dial("tcp", address); err == nil {
			return c.Close()
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("nothing listens at %s", address)
}

// versitygw runs the server on this machine; command makes its process.
func versitygw(command func(args ...string) *exec.Cmd, args ...string) (address string, stop func(), err error) {
	program, err := tool("versitygw")
	if err != nil {
		return "", nil, err
	}
	if address, err = freePort(); err != nil {
		return "", nil, err
	}
	var said bytes.Buffer
	c := command(append([]string{program, "--port", address, "--quiet", "posix"}, args...)...)
	c.Env = append(os.Environ(), "ROOT_ACCESS_KEY="+keyID, "ROOT_SECRET_KEY="+secret)
	c.Stdout, c.Stderr = &said, &said
	if err := c.Start(); err != nil {
		return "", nil, err
	}
	stop = func() { _ = c.Process.Kill(); _ = c.Wait() }
	if err := answers(address); err != nil {
		stop()
		return "", nil, fmt.Errorf("%w: %s", err, said.String())
	}
	return "http://" + address, stop, nil
}

// newBucket makes a bucket and returns its name: to versitygw a bucket is a folder.
func newBucket(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(gateway.dir, "eastmere-")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return filepath.Base(dir)
}

func s3(bucket, endpoint string) string {
	return "s3://" + bucket + "?region=us-east-1&use_path_style=true&endpoint=" + endpoint
}

// door stands before a store, writes down what is asked, and can get in the way.
type door struct {
	*httptest.Server
	mu    sync.Mutex
	asked []request
	// meet is called for every request before the store has it. Where it returns true it has answered.
	meet func(http.ResponseWriter, *http.Request) bool
}

type request struct{ method, key, query string }

func newDoor(t *testing.T, endpoint, bucket string) *door {
	t.Helper()
	to, err := url.Parse(endpoint)
	if err != nil {
		t.Fatal(err)
	}
	d := &door{}
	proxy := &httputil.ReverseProxy{
		Rewrite:       func(r *httputil.ProxyRequest) { r.SetURL(to); r.Out.Host = r.In.Host }, // the host is signed
		ErrorHandler:  func(w http.ResponseWriter, _ *http.Request, _ error) { w.WriteHeader(http.StatusBadGateway) },
		FlushInterval: -1,
	}
	d.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		d.mu.Lock()
		d.asked = append(d.asked, request{r.Method, strings.TrimPrefix(strings.TrimPrefix(r.URL.Path, "/"+bucket), "/"), r.URL.RawQuery})
		meet := d.meet
		d.mu.Unlock()
		if meet == nil || !meet(w, r) {
			proxy.ServeHTTP(w, r)
		}
	}))
	t.Cleanup(d.Close)
	return d
}

func (d *door) met(f func(http.ResponseWriter, *http.Request) bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.meet = f
}

// forget begins the list of what was asked anew.
func (d *door) forget() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.asked = nil
}

// did are the files of the site that were asked for with one of the methods, in order.
func (d *door) did(methods ...string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, r := range d.asked {
		if slices.Contains(methods, r.method) && r.key != "" && !strings.HasPrefix(r.key, ".candour-lock/") {
			out = append(out, r.key)
		}
	}
	return out
}

// refused answers as S3 does.
func refused(w http.ResponseWriter, status int, code string) bool {
	w.Header().Set("Content-Type", "application/xml")
	w.WriteHeader(status)
	fmt.Fprintf(w, `<?xml version="1.0" encoding="UTF-8"?><Error><Code>%s</Code><Message>%s %s</Message></Error>`, code, keyID, secret)
	return true
}

// result is what a run of the program gave.
type result struct {
	code           int
	stdout, stderr string
}

// candour runs the program within the test.
func candour(t *testing.T, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code := cli.Run(context.Background(), args, env(&stdout, &stderr))
	r := result{code, stdout.String(), stderr.String()}
	r.discreet(t)
	return r
}

// discreet fails where a message holds an account.
func (r result) discreet(t *testing.T) {
	t.Helper()
	for _, s := range []string{keyID, secret, "Signature=", "X-Amz-"} {
		if strings.Contains(r.stdout+r.stderr, s) {
			t.Errorf("a message holds %q:\n%s%s", s, r.stdout, r.stderr)
		}
	}
}

// must fails where the exit code or the words are others.
func (r result) must(t *testing.T, code int, words ...string) {
	t.Helper()
	if r.code != code {
		t.Fatalf("exit code %d, want %d\n%s%s", r.code, code, r.stdout, r.stderr)
	}
	for _, w := range words {
		if !strings.Contains(r.stdout+r.stderr, w) {
			t.Errorf("nothing says %q:\n%s%s", w, r.stdout, r.stderr)
		}
	}
}

// child is the program as a process of its own, which can be killed.
type child struct {
	*exec.Cmd
	out bytes.Buffer
}

func spawn(t *testing.T, args ...string) *child {
	t.Helper()
	c := &child{Cmd: exec.Command(os.Args[0], args...)}
	c.Env = append(os.Environ(), asProgram+"=20s")
	c.Stdout, c.Stderr = &c.out, &c.out
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Process.Kill() })
	return c
}

func (c *child) wait(t *testing.T) result {
	t.Helper()
	err := c.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	r := result{c.ProcessState.ExitCode(), "", c.out.String()}
	r.discreet(t)
	return r
}
