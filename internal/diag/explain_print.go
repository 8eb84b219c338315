package diag

// explainPrint: CND14, leaflets in formats other than a web page.
var explainPrint = map[string]Explanation{
	FormatNotMade.Name: {
		Means: "A leaflet could not be made in one of the formats that were asked for. Other formats and other leaflets were made, and what lay in the folder before under this name is as it was. " +
			"The message says why: a program that the format needs is not installed, there is no Braille table or voice for the language, or a character has no sign in Braille.",
		Mend:    "Do what the hint says. A venue need not wait: the leaflet's web page prints well from any browser.",
		Example: "candour print out-tonight --format text,epub",
	},
}
