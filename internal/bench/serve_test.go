package bench

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The test program also plays candour serve: it gives each page as its source stands.
func TestMain(m *testing.M) {
	switch os.Getenv("BENCH_TEST_PLAY") {
	case "serve":
		fmt.Fprintln(os.Stderr, playServe(os.Args))
		os.Exit(1)
	case "failure":
		fmt.Fprintln(os.Stderr, "the address is taken")
		os.Exit(4)
	}
	os.Exit(m.Run())
}

func playServe(args []string) error {
	after := func(flag string) string { return args[slices.Index(args, flag)+1] }
	plans := filepath.Join(after("--source"), "content", "plans")
	return http.ListenAndServe(after("--addr"), http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/-candour/events" {
			playEvents(w, r)
			return
		}
		http.ServeFile(w, r, filepath.Join(plans, path.Base(r.URL.Path)+".md"))
	}))
}

// playEvents tells the browser to reload again and again.
func playEvents(w http.ResponseWriter, r *http.Request) {
	fmt.Fprint(w, "event: version\ndata: 1\n\n")
	for r.Context().Err() == nil {
		w.(http.Flusher).Flush()
		time.Sleep(time.Millisecond)
		fmt.Fprint(w, "event: reload\ndata: 2\n\n")
	}
}

func served(t *testing.T, play string) bench {
	t.Helper()
	t.Setenv("BENCH_TEST_PLAY", play)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	b := bench{Options{Candour: self, Saves: 3, Progress: io.Discard}, Corpus{Pages: 4, Seed: 1}, t.TempDir()}
	write(t, b.corpus, b.source())
	return b
}

func TestSavesAreMeasuredOneByOne(t *testing.T) {
	waits, err := served(t, "serve").saves(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if len(waits) != 3 || slices.Min(waits) <= 0 {
		t.Errorf("waits = %v", waits)
	}
}

func TestAServerThatStopsIsNoMeasurement(t *testing.T) {
	if _, err := served(t, "failure").saves(t.Context()); err == nil || !strings.Contains(err.Error(), "the address is taken") {
		t.Errorf("error = %v", err)
	}
}
