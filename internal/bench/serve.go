package bench

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"time"
)

const (
	pollEvery  = 2 * time.Millisecond
	startLimit = 2 * time.Minute
	saveLimit  = 30 * time.Second
)

// saves starts candour serve and measures, for one save after the other, the time from saving a page to the moment at which a
// browser that was told of the change, by the event that the preview's script listens to, has the new page.
func (b bench) saves(ctx context.Context) (waits []time.Duration, err error) {
	addr, err := freeAddress()
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	cmd := exec.CommandContext(ctx, b.Candour, "serve", "--source", b.source(), "--addr", addr, "--now", Clock)
	cmd.Dir = b.source()
	cmd.Env = environment()
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 10 * time.Second
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	ended := make(chan error, 1)
	go func() { ended <- cmd.Wait() }()
	defer func() {
		cancel()
		<-ended
		if err != nil {
			err = fmt.Errorf("%w\n%s", err, tail(said.Bytes()))
		}
	}()

	page := b.corpus.Pages / 2
	url := "http://" + addr + "/plans/" + Slug(page) + "/"
	if _, err := waitFor(ctx, url, "Preparedness plan", startLimit, ended); err != nil {
		return nil, err
	}
	told, err := listen(ctx, "http://"+addr+"/-candour/events")
	if err != nil {
		return nil, err
	}
	for n := range b.Saves + 1 {
		words := fmt.Sprintf("save number %d of many", n)
		start := time.Now()
		if err := b.corpus.Change(b.source(), page, words); err != nil {
			return nil, err
		}
		shown, err := reloaded(ctx, told, url, words, ended)
		if err != nil {
			return nil, err
		}
		if n > 0 { // the first warms up
			waits = append(waits, shown.Sub(start))
		}
	}
	return waits, nil
}

// listen takes up the preview's events as a browser does, and passes on every one that says to load the page again.
func listen(ctx context.Context, url string) (<-chan struct{}, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	lines := bufio.NewScanner(resp.Body)
	if !lines.Scan() || lines.Text() != "event: version" {
		return nil, errors.Join(errors.New("the server sends no events"), resp.Body.Close())
	}
	told := make(chan struct{}, 1)
	go func() {
		defer resp.Body.Close()
		for lines.Scan() {
			if lines.Text() == "event: reload" {
				select {
				case told <- struct{}{}:
				default: // one that nobody has looked at yet says as much
				}
			}
		}
	}()
	return told, nil
}

// reloaded asks for the page at every event, and returns when it held the words.
func reloaded(ctx context.Context, told <-chan struct{}, url, words string, ended chan error) (time.Time, error) {
	limit := time.After(saveLimit)
	for {
		select {
		case <-told:
		case <-limit:
			return time.Time{}, fmt.Errorf("%s did not show %q within %s", url, words, saveLimit)
		case err := <-ended:
			ended <- err // for whoever waits for the end
			return time.Time{}, errors.Join(errors.New("the server stopped"), err)
		case <-ctx.Done():
			return time.Time{}, ctx.Err()
		}
		body, err := get(ctx, url)
		if err != nil {
			return time.Time{}, err
		}
		if strings.Contains(body, words) {
			return time.Now(), nil
		}
	}
}

// waitFor asks for the page until it holds the words, and returns when that was.
func waitFor(ctx context.Context, url, words string, limit time.Duration, ended chan error) (time.Time, error) {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	ticker := time.NewTicker(pollEvery)
	defer ticker.Stop()
	for {
		if body, err := get(ctx, url); err == nil && strings.Contains(body, words) {
			return time.Now(), nil
		}
		select {
		case <-ctx.Done():
			return time.Time{}, fmt.Errorf("%s did not show %q within %s", url, words, limit)
		case err := <-ended:
			ended <- err // for whoever waits for the end
			return time.Time{}, errors.Join(errors.New("the server stopped"), err)
		case <-ticker.C:
		}
	}
}

func get(ctx context.Context, url string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return "", err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	return string(body), err
}

// freeAddress is a loopback address that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// version is the first line that a program prints for "version".
func version(ctx context.Context, program string) (string, error) {
	out, err := exec.CommandContext(ctx, program, "version").Output()
	if err != nil {
		return "", fmt.Errorf("%s version: %w", program, err)
	}
	first, _, _ := strings.Cut(string(out), "\n")
	return strings.TrimSpace(first), nil
}
