package search

import (
	"bytes"
	"html"
	"slices"
	"strings"

	"candour/internal/diag"
	"candour/internal/output"
	"candour/internal/pagefind"
)

// Pagefind has the program pagefind make the index instead, of the same pages as they are finished. at is where the site asks
// for it.
func (x *Index) Pagefind(finished *output.Site, at diag.Pos) ([]output.File, diag.List) {
	const instead = `, or write engine = "own" below [search]`
	program, err := pagefind.Program()
	if err != nil {
		return nil, diag.List{diag.New(diag.SearchEngine, at, "install pagefind, version 1, so that it is on the path"+instead, "the site wants to be searched with pagefind, which is not installed")}
	}
	var pages []pagefind.Page
	for _, p := range x.pages {
		if f := finished.Find(p.file); f != nil {
			pages = append(pages, pagefind.Page{URL: p.Address, HTML: marked(f.Data, p)})
		}
	}
	slices.SortFunc(pages, func(a, b pagefind.Page) int { return strings.Compare(a.URL, b.URL) })
	files, err := pagefind.Index(program, pages)
	if err != nil {
		return nil, diag.List{diag.New(diag.SearchEngine, at, "install another version of pagefind, of the form 1.x"+instead, "the pagefind that is installed made no index: %v", err)}
	}
	return files, nil
}

// apart keeps the words of two cells or terms from becoming one, as they do where pagefind reads them.
var apart = strings.NewReplacer("</dt>", " </dt>", "</dd>", " </dd>", "</th>", " </th>", "</td>", " </td>", "</label>", " </label>", "</option>", " </option>", "<br>", " <br>")

// marked tells pagefind which part of a page to index, and what a result shows beside its title: the summary, and of an alert
// where it stands, which is said wherever it appears. The page that is published is not changed.
func marked(page []byte, p page) []byte {
	marks := ` data-pagefind-body data-pagefind-meta="summary[data-c-summary], standing[data-c-standing], title[data-c-title]" data-c-summary="` + html.EscapeString(p.Summary) +
		`" data-c-standing="` + html.EscapeString(p.Standing) + `" data-c-title="` + html.EscapeString(p.Title) + `"`
	for _, tag := range []string{"<main", "<body"} {
		if i := bytes.Index(page, []byte(tag)); i >= 0 {
			i += len(tag)
			return []byte(apart.Replace(string(slices.Concat(page[:i], []byte(marks), page[i:]))))
		}
	}
	return page
}
