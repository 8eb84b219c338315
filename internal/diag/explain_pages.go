package diag

const themeMend = "This comes from a template, so it is probably on many pages. If the site has files of its own in layouts/ or themes/, ask whoever looks after them, or take them out to use the program's theme."

// explainPages: CND07, the rendered page.
var explainPages = map[string]Explanation{
	MissingAlt.Name: {
		Means:   "A picture has no words to go in its place. People who cannot see it, or whose phone does not load it, learn nothing from it.",
		Mend:    "Put a short description between the square brackets: what the picture shows that the reader needs to know. If it is mere decoration, leave the picture out, or say so: {{< figure src=\"line.png\" alt=\"\" >}}. Screen readers then pass over it.",
		Example: "![An open naloxone kit with two syringes](kit.jpg)",
	},
	HeadingOrder.Name: {
		Means:   "A heading skips a rank, for instance from ## to ####. Screen readers read out the ranks, and a gap sounds as if something were missing.",
		Mend:    "Use ## for the parts of a page and ### for parts of those. Do not choose a rank for its size.",
		Example: "## Prepare\n\n### Naloxone",
	},
	VagueLinkText.Name: {
		Means:   "A link says only something like \"click here\" or \"more\". People who jump from link to link hear nothing but that.",
		Mend:    "Let the link's words say where it leads.",
		Example: "[How to recognise an overdose](/leaflets/festival/overdose/)",
	},
	ThirdParty.Name: {
		Means: "The page would make the reader's browser load something from another company's server: a script, font, picture, frame or the like. That tells the other company who reads about drugs. Ordinary links are fine.",
		Mend:  "Put a copy of the file into the page's folder or into static/, if its licence allows, and refer to that. A video becomes a link. If it comes from a template, ask whoever looks after the theme.",
	},
	PageLanguage.Name: {
		Means:   "The page does not say which language it is in, so screen readers cannot tell how to pronounce it.",
		Mend:    "Check language in candour.toml. " + themeMend,
		Example: "language = \"en-GB\"",
	},
	PageTitle.Name: {
		Means: "The page has no title for the browser's tab and for search engines, or an empty one.",
		Mend:  "Check title in the page's front matter. " + themeMend,
	},
	OneH1.Name: {
		Means:   "A page has exactly one main heading, and this one has none or several. The title of the front matter is the main heading already.",
		Mend:    "Begin the headings of the text with ##, not with #. If the text has none with a single #, a template is the cause; ask whoever looks after the theme.",
		Example: "## What to do first",
	},
	EmptyLink.Name: {
		Means:   "A link or button has no words that a screen reader could read out.",
		Mend:    "Put words between the square brackets, or a description into the picture that is the link.",
		Example: "[Where to get naloxone](/pages/naloxone/)",
	},
	TableHeaders.Name: {
		Means:   "A table has no headings for its columns, so a screen reader reads out cells without saying what they are.",
		Mend:    "Begin the table with a line of headings and a line of hyphens.",
		Example: "| Item | Where |\n| --- | --- |\n| Naloxone kits | Every pharmacy in town |",
	},
	FormLabel.Name: {
		Means: "A field of a form has no label, so a screen reader cannot say what to type into it.",
		Mend:  themeMend,
	},
	DuplicateID.Name: {
		Means:   "Two things on the page have the same id, so that a link to it leads to the wrong one.",
		Mend:    "If both are headings with {#id}, give one of them another. Otherwise: " + themeMend,
		Example: "## Contacts at night {#contacts-at-night}",
	},
	Landmarks.Name: {
		Means: "The page lacks the parts that assistive technology jumps to, or has one of them twice: exactly one main part, and the header, footer and navigation around it.",
		Mend:  themeMend,
	},
	Contrast.Name: {
		Means: "Words and what stands behind them are too alike in colour to be read by everybody; the ratio must be at least 4.5 to 1.",
		Mend:  "Choose a darker colour for text on light, a lighter one for text on dark. If the colours come from a theme, ask whoever looks after it.",
	},
	ActiveContent.Name: {
		Means: "The page would run a program in the reader's browser: an event handler or a javascript: address. The site works without any, and none is let through.",
		Mend:  "Take it out of the text, if it is there. " + themeMend,
	},
	BlockedByPolicy.Name: {
		Means: "The page has a script or a style written into it, or shows another document in a frame. The site comes with a Content-Security-Policy that lets browsers use only files of the site itself, " +
			"so that nothing that slips into a page can run there. What the message names is not run or shown to anybody.",
		Mend:    "Put the script or the style into a file: in assets/ of your theme or in static/, with <script src> or <link rel=\"stylesheet\"> in the template. Use class instead of style. " + themeMend,
		Example: "<link rel=\"stylesheet\" href=\"{{ \"our.css\" | relURL }}\">",
	},
	PageWeight.Name: {
		Means: "The page with its style sheets and scripts is larger than 50 kB, before any image. On a bad connection, outside a venue at night, it may not come in time.",
		Mend:  "Split the page in two, or move long tables into a file of the page's folder for download. If every page is too large, the style sheet or a script of your theme is.",
	},
	ImageSize.Name: {
		Means:   "A template writes an image without width and height. The text below it jumps when the image arrives, which makes people lose their place or press the wrong link.",
		Mend:    "Write images as ![what it shows](file.jpg), which gives them their size. In a template or in the figure shortcode, give width and height in pixels.",
		Example: "{{< figure src=\"map.png\" alt=\"Where the walk-in centre is\" width=\"640\" height=\"480\" >}}",
	},
	StatementIncomplete.Name: {
		Means:   "Public bodies must publish an accessibility statement (SI 2018/852). It is made from [accessibility] in candour.toml, and something that it must say is not there.",
		Mend:    "Put in the line from the hint. If you do not know the answer, ask whoever is responsible for accessibility in your organisation; do not guess.",
		Example: "[accessibility]\nprepared = 2026-11-01\nresponse_days = 10\n\n[[accessibility.test]]\ndate = 2026-11-12\nby = \"the council's web team\"\nmethod = \"axe-core and keyboard on every page\"\nresult = \"partially\"",
	},
	StatementStale.Name: {
		Means: "The accessibility statement rests on a test that is more than a year old, or promises a repair by a day that has passed. The page says so too.",
		Mend:  "Have the site tested and record it, with its date, as another [[accessibility.test]] in candour.toml. Take out the issues that have been mended, and set a new fix_by for those that have not.",
	},
}
