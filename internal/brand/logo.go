package brand

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"candour/internal/config"
	"candour/internal/diag"
	"candour/internal/media"
	"candour/internal/nearmiss"
)

// Logo is a picture that stands for the publisher, at the top of every page.
type Logo struct {
	Path          string // in the site
	Width, Height int    // as it is drawn: never higher than logoHeight
}

// What a logo may be. It is fetched with the first page that a reader opens, perhaps on a bad connection.
const (
	logoBytes  = 100_000
	logoPixels = 3000 // wide or high
	logoHeight = 64   // in CSS pixels on the page
	logoWidth  = 320
)

// FindLogo takes the logo from the site's static files, which have been cleaned: data gives one by its path, and names are
// all of them. A logo that cannot be used is a finding at its place in candour.toml.
func FindLogo(b config.Brand, data func(path string) []byte, names []string) (Logo, diag.List) {
	if b.Logo == "" {
		return Logo{}, nil
	}
	refuse := func(hint, format string, args ...any) (Logo, diag.List) {
		return Logo{}, diag.List{diag.New(diag.BadValue, b.LogoAt, hint, `"logo" `+format, args...)}
	}
	switch strings.ToLower(path.Ext(b.Logo)) {
	case ".svg", ".png", ".webp", ".jpg", ".jpeg":
	default:
		return refuse("save the logo as SVG, PNG, WebP or JPEG", "names a file that is no picture of a kind for logos")
	}
	file := data(b.Logo)
	switch {
	case file == nil && slices.Contains(names, b.Logo):
		return refuse("save the logo again as PNG or SVG", "names a file that is not a picture, or is damaged")
	case file == nil:
		return refuse("put the logo into the folder static/ and write its name as it is there, with its ending", "names a file that is not in static/%s", nearmiss.Suffix(b.Logo, names))
	}
	width, height, ok := media.Size(b.Logo, file)
	switch {
	case !ok && strings.EqualFold(path.Ext(b.Logo), ".svg"):
		return refuse(`export the drawing with a size, or a viewBox: <svg viewBox="0 0 300 80" …>`, "names a drawing that does not say how large it is")
	case !ok:
		return refuse("save the logo again as PNG or SVG", "names a file that is not a picture")
	case len(file) > logoBytes:
		return refuse("save it smaller: 800 pixels wide is enough, and SVG is best", "names a picture of %s, and %s are the most", kilobytes(len(file)), kilobytes(logoBytes))
	case (width > logoPixels || height > logoPixels) && !strings.EqualFold(path.Ext(b.Logo), ".svg"):
		return refuse("save it smaller: 800 pixels wide is enough", "names a picture of %d by %d pixels, and %d are the most", width, height, logoPixels)
	case width > 12*height || height > 3*width:
		return refuse("take the form of the logo that is meant for the top of a page", "names a picture of %d by %d, too long or too high for the top of a page", width, height)
	}
	scale := min(float64(logoHeight)/float64(height), float64(logoWidth)/float64(width))
	return Logo{Path: b.Logo, Width: max(1, int(float64(width)*scale+0.5)), Height: max(1, int(float64(height)*scale+0.5))}, nil
}

func kilobytes(n int) string { return fmt.Sprintf("%d kB", (n+999)/1000) }
