package alert

import (
	"fmt"
	"time"
)

// Limits are how many alerts people can be expected to heed. The national review warns of alert fatigue where alerts come
// too soon or too often (Local preparedness for synthetic opioids in England, paragraph 64) and sets no figure; these are
// a site's own, and 0 sets none.
type Limits struct {
	MaxLive   int // in force at one time
	MaxIssued int // issued within Days
	Days      int
}

// DefaultLimits let an area keep a handful of alerts in view and warn once there is more than one new alert a week for a
// month: by then either something has changed that one alert could say, or people stop reading.
var DefaultLimits = Limits{MaxLive: 5, MaxIssued: 4, Days: 28}

// Fatigue says where alerts are more than the limits allow. Each fault stands at the newest alert concerned: it
// is the one that could still be held back or joined to another.
func (l Limits) Fatigue(alerts []Alert, now time.Time) []Fault {
	var faults []Fault
	past := NewPast(alerts)
	live, issued := 0, 0
	var newestLive, newestIssued *Alert
	newer := func(a, b *Alert) *Alert {
		if b == nil || a.Issued.Start.After(b.Issued.Start) || a.Issued.Start.Equal(b.Issued.Start) && a.Address > b.Address {
			return a
		}
		return b
	}
	since := now.AddDate(0, 0, -l.Days)
	for i := range alerts {
		a := &alerts[i]
		if past.State(*a, now) == Live {
			live++
			newestLive = newer(a, newestLive)
		}
		if a.Status != "draft" && a.Issued.Given() && a.Issued.Start.After(since) && !a.Issued.Start.After(now) {
			issued++
			newestIssued = newer(a, newestIssued)
		}
	}
	if l.MaxLive > 0 && live > l.MaxLive {
		faults = append(faults, Fault{Address: newestLive.Address, Key: "status", Message: fmt.Sprintf("%d alerts are in force at once, and more than %d wear people out", live, l.MaxLive)})
	}
	if l.MaxIssued > 0 && l.Days > 0 && issued > l.MaxIssued {
		faults = append(faults, Fault{Address: newestIssued.Address, Key: "issued", Message: fmt.Sprintf("%d alerts were issued within %d days, and more than %d wear people out", issued, l.Days, l.MaxIssued)})
	}
	return faults
}
