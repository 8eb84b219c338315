package pdf

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Fault is something that PDF/UA-1 asks for and a PDF lacks. Rule is a short name, and Clause where ISO 14289-1 (7.x) or
// ISO 32000-1 asks for it.
type Fault struct{ Rule, Clause, What string }

func (f Fault) String() string { return f.What + " (" + f.Rule + ")" }

// standard are the structure types of ISO 32000-1, 14.8.4; all others must be mapped to one of them.
var standard = strings.Fields("Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 " +
	"L LI Lbl LBody Table TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form")

// Check reads a PDF and returns what keeps it from being PDF/UA-1, as far as a program can tell, sorted by where it is in
// the document. An error means that it could not be read.
func Check(data []byte) ([]Fault, error) {
	doc, err := open(data)
	if err != nil {
		return nil, err
	}
	c := &checker{doc: doc, kinds: map[string]string{}}
	if c.tree, err = doc.tree(); err != nil {
		return nil, err
	}
	c.catalogue()
	c.metadata()
	c.structure()
	for i, number := range doc.pages() {
		if err := c.page(i+1, number); err != nil {
			return nil, err
		}
	}
	c.content()
	c.fonts()
	c.outline()
	return c.faults, nil
}

type checker struct {
	doc    *document
	tree   *element
	faults []Fault
	kinds  map[string]string // role map, resolved
	drawn  map[place]bool    // marked-content sequences that pages have
}

func (c *checker) fault(rule, clause, format string, args ...any) {
	f := Fault{rule, clause, fmt.Sprintf(format, args...)}
	if !slices.Contains(c.faults, f) {
		c.faults = append(c.faults, f)
	}
}

func (c *checker) catalogue() {
	doc := c.doc
	if doc.text(doc.root["Lang"]) == "" {
		c.fault("language", "7.2", "it does not say its language")
	}
	if marked, _ := doc.follow(doc.dict(doc.root["MarkInfo"])["Marked"]).(types.Boolean); !bool(marked) {
		c.fault("tagged", "7.1", "it is not marked as tagged")
	}
	if suspects, _ := doc.follow(doc.dict(doc.root["MarkInfo"])["Suspects"]).(types.Boolean); bool(suspects) {
		c.fault("tagged", "7.1", "its tags are marked as doubtful")
	}
	if show, _ := doc.follow(doc.dict(doc.root["ViewerPreferences"])["DisplayDocTitle"]).(types.Boolean); !bool(show) {
		c.fault("title-shown", "7.1", "a reader would show the file's name in place of its title")
	}
	if doc.dict(doc.root["StructTreeRoot"]) == nil {
		c.fault("tagged", "7.1", "it has no structure")
	}
	if doc.root["AcroForm"] != nil || doc.root["OpenAction"] != nil || doc.root["Names"] != nil && doc.dict(doc.root["Names"])["EmbeddedFiles"] != nil {
		c.fault("passive", "7.18", "it has form fields, actions or attachments")
	}
}

var (
	uaPart    = regexp.MustCompile(`(?s)<pdfuaid:part>\s*1\s*</pdfuaid:part>|pdfuaid:part="1"`)
	xmpTitle  = regexp.MustCompile(`(?s)<dc:title>.*?<rdf:li xml:lang="x-default">([^<]+)</rdf:li>`)
	xmpSpoken = regexp.MustCompile(`(?s)<dc:language>.*?<rdf:li>([^<]+)</rdf:li>`)
)

func (c *checker) metadata() {
	s, ok := c.doc.follow(c.doc.root["Metadata"]).(types.StreamDict)
	if !ok {
		c.fault("metadata", "7.1", "it has no XMP metadata")
		return
	}
	data, err := unpacked(s)
	if err != nil || !bytes.Contains(data, []byte("<?xpacket begin=")) {
		c.fault("metadata", "7.1", "its XMP metadata cannot be read")
		return
	}
	if !uaPart.Match(data) {
		c.fault("pdfua-identifier", "5", "its metadata does not claim PDF/UA-1")
	}
	if m := xmpTitle.FindSubmatch(data); m == nil {
		c.fault("title", "7.1", "its metadata has no title")
	} else if title := c.doc.text(c.doc.info["Title"]); xmlText(title) != string(m[1]) {
		c.fault("title", "7.1", "its two titles differ")
	}
	if m := xmpSpoken.FindSubmatch(data); m == nil || string(m[1]) != c.doc.text(c.doc.root["Lang"]) {
		c.fault("language", "7.2", "its metadata does not say its language")
	}
}

// role returns the standard type of an element.
func (c *checker) role(kind string) string {
	roles := c.doc.dict(c.doc.dict(c.doc.root["StructTreeRoot"])["RoleMap"])
	for range 10 {
		if slices.Contains(standard, kind) || roles[kind] == nil {
			return kind
		}
		kind = c.doc.name(roles[kind])
	}
	return kind
}

func (c *checker) structure() {
	doc := c.doc
	if roles := doc.dict(doc.dict(doc.root["StructTreeRoot"])["RoleMap"]); roles != nil {
		for _, kind := range keys(roles) {
			if slices.Contains(standard, kind) {
				c.fault("role-map", "7.1", "it gives the standard type %s another meaning", kind)
			}
		}
	}
	if len(c.tree.kids) != 1 || c.tree.kids[0].elem == nil || c.role(c.tree.kids[0].elem.kind) != "Document" {
		c.fault("document", "7.1", "its structure does not begin with one Document")
	}
	level := 0
	c.tree.each(func(e *element) {
		if e.dict == nil {
			return
		}
		role := c.role(e.kind)
		parent := ""
		if e.parent != nil {
			parent = c.role(e.parent.kind)
		}
		if !slices.Contains(standard, role) {
			c.fault("role-map", "7.1", "the type %s is not mapped to a standard one", e.kind)
		}
		if lang, ok := e.dict["Lang"]; ok && doc.text(lang) == "" {
			c.fault("language", "7.2", "an element's language is empty")
		}
		switch role {
		case "Figure", "Formula":
			if doc.text(e.dict["Alt"]) == "" && doc.text(e.dict["ActualText"]) == "" {
				c.fault("alt", "7.3", "a picture has no alternative text")
			}
		case "H1", "H2", "H3", "H4", "H5", "H6":
			n := int(role[1] - '0')
			if n > level+1 {
				c.fault("headings", "7.4.2", "a heading of rank %d follows one of rank %d", n, level)
			}
			level = n
		case "L":
			c.only(e, "lists", "7.6", "L", "LI", "Caption")
		case "LI":
			c.only(e, "lists", "7.6", "Lbl", "LBody")
			if parent != "L" {
				c.fault("lists", "7.6", "a list item stands in no list")
			}
		case "LBody":
			if parent != "LI" {
				c.fault("lists", "7.6", "the body of a list item stands in no item")
			}
		case "Table":
			c.only(e, "tables", "7.5", "TR", "THead", "TBody", "TFoot", "Caption")
		case "THead", "TBody", "TFoot":
			c.only(e, "tables", "7.5", "TR")
		case "TR":
			c.only(e, "tables", "7.5", "TH", "TD")
		case "TH":
			if !c.scoped(e) {
				c.fault("tables", "7.5", "a header cell does not say what it is the header of")
			}
		case "Form":
			// Nothing can be typed into it, so that it is a blank to write on: ISO 32000-1, 14.8.5.6.
			if a := doc.dict(e.dict["A"]); doc.name(a["O"]) != "PrintField" || doc.text(a["Desc"]) == "" {
				c.fault("blanks", "7.18.4", "a blank does not say what is to be written there")
			}
		case "Link":
			if !slices.ContainsFunc(e.kids, func(k kid) bool { return k.obj > 0 }) {
				c.fault("links", "7.18.5", "a link's words have no place to press")
			}
		}
	})
}

// only says that an element may hold nothing but elements of the roles.
func (c *checker) only(e *element, rule, clause string, roles ...string) {
	for _, k := range e.kids {
		switch {
		case k.elem == nil:
			c.fault(rule, clause, "a %s holds text that is in none of its parts", e.kind)
		case !slices.Contains(roles, c.role(k.elem.kind)):
			c.fault(rule, clause, "a %s holds a %s", e.kind, k.elem.kind)
		}
	}
}

// scoped reports whether a header cell has a Scope.
func (c *checker) scoped(e *element) bool {
	attributes := types.Array{e.dict["A"]}
	if list := c.doc.array(e.dict["A"]); list != nil {
		attributes = list
	}
	for _, a := range attributes {
		if d := c.doc.dict(a); d != nil && c.doc.name(d["Scope"]) != "" {
			return true
		}
	}
	return false
}
