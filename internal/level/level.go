// Package level holds the levels of sensitivity: contract, section 3.
package level

import "fmt"

// Level says who may see something; an edition's clearance is a level too. What is above the clearance is withheld.
type Level int

const (
	// Public is for everybody.
	Public Level = iota
	// Partners is for the organisations of the partnership.
	Partners
	// Restricted is for those who need it to do their work.
	Restricted
)

var names = [...]string{"public", "partners", "restricted"}

// Names returns the levels' names, lowest first.
func Names() []string { return names[:] }

// ParseLevel reads a level's name. Anything but the three exact names is refused: guessing at a level would publish.
func ParseLevel(s string) (Level, error) {
	for i, n := range names {
		if n == s {
			return Level(i), nil
		}
	}
	// The word itself is left out of the message: it may be a value typed into the wrong line.
	return Restricted, fmt.Errorf("not a level: the levels are public, partners and restricted")
}

// String gives the level's name. A number that is no level reads as restricted, the safe side.
func (l Level) String() string {
	if l < Public || l > Restricted {
		return names[Restricted]
	}
	return names[l]
}
