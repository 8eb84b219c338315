package media

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// A text is read as it stands on the page, in whatever order it is painted.
func TestPDFTextPaintedInAnyOrder(t *testing.T) {
	at := func(x, y int, s string) string { return fmt.Sprintf("BT /F1 12 Tf %d %d Td (%s) Tj ET ", x, y, s) }
	var backwards, shuffled, turned string
	for i, c := range secret {
		backwards = at(20+8*i, 200, string(c)) + backwards
		if i%2 == 0 {
			shuffled += at(20+6*i, 200, string(c))
		}
		turned = fmt.Sprintf("BT /F1 12 Tf 0 1 -1 0 300 %d Tm (%c) Tj ET ", 20+8*i, c) + turned
	}
	for i, c := range secret {
		if i%2 == 1 {
			shuffled += at(20+6*i, 201, string(c))
		}
	}
	form := streamOf("/Type /XObject /Subtype /Form /BBox [0 0 99 99] /Matrix [1 0 0 1 20 0] /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>", at(0, 200, "Wren-Tamsin"))
	inForm := append(pageObjects(at(20+6*11, 200, "-Harrowgate")+" /X Do", ""), form)
	inForm[2] = strings.Replace(inForm[2], "/Resources <<", "/Resources << /XObject << /X 5 0 R >>", 1)
	for name, c := range map[string]struct {
		data []byte
		want string
	}{
		"backwards":            {onePage(backwards, ""), secret},
		"every second letter":  {onePage(shuffled, ""), secret},
		"upwards":              {onePage(turned, ""), secret},
		"second half first":    {onePage(at(90, 200, "960777")+at(20, 200, "01632"), ""), "01632 960777"},
		"halves far apart":     {onePage(at(290, 200, "960777")+at(20, 201, "01632"), ""), "01632 960777"},
		"no gap between":       {onePage(at(20+30, 200, "960777")+at(20, 200, "01632"), ""), "01632960777"},
		"two columns":          {onePage(at(20, 200, "with Wren")+at(180, 200, "other words")+at(20, 186, "Tamsin")+at(180, 186, "and more"), ""), "with Wren Tamsin"},
		"two columns, divided": {onePage(at(20, 200, "with Wren-Tam-")+at(180, 200, "other words")+at(20, 186, "sin-Harrowgate")+at(180, 186, "and more"), ""), secret},
		"a form and its page":  {pdfOf(inForm...), secret},
		"painted twice":        {onePage(at(90, 200, "960777")+at(90, 200, "960777")+at(20, 200, "01632"), ""), "01632 960777"},
	} {
		texts := textsOf(t, name, c.data)
		if !slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(strings.Join(strings.Fields(s), " "), c.want) }) {
			t.Errorf("%s: not in %q", name, texts)
		}
	}
}

// A page that is painted in the order in which it is read is not searched once more for that.
func TestPDFTextInOrderIsReadOnce(t *testing.T) {
	texts := textsOf(t, "plain", onePage("BT /F1 12 Tf 14 TL 72 700 Td (Call us on) Tj T* (01632 960000 today) Tj ET", ""))
	n := 0
	for _, s := range texts {
		if strings.Contains(s, "us on") && strings.Contains(s, "960000 today") && !strings.Contains(s, "Tj") {
			n++
		}
	}
	if n != 2 { // by place, and piece by piece
		t.Errorf("read %d times: %q", n, texts)
	}
}
