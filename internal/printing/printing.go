// Package printing makes leaflets in formats other than a web page. It goes on where the build of a site ends:
//
//	audited pages -> formats -> audited again -> written
//
// Reach for [Pages] and [Select], then for [Make], then for [Write]. What is written has passed an audit of its own
// (audit.Made): nothing else can be handed to Write.
package printing

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"candour/internal/audit"
	"candour/internal/braille"
	"candour/internal/diag"
	"candour/internal/epub"
	"candour/internal/leaflet"
	"candour/internal/output"
	"candour/internal/pdf"
	"candour/internal/plaintext"
	"candour/internal/render"
	"candour/internal/speech"
	"candour/internal/tool"
)

// Options say what to make.
type Options struct {
	Watch    *audit.Watch
	Audited  *audit.Audited
	Pages    []*Page
	Wish     Wish
	Site     []string // formats that candour.toml asks for, of every leaflet
	Jobs     int      // how many at once; 0 for one a processor
	Clock    time.Time
	Browser  string // the program or its name; "" for whichever is found
	Sheets   Sheets
	Earlier  Earlier            // what an earlier run made; may be nil
	Progress func(done, of int) // called in turn; may be nil
}

// Result is what was made. What was not is told by Found, file by file; the rest is there all the same.
type Result struct {
	Made    []*Item
	Found   diag.List
	Machine bool // something was not made because of this machine: a program is missing, or failed
}

// Item is a leaflet in a format, audited.
type Item struct {
	Page   *Page
	Format Format
	Made   *audit.Made
	key    render.Key // of what it was made from; nought where it is to be made again
}

// task is one leaflet in one format.
type task struct {
	page    *Page
	format  Format
	imposed bool // on sheets for a printer
}

// Make makes every leaflet in every format that is asked for. An error means that nothing could be made at all, or that the
// context has ended.
func Make(ctx context.Context, opt Options) (*Result, error) {
	m := &maker{opt: opt, voice: sync.OnceValues(speech.Find), braille: sync.OnceValues(braille.Find), machine: sync.OnceValue(func() string { return machine(opt.Browser) })}
	defer m.close()
	var tasks []task
	for _, p := range opt.Pages {
		for _, f := range opt.Wish.of(p.Formats, opt.Site) {
			t := task{page: p, format: f}
			if suffix := opt.Sheets.suffix(); suffix != "" && f.IsPaper() {
				t.format.Suffix, t.imposed = f.Suffix+suffix, true
			}
			tasks = append(tasks, t)
		}
	}
	type outcome struct {
		made    *audit.Made
		key     render.Key
		found   diag.List
		machine bool
	}
	outcomes := make([]outcome, len(tasks))
	jobs := opt.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	group, gctx := errgroup.WithContext(ctx)
	group.SetLimit(jobs)
	m.browser = sync.OnceValues(func() (*pdf.Browser, error) { return m.first(gctx) })
	var mu sync.Mutex
	done := 0
	for i, t := range tasks {
		group.Go(func() error {
			made, key, found, err := m.make(gctx, t)
			if gctx.Err() != nil {
				return gctx.Err()
			}
			o := outcome{made: made, key: key, found: found}
			if err != nil {
				finding, machine := told(t, err)
				o.found.Add(finding)
				o.machine = machine
			}
			outcomes[i] = o
			mu.Lock()
			defer mu.Unlock()
			done++
			if opt.Progress != nil {
				opt.Progress(done, len(tasks))
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	r := &Result{}
	for i, o := range outcomes {
		r.Found.Add(o.found...)
		r.Machine = r.Machine || o.machine
		if o.made != nil {
			r.Made = append(r.Made, &Item{tasks[i].page, tasks[i].format, o.made, o.key})
		}
	}
	r.Found.Sort()
	return r, nil
}

// maker holds what several tasks share.
type maker struct {
	opt     Options
	voice   func() (*speech.Voice, error)
	browser func() (*pdf.Browser, error)
	pool    browsers
	braille func() (*braille.Translator, error)
	machine func() string
}

// make is the path of one file: the audited page, the format, its own audit. What an earlier run made of the same is audited
// like what is made now.
func (m *maker) make(ctx context.Context, t task) (*audit.Made, render.Key, diag.List, error) {
	var key render.Key
	if m.opt.Earlier != nil {
		key = m.key(t, sayings(m.opt.Audited.Cleared().Repo().Speech().For(t.page.Lang)))
		if data, ok := m.opt.Earlier.File(t.page.At, t.page.File(t.format), key); ok {
			made, found, err := m.opt.Watch.Made(ctx, m.opt.Audited, output.File{Path: t.page.File(t.format), Data: data, Source: t.page.Source})
			return made, key, found, err
		}
	}
	data, found, err := m.data(ctx, t)
	if err != nil || data == nil {
		return nil, key, found, err
	}
	if len(found) > 0 {
		key = render.Key{}
	}
	made, more, err := m.opt.Watch.Made(ctx, m.opt.Audited, output.File{Path: t.page.File(t.format), Data: data, Source: t.page.Source})
	found.Add(more...)
	return made, key, found, err
}

func (m *maker) data(ctx context.Context, t task) ([]byte, diag.List, error) {
	sheet, err := leaflet.Read(t.page.HTML, t.page.Address)
	if err != nil {
		return nil, nil, err
	}
	w := sayings(m.opt.Audited.Cleared().Repo().Speech().For(sheet.Lang))
	switch t.format.Name {
	case "text":
		return plaintext.Make(sheet), nil, nil
	case "epub":
		data, err := epub.Make(sheet, w.epub, m.dated(t.page))
		return data, nil, err
	case "braille":
		translator, err := m.braille()
		if err != nil {
			return nil, nil, err
		}
		// Contracted Braille does not always read back as it was written: its words are audited before they are contracted.
		name := t.page.File(Format{Ext: ".txt"})
		words, found, err := m.opt.Watch.Made(ctx, m.opt.Audited, output.File{Path: name, Data: plaintext.Make(sheet), Source: t.page.Source})
		if err != nil || words == nil {
			return nil, found, err
		}
		data, err := translator.Make(ctx, sheet)
		return data, found, err
	case "audio-script":
		return speech.Script(sheet, w.speech), nil, nil
	case "audio":
		return m.audio(ctx, t, sheet, w)
	}
	if t.format.Name == string(pdf.EasyRead) {
		if err := checkEasy(sheet); err != nil {
			return nil, nil, err
		}
	}
	return m.pdf(ctx, t)
}

// audio makes a recording of a script that has passed its own audit: what is heard cannot be searched afterwards.
func (m *maker) audio(ctx context.Context, t task, sheet *leaflet.Sheet, w said) ([]byte, diag.List, error) {
	voice, err := m.voice()
	if err != nil {
		return nil, nil, err
	}
	name := t.page.File(Format{Suffix: "-audio-script", Ext: ".txt"})
	script, found, err := m.opt.Watch.Made(ctx, m.opt.Audited, output.File{Path: name, Data: speech.Script(sheet, w.speech), Source: t.page.Source})
	if err != nil || script == nil {
		return nil, found, err
	}
	data, err := voice.Speak(ctx, script.File().Data, speech.Info{Title: sheet.Title, Lang: sheet.Lang, Publisher: sheet.Publisher, Address: sheet.Address}, w.speech)
	return data, found, err
}

// told turns an error into a finding at the leaflet. Another leaflet, and another format, may still be made.
func told(t task, err error) (f diag.Finding, machine bool) {
	at := diag.Pos{File: t.page.Source}
	var missing *tool.MissingError
	var none *pdf.NoBrowserError
	var old *pdf.TooOldError
	var dead *pdf.StartError
	var mute *pdf.UnreadableError
	var unsound *pdf.UnsoundError
	var noTable *braille.LanguageError
	var noSign *braille.LetterError
	var noVoice *speech.LanguageError
	var notEasy *EasyError
	switch {
	case errors.As(err, &missing):
		return diag.New(diag.FormatNotMade, at, missing.Hint, "%s was not made: %v", t.page.File(t.format), err), true
	case errors.As(err, &none):
		return diag.New(diag.FormatNotMade, at, none.Hint(), "%s was not made: %v", t.page.File(t.format), none), true
	case errors.As(err, &old):
		return diag.New(diag.FormatNotMade, at, old.Hint(), "%s was not made: %v", t.page.File(t.format), old), true
	case errors.As(err, &dead):
		return diag.New(diag.FormatNotMade, at, dead.Hint(), "%s was not made: %v", t.page.File(t.format), dead), true
	case errors.As(err, &mute):
		hint := "install fonts made for its language (on Debian and Ubuntu: apt install fonts-noto-core); if it stays so, print it from a browser, and give readers the web page, text or EPUB, which can be read aloud"
		if mute.Missing {
			hint = "install a font that has it (on Debian and Ubuntu: apt install fonts-noto-core), or write it otherwise"
		}
		return diag.New(diag.FormatNotMade, at, hint, "%s was not made: %v", t.page.File(t.format), mute), false
	case errors.As(err, &unsound):
		return diag.New(diag.FormatNotMade, at, "print it from a browser, and give readers the web page, text or EPUB", "%s was not made: %v", t.page.File(t.format), unsound), false
	case errors.As(err, &noTable), errors.As(err, &noVoice):
		return diag.New(diag.FormatNotMade, at, "leave this format out for this language, and offer it on request", "%s was not made: %v", t.page.File(t.format), err), false
	case errors.As(err, &noSign):
		return diag.New(diag.FormatNotMade, at, "write it in words: a Braille reader would find a hole there", "%s was not made: %v", t.page.File(t.format), err), false
	case errors.As(err, &notEasy):
		return diag.New(diag.FormatNotMade, at, "give it a section with the id easy-read, of pictures that each have one or two short sentences after them (see docs/printing.md), or ask for large-print", "%s was not made: %v", t.page.File(t.format), err), false
	}
	return diag.New(diag.FormatNotMade, at, "try again; if it stays so, leave this format out and tell whoever maintains the program", "%s was not made: %v", t.page.File(t.format), err), true
}
