package leak

import (
	"encoding/binary"
	"slices"
	"strings"
	"unicode/utf8"

	"candour/internal/ledger"
)

// Masked stands in a message for what may not be repeated.
const Masked = "…withheld…"

// Mask returns messages without what a ledger withholds or leaves unsaid. open says which parts of a message may be read all the
// same, as pairs of offsets; it is asked about messages with something to hide alone.
//
// A message is mostly our own words. What an author may have typed into it stands in quotation marks, in a shortcode or in an
// address, and there even a common word is taken out where it is all that stands there. Anywhere else, and inside longer
// quotations, only what could not be our own words is: texts with a word that is not common.
func Mask(messages []string, l *ledger.Ledger, open func(text string) [][2]int) []string {
	m := newMask(messages, l.Common)
	given, longest := map[string]bool{}, 0
	for _, text := range l.Open {
		given[strings.ToLower(strings.TrimSpace(text))] = true
		longest = max(longest, len(text))
	}
	hide := func(s ledger.Secret, kind ledger.Kind) {
		if text := s.Reveal(); len(text) > 2*longest+8 || !given[strings.ToLower(strings.TrimSpace(text))] {
			m.hide(text, kind)
		}
	}
	for i := range l.Entries {
		if e := &l.Entries[i]; e.Kind != ledger.File && !e.Secret.Empty() { // paths may be named
			hide(e.Secret, e.Kind)
		}
	}
	for _, u := range l.Unsaid {
		if u.Handle {
			m.hideHandle(u.Secret.Reveal())
		} else {
			hide(u.Secret, u.Kind)
		}
	}
	return m.without(open)
}

// mask is made the other way round than a [Matcher]: messages are few and what is withheld is much, so the messages are indexed,
// and every withheld text is looked up in them once.
type mask struct {
	texts  []string
	folded []folded
	marks  [][]stretch
	common map[string]bool
	// typed are the folded texts of quotations, shortcodes and parts of addresses.
	typed map[string][]stretch
	// starts are the places where a word begins, by the first eight folded bytes, and by the first four.
	starts map[uint64][]stretch
	runs   map[string][]stretch // of eight words, inside quotations

	longest int // folded text
}

// stretch is a part of a text: bytes of it, or in starts the number of a boundary.
type stretch struct{ text, from, to int }

// newMask takes up messages. common are words that are too usual to be a secret by themselves, in lower case.
func newMask(messages []string, common map[string]bool) *mask {
	m := &mask{texts: messages, folded: make([]folded, len(messages)), marks: make([][]stretch, len(messages)), common: map[string]bool{},
		typed: map[string][]stretch{}, starts: map[uint64][]stretch{}, runs: map[string][]stretch{}}
	for word := range common {
		m.common[foldText(word)] = true
	}
	for i, text := range messages {
		f := &m.folded[i]
		f.fold([]byte(text))
		m.longest = max(m.longest, f.n)
		for k, s := range f.starts[:len(f.starts)-1] {
			v := f.load(int(s >> howBits))
			m.starts[v] = append(m.starts[v], stretch{text: i, from: k})
			m.starts[v&shortKey] = append(m.starts[v&shortKey], stretch{text: i, from: k})
		}
		for _, s := range typedIn(text) {
			s.text = i
			part := text[s.from:s.to]
			if t := foldText(part); t != "" {
				m.typed[t] = append(m.typed[t], s)
			}
			if w := words(part); len(w) >= runLength {
				for j := 0; j+runLength <= len(w); j++ {
					run := strings.Join(w[j:j+runLength], "")
					m.runs[run] = append(m.runs[run], s)
				}
			}
		}
	}
	return m
}

// typedIn finds what an author may have typed: quotations, the words of shortcodes, the parts of addresses.
func typedIn(text string) (found []stretch) {
	for from := 0; from < len(text); {
		i := strings.IndexByte(text[from:], '"')
		if i < 0 {
			break
		}
		start := from + i + 1
		end := start
		for end < len(text) && text[end] != '"' {
			if text[end] == '\\' {
				end++
			}
			end++
		}
		if end >= len(text) {
			break
		}
		found = append(found, stretch{from: start, to: end})
		from = end + 1
	}
	for from := 0; from < len(text); {
		end := strings.IndexAny(text[from:], " \t\n")
		if end < 0 {
			end = len(text)
		} else {
			end += from
		}
		token := text[from:end]
		if strings.ContainsAny(token, "/#") || from >= 4 && strings.HasPrefix(text[from-4:], "{{< ") {
			at := from
			for at < end {
				to := strings.IndexAny(text[at:end], `/#?&=.,;:"()<>`)
				if to < 0 {
					to = end
				} else {
					to += at
				}
				if to > at {
					found = append(found, stretch{from: at, to: to})
				}
				at = to + 1
			}
		}
		from = end + 1
	}
	return found
}

// hide takes out a withheld text of a kind.
func (m *mask) hide(secret string, kind ledger.Kind) {
	t := foldText(secret)
	n := utf8.RuneCountInString(t)
	if n < 2 {
		return
	}
	m.marked(m.typed[t])
	if kind == ledger.Phone || n >= 6 && allDigits(t) {
		for _, p := range phones(secret) {
			for _, spelling := range p.spellings {
				if len(spelling) >= 6 {
					m.anywhere(spelling, false)
				}
			}
		}
	}
	if last := strings.TrimSpace(secret); kind == ledger.Name {
		m.marked(m.typed[foldText(last[strings.LastIndexByte(last, ' ')+1:])])
	}
	if n < minLetters || len(m.runs) == 0 && (len(t) > m.longest || len(m.starts[keyOf(t)]) == 0) {
		return // as nearly all do
	}
	switch w := words(secret); {
	case len(w) >= runLength:
		m.prose(w)
	case slices.ContainsFunc(w, func(word string) bool { return !m.common[word] && !allDigits(word) }), n >= 6 && allDigits(t):
		m.anywhere(t, false)
	case len(w) > 1 && n >= 8:
		m.anywhere(t, true)
	}
}

// hideHandle takes out a name by which an author refers to something withheld, such as the id of a section: where it is all that
// somebody typed, and not where we say ourselves which section we mean.
func (m *mask) hideHandle(name string) { m.marked(m.typed[foldText(name)]) }

func (m *mask) marked(list []stretch) {
	for _, s := range list {
		m.marks[s.text] = append(m.marks[s.text], s)
	}
}

// prose takes out every quotation that has eight words of a text in a row.
func (m *mask) prose(w []string) {
	if len(m.runs) == 0 {
		return
	}
	for j := 0; j+runLength <= len(w); j++ {
		m.marked(m.runs[strings.Join(w[j:j+runLength], "")])
	}
}

// keyOf is under what the places are kept where a folded text may begin.
func keyOf(t string) uint64 {
	var b [8]byte
	copy(b[:], t)
	key := binary.LittleEndian.Uint64(b[:])
	if len(t) < 8 {
		key &= shortKey
	}
	return key
}

// anywhere takes out a folded text wherever it stands between boundaries, or only where it stands in what an author typed.
func (m *mask) anywhere(t string, typed bool) {
	for _, s := range m.starts[keyOf(t)] {
		f := &m.folded[s.text]
		from := int(f.starts[s.from] >> howBits)
		to := from + len(t)
		if to > f.n || string(f.b[from:to]) != t || f.starts[s.from]&boundary == 0 || !f.boundaryAt(to) {
			continue
		}
		start, end := locate([]byte(m.texts[s.text]), from, to)
		if typed && !slices.ContainsFunc(typedIn(m.texts[s.text]), func(q stretch) bool { return q.from <= start && end <= q.to }) {
			continue
		}
		m.marks[s.text] = append(m.marks[s.text], stretch{s.text, start, end})
	}
}

// without returns the messages without what was hidden in them.
func (m *mask) without(open func(text string) [][2]int) []string {
	out := slices.Clone(m.texts)
	for i, marks := range m.marks {
		if len(marks) == 0 {
			continue
		}
		text := m.texts[i]
		for _, span := range open(text) {
			marks = slices.DeleteFunc(marks, func(s stretch) bool { return span[0] <= s.from && s.to <= span[1] })
		}
		slices.SortFunc(marks, func(a, b stretch) int { return a.from - b.from })
		var b strings.Builder
		at := 0
		for _, s := range marks {
			if s.to <= at {
				continue
			}
			if s.from >= at {
				b.WriteString(text[at:s.from])
				b.WriteString(Masked)
			}
			at = s.to
		}
		out[i] = b.String() + text[at:]
	}
	return out
}
