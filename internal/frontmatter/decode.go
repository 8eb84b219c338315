package frontmatter

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"

	"candour/internal/diag"
)

// Decode reads TOML: the front matter of a page, candour.toml, or a file of data/. The values are string, int64, float64,
// bool, [time.Time] (with an offset, in UTC or a fixed zone), [LocalDate], [LocalDateTime], [LocalTime], []any and
// map[string]any; an array of tables is a []any of map[string]any. They are the same on every machine. The map is never
// nil when there is no fault.
func Decode(front []byte) (values map[string]any, fault *Fault) {
	if len(front) > MaxFront {
		return nil, &Fault{diag.TooLarge, 1, 1, "is more than 1 MiB of TOML", "put long text into a page's body, and figures into a CSV file of data/"}
	}
	if bytes.IndexByte(front, '\r') >= 0 {
		// Texts over several lines are the same text whatever the line ends, and so is a digest of them.
		front = bytes.ReplaceAll(front, []byte("\r\n"), []byte("\n"))
	}
	if f := badBytes(front); f != nil {
		return nil, f
	}
	if at := tooDeep(front); at >= 0 {
		return nil, deepFault(front, at)
	}
	defer func() {
		// The decoder panics at its own bugs, with text of the source in the panic.
		if recover() != nil {
			values, fault = nil, &Fault{diag.BadTOML, 1, 1, "is not TOML that can be read",
				"look for a quote or bracket that is not closed"}
		}
	}()
	values = map[string]any{}
	if _, err := toml.Decode(string(front), &values); err != nil {
		return nil, tomlFault(front, err)
	}
	if _, ok := normalise(values, 0); !ok {
		return nil, deepFault(front, 0)
	}
	return values, nil
}

func deepFault(front []byte, at int) *Fault {
	line, col := position(front, at)
	return &Fault{diag.TooLarge, line, col, fmt.Sprintf("nests more than %d levels deep", maxDepth),
		"look for brackets that are opened and not closed, or write it flatter"}
}

// badBytes finds what TOML may not hold at all. It stands before the decoder, which can wait on itself for ever when it
// meets many such bytes.
func badBytes(front []byte) *Fault {
	for i := 0; i < len(front); {
		c, n := front[i], 1
		bad := c < ' ' && c != '\t' && c != '\n' || c == 0x7f
		if c >= utf8.RuneSelf {
			var r rune
			r, n = utf8.DecodeRune(front[i:])
			bad = r == utf8.RuneError && n == 1
		}
		if !bad {
			i += n
			continue
		}
		line, col := position(front, i)
		f := &Fault{diag.BadTOML, line, col, "holds a control character",
			"delete the invisible character here; such characters come with text that was pasted"}
		switch {
		case c >= utf8.RuneSelf:
			f.Rule, f.Message, f.Hint = diag.BadEncoding, "is not UTF-8", "save it again as plain text in UTF-8"
		case c == 0:
			f.Rule, f.Message, f.Hint = diag.BadEncoding, "holds a NUL byte", "save it again as plain text in UTF-8; a Word file cannot be used as it is"
		case c == '\r':
			f.Message, f.Hint = "has a carriage return that ends no line", "save it again with line ends of the kind LF or CRLF"
		}
		return f
	}
	return nil
}

const quoteHint = `put text between straight quotes: key = "text"`

// complaints turn the decoder's messages, known by a part that holds nothing of the source, into our words.
var complaints = []struct{ part, message, hint string }{
	{"strings cannot contain newlines", "has a text that is not closed on its line",
		`end the text with the straight quote that it began with; put """ before and after a text of several lines`},
	{`unexpected EOF; expected '"""'`, `has a text opened with """ that is never closed`, `put """ behind the text`},
	{`unexpected EOF; expected "'''"`, "has a text opened with ''' that is never closed", "put ''' behind the text"},
	{`unexpected EOF; expected '"'`, "has a text that is not closed", "end the text with a straight quote"},
	{`unexpected EOF; expected "'"`, "has a text that is not closed", "end the text with a straight quote"},
	{"invalid escape", `has a backslash in a text that means nothing to TOML`, `write \\ for one backslash, or put the text between single straight quotes`},
	{"hexadecimal digits after", `has a \x, \u or \U in a text that is not followed by its digits`, `write \\ for one backslash, or put the text between single straight quotes`},
	{"is not valid UTF-8", `has a \u in a text that is no character`, "type the character itself"},
	{"invalid datetime", "has a date or time that does not exist, or is not written as one", "write a day as 2026-11-20, a time as 2026-11-20T18:00:00, both without quotes"},
	{"is out of range", "has a number that is too large", quoteHint},
	{"out of the safe", "has a number that is too large", quoteHint},
	{"nvalid integer", "has something that looks like a number and is not one", "a telephone number or code is text: " + quoteHint},
	{"nvalid float", "has something that looks like a number and is not one", "a version or code is text: " + quoteHint},
	{"expected a digit", "has something that looks like a number and is not one", quoteHint},
	{"non-decimal numbers", "has something that looks like a number and is not one", quoteHint},
	{"floats must start", "has something that looks like a number and is not one", quoteHint},
	{"not a binary number", "has something that looks like a number and is not one", quoteHint},
	{"not an octal number", "has something that looks like a number and is not one", quoteHint},
	{"not a hexadecimal number", "has something that looks like a number and is not one", quoteHint},
	{"expected value", "has no value that TOML knows here", quoteHint + "; true and false are written small and without quotes"},
	{"expected a top-level item to end", "has something behind a value", `put each key = value on a line of its own; write a date as 2026-11-20; inside a text write \" for a straight quote; a telephone number is text between quotes`},
	{"array terminator", "has a list that is not closed, or lacks a comma", `write a list as ["one", "two"]`},
	{"inline table terminator", "has a table in braces that is not closed, or lacks a comma", `write it as { key = "text", other = "text" }`},
	{"newlines not allowed within inline tables", "has a table in braces over several lines", "put it on one line"},
	{"unexpected comma", "has a comma too many", `write a list as ["one", "two"]`},
	{"table array name delimiter", "has a [[name]] that is not closed", "write [[name]] alone on its line"},
	{"to end table name", "has a [name] that is not closed or holds a character that needs quotes", "write [name] or [[name]] alone on its line"},
	{"table names cannot be empty", "has a [name] without a name", "write [name] or [[name]] alone on its line"},
	{"expected '.' or '='", "has a line that is not key = value", "write key = value, [name] or [[name]]; a note begins with #"},
	{"key separator", "has a line that is not key = value", "write key = value, [name] or [[name]]; a note begins with #"},
	{"unexpected '='", "has a value without a key", "write key = value"},
	{"unexpected '.'", "has a key that begins or ends with a dot", "write key = value"},
	{"start with a '.'", "has a key that begins with a dot", "write key = value"},
	{"is not a table", "uses one key both for a value and for a table", "give the two different names"},
	{"unexpected EOF", "ends too soon", "look for a quote or bracket that is not closed"},
}

// plainKey is a key that may be named: the name of a thing, never its value.
var plainKey = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*(\.[A-Za-z][A-Za-z0-9_-]*)*$`)

func tomlFault(front []byte, err error) *Fault {
	f := &Fault{diag.BadTOML, 1, 1, "is not TOML", "write key = value, [name] or [[name]] on each line; a note begins with #"}
	var pe toml.ParseError
	if !errors.As(err, &pe) {
		return f
	}
	at := pe.Position.Start
	if bytes.HasPrefix(front, bom) {
		at += len(bom)
	}
	message := pe.Message
	if _, rest, ok := strings.Cut(message, "Key '"); ok && strings.HasPrefix(message, "Key '") {
		f.Message = "gives one key twice"
		f.Hint = "keep one of the two; several of a kind are written as blocks that each begin with [[name]]"
		if name, what, ok := strings.Cut(rest, "' "); ok {
			if plainKey.MatchString(name) && len(name) <= 80 {
				f.Message = fmt.Sprintf("gives the key %q twice", name)
			}
			if strings.Contains(what, "cannot be used as an array") {
				f.Hint = "the key has a value already: write all of them as blocks that begin with [[name]], and none as key = value"
			}
		}
	}
	for _, c := range complaints {
		if f.Message == "is not TOML" && strings.Contains(message, c.part) {
			f.Message, f.Hint = c.message, c.hint
		}
	}
	if open := scan(front, func(i int) bool { return true }); open >= 0 && strings.Contains(f.Message, "closed") && strings.Contains(f.Message, "text") {
		at = open // the decoder points at where it gave up
	}
	return curlyFault(front, at, f)
}

// curlyFault says where the fault is, and whether curly quotes are what caused it.
func curlyFault(front []byte, at int, f *Fault) *Fault {
	at = min(max(at, 0), len(front))
	start := bytes.LastIndexByte(front[:at], '\n') + 1
	end := len(front)
	if n := bytes.IndexByte(front[start:], '\n'); n >= 0 {
		end = start + n
	}
	curly := curlyDelimiter(front[start:end])
	if curly < 0 {
		for _, three := range []string{"“““", "”””", "‘‘‘", "’’’"} {
			// A text of several lines, opened straight and closed curly: the fault lies far behind its cause.
			if i := bytes.Index(front[start:], []byte(three)); i >= 0 && strings.Contains(f.Message, "never closed") {
				curly = i
			}
		}
	}
	if curly >= 0 {
		at = start + curly
		f.Rule = diag.CurlyQuotes.At(diag.Error)
		f.Message = "has curly quotes where TOML wants straight ones"
		f.Hint = `type " or ' in place of the curly quotes, here and in the lines below; Word makes them curly when text is pasted from it`
	}
	f.Line, f.Column = position(front, at)
	return f
}
