package figure

import "fmt"

// words are all that Go writes into pages about figures, by language.
var words = map[string]string{
	"hidden":         "[number not shown]",
	"missing":        "[number not known]",
	"not-applicable": "[not applicable]",
	"bars":           "Bar chart by %s.",
	"lines":          "Line chart by %s.",
	"stacked":        "Stacked bar chart by %s.",
	"range":          "%s: highest %s (%s), lowest %s (%s).",
	"none":           "%s: no number is shown.",
	"some-hidden":    "Some numbers are not shown.",
	"table-beside":   "The numbers stand in the table that follows.",
	"of":             "%s: %s",
}

// Say gives words of a language. Until there are others every language gets English.
func Say(lang, key string, args ...any) string {
	if len(args) == 0 {
		return words[key]
	}
	return fmt.Sprintf(words[key], args...)
}
