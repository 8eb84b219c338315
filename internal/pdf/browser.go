package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/fetch"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// recycle is how many pages a browser prints before it is started afresh: its memory grows with every page.
const recycle = 60

// errBrowserLost says that the browser crashed, hung or went away: it may be tried again.
var errBrowserLost = errors.New("the browser stopped, twice, while it printed this leaflet")

// Browser is a headless browser of one worker. It is started when it is first needed.
type Browser struct {
	path string

	mu      sync.Mutex
	ctx     context.Context // of its one tab; nil while it does not run
	stop    context.CancelFunc
	printed int
	site    served
}

// Path is the program.
func (b *Browser) Path() string { return b.path }

// Another returns the same browser for another worker, not started yet.
func (b *Browser) Another() *Browser { return &Browser{path: b.path} }

// Start starts the browser, which [Make] does too, to learn early whether it can be used.
func (b *Browser) Start(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.start(ctx)
}

// Close ends the browser's processes and removes its folder. It may be called at any time, and again.
func (b *Browser) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.close()
}

func (b *Browser) close() {
	if b.ctx == nil {
		return
	}
	b.stop()
	b.ctx, b.stop, b.printed = nil, nil, 0
}

func (b *Browser) start(ctx context.Context) error {
	if b.ctx != nil {
		return nil
	}
	folder, err := os.MkdirTemp("", "candour-print-")
	if err != nil {
		return err
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(b.path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("no-proxy-server", true),
		chromedp.Flag("hide-scrollbars", true),
		chromedp.Flag("lang", "en-GB"),
		// Nothing is asked of any network: see serve.go. This is for what asks without telling us.
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND"),
		chromedp.UserDataDir(filepath.Join(folder, "profile")),
		chromedp.Env("TMPDIR="+folder, "TMP="+folder, "TEMP="+folder), // it leaves more than its profile behind
		chromedp.ModifyCmdFunc(group),
		chromedp.CombinedOutput(io.Discard), // its messages may quote a page
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to start otherwise
	}
	alloc, stopAlloc := chromedp.NewExecAllocator(context.Background(), options...)
	silent := func(string, ...any) {}
	tab, stopTab := chromedp.NewContext(alloc, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	stop := func() {
		stopTab()
		stopAlloc() // kills the whole group, and waits
		remove(folder)
	}
	abandon := context.AfterFunc(ctx, stopTab)
	defer abandon()
	limit := time.AfterFunc(printLimit, stopTab)
	defer limit.Stop()
	version, err := chromedp.Call(tab, browser.GetVersion, struct{}{})
	if err != nil {
		stop()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return fmt.Errorf("the browser %s does not start: %w", b.path, errBrowserLost)
	}
	if major := majorOf(version.Product); major < oldest {
		stop()
		return &TooOldError{b.path, major}
	}
	b.ctx, b.stop = tab, stop
	if err := b.prepare(tab); err != nil {
		b.close()
		return fmt.Errorf("the browser %s cannot be driven: %w", b.path, errBrowserLost)
	}
	return nil
}

// remove removes the browser's folder. A child that is about to die may still write into it.
func remove(folder string) {
	for range 100 {
		if os.RemoveAll(folder) == nil {
			if _, err := os.Lstat(folder); err != nil {
				return
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// majorOf reads the version out of "HeadlessChrome/156.0.1.2".
func majorOf(product string) int {
	_, version, _ := strings.Cut(product, "/")
	major, _, _ := strings.Cut(version, ".")
	n, _ := strconv.Atoi(major)
	return n
}

// prepare sets the tab up: every request comes to us, no script of a page runs, nothing is cached from one site to another.
func (b *Browser) prepare(tab context.Context) error {
	requests := chromedp.Events(tab, fetch.RequestPaused)
	go func() {
		for request, err := range requests {
			if err != nil {
				return
			}
			b.site.answer(tab, request)
		}
	}()
	_, err := chromedp.Call(tab, fetch.Enable, fetch.EnableParams{})
	_, cacheErr := chromedp.Call(tab, network.SetCacheDisabled, network.SetCacheDisabledParams{CacheDisabled: true})
	_, scriptErr := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
	return errors.Join(err, cacheErr, scriptErr)
}
