package cli

import (
	"context"
	"errors"
	"net"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"candour/internal/audit"
	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/past"
	"candour/internal/preview"
	"candour/internal/report"
	"candour/internal/vetting"
)

func (a *app) serveCommand() *cobra.Command {
	var addr string
	c := &cobra.Command{
		Use:   "serve [--edition NAME] [--addr 127.0.0.1:1313]",
		Short: "Preview in your browser, built again when you save",
		Long: `Builds the site in memory, serves it on this machine alone, and builds it again when a file is saved.
What was found stands on the page. The edition is redacted as it would be when published; pages that
nobody has signed off yet are shown, and say so. Nothing is written. Stop it with Ctrl-C.`,
		Example: "  candour serve\n  candour serve --edition internal --addr 127.0.0.1:8080",
		Args:    noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			host, _, err := net.SplitHostPort(addr)
			if err != nil {
				return usage("--addr takes an address such as 127.0.0.1:1313")
			}
			if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
				return usage("a preview is for this machine alone: --addr takes 127.0.0.1, [::1] or localhost with a port")
			}
			a.format = "text"
			l, err := net.Listen("tcp", addr)
			if err != nil {
				if errors.Is(err, syscall.EADDRINUSE) {
					return &failure{exitMachine, errors.New("something else uses " + addr + ", perhaps another candour serve; stop that, or choose another port: " + anotherPort(addr))}
				}
				return &failure{exitMachine, errors.New("cannot listen on " + addr)}
			}
			defer l.Close()
			return a.serve(cmd.Context(), l)
		},
	}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:1313", "where to listen, on this machine alone")
	return a.repository(c, false)
}

// anotherPort is the command that listens on the next port.
func anotherPort(addr string) string {
	host, port, _ := net.SplitHostPort(addr)
	n, err := strconv.Atoi(port)
	if err != nil || n >= 65535 {
		n = 1313
	}
	return "candour serve --addr " + net.JoinHostPort(host, strconv.Itoa(n+1))
}

func (a *app) serve(ctx context.Context, l net.Listener) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	opt, done, err := a.options()
	if err != nil {
		return err
	}
	defer done()
	url := "http://" + l.Addr().String() + "/"
	opt.Load.BaseURL, opt.ForReview = url, true
	b := &builder{app: a, opt: opt, server: preview.New("/")}
	b.forget()
	watcher, unwatched := preview.NewWatcher(a.sourceDir())
	if unwatched == nil {
		defer watcher.Close()
	}
	b.build(ctx)
	if b.failed != nil {
		return b.failed
	}
	b.up = true
	a.say("Preview of the %s edition: %s  (Ctrl-C stops it)", a.edit, url)

	var group sync.WaitGroup
	if unwatched != nil {
		a.say("note: changes cannot be watched for on this machine (%s); start candour serve again to see them", cause(unwatched))
	} else {
		group.Go(func() {
			watcher.Run(ctx, func(paths []string) {
				for _, p := range paths {
					if !strings.HasPrefix(p, "content/") {
						b.forget() // what pages are judged by has changed
					}
				}
				b.build(ctx)
			})
		})
	}
	err = preview.Listen(ctx, l, b.server)
	cancel()
	group.Wait()
	if ctx.Err() != nil {
		return nil
	}
	return err
}

// idle is how long after a build nothing was saved when there is time to collect garbage.
const idle = 200 * time.Millisecond

// builder builds the preview, one build at a time.
type builder struct {
	app    *app
	opt    build.Options
	server *preview.Server
	failed error // there is nothing to build
	up     bool  // there is somebody to look
	past   *past.Memory
	rest   *time.Timer // collects garbage between two saves rather than during one
}

func (b *builder) forget() {
	b.opt.Load.Cache = load.NewCache()
	b.opt.Vetting = vetting.NewCache()
	b.past = &past.Memory{}
	b.opt.Past = b.past
	b.opt.Seen = audit.NewCache()
}

func (b *builder) build(ctx context.Context) {
	if b.rest != nil {
		b.rest.Stop()
	}
	defer func() { b.rest = time.AfterFunc(idle, runtime.GC) }()
	start := time.Now()
	if b.app.now == "" {
		if now, err := b.app.clock(); err == nil {
			b.opt.Load.Now = now
		}
	}
	out, err := build.Check(ctx, b.opt)
	if ctx.Err() != nil {
		return
	}
	b.failed = nil
	if errors.Is(err, load.ErrUsage) && out.Config == nil && len(out.Findings) == 0 {
		b.failed = err
	}
	b.server.Show(out, err)
	if out.Rendered != nil {
		b.past.Remember(out.Rendered.Record(), out.Rendered.Site())
	}
	if b.failed != nil { // before the preview is up, the command ends with it
		if b.up {
			b.app.say("%v", b.failed)
		}
		return
	}
	b.app.say("built in %d ms: %s, %s", time.Since(start).Milliseconds(), report.Count(out.Findings.Count(diag.Error), "error"), report.Count(out.Findings.Count(diag.Warning), "warning"))
	for _, f := range out.Findings {
		if f.Severity == diag.Error {
			b.app.say("%s", f)
		}
	}
}
