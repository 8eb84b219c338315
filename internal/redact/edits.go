package redact

import (
	"bytes"
	"regexp"
	"strings"

	"candour/internal/markdown"
	"candour/internal/vetting"
)

// fieldEdits writes a field into the text. In a link's destination no marker can stand, so the whole link gives way, and so
// does each that uses a definition with such a destination. A link that would have no words left goes too.
func (c *Cleared) fieldEdits(src *vetting.Page, s markdown.Shortcode, f *vetting.Field) []markdown.Edit {
	one := func(span markdown.Span, text string) []markdown.Edit {
		return []markdown.Edit{{Span: span, Text: text}}
	}
	switch withheld := f.Level > c.edition.Clearance; {
	case !withheld && s.InAttribute:
		return one(s.Span, attribute(c.words(src.Lang, f)))
	case !withheld:
		return one(s.Span, markdown.EscapeText(c.words(src.Lang, f)))
	case s.InAttribute:
		for _, l := range src.Doc.Links {
			if l.Span.Contains(s.Span) {
				return one(l.Span, inlineMarker(src, l.Span, f.Reason, f.Shown))
			}
		}
		edits := one(s.Span, "")
		for i, def := range src.Doc.Definitions {
			if def.Kind != markdown.LinkDefinition || !def.Span.Contains(s.Span) {
				continue
			}
			edits = one(def.Span, "")
			for _, use := range src.Doc.Uses {
				if use.Definition == i {
					edits = append(edits, markdown.Edit{Span: use.Span, Text: inlineMarker(src, use.Span, f.Reason, f.Shown)})
				}
			}
		}
		return edits
	case !f.Shown:
		for _, l := range src.Doc.Links {
			if !l.Image && l.Span.Contains(s.Span) && wordless(src.Body[l.Span.Start:s.Span.Start], "[*_~") && bytes.HasPrefix(bytes.TrimLeft(src.Body[s.Span.End:], " *_~"), []byte("]")) {
				return one(l.Span, nothing(src.Body, l.Span))
			}
		}
	}
	return one(s.Span, inlineMarker(src, s.Span, f.Reason, f.Shown))
}

// wordless reports whether nothing but marks stands in a stretch of Markdown.
func wordless(text []byte, marks string) bool {
	return len(bytes.Trim(text, " \t\r\n"+marks)) == 0
}

// attribute makes a value fit for a link's destination, where white space and brackets would end it.
func attribute(s string) string {
	return strings.NewReplacer(" ", "%20", "(", "%28", ")", "%29", "<", "%3C", ">", "%3E", "\"", "%22", "\n", "%20", "{", "%7B", "}", "%7D").Replace(s)
}

// inlineMarker is what stands where a stretch of text was.
func inlineMarker(src *vetting.Page, span markdown.Span, reason string, shown bool) string {
	if !shown {
		return nothing(src.Body, span)
	}
	for _, l := range src.Doc.Links {
		if l.Span.Contains(span) && l.Span != span { // a link cannot stand in a link, nor in a picture's words
			return `{{< candour-withheld "` + reason + `" "plain" >}}`
		}
	}
	return marker(reason)
}

func marker(reason string) string { return `{{< candour-withheld "` + reason + `" >}}` }

var itemOnly = regexp.MustCompile(`^(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+(?:[-*+]|[0-9]{1,9}[.)]))*$`)

// nothing is what stands where a stretch of text was that leaves no marker. At the beginning of a line it is a tag that
// prints nothing: an item without text would underline the line above it, as a heading, and the text behind the cut could
// begin a list or a heading that nobody wrote.
func nothing(body []byte, span markdown.Span) string {
	before := body[bytes.LastIndexByte(body[:span.Start], '\n')+1 : span.Start]
	behind, _, _ := bytes.Cut(body[span.End:], []byte{'\n'})
	before = bytes.Trim(before, " \t>")
	if n := len(before); n > 0 && len(behind) > 0 && strings.IndexByte("*_~`", before[n-1]) >= 0 && strings.IndexByte("*_~`", behind[0]) >= 0 {
		return marker("") // marks with nothing between them would be read as signs
	}
	if itemOnly.Match(before) || len(before) == 0 && len(bytes.TrimSpace(behind)) > 0 {
		return marker("")
	}
	return ""
}
