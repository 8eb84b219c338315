package build_test

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/build"
	"candour/internal/sitetest"
)

func greyPicture(t *testing.T) *fstest.MapFile {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 6, 4))); err != nil {
		t.Fatal(err)
	}
	return &fstest.MapFile{Data: b.Bytes()}
}

const photographed = `-- content/alert-templates/grey.md --
+++
title = "Grey"
summary = "For grey tablets."
date = 2026-09-01
audience = ["public"]

[[placeholder]]
key = "place"
label = "Where"
hint = "A district."
required = true
+++
Seen in {{< placeholder "place" >}}.
-- content/alerts/grey/index.md --
+++
title = "Grey tablets"
summary = "Grey tablets may be stronger than expected."
date = 2026-11-18
template = "grey"
status = "issued"
area = "Testford"
evidence = "confirmed"
panel_met = 2026-11-18
issued = 2026-11-18
expires = 2026-12-18
photo = "tablet.png"
FRONT+++
Seen in Testford.
`

func photograph(t *testing.T, front string) *build.Outcome {
	t.Helper()
	files := sitetest.Files(strings.Replace(photographed, "FRONT", front, 1))
	files["content/alerts/grey/tablet.png"] = greyPicture(t)
	return sitetest.Run(t, sitetest.Options(files, "public"))
}

// The photo of an alert is published because the alert names it.
func TestPhotoIsReferredTo(t *testing.T) {
	out := photograph(t, "")
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	if page := sitetest.File(t, out, "alerts/grey/index.html"); !strings.Contains(page, `src=/alerts/grey/tablet.png`) || !strings.Contains(page, "width=6") {
		t.Errorf("the alert does not show its photo:\n%s", page)
	}
	sitetest.File(t, out, "alerts/grey/tablet.png")
}

// Where photo is withheld, its file is not published for being named there; where evidence is, the photo does not tell it.
func TestPhotoOfWithheldFields(t *testing.T) {
	for _, show := range []string{"", "show = \"nothing\"\n"} {
		out := photograph(t, "\n[[withhold]]\nfield = \"photo\"\nreason = \"law-enforcement\"\nsearch = false\n"+show)
		if out.Audited == nil {
			t.Fatal(sitetest.Print(out.Findings))
		}
		site := out.Audited.Site()
		if in := sitetest.Containing(out, "tablet.png"); len(in) > 0 || site.Find("alerts/grey/tablet.png") != nil {
			t.Errorf("%q: the photo is published, and named in %v", show, in)
		}
		const told = "Analysis has confirmed"
		if in := sitetest.Containing(photograph(t, ""), told); len(in) == 0 {
			t.Error("the caption is never shown, so that this shows nothing")
		}
		out = photograph(t, "\n[[withhold]]\nfield = \"evidence\"\nreason = \"law-enforcement\"\n"+show)
		if in := sitetest.Containing(out, told); out.Audited == nil || len(in) > 0 {
			t.Errorf("%q: the evidence is told in %v", show, in)
		}
	}
}

// A withheld file that front matter names is missed by nobody: the page says why it is not there, the register lists it,
// and its author is told its name.
func TestWithheldFilesOfFrontMatter(t *testing.T) {
	const flag = "\n[[withhold]]\nfile = \"tablet.png\"\nreason = \"law-enforcement\"\n"
	for _, tc := range []struct {
		name, front string
		markers     int
	}{
		{"photo", flag, 1},
		{"photo without a marker", flag + "show = \"nothing\"\n", 0},
		{"photo and attachment", "attachments = [\"tablet.png\"]\n" + flag, 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			out := photograph(t, tc.front)
			if out.Audited == nil {
				t.Fatal(sitetest.Print(out.Findings))
			}
			if !strings.Contains(sitetest.Print(out.Findings), "photo names a file that this edition is not cleared for ([[withhold]] at line ") {
				t.Errorf("the author is not told:\n%s", sitetest.Print(out.Findings))
			}
			page := sitetest.File(t, out, "alerts/grey/index.html")
			if n := strings.Count(page, "Withheld: "); n != tc.markers {
				t.Errorf("%d markers, want %d:\n%s", n, tc.markers, page)
			}
			if held := strings.Contains(sitetest.File(t, out, "withheld/index.html"), "A document"); held != (tc.markers > 0) {
				t.Errorf("the register lists it: %v", held)
			}
			if at := sitetest.Containing(out, "tablet.png"); len(at) > 0 {
				t.Errorf("its name stands in %v", at)
			}
		})
	}
}

func TestPhotoMustBeThere(t *testing.T) {
	for name, want := range map[string]string{
		"other.png":  "photo names a file that the page's folder does not hold",
		"tablet.pdf": "photo is not a picture that a page can show",
	} {
		files := sitetest.Files(strings.Replace(strings.Replace(photographed, "FRONT", "", 1), "tablet.png", name, 1))
		files["content/alerts/grey/tablet.png"] = greyPicture(t)
		out := sitetest.Run(t, sitetest.Options(files, "public"))
		if out.Audited != nil || !strings.Contains(sitetest.Print(out.Findings), want) {
			t.Errorf("%s: %s", name, sitetest.Print(out.Findings))
		}
	}
}

// There is one way to say that a picture is decoration, and the audit takes it for what it is.
func TestDecorativePictures(t *testing.T) {
	for text, want := range map[string]string{
		`{{< figure src="line.png" alt="" >}}`:                                   `<img src=/pages/about/line.png alt width=6 height=4`,
		`{{< figure src="line.png" alt="" caption="A *line*" >}}`:                `<figcaption><p>A <em>line</em></p>`,
		`{{< figure src="line.png" alt="A line" title="Lines" >}}`:               `alt="A line"`,
		`{{< figure src="line.png" alt="Home" link="/pages/" >}}`:                `<a href=/pages/><img`,
		`{{< figure src="./line.png" alt="A line" width="3" >}}`:                 `width=3 `,
		`{{< figure src="line.png" >}}`:                                          "! missing-alt",
		`![](line.png)`:                                                          "! missing-alt",
		`{{< figure src="line.png" alt="" link="/pages/" >}}`:                    "! empty-link",
		`{{< figure src="line.png" alt="a" attr="b" attrlink="javascript:x" >}}`: "! bad-link-scheme",
	} {
		files := sitetest.Files("-- content/pages/about/index.md --\n+++\ntitle = \"About\"\nsummary = \"About us.\"\ndate = 2026-09-01\n+++\n" + text + "\n")
		files["content/pages/about/line.png"] = greyPicture(t)
		out := sitetest.Run(t, sitetest.Options(files, "public"))
		if rule, refused := strings.CutPrefix(want, "! "); refused {
			if out.Audited != nil || !strings.Contains(sitetest.Print(out.Findings), rule) {
				t.Errorf("%s: %s", text, sitetest.Print(out.Findings))
			}
			continue
		}
		if out.Audited == nil {
			t.Errorf("%s: %s", text, sitetest.Print(out.Findings))
			continue
		}
		if page := sitetest.File(t, out, "pages/about/index.html"); !strings.Contains(page, want) {
			t.Errorf("%s: no %s in\n%s", text, want, page)
		}
	}
}
