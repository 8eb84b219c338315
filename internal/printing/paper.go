package printing

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"candour/internal/diag"
	"candour/internal/pdf"
)

// Sheets say how a leaflet is put on sheets for a printer. The zero value leaves it as it is.
type Sheets struct {
	Copies  int
	Booklet bool
	Marks   bool
	Bleed   float64 // millimetres
}

// Check refuses what does not go together.
func (s Sheets) Check() error {
	switch {
	case s.Copies != 0 && s.Copies != 1 && s.Copies != 2 && s.Copies != 4:
		return wrong("--copies-per-sheet is 1, 2 or 4")
	case s.Booklet && s.Copies != 0:
		return wrong("--booklet and --copies-per-sheet do not go together: a booklet has two pages on each side of a sheet")
	case s.Bleed != 0 && !s.Marks:
		return wrong("--bleed goes with --crop-marks")
	case s.Bleed < 0 || s.Bleed > 10:
		return wrong("--bleed is 0 to 10 millimetres")
	}
	return nil
}

// suffix is what sheets add to the name of a file; "" where pages stay as they are.
func (s Sheets) suffix() string {
	switch {
	case s.Booklet:
		return "-booklet"
	case s.Copies > 1:
		return fmt.Sprintf("-%d-to-a-sheet", s.Copies)
	case s.Marks:
		return "-crop-marks"
	}
	return ""
}

// browsers are those that no task uses at the moment. There are as many as there are tasks at once.
type browsers struct {
	mu   sync.Mutex
	idle []*pdf.Browser
	all  []*pdf.Browser
}

// first finds the browser and starts it once: a program that is no browser, or too old a one, is not started anew for every
// leaflet.
func (m *maker) first(ctx context.Context) (*pdf.Browser, error) {
	b, err := pdf.Find(m.opt.Browser)
	if err != nil {
		return nil, err
	}
	if err := b.Start(ctx); err != nil {
		return nil, err
	}
	m.pool.mu.Lock()
	defer m.pool.mu.Unlock()
	m.pool.idle, m.pool.all = append(m.pool.idle, b), append(m.pool.all, b)
	return b, nil
}

// take returns a browser for one task, and how to give it back.
func (m *maker) take() (*pdf.Browser, func(), error) {
	found, err := m.browser()
	if err != nil {
		return nil, nil, err
	}
	m.pool.mu.Lock()
	defer m.pool.mu.Unlock()
	var b *pdf.Browser
	if n := len(m.pool.idle); n > 0 {
		b, m.pool.idle = m.pool.idle[n-1], m.pool.idle[:n-1]
	} else {
		b = found.Another()
		m.pool.all = append(m.pool.all, b)
	}
	return b, func() {
		m.pool.mu.Lock()
		defer m.pool.mu.Unlock()
		m.pool.idle = append(m.pool.idle, b)
	}, nil
}

// close ends every browser. No task runs any more.
func (m *maker) close() {
	for _, b := range m.pool.all {
		b.Close()
	}
}

// pdf prints a page. What is too long for its paper is not made: half a warning is worse than a larger sheet.
func (m *maker) pdf(ctx context.Context, t task) ([]byte, diag.List, error) {
	browser, give, err := m.take()
	if err != nil {
		return nil, nil, err
	}
	defer give()
	edition := m.opt.Audited.Edition()
	name := t.page.File(t.format)
	result, err := pdf.Make(ctx, pdf.Job{Browser: browser, Site: m.opt.Audited.Site(), Base: strings.TrimSuffix(edition.BaseURL, "/") + "/", Path: t.page.Path,
		Name: t.page.Title, Variant: pdf.Variant(t.format.Name), Clock: m.dated(t.page)})
	if err != nil {
		return nil, nil, err
	}
	at := diag.Pos{File: t.page.Source}
	if o := result.Overflow; o != nil {
		hint := "shorten the leaflet"
		if o.Next != "" {
			hint += fmt.Sprintf(", or ask for %s instead", o.Next)
		}
		return nil, diag.List{diag.New(diag.PaperTooSmall, at, hint, "%s was not made: %v", name, o)}, nil
	}
	var found diag.List
	for _, c := range result.Coarse {
		found.Add(diag.New(diag.ImageCoarse, at, fmt.Sprintf("use a picture of %d dots an inch or more at this size", pdf.LeastDPI), "%s has %d dots an inch in %s", c.Path, c.DPI, name))
	}
	if !t.imposed {
		return result.PDF, found, nil
	}
	how := pdf.Imposition{Copies: m.opt.Sheets.Copies, Booklet: m.opt.Sheets.Booklet, Marks: m.opt.Sheets.Marks, Bleed: m.opt.Sheets.Bleed, RightToLeft: t.page.RightToLeft()}
	if how.Copies == 0 && !how.Booklet {
		how.Copies = 1
	}
	data, err := pdf.Impose(result.PDF, how, pdf.About{Title: t.page.Title, Lang: t.page.Lang, Clock: m.dated(t.page)})
	return data, found, err
}
