package pdf

import (
	"bytes"
	"crypto/sha256"
	"fmt"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// write returns the document as bytes. Objects are numbered in the order in which they are met from the catalogue, keys
// sorted, and the document's identity is a digest of what it holds: the same document gives the same bytes, however the
// browser numbered it. What nothing leads to is left out.
func (doc *document) write() ([]byte, error) {
	w := &writer{doc: doc, numbers: map[int]int{}}
	rootNumber := w.meet(doc.add(doc.root))
	infoNumber := 0
	if doc.info != nil {
		infoNumber = w.meet(doc.add(doc.info))
	}
	w.out.WriteString("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
	var offsets []int
	for i := 0; i < len(w.order); i++ { // it grows while it is written
		offsets = append(offsets, w.out.Len())
		fmt.Fprintf(&w.out, "%d 0 obj\n", i+1)
		if err := w.object(doc.objects[w.order[i]], 0); err != nil {
			return nil, err
		}
		w.out.WriteString("\nendobj\n")
	}
	id := sha256.Sum256(w.out.Bytes())
	start := w.out.Len()
	fmt.Fprintf(&w.out, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, at := range offsets {
		fmt.Fprintf(&w.out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&w.out, "trailer\n<</Size %d/Root %d 0 R", len(offsets)+1, rootNumber)
	if infoNumber > 0 {
		fmt.Fprintf(&w.out, "/Info %d 0 R", infoNumber)
	}
	fmt.Fprintf(&w.out, "/ID[<%x><%x>]>>\nstartxref\n%d\n%%%%EOF\n", id[:16], id[:16], start)
	return w.out.Bytes(), nil
}

type writer struct {
	doc     *document
	out     bytes.Buffer
	numbers map[int]int // from the document's own
	order   []int       // the document's own, in ours
}

// meet returns the number that an object has in what is written.
func (w *writer) meet(ref types.IndirectRef) int {
	own := int(ref.ObjectNumber)
	if w.numbers[own] == 0 {
		w.order = append(w.order, own)
		w.numbers[own] = len(w.order)
	}
	return w.numbers[own]
}

func (w *writer) object(o types.Object, depth int) error {
	if depth > 100 {
		return errDamaged
	}
	switch o := o.(type) {
	case nil:
		w.out.WriteString("null")
	case types.IndirectRef:
		if w.doc.objects[int(o.ObjectNumber)] == nil {
			w.out.WriteString("null")
			return nil
		}
		fmt.Fprintf(&w.out, "%d 0 R", w.meet(o))
	case types.Array:
		w.out.WriteByte('[')
		for i, v := range o {
			if i > 0 {
				w.out.WriteByte(' ')
			}
			if err := w.object(v, depth+1); err != nil {
				return err
			}
		}
		w.out.WriteByte(']')
	case types.Dict:
		return w.dict(o, depth)
	case types.StreamDict:
		d := types.Dict{}
		for key, value := range o.Dict {
			d[key] = value
		}
		d["Length"] = types.Integer(len(o.Raw))
		if err := w.dict(d, depth); err != nil {
			return err
		}
		w.out.WriteString("\nstream\n")
		w.out.Write(o.Raw)
		w.out.WriteString("\nendstream")
	case types.ObjectStreamDict, *types.ObjectStreamDict, types.XRefStreamDict, *types.XRefStreamDict:
		return errDamaged // containers, which nothing refers to
	default:
		w.out.WriteString(o.PDFString())
	}
	return nil
}

func (w *writer) dict(d types.Dict, depth int) error {
	w.out.WriteString("<<")
	for _, key := range keys(d) {
		w.out.WriteString("/" + types.EncodeName(key) + " ")
		if err := w.object(d[key], depth+1); err != nil {
			return err
		}
	}
	w.out.WriteString(">>")
	return nil
}
