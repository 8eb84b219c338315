package printing_test

import (
	"context"
	"strings"
	"testing"

	"candour/internal/printing"
	"candour/internal/sitetest"
)

// What a leaflet lacks for easy read is said before a browser is asked for.
func TestEasyReadRefused(t *testing.T) {
	const picture = "\n![A telephone](phone.svg)\n"
	for body, want := range map[string]string{
		"":                              "it has no pictures with short sentences",
		"\n## Easy read {#easy-read}\n": "it has no pictures with short sentences",
		"\n## Easy read {#easy-read}\n" + picture:                                                                                             `its picture "A telephone" has no words after it`,
		"\n## Easy read {#easy-read}\n" + picture + picture + "\nCall.\n":                                                                     `its picture "A telephone" has no words after it`,
		"\n## Easy read {#easy-read}\n" + picture + "\nCall. Wait.\n\nStay.\n":                                                                `its picture "A telephone" has more than two sentences`,
		"\n## Easy read {#easy-read}\n" + picture + "\n- Call.\n":                                                                             `its section "easy-read" has "Call.", which is no sentence after a picture`,
		"\n## Easy read {#easy-read}\n\nCall.\n" + picture:                                                                                    `its section "easy-read" has "Call.", which is no sentence after a picture`,
		"\n## Easy read {#easy-read}\n" + picture + "\nCall somebody who can come to you at once and who knows what to do in an emergency.\n": `its sentence "Call somebody who can come …" has 18 words, and easy read has 15 at most`,
	} {
		files := strings.Replace(source, "tonight.md", "tonight/index.md", 1)
		files = strings.Replace(files, "tonight.cy.md", "tonight/index.cy.md", 1)
		files = strings.Replace(files, "\n[^1]: A note.\n", "\n[^1]: A note.\n"+body, 1)
		if strings.Contains(body, "phone.svg") {
			files += "-- content/leaflets/festival/tonight/phone.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\" width=\"9\" height=\"9\"></svg>\n"
		}
		out := sitetest.Must(t, files, "public")
		wish, err := printing.Parse([]string{"easy-read"}, nil)
		if err != nil {
			t.Fatal(err)
		}
		pages, err := printing.Select(printing.Pages(out.Audited), []string{"tonight"}, []string{"en"}, "en")
		if err != nil {
			t.Fatal(err)
		}
		r, err := printing.Make(context.Background(), printing.Options{Watch: out.Watch, Audited: out.Audited, Pages: pages, Wish: wish, Clock: sitetest.Now, Browser: "no-such-browser"})
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Made) > 0 || r.Machine || !strings.Contains(sitetest.Print(r.Found), "tonight-easy-read.pdf was not made: "+want) {
			t.Errorf("%q: %s", body, sitetest.Print(r.Found))
		}
	}
}
