// Package config reads candour.toml: contract, section 2.
//
// [Parse] reports every fault of the file at its line and column. What depends on the command line is asked for later:
// [Config.Check] whether there is a base URL at all, [Edition.Problem] whether the edition that is built has its own.
package config

import (
	"errors"
	"net/url"
	"strings"

	"candour/internal/alert"
	"candour/internal/diag"
	"candour/internal/level"
)

// Config is what candour.toml says, with its defaults filled in. It is not changed after it was read, but for the base
// URL of the command line.
type Config struct {
	Title         string
	BaseURL       string // ends with a slash; empty where candour.toml has none
	Language      string // a language tag: en-GB
	Organisation  string
	Area          string
	Nation        string
	Theme         string // a folder of themes/; empty for the one that comes with the program
	Brand         Brand
	Accessibility Accessibility
	Contact       Contact
	Contacts      []Slot // of [contacts], by key
	Figures       Figures
	Search        Search
	Print         Print
	Editions      []Edition
	Signoff       map[string][]string // kind of page -> roles that must all have signed off; every kind has an entry
	SignoffGiven  map[string]bool     // the kinds whose roles stand in the file; the others have the defaults
	Publishable   Publishable
	Alerts        alert.Limits // how many alerts people are thought to heed
	Packs         []Pack       // in the order of the file
	Targets       []Target     // likewise

	file     string
	override string            // the base URL that the command line gave
	given    map[string]string // what it gave for contacts
}

// Contact is published, so the detectors never flag it.
type Contact struct {
	Email              string
	Phone              string
	AlternativeFormats string
}

// Edition is one site that is made of the repository.
type Edition struct {
	Name      string
	Clearance level.Level
	BaseURL   string   // ends with a slash; empty where it has none
	At        diag.Pos // its name in candour.toml; without a line where it is one of the defaults
}

// Publishable holds details that may appear anywhere.
type Publishable struct {
	Phones, Emails, Postcodes, Names, Operations, Phrases []string
}

// PublicEdition is the name of the edition for everybody.
const PublicEdition = "public"

// Edition returns the edition of that name, with the base URL of the command line if there was one.
func (c *Config) Edition(name string) (Edition, bool) {
	for _, e := range c.Editions {
		if e.Name == name {
			if c.override != "" {
				e.BaseURL = c.override
			}
			return e, true
		}
	}
	return Edition{}, false
}

// EditionNames returns the editions' names in the order of the file.
func (c *Config) EditionNames() []string {
	names := make([]string, len(c.Editions))
	for i, e := range c.Editions {
		names[i] = e.Name
	}
	return names
}

// Public reports whether this is the edition for everybody.
func (e Edition) Public() bool { return e.Name == PublicEdition }

// Problem says why the edition cannot be built, if it cannot: it has no base URL. One that is never built needs none.
func (e Edition) Problem() (diag.Finding, bool) {
	if e.BaseURL != "" {
		return diag.Finding{}, false
	}
	hint := `put base_url = "https://…" below its name in candour.toml, or give --base-url`
	if e.At.Line == 0 {
		hint = "give --base-url, or write the editions out in candour.toml as [[edition]] with name, clearance and base_url"
	}
	return diag.New(diag.ConfigNotUsable, e.At, hint, "the edition %q has no base URL of its own", e.Name), true
}

// Check reports what is missing and the command line did not make good: baseURLGiven says whether it gave a base URL.
func (c *Config) Check(baseURLGiven bool) diag.List {
	if c.BaseURL != "" || c.override != "" || baseURLGiven {
		return nil
	}
	return diag.List{diag.New(diag.MissingKey, diag.Pos{File: c.file, Line: 1, Column: 1},
		`put the site's address at the top: base_url = "https://plan.eastmere.example/", or give --base-url`, `"base_url" is missing`)}
}

// PrimaryLanguage is the language without its region, in small letters: en for en-GB. Pages in it have no language in
// their names.
func (c *Config) PrimaryLanguage() string {
	primary, _, _ := strings.Cut(c.Language, "-")
	return strings.ToLower(primary)
}

// SetBaseURL takes the base URL of the command line. It is that of whichever edition is built.
func (c *Config) SetBaseURL(s string) error {
	u, err := ParseBaseURL(s)
	if err != nil {
		return err
	}
	c.override = u
	return nil
}

// ParseBaseURL reads a site's address and ends it with a slash.
func ParseBaseURL(s string) (string, error) {
	u, err := url.Parse(s)
	switch {
	case err != nil || strings.ContainsAny(s, " \t\r\n\\\"<>"):
		return "", errors.New("is no web address")
	case u.Scheme != "https" && u.Scheme != "http", u.Host == "", u.Hostname() == "":
		return "", errors.New("takes a whole web address, with https:// at its beginning")
	case u.User != nil:
		return "", errors.New("takes a web address without a user name")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "" || strings.Contains(s, "#"):
		return "", errors.New("takes a web address without ? and #")
	}
	for _, part := range strings.Split(u.Path, "/") {
		if part == "." || part == ".." {
			return "", errors.New("takes a web address without . and .. in its path")
		}
	}
	s = u.String()
	if !strings.HasSuffix(s, "/") {
		s += "/"
	}
	return s, nil
}
