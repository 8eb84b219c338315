package config

// Figures are the site's rules for the figures of data/.
type Figures struct {
	// SuppressBelow is the threshold under which numbers are not shown, for figures that do not set their own; 0 for none.
	SuppressBelow int64
}

// DefaultBelow hides 1 to 4, as health figures for small areas usually are.
const DefaultBelow = 5

// figures reads [figures].
func (r *reader) figures(c *Config, values map[string]any) {
	t, ok := r.Table(values, "figures")
	if !ok {
		return
	}
	r.unknown(t, []string{"figures"}, "suppress_below")
	v, there := t["suppress_below"]
	if !there {
		return
	}
	n, ok := v.(int64)
	if !ok || n != 0 && (n < 3 || n > 1000) {
		r.Bad([]string{"figures", "suppress_below"}, "write suppress_below = 5 to hide 1 to 4; 0 hides nothing, and under 3 the mark alone would tell the number", "takes 0, or a whole number from 3 to 1000")
		return
	}
	c.Figures.SuppressBelow = n
}
