package alertform_test

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"candour/internal/build"
	"candour/internal/diag"
	"candour/internal/sitetest"
)

const body = `Take care in Testford.

## What to do now {#what-to-do-now}

1. Call 999 & say where you are.
2. Stay.

## What we know {#what-we-know}

- Where: Testford. See [how](/pages/how/).
`

const how = "-- content/pages/how.md --\n+++\ntitle = \"How\"\nsummary = \"What it says.\"\ndate = 2026-09-14\n+++\nText.\n"

func alertPage(slug, title, keys, text string) string {
	return "-- content/alerts/" + slug + ".md --\n+++\ntitle = \"" + title + "\"\nsummary = \"Summary of " + slug + ".\"\ndate = 2026-11-01\ntemplate = \"x\"\narea = \"Testford\"\npanel_met = 2026-11-01\n" + keys + "\n+++\n" + text
}

const live = "status = \"issued\"\nevidence = \"suspected\"\ngrade = \"Amber\"\nissued = 2026-11-01T09:00:00\nexpires = 2026-11-27T18:00:00\n"

func at(t *testing.T, archive, edition string, now time.Time) *build.Outcome {
	t.Helper()
	opt := sitetest.Options(sitetest.Files(archive+how), edition)
	opt.Load.Now = now
	out := sitetest.Run(t, opt)
	if out.Audited == nil {
		t.Fatal(sitetest.Print(out.Findings))
	}
	return out
}

func capOf(t *testing.T, out *build.Outcome, slug string) *element {
	t.Helper()
	data := sitetest.File(t, out, "alerts/"+slug+"/cap.xml")
	if problems := checkCAP(data); problems != nil {
		t.Errorf("%s: %v\n%s", slug, problems, data)
	}
	e, err := parseXML(data)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestFormsOfALiveAlert(t *testing.T) {
	out := at(t, alertPage("a", "Pills “may” contain <x> & y", live, body), "public", sitetest.Now)
	if page := sitetest.File(t, out, "alerts/a/index.html"); !strings.Contains(page, "(SMS)</a> <span class=muted>(2 parts)</span>") {
		t.Errorf("the page does not say how long the text message is:\n%s", page)
	}
	const link = "https://plan.testford.example/alerts/a/"
	for name, holds := range map[string][]string{
		"sms.txt":    {`Pills "may" contain <x> & y.`, "Suspected: not yet confirmed by analysis.", "call 999", "Stops applying at 6 pm on Friday 27 November 2026.", link},
		"social.txt": {"X (", " of 280 characters)", "Bluesky (", "Mastodon (", "Suspected: not yet confirmed by analysis.", "Stops applying at 6 pm on Friday 27 November 2026.", link},
		"email.html": {"<h1>Pills “may” contain &lt;x&gt; &amp; y</h1>", "Stops applying at 6 pm on Friday 27 November 2026.", "<li>Call 999 &amp; say where you are.</li>", `href="https://plan.testford.example/pages/how/"`, `<meta name="robots" content="noindex">`, `lang="en-GB"`},
		"email.txt":  {"Subject: Drug alert from Testford Council: Pills “may” contain <x> & y\n", "1. Call 999 & say where you are.\n2. Stay.", "how (https://plan.testford.example/pages/how/)", link},
	} {
		data := sitetest.File(t, out, "alerts/a/"+name)
		for _, want := range holds {
			if !strings.Contains(data, want) {
				t.Errorf("%s lacks %q:\n%s", name, want, data)
			}
		}
		if strings.Contains(data, "edition") || strings.Contains(data, "DRAFT") || strings.Contains(name, ".html") && strings.Contains(data, "style") {
			t.Errorf("%s:\n%s", name, data)
		}
	}
	for _, name := range []string{"sms.txt", "social.txt"} { // a summary might repeat a rumour
		if data := sitetest.File(t, out, "alerts/a/"+name); strings.Contains(data, "Summary of") {
			t.Errorf("%s has the summary", name)
		}
	}
	c := capOf(t, out, "a")
	for path, want := range map[string]string{"identifier": "a-20261101T090000Z", "sender": "publichealth@testford.example", "sent": "2026-11-01T09:00:00+00:00", "status": "Actual", "msgType": "Alert", "scope": "Public",
		"references": "", "info/language": "en-GB", "info/category": "Health", "info/urgency": "Immediate", "info/severity": "Moderate", "info/certainty": "Possible", "info/expires": "2026-11-27T18:00:00+00:00",
		"info/headline": "Pills “may” contain <x> & y", "info/instruction": "1. Call 999 & say where you are.\n2. Stay.", "info/web": link, "info/area/areaDesc": "Testford", "info/senderName": "Testford Council"} {
		if got := c.get(path); got != want {
			t.Errorf("%s is %q, want %q", path, got, want)
		}
	}
	if d := c.get("info/description"); strings.Contains(d, "Call 999 & say") || !strings.HasPrefix(d, "Suspected: not yet confirmed by analysis.\n\nSummary of a.\n\nTake care") {
		t.Errorf("description: %q", d)
	}
	page := sitetest.File(t, out, "alerts/a/index.html")
	for _, name := range []string{"sms.txt", "social.txt", "email.html", "email.txt", "cap.xml"} {
		if !strings.Contains(page, "href=/alerts/a/"+name) {
			t.Errorf("the page does not name %s", name)
		}
	}
}

// Where an alert stands decides what every form says first, what kind of message it is in CAP, and whether advice is given.
func TestStates(t *testing.T) {
	with := func(from, to string) string { return strings.Replace(live, from, to, 1) }
	withdrawn := with(`"issued"`, `"withdrawn"`) + "[[change]]\ndate = 2026-11-10T12:00:00\nnote = \"Tests found none.\"\n"
	updated := with(`"issued"`, `"updated"`) + "updated = 2026-11-12T08:30:00\n[[change]]\ndate = 2026-11-12\nnote = \"More.\"\n[[change]]\ndate = 2026-11-11T07:00:00\nnote = \"Some.\"\n[[change]]\ndate = 2026-11-01\nnote = \"First issued.\"\n"
	for _, c := range []struct {
		name, archive string
		now           time.Time
		kind, id      string
		references    []string
		says          string // every text form begins so, behind an edition's warning
		advice        bool
		changed       string
	}{
		{"issued", alertPage("a", "T", live, body), sitetest.Now, "Alert", "a-20261101T090000Z", nil, "Drug alert from Testford Council: T.", true, "2026-11-01T09:00:00+00:00"},
		{"updated", alertPage("a", "T", updated, body), sitetest.Now, "Update", "a-20261112T000000Z", []string{"a-20261101T090000Z", "a-20261111T070000Z"}, "Drug alert from Testford Council: T.", true, "2026-11-12T08:30:00+00:00"},
		{"withdrawn", alertPage("a", "T", withdrawn, body), sitetest.Now, "Cancel", "a-20261110T120000Z", []string{"a-20261101T090000Z"}, "Withdrawn: T. This alert has been withdrawn.", false, "2026-11-10T12:00:00+00:00"},
		{"withdrawn on its first day, by hand", alertPage("a", "T", with(`"issued"`, `"withdrawn"`)+"[[change]]\ndate = 2026-11-01\nnote = \"Wrong.\"\n", body), sitetest.Now, "Cancel", "a-20261101T090001Z", []string{"a-20261101T090000Z"}, "Withdrawn: T.", false, "2026-11-01T09:00:01+00:00"},
		{"expired", alertPage("a", "T", live, body), time.Date(2026, 11, 28, 0, 0, 0, 0, time.UTC), "Alert", "a-20261101T090000Z", nil, "Expired: T. Stopped applying at 6 pm on Friday 27 November 2026.", false, "2026-11-27T18:00:00+00:00"},
		{"replaced", alertPage("a", "T", live, body) + alertPage("b", "Later", strings.Replace(live, "2026-11-01T09", "2026-11-15T10", 1)+"replaces = \"/alerts/a/\"\n", body), sitetest.Now, "Cancel", "a-20261115T100000Z", []string{"a-20261101T090000Z"},
			"Replaced: T. A newer alert has taken the place of this one: https://plan.testford.example/alerts/b/", false, "2026-11-15T10:00:00+00:00"},
		{"corrected", alertPage("a", "T", live, body) + alertPage("b", "Later", strings.Replace(live, "2026-11-01T09", "2026-11-15T10", 1)+"correction_of = \"/alerts/a/\"\n", body), sitetest.Now, "Cancel", "a-20261115T100000Z", []string{"a-20261101T090000Z"},
			"Corrected: T. This alert has been corrected: https://plan.testford.example/alerts/b/", false, "2026-11-15T10:00:00+00:00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := at(t, c.archive, "public", c.now)
			e := capOf(t, out, "a")
			var refs []string
			for _, r := range strings.Fields(e.get("references")) {
				refs = append(refs, strings.Split(r, ",")[1])
			}
			if e.get("msgType") != c.kind || e.get("identifier") != c.id || !slices.Equal(refs, c.references) {
				t.Errorf("%s %s refers to %q", e.get("msgType"), e.get("identifier"), refs)
			}
			if sms := sitetest.File(t, out, "alerts/a/sms.txt"); !strings.HasPrefix(sms, c.says) {
				t.Errorf("the text message: %s", sms)
			}
			for _, name := range []string{"email.html", "email.txt", "sms.txt", "social.txt"} {
				data := sitetest.File(t, out, "alerts/a/"+name)
				if got := strings.Contains(data, "all 999"); got != c.advice {
					t.Errorf("%s gives advice: %v\n%s", name, got, data)
				}
			}
			if c.kind == "Cancel" && (e.get("info/instruction") != "" || e.get("info/urgency") != "Past" || slices.Contains(e.all("responseType"), "AllClear")) {
				t.Error("a cancellation that advises")
			}
			feed, atom := feedItems(t, out)["/alerts/a/"], sitetest.File(t, out, "alerts/feed.atom")
			if feed.Modified != c.changed || !strings.Contains(atom, "<updated>"+c.changed+"</updated>") {
				t.Errorf("changed %s\n%s", feed.Modified, atom)
			}
			if c.kind == "Cancel" && !strings.Contains(atom, strings.SplitN(c.says, ".", 2)[0]+"</title>") {
				t.Error(atom)
			}
		})
	}
}

// What a later alert refers to is every message of the one before it; changes that come later leave identifiers alone.
func TestReferencesReachBack(t *testing.T) {
	one := live + "[[change]]\ndate = 2026-11-05T10:00:00\nnote = \"More.\"\n"
	later := strings.Replace(live, "2026-11-01T09", "2026-11-15T10", 1) + "replaces = \"/alerts/a/\"\n"
	out := at(t, alertPage("a", "T", one, body)+alertPage("b", "Later", later, body), "public", sitetest.Now)
	b := capOf(t, out, "b")
	if want := "publichealth@testford.example,a-20261101T090000Z,2026-11-01T09:00:00+00:00 publichealth@testford.example,a-20261105T100000Z,2026-11-05T10:00:00+00:00"; b.get("references") != want || b.get("msgType") != "Update" {
		t.Errorf("%s %q", b.get("msgType"), b.get("references"))
	}
}

type item struct {
	ID       string `json:"id"`
	URL      string `json:"url"`
	Title    string `json:"title"`
	Text     string `json:"content_text"`
	Modified string `json:"date_modified"`
	Language string `json:"language"`
}

func feedItems(t *testing.T, out *build.Outcome) map[string]item {
	t.Helper()
	var feed struct {
		Version string `json:"version"`
		Title   string `json:"title"`
		FeedURL string `json:"feed_url"`
		Items   []item `json:"items"`
	}
	if err := json.Unmarshal([]byte(sitetest.File(t, out, "alerts/feed.json")), &feed); err != nil {
		t.Fatal(err)
	}
	if feed.Version != "https://jsonfeed.org/version/1.1" || feed.Title == "" || feed.FeedURL == "" || feed.Items == nil {
		t.Errorf("the feed lacks what it must have: %+v", feed)
	}
	items := map[string]item{}
	for _, i := range feed.Items {
		if i.ID == "" || i.Text == "" || i.URL == "" {
			t.Errorf("an item lacks what it must have: %+v", i)
		}
		items[i.ID[strings.Index(i.ID, "/"):]] = i
	}
	return items
}

// Ids stay when the site moves: a feed reader would show every alert again.
func TestIdsSurviveAMove(t *testing.T) {
	archive := alertPage("a", "T", live, body)
	here := at(t, archive, "public", sitetest.Now)
	moved := strings.Replace(sitetest.Config, "https://plan.testford.example/", "https://elsewhere.example/drugs/", 1)
	there := at(t, "-- candour.toml --\n"+moved+archive, "public", sitetest.Now)
	ids := regexp.MustCompile(`<id>[^<]*</id>`)
	a, b := sitetest.File(t, here, "alerts/feed.atom"), sitetest.File(t, there, "alerts/feed.atom")
	if x, y := ids.FindAllString(a, -1), ids.FindAllString(b, -1); len(x) != 2 || !slices.Equal(x, y) || x[1] != "<id>tag:testford.example,2026:/alerts/a/</id>" {
		t.Errorf("%q\n%q", x, y)
	}
	if !strings.Contains(b, "https://elsewhere.example/drugs/alerts/a/cap.xml") {
		t.Error(b)
	}
	if x, y := feedItems(t, here)["/alerts/a/"], feedItems(t, there)["/alerts/a/"]; x.ID != y.ID || y.URL != "https://elsewhere.example/drugs/alerts/a/" {
		t.Errorf("%+v %+v", x, y)
	}
	if x, y := capOf(t, here, "a").get("identifier"), capOf(t, there, "a").get("identifier"); x != y {
		t.Errorf("%s %s", x, y)
	}
}

// A draft has no form outside the internal edition; inside it, every form begins by saying so.
func TestDraftsAndEditions(t *testing.T) {
	archive := alertPage("a", "T", strings.Replace(live, `"issued"`, `"draft"`, 1), body) + alertPage("b", "U", live, body)
	for _, path := range sitetest.Paths(at(t, archive, "public", sitetest.Now)) {
		if strings.HasPrefix(path, "alerts/a/") {
			t.Errorf("the public site has %s", path)
		}
	}
	inside := at(t, archive, "internal", sitetest.Now)
	if e := capOf(t, inside, "a"); e.get("status") != "Draft" || e.get("scope") != "Restricted" || !strings.HasPrefix(e.get("identifier"), "internal-") {
		t.Errorf("%s %s %s", e.get("status"), e.get("scope"), e.get("identifier"))
	}
	if e := capOf(t, inside, "b"); e.get("status") != "Actual" || e.get("scope") != "Restricted" {
		t.Errorf("%s %s", e.get("status"), e.get("scope"))
	}
	for _, name := range []string{"sms.txt", "social.txt", "email.html", "email.txt"} {
		if data := sitetest.File(t, inside, "alerts/a/"+name); !strings.Contains(data, "DRAFT, not issued: do not send. internal edition, not for the public.") {
			t.Errorf("%s:\n%s", name, data)
		}
		if data := sitetest.File(t, inside, "alerts/b/"+name); !strings.Contains(data, "internal edition, not for the public.") || strings.Contains(data, "DRAFT") {
			t.Errorf("%s:\n%s", name, data)
		}
	}
}

// A translation has forms of its own and is one more text in the message of its source.
func TestTranslations(t *testing.T) {
	cy := strings.NewReplacer("a.md", "a.cy.md", "Summary of a.", "Crynodeb.").Replace(alertPage("a", "Rhybudd", live, "Cymerwch ofal.\n"))
	out := at(t, alertPage("a", "T", live, body)+cy, "public", sitetest.Now)
	e := capOf(t, out, "a")
	var langs []string
	for _, c := range e.children {
		if c.name.Local == "info" {
			langs = append(langs, c.get("language")+" "+c.get("headline"))
		}
	}
	if !slices.Equal(langs, []string{"en-GB T", "cy Rhybudd"}) {
		t.Error(langs)
	}
	if sms := sitetest.File(t, out, "cy/alerts/a/sms.txt"); !strings.Contains(sms, "Rhybudd") || !strings.Contains(sms, "https://plan.testford.example/cy/alerts/a/") {
		t.Error(sms)
	}
	if page := sitetest.File(t, out, "cy/alerts/a/index.html"); !strings.Contains(page, "href=/alerts/a/cap.xml") {
		t.Error("the Welsh page does not name the message")
	}
	var feed struct{ Items []item }
	if err := json.Unmarshal([]byte(sitetest.File(t, out, "cy/alerts/feed.json")), &feed); err != nil || len(feed.Items) != 1 || feed.Items[0].Language != "cy" {
		t.Errorf("%v %+v", err, feed)
	}
}

// Feeds have their address before there is anything in them.
func TestNoAlerts(t *testing.T) {
	out := at(t, "", "public", sitetest.Now)
	if items := feedItems(t, out); len(items) != 0 {
		t.Error(items)
	}
	if atom := sitetest.File(t, out, "alerts/feed.atom"); !strings.Contains(atom, "<id>tag:testford.example,2026:/alerts/</id>") {
		t.Error(atom)
	}
}

func TestTooLong(t *testing.T) {
	says := func(title string) (list []string) {
		for _, f := range at(t, alertPage("a", title, live, body), "public", sitetest.Now).Findings {
			if f.Rule == diag.MessageTooLong.Name {
				list = append(list, f.Severity.String()+" "+f.Message)
				if f.File != "content/alerts/a.md" || f.Line != 2 {
					t.Errorf("at %s", f.Pos())
				}
			}
		}
		return list
	}
	if got := says("Pills may contain nitazenes"); got != nil {
		t.Error(got)
	}
	if got := says(strings.Repeat("abcdefghi ", 27)); len(got) < 3 || !strings.HasPrefix(got[0], "notice ") && !strings.HasPrefix(got[2], "notice ") {
		t.Error(got)
	}
	if got := strings.Join(says(strings.Repeat("abcdefghŵ ", 27)), "\n"); !strings.Contains(got, "warning the text message has 8 parts") || !strings.Contains(got, "which more than halves the room") {
		t.Error(got)
	}
}
