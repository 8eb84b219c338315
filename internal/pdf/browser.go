package pdf

import (
	"context"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
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

func newBrowser(path string) *Browser { return &Browser{path: path, waits: patient, recycle: recycle} }

// errBrowserLost says that the browser crashed, hung or went away: it may be tried again.
var errBrowserLost = errors.New("the browser stopped or hung, twice, while it printed this leaflet")

// Waits bound what is asked of a browser, so that one that hangs is noticed.
type waits struct{ start, page time.Duration }

var patient = waits{start: 30 * time.Second, page: 60 * time.Second}

// Browser is a headless browser of one worker. It is started when it is first needed.
type Browser struct {
	path    string
	waits   waits
	recycle int

	mu      sync.Mutex
	ctx     context.Context // of its one tab; nil while it does not run
	stop    context.CancelFunc
	printed int
	site    served
}

// Path is the program.
func (b *Browser) Path() string { return b.path }

// Another returns the same browser for another worker, not started yet.
func (b *Browser) Another() *Browser {
	return &Browser{path: b.path, waits: b.waits, recycle: b.recycle}
}

// Start starts the browser, which [Make] does too, to learn once whether it can be used before many pages are given to it. It
// is tried twice. The error is a [TooOldError] or a [StartError] where the program is at fault.
func (b *Browser) Start(ctx context.Context) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	err := b.start(ctx)
	if err != nil && errors.Is(err, errBrowserLost) && ctx.Err() == nil {
		err = b.start(ctx)
	}
	return err
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
	folder, err := os.MkdirTemp(tempRoot(os.TempDir()), folderName)
	if err != nil {
		return err
	}
	var process *exec.Cmd
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
		chromedp.ModifyCmdFunc(func(cmd *exec.Cmd) { group(cmd); process = cmd }),
		chromedp.CombinedOutput(io.Discard), // its messages may quote a page
	)
	if os.Geteuid() == 0 {
		options = append(options, chromedp.NoSandbox) // it refuses to start otherwise
	}
	all, cut := context.WithCancel(context.Background())
	alloc, stopAlloc := chromedp.NewExecAllocator(all, options...)
	silent := func(string, ...any) {}
	tab, stopTab := chromedp.NewContext(alloc, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	stop := sync.OnceFunc(func() { // a second stopTab would wait for ever for a browser that never started
		cut()
		stopTab()
		stopAlloc() // kills the whole group, and waits
		if process != nil && process.Process != nil {
			_ = killGroup(process) // the children of a browser that ended by itself
		}
		remove(folder)
	})
	abandon := context.AfterFunc(ctx, cut)
	defer abandon()
	limit := time.AfterFunc(b.waits.start, cut)
	defer limit.Stop()
	version, err := chromedp.Call(tab, browser.GetVersion, struct{}{})
	if err != nil {
		stop()
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return &StartError{b.path}
	}
	major := majorOf(version.Product)
	if major == 0 { // it answers, and is not of the family
		stop()
		return &StartError{b.path}
	}
	if major < oldest {
		stop()
		return &TooOldError{b.path, major}
	}
	b.ctx, b.stop = tab, stop
	if err := b.prepare(tab); err != nil {
		b.close()
		return &StartError{b.path}
	}
	return nil
}

const folderName = "candour-"

// tempRoot is where the browser's folder goes: in the temporary folder, unless the name of the socket that Chromium makes in
// it would be longer than a system allows (104 bytes on a Mac, 108 on Linux), at which it does not start.
func tempRoot(usual string) string {
	const socket, random, most = "/org.chromium.Chromium.XXXXXX/SingletonSocket", "4294967295", 104
	if len(usual)+len("/"+folderName+random+socket) < most || runtime.GOOS == "windows" {
		return usual
	}
	return "/tmp"
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
