package diag

// explainAlerts: the life of alerts, in CND05.
var explainAlerts = map[string]Explanation{
	DatesOutOfOrder.Name: {
		Means:   "Two dates cannot both be right: an alert that stops applying before it was issued, one that was updated before it was written, or one that takes the place of a later one; a plan whose next review is due before its last; a page that was updated, or is due for review, before its own date. Where the alert is shown as issued at a time that is still to come, this is a warning.",
		Mend:    "Look at the dates that the finding names and correct the one that is wrong. To publish an alert later, give date the later day as well: the page then stays out of the site until it comes.",
		Example: "panel_met = 2026-11-19T16:00:00\nissued = 2026-11-19T17:30:00\nexpires = 2026-12-03T18:00:00",
	},
	ReplacesNothing.Name: {
		Means:   "An alert says that it takes the place of another, or corrects one, and readers have no alert of that name: it is mistyped, a draft, or dated after now.",
		Mend:    "Write the address of the earlier alert, or take the line out.",
		Example: "replaces = \"/alerts/2026-11-grey-tablets/\"",
	},
	ReplacesLoop.Name: {
		Means: "Alerts, or versions of the narrative, take the place of each other in a circle, so that none of them is the latest.",
		Mend:  "Only the later one names the earlier one. Take replaces or correction_of out of the earlier ones.",
	},
	ReplacedTwice.Name: {
		Means: "Two alerts that are in force say that they take the place of the same one. A reader who follows the old link could be sent to either.",
		Mend:  "Decide which holds. Withdraw the other with candour withdraw, or let the newer one replace the older one, which replaced the first.",
	},
	NotTold.Name: {
		Means:   "The alert may reach another area or nation (boundary_with), and it does not say who there was told. Neighbouring areas and the devolved administrations are to be told when an incident may cross a boundary.",
		Mend:    "Tell them, then write in told whom you told and when, in general terms: it is published.",
		Example: "told = \"Westmere Combating Drugs Partnership and Public Health Scotland, on 19 November 2026\"",
	},
	NoChangeNote.Name: {
		Means:   "The alert was withdrawn, updated or corrected, and readers are not told why.",
		Mend:    "Add a note of one sentence. candour withdraw PAGE --reason \"…\" writes one.",
		Example: "[[change]]\ndate = 2026-11-21\nnote = \"Withdrawn: a laboratory found no opioid in the pills.\"",
	},
	AlertFatigue.Name: {
		Means:   "There are many alerts in force, or many were issued in a short time. People stop reading alerts that come too often or too soon. The national review names the danger and no figure; the figures are a site's own.",
		Mend:    "Join the new alert to one that is in force by updating that one, or withdraw alerts whose risk has passed. If your area needs more, raise the limit; 0 sets none.",
		Example: "[alerts]\nmax_live   = 5    # in force at one time\nmax_issued = 4    # issued within so many days\ndays       = 28",
	},
	GapNotFilled.Name: {
		Means:   "The template needs something that is not filled in, or the alert still bears the title or the summary of its template. One of the two is a warning, since it may happen to be right; both are an error once the alert is issued: they are what feeds, posts and text messages carry, and they tell what the template is for.",
		Mend:    "Write it into the text of the alert, and record it under [fill]; the template's page says what belongs into each gap. In title and summary say who is at risk and what to do.",
		Example: "[fill]\narea = \"Eastmere town\"",
	},
	TemplateUnknown.Name: {
		Means:   "The alert names a template that there is none of here. It is published all the same, but what was filled in cannot be checked.",
		Mend:    "Write the short name of a page in content/alert-templates/.",
		Example: "template = \"suspected-adulteration\"",
	},
	RumourRepeated.Name: {
		Means: "The title or summary of a correction repeats the rumour that it corrects. Titles and summaries travel on their own, in feeds, searches and posts, and people remember the rumour, not the correction.",
		Mend:  "Say what is known, or name the subject alone: \"What is known about drugs at schools in Eastmere\".",
	},
}

// explainWords: CND08.
var explainWords = map[string]Explanation{
	ClaimNotConfirmed.Name: {
		Means:   "A sentence says as a fact what a drug contains, and evidence says that analysis has not confirmed it, or has ruled it out. A claim that turns out wrong costs the trust that the next alert needs.",
		Mend:    "Say what is suspected, and that it is not confirmed. If a laboratory has confirmed it, set evidence = \"confirmed\". What is denied, doubted or asked passes.",
		Example: "The pills may contain nitazenes. This is not yet confirmed.",
	},
	NaloxoneDose.Name: {
		Means:   "A sentence tells people to give naloxone otherwise than one single dose at a time. Responders who are not clinicians give one dose, wait two to three minutes, and give another if breathing has not improved, whatever the opioid (national review of local preparedness, 2025, paragraph 74).",
		Mend:    "Use the words below. Telling people not to give several doses at once is right, and passes. If you are sure that the sentence is right as it is, ask your public health lead, and put it otherwise.",
		Example: "Give one dose. If their breathing has not improved after two to three minutes, give another single dose.",
	},
	AdvertisingWords.Name: {
		Means: "The words could make a drug interesting: its strength, a glamorous name, a price or a place of sale. To some readers a warning of strength is a recommendation.",
		Mend:  "Use what the hint suggests. The words are listed in data/wording.toml, each with its reason. A word that you speak of rather than use goes into quotation marks; a phrase that must stand goes into phrases under [publishable].",
	},
	StigmatisingWords.Name: {
		Means:   "The words name people by what they take or by what has happened to them. People who feel judged do not ask for help.",
		Mend:    "Put the person first. The words are listed in data/wording.toml, each with its reason; a site may add to them. A word that you speak of rather than use goes into quotation marks.",
		Example: "people who use drugs",
	},
}
