package media

import (
	"bytes"
	"context"
	"errors"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
)

func init() { api.DisableConfigDir() } // pdfcpu reads, and writes, a folder in the user's home otherwise

// PDFLimit is how many bytes one stream of a PDF may unpack to.
const PDFLimit = 256 << 20

var errPDF = errors.New("the PDF is damaged and cannot be read")

// PDFObjects reads every object of a PDF by its number, whether or not a page leads to it. The error quotes nothing of the
// document; the context, which may be there with an error, tells how it is encrypted and where it begins.
func PDFObjects(data []byte) (map[int]types.Object, *model.Context, error) {
	conf := model.NewDefaultConfiguration()
	conf.Offline = true
	conf.Limits.MaxDecodeBytes = PDFLimit
	ctx, err := api.ReadContext(bytes.NewReader(data), conf)
	if err != nil || ctx == nil || ctx.XRefTable == nil {
		return nil, ctx, errPDF
	}
	objects := make(map[int]types.Object, len(ctx.Table))
	for number, entry := range ctx.Table {
		if entry == nil || entry.Free || entry.Object == nil {
			continue
		}
		object := entry.Object
		if lazy, ok := object.(types.LazyObjectStreamObject); ok {
			if object, err = lazy.DecodedObject(context.Background()); err != nil {
				return nil, ctx, errPDF
			}
		}
		objects[number] = object
	}
	return objects, ctx, nil
}
