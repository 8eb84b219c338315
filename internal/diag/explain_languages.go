package diag

// explainLanguages: CND12, translations and the interface in other languages.
var explainLanguages = map[string]Explanation{
	TranslationOld.Name: {
		Means:   "The page that this is a translation of has a later date of change (updated, or else date). What is new there may be missing here, and the page says so to its readers.",
		Mend:    "Bring the translation up to date and set its own updated to the day on which you did. If nothing in the change concerns the translation, setting updated is enough. Where the old text could harm, leave the translation out: candour build --leave-out PAGE.",
		Example: "updated = 2026-11-20",
	},
	TranslationUnreviewed.Name: {
		Means:   "Nobody whose first language it is has checked this translation. The page says so to its readers.",
		Mend:    "Have it read by a native speaker who knows the subject, and then set translation_reviewed.",
		Example: "translation_reviewed = true",
	},
	InterfaceMissing.Name: {
		Means: "The site has pages in a language that the program has no words for, or not all: menus, dates and notices of those pages are in English where words are lacking.",
		Mend:  "Put the words into themes/candour/i18n/ under the language's code, such as pa.toml for Punjabi; docs/translating.md lists them. Or ask whether somebody has made them already.",
	},
}
