package media

import (
	"bytes"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

// document is a PDF with every object at hand, whether or not a page leads to it.
type document struct {
	objects map[int]types.Object
	order   []int
}

func openPDF(data []byte) (*document, []Problem) {
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		return nil, notA("a PDF document")
	}
	if !bytes.HasSuffix(bytes.TrimRight(data, "\r\n\t \x00"), []byte("%%EOF")) {
		return nil, damaged("the document")
	}
	objects, ctx, err := PDFObjects(data)
	if ctx != nil && ctx.XRefTable != nil && (ctx.Encrypt != nil || ctx.E != nil) || bytes.Contains(data, []byte("/Encrypt")) {
		return nil, problem("save it again without a password or restrictions", "it is encrypted")
	}
	if err != nil {
		return nil, damaged("the document")
	}
	doc := &document{objects: objects}
	doc.order = slices.Sorted(maps.Keys(doc.objects))
	if problems := earlierVersions(data, ctx); problems != nil {
		return nil, problems
	}
	return doc, nil
}

var objectHeader = regexp.MustCompile(`(?:^|[\s>])(\d{1,9})\s+\d{1,5}\s+obj\b`)

// earlierVersions refuses a document that was changed by adding to its end: what was deleted is still in front of it, and
// no reader of pages comes across it. Objects that no table lists are the same.
func earlierVersions(data []byte, ctx *model.Context) []Problem {
	const hint = "print it to a new PDF, or export it again, and use that"
	sections := bytes.Count(data, []byte("startxref"))
	if sections > 2 || sections == 2 && !bytes.Contains(data[:min(len(data), 2048)], []byte("/Linearized")) {
		return problem(hint, "it still holds earlier versions of itself, with what was deleted or changed")
	}
	seen := map[int]bool{}
	for _, m := range objectHeader.FindAllSubmatchIndex(data, -1) {
		if isTable(data[m[1]:]) {
			continue // the table itself need not be in the table
		}
		number, _ := strconv.Atoi(string(data[m[2]:m[3]]))
		entry := ctx.Table[number]
		if seen[number] || entry == nil || entry.Free {
			return problem(hint, "it still holds parts that no longer belong to it")
		}
		seen[number] = true
	}
	return nil
}

func isTable(object []byte) bool {
	head, _, _ := bytes.Cut(object[:min(len(object), 4096)], []byte("stream"))
	return bytes.Contains(head, []byte("/XRef"))
}

// Actions that run, send or open something, and what else does not belong on a public page.
var (
	pdfActions = map[string]string{
		"JavaScript": "it has JavaScript", "Launch": "it starts a program", "ImportData": "it reads data from elsewhere",
		"SubmitForm": "it sends a form", "GoToE": "it has files attached", "GoToR": "it opens another file", "Rendition": "it plays media",
		"RichMediaExecute": "it plays media", "Movie": "it plays media", "Sound": "it plays media",
	}
	pdfSubtypes = map[string]string{
		"FileAttachment": "it has files attached", "RichMedia": "it plays media", "Screen": "it plays media", "Movie": "it plays media",
		"Sound": "it plays media", "3D": "it plays media",
		"Redact": "parts of it are marked for redaction, but the redaction has not been applied: the text is still there",
	}
	pdfKeys = map[string]string{
		"JS": "it has JavaScript", "JavaScript": "it has JavaScript", "EF": "it has files attached", "EmbeddedFiles": "it has files attached",
		"XFA": "it is an XFA form, which cannot be checked", "RichMediaContent": "it plays media",
	}
)

// cleanPDF lets a document through as it is, or refuses it. Its texts and its metadata are for the audit, see pdfTexts.
func cleanPDF(data []byte) ([]byte, []Problem) {
	doc, problems := openPDF(data)
	if problems != nil {
		return nil, problems
	}
	const hint = "print it to a new PDF, or export it again without that"
	reasons := map[string]bool{}
	doc.eachDict(func(d types.Dict, stream *types.StreamDict) {
		for key, value := range d {
			if reason := pdfKeys[key]; reason != "" {
				reasons[reason] = true
			}
			if strings.HasPrefix(key, "AIPrivateData") {
				reasons["it holds the drawing program's own copy of it, which cannot be checked"] = true
			}
			name, _ := value.(types.Name)
			switch {
			case key == "S" && pdfActions[string(name)] != "":
				reasons[pdfActions[string(name)]] = true
			case key == "Subtype" && pdfSubtypes[string(name)] != "":
				reasons[pdfSubtypes[string(name)]] = true
			case key == "Type" && name == "EmbeddedFile":
				reasons["it has files attached"] = true
			}
		}
		if stream != nil {
			if _, place := jpegMetadata(doc.rawJPEG(stream)); place {
				reasons["a photograph in it says where it was taken"] = true
			}
		}
	})
	for _, reason := range slices.Sorted(maps.Keys(reasons)) {
		problems = append(problems, Problem{Message: reason, Hint: hint})
	}
	if problems != nil {
		return nil, problems
	}
	return data, nil
}

// eachDict goes through every dictionary in the document, those of streams too.
func (doc *document) eachDict(do func(d types.Dict, stream *types.StreamDict)) {
	for _, number := range doc.order {
		eachObject(doc.objects[number], 0, func(o types.Object, stream *types.StreamDict) {
			if d, ok := o.(types.Dict); ok {
				do(d, stream)
			}
		})
	}
}

// eachObject goes through an object and what is in it, in a fixed order. References are not followed: what they lead to
// has its own turn.
func eachObject(o types.Object, depth int, do func(o types.Object, stream *types.StreamDict)) {
	if depth > 200 {
		panic(errPDF) // Clean and Texts turn it into a refusal
	}
	switch o := o.(type) {
	case types.StreamDict:
		do(o.Dict, &o)
		eachValue(o.Dict, depth, do)
	case *types.StreamDict:
		eachObject(*o, depth, do)
	case types.ObjectStreamDict, *types.ObjectStreamDict, types.XRefStreamDict, *types.XRefStreamDict:
		// Containers; what they contain has its own turn.
	case types.Dict:
		do(o, nil)
		eachValue(o, depth, do)
	case types.Array:
		for _, v := range o {
			eachObject(v, depth+1, do)
		}
	case nil:
	default:
		do(o, nil)
	}
}

func eachValue(d types.Dict, depth int, do func(o types.Object, stream *types.StreamDict)) {
	for _, key := range slices.Sorted(maps.Keys(d)) {
		do(types.Name(key), nil)
		eachObject(d[key], depth+1, do)
	}
}

// follow returns what an object refers to.
func (doc *document) follow(o types.Object) types.Object {
	for range 20 {
		ref, ok := o.(types.IndirectRef)
		if !ok {
			break
		}
		o = doc.objects[int(ref.ObjectNumber)]
	}
	if s, ok := o.(*types.StreamDict); ok && s != nil {
		return *s
	}
	return o
}

func (doc *document) dict(o types.Object) types.Dict {
	switch o := doc.follow(o).(type) {
	case types.Dict:
		return o
	case types.StreamDict:
		return o.Dict
	}
	return nil
}

func (doc *document) name(o types.Object) string {
	name, _ := doc.follow(o).(types.Name)
	return string(name)
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

func (doc *document) array(o types.Object) types.Array {
	a, _ := doc.follow(o).(types.Array)
	return a
}

// content unpacks a stream.
func content(s types.StreamDict) ([]byte, error) {
	if err := s.DecodeWithLimit(PDFLimit); err != nil {
		return nil, errPDF // the error may quote it
	}
	return s.Content, nil
}

// rawJPEG returns the photograph that a stream is, if it is one.
func (doc *document) rawJPEG(s *types.StreamDict) []byte {
	if len(s.FilterPipeline) == 0 || s.FilterPipeline[len(s.FilterPipeline)-1].Name != "DCTDecode" {
		return nil
	}
	data, err := content(*s)
	if err != nil {
		return nil // pdfTexts reports it
	}
	return data
}

// jpegMetadata returns the segments of a JPEG that do not belong to the picture, and whether they say where it was taken.
func jpegMetadata(data []byte) (segments []string, place bool) {
	if len(data) < 4 || data[0] != 0xff || data[1] != mSOI {
		return nil, false
	}
	for at := 2; ; {
		marker, where, ok := jpegSegment(data, at)
		if !ok || marker == mEOI || marker == mSOS {
			return segments, place
		}
		payload := data[where.from:where.to]
		if marker == mCOM || mAPP0 < marker && marker <= mAPP15 && marker != mAPP14 {
			segments = append(segments, printable(payload))
			if tiff, is := bytes.CutPrefix(payload, []byte("Exif\x00")); is && len(tiff) > 0 {
				place = place || exifHasPlace(tiff[1:])
			}
		}
		at = where.to
	}
}

// printable is what text there is in bytes of unknown make: as they are, and as UTF-16 of either order.
func printable(b []byte) string {
	keep := func(r rune) rune {
		if r < ' ' || r == 0xfffd {
			return ' '
		}
		return r
	}
	return strings.Map(keep, windows(b)+" "+utf16BE(b)+" "+utf16LE(b)+" "+utf16LE(b[min(1, len(b)):]))
}
