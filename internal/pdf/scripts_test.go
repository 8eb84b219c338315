//go:build browser

package pdf

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Scripts whose letters stand in another order than they are drawn in, or are drawn as one shape.
var scripts = map[string]struct {
	table *unicode.RangeTable
	text  string
}{
	"bn": {unicode.Bengali, "জরুরি অবস্থায় ৯৯৯ নম্বরে ফোন করুন এবং অ্যাম্বুলেন্স চান। তার পাশে থাকুন।"},
	"hi": {unicode.Devanagari, "आपात स्थिति में 999 पर फ़ोन करें और एम्बुलेंस माँगें। उसके साथ रहें।"},
	"pa": {unicode.Gurmukhi, "ਐਮਰਜੈਂਸੀ ਵਿੱਚ 999 ਤੇ ਫ਼ੋਨ ਕਰੋ ਅਤੇ ਐਂਬੂਲੈਂਸ ਮੰਗੋ। ਉਸ ਦੇ ਨਾਲ ਰਹੋ।"},
	"ta": {unicode.Tamil, "அவசரத்தில் 999 ஐ அழைத்து ஆம்புலன்ஸ் கேளுங்கள். அவர்களுடன் இருங்கள்."},
	"ur": {unicode.Arabic, "ہنگامی صورت میں 999 پر کال کریں اور ایمبولینس مانگیں۔ ان کے ساتھ رہیں۔"},
}

func scriptPage(lang, text string) string {
	return strings.NewReplacer(`lang="en-GB"`, `lang="`+lang+`"`, "Shout for staff.", text).Replace(leaflet)
}

// With fonts made for them (fonts-noto-core), every word can be read out of the PDF.
func TestEveryWordOfOtherScripts(t *testing.T) {
	for lang, script := range scripts {
		t.Run(lang, func(t *testing.T) {
			r, err := Make(t.Context(), job(t, scriptPage(lang, script.text), A5))
			if err != nil {
				t.Fatal(err)
			}
			read := map[string]string{"pdftotext": run(t, r.PDF, "pdftotext")}
			if lang == "ur" { // in the others letters stand for clusters of shapes, which poppler's reading of the structure leaves out
				read["the structure"] = spoken(run(t, r.PDF, "pdfinfo", "-enc", "UTF-8", "-struct-text"))
			}
			for name, said := range read {
				got := strings.Join(strings.Fields(norm.NFC.String(said)), "") // poppler takes a wide gap between two shapes for a space
				for word := range strings.FieldsSeq(norm.NFC.String(script.text)) {
					if !strings.Contains(got, word) {
						t.Errorf("%s has no %q: %s", name, word, got)
					}
				}
			}
		})
	}
}

// spoken is the text in what pdfinfo says of a structure: its pieces follow one another without anything between them.
func spoken(struc string) string {
	var b strings.Builder
	for _, m := range regexp.MustCompile(`(?m)^ *"(.*)"$`).FindAllStringSubmatch(struc, -1) {
		b.WriteString(m[1])
	}
	return b.String()
}

// Without them it is refused, with letters of the script where it can be told which they are: no PDF is made that shows boxes, or
// is silent.
func TestOtherScriptsWithoutTheirFonts(t *testing.T) {
	fonts := filepath.Join(t.TempDir(), "fonts.conf")
	const dir = "/usr/share/fonts/truetype/dejavu"
	if _, err := os.Stat(dir); err != nil {
		t.Fatal("make setup installs the fonts: ", err)
	}
	if err := os.WriteFile(fonts, []byte(`<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>`+dir+`</dir></fontconfig>`), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("FONTCONFIG_FILE", fonts)
	for _, lang := range []string{"bn", "hi", "pa", "ta"} {
		_, err := Make(t.Context(), job(t, scriptPage(lang, scripts[lang].text), A5))
		var mute *UnreadableError
		if !errors.As(err, &mute) || len(mute.Characters) > 0 && !slices.ContainsFunc(mute.Characters, func(r rune) bool { return unicode.Is(scripts[lang].table, r) }) {
			t.Errorf("%s: %v", lang, err)
		}
	}
}
