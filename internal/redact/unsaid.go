package redact

import (
	"strings"

	"candour/internal/figure"
	"candour/internal/ledger"
	"candour/internal/level"
	"candour/internal/markdown"
	"candour/internal/schema"
	"candour/internal/vetting"
)

// unsaid takes down what no finding of any edition may repeat, beside the entries of the ledger: what only an edition of a lower
// clearance withholds, since findings are read where that edition is built, too; what is flagged and not searched for; and the
// names by which authors refer to it.
func (b *book) unsaid(v *vetting.Vetted) {
	if b.c.edition.Clearance > level.Public {
		_, held, _ := figure.Clear(b.c.repo.Figures(), level.Public, b.c.Config().Figures.SuppressBelow)
		for _, w := range held {
			b.keep(w.Text, ledger.Value)
		}
	}
	for _, p := range v.Pages() {
		above := p.Level > level.Public
		for i := range p.Fields {
			f := &p.Fields[i]
			flagged := f.Level > level.Public
			if !flagged && !above || f.Type == "key" || !flagged && (f.Type == string(schema.Path) || f.Name() == "tags") {
				continue
			}
			if f.Level > b.c.edition.Clearance && f.Search {
				continue // an entry
			}
			kind := ledger.Value
			switch {
			case f.Holds == "phone":
				kind = ledger.Phone
			case f.Holds == "name":
				kind = ledger.Name
			}
			for _, text := range append(texts(f.Value), names(f)...) {
				b.keep(text, kind)
			}
		}
		if p.Doc == nil {
			continue
		}
		if above {
			b.body(p, markdown.Span{End: len(p.Body)}, p.Absence == vetting.Above)
			continue
		}
		for _, cut := range p.Cuts {
			if cut.Level > level.Public {
				b.body(p, cut.Inner, cut.Level > b.c.edition.Clearance && cut.Search)
				b.label(cut.Label)
			}
		}
	}
}

// body keeps the words of a part of a body, unless they are an entry of the ledger, its headings with their ids, the titles of
// its links and the names of its passages.
func (b *book) body(p *vetting.Page, span markdown.Span, entry bool) {
	if !entry {
		b.keep(p.Doc.Plain(span), ledger.Prose)
	}
	for _, title := range p.Doc.Titles(span) {
		b.keep(title, ledger.Value)
	}
	for _, h := range p.Doc.Headings {
		if span.Holds(h.Span.Start) {
			b.handle(h.ID)
			b.keep(h.Text, ledger.Value)
		}
	}
	for _, ps := range p.Doc.Passages {
		if span.Contains(ps.Inner) {
			b.handle(ps.Name)
		}
	}
}

func (b *book) keep(text string, kind ledger.Kind) {
	if strings.TrimSpace(text) != "" {
		b.l.Unsaid = append(b.l.Unsaid, ledger.Unsaid{Secret: ledger.NewSecret(text), Kind: kind})
	}
}

// label keeps a section's or passage's own name, by which the program calls it, too.
func (b *book) label(label string) {
	if _, name, ok := strings.Cut(label, ` "`); ok {
		b.l.Unsaid = append(b.l.Unsaid, ledger.Unsaid{Secret: ledger.NewSecret(strings.TrimSuffix(name, `"`)), Handle: true, Label: label})
	}
}

func (b *book) handle(name string) {
	if name != "" {
		b.l.Unsaid = append(b.l.Unsaid, ledger.Unsaid{Secret: ledger.NewSecret(name), Handle: true})
	}
}
