package diag

// explainBodies: CND04 and CND05, the text of a page, and its sign-offs and dates.
var explainBodies = map[string]Explanation{
	RawHTML.Name: {
		Means: "The text has HTML in it. HTML can hide text that is still in the file, and can load things from other sites, so pages are written in Markdown alone.",
		Mend:  "Write it in Markdown: **bold**, [a link](/pages/about/), a list with hyphens, a table with bars. A < that is meant as a sign is written &lt; or with a space behind it. Comments for colleagues belong in front matter behind #.",
	},
	UnknownShortcode.Name: {
		Means:   "The text uses a shortcode that is not known, or one that loads something from another company's site, such as a video or a post. Readers of these pages must not be reported to anybody.",
		Mend:    "Correct the name, or link to the thing with an ordinary link. A site may have shortcodes of its own in layouts/_shortcodes/.",
		Example: "[A short film on how to use naloxone](https://films.example/naloxone)",
	},
	BadShortcode.Name: {
		Means:   "A shortcode is written in a way that cannot be read: not closed, without what it needs, or with curly quotes.",
		Mend:    "Write it as the hint shows, with straight quotes.",
		Example: "{{< figure src=\"kit.jpg\" alt=\"An open naloxone kit\" >}}",
	},
	BadLinkScheme.Name: {
		Means:   "A link begins with something other than https, http, mailto or tel. Some of the others run programs or open files on the reader's computer.",
		Mend:    "Link to a web address, an e-mail address or a telephone number. A file of your own is linked by its name, if it lies in the page's folder.",
		Example: "[Call us](tel:+441632960000)",
	},
	BrokenLink.Name: {
		Means:   "A link leads to a page, heading or file of this site that is not there. Readers in a hurry would land on an error page.",
		Mend:    "Correct the address: it begins with / and ends with /, or is the path of the source file. If the page was renamed or left out, link to another or take the link out.",
		Example: "[About this site](/pages/about/)",
	},
	LinkToWithheld.Name: {
		Means:   "The link leads to a page that this edition does not have, because the page as a whole is withheld from it. The link alone would tell that the page exists.",
		Mend:    "Take the link out, or mark it as a passage and withhold it, so that the other editions keep it. If the page may be seen by these readers after all, ask its owner to lower its level.",
		Example: "{{< passage \"internal-link\" >}}See [the trigger plan](/plans/triggers/).{{< /passage >}}",
	},
	BadPlaceholder.Name: {
		Means:   "A gap of a template is wrong: the template does not describe it, or an alert still has it unfilled. An alert with a gap in it would go out saying nothing where it matters.",
		Mend:    "In an alert, write what belongs there in place of the shortcode. In a template, add a [[placeholder]] with the same key.",
		Example: "candour new alerts 2026-11-20-eastmere --from suspected --fill area=\"Eastmere town centre\"",
	},
	SignOffMissing.Name: {
		Means: "A page of this kind is public only when certain roles have signed it off, and at least one of them has not. The roles are set under [signoff] in candour.toml.",
		Mend: "Ask the person in that role to read the page, then record it with candour approve; it writes the record for the text exactly as it is now. " +
			"If they cannot be reached, publish the rest: candour build --leave-out PAGE. Withdrawing or shortening an alert never needs a signature.",
		Example: "candour approve content/alerts/2026-11-20-eastmere.md --role public-health --how \"telephone, 22:41\"",
	},
	SignOffStale.Name: {
		Means: "The page was signed off, and has been changed since. The signature holds for the text that was read, not for this one.",
		Mend: "Show the change to the person who signed, and record their answer with candour approve. Or put the text back as it was: candour review says what changed. " +
			"If it must go out now without it, publish the rest with candour build --leave-out PAGE.",
		Example: "candour approve content/leaflets/festival/start-low.md --role public-health --how \"e-mail, 22:41\"",
	},
	SignOffNotNeeded.Name: {
		Means: "The page has a sign-off by a role that nobody asks for on a page of this kind. It may be a misspelt role, in which case the right one is missing.",
		Mend:  "Check the spelling against [signoff] in candour.toml. If the role should be asked for, add it there; if not, the sign-off may stay or go.",
	},
	SignOffKept.Name: {
		Means: "The page was changed after it was signed off, but only towards safety: withdrawn, made to expire sooner, or more of it withheld. Such a change never waits for a signature, so the sign-off still holds.",
		Mend:  "Tell the people who signed. Have the page signed again when there is time.",
	},
	PanelNotMet.Name: {
		Means:   "An alert is issued only after public health and policing leads have looked at it together in the panel. The alert does not say that they met, or says that they met after it was issued.",
		Mend:    "If the panel has met, write the day or time in panel_met. If it has not, telephone the two leads now: a meeting by telephone counts, and its time is what is recorded. Until then build with candour build --leave-out PAGE.",
		Example: "panel_met = 2026-11-20T21:30:00\nissued    = 2026-11-20T22:45:00",
	},
	PhotoUnconfirmed.Name: {
		Means:   "The alert shows a photo, and its evidence is not confirmed. Pills that look alike are often not alike: a picture before analysis can send people to something worse, or make them feel safe.",
		Mend:    "Take the photo line out and describe what is known in words. Put it back when the laboratory has confirmed the finding and evidence says confirmed.",
		Example: "evidence = \"suspected\"",
	},
	ReviewOverdue.Name: {
		Means:   "The day on which the page should have been reviewed has passed, or a newer national narrative has come out since. The page is published, and readers are told on the page.",
		Mend:    "Have its owner review it, then set the day of this review and of the next. Do not move the date without a review.",
		Example: "reviewed    = 2026-11-20\nnext_review = 2027-11-20",
	},
	NotYet.Name: {
		Means: "The page's date is still to come, so it is left out until a build on or after that day. A static site does not publish it by itself.",
		Mend:  "Nothing, if that is what you meant; remember to build again on the day. To publish it now, set its date to today.",
	},
	LeftOut.Name: {
		Means: "The page was left out of this build because --leave-out named it. That is recorded in the manifest and shown by candour review.",
		Mend:  "Nothing now. When the page is ready, build again without --leave-out.",
	},
	Draft.Name: {
		Means:   "The alert is a draft. Drafts are in the internal edition only.",
		Mend:    "When the panel has met and the alert is signed off, set its status to issued and build again.",
		Example: "status = \"issued\"",
	},
	StripLimits.Name: {
		Means: "The page speaks of test strips without naming everything that they cannot show. Somebody who trusts a strip may die of what it missed, so a leaflet, an alert or a template that mentions one names every limit, or links to a page that does. " +
			"On other pages it is a warning.",
		Mend:    "Put in the line below, which prints every limit; or link to your page on test strips. If your own words name a limit and the check does not see it, add them to signs in data/test-strips.toml.",
		Example: "{{< strip-limits >}}",
	},
	OneOpioid.Name: {
		Means:   "The page names nitazenes and not fentanyls, or the other way round. More people have heard of fentanyl than of nitazenes, and what keeps people alive is the same for both.",
		Mend:    "Name both. Where an analysis found one of them, say which, and add that the advice holds for the other too.",
		Example: "Naloxone works on nitazenes and fentanyls.",
	},
	ChecklistUnanswered.Name: {
		Means:   "The plan gives no answer to an item of the national checklist (Annex A of the national review of May 2025, 21 items), or says that it meets one and not where.",
		Mend:    "Add a [[checklist]] with the item, the id of the section that answers it, and how far it is met. What is withheld counts: the page says that the detail is withheld. Planned and not-met are honest answers.",
		Example: "[[checklist]]\nitem    = \"exercising\"\nsection = \"how-we-exercise\"\nstatus  = \"planned\"",
	},
	ChecklistGap.Name: {
		Means: "The plan has one of the gaps that the national review found most often: testing with the Local Resilience Forum, prison and probation, naloxone supply, Project HOUSEBUILDER, fast-track forensic testing. " +
			"Either the item has no answer, or it is not met, or it is called met and the plan nowhere mentions the thing.",
		Mend: "Say in the plan who does it and when; it may be a withheld section. Or set the status to planned, and do it. candour review lists what is left.",
	},
}
