// Package render turns cleared content into a site in memory: the fourth stage of the pipeline, and the one door to Hugo.
//
// Hugo sees an in-memory tree made of cleared content alone, under a configuration of ours: no exec, no HTTP, no
// environment, no git, no modules, no raw HTML. No other package imports Hugo; a test guards that.
package render

import (
	"context"
	"fmt"

	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/redact"
)

// Rendered is a site that nobody has audited yet. Only Render makes one that holds anything.
type Rendered struct {
	cleared *redact.Cleared
	site    output.Site
	record  Record
}

func (r *Rendered) Cleared() *redact.Cleared { return r.cleared }
func (r *Rendered) Site() output.Site        { return r.site }

// Render builds the site. A template that fails is a finding at its place; an error means that Hugo could not be run.
//
// past, which may be nil, is where pages come from that would become what they were.
func Render(ctx context.Context, c *redact.Cleared, past Past) (*Rendered, diag.List, error) {
	if !c.Sound() {
		return nil, nil, fmt.Errorf("what is to be rendered did not pass vetting")
	}
	t, found, err := newFrame(c)
	if err != nil || found.HasErrors() {
		return nil, found, err
	}
	if past == nil || past.Empty() || past.Memo() != nil { // there will be something to make
		t.warmUp()
	}
	defer t.stop()
	if err := t.content(ctx, c, past); err != nil {
		return nil, found, err
	}
	makers := prepare(c)
	if t.whole {
		c.Release()
	}
	files, ok, err := t.make(ctx, c)
	if err == nil && !ok {
		t.stop()
		var again *tree
		if again, err = newTree(ctx, c); err == nil {
			t = again
			files, _, err = t.make(ctx, c)
		}
	}
	if ctx.Err() != nil {
		return nil, found, ctx.Err()
	}
	if err != nil {
		found.Add(t.finding(err, t.logged.lines()))
		return nil, found, nil
	}
	r := &Rendered{cleared: c, record: t.record}
	r.site.Files = files
	t.claim(r.site.Files)
	cleanPictures(r.site.Files)
	for _, s := range c.Repo().Static() {
		r.site.Files = append(r.site.Files, output.File{Path: s.Path, Data: s.Data, Source: s.File})
	}
	r.site.Sort()
	found.Add(r.extras(makers)...)
	found.Add(r.doubles()...)
	return r, found, nil
}

// make lets Hugo make what the tree holds and gathers it with what is used again.
func (t *tree) make(ctx context.Context, c *redact.Cleared) (files []output.File, ok bool, err error) {
	var written []output.File
	if !t.idle() {
		if t.warming == nil {
			t.warmUp()
		}
		e := <-t.warming
		t.warming = nil
		err := e.run()
		e.close()
		if err != nil {
			return nil, false, err
		}
		written = t.dest.files()
	}
	if err := t.explain(ctx, c, written); err != nil {
		return nil, false, err
	}
	files, ok = t.take(written)
	return files, ok, nil
}

// warmUp has Hugo read the theme while the content is being made ready.
func (t *tree) warmUp() {
	t.dest, t.warming = newSink(), make(chan *engine, 1)
	go func(ready chan<- *engine) { ready <- start(t.fs, t.dest, &t.logged) }(t.warming)
}

// stop lets go of an engine that nobody has used.
func (t *tree) stop() {
	if t.warming != nil {
		(<-t.warming).close()
		t.warming = nil
	}
}

// doubles finds two sources that make one file.
func (r *Rendered) doubles() diag.List {
	var found diag.List
	files := r.site.Files
	for i := 1; i < len(files); i++ {
		if files[i].Path == files[i-1].Path {
			source := files[i].Source
			if source == "" {
				source = files[i-1].Source
			}
			found.Add(diag.New(diag.AddressTaken, diag.Pos{File: source}, "rename the file", "would become %s, which is made of something else already", files[i].Path))
		}
	}
	return found
}
