package markdown

// Idle lists the definitions that no text uses, so that no reader sees them: what authors keep as comments,
// "[//]: # (…)", among them. A footnote that only an idle footnote uses is idle too.
func (d *Document) Idle() []Definition {
	lives, holder := make([]bool, len(d.Definitions)), d.holders()
	for changed := true; changed; {
		changed = false
		for i, u := range d.Uses {
			if !lives[u.Definition] && (holder[i] < 0 || lives[holder[i]]) {
				lives[u.Definition], changed = true, true
			}
		}
	}
	var idle []Definition
	for i, def := range d.Definitions {
		if !lives[i] {
			idle = append(idle, def)
		}
	}
	return idle
}
