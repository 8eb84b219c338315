// Package leak proves that nothing withheld stands in an output file, however publishing may have spelt it.
//
// Make a [Matcher] of an edition's ledger with [New], once; ask [Matcher.File] of every output file, and [Matcher.Text] of
// a source file to learn where what was found comes from. Both the ledger's texts and the files are folded to their
// letters and digits (fold.go), so that case, spacing, punctuation, invisible characters and compatibility forms need no
// undoing; encodings are undone into further views of a file (view.go), and every view is searched for values (patterns.go)
// and for stretches of prose (runs.go).
//
// A hit names the entry and the view, never the text.
package leak

import (
	"path"
	"strings"

	"candour/internal/ledger"
)

// Matcher searches for what one ledger withholds. It does not change after [New] and is safe for concurrent use.
type Matcher struct {
	values  patterns
	runs    runs
	skipped []Skip
}

// Skip is an entry of the ledger that is guarded by construction alone, and why.
type Skip struct {
	Entry int
	Why   string
}

// Hit is an entry of the ledger that was found. A text that more than twenty entries share is reported for the first
// twenty.
type Hit struct {
	Entry int
	// Part is set where only the last word of a name was found: a warning.
	Part bool
	// Start and End are byte offsets into the text given to Text; -1 where they are not known, as in a file.
	Start, End int
	// View says what was looked at: "text", "attribute", "script, style or comment", "raw bytes", "base64", "file name" or
	// "document text".
	View string
}

// Skipped returns the entries that are not searched for.
func (m *Matcher) Skipped() []Skip { return m.skipped }

// Text searches plain text, such as a source file. Offsets are known of all but what stands in base64, a tag or a
// comment.
func (m *Matcher) Text(text string) []Hit {
	s := m.newScan()
	s.view("text", []byte(text), origin{known: true}, 0)
	return s.end()
}

// File searches one output file: its path, its bytes in every view, and texts that the caller drew from it (of a PDF or
// an image, metadata included).
func (m *Matcher) File(name string, data []byte, extracted []string) []Hit {
	s := m.newScan()
	s.path(name)
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm", ".xhtml", ".xml", ".svg", ".atom", ".rss", ".xsl":
		// Every byte but bare tags is in one of the three texts that markup is taken apart into, so encodings are
		// undone there. The bytes as a whole are searched for values as well: bare tags, what stands across two texts.
		s.markup("text", data, origin{}, 0)
		s.matchValues("raw bytes", data, origin{})
		s.wide("raw bytes", data, origin{}, 0)
	default:
		s.view("raw bytes", data, origin{}, 0)
	}
	for _, text := range extracted {
		s.view("document text", []byte(text), origin{}, 1)
	}
	return s.end()
}

// New makes a matcher of a ledger.
func New(l *ledger.Ledger) *Matcher {
	b := &builder{m: &Matcher{}, common: map[string]bool{}, cleared: map[string]bool{}, numbers: map[string]bool{},
		clearedWords: map[string]bool{}, proses: map[string]prose{}}
	b.m.values.byText = make(map[string]int32, 2*len(l.Entries))
	for word := range l.Common {
		b.common[foldText(word)] = true
	}
	// A released text of eight words is given on purpose; its runs are no leak in another passage either.
	b.standing = newStanding(l.Phrases, append(append([]string(nil), l.Standing...), l.Cleared...))
	for _, text := range l.Cleared {
		b.clear(text)
	}
	for i := range l.Entries {
		if why := b.entry(int32(i), &l.Entries[i]); why != "" {
			b.m.skipped = append(b.m.skipped, Skip{i, why})
		}
	}
	b.m.values.index()
	b.m.runs.index()
	for _, text := range l.Cleared {
		b.m.values.cover(foldText(text))
	}
	return b.m
}
