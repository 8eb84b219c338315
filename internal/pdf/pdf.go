// Package pdf makes accessible PDF files (PDF/UA-1, ISO 14289-1) of finished pages, by a browser that is on the machine.
//
// Reach for [Find], which says what to install where there is no browser, then [Make] for one page on one paper. A worker
// has a [Browser] of its own and closes it; a browser starts when it is first needed. [Impose] puts pages on sheets for a printer.
//
// The browser is given the files of a site in memory, at the site's own address, and nothing else: it asks no network,
// and no port is opened that somebody else on the machine could read a page from. What it prints lacks a good deal of what
// PDF/UA wants; [Mend] adds that, and [Check] reads the result again. A file that does not pass is no result.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"candour/internal/output"
)

// Variant is a way of putting a page on paper. Its text is what a user types.
type Variant string

const (
	A3       Variant = "a3" // poster
	A4       Variant = "a4"
	A5       Variant = "a5"
	A6       Variant = "a6"          // card
	A4Large  Variant = "large-print" // A4, 18 point at least, laid out anew and not magnified
	EasyRead Variant = "easy-read"   // A4, large, picture and sentence side by side
)

// Variants are all there are, in the order in which to list them.
var Variants = []Variant{A3, A4, A5, A6, A4Large, EasyRead}

// format is what a variant means.
type format struct {
	width, height float64 // of the paper, in millimetres
	margin        float64 // in millimetres, on each side
	data          string  // value of data-print on <html>, for the style sheet
	most          int     // pages that it should not go beyond; 0: any number
	next          Variant // the next larger one
	sizes         []float64
}

// formats: a card and a poster are one sheet, an A5 leaflet is one sheet of A4 folded. What would not fit is tried in
// smaller letters, down to the smallest that can be read at the distance at which such a paper is held.
var formats = map[Variant]format{
	A3:       {297, 420, 15, "a3", 1, "", []float64{34, 32, 30, 28, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16, 15}},
	A4:       {210, 297, 15, "a4", 4, "", []float64{11, 10.5, 10, 9.5}},
	A5:       {148, 210, 11, "a5", 4, A4, []float64{10, 9.5, 9}},
	A6:       {105, 148, 6, "a6", 2, A5, []float64{9.5, 9, 8.5, 8}},
	A4Large:  {210, 297, 15, "large", 0, "", []float64{18}},
	EasyRead: {210, 297, 15, "easy", 0, "", []float64{18}},
}

// Valid reports whether the variant is one of [Variants].
func (v Variant) Valid() bool { return formats[v].width > 0 }

// Job is one page on one paper.
type Job struct {
	Browser *Browser // of this worker; a browser prints one page at a time
	Site    output.Site
	Base    string // the site's address, with the slash at its end: links in the PDF lead there
	Path    string // of the page's file in Site, such as "leaflets/festival/organisers/index.html"
	Name    string // of the leaflet, for messages
	Variant Variant
	Lang    string    // BCP 47; "" takes what the page says
	Clock   time.Time // for the dates in the file
	// Set fills the blanks of the page (contact slots) by their label or id. The caller has checked the values, and
	// checks the PDF again: they are in it.
	Set map[string]string
}

// Result is a finished PDF, which has passed [Check].
type Result struct {
	PDF   []byte
	Pages int
	// Overflow is set where the page is too long for its paper. The PDF is whole all the same.
	Overflow *Overflow
	Coarse   []CoarseImage // pictures that will look coarse on this paper

	size  float64 // of the letters, in points
	least int     // pages that it takes, if no page ends early
}

// Overflow says by how much a page is too long for its paper.
type Overflow struct {
	Variant Variant
	Most    int     // pages that there should be at most
	Lines   int     // of text on the pages beyond
	Next    Variant // the size to use instead; "" where there is none
}

func (o Overflow) String() string {
	pages := "one page"
	if o.Most > 1 {
		pages = fmt.Sprintf("%d pages", o.Most)
	}
	lines := "one line"
	if o.Lines != 1 {
		lines = fmt.Sprintf("%d lines", o.Lines)
	}
	return fmt.Sprintf("it is too long for %s of %s, by %s", pages, strings.ToUpper(string(o.Variant)), lines)
}

// CoarseImage is a picture with too few dots for the size in which it is printed.
type CoarseImage struct {
	Path string // of the site
	DPI  int    // dots per inch
}

// LeastDPI is what a printed picture should have; below it the dots can be seen at reading distance.
const LeastDPI = 150

// UnreadableError says that text of the page could not be read out of the PDF: a screen reader would be silent there.
type UnreadableError struct {
	Characters []rune // the first of them, sorted; none where it cannot be told which they are
	Missing    bool   // no font on this machine has them; else the browser did not say which letters it drew
}

func (e *UnreadableError) Error() string {
	var list []string
	for _, r := range e.Characters {
		list = append(list, fmt.Sprintf("%q (U+%04X)", r, r))
	}
	what := strings.Join(list, ", ")
	if what == "" {
		what = "a part of the text"
	}
	if e.Missing {
		return "no font on this machine has the character " + what
	}
	return "the browser does not write into a PDF which letters it draws for " + what + ", so that nobody could hear, search or copy the text"
}

// UnsoundError says that a PDF does not meet PDF/UA-1 after all that could be mended.
type UnsoundError struct{ Faults []Fault }

func (e *UnsoundError) Error() string {
	var list []string
	for _, f := range e.Faults {
		list = append(list, f.String())
	}
	return "the PDF would not be accessible: " + strings.Join(list, "; ")
}

// Make prints one page. A browser that crashes or hangs is started afresh, once. Errors name the leaflet; where the fault
// is the leaflet's, it is an [UnreadableError] or an [UnsoundError], and where there is no browser that would do, a
// [NoBrowserError], a [StartError] or a [TooOldError].
func Make(ctx context.Context, job Job) (result Result, err error) {
	defer func() {
		if p := recover(); p != nil { // pdfcpu on an object that nobody expected
			result, err = Result{}, fmt.Errorf("%s: the PDF could not be taken apart", job.Name)
		}
	}()
	f := formats[job.Variant]
	if f.width == 0 {
		return Result{}, fmt.Errorf("%s: no such paper: %q", job.Name, job.Variant)
	}
	sizes := f.sizes
	for i := 0; len(sizes) > 0; i++ {
		r, err := makeAt(ctx, job, f, sizes)
		if err != nil {
			return Result{}, fmt.Errorf("%s: %w", job.Name, err)
		}
		if i == 0 || r.Pages < result.Pages || r.Overflow != nil && result.Overflow != nil && r.Overflow.Lines < result.Overflow.Lines {
			result = r
		}
		if r.Pages <= r.least {
			break
		}
		sizes = sizes[slices.Index(sizes, r.size)+1:]
	}
	return result, nil
}

// makeAt prints a page in letters of one of the sizes, which are from large to small: the first that seems to take the fewest
// pages.
func makeAt(ctx context.Context, job Job, f format, sizes []float64) (Result, error) {
	p, err := job.Browser.print(ctx, job, f, sizes)
	for again := true; err != nil && again && ctx.Err() == nil; again = false {
		if !errors.Is(err, errBrowserLost) {
			return Result{}, err
		}
		p, err = job.Browser.print(ctx, job, f, sizes)
	}
	if err != nil {
		return Result{}, err
	}
	if err := readable(p.raw, p.text); err != nil {
		return Result{}, err
	}
	about := About{Title: p.title, Lang: p.lang, Summary: p.summary, Clock: job.Clock, Links: p.links, Blanks: p.blanks, Text: p.text}
	if job.Lang != "" {
		about.Lang = job.Lang
	}
	mended, err := Mend(p.raw, about)
	if err != nil {
		return Result{}, err
	}
	faults, err := Check(mended)
	if err != nil {
		return Result{}, err
	}
	if len(faults) > 0 {
		return Result{}, &UnsoundError{faults}
	}
	result := Result{PDF: mended, Coarse: p.coarse, size: p.size, least: p.least}
	var lines []int
	if lines, err = linesOfPages(mended); err != nil {
		return Result{}, err
	}
	result.Pages = len(lines)
	if f.most > 0 && result.Pages > f.most {
		o := &Overflow{Variant: job.Variant, Most: f.most, Next: f.next}
		for _, n := range lines[f.most:] {
			o.Lines += n
		}
		result.Overflow = o
	}
	return result, nil
}
