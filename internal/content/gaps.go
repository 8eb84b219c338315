package content

// Gap is one [[placeholder]] of an alert template.
type Gap struct {
	Key, Label, Hint string
	Required         bool
}

// Gaps lists the gaps of a template, in the order of its front matter. What has no key is none.
func (p *Page) Gaps() []Gap {
	var gaps []Gap
	items, _ := p.Front["placeholder"].([]any)
	for _, item := range items {
		table, _ := item.(map[string]any)
		g := Gap{}
		g.Key, _ = table["key"].(string)
		g.Label, _ = table["label"].(string)
		g.Hint, _ = table["hint"].(string)
		g.Required, _ = table["required"].(bool)
		if g.Key != "" {
			gaps = append(gaps, g)
		}
	}
	return gaps
}

// The gaps by which a template shows that it is for correcting a rumour: what is being said, and what can be said of it.
const (
	RumourClaim   = "claim"
	RumourVerdict = "verdict"
)

// Verdicts are what can be said of a rumour.
var Verdicts = []string{"false", "unproven", "confirmed"}

// CorrectsRumour reports whether alerts from this template correct a rumour.
func (p *Page) CorrectsRumour() bool {
	claim, verdict := false, false
	for _, g := range p.Gaps() {
		claim = claim || g.Key == RumourClaim
		verdict = verdict || g.Key == RumourVerdict
	}
	return p.Kind == AlertTemplates && claim && verdict
}
