package config

import (
	"slices"
	"strings"

	"candour/internal/diag"
)

// Search says what looks for pages on the site's search page.
type Search struct {
	Engine string // one of Engines
	At     diag.Pos
}

// Engines of search: the site's own script and index, or those of the program pagefind.
var Engines = []string{"own", "pagefind"}

// Pagefind reports whether the site is searched with pagefind.
func (s Search) Pagefind() bool { return s.Engine == "pagefind" }

// search reads [search].
func (r *reader) search(c *Config, values map[string]any) {
	c.Search.Engine = "own"
	t, ok := r.Table(values, "search")
	if !ok {
		return
	}
	r.unknown(t, []string{"search"}, "engine")
	c.Search.At = r.Key("search", "engine")
	switch engine := r.Text(t, "search", "engine"); {
	case slices.Contains(Engines, engine):
		c.Search.Engine = engine
	case t["engine"] != nil:
		r.Bad([]string{"search", "engine"}, `write engine = "own" or engine = "pagefind"`, "takes one of: %s", strings.Join(Engines, ", "))
	}
}
