package pdf

import (
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// page checks one page: what it draws, and what can be pressed on it.
func (c *checker) page(n, number int) error {
	doc := c.doc
	if c.drawn == nil {
		c.drawn = map[place]bool{}
	}
	d := doc.dict(doc.objects[number])
	if doc.name(d["Tabs"]) != "S" && len(doc.array(d["Annots"])) > 0 {
		c.fault("tab-order", "7.18.3", "page %d does not go through its links in reading order", n)
	}
	content, err := doc.content(d)
	if err != nil {
		return err
	}
	if err := c.marked(n, number, content, doc.dict(d["Resources"]), 0); err != nil {
		return err
	}
	parents := c.parents()
	key, hasKey := doc.integer(d["StructParents"])
	owners := doc.array(parents[key])
	for at := range c.drawn {
		if at.page == number && (!hasKey || at.id >= len(owners) || doc.dict(owners[at.id]) == nil) {
			c.fault("parent-tree", "7.1", "page %d: not all of its text leads to its place in the structure", n)
		}
	}
	placed := map[int]bool{}
	c.tree.each(func(e *element) {
		for _, k := range e.kids {
			if k.obj > 0 && c.role(e.kind) == "Link" {
				placed[k.obj] = true
			}
		}
	})
	for _, o := range doc.array(d["Annots"]) {
		a := doc.dict(o)
		if doc.name(a["Subtype"]) != "Link" {
			c.fault("links", "7.18", "page %d has a note or a field", n)
			continue
		}
		if doc.text(a["Contents"]) == "" {
			c.fault("link-contents", "7.18.5", "page %d: a link does not say in words where it leads", n)
		}
		if !placed[refOf(o)] {
			c.fault("links", "7.18.5", "page %d: a link is not part of the structure", n)
		}
		if key, ok := doc.integer(a["StructParent"]); !ok || doc.dict(parents[key]) == nil {
			c.fault("parent-tree", "7.18.5", "page %d: a link does not lead to its place in the structure", n)
		}
	}
	return nil
}

// marked checks that all that is painted is either part of the structure or marked as decoration, and never both.
func (c *checker) marked(n, page int, content []byte, resources types.Dict, depth int) error {
	if depth > 20 {
		return errDamaged
	}
	ops, err := operations(content)
	if err != nil {
		return err
	}
	var open []operation
	for _, op := range ops {
		switch op.name {
		case "BMC", "BDC":
			id, ok := mcid(op)
			for _, outer := range open {
				_, outerOK := mcid(outer)
				if ok && outer.args[0] == "/Artifact" || outerOK && op.args[0] == "/Artifact" {
					c.fault("marked", "7.1", "page %d: decoration and text are mixed", n)
				}
			}
			if ok {
				if c.drawn[place{page, id}] {
					c.fault("marked", "7.1", "page %d: two pieces of text have one number", n)
				}
				c.drawn[place{page, id}] = true
			}
			open = append(open, op)
		case "EMC":
			if len(open) == 0 {
				return errDamaged
			}
			open = open[:len(open)-1]
		}
		if paints(op) == nothing {
			continue
		}
		known := slices.ContainsFunc(open, func(op operation) bool {
			_, ok := mcid(op)
			return ok || len(op.args) > 0 && op.args[0] == "/Artifact"
		})
		if op.name == "Do" && !known {
			s, ok := c.doc.follow(c.doc.dict(resources["XObject"])[named(op)]).(types.StreamDict)
			if ok && c.doc.name(s.Dict["Subtype"]) == "Form" {
				inner, err := unpacked(s)
				if err != nil {
					return err
				}
				if err := c.marked(n, page, inner, c.doc.dict(s.Dict["Resources"]), depth+1); err != nil {
					return err
				}
				continue
			}
		}
		if !known {
			c.fault("marked", "7.1", "page %d draws something that is neither part of the structure nor marked as decoration", n)
		}
	}
	return nil
}

// named returns the name that an operator is given, without its slash.
func named(op operation) string {
	if len(op.args) == 0 || len(op.args[0]) == 0 {
		return ""
	}
	name, err := types.DecodeName(op.args[0][1:])
	if err != nil {
		return op.args[0][1:]
	}
	return name
}

// parents reads the tree that leads from text and links back to the structure.
func (c *checker) parents() map[int]types.Object {
	m := map[int]types.Object{}
	var read func(d types.Dict, depth int)
	read = func(d types.Dict, depth int) {
		if depth > 50 || d == nil {
			return
		}
		nums := c.doc.array(d["Nums"])
		for i := 0; i+1 < len(nums); i += 2 {
			if key, ok := c.doc.integer(nums[i]); ok {
				m[key] = nums[i+1]
			}
		}
		for _, kid := range c.doc.array(d["Kids"]) {
			read(c.doc.dict(kid), depth+1)
		}
	}
	read(c.doc.dict(c.doc.dict(c.doc.root["StructTreeRoot"])["ParentTree"]), 0)
	return m
}

// content checks that the structure names no text that no page has.
func (c *checker) content() {
	for at := range c.tree.owners() {
		if !c.drawn[at] {
			c.fault("structure", "7.1", "the structure has text that no page has")
		}
	}
}

// fonts checks that every font is in the file and says which letters its codes are.
func (c *checker) fonts() {
	doc := c.doc
	for _, number := range slices.Sorted(maps.Keys(doc.objects)) {
		d, ok := doc.objects[number].(types.Dict)
		if !ok {
			continue
		}
		switch kind := doc.name(d["Subtype"]); {
		case doc.name(d["Type"]) == "FontDescriptor":
			if d["FontFile"] == nil && d["FontFile2"] == nil && d["FontFile3"] == nil && !c.type3(number) {
				c.fault("fonts", "7.21.4", "a font is not in the file")
			}
		case doc.name(d["Type"]) != "Font":
		case kind == "Type0" || kind == "Type3":
			if d["ToUnicode"] == nil {
				c.fault("font-letters", "7.21.7", "a font does not say which letters it draws")
			}
		case kind == "CIDFontType2":
			if d["CIDToGIDMap"] == nil {
				c.fault("fonts", "7.21.3", "a font has no map from its codes to its shapes")
			}
		case doc.dict(d["FontDescriptor"]) == nil:
			c.fault("fonts", "7.21.4", "a font is not in the file")
		}
	}
}

// type3 reports whether a descriptor is of a font whose letters are drawings in the file themselves.
func (c *checker) type3(descriptor int) bool {
	for _, o := range c.doc.objects {
		if d, ok := o.(types.Dict); ok && c.doc.name(d["Subtype"]) == "Type3" && refOf(d["FontDescriptor"]) == descriptor {
			return true
		}
	}
	return false
}

// outline checks that a document with headings has an outline.
func (c *checker) outline() {
	headings := 0
	c.tree.each(func(e *element) {
		if role := c.role(e.kind); len(role) == 2 && role[0] == 'H' {
			headings++
		}
	})
	if headings > 1 && c.doc.dict(c.doc.dict(c.doc.root["Outlines"])["First"]) == nil {
		c.fault("outline", "7.17", "it has headings and no outline")
	}
}
