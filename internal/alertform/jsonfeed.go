package alertform

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strings"

	"candour/internal/output"
	"candour/internal/prose"
)

// The parts of JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) that the feed has. Its only extension, _candour, says
// whether an alert applies, for programs that show alerts elsewhere.
type jsonFeed struct {
	Version     string     `json:"version"`
	Title       string     `json:"title"`
	HomePageURL string     `json:"home_page_url"`
	FeedURL     string     `json:"feed_url"`
	Description string     `json:"description"`
	Language    string     `json:"language"`
	Authors     []author   `json:"authors"`
	Items       []feedItem `json:"items"`
}

type author struct {
	Name string `json:"name"`
	URL  string `json:"url"`
}

type feedItem struct {
	ID            string    `json:"id"`
	URL           string    `json:"url"`
	Title         string    `json:"title"`
	ContentText   string    `json:"content_text"`
	Summary       string    `json:"summary,omitempty"`
	DatePublished string    `json:"date_published,omitempty"`
	DateModified  string    `json:"date_modified,omitempty"`
	Tags          []string  `json:"tags,omitempty"`
	Language      string    `json:"language"`
	Extension     extension `json:"_candour"`
}

type extension struct {
	About    string `json:"about"`
	State    string `json:"state"`
	Evidence string `json:"evidence,omitempty"`
	Expires  string `json:"expires,omitempty"`
}

// mostItems is as many as the Atom feed has.
const mostItems = 100

// jsonFeed is the feed of a language, last changed first; ok is false where the language has no list of alerts.
func (f *Forms) jsonFeed(lang string, docs map[*alert]*prose.Document, finished *output.Site) (output.File, bool) {
	dir := "alerts/"
	if lang != "" {
		dir = lang + "/" + dir
	}
	if finished.Find(dir+"index.html") == nil {
		return output.File{}, false
	}
	var alerts []*alert
	for _, a := range f.alerts {
		if a.page.Lang == lang && docs[a] != nil {
			alerts = append(alerts, a)
		}
	}
	slices.SortStableFunc(alerts, func(x, y *alert) int {
		return cmp.Or(y.changed.Compare(x.changed), cmp.Compare(x.page.Address, y.page.Address))
	})
	locale := cmp.Or(lang, f.cfg.Language)
	feed := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.say(locale, "feed_title", "organisation", f.cfg.Organisation),
		HomePageURL: f.absolute("/" + dir), FeedURL: f.absolute("/" + dir + "feed.json"), Description: f.say(locale, "feed_description"), Language: locale,
		Authors: []author{{f.cfg.Organisation, f.base}}, Items: []feedItem{}}
	for _, a := range alerts[:min(len(alerts), mostItems)] {
		item := feedItem{ID: f.id(a.page.Address), URL: a.url, Title: f.headline(a), Language: a.lang, Tags: a.tags, Summary: join(f.standing(a), a.summary),
			DatePublished: moments(first(a.issued, a.changed)), DateModified: moments(a.changed),
			Extension: extension{About: f.base, State: a.state, Evidence: f.known(a.page, a.evidence), Expires: moments(a.expires)}}
		item.ContentText = strings.Join(slices.DeleteFunc([]string{f.warning(a), item.Summary, f.text(a, docs[a])}, func(s string) bool { return s == "" }), "\n\n")
		feed.Items = append(feed.Items, item)
	}
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", " ")
	if err := enc.Encode(feed); err != nil {
		panic("the feed does not encode") // texts alone
	}
	return output.File{Path: dir + "feed.json", Data: out.Bytes()}, true
}

// text is the alert's own text while it applies; afterwards what has changed, and where to look.
func (f *Forms) text(a *alert, doc *prose.Document) string {
	if a.applies() {
		return prose.Linked(doc.Blocks, f.resolve(a))
	}
	return join(f.over(a), a.note)
}
