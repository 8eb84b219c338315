package vetting

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"candour/internal/content"
	"candour/internal/diag"
	"candour/internal/load"
	"candour/internal/markdown"
	"candour/internal/schema"
	"candour/internal/wording"
)

// remark is what is wrong with the words of a page, at an offset of the body or in a field.
type remark struct {
	rule          diag.Rule
	field         []string // nil for the body
	off           int
	message, hint string
}

// words judges what pages say: claims beyond the evidence, naloxone, advertising, labels on people. Each edition is judged
// by what it shows.
func (v *Vetted) words() diag.List {
	var found diag.List
	for _, p := range v.pages {
		draft := p.Absence == DraftAlert || p.Absence == NotYet
		if p.Absence != Present && !draft {
			continue
		}
		if reviewed, _ := p.Front["translation_reviewed"].(bool); !reviewed && !p.Section && (p.Kind == content.Alerts || p.Kind == content.AlertTemplates) && !p.english(v.repo) {
			found.Add(diag.New(diag.WordingNotRead, diag.Pos{File: p.File, Line: 1}, "have a native speaker hold it against the English text, sentence by sentence, and then set translation_reviewed = true",
				"the rules on wording read English alone, and nobody has checked what this text claims"))
		}
		remarks := p.remarks
		if len(p.hidden) > 0 && (p.remarks != nil || p.Kind == content.Alerts) { // a doubt may be among what is hidden
			remarks = p.readWords(v.repo, func(off int) bool { return !p.HiddenAt(off) })
		}
		for _, r := range remarks {
			at := p.pos(r.off)
			if r.field != nil {
				if f := p.Field(strings.Join(r.field, ".")); f != nil && f.Level > v.edition.Clearance {
					continue
				}
				at = p.Value(r.field...)
			}
			rule := p.soften(r.rule)
			if draft && rule.Severity == diag.Error {
				rule = rule.At(diag.Warning)
			}
			found.Add(diag.New(rule, at, r.hint, "%s", r.message))
		}
		found.Add(p.added(v.repo)...)
	}
	found.Add(v.contactWords()...)
	return found
}

// english reports whether the rules on words, which are about English, are for this page.
func (p *Page) english(repo *load.Repo) bool {
	if p.Lang != "" {
		return strings.HasPrefix(p.Lang, "en")
	}
	return repo.Config().PrimaryLanguage() == "en"
}

// naloxoneKinds are the kinds of page that tell people who are not clinicians what to do.
var naloxoneKinds = []content.Kind{content.Alerts, content.AlertTemplates, content.Leaflets, content.Pages}

// unread are fields whose words are read elsewhere, are names of other things, or are no part of the page.
var unread = []string{"template", "replaces", "tags", "threat_agnostic", "extra", "signoff", "withhold", "release", "source"}

// readWords reads the words of a page. shown says of an offset of the body whether the edition shows it; nil that it does.
func (p *Page) readWords(repo *load.Repo, shown func(int) bool) []remark {
	if !p.english(repo) {
		return nil
	}
	list := repo.Wording()
	evidence := p.Text("evidence")
	fill, _ := p.Front["fill"].(map[string]any)
	j := judge{list: list, kind: p.Kind, naloxone: slices.Contains(naloxoneKinds, p.Kind), rumour: fill[content.RumourClaim] != nil && fill[content.RumourVerdict] != nil}
	if p.Kind == content.Alerts && !p.Section && (evidence == "suspected" || evidence == "ruled-out") {
		j.doubted = evidence
	}
	var found []remark
	add := func(field []string, sentences []wording.Sentence) {
		for _, r := range j.read(sentences) {
			r.field = field
			found = append(found, r)
		}
	}
	for i := range p.Fields {
		f := &p.Fields[i]
		if f.Type != string(schema.Words) && f.Type != string(schema.Text) || slices.Contains(unread, f.Path[0]) {
			continue
		}
		switch v := f.Value.(type) {
		case string:
			if f.Path[0] == "fill" {
				if bytes.Contains(p.Body, []byte(v)) {
					continue // read there
				}
				if f.Path[len(f.Path)-1] == content.RumourClaim {
					v = "“" + v + "”" // as the page prints it
				}
			}
			add(f.Path, wording.ReadText(v))
		case []any:
			for _, item := range v {
				if text, ok := item.(string); ok {
					add(f.Path, wording.ReadText(text))
				}
			}
		}
	}
	if j.doubted != "" || p.suspicious(list, j.naloxone) {
		add(nil, wording.Read(p.Doc, p.Body, shown))
	}
	return found
}

// added reads what candour.toml adds to a page: a site's own notes on pages of packs.
func (p *Page) added(repo *load.Repo) (found diag.List) {
	if p.Origin == nil || !p.english(repo) {
		return nil
	}
	j := judge{list: repo.Wording(), kind: p.Kind, naloxone: true}
	read := func(text string, at diag.Pos) {
		for _, r := range j.read(wording.ReadText(text)) {
			found.Add(diag.New(r.rule, at, r.hint, "%s", r.message))
		}
	}
	for _, n := range p.Origin.Notes {
		read(n.Text, n.At)
	}
	if c := p.Origin.Changed; c != nil {
		read(c.By+". "+c.Note, c.At)
	}
	return found
}

// contactWords reads what contacts are called: leaflets and alerts print it.
func (v *Vetted) contactWords() (found diag.List) {
	if v.repo.Config().PrimaryLanguage() != "en" {
		return nil
	}
	j := judge{list: v.repo.Wording(), kind: content.Leaflets, naloxone: true}
	for _, s := range v.repo.Config().Contacts {
		for _, text := range []string{s.Label, s.Value} {
			for _, r := range j.read(wording.ReadText(text)) {
				found.Add(diag.New(r.rule, s.At, r.hint, "%s", r.message))
			}
		}
	}
	return found
}

// judge holds words against the rules that are for them.
type judge struct {
	list     *wording.List
	kind     content.Kind
	doubted  string // the evidence of an alert that nothing has confirmed, else empty
	naloxone bool
	rumour   bool // an alert that repeats one to correct it
}

func (j *judge) read(sentences []wording.Sentence) (found []remark) {
	add := func(r diag.Rule, off int, message, hint string) {
		found = append(found, remark{rule: r, off: off, message: message, hint: hint})
	}
	if j.doubted != "" {
		for _, s := range wording.Claims(sentences, j.rumour) {
			hint := `write "may contain" or "not yet confirmed to contain"; set evidence = "confirmed" only when a laboratory has said so`
			if j.doubted == "ruled-out" {
				hint = "say what was suspected and what testing has shown"
			}
			add(diag.ClaimNotConfirmed, s.At(), `this sentence states as fact what evidence = "`+j.doubted+`" does not bear out`, hint)
		}
	}
	if j.naloxone {
		for _, s := range wording.Naloxone(sentences) {
			add(diag.NaloxoneDose, s.At(), "this sentence departs from one single dose of naloxone at a time",
				"write: give one dose, wait two to three minutes, and give another if their breathing has not improved")
		}
	}
	for _, m := range j.list.Find(sentences, string(j.kind)) {
		rule, message := diag.AdvertisingWords, "reads like an advertisement"
		if m.Kind == wording.Stigma {
			rule, message = diag.StigmatisingWords, "puts a label on people"
		}
		hint := m.Instead
		if m.Why != "" {
			hint += " (" + m.Why + "; " + m.Source + ")"
		}
		add(rule, m.At, `"`+strings.TrimSuffix(m.Phrase, "*")+`" `+message, hint)
	}
	return found
}

// suspicious reports whether a body has a word that a rule could take exception to. Most have none, and a site may have ten
// thousand.
func (p *Page) suspicious(list *wording.List, naloxone bool) bool {
	buf, before := make([]byte, 0, 64), make([]byte, 0, 64)
	word := func() bool {
		if len(buf) == 0 {
			return false
		}
		read := buf
		if sign(buf[0]) || sign(buf[len(buf)-1]) {
			read = bytes.Trim(buf, "'-")
		}
		if len(read) == 0 { // a dash or an apostrophe by itself
			buf = buf[:0]
			return false
		}
		hit := list.Begins(before, read) || naloxone && wording.BeginsDose(read)
		buf, before = before[:0], read
		return hit
	}
	for t := range p.Doc.Texts() {
		if t.Kind == markdown.NewBlock || t.Kind == markdown.NewLine {
			if word() {
				return true
			}
			continue
		}
		text := p.Body[t.Span.Start:t.Span.End]
		for i := 0; i < len(text); {
			if c := text[i]; c < utf8.RuneSelf {
				i++
				if c = spelling[c]; c != 0 {
					buf = append(buf, c)
				} else if word() {
					return true
				}
				continue
			}
			c, n := utf8.DecodeRune(text[i:])
			i += n
			switch {
			case c == '’':
				buf = append(buf, '\'')
			case c == '\u00ad', c == '\u200b', c == '\u2060': // parts of a word that cannot be seen
			case unicode.IsLetter(c) || unicode.IsMark(c):
				buf = utf8.AppendRune(buf, unicode.ToLower(c))
			default:
				if word() {
					return true
				}
			}
		}
	}
	return word()
}

// sign reports whether a letter of spelling is none.
func sign(c byte) bool { return c == '-' || c == '\'' }

// spelling is what of ASCII belongs to a word, in small letters; zero is what ends one.
var spelling = func() (t [utf8.RuneSelf]byte) {
	for c := range t {
		switch {
		case c >= 'A' && c <= 'Z':
			t[c] = byte(c) | 0x20
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '-', c == '\'':
			t[c] = byte(c)
		}
	}
	return t
}()
