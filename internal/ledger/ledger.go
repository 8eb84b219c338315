// Package ledger keeps what an edition withholds, so that the audit can prove that none of it came out.
//
// It lives in memory only. A [Secret] prints as a mask under every verb and refuses to marshal; the only way to its text
// is [Secret.Reveal], which a test allows in the packages that search for it and nowhere else.
package ledger

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// Secret is a withheld text. The zero value holds nothing.
type Secret struct{ text string }

// Mask is what a secret prints as.
const Mask = "[withheld]"

// NewSecret wraps a text.
func NewSecret(text string) Secret { return Secret{text} }

// Reveal returns the text, for searching only.
func (s Secret) Reveal() string { return s.text }

// Empty reports whether there is nothing to search for.
func (s Secret) Empty() bool { return s.text == "" }

// Format prints the mask under every verb, %#v and %x included.
func (s Secret) Format(f fmt.State, _ rune) { fmt.Fprint(f, Mask) }

func (s Secret) String() string   { return Mask }
func (s Secret) GoString() string { return Mask }

// ErrMarshal is what a secret answers to every encoder.
var ErrMarshal = errors.New("a withheld value cannot be written")

func (s Secret) MarshalText() ([]byte, error)   { return nil, ErrMarshal }
func (s Secret) MarshalJSON() ([]byte, error)   { return nil, ErrMarshal }
func (s Secret) MarshalBinary() ([]byte, error) { return nil, ErrMarshal }
func (s Secret) GobEncode() ([]byte, error)     { return nil, ErrMarshal }

// Kind says how a secret is searched for: contract, section 9.
type Kind int

const (
	// Value is a text value: the whole of it, at word boundaries.
	Value Kind = iota
	// Phone is a telephone number: in any spelling, international too.
	Phone
	// Name is a person's name: as a Value, and its last word alone is worth a warning.
	Name
	// Prose is a section, passage, body or summary: any eight consecutive words, or all of it from three words up.
	Prose
	// Title is a withheld page's title: all of it, from three words up.
	Title
	// File is the name of a withheld file.
	File
	// Unsearchable is a number, date, boolean or vocabulary key, or a value flagged search = false: guarded by
	// construction alone and listed in review.
	Unsearchable
	// Operation is the name of an operation: as a Value, however it is announced.
	Operation
)

// Entry is one withheld item.
type Entry struct {
	Secret Secret
	Kind   Kind
	File   string // the source file that it stands in
	Line   int    // where; 0 where unknown
	Label  string // "field lead.0.phone", "section at line 41", "passage contacts": never a value
	Level  string // the level that keeps it back
	Reason string // a key of data/reasons.toml
	By     string // the rule that withheld it: "the schema", "[[withhold]] at line 12", "the page's level", ...
	Shown  bool   // whether a marker stands in its place
	Inside bool   // one detail in a longer text that is withheld, guarded by itself
	// Why says why an Unsearchable entry cannot be searched for.
	Why string
}

// Unsaid is something that is flagged, though this edition may show it or nobody searches for it.
type Unsaid struct {
	Secret Secret
	Kind   Kind
	Handle bool   // a name for it: the id of a section, the name of a passage
	Label  string // what the program calls it by that name, as an Entry's: "" where it does not
}

// Ledger is all that an edition withholds, and what it is given on purpose. It is filled by redaction and read by the
// audit and by review.
type Ledger struct {
	Entries []Entry
	// Cleared holds values that the edition is given elsewhere on purpose: [contact], [publishable], a [[release]].
	Cleared []string
	// Details are the details in all that is withheld, searched for or not, as detail.Match.Key has them: what is found in the
	// open is compared with them before anything is said about it.
	Details map[Secret]bool
	// Open holds those of Cleared that everybody is given.
	Open []string
	// Unsaid is what no finding may repeat beside the entries' texts.
	Unsaid []Unsaid
	// Phrases are standing phrases, and Standing standing texts (vetted templates, narrative), that are no part of an
	// eight-word run.
	Phrases  []string
	Standing []string
	// Common are single words too usual to search for: data/common-words.txt, lower case.
	Common map[string]bool
}

// Sum is a digest, under a key, of all that decides what is searched for, in order: where two ledgers have the same, a
// search for either finds the same. Without the key nobody can guess a value and see that the guess was right.
func (l *Ledger) Sum(key []byte) (sum [sha256.Size]byte) {
	h := hmac.New(sha256.New, key)
	put := func(texts ...string) {
		var n [8]byte
		binary.LittleEndian.PutUint64(n[:], uint64(len(texts)))
		h.Write(n[:])
		for _, s := range texts {
			binary.LittleEndian.PutUint64(n[:], uint64(len(s)))
			h.Write(n[:])
			h.Write([]byte(s))
		}
	}
	for i := range l.Entries {
		e := &l.Entries[i]
		put(strconv.Itoa(int(e.Kind)), e.Secret.text, e.Why)
	}
	details := make([]string, 0, len(l.Details))
	for s := range l.Details {
		details = append(details, s.text)
	}
	slices.Sort(details)
	put(details...)
	put(l.Cleared...)
	put(l.Phrases...)
	put(l.Standing...)
	put(slices.Sorted(maps.Keys(l.Common))...)
	h.Sum(sum[:0])
	return sum
}
