package alertform

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"time"

	"candour/internal/vetting"
)

// message is one telling of an alert: its issue, or a change to it.
type message struct {
	sent time.Time
	note string
}

// times works out when an alert was sent. It is edited in place, so that its messages are read off its front matter: the
// first is its issue, and each [[change]] after that is another. They rest on what a later change leaves alone (issued, and
// the changes before), so that the messages that an update refers to keep their identifiers. A change that gives a day
// alone counts from the start of it, or from a second after the message before it.
func (a *alert) times(now time.Time) {
	issued := a.issued
	if issued.IsZero() {
		issued, _, _ = moment(a.page.Params["date"])
	}
	if issued.IsZero() {
		return
	}
	a.messages = []message{{sent: issued}}
	add := func(at time.Time, note string) {
		if last := a.messages[len(a.messages)-1].sent; !at.After(last) {
			at = last.Add(time.Second)
		}
		if !at.After(now) {
			a.messages = append(a.messages, message{at, note})
		}
	}
	type change struct {
		at      time.Time
		day     bool
		note    string
		written int
	}
	var changes []change
	list, _ := a.page.Params["change"].([]any)
	for i, item := range list {
		table, _ := item.(map[string]any)
		note, _ := table["note"].(string)
		if at, day, ok := moment(table["date"]); ok {
			changes = append(changes, change{at, day, note, i})
		}
	}
	slices.SortFunc(changes, func(x, y change) int { // newest first in the file, oldest first here
		if c := x.at.Compare(y.at); c != 0 {
			return c
		}
		return y.written - x.written
	})
	alone := a.status != "issued" && a.status != "draft" && len(changes) == 1
	for _, c := range changes {
		a.note = c.note
		switch {
		case !c.day && !c.at.After(issued), c.day && dayOf(c.at) < dayOf(issued):
			continue // the issue itself, or what went before it
		case c.day && dayOf(c.at) == dayOf(issued) && len(a.messages) == 1 && !alone:
			continue // "First issued."
		}
		add(c.at, c.note)
	}
	last := a.messages[len(a.messages)-1].sent
	if at, day, ok := moment(a.page.Params["updated"]); ok && !day && dayOf(at) > dayOf(last) {
		add(at, a.note)
	} else if len(a.messages) == 1 && a.status != "issued" && a.status != "draft" {
		if ok && !day && at.After(last) {
			add(at, a.note)
		} else {
			add(last, a.note)
		}
	}
}

func dayOf(at time.Time) string { return at.In(vetting.London).Format(time.DateOnly) }

// settle works out when the alert last changed: whatever a reader of a feed would want to hear of. An alert changes too
// when it expires, and when another takes its place.
func (a *alert) settle(now time.Time) {
	newest := func(at time.Time, ok bool) {
		if ok && at.After(a.changed) && !at.After(now) {
			a.changed = at
		}
	}
	for _, key := range []string{"date", "updated"} {
		at, _, ok := moment(a.page.Params[key])
		newest(at, ok)
	}
	for _, m := range a.messages {
		newest(m.sent, true)
	}
	newest(a.expires, !a.expires.IsZero() && a.state == "expired")
	if a.later != nil && len(a.later.messages) > 0 {
		newest(a.later.messages[0].sent, true)
	}
}

// identifier is the name of a message: no space, comma, < or & (CAP 1.2, section 3.2.1), and the OASIS schema allows letters,
// digits, hyphens and underscores alone.
func (f *Forms) identifier(a *alert, sent time.Time) string {
	plain := make([]rune, 0, len(a.slug))
	exact := true
	for _, r := range a.slug {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '-' || r == '_' {
			plain = append(plain, r)
			continue
		}
		plain = append(plain, '_')
		exact = false
	}
	name := string(plain)
	if !exact { // two such names must not become one
		sum := sha256.Sum256([]byte(a.slug))
		name += "-" + hex.EncodeToString(sum[:4])
	}
	if !f.edition.Public() {
		name = f.edition.Name + "-" + name
	}
	return name + "-" + sent.UTC().Format("20060102T150405Z")
}
