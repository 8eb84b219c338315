package diag

// explainProof: CND06, what must not be in the output.
var explainProof = map[string]Explanation{
	Leak.Name: {
		Means: "Something that is withheld from this edition stands in a file that would be published: written out a second time in a text, put into a file's name, or brought in by a template. " +
			"Nothing was published, and the site that readers see is as it was. The message names the field or section, never its value.",
		Mend: "Go to the line and take the value out of the text, or put {{< field \"…\" >}} in its place so that it is written once. " +
			"If readers may see it, release the field with the role of the person who approved it. " +
			"If it is a common word that means something else here, put search = false into its [[withhold]]. Or publish the rest: candour build --leave-out PAGE.",
		Example: "Call the {{< field \"lead.0.role\" >}} on {{< field \"lead.0.phone\" >}}.",
	},
	NamePart.Name: {
		Means: "The last word of a withheld name stands in the text. It may be somebody or something else, so this is only a warning.",
		Mend:  "Look at the line. If it is that person, write their role instead of the name. If it is a place or another person, nothing needs to be done.",
	},
	UnflaggedPhone.Name: {
		Means: "The public edition would show a telephone number that nobody has said may be public. Direct lines of staff are the usual case.",
		Mend: "If it is a public line, paste the line from the hint under [publishable] in candour.toml. If not, move the number into the front matter, where it is withheld, " +
			"and put {{< field \"…\" >}} into the text; or write the role and the public line instead.",
		Example: "[publishable]\nphones = [\"01632 960000\"]",
	},
	UnflaggedEmail.Name: {
		Means:   "The public edition would show an e-mail address that nobody has said may be public. Addresses of persons are personal information.",
		Mend:    "Use the address of a team instead. If this one is meant for the public, paste the line from the hint under [publishable] in candour.toml; otherwise move it into the front matter.",
		Example: "[publishable]\nemails = [\"naloxone@eastmere.example\"]",
	},
	UnflaggedPostcode.Name: {
		Means:   "The public edition would show a postcode that nobody has said may be public. A postcode can give away a home or where stock is kept.",
		Mend:    "If it is a public place such as a pharmacy or a service, paste the line from the hint under [publishable] in candour.toml. Otherwise write the town or ward instead.",
		Example: "[publishable]\npostcodes = [\"EM1 1AA\"]",
	},
	UnflaggedNHS.Name: {
		Means:   "The text has what looks like an NHS number: ten digits with the right check digit, and words or spacing that say so. It would identify a patient.",
		Mend:    "Take it out of the source as well, and tell your information governance lead, since it should not have been there. If it is a reference of another kind that happens to fit, paste the line from the hint under [publishable] in candour.toml.",
		Example: "[publishable]\nphrases = [\"form reference 999 000 0018\"]",
	},
	UnflaggedNI.Name: {
		Means:   "The text has what looks like a National Insurance number. It would identify a person.",
		Mend:    "Take it out of the source as well, and tell your information governance lead. If it is a reference of another kind that happens to fit, paste the line from the hint under [publishable] in candour.toml.",
		Example: "[publishable]\nphrases = [\"form QQ123456C\"]",
	},
	UnflaggedLocation.Name: {
		Means:   "The text has a grid reference or three words that name one exact place. Such places are usually where stock is kept or where something happened.",
		Mend:    "Write the area instead. If the exact place is meant to be public, paste the line from the hint under [publishable] in candour.toml, after asking whoever runs the place.",
		Example: "[publishable]\nphrases = [\"the car park at TV 999 999\"]",
	},
	UnflaggedOp.Name: {
		Means:   "The text names a police operation. Names of operations are withheld until the force says otherwise.",
		Mend:    "Ask the policing lead. If the name is public already, paste the line from the hint under [publishable] in candour.toml; otherwise write what it was about.",
		Example: "[publishable]\noperations = [\"Operation Example\"]",
	},
	UnflaggedName.Name: {
		Means:   "The text has a title such as Dr or Cllr and a name behind it, and nobody has said that the name may be public. This is only a warning: many such names are public.",
		Mend:    "Write the role instead, which also lasts longer. If the person agreed to be named, paste the line from the hint under [publishable] in candour.toml.",
		Example: "[publishable]\nnames = [\"Cllr A. Example\"]",
	},
}
