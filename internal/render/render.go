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

// Prepared is a site of which nothing has been made yet: its tree lies in memory, and Hugo is reading the theme. Whoever
// has one ends it with Drop.
type Prepared struct {
	cleared *redact.Cleared
	tree    *tree // nil where the theme has errors
	found   diag.List
}

// Prepare makes everything ready for Render, and runs no template. An error means that it could not be done.
//
// past, which may be nil, is where pages come from that would become what they were.
func Prepare(ctx context.Context, c *redact.Cleared, past Past) (*Prepared, error) {
	if !c.Sound() {
		return nil, fmt.Errorf("what is to be rendered did not pass vetting")
	}
	t, found, err := newFrame(c)
	if err != nil {
		return nil, err
	}
	p := &Prepared{cleared: c, found: found}
	if found.HasErrors() {
		return p, nil
	}
	p.tree = t
	if past == nil || past.Empty() || past.Memo() != nil { // there will be something to make
		t.warmUp()
	}
	if err := t.content(ctx, c, past); err != nil {
		p.Drop()
		return nil, err
	}
	return p, nil
}

// Drop lets go of what has not been used. It may be called of nil, and twice.
func (p *Prepared) Drop() {
	if p != nil && p.tree != nil {
		p.tree.stop()
	}
}

// Render builds the site, once. A template that fails is a finding at its place; an error means that Hugo could not be run.
func (p *Prepared) Render(ctx context.Context) (*Rendered, diag.List, error) {
	c, t, found := p.cleared, p.tree, p.found
	if t == nil {
		return nil, found, nil
	}
	makers := prepare(c)
	if t.whole {
		c.Release()
	}
	files, ok, err := t.make(ctx, c)
	if err == nil && !ok {
		t.stop()
		if t, err = newTree(ctx, c, false); err == nil {
			p.tree = t
			files, _, err = t.make(ctx, c)
		}
	}
	if ctx.Err() != nil {
		return nil, found, ctx.Err()
	}
	if err != nil {
		found.Add(p.tree.finding(err, p.tree.logged.lines()))
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
	found.Add(r.unmade()...)
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
		err := e.run(ctx)
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
