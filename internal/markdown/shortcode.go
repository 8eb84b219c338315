package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// scan finds the shortcode tags of a body by the rules of Hugo's lexer (parser/pageparser/pagelexer_shortcode.go), which
// knows nothing of Markdown: a tag in a code block is a tag. Hugo stops at the first tag that it cannot read; we report it
// and go on behind its opening brackets, so that one pass shows all.
func scan(body []byte) (tags []Shortcode, problems []Problem) {
	for at := 0; ; {
		i := bytes.Index(body[at:], []byte("{{"))
		if i < 0 {
			return tags, problems
		}
		at += i
		if at+2 >= len(body) || body[at+2] != '<' && body[at+2] != '%' {
			at++
			continue
		}
		t := tagScanner{src: body, at: at + 3, right: ">}}"}
		if body[at+2] == '%' {
			t.right = "%}}"
			t.tag.Markdown = true
		}
		t.tag.Span.Start, t.tag.Pair = at, -1
		if fault := t.scan(); fault != "" {
			message, hint := explained(body[at:], fault, t.right)
			problems = append(problems, Problem{Kind: BadShortcode, Span: Span{at, at + 3}, Message: message, Hint: hint})
			at += 3
			continue
		}
		at = t.at
		t.tag.Span.End = at
		tags = append(tags, t.tag)
	}
}

const tagHint = `write tags as {{< name "argument" >}}, arguments in straight quotes; to show a tag instead of using it write {{</* name */>}}`

// explained says more of a fault where the line of the tag shows what it is: quotes typed in Word, or no closing brackets.
func explained(tag []byte, fault, right string) (message, hint string) {
	line, closed := string(firstLine(tag)), true
	end, next := strings.Index(line, right), 2+strings.Index(line[2:], "{{")
	switch {
	case next >= 2 && (end < 0 || next < end):
		line, closed = line[:next], false
	case end >= 0:
		line = line[:end]
	default:
		closed = false
	}
	switch {
	case strings.ContainsAny(line, "“”„‟"):
		return faultCurly, `replace them by straight ones ("), as a plain text editor types them: {{< name "argument" >}}`
	case !closed && (fault == faultUnclosed || fault == faultSign):
		return faultUnclosed, "close it on the same line with " + right + `, as in {{< name "argument" >}}`
	}
	return fault, tagHint
}

const (
	faultCurly    = "a shortcode's argument stands between curly quotes, as Word types them"
	faultUnclosed = "a shortcode tag begins here and does not end with the brackets that it began with"
	faultQuote    = "a shortcode's argument has no closing quote on its line"
	faultMixed    = "a shortcode mixes arguments with and without a name"
	faultSign     = "a shortcode's argument has signs in it that want quotes around it"
	faultName     = "a shortcode tag has no name"
	faultComment  = "a shortcode tag that begins with /* does not end with */"
)

type tagScanner struct {
	src   []byte
	at    int // behind what was read
	right string
	tag   Shortcode
	loose bool // the last argument stands alone: "=" would make it a name
}

// scan reads a tag from behind its opening brackets. It returns what is wrong with it, or nothing.
func (t *tagScanner) scan() string {
	if t.has("/*") {
		i := bytes.Index(t.src[t.at:], []byte("*/"+t.right))
		if i <= 1 {
			return faultComment
		}
		t.at += i + 2 + len(t.right)
		t.tag.Escaped = true
		return ""
	}
	t.spaces()
	if t.has("/") {
		t.at++
		t.tag.Closing = true
		t.spaces()
	}
	if fault := t.name(); fault != "" {
		return fault
	}
	for {
		t.spaces()
		switch {
		case t.has(t.right):
			t.at += len(t.right)
			return ""
		case t.at >= len(t.src), t.tag.Closing, t.tag.SelfClosing:
			return faultUnclosed
		case t.has("/"):
			t.at++
			t.tag.SelfClosing = true
		case t.has("="):
			if fault := t.named(); fault != "" {
				return fault
			}
		default:
			if fault := t.argument(); fault != "" {
				return fault
			}
		}
	}
}

func (t *tagScanner) has(s string) bool {
	return len(t.src)-t.at >= len(s) && string(t.src[t.at:t.at+len(s)]) == s
}

func (t *tagScanner) spaces() {
	for t.at < len(t.src) && isSpace(t.src[t.at]) {
		t.at++
	}
}

func isSpace(c byte) bool { return c == ' ' || '\t' <= c && c <= '\r' }

// word reads letters, digits, _ and - and the signs in more.
func (t *tagScanner) word(more string) string {
	from := t.at
	for t.at < len(t.src) {
		r, n := utf8.DecodeRune(t.src[t.at:])
		if r != '_' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(more, r) {
			break
		}
		t.at += n
	}
	return string(t.src[from:t.at])
}

func (t *tagScanner) name() string {
	if t.has("-") || t.has(".") {
		return faultSign
	}
	// The dot is for inline shortcodes, "name.inline"; whether a name exists is not for us to say.
	switch t.tag.Name = t.word("/."); {
	case t.tag.Name != "":
		return ""
	case t.has(t.right):
		return faultName
	case t.at >= len(t.src):
		return faultUnclosed
	default:
		return faultSign
	}
}

// argument reads a positional argument, or the name of a named one with its value.
func (t *tagScanner) argument() string {
	escaped := t.has(`\"`)
	if escaped || t.has(`"`) || t.has("`") {
		if t.tag.Named != nil {
			return faultMixed
		}
		value, fault := t.quoted()
		t.tag.Args, t.loose = append(t.tag.Args, value), false
		return fault
	}
	starts := !t.has(".")
	word := t.word(".")
	if word == "" || !starts {
		return faultSign
	}
	if !t.has("=") && t.tag.Named != nil || t.has("=") && len(t.tag.Args) > 0 {
		return faultMixed
	}
	t.tag.Args, t.loose = append(t.tag.Args, word), true
	return ""
}

// named reads = and a value, which makes the word before it a name.
func (t *tagScanner) named() string {
	t.at++
	t.spaces()
	var value string
	if t.has("“") || t.has("”") {
		return faultCurly // Hugo would take the quotes for a part of the value
	}
	if t.has(`\"`) || t.has(`"`) || t.has("`") {
		var fault string
		if value, fault = t.quoted(); fault != "" {
			return fault
		}
	} else {
		// Hugo takes all up to the next space, brackets too.
		from := t.at
		for t.at < len(t.src) && !isSpace(t.src[t.at]) {
			t.at++
		}
		value = string(t.src[from:t.at])
	}
	if !t.loose || len(t.tag.Args) != 1 {
		return faultMixed
	}
	if t.tag.Named == nil {
		t.tag.Named = map[string]string{}
	}
	t.tag.Named[t.tag.Args[0]] = value
	t.tag.Args, t.loose = nil, false
	return ""
}

// quoted reads "…", where \" stands for a quote, `…`, which may go over lines, or \"…\".
func (t *tagScanner) quoted() (value, fault string) {
	if t.has("`") {
		i := bytes.IndexByte(t.src[t.at+1:], '`')
		if i < 0 {
			return "", faultQuote
		}
		value = string(t.src[t.at+1 : t.at+1+i])
		t.at += i + 2
		return value, ""
	}
	closing := `"`
	if t.has(`\`) {
		closing = `\"`
	}
	t.at += len(closing)
	from, escapes := t.at, false
	for ; t.at < len(t.src) && t.src[t.at] != '\n'; t.at++ {
		switch {
		case t.has(closing):
			value = string(t.src[from:t.at])
			t.at += len(closing)
			if escapes { // Hugo then drops every backslash
				value = strings.ReplaceAll(value, `\`, "")
			}
			return value, ""
		case t.has(`\"`):
			escapes = true
			t.at++
		case t.has("\\`"):
			return "", faultSign
		}
	}
	return "", faultQuote
}

// pair finds the closing tags that belong to opening ones, of every shortcode but passage. Opening tags without one are
// usual; a closing tag that closes nothing is a fault.
func pair(tags []Shortcode) (problems []Problem) {
	open := map[string][]int{}
	for i := range tags {
		t := &tags[i]
		if t.Escaped || t.Name == passage || t.SelfClosing {
			continue
		}
		stack := open[t.Name]
		switch {
		case !t.Closing:
			open[t.Name] = append(stack, i)
		case len(stack) == 0:
			problems = append(problems, Problem{Kind: BadShortcode, Span: t.Span, Message: "a closing tag closes nothing: no tag of this name is open", Hint: "take it out, or write the opening tag before it"})
		default:
			join(tags, stack[len(stack)-1], i)
			open[t.Name] = stack[:len(stack)-1]
		}
	}
	return problems
}

func join(tags []Shortcode, opening, closing int) {
	tags[opening].Pair, tags[closing].Pair = closing, opening
	tags[opening].Inner = Span{tags[opening].Span.End, tags[closing].Span.Start}
}
