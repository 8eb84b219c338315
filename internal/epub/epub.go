// Package epub gives a leaflet as an EPUB 3 book: text that grows and reflows on any reader, with headings to jump between
// and the metadata by which libraries and reading apps say what is accessible in it.
//
// Reach for [Make]. The same sheet and clock give the same bytes. [Texts] reads a book again, for the audit.
package epub

import (
	"archive/zip"
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/xml"
	"fmt"
	"hash/crc32"
	"strings"
	"time"

	"candour/internal/leaflet"
	"candour/internal/prose"
)

// Words are the words of a book that its page does not have.
type Words struct {
	Contents string // over the list of headings
	Access   string // a sentence that says what is accessible, for the metadata
}

// Make writes a leaflet as a book. The clock is its date of change.
func Make(s *leaflet.Sheet, w Words, clock time.Time) ([]byte, error) {
	b := book{sheet: s, words: w}
	text := b.text()
	files := []struct{ name, data string }{
		{"META-INF/container.xml", container},
		{"EPUB/package.opf", b.opf(clock)},
		{"EPUB/nav.xhtml", b.nav()},
		{"EPUB/text.xhtml", text},
		{"EPUB/book.css", css},
	}
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	// The type comes first, uncompressed and with its size in the header, so that it can be told from the first bytes (OCF
	// 3.3, section 4.2.3).
	mime := []byte("application/epub+zip")
	f, err := z.CreateRaw(&zip.FileHeader{Name: "mimetype", Method: zip.Store, CRC32: crc32.ChecksumIEEE(mime), CompressedSize64: uint64(len(mime)), UncompressedSize64: uint64(len(mime))})
	if err == nil {
		_, err = f.Write(mime)
	}
	for _, file := range files {
		if err != nil {
			break
		}
		if f, err = z.CreateHeader(&zip.FileHeader{Name: file.name, Method: zip.Deflate}); err == nil {
			_, err = f.Write([]byte(file.data))
		}
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("writing the book: %w", err)
	}
	return buf.Bytes(), nil
}

const container = `<?xml version="1.0" encoding="UTF-8"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

// css leaves size, colour and spacing to the reader.
const css = `h1, h2, h3, h4 { break-after: avoid; page-break-after: avoid; }
li { margin-block: 0.3em; }
.slot { list-style: none; }
.blank::after { content: " ____________________"; }
.note { border: 1px solid; padding: 0.5em; }
table { border-collapse: collapse; }
th, td { border: 1px solid; padding: 0.3em; text-align: start; }
`

type book struct {
	sheet *leaflet.Sheet
	words Words
	heads []head
}

type head struct{ id, text string }

func (b *book) opf(clock time.Time) string {
	s := b.sheet
	sum := sha256.Sum256([]byte(s.Address + "\n" + s.Lang))
	id := sum[:16]
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80 // a UUID of our own making: version 8, RFC 9562
	meta := func(property, value string) string {
		return `<meta property="` + property + `">` + esc(value) + "</meta>\n"
	}
	var out strings.Builder
	fmt.Fprintf(&out, `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="%s" dir="%s">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:%x-%x-%x-%x-%x</dc:identifier>
<dc:title>%s</dc:title>
<dc:language>%s</dc:language>
`, esc(s.Lang), direction(s), id[:4], id[4:6], id[6:8], id[8:10], id[10:16], esc(cmp.Or(s.Title, s.Address)), esc(s.Lang))
	if s.Publisher != "" {
		out.WriteString("<dc:publisher>" + esc(s.Publisher) + "</dc:publisher>\n")
	}
	if s.Summary != "" {
		out.WriteString("<dc:description>" + esc(s.Summary) + "</dc:description>\n")
	}
	out.WriteString("<dc:source>" + esc(s.Address) + "</dc:source>\n")
	out.WriteString(meta("dcterms:modified", clock.UTC().Format("2006-01-02T15:04:05Z")))
	out.WriteString(meta("schema:accessMode", "textual"))
	out.WriteString(meta("schema:accessModeSufficient", "textual"))
	for _, feature := range []string{"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "alternativeText"} {
		out.WriteString(meta("schema:accessibilityFeature", feature))
	}
	out.WriteString(meta("schema:accessibilityHazard", "none"))
	out.WriteString(meta("schema:accessibilitySummary", b.words.Access))
	out.WriteString(`</metadata>
<manifest>
<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>
<item id="text" href="text.xhtml" media-type="application/xhtml+xml"/>
<item id="css" href="book.css" media-type="text/css"/>
</manifest>
<spine page-progression-direction="` + direction(s) + `"><itemref idref="text"/></spine>
</package>
`)
	return out.String()
}

func (b *book) open(title string) string {
	return `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="` + esc(b.sheet.Lang) + `" xml:lang="` + esc(b.sheet.Lang) + `" dir="` + direction(b.sheet) + `">
<head><title>` + esc(title) + `</title><link rel="stylesheet" type="text/css" href="book.css"/></head>
`
}

func (b *book) nav() string {
	var out strings.Builder
	out.WriteString(b.open(b.words.Contents))
	out.WriteString("<body>\n<nav epub:type=\"toc\" role=\"doc-toc\" aria-labelledby=\"toc\">\n<h1 id=\"toc\">" + esc(b.words.Contents) + "</h1>\n<ol>\n")
	for _, h := range b.heads {
		out.WriteString(`<li><a href="text.xhtml#` + h.id + `">` + esc(h.text) + "</a></li>\n")
	}
	out.WriteString("</ol>\n</nav>\n</body>\n</html>\n")
	return out.String()
}

// text writes the leaflet, and takes down its headings.
func (b *book) text() string {
	var out strings.Builder
	out.WriteString(b.open(cmp.Or(b.sheet.Title, b.sheet.Address)))
	out.WriteString("<body>\n<h1 id=\"top\">" + esc(cmp.Or(b.sheet.Title, b.sheet.Address)) + "</h1>\n")
	b.heads = append(b.heads, head{"top", cmp.Or(b.sheet.Title, b.sheet.Address)})
	b.blocks(&out)
	out.WriteString("<hr/>\n")
	for _, line := range []string{b.sheet.Publisher, b.sheet.Origin, b.sheet.Dates} {
		if line != "" {
			out.WriteString("<p>" + esc(line) + "</p>\n")
		}
	}
	out.WriteString(`<p><a href="` + esc(b.sheet.Address) + `">` + esc(b.sheet.Address) + "</a></p>\n</body>\n</html>\n")
	return out.String()
}

func (b *book) blocks(out *strings.Builder) {
	var lists lists
	blocks := b.sheet.Blocks
	level := 1
	for i := 0; i < len(blocks); i++ {
		bl := blocks[i]
		content := b.runs(bl)
		if bl.Kind == prose.Row {
			lists.to(out, 0)
			i = b.table(out, i)
			continue
		}
		if strings.TrimSpace(content) == "" {
			continue
		}
		if bl.Depth == 0 || bl.Kind == prose.Heading {
			lists.to(out, 0)
		}
		lang := langs(bl.Lang)
		switch bl.Kind {
		case prose.Heading:
			level = min(max(bl.Level, 2), level+1) // no level is passed over
			id := fmt.Sprintf("h%d", len(b.heads))
			b.heads = append(b.heads, head{id, bl.Text})
			fmt.Fprintf(out, "<h%d id=\"%s\"%s>%s</h%d>\n", level, id, lang, content, level)
		case prose.Item:
			lists.item(out, bl)
			class := ""
			if leaflet.Slot(bl) {
				class = ` class="slot"`
			}
			if leaflet.Blank(bl) {
				class = ` class="slot blank"`
			}
			value := ""
			if bl.Ordered {
				value = fmt.Sprintf(` value="%d"`, bl.Number)
			}
			out.WriteString("<li" + value + class + lang + ">" + content)
		case prose.Quote:
			out.WriteString("<blockquote" + lang + "><p>" + content + "</p></blockquote>\n")
		case prose.Code:
			out.WriteString("<pre" + lang + ">" + content + "</pre>\n")
		case prose.Term:
			out.WriteString("<p" + lang + "><b>" + content + "</b></p>\n")
		default:
			class := ""
			if strings.Contains(bl.Class, "notice") {
				class = ` class="note"`
			}
			out.WriteString("<p" + class + lang + ">" + content + "</p>\n")
		}
	}
	lists.to(out, 0)
}

// table writes rows from i on and returns the last of them.
func (b *book) table(out *strings.Builder, i int) int {
	blocks := b.sheet.Blocks
	out.WriteString("<table>\n")
	if heads := blocks[i].Heads; strings.Join(heads, "") != "" {
		out.WriteString("<thead><tr>")
		for _, h := range heads {
			out.WriteString(`<th scope="col">` + esc(h) + "</th>")
		}
		out.WriteString("</tr></thead>\n")
	}
	out.WriteString("<tbody>\n")
	for ; ; i++ {
		out.WriteString("<tr>")
		for _, c := range blocks[i].Cells {
			out.WriteString("<td>" + esc(c) + "</td>")
		}
		out.WriteString("</tr>\n")
		if i+1 == len(blocks) || blocks[i+1].Kind != prose.Row {
			break
		}
	}
	out.WriteString("</tbody>\n</table>\n")
	return i
}

func (b *book) runs(bl prose.Block) string {
	var out strings.Builder
	for _, r := range bl.Runs {
		text := strings.ReplaceAll(esc(r.Text), "\n", "<br/>")
		if bl.Kind == prose.Code {
			text = esc(r.Text)
		}
		if r.Lang != "" {
			text = "<span" + langs(r.Lang) + ">" + text + "</span>"
		}
		if r.Code {
			text = "<code>" + text + "</code>"
		}
		if r.Emphasis {
			text = "<em>" + text + "</em>"
		}
		if r.Strong {
			text = "<strong>" + text + "</strong>"
		}
		if r.Href != "" && !strings.HasPrefix(r.Href, "#") {
			text = `<a href="` + esc(r.Href) + `">` + text + "</a>"
		}
		out.WriteString(text)
	}
	return out.String()
}

// lists keeps the lists that are open, by their closing tags.
type lists []string

func (l *lists) item(out *strings.Builder, b prose.Block) {
	depth := max(b.Depth, 1)
	if len(*l) > depth {
		l.to(out, depth)
	}
	if len(*l) == depth {
		if want := closing(b.Ordered); (*l)[depth-1] != want {
			l.to(out, depth-1)
		} else {
			out.WriteString("</li>\n")
		}
	}
	for len(*l) < depth {
		if len(*l) < depth-1 { // an item of a list in a list that has no item of its own
			out.WriteString("<ul><li>")
			*l = append(*l, "</ul>")
			continue
		}
		out.WriteString(strings.Replace(closing(b.Ordered), "/", "", 1) + "\n")
		*l = append(*l, closing(b.Ordered))
	}
}

// to closes lists until so many are open.
func (l *lists) to(out *strings.Builder, depth int) {
	for len(*l) > depth {
		out.WriteString("</li>\n" + (*l)[len(*l)-1] + "\n")
		*l = (*l)[:len(*l)-1]
	}
}

func closing(ordered bool) string {
	if ordered {
		return "</ol>"
	}
	return "</ul>"
}

func langs(lang string) string {
	if lang == "" {
		return ""
	}
	return ` lang="` + esc(lang) + `" xml:lang="` + esc(lang) + `"`
}

func direction(s *leaflet.Sheet) string { return cmp.Or(s.Dir, "ltr") }

func esc(s string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(s))
	return strings.NewReplacer("&#xA;", "\n", "&#39;", "'").Replace(b.String())
}
