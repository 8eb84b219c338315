// Package hosting says what a web server must send with a site's files, and writes it down for the servers that councils
// use: a _headers file (Netlify, Cloudflare Pages and others), an nginx snippet, and staticwebapp.config.json for Azure.
//
// [Site.Headers] is the rule; [Site.Files] is the same rule in the three languages. Whoever serves or uploads a site takes
// it from here, so that an author sees in the preview what the policy blocks.
package hosting

import (
	"regexp"
	"slices"
	"strings"

	"candour/internal/output"
)

// policy lets a page use the site's own files and nothing else: no inline script or style, no frame, no form that is sent
// elsewhere. https://www.w3.org/TR/CSP3/
var policy = []string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "font-src 'self'", "media-src 'self'",
	"connect-src 'self'", "manifest-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}

// MetaPolicy is what stands in each page, for hosts that cannot send headers, object stores for one: nothing that a page
// holds is sent elsewhere, and nothing of elsewhere is shown in it. It does not name what scripts, styles and images may be:
// a page that is read from a folder, by the Nu HTML checker or from a memory stick, has no origin that 'self' could mean.
const MetaPolicy = "connect-src 'self'; form-action 'self'; frame-src 'none'; object-src 'none'; base-uri 'none'"

// Referrer is sent with the site and stands in each page: another site is not told which page a reader comes from, since
// the address alone can say what somebody is worried about.
const Referrer = "same-origin"

// Header is one response header.
type Header struct{ Name, Value string }

// always are sent with every file. Strict-Transport-Security is not among them: it binds the whole host name, which may
// have other services, for as long as it says. The files and the documents name it.
var always = []Header{
	{"Content-Security-Policy", strings.Join(policy, "; ")},
	{"X-Content-Type-Options", "nosniff"},
	{"Referrer-Policy", Referrer},
	{"Permissions-Policy", "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()"},
	{"Cross-Origin-Opener-Policy", "same-origin"},
}

func (s Site) always() []Header {
	out := slices.Clone(always)
	if i := slices.IndexFunc(out, func(h Header) bool { return h.Name == "Content-Security-Policy" }); s.Compiled {
		out[i].Value = strings.Replace(out[i].Value, "script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", 1)
	}
	return out
}

// How long browsers and caches may keep a file. A page is asked for again after a minute, because an alert may be withdrawn.
const (
	cacheForGood = "public, max-age=31536000, immutable"
	cacheShort   = "public, max-age=60, must-revalidate"
	cacheNever   = "private, no-store"
)

// Site is what the rules depend on.
type Site struct {
	Base    string // the path under which the site stands, with a slash at both ends
	Public  bool   // the edition for everybody
	Guarded bool   // it holds what is not for the public: nothing keeps a copy
	// Compiled says that the site brings compiled code (WebAssembly), as the search of pagefind does. The policy then lets it
	// run ('wasm-unsafe-eval'), and nothing else besides: eval stays forbidden.
	Compiled bool
}

// hashed is a file with its own digest in its name: what stands at such an address never changes.
var hashed = regexp.MustCompile(`\.[0-9a-f]{64}\.[a-z0-9]+$`)

// kind is a type of file that servers get wrong, or leave without its character set.
type kind struct{ suffix, mediaType string }

// kinds are tried in this order.
var kinds = []kind{
	{".atom", "application/atom+xml; charset=utf-8"},
	{"/feed.json", "application/feed+json; charset=utf-8"},
	{"/cap.xml", "application/cap+xml; charset=utf-8"},
	{".webmanifest", "application/manifest+json; charset=utf-8"},
	{".txt", "text/plain; charset=utf-8"},
	{".csv", "text/csv; charset=utf-8"},
}

// packed are the types of a search index of pagefind's, which only some sites have. They are unpacked by the script, never on
// the way.
var packed = []kind{
	{".pagefind", "application/octet-stream"},
	{".pf_meta", "application/octet-stream"},
	{".pf_index", "application/octet-stream"},
	{".pf_fragment", "application/octet-stream"},
	{".pf_filter", "application/octet-stream"},
}

func (s Site) kinds() []kind {
	if s.Compiled {
		return append(slices.Clone(kinds), packed...)
	}
	return kinds
}

// Compiles reports whether compiled code is among the files of a site.
func Compiles(site *output.Site) bool {
	return slices.ContainsFunc(site.Files, func(f output.File) bool { return strings.HasSuffix(f.Path, ".pagefind") })
}

// Headers are sent with the file at a path of the site, such as alerts/index.html.
func (s Site) Headers(file string) []Header {
	out := s.always()
	if !s.Public {
		out = append(out, Header{"X-Robots-Tag", "noindex"})
	}
	out = append(out, Header{"Cache-Control", s.cache(file)})
	if t := Type(file); t != "" {
		out = append(out, Header{"Content-Type", t})
	}
	return out
}

func (s Site) cache(file string) string {
	switch {
	case s.Guarded:
		return cacheNever
	case hashed.MatchString(file):
		return cacheForGood
	}
	return cacheShort
}

// Type is the type of a file that servers get wrong; "" for one that they know.
func Type(file string) string {
	for _, k := range append(slices.Clone(kinds), packed...) {
		if strings.HasSuffix(strings.ToLower("/"+file), k.suffix) {
			return k.mediaType
		}
	}
	return ""
}

// The files' names. They stand where each kind of host looks for them, in the folder that is uploaded.
const (
	headersName = "_headers"
	nginxName   = "nginx.conf"
	azureName   = "staticwebapp.config.json"
)

// Owns reports whether a path is that of a file for hosts. They are text, and hold nothing but these rules.
func Owns(path string) bool { return path == headersName || path == nginxName || path == azureName }

// Files are the settings for hosts. finished is the whole site otherwise: where it brings such a file of its own, ours is
// not made.
func (s Site) Files(finished *output.Site) []output.File {
	var constant []string
	for _, f := range finished.Files {
		if hashed.MatchString(f.Path) && !s.Guarded {
			constant = append(constant, s.Base+f.Path)
		}
	}
	var out []output.File
	for _, f := range []output.File{
		{Path: headersName, Data: s.headersFile(constant)},
		{Path: nginxName, Data: s.nginx()},
		{Path: azureName, Data: s.azure(constant)},
	} {
		if finished.Find(f.Path) == nil {
			out = append(out, f)
		}
	}
	return out
}

// Constant reports whether what stands at a path never changes, since its name holds its own digest.
func Constant(file string) bool { return hashed.MatchString(file) }
