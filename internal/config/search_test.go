package config

import (
	"testing"

	"candour/internal/diag"
)

func TestSearch(t *testing.T) {
	if c := parse(t, least); c.Search.Engine != "own" || c.Search.Pagefind() {
		t.Errorf("by itself: %+v", c.Search)
	}
	for _, engine := range Engines {
		if c := parse(t, least+"[search]\nengine = \""+engine+"\"\n"); c.Search.Engine != engine || c.Search.At.Column != 1 || c.Search.Pagefind() != (engine == "pagefind") {
			t.Errorf("%+v", c.Search)
		}
	}
	for extra, want := range map[string]diag.Rule{"engine = \"elastic\"": diag.BadValue, "engine = 1": diag.BadValue, "engine = \"\"": diag.BadValue, "motor = \"own\"": diag.UnknownKey} {
		if c, found := Parse([]byte(least+"[search]\n"+extra+"\n"), "candour.toml"); !found.Has(want) || c.Search.Engine != "own" {
			t.Errorf("%s: %v", extra, found)
		}
	}
}
