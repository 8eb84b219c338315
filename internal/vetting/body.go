package vetting

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/markdown"
	"candour/internal/nearmiss"
)

// builtIn are the shortcodes that every body may use (contract, section 1).
var builtIn = []string{"passage", "field", "contact", "placeholder", "figure", "ref", "relref", "table", "chart", "cell"}

// reserved is the prefix of the shortcodes that redaction puts in; an author cannot call them.
const reserved = "candour-"

// checkBody looks for what no body may hold.
func (p *Page) checkBody(repo *load.Repo) diag.List {
	var found diag.List
	for _, s := range p.Doc.RawHTML {
		found.Add(diag.New(diag.RawHTML, p.pos(s.Start), "write it in Markdown; for < as a sign write \\<", "HTML is not taken in a body"))
	}
	for _, pr := range p.Doc.Problems {
		rule := diag.BadPassage
		switch pr.Kind {
		case markdown.BadShortcode, markdown.ReservedText:
			rule = diag.BadShortcode
		case markdown.TooDeep, markdown.Unreadable:
			rule = diag.TooLarge
		case markdown.BadHeadingID:
			rule = diag.BadValue
		}
		found.Add(diag.New(rule, p.pos(pr.Span.Start), pr.Hint, "%s", pr.Message))
	}
	known := slices.Clone(builtIn)
	for name := range repo.Theme().Layouts {
		if s, ok := strings.CutPrefix(name, "_shortcodes/"); ok && !strings.HasPrefix(s, reserved) {
			known = append(known, strings.TrimSuffix(s, ".html"))
		}
	}
	slices.Sort(known)
	known = slices.Compact(known) // the theme has files for some of the built-in ones
	for _, s := range p.Doc.Shortcodes {
		if s.Escaped || s.Closing {
			continue
		}
		if !slices.Contains(known, s.Name) {
			found.Add(diag.New(diag.UnknownShortcode, p.pos(s.Span.Start), "the shortcodes are: "+strings.Join(known, ", "), "there is no shortcode %q here%s", s.Name, nearmiss.Suffix(s.Name, known)))
			continue
		}
		switch s.Name {
		case "field":
			found.Add(p.checkField(s)...)
		case "table", "chart", "cell":
			found.Add(p.checkFigure(repo, s)...)
		case "contact":
			found.Add(p.checkContact(repo, s)...)
		case "placeholder":
			found.Add(p.checkPlaceholder(s)...)
		case "ref", "relref":
			if refTarget(s) == "" {
				found.Add(diag.New(diag.BadShortcode, p.pos(s.Span.Start), `write it as {{< `+s.Name+` "/pages/about" >}}`, "%s names no page", s.Name))
			}
		case "figure":
			if s.Named["src"] == "" {
				found.Add(diag.New(diag.BadShortcode, p.pos(s.Span.Start), `write it as {{< figure src="photo.jpg" alt="what the picture shows" >}}`, "figure names no src"))
			} else if _, ok := s.Named["alt"]; !ok {
				found.Add(diag.New(diag.MissingAlt, p.pos(s.Span.Start), `add alt="what the picture shows", or alt="" if it is mere decoration`, "a figure has no alternative text"))
			}
		}
	}
	for _, l := range p.Doc.Links {
		if l.Image && strings.TrimSpace(l.Text) == "" {
			found.Add(diag.New(diag.MissingAlt, p.pos(l.Span.Start), "say between the square brackets what the picture shows; for mere decoration write {{< figure src=\"…\" alt=\"\" >}}", "a picture has no alternative text"))
		}
	}
	return found
}

func (p *Page) checkField(s markdown.Shortcode) diag.List {
	name := ""
	if len(s.Args) == 1 {
		name = s.Args[0]
	}
	if p.Field(name) != nil {
		return nil
	}
	var known []string
	for _, f := range p.Fields {
		if f.Path[0] != "extra" { // its keys are the author's own words, and may be a name
			known = append(known, f.Name())
		}
	}
	hint := `name a single value of the front matter, as in {{< field "lead.0.role" >}}`
	return diag.List{diag.New(diag.UnknownField, p.pos(s.Span.Start), hint, "field names no value of this page's front matter%s", nearmiss.Suffix(name, known))}
}

// Field finds a single value of the front matter by its dotted name, or nil.
func (p *Page) Field(name string) *Field {
	for i := range p.Fields {
		if p.Fields[i].Name() == name {
			return &p.Fields[i]
		}
	}
	return nil
}

func (p *Page) checkPlaceholder(s markdown.Shortcode) diag.List {
	key := ""
	if len(s.Args) == 1 {
		key = s.Args[0]
	}
	if p.Kind != content.AlertTemplates {
		if p.Kind != content.Alerts {
			return diag.List{diag.New(diag.BadPlaceholder, p.pos(s.Span.Start), "write the page's text instead of it; gaps with names are for alert templates", "the text of this page is still to be written")}
		}
		return diag.List{diag.New(diag.BadPlaceholder, p.pos(s.Span.Start), "write what belongs here instead of it; candour new alerts SLUG --from TEMPLATE --fill "+strings.Trim(diag.Named("KEY", key), `"`)+"=… does it for you", "a gap of the template is not filled in")}
	}
	var known []string
	items, _ := p.Front["placeholder"].([]any)
	for _, item := range items {
		if table, ok := item.(map[string]any); ok {
			if k, ok := table["key"].(string); ok {
				known = append(known, k)
			}
		}
	}
	if slices.Contains(known, key) {
		return nil
	}
	return diag.List{diag.New(diag.BadPlaceholder, p.pos(s.Span.Start), "add a [[placeholder]] with this key, or use one of those that there are: "+cmp.Or(strings.Join(known, ", "), "none yet"), "no [[placeholder]] has the key %s%s", diag.Named("of this gap", key), nearmiss.Suffix(key, known))}
}

// settleBody gives sections and passages their level.
func (p *Page) settleBody(repo *load.Repo, withholds, releases []*flag) diag.List {
	var found diag.List
	p.Cuts = nil
	held := map[string]string{} // what is withheld, by address, for clashes with a release
	// An id that Hugo makes of a heading is the heading's words, and those may be what a flag means to withhold: such a
	// section is named by its line.
	sections := make([]string, 0, len(p.Doc.Headings))
	for _, h := range p.Doc.Headings {
		if h.Explicit {
			sections = append(sections, h.ID)
			continue
		}
		line, _ := markdown.LineCol(p.Body, h.Span.Start)
		sections = append(sections, fmt.Sprintf("the heading at line %d", line+p.BodyLine-1))
	}
	var passages []string
	for _, ps := range p.Doc.Passages {
		if !slices.Contains(passages, ps.Name) {
			passages = append(passages, ps.Name)
		}
	}
	flagged := map[string]bool{}
	for _, f := range slices.Concat(withholds, releases) {
		switch f.target {
		case "section":
			for _, h := range p.Doc.Headings {
				if h.ID != f.name && content.Same(h.ID, f.name) {
					f.name = h.ID
				}
			}
			span, n := p.Doc.Section(f.name)
			if n > 1 {
				found.Add(diag.New(diag.AmbiguousSection, f.at, "give one of the headings an id of its own with {#another-id} at the end of its line", "the section that this flag names could be any of %d headings", n))
			}
			if n == 0 {
				continue
			}
			f.matched = true
			if f.release {
				continue
			}
			line, _ := markdown.LineCol(p.Body, span.Start)
			line += p.BodyLine - 1
			at := fmt.Sprintf("at line %d", line)
			i := slices.IndexFunc(p.Doc.Headings, func(h markdown.Heading) bool { return h.ID == f.name })
			if p.Doc.Headings[i].Explicit {
				at = diag.Named(at, f.name)
			}
			p.Cuts = append(p.Cuts, Cut{Span: span, Inner: span, Section: true, Block: true, Level: f.level, Reason: f.reason, Shown: f.shown, Search: f.search,
				Label: "section " + at, By: f.describe(), Line: line})
			if end, ok := p.Doc.SectionEnd(i); ok && end.Nested && !p.Doc.Headings[i].Nested {
				found.Add(diag.New(diag.BadFlag, p.pos(end.Span.Start), "take this heading out of the list or the quote, or make it bold text instead",
					"the withheld section %s would end at this heading inside a list or a quote, and what comes after it would be shown", at))
			}
			held["section "+f.name] = f.describe()
		case "passage":
			for _, ps := range p.Doc.Passages {
				if ps.Name != f.name {
					continue
				}
				f.matched = true
				flagged[ps.Name] = true
				if f.release {
					continue
				}
				line, _ := markdown.LineCol(p.Body, ps.Open.Start)
				p.Cuts = append(p.Cuts, Cut{Span: ps.Whole, Inner: ps.Inner, Block: ps.Block, Level: f.level, Reason: f.reason, Shown: f.shown, Search: f.search,
					Label: fmt.Sprintf("passage %q", ps.Name), By: f.describe(), Line: line + p.BodyLine - 1})
				held["passage "+f.name] = f.describe()
			}
		case "file":
			if f.release && slices.Contains(bundleNames(p.Bundle), f.name) {
				f.matched = true
			}
			if !f.release {
				held["file "+f.name] = f.describe()
			}
		}
	}
	for _, f := range releases {
		if by := held[f.target+" "+f.name]; by != "" {
			found.Add(diag.New(diag.BadFlag, f.at, "decide for one of the two", "the %s that this flag names is withheld (%s) and released at once", f.target, by))
		}
	}
	for _, ps := range p.Doc.Passages {
		if !flagged[ps.Name] {
			found.Add(diag.New(diag.PassageNotFlagged, p.pos(ps.Open.Start),
				fmt.Sprintf("add to the front matter: [[withhold]], passage = %q, reason = \"…\"; or take the passage marks out of the body", ps.Name),
				"the body marks the passage %q, and no flag of the front matter names it", ps.Name))
		}
	}
	// Where the marks of a passage are amiss, which passages there are is not known: that is told already.
	brokenPassages := slices.ContainsFunc(p.Doc.Problems, func(pr markdown.Problem) bool { return pr.Kind.AboutPassage() })
	for _, all := range [][]*flag{withholds, releases} {
		found.Add(p.unmatched(all, "section", sections)...)
		if !brokenPassages {
			found.Add(p.unmatched(all, "passage", passages)...)
		}
	}
	found.Add(p.unmatched(releases, "file", bundleNames(p.Bundle))...)
	slices.SortStableFunc(p.Cuts, func(a, b Cut) int { return cmp.Compare(a.Span.Start, b.Span.Start) })
	return found
}

// hide settles what an edition of this clearance does not show of the body: what is withheld, and the footnotes and link
// definitions that only withheld text uses (contract, section 4).
func (p *Page) hide(clearance level.Level) {
	p.hidden, p.torn = nil, nil
	var sections, passages []markdown.Span
	for _, c := range p.Cuts {
		switch {
		case c.Level <= clearance:
		case c.Section:
			sections = append(sections, c.Span)
		default:
			passages = append(passages, c.Span)
		}
	}
	if len(sections)+len(passages) == 0 {
		return
	}
	gone, _, torn := p.Doc.Withhold(sections, passages)
	p.hidden, p.torn = slices.Concat(sections, passages, gone), torn
}

// tornNotes tells of footnotes and link addresses inside a withheld section that text outside it uses: nobody but their
// author can say whether they are for readers.
func (p *Page) tornNotes() diag.List {
	var found diag.List
	for _, note := range p.torn {
		found.Add(diag.New(diag.BadFlag, p.pos(note.Start), "if readers may have it, move it above the heading of the section; if not, take out what uses it there",
			"stands in a section that is withheld, and text that is shown uses it: a footnote, or the address of a link"))
	}
	return found
}

// HiddenAt reports whether the edition does not show what stands at an offset of the body.
func (p *Page) HiddenAt(off int) bool {
	return slices.ContainsFunc(p.hidden, func(s markdown.Span) bool { return s.Holds(off) })
}

// refTarget is the page that a ref or relref names.
func refTarget(s markdown.Shortcode) string {
	if len(s.Args) > 0 {
		return s.Args[0]
	}
	return s.Named["path"]
}
