package past_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"candour/internal/past"
	"candour/internal/sitetest"
)

// covered is a site with one of everything that pages show of each other, in two languages.
const covered = `-- content/_index.md --
+++
title = "Home"
summary = "What this site is."
date = 2026-01-01
+++
Welcome.
-- content/pages/_index.md --
+++
title = "Advice"
summary = "All advice."
date = 2026-01-01
+++
-- content/pages/about.md --
+++
title = "About us"
summary = "Who we are."
date = 2026-01-01
tags = ["people"]
review_by = 2026-12-01
+++
## Where we work

See [the plan](/plans/area/) and [the leaflet](../leaflets/festival/water.md).
-- content/pages/about.cy.md --
+++
title = "Amdanom ni"
summary = "Pwy ydym ni."
date = 2026-01-01
+++
## Ble

Testun.
-- content/pages/help/index.md --
+++
title = "Help"
summary = "Where to go."
date = 2026-01-02
attachments = ["list.csv"]
+++
![A white square](square.png) and [the list](list.csv).
-- content/pages/help/list.csv --
place,open
Library,Monday
-- content/leaflets/festival/water.md --
+++
title = "Drink water"
summary = "About water."
date = 2026-02-01
setting = "festival"
audience = ["public"]
+++
## Sip

Text.
-- content/leaflets/festival/rest.md --
+++
title = "Rest"
summary = "About rest."
date = 2026-02-02
setting = "festival"
audience = ["public"]
tags = ["rest"]
+++
Text.
-- content/plans/area.md --
+++
title = "Plan of the area"
summary = "What we do."
date = 2026-03-01
partnership = "Testford"
reviewed = 2026-03-01
next_review = 2027-03-01
covers = ["nitazenes"]
[[lead]]
element = "general"
role = "Director"
name = "Zembrick Quillfarrow"
+++
## Who leads

Text.
-- content/alert-templates/opioids.md --
+++
title = "Template"
summary = "For opioids."
date = 2026-03-01
audience = ["public"]
[[placeholder]]
key = "area"
label = "Area"
hint = "Where"
required = true
+++
In {{< placeholder "area" >}}.
-- content/alerts/first.md --
+++
title = "First alert"
summary = "Something was found."
date = 2026-11-01
template = "opioids"
status = "issued"
area = "Testford"
evidence = "suspected"
issued = 2026-11-01T10:00:00Z
panel_met = 2026-11-01T09:00:00Z
expires = 2026-12-01
+++
What to do.
-- content/alerts/second.md --
+++
title = "Second alert"
summary = "Something else was found."
date = 2026-11-02
template = "opioids"
status = "issued"
area = "Testford"
evidence = "suspected"
issued = 2026-11-02T10:00:00Z
panel_met = 2026-11-02T09:00:00Z
expires = 2026-12-02
+++
What to do.
-- content/narrative/one.md --
+++
title = "Narrative"
summary = "The national picture."
date = 2026-02-01
version = "1"
publisher = "A national body"
+++
Text.
-- static/map.txt --
A map.
`

// Whatever one input becomes, a build that uses the past gives byte for byte what a build from nothing gives: nothing
// that a page shows stands outside its key. A new kind of input wants a line here.
func TestNothingStandsOutsideTheKey(t *testing.T) {
	sub := func(file, old, new string) func(fstest.MapFS) {
		return func(files fstest.MapFS) {
			f := files[file]
			if f == nil || !strings.Contains(string(f.Data), old) {
				t.Fatalf("%s does not hold %q", file, old)
			}
			files[file] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(string(f.Data), old, new))}
		}
	}
	put := func(file, text string) func(fstest.MapFS) {
		return func(files fstest.MapFS) { files[file] = &fstest.MapFile{Data: []byte(text)} }
	}
	remove := func(file string) func(fstest.MapFS) {
		return func(files fstest.MapFS) { delete(files, file) }
	}
	page := func(title, more string) string {
		return "+++\ntitle = \"" + title + "\"\nsummary = \"S.\"\ndate = 2026-01-03\n" + more + "+++\nText.\n"
	}
	for _, c := range []struct {
		name   string
		change func(fstest.MapFS)
		now    time.Time
		fresh  bool // every page shows it: nothing is used again
	}{
		{name: "nothing", change: func(fstest.MapFS) {}},
		{name: "a sentence", change: sub("content/plans/area.md", "Text.", "Other text.")},
		{name: "a heading", change: sub("content/plans/area.md", "Who leads", "Who is in charge")},
		{name: "a link", change: sub("content/plans/area.md", "Text.", "[About](/pages/about/).")},
		{name: "a withheld value", change: sub("content/plans/area.md", "Zembrick", "Wexcombe")},
		{name: "a sentence of an alert", change: sub("content/alerts/first.md", "What to do.", "What you can do.")},
		{name: "a sentence of the home page", change: sub("content/_index.md", "Welcome.", "Hello.")},
		{name: "a page's title", change: sub("content/pages/about.md", "About us", "About the partnership")},
		{name: "a leaflet's title", change: sub("content/leaflets/festival/water.md", "Drink water", "Water")},
		{name: "a leaflet's summary", change: sub("content/leaflets/festival/water.md", "About water.", "All about water.")},
		{name: "a translation's title", change: sub("content/pages/about.cy.md", "Amdanom ni", "Amdanom")},
		{name: "a translation's words", change: sub("content/pages/about.cy.md", "Testun", "Testun arall")},
		{name: "a new translation", change: put("content/leaflets/festival/water.cy.md", page("Dŵr", "setting = \"festival\"\naudience = [\"public\"]\n")), fresh: true},
		{name: "no translation", change: remove("content/pages/about.cy.md"), fresh: true},
		{name: "a section's title", change: sub("content/pages/_index.md", "Advice", "Guidance"), fresh: true},
		{name: "a section's words", change: sub("content/pages/_index.md", "All advice.", "Every piece of advice.")},
		{name: "a new page", change: put("content/pages/new.md", page("New", ""))},
		{name: "a new section", change: put("content/leaflets/night-time-economy/a.md", page("New", "setting = \"night-time-economy\"\naudience = [\"public\"]\n")), fresh: true},
		{name: "no narrative", change: remove("content/narrative/one.md"), fresh: true},
		{name: "a newer narrative", change: sub("content/narrative/one.md", "2026-02-01", "2026-10-01")},
		{name: "a page gone", change: remove("content/leaflets/festival/rest.md")},
		{name: "a tag", change: sub("content/pages/about.md", "people", "partners")},
		{name: "no tags", change: func(files fstest.MapFS) {
			sub("content/pages/about.md", "tags = [\"people\"]\n", "")(files)
			sub("content/leaflets/festival/rest.md", "tags = [\"rest\"]\n", "")(files)
		}, fresh: true},
		{name: "an alert withdrawn", change: sub("content/alerts/first.md", `"issued"`, `"withdrawn"`)},
		{name: "an alert replaced", change: sub("content/alerts/second.md", "template =", "replaces = \"content/alerts/first.md\"\ntemplate =")},
		{name: "an alert expired", now: sitetest.Now.AddDate(0, 0, 12)},
		{name: "a plan overdue", now: sitetest.Now.AddDate(1, 0, 0)},
		{name: "the next day", now: sitetest.Now.AddDate(0, 0, 1)},
		{name: "a picture of another size", change: func(files fstest.MapFS) {
			files["content/pages/help/square.png"] = &fstest.MapFile{Data: picture(t, 7)}
		}},
		{name: "an attached file", change: sub("content/pages/help/list.csv", "Monday", "Tuesday")},
		{name: "a static file", change: sub("static/map.txt", "A map", "Another map")},
		{name: "the site's name", change: sub("candour.toml", "Testford Combating", "Testford's Combating"), fresh: true},
		{name: "the organisation", change: sub("candour.toml", "Testford Council", "Testford Borough Council"), fresh: true},
		{name: "the contact", change: sub("candour.toml", "publichealth@", "health@"), fresh: true},
		{name: "a word of a vocabulary", change: put("data/threats.toml", "[nitazenes]\nlabel = \"Nitazene opioids\"\n"), fresh: true},
		{name: "a partial of the site's own", change: put("layouts/_partials/value.html", "{{ . }}!"), fresh: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := repositoryOf(t)
			memory := &past.Memory{}
			before := sitetest.Run(t, sitetest.Options(files, "public"))
			if before.Audited == nil {
				t.Fatal(sitetest.Print(before.Findings))
			}
			memory.Remember(before.Rendered.Record(), before.Rendered.Site())
			if c.change != nil {
				c.change(files)
			}
			opt := sitetest.Options(files, "public")
			if !c.now.IsZero() {
				opt.Load.Now = c.now
			}
			fresh := sitetest.Run(t, opt)
			counted := &counting{Past: memory}
			opt.Past = counted
			again := sitetest.Run(t, opt)
			if again.Audited == nil || fresh.Audited == nil {
				t.Fatal(sitetest.Print(again.Findings))
			}
			compare(t, 0, again, fresh)
			if used := counted.n.Load(); used > 0 == c.fresh {
				t.Errorf("%d pages were used again", used)
			}
		})
	}
}

func repositoryOf(t *testing.T) fstest.MapFS {
	files := sitetest.Files(covered)
	files["content/pages/help/square.png"] = &fstest.MapFile{Data: picture(t, 5)}
	return files
}
