package render_test

import (
	"slices"
	"testing"

	"candour/internal/sitetest"
)

// A template can be downloaded as text, with its gaps marked and without what the edition withholds.
func TestTemplateAsText(t *testing.T) {
	const archive = `-- content/alert-templates/suspected.md --
+++
title = "Suspected"
summary = "S."
date = 2026-09-21
audience = ["public"]
[[placeholder]]
key = "drug"
label = "Drug"
[[withhold]]
passage = "x"
reason = "law-enforcement"
+++
People who take {{< placeholder "drug" >}} may be **at risk**.

1. Call 999.
2. See [naloxone](/pages/n/).

{{< passage "x" >}}The quillon desk decides about it tonight.{{< /passage >}}
-- content/pages/n.md --
+++
title = "N"
summary = "S."
date = 2026-09-21
+++
Text.
`
	out := sitetest.Must(t, archive, "public")
	const want = `People who take [Drug] may be at risk.

1. Call 999.
2. See naloxone (https://plan.testford.example/pages/n/).

Withheld: law enforcement (Freedom of Information Act 2000, section 31)
`
	if got := sitetest.File(t, out, "alert-templates/suspected/suspected.txt"); got != want {
		t.Errorf("the text is\n%s\nwant\n%s", got, want)
	}
	if without := sitetest.Must(t, "-- content/pages/n.md --\n+++\ntitle = \"N\"\nsummary = \"S.\"\ndate = 2026-09-21\n+++\nText.\n", "public"); slices.Contains(sitetest.Paths(without), "alert-templates/suspected/suspected.txt") {
		t.Error("a text of nothing")
	}
}
