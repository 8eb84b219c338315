package printing_test

import "candour/internal/leaflet"

// sheet is a leaflet that is nothing but a title.
func sheet(title string) *leaflet.Sheet {
	return &leaflet.Sheet{Title: title, Lang: "en-GB", Dir: "ltr", Address: "https://plan.testford.example/"}
}
