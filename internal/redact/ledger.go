package redact

import (
	"crypto/sha256"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"candour/internal/alert"
	"candour/internal/content"
	"candour/internal/detail"
	"candour/internal/diag"
	"candour/internal/ledger"
	"candour/internal/level"
	"candour/internal/markdown"
	"candour/internal/media"
	"candour/internal/schema"
	"candour/internal/vetting"
)

func itoa(i int) string           { return strconv.Itoa(i) }
func isIndex(step string) bool    { _, err := strconv.Atoi(step); return err == nil }
func isProse(s string) bool       { return len(strings.Fields(s)) >= 8 }
func prefixed(f, s string) string { return f + " " + s }

// fillLedger writes down all that the edition withholds and all that it is given on purpose.
func (c *Cleared) fillLedger(v *vetting.Vetted) diag.List {
	b := &book{c: c, l: c.ledger, stated: map[string]bool{}, places: map[string]bool{}}
	b.l.Details = map[ledger.Secret]bool{}
	b.purpose(v)
	b.given = c.given()
	for _, p := range v.Pages() {
		if p.Absence == vetting.Above {
			b.page(p)
		} else {
			b.parts(p)
		}
	}
	b.figures(c.keptBack)
	b.unsaid(v)
	return b.found
}

type book struct {
	c      *Cleared
	l      *ledger.Ledger
	stated map[string]bool // values that a cleared page states
	given  map[string]bool // details that are published on purpose, by detail.Match.Key
	places map[string]bool // the last parts of the addresses of the edition's pages
	found  diag.List
}

// purpose collects what the edition is given on purpose (contract, section 9).
func (b *book) purpose(v *vetting.Vetted) {
	cfg := b.c.repo.Config()
	clear := func(texts ...string) {
		for _, s := range texts {
			if strings.TrimSpace(s) != "" {
				b.l.Cleared = append(b.l.Cleared, s)
			}
		}
	}
	clear(cfg.Title, cfg.Organisation, cfg.Area, cfg.Nation, cfg.Contact.Email, cfg.Contact.Phone, cfg.Contact.AlternativeFormats)
	for _, s := range cfg.Contacts {
		clear(s.Value)
		for _, m := range detail.Find(s.Value) {
			clear(m.Text)
		}
	}
	pub := cfg.Publishable
	for _, list := range [][]string{pub.Phones, pub.Emails, pub.Postcodes, pub.Names, pub.Operations, pub.Phrases} {
		clear(list...)
	}
	b.l.Open = slices.Clone(b.l.Cleared)
	b.l.Phrases = slices.Clone(pub.Phrases)
	b.l.Common = b.c.repo.Words().Common()
	for _, p := range v.Pages() {
		if p.Absence != vetting.Present && p.Absence != vetting.Unsettled { // what it will state is stated, whatever ails it
			continue
		}
		b.places[path.Base(p.Address)] = true
		for i := range p.Fields {
			f := &p.Fields[i]
			if f.Level > b.c.edition.Clearance {
				continue
			}
			for _, s := range texts(f.Value) {
				b.stated[strings.ToLower(strings.TrimSpace(s))] = true
				if f.Released != "" {
					b.c.released = append(b.c.released, s)
					clear(s)
					if max(f.Level, p.Level) == level.Public {
						b.l.Open = append(b.l.Open, s)
					}
				}
			}
		}
		if (p.Kind == content.AlertTemplates || p.Kind == content.Narrative) && p.SignOff.Vetted() && !p.Section {
			b.l.Standing = append(b.l.Standing, b.clearedText(p))
		}
	}
	slices.Sort(b.l.Cleared)
	b.l.Cleared = slices.Compact(b.l.Cleared)
}

// clearedText is the text of a page's body that the edition may show.
func (b *book) clearedText(p *vetting.Page) string {
	var edits []markdown.Edit
	for _, cut := range p.Cuts {
		if cut.Level > b.c.edition.Clearance {
			edits = append(edits, markdown.Edit{Span: cut.Span, Text: " \u2026 "})
		}
	}
	return p.Doc.PlainWith(markdown.Span{End: len(p.Body)}, edits)
}

func texts(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var out []string
		for _, item := range v {
			out = append(out, texts(item)...)
		}
		return out
	case map[string]any:
		var out []string
		for _, item := range v {
			out = append(out, texts(item)...)
		}
		slices.Sort(out)
		return out
	}
	return nil
}

func (b *book) add(e ledger.Entry, text string) {
	if strings.TrimSpace(text) == "" {
		return
	}
	e.Secret = ledger.NewSecret(text)
	b.l.Entries = append(b.l.Entries, e)
}

// parts writes down what is withheld of a page that the edition shows, or that is out of it for another reason.
func (b *book) parts(p *vetting.Page) {
	for i := range p.Fields {
		if f := &p.Fields[i]; f.Level > b.c.edition.Clearance {
			b.field(p, f, f.By)
		}
	}
	for _, cut := range p.Cuts {
		if cut.Level > b.c.edition.Clearance {
			b.prose(p, cut)
		}
	}
	for _, f := range p.Files {
		if f.Level > b.c.edition.Clearance {
			b.file(p, f, f.By)
		}
	}
}

// page writes down a page that the edition is not cleared for at all.
func (b *book) page(p *vetting.Page) {
	by := "the page's level"
	base := ledger.Entry{File: p.File, Level: p.Level.String(), Reason: "", By: by}
	line := func(key string) int { return p.Key(key).Line }
	for i := range p.Fields {
		f := &p.Fields[i]
		switch {
		case f.Name() == "title":
			e := base
			e.Kind, e.Label, e.Line = ledger.Title, "title", line("title")
			b.add(e, p.Text("title"))
			b.embedded(e, "title", p.Text("title")) // one of fewer than three words is not searched for
		case f.Level > b.c.edition.Clearance:
			b.field(p, f, f.By)
		case f.Name() == "tags":
			// A tag is a word of the site's own vocabulary.
		default:
			b.ordinary(p, f, by)
		}
	}
	e := base
	e.Kind, e.Label, e.Line = ledger.Prose, "body", p.BodyLine
	body := p.Doc.Plain(markdown.Span{End: len(p.Body)})
	b.add(e, body)
	b.embedded(base, "body", body)
	e = base
	e.Kind, e.Label = ledger.File, "address"
	if b.places[path.Base(p.Address)] {
		e.Kind, e.Why = ledger.Unsearchable, "the address of a page of this edition ends in the same"
		b.l.Entries = append(b.l.Entries, e)
	} else {
		b.add(e, strings.Trim(p.Address, "/"))
	}
	for _, f := range p.Files {
		b.file(p, f, by)
	}
}

// ordinary guards a value that is withheld only because its page is. Where a cleared page states the same value, as two
// plans of one partnership do, it is given on purpose.
func (b *book) ordinary(p *vetting.Page, f *vetting.Field, by string) {
	c := *f
	c.Level, c.By, c.Shown = p.Level, by, false
	for _, s := range texts(f.Value) {
		if (f.Type == string(schema.Path) || p.Kind == content.Alerts && f.Name() == "template") && b.places[content.Segment(alert.Slug(s))] {
			b.l.Entries = append(b.l.Entries, ledger.Entry{Kind: ledger.Unsearchable, File: p.File, Label: prefixed("field", f.Name()), Level: p.Level.String(), By: by,
				Why: "names a page of this edition"})
			return
		}
		if b.stated[strings.ToLower(strings.TrimSpace(s))] {
			b.l.Entries = append(b.l.Entries, ledger.Entry{Kind: ledger.Unsearchable, File: p.File, Label: prefixed("field", f.Name()), Level: p.Level.String(), By: by,
				Why: "a page of this edition states the same"})
			return
		}
	}
	b.field(p, &c, by)
}

func (b *book) field(p *vetting.Page, f *vetting.Field, by string) {
	e := ledger.Entry{File: p.File, Label: prefixed("field", f.Name()), Level: f.Level.String(), Reason: f.Reason, By: by, Shown: f.Shown}
	e.Line = 0 // found when a finding or review asks: positions are made lazily
	if len(names(f)) > 0 {
		e.Label, e.Line = prefixed("field", unnamed(f)), p.Key(f.Path...).Line
	}
	switch {
	case f.Type == "key":
		e.Kind, e.Why = ledger.Unsearchable, "a vocabulary key"
	case !f.Search:
		e.Kind, e.Why = ledger.Unsearchable, "flagged search = false"
	case f.Path[0] == "signoff" && f.Path[len(f.Path)-1] != "name" && !somebody(f.Value):
		e.Kind, e.Why = ledger.Unsearchable, "common words about a sign-off, which no page is made of"
	}
	values := texts(f.Value)
	if f.Search {
		values = append(values, names(f)...)
	}
	if e.Kind == ledger.Unsearchable || len(values) == 0 {
		for _, s := range values {
			b.notice(detail.Find(s))
		}
		if e.Why == "" {
			e.Kind, e.Why = ledger.Unsearchable, "a number, date or yes-or-no"
		}
		b.l.Entries = append(b.l.Entries, e)
		return
	}
	for _, s := range values {
		one := e
		found := detail.Find(s)
		switch {
		case f.Holds == "phone" || wholly(s, found, detail.Phone):
			one.Kind = ledger.Phone
		case wholly(s, found, detail.Operation):
			one.Kind = ledger.Operation
		case f.Holds == "name":
			one.Kind = ledger.Name
		case isProse(s):
			one.Kind = ledger.Prose
		default:
			one.Kind = ledger.Value
		}
		b.add(one, s)
		b.notice(found)
		if one.Kind == ledger.Prose || one.Kind == ledger.Value {
			b.inside(one, one.Label, s, found)
		}
	}
}

// names are the keys of the author's own that a field stands under and that may name somebody: those of several words, and
// those that hold a telephone number or an address.
func names(f *vetting.Field) []string {
	var out []string
	for _, key := range f.Path[f.Named:] {
		if len(strings.Fields(key)) > 1 || len(detail.Find(key)) > 0 {
			out = append(out, key)
		}
	}
	return out
}

// unnamed is the name of a field without the keys that may name somebody.
func unnamed(f *vetting.Field) string {
	steps, hide := slices.Clone(f.Path), names(f)
	for i := f.Named; i < len(steps); i++ {
		if slices.Contains(hide, steps[i]) {
			steps[i] = "*"
		}
	}
	return strings.Join(steps, ".")
}

// wholly reports whether a text is one detail, of those found in it, and nothing else.
func wholly(s string, found []detail.Match, kind detail.Kind) bool {
	return len(found) == 1 && found[0].Kind == kind && len(strings.TrimSpace(s)) <= found[0].End-found[0].Start+2
}

// notice takes down the details of a withheld text, whether or not it is searched for.
func (b *book) notice(found []detail.Match) {
	for _, m := range found {
		b.l.Details[ledger.NewSecret(m.Key())] = true
	}
}

// embedded guards the details inside a withheld text each by itself: an eight-word run would not notice a number that is
// quoted alone.
func (b *book) embedded(base ledger.Entry, label, text string) {
	found := detail.Find(text)
	b.notice(found)
	b.inside(base, label, text, found)
}

// exact are the kinds of details that are guarded by themselves, and what an entry calls them.
var exact = map[detail.Kind]struct {
	kind  ledger.Kind
	words string
}{
	detail.Phone:     {ledger.Phone, "a telephone number"},
	detail.Email:     {ledger.Value, "an e-mail address"},
	detail.Operation: {ledger.Operation, "the name of an operation"},
	detail.Postcode:  {ledger.Value, "a postcode"},
	detail.NHS:       {ledger.Value, "an NHS number"},
	detail.NI:        {ledger.Value, "a National Insurance number"},
	detail.Location:  {ledger.Value, "an exact location"},
}

// inside is embedded with the details found. A name is not among what is guarded: many people have it, and an honorific and a
// common word look like one. What is given on purpose in another spelling is given; telephone numbers and addresses have
// their own spellings in the search.
func (b *book) inside(base ledger.Entry, label, text string, found []detail.Match) {
	for _, m := range found {
		if m.Start == 0 && m.End == len(text) && base.Kind != ledger.Title {
			continue
		}
		e := base
		e.Inside = true
		what, ok := exact[m.Kind]
		if !ok {
			continue
		}
		e.Kind, e.Label = what.kind, what.words+" in "+label
		if m.Kind != detail.Phone && m.Kind != detail.Email && b.given[m.Key()] {
			continue
		}
		b.add(e, m.Text)
	}
}

func (b *book) prose(p *vetting.Page, cut vetting.Cut) {
	e := ledger.Entry{Kind: ledger.Prose, File: p.File, Line: cut.Line, Label: cut.Label, Level: cut.Level.String(), Reason: cut.Reason, By: cut.By, Shown: cut.Shown}
	if !cut.Search {
		b.notice(detail.Find(p.Doc.Plain(cut.Inner)))
		e.Kind, e.Why = ledger.Unsearchable, "flagged search = false"
		b.l.Entries = append(b.l.Entries, e)
		return
	}
	text := p.Doc.Plain(cut.Inner)
	b.add(e, text)
	b.embedded(e, cut.Label, text)
	for _, title := range p.Doc.Titles(cut.Inner) {
		b.add(e, title)
	}
	// A field printed inside a withheld passage is guarded as the field that it is.
}

func (b *book) file(p *vetting.Page, f vetting.File, by string) {
	lvl := max(f.Level, level.Public)
	if p.Absence == vetting.Above {
		lvl = max(lvl, p.Level)
	}
	e := ledger.Entry{Kind: ledger.File, File: p.File, Label: "a file of the bundle", Level: lvl.String(), Reason: f.Reason, By: by, Shown: f.Shown}
	index := len(b.l.Entries)
	b.add(e, path.Base(f.Name))
	data, err := b.c.repo.ReadFile(f.File)
	if err != nil {
		b.found.Add(diag.New(diag.FileUnreadable, diag.Pos{File: f.File}, "check who may read the file; without reading it nobody can prove that it stays withheld", "cannot be read"))
		return
	}
	b.c.digests[sha256.Sum256(data)] = index
	if clean, problems := media.Clean(f.Name, data); len(problems) == 0 {
		b.c.digests[sha256.Sum256(clean)] = index
	}
	var read []string
	switch strings.ToLower(path.Ext(f.Name)) {
	case ".csv", ".txt":
		read = []string{string(data)}
	case ".pdf", ".svg":
		read, _ = media.Texts(f.Name, data) // what cannot be read is guarded by its digest alone
	}
	for _, text := range read {
		e.Kind, e.Label = ledger.Prose, "the text of a file of the bundle"
		b.add(e, text)
		b.embedded(e, e.Label, text)
	}
}

// registerPage writes the page's lines of the public register: what shows a marker, each kind of thing once.
func (c *Cleared) registerPage(p *Page, src *vetting.Page) {
	seen := map[string]bool{}
	line := func(part string, steps []string, reason string) {
		steps = slices.DeleteFunc(slices.Clone(steps), isIndex) // an index would tell how many there are
		key := part + "\x00" + strings.Join(steps, ".") + "\x00" + reason
		if !seen[key] {
			seen[key] = true
			p.register = append(p.register, RegisterLine{Part: part, Steps: steps, Page: p.Title, Address: p.Address, Reason: reason})
		}
	}
	for i := range src.Fields {
		f := &src.Fields[i]
		switch whole := f.Whole(c.edition.Clearance); {
		case f.Level <= c.edition.Clearance:
		case whole != nil && whole.Shown:
			line("field", f.Path[:min(len(f.Path)-whole.Steps, f.Named)], whole.Reason)
		case whole == nil && f.Shown:
			line("field", f.Path[:f.Named], f.Reason)
		}
	}
	for _, cut := range src.Cuts {
		if cut.Level > c.edition.Clearance && cut.Shown {
			if strings.HasPrefix(cut.Label, "section") {
				line("section", nil, cut.Reason)
			} else {
				line("passage", nil, cut.Reason)
			}
		}
	}
	photo := src.Text("photo")
	for _, f := range src.Files {
		if f.Level > c.edition.Clearance && f.Shown && (f.Attached || content.Same(f.Name, photo)) {
			line("document", nil, f.Reason)
		}
	}
	for _, l := range src.Links {
		for _, f := range src.Files {
			if f.Name == l.File && f.Level > c.edition.Clearance && f.Shown {
				line("document", nil, f.Reason)
			}
		}
	}
	say := c.repo.Say(p.Lang)
	slices.SortStableFunc(p.register, func(a, b RegisterLine) int { return strings.Compare(a.What(say), b.What(say)) })
}

// somebody reports whether a text about a sign-off could name a person: two words in a row begin with a capital, or it
// holds a telephone number or an address. "duty officer" and "e-mail, 22:41" do not, and stand on many an honest page.
func somebody(v any) bool {
	s, _ := v.(string)
	if len(detail.Find(s)) > 0 {
		return true
	}
	capitals := 0
	for _, word := range strings.Fields(s) {
		r, _ := utf8.DecodeRuneInString(word)
		if !unicode.IsUpper(r) {
			capitals = 0
			continue
		}
		if capitals++; capitals == 2 {
			return true
		}
	}
	return false
}
