package pdf

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// About is what a PDF says of itself.
type About struct {
	Title, Lang, Summary string
	Clock                time.Time
	Links                []Anchor // of the page, in its order: the words of each link
	Blanks               []string // of the page, in its order: what is to be written there
	Text                 string   // what the page shows; tells where there are spaces
}

// Mend adds to a browser's PDF what PDF/UA-1 asks for and Chromium leaves out: metadata that says so, the meaning of its own
// structure types, words on links, bodies of list items, marks on decoration, a way back from text to structure. Dates and
// names are made new, so that the same page gives the same bytes. What it cannot mend is for [Check] to find.
func Mend(raw []byte, about About) ([]byte, error) {
	doc, err := open(raw)
	if err != nil {
		return nil, err
	}
	m := &mender{doc: doc, about: about, decoration: map[place]bool{}}
	if m.tree, err = doc.tree(); err != nil {
		return nil, err
	}
	m.figures()
	if err := m.pages(doc.pages()); err != nil {
		return nil, err
	}
	m.prune(m.tree)
	m.lists(m.tree)
	m.tables()
	m.links()
	m.blanks()
	m.names()
	m.plantTree()
	m.catalogue()
	return doc.write()
}

type mender struct {
	doc        *document
	about      About
	tree       *element
	decoration map[place]bool // marked content that is not text after all
}

// figures looks after elements of the type Figure without words for those who cannot see them: one around other elements
// (HTML's figure, with its caption) is a group; one that holds a drawing alone is decoration, since the site's audit has
// seen to it that a picture that says something has its alternative text.
func (m *mender) figures() {
	m.tree.each(func(e *element) {
		if e.kind != "Figure" || m.doc.text(e.dict["Alt"]) != "" {
			return
		}
		if !e.leaf() {
			e.kind = "Div"
			return
		}
		e.kind = "NonStruct"
	})
}

// pages marks what a page draws outside of the structure as decoration, and what the structure holds though nothing in it
// can be read: backgrounds, borders and rules that stand in for their paragraph. Spaces between lines are drawn again.
func (m *mender) pages(numbers []int) error {
	contents := make([][]byte, len(numbers))
	for i, number := range numbers {
		page := m.doc.dict(m.doc.objects[number])
		content, err := m.doc.content(page)
		if err != nil {
			return err
		}
		if content, err = logical(content, fromRight(m.about.Lang), m.doc.fontLetters(m.doc.dict(page["Resources"]))); err != nil {
			return err
		}
		if contents[i], err = m.content(number, content, m.doc.dict(page["Resources"]), 0); err != nil {
			return err
		}
	}
	if err := m.spaces(numbers, contents); err != nil {
		return err
	}
	for i, number := range numbers {
		page := m.doc.dict(m.doc.objects[number])
		page["Contents"] = m.doc.add(packed(nil, contents[i], true))
		page["Tabs"] = types.Name("S")
	}
	return nil
}

func (m *mender) content(page int, content []byte, resources types.Dict, depth int) ([]byte, error) {
	if depth > 20 {
		return nil, errDamaged
	}
	ops, err := operations(content)
	if err != nil {
		return nil, err
	}
	found, err := readMarks(ops)
	if err != nil {
		return nil, err
	}
	owners := m.tree.owners()
	var edits []edit
	for _, s := range found.sequences {
		owner := owners[place{page, s.id}]
		if owner != nil && (s.has >= picture || s.has == drawing && owner.within("Figure", "Formula", "Form")) {
			continue
		}
		if s.has >= picture && owner == nil && depth == 0 {
			return nil, errDamaged // text that is in no structure is not to be hidden
		}
		m.decoration[place{page, s.id}] = true
		edits = append(edits, edit{s.opens.from, s.opens.to, "/Artifact BMC"})
	}
	for _, l := range found.loose {
		if l.op.name == "Do" {
			own, err := m.form(page, named(l.op), resources, depth)
			if err != nil {
				return nil, err
			}
			if own {
				continue
			}
		}
		edits = append(edits, edit{l.from, l.from, "/Artifact BMC\n"}, edit{l.to, l.to, "\nEMC"})
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return a.from - b.from })
	return apply(content, edits), nil
}

// form looks after a drawing that is drawn as one. It reports whether the drawing has marks of its own.
func (m *mender) form(page int, name string, resources types.Dict, depth int) (bool, error) {
	ref := m.doc.dict(resources["XObject"])[name]
	s, ok := m.doc.follow(ref).(types.StreamDict)
	if !ok || m.doc.name(s.Dict["Subtype"]) != "Form" {
		return false, nil
	}
	data, err := unpacked(s)
	if err != nil {
		return false, err
	}
	ops, err := operations(data)
	if err != nil {
		return false, err
	}
	found, err := readMarks(ops)
	if err != nil || len(found.sequences) == 0 {
		return false, err
	}
	mended, err := m.content(page, data, m.doc.dict(s.Dict["Resources"]), depth+1)
	if err == nil {
		m.doc.objects[refOf(ref)] = packed(s.Dict, mended, true)
	}
	return true, err
}

// prune takes out what became decoration, and elements that hold nothing any more. An empty cell stays: it is one of its row.
func (m *mender) prune(e *element) {
	e.kids = slices.DeleteFunc(e.kids, func(k kid) bool {
		if k.elem == nil {
			return k.obj == 0 && m.decoration[place{k.page, k.id}]
		}
		m.prune(k.elem)
		return len(k.elem.kids) == 0 && k.elem.kind != "TD" && k.elem.kind != "TH"
	})
}

// lists gives each item its body, and each list nothing but items.
func (m *mender) lists(e *element) {
	for _, k := range e.kids {
		if k.elem != nil {
			m.lists(k.elem)
		}
	}
	switch e.kind {
	case "LI":
		m.item(e)
	case "L":
		var kids []kid
		for i := 0; i < len(e.kids); i++ {
			k := e.kids[i]
			if k.elem != nil && (k.elem.kind == "LI" || k.elem.kind == "L" || k.elem.kind == "Caption") {
				kids = append(kids, k)
				continue
			}
			// HTML's dl: a term and what is said of it, perhaps with a group around them.
			item := &element{kind: "LI", dict: types.Dict{}, parent: e}
			if k.elem != nil && (k.elem.kind == "NonStruct" || k.elem.kind == "Div") && !k.elem.leaf() {
				item.kids = k.elem.kids
			} else {
				item.kids = []kid{k}
				for i+1 < len(e.kids) && k.elem != nil && k.elem.kind == "Lbl" && e.kids[i+1].elem != nil && e.kids[i+1].elem.kind == "LBody" {
					i++
					item.kids = append(item.kids, e.kids[i])
				}
			}
			item.adopt()
			m.item(item)
			kids = append(kids, kid{elem: item})
		}
		e.kids = kids
	}
}

// item puts all but labels of a list item into one body.
func (m *mender) item(e *element) {
	var labels, rest []kid
	body := &element{kind: "LBody", dict: types.Dict{}, parent: e}
	for _, k := range e.kids {
		switch {
		case k.elem != nil && k.elem.kind == "Lbl" && len(rest) == 0 && len(labels) == 0:
			labels = append(labels, k)
		case k.elem != nil && k.elem.kind == "Lbl":
			k.elem.kind = "Span"
			rest = append(rest, k)
		case k.elem != nil && k.elem.kind == "LBody":
			rest = append(rest, k.elem.kids...)
		default:
			rest = append(rest, k)
		}
	}
	if len(rest) == 0 { // a term of which nothing is said
		for _, k := range labels {
			k.elem.kind = "Span"
		}
		labels, rest = nil, labels
	}
	body.kids = rest
	body.adopt()
	e.kids = append(labels, kid{elem: body})
}

func (e *element) adopt() {
	for _, k := range e.kids {
		if k.elem != nil {
			k.elem.parent = e
		}
	}
}

// tables says of each header cell whether it is that of a column or of a row. Where the browser names the header cells of
// a cell one by one, the scopes say the same.
func (m *mender) tables() {
	m.tree.each(func(e *element) {
		if e.kind != "TH" && e.kind != "TD" {
			return
		}
		attributes := types.Dict{"O": types.Name("Table")}
		list := m.doc.array(e.dict["A"])
		if list == nil {
			list = types.Array{e.dict["A"]}
		}
		for _, o := range list {
			for key, value := range m.doc.dict(o) {
				if key == "RowSpan" || key == "ColSpan" || key == "Scope" {
					attributes[key] = value
				}
			}
		}
		if e.kind == "TH" && attributes["Scope"] == nil {
			attributes["Scope"] = types.Name("Row")
			if e.within("THead") || e.alone() {
				attributes["Scope"] = types.Name("Column")
			}
		}
		delete(e.dict, "A")
		if len(attributes) > 1 {
			e.dict["A"] = attributes
		}
	})
}

// alone reports whether all cells of a header cell's row are header cells.
func (e *element) alone() bool {
	return !slices.ContainsFunc(e.parent.kids, func(k kid) bool { return k.elem != nil && k.elem.kind == "TD" })
}

// links puts words on each link: those of the page's links, which come in the same order as the elements.
func (m *mender) links() {
	left := m.about.Links
	m.tree.each(func(e *element) {
		isPlace := func(k kid) bool { return k.obj > 0 }
		if !slices.ContainsFunc(e.kids, isPlace) {
			// Chromium makes no place to press for some links in columns: words like others, then, and no link that does nothing.
			if e.kind == "Link" {
				e.kind = "Span"
			}
			return
		}
		if e.kind != "Link" { // a footnote's number, or the way back from it: the link stands in it
			link := &element{kind: "Link", dict: types.Dict{}, parent: e, kids: e.kids}
			link.adopt()
			e.kids = []kid{{elem: link}}
			return // each comes to the new one next
		}
		words := ""
		for _, k := range e.kids {
			a := m.doc.dict(m.doc.objects[k.obj])
			if k.obj == 0 || a == nil {
				continue
			}
			address := m.doc.text(m.doc.dict(a["A"])["URI"])
			if words == "" {
				if i := slices.IndexFunc(left, func(l Anchor) bool { return l.URL == address }); i >= 0 {
					words, left = left[i].Text, left[i+1:]
				}
			}
			a["Contents"] = textString(contents(words, address))
		}
	})
}

// blanks says of each blank what is to be written there, for somebody who hears the page. They come in the page's order.
func (m *mender) blanks() {
	left := m.about.Blanks
	m.tree.each(func(e *element) {
		if e.kind != "Form" {
			return
		}
		what := m.about.Title
		if len(left) > 0 {
			what, left = left[0], left[1:]
		}
		e.dict["A"] = types.Dict{"O": types.Name("PrintField"), "Role": types.Name("tv"), "Desc": textString(what)}
	})
}

// contents are the words of a link for somebody who hears it: what it says, and where it leads if the words do not say it.
func contents(words, address string) string {
	switch {
	case address == "" && words == "":
		return "\u2192" // to a place in the document
	case address == "":
		return words
	case words == "":
		return address
	case strings.Contains(strings.ToLower(words), strings.ToLower(strings.TrimPrefix(strings.TrimPrefix(address, "https://"), "http://"))):
		return words
	}
	return words + " (" + address + ")"
}

var nodeID = regexp.MustCompile(`^node\d+$`)

// names takes out the names that the browser gave to elements: they count up while it runs. Nothing needs them, since
// header cells have their scope.
func (m *mender) names() {
	m.tree.each(func(e *element) {
		if e.dict != nil && nodeID.MatchString(m.doc.text(e.dict["ID"])) {
			delete(e.dict, "ID")
		}
	})
}

// meant are the standard types that others than [standard] stand for: HTML's, and those that PDF 2.0 added.
var meant = map[string]string{"Strong": "Span", "Em": "Span", "Sub": "Span", "FENote": "Note", "Title": "P", "Aside": "Div", "DocumentFragment": "Div"}

// plantTree writes the structure back, with the map of types and the way from text and links to their elements.
func (m *mender) plantTree() {
	doc := m.doc
	rootRef := doc.add(types.Dict{"Type": types.Name("StructTreeRoot")})
	root := doc.dict(rootRef)
	roles := types.Dict{}
	m.tree.each(func(e *element) {
		if e.parent != nil {
			e.ref = doc.add(e.dict)
			if !slices.Contains(standard, e.kind) {
				to := meant[e.kind]
				if to == "" {
					to = "NonStruct"
				}
				roles[e.kind] = types.Name(to)
			}
		}
	})
	texts := map[int]map[int]types.IndirectRef{} // of pages
	var objects []kid
	m.tree.each(func(e *element) {
		if e.parent == nil {
			return
		}
		e.dict["Type"], e.dict["S"] = types.Name("StructElem"), types.Name(e.kind)
		e.dict["P"] = rootRef
		if e.parent.parent != nil {
			e.dict["P"] = e.parent.ref
		}
		delete(e.dict, "K")
		delete(e.dict, "Pg")
		var list types.Array
		for _, k := range e.kids {
			switch {
			case k.elem != nil:
				list = append(list, k.elem.ref)
			case k.obj > 0:
				list = append(list, types.Dict{"Type": types.Name("OBJR"), "Obj": *types.NewIndirectRef(k.obj, 0), "Pg": *types.NewIndirectRef(k.page, 0)})
				objects = append(objects, kid{elem: e, obj: k.obj})
			default:
				list = append(list, types.Dict{"Type": types.Name("MCR"), "MCID": types.Integer(k.id), "Pg": *types.NewIndirectRef(k.page, 0)})
				if texts[k.page] == nil {
					texts[k.page] = map[int]types.IndirectRef{}
				}
				texts[k.page][k.id] = e.ref
			}
		}
		if len(list) > 0 {
			e.dict["K"] = list
		}
	})
	var top types.Array
	for _, k := range m.tree.kids {
		if k.elem != nil {
			top = append(top, k.elem.ref)
		}
	}
	var nums types.Array
	next := 0
	for _, number := range doc.pages() {
		page := doc.dict(doc.objects[number])
		delete(page, "StructParents")
		if len(texts[number]) == 0 {
			continue
		}
		list := make(types.Array, slices.Max(slices.Collect(maps.Keys(texts[number])))+1)
		for id, ref := range texts[number] {
			list[id] = ref
		}
		page["StructParents"] = types.Integer(next)
		nums = append(nums, types.Integer(next), doc.add(list))
		next++
	}
	for _, o := range objects {
		a := doc.dict(doc.objects[o.obj])
		if a == nil {
			continue
		}
		a["StructParent"] = types.Integer(next)
		nums = append(nums, types.Integer(next), o.elem.ref)
		next++
	}
	root["K"] = top
	root["ParentTree"] = doc.add(types.Dict{"Nums": nums})
	root["ParentTreeNextKey"] = types.Integer(next)
	if len(roles) > 0 {
		root["RoleMap"] = roles
	}
	doc.root["StructTreeRoot"] = rootRef
}

// catalogue writes what the document says of itself.
func (m *mender) catalogue() {
	root := m.doc.root
	root["Lang"] = types.StringLiteral(m.about.Lang)
	root["MarkInfo"] = types.Dict{"Marked": types.Boolean(true)}
	root["ViewerPreferences"] = types.Dict{"DisplayDocTitle": types.Boolean(true)}
	root["Metadata"] = m.doc.add(packed(types.Dict{"Type": types.Name("Metadata"), "Subtype": types.Name("XML")}, xmp(m.about), false))
	if m.doc.dict(root["Outlines"]) != nil {
		root["PageMode"] = types.Name("UseOutlines")
	}
	m.doc.info = info(m.about)
	m.doc.eachOutline(func(d types.Dict) { delete(d, "SE") }) // to elements as they were numbered before
}

// eachOutline goes through the outline.
func (doc *document) eachOutline(do func(types.Dict)) {
	seen := map[int]bool{}
	var walk func(o types.Object)
	walk = func(o types.Object) {
		for ; refOf(o) > 0 && !seen[refOf(o)]; o = doc.dict(o)["Next"] {
			seen[refOf(o)] = true
			d := doc.dict(o)
			if d == nil {
				return
			}
			walk(d["First"])
			do(d)
		}
	}
	if d := doc.dict(doc.root["Outlines"]); d != nil {
		walk(d["First"])
	}
}

// producer is what the file says made it. It names no version: the bytes shall not change with the browser's.
const producer = "Candour"

func info(about About) types.Dict {
	at := about.Clock.UTC().Format("D:20060102150405Z")
	d := types.Dict{"Title": textString(about.Title), "Producer": textString(producer), "Creator": textString(producer),
		"CreationDate": types.StringLiteral(at), "ModDate": types.StringLiteral(at)}
	if about.Summary != "" {
		d["Subject"] = textString(about.Summary)
	}
	return d
}

var xmlEscapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

func xmlText(s string) string { return xmlEscapes.Replace(s) }

// xmp is the metadata (ISO 16684-1) with the claim of ISO 14289-1, 5.
func xmp(about About) []byte {
	at := about.Clock.UTC().Format("2006-01-02T15:04:05Z")
	description := ""
	if about.Summary != "" {
		description = "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">" + xmlText(about.Summary) + "</rdf:li></rdf:Alt></dc:description>\n"
	}
	return fmt.Appendf(nil, "<?xpacket begin=\"\ufeff\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"+
		`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">%s</rdf:li></rdf:Alt></dc:title>
%s<dc:language><rdf:Bag><rdf:li>%s</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>%s</xmp:CreateDate><xmp:ModifyDate>%[4]s</xmp:ModifyDate><xmp:CreatorTool>%s</xmp:CreatorTool>
<pdf:Producer>%[5]s</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>`, xmlText(about.Title), description, xmlText(about.Lang), at, producer)
}
