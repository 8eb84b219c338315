package pdf

import (
	"context"
	"net/url"
	"path"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"

	"candour/internal/output"
)

// served is the site that the browser may see now.
type served struct {
	mu   sync.Mutex
	base string
	site output.Site
}

func (s *served) set(base string, site output.Site) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.base, s.site = base, site
}

// find returns the file at an address of the site, if it is one.
func (s *served) find(address string) *output.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	address, _, _ = strings.Cut(address, "#")
	address, _, _ = strings.Cut(address, "?")
	rest, ours := strings.CutPrefix(address, s.base)
	if !ours || s.base == "" {
		return nil
	}
	name, err := url.PathUnescape(rest)
	if err != nil {
		return nil
	}
	if name == "" || strings.HasSuffix(name, "/") {
		name += "index.html"
	}
	return s.site.Find(name)
}

// mediaTypes are those that a page needs to be shown; what a machine's own list of types says does not matter.
var mediaTypes = map[string]string{
	".html": "text/html; charset=utf-8", ".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".webp": "image/webp",
	".gif": "image/gif", ".avif": "image/avif", ".ico": "image/x-icon", ".woff2": "font/woff2",
}

// answer gives the browser a file of the site, or nothing.
func (s *served) answer(tab context.Context, request fetch.EventRequestPaused) {
	file := s.find(request.Request.URL)
	if file == nil {
		_, _ = chromedp.Call(tab, fetch.FailRequest, fetch.FailRequestParams{RequestID: request.RequestID, ErrorReason: network.ErrorReasonBlockedByClient})
		return
	}
	kind := mediaTypes[path.Ext(file.Path)]
	if kind == "" {
		kind = "application/octet-stream"
	}
	_, _ = chromedp.Call(tab, fetch.FulfillRequest, fetch.FulfillRequestParams{
		RequestID: request.RequestID, ResponseCode: 200, Body: file.Data,
		ResponseHeaders: []*fetch.HeaderEntry{{Name: "Content-Type", Value: kind}, {Name: "X-Content-Type-Options", Value: "nosniff"}},
	})
}
