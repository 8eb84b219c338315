package qrcode_test

import (
	"strings"
	"testing"

	"candour/internal/media"
	"candour/internal/qrcode"
)

func TestAddress(t *testing.T) {
	for _, test := range []struct{ base, page, want string }{
		{"https://plan.testford.example/", "/leaflets/festival/tonight/", "https://plan.testford.example/leaflets/festival/tonight/"},
		{"https://testford.example/cdp/", "leaflets/x/", "https://testford.example/cdp/leaflets/x/"},
		{"https://testford.example/", "/cy/leaflets/tŷ/", "https://testford.example/cy/leaflets/t%C5%B7/"},
	} {
		if got := qrcode.Address(test.base, test.page); got != test.want {
			t.Errorf("%s of %s: %s, want %s", test.page, test.base, got, test.want)
		}
	}
}

// The picture is one that the audit reads, the same each time, and small.
func TestSVG(t *testing.T) {
	one, err := qrcode.SVG("https://plan.testford.example/leaflets/festival/tonight/")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := media.Texts(qrcode.Name, one); err != nil {
		t.Error(err)
	}
	if len(one) > 6000 {
		t.Errorf("%d bytes", len(one))
	}
	two, _ := qrcode.SVG("https://plan.testford.example/leaflets/festival/tonigh/")
	if string(one) == string(two) {
		t.Error("two addresses have one picture")
	}
	if _, err := qrcode.SVG(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text that is too long was drawn")
	}
}
