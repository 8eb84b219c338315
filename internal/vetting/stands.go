package vetting

import (
	"strings"

	"candour/internal/content"
	"candour/internal/diag"
)

// stands is a field that a page cannot do without: without it the page would have no name, or say what is not so.
type stands struct {
	kind   content.Kind // or "" for every kind
	field  string
	marker bool // it can be withheld as long as a marker tells that it is
	why    string
	hint   string
}

var standing = []stands{
	{"", "title", true, "every list and link names the page by it", `take out show = "nothing", so that a marker stands in its place; to leave no trace of the page itself write level = "restricted" above the first [[ ]]`},
	{content.Alerts, "status", false, "without it an alert that was withdrawn would look like one that is in force", `take the flag out; to keep the alert from an edition write level = "restricted" above the first [[ ]]`},
	{content.Alerts, "expires", true, "without it the alert would say that it applies until it is withdrawn", `take out show = "nothing", so that a marker stands in its place`},
}

// mustStand refuses a flag on what the page cannot do without.
func (p *Page) mustStand(f *flag, path []string) diag.List {
	var found diag.List
	if f.from != "" || f.release || len(path) != 1 || p.Section && path[0] != "title" {
		return nil // what a translation inherits is told of its source
	}
	for _, s := range standing {
		if s.field != path[0] || s.kind != "" && s.kind != p.Kind || s.marker && f.shown {
			continue
		}
		form := ""
		if s.marker {
			form = " without a marker"
		}
		found.Add(diag.New(diag.BadFlag, f.at, s.hint, "%s cannot be withheld%s: %s", strings.Join(path, "."), form, s.why))
	}
	return found
}
