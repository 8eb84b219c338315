//go:build browser

package printtest

import (
	"cmp"
	"errors"
	"image"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	sheet "candour/internal/leaflet"
	"candour/internal/prose"
)

// page is the finished page that a file was printed from, and its address.
func page(t *testing.T, file string) (html []byte, address string) {
	t.Helper()
	m := regexp.MustCompile(`^(festival-goers|naloxone-for-door-and-welfare).*?(?:\.(cy|pl|ur))?\.[a-z0-9]+$`).FindStringSubmatch(filepath.Base(file))
	if m == nil {
		t.Fatalf("%s is of no known leaflet", file)
	}
	setting := map[string]string{"festival-goers": "festival"}[m[1]]
	at := strings.TrimPrefix(m[2]+"/leaflets/"+cmp.Or(setting, "night-time-economy")+"/"+m[1]+"/", "/")
	html, err := os.ReadFile(filepath.Join(shared, "site", filepath.FromSlash(at), "index.html"))
	if err != nil {
		t.Fatal(err)
	}
	return html, "https://plan.eastmere.example/" + at
}

// The addresses of links are written out on paper alone, behind their words.
var written = regexp.MustCompile(`\s*\(https?://[^)]*\)`)

func words(text string) string {
	return strings.Join(strings.Fields(written.ReplaceAllString(text, "")), " ")
}

// quoted is a piece of text in what pdfinfo -struct-text says.
var quoted = regexp.MustCompile(`(?m)^( *)"(.*)"$`)

// The text of a PDF, as its structure has it and as it is drawn, is the page's text: every word, in the order in which it is
// read, with the spaces between words.
func TestTextInReadingOrder(t *testing.T) {
	for _, file := range printed(t, "", ".pdf", 9) {
		html, address := page(t, file)
		s, err := sheet.Read(html, address)
		if err != nil {
			t.Fatal(err)
		}
		var structure strings.Builder
		for _, m := range quoted.FindAllStringSubmatch(tool(t, "pdfinfo", "-struct-text", file), -1) {
			structure.WriteString(m[2])
		}
		// The elements of a block follow one another without anything between them; so do blocks.
		inOrder(t, filepath.Base(file)+": pdfinfo -struct-text", s, words(structure.String()))
		// pdftotext takes a hyphen at the end of a line away.
		inOrder(t, filepath.Base(file)+": pdftotext", s, words(tool(t, "pdftotext", file, "-")), "-")
	}
}

// inOrder looks for one block of a leaflet after the other, but for what is not to be looked at.
func inOrder(t *testing.T, what string, s *sheet.Sheet, got string, without ...string) {
	t.Helper()
	plain := func(text string) string {
		for _, w := range without {
			text = strings.ReplaceAll(text, w, "")
		}
		return text
	}
	rest, found := plain(got), 0
	for _, b := range append([]prose.Block{{Text: s.Title}}, s.Blocks...) {
		want := plain(words(b.Text))
		if sheet.Slot(b) {
			want = strings.TrimSuffix(strings.Replace(want, ": ", " ", 1), ":") // on paper a blank follows, or what fills it
		}
		if want == "" {
			continue
		}
		_, after, ok := strings.Cut(rest, want)
		if !ok {
			t.Errorf("%s has not, or not in its place: %q\n  it goes on: %.200q", what, want, rest)
			return
		}
		rest = after
		found++
	}
	if found < 10 {
		t.Errorf("%s: only %d blocks were looked for", what, found)
	}
}

// Large print is large in every letter, page numbers and addresses included. pdftohtml enlarges three times at most.
func TestLargePrintIsLarge(t *testing.T) {
	size := regexp.MustCompile(`<fontspec [^>]*size="(-?\d+)"`)
	for _, file := range printed(t, "-large-print", ".pdf", 3) {
		said := tool(t, "pdftohtml", "-xml", "-i", "-stdout", "-zoom", "3", file)
		if !strings.Contains(said, `height="2525"`) {
			t.Fatalf("the pages are not three times as large: %.500s", said)
		}
		sizes := size.FindAllStringSubmatch(said, -1)
		if len(sizes) == 0 {
			t.Errorf("%s has no text", file)
		}
		for _, m := range sizes {
			if n, err := strconv.Atoi(m[1]); err != nil || n < 3*18 {
				t.Errorf("%s has letters of %s thirds of a point", filepath.Base(file), m[1])
			}
		}
	}
}

// Every font is in the file and says which letters it draws; the file is tagged, titled, and damaged nowhere.
func TestFontsAreInTheFile(t *testing.T) {
	for _, file := range printed(t, "", ".pdf", 9) {
		lines := strings.Split(strings.TrimSpace(tool(t, "pdffonts", file)), "\n")
		if len(lines) < 3 {
			t.Errorf("%s has no fonts", file)
			continue
		}
		for _, line := range lines[2:] {
			// name type encoding emb sub uni object ID
			if f := strings.Fields(line); !slices.Equal(f[len(f)-5:len(f)-2], []string{"yes", "yes", "yes"}) {
				t.Errorf("%s: %s", filepath.Base(file), line)
			}
		}
		said := tool(t, "pdfinfo", file)
		// The day that the page was last changed, as it begins in England, and not that of the run.
		day := "CreationDate:    Sun Sep 13 23:00:00 2026"
		if strings.Count(filepath.Base(file), ".") > 1 { // a translation
			day = "CreationDate:    Sun Sep 20 23:00:00 2026"
		}
		for _, want := range []string{"Tagged:          yes", "Eastmere Combating Drugs Partnership", day} {
			if !strings.Contains(said, want) {
				t.Errorf("%s lacks %q:\n%s", filepath.Base(file), want, said)
			}
		}
	}
}

// The code on the last page, as a telephone's camera has it, leads to the page that the PDF was made from.
func TestCodesOnPaper(t *testing.T) {
	for _, file := range append(printed(t, "-a5.cy", ".pdf", 2), printed(t, "-large-print", "s-large-print.pdf", 1)...) {
		_, address := page(t, file)
		prefix := filepath.Join(t.TempDir(), "page")
		tool(t, "pdftoppm", "-r", "150", "-gray", "-png", file, prefix)
		pictures, _ := filepath.Glob(prefix + "*.png")
		if got := codes(t, pictures...); !slices.Equal(got, []string{address}) {
			t.Errorf("%s: the codes say %q, want %q", filepath.Base(file), got, address)
		}
	}
}

// codes reads the QR codes in pictures. It is no error that a picture has none.
func codes(t *testing.T, pictures ...string) []string {
	t.Helper()
	out, err := exec.Command("zbarimg", append([]string{"--quiet", "--raw", "--nodbus"}, pictures...)...).Output()
	var none *exec.ExitError
	if err != nil && (!errors.As(err, &none) || none.ExitCode() != 4) {
		t.Fatalf("zbarimg (make setup installs it): %v", err)
	}
	return strings.Fields(string(out))
}

// module is a run of black squares in the picture of a code: from where, and how many.
var module = regexp.MustCompile(`M(\d+) (\d+)h(\d+)v1h-\d+z`)

// The picture beside a page, which browsers show and print, leads to the page too.
func TestCodesOnTheSite(t *testing.T) {
	if err := starter(); err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, at := range []string{"leaflets/festival/festival-goers/", "cy/leaflets/festival/festival-goers/", "ur/leaflets/festival/festival-goers/"} {
		svg := read(t, filepath.Join(shared, "site", filepath.FromSlash(at), "qr.svg"))
		const dot = 4
		img := image.NewGray(image.Rect(0, 0, 80*dot, 80*dot))
		draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
		for _, m := range module.FindAllStringSubmatch(svg, -1) {
			x, _ := strconv.Atoi(m[1])
			y, _ := strconv.Atoi(m[2])
			n, _ := strconv.Atoi(m[3])
			draw.Draw(img, image.Rect(x*dot, y*dot, (x+n)*dot, (y+1)*dot), image.Black, image.Point{}, draw.Src)
			seen++
		}
		file := filepath.Join(t.TempDir(), "code.png")
		f, err := os.Create(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(png.Encode(f, img), f.Close()); err != nil {
			t.Fatal(err)
		}
		if got := codes(t, file); !slices.Equal(got, []string{"https://plan.eastmere.example/" + at}) {
			t.Errorf("%s: %q", at, got)
		}
	}
	if seen < 100 {
		t.Errorf("the pictures have %d squares", seen)
	}
}
