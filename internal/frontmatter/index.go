package frontmatter

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/pelletier/go-toml/v2/unstable"
)

// Index knows where the keys and values of TOML stand. It is built when it is first asked, because most pages have
// nothing to report, and may be asked from several goroutines.
type Index struct {
	front     []byte
	firstLine int

	once   sync.Once
	places map[string]place
	lines  []int // where each line begins
}

// place holds offsets into the front matter.
type place struct{ key, value int }

// NewIndex makes an index of TOML that begins on firstLine of its file.
func NewIndex(front []byte, firstLine int) *Index { return &Index{front: front, firstLine: firstLine} }

// Key gives the line of the file and the column, in characters, of a key: Key("lead", "0", "phone"). A key that is not
// there gives the place of its nearest known parent, and without one the first line.
func (x *Index) Key(path ...string) (line, col int) {
	p, _ := x.find(path)
	return x.position(p.key)
}

// Value gives the place where a value begins; for a table that is its header's key. A value that is not there gives the
// place of its nearest known parent's key.
func (x *Index) Value(path ...string) (line, col int) {
	p, exact := x.find(path)
	if !exact {
		return x.position(p.key)
	}
	return x.position(p.value)
}

// Has reports whether exactly this key stands in the source.
func (x *Index) Has(path ...string) bool {
	_, exact := x.find(path)
	return exact
}

func (x *Index) find(path []string) (p place, exact bool) {
	x.once.Do(x.build)
	for n := len(path); n > 0; n-- {
		if p, ok := x.places[join(path[:n])]; ok {
			return p, n == len(path)
		}
	}
	return place{}, len(path) == 0
}

func (x *Index) position(offset int) (line, col int) {
	i, exact := slices.BinarySearch(x.lines, offset)
	if !exact {
		i--
	}
	return x.firstLine + i, columnIn(x.front, x.lines[i], offset)
}

// join makes a map key of a path. TOML cannot hold the separator.
func join(path []string) string { return strings.Join(path, "\x00") }

func (x *Index) build() {
	x.places = map[string]place{}
	x.lines = []int{0}
	for i, c := range x.front {
		if c == '\n' {
			x.lines = append(x.lines, i+1)
		}
	}
	if len(x.front) > MaxFront || tooDeep(x.front) >= 0 {
		return // the decoder refuses it too, and the file is all that can be named
	}
	// What the parser cannot read has no places of its own; places found until then stand.
	defer func() { _ = recover() }()
	b := builder{index: x, counts: map[string]int{}}
	b.data = x.front
	if bytes.HasPrefix(b.data, bom) {
		b.data, b.shift = b.data[len(bom):], len(bom)
	}
	b.parser.Reset(b.data)
	var table []string
	for b.parser.NextExpression() {
		e := b.parser.Expression()
		switch e.Kind {
		case unstable.Table, unstable.ArrayTable:
			table = b.header(e)
		case unstable.KeyValue:
			b.keyValue(e, table)
		}
	}
}

type builder struct {
	index  *Index
	parser unstable.Parser
	data   []byte
	shift  int
	counts map[string]int // how many tables each array of tables has so far
}

func (b *builder) put(path []string, key, value int) {
	k := join(path)
	if _, there := b.index.places[k]; !there {
		b.index.places[k] = place{key + b.shift, value + b.shift}
	}
}

// header enters the keys of a [table] or [[table]] and returns the path of what follows it. A part that is an array of
// tables stands for its last table.
func (b *builder) header(e *unstable.Node) []string {
	var path []string
	keys := e.Key()
	for keys.Next() {
		n := keys.Node()
		at := int(n.Raw.Offset)
		path = append(path, string(n.Data))
		b.put(path, at, at)
		k := join(path)
		if e.Kind == unstable.ArrayTable && keys.IsLast() {
			b.counts[k]++
		}
		if count := b.counts[k]; count > 0 {
			path = append(path, strconv.Itoa(count-1))
			b.put(path, at, at)
		}
	}
	return path
}

func (b *builder) keyValue(e *unstable.Node, parent []string) {
	path := slices.Clone(parent)
	var at, end int
	var starts []int
	keys := e.Key()
	for keys.Next() {
		n := keys.Node()
		path = append(path, string(n.Data))
		starts = append(starts, int(n.Raw.Offset))
		at, end = int(n.Raw.Offset), int(n.Raw.Offset+n.Raw.Length)
	}
	for i := range len(starts) - 1 {
		b.put(path[:len(parent)+i+1], starts[i], starts[i])
	}
	// Lists and tables in braces have no range of their own: the value begins behind the key's equals sign.
	value := end
	for value < len(b.data) && (b.data[value] == ' ' || b.data[value] == '\t' || b.data[value] == '=') {
		value++
	}
	b.put(path, at, value)
	b.inside(e.Value(), path)
}

// inside enters what a list or a table in braces holds.
func (b *builder) inside(v *unstable.Node, path []string) {
	switch v.Kind {
	case unstable.InlineTable:
		items := v.Children()
		for items.Next() {
			b.keyValue(items.Node(), path)
		}
	case unstable.Array:
		items := v.Children()
		for i := 0; items.Next(); i++ {
			item := append(slices.Clone(path), strconv.Itoa(i))
			if at, ok := b.start(items.Node()); ok {
				b.put(item, at, at)
			}
			b.inside(items.Node(), item)
		}
	}
}

// start finds where an item of a list begins. A list or table without a range of its own begins at the bracket before its
// first item; an empty one has no place.
func (b *builder) start(v *unstable.Node) (int, bool) {
	switch v.Kind {
	case unstable.Array, unstable.InlineTable:
	default:
		return int(v.Raw.Offset), true
	}
	first := v.Child()
	if !first.Valid() {
		return 0, false
	}
	at := int(first.Raw.Offset) // of a key and value, where its key begins
	if first.Kind == unstable.Array || first.Kind == unstable.InlineTable {
		var ok bool
		if at, ok = b.start(first); !ok {
			return 0, false
		}
	}
	if before := bytes.TrimRight(b.data[:at], " \t\r\n"); len(before) > 0 {
		if c := before[len(before)-1]; c == '[' || c == '{' {
			return len(before) - 1, true
		}
	}
	return at, true
}
