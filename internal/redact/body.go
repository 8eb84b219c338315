package redact

import (
	"bytes"
	"slices"
	"strings"

	"candour/internal/content"
	"candour/internal/markdown"
	"candour/internal/vetting"
)

// body cuts what is withheld and puts markers in, keeping the number of lines.
func (c *Cleared) body(p *Page, src *vetting.Page) {
	doc := src.Doc
	p.Sections = map[string]bool{}
	var cuts []vetting.Cut
	var sections, passages []markdown.Span
	for _, cut := range src.Cuts {
		if cut.Level <= c.edition.Clearance {
			continue
		}
		cuts = append(cuts, cut)
		if cut.Section {
			sections = append(sections, cut.Span)
		} else {
			passages = append(passages, cut.Span)
		}
	}
	marks := c.anyDrug(p, src)
	if len(cuts) == 0 && len(doc.Shortcodes) == 0 && len(doc.Tasks) == 0 && len(marks) == 0 && !slices.ContainsFunc(src.Files, func(f vetting.File) bool { return f.Level > c.edition.Clearance }) &&
		!slices.ContainsFunc(src.Links, func(l vetting.Link) bool { return l.Drop }) {
		p.Body = src.Body
		for _, h := range doc.Headings {
			p.Headings = append(p.Headings, Heading{h.Level, h.ID, h.Text})
			p.Sections[h.ID] = false
		}
		return
	}
	definitions, orphans, _ := doc.Withhold(sections, passages)
	edits, spans := c.markers(src, outermost(cuts))
	for _, span := range definitions {
		edits = append(edits, markdown.Edit{Span: span})
		spans = append(spans, span)
	}
	for _, def := range doc.Definitions {
		if def.Kind == markdown.LinkDefinition && c.withheldFile(src, vetting.BundleName(def.Destination)) != nil {
			edits = append(edits, markdown.Edit{Span: def.Span})
		}
	}
	for _, i := range orphans {
		edits = append(edits, markdown.Edit{Span: doc.Uses[i].Span})
	}
	gone := func(off int) bool {
		return slices.ContainsFunc(spans, func(s markdown.Span) bool { return s.Holds(off) })
	}
	edits = append(edits, c.withheldFiles(src, gone)...)
	edits = append(edits, c.shortcodes(p, src, gone)...)
	for _, task := range doc.Tasks { // a form field without a label otherwise
		if !gone(task.Span.Start) {
			edits = append(edits, markdown.Edit{Span: task.Span, Text: `{{< candour-task "` + map[bool]string{true: "done", false: "open"}[task.Done] + `" >}}`})
		}
	}
	edits = append(edits, dropped(src, gone, edits)...)
	for _, e := range marks {
		if !gone(e.Span.Start) {
			edits = append(edits, e)
		}
	}
	blank := c.blankHeadings(src, cuts)
	for _, h := range blank {
		edits = append(edits, markdown.Edit{Span: h})
		spans = append(spans, h)
	}
	for _, e := range doc.PinIDs() {
		if !gone(e.Span.Start) {
			edits = append(edits, e)
		}
	}
	p.Body, p.edits = markdown.Apply(src.Body, edits), edits
	for _, h := range doc.Headings {
		if gone(h.Span.Start) {
			p.Sections[h.ID] = true
			continue
		}
		p.Sections[h.ID] = false
		p.Headings = append(p.Headings, Heading{h.Level, h.ID, strings.TrimSpace(c.headingText(src, h, cuts))})
	}
}

// anyDrug marks the headings of a plan that hold whatever the drug is.
func (c *Cleared) anyDrug(p *Page, src *vetting.Page) []markdown.Edit {
	ids, _ := p.Params["threat_agnostic"].([]any)
	if src.Kind != content.Plans || len(ids) == 0 {
		return nil
	}
	var edits []markdown.Edit
	for _, h := range src.Doc.Headings {
		if slices.Contains(ids, any(h.ID)) && h.Content.Len() > 0 {
			edits = append(edits, markdown.Edit{Span: markdown.Span{Start: h.Content.End, End: h.Content.End}, Text: ` {{< candour-any-drug >}}`})
		}
	}
	return edits
}

// blankHeadings are the headings of which withholding leaves no word and no marker: a heading that says nothing is none.
func (c *Cleared) blankHeadings(src *vetting.Page, cuts []vetting.Cut) []markdown.Span {
	var blank []markdown.Span
	for _, h := range src.Doc.Headings {
		if len(bytes.TrimSpace(src.Body[h.Content.Start:h.Content.End])) > 0 && strings.TrimSpace(c.headingText(src, h, cuts)) == "" {
			blank = append(blank, h.Span)
		}
	}
	return blank
}

// headingText is the text of a heading with its withheld passages as markers.
func (c *Cleared) headingText(src *vetting.Page, h markdown.Heading, cuts []vetting.Cut) string {
	var edits []markdown.Edit
	for _, cut := range cuts {
		if h.Content.Contains(cut.Span) {
			text := ""
			if cut.Shown {
				text = c.marker(src.Lang, cut.Reason)
			}
			edits = append(edits, markdown.Edit{Span: cut.Span, Text: text})
		}
	}
	for _, l := range src.Links {
		if f := c.withheldFile(src, l.File); f != nil && h.Content.Contains(l.Span) {
			text := ""
			if f.Shown {
				text = c.marker(src.Lang, f.Reason)
			}
			edits = append(edits, markdown.Edit{Span: l.Span, Text: text})
		}
	}
	for _, s := range src.Doc.Shortcodes {
		if s.Name == "field" && h.Content.Contains(s.Span) && len(s.Args) == 1 {
			if f := src.Field(s.Args[0]); f != nil {
				edits = append(edits, markdown.Edit{Span: s.Span, Text: c.fieldText(src.Lang, f)})
			}
		}
		if s.Name == "contact" && h.Content.Contains(s.Span) && len(s.Args) == 1 {
			slot, _ := c.Config().Slot(s.Args[0])
			edits = append(edits, markdown.Edit{Span: s.Span, Text: slot.Value})
		}
	}
	for _, s := range src.Doc.Shortcodes {
		if s.Name == "cell" && !s.Escaped && h.Content.Contains(s.Span) {
			if f, u := c.use(s); f != nil {
				t := c.figures[f.Name]
				text, withheld := u.Withheld(f, t)
				if withheld {
					text = c.marker(src.Lang, text)
				} else {
					text = c.cited(src.Lang, u, t)
				}
				edits = append(edits, markdown.Edit{Span: s.Span, Text: text})
			}
		}
	}
	if len(edits) == 0 {
		return h.Text
	}
	return src.Doc.PlainWith(h.Content, edits)
}

// outermost drops the cuts that lie within another, and the second of two flags on one place.
func outermost(cuts []vetting.Cut) []vetting.Cut {
	var out []vetting.Cut
	for i, cut := range cuts {
		covered := slices.ContainsFunc(cuts, func(o vetting.Cut) bool { return o.Span != cut.Span && o.Span.Contains(cut.Span) }) ||
			slices.ContainsFunc(cuts[:i], func(o vetting.Cut) bool { return o.Span == cut.Span })
		if !covered {
			out = append(out, cut)
		}
	}
	return out
}

// markers makes the edits that cut what is withheld and put markers in. Equal markers side by side become one, so that
// they do not tell how many there were.
func (c *Cleared) markers(src *vetting.Page, cuts []vetting.Cut) (edits []markdown.Edit, gone []markdown.Span) {
	last, lastEnd := "", -1
	for _, cut := range cuts {
		text := ""
		if cut.Shown {
			adjoins := lastEnd >= 0 && cut.Reason == last && len(strings.TrimSpace(string(src.Body[min(lastEnd, cut.Span.Start):cut.Span.Start]))) == 0
			if !adjoins {
				text = marker(cut.Reason)
				if cut.Block {
					text = `{{< candour-withheld "` + cut.Reason + `" "block" >}}`
				}
			}
			last, lastEnd = cut.Reason, cut.Span.End
		} else if !cut.Block {
			text = nothing(src.Body, cut.Span)
		}
		gone = append(gone, cut.Span)
		if text != "" && cut.Block {
			edits = append(edits, src.Doc.BlockEdit(cut.Span, text))
		} else {
			edits = append(edits, markdown.Edit{Span: cut.Span, Text: text})
		}
	}
	return edits, gone
}

// dropped takes out the links to pages that are left out by hand, and leaves their words: where something in a link is
// withheld, or written in, only the signs around the words go, so that they are cut like all others.
func dropped(src *vetting.Page, gone func(int) bool, others []markdown.Edit) []markdown.Edit {
	var edits []markdown.Edit
	for _, l := range src.Links {
		if !l.Drop || gone(l.Span.Start) {
			continue
		}
		for _, d := range src.Doc.Links {
			if !d.Span.Contains(l.Span) {
				continue
			}
			if slices.ContainsFunc(others, func(e markdown.Edit) bool { return e.Span.Overlaps(d.Span) }) {
				edits = append(edits, unlinked(src.Body, d)...)
			} else {
				edits = append(edits, markdown.Edit{Span: d.Span, Text: markdown.EscapeText(d.Text)})
			}
			break
		}
	}
	return edits
}

// unlinked takes away what makes words a link; the words too, where it does not know which they are.
func unlinked(body []byte, d markdown.Link) []markdown.Edit {
	whole := body[d.Span.Start:d.Span.End]
	end := len(whole) - 1
	switch {
	case d.Image || d.Auto || len(whole) == 0 || whole[0] != '[':
		end = -1
	case d.DestSpan.Len() > 0:
		end = bytes.LastIndex(body[d.Span.Start:d.DestSpan.Start], []byte("]("))
	case bytes.Contains(whole, []byte("][")):
		end = bytes.LastIndex(whole, []byte("]["))
	}
	if end < 1 {
		return []markdown.Edit{{Span: d.Span}}
	}
	return []markdown.Edit{{Span: markdown.Span{Start: d.Span.Start, End: d.Span.Start + 1}}, {Span: markdown.Span{Start: d.Span.Start + end, End: d.Span.End}}}
}
