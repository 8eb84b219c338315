package media

import (
	"strings"
	"testing"
)

// Of a PDF's bytes stays what is no syntax: what somebody put into a comment, or beside the objects, is still found.
func TestWhatIsNoPartOfAnObject(t *testing.T) {
	const pdf = "%PDF-1.7\n% by Dana Quillon\n1 0 obj\n<</Type /Catalog/Title (Out \\) tonight)/ID <FEFF 0041>/W [0 [600 0 0.5 260]]>>\nendobj\n" +
		"2 0 obj\n<</Length 6/Filter /FlateDecode>>\nstream\npacked\nendstream\nendobj\nleft behind 01632 960001 <i>x</i>\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1>>\nstartxref\n9\n%%EOF\n"
	got := string(pdfRest([]byte(pdf)))
	for _, want := range []string{"by Dana Quillon", "(Out \\) tonight)", "packed", "left behind 01632", "<i"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is gone: %q", want, got)
		}
	}
	for _, syntax := range []string{"Catalog", "FEFF", "600", "endobj", "Length"} {
		if strings.Contains(got, syntax) {
			t.Errorf("%q is still there: %q", syntax, got)
		}
	}
}
