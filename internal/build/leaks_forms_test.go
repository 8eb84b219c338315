package build_test

import (
	"slices"
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// Each form of an alert is a way out of its own. The internal edition takes the wall down, and must show that the form carries
// what the public one must not have in any byte.
func TestNoFormOfAnAlertCarriesWhatIsWithheld(t *testing.T) {
	const dir = "alerts/first/"
	withheld := func(field string) string {
		return "[[withhold]]\nfield = \"" + field + "\"\nreason = \"confidential\"\n"
	}
	whole := []string{dir + "email.html", dir + "email.txt", dir + "cap.xml", "alerts/feed.json"}
	all := append([]string{dir + "sms.txt", dir + "social.txt", "alerts/feed.atom"}, whole...)
	titled := func(files string) string { return strings.Replace(files, "Strong drugs in Testford", told, 1) }
	withdrawn := func(files string) string { return strings.Replace(files, `"issued"`, `"withdrawn"`, 1) }
	for _, c := range []struct {
		name, files string
		carriers    []string
	}{
		{"a title", titled(alert("summary = \"Take care.\"\n"+withheld("title"), "Take care.")), all},
		{"a summary", alert("summary = \""+told+"\"\n"+withheld("summary"), "Take care."), append([]string{"alerts/feed.atom"}, whole...)},
		{"a passage", alert("summary = \"Take care.\"\n"+held, "Before "+marked(told)+" behind."), whole},
		{"a passage in the instruction", alert("summary = \"Take care.\"\n"+held, "## What to do now {#what-to-do-now}\n\n1. Before "+marked(told)+" behind."), whole},
		{"the address of a link", alert("summary = \"Take care.\"\n"+held, "Before "+marked("[there](https://vexmarrow.example/trindlehope)")+" behind."), whole},
		{"an area", strings.Replace(alert("summary = \"Take care.\"\n"+withheld("area"), "Take care."), `area = "Testford"`, `area = "`+dwell+`"`, 1), []string{dir + "cap.xml"}},
		{"a grade", alert("summary = \"Take care.\"\ngrade = \""+dwell+"\"\n"+withheld("grade"), "Take care."), []string{dir + "cap.xml"}},
		{"who is said to have told", alert("summary = \"Take care.\"\nsource_shown = \""+dwell+"\"\n"+withheld("source_shown"), "Take care."), []string{dir + "cap.xml"}},
		{"a passage, by way of the search index", alert("summary = \"Take care.\"\n"+held, "Before "+marked("Zembrickwold")+" behind."), []string{"search/index.json"}},
		{"a heading, by way of the search index", alert("summary = \"Take care.\"\n[[withhold]]\nsection = \"s\"\nreason = \"confidential\"\n", "## "+told+" {#s}\n\nText."), []string{"search/index.json"}},
		{"a tag", alert("summary = \"Take care.\"\ntags = [\""+dwell+"\"]\n"+withheld("tags"), "Take care."), []string{"alerts/feed.json"}},
		{"why it was withdrawn", withdrawn(alert("summary = \"Take care.\"\n[[change]]\ndate = 2026-11-20T10:00:00\nnote = \""+told+"\"\n"+withheld("change.*.note"), "Take care.")), whole},
		{"an alert that is withheld as a whole", alert("summary = \"Take care.\"", "Take care.") +
			"-- content/alerts/vexmarrow-trindlehope.md --\n+++\nlevel = \"restricted\"\nsummary = \"S.\"\ntitle = \"Night shift rota\"\ndate = 2026-11-18\ntemplate = \"strong\"\nstatus = \"issued\"\narea = \"Testford\"\nevidence = \"suspected\"\nissued = 2026-11-18T17:00:00Z\npanel_met = 2026-11-18T16:00:00Z\n+++\nText.\n",
			[]string{"alerts/feed.json", "alerts/feed.atom", "alerts/vexmarrow-trindlehope/sms.txt"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			out := sitetest.Build(t, c.files, "public")
			clean(t, out)
			if out.Audited == nil {
				t.Fatalf("the site cannot be published:\n%s", sitetest.Print(out.Findings))
			}
			for _, name := range []string{"sms.txt", "social.txt", "email.html", "email.txt", "cap.xml"} {
				sitetest.File(t, out, dir+name)
			}
			down := sitetest.Build(t, c.files, "internal")
			if down.Rendered == nil {
				t.Fatalf("with the wall down nothing is rendered:\n%s", sitetest.Print(down.Findings))
			}
			carriers := carriers(down.Rendered.Site())
			for _, want := range c.carriers {
				if !slices.Contains(carriers, want) {
					t.Errorf("with the wall down %s does not carry the value, so that this case shows nothing; carriers: %q", want, carriers)
				}
			}
		})
	}
}
