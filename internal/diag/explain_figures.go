package diag

// explainFigures: the figures of data/.
var explainFigures = map[string]Explanation{
	DataUndescribed.Name: {
		Means: "A CSV file lies in data/ with no sidecar beside it. Nobody has said what it is or who may see which column, so no page can show it.",
		Mend:  "Write a sidecar with the same name and .toml behind it, or take the file out of data/.",
		Example: "# data/kits-supplied.csv.toml\ntitle   = \"Naloxone kits supplied\"\nsource  = \"Eastmere Council, treatment services\"\nlicence = \"Open Government Licence v3.0\"\ndate    = 2026-10-31\n\n" +
			"[[column]]\nkey  = \"area\"\ntype = \"area\"\n\n[[column]]\nkey  = \"kits\"\ntype = \"number\"",
	},
	BadData.Name: {
		Means: "A CSV file of data/ is not what its sidecar says: a row with too many or too few values, text where a number belongs, a column that the sidecar does not name, or two rows about the same thing.",
		Mend:  "Open the file at the line that is named. Save it as CSV UTF-8 with commas. A number that nobody has is left empty or written [x]; one that its source has hidden is written [c].",
	},
	TotalsDisagree.Name: {
		Means: "The sidecar says that a number is the sum of others, and it is not. What must not be worked out from totals is settled by those sums, so they have to be right.",
		Mend:  "Correct the number, or the [[total]], [[sum]] or [[link]]. Take the block out if the number is no sum at all; a total that was rounded by itself is better left out of the file.",
	},
	TotalUndeclared.Name: {
		Means:   "Small numbers of this figure are hidden, and a row or column looks like the sum of others without the sidecar saying so. A reader could subtract and find what is hidden.",
		Mend:    "Declare the total as the hint shows. Then what must be hidden besides is settled by the program.",
		Example: "[[total]]\ncolumn = \"area\"\nvalue  = \"All areas\"\n\n[[sum]]\ntotal = \"all\"\nof    = [\"men\", \"women\"]",
	},
	UnknownFigure.Name: {
		Means:   "A table, chart or cell names a figure that is not in data/, or asks for something that the figure does not have.",
		Mend:    "Use the file's name without its endings, and the keys of its sidecar.",
		Example: "{{< chart figure=\"kits-supplied\" kind=\"bars\" x=\"area\" y=\"kits\" year=\"2025/26\" >}}",
	},
	SmallNumber.Name: {
		Means: "A number that must not be shown could be worked out from totals that are, and hiding more does not help. So that nobody is recognised, nothing is published.",
		Mend:  "Leave out the row or column of totals, put small groups together, or raise the level of the figure.",
	},
}
