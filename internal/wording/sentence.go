// Package wording judges words: what an alert may claim on the evidence it has, how naloxone is spoken of, what reads like
// an advertisement or puts a label on people, and whether a correction repeats its rumour.
//
// It works on sentences with positions, which [Read] makes of a body's syntax tree and [ReadText] of plain text. The rules
// are about English; whoever asks keeps other languages from them. Each rule would rather pass a sentence that a person
// must read twice than flag one that is right: [Claims] and [Naloxone] stop a build.
package wording

import (
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"candour/internal/markdown"
)

// Sentence is one sentence, heading, item or cell.
type Sentence struct {
	Words    []Word
	Question bool
}

// At is the byte offset of its first word in what it was read from.
func (s Sentence) At() int { return s.Words[0].At }

// Word is one word of a sentence.
type Word struct {
	Text   string // small letters, straight apostrophes; hyphens stay
	At     int    // byte offset in what it was read from
	Break  bool   // a comma, colon, dash or bracket stands before it
	Quoted bool   // inside quotation marks or code: spoken of, not said
	Upper  bool   // written with a capital
}

// Read makes sentences of what a body shows: shown says of an offset whether readers get to read it, nil that they get
// everything.
func Read(doc *markdown.Document, body []byte, shown func(off int) bool) []Sentence {
	r := reader{}
	for t := range doc.Texts() {
		switch {
		case t.Kind == markdown.NewBlock:
			r.endBlock()
		case t.Kind == markdown.NewLine:
			r.endWord()
		case shown != nil && !shown(t.Span.Start):
			r.endWord()
		default:
			r.add(body[t.Span.Start:t.Span.End], t.Span.Start, t.Kind == markdown.Verbatim)
		}
	}
	r.endBlock()
	return r.sentences
}

// ReadText makes sentences of plain text, such as a title.
func ReadText(s string) []Sentence {
	r := reader{plain: true}
	r.add([]byte(s), 0, false)
	r.endBlock()
	return r.sentences
}

// reader puts words and sentences together, across the markup that may stand inside them.
type reader struct {
	sentences []Sentence
	now       Sentence
	word      []byte
	at        int  // of the word
	breaks    bool // before the next word
	upper     bool
	stop      bool // a full stop that ends the sentence if a space follows
	open      rune // the quotation mark that is open, or 0
	code      bool
	plain     bool // no Markdown: a backslash and an ampersand are themselves
}

func (r *reader) endWord() {
	if len(r.word) > 0 {
		text := strings.Trim(string(r.word), "'-.,")
		if text != "" {
			r.now.Words = append(r.now.Words, Word{Text: text, At: r.at, Break: r.breaks && len(r.now.Words) > 0, Quoted: r.code || r.open != 0, Upper: r.upper})
			r.breaks = false
		}
		r.word = r.word[:0]
	}
	if r.stop {
		r.endSentence()
	}
}

func (r *reader) endSentence() {
	r.stop = false
	if len(r.now.Words) > 0 {
		r.sentences = append(r.sentences, r.now)
	}
	r.now, r.breaks = Sentence{}, false
}

func (r *reader) endBlock() {
	r.endWord()
	r.endSentence()
	r.open = 0 // a mark that nobody closed
}

// add takes bytes that stand at an offset. Code has neither escapes nor entities.
func (r *reader) add(b []byte, at int, code bool) {
	if code != r.code {
		r.endWord()
	}
	r.code = code
	verbatim := code || r.plain
	for i := 0; i < len(b); {
		if c := b[i] | 0x20; 'a' <= c && c <= 'z' { // what most bytes are: letter would do the same, more slowly
			if len(r.word) == 0 {
				r.stop, r.at, r.upper = false, at+i, b[i] < 'a'
			}
			r.word = append(r.word, c)
			i++
			continue
		}
		c, n := utf8.DecodeRune(b[i:])
		switch {
		case !verbatim && c == '\\' && i+1 < len(b) && b[i+1] < utf8.RuneSelf && (unicode.IsPunct(rune(b[i+1])) || unicode.IsSymbol(rune(b[i+1]))):
			i++
			c = rune(b[i])
		case !verbatim && c == '&':
			if end := strings.IndexByte(string(b[i:min(len(b), i+32)]), ';'); end > 0 {
				if s := html.UnescapeString(string(b[i : i+end+1])); len(s) < end+1 {
					c, _ = utf8.DecodeRuneInString(s)
					n = end + 1
				}
			}
		}
		next := rune(' ')
		if i+n < len(b) {
			next, _ = utf8.DecodeRune(b[i+n:])
		}
		r.letter(c, next, at+i)
		i += n
	}
}

func (r *reader) letter(c, next rune, at int) {
	alnum := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) }
	switch {
	case alnum(c):
		if r.stop && len(r.word) == 0 {
			r.stop = false // a stop inside a number or an abbreviation
		}
		if len(r.word) == 0 {
			r.at, r.upper = at, unicode.IsUpper(c)
		}
		r.word = utf8.AppendRune(r.word, unicode.ToLower(c))
	case c == '\u00ad' || c == '\u200b' || c == '\u2060': // parts of a word that cannot be seen
	case (c == '\'' || c == '’') && len(r.word) > 0 && alnum(next):
		r.word = append(r.word, '\'')
	case (c == '-' || c == '\u2010' || c == '\u2011') && len(r.word) > 0 && alnum(next):
		r.word = append(r.word, '-')
	case (c == '.' || c == ',') && len(r.word) > 0 && unicode.IsDigit(next) && unicode.IsDigit(rune(r.word[len(r.word)-1])):
		r.word = utf8.AppendRune(r.word, c)
	case c == '"' || c == '“' || c == '”' || c == '„' || c == '«' || c == '»' || c == '‘' || c == '’':
		r.endWord1()
		r.quote(c)
	case c == '.' || c == '!' || c == '?' || c == '…' || c == '۔' || c == '؟':
		r.endWord1()
		r.now.Question = r.now.Question || (c == '?' || c == '؟') && r.open == 0
		r.stop = len(r.now.Words) > 0
	case unicode.IsSpace(c):
		r.endWord()
	default:
		r.endWord1()
		if strings.ContainsRune(",;:()[]–—", c) {
			r.breaks = true
		}
	}
}

// endWord1 ends the word and not the sentence.
func (r *reader) endWord1() {
	stop := r.stop
	r.stop = false
	r.endWord()
	r.stop = stop
}

// quote opens or closes quotation marks. The curly single one that closes is an apostrophe too, and counts only where one
// was opened.
func (r *reader) quote(c rune) {
	switch {
	case r.open != 0 && (c == '"' || c == '”' || c == '»' || c == '“' && r.open == '„' || c == '’' && r.open == '‘'):
		r.open = 0
	case r.open == 0 && c != '”' && c != '»' && c != '’':
		r.open = c
	}
}

// line writes a sentence for patterns: every word with a space before and after, and a comma where there is a break. words
// gives, for an offset in it, the word that stands there.
func (s Sentence) line() (text string, word func(off int) int) {
	var b strings.Builder
	starts := make([]int, len(s.Words))
	b.WriteByte(' ')
	for i, w := range s.Words {
		if w.Break {
			b.WriteString(", ")
		}
		starts[i] = b.Len()
		b.WriteString(w.Text)
		b.WriteByte(' ')
	}
	return b.String(), func(off int) int {
		for i := len(starts) - 1; i >= 0; i-- {
			if starts[i] <= off {
				return i
			}
		}
		return 0
	}
}
