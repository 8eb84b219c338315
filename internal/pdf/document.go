package pdf

import (
	"bytes"
	"compress/zlib"
	"errors"
	"maps"
	"slices"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"candour/internal/media"
)

var errDamaged = errors.New("the PDF is damaged and cannot be read")

// document is the objects of a PDF by number. pdfcpu reads them; we write them ourselves (see write.go), since it adds the
// hour and random names.
type document struct {
	objects    map[int]types.Object
	next       int // number for a new object
	root, info types.Dict
}

func open(data []byte) (*document, error) {
	objects, ctx, err := media.PDFObjects(data)
	if err != nil || ctx.Encrypt != nil || ctx.Root == nil {
		return nil, errDamaged
	}
	doc := &document{objects: objects}
	for number, object := range objects {
		if s, ok := object.(*types.StreamDict); ok && s != nil {
			objects[number] = *s
		}
		doc.next = max(doc.next, number+1)
	}
	doc.root = doc.dict(*ctx.Root)
	if ctx.Info != nil {
		doc.info = doc.dict(*ctx.Info)
	}
	if doc.root == nil {
		return nil, errDamaged
	}
	return doc, nil
}

// add makes a new object and returns a reference to it.
func (doc *document) add(o types.Object) types.IndirectRef {
	number := doc.next
	doc.next++
	doc.objects[number] = o
	return *types.NewIndirectRef(number, 0)
}

// follow returns what an object refers to.
func (doc *document) follow(o types.Object) types.Object {
	for range 20 {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			return o
		}
		o = doc.objects[int(ref.ObjectNumber)]
	}
	return nil
}

// dict returns a dictionary, that of a stream too. It is the document's own: changing it changes the document.
func (doc *document) dict(o types.Object) types.Dict {
	switch o := doc.follow(o).(type) {
	case types.Dict:
		return o
	case types.StreamDict:
		return o.Dict
	}
	return nil
}

func (doc *document) array(o types.Object) types.Array {
	a, _ := doc.follow(o).(types.Array)
	return a
}

func (doc *document) name(o types.Object) string {
	n, _ := doc.follow(o).(types.Name)
	return string(n)
}

func (doc *document) integer(o types.Object) (int, bool) {
	n, ok := doc.follow(o).(types.Integer)
	return int(n), ok
}

func (doc *document) number(o types.Object) float64 {
	switch o := doc.follow(o).(type) {
	case types.Integer:
		return float64(o)
	case types.Float:
		return float64(o)
	}
	return 0
}

// text returns a text string (ISO 32000-1, 7.9.2.2).
func (doc *document) text(o types.Object) string {
	s, err := types.StringOrHexLiteral(doc.follow(o))
	if err != nil || s == nil {
		return ""
	}
	return *s
}

// refOf returns the number that a reference leads to; 0 for what is none.
func refOf(o types.Object) int {
	ref, _ := o.(types.IndirectRef)
	return int(ref.ObjectNumber)
}

// pages returns the numbers of the pages, in order.
func (doc *document) pages() []int {
	var list []int
	seen := map[int]bool{}
	var walk func(o types.Object)
	walk = func(o types.Object) {
		number := refOf(o)
		d := doc.dict(o)
		if d == nil || seen[number] {
			return
		}
		seen[number] = true
		if doc.name(d["Type"]) == "Page" {
			list = append(list, number)
			return
		}
		for _, kid := range doc.array(d["Kids"]) {
			walk(kid)
		}
	}
	walk(doc.root["Pages"])
	return list
}

// unpacked returns what is in a stream.
func unpacked(s types.StreamDict) ([]byte, error) {
	if len(s.FilterPipeline) == 0 {
		return s.Raw, nil
	}
	if err := s.DecodeWithLimit(media.PDFLimit); err != nil {
		return nil, errDamaged
	}
	return s.Content, nil
}

// content returns what a page draws, as one.
func (doc *document) content(page types.Dict) ([]byte, error) {
	parts := doc.array(page["Contents"])
	if parts == nil {
		parts = types.Array{page["Contents"]}
	}
	var all []byte
	for _, part := range parts {
		s, ok := doc.follow(part).(types.StreamDict)
		if !ok {
			continue
		}
		data, err := unpacked(s)
		if err != nil {
			return nil, err
		}
		all = append(append(all, data...), '\n')
	}
	return all, nil
}

// packed makes a stream of bytes. What is not to be packed stays readable, as XMP must.
func packed(d types.Dict, data []byte, pack bool) types.StreamDict {
	if d == nil {
		d = types.Dict{}
	}
	delete(d, "Filter")
	delete(d, "DecodeParms")
	if pack {
		var b bytes.Buffer
		z, _ := zlib.NewWriterLevel(&b, zlib.BestCompression)
		_, _ = z.Write(data) // to memory
		_ = z.Close()
		d["Filter"] = types.Name("FlateDecode")
		data = b.Bytes()
	}
	s := types.StreamDict{Dict: d, Raw: data}
	if pack {
		s.FilterPipeline = []types.PDFFilter{{Name: "FlateDecode"}}
	}
	return s
}

// textString encodes words as PDF does: UTF-16 with its mark.
func textString(s string) types.HexLiteral {
	return types.NewHexLiteral([]byte(types.EncodeUTF16String(s)))
}

func keys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
