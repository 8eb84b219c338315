package pdf

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// Imposition says how pages are put on sheets for a printer.
type Imposition struct {
	// Copies of each page on one sheet: 1, 2 (two A5 on A4 across) or 4 (four A6 on A4). The second page comes on the back.
	Copies int
	// Booklet folds instead: two different pages on each side, so that the sheets, printed on both sides (turned over the
	// short edge), laid into one another and folded, read in order. Copies is then left at nought.
	Booklet     bool
	RightToLeft bool // the booklet's back is on the right
	// Marks draws where to cut, on a sheet that is larger by them.
	Marks bool
	Bleed float64 // millimetres around each sheet that a printer may cut into; with Marks alone
}

const (
	point     = 72 / 25.4 // points in a millimetre
	markRoom  = 8.0       // millimetres around the sheet, for marks of five
	markStart = 3.0
)

// Impose puts the pages of a finished PDF on sheets. What comes of it is for printing alone: it says so in its title, and
// its structure, outline and links are gone, since they would lead to pages that are no longer there. It claims no tags.
func Impose(data []byte, how Imposition, about About) ([]byte, error) {
	doc, err := open(data)
	if err != nil {
		return nil, err
	}
	columns, rows := 1, 1
	switch {
	case how.Booklet && how.Copies == 0, how.Copies == 2 && !how.Booklet:
		columns = 2
	case how.Copies == 4 && !how.Booklet:
		columns, rows = 2, 2
	case how.Copies != 1 || how.Booklet:
		return nil, fmt.Errorf("there can be 1, 2 or 4 copies on a sheet, or a booklet; not %d copies", how.Copies)
	}
	numbers := doc.pages()
	if len(numbers) == 0 {
		return nil, errDamaged
	}
	width, height, err := doc.paper(numbers[0])
	if err != nil {
		return nil, err
	}
	s := &sheets{doc: doc, how: how, columns: columns, rows: rows, width: width, height: height}
	for _, number := range numbers {
		if w, h, err := doc.paper(number); err != nil || math.Abs(w-width) > 1 || math.Abs(h-height) > 1 {
			return nil, errors.Join(err, errors.New("its pages are not all of one size"))
		}
		form, err := doc.asDrawing(number)
		if err != nil {
			return nil, err
		}
		s.forms = append(s.forms, form)
	}
	kids := types.Array{}
	root := doc.add(types.Dict{"Type": types.Name("Pages")})
	for _, side := range s.sides() {
		kids = append(kids, doc.add(s.side(side, root)))
	}
	pages := doc.dict(root)
	pages["Kids"], pages["Count"] = kids, types.Integer(len(kids))
	about.Title += " (for printing only)"
	doc.root = types.Dict{"Type": types.Name("Catalog"), "Pages": root, "Lang": types.StringLiteral(about.Lang)}
	doc.info = info(about)
	return doc.write()
}

// paper returns the size of a page, in points.
func (doc *document) paper(number int) (width, height float64, err error) {
	for d, depth := doc.dict(doc.objects[number]), 0; d != nil && depth < 50; d, depth = doc.dict(d["Parent"]), depth+1 {
		if box := doc.array(d["MediaBox"]); len(box) == 4 {
			return doc.number(box[2]) - doc.number(box[0]), doc.number(box[3]) - doc.number(box[1]), nil
		}
	}
	return 0, 0, errDamaged
}

// asDrawing makes a page one drawing, without marks that belong to a structure.
func (doc *document) asDrawing(number int) (types.IndirectRef, error) {
	page := doc.dict(doc.objects[number])
	content, err := doc.content(page)
	if err != nil {
		return types.IndirectRef{}, err
	}
	if content, err = unmarked(content); err != nil {
		return types.IndirectRef{}, err
	}
	for _, o := range doc.dict(doc.dict(page["Resources"])["XObject"]) {
		if err := doc.unmarkForm(o); err != nil {
			return types.IndirectRef{}, err
		}
	}
	width, height, err := doc.paper(number)
	return doc.add(packed(types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"),
		"BBox": types.NewNumberArray(0, 0, width, height), "Resources": page["Resources"]}, content, true)), err
}

func (doc *document) unmarkForm(o types.Object) error {
	s, ok := doc.follow(o).(types.StreamDict)
	if !ok || doc.name(s.Dict["Subtype"]) != "Form" || refOf(o) == 0 {
		return nil
	}
	data, err := unpacked(s)
	if err != nil {
		return err
	}
	if data, err = unmarked(data); err != nil {
		return err
	}
	delete(s.Dict, "StructParents")
	doc.objects[refOf(o)] = packed(s.Dict, data, true)
	return nil
}

// unmarked takes all marks out of a content.
func unmarked(content []byte) ([]byte, error) {
	ops, err := operations(content)
	if err != nil {
		return nil, err
	}
	var edits []edit
	for _, op := range ops {
		if op.name == "BMC" || op.name == "BDC" || op.name == "EMC" {
			edits = append(edits, edit{op.from, op.to, ""})
		}
	}
	return apply(content, edits), nil
}

type sheets struct {
	doc           *document
	how           Imposition
	columns, rows int
	width, height float64 // of one page, in points
	forms         []types.IndirectRef
}

// sides returns which page stands where on each side of the sheets: left to right, top to bottom; -1 for an empty place.
func (s *sheets) sides() [][]int {
	if !s.how.Booklet {
		var sides [][]int
		for i := range s.forms {
			side := make([]int, s.columns*s.rows)
			for place := range side {
				side[place] = i
			}
			sides = append(sides, side)
		}
		return sides
	}
	return booklet(len(s.forms), s.how.RightToLeft)
}

// booklet returns the sides of a booklet of n pages, outermost sheet first, front before back.
func booklet(n int, rightToLeft bool) [][]int {
	whole := (n + 3) / 4 * 4
	at := func(i int) int {
		if i >= n {
			return -1
		}
		return i
	}
	var sides [][]int
	for first, last := 0, whole-1; first < last; first, last = first+1, last-1 {
		side := []int{at(last), at(first)}
		if (first%2 == 1) != rightToLeft {
			side = []int{at(first), at(last)}
		}
		sides = append(sides, side)
	}
	return sides
}

// side makes one page of the sheets.
func (s *sheets) side(places []int, parent types.IndirectRef) types.Dict {
	sheetWidth, sheetHeight := sheetSize(float64(s.columns)*s.width, float64(s.rows)*s.height)
	room := 0.0
	if s.how.Marks {
		room = (markRoom + s.how.Bleed) * point
	}
	left := room + (sheetWidth-float64(s.columns)*s.width)/2
	bottom := room + (sheetHeight-float64(s.rows)*s.height)/2
	var draw strings.Builder
	drawings := types.Dict{}
	for place, page := range places {
		if page < 0 {
			continue
		}
		name := fmt.Sprintf("P%d", page)
		drawings[name] = s.forms[page]
		x := left + float64(place%s.columns)*s.width
		y := bottom + float64(s.rows-1-place/s.columns)*s.height
		fmt.Fprintf(&draw, "q 1 0 0 1 %.3f %.3f cm /%s Do Q\n", x, y, name)
	}
	s.marks(&draw, left, bottom, sheetWidth+2*room, sheetHeight+2*room)
	page := types.Dict{"Type": types.Name("Page"), "Parent": parent, "MediaBox": types.NewNumberArray(0, 0, sheetWidth+2*room, sheetHeight+2*room),
		"Resources": types.Dict{"XObject": drawings}, "Contents": s.doc.add(packed(nil, []byte(draw.String()), true))}
	if s.how.Marks {
		bleed := s.how.Bleed * point
		page["TrimBox"] = types.NewNumberArray(room, room, room+sheetWidth, room+sheetHeight)
		page["BleedBox"] = types.NewNumberArray(room-bleed, room-bleed, room+sheetWidth+bleed, room+sheetHeight+bleed)
	}
	return page
}

// marks draws where to cut: outside of the sheet if there is room for that, else as short strokes at its edge, where a
// leaflet has its margin.
func (s *sheets) marks(draw *strings.Builder, left, bottom, width, height float64) {
	length, from := 4*point, 0.0
	if s.how.Marks {
		length = (markRoom - markStart) * point
	}
	draw.WriteString("q 0.25 w 0 G\n")
	first, last := 1, s.columns-1 // the cuts between pages alone
	if s.how.Marks {
		first, last = 0, s.columns
	}
	if s.how.Booklet && !s.how.Marks {
		last = first - 1 // it is folded there
	}
	for i := first; i <= last; i++ {
		x := left + float64(i)*s.width
		fmt.Fprintf(draw, "%.3f %.3f m %.3[1]f %.3f l S %.3[1]f %.3[4]f m %.3[1]f %.3[5]f l S\n", x, from, from+length, height-from, height-from-length)
	}
	if s.how.Marks {
		last = s.rows
	} else if !s.how.Booklet {
		last = s.rows - 1
	}
	for i := first; i <= last; i++ {
		y := bottom + float64(i)*s.height
		fmt.Fprintf(draw, "%.3f %.3f m %.3f %.3[2]f l S %.3[4]f %.3[2]f m %.3[5]f %.3[2]f l S\n", from, y, from+length, width-from, width-from-length)
	}
	draw.WriteString("Q\n")
}

// sheetSize returns the usual paper that a size is within two millimetres of, in points: two A5 are 1 mm short of A4.
func sheetSize(width, height float64) (float64, float64) {
	for _, paper := range [][2]float64{{210, 297}, {297, 210}, {297, 420}, {420, 297}} {
		if w, h := paper[0]*point, paper[1]*point; math.Abs(w-width) < 2*point && math.Abs(h-height) < 2*point {
			return w, h
		}
	}
	return width, height
}
