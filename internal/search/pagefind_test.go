package search_test

import (
	"testing"

	"candour/internal/diag"
	"candour/internal/sitetest"
)

// A site that wants pagefind is not published without it, and is told where it asks for it.
func TestPagefindIsMissing(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	out := sitetest.Build(t, "-- candour.toml --\n"+sitetest.Config+"[search]\nengine = \"pagefind\"\n"+page("one", "", "Text."), "public")
	if out.Audited != nil || len(out.Findings) != 1 {
		t.Fatalf("%v", out.Findings)
	}
	if f := out.Findings[0]; f.Rule != diag.SearchEngine.Name || f.File != "candour.toml" || f.Line != 28 {
		t.Errorf("%v", f)
	}
}
