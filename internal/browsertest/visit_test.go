//go:build browser

package browsertest

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// visit is somebody who uses one page of a site: what they press and type is theirs, what it leads to is noted.
type visit struct {
	*testing.T
	tab  *tab
	base string

	mu    sync.Mutex
	asked []string // every address that the browser asked for since the page was there
	ended chan struct{}
}

const visitEnds = "candour-visit-ends"

// visitPage opens a page of a site in a tab of its own, served as the site is.
func visitPage(t *testing.T, s *site, page string, l look) *visit {
	t.Helper()
	srv, err := s.serve()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if missing, err := srv.close(); err != nil || len(missing) > 0 {
			t.Errorf("asked for in vain: %v (%v)", missing, err)
		}
	})
	own, closeTab, err := browser.newTab()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(closeTab)
	ctx, cancel := context.WithTimeout(own.ctx, pageLimit)
	t.Cleanup(cancel)
	v := &visit{T: t, tab: &tab{ctx, own.inject}, base: srv.base, ended: make(chan struct{})}
	v.must(v.tab.emulate(l))
	v.must(chromedp.Do(ctx, chromedp.Navigate(v.base+page)))
	requests := chromedp.Events(ctx, network.RequestWillBeSent)
	go func() {
		defer close(v.ended)
		for r, err := range requests {
			if err != nil || strings.Contains(r.Request.URL, visitEnds) {
				return
			}
			if strings.HasSuffix(r.Request.URL, "/favicon.svg") {
				continue // the browser's own wish, whenever it likes
			}
			v.mu.Lock()
			v.asked = append(v.asked, strings.TrimPrefix(r.Request.URL, v.base))
			v.mu.Unlock()
		}
	}()
	return v
}

func (v *visit) must(err error) {
	v.Helper()
	if err != nil {
		v.Fatal(err)
	}
}

// press presses keys: text, or names of package kb.
func (v *visit) press(keys string) {
	v.Helper()
	v.must(chromedp.Do(v.tab.ctx, chromedp.KeyEvent(keys)))
}

// tabTo presses Tab until the element that an expression gives has the focus.
func (v *visit) tabTo(element string) {
	v.Helper()
	for range 200 {
		if v.holds("document.activeElement === (" + element + ")") {
			return
		}
		v.press("\t")
	}
	v.Fatalf("Tab never reaches %s", element)
}

// text, holds and list evaluate an expression in the page.
func (v *visit) text(expression string) string { v.Helper(); return of1[string](v, expression) }
func (v *visit) holds(expression string) bool  { v.Helper(); return of1[bool](v, expression) }
func (v *visit) list(expression string) []string {
	v.Helper()
	return of1[[]string](v, expression)
}

func of1[T any](v *visit, expression string) T {
	v.Helper()
	got, err := ask[T](v.tab, expression)
	v.must(err)
	return got
}

// until waits for a condition of the page, frame by frame, and gives up after five seconds.
func (v *visit) until(condition string) {
	v.Helper()
	const wait = `new Promise((done) => { const end = performance.now() + 5000; const frame = () => (%s) ? done(true) : performance.now() > end ? done(false) : setTimeout(frame, 20); frame(); })`
	if !v.holds(fmt.Sprintf(wait, condition)) {
		v.Fatalf("never comes true: %s", condition)
	}
}

// requests are what the browser asked for since the page was there, in order. Nothing is noted afterwards.
func (v *visit) requests() []string {
	v.Helper()
	// The browser tells of requests in their order: once ours is told of, those before it have been.
	v.must(chromedp.Do(v.tab.ctx, chromedp.Evaluate[chromedp.Void](`new Image().src = "/favicon.svg?`+visitEnds+`"`)))
	<-v.ended
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.asked)
}

// quoted is a text as JavaScript writes it.
func quoted(text string) string {
	data, err := json.Marshal(text)
	return cmp.Or(map[bool]string{true: string(data)}[err == nil], `""`)
}

// pagesWith are the pages of a site whose paths match, at least one.
func (s *site) pagesWith(t *testing.T, matches func(page string) bool) []string {
	t.Helper()
	var out []string
	for _, p := range s.pages {
		if matches(p) {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		t.Fatal("the site has no such page")
	}
	return out
}
