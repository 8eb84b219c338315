package leak

import (
	"bytes"
	"slices"
	"sort"
)

// patterns finds many folded texts at once. A withheld value is only a leak where a word begins, so nothing has to run at
// every byte as an automaton does: at a boundary, the first eight folded bytes (four, for a shorter value) are looked
// up in a bitmap, then the lengths that begin with them, then the text itself. Memory grows with the values' text alone.
type patterns struct {
	list   []pattern
	byText map[string]int32

	keys  filter
	byKey map[uint64][]int32 // lengths of the patterns that begin with the key, shortest first
}

// pattern is one folded text to search for.
type pattern struct {
	text   string
	owners []owner
	// digits: a long run of digits, which may stand against letters.
	digits bool
	// covers are the cleared texts that hold this one: an appearance inside them is no leak.
	covers []cover
}

// owner is an entry of the ledger that a pattern stands for.
type owner struct {
	entry int32
	part  bool // the last word of a name alone
}

// cover is a cleared text that holds a pattern at an offset.
type cover struct {
	text string
	at   int
}

// maxOwners bounds how many entries one text is reported for: a value that stands on ten thousand pages and leaks on all
// of them is one thing to mend, not a hundred million.
const maxOwners = 20

// longDigits is how many digits a number needs to count where it stands against letters: a shorter one turns up by chance
// in the digests of a manifest.
const longDigits = 7

func (p *patterns) add(text string, o owner) {
	at, ok := p.byText[text]
	if !ok {
		at = int32(len(p.list))
		p.byText[text] = at
		p.list = append(p.list, pattern{text: text, digits: len(text) >= longDigits && allDigits(text)})
	}
	owners := &p.list[at].owners
	for i, have := range *owners {
		if have.entry == o.entry {
			(*owners)[i].part = have.part && o.part
			return
		}
	}
	if len(*owners) < maxOwners {
		*owners = append(*owners, o)
	}
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] > '9' {
			return false
		}
	}
	return true
}

// index makes the tables; nothing is added after it.
func (p *patterns) index() {
	p.byKey = make(map[uint64][]int32, len(p.list))
	var f folded
	f.b = make([]byte, 2*pad)
	for i := range p.list {
		text := p.list[i].text
		clear(f.b)
		copy(f.b[:pad], text)
		key := f.load(0)
		if len(text) < 8 {
			key &= shortKey
		}
		lengths := p.byKey[key]
		if at, found := slices.BinarySearch(lengths, int32(len(text))); !found {
			p.byKey[key] = slices.Insert(lengths, at, int32(len(text)))
		}
	}
	p.keys = newFilter(len(p.byKey))
	for key := range p.byKey {
		p.keys.add(key)
	}
}

// shortKey keeps the first four bytes of a load.
const shortKey = 1<<32 - 1

// find reports the patterns in a folded text that stand between boundaries and in no cleared text.
func (p *patterns) find(f *folded, found func(p *pattern, from, to int)) {
	for k, s := range f.starts[:len(f.starts)-1] {
		v := f.load(int(s >> howBits))
		if p.keys.has(v) {
			p.try(f, k, p.byKey[v], found)
		}
		if v &= shortKey; p.keys.has(v) {
			p.try(f, k, p.byKey[v], found)
		}
	}
}

func (p *patterns) try(f *folded, k int, lengths []int32, found func(p *pattern, from, to int)) {
	from := int(f.starts[k] >> howBits)
	end := k + 1
	for _, length := range lengths {
		to := from + int(length)
		if to > f.n {
			return
		}
		for int(f.starts[end]>>howBits) < to {
			end++
		}
		if int(f.starts[end]>>howBits) != to {
			continue
		}
		at, ok := p.byText[string(f.b[from:to])]
		if !ok {
			continue
		}
		pat := &p.list[at]
		if !pat.digits && (f.starts[k]&boundary == 0 || f.starts[end]&boundary == 0) {
			continue
		}
		if !pat.covered(f, from) {
			found(pat, from, to)
		}
	}
}

// covered reports whether the pattern found at from is part of a cleared text that stands there.
func (p *pattern) covered(f *folded, from int) bool {
	for _, c := range p.covers {
		a := from - c.at
		e := a + len(c.text)
		if a >= 0 && e <= f.n && string(f.b[a:e]) == c.text && f.boundaryAt(a) && f.boundaryAt(e) {
			return true
		}
	}
	return false
}

func (f *folded) boundaryAt(at int) bool {
	k := sort.Search(len(f.starts), func(k int) bool { return int(f.starts[k]>>howBits) >= at })
	return k < len(f.starts) && int(f.starts[k]>>howBits) == at
}

// cover notes the patterns that a cleared text holds, wherever in it: how the output spaces it is not ours to say.
func (p *patterns) cover(text string) {
	var f folded
	f.b = append([]byte(text), make([]byte, pad)...)
	f.n = len(text)
	for i := range f.n + 1 {
		f.starts = append(f.starts, uint64(i)<<howBits|strict)
	}
	p.find(&f, func(pat *pattern, from, _ int) {
		if c := (cover{text, from}); !slices.Contains(pat.covers, c) {
			pat.covers = append(pat.covers, c)
		}
	})
}

// filter is a Bloom filter whose two bits for a key stand in one word, so that a look costs one access to memory: it may
// say yes too often, never no.
type filter struct {
	words []uint64
	shift uint
}

// newFilter makes a filter with some sixteen bits a key, small enough for a processor's cache.
func newFilter(keys int) filter {
	log := uint(6)
	for 64<<log < 16*keys {
		log++
	}
	return filter{make([]uint64, 1<<log), 64 - log}
}

// spread is 2^64 divided by the golden ratio: Knuth's multiplicative hash.
const spread = 0x9e3779b97f4a7c15

func (f *filter) place(key uint64) (word, bits uint64) {
	h := key * spread
	low := h ^ h>>32
	return h >> f.shift, 1<<(low&63) | 1<<(low>>6&63)
}

func (f *filter) add(key uint64) {
	word, bits := f.place(key)
	f.words[word] |= bits
}

func (f *filter) has(key uint64) bool {
	word, bits := f.place(key)
	return f.words[word]&bits == bits
}

// texty reports whether a stretch of bytes reads as text: valid UTF-8 but for runes cut at its edges, no control bytes.
func texty(b []byte) bool {
	for i := 0; i < 3 && len(b) > 0 && b[0]&0xc0 == 0x80; i++ {
		b = b[1:]
	}
	runes := bytes.Runes(b)
	for i, r := range runes {
		if r == '\uFFFD' && i < len(runes)-3 || r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != 0 || r == 0x7f {
			return false
		}
	}
	return true
}
