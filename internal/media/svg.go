package media

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	nsSVG   = "http://www.w3.org/2000/svg"
	nsXLink = "http://www.w3.org/1999/xlink"
	nsXML   = "http://www.w3.org/XML/1998/namespace"
)

// Elements that run something or fetch something.
var svgForbidden = []string{"script", "foreignobject", "iframe", "embed", "object", "audio", "video", "canvas", "handler", "listener",
	"html", "link", "base"}

// svgCleaner writes a drawing again, token by token.
type svgCleaner struct {
	out   bytes.Buffer
	open  []svgElement
	cut   int // how many open elements are inside one that is left out
	style int // how many open elements are style sheets
	css   strings.Builder
	root  bool
}

type svgElement struct {
	name     xml.Name // as written
	prefixes map[string]string
	cut      bool
}

// cleanSVG refuses what could run or fetch anything, and leaves out comments, metadata and what drawing programs note for
// themselves (they keep file names, and the paths of those who drew). Titles and descriptions stay, because readers who
// do not see the drawing need them.
func cleanSVG(data []byte) ([]byte, []Problem) {
	const hint = "export it again as plain SVG, or save it as PNG"
	if !utf8.Valid(data) || bytes.IndexByte(data, 0) >= 0 {
		return nil, problem(hint, "it is not UTF-8 text")
	}
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	c := &svgCleaner{}
	dec := xml.NewDecoder(bytes.NewReader(data))
	for {
		// RawToken, because Token loses how prefixes were written.
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, damaged("the drawing") // the parser's own words would quote it
		}
		if reason := c.token(token); reason != "" {
			return nil, problem(hint, "%s", reason)
		}
	}
	switch {
	case !c.root:
		return nil, notA("an SVG drawing")
	case len(c.open) > 0:
		return nil, damaged("the drawing")
	}
	c.out.WriteByte('\n')
	return c.out.Bytes(), nil
}

// token handles one, and returns the reason to refuse the drawing.
func (c *svgCleaner) token(token xml.Token) string {
	switch t := token.(type) {
	case xml.ProcInst:
		if t.Target != "xml" || c.root {
			return "it has a processing instruction, which could fetch a style sheet"
		}
	case xml.Directive:
		return "it has a DOCTYPE, which could fetch or define anything"
	case xml.StartElement:
		return c.start(t)
	case xml.EndElement:
		return c.end(t)
	case xml.CharData:
		if len(c.open) == 0 {
			if len(bytes.TrimSpace(t)) > 0 {
				return "it has text outside the drawing"
			}
			return ""
		}
		if c.cut == 0 {
			if c.style > 0 {
				c.css.Write(t)
			}
			c.out.WriteString(escapeXML(string(t), false))
		}
	}
	return "" // comments are left out
}

func (c *svgCleaner) start(t xml.StartElement) string {
	prefixes := map[string]string{"xml": nsXML}
	if n := len(c.open); n > 0 {
		prefixes = c.open[n-1].prefixes
	}
	own, copied := prefixes, false
	for _, a := range t.Attr {
		declared, ok := declares(a.Name)
		if !ok {
			continue
		}
		if !copied {
			own, copied = maps.Clone(prefixes), true
		}
		own[declared] = a.Value
	}
	space := own[t.Name.Space]
	local := strings.ToLower(t.Name.Local)
	if slices.Contains(svgForbidden, local) {
		return "it has an element that can run or fetch something (" + local + ")"
	}
	if !c.root {
		if space != nsSVG || t.Name.Local != "svg" {
			return "its content is not an SVG drawing"
		}
		c.root = true
	} else if len(c.open) == 0 {
		return "it has more than one drawing"
	}
	cut := space != nsSVG || local == "metadata"
	c.open = append(c.open, svgElement{t.Name, own, cut})
	if cut {
		c.cut++
	}
	if c.cut > 0 {
		return ""
	}
	if local == "style" {
		c.style++
		c.css.Reset()
	}
	c.out.WriteByte('<')
	c.out.WriteString(written(t.Name))
	seen := map[string]bool{}
	for _, a := range t.Attr {
		if seen[written(a.Name)] {
			return "it gives an attribute twice"
		}
		seen[written(a.Name)] = true
		value, keep, reason := attribute(a, local, own)
		if reason != "" {
			return reason
		}
		if keep {
			c.out.WriteString(" " + written(a.Name) + `="` + escapeXML(value, true) + `"`)
		}
	}
	c.out.WriteByte('>')
	return ""
}

func (c *svgCleaner) end(t xml.EndElement) string {
	n := len(c.open) - 1
	if n < 0 || c.open[n].name != t.Name {
		return "its elements are not closed as they were opened"
	}
	if c.cut == 0 {
		if strings.EqualFold(t.Name.Local, "style") {
			c.style--
			if reason := cssReason(c.css.String()); reason != "" {
				return reason
			}
		}
		c.out.WriteString("</" + written(t.Name) + ">")
	}
	if c.open[n].cut {
		c.cut--
	}
	c.open = c.open[:n]
	return ""
}

// declares returns the prefix that a namespace declaration is about.
func declares(name xml.Name) (prefix string, ok bool) {
	switch {
	case name.Space == "" && name.Local == "xmlns":
		return "", true
	case name.Space == "xmlns":
		return name.Local, true
	}
	return "", false
}

const outside = "it refers to something outside itself"

// attribute says what becomes of one.
func attribute(a xml.Attr, element string, prefixes map[string]string) (value string, keep bool, reason string) {
	if _, ok := declares(a.Name); ok {
		return a.Value, a.Value == nsSVG || a.Value == nsXLink, ""
	}
	local := strings.ToLower(a.Name.Local)
	if a.Name.Space != "" {
		switch prefixes[a.Name.Space] {
		case nsXLink:
			if local != "href" && local != "title" && local != "type" && local != "show" && local != "actuate" {
				return "", false, ""
			}
		case nsXML:
			if local != "lang" && local != "space" {
				return "", false, ""
			}
		default:
			return "", false, ""
		}
	}
	switch {
	case strings.HasPrefix(local, "on"):
		return "", false, "it has an event handler"
	case local == "base":
		return "", false, outside
	case local == "href" || local == "src":
		value, ok := reference(a.Value)
		if !ok {
			return "", false, outside
		}
		return value, true, ""
	case local == "attributename":
		if animated := strings.ToLower(a.Value); strings.HasPrefix(animated, "on") || strings.Contains(animated, "href") {
			return "", false, "it animates a reference or an event handler"
		}
	case strings.Contains(strings.ToLower(strings.Join(strings.Fields(a.Value), "")), "javascript:"):
		return "", false, "it has a script in an attribute"
	}
	if reason := cssReason(a.Value); (local == "style" || strings.Contains(strings.ToLower(a.Value), "url(")) && reason != "" {
		return "", false, reason
	}
	return a.Value, true, ""
}

var dataImage = regexp.MustCompile(`^data:image/(png|jpeg|gif|webp|avif);base64,`)

// reference lets parts of the drawing and pictures inside it through; those are cleaned like any other.
func reference(value string) (clean string, ok bool) {
	value = strings.TrimSpace(value)
	if strings.HasPrefix(value, "#") || value == "" {
		return value, true
	}
	m := dataImage.FindStringSubmatch(value)
	if m == nil {
		return "", false
	}
	packed := strings.Join(strings.Fields(value[len(m[0]):]), "")
	if unescaped, err := url.PathUnescape(packed); err == nil {
		packed = unescaped
	}
	data, err := base64.StdEncoding.DecodeString(packed)
	if err != nil {
		return "", false
	}
	picture, problems := kinds[m[1]].clean(data)
	if problems != nil {
		return "", false
	}
	return m[0] + base64.StdEncoding.EncodeToString(picture), true
}

var cssURL = regexp.MustCompile(`url\(\s*["']?\s*`)

// cssReason refuses style that could fetch something. An escape could spell anything, so there is none of those either.
func cssReason(css string) string {
	low := strings.ToLower(css)
	switch {
	case strings.Contains(low, `\`):
		return "its style has an escape, which could hide a reference"
	case strings.Contains(low, "@import"), strings.Contains(low, "image-set("), strings.Contains(low, "src("), strings.Contains(low, "image("),
		strings.Contains(low, "://"), strings.Contains(low, "expression("), strings.Contains(low, "-moz-binding"):
		return outside
	case strings.Contains(low, "/*"):
		return "its style has a comment"
	}
	for _, at := range cssURL.FindAllStringIndex(low, -1) {
		if !strings.HasPrefix(low[at[1]:], "#") {
			return outside
		}
	}
	return ""
}

func written(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	return name.Space + ":" + name.Local
}

var (
	xmlText      = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "\r", "&#13;")
	xmlAttribute = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&#34;", "\t", " ", "\n", " ", "\r", " ")
)

func escapeXML(s string, attribute bool) string {
	if attribute {
		return xmlAttribute.Replace(s)
	}
	return xmlText.Replace(s)
}

// svgTexts returns what the drawing says, with its pieces apart and run together (letters may each have an element of
// their own), and every attribute.
func svgTexts(data []byte) ([]string, error) {
	if out, problems := cleanSVG(data); problems != nil || !bytes.Equal(out, data) {
		return nil, errors.New("the drawing cannot be read, or has not been cleaned")
	}
	var apart, together strings.Builder
	var texts []string
	for dec := xml.NewDecoder(bytes.NewReader(data)); ; {
		token, err := dec.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, errors.New("the drawing cannot be read")
		}
		switch t := token.(type) {
		case xml.CharData:
			apart.WriteString(string(t) + " ")
			together.WriteString(strings.TrimSpace(string(t)))
		case xml.StartElement:
			for _, a := range t.Attr {
				texts = append(texts, a.Value)
			}
		}
	}
	return append(texts, apart.String(), together.String()), nil
}
