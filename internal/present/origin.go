package present

import (
	"candour/internal/content"
)

// origin is what a page of a pack says of where it comes from, and what the site adds to it.
func origin(o *content.Origin) map[string]any {
	var above, below []any
	for _, n := range o.Notes {
		if n.Above {
			above = append(above, n.Text)
		} else {
			below = append(below, n.Text)
		}
	}
	view := map[string]any{"pack": o.Pack, "version": o.Version, "publisher": o.Publisher, "licence": o.Licence, "attribution": o.Attribution,
		"date": o.Date, "digest": o.Digest, "above": above, "below": below}
	if o.Changed != nil {
		view["changed"] = map[string]any{"by": o.Changed.By, "date": o.Changed.Date, "note": o.Changed.Note}
	}
	return view
}
