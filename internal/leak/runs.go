package leak

import (
	"encoding/binary"
	"slices"
	"sort"
)

// runLength is how many consecutive words of withheld prose are a leak.
const runLength = 8

// runs finds stretches of eight words that stand in indexed prose too: a rolling hash over the hashes of words leads to a
// place in the prose, and comparing the words there decides, so that two hashes that meet are no false alarm. A run is
// known by the number of its first word in the joined prose, which is all that the table holds.
type runs struct {
	text   []byte   // the folded words of every piece, joined; eight zero bytes follow
	at     []uint32 // where each word begins, and the end
	pieces []piece
	proses [][]int32 // the entries that each prose stands for

	seen  filter
	slots []uint32 // number of a run's first word, plus one
	shift uint
	same  map[uint32][]uint32 // other places of the run at a place
}

// piece is a stretch of prose without a gap.
type piece struct {
	word  uint32 // its first word
	prose int32
}

// add indexes consecutive words of a prose.
func (r *runs) add(words []string, prose int32) {
	if len(words) < runLength {
		return
	}
	r.pieces = append(r.pieces, piece{uint32(len(r.at)), prose})
	for _, w := range words {
		r.at = append(r.at, uint32(len(r.text)))
		r.text = append(r.text, w...)
	}
}

// index makes the table; nothing is added after it.
func (r *runs) index() {
	count := len(r.at)
	r.at = append(r.at, uint32(len(r.text)))
	r.text = append(r.text, make([]byte, pad)...)
	r.seen = newFilter(count)
	log := uint(4)
	for 1<<log < 2*count {
		log++
	}
	r.slots, r.shift = make([]uint32, 1<<log), 64-log
	r.same = map[uint32][]uint32{}
	for i, p := range r.pieces {
		end := count
		if i+1 < len(r.pieces) {
			end = int(r.pieces[i+1].word)
		}
		var roll rolling
		for w := int(p.word); w < end; w++ {
			roll.push(hashWord(r.text, int(r.at[w]), int(r.at[w+1])))
			if roll.n >= runLength {
				r.insert(roll.sum, uint32(w-runLength+1))
			}
		}
	}
}

func (r *runs) insert(sum uint64, first uint32) {
	r.seen.add(sum)
	text := r.run(first)
	for slot := sum * spread >> r.shift; ; slot = (slot + 1) % uint64(len(r.slots)) {
		have := r.slots[slot]
		if have == 0 {
			r.slots[slot] = first + 1
			return
		}
		if have--; string(r.run(have)) == string(text) {
			if len(r.same[have]) < maxOwners {
				r.same[have] = append(r.same[have], first)
			}
			return
		}
	}
}

func (r *runs) run(first uint32) []byte { return r.text[r.at[first]:r.at[first+runLength]] }

// lookup calls found with the proses that hold a run.
func (r *runs) lookup(sum uint64, text []byte, found func(prose int32)) {
	for slot := sum * spread >> r.shift; ; slot = (slot + 1) % uint64(len(r.slots)) {
		have := r.slots[slot]
		if have == 0 {
			return
		}
		if have--; string(r.run(have)) == string(text) {
			found(r.proseOf(have))
			for _, other := range r.same[have] {
				found(r.proseOf(other))
			}
			return
		}
	}
}

func (r *runs) proseOf(word uint32) int32 {
	return r.pieces[sort.Search(len(r.pieces), func(i int) bool { return r.pieces[i].word > word })-1].prose
}

// find reports every run in a folded text: the prose, the run's first word and its bytes.
func (r *runs) find(f *folded, found func(prose int32, word, from, to int)) {
	// The sums first, then the look-ups: the bitmap is larger than the nearer caches, and a loop of nothing but look-ups
	// lets the processor wait for many of them at once.
	sums, begins := f.sums[:0], f.begins[:0]
	var roll rolling
	from := -1
	for _, s := range f.starts {
		if s&strict == 0 {
			continue
		}
		at := int(s >> howBits)
		if from >= 0 && at > from {
			roll.push(hashWord(f.b, from, at))
			sums, begins = append(sums, roll.sum), append(begins, from)
		}
		from = at
	}
	begins = append(begins, f.n)
	f.sums, f.begins = sums, begins
	for w := runLength - 1; w < len(sums); w++ {
		if r.seen.has(sums[w]) {
			first := w - runLength + 1
			a, e := begins[first], begins[w+1]
			r.lookup(sums[w], f.b[a:e], func(prose int32) { found(prose, first, a, e) })
		}
	}
}

// rolling is the hash of the last eight words: a polynomial in base, modulo 2^64.
type rolling struct {
	sum  uint64
	last [runLength]uint64
	n    int
}

const base = 0xd6e8feb86659fd93

var basePower = func() uint64 {
	p := uint64(1)
	for range runLength {
		p *= base
	}
	return p
}()

func (r *rolling) push(word uint64) {
	old := &r.last[r.n%runLength]
	r.sum = r.sum*base + word - *old*basePower
	*old = word
	r.n++
}

// hashWord hashes b[from:to], which eight more bytes follow.
func hashWord(b []byte, from, to int) uint64 {
	h := uint64(to - from)
	for ; to-from > 8; from += 8 {
		h = (h ^ binary.LittleEndian.Uint64(b[from:])) * spread
		h ^= h >> 32
	}
	v := binary.LittleEndian.Uint64(b[from:]) & (1<<(8*uint(to-from)) - 1)
	h = (h ^ v) * spread
	return h ^ h>>29
}

// foldedWords is words as a folded text.
func foldedWords(words []string) *folded {
	var f folded
	for _, w := range words {
		f.starts = append(f.starts, uint64(len(f.b))<<howBits|strict)
		f.b = append(f.b, w...)
	}
	f.n = len(f.b)
	f.starts = append(f.starts, uint64(f.n)<<howBits|strict|soft|change)
	f.b = append(f.b, make([]byte, pad)...)
	return &f
}

// standing is what no run counts words of.
type standing struct {
	phrases map[string][][]string // by first word
	texts   runs
}

func newStanding(phrases, texts []string) *standing {
	s := &standing{phrases: map[string][][]string{}}
	for _, phrase := range phrases {
		if w := words(phrase); len(w) > 0 {
			s.phrases[w[0]] = append(s.phrases[w[0]], w)
		}
	}
	for _, text := range texts {
		for _, variant := range readings(text) {
			for _, w := range variant {
				s.texts.add(w, 0)
			}
		}
	}
	s.texts.index()
	return s
}

// split returns the stretches of words that no standing phrase or text covers, and whether any word was.
func (s *standing) split(words []string) (rest [][]string, any bool) {
	covered := make([]bool, len(words))
	mark := func(from, n int) {
		any = true
		for i := from; i < from+n; i++ {
			covered[i] = true
		}
	}
	for i, w := range words {
		for _, phrase := range s.phrases[w] {
			if len(phrase) <= len(words)-i && slices.Equal(words[i:i+len(phrase)], phrase) {
				mark(i, len(phrase))
			}
		}
	}
	if len(words) >= runLength {
		s.texts.find(foldedWords(words), func(_ int32, word, _, _ int) { mark(word, runLength) })
	}
	for i := 0; i < len(words); i++ {
		from := i
		for i < len(words) && !covered[i] {
			i++
		}
		if i > from {
			rest = append(rest, words[from:i])
		}
	}
	return rest, any
}
