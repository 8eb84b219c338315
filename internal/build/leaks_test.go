package build_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/leak"
	"candour/internal/ledger"
	"candour/internal/output"
	"candour/internal/sitetest"
)

// What the channels must not carry: words that stand nowhere else.
const (
	person = "Zembrickwold Quillfarrow"
	dwell  = "Vexmarrow Trindlehope"
	told   = "Ostrafane marlowick drevening pelgrundy baskerwyn twelvish harrowgrim fennelock quistrell"
)

var secrets = []string{person, dwell, told}

// channel is one way out of LEAKS.md. The same repository is built twice: for the internal edition, which takes the wall
// down and must show that the channel carries the value, and for the public one, which must not have it in any byte.
type channel struct {
	row   string // of LEAKS.md
	name  string
	files string // txtar
	// carrier is the file of the internal edition, or the end of its path, that has the value. A channel that is shut in
	// every edition has "", and open then makes a repository in which it is not.
	carrier string
	open    func(fstest.MapFS)
	shows   string // a file that the public site must have all the same
	// stopped says that the public site cannot be published at all, and by which rule.
	stopped string
	prepare func(t *testing.T, files fstest.MapFS)
}

// plan is a plan with everything that is withheld by default, and a body.
func plan(front, body string) string {
	return "-- content/plans/winter.md --\n+++\ntitle = \"Winter plan\"\nsummary = \"How we prepare.\"\ndate = 2026-09-14\n" +
		"partnership = \"Testford Combating Drugs Partnership\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\"]\n" +
		front + "\n[[lead]]\nelement = \"general\"\nrole = \"Director of Public Health\"\nname = \"" + person + "\"\n" +
		"\n[[stock]]\nitem = \"Nasal naloxone\"\nlocation = \"" + dwell + "\"\nquantity = 90\n" +
		"\n[extra]\nnote = \"" + told + "\"\n+++\n" + body + "\n"
}

var titles = map[string]string{"pages/about.md": "About the partnership", "pages/about/index.md": "About the partnership", "pages/_index.md": "Pages",
	"pages/more.md": "More about the partnership", "pages/secret.md": "Rota of the night shift", "pages/about.cy.md": "Rota of the night shift",
	"pages/vexmarrow-trindlehope.md": "Rota of the day shift", "pages/vexmarrow-trindlehope.cy.md": "Rota of the day shift"}

// page is an ordinary page at content/NAME.
func page(name, front, body string) string {
	return "-- content/" + name + " --\n+++\ntitle = \"" + titles[name] + "\"\nsummary = \"What it says.\"\ndate = 2026-09-14\n" + front + "\n+++\n" + body + "\n"
}

// layout is a layout that prints something in the main part of the site's pages.
func layout(name, print string) string {
	return "-- layouts/" + name + " --\n{{ define \"main\" }}<h1>{{ .Title }}</h1>\n" + print + "\n{{ end }}\n"
}

const held = "[[withhold]]\npassage = \"p\"\nreason = \"confidential\"\n"

// marked is a passage that held withholds.
func marked(text string) string { return `{{< passage "p" >}}` + text + `{{< /passage >}}` }

// alert is an alert that may be published.
func alert(front, body string) string {
	return "-- content/alert-templates/strong.md --\n+++\ntitle = \"Strong drugs\"\nsummary = \"A template.\"\ndate = 2026-09-14\naudience = [\"public\"]\n[[placeholder]]\nkey = \"area\"\nlabel = \"Area\"\nhint = \"No smaller than a district\"\nrequired = true\n+++\nTake care.\n" +
		"-- content/alerts/first.md --\n+++\ntitle = \"Strong drugs in Testford\"\ndate = 2026-11-19\ntemplate = \"strong\"\nstatus = \"issued\"\narea = \"Testford\"\nevidence = \"suspected\"\n" +
		"issued = 2026-11-19T17:00:00Z\nexpires = 2026-12-03T18:00:00Z\npanel_met = 2026-11-19T16:00:00Z\n" + front + "\n+++\n" + body + "\n"
}

var channels = []channel{
	// Inside Hugo.
	{row: "unknown front-matter keys and cascades", name: "jsonify", carrier: "plans/winter/index.html",
		files: plan("", "Text.") + layout("plans/page.html", `<pre>{{ jsonify .Params }}</pre>`)},
	{row: "unknown front-matter keys and cascades", name: "Go's own notation", carrier: "plans/winter/index.html",
		files: plan("", "Text.") + layout("plans/page.html", `<pre>{{ printf "%#v %v" .Params .File }}</pre>`)},
	{row: "unknown front-matter keys and cascades", name: "debug.Dump", carrier: "plans/winter/index.html",
		files: plan("", "Text.") + layout("plans/page.html", `<pre>{{ debug.Dump .Params }}</pre>`)},
	{row: "unknown front-matter keys and cascades", name: "from another page", carrier: "pages/about/index.html",
		files: plan("", "Text.") + page("pages/about.md", "", "Text.") +
			layout("pages/page.html", `{{ range site.AllPages }}<pre>{{ jsonify .Params }}{{ with .Param "lead" }}{{ . }}{{ end }}</pre>{{ end }}`)},
	{row: "unknown front-matter keys and cascades", name: "a shortcode of the site", carrier: "plans/winter/index.html",
		files: plan("", "{{< show >}}\n") + "-- layouts/_shortcodes/show.html --\n<pre>{{ jsonify .Page.Params }}</pre>\n"},
	{row: "unknown front-matter keys and cascades", name: "the param shortcode", stopped: "unknown-shortcode",
		files: plan("", `{{< param "lead" >}}`)},
	{row: "unknown front-matter keys and cascades", name: "cascade", stopped: "unknown-key",
		files: page("pages/_index.md", "[cascade]\ncaption = \""+dwell+"\"", "Text.")},
	{row: "raw source", name: "RawContent", carrier: "plans/winter/index.html",
		files: plan(held, "Before "+marked(told)+" behind.") + layout("plans/page.html", `<pre>{{ .RawContent }}</pre>`)},
	{row: "raw source", name: "a section in RawContent", carrier: "plans/winter/index.html",
		files: plan("[[withhold]]\nsection = \"stores\"\nreason = \"confidential\"\n", "## First\n\nText.\n\n## Stores\n\n"+told+"\n\n## Last\n\nText.") + layout("plans/page.html", `<pre>{{ .RawContent }}</pre>`)},
	{row: "raw source", name: "a comment", stopped: "raw-html", files: plan("", "Text.\n\n<!-- "+told+" -->")},
	{row: "raw source", name: "a footnote that only withheld text uses", carrier: "plans/winter/index.html",
		files: plan(held, "Before "+marked("some words[^n]")+" behind.\n\n[^n]: "+told) + layout("plans/page.html", `<pre>{{ .RawContent }}</pre>`)},
	{row: "raw source", name: "a footnote's footnote", carrier: "plans/winter/index.html",
		files: plan(held, "Before "+marked("some words[^n]")+" behind.\n\n[^n]: More[^m].\n\n[^m]: "+told) + layout("plans/page.html", `<pre>{{ .RawContent }}</pre>`)},
	{row: "summaries", name: "a withheld summary in the feed", carrier: "alerts/feed.atom",
		files: alert("summary = \""+told+"\"\n[[withhold]]\nfield = \"summary\"\nreason = \"confidential\"", "Take care.")},
	{row: "summaries", name: "a passage at the head of the body in a feed of the site's", carrier: "alerts/feed.atom",
		files: alert("summary = \"Take care.\"\n"+held, marked(told)+" behind.") +
			"-- layouts/alerts/section.feed.atom --\n<feed xmlns=\"http://www.w3.org/2005/Atom\">{{ range .Pages }}<entry><summary>{{ .Summary }} {{ .Content | plainify }} {{ .Plain }}</summary></entry>{{ end }}</feed>\n"},
	{row: "summaries", name: "Open Graph and schema.org", carrier: "plans/winter/index.html",
		files: plan("", "Text "+`{{< field "lead.0.name" >}}`+".") +
			layout("plans/page.html", `<meta property="og:description" content="{{ .Summary }}"><script type="application/ld+json">{{ dict "description" .Plain "text" .Description | jsonify | safeJS }}</script>`)},
	{row: "search and JSON indexes", name: "an index made by a layout", carrier: "index.json",
		files: plan(held, "Before "+marked(told)+" behind.") + page("pages/about.md", "", "Text.") +
			layout("pages/page.html", `{{ $all := slice }}{{ range site.RegularPages }}{{ $all = $all | append (dict "plain" .Plain "words" .PlainWords "params" .Params "raw" .RawContent) }}{{ end }}{{ with jsonify $all | resources.FromString "index.json" }}<p><a href="{{ .RelPermalink }}">the index of it all</a></p>{{ end }}`)},
	{row: "table of contents", name: "a heading", carrier: "plans/winter/index.html",
		files: plan("[[withhold]]\nsection = \"stores\"\nreason = \"confidential\"\n", "## First\n\nText.\n\n## "+told+" {#stores}\n\nText.\n\n## Last\n\nText.") +
			layout("plans/page.html", `<pre>{{ string .TableOfContents }}{{ string (.Fragments.ToHTML 1 6 true) }}{{ jsonify .Fragments.Identifiers }}{{ jsonify .Params.view }}</pre>`)},
	{row: "table of contents", name: "a heading's id", carrier: "plans/winter/index.html",
		files: plan(held, "## Stores at "+marked(dwell)+" and elsewhere\n\nText.\n\n## Of {{< field \"lead.0.name\" >}}\n\nText.") +
			layout("plans/page.html", `{{ .TableOfContents }}{{ .Content }}{{ jsonify .Fragments.Identifiers }}{{ jsonify .Params.view }}`)},
	{row: "a raw-HTML wrapper", name: "around Markdown", stopped: "raw-html", files: plan("", "<div hidden>\n\n"+told+"\n\n</div>")},
	{row: "a raw-HTML wrapper", name: "an unclosed comment", stopped: "raw-html", files: plan("", "Text.\n\n<!-- "+told)},
	{row: "special comments", name: "in a layout", stopped: "leak",
		files: plan("", "Text.") + layout("plans/page.html", "<!--! "+person+" -->")},
	{row: "special comments", name: "that a layout makes", carrier: "plans/winter/index.html",
		files: plan("", "Text.") + layout("plans/page.html", `{{ printf "<!--! %s --><!--[if IE]>%s<![endif]--><style>/*! %s */p{margin:0}</style>" (jsonify .Params) (jsonify .Params) (jsonify .Params) | safeHTML }}`)},
	{row: "link reference URLs", name: "a definition that only withheld text uses", carrier: "plans/winter/index.html",
		files: plan(held, "Before "+marked("see [there][d]")+" behind.\n\n[d]: https://vexmarrow.example/trindlehope \""+dwell+"\"") + layout("plans/page.html", `<pre>{{ .RawContent }}</pre>{{ .Content }}{{ jsonify .Params.view }}`)},
	{row: "link reference URLs", name: "the links of a footnote that only withheld text uses", carrier: "plans/winter/index.html",
		files: plan(held, "Before "+marked("some words[^n]")+" behind.\n\n[^n]: See [there](/pages/about/?q=vexmarrow).") + page("pages/about.md", "", "Text.") + layout("plans/page.html", `{{ .Content }}{{ jsonify .Params.view }}`)},
	{row: "link reference URLs", name: "alternative text and captions", carrier: "plans/winter/index.html",
		files:   bundled(plan(held, "Before.\n\n"+marked("![The door of "+dwell+"](door.png \""+told+"\")")+"\n\nBehind.")),
		prepare: withPicture("content/plans/winter/door.png")},
	{row: "link reference URLs", name: "a figure's caption", carrier: "plans/winter/index.html",
		files:   bundled(plan("[[withhold]]\nsection = \"s\"\nreason = \"confidential\"\n", "Before.\n\n## Stores {#s}\n\n{{< figure src=\"door.png\" alt=\"The door of "+dwell+"\" caption=\""+told+"\" >}}\n")),
		prepare: withPicture("content/plans/winter/door.png")},
	{row: "bundle files", name: "nobody refers to it", files: bundled(plan("", "Text.")), prepare: withText("content/plans/winter/notes.csv", dwell),
		open: attach("notes.csv")},
	{row: "bundle files", name: "withheld text refers to it", carrier: "plans/winter/notes.csv",
		files: bundled(plan(held, "Before "+marked("[notes](notes.csv)")+" behind.")), prepare: withText("content/plans/winter/notes.csv", dwell)},
	{row: "bundle files", name: "a footnote of withheld text refers to it", carrier: "plans/winter/notes.csv",
		files: bundled(plan(held, "Before "+marked("some words[^n]")+" behind.\n\n[^n]: See [notes](notes.csv).")), prepare: withText("content/plans/winter/notes.csv", dwell)},
	{row: "bundle files", name: "a withheld file, linked and attached", carrier: "plans/winter/vexmarrow-trindlehope.csv",
		files: bundled(plan("attachments = [\"vexmarrow-trindlehope.csv\"]\n[[withhold]]\nfile = \"vexmarrow-trindlehope.csv\"\nreason = \"confidential\"\n", "See [the list](vexmarrow-trindlehope.csv) and [again][d].\n\n## A heading with [a list](vexmarrow-trindlehope.csv)\n\nText.\n\n[d]: vexmarrow-trindlehope.csv \""+dwell+"\"")) +
			layout("plans/page.html", `{{ .Content }}<pre>{{ .RawContent }} {{ jsonify .Params }}</pre>{{ range .Resources }}{{ .Name }}{{ .RelPermalink }}{{ end }}`),
		prepare: withText("content/plans/winter/vexmarrow-trindlehope.csv", told)},
	{row: "bundle files", name: "of a page that is not rendered", carrier: "plans/winter/notes.csv",
		files:   bundled(plan("level = \"restricted\"\nattachments = [\"notes.csv\"]", "Text.")) + page("pages/about.md", "", "Text."),
		prepare: withText("content/plans/winter/notes.csv", dwell)},
	{row: "static/", name: "a dot file", files: page("pages/about.md", "", "Text."), prepare: withText("static/.notes.txt", dwell), open: rename("static/.notes.txt", "static/notes.txt")},
	{row: "static/", name: "an editor's backup", files: page("pages/about.md", "", "Text."), prepare: withText("static/notes.txt~", dwell), open: rename("static/notes.txt~", "static/notes.txt")},
	{row: "static/", name: "a copy of what is withheld", stopped: "leak", files: plan("", "Text."), prepare: withText("static/notes.txt", "Ask "+person+".")},
	{row: "EXIF", name: "a photograph's comment", files: bundled(plan("attachments = [\"door.png\"]", "Text.")), prepare: withDescribedPicture("content/plans/winter/door.png", told), shows: "plans/winter/door.png"},
	{row: "slugs", name: "the address of a withheld page", carrier: "pages/vexmarrow-trindlehope/index.html",
		files: page("pages/vexmarrow-trindlehope.md", "level = \"restricted\"", "Text.") + page("pages/about.md", "", "Text.")},
	{row: "slugs", name: "slug", stopped: "unknown-key", files: page("pages/about.md", "slug = \""+dwell+"\"", "Text.")},
	{row: "slugs", name: "aliases", stopped: "unknown-key", files: page("pages/about.md", "aliases = [\""+dwell+"\"]", "Text.")},
	{row: "term pages", name: "a withheld tag", carrier: "tags/vexmarrow-trindlehope/index.html",
		files: page("pages/about.md", "tags = [\"naloxone\", \""+dwell+"\"]\n[[withhold]]\nfield = \"tags.1\"\nreason = \"confidential\"", "Text.")},
	{row: "term pages", name: "all tags", carrier: "tags/vexmarrow-trindlehope/index.html",
		files: page("pages/about.md", "tags = [\""+dwell+"\"]\n[[withhold]]\nfield = \"tags\"\nreason = \"confidential\"", "Text.") + page("pages/more.md", "tags = [\"naloxone\"]", "Text.")},
	{row: "term pages", name: "the tag of a withheld page", carrier: "tags/vexmarrow-trindlehope/index.html",
		files: page("pages/secret.md", "level = \"partners\"\ntags = [\""+dwell+"\"]", "Text.") + page("pages/more.md", "tags = [\"naloxone\"]", "Text.")},
	{row: "term pages", name: "related pages", carrier: "pages/about/index.html",
		files: page("pages/about.md", "tags = [\"naloxone\"]", "Text.") + page("pages/secret.md", "level = \"restricted\"\ntags = [\"naloxone\"]\n[extra]\nnote = \""+dwell+"\"", "Text.") +
			layout("pages/page.html", `{{ range site.RegularPages.Related . }}<p>{{ jsonify .Params }}{{ .RawContent }}{{ .RelPermalink }}</p>{{ end }}`)},
	{row: "menus", name: "menus", stopped: "unknown-key", files: page("pages/about.md", "menus = \""+dwell+"\"", "Text.")},
	{row: "menus", name: "site.GetPage", carrier: "pages/about/index.html",
		files: page("pages/about.md", "", "Text.") + page("pages/secret.md", "level = \"restricted\"", told) +
			layout("pages/page.html", `{{ with site.GetPage "/pages/secret" }}<p>{{ .Title }} {{ .RawContent }} {{ .RelPermalink }}</p>{{ end }}`)},
	{row: "menus", name: "ref to a withheld page", stopped: "link-to-withheld-page",
		files: page("pages/about.md", "", `See [there]({{< ref "/pages/secret" >}}).`) + page("pages/secret.md", "level = \"restricted\"", told)},
	{row: "menus", name: "REF_NOT_FOUND", stopped: "broken-link",
		files: page("pages/about.md", "", `See [there]({{< relref "/pages/`+`nowhere`+`" >}}).`) + page("pages/vexmarrow-trindlehope.md", "level = \"restricted\"", told)},
	{row: "a suppressed shortcode", name: "what is inside it", carrier: "plans/winter/index.html",
		files: plan(held, "{{< hush >}}\nBefore "+marked(told)+" behind.\n{{< /hush >}}") + "-- layouts/_shortcodes/hush.html --\n{{ with .Inner }}<pre>{{ . }}</pre>{{ end }}{{ .Page.RawContent }}\n"},
	{row: "partialCached", name: "between editions", carrier: "plans/winter/index.html",
		files: plan("", "Text.") + layout("plans/page.html", `{{ partialCached "c.html" . }}`) + "-- layouts/_partials/c.html --\n<pre>{{ jsonify .Params }}</pre>\n"},
	{row: "absolute paths", name: "File and hugo", carrier: "",
		files: plan("", "Text.") + layout("plans/page.html", `<pre>{{ printf "%#v" .File }} {{ .File.Filename }} {{ hugo.WorkingDir }} {{ hugo.Environment }} {{ jsonify .Params.extra }}</pre>`)},
	{row: "readFile", name: "over the sources", carrier: "pages/about/index.html",
		files: plan("", "Text.") + page("pages/about.md", "", "Text.") +
			layout("pages/page.html", `{{ range slice "content/plans/winter.md" "content/plans/winter/index.md" "candour.toml" }}{{ if fileExists . }}<pre>{{ readFile . }}</pre>{{ end }}{{ end }}{{ range readDir "content/plans" }}{{ .Name }}{{ end }}`)},
	{row: "site params", name: "vocabularies and figures", carrier: "",
		files: page("pages/about.md", "", "Text.") + "-- data/figures.csv --\nplace,count\n" + dwell + ",3\n" +
			layout("pages/page.html", `<pre>{{ jsonify hugo.Data }} {{ jsonify site.Params }}</pre>`),
		open: func(f fstest.MapFS) {
			f["data/figures.toml"] = &fstest.MapFile{Data: []byte("[a]\nlabel = \"" + dwell + "\"\n")}
		}},
	{row: "site params", name: "a content adapter", stopped: "misplaced-file",
		files: page("pages/about.md", "", "Text.") + "-- content/pages/_content.gotmpl --\n{{ .AddPage (dict \"path\" \"x\" \"title\" \"" + dwell + "\") }}\n"},
	{row: "site params", name: "a content adapter in a page's folder", carrier: "",
		files: page("pages/about/index.md", "", "Text.") + "-- content/pages/about/_content.gotmpl --\n{{ .AddPage (dict \"path\" \"x\" \"title\" \"" + dwell + "\") }}\n",
		open:  rename("content/pages/about/_content.gotmpl", "static/notes.txt")},
	{row: "site params", name: "a withheld value in a vocabulary", stopped: "leak",
		files: plan("", "Text.") + "-- data/figures.toml --\n[a]\nlabel = \"" + dwell + "\"\n" + layout("plans/page.html", `<pre>{{ jsonify hugo.Data.figures }}</pre>`)},
	{row: "site params", name: "a withheld value in the interface's words", stopped: "leak",
		files: plan("", "Text.") + "-- themes/own/i18n/en.toml --\n[a]\nother = \"" + dwell + "\"\n-- themes/own/layouts/plans/page.html --\n{{ define \"main\" }}<h1>{{ .Title }}</h1>{{ T \"a\" }}{{ end }}\n-- candour.toml --\ntheme = \"own\"\n" + sitetest.Config},
	{row: "one language's page showing another", name: "translations", carrier: "pages/about/index.html",
		files: page("pages/about.md", "", "Text.") + page("pages/about.cy.md", "level = \"restricted\"\n[extra]\nnote = \""+dwell+"\"", told) +
			layout("pages/page.html", `{{ range .AllTranslations }}<pre>{{ jsonify .Params }}{{ .RawContent }}</pre>{{ end }}`)},
	{row: "one language's page showing another", name: "flags of the source", carrier: "cy/plans/winter/index.html",
		files: plan(held, "Before "+marked("some words")+" behind.") + strings.Replace(strings.Replace(plan("", "Before "+marked(told)+" behind."), "winter.md", "winter.cy.md", 1), "Winter plan", "Cynllun gaeaf", 1) +
			layout("plans/page.html", `{{ range .AllTranslations }}<pre>{{ jsonify .Params }}{{ .RawContent }}</pre>{{ end }}`)},
	{row: "one language's page showing another", name: "hreflang in the sitemap", carrier: "sitemap.xml",
		files: page("pages/vexmarrow-trindlehope.md", "level = \"restricted\"", "Text.") + page("pages/vexmarrow-trindlehope.cy.md", "", "Text.") + page("pages/about.md", "", "Text.")},
	{row: "JavaScript params", name: "js.Build", stopped: "bad-layout",
		files: plan("", "Text.") + layout("plans/page.html", `{{ with resources.FromString "a.js" "import * as p from '@params'; document.title = JSON.stringify(p);" | js.Build (dict "params" .Params "defines" (dict "A" (jsonify (jsonify .Params)))) }}<p class="a">{{ .Content }}</p>{{ with resources.FromString "b.js" .Content }}{{ .RelPermalink }}{{ end }}{{ end }}`)},
	{row: "JavaScript params", name: "a source map", stopped: "bad-layout",
		files: plan("", "Text.") + layout("plans/page.html", `{{ with resources.FromString "a.js" "document.title = 1;" | js.Build (dict "sourceMap" "linked") }}{{ .RelPermalink }}{{ end }}`)},

	// Outside Hugo.
	{row: "Anything encoded", name: "base64, hexadecimal and percent by a template", carrier: "plans/winter/index.html",
		files: plan("", "Text.") + layout("plans/page.html", `<p>{{ jsonify .Params | base64Encode }} {{ jsonify .Params | querify "q" }} {{ printf "%+q" (jsonify .Params) }}</p>`)},
	{row: "History", name: "a change note", carrier: "plans/winter/index.html",
		files: plan("[[change]]\ndate = 2026-11-02\nnote = \""+told+"\"\n[[withhold]]\nfield = \"change.*.note\"\nreason = \"confidential\"", "Text.")},
	{row: "History", name: "who signed", carrier: "plans/winter/index.html",
		files: plan("[[signoff]]\nrole = \"public-health\"\ndate = 2026-11-02T16:10:00Z\ndigest = \"sha256:0\"\nname = \""+dwell+"\"\nhow = \""+told+"\"\n", "Signed by {{< field \"signoff.0.name\" >}}.") + layout("plans/page.html", `{{ .Content }}<pre>{{ jsonify .Params }}</pre>`)},
	{row: "Our own words", name: "an error of a template's own", stopped: "bad-layout",
		files: plan("", "Text "+`{{< field "lead.0.name" >}}`+".") + layout("plans/page.html", `{{ errorf "%s %s %s" (jsonify .Params) .RawContent .Plain }}`)},
	{row: "Our own words", name: "a template that fails", stopped: "bad-layout",
		files: plan(held, "Before "+marked(told)+" behind.") + layout("plans/page.html", `{{ index .Params.lead .RawContent }}{{ add .Params.lead .Plain }}`)},
	{row: "Our own words", name: "an error that quotes the interface's words", stopped: "leak",
		files: plan("", "Text.") + "-- themes/own/assets/a.txt --\n" + dwell + "\n-- themes/own/layouts/plans/page.html --\n{{ define \"main\" }}{{ errorf \"%s\" (resources.Get \"a.txt\").Content }}{{ end }}\n-- candour.toml --\ntheme = \"own\"\n" + sitetest.Config},
	{row: "Our own words", name: "broken front matter", stopped: "bad-toml",
		files: "-- content/pages/about.md --\n+++\ntitle = \"" + dwell + "\nsummary = \"" + told + "\"\n+++\nText.\n"},
	{row: "Our own words", name: "a value of the wrong type", stopped: "bad-value",
		files: page("pages/about.md", "reading_age_target = \""+dwell+"\"\nreview_by = \""+told+"\"\nlevel = \""+person+"\"", "Text.")},
	{row: "Our own words", name: "a section flagged by a misspelt id", stopped: "withhold-matches-nothing",
		files: plan("[[withhold]]\nsection = \"ostrafane-marlowick-drevening-pelgrundy-baskerwyn-twelvish-harrowgrim-fennelock-quistrel\"\nreason = \"confidential\"\n", "## "+told+"\n\nText.")},
	{row: "Our own words", name: "a gap with words for a name", stopped: "bad-placeholder",
		files: alert("summary = \"Take care.\"", `Take care in {{< placeholder "`+dwell+`" >}}.`)},
	{row: "Our own words", name: "a section flagged by a wrong id", stopped: "withhold-matches-nothing",
		files: plan("[[withhold]]\nsection = \"elsewhere\"\nreason = \"confidential\"\n", "## "+told+"\n\nText.")},
}

// bundled makes the plan a bundle.
func bundled(files string) string {
	return strings.Replace(files, "content/plans/winter.md", "content/plans/winter/index.md", 1)
}

func attach(name string) func(fstest.MapFS) {
	return func(f fstest.MapFS) {
		source := f["content/plans/winter/index.md"]
		f["content/plans/winter/index.md"] = &fstest.MapFile{Data: []byte(strings.Replace(string(source.Data), "covers =", "attachments = [\""+name+"\"]\ncovers =", 1))}
	}
}

func rename(from, to string) func(fstest.MapFS) {
	return func(f fstest.MapFS) { f[to] = f[from]; delete(f, from) }
}

func withText(name, data string) func(*testing.T, fstest.MapFS) {
	return func(_ *testing.T, f fstest.MapFS) { f[name] = &fstest.MapFile{Data: []byte(data + "\n")} }
}

func TestNoChannelCarriesWhatIsWithheld(t *testing.T) {
	for _, c := range channels {
		t.Run(c.row+"/"+c.name, func(t *testing.T) {
			files := sitetest.Files(c.files)
			if c.prepare != nil {
				c.prepare(t, files)
			}
			out := sitetest.Run(t, sitetest.Options(files, "public"))
			clean(t, out)
			switch c.stopped {
			case "":
				if out.Audited != nil && c.shows != "" {
					sitetest.File(t, out, c.shows)
				}
				if out.Audited == nil {
					t.Fatalf("the second wall had to hold, or the site is wrong:\n%s", sitetest.Print(out.Findings))
				}
			default:
				if out.Audited != nil {
					t.Error("the site may be published")
				}
				if !slices.ContainsFunc(out.Findings, func(f diag.Finding) bool { return f.Rule == c.stopped }) {
					t.Errorf("no finding is %s:\n%s", c.stopped, sitetest.Print(out.Findings))
				}
			}
			if c.stopped != "" || c.carrier == "" && c.open == nil {
				return
			}
			// With the wall down the channel carries the value: the test can fail.
			edition := "internal"
			if c.open != nil {
				c.open(files)
				edition = "public"
			}
			down := sitetest.Run(t, sitetest.Options(files, edition))
			if down.Rendered == nil {
				t.Fatalf("with the wall down nothing is rendered:\n%s", sitetest.Print(down.Findings))
			}
			carriers := carriers(down.Rendered.Site())
			if !slices.ContainsFunc(carriers, func(path string) bool { return strings.HasSuffix(path, c.carrier) }) {
				t.Errorf("with the wall down %q does not carry the value, so that this case shows nothing; carriers: %q", c.carrier, carriers)
			}
		})
	}
}

// clean fails the test if any of the secrets is in a byte of the site, or in a finding.
func clean(t *testing.T, out *build.Outcome) {
	t.Helper()
	if out.Rendered != nil {
		if c := carriers(out.Rendered.Site()); c != nil {
			t.Errorf("what is withheld was rendered: %q", c)
		}
	}
	if out.Audited != nil {
		if c := carriers(out.Audited.Site()); c != nil {
			t.Errorf("what is withheld may be published: %q", c)
		}
	}
	report := output.Site{Files: []output.File{{Path: "findings.txt", Data: []byte(sitetest.Print(out.Findings))}}}
	if carriers(report) != nil {
		t.Errorf("a finding carries what is withheld:\n%s", sitetest.Print(out.Findings))
	}
}

var watch = func() *leak.Matcher {
	l := &ledger.Ledger{}
	for _, s := range secrets {
		for _, kind := range []ledger.Kind{ledger.Value, ledger.Prose} {
			l.Entries = append(l.Entries, ledger.Entry{Kind: kind, Secret: ledger.NewSecret(s)})
		}
	}
	return leak.New(l)
}()

// carriers lists the files that hold a secret: as plain bytes, word by word, or in any form that publishing may give it.
func carriers(site output.Site) []string {
	var paths []string
	for _, f := range site.Files {
		all := strings.ToLower(f.Path + "\n" + string(f.Data))
		plain := slices.ContainsFunc(strings.Fields(strings.ToLower(strings.Join(secrets, " "))), func(word string) bool {
			return strings.Contains(all, word)
		})
		if plain || len(watch.File(f.Path, f.Data, nil)) > 0 {
			paths = append(paths, f.Path)
		}
	}
	return paths
}
