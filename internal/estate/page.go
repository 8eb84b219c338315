package estate

import (
	_ "embed"
	"html/template"
	"io"
	"strings"

	"candour/internal/diag"
)

//go:embed report.html
var page string

var pageTemplate = template.Must(template.New("estate").Funcs(template.FuncMap{
	"counted": counted,
	"date":    func(s string) string { return strings.Split(s, "T")[0] },
	"keyed": func(r *Report, p PackState) bool { // whether two publishers use one name, so that the key must be told
		n := 0
		for _, o := range r.Packs {
			if o.Name == p.Name {
				n++
			}
		}
		return n > 1
	},
	"trouble": func(s SiteReport) bool { return s.Failed() || len(s.Overdue) > 0 || len(s.Unsigned) > 0 },
	"where":   func(file string, line int) string { return diag.Pos{File: file, Line: line}.String() },
}).Parse(page))

// Failed reports whether an edition of the site was not published.
func (s SiteReport) Failed() bool {
	for _, e := range s.Editions {
		if e.Exit != exitDone {
			return true
		}
	}
	return false
}

// standing is a site's pack with whether it is the newest.
type standing struct {
	Taken
	Behind bool
}

// versions are a site's packs.
func (r *Report) versions(s SiteReport) []standing {
	var out []standing
	for _, p := range s.Packs {
		st := standing{Taken: p}
		for _, state := range r.Packs {
			if state.Name == p.Name && state.Key == p.Key {
				st.Behind = newer(state.Latest, p.Version)
			}
		}
		out = append(out, st)
	}
	return out
}

// HTML writes the report as one page that stands alone: no script, nothing from elsewhere.
func (r *Report) HTML(w io.Writer) error {
	type row struct {
		SiteReport
		Versions []standing
	}
	var rows []row
	for _, s := range r.Sites {
		rows = append(rows, row{s, r.versions(s)})
	}
	return pageTemplate.Execute(w, struct {
		*Report
		Rows []row
	}{r, rows})
}
