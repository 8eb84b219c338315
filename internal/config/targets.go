package config

import (
	"cmp"
	"fmt"
	"path"
	"slices"
)

// Target is a place that a site is deployed to, marked for one edition.
type Target struct {
	Name    string
	URL     string   // a folder, from the site's folder
	Edition string   // the one edition that may go there
	Keep    []string // paths there that are somebody else's
}

// Target returns the target of that name or address.
func (c *Config) Target(name string) (Target, bool) {
	for _, t := range c.Targets {
		if t.Name == name || t.URL == name {
			return t, true
		}
	}
	return Target{}, false
}

// targets reads [[target]]; the editions must be known.
func (r *reader) targets(c *Config, values map[string]any) {
	for i, t := range r.Blocks(values, "target") {
		at := func(key ...string) []string { return append([]string{"target", fmt.Sprint(i)}, key...) }
		r.unknown(t, at(), "name", "url", "edition", "keep")
		target := Target{
			Name: r.Required(t, `name = "live"`, at("name")...),
			URL:  r.Required(t, `url = "/srv/www/plan", from the site's folder`, at("url")...),
			Keep: r.Texts(t, at("keep")...),
		}
		target.Edition = cmp.Or(r.Text(t, at("edition")...), PublicEdition)
		switch {
		case target.Name != "" && !editionName.MatchString(target.Name):
			r.Bad(at("name"), `write it like name = "live"`, "takes small letters a to z, digits and hyphens")
		case slices.ContainsFunc(c.Targets, func(o Target) bool { return o.Name == target.Name || o.URL == target.URL }):
			r.Bad(at("name"), "give each place one block", "names a target a second time")
		}
		if _, known := c.Edition(target.Edition); !known {
			r.Bad(at("edition"), "name one of the site's editions", "is no edition of this site")
		}
		for j, k := range target.Keep {
			if _, err := path.Match(k, ""); err != nil {
				r.Bad(at("keep", fmt.Sprint(j)), `write a path or folder, such as "downloads/"`, "takes paths")
			}
		}
		c.Targets = append(c.Targets, target)
	}
}
