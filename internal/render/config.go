package render

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/frontmatter"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/redact"
)

// Pair is a foreground and a background of the theme with the contrast that they must have.
type Pair struct {
	Name, Foreground, Background string
	Ratio                        float64
}

type theme struct {
	colours map[string]any
	pairs   []Pair
}

type themeFile struct {
	data   []byte
	source string
}

func toFiles(in map[string]load.ThemeFile) map[string]themeFile {
	out := make(map[string]themeFile, len(in))
	for name, f := range in {
		source := f.File
		if strings.HasPrefix(source, "program:") {
			source = "" // nothing that the author could mend
		}
		out[name] = themeFile{f.Data, source}
	}
	return out
}

// readTheme reads theme.toml: the colours of both schemes, and the pairs of them that text and controls use.
func readTheme(f load.ThemeFile) (theme, diag.List) {
	var th theme
	if f.Data == nil {
		return th, nil
	}
	values, fault := frontmatter.Decode(f.Data)
	if fault != nil {
		return th, diag.List{diag.New(fault.Rule, diag.Pos{File: f.File, Line: fault.Line, Column: fault.Column}, fault.Hint, "%s", fault.Message)}
	}
	th.colours, _ = values["colours"].(map[string]any)
	contrast, _ := values["contrast"].([]any)
	for _, scheme := range slices.Sorted(maps.Keys(th.colours)) {
		colours, _ := th.colours[scheme].(map[string]any)
		named := func(key any) string {
			name, _ := key.(string)
			if c, ok := colours[name].(string); ok {
				return c
			}
			return name
		}
		for _, item := range contrast {
			table, _ := item.(map[string]any)
			name, _ := table["name"].(string)
			ratio := 4.5
			switch r := table["ratio"].(type) {
			case float64:
				ratio = r
			case int64:
				ratio = float64(r)
			}
			th.pairs = append(th.pairs, Pair{Name: name + " (" + scheme + ")", Foreground: named(table["foreground"]), Background: named(table["background"]), Ratio: ratio})
		}
	}
	return th, nil
}

// register is the public register, for the page that shows it.
func register(c *redact.Cleared) []any {
	var lines []any
	base := strings.TrimSuffix(redact.BasePath(c.Edition().BaseURL), "/")
	for _, l := range c.Register() {
		e := c.Repo().Words().Get("reasons", l.Reason)
		lines = append(lines, map[string]any{"what": l.What, "where": l.Page, "where_url": base + l.Address, "reason": l.Reason,
			"label": e.Label(), "exemption": "Freedom of Information Act 2000, section " + e.Text("section")})
	}
	return lines
}

// accessibility is what the accessibility statement rests on. Nothing has been recorded as tested, so it claims nothing.
func accessibility(c *redact.Cleared) map[string]any {
	return map[string]any{"tested": "", "method": "", "issues": []string{}, "prepared": c.Repo().Now().UTC().Format(time.DateOnly)}
}

// configuration is the whole of Hugo's configuration. Nothing of it comes from the site but its name and address. now is
// the clock, which the program's own templates look at only for a feed that has no alerts.
func configuration(c *redact.Cleared, th theme, now string) []byte {
	cfg, edition := c.Config(), c.Edition()
	banner := ""
	switch {
	case edition.Clearance > level.Public:
		banner = "This is the " + edition.Name + " edition. It holds information that is not for the public: do not share, copy or print it for anyone else."
	case !edition.Public():
		banner = "This is the " + edition.Name + " edition, not the public site. Please do not link to it."
	}
	primary := cfg.PrimaryLanguage()
	langs := map[string]any{}
	for i, lang := range languages(c) {
		locale := lang
		if i == 0 {
			locale = cfg.Language
		}
		direction := "ltr"
		if rightToLeft(locale) {
			direction = "rtl"
		}
		langs[lang] = map[string]any{"locale": locale, "weight": i + 1, "direction": direction}
	}
	contact := map[string]any{"email": cfg.Contact.Email, "phone": cfg.Contact.Phone, "alternative_formats": cfg.Contact.AlternativeFormats}
	hugo := map[string]any{
		"baseURL":                edition.BaseURL,
		"title":                  cfg.Title,
		"locale":                 cfg.Language,
		"defaultContentLanguage": primary, "defaultContentLanguageInSubdir": false,
		"languages":                  langs,
		"disableKinds":               []string{"rss"},
		"disableAliases":             true,
		"disableHugoGeneratorInject": true,
		"enableRobotsTXT":            true,
		"enableGitInfo":              false,
		"enableInlineShortcodes":     false,
		"enableEmoji":                false,
		"disableLiveReload":          true,
		"buildDrafts":                true, // drafts, dates and expiry have been settled before
		"buildFuture":                true,
		"buildExpired":               true,
		"capitalizeListTitles":       false,
		"pluralizeListTitles":        false,
		"titleCaseStyle":             "none",
		"timeout":                    "2h", // a table of 100,000 rows must simply work
		"timeZone":                   "Europe/London",
		"taxonomies":                 map[string]string{"tag": "tags"},
		"mediaTypes":                 map[string]any{"application/atom+xml": map[string]any{"suffixes": []string{"atom"}}},
		"outputFormats":              map[string]any{"feed": map[string]any{"mediaType": "application/atom+xml", "baseName": "feed", "isPlainText": false, "noUgly": true}},
		"outputs":                    map[string]any{"home": []string{"html"}, "section": []string{"html"}, "taxonomy": []string{"html"}, "term": []string{"html"}, "page": []string{"html"}},
		"minify":                     map[string]any{"minifyOutput": true},
		"markup":                     map[string]any{"goldmark": map[string]any{"renderer": map[string]any{"unsafe": false}}},
		"build":                      map[string]any{"writeStats": false, "noJSConfigInAssets": true},
		"publishDir":                 "public",
		"resourceDir":                "resources",
		"security": map[string]any{
			"enableInlineShortcodes": false,
			"exec":                   map[string]any{"allow": []string{"none"}, "osEnv": []string{"none"}},
			"funcs":                  map[string]any{"getenv": []string{"none"}},
			"http":                   map[string]any{"methods": []string{"none"}, "urls": []string{"none"}},
		},
		"params": map[string]any{
			"organisation": cfg.Organisation, "area": cfg.Area, "nation": cfg.Nation, "contact": contact,
			"edition": map[string]any{"name": edition.Name, "clearance": edition.Clearance.String(), "banner": banner != "", "banner_text": banner, "noindex": !edition.Public()},
			"colours": th.colours,
			"now":     c.Repo().Now().UTC().Format(time.RFC3339),
			"kinds":   content.KindNames(),
		},
	}
	data, err := json.Marshal(hugo)
	if err != nil {
		panic("the renderer's configuration does not encode") // texts, numbers and booleans of ours
	}
	return data
}
