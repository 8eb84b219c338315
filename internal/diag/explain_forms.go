package diag

// explainForms: CND11, pages in other forms.
var explainForms = map[string]Explanation{
	MessageTooLong.Name: {
		Means: "The text message or a social post that is made of this alert is longer than it should be. A text message of more than three parts costs more and may arrive in pieces; " +
			"beyond six, or beyond what a social site takes, it cannot be sent as it is.",
		Mend:    "Shorten the title, which stands in it. What to do, how sure we are, the expiry and the link are put there by the program and stay. One letter that telephones' own alphabet lacks, such as ŵ or ł, more than halves the room.",
		Example: "title = \"Pills sold as oxycodone may contain nitazenes\"",
	},
	SearchEngine.Name: {
		Means: "candour.toml asks for search with pagefind, and the program pagefind is not on this machine's path, or made no index that can be used. Nothing else is put in its place unasked, because a site that is " +
			"searched in another way on every machine is not the same site.",
		Mend: "Install pagefind, version 1 (pagefind.app says how), so that typing pagefind at a prompt finds it; a copy inside the content repository is not run. " +
			"Or use the site's own search, which needs no other program: write engine = \"own\", or leave [search] out.",
		Example: "[search]\nengine = \"own\"",
	},
}
