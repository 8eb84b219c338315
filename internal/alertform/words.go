package alertform

import (
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"candour/internal/frontmatter"
	"candour/internal/vetting"
)

// say gives words in a language; pairs are the names and values of what stands in their gaps.
func (f *Forms) say(lang, key string, pairs ...string) string {
	args := make(map[string]any, len(pairs)/2)
	for i := 0; i+1 < len(pairs); i += 2 {
		args[pairs[i]] = pairs[i+1]
	}
	return f.speech.For(lang).T("form_"+key, args)
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
