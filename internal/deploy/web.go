package deploy

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"time"

	"candour/internal/publish"
)

// largest is more than any file of a site: what is longer is not read on.
const largest = 256 << 20

// web reads a site as readers get it.
type web struct {
	base   *url.URL
	client *http.Client
}

// VerifyWeb compares a site that is live at an https address with a manifest; want is the site's own where it is nil.
// What is there beside the site can only be found where want is older or newer than the live manifest, or the server
// answers for what does not exist: the web has no list of files.
func VerifyWeb(ctx context.Context, address string, want *publish.Manifest, transport http.RoundTripper) (*publish.Manifest, []Difference, error) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, nil, refuse("give it as https://plan.eastmere.example/", "that is no address of a site")
	}
	if !safe(u) {
		return nil, nil, refuse("give the site's https address", "an address without https says nothing about what readers get")
	}
	if !strings.HasSuffix(u.Path, "/") {
		u.Path += "/"
	}
	w := &web{base: u, client: &http.Client{Timeout: 2 * time.Minute, Transport: transport, CheckRedirect: func(r *http.Request, via []*http.Request) error {
		if len(via) > 5 || !safe(r.URL) {
			return errors.New("too many redirects, or one away from https")
		}
		return nil
	}}}
	data, err := w.get(ctx, publish.ManifestName)
	if err != nil && !errors.Is(err, ErrNotFound) {
		return nil, nil, &Problem{"the site could not be reached", "check the address and your connection, then try again"}
	}
	live := parseManifest(data)
	if live == nil {
		return nil, nil, refuse("check the address; candour deploy puts a site there", "there is no manifest of candour")
	}
	var out []Difference
	m := live
	if want != nil && !same(live, want) {
		out, m = append(out, Difference{publish.ManifestName, Changed}), want
		mine := map[string]bool{}
		for _, e := range want.Files {
			mine[e.Path] = true
		}
		for _, e := range live.Files {
			if mine[e.Path] {
				continue
			}
			if _, err := w.get(ctx, e.Path); err == nil {
				out = append(out, Difference{e.Path, NotOurs})
			}
		}
	}
	nowhere := "there-is-no-such-page-" + strings.ToLower(rand.Text())
	if _, err := w.get(ctx, nowhere); err == nil {
		out = append(out, Difference{"addresses that do not exist", "are answered as if they did"})
	}
	more, err := compare(ctx, m.Files, w.get)
	return m, sorted(append(out, more...)), err
}

// safe reports whether nobody on the way can change what is sent.
func safe(u *url.URL) bool {
	if u.Scheme == "https" {
		return true
	}
	ip, err := netip.ParseAddr(u.Hostname())
	return u.Scheme == "http" && (u.Hostname() == "localhost" || err == nil && ip.IsLoopback())
}

// get asks for a file as a reader would: a page by its folder.
func (w *web) get(ctx context.Context, file string) ([]byte, error) {
	ref := file
	if ref == "index.html" || strings.HasSuffix(ref, "/index.html") {
		ref = strings.TrimSuffix(ref, "index.html")
	}
	u := *w.base
	u.Path += ref
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, u.String(), nil)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Cache-Control", "no-cache")
	res, err := w.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	missing := res.StatusCode == http.StatusNotFound || res.StatusCode == http.StatusForbidden || res.StatusCode == http.StatusGone
	switch {
	case missing && file != "404.html": // that page comes with the status that it is for
		return nil, ErrNotFound
	case res.StatusCode != http.StatusOK && !missing:
		return nil, fmt.Errorf("the server answered %d", res.StatusCode)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, largest+1))
	if err == nil && len(data) > largest {
		err = errors.New("the file is too large")
	}
	return data, err
}
