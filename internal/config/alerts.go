package config

// alerts reads [alerts]: how many alerts people are thought to heed. 0 sets no limit.
func (r *reader) alerts(c *Config, values map[string]any) {
	t, ok := r.Table(values, "alerts")
	if !ok {
		return
	}
	numbers := map[string]*int{"max_live": &c.Alerts.MaxLive, "max_issued": &c.Alerts.MaxIssued, "days": &c.Alerts.Days}
	r.unknown(t, []string{"alerts"}, "max_live", "max_issued", "days")
	for key, to := range numbers {
		v, there := t[key]
		if !there {
			continue
		}
		n, ok := v.(int64)
		if !ok || n < 0 || n > 10_000 {
			r.Bad([]string{"alerts", key}, key+" = 5; 0 sets no limit", "takes a whole number, without quotes")
			continue
		}
		*to = int(n)
	}
}
