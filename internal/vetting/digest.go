package vetting

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"candour/internal/content"
	"candour/internal/frontmatter"
	"candour/internal/load"
)

// What a sign-off is bound to: the page's decoded front matter without sign-offs, its body with LF line ends, and its
// bundled files (contract, section 5).
//
// The digest is made in two steps. The core covers everything but five keys: status, expires, level, withhold and change.
// The digest covers the core and those five. What makes the public safer changes only some of the five, so whether a page
// differs from what was signed only in that way can be told without having kept what was signed: every state that could
// have come before the present one is tried (contract, section 5: "never waits for a signature").

// parts is a page as a digest sees it.
type parts struct {
	core      [sha256.Size]byte
	status    string
	expires   string
	level     string
	withholds []withholdPart
	changes   []string
}

type withholdPart struct{ rest, level string }

// safety are the keys outside the core.
var safety = []string{"signoff", "status", "expires", "level", "withhold", "change"}

func digestParts(repo *load.Repo, p *content.Page) (parts, error) {
	var d parts
	h := sha256.New()
	h.Write(frontmatter.Canonical(p.Front, func(path string) bool { return slices.Contains(safety, path) }))
	h.Write([]byte{0})
	h.Write(bytes.ReplaceAll(p.Body, []byte("\r\n"), []byte("\n")))
	h.Write([]byte{0})
	files := slices.Clone(p.Bundle)
	slices.SortFunc(files, func(a, b content.BundleFile) int { return strings.Compare(a.Name, b.Name) })
	for _, f := range files {
		data, err := repo.ReadFile(f.File)
		if err != nil {
			return d, fmt.Errorf("%s cannot be read", f.File)
		}
		fmt.Fprintf(h, "%s\x00%x\x00", f.Name, sha256.Sum256(data))
	}
	h.Sum(d.core[:0])
	d.status = p.Text("status")
	d.level = p.Text("level")
	d.expires = expiresPart(p.Front["expires"])
	if items, ok := p.Front["withhold"].([]any); ok {
		for _, item := range items {
			if table, ok := item.(map[string]any); ok {
				level, _ := table["level"].(string)
				rest := frontmatter.Canonical(table, func(path string) bool { return path == "level" })
				d.withholds = append(d.withholds, withholdPart{string(rest), level})
			}
		}
	}
	if items, ok := p.Front["change"].([]any); ok {
		for _, item := range items {
			if table, ok := item.(map[string]any); ok {
				d.changes = append(d.changes, string(frontmatter.Canonical(table, nil)))
			}
		}
	}
	return d, nil
}

func expiresPart(v any) string {
	at, dateOnly, ok := frontmatter.Instant(v, London)
	switch {
	case !ok:
		return ""
	case dateOnly:
		return "day " + at.Format(time.DateOnly)
	}
	return "at " + at.UTC().Format(time.RFC3339)
}

// around is what a digest is made of, before and behind the expiry. The flags are sorted: their order says nothing.
func (d *parts) around() (head, tail []byte) {
	head = append(head, "candour sign-off 1\n"...)
	head = append(head, d.core[:]...)
	head = append(head, d.status...)
	head = append(head, 0)
	tail = append(tail, 0)
	tail = append(tail, d.level...)
	tail = append(tail, 0)
	flags := make([]string, len(d.withholds))
	for i, w := range d.withholds {
		level := w.level
		if level == "" {
			level = "restricted"
		}
		flags[i] = w.rest + "\x01" + level
	}
	slices.Sort(flags)
	for _, f := range flags {
		tail = append(tail, f...)
		tail = append(tail, 0)
	}
	tail = append(tail, 2)
	for _, c := range d.changes {
		tail = append(tail, c...)
		tail = append(tail, 0)
	}
	return head, tail
}

func (d *parts) sum() [sha256.Size]byte {
	head, tail := d.around()
	return sha256.Sum256(slices.Concat(head, []byte(d.expires), tail))
}

// Digest returns what candour approve writes for a page: "sha256:" and 64 hexadecimal digits.
func Digest(repo *load.Repo, p *content.Page) (string, error) {
	d, err := digestParts(repo, p)
	if err != nil {
		return "", err
	}
	sum := d.sum()
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// match says how a page stands to what was signed.
type match int

const (
	stale match = iota
	safer       // differs only in what makes the public safer
	same
)

// horizon bounds how far an expiry may have been brought forward; up to minutely any minute is tried, beyond it the times
// of day that people write.
const (
	horizon  = 400 * 24 * time.Hour
	minutely = 62 * 24 * time.Hour
)

// searches is how many sign-offs of a build are compared minute by minute, which takes some tenths of a second each on a
// small machine. Where more alerts than that are stale at once, the others are compared by the quarter hour: an expiry at
// an odd minute that was brought forward is then taken for a change, which stops the build and publishes nothing.
const searches = 12

// compare holds a page against the digest of a sign-off. near is how far ahead any minute is tried.
func (d *parts) compare(digest string, near time.Duration) match {
	want, err := hex.DecodeString(strings.TrimPrefix(digest, "sha256:"))
	if err != nil || len(want) != sha256.Size {
		return stale
	}
	try := func(c *parts) bool {
		sum := c.sum()
		return bytes.Equal(sum[:], want)
	}
	if try(d) {
		return same
	}
	before := *d
	statuses, changes := []string{d.status}, [][]string{d.changes}
	if d.status == "withdrawn" {
		statuses = append(statuses, "issued", "updated", "corrected", "draft")
		for n := len(d.changes) - 1; n >= 0 && n >= len(d.changes)-3; n-- {
			changes = append(changes, d.changes[:n])
		}
	}
	levels := []string{d.level}
	switch d.level {
	case "partners":
		levels = append(levels, "", "public")
	case "restricted":
		levels = append(levels, "", "public", "partners")
	}
	for _, before.status = range statuses {
		for _, before.changes = range changes {
			for _, before.level = range levels {
				for flags := range d.earlierFlags() {
					before.withholds, before.expires = flags, d.expires
					if try(&before) {
						return safer
					}
				}
			}
		}
	}
	// An expiry brought forward: no expiry before, or any later day or minute.
	if d.expires == "" {
		return stale
	}
	forward := func(c *parts, near time.Duration) bool {
		head, tail := c.around()
		var buf []byte
		for expires := range d.laterExpiries(near) {
			buf = append(append(append(buf[:0], head...), expires...), tail...)
			if sum := sha256.Sum256(buf); bytes.Equal(sum[:], want) {
				return true
			}
		}
		return false
	}
	if forward(d, near) {
		return safer
	}
	if d.status != "withdrawn" {
		return stale
	}
	// Brought forward first and withdrawn then. With so many states, the times that people write must do.
	before = *d
	for _, before.status = range []string{"issued", "updated", "corrected"} {
		for _, before.changes = range changes[:min(2, len(changes))] {
			if forward(&before, 0) {
				return safer
			}
		}
	}
	return stale
}

// earlierFlags yields the [[withhold]] flags that could have stood there before some were added or raised.
func (d *parts) earlierFlags() func(func([]withholdPart) bool) {
	const most = 8 // 3^8 sets; with more flags only the last eight are taken to be new
	return func(yield func([]withholdPart) bool) {
		fixed := max(0, len(d.withholds)-most)
		var rec func(kept []withholdPart, rest []withholdPart) bool
		rec = func(kept, rest []withholdPart) bool {
			if len(rest) == 0 {
				return yield(kept)
			}
			w := rest[0]
			if !rec(append(slices.Clip(kept), w), rest[1:]) || !rec(kept, rest[1:]) {
				return false
			}
			if w.level == "" || w.level == "restricted" {
				return rec(append(slices.Clip(kept), withholdPart{w.rest, "partners"}), rest[1:])
			}
			return true
		}
		rec(d.withholds[:fixed], d.withholds[fixed:])
	}
}

// laterExpiries yields every expiry that the present one could have been brought forward from: none, each day, its last
// minute and its quarter hours within the horizon, and every minute of those near. What it yields is good until the next.
// A hundred thousand digests take a fraction of a second, and only for a page that does not match.
func (d *parts) laterExpiries(near time.Duration) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		if !yield(nil) {
			return
		}
		var from time.Time
		if day, ok := strings.CutPrefix(d.expires, "day "); ok {
			from, _ = time.ParseInLocation(time.DateOnly, day, London)
		} else {
			from, _ = time.Parse(time.RFC3339, strings.TrimPrefix(d.expires, "at "))
		}
		var buf []byte
		at := func(t time.Time) bool {
			buf = t.AppendFormat(append(buf[:0], "at "...), time.RFC3339)
			return yield(buf)
		}
		for day := from.In(London); day.Sub(from) < horizon; day = day.AddDate(0, 0, 1) {
			buf = day.AppendFormat(append(buf[:0], "day "...), time.DateOnly)
			if !yield(buf) || !at(time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 0, 0, London).UTC()) {
				return
			}
		}
		step := time.Minute
		for t := from.UTC().Truncate(step); t.Sub(from) < horizon; t = t.Add(step) {
			if t.Sub(from) >= near && step == time.Minute {
				step = 15 * time.Minute
				t = t.Truncate(step)
			}
			if !at(t) {
				return
			}
		}
	}
}
