package render

import (
	"io/fs"
	"regexp"
	"strings"
	"testing"

	"candour/themes"
)

// around are the ways in which a template looks at other pages.
var around = regexp.MustCompile(`\b(GetPage|GetTerms|RegularPages|RegularPagesRecursive|Pages|AllPages|Sections|Prev|Next|PrevInSection|NextInSection|Related|Parent|Ancestors|CurrentSection|FirstSection|Translations|AllTranslations|Sites|Menus|Taxonomies|Lastmod)\b`)

// covered are the looks at other pages in the templates of kinds in alone, each with what covers it.
var covered = map[string]string{
	"{{- range .Translations }}": "the key: what a page's translations show of themselves",
	`{{ if not .IsHome }}{{ partialCached "breadcrumb.html" . $lang (cond .IsPage .CurrentSection.Path .Path) .IsPage }}{{ end }}`: "the frame: sections",
	`{{- if eq .CurrentSection .FirstSection -}}{{ $t = or (T (print "section_" .Section)) $t }}`:                                  "the frame: sections",
	`{{- range .Ancestors.Reverse }}`: "the frame: sections",
	`{{- range slice "narrative" "alert-templates" }}{{ with site.GetPage (print "/" .) }}`:                                                                   "the frame: sections and kinds",
	`{{- with site.GetPage (print "/" .) }}`:                                                                                                                  "the frame: sections and kinds",
	`{{- with site.GetPage "/alerts" }}{{ with .OutputFormats.Get "feed" }}`:                                                                                  "the frame: the section of alerts is always there",
	`{{- with or (site.GetPage "/accessibility") (hugo.Sites.Default.GetPage "/accessibility") }}`:                                                            "always there",
	`{{- with or (site.GetPage "/withheld") (hugo.Sites.Default.GetPage "/withheld") }}`:                                                                      "always there",
	`{{- with site.GetPage "/tags" }}{{ if .Pages }}`:                                                                                                         "the frame: whether there are tags",
	`<p class="tags">{{ T "tags" }}: {{ range $i, $t := .GetTerms "tags" }}{{ if $i }}, {{ end }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</p>`: "the page's own tags",
	`{{- with site.GetPage "/search" }}`:                                                                                                                      "always there",
	`{{- with site.GetPage "/glossary" }}`:                                                                                                                    "the frame: the vocabularies",
	"{{- with hugo.Sites.Default }}{{ if ne .Language.Lang site.Language.Lang }}{{ $own = printf ` lang=\"%s\" dir=\"%s\"` .Language.Locale (or .Language.Direction \"ltr\") }}{{ end }}{{ end -}}": "the frame: its languages",
	`{{- with .Translations }}`:                           "the key: what a page's translations show of themselves",
	`{{- if .IsTranslated }}{{ range .AllTranslations }}`: "the key: what a page's translations show of themselves",
	`{{- if or .IsTranslated (ne $lang hugo.Sites.Default.Language.Lang) }}{{ with resources.Get "css/languages.css" | minify | fingerprint }}`: "the key: what a page's translations show of themselves",
}

var called = regexp.MustCompile(`partial(?:Cached)? "([^"]+)"`)

// A page of a kind in alone is used again as long as its key holds, so its templates may look at nothing that the key does
// not cover. Whoever lets one look at another page either sees to it that settleKeys covers what it shows and says so in
// covered, or takes the kind out of alone.
func TestTemplatesOfLonePagesLookAtNothingElse(t *testing.T) {
	theme, err := fs.Sub(themes.FS, "candour/layouts")
	if err != nil {
		t.Fatal(err)
	}
	queue := []string{"baseof.html", "page.html"}
	for kind := range alone {
		queue = append(queue, string(kind)+"/page.html")
	}
	for _, dir := range []string{"_markup", "_shortcodes"} {
		entries, err := fs.ReadDir(theme, dir)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range entries {
			queue = append(queue, dir+"/"+e.Name())
		}
	}
	seen := map[string]bool{}
	for len(queue) > 0 {
		name := queue[0]
		queue = queue[1:]
		if seen[name] {
			continue
		}
		seen[name] = true
		data, err := fs.ReadFile(theme, name)
		if err != nil {
			t.Errorf("%s cannot be read", name)
			continue
		}
		text := templateComment.ReplaceAllString(string(data), "")
		for line := range strings.Lines(text) {
			line = strings.TrimSpace(line)
			if around.MatchString(line) && covered[line] == "" {
				t.Errorf("%s: a page that stands alone looks at other pages:\n\t%s", name, line)
			}
		}
		for _, m := range called.FindAllStringSubmatch(text, -1) {
			queue = append(queue, "_partials/"+m[1])
		}
	}
	if !seen["_partials/header.html"] {
		t.Error("the templates were not followed")
	}
}
