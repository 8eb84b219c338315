package redact

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
	"candour/internal/markdown"
	"candour/internal/media"
	"candour/internal/vetting"
)

// Page is a page as an edition may show it.
type Page struct {
	Kind     content.Kind
	File     string // the source file, for findings
	Lang     string
	Address  string
	Section  bool
	Home     bool
	Title    string
	Params   map[string]any // cleared values under the keys of the front matter; what is withheld is a marker or absent
	Withheld map[string]Marker
	Body     []byte // line ends as in the source, as many lines
	BodyLine int
	Headings []Heading
	Links    map[string]string // destination as written to final path, without the base path
	Files    []File
	Figures  []Figure // tables and charts of the body, in its order
	Held     []Marker // instead of attached files that are withheld; equal ones stand once
	SignOff  vetting.SignOff
	Origin   *content.Origin // nil for a page of the site's own
	Sections map[string]bool // ids of headings that are withheld: true; shown: false

	register []RegisterLine
	edits    []markdown.Edit // what made Body of the source's
	source   *vetting.Page
	recall   func()
}

// Marker stands where a whole table or array is withheld.
type Marker struct{ Text, Reason string }

// Heading is a heading that the edition shows.
type Heading struct {
	Level int
	ID    string
	Text  string
}

// File is a file of the page's bundle that is published.
type File struct {
	Name     string
	File     string
	Data     []byte
	Attached bool
}

// Key gives the source position of a key, for findings about the cleared page.
func (p *Page) Key(path ...string) diag.Pos { return p.source.Key(path...) }

// Value gives the source position of a value.
func (p *Page) Value(path ...string) diag.Pos { return p.source.Value(path...) }

// At gives the source position of a place in the body, counted in bytes.
func (p *Page) At(off int) diag.Pos {
	line, col := markdown.LineCol(p.source.Body, markdown.Origin(p.source.Body, p.edits, max(off, 0)))
	return diag.Pos{File: p.File, Line: p.BodyLine + line - 1, Column: col}
}

// HTML is the body as HTML, see [markdown.Document.HTML].
func (p *Page) HTML(hooks markdown.Hooks) (html []byte, ok bool) {
	doc := p.source.Doc
	if len(p.edits) > 0 || doc == nil {
		doc = markdown.ParseForHTML(p.Body)
	}
	return doc.HTML(hooks)
}

// Fields calls f for every text of the front matter that the edition shows.
func (p *Page) Fields(clearance level.Level, f func(path []string, text string)) {
	p.recall()
	for i := range p.source.Fields {
		field := &p.source.Fields[i]
		if field.Level > clearance || len(field.Path) > 0 && field.Path[0] == "signoff" {
			continue
		}
		switch v := field.Value.(type) {
		case string:
			if !p.pointsAtWithheld(field.Path, v) {
				f(field.Path, v)
			}
		case []any:
			for i, item := range v {
				if s, ok := item.(string); ok && !p.pointsAtWithheld(field.Path, s) {
					f(append(slices.Clone(field.Path), fmt.Sprint(i)), s)
				}
			}
		}
	}
}

// Dated is when the page was last updated, else when it was first published, as far as its front matter says so at a clearance.
func (p *Page) Dated(clearance level.Level) time.Time {
	p.recall()
	var date time.Time
	for _, field := range p.source.Fields {
		if len(field.Path) != 1 || field.Level > clearance {
			continue
		}
		at, ok := vetting.Start(field.Value)
		if key := field.Path[0]; ok && (key == "updated" || key == "date" && date.IsZero()) {
			date = at
		}
	}
	return date
}

func (c *Cleared) page(src *vetting.Page) (*Page, diag.List) {
	p := &Page{Kind: src.Kind, File: src.File, Lang: src.Lang, Address: src.Address, Section: src.Section, Home: src.Page.Home(),
		BodyLine: src.BodyLine, SignOff: src.SignOff, Origin: src.Origin, source: src, recall: func() { src.Recall(c.repo) }, Links: map[string]string{}}
	c.params(p, src)
	p.Title, _ = p.Params["title"].(string)
	c.body(p, src)
	c.forgetSections(p, src)
	for _, l := range src.Links {
		// What a link to a withheld file gives way to is a marker; its address must not be left for a template to print.
		if (l.Internal || l.URL != l.Dest) && c.withheldFile(src, l.File) == nil {
			p.Links[l.Dest] = l.URL
		}
	}
	found := c.files(p, src)
	c.registerPage(p, src)
	return p, found
}

// files reads the bundled files that the edition is cleared for and that the page shows or attaches.
func (c *Cleared) files(p *Page, src *vetting.Page) diag.List {
	var found diag.List
	for _, f := range src.Files {
		if f.Level > c.edition.Clearance && f.Attached && f.Shown {
			if m := (Marker{c.marker(src.Lang, f.Reason), f.Reason}); !slices.Contains(p.Held, m) {
				p.Held = append(p.Held, m)
			}
		}
		if f.Level > c.edition.Clearance || !f.Attached && !f.Referred {
			continue
		}
		at := diag.Pos{File: f.File}
		if complaint, hint := unfit(f.Name); complaint != "" {
			found.Add(diag.New(diag.FileNotAllowed, at, hint, "%s", complaint))
			continue
		}
		if ok, why := media.Allowed(f.Name, false); !ok {
			found.Add(diag.New(diag.FileNotAllowed, at, why.Hint, "%s", why.Message))
			continue
		}
		data, err := c.repo.ReadFile(f.File)
		if err != nil {
			found.Add(diag.New(diag.FileUnreadable, at, "check who may read the file", "cannot be read"))
			continue
		}
		clean, problems := media.Clean(f.Name, data)
		for _, pr := range problems {
			found.Add(diag.New(diag.FileNotAllowed, at, pr.Hint, "%s", pr.Message))
		}
		p.Files = append(p.Files, File{Name: f.Name, File: f.File, Data: clean, Attached: f.Attached})
	}
	return found
}

// unfit says why a file of this name cannot stand beside its page.
func unfit(name string) (complaint, hint string) {
	switch {
	case strings.Contains(name, `\`):
		return "has a backslash in its name, which browsers take for a folder", "rename it, with letters, digits and hyphens"
	case strings.HasPrefix(name, "#") || strings.Contains(name, "/#"):
		return "has a name, or lies in a folder, that begins with #, as copies do that editors make", "rename it, without the #"
	}
	return "", ""
}

// AttachedAt is where the front matter lists a file of the page's folder.
func (p *Page) AttachedAt(name string) diag.Pos {
	p.recall()
	list, _ := p.source.Front["attachments"].([]any)
	for i, item := range list {
		if s, _ := item.(string); content.Same(s, name) {
			return p.source.Value("attachments", fmt.Sprint(i))
		}
	}
	return diag.Pos{File: p.File}
}

// fieldText is what a field shows in a sentence: its value, its marker, or nothing.
func (c *Cleared) fieldText(lang string, f *vetting.Field) string {
	if f.Level > c.edition.Clearance {
		if f.Shown {
			return c.marker(lang, f.Reason)
		}
		return ""
	}
	return c.words(lang, f)
}

// marker is what stands where something is withheld for a reason, in the words of a page's language.
func (c *Cleared) marker(lang, reason string) string {
	e := c.repo.Words().In(lang).Get("reasons", reason)
	return c.repo.Say(lang).Marker(e.Label(), e.Text("section"))
}

// words writes a cleared value as a reader of the language expects to read it.
func (c *Cleared) words(lang string, f *vetting.Field) string {
	say := c.repo.Say(lang)
	one := func(v any) string {
		switch v := v.(type) {
		case string:
			if f.Vocabulary != "" {
				return cmp.Or(c.repo.Words().In(lang).Get(f.Vocabulary, v).Label(), v)
			}
			return v
		case bool:
			if v {
				return strings.ToLower(say.T("yes"))
			}
			return strings.ToLower(say.T("no"))
		}
		if at, dateOnly, ok := frontmatter.Instant(v, vetting.London); ok {
			if dateOnly {
				return say.Date(at)
			}
			return say.Short(at.In(vetting.London))
		}
		return fmt.Sprint(v)
	}
	if items, ok := f.Value.([]any); ok {
		var texts []string
		for _, item := range items {
			texts = append(texts, one(item))
		}
		return strings.Join(texts, ", ")
	}
	return one(f.Value)
}

// withheldFiles puts a marker where a link, picture or figure shows a withheld file.
func (c *Cleared) withheldFiles(src *vetting.Page, gone func(int) bool) []markdown.Edit {
	var edits []markdown.Edit
	for _, l := range src.Links {
		if gone(l.Span.Start) {
			continue
		}
		if f := c.withheldFile(src, l.File); f != nil {
			edits = append(edits, markdown.Edit{Span: l.Span, Text: inlineMarker(src, l.Span, f.Reason, f.Shown)})
		}
	}
	return edits
}

// withheldFile finds the file of a page's bundle if the edition is not cleared for it.
func (c *Cleared) withheldFile(src *vetting.Page, name string) *vetting.File {
	if name == "" {
		return nil
	}
	for i := range src.Files {
		if f := &src.Files[i]; content.Same(f.Name, name) && f.Level > c.edition.Clearance {
			return f
		}
	}
	return nil
}

// forgetSections takes out of the front matter what names a withheld section: an id that Hugo made of a heading is the
// heading's words. A checklist item is told that its section is withheld instead.
func (c *Cleared) forgetSections(p *Page, src *vetting.Page) {
	items, _ := p.Params["checklist"].([]any)
	for _, item := range items {
		table, _ := item.(map[string]any)
		if id, _ := table["section"].(string); p.Sections[id] {
			delete(table, "section")
			// Where nothing stands in the section's place, nothing here tells that it is there.
			if c.shownGap(src, id) {
				table["section_withheld"] = true
			}
		}
	}
	if ids, ok := p.Params["threat_agnostic"].([]any); ok {
		p.Params["threat_agnostic"] = slices.DeleteFunc(ids, func(v any) bool { id, _ := v.(string); return p.Sections[id] })
	}
}

// shownGap reports whether a marker stands where a withheld section was.
func (c *Cleared) shownGap(src *vetting.Page, id string) bool {
	span, _ := src.Doc.Section(id)
	shown := false
	widest := -1
	for _, cut := range src.Cuts {
		if cut.Level > c.edition.Clearance && cut.Span.Holds(span.Start) && cut.Span.Len() > widest {
			shown, widest = cut.Shown, cut.Span.Len()
		}
	}
	return shown
}

// pointsAtWithheld reports whether a value of the front matter is the id of a withheld section, or a picture that is not
// shown.
func (p *Page) pointsAtWithheld(path []string, id string) bool {
	if path[0] == "photo" {
		return !slices.ContainsFunc(p.Files, func(f File) bool { return content.Same(f.Name, id) })
	}
	return p.Sections[id] && (path[0] == "threat_agnostic" || path[0] == "checklist" && path[len(path)-1] == "section")
}

// shortcodes carries out passage, field, placeholder, ref and relref, which the renderer never sees.
func (c *Cleared) shortcodes(p *Page, src *vetting.Page, gone func(int) bool) []markdown.Edit {
	var edits []markdown.Edit
	for _, s := range src.Doc.Shortcodes {
		if s.Escaped || gone(s.Span.Start) {
			continue
		}
		switch s.Name {
		case "passage":
			edits = append(edits, markdown.Edit{Span: s.Span})
		case "field":
			if f := src.Field(s.Args[0]); f != nil {
				edits = append(edits, c.fieldEdits(src, s, f)...)
			}
		case "table", "chart", "cell":
			edits = append(edits, c.figureEdit(p, src, s))
		case "contact":
			edits = append(edits, c.contactEdit(src, s))
		case "placeholder":
			edits = append(edits, markdown.Edit{Span: s.Span, Text: c.gap(src, s.Args[0])})
		case "ref", "relref":
			for _, l := range src.Links {
				if l.Shortcode == s.Name && l.Span == s.Span {
					text := strings.TrimSuffix(path.Join("/", c.basePath()), "/") + l.URL
					if s.Name == "ref" {
						text = strings.TrimSuffix(c.edition.BaseURL, "/") + l.URL
					}
					edits = append(edits, markdown.Edit{Span: s.Span, Text: text})
				}
			}
		}
	}
	return edits
}

// gap is how a template shows one of its gaps.
func (c *Cleared) gap(src *vetting.Page, key string) string {
	label := key
	items, _ := src.Front["placeholder"].([]any)
	for i, item := range items {
		if table, ok := item.(map[string]any); ok && table["key"] == key {
			if f := src.Field("placeholder." + itoa(i) + ".label"); f != nil && f.Level <= c.edition.Clearance {
				label = c.words(src.Lang, f)
			}
		}
	}
	label = strings.Map(func(r rune) rune {
		if r == '"' || r == '`' || r == '\\' || r == '\n' || r == '<' || r == '>' || r == '{' || r == '}' {
			return ' '
		}
		return r
	}, label)
	return `{{< candour-gap "` + label + `" >}}`
}

// basePath is the path of the edition's base URL.
func (c *Cleared) basePath() string { return BasePath(c.edition.BaseURL) }

// BasePath is the path of a base URL, with a slash at both ends.
func BasePath(base string) string {
	_, rest, _ := strings.Cut(base, "://")
	_, p, _ := strings.Cut(rest, "/")
	return path.Join("/", p) + map[bool]string{true: "", false: "/"}[path.Join("/", p) == "/"]
}

// isDate keeps the time package's dates apart from other values.
func isDate(v any) (time.Time, bool, bool) { return frontmatter.Instant(v, vetting.London) }
