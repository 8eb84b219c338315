// Package braille gives a leaflet as a Braille file (BRF): ready for an embosser or a Braille display, in contracted Unified
// English Braille, or in the Braille of its own language where that is not English.
//
// Reach for [Make]. Translation is liblouis' (lou_translate), language run by language run; the layout of pages is ours
// (layout.go). [Texts] translates a file back into print, for the audit.
package braille

import (
	"bytes"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"candour/internal/leaflet"
	"candour/internal/prose"
	"candour/internal/tool"
)

// tables of liblouis by language, the contracted Braille of each where people read it.
var tables = map[string]string{
	"en": "en-ueb-g2.ctb",
	"cy": "cy-cy-g2.ctb",
	"pl": "Pl-Pl-g1.utb",
	"ur": "ur-pk-g1.utb",
}

// latin is what a language's own table has no sign for, such as an address in an Urdu text: uncontracted Unified English
// Braille, in which signs of punctuation are told apart from words.
const latin = "latin"

const latinTable = "en-ueb-g1.ctb"

func tableOf(lang string) (string, bool) {
	if lang == latin {
		return latinTable, true
	}
	table, ok := tables[lang]
	return table, ok
}

// display says which ASCII character stands for which cell: North American Braille ASCII, which embossers take.
const display = "en-us-brf.dis"

// A LanguageError means that there is no table for a language.
type LanguageError struct{ Lang string }

func (e *LanguageError) Error() string {
	return fmt.Sprintf("there is no Braille table for the language %q; there are tables for %s", e.Lang, strings.Join(slices.Sorted(maps.Keys(tables)), ", "))
}

// A LetterError means that the table of a language has no cells for a character.
type LetterError struct {
	Lang  string
	Runes []rune
}

func (e *LetterError) Error() string {
	var names []string
	for _, r := range e.Runes {
		names = append(names, fmt.Sprintf("%q (U+%04X)", string(r), r))
	}
	return fmt.Sprintf("the Braille table of the language %q has no sign for %s", e.Lang, strings.Join(names, ", "))
}

// Translator is liblouis on this machine.
type Translator struct{ program *tool.Program }

// Find looks for liblouis.
func Find() (*Translator, error) {
	p, err := tool.Find("lou_translate", "liblouis-bin", "https://liblouis.io/")
	if err != nil {
		return nil, err
	}
	return &Translator{p}, nil
}

// Make writes a leaflet. The error is a *LanguageError or a *LetterError where the text cannot be given in Braille.
func (t *Translator) Make(ctx context.Context, s *leaflet.Sheet) ([]byte, error) {
	lacks, err := t.survey(ctx, s)
	if err != nil {
		return nil, err
	}
	job := &job{byLang: map[string][]string{}, at: map[string]map[string]int{}, main: s.Lang, lacks: lacks}
	title := job.runs("", []prose.Run{{Text: s.Title}})
	type part struct {
		block prose.Block
		mark  []piece
		text  []piece
	}
	var parts []part
	for _, b := range s.Blocks {
		p := part{block: b, mark: job.runs("", []prose.Run{{Text: strings.TrimSpace(b.Mark())}})}
		switch {
		case b.Kind == prose.Row:
			p.text = job.runs(b.Lang, []prose.Run{{Text: b.Linked(nil)}})
		default:
			p.text = job.runs(b.Lang, b.Runs)
		}
		parts = append(parts, p)
	}
	var feet [][]piece
	for _, line := range []string{s.Publisher, s.Origin, s.Dates, s.Address} {
		if line != "" {
			feet = append(feet, job.runs("", []prose.Run{{Text: line}}))
		}
	}
	done, err := t.translate(ctx, job)
	if err != nil {
		return nil, err
	}
	say := func(pieces []piece) string { return done.join(pieces) }
	var l layout
	l.centred(say(title))
	for _, p := range parts {
		text := say(p.text)
		if text == "" {
			continue
		}
		b := p.block
		switch b.Kind {
		case prose.Heading:
			l.heading(text, b.Level)
		case prose.Item:
			mark := say(p.mark)
			if leaflet.Blank(b) {
				text += " ------"
			}
			l.item(mark+" "+text, b.Depth)
		case prose.Row, prose.Term:
			l.item(text, 1)
		case prose.Detail:
			l.item(text, 2)
		default:
			l.paragraph(text, b.Depth)
		}
	}
	l.rule()
	for _, f := range feet {
		l.paragraph(say(f), 0)
	}
	return l.bytes()
}

// piece is a stretch of text in one language: where its line stands, and whether white space goes before and after it.
type piece struct {
	lang          string
	lines         []int
	before, after bool
	hard          bool // a line break follows
}

// job collects what is to be translated, one line a piece.
type job struct {
	main   string
	byLang map[string][]string
	at     map[string]map[string]int
	lacks  map[string]map[rune]bool // by language: the characters that its table has no sign for
}

// runs takes up the runs of a block. What stands in one language is one piece, so that contractions do not end at a link.
func (j *job) runs(lang string, runs []prose.Run) []piece {
	var pieces []piece
	var text strings.Builder
	current := ""
	flush := func() {
		for i, line := range strings.Split(text.String(), "\n") {
			if i > 0 && len(pieces) > 0 {
				pieces[len(pieces)-1].hard = true
			}
			if strings.TrimSpace(line) == "" {
				if line != "" && len(pieces) > 0 {
					pieces[len(pieces)-1].after = true
				}
				continue
			}
			p := piece{lang: current, before: strings.TrimLeft(line, " ") != line, after: strings.TrimRight(line, " ") != line}
			for _, chunk := range chunks(line) {
				p.lines = append(p.lines, j.line(current, chunk))
			}
			pieces = append(pieces, p)
		}
		text.Reset()
	}
	for _, r := range runs {
		for _, part := range j.stretches(primary(first(r.Lang, lang, j.main)), r.Text) {
			if part.lang != current && text.Len() > 0 {
				flush()
			}
			current = part.lang
			text.WriteString(part.text)
		}
	}
	if text.Len() > 0 {
		flush()
	}
	return pieces
}

func (j *job) stretches(lang, text string) []stretch { return stretches(lang, text, j.lacks[lang]) }

type stretch struct{ lang, text string }

// stretches cuts a text of one language at characters that its table lacks. Digits and white space stay with what stands
// before them.
func stretches(lang, text string, lacks map[rune]bool) []stretch {
	var list []stretch
	for _, r := range text {
		to := lang
		switch {
		case lacks[r]:
			to = latin
		case len(list) > 0 && (unicode.IsSpace(r) || unicode.IsDigit(r) || unicode.In(r, unicode.Mn, unicode.Cf)):
			to = list[len(list)-1].lang
		}
		if n := len(list); n == 0 || list[n-1].lang != to {
			list = append(list, stretch{lang: to})
		}
		list[len(list)-1].text += string(r)
	}
	return list
}

func (j *job) line(lang, text string) int {
	if j.at[lang] == nil {
		j.at[lang] = map[string]int{}
	}
	if i, ok := j.at[lang][text]; ok {
		return i
	}
	i := len(j.byLang[lang])
	j.at[lang][text] = i
	j.byLang[lang] = append(j.byLang[lang], text)
	return i
}

// chunks cuts a text between words, well below the length at which lou_translate breaks lines.
func chunks(text string) []string {
	const most = 400
	var out []string
	var cur strings.Builder
	n := 0
	for _, w := range strings.Fields(text) {
		if n > 0 && n+len(w) > most {
			out = append(out, cur.String())
			cur.Reset()
			n = 0
		}
		if n > 0 {
			cur.WriteByte(' ')
		}
		cur.WriteString(w)
		n += len(w) + 1
	}
	return append(out, cur.String())
}

type translated map[string][]string

func (d translated) join(pieces []piece) string {
	var out strings.Builder
	for i, p := range pieces {
		if p.before && i > 0 && !strings.HasSuffix(out.String(), " ") {
			out.WriteByte(' ')
		}
		for k, n := range p.lines {
			if k > 0 {
				out.WriteByte(' ')
			}
			out.WriteString(d[p.lang][n])
		}
		if p.hard {
			out.WriteByte('\n')
		} else if p.after {
			out.WriteByte(' ')
		}
	}
	return strings.TrimSpace(out.String())
}

// unknown is what liblouis writes for a character that a table does not have: its code in quotation marks, after a sign that
// differs by table.
var unknown = regexp.MustCompile(`'.?[XYZ][0-9A-J]{4,8}'`)

// survey finds out which of a leaflet's characters have no sign in the table of their language.
func (t *Translator) survey(ctx context.Context, s *leaflet.Sheet) (map[string]map[rune]bool, error) {
	chars := map[string]map[rune]bool{}
	add := func(lang, text string) {
		lang = primary(lang)
		if chars[lang] == nil {
			chars[lang] = map[rune]bool{}
		}
		for _, r := range text {
			if !unicode.IsSpace(r) {
				chars[lang][r] = true
			}
		}
	}
	add(s.Lang, s.Title+s.Publisher+s.Origin+s.Dates+s.Address)
	for _, b := range s.Blocks {
		add(s.Lang, b.Mark())
		if b.Kind == prose.Row {
			add(first(b.Lang, s.Lang), b.Linked(nil))
		}
		for _, r := range b.Runs {
			add(first(r.Lang, b.Lang, s.Lang), r.Text)
		}
	}
	lacks := map[string]map[rune]bool{}
	for _, lang := range slices.Sorted(maps.Keys(chars)) {
		table, ok := tables[lang]
		if !ok {
			return nil, &LanguageError{lang}
		}
		missing, err := t.missing(ctx, table, slices.Sorted(maps.Keys(chars[lang])))
		if err != nil {
			return nil, err
		}
		none, err := t.missing(ctx, latinTable, missing)
		if err != nil {
			return nil, err
		}
		if len(none) > 0 {
			return nil, &LetterError{Lang: lang, Runes: none}
		}
		lacks[lang] = map[rune]bool{}
		for _, r := range missing {
			lacks[lang][r] = true
		}
	}
	return lacks, nil
}

// missing returns those of some characters that a table has no sign for.
func (t *Translator) missing(ctx context.Context, table string, runes []rune) ([]rune, error) {
	if len(runes) == 0 {
		return nil, nil
	}
	single := make([]string, len(runes))
	for i, r := range runes {
		single[i] = string(r)
	}
	lines, err := t.run(ctx, "--forward", table, single)
	if err != nil {
		return nil, err
	}
	var list []rune
	for i, line := range lines {
		if unknown.MatchString(line) {
			list = append(list, runes[i])
		}
	}
	return list, nil
}

func (t *Translator) translate(ctx context.Context, j *job) (translated, error) {
	done := translated{}
	for _, lang := range slices.Sorted(maps.Keys(j.byLang)) {
		table, ok := tableOf(lang)
		if !ok {
			return nil, &LanguageError{lang}
		}
		lines, err := t.run(ctx, "--forward", table, j.byLang[lang])
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(lines, unknown.MatchString) {
			return nil, errSigns
		}
		done[lang] = lines
	}
	return done, nil
}

// run translates lines, one for one. A table that liblouis cannot find or read makes it write fewer. A backslash, which in
// Braille is the sign for "ou", would begin an escape: the whole line would be lost.
func (t *Translator) run(ctx context.Context, direction, table string, lines []string) ([]string, error) {
	input := strings.ReplaceAll(strings.Join(lines, "\n")+"\n", `\`, `\\`)
	out, err := t.program.Run(ctx, []byte(input), direction, display+","+table)
	if err != nil {
		return nil, err
	}
	got := strings.Split(strings.TrimSuffix(string(bytes.ReplaceAll(out, []byte("\r"), nil)), "\n"), "\n")
	if len(got) != len(lines) {
		return nil, &tool.MissingError{Name: "the table " + table + " of liblouis", Hint: "install liblouis' tables (on Debian and Ubuntu: apt install liblouis-data), or a newer liblouis"}
	}
	for i := range got {
		got[i] = strings.TrimSpace(got[i])
	}
	return got, nil
}

// Texts translates a file back into print, once by the table of each language: a value that somebody let slip into it must
// be found, whichever language it was taken for.
func (t *Translator) Texts(ctx context.Context, brf []byte) ([]string, error) {
	lines := read(brf)
	if len(lines) == 0 {
		return nil, fmt.Errorf("the Braille file is empty or not laid out as it should be")
	}
	var texts []string
	for _, lang := range append(slices.Sorted(maps.Keys(tables)), latin) {
		table, _ := tableOf(lang)
		back, err := t.run(ctx, "--backward", table, lines)
		if err != nil {
			return nil, err
		}
		texts = append(texts, strings.Join(back, " "))
	}
	return texts, nil
}

func primary(lang string) string {
	p, _, _ := strings.Cut(strings.ToLower(lang), "-")
	return p
}

func first(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}
