package diag

// explainFiles: CND01.
var explainFiles = map[string]Explanation{
	BadTOML.Name: {
		Means: "The front matter, candour.toml or a file of data/ is written in TOML, and this line is not TOML. " +
			"The message says what the line looks like; it never repeats the line, because it may hold something that is withheld.",
		Mend: "Put text between straight quotes, one key = value on each line. Telephone numbers and codes are text too; days are written without quotes. " +
			"If you cannot see what is wrong and the rest must go out tonight, build without the page: candour build --leave-out PAGE.",
		Example: "title = \"Synthetic opioid preparedness plan\"\nphone = \"01632 960000\"\ndate  = 2026-11-20",
	},
	CurlyQuotes.Name: {
		Means: "The line has curly quotes, as Word types them, where TOML wants straight ones, so the program cannot tell where the text begins and ends. " +
			"Curly quotes inside a text that is itself between straight quotes are fine.",
		Mend:    "Type the outer quotes again in a plain text editor, here and on the lines below. If your editor makes them curly, turn its smart quotes off.",
		Example: "title = \"Synthetic opioid preparedness plan\"",
	},
	NoFrontMatter.Name: {
		Means: "A page begins with its front matter: a line that holds only +++, the title and other details, and +++ again. Here it is missing, never closed, or written in YAML or JSON.",
		Mend:  "Put the two +++ lines around the details, each alone on its line. candour new KIND SLUG writes a page to copy from, and candour explain KIND says what it takes.",
		Example: "+++\ntitle   = \"About this site\"\nsummary = \"Who publishes it and how to reach us.\"\ndate    = 2026-11-20\n+++\n" +
			"The text of the page.",
	},
	BadEncoding.Name: {
		Means: "The file is not plain text in UTF-8: it has bytes that are no characters, or control characters, which no reader sees. That happens to files saved by old programs, to text copied from a terminal, and to Word files renamed to .md.",
		Mend:  "Open it in a text editor and save it as UTF-8. From Word, copy the text into a new file in a text editor. A control character goes when the line is typed again.",
	},
	MisplacedFile.Name: {
		Means: "Pages lie in the folder of their kind: content/plans/, content/alerts/ and so on. This file lies elsewhere, so it is not known what it takes and which of its fields are withheld.",
		Mend:  "Move it into the folder of its kind; a leaflet goes one deeper, into the folder of its setting. A file that is no page belongs in a page's own folder or in static/.",
	},
	CaseCollision.Name: {
		Means: "Two files have the same name but for capital letters, or for the way in which an accent is written: ŷ can be one character or two. Windows and Mac computers and some web servers take them for one file, and one would overwrite the other.",
		Mend:  "Rename one of the two, and correct the links to it. Names in small letters with hyphens never collide.",
	},
	OutsideSource.Name: {
		Means: "This is a symbolic link to a file outside of the content repository. It is not followed, because it could publish anything on the computer.",
		Mend:  "Put a copy of the file in its place, if it is meant to be published.",
	},
	FileLeftOut.Name: {
		Means: "Hidden files and editors' backups are never published, because they often hold an earlier text. This one was left out.",
		Mend:  "Delete it if it is a backup. If it is meant to be published, give it a name that does not begin with a dot and does not end in ~, .bak or the like.",
	},
	FileNotAllowed.Name: {
		Means: "The file is of a type that cannot be published safely. Office documents carry authors, comments and earlier text; " +
			"pictures in SVG may carry scripts or reach out to other sites; other types cannot be searched for what is withheld.",
		Mend: "Publish a document as a page, or as a PDF listed under attachments. Save a drawing as a plain SVG without scripts, or as PNG. Otherwise take the file out.",
	},
	TooLarge.Name: {
		Means: "The front matter is larger than 1 MiB or nests deeper than 100 levels. It is nearly always a quote or bracket that was opened and not closed, or a document pasted into the wrong place.",
		Mend:  "Move long text below the second +++ line, and figures into a CSV file in data/. Look for a bracket that is not closed.",
	},
	AddressTaken.Name: {
		Means: "Two sources would become the same page of the site, and one would overwrite the other. about.md and about/index.md are such a pair.",
		Mend:  "Rename one of the two, or delete the one that is out of date.",
	},
	FileUnreadable.Name: {
		Means: "The program could not read the file, or could not look inside it to prove that nothing withheld is there. What cannot be checked is not published.",
		Mend: "Check that the file opens, and who may read it. A PDF with a password, or one made of pictures of pages, is saved again without the password or as text. " +
			"If it cannot be mended now, take it out of the page's attachments, or build without the page: candour build --leave-out PAGE.",
	},
	BadLayout.Name: {
		Means: "A template of the theme, or one of the site's own in layouts/, failed while this page was made. The content is probably fine.",
		Mend: "If you or somebody else changed a file in layouts/ or themes/, put it back as it was: without files of your own the program's theme is used. " +
			"Ask whoever looks after the theme, and give them the file and line.",
	},
	ConfigNotUsable.Name: {
		Means:   "candour.toml asks for something that cannot be done: an edition without an address of its own, a theme that is not there, or a setting of a later version of the program.",
		Mend:    "Follow the hint. An edition's address can be given for one build with --base-url; a setting that this version does not know is taken out, or the program is updated.",
		Example: "[[edition]]\nname      = \"partners\"\nclearance = \"partners\"\nbase_url  = \"https://partners.eastmere.example/\"",
	},
	NotPortable.Name: {
		Means: "Windows cannot have a file or folder of this name. Whoever works on the repository there, or serves the site from there, is without the file, and git may refuse to fetch the repository at all.",
		Mend:  "Rename it, and correct the links to it. Names in small letters with digits and hyphens work everywhere, but for con, prn, aux, nul, com1 to com9 and lpt1 to lpt9.",
	},
	NotMade.Name: {
		Means: "The page, or the file beside it, belongs to this edition and did not come out of the site's builder. Nothing is published, so that nobody takes a page for published that is not there.",
		Mend: "Rename the file, with letters, digits and hyphens. If that does not help and the site has templates of its own, ask whoever looks after them. " +
			"The rest can be published meanwhile: candour build --leave-out PAGE.",
	},
}
