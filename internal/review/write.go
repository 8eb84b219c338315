package review

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
)

// Text prints the review for a terminal.
func (r *Review) Text(w io.Writer) {
	fmt.Fprintf(w, "%s: the %s edition, cleared for %s, as of %s\n", r.Title, r.Edition, r.Clearance, r.Clock)
	r.items(w, "Withheld", r.Withheld, func(i Item) string {
		shown := "nothing stands in its place"
		if i.Shown {
			shown = "a marker stands in its place"
		}
		reason := ""
		if i.Reason != "" {
			reason = ", " + i.Reason
		}
		return fmt.Sprintf("%s%s, by %s; %s", i.Level, reason, i.By, shown)
	}, "nothing is withheld from this edition")
	r.items(w, "Released", r.Released, func(i Item) string {
		return fmt.Sprintf("to %s, approved by %s: %s", i.Level, i.By, i.Reason)
	}, "nothing is released below its default level")
	r.items(w, "Guarded by construction alone: kept out, and not searched for", r.Guarded, func(i Item) string { return i.Reason }, "nothing")
	section(w, "Unsigned or changed since", len(r.Unsigned), "every page that needs a sign-off has it")
	for _, p := range r.Unsigned {
		fmt.Fprintf(w, "  %s: %s\n", p.File, p.Text)
	}
	for _, k := range r.NoSignOff {
		fmt.Fprintf(w, "  pages of kind %s ask for no sign-off\n", k)
	}
	section(w, "Overdue", len(r.Overdue), "nothing is overdue")
	for _, p := range r.Overdue {
		fmt.Fprintf(w, "  %s: %s\n", p.File, p.Text)
	}
	section(w, "Alerts in force, and drafts", len(r.Alerts), "no alert is in force, and none is drafted")
	for _, p := range r.Alerts {
		fmt.Fprintf(w, "  %s: %s\n", p.File, p.Text)
	}
	section(w, "Plans against the national checklist", len(r.Checklist), "every item is met, and none of the common gaps was found")
	for _, p := range r.Checklist {
		fmt.Fprintf(w, "  %s: %s\n", p.File, p.Text)
	}
	if len(r.LeftOut) > 0 {
		section(w, "Left out by hand", len(r.LeftOut), "")
		for _, f := range r.LeftOut {
			fmt.Fprintln(w, "  "+f)
		}
	}
	section(w, "Changed since the site was last published", len(r.Changes), r.noChanges())
	for _, c := range r.Changes {
		fmt.Fprintf(w, "  %-8s %s\n", c.What, c.Path)
	}
}

// NoChanges says why no change is listed.
func (r *Review) noChanges() string {
	switch {
	case !r.Published:
		return "no site has been published in the usual folder yet"
	case !r.Compared:
		return "cannot be told until the content has no errors"
	}
	return "nothing"
}

func section(w io.Writer, title string, n int, none string) {
	fmt.Fprintf(w, "\n%s\n", title)
	if n == 0 {
		fmt.Fprintf(w, "  %s\n", none)
	}
}

func (r *Review) items(w io.Writer, title string, list []Item, words func(Item) string, none string) {
	section(w, title, len(list), none)
	for _, i := range list {
		place := i.File
		if i.Line > 0 {
			place = fmt.Sprintf("%s:%d", i.File, i.Line)
		}
		fmt.Fprintf(w, "  %s: %s: %s\n", place, i.What, words(i))
	}
}

//go:embed review.html
var page string

var pageTemplate = template.Must(template.New("review").Parse(page))

// HTML writes the review as one page that stands alone: no script, nothing from elsewhere.
func (r *Review) HTML(w io.Writer) error {
	return pageTemplate.Execute(w, struct {
		*Review
		NoChanges string
	}{r, r.noChanges()})
}
