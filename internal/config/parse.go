package config

import (
	"cmp"
	"fmt"
	"maps"
	"net/mail"
	"regexp"
	"slices"
	"strings"

	"candour/internal/alert"
	"candour/internal/diag"
	"candour/internal/level"
	"candour/internal/nearmiss"
	"candour/internal/settings"
)

// defaultSignoff is the contract's: the roles that must all have signed off a page of a kind.
func defaultSignoff() map[string][]string {
	return map[string][]string{
		"alerts":          {"public-health", "police"},
		"alert-templates": {"public-health", "police"},
		"leaflets":        {"public-health"},
		"plans":           {"senior-responsible-owner"},
		"narrative":       {"national"},
		"pages":           {},
	}
}

func defaultEditions() []Edition {
	return []Edition{
		{Name: PublicEdition, Clearance: level.Public},
		{Name: "partners", Clearance: level.Partners},
		{Name: "internal", Clearance: level.Restricted},
	}
}

var (
	editionName = regexp.MustCompile(`^[a-z0-9]([a-z0-9-]*[a-z0-9])?$`)
	roleName    = editionName
	// languageTag is the part of BCP 47 that web pages use: language, script, region, variants.
	languageTag = regexp.MustCompile(`^[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*$`)
)

// IsRole reports whether a word is written as roles are: small letters, digits and hyphens.
func IsRole(s string) bool { return roleName.MatchString(s) }

// Parse reads candour.toml; file is its name in findings. The Config is only to be used if there are no errors.
func Parse(src []byte, file string) (*Config, diag.List) {
	c := &Config{file: file, Editions: defaultEditions(), Signoff: defaultSignoff(), SignoffGiven: map[string]bool{}, Alerts: alert.DefaultLimits, Figures: Figures{SuppressBelow: DefaultBelow}}
	open, values := settings.Open(src, file)
	if values == nil {
		return c, open.Found
	}
	r := &reader{open}
	r.site(c, values)
	r.Found.Sort()
	return c, r.Found
}

// reader takes the parts of candour.toml out of its tables.
type reader struct{ *settings.Reader }

// unknown reports the keys of a table that are not known.
func (r *reader) unknown(table map[string]any, path []string, known ...string) {
	where := "candour.toml"
	switch {
	case len(path) == 0:
	case len(path) > 1 && path[0] == "contacts":
		where = "a contact"
	case len(path) > 1 && path[0] == "colours":
		where = "a colour"
	case len(path) > 1 && path[0] == "accessibility":
		where = "[[accessibility." + path[1] + "]]"
	case len(path) == 1:
		where = "[" + path[0] + "]"
	default:
		where = "[[" + path[0] + "]]"
	}
	r.Unknown(table, where, path, known...)
}

func (r *reader) site(c *Config, values map[string]any) {
	top := []string{
		"title",
		"base_url",
		"language",
		"organisation",
		"area",
		"nation",
		"theme",
		"logo",
		"colours",
		"accessibility",
		"contact",
		"contacts",
		"edition",
		"signoff",
		"publishable",
		"alerts",
		"figures",
		"search",
		"print",
		"pack",
		"target",
	}
	r.unknown(values, nil, slices.Clone(top)...)

	c.Title = r.Required(values, `title = "Eastmere Combating Drugs Partnership"`, "title")
	c.Organisation = r.Required(values, `organisation = "Eastmere Council"`, "organisation")
	c.Area = r.Text(values, "area")
	c.Nation = r.Text(values, "nation")
	c.BaseURL = r.address(values, "base_url")
	c.Language = r.Required(values, `language = "en-GB"`, "language")
	if c.Language != "" && !languageTag.MatchString(c.Language) {
		r.Bad([]string{"language"}, `write en-GB for British English, cy for Welsh`, "takes a language tag")
	}
	c.Theme = r.Text(values, "theme")
	if c.Theme != "" && (strings.ContainsAny(c.Theme, `/\:`) || strings.HasPrefix(c.Theme, ".")) {
		r.Bad([]string{"theme"}, "name a folder of themes/, without a path", "takes the name of a folder")
	}
	r.brand(c, values)
	r.accessibility(c, values)
	r.contact(c, values)
	r.contacts(c, values)
	r.figures(c, values)
	r.search(c, values)
	r.print(c, values)
	r.packs(c, values)
	r.editions(c, values)
	r.targets(c, values)
	r.signoff(c, values)
	r.publishable(c, values)
	r.alerts(c, values)
}

// address takes a base URL; where there is none, or none that can be used, it is "".
func (r *reader) address(table map[string]any, path ...string) string {
	s := r.Text(table, path...)
	if s == "" {
		return ""
	}
	u, err := ParseBaseURL(s)
	if err != nil {
		r.Bad(path, `write it as "https://plan.eastmere.example/"`, "%v", err)
	}
	return u
}

func (r *reader) contact(c *Config, values map[string]any) {
	const example = `email = "publichealth@eastmere.example", below [contact]`
	t, ok := r.Table(values, "contact")
	if !ok {
		if _, there := values["contact"]; !there {
			r.Missing([]string{"contact", "email"}, example)
		}
		return
	}
	r.unknown(t, []string{"contact"}, "email", "phone", "alternative_formats")
	c.Contact = Contact{
		Email:              r.Required(t, example, "contact", "email"),
		Phone:              r.Text(t, "contact", "phone"),
		AlternativeFormats: r.Text(t, "contact", "alternative_formats"),
	}
	if e := c.Contact.Email; e != "" {
		if a, err := mail.ParseAddress(e); err != nil || a.Address != e {
			r.Bad([]string{"contact", "email"}, "write the address alone, as publichealth@eastmere.example", "takes an e-mail address")
		}
	}
}

func (r *reader) editions(c *Config, values map[string]any) {
	defer func() {
		for i := range c.Editions {
			if e := &c.Editions[i]; e.Public() {
				e.BaseURL = cmp.Or(e.BaseURL, c.BaseURL)
			}
			if c.Editions[i].At.File == "" {
				c.Editions[i].At.File = r.File
			}
		}
		r.ownAddresses(c)
	}()
	v, there := values["edition"]
	if !there {
		return
	}
	items, ok := v.([]any)
	if !ok || slices.ContainsFunc(items, func(item any) bool { _, ok := item.(map[string]any); return !ok }) {
		r.Bad([]string{"edition"}, "write [[edition]] on a line of its own and its keys below", "takes blocks")
		return
	}
	if len(items) == 0 {
		r.Bad([]string{"edition"}, "take the line out for the editions public, partners and internal", "is empty")
		return
	}
	c.Editions = nil
	seen := map[string]bool{}
	for i, item := range items {
		t := item.(map[string]any)
		at := func(key string) []string { return []string{"edition", fmt.Sprint(i), key} }
		r.unknown(t, []string{"edition", fmt.Sprint(i)}, "name", "clearance", "base_url")
		e := Edition{
			Name:    r.Required(t, `name = "partners"`, at("name")...),
			BaseURL: r.address(t, at("base_url")...),
			At:      r.Key(at("name")...),
		}
		switch {
		case e.Name == "":
		case !editionName.MatchString(e.Name):
			r.Bad(at("name"), "it becomes part of a folder's name", "takes small letters a to z, digits and hyphens")
		case seen[e.Name]:
			r.Bad(at("name"), "give every edition a name of its own", "names an edition that there is already")
		}
		seen[e.Name] = true
		e.Clearance = level.Restricted // withholds nothing, but is never used: an edition without a clearance is an error
		if s := r.Required(t, `clearance = "public"`, at("clearance")...); s != "" {
			l, err := level.ParseLevel(s)
			if err != nil {
				r.Bad(at("clearance"), "write one of: "+strings.Join(level.Names(), ", "), "is no level%s", nearmiss.Suffix(s, level.Names()))
			} else if e.Clearance = l; e.Public() && l != level.Public {
				r.Bad(at("clearance"), "give this edition another name, or write clearance = \"public\"",
					"would open the edition named public to more than the public may see")
			}
		}
		c.Editions = append(c.Editions, e)
	}
}

// ownAddresses refuses two editions at one address: the one published last would stand there.
func (r *reader) ownAddresses(c *Config) {
	for i, e := range c.Editions {
		for _, other := range c.Editions[:i] {
			if e.BaseURL == "" || other.BaseURL != e.BaseURL {
				continue
			}
			r.Found.Add(diag.New(diag.BadValue, e.At, "give every edition that is built a base_url of its own",
				"the editions %q and %q have the same base URL", other.Name, e.Name))
		}
	}
}

func (r *reader) signoff(c *Config, values map[string]any) {
	t, ok := r.Table(values, "signoff")
	if !ok {
		return
	}
	r.unknown(t, []string{"signoff"}, slices.Collect(maps.Keys(c.Signoff))...)
	for kind := range c.Signoff {
		if _, there := t[kind]; !there {
			continue
		}
		path := []string{"signoff", kind}
		roles := r.Texts(t, path...)
		for i, role := range roles {
			if !roleName.MatchString(role) {
				r.Bad(append(path, fmt.Sprint(i)), "write it as senior-responsible-owner", "takes small letters a to z, digits and hyphens")
			}
			if slices.Contains(roles[:i], role) {
				r.Bad(append(path, fmt.Sprint(i)), "one of each is enough", "names a role twice")
			}
		}
		c.Signoff[kind], c.SignoffGiven[kind] = roles, true
	}
}

func (r *reader) publishable(c *Config, values map[string]any) {
	t, ok := r.Table(values, "publishable")
	if !ok {
		return
	}
	p := &c.Publishable
	lists := map[string]*[]string{"phones": &p.Phones, "emails": &p.Emails, "postcodes": &p.Postcodes,
		"names": &p.Names, "operations": &p.Operations, "phrases": &p.Phrases}
	r.unknown(t, []string{"publishable"}, slices.Collect(maps.Keys(lists))...)
	for key, list := range lists {
		*list = r.Texts(t, "publishable", key)
	}
}
