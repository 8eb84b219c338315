package pdf

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// printed is what the browser made, and what it had before it.
type printed struct {
	raw                  []byte
	size                 float64 // of the letters, in points
	least                int     // pages that it takes, if no page ends early
	text                 string  // what the page shows on paper
	title, lang, summary string
	links                []Anchor
	blanks               []string
	coarse               []CoarseImage
}

// Anchor is a link of the page, in the order of the page.
type Anchor struct {
	URL  string `json:"url"`
	Text string `json:"text"`
}

// prepare.js lays the page out for its paper and says what is on it.
//
//go:embed prepare.js
var prepareJS string

const (
	inch    = 25.4 // millimetres
	cssInch = 96   // CSS pixels
)

// print prints a page as the browser does it. An error that is errBrowserLost may be tried again.
func (b *Browser) print(ctx context.Context, job Job, f format, sizes []float64) (printed, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if job.Site.Find(job.Path) == nil {
		return printed{}, errors.New("its page is not in the site")
	}
	if b.printed >= b.recycle {
		b.close()
	}
	if err := b.start(ctx); err != nil {
		return printed{}, err
	}
	base := strings.TrimSuffix(job.Base, "/") + "/"
	b.site.set(base, job.Site)
	defer b.site.set("", job.Site)
	limited, cancel := context.WithTimeout(b.ctx, b.waits.page)
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	p, err := b.onPaper(limited, base+strings.TrimSuffix(job.Path, "index.html"), job, f, sizes)
	b.printed++
	var refused *refusedError
	switch {
	case err == nil || errors.As(err, &refused):
		return p, err
	case ctx.Err() != nil:
		b.close()
		return printed{}, ctx.Err()
	}
	b.close()
	return printed{}, fmt.Errorf("%w (%s)", errBrowserLost, b.path)
}

// refusedError is a fault of the job, not of the browser.
type refusedError struct{ what string }

func (e *refusedError) Error() string { return e.what }

func (b *Browser) onPaper(ctx context.Context, address string, job Job, f format, sizes []float64) (printed, error) {
	// The page is laid out as wide as it will be on the paper, so that pictures can be measured.
	width := int64((f.width - 2*f.margin) / inch * cssInch)
	if _, err := chromedp.Call(ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{Width: width, Height: 1200, DeviceScaleFactor: 1}); err != nil {
		return printed{}, err
	}
	media := emulation.SetEmulatedMediaParams{Media: "print", Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: "light"}}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
		return printed{}, err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return printed{}, err
	}
	given, err := json.Marshal(map[string]any{"paper": f.data, "sizes": sizes, "most": f.most, "set": job.Set, "width": f.width, "height": f.height, "margin": f.margin})
	if err != nil {
		return printed{}, err
	}
	said, err := chromedp.Run(ctx, chromedp.Evaluate[string]("("+prepareJS+")("+string(given)+")", chromedp.EvalAwaitPromise))
	if err != nil {
		return printed{}, err
	}
	var page struct {
		Text, Title, Lang, Summary string
		Size                       float64
		Least                      int
		Links                      []Anchor
		Images                     []struct {
			URL           string
			Dots, Printed float64
		}
		Unknown, Broken, Blanks []string
	}
	if err := json.Unmarshal([]byte(said), &page); err != nil {
		return printed{}, err
	}
	if len(page.Unknown) > 0 {
		slices.Sort(page.Unknown)
		return printed{}, &refusedError{"there is no blank on it for " + strings.Join(page.Unknown, ", ")}
	}
	if len(page.Broken) > 0 {
		return printed{}, &refusedError{"a picture on it cannot be shown: " + strings.Join(page.Broken, ", ")}
	}
	p := printed{size: page.Size, least: page.Least, text: page.Text, title: page.Title, lang: page.Lang, summary: page.Summary, links: page.Links, blanks: page.Blanks}
	for _, image := range page.Images {
		if dpi := int(image.Dots / (image.Printed / cssInch)); dpi < LeastDPI {
			p.coarse = append(p.coarse, CoarseImage{strings.TrimPrefix(image.URL, strings.TrimSuffix(job.Base, "/")+"/"), dpi})
		}
	}
	margin := f.margin / inch
	p.raw, err = chromedp.Run(ctx, chromedp.PrintToPDF(chromedp.PDFPaper(chromedp.PaperSize{Width: f.width / inch, Height: f.height / inch}),
		chromedp.PDFMargin(margin), chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFOutlineAndTagged(), chromedp.PDFStream()))
	return p, err
}
