package render

import (
	"encoding/json"
	"strings"

	"candour/internal/content"
	"candour/internal/hosting"
	"candour/internal/level"
	"candour/internal/load"
	"candour/internal/present"
	"candour/internal/redact"
	"candour/internal/words"
)

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

// logo is the publisher's sign at the top of every page, or nil.
func logo(c *redact.Cleared) any {
	l := c.Repo().Logo()
	if l.Path == "" {
		return nil
	}
	return map[string]any{"path": l.Path, "width": l.Width, "height": l.Height}
}

// unreviewed names the languages of the site whose interface words no native speaker has reviewed, each by its own name.
func unreviewed(c *redact.Cleared) []string {
	var names []string
	for _, lang := range languages(c) {
		if speech := c.Repo().Speech(); speech.Has(lang) && !speech.Reviewed(lang) {
			names = append(names, languageName(c, lang))
		}
	}
	return names
}

// locale is what Hugo is told that a language of the pages is.
func locale(c *redact.Cleared, lang string) string {
	if lang == "" || lang == c.Config().PrimaryLanguage() {
		return c.Config().Language
	}
	return lang
}

// configuration is the whole of Hugo's configuration. Nothing of it comes from the site but its name and address. now is
// the clock, for templates of the site's own: the program's do not look at it.
func configuration(c *redact.Cleared, now string) []byte {
	cfg, edition := c.Config(), c.Edition()
	banner := func(say *words.Words) string {
		switch name := map[string]any{"name": edition.Name}; {
		case edition.Clearance > level.Public:
			return say.T("banner_restricted", name)
		case !edition.Public():
			return say.T("banner_public", name)
		}
		return ""
	}
	editionIn := func(say *words.Words) map[string]any {
		text := banner(say)
		return map[string]any{"name": edition.Name, "clearance": edition.Clearance.String(), "banner": text != "", "banner_text": text, "noindex": !edition.Public()}
	}
	primary := cfg.PrimaryLanguage()
	langs := map[string]any{}
	for i, lang := range languages(c) {
		locale, direction := locale(c, lang), "ltr"
		if present.RightToLeft(locale) {
			direction = "rtl"
		}
		say := c.Repo().Say(lang)
		langs[lang] = map[string]any{"locale": locale, "label": languageName(c, lang), "weight": i + 1, "direction": direction,
			"params": map[string]any{"marker": say.MarkerBegin(), "comma": say.T("list_comma"), "edition": editionIn(say)}}
	}
	contact := map[string]any{"email": cfg.Contact.Email, "phone": cfg.Contact.Phone, "alternative_formats": cfg.Contact.AlternativeFormats}
	hugo := map[string]any{
		"baseURL":                edition.BaseURL,
		"title":                  cfg.Title,
		"locale":                 cfg.Language,
		"defaultContentLanguage": primary, "defaultContentLanguageInSubdir": false, "disableDefaultLanguageRedirect": true,
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
		"markup": map[string]any{
			"goldmark":  map[string]any{"renderer": map[string]any{"unsafe": false}},
			"highlight": map[string]any{"noClasses": false}, // a listing's colours in style attributes are what the site's own policy blocks
		},
		"build":       map[string]any{"writeStats": false, "noJSConfigInAssets": true},
		"publishDir":  "public",
		"resourceDir": "resources",
		"security": map[string]any{
			"allowContent":           []string{".*"}, // bodies that we made into HTML
			"enableInlineShortcodes": false,
			"exec":                   map[string]any{"allow": []string{"none"}, "osEnv": []string{"none"}},
			"funcs":                  map[string]any{"getenv": []string{"none"}},
			"http":                   map[string]any{"methods": []string{"none"}, "urls": []string{"none"}},
		},
		"params": map[string]any{
			"organisation": cfg.Organisation, "area": cfg.Area, "nation": cfg.Nation, "contact": contact,
			"edition": editionIn(c.Repo().Say("")), "unreviewed": unreviewed(c),
			"colours": c.Repo().Colours().Colours,
			"logo":    logo(c),
			"policy":  hosting.MetaPolicy, "referrer": hosting.Referrer,
			"search": cfg.Search.Engine,
			"now":    now,
			"kinds":  content.KindNames(),
		},
	}
	data, err := json.Marshal(hugo)
	if err != nil {
		panic("the renderer's configuration does not encode") // texts, numbers and booleans of ours
	}
	return data
}
