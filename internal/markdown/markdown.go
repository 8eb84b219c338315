// Package markdown is the one place that understands the bodies of pages.
//
// It reads a body with the same Goldmark, set up the same way, as Hugo 0.165 does by default, and gives back positions:
// byte offsets into the very bytes it was handed. Whoever withholds, links or reports works on those positions, finding a
// thing in the syntax tree and then cutting the source bytes that it came from; nobody looks for text that resembles it.
//
// Reach first for [Parse], then for the lists of the [Document]; [Document.Section] and [Document.Passages] say what to
// cut, [Document.Withhold] settles the definitions that go or stay with it, [Document.PinIDs] keeps heading ids what they
// are when text around them goes, and [Apply] makes the new body without moving a line.
//
// Hugo replaces shortcodes before it parses, so this package does too: what Goldmark reads here is the body without the
// tags of passage, and with a run of letters for every other tag. Offsets are always those of the body as written.
package markdown

import (
	"strings"
	"sync"
)

// Span is a range of bytes of the body, End excluded.
type Span struct{ Start, End int }

// Len is the number of bytes in the span.
func (s Span) Len() int { return s.End - s.Start }

// Contains says whether all of t lies in s.
func (s Span) Contains(t Span) bool { return s.Start <= t.Start && t.End <= s.End }

// Holds says whether the byte at off lies in s.
func (s Span) Holds(off int) bool { return s.Start <= off && off < s.End }

// Overlaps says whether the two spans share a byte.
func (s Span) Overlaps(t Span) bool { return s.Start < t.End && t.Start < s.End }

// Document is what a body holds. It keeps the body it was read from, which nobody may change afterwards. All lists are in
// the order of the body. A Document may be read by several goroutines at once.
type Document struct {
	Headings    []Heading
	Shortcodes  []Shortcode  // one entry per tag, opening and closing ones alike
	Passages    []Passage    // well-formed ones only: what is wrong is in Problems
	Links       []Link       // links, images, autolinks and bare addresses that become links
	RawHTML     []Span       // HTML blocks and inline HTML, comments and the summary divider among them
	Tasks       []Task       // the boxes of task lists
	Definitions []Definition // of footnotes and of link labels
	Uses        []Use        // where the text uses a definition
	Problems    []Problem

	body   []byte
	runs   []run
	titles []titleAt
	code   []Span // code spans and code blocks
	light  bool   // no bare address becomes a link
	draft  *draft // nil where nobody asked for one, and where HTML has to parse again

	linesOnce sync.Once
	lines     []int // where each line begins
}

// Task is the box before an item of a task list: [ ] or [x].
type Task struct {
	Span Span
	Done bool
}

// Heading is a heading of the body.
type Heading struct {
	Level int

	// ID is the id that Hugo gives the heading when nothing is withheld. It is empty for a heading without any text, which
	// Hugo leaves without an id.
	//
	// A heading that holds shortcodes is the one place where we differ, because its id must be the same in every edition
	// and must not carry what a flag may withhold: the tags and the text inside passages are no part of the id, and
	// field, placeholder and every other shortcode add nothing to it. [Document.PinIDs] makes Hugo agree. If that leaves no
	// text at all, the id is "heading", with a number if there are several.
	ID string

	Explicit bool   // the id is written in the body, {#id}
	Nested   bool   // it stands in a list, a quote or a footnote
	Text     string // plain, with the words of passages in it
	Span     Span   // the whole heading with the underline of a setext heading and the line end
	Content  Span   // its text alone

	// AttrAt is where the id goes when it is pinned: the end of the heading's text line, or just inside the brace of
	// attributes that are there already (then InAttrs is true).
	AttrAt  int
	InAttrs bool
}

// Shortcode is one tag, {{< name … >}} or {{% name … %}}.
type Shortcode struct {
	Name        string
	Args        []string          // positional arguments; never together with Named
	Named       map[string]string // nil without named arguments
	Span        Span              // the tag with its delimiters
	Closing     bool              // {{< /name >}}
	SelfClosing bool              // {{< name />}}
	Markdown    bool              // {{% … %}}
	InCode      bool              // in a code span or block; Hugo runs it all the same

	// InAttribute says that the tag stands in a link's destination or title, an image's text, an autolink or a link
	// definition: places that become an attribute, where no markup can go.
	InAttribute bool

	// Escaped is for {{</* … */>}}, which shows a tag instead of running it. Name and arguments are empty then.
	Escaped bool

	// Pair is the index in Shortcodes of the closing tag that belongs to this opening one, or the other way round; -1
	// without one.
	Pair int

	// Inner is what stands between an opening tag and its closing one; zero without one.
	Inner Span
}

// Target is what ref and relref point to: the first argument, or the one named path.
func (s Shortcode) Target() string {
	if len(s.Args) > 0 {
		return s.Args[0]
	}
	return s.Named["path"]
}

// Passage is text that the body marks with {{< passage "name" >}}…{{< /passage >}}.
type Passage struct {
	Name        string
	Open, Close Span // the two tags
	Inner       Span
	Block       bool // on lines of its own, around whole blocks

	// Whole is everything to cut: from the opening tag to the closing one, and of a block passage the lines of the tags
	// with their line ends.
	Whole Span
}

// Link is a link, an image, an autolink or a bare address.
type Link struct {
	// Destination is what Hugo hands to the link render hook: the bytes of the body, with escapes and entities as they
	// are written, "https://" before a bare www. address and "mailto:" before an e-mail address. Shortcode tags in it stand
	// as they are written.
	Destination string

	// URL is the destination as a browser would read it, escapes and entities resolved. Judge schemes on this one:
	// "java&#115;cript:" is a scheme too.
	URL string

	Text  string // plain
	Title string
	Image bool
	Auto  bool // <https://…> or a bare address
	Span  Span // from [, ![ or < to the closing ), ] or >; a bare address alone

	// DestSpan is where the destination stands; zero for one that comes from a definition and for an empty one.
	DestSpan Span

	// Ref is the label of a link by reference as written, for [text][label], [label][] and [label].
	Ref string
}

// DefinitionKind says what a label defines.
type DefinitionKind int

const (
	LinkDefinition DefinitionKind = iota // [label]: /destination "title"
	FootnoteDefinition
)

// Definition is the definition of a footnote or of a link label.
type Definition struct {
	Kind  DefinitionKind
	Label string // as written, without ^
	Key   string // what labels are compared by
	Span  Span   // whole lines, unless it shares its first line with a list marker or a quote
	// DestSpan is where the destination of a link definition stands.
	Destination string
	DestSpan    Span
	// Shadowed says that an earlier definition of the same label is the one that counts.
	Shadowed bool
}

// Use is a place where the text uses a definition.
type Use struct {
	Kind       DefinitionKind
	Span       Span // the whole link, or [^label]
	Definition int  // index in Definitions
}

// ProblemKind names what is wrong.
type ProblemKind string

const (
	BadShortcode       ProblemKind = "bad-shortcode" // not closed, or not a tag that Hugo can read
	PassageUnclosed    ProblemKind = "passage-unclosed"
	PassageUnopened    ProblemKind = "passage-unopened"
	PassageNested      ProblemKind = "passage-nested"
	PassageUnnamed     ProblemKind = "passage-unnamed"
	PassageInCode      ProblemKind = "passage-in-code"
	PassageMisplaced   ProblemKind = "passage-misplaced"
	PassageInterrupts  ProblemKind = "passage-interrupts"
	PassageInAttribute ProblemKind = "passage-in-attribute"
	BadHeadingID       ProblemKind = "bad-heading-id" // {id=5}, which Hugo panics on, and {#}
	ReservedText       ProblemKind = "reserved-text"  // marks that Hugo uses itself
	TooDeep            ProblemKind = "too-deep"       // nested so deeply that reading it would take for ever
	Unreadable         ProblemKind = "unreadable"     // Goldmark gave up
)

// AboutPassage says whether the problem is one of passages.
func (k ProblemKind) AboutPassage() bool { return strings.HasPrefix(string(k), "passage-") }

// Problem is something wrong with a body. Neither message nor hint quotes the body.
type Problem struct {
	Kind    ProblemKind
	Span    Span
	Message string
	Hint    string
}
