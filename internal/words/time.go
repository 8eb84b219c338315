package words

import (
	"fmt"
	"strconv"
	"time"
)

// The methods below take a time in the zone that it is to be said in.

func (w *Words) parts(t time.Time) map[string]any {
	return map[string]any{
		"day":     t.Day(),
		"month":   w.T("month_" + strconv.Itoa(int(t.Month()))), // the form that a date takes: in Polish the genitive
		"year":    t.Year(),
		"weekday": w.T("weekday_" + strconv.Itoa(int(t.Weekday()))),
	}
}

// Date writes a day: "27 November 2026".
func (w *Words) Date(t time.Time) string { return w.T("date_short", w.parts(t)) }

// LongDate writes a day with its weekday: "Friday 27 November 2026".
func (w *Words) LongDate(t time.Time) string { return w.T("date_long", w.parts(t)) }

// Time writes a time of day as it is said: "6 pm", "6:05 pm".
func (w *Words) Time(t time.Time) string {
	hour := t.Hour()
	half := hour % 12
	if half == 0 {
		half = 12
	}
	period := "night"
	switch {
	case hour >= 20:
		period = "late"
	case hour >= 16:
		period = "evening"
	case hour >= 12:
		period = "afternoon"
	case hour >= 4:
		period = "morning"
	}
	key := "clock"
	if t.Minute() != 0 {
		key = "clock_minutes"
	}
	return w.T(key, map[string]any{"hour": half, "hour24": hour, "minute": fmt.Sprintf("%02d", t.Minute()), "period": w.T("period_" + period)})
}

// Moment writes a moment: "6 pm on Friday 27 November 2026".
func (w *Words) Moment(t time.Time) string {
	return w.T("moment", map[string]any{"time": w.Time(t), "date": w.LongDate(t)})
}

// EndOf writes the moment at which a day is over: "the end of Friday 27 November 2026".
func (w *Words) EndOf(day time.Time) string {
	return w.T("moment_end", map[string]any{"date": w.LongDate(day)})
}

// Short writes a moment without its weekday: "6:00 pm on 27 November 2026".
func (w *Words) Short(t time.Time) string {
	return w.T("moment", map[string]any{"time": w.Time(t), "date": w.Date(t)})
}
