package render

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"hash"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/spf13/afero"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"candour/internal/alertform"
	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/parallel"
	"candour/internal/present"
	"candour/internal/redact"
	"candour/internal/statement"
	"candour/internal/words"
)

// tree is what Hugo is given.
type tree struct {
	fs      afero.Fs
	frame   hash.Hash         // of what every page rests on, for telling whether a page can be used again
	rest    hash.Hash         // of what lists and the like show besides
	sources map[string]string // path in the tree -> source file
	pages   map[string]string // address -> source file
	nodes   []node
	layouts map[string]themeFile
	logged  errorLog
	dest    *sink
	warming chan *engine // Hugo on its way, or nil
	langs   []string     // of the pages, the site's own first
	written bool         // bodies stay as their authors wrote them
	reuse
}

// newTree makes the tree of everything. Where written is true, all bodies are Markdown.
func newTree(ctx context.Context, c *redact.Cleared, written bool) (*tree, error) {
	t, found, err := newFrame(c)
	if err == nil && found.HasErrors() {
		err = fmt.Errorf("the theme has errors")
	}
	if err == nil {
		t.written = written
		err = t.content(ctx, c, nil)
	}
	return t, err
}

// newFrame makes the tree but for its content.
func newFrame(c *redact.Cleared) (*tree, diag.List, error) {
	t := &tree{fs: newSource(), frame: sha256.New(), rest: sha256.New(), sources: map[string]string{}, pages: map[string]string{}, langs: languages(c)}
	var found diag.List

	// Whatever is put here stands in the key of every page.
	put := func(name string, data []byte, source string) error {
		digest(t.frame, name, data)
		return t.write(name, data, source)
	}
	lt := c.Repo().Theme()
	now := c.Repo().Now().UTC().Format(time.RFC3339)
	digest(t.frame, c.Repo().Version(), configuration(c, clockFor(lt.Layouts, now)))
	if err := t.write("hugo.json", configuration(c, now), ""); err != nil {
		return nil, found, err
	}
	t.layouts = toFiles(lt.Layouts)
	if !lt.Own { // a test reads the program's own
		found.Add(bundling(t.layouts, toFiles(lt.Assets))...)
	}
	if found.HasErrors() {
		return t, found, nil
	}
	for _, part := range []struct {
		dir   string
		files map[string]themeFile
	}{{"layouts", t.layouts}, {"assets", toFiles(lt.Assets)}} {
		for _, name := range slices.Sorted(maps.Keys(part.files)) {
			f := part.files[name]
			if err := put(part.dir+"/"+name, f.data, f.source); err != nil {
				return nil, found, err
			}
		}
	}
	if err := vocabularies(c, "", "data/", put); err != nil {
		return nil, found, err
	}
	for _, lang := range languages(c) {
		if err := vocabularies(c, lang, "data/in/"+lang+"/", put); err != nil {
			return nil, found, err
		}
		data, err := json.Marshal(c.Repo().Speech().Table(lang))
		if err != nil {
			return nil, found, err
		}
		if err := put("i18n/"+lang+".json", data, ""); err != nil {
			return nil, found, err
		}
	}
	// Hugo looks for the folder when it reads the theme, and for what is in it later.
	return t, found, t.fs.MkdirAll(root+"/content", 0o755)
}

func (t *tree) write(name string, data []byte, source string) error {
	if source != "" {
		t.sources[name] = source
	}
	return afero.WriteFile(t.fs, root+"/"+name, data, 0o644)
}

// vocabularies puts the vocabularies into a folder, in the words of a language.
func vocabularies(c *redact.Cleared, lang, dir string, put func(string, []byte, string) error) error {
	vocabulary := c.Repo().Words().In(lang)
	for _, name := range vocabulary.Names() {
		entries := map[string]any{}
		for _, key := range vocabulary.Keys(name) {
			entries[key] = vocabulary.Get(name, key)
		}
		data, err := json.Marshal(jsonable(entries))
		if err != nil {
			return err
		}
		if err := put(dir+name+".json", data, ""); err != nil {
			return err
		}
	}
	return nil
}

// content puts the pages in. Those that past holds as they would become are not made again.
func (t *tree) content(ctx context.Context, c *redact.Cleared, past Past) error {
	site := present.New(c)
	var memo *Memo
	if past != nil {
		memo = past.Memo()
	}
	have := map[string]bool{}
	for _, p := range c.Pages() {
		have[treePath(p)] = true
		t.pages[p.Address] = p.File
	}
	var pages []madePage
	err := parallel.Beside(ctx, func(ctx context.Context) (err error) {
		pages, err = pageFiles(ctx, c, site, memo)
		return err
	}, func(context.Context) error { return t.unwritten(c, site, memo, have) })
	if err != nil {
		return err
	}
	return t.choose(ctx, c, pages, past, t.write)
}

// unwritten makes the pages that no author has written: lists, the program's own statements, search. have are the paths of
// those that one has.
func (t *tree) unwritten(c *redact.Cleared, site *present.Site, memo *Memo, have map[string]bool) error {
	folders := map[string]bool{} // language and folder
	for _, p := range c.Pages() {
		source := strings.Trim(sourceAddress(p), "/")
		for d := path.Dir(source); d != "." && d != "/" && d != ""; d = path.Dir(d) {
			folders[p.Lang+"\x00"+d] = true
		}
	}
	folders["\x00alerts"] = true
	for _, key := range slices.Sorted(maps.Keys(folders)) {
		lang, dir, _ := strings.Cut(key, "\x00")
		name := path.Join("content", dir, "_index"+suffix(lang)+".md")
		if have[name] {
			continue
		}
		view := map[string]any{"kind": strings.Split(dir, "/")[0], "notices": []any{}, "links": map[string]any{}}
		if dir == "alerts" {
			view["feed"] = alertform.List(c, path.Join("/", lang, dir)+"/")
		}
		folder := map[string]any{"title": folderTitle(c, lang, dir), "params": map[string]any{"view": view}}
		bare, err := frontMatter(folder, dir)
		if err != nil {
			return err
		}
		digest(t.frame, name, bare)
		// What a list says of its pages is no part of the frame, which every page rests on.
		maps.Copy(view, site.List(lang, path.Join("/", lang, dir)+"/"))
		data, err := memo.node(name, dir, folder)
		if err != nil {
			return err
		}
		digest(t.rest, name, data)
		t.nodes = append(t.nodes, node{name, data, bare})
	}
	for i, lang := range languages(c) {
		if err := t.statements(c, memo, lang, suffix(map[bool]string{false: lang}[i == 0])); err != nil {
			return err
		}
	}
	return t.searchPages(c, have)
}

// statements are the pages that the program writes itself, in a language.
func (t *tree) statements(c *redact.Cleared, memo *Memo, lang, suffix string) error {
	say := c.Repo().Say(lang)
	withheld, err := registerView(c, lang, c.Repo().Theme().Own && !t.written)
	if err != nil {
		return err
	}
	letters := glossaryOf(c, lang).Letters(digraphs[lang])
	for _, extra := range []struct {
		name, title, summary string
		view                 map[string]any
	}{
		{"withheld", say.T("register_title"), say.T("register_summary"), withheld},
		{"accessibility", say.T("accessibility"), say.T("a11y_summary"), map[string]any{"accessibility": statement.View(c.Config(), c.Repo().Now())}},
		{"glossary", say.T("glossary"), say.T("glossary_lead"), map[string]any{"letters": letters}},
	} {
		if extra.name == "glossary" && len(letters) == 0 {
			continue // no word is explained in this language
		}
		known := map[string]any{"title": extra.title, "type": extra.name, "build": map[string]any{"render": "link"}}
		link, err := frontMatter(known, "")
		if err != nil {
			return err
		}
		name := "content/" + extra.name + suffix + ".md"
		maps.Copy(extra.view, map[string]any{"kind": extra.name, "notices": []any{}, "links": map[string]any{}})
		data, err := memo.node(name, "", map[string]any{"title": extra.title, "type": extra.name, "description": extra.summary,
			"params": map[string]any{"summary": extra.summary, "view": extra.view}})
		if err != nil {
			return err
		}
		digest(t.rest, name, data)
		t.nodes = append(t.nodes, node{name, data, link})
	}
	return nil
}

// searchPages adds the search page of every language.
func (t *tree) searchPages(c *redact.Cleared, have map[string]bool) error {
	for i, lang := range languages(c) {
		if i == 0 {
			lang = ""
		}
		name := "content/search" + suffix(lang) + ".md"
		if have[name] {
			continue
		}
		front := map[string]any{"title": c.Repo().Say(lang).T("search"), "type": "search", "params": map[string]any{"view": map[string]any{"kind": "search", "notices": []any{}, "links": map[string]any{}}}}
		data, err := frontMatter(front, "")
		if err != nil {
			return err
		}
		digest(t.frame, name, data)
		t.nodes = append(t.nodes, node{name, data, linkOnly(data)})
	}
	return nil
}

func suffix(lang string) string {
	if lang == "" {
		return ""
	}
	return "." + lang
}

// sourceAddress is the address without the language.
func sourceAddress(p *redact.Page) string {
	if p.Lang == "" {
		return p.Address
	}
	return strings.TrimPrefix(p.Address, "/"+p.Lang)
}

// treePath is where Hugo finds a page: its address again, so that Hugo gives it that very address.
func treePath(p *redact.Page) string {
	dir := path.Join("content", sourceAddress(p))
	switch {
	case p.Section:
		return path.Join(dir, "_index"+suffix(p.Lang)+".md")
	default:
		return path.Join(dir, "index"+suffix(p.Lang)+".md")
	}
}

// folderTitle names a list that has no introduction of its own.
func folderTitle(c *redact.Cleared, lang, dir string) string {
	parts := strings.Split(dir, "/")
	last := parts[len(parts)-1]
	if len(parts) == 1 {
		if t := c.Repo().Say(lang).T("section_" + last); t != "" {
			return t
		}
	}
	if parts[0] == string(content.Leaflets) {
		if l := c.Repo().Words().In(lang).Get("settings", last).Label(); l != "" {
			return l
		}
	}
	words := strings.ReplaceAll(last, "-", " ")
	for i, r := range words {
		return strings.ToUpper(string(r)) + words[i+len(string(r)):]
	}
	return words
}

// madePage is a page as Hugo reads it.
type madePage struct {
	*redact.Page
	name  string // in the tree
	data  []byte
	front int // how long its first line is, which holds all but the body
	links map[string]any

	shown [sha256.Size]byte // digest of what other pages may show of it
	other [sha256.Size]byte // digest of the rest of it
}

// node is a page that no author has written.
type node struct {
	name string
	data []byte
	link []byte // what Hugo is given of it where it is not made again: enough for others to link to it
}

// pageFiles makes the files of all pages.
func pageFiles(ctx context.Context, c *redact.Cleared, site *present.Site, memo *Memo) ([]madePage, error) {
	pages := make([]madePage, len(c.Pages()))
	forms := alertform.New(c, site)
	return pages, parallel.Each(ctx, len(pages), func(i int) string { return c.Pages()[i].File }, func(i int) error {
		p := c.Pages()[i]
		view := site.View(p)
		forms.Describe(p, view)
		var err error
		pages[i], err = memo.page(p, view, func() (madePage, error) {
			data, front, err := pageFile(p, view, c.Repo().Say(p.Lang))
			if err != nil {
				return madePage{}, fmt.Errorf("%s: %w", p.File, err)
			}
			made := madePage{Page: p, name: treePath(p), data: data, front: front}
			made.links, _ = view["links"].(map[string]any)
			made.sum()
			return made, nil
		})
		return err
	})
}

// pageFile writes a page for Hugo: the front matter on one line, of front bytes, then so many empty lines that every line
// of the body keeps its number.
func pageFile(p *redact.Page, view map[string]any, say *words.Words) (file []byte, front int, err error) {
	params := make(map[string]any, len(p.Params)+2)
	maps.Copy(params, p.Params)
	keys := map[string]any{"title": p.Title}
	if d, ok := params["date"].(string); ok && !say.IsMarker(d) {
		keys["date"] = d
		keys["lastmod"] = d
	}
	if u, ok := params["updated"].(string); ok && !say.IsMarker(u) {
		keys["lastmod"] = u
	}
	if s, ok := params["summary"].(string); ok {
		keys["summary"] = s
		keys["description"] = s
	}
	if tags, ok := params["tags"]; ok {
		if list, ok := tags.([]any); ok {
			keys["tags"] = slices.DeleteFunc(slices.Clone(list), func(v any) bool { s, _ := v.(string); return say.IsMarker(s) })
		}
		delete(params, "tags")
	}
	for _, key := range []string{"title", "date"} {
		delete(params, key)
	}
	withheld := map[string]any{}
	for name, m := range p.Withheld {
		withheld[name] = map[string]any{"text": m.Text, "reason": m.Reason}
	}
	params["withheld"] = withheld
	params["view"] = view
	keys["params"] = params
	dir := ""
	if p.Section {
		dir = strings.Trim(sourceAddress(p), "/")
	}
	data, err := frontMatter(keys, dir)
	if err != nil {
		return nil, 0, err
	}
	out := make([]byte, 0, len(data)+p.BodyLine+len(p.Body))
	out = append(out, data...)
	for range p.BodyLine - 1 {
		out = append(out, '\n')
	}
	return append(out, p.Body...), len(data), nil
}

// frontMatter encodes front matter as JSON, which Hugo reads as it reads TOML.
func frontMatter(front map[string]any, dir string) ([]byte, error) {
	if dir == "alerts" {
		front["outputs"] = []string{"html", "feed"}
	}
	return appendJSON(make([]byte, 0, 4<<10), front)
}

// jsonable passes decoded TOML through; dates become text.
func jsonable(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for k, item := range v {
			out[k] = jsonable(item)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, item := range v {
			out[i] = jsonable(item)
		}
		return out
	case fmt.Stringer:
		return v.String()
	}
	return v
}

// claim tells each file of the site which source it was made from.
func (t *tree) claim(files []output.File) {
	for i := range files {
		address := "/" + strings.TrimSuffix(files[i].Path, "index.html")
		if strings.HasSuffix(files[i].Path, "index.html") {
			files[i].Source = t.pages[address]
		} else if source, ok := t.sources["content/"+files[i].Path]; ok {
			files[i].Source = source
		}
	}
}

// Languages are those of the pages, the site's own first.
func languages(c *redact.Cleared) []string {
	seen := map[string]bool{}
	for _, p := range c.Pages() {
		if p.Lang != "" {
			seen[p.Lang] = true
		}
	}
	return append([]string{c.Config().PrimaryLanguage()}, slices.Sorted(maps.Keys(seen))...)
}

// languageName is a language's name in itself, by which people find it.
func languageName(c *redact.Cleared, lang string) string {
	if speech := c.Repo().Speech(); speech.Has(lang) {
		return speech.For(lang).Name()
	}
	if tag, err := language.Parse(lang); err == nil {
		if name := display.Self.Name(tag); name != "" {
			return name
		}
	}
	return lang
}
