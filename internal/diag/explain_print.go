package diag

// explainPrint: CND14, leaflets in formats other than a web page.
var explainPrint = map[string]Explanation{
	FormatNotMade.Name: {
		Means: "A leaflet could not be made in one of the formats that were asked for. Other formats and other leaflets were made, and what lay in the folder before under this name is as it was. " +
			"The message says why: a program that the format needs is not installed, there is no Braille table or voice for the language, or a character has no sign in Braille.",
		Mend:    "Do what the hint says. A venue need not wait: the leaflet's web page prints well from any browser.",
		Example: "candour print out-tonight --format text,epub",
	},
	PaperTooSmall.Name: {
		Means:   "The leaflet has more text than fits its paper in letters that people can read, even in the smallest that are used there. It was not made in this size; other sizes and other leaflets were.",
		Mend:    "Shorten it by as many lines as the message says, or ask for the next larger paper, which the hint names.",
		Example: "formats = [\"a4\", \"large-print\"]",
	},
	ImageCoarse.Name: {
		Means: "A picture has fewer than 150 dots for each inch at the size in which it is printed. On a screen it looks well; on paper one sees the dots. The PDF was made all the same.",
		Mend:  "Put a larger version of the picture beside the page under the same name, or print the leaflet on smaller paper.",
	},
}
