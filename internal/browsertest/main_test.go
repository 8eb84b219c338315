//go:build browser

package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"testing"
)

// What the tests share: one browser process, and the sites as they were built once.
var (
	browser *chromium
	sites   []*site
)

func TestMain(m *testing.M) { os.Exit(withBrowser(m)) }

func withBrowser(m *testing.M) (code int) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	temp, err := os.MkdirTemp("", "candour-browsertest-")
	if err != nil {
		return fail(err)
	}
	defer os.RemoveAll(temp)

	if sites, err = starterSites(ctx, temp); err != nil {
		return fail(err)
	}
	if browser, err = startChromium(ctx, temp); err != nil {
		return fail(fmt.Errorf("chromium does not start (make setup installs it): %w", err))
	}
	defer func() {
		if err := browser.close(); err != nil && !errors.Is(err, context.Canceled) {
			code = fail(fmt.Errorf("chromium did not close well: %w", err))
		}
	}()
	return m.Run()
}

func fail(err error) int {
	fmt.Fprintln(os.Stderr, "browsertest:", err)
	return 1
}
