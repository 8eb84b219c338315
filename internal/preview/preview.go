// Package preview serves an edition from memory while its author writes: it builds again when a file is saved, tells the
// browser, and shows what was found on the page itself. What it serves has been redacted like any site, and nothing of it
// is written anywhere.
package preview

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"html"
	"mime"
	"net"
	"net/http"
	"path"
	"strings"
	"sync"
	"time"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/hosting"
	"candour/internal/output"
)

// Server holds the site as it was last built.
type Server struct {
	mu       sync.RWMutex
	files    map[string][]byte
	findings diag.List
	failure  string
	version  int
	compiled bool          // the site brings compiled code, which the policy must let run
	changed  chan struct{} // closed when the version moves on
	base     string        // the path under which the site lives
}

// New returns a server that has nothing to show yet. base is the path of the site's address.
func New(base string) *Server {
	return &Server{changed: make(chan struct{}), base: strings.TrimSuffix(base, "/") + "/"}
}

// Show takes up a build. A site with a leak is never shown, nor one that could not be made: the last one stays, with what
// was found on top.
func (s *Server) Show(out *build.Outcome, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failure = ""
	if err != nil {
		s.failure = err.Error()
	}
	s.findings = nil
	if out != nil {
		s.findings = out.Findings
		s.findings.Sort()
		if out.Rendered != nil && !out.Findings.Has(diag.Leak) {
			site := out.Rendered.Site()
			s.files, s.compiled = index(site), hosting.Compiles(&site)
		}
	}
	s.version++
	close(s.changed)
	s.changed = make(chan struct{})
}

func index(site output.Site) map[string][]byte {
	files := make(map[string][]byte, len(site.Files))
	for _, f := range site.Files {
		files[f.Path] = f.Data
	}
	return files
}

//go:embed live.js
var script []byte

//go:embed panel.css
var style []byte

// ServeHTTP answers requests for loopback names alone: a page elsewhere must not read the preview by pointing a name of
// its own at this machine.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	host := r.Host
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	if ip := net.ParseIP(strings.Trim(host, "[]")); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
		http.Error(w, "this preview answers to 127.0.0.1 and localhost only", http.StatusForbidden)
		return
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		http.Error(w, "only reading is possible here", http.StatusMethodNotAllowed)
		return
	}
	// As a host sends them, so that an author sees what the policy blocks; but nothing is kept.
	for _, h := range (hosting.Site{Base: s.base, Public: true, Compiled: s.compiled}).Headers(strings.TrimPrefix(r.URL.Path, s.base)) {
		w.Header().Set(h.Name, h.Value)
	}
	w.Header().Set("Cache-Control", "no-store")
	switch r.URL.Path {
	case "/-candour/live.js":
		w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
		_, _ = w.Write(script)
		return
	case "/-candour/panel.css":
		w.Header().Set("Content-Type", "text/css; charset=utf-8")
		_, _ = w.Write(style)
		return
	case "/-candour/events":
		s.events(w, r)
		return
	}
	s.page(w, r)
}

// events tells the browser when there is something new.
func (s *Server) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	flusher, ok := w.(http.Flusher)
	if !ok {
		return
	}
	s.mu.RLock()
	version := s.version
	s.mu.RUnlock()
	fmt.Fprintf(w, "event: version\ndata: %d\n\n", version)
	flusher.Flush()
	for {
		s.mu.RLock()
		changed, now := s.changed, s.version
		s.mu.RUnlock()
		if now != version {
			version = now
			fmt.Fprintf(w, "event: reload\ndata: %d\n\n", version)
			flusher.Flush()
			continue
		}
		select {
		case <-changed:
		case <-time.After(20 * time.Second):
			fmt.Fprint(w, ": still here\n\n")
			flusher.Flush()
		case <-r.Context().Done():
			return
		}
	}
}

func (s *Server) page(w http.ResponseWriter, r *http.Request) {
	s.mu.RLock()
	files, findings, failure, version := s.files, s.findings, s.failure, s.version
	s.mu.RUnlock()
	if !strings.HasPrefix(r.URL.Path, s.base) {
		http.Redirect(w, r, s.base, http.StatusFound)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, s.base)
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	data, ok := files[name]
	if !ok {
		if _, dir := files[name+"/index.html"]; dir {
			http.Redirect(w, r, r.URL.Path+"/", http.StatusFound)
			return
		}
		data, name = files["404.html"], "404.html"
	}
	kind := cmp.Or(hosting.Type(name), mime.TypeByExtension(path.Ext(name)))
	if path.Ext(name) == ".html" {
		kind = "text/html; charset=utf-8"
	}
	w.Header().Set("Content-Type", kind)
	status := http.StatusOK
	if !ok {
		status = http.StatusNotFound
	}
	if path.Ext(name) != ".html" {
		w.WriteHeader(status)
		_, _ = w.Write(data)
		return
	}
	if data == nil {
		data = []byte("<!doctype html><html lang=en><meta charset=utf-8><title>Nothing to show yet</title><body><h1>Nothing to show yet</h1><p>The page appears when the findings are mended.</p>")
	}
	w.WriteHeader(status)
	_, _ = w.Write(data)
	_, _ = w.Write(panel(findings, failure, version))
}

// panel is what stands on top of a page: what was found, most serious first.
func panel(findings diag.List, failure string, version int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "\n<script src=\"/-candour/live.js\" data-version=\"%d\" defer></script>", version)
	if len(findings) == 0 && failure == "" {
		return []byte(b.String())
	}
	b.WriteString("\n<link rel=\"stylesheet\" href=\"/-candour/panel.css\">\n")
	title := fmt.Sprintf("%d errors, %d warnings, %d notices", findings.Count(diag.Error), findings.Count(diag.Warning), findings.Count(diag.Notice))
	open := ""
	if findings.HasErrors() || failure != "" {
		open = " open"
	}
	fmt.Fprintf(&b, `<details%s id="candour-findings"><summary>Preview: %s</summary>`, open, html.EscapeString(title))
	if failure != "" {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(failure))
	}
	b.WriteString("<ol>")
	for _, severity := range []diag.Severity{diag.Error, diag.Warning, diag.Notice} {
		for _, f := range findings {
			if f.Severity != severity {
				continue
			}
			fmt.Fprintf(&b, "<li><strong>%s</strong> <code>%s</code>: %s", severity, html.EscapeString(f.Pos().String()), html.EscapeString(f.Message))
			if f.Hint != "" {
				fmt.Fprintf(&b, "<br>What to do: %s", html.EscapeString(f.Hint))
			}
			b.WriteString("</li>")
		}
	}
	b.WriteString("</ol></details>")
	return []byte(b.String())
}

// Listen serves until the context ends.
func Listen(ctx context.Context, l net.Listener, s *Server) error {
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, BaseContext: func(net.Listener) context.Context { return ctx }}
	done := make(chan error, 1)
	go func() { done <- server.Serve(l) }()
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return server.Close()
	}
}
