//go:build browser

package browsertest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// chromium is the one browser process. It can reach nothing but loopback.
type chromium struct {
	ctx       context.Context
	stopAlloc context.CancelFunc
}

func startChromium(ctx context.Context, temp string) (*chromium, error) {
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("hide-scrollbars", true), // else 320 px are 305
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
		chromedp.UserDataDir(filepath.Join(temp, "profile")),
	)
	if os.Geteuid() == 0 {
		opts = append(opts, chromedp.NoSandbox)
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	ctx, _ = chromedp.NewContext(alloc)
	if err := chromedp.Do(ctx); err != nil { // starts the process
		stopAlloc()
		return nil, err
	}
	return &chromium{ctx, stopAlloc}, nil
}

func (c *chromium) close() error {
	defer c.stopAlloc()
	return chromedp.Cancel(c.ctx)
}

// tab is one tab of the browser. It looks at one page at a time.
type tab struct {
	ctx    context.Context
	inject string // axe and our own checks, put into each page from outside
}

func (c *chromium) newTab() (*tab, context.CancelFunc, error) {
	inject, err := injected()
	if err != nil {
		return nil, nil, err
	}
	ctx, cancel := chromedp.NewContext(c.ctx)
	_, err = chromedp.Call(ctx, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	if err == nil {
		_, err = chromedp.Call(ctx, cdppage.AddScriptToEvaluateOnNewDocument, cdppage.AddScriptToEvaluateOnNewDocumentParams{Source: listen})
	}
	if err != nil {
		cancel()
		return nil, nil, err
	}
	return &tab{ctx, inject}, cancel, nil
}

// listen notes, from before a page's first byte, what its policy blocks.
const listen = `globalThis.candourBlocked = [];
document.addEventListener("securitypolicyviolation", (e) => candourBlocked.push(["blocked-by-policy", e.effectiveDirective + ": " + (e.blockedURI || e.sourceFile)]));`

func injected() (string, error) {
	axe, err := os.ReadFile(filepath.Join(moduleRoot, "node_modules", "axe-core", "axe.min.js"))
	if err != nil {
		return "", fmt.Errorf("axe-core is missing (make setup installs it): %w", err)
	}
	own, err := os.ReadFile(filepath.Join("js", "checks.js"))
	return string(axe) + "\n;" + string(own) + "\n;0", err
}

// look is a way of looking at a page.
type look struct {
	width, height int64
	scale         float64
	media         string // "" or "print"
	dark, forced  bool
	noScript      bool
}

func (t *tab) emulate(l look) error {
	scale := cmp.Or(l.scale, 1)
	// Each feature is named each time: what a call leaves out stays as it was.
	features := []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}, {Name: "forced-colors", Value: "none"}, {Name: "prefers-reduced-motion", Value: "reduce"}}
	if l.dark {
		features[0].Value = "dark"
	}
	if l.forced {
		features[1].Value = "active"
	}
	_, sizeErr := chromedp.Call(t.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: l.width, Height: l.height, DeviceScaleFactor: scale})
	_, mediaErr := chromedp.Call(t.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: l.media, Features: features})
	_, scriptErr := chromedp.Call(t.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: l.noScript})
	return errors.Join(sizeErr, mediaErr, scriptErr)
}

// open loads a page afresh and puts the checks into it.
func (t *tab) open(url string) error {
	return chromedp.Do(t.ctx, chromedp.Navigate(url), chromedp.Evaluate[chromedp.Void](t.inject))
}

// ask runs one of the checks of js/checks.js, or axe, and decodes its answer.
func ask[T any](t *tab, expression string) (T, error) {
	return chromedp.Run(t.ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// overhear collects what a page writes to the console and what it asks the network for, until stop is called.
func (t *tab) overhear(page, base string) (stop func() []problem) {
	const end = "candour: the checks of this page are done"
	ctx, cancel := context.WithTimeout(t.ctx, pageLimit)
	var heard, asked []problem
	messages := chromedp.Console(ctx)
	requests := chromedp.Events(ctx, network.RequestWillBeSent)
	var console, net sync.WaitGroup
	console.Go(func() {
		for m, err := range messages {
			if err != nil || strings.Contains(m.Text, end) {
				return
			}
			if m.Type == chromedp.ConsoleError || m.Type == chromedp.ConsoleWarning || m.IsException() {
				heard = append(heard, problem{page, "any", "console-" + string(m.Type), m.Text})
			}
		}
	})
	net.Go(func() {
		for r, err := range requests {
			if err != nil {
				return
			}
			if url := r.Request.URL; !ours(url, base) {
				asked = append(asked, problem{page, "any", "off-site-request", url})
			}
		}
	})
	return func() []problem {
		// The console keeps its order: once it gives our own line, it has given everything before.
		if err := chromedp.Do(t.ctx, chromedp.Evaluate[chromedp.Void](`console.log("`+end+`")`)); err != nil {
			cancel()
		}
		console.Wait()
		cancel()
		net.Wait()
		return append(heard, asked...)
	}
}

// pageLimit bounds the work on one page: a page that hangs is a finding, not a test that never ends.
const pageLimit = 2 * time.Minute

// ours reports whether a request stays on the site or in the page.
func ours(url, base string) bool {
	for _, prefix := range []string{base + "/", "data:", "blob:", "about:"} {
		if strings.HasPrefix(url, prefix) {
			return true
		}
	}
	return false
}
