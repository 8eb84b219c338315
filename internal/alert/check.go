package alert

import (
	"slices"
	"strings"
	"time"
)

// Kind names a fault.
type Kind int

const (
	// OutOfOrder: two dates of one alert, or of an alert and the one before it, cannot both be right.
	OutOfOrder Kind = iota
	// Ahead: it is in force and says that it will be issued later.
	Ahead
	// Loop: it takes the place of itself, at once or by way of others.
	Loop
	// Twice: two live alerts take the place of one.
	Twice
)

// Fault is one thing that is wrong with an alert. Key is the front-matter key that it stands at.
type Fault struct {
	Address, Key string
	Kind         Kind
	Message      string
	// Other is the address of the other alert that is concerned, or "". What may be said of it the caller knows.
	Other string
}

// Check finds what is wrong with the dates of alerts and with how they follow each other. Faults come in the order of the
// alerts.
func Check(alerts []Alert, now time.Time) []Fault {
	var faults []Fault
	past := NewPast(alerts)
	by := make(map[string]*Alert, len(alerts))
	for i := range alerts {
		by[alerts[i].Address] = &alerts[i]
	}
	for i := range alerts {
		a := &alerts[i]
		faults = append(faults, a.dates(now)...)
		for _, follow := range []struct {
			key, to string
			next    func(*Alert) string
			does    string
		}{
			{"replaces", a.Replaces, func(a *Alert) string { return a.Replaces }, "replaces"},
			{"correction_of", a.CorrectionOf, func(a *Alert) string { return a.CorrectionOf }, "corrects"},
		} {
			if follow.to == "" {
				continue
			}
			next := func(address string) string {
				if at := by[address]; at != nil {
					return follow.next(at)
				}
				return ""
			}
			if length := Circle(a.Address, next); length > 0 {
				message := "the alert " + follow.does + " itself"
				if length > 1 {
					message += ", by way of other alerts"
				}
				faults = append(faults, Fault{Address: a.Address, Key: follow.key, Kind: Loop, Message: message})
				continue
			}
			if old := by[follow.to]; old != nil && a.Issued.Given() && old.Issued.Given() && old.Issued.Start.After(a.Issued.End) {
				faults = append(faults, Fault{Address: a.Address, Key: follow.key, Kind: OutOfOrder, Other: old.Address,
					Message: "the alert that it " + follow.does + " was issued later than it"})
			}
		}
		faults = append(faults, a.rivals(past, by, now)...)
	}
	return faults
}

// dates holds the dates of one alert against each other. That the panel met before it was issued is the contract's own
// gate, and asked for there.
func (a *Alert) dates(now time.Time) []Fault {
	var faults []Fault
	wrong := func(key, message string) {
		faults = append(faults, Fault{Address: a.Address, Key: key, Kind: OutOfOrder, Message: message})
	}
	if a.Issued.Given() && a.Expires.Given() && !a.Expires.End.After(a.Issued.Start) {
		wrong("expires", "the alert stops applying before it was issued")
	} else if a.Date.Given() && a.Expires.Given() && !a.Expires.End.After(a.Date.Start) {
		wrong("expires", "the alert stops applying before its own date")
	}
	if a.Updated.Given() && a.Date.Given() && !a.Updated.End.After(a.Date.Start) {
		wrong("updated", "the alert was updated before its own date")
	}
	if a.Updated.Given() && a.Updated.Start.After(now) {
		wrong("updated", "the alert says that it was updated at a time that is still to come")
	}
	if a.Status != "draft" && a.Issued.Given() && a.Issued.Start.After(now) {
		faults = append(faults, Fault{Address: a.Address, Key: "issued", Kind: Ahead, Message: "the alert is shown as issued at a time that is still to come"})
	}
	return faults
}

// Circle is how many steps lead from an address back to itself, or 0. next gives the address that one takes the place of,
// or "".
func Circle(from string, next func(address string) string) int {
	steps := 0
	seen := map[string]bool{}
	for at := from; at != "" && !seen[at]; at = next(at) {
		seen[at] = true
		steps++
		if next(at) == from {
			return steps
		}
	}
	return 0
}

// rivals finds another live alert that takes the place of the same one. Every one of them has the fault, since only people
// can say which is right.
func (a *Alert) rivals(past *Past, by map[string]*Alert, now time.Time) []Fault {
	if a.Replaces == "" || past.State(*a, now) != Live {
		return nil
	}
	others := slices.Clone(past.replacedBy[a.Replaces])
	slices.SortFunc(others, strings.Compare)
	for _, address := range others {
		if o := by[address]; address != a.Address && o != nil && past.State(*o, now) == Live {
			return []Fault{{Address: a.Address, Key: "replaces", Kind: Twice, Other: address, Message: "another alert that is in force takes the place of the same one"}}
		}
	}
	return nil
}
