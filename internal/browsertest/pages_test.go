//go:build browser

package browsertest

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestPages(t *testing.T) {
	for _, s := range sites {
		t.Run(s.name, func(t *testing.T) {
			problems, err := s.inspect(s.pages)
			if err != nil {
				t.Fatal(err)
			}
			report(t, problems)
			sample, err := s.sample()
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("%d pages, %d of them in every way", len(s.pages), len(sample))
		})
	}
}

// A page kind that is gone from the starter, or that the sample leaves out, would else pass unlooked at.
func TestEveryKindOfPageIsLookedAt(t *testing.T) {
	everywhere := []string{"/", "404.html", "accessibility", "glossary", "leaflets", "leaflets/…", "leaflets/…/…", "search", "tags", "tags/…", "withheld"}
	inEnglish := []string{"alert-templates", "alert-templates/…", "alerts", "alerts/…", "email.html", "narrative", "narrative/…", "pages", "pages/…", "plans", "plans/…"}
	// What some page of a kind shows in the public edition.
	shown := []string{"alerts/…, live", "alerts/…, withdrawn", "alerts/…, expired", "alerts/…, corrected", "alerts/…, a rumour", "alerts/…, another area", "alert-templates/…, a table",
		"pages/…, a figure", "pages/…, a table of six", "pages/…, words explained", "plans/…, words explained away", "plans/…, something withheld", "leaflets/…/…, contacts to fill in"}
	for _, s := range sites {
		if s.name == "given" {
			continue
		}
		sample, err := s.sample()
		if err != nil {
			t.Fatal(err)
		}
		looked := map[string]bool{}
		for _, p := range sample {
			has, err := s.traits(p)
			if err != nil {
				t.Fatal(err)
			}
			for _, trait := range has {
				looked[trait] = true
			}
		}
		languages := map[string][]string{"en-GB": slices.Concat(everywhere, inEnglish), "cy": everywhere, "pl": everywhere, "ur": everywhere}
		if s.again {
			clear(languages)
		}
		for lang, kinds := range languages {
			for _, kind := range kinds {
				if !looked[lang+" "+kind] {
					t.Errorf("the %s edition has no page of %s in %s that is looked at in every way", s.name, kind, lang)
				}
			}
		}
		for _, part := range shown {
			if !s.again && !looked["en-GB "+part] {
				t.Errorf("no page is looked at in every way that is: %s", part)
			}
		}
	}
}

// inspect looks at pages in a few tabs side by side.
func (s *site) inspect(pages []string) (problems []problem, err error) {
	sample, err := s.sample()
	if err != nil {
		return nil, err
	}
	srv, err := s.serve()
	if err != nil {
		return nil, err
	}
	var (
		mu   sync.Mutex
		wg   sync.WaitGroup
		todo = make(chan string)
	)
	for range min(runtime.NumCPU(), 4, len(pages)) {
		t, cancel, e := browser.newTab()
		if e != nil {
			err = errors.Join(err, e)
			break
		}
		wg.Go(func() {
			defer cancel()
			for page := range todo {
				var found []problem
				if slices.Contains(sample, page) {
					found = t.inspect(page, srv.base)
				} else {
					found = t.glance(page, srv.base)
				}
				mu.Lock()
				problems = append(problems, found...)
				mu.Unlock()
			}
		})
	}
	if err == nil {
		for _, page := range pages {
			todo <- page
		}
	}
	close(todo)
	wg.Wait()
	missing, closeErr := srv.close()
	return append(problems, missing...), errors.Join(err, closeErr)
}

// finding is what js/checks.js returns: a rule and where it is broken.
type finding [2]string

var (
	phone   = look{width: 320, height: 640}
	zoomed  = look{width: 320, height: 256, scale: 4} // a window of 1280 by 1024 at 400 %
	desktop = look{width: 1280, height: 900}
	paper   = look{width: 718, height: 1000, media: "print"} // A4 less its margins
	dark    = look{width: 1280, height: 900, dark: true}
	forced  = look{width: 1280, height: 900, forced: true}
	noJS    = look{width: 1280, height: 900, noScript: true}
)

const contrast = `candourChecks.axe(["color-contrast", "link-in-text-block"])`

// views are the ways in which every page is looked at, with what is asked each time.
var views = []struct {
	mode string
	look look
	asks []string
}{
	{"desktop", desktop, []string{`candourChecks.axe()`, `candourChecks.width()`, `candourChecks.motion()`}},
	{"dark", dark, []string{contrast}},
	{"forced colours", forced, []string{contrast}},
	{"paper", paper, []string{contrast, `candourChecks.paper()`, `candourChecks.width()`}},
	{"zoom", zoomed, []string{`candourChecks.width()`, `candourChecks.fixed()`}},
	{"phone", phone, []string{`candourChecks.axe()`, `candourChecks.width()`, `candourChecks.fixed()`}},
	{"phone with text spacing", phone, []string{`candourChecks.spaceText()`, `candourChecks.width()`}}, // last: it changes the page
}

// inspect looks at one page in every way. What goes wrong on the way is a problem of that page.
func (t *tab) inspect(page, base string) (problems []problem) {
	ctx, cancel := context.WithTimeout(t.ctx, pageLimit)
	defer cancel()
	t = &tab{ctx, t.inject}
	broken := func(mode string, err error) problem { return problem{page, mode, "not-looked-at", err.Error()} }

	stop := t.overhear(page, base)
	defer func() { problems = append(problems, stop()...) }()
	if err := errors.Join(t.emulate(desktop), t.open(base+page)); err != nil {
		return append(problems, broken("desktop", err))
	}
	problems = append(problems, t.loaded(page)...)
	substance, err := ask[[]string](t, `candourChecks.substance()`)
	if err != nil {
		return append(problems, broken("desktop", err))
	}
	for _, mode := range []struct {
		name string
		look look
	}{{"keyboard", desktop}, {"keyboard in forced colours", forced}} {
		found, err := t.keyboard(base+page, mode.look)
		if err != nil {
			problems = append(problems, broken(mode.name, err))
		}
		problems = append(problems, named(page, mode.name, found)...)
	}
	for _, v := range views {
		if v.mode == "dark" && strings.HasSuffix(page, "/email.html") {
			continue // it names no colour: the browser's dark ones, which axe does not know, are its own
		}
		if err := t.emulate(v.look); err != nil {
			problems = append(problems, broken(v.mode, err))
			continue
		}
		for _, question := range v.asks {
			if question == `candourChecks.spaceText()` {
				if _, err := ask[int](t, question); err != nil {
					problems = append(problems, broken(v.mode, err))
				}
				continue
			}
			found, err := ask[[]finding](t, question)
			if err != nil {
				problems = append(problems, broken(v.mode, err))
			}
			problems = append(problems, named(page, v.mode, found)...)
		}
	}
	late, err := ask[[]finding](t, `candourBlocked`)
	if err != nil {
		problems = append(problems, broken("any", err))
	}
	problems = append(problems, named(page, "any", late)...)
	without, err := t.withoutScripts(base + page)
	if err != nil {
		problems = append(problems, broken("no scripts", err))
	}
	for _, s := range substance {
		if err == nil && !slices.Contains(without, s) {
			problems = append(problems, problem{page, "no scripts", "needs-scripts", s})
		}
	}
	return problems
}

// loaded judges what loading a page did.
func (t *tab) loaded(page string) (problems []problem) {
	for _, question := range []string{`candourBlocked`, `candourChecks.shift()`, `candourChecks.cookies()`} {
		found, err := ask[[]finding](t, question)
		if err != nil {
			problems = append(problems, problem{page, "any", "not-looked-at", err.Error()})
		}
		problems = append(problems, named(page, "any", found)...)
	}
	return problems
}

// glance is for pages of a kind that is looked at in every way on another page: what an author can do wrong, on a phone.
func (t *tab) glance(page, base string) (problems []problem) {
	ctx, cancel := context.WithTimeout(t.ctx, pageLimit)
	defer cancel()
	t = &tab{ctx, t.inject}
	stop := t.overhear(page, base)
	defer func() { problems = append(problems, stop()...) }()
	if err := errors.Join(t.emulate(phone), t.open(base+page)); err != nil {
		return []problem{{page, "phone", "not-looked-at", err.Error()}}
	}
	problems = t.loaded(page)
	for _, question := range []string{`candourChecks.axe()`, `candourChecks.width()`} {
		found, err := ask[[]finding](t, question)
		if err != nil {
			problems = append(problems, problem{page, "phone", "not-looked-at", err.Error()})
		}
		problems = append(problems, named(page, "phone", found)...)
	}
	return problems
}

func named(page, mode string, found []finding) []problem {
	var out []problem
	for _, f := range found {
		out = append(out, problem{page, mode, f[0], f[1]})
	}
	return out
}

// keyboard presses Tab from the start of the page until it comes round. It loads the page, since a browser remembers where
// the keyboard was even when nothing has the focus.
func (t *tab) keyboard(url string, l look) ([]finding, error) {
	if err := errors.Join(t.emulate(l), t.open(url)); err != nil {
		return nil, err
	}
	expected, err := ask[int](t, `candourChecks.watch()`)
	if err != nil {
		return nil, err
	}
	var out []finding
	for range 2*expected + 20 {
		if err := chromedp.Do(t.ctx, chromedp.KeyEvent("\t")); err != nil {
			return out, err
		}
		state, err := ask[struct {
			Done     bool      `json:"done"`
			Problems []finding `json:"problems"`
		}](t, `candourChecks.focused()`)
		if err != nil {
			return out, err
		}
		out = append(out, state.Problems...)
		if state.Done {
			break
		}
	}
	unreached, err := ask[[]finding](t, `candourChecks.unreached()`)
	return append(out, unreached...), err
}

func (t *tab) withoutScripts(url string) ([]string, error) {
	if err := errors.Join(t.emulate(noJS), t.open(url)); err != nil {
		return nil, fmt.Errorf("without scripts: %w", err)
	}
	return ask[[]string](t, `candourChecks.substance()`)
}
