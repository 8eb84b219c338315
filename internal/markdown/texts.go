package markdown

import "iter"

// TextKind says what a Text is.
type TextKind int

const (
	Words    TextKind = iota // as typed: escapes and entities stand in it
	Verbatim                 // code, and addresses that link themselves
	NewLine                  // empty: the words after it are on a new line of the same block
	NewBlock                 // empty: the words after it belong to another heading, paragraph, item or cell
)

// Text is a piece of what readers get to read, without markup and shortcode tags.
type Text struct {
	Span Span
	Kind TextKind
}

// Texts yields what readers get to read, in the order of the body, for whoever judges its words and must point at them.
func (d *Document) Texts() iter.Seq[Text] {
	kinds := [...]TextKind{gapRun: NewLine, textRun: Words, rawRun: Verbatim, blockRun: NewBlock}
	return func(yield func(Text) bool) {
		for _, r := range d.runs {
			if !yield(Text{Span{int(r.start), int(r.end)}, kinds[r.kind]}) {
				return
			}
		}
	}
}
