package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/pelletier/go-toml/v2/unstable"
)

var bareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)

// Quote writes a text as a TOML string on one line. Bytes that are not UTF-8 become U+FFFD.
func Quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range strings.ToValidUTF8(s, "\uFFFD") {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\r':
			b.WriteString(`\r`)
		case r == '\t':
			b.WriteString(`\t`)
		case r < ' ' || r == 0x7f:
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// SetScalar gives a top-level key of a page's front matter a value, in TOML's spelling. A key that is not there is added
// behind the last top-level key. Every other byte stays as it was, and the result is checked to decode to the old values
// and the change; otherwise nothing is changed and the error says why.
func SetScalar(src []byte, key, tomlValue string) ([]byte, error) {
	if !bareKey.MatchString(key) {
		return nil, fmt.Errorf("%q is no plain key", key)
	}
	value, err := oneValue(key, tomlValue)
	if err != nil {
		return nil, err
	}
	parts, before, err := readable(src)
	if err != nil {
		return nil, err
	}
	from, to, found := topLevel(parts.Front, key)
	insert := tomlValue
	if !found {
		eol := lineEnd(src, parts)
		insert = key + " = " + tomlValue + eol
		if from > 0 && parts.Front[from-1] != '\n' {
			return nil, errors.New("the front matter cannot be edited here; change it by hand")
		}
	}
	want := maps.Clone(before)
	want[key] = value
	return replace(src, parts, from, to, insert, want)
}

// AppendTable adds a block to an array of tables at the end of a page's front matter: header is its name, signoff or
// [[signoff]], and lines are its key = value lines without line ends. Every other byte stays as it was, and the result
// is checked as [SetScalar] does.
func AppendTable(src []byte, header string, lines []string) ([]byte, error) {
	name := strings.TrimSuffix(strings.TrimPrefix(header, "[["), "]]")
	if !bareKey.MatchString(name) {
		return nil, fmt.Errorf("%q is no plain name of an array of tables", header)
	}
	parts, before, err := readable(src)
	if err != nil {
		return nil, err
	}
	block := append([]string{"[[" + name + "]]"}, lines...)
	added, fault := Decode([]byte(strings.Join(block, "\n") + "\n"))
	if fault != nil || len(added) != 1 {
		return nil, fmt.Errorf("the lines to add to %s are not key = value lines", name)
	}
	items, _ := added[name].([]any)
	if len(items) != 1 {
		return nil, fmt.Errorf("the lines to add to %s are not one block", name)
	}
	want := maps.Clone(before)
	if there, ok := before[name]; ok {
		list, ok := there.([]any)
		if !ok || !writtenAsBlocks(parts.Front, name) {
			return nil, fmt.Errorf("%s is written as %s = …; write what it holds as [[%s]] blocks first", name, name, name)
		}
		want[name] = append(slices.Clone(list), items...)
	} else {
		want[name] = items
	}
	eol := lineEnd(src, parts)
	insert := strings.Join(block, eol) + eol
	above := bytes.TrimSuffix(parts.Front, []byte("\n"))
	if len(bytes.TrimSpace(above[bytes.LastIndexByte(above, '\n')+1:])) > 0 {
		insert = eol + insert
	}
	return replace(src, parts, len(parts.Front), len(parts.Front), insert, want)
}

// DropTable takes one block out of an array of tables of a page's front matter: the index-th [[name]], from its header to its
// last key. Every other byte stays as it was, and the result is checked as [SetScalar] does.
func DropTable(src []byte, name string, index int) ([]byte, error) {
	parts, before, err := readable(src)
	if err != nil {
		return nil, err
	}
	list, _ := before[name].([]any)
	if index < 0 || index >= len(list) || !writtenAsBlocks(parts.Front, name) {
		return nil, fmt.Errorf("%s has no such block", name)
	}
	want := maps.Clone(before)
	if want[name] = slices.Delete(slices.Clone(list), index, index+1); len(list) == 1 {
		delete(want, name)
	}
	front, n, from, to := parts.Front, -1, -1, -1
	var p unstable.Parser
	p.Reset(front)
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind == unstable.KeyValue {
			if from >= 0 {
				to = int(e.Raw.Offset + e.Raw.Length)
			}
			continue
		}
		keys := e.Key()
		keys.Next()
		first := keys.Node()
		if from >= 0 && !(string(first.Data) == name && !keys.IsLast()) { // [signoff.more] is a part of it
			break
		}
		if e.Kind == unstable.ArrayTable && keys.IsLast() && string(first.Data) == name {
			if n++; n == index {
				from = bytes.LastIndexByte(front[:first.Raw.Offset], '\n') + 1
				to = int(first.Raw.Offset + first.Raw.Length)
			}
		}
	}
	if from < 0 {
		return nil, fmt.Errorf("%s has no such block", name)
	}
	if end := bytes.IndexByte(front[to:], '\n'); end >= 0 {
		to += end + 1
	} else {
		to = len(front)
	}
	// The blank line that set it off goes with it.
	if blank := bytes.IndexByte(front[to:], '\n'); blank >= 0 && len(bytes.TrimSpace(front[to:to+blank])) == 0 {
		to += blank + 1
	}
	return replace(src, parts, from, to, "", want)
}

// readable splits and decodes what is to be edited.
func readable(src []byte) (Parts, map[string]any, error) {
	parts, fault := Split(src)
	if fault != nil {
		return Parts{}, nil, fmt.Errorf("line %d: the file %s", fault.Line, fault.Message)
	}
	values, fault := Decode(parts.Front)
	if fault != nil {
		return Parts{}, nil, fmt.Errorf("line %d: the front matter %s", fault.Line+parts.FrontLine-1, fault.Message)
	}
	return parts, values, nil
}

// replace puts text in place of front[from:to] and checks what comes of it.
func replace(src []byte, parts Parts, from, to int, text string, want map[string]any) ([]byte, error) {
	out := slices.Concat(src[:parts.FrontStart+from], []byte(text), src[parts.FrontStart+to:])
	after, values, err := readable(out)
	if err != nil || !bytes.Equal(Canonical(values, nil), Canonical(want, nil)) || !bytes.Equal(after.Body, parts.Body) {
		return nil, errors.New("the front matter cannot be edited here without changing more than was asked; change it by hand")
	}
	return out, nil
}

// lineEnd is the author's: that of the opening +++ line.
func lineEnd(src []byte, parts Parts) string {
	if bytes.HasSuffix(src[:parts.FrontStart], []byte("\r\n")) {
		return "\r\n"
	}
	return "\n"
}

// oneValue decodes a value that a command is about to write.
func oneValue(key, tomlValue string) (any, error) {
	wrong := fmt.Errorf("what is to become the value of %s is not one TOML value", key)
	line := []byte(key + " = " + tomlValue)
	values, fault := Decode(line)
	if fault != nil || len(values) != 1 {
		return nil, wrong
	}
	var p unstable.Parser
	p.Reset(line)
	// The value must be the whole of it: a comment behind it would swallow what follows on the line.
	if !p.NextExpression() || p.Expression().Kind != unstable.KeyValue || int(p.Expression().Raw.Length) != len(line) {
		return nil, wrong
	}
	return values[key], nil
}

// topLevel finds the value of a top-level key, or else the place behind the line of the last top-level key.
func topLevel(front []byte, key string) (from, to int, found bool) {
	var p unstable.Parser
	p.Reset(front)
	behind := 0
	for p.NextExpression() {
		e := p.Expression()
		if e.Kind != unstable.KeyValue {
			break
		}
		end := int(e.Raw.Offset + e.Raw.Length)
		keys := e.Key()
		keys.Next()
		if k := keys.Node(); keys.IsLast() && string(k.Data) == key {
			from := int(k.Raw.Offset + k.Raw.Length)
			for from < end && (front[from] == ' ' || front[from] == '\t' || front[from] == '=') {
				from++
			}
			return from, end, true
		}
		if n := bytes.IndexByte(front[end:], '\n'); n >= 0 {
			behind = end + n + 1
		} else {
			behind = len(front)
		}
	}
	return behind, behind, false
}

// writtenAsBlocks reports whether a name heads [[name]] blocks.
func writtenAsBlocks(front []byte, name string) bool {
	var p unstable.Parser
	p.Reset(front)
	for p.NextExpression() {
		if e := p.Expression(); e.Kind == unstable.ArrayTable {
			keys := e.Key()
			keys.Next()
			if keys.IsLast() && string(keys.Node().Data) == name {
				return true
			}
		}
	}
	return false
}
