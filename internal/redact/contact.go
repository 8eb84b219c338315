package redact

import (
	"strings"

	"candour/internal/detail"
	"candour/internal/markdown"
	"candour/internal/vetting"
)

// contactEdit writes a contact of candour.toml into the text: a telephone number or an address as a link, unless it stands
// in one already.
func (c *Cleared) contactEdit(src *vetting.Page, s markdown.Shortcode) markdown.Edit {
	slot, _ := c.Config().Slot(s.Args[0])
	if s.InAttribute {
		if strings.HasSuffix(string(src.Body[:s.Span.Start]), "tel:") {
			return markdown.Edit{Span: s.Span, Text: dialled(slot.Value)}
		}
		return markdown.Edit{Span: s.Span, Text: attribute(slot.Value)}
	}
	text := markdown.EscapeText(slot.Value)
	linked := s.InCode
	for _, l := range src.Doc.Links {
		linked = linked || l.Span.Contains(s.Span)
	}
	if to := ContactURL(slot.Value); to != "" && !linked {
		text = "[" + text + "](" + to + ")"
	}
	return markdown.Edit{Span: s.Span, Text: text}
}

// ContactURL is the tel: or mailto: address of a contact that is a telephone number or an e-mail address and nothing
// besides, or "".
func ContactURL(value string) string {
	found := detail.Find(value)
	if len(found) != 1 || strings.TrimSpace(value) != found[0].Text {
		return ""
	}
	switch found[0].Kind {
	case detail.Phone:
		return "tel:" + dialled(value)
	case detail.Email:
		return "mailto:" + attribute(found[0].Text)
	}
	return ""
}

// dialled keeps what a telephone dials.
func dialled(number string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '+' {
			return r
		}
		return -1
	}, number)
}
