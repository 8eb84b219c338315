package media

import "testing"

// A drawing that Clean only writes in another way is whole; whatever it leaves out makes it otherwise.
func TestWhole(t *testing.T) {
	const open, shut = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2">`, `</svg>`
	for drawing, want := range map[string]bool{
		open + `<rect width="2"/>` + shut:                                true,
		open + "\n<title>A &amp; b</title>\r\n" + shut + "\n\n":          true,
		"\xef\xbb\xbf" + open + shut:                                     true,
		`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + open + shut:    true,
		`<?xml version="1.0" author="Jo Quillon"?>` + "\n" + open + shut: false,
		open + `<!-- drawn by Jo Quillon -->` + shut:                     false,
		open + shut + `<!-- drawn by Jo Quillon -->`:                     false,
		open + `<metadata>Jo Quillon</metadata>` + shut:                  false,
		`<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" i:export-filename="/home/quillon/a.png"></svg>`: false,
		open + `<style>/* Quillon */ rect { fill: red }</style>` + shut:                                                                                false,
	} {
		cleaned, problems := Clean("a.svg", []byte(drawing))
		if len(problems) > 0 {
			if want {
				t.Errorf("%s: %v", drawing, problems)
			}
			continue
		}
		if got := Whole("a.svg", []byte(drawing), cleaned); got != want {
			t.Errorf("whole is %v, want %v: %s\nbecomes %s", got, want, drawing, cleaned)
		}
	}
	if !Whole("a.txt", []byte("a"), []byte("a")) || Whole("a.txt", []byte("a"), []byte("b")) {
		t.Error("other files are compared by their bytes")
	}
}
