// Package prose reads a finished page as text: its title, language and direction, and its blocks in the order in which
// they are read. Whatever gives a page in another form (a message, a feed, an e-mail, a search index, plain text, Braille,
// speech) starts from here, so that no form can say what the page does not.
//
// Reach for [Read], then for [Document.Plain] or the blocks. The theme marks the page's own text with data-text="body" and
// other parts with names of its own (data-text="emergency"); what lies inside one of them and is no text of the page, such
// as its tags and its history, is marked data-text="none".
package prose

import "strings"

// Kind says what a block is.
type Kind int

// Kinds of blocks.
const (
	Paragraph Kind = iota
	Heading        // Level 1 to 6
	Item           // of a list; a second paragraph of an item is a Paragraph of the same Depth
	Quote          // a paragraph of a quotation
	Row            // of a table: Cells, with the header of each column in Heads
	Caption        // of a table or a figure
	Term           // of a description list
	Detail         // what is said of the Term before it
	Code           // white space is kept
	Image          // a picture that stands alone: its alternative text
)

// Document is a page as text.
type Document struct {
	Title   string // of the main heading; without one, of the page
	Summary string // of the page's description; may be empty
	Lang    string // of the page: a BCP 47 tag
	Dir     string // "ltr" or "rtl"
	Blocks  []Block
	Parts   map[string][]Block // other marked parts of the page, by name
}

// Block is a piece of text that stands on lines of its own.
type Block struct {
	Kind    Kind
	Level   int  // of a Heading
	Ordered bool // an Item of a numbered list
	Number  int  // of an ordered Item, as a browser would number it
	Depth   int  // how many lists the block stands in
	ID      string
	Lang    string // where it is not the page's
	Class   string // of the element, such as "withheld"
	Runs    []Run
	Text    string // of all runs; line breaks are \n. Of a Row, its cells
	Cells   []string
	Heads   []string // headers of the columns, as many as Cells; "" where a column has none
}

// Run is a stretch of a block's text with one look.
type Run struct {
	Text     string
	Lang     string // where it is not the block's
	Href     string // of the link that it stands in, as the page has it
	Strong   bool
	Emphasis bool
	Code     bool
	Withheld bool // a marker: what stands here is withheld, for the reason that it names
	Image    bool // the alternative text of a picture
}

// Plain is the document as text: blocks apart, items with their marks, rows with their headers. It has no title.
func (d *Document) Plain() string { return Plain(d.Blocks) }

// Plain writes blocks as text, a blank line between them and none between the items of a list.
func Plain(blocks []Block) string { return write(blocks, Block.say) }

// Linked is like Plain, with the address of each link behind its text. resolve makes the addresses whole.
func Linked(blocks []Block, resolve func(href string) string) string {
	return write(blocks, func(b Block) string { return b.Linked(resolve) })
}

func write(blocks []Block, say func(Block) string) string {
	var out strings.Builder
	for i, b := range blocks {
		text := say(b)
		if text == "" {
			continue
		}
		if out.Len() > 0 {
			out.WriteByte('\n')
			if !tight(blocks[i-1], b) {
				out.WriteByte('\n')
			}
		}
		indent := strings.Repeat("  ", max(b.Depth-1, 0))
		if b.Kind != Item && b.Depth > 0 {
			indent += "  "
		}
		mark := b.Mark()
		out.WriteString(indent + mark)
		hang := "\n" + indent + strings.Repeat(" ", len([]rune(mark)))
		out.WriteString(strings.ReplaceAll(text, "\n", hang))
	}
	return out.String()
}

// tight reports whether two blocks stand without a blank line between them.
func tight(a, b Block) bool {
	switch b.Kind {
	case Item:
		return a.Kind == Item || a.Depth > 0
	case Row:
		return a.Kind == Row || a.Kind == Caption
	case Detail:
		return a.Kind == Term || a.Kind == Detail
	}
	return false
}

// Mark is what stands before an Item: "- " or its number.
func (b Block) Mark() string {
	switch {
	case b.Kind != Item:
		return ""
	case b.Ordered:
		return itoa(b.Number) + ". "
	}
	return "- "
}

// Link is a link of a document.
type Link struct{ Text, Href string }

// Links lists the links of blocks in order, each address once.
func Links(blocks []Block) []Link {
	var links []Link
	at := map[string]int{}
	for _, b := range blocks {
		open := -1
		for _, r := range b.Runs {
			if r.Href == "" {
				open = -1
				continue
			}
			if open >= 0 && links[open].Href == r.Href {
				links[open].Text += r.Text
				continue
			}
			if _, ok := at[r.Href]; ok {
				open = -1
				continue
			}
			at[r.Href], open = len(links), len(links)
			links = append(links, Link{r.Text, r.Href})
		}
	}
	return links
}

// Linked is the block's text with the address of each link behind it in brackets, unless the text is the address already
// or a marker, whose link only explains it.
func (b Block) Linked(resolve func(href string) string) string {
	if b.Kind == Row {
		return b.say()
	}
	var out strings.Builder
	for i, r := range b.Runs {
		out.WriteString(r.Text)
		if r.Href == "" || r.Withheld || strings.HasPrefix(r.Href, "#") || i+1 < len(b.Runs) && b.Runs[i+1].Href == r.Href {
			continue
		}
		text := r.Text
		for j := i - 1; j >= 0 && b.Runs[j].Href == r.Href; j-- {
			text = b.Runs[j].Text + text
		}
		address := resolve(r.Href)
		for _, scheme := range []string{"mailto:", "tel:"} {
			if strings.HasPrefix(address, scheme) {
				address = strings.TrimPrefix(address, scheme)
				if digits(address) == digits(text) && digits(text) != "" {
					address = ""
				}
			}
		}
		if address != "" && !strings.EqualFold(strings.TrimSpace(text), address) {
			out.WriteString(" (" + address + ")")
		}
	}
	return out.String()
}

// say is the block's text; a row's cells come with their headers.
func (b Block) say() string {
	if b.Kind != Row {
		return b.Text
	}
	var parts []string
	for i, cell := range b.Cells {
		switch {
		case cell == "":
		case i < len(b.Heads) && b.Heads[i] != "":
			parts = append(parts, b.Heads[i]+": "+cell)
		default:
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, "; ")
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}
