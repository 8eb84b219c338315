package diag

// explainForms: CND11, pages in other forms.
var explainForms = map[string]Explanation{
	MessageTooLong.Name: {
		Means: "The text message or a social post that is made of this alert is longer than it should be. A text message of more than three parts costs more and may arrive in pieces; " +
			"beyond six, or beyond what a social site takes, it cannot be sent as it is.",
		Mend:    "Shorten the title, which stands in it. What to do, how sure we are, the expiry and the link are put there by the program and stay. One letter that telephones' own alphabet lacks, such as ŵ or ł, more than halves the room.",
		Example: "title = \"Pills sold as oxycodone may contain nitazenes\"",
	},
}
