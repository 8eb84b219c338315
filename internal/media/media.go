// Package media says what may be published of bundled and static files, takes out of them what nobody sees and somebody
// might have wanted kept, and reads the texts in them for the audit.
//
// Reach for [Allowed] by a file's name, then [Clean] for the bytes to publish, then [Texts] for what the audit must read.
// Nothing is recompressed: parts of a file are kept or left out. What cannot be understood is refused; a [Problem] never
// quotes the file.
package media

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is a reason not to publish a file, and what somebody can do about it today.
type Problem struct{ Message, Hint string }

func problem(hint, format string, args ...any) []Problem {
	return []Problem{{Message: fmt.Sprintf(format, args...), Hint: hint}}
}

// A kind is one type of file.
type kind struct {
	bundle bool // may stand beside a page, not only in static/
	clean  func([]byte) ([]byte, []Problem)
	texts  func([]byte) ([]string, error)
}

var kinds map[string]kind

func init() { // not a composite literal, because pictures in an SVG come back here
	kinds = map[string]kind{
		"html": {false, cleanText, wholeText}, "css": {false, cleanText, wholeText}, "js": {false, cleanText, wholeText},
		"json": {false, cleanText, wholeText}, "xml": {false, cleanText, wholeText},
		"webmanifest": {false, cleanText, wholeText},
		"txt":         {true, cleanText, wholeText}, "csv": {true, cleanText, wholeText},
		"jpg": {true, cleanJPEG, cleanOnly(cleanJPEG)}, "jpeg": {true, cleanJPEG, cleanOnly(cleanJPEG)},
		"png": {true, cleanPNG, cleanOnly(cleanPNG)}, "webp": {true, cleanWebP, cleanOnly(cleanWebP)},
		"gif": {true, cleanGIF, cleanOnly(cleanGIF)}, "avif": {true, cleanAVIF, cleanOnly(cleanAVIF)},
		"ico": {false, cleanICO, cleanOnly(cleanICO)}, "woff2": {false, cleanWOFF2, woff2Texts},
		"svg": {true, cleanSVG, svgTexts}, "pdf": {true, cleanPDF, pdfTexts},
	}
}

// Office documents carry their history, their authors, and what was cut.
var office = []string{"doc", "docx", "docm", "dotx", "xls", "xlsx", "xlsm", "ppt", "pptx", "pptm", "odt", "ods", "odp", "rtf", "msg",
	"eml", "pages", "numbers", "key", "vsd", "vsdx", "pub"}

func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(strings.ReplaceAll(name, `\`, "/")), "."))
}

// Allowed says by its name whether a file may be published: from static/, or from a page's bundle.
func Allowed(name string, static bool) (ok bool, p Problem) {
	ext := extension(name)
	k, known := kinds[ext]
	switch {
	case known && (static || k.bundle):
		return true, Problem{}
	case known:
		return false, Problem{"files of the type ." + ext + " cannot be published beside a page", "put it into static/ if readers need it"}
	case slices.Contains(office, ext):
		return false, Problem{"office documents (." + ext + ") are not published: they keep authors, comments and deleted text",
			"save it as PDF and use that, or paste the text into the page"}
	case ext == "heic" || ext == "heif" || ext == "tif" || ext == "tiff" || ext == "bmp":
		return false, Problem{"browsers do not show pictures of the type ." + ext, "save it as JPEG or PNG"}
	case ext == "":
		return false, Problem{"a file without an extension cannot be published", "give it the extension of its type, such as .pdf or .png"}
	}
	return false, Problem{"files of the type ." + ext + " cannot be published",
		"use one of the usual types: png, jpg, webp, avif, gif, svg, pdf, csv, txt"}
}

// Clean returns what may be published of a file: the same to look at, without what does not show. With problems there are
// no bytes. Clean of what it returned is the same again, and Texts relies on that.
func Clean(name string, data []byte) (out []byte, problems []Problem) {
	k, known := kinds[extension(name)]
	if !known {
		return nil, problem("use one of the usual types", "files of this type cannot be checked")
	}
	// The readers of formats are others' too, and a panic's text may quote the file.
	defer func() {
		if recover() != nil {
			out, problems = nil, problem("save it again with another program, or leave it out", "it is damaged and cannot be checked")
		}
	}()
	if len(data) == 0 && extension(name) != "txt" && extension(name) != "css" && extension(name) != "js" && extension(name) != "csv" {
		return nil, problem("replace it or leave it out", "it is empty")
	}
	return k.clean(data)
}

// Texts returns every text in a file that was cleaned. On an error the file must not be published, because something in
// it could not be read; what could be read is returned all the same.
func Texts(name string, data []byte) (texts []string, err error) {
	k, known := kinds[extension(name)]
	if !known {
		return nil, fmt.Errorf("files of this type cannot be read")
	}
	defer func() {
		if recover() != nil {
			texts, err = nil, fmt.Errorf("the file is damaged and cannot be read")
		}
	}()
	return k.texts(data)
}

// Reading is what was read out of a file.
type Reading struct {
	Shown []string // words as somebody reads or hears them, a page of a PDF as one
	Other []string // and whatever else reads as text: the same words in other divisions, names, what is drawn
	Rest  []byte   // of the bytes, what neither is drawn from
}

// Texts are all texts of a reading.
func (r Reading) Texts() []string { return slices.Concat(r.Shown, r.Other) }

// Read is [Texts] with what a reader sees apart from the rest. Of anything but a PDF all is of the rest.
func Read(name string, data []byte) (r Reading, err error) {
	if extension(name) != "pdf" {
		r.Other, err = Texts(name, data)
		r.Rest = data
		return r, err
	}
	defer func() {
		if recover() != nil {
			r, err = Reading{}, fmt.Errorf("the file is damaged and cannot be read")
		}
	}()
	r, err = pdfReading(data)
	r.Rest = pdfRest(data)
	return r, err
}

// cleanText lets text through that the audit can read: the raw bytes are what it searches.
func cleanText(data []byte) ([]byte, []Problem) {
	switch {
	case bytes.HasPrefix(data, []byte{0xff, 0xfe}), bytes.HasPrefix(data, []byte{0xfe, 0xff}):
		return nil, problem("save it as UTF-8 (in Excel: CSV UTF-8)", "it is not UTF-8 text but UTF-16")
	case bytes.IndexByte(data, 0) >= 0:
		return nil, problem("check that it is the right file", "it is not text: it has NUL bytes")
	case !utf8.Valid(data):
		return nil, problem("save it as UTF-8 (in Excel: CSV UTF-8)", "it is not UTF-8 text")
	}
	return data, nil
}

func wholeText(data []byte) ([]string, error) {
	if _, problems := cleanText(data); problems != nil {
		return nil, fmt.Errorf("the file cannot be read: %s", problems[0].Message)
	}
	return []string{string(data)}, nil
}

// cleanOnly is for files whose only texts are what cleaning takes out: what was cleaned has none.
func cleanOnly(clean func([]byte) ([]byte, []Problem)) func([]byte) ([]string, error) {
	return func(data []byte) ([]string, error) {
		out, problems := clean(data)
		switch {
		case problems != nil:
			return nil, fmt.Errorf("the file cannot be read: %s", problems[0].Message)
		case !bytes.Equal(out, data):
			return nil, fmt.Errorf("the picture still holds what should have been taken out: metadata, comments, or bytes after its end")
		}
		return nil, nil
	}
}

const damagedHint = "save it again with another program, or leave it out"

func notA(format string) []Problem {
	return problem("give it the extension of what it is, or save it as "+format, "its content is not %s", format)
}

func damaged(what string) []Problem {
	return problem(damagedHint, "%s cannot be checked: it is damaged or cut short", what)
}
