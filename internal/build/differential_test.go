package build_test

import (
	"strings"
	"testing"

	"candour/internal/sitetest"
)

// filling is what stands under every kind of flag. Two repositories that differ in these alone are one and the same to an edition that is
// cleared for none of them.
type filling struct {
	word   string // a proper word, from which texts, addresses and names of files are made
	phone  string
	number string
	many   int // how many words there are
}

func (s filling) repository() string {
	low := strings.ToLower(s.word)
	text := s.word + strings.Repeat(" and more", s.many)
	r := strings.NewReplacer("WORD", s.word, "word-low", low, "TEXT", text, "PHONE", s.phone, "NUMBER", s.number)
	return r.Replace(`-- content/plans/winter/index.md --
+++
title = "Winter plan"
summary = "How we prepare."
date = 2026-09-14
partnership = "Testford Combating Drugs Partnership"
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes"]
tags = ["naloxone", "word-low tag TEXT"]
attachments = ["open.txt", "word-low.txt"]
[[lead]]
element = "general"
role = "Director of Public Health"
name = "Ann WORDone"
phone = "PHONE"
email = "word-low@testford.example"
[[threshold]]
element = "monitor"
trigger = "TEXT in one ward"
action = "Ring WORDtwo at once"
[[stock]]
item = "Kits"
quantity = NUMBER
location = "WORDthree House, rear door"
[[change]]
date = 2026-09-14
note = "Changed for TEXT."
[extra]
secret = "TEXT"
[[withhold]]
section = "stores"
reason = "confidential"
[[withhold]]
section = "quiet"
reason = "confidential"
show = "nothing"
[[withhold]]
passage = "p"
reason = "law-enforcement"
[[withhold]]
file = "word-low.txt"
reason = "confidential"
[[withhold]]
field = "change.0.note"
reason = "confidential"
[[withhold]]
field = "tags.1"
reason = "confidential"
+++
Before {{< passage "p" >}}TEXT with [a link](/pages/about/ "WORD") and ![WORD](word-low.txt){{< /passage >}} behind {{< field "lead.0.name" >}}[^n].

- {{< passage "p" >}}TEXT{{< /passage >}}

## Stores {#stores}

TEXT[^m]

## Quiet {#quiet}

TEXT

[WORD]: /pages/about/ "TEXT"

## Last

Text.

[^n]: A note.
[^m]: TEXT
-- content/plans/winter/word-low.txt --
TEXT
-- content/plans/winter/open.txt --
Open words.
-- content/plans/winter/index.cy.md --
+++
title = "Cynllun y gaeaf"
summary = "Sut rydym yn paratoi."
date = 2026-09-14
translation_reviewed = true
partnership = "Testford Combating Drugs Partnership"
reviewed = 2026-09-14
next_review = 2027-09-14
covers = ["nitazenes"]
tags = ["naloxone", "word-low"]
[[lead]]
element = "general"
role = "Cyfarwyddwr"
name = "Ann WORDone"
[[change]]
date = 2026-09-14
note = "TEXT."
+++
Cyn {{< passage "p" >}}TEXT{{< /passage >}} wedyn.

## Storfa {#stores}

TEXT

## Tawel {#quiet}

TEXT
-- content/pages/about.md --
+++
title = "About us"
summary = "What we do."
date = 2026-09-14
+++
{{< table figure="kits" columns="area" >}}
-- content/pages/word-low.md --
+++
title = "The WORD rota nights"
summary = "TEXT."
date = 2026-09-14
level = "restricted"
tags = ["word-low words"]
+++
## WORD

TEXT
-- content/pages/word-low.cy.md --
+++
title = "Rota WORD y nos"
summary = "TEXT."
date = 2026-09-14
+++
TEXT
-- data/kits.csv --
area,kits,lead
North,NUMBER,WORDfour
South,40,WORDfive
-- data/kits.csv.toml --
title = "Kits"
source = "Council"
licence = "OGL"
date = 2026-10-31
[[column]]
key = "area"
type = "area"
[[column]]
key = "kits"
type = "number"
level = "restricted"
reason = "confidential"
[[column]]
key = "lead"
type = "text"
level = "restricted"
reason = "personal-information"
`)
}

// Whatever is withheld, by whatever flag, however long it is and wherever it would sort: every file of an edition that is
// not cleared for it, and every finding about it, is the same to the byte.
func TestEditionsAreBlindToWhatIsWithheld(t *testing.T) {
	both := []filling{{"Zembrick", "07700 900777", "90", 0}, {"Aquilonianhuxterfold", "+44 1632 960123", "12345", 40}}
	for _, edition := range []string{"public", "partners", "internal"} {
		var sites, said [2]string
		for i, s := range both {
			out := sitetest.Build(t, s.repository(), edition)
			if out.Audited == nil {
				t.Fatalf("%s: %s", edition, sitetest.Print(out.Findings))
			}
			sites[i], said[i] = wholeSite(out), sitetest.Print(out.Findings)
			for _, text := range []string{s.word, s.phone} {
				if files := sitetest.Containing(out, text); edition != "internal" && len(files) > 0 {
					t.Errorf("%s: a withheld value came out in %v", edition, files)
				} else if edition == "internal" && len(files) == 0 {
					t.Errorf("internal: a value stands nowhere, so that this test shows nothing of it")
				}
			}
		}
		switch same := sites[0] == sites[1]; {
		case edition == "internal" && same:
			t.Error("the internal edition is the same too, so that this test shows nothing")
		case edition != "internal" && !same:
			t.Errorf("%s depends on what is withheld:\n%s\n%s", edition, sites[0], sites[1])
		case edition != "internal" && said[0] != said[1]:
			t.Errorf("%s: findings depend on what is withheld:\n%s\n%s", edition, said[0], said[1])
		}
	}
}
