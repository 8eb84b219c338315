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
	InterfaceUnreviewed.Name: {
		Means:   "The words of menus, dates and notices in a language of the site have not been reviewed by a native speaker. The accessibility statement says so.",
		Mend:    "Have somebody whose first language it is read them, on the pages or in the program's file. If a word is wrong, put it right in a file of that name in your own repository; when all is well, record it there.",
		Example: "# themes/candour/i18n/cy.toml\nreviewed = true",
	},
	ReadingAge.Name: {
		Means:   "The text needs an older reader than the page's reading_age_target says. It is measured by the Flesch-Kincaid grade level and five years, which counts words a sentence and syllables a word; names of drugs that the glossary explains count as short words.",
		Mend:    "Cut long sentences in two, and put a shorter word where one will do; the finding names the longest sentences. If the page cannot be simpler, raise the target or take it out. The number is a hint: ask somebody of the audience to read it.",
		Example: "reading_age_target = 11",
	},
	ReadingLevel.Name: {
		Means: "How hard the page is to read, as check --verbose tells of every page: the reading age of English text by the Flesch-Kincaid grade level, the figure LIX of other languages, words a sentence, and where sentences of more than 25 words stand.",
		Mend:  "Nothing, if the audience can read it. Long sentences are where to begin.",
	},
	WordingNotRead.Name: {
		Means:   "The rules on wording know English alone: whether this alert claims more than its evidence bears out, departs from one single dose of naloxone at a time, advertises, or puts a label on people, no program has read. It is told of alerts and their templates, where one word can do harm.",
		Mend:    "Have a native speaker who knows the subject hold the text against the English one, sentence by sentence: \"may contain\", \"not yet confirmed\" and \"one dose\" are what matters. Then set translation_reviewed.",
		Example: "translation_reviewed = true",
	},
	InterfaceMissing.Name: {
		Means: "The site has pages in a language that the program has no words for, or not all: menus, dates and notices of those pages are in English where words are lacking.",
		Mend:  "Put the words into themes/candour/i18n/ under the language's code, such as pa.toml for Punjabi; docs/translating.md lists them. Or ask whether somebody has made them already.",
	},
}
