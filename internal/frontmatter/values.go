package frontmatter

import (
	"fmt"
	"math"
	"time"
)

// LocalDate is a day without a time: 2026-11-20.
type LocalDate struct {
	Year  int
	Month time.Month
	Day   int
}

// LocalTime is a time of day: 18:00:00.
type LocalTime struct{ Hour, Minute, Second, Nanosecond int }

// LocalDateTime is a day and a time without an offset: 2026-11-20T18:00:00.
type LocalDateTime struct {
	Date LocalDate
	Time LocalTime
}

func (d LocalDate) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.Year, int(d.Month), d.Day) }

func (t LocalTime) String() string {
	s := fmt.Sprintf("%02d:%02d:%02d", t.Hour, t.Minute, t.Second)
	if t.Nanosecond != 0 {
		s += fmt.Sprintf(".%09d", t.Nanosecond)
	}
	return s
}

func (dt LocalDateTime) String() string { return dt.Date.String() + "T" + dt.Time.String() }

// In gives the moment at which the day begins in a zone.
func (d LocalDate) In(zone *time.Location) time.Time {
	return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, zone)
}

// In gives the moment that a clock of the zone shows it.
func (dt LocalDateTime) In(zone *time.Location) time.Time {
	return time.Date(dt.Date.Year, dt.Date.Month, dt.Date.Day,
		dt.Time.Hour, dt.Time.Minute, dt.Time.Second, dt.Time.Nanosecond, zone)
}

// Instant gives the moment of a decoded value that is a date or a date with a time. A value without an offset is read in
// zone; dateOnly says that it was a day, and at is when the day begins. A time of day alone is no moment.
func Instant(v any, zone *time.Location) (at time.Time, dateOnly, ok bool) {
	switch v := v.(type) {
	case time.Time:
		return v, false, true
	case LocalDate:
		return v.In(zone), true, true
	case LocalDateTime:
		return v.In(zone), false, true
	}
	return time.Time{}, false, false
}

// normalise turns what BurntSushi/toml decodes into the values that [Decode] promises. It reports false for what lies
// deeper than maxDepth.
func normalise(v any, depth int) (any, bool) {
	if depth > maxDepth {
		return nil, false
	}
	switch v := v.(type) {
	case map[string]any:
		for k, item := range v {
			n, ok := normalise(item, depth+1)
			if !ok {
				return nil, false
			}
			v[k] = n
		}
		return v, true
	case []any:
		for i, item := range v {
			n, ok := normalise(item, depth+1)
			if !ok {
				return nil, false
			}
			v[i] = n
		}
		return v, true
	case []map[string]any:
		list := make([]any, len(v))
		for i, item := range v {
			n, ok := normalise(item, depth+1)
			if !ok {
				return nil, false
			}
			list[i] = n
		}
		return list, true
	case time.Time:
		return fromTime(v), true
	case float64:
		if math.IsNaN(v) {
			return math.NaN(), true // one NaN, so that equal sources decode to equal bits
		}
	}
	return v, true
}

// fromTime undoes BurntSushi/toml's convention: a zone of a certain name, with the offset of the machine, stands for a
// value without an offset. What has an offset is given a fixed zone, never the machine's.
func fromTime(t time.Time) any {
	date := LocalDate{t.Year(), t.Month(), t.Day()}
	clock := LocalTime{t.Hour(), t.Minute(), t.Second(), t.Nanosecond()}
	switch t.Location().String() {
	case "date-local":
		return date
	case "time-local":
		return clock
	case "datetime-local":
		return LocalDateTime{date, clock}
	}
	_, offset := t.Zone()
	if offset == 0 {
		return t.UTC()
	}
	return t.In(time.FixedZone("", offset))
}
