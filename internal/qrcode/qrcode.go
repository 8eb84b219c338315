// Package qrcode draws the address of a page as a QR code (ISO/IEC 18004), for paper.
package qrcode

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"rsc.io/qr"
)

// Name is the name of the picture beside its page.
const Name = "qr.svg"

// quiet is the empty border that the standard asks for, in modules.
const quiet = 4

// SVG draws a text as black squares on white. A fifth of it may be dirty or torn off and it can still be read (level Q is
// for stickers outdoors; M is what a leaflet on a table wants, and keeps the squares large on a small card).
func SVG(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("the address is too long for a QR code")
	}
	var b bytes.Buffer
	side := code.Size + 2*quiet
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h%dv%dH0z"></path><path fill="#000" d="`, side, side, 4*side, 4*side, side, side)
	for y := range code.Size {
		for x := 0; x < code.Size; {
			if !code.Black(x, y) {
				x++
				continue
			}
			run := 1
			for code.Black(x+run, y) && x+run < code.Size {
				run++
			}
			fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
			x += run
		}
	}
	b.WriteString(`"></path></svg>` + "\n")
	return b.Bytes(), nil
}

// Address is the whole address of a page of a site, as it stands in its code.
func Address(base, page string) string {
	u := url.URL{Path: strings.TrimPrefix(page, "/")}
	return strings.TrimSuffix(base, "/") + "/" + strings.TrimPrefix(u.EscapedPath(), "./")
}
