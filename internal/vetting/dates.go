package vetting

import (
	"candour/internal/content"
	"candour/internal/diag"
)

// inOrder are pairs of dates of one page: the first never comes before the second.
var inOrder = []struct{ later, earlier, message string }{
	{"next_review", "reviewed", "the next review is due before the last one took place"},
	{"review_by", "date", "the page is due for review before its own date"},
	{"updated", "date", "the page was updated before its own date"},
}

// dates finds dates of a page that cannot both be right. What only alerts have is asked in package alert, with their update.
func (p *Page) dates() diag.List {
	var found diag.List
	for _, pair := range inOrder {
		if p.Kind == content.Alerts && pair.later == "updated" {
			continue
		}
		over, ok := End(p.Front[pair.later])
		start, known := Start(p.Front[pair.earlier])
		if ok && known && !over.After(start) {
			found.Add(diag.New(diag.DatesOutOfOrder, p.Value(pair.later), "look at "+pair.later+" and "+pair.earlier+" again and correct the one that is wrong", "%s", pair.message))
		}
	}
	return found
}
