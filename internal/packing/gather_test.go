package packing

import (
	"testing"

	"aead.dev/minisign"

	"candour/internal/pack"
)

// candour pack build makes no such pack; somebody else's program may.
func TestTitleThatIsWithheld(t *testing.T) {
	public, private, err := minisign.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	page := func(keys string) []byte {
		return []byte("+++\ntitle = \"Operation Lantern\"\n" + keys + "\n+++\nText.\n")
	}
	files := map[string][]byte{
		"content/pages/open.md":    page(`level = "public"`),
		"content/pages/whole.md":   page(`level = "restricted"`),
		"content/pages/flagged.md": page("[[withhold]]\nfield = \"title\"\nreason = \"confidential\""),
		"content/pages/other.md":   page("[[withhold]]\nfield = \"contact\"\nreason = \"confidential\""),
		"content/pages/broken.md":  []byte("+++\ntitle = \n+++\n"),
		"data/threats.toml":        {},
	}
	data, err := pack.Create(pack.Manifest{Name: "national", Version: "1", Publisher: "National Office", Licence: "OGL-UK-3.0",
		Attribution: "Made up.", Date: "2026-11-01T09:00:00Z"}, files, private, nil)
	if err != nil {
		t.Fatal(err)
	}
	p, err := pack.Open(data, pack.Trust{Root: public}, "0.1.0")
	if err != nil {
		t.Fatal(err)
	}
	for file := range files {
		want := file
		if file == "content/pages/open.md" || file == "content/pages/other.md" {
			want = "Operation Lantern"
		}
		if got := Title(p, file); got != want {
			t.Errorf("%s is called %q", file, got)
		}
	}
}
