package leak

import (
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"candour/internal/ledger"
)

// Why an entry is not searched for.
const (
	whyShort    = "fewer than four letters or digits"
	whyCommon   = "a single word that is too common to search for"
	whyCleared  = "given elsewhere in the edition on purpose"
	whyFew      = "fewer than three words"
	whyStanding = "nothing but standing phrases and texts, and stretches of fewer than eight words between them"
	whyNoText   = "no text to search for"
)

const (
	minLetters = 4 // letters or digits of a value
	minWords   = 3 // words of prose or a title
)

// builder fills a matcher.
type builder struct {
	m            *Matcher
	common       map[string]bool
	cleared      map[string]bool // folded texts
	clearedWords map[string]bool
	numbers      map[string]bool // keys of cleared telephone numbers
	standing     *standing
	proses       map[string]prose // a text that stands on many pages is indexed once
}

func (b *builder) clear(text string) {
	b.cleared[foldText(text)] = true
	for _, w := range words(text) {
		b.clearedWords[w] = true
	}
	for _, w := range strings.Fields(text) {
		b.clearedWords[foldText(w)] = true
	}
	for _, p := range phones(text) {
		b.numbers[p.key] = true
	}
}

// entry adds one entry, or says why it is not searched for.
func (b *builder) entry(i int32, e *ledger.Entry) string {
	text := e.Secret.Reveal()
	folded := foldText(text)
	switch {
	case e.Kind == ledger.Unsearchable:
		if e.Why != "" {
			return e.Why
		}
		return whyNoText
	case b.cleared[folded]:
		return whyCleared
	}
	switch e.Kind {
	case ledger.Phone:
		return b.phone(i, text, folded)
	case ledger.Prose:
		return b.prose(i, text)
	case ledger.Title:
		if len(words(text)) < minWords {
			return whyFew
		}
		return b.value(i, text, folded)
	case ledger.File:
		text = path.Base(strings.ReplaceAll(text, `\`, "/"))
		return b.value(i, text, foldText(text))
	case ledger.Name:
		return b.name(i, text, folded)
	case ledger.Operation:
		return b.operation(i, text, folded)
	}
	return b.value(i, text, folded)
}

func (b *builder) value(i int32, text, folded string) string {
	switch {
	case utf8.RuneCountInString(folded) < minLetters:
		return whyShort
	case b.cleared[folded]:
		return whyCleared
	case b.common[folded] && len(words(text)) == 1:
		return whyCommon
	}
	if allDigits(folded) {
		// A number in a field that the schema does not know as a telephone's.
		if p := phones(text); len(p) == 1 && b.numbers[p[0].key] {
			return whyCleared
		}
	}
	b.m.values.add(folded, owner{entry: i})
	return ""
}

func (b *builder) phone(i int32, text, folded string) string {
	why := ""
	found := false
	for _, p := range phones(text) {
		switch {
		case b.numbers[p.key]:
			why = whyCleared
		case len(p.key) < minLetters:
			if why == "" {
				why = whyShort
			}
		default:
			for _, spelling := range p.spellings {
				b.m.values.add(spelling, owner{entry: i})
			}
			found = true
		}
	}
	switch {
	case found:
		return ""
	case why != "":
		return why
	}
	return b.value(i, text, folded)
}

// operation adds what an operation is called behind each word that announces one, but not behind "op" where the two together
// are as short as any word.
func (b *builder) operation(i int32, text, folded string) string {
	why := b.value(i, text, folded)
	called := words(text)
	if len(called) < 2 || why == whyCleared {
		return why
	}
	called = called[1:]
	for _, announced := range []string{"operation", "ymgyrch", "op"} {
		all := announced + strings.Join(called, "")
		if len(all) >= 7 && !b.cleared[all] {
			b.m.values.add(all, owner{entry: i})
			why = ""
		}
	}
	return why
}

// honorifics are left out before a name too: a page that says "Jane Doe" has named Dr Jane Doe.
var honorifics = map[string]bool{"dr": true, "mr": true, "mrs": true, "ms": true, "miss": true, "mx": true, "prof": true,
	"professor": true, "sir": true, "dame": true, "rev": true, "revd": true, "reverend": true, "cllr": true, "councillor": true,
	"pc": true, "sgt": true, "insp": true, "inspector": true, "supt": true, "dc": true, "ds": true, "di": true, "dci": true}

func (b *builder) name(i int32, text, folded string) string {
	why := b.value(i, text, folded)
	fields := strings.Fields(text)
	for len(fields) > 2 && honorifics[foldText(fields[0])] {
		fields = fields[1:]
		if plain := foldText(strings.Join(fields, " ")); utf8.RuneCountInString(plain) >= minLetters && !b.cleared[plain] {
			b.m.values.add(plain, owner{entry: i})
			why = ""
		}
	}
	if len(fields) > 1 {
		last := foldText(fields[len(fields)-1])
		if utf8.RuneCountInString(last) >= minLetters && !b.common[last] && !b.clearedWords[last] {
			b.m.values.add(last, owner{entry: i, part: true})
		}
	}
	return why
}

// prose is what a withheld text is searched for by.
type prose struct {
	short []string // the whole of it, folded, where it is short
	id    int32    // its number among the runs, or -1
	why   string   // why there is neither
}

func (b *builder) prose(i int32, text string) string {
	p, ok := b.proses[text]
	if !ok {
		p = b.newProse(text)
		b.proses[text] = p
	}
	for _, folded := range p.short {
		b.m.values.add(folded, owner{entry: i})
	}
	if p.id >= 0 {
		if owners := &b.m.runs.proses[p.id]; len(*owners) < maxOwners {
			*owners = append(*owners, i)
		}
	}
	if p.id >= 0 || len(p.short) > 0 {
		return ""
	}
	return p.why
}

func (b *builder) newProse(text string) prose {
	p := prose{id: -1, why: whyFew}
	for _, stretches := range readings(text) {
		if all := slices.Concat(stretches...); len(all) < runLength {
			if why := b.shortProse(all); why == "" {
				p.short = append(p.short, strings.Join(all, ""))
			} else if why != whyFew {
				p.why = why
			}
			continue
		}
		p.why = whyStanding
		for _, stretch := range stretches {
			rest, _ := b.standing.split(stretch)
			for _, words := range rest {
				if len(words) < runLength {
					continue
				}
				if p.id < 0 {
					p.id = int32(len(b.m.runs.proses))
					b.m.runs.proses = append(b.m.runs.proses, nil)
				}
				b.m.runs.add(words, p.id)
			}
		}
	}
	return p
}

// shortProse says why a text of fewer than eight words is not searched for as a whole.
func (b *builder) shortProse(words []string) string {
	folded := strings.Join(words, "")
	if len(words) < minWords {
		return whyFew
	}
	if _, removed := b.standing.split(words); removed {
		return whyStanding
	}
	if utf8.RuneCountInString(folded) < minLetters {
		return whyShort
	}
	if b.cleared[folded] {
		return whyCleared
	}
	return ""
}
