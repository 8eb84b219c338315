// Package frontmatter reads the front matter of a source file, and edits it, on positions.
//
// Reach for [Split], then [Decode]; [NewIndex] says where a key or value stands, and is only worth its cost when there is
// something to report. [SetScalar] and [AppendTable] change one thing for a command and leave every other byte, line end
// and comment to its author.
//
// BurntSushi/toml decodes, because it is strict and has no unsafe code paths of its own; pelletier/go-toml's unstable
// parser only tells positions, which the former does not give for every value. No message of either library is passed
// on: they quote the source, which may hold what an edition withholds.
package frontmatter

import (
	"bytes"

	"candour/internal/diag"
)

// MaxFront is the most bytes that front matter may have.
const MaxFront = 1 << 20

// Parts are the pieces of a source file. The slices share the bytes that were given to [Split].
type Parts struct {
	Front      []byte // what stands between the +++ lines, the line end of its last line included
	FrontLine  int    // the line of the file that Front begins on
	FrontStart int    // where Front begins, in bytes from the beginning of the file, a BOM included
	Body       []byte // what follows the closing +++ line
	BodyLine   int    // the line of the file that Body begins on
	BodyStart  int    // where Body begins, in bytes as FrontStart
}

// Fault is what is wrong with a file's front matter. Message and Hint never hold text of the source but, at most, the
// name of a key. Line counts from the first line of what was given: of the file in [Split], of the front matter in
// [Decode]. Column is in characters.
type Fault struct {
	Rule         diag.Rule
	Line, Column int
	Message      string
	Hint         string
}

const fence = "+++"

var bom = []byte("\xef\xbb\xbf")

// Split parts a file into front matter and body. A BOM, blank lines before the opening +++ and CRLF are accepted.
func Split(src []byte) (Parts, *Fault) {
	if bytes.HasPrefix(src, []byte("\xff\xfe")) || bytes.HasPrefix(src, []byte("\xfe\xff")) {
		return Parts{}, &Fault{diag.BadEncoding, 1, 1, "is written in UTF-16",
			"save it again as plain text in UTF-8"}
	}
	at, line := 0, 1
	if bytes.HasPrefix(src, bom) {
		at = len(bom)
	}
	// The opening line.
	for {
		text, next := lineAt(src, at)
		blank := len(bytes.TrimSpace(text)) == 0
		if string(text) == fence {
			at = next
			break
		}
		if !blank || next == len(src) {
			return Parts{}, noFrontMatter(src, text, line, blank)
		}
		at, line = next, line+1
	}
	opened := line
	p := Parts{FrontLine: line + 1, FrontStart: at}
	for line++; at < len(src); line++ {
		text, next := lineAt(src, at)
		if string(text) == fence {
			p.Front = src[p.FrontStart:at]
			p.Body, p.BodyLine, p.BodyStart = src[next:], line+1, next
			if len(p.Front) > MaxFront {
				return Parts{}, &Fault{diag.TooLarge, opened, 1, "has more than 1 MiB of front matter",
					"put long text into the body, and figures into a file of data/"}
			}
			return p, nil
		}
		at = next
	}
	return Parts{}, &Fault{diag.NoFrontMatter, opened, 1, "has front matter that is opened and never closed",
		"put a line that holds only +++ between the front matter and the body"}
}

// lineAt returns the line that begins at at, without its end and without spaces behind it, and where the next begins.
func lineAt(src []byte, at int) (text []byte, next int) {
	end := bytes.IndexByte(src[at:], '\n')
	if end < 0 {
		return bytes.TrimRight(src[at:], " \t\r"), len(src)
	}
	return bytes.TrimRight(src[at:at+end], " \t\r"), at + end + 1
}

func noFrontMatter(src, text []byte, line int, empty bool) *Fault {
	f := &Fault{diag.NoFrontMatter, line, 1, "does not begin with front matter",
		"begin the file with a line that holds only +++, then title, summary and date, then +++ again; candour new writes a page to start from"}
	switch {
	case empty:
		f.Line, f.Message = 1, "is empty"
	case string(text) == "---":
		f.Message = "has front matter between --- lines, which is YAML"
		f.Hint = `write it as TOML: +++ lines in place of ---, and key = "text" in place of key: text`
	case bytes.HasPrefix(text, []byte("{")):
		f.Message = "has front matter in braces, which is JSON"
		f.Hint = `write it as TOML between +++ lines: key = "text" in place of "key": "text"`
	case bytes.HasPrefix(text, []byte(fence)):
		f.Message = "has more than +++ on its first line"
		f.Hint = "leave +++ alone on its line, and begin the front matter on the next"
	case bytes.HasPrefix(bytes.TrimLeft(text, " \t"), []byte(fence)):
		f.Message = "has spaces before its opening +++"
		f.Hint = "move +++ to the very beginning of its line"
	case bytes.IndexByte(src, '\n') < 0 && bytes.IndexByte(src, '\r') >= 0:
		f.Message = "has the line ends of an old Macintosh"
		f.Hint = "save it again with line ends of the kind LF or CRLF"
	}
	return f
}
