package render_test

import (
	"testing"

	"candour/internal/sitetest"
)

// A page of the edition that did not come out, or a file beside one, is an error and names its source.
func TestWhatIsNotMadeIsTold(t *testing.T) {
	const front = "+++\ntitle = \"About\"\nsummary = \"What this is.\"\ndate = 2026-09-14\nattachments = ['a.txt']\n+++\nText.\n"
	out := sitetest.Must(t, "-- content/pages/p/index.md --\n"+front+"-- content/pages/p/a.txt --\nhello\n", "public")
	for path, source := range map[string]string{"pages/p/index.html": "content/pages/p/index.md", "pages/p/a.txt": "content/pages/p/a.txt"} {
		found := out.Rendered.Without(path)
		if len(found) != 1 || found[0].Rule != "not-made" || found[0].File != source || !found.HasErrors() {
			t.Errorf("%s: %s", path, sitetest.Print(found))
		}
	}
	if found := out.Rendered.Without(""); len(found) != 0 {
		t.Errorf("%s", sitetest.Print(found))
	}
}
