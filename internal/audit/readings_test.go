package audit_test

import (
	"context"
	"crypto/sha256"
	"testing"

	"candour/internal/diag"
	"candour/internal/media"
	"candour/internal/output"
	"candour/internal/sitetest"
)

// shelf keeps readings in memory.
type shelf map[[sha256.Size]byte]media.Reading

func (s shelf) Reading(sum [sha256.Size]byte) (media.Reading, bool) { r, ok := s[sum]; return r, ok }
func (s shelf) Note(sum [sha256.Size]byte, r media.Reading)         { s[sum] = r }

// What was read out of a PDF is searched anew each time. Nothing is kept of a file with a leak, nor of another edition than the
// public one.
func TestReadingsAreSearchedAgain(t *testing.T) {
	kept := shelf{}
	made := func(edition string, f output.File) diag.List {
		t.Helper()
		out := sitetest.Must(t, repository, edition)
		out.Watch.Remember(kept)
		_, found, err := out.Watch.Made(context.Background(), out.Audited, f)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	if found := made("public", output.File{Path: "a.pdf", Data: pdf("Ask "+person, "Out tonight")}); !found.Has(diag.Leak) || len(kept) > 0 {
		t.Fatalf("%d readings are kept of a leak: %s", len(kept), sitetest.Print(found))
	}
	clean := output.File{Path: "a.pdf", Data: pdf("Call 999", "Out tonight")}
	if made("internal", clean); len(kept) > 0 {
		t.Fatal("a reading of the internal edition is kept")
	}
	if found := made("public", clean); len(found) > 0 || len(kept) != 1 {
		t.Fatalf("%d readings are kept: %s", len(kept), sitetest.Print(found))
	}
	// As if the person had been withheld since.
	for sum, r := range kept {
		for name, planted := range map[string]media.Reading{
			"shown": {Shown: []string{"Ask " + person}}, "otherwise": {Other: []string{"Ask " + person}}, "in the bytes": {Rest: []byte("% by " + person), Shown: r.Shown},
		} {
			kept[sum] = planted
			if found := made("public", clean); !found.Has(diag.Leak) {
				t.Errorf("what is kept as %s is not searched: %s", name, sitetest.Print(found))
			}
		}
	}
}

// A PDF that print makes is looked at for details that its page does not have. What the page has was judged there.
func TestDetailsInPDFs(t *testing.T) {
	const page = `-- content/leaflets/festival/tonight.md --
+++
title = "Tonight"
summary = "What to do."
date = 2026-09-14
setting = "festival"
audience = ["public"]
+++
Call 999. There were 07700 call-outs in one year and 900555 in another.
`
	out := sitetest.Must(t, page, "public")
	for text, want := range map[string]bool{
		"Ring 07700 900666":        true,
		"mail d.quay@quay.example": true,
		"07700 900555":             false, // two cells side by side
		"Call 999":                 false,
	} {
		_, found, err := out.Watch.Made(context.Background(), out.Audited, output.File{Path: "tonight-a5.pdf", Data: pdf(text, "Tonight"), Source: "content/leaflets/festival/tonight.md"})
		if err != nil {
			t.Fatal(err)
		}
		if got := found.HasErrors(); got != want {
			t.Errorf("%q: %v, want %v: %s", text, got, want, sitetest.Print(found))
		}
	}
}
