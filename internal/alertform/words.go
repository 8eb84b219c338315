package alertform

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"candour/internal/frontmatter"
	"candour/internal/vetting"
)

// english are the words of the forms that come from no page.
var english = map[string]string{
	"event":            "Drug alert",
	"lead":             "Drug alert from {organisation}: {title}",
	"lead_correction":  "Correction from {organisation}: {title}",
	"lead_over":        "{state}: {title}",
	"do":               "If someone will not wake or is struggling to breathe, call 999.",
	"draft":            "DRAFT, not issued: do not send.",
	"not_vetted":       "NOT VETTED: do not send.",
	"edition":          "{edition} edition, not for the public.",
	"over_withdrawn":   "This alert has been withdrawn. Do not act on it and do not pass it on.",
	"over_expired":     "This alert has expired.",
	"over_replaced":    "A newer alert has taken the place of this one:",
	"over_corrected":   "This alert has been corrected:",
	"subject":          "Subject: {title}",
	"post":             "{place} ({count} of {limit} characters)",
	"page":             "The alert as it stands now",
	"page_why":         "Look there before you pass it on: it says whether the alert still applies.",
	"sent_by":          "Published by {organisation}.",
	"area":             "Area: {area}",
	"restriction":      "Only for readers of the {edition} edition.",
	"contact":          "Contact",
	"feed_title":       "Drug alerts from {organisation}",
	"feed_description": "Alerts about drugs that are causing harm: new ones, changes and withdrawals.",
	"last_change":      "What has changed",
}

// say gives words in a language; pairs are the names and values of what stands in braces.
func say(_, key string, pairs ...string) string {
	text := english[key]
	for i := 0; i+1 < len(pairs); i += 2 {
		text = strings.ReplaceAll(text, "{"+pairs[i]+"}", pairs[i+1])
	}
	return text
}

// stop ends a text as a sentence.
func stop(s string) string {
	s = strings.TrimSpace(s)
	if r, _ := utf8.DecodeLastRuneInString(s); s == "" || strings.ContainsRune(".!?…。۔؟", r) {
		return s
	}
	return s + "."
}

// contact is how to reach the publisher.
func (f *Forms) contact() string {
	if f.cfg.Contact.Phone == "" {
		return f.cfg.Contact.Email
	}
	return f.cfg.Contact.Email + ", " + f.cfg.Contact.Phone
}

// join puts the parts that are there one behind the other.
func join(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p = strings.TrimSpace(p); p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " ")
}

func escape(p string) string { return (&url.URL{Path: p}).EscapedPath() }

// moment reads a date or time of cleared params.
func moment(v any) (at time.Time, dateOnly, ok bool) {
	s, isText := v.(string)
	if !isText {
		return frontmatter.Instant(v, vetting.London)
	}
	if at, err := time.ParseInLocation(time.DateOnly, s, vetting.London); err == nil {
		return at, true, true
	}
	if at, err := time.Parse(time.RFC3339, s); err == nil {
		return at.In(vetting.London), false, true
	}
	return time.Time{}, false, false
}

// stamp writes a moment as feeds and CAP want it, with the offset of London: never Z, which CAP forbids.
func stamp(at time.Time) string { return at.In(vetting.London).Format("2006-01-02T15:04:05-07:00") }

func first(times ...time.Time) time.Time {
	for _, t := range times {
		if !t.IsZero() {
			return t
		}
	}
	return time.Time{}
}
