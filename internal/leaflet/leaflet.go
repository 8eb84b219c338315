// Package leaflet reads a finished leaflet page as one text in reading order, for every format that is no web page: plain
// text, EPUB, Braille and speech. What a leaflet says in another format is what its page says, and nothing else.
//
// Reach for [Read]. The theme marks the parts with data-text (package prose); a part that a site's own theme does not mark
// is left out, but for the body.
package leaflet

import (
	"net/url"
	"slices"
	"strings"

	"candour/internal/prose"
)

// Sheet is a leaflet as text.
type Sheet struct {
	Title     string
	Summary   string
	Lang      string // a BCP 47 tag
	Dir       string // "ltr" or "rtl"
	Publisher string // a line that says who published it and how to reach them; may be empty
	Origin    string // a line that says whose words they are, in which version and under which licence; empty for a site's own
	Address   string // of the live page, whole
	Dates     string // a line that says when it was published and is to be reviewed; may be empty

	// Blocks are all of it, in the order in which it is read, without the title and the lines. Links are whole
	// addresses, or begin with #.
	Blocks []prose.Block
}

// Parts of the page around its body, as data-text names them, in reading order.
var before, after = []string{"notices", "emergency"}, []string{"slots", "below"}

// Read reads a finished page. address is the whole address under which readers find it.
func Read(page []byte, address string) (*Sheet, error) {
	doc, err := prose.Read(page)
	if err != nil {
		return nil, err
	}
	s := &Sheet{Title: doc.Title, Summary: doc.Summary, Lang: doc.Lang, Dir: doc.Dir, Address: address,
		Publisher: line(doc.Parts["publisher"]), Origin: line(doc.Parts["origin"]), Dates: line(doc.Parts["dates"])}
	if s.Summary != "" {
		s.Blocks = append(s.Blocks, prose.Block{Kind: prose.Paragraph, Text: s.Summary, Runs: []prose.Run{{Text: s.Summary}}})
	}
	for _, part := range before {
		s.Blocks = append(s.Blocks, doc.Parts[part]...)
	}
	s.Blocks = append(s.Blocks, doc.Blocks...)
	for _, part := range after {
		s.Blocks = append(s.Blocks, doc.Parts[part]...)
	}
	base, _ := url.Parse(address)
	for i := range s.Blocks {
		b := &s.Blocks[i]
		b.Runs = slices.DeleteFunc(slices.Clone(b.Runs), back)
		b.Text = strings.TrimRight(strings.ReplaceAll(b.Text, backMark, ""), " \u00a0")
		if Slot(*b) {
			label(b)
		}
		for j := range b.Runs {
			b.Runs[j].Href = Resolve(base, b.Runs[j].Href)
		}
	}
	return s, nil
}

// backMark is what a link from a footnote back to the text is shown as. Off the page it leads nowhere.
const backMark = "\u21a9\ufe0e"

func back(r prose.Run) bool { return strings.TrimSpace(r.Text) == backMark }

// Resolve makes a link whole, but for one within the page.
func Resolve(base *url.URL, href string) string {
	if base == nil || href == "" || strings.HasPrefix(href, "#") {
		return href
	}
	u, err := base.Parse(href)
	if err != nil {
		return ""
	}
	return u.String()
}

// Blank reports whether a block is a contact that the venue writes in by hand.
func Blank(b prose.Block) bool { return slices.Contains(strings.Fields(b.Class), "blank") }

// Slot reports whether a block is a local contact.
func Slot(b prose.Block) bool {
	return b.Kind == prose.Item && slices.Contains(strings.Fields(b.Class), "slot")
}

// label puts a colon between the name of a contact and what stands for it.
func label(b *prose.Block) {
	for i := range b.Runs {
		if b.Runs[i].Strong || Blank(*b) {
			b.Runs[i].Text = strings.TrimRight(b.Runs[i].Text, " :") + ":"
			break
		}
	}
	b.Text = ""
	for _, r := range b.Runs {
		b.Text += r.Text
	}
	b.Text = strings.TrimSpace(b.Text)
}

func line(blocks []prose.Block) string {
	var parts []string
	for _, b := range blocks {
		if b.Text != "" {
			parts = append(parts, strings.Join(strings.Fields(b.Text), " "))
		}
	}
	return strings.Join(parts, " ")
}
