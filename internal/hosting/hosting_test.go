package hosting

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"candour/internal/output"
)

var digest = strings.Repeat("0123456789abcdef", 4)

func value(headers []Header, name string) string {
	var out []string
	for _, h := range headers {
		if h.Name == name {
			out = append(out, h.Value)
		}
	}
	return strings.Join(out, " and ")
}

func TestHeaders(t *testing.T) {
	public, internal := Site{Base: "/", Public: true}, Site{Base: "/", Guarded: true}
	for _, tc := range []struct {
		site         Site
		file, header string
		want         string
	}{
		{public, "index.html", "Cache-Control", cacheShort},
		{public, "alerts/feed.atom", "Cache-Control", cacheShort},
		{public, "css/a." + digest + ".css", "Cache-Control", cacheForGood},
		{public, "css/a." + digest[1:] + ".css", "Cache-Control", cacheShort},
		{public, "css/a." + digest + ".css/index.html", "Cache-Control", cacheShort},
		{public, "index.html", "X-Robots-Tag", ""},
		{internal, "css/a." + digest + ".css", "Cache-Control", cacheNever},
		{internal, "index.html", "X-Robots-Tag", "noindex"},
		{Site{Base: "/"}, "index.html", "X-Robots-Tag", "noindex"},
		{public, "index.html", "X-Content-Type-Options", "nosniff"},
		{public, "index.html", "Content-Type", ""},
		{public, "alerts/FEED.atom", "Content-Type", "application/atom+xml; charset=utf-8"},
		{public, "site.webmanifest", "Content-Type", "application/manifest+json; charset=utf-8"},
	} {
		if got := value(tc.site.Headers(tc.file), tc.header); got != tc.want {
			t.Errorf("%s of %s: %q, want %q", tc.header, tc.file, got, tc.want)
		}
	}
}

func TestPolicyIsStrict(t *testing.T) {
	if compiled := value(Site{Compiled: true}.always(), "Content-Security-Policy"); strings.Replace(compiled, " 'wasm-unsafe-eval'", "", 1) != value(always, "Content-Security-Policy") || strings.Contains(compiled, "'unsafe") {
		t.Errorf("with compiled code: %s", compiled)
	}
	got := value(Site{}.always(), "Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "script-src 'self';", "style-src 'self';", "img-src 'self';", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'"} {
		if !strings.Contains(got, want) {
			t.Errorf("%s lacks %s", got, want)
		}
	}
	for _, never := range []string{"unsafe", "data:", "http", "*"} {
		if strings.Contains(got+MetaPolicy, never) {
			t.Errorf("%s has %s", got, never)
		}
	}
	if strings.Contains(MetaPolicy, "frame-ancestors") {
		t.Error("browsers complain of frame-ancestors in a page")
	}
}

// The three files say the same as Headers does.
func TestFilesSayTheSame(t *testing.T) {
	css := "css/a." + digest + ".css"
	finished := &output.Site{Files: []output.File{{Path: css}, {Path: "index.html"}}}
	for _, s := range []Site{{Base: "/plan/", Public: true}, {Base: "/", Guarded: true}, {Base: "/"}} {
		files := map[string]string{}
		for _, f := range s.Files(finished) {
			if !Owns(f.Path) {
				t.Errorf("%s is not known as ours", f.Path)
			}
			files[f.Path] = string(f.Data)
		}
		var azure struct {
			GlobalHeaders     map[string]string
			MimeTypes         map[string]string
			ResponseOverrides map[string]struct{ Rewrite string }
			Routes            []struct {
				Route   string
				Headers map[string]string
			}
		}
		if err := json.Unmarshal([]byte(files[azureName]), &azure); err != nil {
			t.Fatal(err)
		}
		if azure.ResponseOverrides["404"].Rewrite != s.Base+"404.html" || !strings.Contains(files[nginxName], "error_page 404 "+s.Base+"404.html;") {
			t.Errorf("%+v: the page for what is not there is not named", s)
		}
		for _, h := range s.Headers("index.html") {
			if azure.GlobalHeaders[h.Name] != h.Value {
				t.Errorf("%s: Azure is told %q, not %q", h.Name, azure.GlobalHeaders[h.Name], h.Value)
			}
			if !strings.Contains(files[nginxName], fmt.Sprintf("%q", h.Value)) {
				t.Errorf("nginx is not told %v", h)
			}
			// Hosts that read _headers ask for pages again by themselves.
			if line := fmt.Sprintf("  %s: %s\n", h.Name, h.Value); h.Value != cacheShort && !strings.Contains(files[headersName], line) {
				t.Errorf("_headers lacks %q", line)
			}
		}
		cache := value(s.Headers(css), "Cache-Control")
		if !s.Guarded && (len(azure.Routes) != 1 || azure.Routes[0].Route != s.Base+css || azure.Routes[0].Headers["Cache-Control"] != cache) {
			t.Errorf("%+v: routes %v", s, azure.Routes)
		}
		if !s.Guarded && !strings.Contains(files[headersName], "\n"+s.Base+css+"\n  Cache-Control: "+cache+"\n") {
			t.Errorf("%+v: _headers lacks the style sheet:\n%s", s, files[headersName])
		}
		if strings.Count(files[headersName], "Cache-Control") != 1 {
			t.Errorf("%+v: two rules with Cache-Control would be joined", s)
		}
	}
}
