package bench

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

// printLanguages are those of the starter whose PDFs need no fonts but the browser's.
const printLanguages = "en,cy,pl"

// browsers are names of programs that print a page by themselves.
var browsers = []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"}

// PrintRound is one run of each way of making PDFs of the starter's leaflets, one straight after the other.
type PrintRound struct {
	Candour   Sample // candour print, every leaflet in its own sizes of paper and in large print, nothing printed before
	PDFs      int    // that it made
	Unchanged Sample // the same again
	Plain     Sample // one call of the browser a leaflet, one after the other
	Pages     int    // that the browser was called for
}

func (r PrintRound) rate() float64      { return float64(r.PDFs) / r.Candour.Wall.Seconds() }
func (r PrintRound) plainRate() float64 { return float64(r.Pages) / r.Plain.Wall.Seconds() }

// What the program promises of printing.
const (
	printTarget     = 2.0
	unchangedTarget = 0.05
)

// prints measures rounds of printing, after one call of the browser that warms the disk's cache.
func prints(ctx context.Context, o Options) (rounds []PrintRound, err error) {
	browser := ""
	for _, name := range browsers {
		if found, err := exec.LookPath(name); err == nil {
			browser = found
			break
		}
	}
	if browser == "" {
		return nil, errors.New("there is no browser to measure with")
	}
	dir := filepath.Join(o.Work, "print")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	for _, args := range [][]string{{"init", "starter"}, {"build", "--source", "starter", "--output", "site", "--now", Clock, "--quiet"}} {
		if _, err := runQuick(ctx, dir, o.Candour, args...); err != nil {
			return nil, err
		}
	}
	pages, err := leafletPages(filepath.Join(dir, "site"))
	if err != nil {
		return nil, err
	}
	address, stop, err := serveFolder(filepath.Join(dir, "site"))
	if err != nil {
		return nil, err
	}
	defer stop()
	plain := func(page string) (Sample, error) {
		args := []string{"--headless", "--disable-gpu", "--user-data-dir=" + filepath.Join(dir, "profile"), "--no-pdf-header-footer", "--print-to-pdf=" + filepath.Join(dir, "plain.pdf")}
		if os.Geteuid() == 0 {
			args = append(args, "--no-sandbox") // it refuses to start otherwise
		}
		_ = os.Remove(filepath.Join(dir, "plain.pdf"))
		s, err := runTree(ctx, dir, browser, append(args, address+page)...)
		if data, e := os.ReadFile(filepath.Join(dir, "plain.pdf")); err == nil && (e != nil || !bytes.HasPrefix(data, []byte("%PDF"))) {
			err = fmt.Errorf("the browser made no PDF of %s", page)
		}
		return s, err
	}
	if _, err := plain(pages[0]); err != nil {
		return nil, err
	}
	for i := range o.Prints {
		r := PrintRound{Pages: len(pages)}
		for _, page := range pages {
			s, err := plain(page)
			if err != nil {
				return nil, err
			}
			r.Plain = r.Plain.plus(s)
		}
		for _, name := range []string{"made", "cache"} {
			if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
				return nil, err
			}
		}
		for _, into := range []*Sample{&r.Candour, &r.Unchanged} {
			if *into, err = runTree(ctx, dir, o.Candour, "print", "--source", "starter", "--output", "made", "--format", "pdf,large-print", "--language", printLanguages, "--now", Clock, "--quiet"); err != nil {
				return nil, err
			}
		}
		made, err := filepath.Glob(filepath.Join(dir, "made", "*.pdf"))
		if err != nil {
			return nil, err
		}
		r.PDFs = len(made)
		rounds = append(rounds, r)
		fmt.Fprintf(o.Progress, "printing %d of %d: candour %d PDFs in %s, again in %s, the browser %d in %s\n", i+1, o.Prints, r.PDFs, seconds(r.Candour.Wall), seconds(r.Unchanged.Wall), r.Pages, seconds(r.Plain.Wall))
	}
	return rounds, os.RemoveAll(dir)
}

// leafletPages are the paths of the leaflets of a built site.
func leafletPages(site string) ([]string, error) {
	var pages []string
	for lang := range strings.SplitSeq(printLanguages, ",") {
		found, err := filepath.Glob(filepath.Join(site, strings.TrimPrefix(lang, "en"), "leaflets", "*", "*", "index.html"))
		if err != nil {
			return nil, err
		}
		for _, f := range found {
			rel, err := filepath.Rel(site, filepath.Dir(f))
			if err != nil {
				return nil, err
			}
			pages = append(pages, filepath.ToSlash(rel)+"/")
		}
	}
	if len(pages) == 0 {
		return nil, errors.New("the starter has no leaflets")
	}
	return pages, nil
}

// serveFolder serves a folder to this machine alone.
func serveFolder(dir string) (address string, stop func(), err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.FileServer(http.Dir(dir)), ReadHeaderTimeout: time.Minute}
	go func() { _ = server.Serve(listener) }() // until stop closes it
	return "http://" + listener.Addr().String() + "/", func() { _ = server.Close() }, nil
}

func printRatios(rounds []PrintRound, of func(PrintRound) float64) []float64 {
	var out []float64
	for _, r := range rounds {
		out = append(out, of(r))
	}
	return out
}

func printVerdicts(rounds []PrintRound) []Verdict {
	faster := spreadOf(printRatios(rounds, func(r PrintRound) float64 { return r.rate() / r.plainRate() })).Median
	again := spreadOf(printRatios(rounds, func(r PrintRound) float64 { return r.Unchanged.Wall.Seconds() / r.Candour.Wall.Seconds() })).Median
	return []Verdict{
		{fmt.Sprintf("PDFs a second against one call of the browser a page, at least %.1f", printTarget), fmt.Sprintf("%.2f", faster), faster >= printTarget},
		{fmt.Sprintf("printing what has not changed against the first time, under %.2f", unchangedTarget), fmt.Sprintf("%.3f", again), again < unchangedTarget},
	}
}

func printPrints(w io.Writer, rounds []PrintRound) {
	row := func(name string, figures ...[]float64) {
		fmt.Fprintf(w, "| %s |", name)
		for i, f := range figures {
			fmt.Fprintf(w, " %s |", spreadOf(f).format([]string{"%.1f", "%.2f", "%.0f"}[i]))
		}
		fmt.Fprintln(w)
	}
	peak := func(of func(PrintRound) Sample) []float64 {
		return printRatios(rounds, func(r PrintRound) float64 { return float64(of(r).Peak) / 1e6 })
	}
	wall := func(of func(PrintRound) Sample) []float64 {
		return printRatios(rounds, func(r PrintRound) float64 { return of(r).Wall.Seconds() })
	}
	fmt.Fprintf(w, "\nPrinting, %d rounds, %d jobs: %d PDFs by candour, %d by the browser. Each cell: median (least to most).\n", len(rounds), runtime.NumCPU(), rounds[0].PDFs, rounds[0].Pages)
	fmt.Fprint(w, "\n| way | wall, s | PDFs a second | peak memory of all processes, MB |\n| --- | --- | --- | --- |\n")
	candour := func(r PrintRound) Sample { return r.Candour }
	again := func(r PrintRound) Sample { return r.Unchanged }
	plain := func(r PrintRound) Sample { return r.Plain }
	row("candour print", wall(candour), printRatios(rounds, PrintRound.rate), peak(candour))
	row("candour print, nothing changed", wall(again), printRatios(rounds, func(r PrintRound) float64 { return float64(r.PDFs) / r.Unchanged.Wall.Seconds() }), peak(again))
	row("the browser, one call a page", wall(plain), printRatios(rounds, PrintRound.plainRate), peak(plain))
}
