package vetting

import "candour/internal/load"

// Forget lets go of what was settled about a page, once an edition has been made of it.
func (p *Page) Forget() {
	p.Page.Forget()
	p.Doc, p.Fields, p.Cuts, p.Links, p.withholds, p.releases = nil, nil, nil, nil, nil, nil
	p.forgotten = true
}

// Recall settles a forgotten page again, from the bytes that were read at first.
func (p *Page) Recall(repo *load.Repo) {
	if !p.forgotten {
		return
	}
	p.forgotten = false
	if !load.Decode(p.Page) {
		return
	}
	again, _ := vetPage(repo, p.Page, nil)
	p.Doc, p.Fields, p.Cuts, p.withholds, p.releases = again.Doc, again.Fields, again.Cuts, again.withholds, again.releases
}
