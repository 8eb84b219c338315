//go:build browser

package pdf

import (
	"slices"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// broken takes one thing that PDF/UA asks for out of a mended PDF, and names the rule that must say so.
var broken = map[string]struct {
	rule string
	take func(*document)
}{
	"no language":           {"language", func(d *document) { delete(d.root, "Lang") }},
	"an empty language":     {"language", func(d *document) { d.each("P", func(e types.Dict) { e["Lang"] = types.StringLiteral("") }) }},
	"not marked as tagged":  {"tagged", func(d *document) { delete(d.root, "MarkInfo") }},
	"doubtful tags":         {"tagged", func(d *document) { d.dict(d.root["MarkInfo"])["Suspects"] = types.Boolean(true) }},
	"no structure":          {"tagged", func(d *document) { delete(d.root, "StructTreeRoot") }},
	"title not shown":       {"title-shown", func(d *document) { delete(d.root, "ViewerPreferences") }},
	"an action":             {"passive", func(d *document) { d.root["OpenAction"] = types.Dict{"S": types.Name("JavaScript")} }},
	"no metadata":           {"metadata", func(d *document) { delete(d.root, "Metadata") }},
	"metadata of no kind":   {"metadata", func(d *document) { d.xmp("<x/>") }},
	"no claim":              {"pdfua-identifier", func(d *document) { d.xmp(`<?xpacket begin=""?>`) }},
	"no title":              {"title", func(d *document) { d.xmp(`<?xpacket begin=""?><pdfuaid:part>1</pdfuaid:part>`) }},
	"two titles":            {"title", func(d *document) { d.info["Title"] = textString("Another") }},
	"a type of its own":     {"role-map", func(d *document) { delete(d.dict(d.root["StructTreeRoot"]), "RoleMap") }},
	"a standard type moved": {"role-map", func(d *document) { d.dict(d.dict(d.root["StructTreeRoot"])["RoleMap"])["P"] = types.Name("Span") }},
	"no document":           {"document", func(d *document) { d.each("Document", func(e types.Dict) { e["S"] = types.Name("Sect") }) }},
	"no alternative text":   {"alt", func(d *document) { d.each("Figure", func(e types.Dict) { delete(e, "Alt") }) }},
	"a heading passed over": {"headings", func(d *document) { d.each("H2", func(e types.Dict) { e["S"] = types.Name("H4") }) }},
	"an item without body":  {"lists", func(d *document) { d.each("LBody", func(e types.Dict) { e["S"] = types.Name("Div") }) }},
	"items in no list":      {"lists", func(d *document) { d.each("L", func(e types.Dict) { e["S"] = types.Name("Div") }) }},
	"a cell in no row":      {"tables", func(d *document) { d.each("TR", func(e types.Dict) { e["S"] = types.Name("Div") }) }},
	"a header of nothing":   {"tables", func(d *document) { d.each("TH", func(e types.Dict) { delete(e, "A") }) }},
	"a link without place":  {"links", func(d *document) { d.each("Link", func(e types.Dict) { delete(e, "K") }) }},
	"a note":                {"links", func(d *document) { d.links(func(a types.Dict) { a["Subtype"] = types.Name("Text") }) }},
	"a link without words":  {"link-contents", func(d *document) { d.links(func(a types.Dict) { delete(a, "Contents") }) }},
	"a link's way lost":     {"parent-tree", func(d *document) { d.links(func(a types.Dict) { delete(a, "StructParent") }) }},
	"the text's way lost":   {"parent-tree", func(d *document) { d.eachPage(func(p types.Dict) { delete(p, "StructParents") }) }},
	"no order of links":     {"tab-order", func(d *document) { d.eachPage(func(p types.Dict) { delete(p, "Tabs") }) }},
	"something unmarked": {"marked", func(d *document) {
		d.eachPage(func(p types.Dict) {
			content, _ := d.content(p)
			p["Contents"] = d.add(packed(nil, append(content, "\n0 0 9 9 re f\n"...), true))
		})
	}},
	"text that is decoration": {"structure", func(d *document) {
		d.eachPage(func(p types.Dict) { p["Contents"] = d.add(packed(nil, []byte("q Q"), true)) })
	}},
	"a font elsewhere":   {"fonts", func(d *document) { d.fonts("FontDescriptor", "FontFile2") }},
	"shapes without map": {"fonts", func(d *document) { d.fonts("Font", "CIDToGIDMap") }},
	"mute letters":       {"font-letters", func(d *document) { d.fonts("Font", "ToUnicode") }},
	"no outline":         {"outline", func(d *document) { delete(d.root, "Outlines") }},
	"a blank of nothing": {"blanks", func(d *document) { d.each("Form", func(e types.Dict) { delete(e, "A") }) }},
}

// A sound PDF is one in which each rule finds nothing, and each rule finds what it is there for.
func TestEachRuleFails(t *testing.T) {
	r, err := Make(t.Context(), job(t, leaflet, A5))
	if err != nil {
		t.Fatal(err)
	}
	rules := map[string]bool{}
	for name, c := range broken {
		rules[c.rule] = true
		doc, err := open(r.PDF)
		if err != nil {
			t.Fatal(err)
		}
		c.take(doc)
		data, err := doc.write()
		if err != nil {
			t.Fatal(err)
		}
		faults, err := Check(data)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if !slices.ContainsFunc(faults, func(f Fault) bool { return f.Rule == c.rule && f.Clause != "" && f.What != "" }) {
			t.Errorf("%s: %s does not say so: %v", name, c.rule, faults)
		}
	}
	if faults, err := Check(r.PDF); err != nil || len(faults) > 0 {
		t.Errorf("%v %v", faults, err)
	}
	if len(rules) < 18 {
		t.Errorf("only %d rules were tried", len(rules))
	}
}

// each changes the elements of the structure of one type.
func (doc *document) each(kind string, do func(types.Dict)) {
	for _, o := range doc.objects {
		if d, ok := o.(types.Dict); ok && doc.name(d["Type"]) == "StructElem" && doc.name(d["S"]) == kind {
			do(d)
		}
	}
}

func (doc *document) links(do func(types.Dict)) {
	for _, o := range doc.objects {
		if d, ok := o.(types.Dict); ok && doc.name(d["Subtype"]) == "Link" {
			do(d)
		}
	}
}

func (doc *document) eachPage(do func(types.Dict)) {
	for _, number := range doc.pages() {
		do(doc.dict(doc.objects[number]))
	}
}

func (doc *document) fonts(kind, key string) {
	for _, o := range doc.objects {
		if d, ok := o.(types.Dict); ok && doc.name(d["Type"]) == kind {
			delete(d, key)
		}
	}
}

func (doc *document) xmp(text string) {
	doc.root["Metadata"] = doc.add(packed(types.Dict{"Type": types.Name("Metadata"), "Subtype": types.Name("XML")}, []byte(text), false))
}
