// Package alert is the life of an alert: what state it is in, which alerts take the place of which, and what is wrong with
// its dates and its place among the others. It is pure: it knows neither files nor pages, and is told the clock.
//
// Vetting asks [Check] for faults; whoever shows an alert asks [Alert.State].
package alert

import (
	"slices"
	"strings"
	"time"
)

// State is where an alert stands for its reader.
type State string

const (
	Draft     State = "draft"     // nobody has issued it
	Live      State = "live"      // in force
	Expired   State = "expired"   // past its expiry by the clock
	Replaced  State = "replaced"  // a later alert takes its place
	Corrected State = "corrected" // a later alert corrects it
	Withdrawn State = "withdrawn"
)

// Moment is a date or a time of the front matter. A day begins at midnight and ends at the next; a time is both.
type Moment struct{ Start, End time.Time }

// Given reports whether there is a moment at all.
func (m Moment) Given() bool { return !m.Start.IsZero() }

// Alert is one alert, or a translation of one, by what matters of it here. Replaces and CorrectionOf are addresses, and
// empty where the alert names none or none that there is.
type Alert struct {
	Address string
	Status  string // of the front matter: draft, issued, updated, withdrawn, corrected

	Date, Updated, PanelMet, Issued, Expires Moment

	Replaces, CorrectionOf string
}

// State is what the alert is at a time. replaced and corrected say whether an issued alert takes its place or corrects it.
// What is withdrawn stays withdrawn whatever else is true of it, and an alert that was set right never looks merely old.
func (a Alert) State(now time.Time, replaced, corrected bool) State {
	switch {
	case a.Status == "draft":
		return Draft
	case a.Status == "withdrawn":
		return Withdrawn
	case corrected:
		return Corrected
	case replaced:
		return Replaced
	case a.Expired(now):
		return Expired
	}
	return Live
}

// Expired reports whether the expiry has come.
func (a Alert) Expired(now time.Time) bool { return a.Expires.Given() && !a.Expires.End.After(now) }

// Resolve finds the address that an author's name for a page means: its file, its address, or its short name. have yields
// the addresses and files to choose from, in a fixed order; ok is false if none is meant.
func Resolve(name string, have func(yield func(address, file string) bool)) (address string, ok bool) {
	if name == "" {
		return "", false
	}
	slug := Slug(name)
	found := ""
	have(func(address, file string) bool {
		if file == name || address == name || strings.Trim(address, "/") == strings.Trim(name, "/") {
			found, ok = address, true
			return false
		}
		if !ok && slug != "" && strings.HasSuffix(address, "/"+slug+"/") {
			found, ok = address, true
		}
		return true
	})
	return found, ok
}

// Slug is the short name of a page: the last part of its address, or of its file without .md and index.
func Slug(name string) string {
	s := strings.Trim(strings.TrimSuffix(name, ".md"), "/")
	s = strings.TrimSuffix(s, "/index")
	return s[strings.LastIndex(s, "/")+1:]
}

// Past is how the alerts of a site stand to each other, drafts left out: what nobody has issued changes nothing.
type Past struct {
	replacedBy, correctedBy map[string][]string // address -> addresses of later alerts, oldest first
}

// NewPast reads alerts in any order.
func NewPast(alerts []Alert) *Past {
	p := &Past{map[string][]string{}, map[string][]string{}}
	sorted := slices.Clone(alerts)
	slices.SortStableFunc(sorted, func(a, b Alert) int {
		if c := a.Issued.Start.Compare(b.Issued.Start); c != 0 {
			return c
		}
		return strings.Compare(a.Address, b.Address)
	})
	for _, a := range sorted {
		if a.Status == "draft" {
			continue
		}
		if a.Replaces != "" && a.Replaces != a.Address {
			p.replacedBy[a.Replaces] = append(p.replacedBy[a.Replaces], a.Address)
		}
		if a.CorrectionOf != "" && a.CorrectionOf != a.Address {
			p.correctedBy[a.CorrectionOf] = append(p.correctedBy[a.CorrectionOf], a.Address)
		}
	}
	return p
}

// ReplacedBy is the newest alert that takes the place of the one at the address, or "".
func (p *Past) ReplacedBy(address string) string { return last(p.replacedBy[address]) }

// CorrectedBy is the newest alert that corrects the one at the address, or "".
func (p *Past) CorrectedBy(address string) string { return last(p.correctedBy[address]) }

func last(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[len(list)-1]
}

// State is the alert's state among the others.
func (p *Past) State(a Alert, now time.Time) State {
	return a.State(now, p.ReplacedBy(a.Address) != "", p.CorrectedBy(a.Address) != "")
}
