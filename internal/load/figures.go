package load

import (
	"maps"
	"slices"

	"candour/internal/diag"
	"candour/internal/figure"
)

// figureFiles are the two files of a figure.
type figureFiles struct{ csv, sidecar []byte }

// takeFigure keeps a file of data/ that belongs to a figure. No other part of the program gets to see its bytes: templates
// and the theme's data know nothing of them.
func (r *Repo) takeFigure(file string, data []byte) bool {
	name, sidecar, ok := figure.Name(file)
	if !ok {
		return false
	}
	if r.tables == nil {
		r.tables = map[string]*figureFiles{}
	}
	t := r.tables[name]
	if t == nil {
		t = &figureFiles{}
		r.tables[name] = t
	}
	if sidecar {
		t.sidecar = data
	} else {
		t.csv = data
	}
	return true
}

// loadFigures reads the figures once the vocabularies are known.
func (r *Repo) loadFigures() diag.List {
	var found diag.List
	reasons := r.words.Keys("reasons")
	for _, name := range slices.Sorted(maps.Keys(r.tables)) {
		t := r.tables[name]
		switch {
		case t.sidecar == nil:
			found.Add(diag.New(diag.DataUndescribed, diag.Pos{File: "data/" + name + ".csv"}, "write data/"+name+figure.Sidecar+" with title, source, licence, date and a [[column]] for each column; until then no page can show it",
				"is not used: no sidecar says what it is and who may see it"))
			continue
		case t.csv == nil:
			found.Add(diag.New(diag.BadData, diag.Pos{File: "data/" + name + figure.Sidecar, Line: 1, Column: 1}, "put the file beside it, or delete the sidecar", "describes data/%s.csv, and there is no such file", name))
			continue
		}
		f, faults := figure.Read(name, t.csv, t.sidecar, reasons)
		found.Add(faults...)
		r.figures = append(r.figures, f)
	}
	r.tables = nil
	if !found.HasErrors() {
		found.Add(figure.Link(r.figures, r.config.Figures.SuppressBelow)...)
	}
	return found
}
