package diag

// explainPacks: CND13, content that somebody else publishes.
var explainPacks = map[string]Explanation{
	PackRefused.Name: {
		Means: "A pack of shared materials is not taken: it is not signed with the key that candour.toml trusts, was changed after it was signed, is older than the one the site has, or holds what no pack may hold. " +
			"Nothing of it was written, and the site that readers see is as it was.",
		Mend: "Do what the hint says. If the pack was changed or is signed by somebody else, do not use it: ask the publisher, by a way that you know, for the pack and its key. " +
			"The version that you had goes on working: put back the earlier file, or leave candour.lock as it is.",
	},
	PackNotLocked.Name: {
		Means: "The site takes a pack, and candour.lock does not say which version of it. Two builds of the same site could then differ.",
		Mend:  "Run candour pack update with the pack's name. It shows what the pack holds, and writes candour.lock, which belongs beside candour.toml.",
	},
	PackPageChanged.Name: {
		Means: "The site has a file of its own where a pack has a page. Vetted words must not be replaced in silence.",
		Mend: "To have the page as its publisher wrote it, delete the file; to add something local, put a note above or below it. " +
			"To have the page in your own words, declare it in candour.toml as in the example. The page then says that it was changed locally, and needs the sign-offs of its kind again.",
		Example: "[[pack.override]]\npage = \"content/leaflets/festival/look-out.md\"\nby = \"Eastmere Council\"\ndate = 2026-11-20\nnote = \"Names the welfare tent of our festival.\"",
	},
	PackPageWithdrawn.Name: {
		Means: "The publisher of a pack has taken a page back. It is no longer part of this site.",
		Mend:  "Read the reason, and take printed copies down. Change links to the page to the one that takes its place, if there is one.",
	},
	PackLinkOut.Name: {
		Means: "A page that goes into a pack has a link to a page of your site that does not go into it. Where the pack is taken there may be no such page, and the link would be broken there.",
		Mend:  "Put the other page into the pack too, by naming all that goes in with --include, or lead to its address on your own site, with https: before it. If every site has a page of its own there, nothing needs doing.",
	},
	NotForPacks.Name: {
		Means: "A page was to go into a pack, and its source holds what the public may not see, carries metadata or text that no reader of the site sees, or is not signed off. Whoever takes the pack gets the source.",
		Mend:  "Take out what is withheld or unseen and have the page signed off, or make the pack without it: candour pack create with --exclude and the page's path.",
	},
}
