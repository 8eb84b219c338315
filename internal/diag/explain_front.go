package diag

// explainFront: CND02 and CND03, what a page says about itself and what it withholds.
var explainFront = map[string]Explanation{
	UnknownKey.Name: {
		Means: "A key of the front matter, of candour.toml or of a flag is not one that the program knows. It may be a slip of the pen. " +
			"Unknown keys are refused because nothing says whether they may be published.",
		Mend:    "Correct the spelling; the message names the nearest known key. candour explain KIND lists the keys of a kind of page. What has no key of its own goes under [extra], which is restricted.",
		Example: "[extra]\nroom_booking = \"Council House, room 2\"",
	},
	MissingKey.Name: {
		Means:   "A detail that this kind of page, or candour.toml, must have is not there.",
		Mend:    "Put in the line that the hint shows. candour explain KIND lists what is required and gives an example of each. If you do not know the answer tonight, build without the page: candour build --leave-out PAGE.",
		Example: "summary = \"What we do when a dangerous batch of drugs is found in Eastmere.\"",
	},
	BadValue.Name: {
		Means: "The value is not of the kind that this key takes: text where a day is wanted, a word that is not in the vocabulary, a number between quotes. The value itself is not repeated, because it may have been typed into the wrong line.",
		Mend:  "Follow the hint, which shows the form or lists the words. Days are written 2026-11-20 without quotes, text between straight quotes, true and false without quotes.",
	},
	BadFlag.Name: {
		Means: "A [[withhold]] or [[release]] cannot be carried out: it names nothing or two things at once, has no reason or one that is not in data/reasons.toml, lacks approved_by, or contradicts another flag. " +
			"The program does not guess what was meant to be kept back.",
		Mend:    "Give each flag exactly one of field, section, passage and file, and a reason. If one flag withholds a value and another releases it, ask the person who approved the release which of the two stands.",
		Example: "[[withhold]]\nfield  = \"lead.*.phone\"\nreason = \"personal-information\"",
	},
	FlagBelow.Name: {
		Means: "The [[withhold]] asks for a lower level than the field has anyway. Nothing is published by it: the higher level is kept.",
		Mend:  "Leave the flag out. If the value really may be shown, that takes a [[release]] with the role of the person who approved it.",
		Example: "[[release]]\nfield       = \"lead.0.name\"\nlevel       = \"public\"\n" +
			"reason      = \"role-holder agreed\"\napproved_by = \"senior-responsible-owner\"",
	},
	BadSchema.Name: {
		Means: "A file in data/ breaks the rules that the other pages rest on: a vocabulary that is not made of tables, a field of the schema without a type, or a level lower than the one that the program ships. A site may raise levels, never lower them.",
		Mend:  "Put the file back as it was, or correct the line. To show one value that is withheld by default, use [[release]] on the page instead of changing the schema.",
	},
	UnknownContact.Name: {
		Means: "A page prints a contact that candour.toml does not have. In a sentence nothing could stand there, so it is an error; in a leaflet's contact_slots it leaves a blank line, and is a warning.",
		Mend:  "Correct the name; the message gives the nearest one. Or give the contact once, under [contacts] in candour.toml. The details of [contact] go by the names email, phone and alternative_formats.",
		Example: "[contacts]\nlocal-service = \"01632 960111\"\nwelfare = { label = \"Welfare line\", value = \"01632 960112\" }\n\n" +
			"Ring {{< contact \"local-service\" >}}.",
	},
	EmptyContact.Name: {
		Means:   "A page prints a contact that stands in candour.toml without a value. A leaflet shows a blank line for it; a sentence would have a hole, and there it is an error.",
		Mend:    "Fill the value in under [contacts] in candour.toml, or take the slot out of the page.",
		Example: "[contacts]\nlocal-service = \"01632 960111\"",
	},
	WithholdMatchesNothing.Name: {
		Means: "A flag names a field, section, passage or file that this page does not have. It is an error because a typing slip in a flag would otherwise publish what it was meant to keep back.",
		Mend: "Correct the name; the message gives the nearest one. A field is a path such as lead.0.phone, with * for any. A section is its heading's id. " +
			"If the text it kept back has been deleted, delete the flag too.",
		Example: "[[withhold]]\nfield  = \"lead.*.phone\"\nreason = \"personal-information\"",
	},
	PassageNotFlagged.Name: {
		Means: "The text marks a passage that no flag in the front matter names. The body says which text, the front matter says whether it is withheld and why; half of that is missing.",
		Mend:  "Put in a [[withhold]] with the passage's name and a reason. If the passage may be public after all, take the two shortcodes out of the text and leave the words.",
		Example: "[[withhold]]\npassage = \"contacts\"\nreason  = \"law-enforcement\"\n\n" +
			"{{< passage \"contacts\" >}}the words to keep back{{< /passage >}}",
	},
	BadPassage.Name: {
		Means: "A passage is not closed, stands inside another, stands in code, or begins in one paragraph and ends in another. It could not be cut out cleanly, so nothing is published.",
		Mend:  "Begin and end it inside one paragraph, item, cell or heading, or put both shortcodes on lines of their own around whole paragraphs. For two stretches of text use the same name twice.",
		Example: "{{< passage \"contacts\" >}}\n\nA whole paragraph.\n\n" +
			"{{< /passage >}}",
	},
	AmbiguousSection.Name: {
		Means: "A flag names a section, and the page has more than one heading with that id. The program will not choose which of them to keep back.",
		Mend:  "Give the heading that is meant an id of its own, at the end of its line, and use that in the flag.",
		Example: "## Stock {#stock-of-naloxone}\n\n[[withhold]]\nsection = \"stock-of-naloxone\"\n" +
			"reason  = \"law-enforcement\"",
	},
	FileHeld.Name: {
		Means: "The front matter names, under photo or attachments, a file that this edition is not cleared for. It is not published here; where the flag shows a marker, readers see the reason in its place.",
		Mend:  "Nothing, if that is what you want. A file that readers of this edition should have loses its [[withhold]].",
	},
	UnknownField.Name: {
		Means: "A {{< field >}} in the text names no value of this page's front matter, so there is nothing to show and nothing to withhold.",
		Mend:  "Correct the path, or put the value into the front matter first. Write it once there, and let the text refer to it.",
		Example: "[[lead]]\nelement = \"prepare\"\nrole    = \"Naloxone lead\"\n\n" +
			"Ask the {{< field \"lead.0.role\" >}}.",
	},
}
