package vetting_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

func TestLinks(t *testing.T) {
	head := "+++\ntitle = \"T\"\nsummary = \"S.\"\ndate = 2026-11-01\ntags = [\"Naloxone kits\"]\n"
	files := func(body string) fstest.MapFS {
		return fstest.MapFS{
			"candour.toml":                      {Data: []byte(sitetest.Config)},
			"content/plans/a/index.md":          {Data: []byte("+++\n" + planFront + "\n[[withhold]]\nfile = \"map.csv\"\nreason = \"law-enforcement\"\n\n[[withhold]]\nsection = \"hidden\"\nreason = \"law-enforcement\"\n\n[[withhold]]\npassage = \"p\"\nreason = \"law-enforcement\"\n+++\n" + body + "\n## Hidden\n\n[no matter](/nowhere/)\n\n## Shown\n\n{{< passage \"p\" >}}[no matter](javascript:x){{< /passage >}}\n")},
			"content/plans/a/map.csv":           {Data: []byte("a\n")},
			"content/plans/a/sub/data file.csv": {Data: []byte("a\n")},
			"content/pages/about.md":            {Data: []byte(head + "+++\n## Who we are\n\n## Ours {#ours}\n")},
			"content/pages/about.cy.md":         {Data: []byte(head + "translation_reviewed = true\n+++\nTestun.\n")},
			"themes/candour/i18n/cy.toml":       {Data: []byte("reviewed = true\n")},
			"content/pages/tŷ.md":               {Data: []byte(head + "+++\nText.\n")},
			"content/pages/secret.md":           {Data: []byte(head + "level = \"partners\"\n+++\nText.\n")},
			"content/pages/later.md":            {Data: []byte(strings.Replace(head, "2026-11-01", "2027-11-01", 1) + "+++\nText.\n")},
			"content/leaflets/festival/tent.md": {Data: []byte(head + "setting = \"festival\"\naudience = [\"public\"]\n+++\nText.\n")},
			"static/form.txt":                   {Data: []byte("Form.\n")},
		}
	}
	for _, tc := range []struct{ body, url, want string }{
		{"[x](/pages/about/)", "/pages/about/", ""},
		{"[x](/pages/about)", "/pages/about/", ""},
		{"[x](../../pages/about.md)", "/pages/about/", ""},
		{"[x](/content/pages/about.md)", "/pages/about/", ""},
		{"[x](/pages/about.md)", "/pages/about/", ""},
		{"[x](/pages/about.md#ours)", "/pages/about/#ours", ""},
		{"[x](/pages/about/?q=1#who-we-are)", "/pages/about/?q=1#who-we-are", ""},
		{"[x](/cy/pages/about/)", "/cy/pages/about/", ""},
		{"[x](/pages/tŷ/)", "/pages/t%C5%B7/", ""},
		{"[x](/pages/t%C5%B7/)", "/pages/t%C5%B7/", ""},
		{"[x](/pages/t&#375;/)", "/pages/t%C5%B7/", ""},
		{"[x](/)", "/", ""},
		{"[x](/plans/)", "/plans/", ""},
		{"[x](/leaflets/festival/)", "/leaflets/festival/", ""},
		{"[x](/tags/naloxone-kits/)", "/tags/naloxone-kits/", ""},
		{"[x](/alerts/feed.atom)", "/alerts/feed.atom", ""},
		{"[x](/withheld/)", "/withheld/", ""},
		{"[x](#shown)", "#shown", ""},
		{"[x](sub/data%20file.csv)", "/plans/a/sub/data%20file.csv", ""},
		{"[x](<sub/data file.csv>)", "/plans/a/sub/data%20file.csv", ""},
		{"[x](map.csv)", "/plans/a/map.csv", ""}, // redaction puts the marker in
		{`[x]({{< ref "/pages/about" >}})`, "/pages/about/", ""},
		{`[x]({{< relref "about.md" >}})`, "", "broken-link"},
		{"[x](https://www.example.org/)", "https://www.example.org/", ""},
		{"[x](HTTPS://www.example.org/)", "HTTPS://www.example.org/", ""},
		{"[x](http://www.example.org/?a&amp;b)", "http://www.example.org/?a&b", ""},
		{"[x](mailto:a@testford.example)", "mailto:a@testford.example", ""},
		{"[x](tel:999)", "tel:999", ""},
		{"<https://www.example.org/>", "https://www.example.org/", ""},

		{"[x](/pages/abuot/)", "", "broken-link"},
		{"[x](/pages/about.md#nowhere)", "/pages/about/#nowhere", ""}, // the rendered page is asked
		{"![x](/pages/no.png)", "", "broken-link"},
		{"[x](../about.md)", "", "broken-link"},
		{"[x](/pages/secret/)", "", "link-to-withheld-page"},
		{"[x](../../pages/secret.md)", "", "link-to-withheld-page"},
		{"[x](/pages/later/)", "", "link-to-withheld-page"},
		{"[x](#hidden)", "", "link-to-withheld-page"},
		{"[x](/plans/a/#hidden)", "", "link-to-withheld-page"},
		{"[x](javascript:alert)", "", "bad-link-scheme"},
		{"[x](java&#115;cript:alert)", "", "bad-link-scheme"},
		{"[x](javascript&colon;alert)", "", "bad-link-scheme"},
		{"[x](java&Tab;script:alert)", "", "bad-link-scheme"},
		{"[x](javascript\\:alert)", "", "bad-link-scheme"},
		{"[x](data:text/html,a)", "", "bad-link-scheme"},
		{"[x](ftp://www.example.org/)", "", "bad-link-scheme"},
		{"[x](//www.example.org/)", "", "bad-link-scheme"},
		{"[x][r]\n\n[r]: vbscript:x", "", "bad-link-scheme"},
		{"![x](https://www.example.org/a.png)", "", "third-party-request"},
		{`{{< figure src="http://www.example.org/a.png" alt="a" >}}`, "", "third-party-request"},
		{"![](/form.txt)", "", "missing-alt"},
	} {
		t.Run(tc.body, func(t *testing.T) {
			v, found := vet(t, files(tc.body+"\n"), "public")
			found = slices.DeleteFunc(found, func(f diag.Finding) bool { return f.Rule == diag.NotYet.Name }) // of the page that waits
			if rules(found) != tc.want {
				t.Fatalf("found %q, want %q\n%s", rules(found), tc.want, sitetest.Print(found))
			}
			if tc.want != "" {
				return
			}
			links := page(v, "content/plans/a/index.md").Links
			if len(links) != 1 || links[0].URL != tc.url {
				t.Errorf("leads to %+v, want %s", links, tc.url)
			}
		})
	}
}
