package vetting

import (
	"time"
	_ "time/tzdata" // the zone of the contract must be there on every machine

	"candour/internal/frontmatter"
)

// London is the zone of times without an offset (contract, section 5).
var London = func() *time.Location {
	loc, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // embedded above
	}
	return loc
}()

// Start is the moment at which a date or time of the front matter begins.
func Start(v any) (time.Time, bool) {
	at, _, ok := frontmatter.Instant(v, London)
	return at, ok
}

// End is the moment at which a date or time of the front matter is over: a day lasts to its end in London.
func End(v any) (time.Time, bool) {
	at, dateOnly, ok := frontmatter.Instant(v, London)
	if dateOnly {
		at = time.Date(at.Year(), at.Month(), at.Day()+1, 0, 0, 0, 0, London)
	}
	return at, ok
}
