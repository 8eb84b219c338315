package pdf

import (
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// element is one element of the structure tree (ISO 32000-1, 14.7.2).
type element struct {
	kind   string
	dict   types.Dict
	parent *element
	kids   []kid
	ref    types.IndirectRef // when it is written back
}

// kid is what an element holds: one of an element, a marked-content sequence of a page, an object such as a link's place.
type kid struct {
	elem *element
	page int // object number of the page
	id   int // of the sequence, where object is 0
	obj  int // number of the object
}

// tree reads the structure. Its root has no dictionary.
func (doc *document) tree() (*element, error) {
	root := &element{}
	st := doc.dict(doc.root["StructTreeRoot"])
	if st == nil {
		return root, nil
	}
	seen := map[int]bool{}
	var read func(into *element, o types.Object, page, depth int) error
	read = func(into *element, o types.Object, page, depth int) error {
		if depth > 200 {
			return errDamaged
		}
		if list, ok := doc.follow(o).(types.Array); ok {
			for _, v := range list {
				if err := read(into, v, page, depth+1); err != nil {
					return err
				}
			}
			return nil
		}
		if id, ok := doc.integer(o); ok {
			into.kids = append(into.kids, kid{page: page, id: id})
			return nil
		}
		d := doc.dict(o)
		if d == nil {
			return nil
		}
		if pg := refOf(d["Pg"]); pg > 0 {
			page = pg
		}
		switch doc.name(d["Type"]) {
		case "MCR":
			id, _ := doc.integer(d["MCID"])
			into.kids = append(into.kids, kid{page: page, id: id})
		case "OBJR":
			into.kids = append(into.kids, kid{page: page, obj: refOf(d["Obj"])})
		default:
			if number := refOf(o); number > 0 {
				if seen[number] {
					return errDamaged // a loop, or one element in two places
				}
				seen[number] = true
			}
			e := &element{kind: doc.name(d["S"]), dict: d, parent: into}
			into.kids = append(into.kids, kid{elem: e})
			return read(e, d["K"], page, depth+1)
		}
		return nil
	}
	return root, read(root, st["K"], 0, 0)
}

// each goes through an element and all in it, in reading order.
func (e *element) each(do func(*element)) {
	do(e)
	for _, k := range e.kids {
		if k.elem != nil {
			k.elem.each(do)
		}
	}
}

// within reports whether the element is of one of the kinds, or in one that is.
func (e *element) within(kinds ...string) bool {
	for ; e != nil; e = e.parent {
		for _, kind := range kinds {
			if e.kind == kind {
				return true
			}
		}
	}
	return false
}

// leaf reports whether the element holds no other elements.
func (e *element) leaf() bool {
	for _, k := range e.kids {
		if k.elem != nil {
			return false
		}
	}
	return true
}

// place is a marked-content sequence: the page's object number, and its own number there.
type place struct{ page, id int }

// owners returns the element that each marked-content sequence belongs to.
func (e *element) owners() map[place]*element {
	m := map[place]*element{}
	e.each(func(e *element) {
		for _, k := range e.kids {
			if k.elem == nil && k.obj == 0 {
				m[place{k.page, k.id}] = e
			}
		}
	})
	return m
}
