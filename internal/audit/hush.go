package audit

import (
	"regexp"
	"strings"

	"candour/internal/diag"
	"candour/internal/leak"
	"candour/internal/ledger"
	"candour/internal/load"
)

// Hush takes out of findings what an author typed into them and what is withheld, be it from this edition or from one of a lower
// clearance: whoever mistypes a value into the place of a name, or a link to a section that is held back, is told where, and not
// what. Positions, paths of files and the names by which the program itself calls what is withheld stay. It costs nothing where
// nothing was found.
func (w *Watch) Hush(found diag.List) {
	if len(found) == 0 {
		return
	}
	at := map[string]int{}
	var texts []string
	for _, f := range found {
		for _, text := range []string{f.Message, f.Hint} {
			if _, ok := at[text]; !ok {
				at[text] = len(texts)
				texts = append(texts, text)
			}
		}
	}
	var open *opener
	texts = leak.Mask(texts, w.ledger(), func(text string) [][2]int {
		if open == nil {
			open = newOpener(w.cleared.Repo(), w.ledger(), found)
		}
		return open.spans(text)
	})
	for i := range found {
		f := &found[i]
		f.Message, f.Hint = texts[at[f.Message]], texts[at[f.Hint]]
	}
}

// opener knows what of a message may be read though something withheld is spelt in it.
type opener struct {
	paths  map[string]bool // of source files and pages
	labels map[string]bool // by which the ledger calls its entries
}

func newOpener(repo *load.Repo, l *ledger.Ledger, found diag.List) *opener {
	o := &opener{paths: map[string]bool{}, labels: map[string]bool{}}
	for _, p := range repo.Pages() {
		o.paths[p.File], o.paths[strings.Trim(p.Address, "/")] = true, true
		for _, b := range p.Bundle {
			o.paths[b.File] = true
		}
	}
	for _, s := range repo.Static() {
		o.paths[s.File], o.paths[s.Path] = true, true
	}
	for i := range l.Entries {
		o.labels[l.Entries[i].Label], o.paths[l.Entries[i].File] = true, true
	}
	for _, u := range l.Unsaid {
		o.labels[u.Label] = u.Label != ""
	}
	for _, f := range found {
		o.paths[f.File] = true
	}
	return o
}

// token is a run of characters of which a path or a name may be made.
var token = regexp.MustCompile(`[^\s"'(),;<>]+`)

// named is where we say ourselves which section, passage or field we mean.
var named = regexp.MustCompile(`\b(?:section|passage|field)(?: = | )(?:"[^"]*"|[^\s",;()]+)`)

// meant is the name that a flag should have had.
var meant = regexp.MustCompile(`did you mean "[^"]*"`)

func (o *opener) spans(text string) (open [][2]int) {
	for _, at := range token.FindAllStringIndex(text, -1) {
		path := strings.TrimRight(text[at[0]:at[1]], ".:")
		path = strings.TrimSuffix(strings.Trim(path, "/"), "/index.html")
		if o.paths[path] && strings.Contains(text[at[0]:at[1]], "/") {
			open = append(open, [2]int{at[0], at[1]})
		}
	}
	for _, at := range named.FindAllStringIndex(text, -1) {
		said := text[at[0]:at[1]]
		if o.labels[said] || o.labels[strings.Replace(said, " = ", " ", 1)] {
			open = append(open, [2]int{at[0], at[1]})
		}
	}
	// A flag that is mistyped is mended by the name of what is flagged on the same page.
	for _, what := range []string{"passage", "section"} {
		if !strings.Contains(text, what) || !strings.Contains(text, "matches nothing here") {
			continue
		}
		for _, at := range meant.FindAllStringIndex(text, -1) {
			if o.labels[what+strings.TrimPrefix(text[at[0]:at[1]], "did you mean")] {
				open = append(open, [2]int{at[0], at[1]})
			}
		}
	}
	return open
}
