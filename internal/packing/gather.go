// Package packing puts content into packs and says what a pack changes: the publisher's side of contract, section 8, and
// the words in which a site is told of it.
package packing

import (
	"bytes"
	"cmp"
	"io/fs"
	"path"
	"slices"
	"strings"

	"candour/data"
	"candour/internal/audit"
	"candour/internal/config"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
	"candour/internal/media"
	"candour/internal/pack"
	"candour/internal/redact"
	"candour/internal/vetting"
)

// shared are the kinds that go into a pack unless it is told otherwise: those that one body writes for many.
var shared = []content.Kind{content.Narrative, content.AlertTemplates, content.Leaflets}

// notes are what a sign-off says besides who agreed to what; they stay with the publisher.
var notes = []string{"name", "how", "recorded_by"}

// Gather collects the files of a pack from an audited public edition: pages as their authors wrote them, so that sign-offs
// still hold where they arrive, without comments and without what sign-offs note of people. A page that holds anything
// which the public may not see cannot go in, since its source would carry it; nor can one that is not signed off.
//
// include and exclude are patterns as in [[pack]]; without include, everything of the kinds that one body writes for many.
func Gather(a *audit.Audited, vetted *vetting.Vetted, include, exclude []string) (map[string][]byte, diag.List) {
	files := map[string][]byte{}
	var found diag.List
	repo := a.Cleared().Repo()
	wanted := func(file string, usual bool) bool {
		if slices.ContainsFunc(exclude, func(p string) bool { return config.Covers(p, file) }) {
			return false
		}
		return len(include) == 0 && usual || slices.ContainsFunc(include, func(p string) bool { return config.Covers(p, file) })
	}
	cleared := map[string]*redact.Page{}
	for _, p := range a.Cleared().Pages() {
		cleared[p.File] = p
	}
	for _, src := range vetted.Pages() {
		if !wanted(src.File, !src.Section && slices.Contains(shared, src.Kind)) {
			continue
		}
		p := cleared[src.File]
		at := diag.Pos{File: src.File, Line: 1, Column: 1}
		if p == nil {
			found.Add(diag.New(diag.NotForPacks, at, "leave it out with --exclude "+src.File, "is not part of the public edition, so it cannot go into a pack"))
			continue
		}
		src.Recall(repo)
		if why := unfit(src, p); why != "" {
			found.Add(diag.New(diag.NotForPacks, at, "mend it, or leave it out with --exclude "+src.File, "%s, so it cannot go into a pack", why))
			continue
		}
		for _, d := range src.Doc.Idle() {
			line, col := src.Doc.LineCol(d.Span.Start)
			found.Add(diag.New(diag.NotForPacks, diag.Pos{File: src.File, Line: src.BodyLine + line - 1, Column: col}, "take it out and have the page signed off again, or leave the page out with --exclude "+src.File,
				"is text that no reader sees, a note or a link's address that nothing uses, so the page cannot go into a pack"))
		}
		page, err := source(src)
		if err != nil {
			found.Add(*err)
			continue
		}
		files[src.File] = page
		for _, f := range src.Bundle {
			data, err := repo.ReadFile(f.File)
			shown := slices.IndexFunc(p.Files, func(o redact.File) bool { return o.Name == f.Name })
			switch {
			case err != nil:
				found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: f.File}, "check who may read the file", "cannot be read"))
			case shown < 0:
				found.Add(diag.New(diag.NotForPacks, diag.Pos{File: f.File}, "take the file out of the folder, and have the page signed off again", "is not shown by its page, so it cannot go into a pack"))
			case !media.Whole(f.Name, data, p.Files[shown].Data):
				found.Add(diag.New(diag.NotForPacks, diag.Pos{File: f.File}, "save it again without its metadata, and have the page signed off again", "carries metadata, so it cannot go into a pack"))
			default:
				files[f.File] = data
			}
		}
	}
	for _, name := range repo.Words().Names() {
		file := "data/" + name + ".toml"
		if src, err := repo.ReadFile(file); err == nil && wanted(file, true) {
			own, _ := fs.ReadFile(data.FS, name+".toml")
			values, fault := frontmatter.Decode(src)
			if fault == nil && !bytes.Equal(own, src) { // what every program brings needs no pack
				files[file] = frontmatter.Encode(values)
			}
		}
	}
	for _, s := range repo.Static() {
		if s.File != "" && wanted(s.File, false) && !strings.HasPrefix(s.File, "program:") {
			files[s.File] = s.Data
		}
	}
	// Not all that a source says is on a page, where the audit would have seen it.
	watch := audit.NewWatch(a.Cleared(), nil)
	for file, data := range files {
		if why := pack.CheckPath(file); why != "" {
			found.Add(diag.New(diag.NotForPacks, diag.Pos{File: file}, "rename it, or leave it out with --exclude "+file, "has a name that %s", why))
		}
		if !slices.ContainsFunc(found, func(f diag.Finding) bool { return f.File == file }) {
			found.Add(watch.Copy(file, data)...)
		}
	}
	found.Add(leadingOut(vetted, files)...)
	found.Sort()
	return files, found
}

// unfit says why a page cannot go into a pack, or "".
func unfit(src *vetting.Page, p *redact.Page) string {
	if !p.SignOff.Vetted() || len(p.SignOff.Safer) > 0 {
		return "is not signed off as it stands"
	}
	if !src.Section && len(p.SignOff.Required) == 0 && src.Kind != content.Pages {
		return "needs nobody's sign-off here"
	}
	if src.Front["release"] != nil { // it says who agreed and why, which no reader is shown
		return "has a [[release]], which is a note of this site's own"
	}
	withheld := slices.ContainsFunc(src.Fields, func(f vetting.Field) bool {
		return f.Level > level.Public && !(f.Path[0] == "signoff" && slices.Contains(notes, f.Path[len(f.Path)-1]))
	})
	if withheld || src.Level > level.Public ||
		slices.ContainsFunc(src.Cuts, func(c vetting.Cut) bool { return c.Level > level.Public }) ||
		slices.ContainsFunc(src.Files, func(f vetting.File) bool { return f.Level > level.Public }) {
		return "holds something that is withheld from the public"
	}
	return ""
}

// source writes a page for a pack: its decoded front matter without what sign-offs note of people, and its body as it is.
func source(src *vetting.Page) ([]byte, *diag.Finding) {
	front, fault := frontmatter.Decode(src.FrontRaw)
	if fault != nil {
		f := diag.New(fault.Rule, diag.Pos{File: src.File, Line: fault.Line}, fault.Hint, "%s", fault.Message)
		return nil, &f
	}
	items, _ := front["signoff"].([]any)
	for _, item := range items {
		if table, ok := item.(map[string]any); ok {
			for _, key := range notes {
				delete(table, key)
			}
		}
	}
	var out bytes.Buffer
	out.WriteString("+++\n")
	out.Write(frontmatter.Encode(front))
	out.WriteString("+++\n")
	out.Write(bytes.ReplaceAll(src.Body, []byte("\r\n"), []byte("\n")))
	return out.Bytes(), nil
}

// Title is what readers call a page of a pack: its title, or its path where it has none or withholds it.
func Title(p *pack.Pack, file string) string {
	data, ok := p.Data(file)
	if !ok || path.Ext(file) != ".md" {
		return file
	}
	parts, fault := frontmatter.Split(data)
	if fault != nil {
		return file
	}
	values, fault := frontmatter.Decode(parts.Front)
	if fault != nil {
		return file
	}
	if keys, text := flagged(values); text || slices.Contains(keys, "title") {
		return file
	}
	title, _ := values["title"].(string)
	return cmp.Or(title, file)
}
