package webcheck

import (
	"bytes"
	"encoding/json"
	"strings"

	"candour/internal/diag"
)

// js judges the addresses that a script fetches. It sees an address written out in the script, directly where something is
// fetched or in a variable that is; what a script puts together while it runs cannot be decided without running it.
func (s *scan) js(b []byte, what string) {
	if !bytes.Contains(b, []byte("//")) && bytes.IndexByte(b, '\\') < 0 {
		return // no address of another site without two slashes
	}
	j := jsReader{b: b}
	vars := map[string]string{} // variables that hold an address of another site
	var fetched []string        // variables that are fetched
	for j.next() {
		if j.word != "" {
			if j.sink() {
				fetched = append(fetched, j.word)
			}
			continue
		}
		a := tidy(j.literal)
		kind, host := s.classify(a)
		if kind == scriptAddress && j.sink() {
			s.activeAddress(a, what)
		}
		if kind != otherHost || !addressLike(a) {
			continue
		}
		if j.sink() {
			s.thirdParty(a, what, host)
		} else if name := j.assigned(); name != "" {
			vars[name] = string(a)
		}
	}
	told := map[string]bool{}
	for _, name := range fetched {
		if a, ok := vars[name]; ok && !told[a] {
			told[a] = true
			_, host := s.classify([]byte(a))
			s.thirdParty([]byte(a), what, host)
		}
	}
}

// addresses judges every address of another site that is written out in b.
func (s *scan) addresses(b []byte, what string) {
	j := jsReader{b: b}
	for j.next() {
		if a := tidy(j.literal); j.word == "" && addressLike(a) {
			if kind, host := s.classify(a); kind == otherHost {
				s.thirdParty(a, what, host)
			}
		}
	}
}

// addressLike: strings such as "//" and "http://" are put before something; they lead nowhere by themselves.
func addressLike(a []byte) bool {
	_, rest, ok := bytes.Cut(a, []byte("//"))
	return ok && len(rest) > 0 && (isAlnum(rest[0]) || rest[0] == '[' || rest[0] >= 0x80)
}

// jsReader cuts a script into words, literals and signs as far as needed to tell strings, comments and regular expressions
// from code.
type jsReader struct {
	b       []byte
	pos     int
	literal []byte // a string, where word is ""
	word    string
	before  []string // the last tokens before it: words, signs, and `"` for strings
}

// window is how many tokens back a sink can stand: x.setAttribute("src",
const window = 8

func (j *jsReader) push(t string) {
	if len(j.before) == window {
		copy(j.before, j.before[1:])
		j.before = j.before[:window-1]
	}
	j.before = append(j.before, t)
}

// next goes on to the next word or string; before then holds what stood ahead of it.
func (j *jsReader) next() bool {
	switch {
	case j.word != "":
		j.push(j.word)
	case j.literal != nil:
		j.push(`"` + string(j.literal[:min(len(j.literal), 12)]))
	}
	j.word, j.literal = "", nil
	b := j.b
	for j.pos < len(b) {
		c := b[j.pos]
		switch {
		case isSpace(c):
			j.pos++
		case c == '/' && j.at(1) == '/':
			if i := bytes.IndexByte(b[j.pos:], '\n'); i >= 0 {
				j.pos += i + 1
			} else {
				j.pos = len(b)
			}
		case c == '/' && j.at(1) == '*':
			if i := bytes.Index(b[j.pos+2:], []byte("*/")); i >= 0 {
				j.pos += i + 4
			} else {
				j.pos = len(b)
			}
		case c == '/' && j.regexpMayBegin():
			j.regexp()
			j.push("/")
		case c == '"' || c == '\'' || c == '`':
			j.str(c)
			return true
		case isAlnum(c) || c == '_' || c == '$' || c >= 0x80:
			n := j.pos
			for n < len(b) && (isAlnum(b[n]) || b[n] == '_' || b[n] == '$' || b[n] >= 0x80) {
				n++
			}
			j.word = string(b[j.pos:n])
			j.pos = n
			return true
		default:
			j.push(string(c))
			j.pos++
		}
	}
	return false
}

func (j *jsReader) at(n int) byte {
	if j.pos+n < len(j.b) {
		return j.b[j.pos+n]
	}
	return 0
}

// last is the nth token back.
func (j *jsReader) last(n int) string {
	if n > len(j.before) {
		return ""
	}
	return j.before[len(j.before)-n]
}

func (j *jsReader) regexpMayBegin() bool {
	switch t := j.last(1); t {
	case "return", "typeof", "case", "in", "of", "void", "delete", "do", "else", "":
		return true
	default:
		return len(t) == 1 && strings.Contains("(,=:[!&|?{};+-*%~^<>", t)
	}
}

func (j *jsReader) regexp() {
	class := false
	for j.pos++; j.pos < len(j.b); j.pos++ {
		switch c := j.b[j.pos]; {
		case c == '\\':
			j.pos++
		case c == '[':
			class = true
		case c == ']':
			class = false
		case c == '\n' || c == '/' && !class:
			j.pos++
			return
		}
	}
}

// str reads a string or template with its escapes written out.
func (j *jsReader) str(quote byte) {
	out := []byte{}
	for j.pos++; j.pos < len(j.b); j.pos++ {
		c := j.b[j.pos]
		if c == quote || c == '\n' && quote != '`' {
			j.pos++
			break
		}
		if c == '\\' && j.pos+1 < len(j.b) {
			j.pos++
			c = j.b[j.pos]
			if n := map[byte]int{'x': 2, 'u': 4}[c]; n > 0 && j.pos+n < len(j.b) {
				v := 0
				for _, h := range j.b[j.pos+1 : j.pos+1+n] {
					if !isHex(h) {
						v = -1
						break
					}
					v = v<<4 | int(h&0xf) + int(h>>6)*9
				}
				if v >= 0 && v < 0x80 {
					c = byte(v)
					j.pos += n
				}
			}
		}
		out = append(out, c)
	}
	j.literal = out
}

// sink reports whether the word or string that was just read is given to something that fetches it.
func (j *jsReader) sink() bool {
	i := 1
	// fetch(new URL(…)), new Request(…)
	for j.last(i) == "(" && (j.last(i+1) == "URL" || j.last(i+1) == "String") {
		i += 2
		if j.last(i) == "new" {
			i++
		}
	}
	switch j.last(i) {
	case "(":
		switch j.last(i + 1) {
		case "fetch", "import", "sendBeacon", "WebSocket", "EventSource", "importScripts", "Worker", "SharedWorker", "Request", "WebTransport",
			"getJSON", "addModule", "register", "Audio", "FontFace":
			return true
		}
	case ",":
		first := j.last(i + 1)
		if !strings.HasPrefix(first, `"`) || j.last(i+2) != "(" {
			return false
		}
		switch j.last(i + 3) {
		case "open":
			return j.last(i+4) == "." && len(first) > 1 && first[1] >= 'A' && first[1] <= 'Z' || strings.EqualFold(first, `"get`) || strings.EqualFold(first, `"post`)
		case "setAttribute":
			switch strings.ToLower(first) {
			case `"src`, `"srcset`, `"data`, `"poster`, `"action`:
				return true
			}
		case "FontFace":
			return true
		}
	case "import", "from":
		return j.word == ""
	case "=":
		switch j.last(i + 1) {
		case "src", "srcset", "poster", "action":
			return j.last(i+2) == "."
		}
	}
	return false
}

// assigned is the variable or property that the string is put in, or "".
func (j *jsReader) assigned() string {
	if t := j.last(1); t != "=" && t != ":" {
		return ""
	}
	if t := j.last(2); t != "" && (isLetter(t[0]) || t[0] == '_' || t[0] == '$') {
		return t
	}
	return ""
}

// manifest judges what a web application manifest has a browser fetch.
func (s *scan) manifest(b []byte) {
	type image struct {
		Src string `json:"src"`
	}
	var m struct {
		Icons       []image `json:"icons"`
		Screenshots []image `json:"screenshots"`
		Shortcuts   []struct {
			Icons []image `json:"icons"`
		} `json:"shortcuts"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(b, []byte("\ufeff")), &m); err != nil {
		s.report(diag.FileUnreadable, "", "the web manifest is not JSON that can be read", "mend the file, or take it out of static/")
		return
	}
	all := append(m.Icons, m.Screenshots...)
	for _, c := range m.Shortcuts {
		all = append(all, c.Icons...)
	}
	for _, i := range all {
		s.request([]byte(i.Src), "the web manifest")
	}
}
