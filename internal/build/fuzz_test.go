package build_test

import (
	"fmt"
	"math/rand"
	"strings"
	"testing"
	"testing/fstest"
	"unicode"

	"candour/internal/build"
	"candour/internal/content"
	"candour/internal/level"
	"candour/internal/sitetest"
)

// planted is a text that stands once in a random repository, in words that stand nowhere else.
type planted struct {
	text  string
	level level.Level // who may see it
	file  string      // of the source
	path  string      // of the finished file that shows it to whoever may see it; "" for any
	plain bool        // the program's own theme shows it
}

// orchard makes random content repositories and knows who may see what in them.
type orchard struct {
	r     *rand.Rand
	n     int
	items []planted
	files fstest.MapFS
}

// word is a word that is used once. All have one length, so that none is part of another.
func (o *orchard) word() string {
	const consonants, vowels = "bcdfghjklmnprstvwz", "aeiou"
	k := o.n
	o.n++
	b := []byte("Q")
	for range 4 {
		b = append(b, consonants[k%18], vowels[k/18%5])
		k /= 90
	}
	return string(append(b, 'x'))
}

func (o *orchard) words(n int) string {
	var w []string
	for range n {
		w = append(w, o.word())
	}
	return strings.Join(w, " ")
}

func (o *orchard) chance(percent int) bool { return o.r.Intn(100) < percent }

func (o *orchard) raised() level.Level { return level.Level(1 + o.r.Intn(2)) }

// leaf is one page being made.
type leaf struct {
	*orchard
	file, path string
	level      level.Level
	source     *leaf // of a translation
	flags      []string
	front      strings.Builder // keys before any table
	tables     strings.Builder
	body       strings.Builder
	notes      strings.Builder
	passages   int
	sections   int
	notesMade  int
	bundle     bool
}

// plant records a text of the page that whoever is cleared for l may see.
func (p *leaf) plant(n int, l level.Level, plain bool) string {
	text := p.words(n)
	p.items = append(p.items, planted{text, max(l, p.level), p.file, p.path, plain})
	return text
}

func (p *leaf) flag(target, name string, l level.Level) {
	reasons := []string{"confidential", "law-enforcement", "personal-information"}
	f := fmt.Sprintf("[[withhold]]\n%s = %q\nlevel = %q\nreason = %q\n", target, name, l, reasons[p.r.Intn(3)])
	if p.chance(25) {
		f += "show = \"nothing\"\n"
	}
	if p.source == nil { // a translation inherits them
		p.flags = append(p.flags, f)
	}
}

func (p *leaf) release(field string, l level.Level) {
	if p.source == nil {
		p.flags = append(p.flags, fmt.Sprintf("[[release]]\nfield = %q\nlevel = %q\nreason = \"agreed\"\napproved_by = \"senior-responsible-owner\"\n", field, l))
	}
}

// fields fills in the front matter.
func (p *leaf) fields(kind content.Kind) {
	if p.chance(15) {
		l := p.raised()
		p.flag("field", "summary", l)
		fmt.Fprintf(&p.front, "summary = %q\n", p.plant(9, l, true))
	} else {
		fmt.Fprintf(&p.front, "summary = %q\n", p.plant(9, level.Public, true))
	}
	fmt.Fprintf(&p.front, "title = %q\n", p.plant(4, level.Public, true))
	if p.chance(50) {
		held := level.Public
		if p.chance(50) {
			held = p.raised()
			p.flag("field", "tags.1", held)
		}
		fmt.Fprintf(&p.front, "tags = [%q, %q, %q]\n", p.plant(1, level.Public, true), p.plant(1, held, true), p.plant(1, level.Public, true))
	}
	if p.chance(40) {
		held := level.Public
		if p.chance(60) {
			held = p.raised()
			p.flag("field", []string{"change", "change.*", "change.*.note", "*.*.note"}[p.r.Intn(4)], held)
		}
		for range 1 + p.r.Intn(3) {
			fmt.Fprintf(&p.tables, "[[change]]\ndate = 2026-11-02\nnote = %q\n", p.plant(8, held, true))
		}
	}
	p.extra()
	if kind == content.Plans {
		p.plan()
	}
}

// extra is restricted unless it is released.
func (p *leaf) extra() {
	if !p.chance(50) {
		return
	}
	note, deep := level.Restricted, level.Restricted
	if p.chance(30) && p.level < level.Restricted {
		note = max(p.level, level.Level(p.r.Intn(2)))
		p.release("extra.note", note)
	}
	if p.chance(30) && p.level < level.Restricted {
		deep = max(p.level, level.Level(p.r.Intn(2)))
		p.release("extra.deep", deep)
	}
	fmt.Fprintf(&p.tables, "[extra]\nnote = %q\n", p.plant(3, note, false))
	fmt.Fprintf(&p.tables, "[extra.deep]\nlist = [%q, [%q, %q]]\nitems = [{ a = %q }, { a = %q, b = { c = %q } }]\n", p.plant(2, deep, false), p.plant(2, deep, false),
		p.plant(2, deep, false), p.plant(2, deep, false), p.plant(2, deep, false), p.plant(9, deep, false))
}

func (p *leaf) plan() {
	boundary := level.Public
	if p.chance(30) {
		boundary = p.raised()
		p.flag("field", []string{"boundary_with", "boundary_with.*"}[p.r.Intn(2)], boundary)
	}
	fmt.Fprintf(&p.front, "boundary_with = [%q, %q]\n", p.plant(2, boundary, true), p.plant(2, boundary, true))
	all, roles := level.Public, level.Public
	switch p.r.Intn(4) {
	case 0:
		all = p.raised()
		p.flag("field", []string{"lead", "lead.*"}[p.r.Intn(2)], all)
	case 1:
		roles = p.raised()
		p.flag("field", "lead.*.role", roles)
	}
	first := level.Restricted
	if all == level.Public && p.level < level.Restricted && p.chance(30) {
		first = max(p.level, level.Level(p.r.Intn(2)))
		p.release("lead.0.name", first)
	}
	for i := range 1 + p.r.Intn(3) {
		name := level.Restricted
		if i == 0 {
			name = first
		}
		fmt.Fprintf(&p.tables, "[[lead]]\nelement = \"general\"\nrole = %q\nname = %q\nphone = \"07700 9%05d\"\n", p.plant(3, max(all, roles), true), p.plant(2, max(all, name), false), 100+p.r.Intn(900))
	}
	for range p.r.Intn(3) {
		fmt.Fprintf(&p.tables, "[[stock]]\nitem = %q\nlocation = %q\n", p.plant(2, level.Public, true), p.plant(4, level.Restricted, true))
	}
	for range p.r.Intn(2) {
		fmt.Fprintf(&p.tables, "[[threshold]]\nelement = \"monitor\"\ntrigger = %q\naction = %q\n", p.plant(12, level.Restricted, true), p.plant(5, level.Restricted, true))
	}
	fmt.Fprintf(&p.body, "Ask {{< field \"lead.0.role\" >}} or {{< field \"lead.0.name\" >}}.\n\n")
}

// run is a stretch of text, with passages in it.
func (p *leaf) run(l level.Level) string {
	var b strings.Builder
	for range 1 + p.r.Intn(3) {
		if !p.chance(35) {
			b.WriteString(p.plant(2+p.r.Intn(9), l, true) + " ")
			if p.chance(10) {
				p.notesMade++
				fmt.Fprintf(&b, "[^n%d] ", p.notesMade)
				fmt.Fprintf(&p.notes, "\n[^n%d]: %s.\n", p.notesMade, p.plant(11, l, true))
			}
			continue
		}
		held := p.raised()
		inner := p.plant(1+p.r.Intn(10), max(l, held), true)
		switch p.r.Intn(4) {
		case 0:
			inner = "**" + inner + "**"
		case 1:
			inner = "[" + inner + "](https://example.org/" + p.word() + ")"
		case 2:
			p.notesMade++
			inner += fmt.Sprintf("[^n%d]", p.notesMade)
			fmt.Fprintf(&p.notes, "\n[^n%d]: %s.\n", p.notesMade, p.plant(6, max(l, held), true))
		}
		b.WriteString(p.passage(held) + inner + "{{< /passage >}} ")
	}
	return strings.TrimSpace(b.String())
}

func (p *leaf) passage(l level.Level) string {
	p.passages++
	name := fmt.Sprintf("p%d", p.passages)
	p.flag("passage", name, l)
	return "{{< passage \"" + name + "\" >}}"
}

// blocks writes paragraphs, lists, quotes, tables and sections.
func (p *leaf) blocks(l level.Level, rank int) {
	for range 1 + p.r.Intn(4) {
		switch p.r.Intn(8) {
		case 0:
			fmt.Fprintf(&p.body, "- %s\n- %s\n  - %s\n\n", p.run(l), p.run(l), p.run(l))
		case 1:
			fmt.Fprintf(&p.body, "> %s\n\n", p.run(l))
		case 2:
			fmt.Fprintf(&p.body, "| A | B |\n| --- | --- |\n| %s | %s |\n\n", p.run(l), p.run(l))
		case 3:
			fmt.Fprintf(&p.body, "```\n%s\n```\n\n", p.plant(4, l, true))
		case 4:
			held := p.raised()
			fmt.Fprintf(&p.body, "%s\n\n", p.passage(held))
			fmt.Fprintf(&p.body, "%s\n\n- %s\n\n{{< /passage >}}\n\n", p.plant(9, max(l, held), true), p.plant(3, max(l, held), true))
		case 5:
			if p.bundle {
				p.attachment(l)
				continue
			}
			fallthrough
		default:
			fmt.Fprintf(&p.body, "%s\n\n", p.run(l))
		}
	}
	if rank > 4 {
		return
	}
	for range p.r.Intn(3) {
		inner := l
		p.sections++
		id := fmt.Sprintf("s%d", p.sections)
		if p.chance(40) {
			held := p.raised()
			p.flag("section", id, held)
			inner = max(l, held)
		}
		fmt.Fprintf(&p.body, "%s %s {#%s}\n\n", strings.Repeat("#", rank), p.plant(4, inner, true), id)
		p.blocks(inner, rank+1)
	}
}

// attachment links to a file of the page's folder.
func (p *leaf) attachment(l level.Level) {
	name := strings.ToLower(p.word()) + ".csv"
	held := level.Public
	if p.chance(50) {
		held = p.raised()
		p.flag("file", name, held)
	}
	text := p.words(6)
	dir := strings.TrimSuffix(p.file, "index.md")
	p.files[dir+name] = &fstest.MapFile{Data: []byte("a\n" + text + "\n")}
	p.items = append(p.items, planted{text, max(l, held, p.level), p.file, strings.TrimSuffix(p.path, "index.html") + name, true})
	fmt.Fprintf(&p.body, "See [%s](%s).\n\n", p.words(3), name)
}

// page makes a page and, sometimes, its translation.
func (o *orchard) page(kind content.Kind, slug string) {
	p := &leaf{orchard: o, bundle: o.chance(30)}
	dir := string(kind) + "/"
	if kind == content.Leaflets {
		dir += "festival/"
	}
	p.path = dir + slug + "/index.html"
	p.file = "content/" + dir + slug + ".md"
	if p.bundle {
		p.file = "content/" + dir + slug + "/index.md"
	}
	if o.chance(25) {
		p.level = o.raised()
	}
	seed := o.r.Int63()
	p.write(kind, seed)
	if !p.bundle && o.chance(20) {
		t := &leaf{orchard: o, source: p, level: p.level, path: "cy/" + p.path, file: strings.TrimSuffix(p.file, ".md") + ".cy.md"}
		t.write(kind, seed)
	}
}

// write writes the page. A translation has the structure of its source, and words of its own.
func (p *leaf) write(kind content.Kind, seed int64) {
	outer := p.r
	p.r = rand.New(rand.NewSource(seed))
	defer func() { p.r = outer }()
	fmt.Fprintln(&p.front, "date = 2026-09-14")
	if p.level > level.Public && p.source == nil {
		fmt.Fprintf(&p.front, "level = %q\n", p.level)
	}
	switch kind {
	case content.Plans:
		p.front.WriteString("partnership = \"Testford\"\nreviewed = 2026-09-14\nnext_review = 2027-09-14\ncovers = [\"nitazenes\"]\n")
	case content.Leaflets:
		p.front.WriteString("setting = \"festival\"\naudience = [\"public\"]\n")
	case content.Alerts:
		p.front.WriteString("template = \"strong\"\nstatus = \"issued\"\narea = \"Testford\"\nevidence = \"suspected\"\nissued = 2026-11-19T17:00:00Z\nexpires = 2026-12-03T18:00:00Z\npanel_met = 2026-11-19T16:00:00Z\n")
	}
	p.fields(kind)
	p.blocks(level.Public, 2)
	text := "+++\n" + p.front.String() + p.tables.String() + strings.Join(p.flags, "") + "+++\n" + p.body.String()
	if p.notesMade > 0 { // not in the last section, which may be withheld
		text += "\n## Notes\n" + p.notes.String()
	}
	if p.chance(30) {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	p.files[p.file] = &fstest.MapFile{Data: []byte(text)}
}

// grow makes a repository of so many pages. With curious templates every page prints all that templates can reach.
func grow(seed int64, pages int, curious bool) *orchard {
	o := &orchard{r: rand.New(rand.NewSource(seed)), files: sitetest.Files(alert("summary = \"Take care.\"", "Text."))}
	kinds := []content.Kind{content.Plans, content.Plans, content.Leaflets, content.Pages, content.Alerts}
	for i := range pages {
		o.page(kinds[o.r.Intn(len(kinds))], fmt.Sprintf("n%d", i))
	}
	if curious {
		for _, kind := range kinds {
			o.files["layouts/"+string(kind)+"/page.html"] = &fstest.MapFile{Data: []byte(`{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}<pre>{{ jsonify .Params }} {{ .RawContent }} {{ .Plain }}</pre>{{ end }}`)}
		}
	}
	return o
}

// tokens are the words of a file, in small letters.
func tokens(data string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.FieldsFunc(strings.ToLower(data), func(r rune) bool { return !unicode.IsLetter(r) }) {
		set[w] = true
	}
	return set
}

// check holds an edition to what the repository says: nothing withheld is in it by a single word, all else is.
func (o *orchard) check(t *testing.T, edition string, curious bool) *build.Outcome {
	t.Helper()
	out := sitetest.Run(t, sitetest.Options(o.files, edition))
	if out.Audited == nil {
		t.Fatalf("%s: may not be published:\n%.3000s", edition, sitetest.Print(out.Findings))
	}
	clearance := out.Edition.Clearance
	inFile := map[string]map[string]bool{}
	all := map[string]string{}
	for _, f := range out.Audited.Site().Files {
		set := tokens(f.Path + "\n" + string(f.Data))
		inFile[f.Path] = set
		for w := range set {
			all[w] = f.Path
		}
	}
	reported := tokens(sitetest.Print(out.Findings))
	bad := 0
	fail := func(format string, args ...any) {
		if bad++; bad <= 8 {
			t.Errorf(format, args...)
		}
	}
	for _, item := range o.items {
		for _, w := range strings.Fields(strings.ToLower(item.text)) {
			if item.level > clearance {
				if path, ok := all[w]; ok {
					fail("%s: %q of %s is withheld and stands in %s\n%s", edition, item.text, item.file, path, o.files[item.file].Data)
				}
				if reported[w] {
					fail("%s: %q of %s is withheld and stands in a finding", edition, item.text, item.file)
				}
			} else if (item.plain || curious) && !inFile[item.path][w] {
				fail("%s: %q of %s is cleared and does not stand in %s\n%s", edition, item.text, item.file, item.path, o.files[item.file].Data)
			}
		}
	}
	return out
}

func (o *orchard) checkAll(t *testing.T, curious bool) {
	t.Helper()
	for _, edition := range []string{"public", "partners", "internal"} {
		o.check(t, edition, curious)
	}
}

// Several hundred random pages with random flags, levels, translations and files, in three editions.
func TestRandomRepositories(t *testing.T) {
	for seed, curious := range map[int64]bool{1: true, 2: false, 3: true, 4: false} {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			o := grow(seed, 100, curious)
			counts := map[level.Level]int{}
			for _, item := range o.items {
				counts[item.level]++
			}
			if counts[level.Public] < 100 || counts[level.Partners] < 50 || counts[level.Restricted] < 50 {
				t.Fatalf("the repository has too little of something: %v", counts)
			}
			o.checkAll(t, curious)
		})
	}
}

func FuzzRandomRepositories(f *testing.F) {
	for seed := range int64(4) {
		f.Add(100+seed, seed%2 == 0)
	}
	f.Fuzz(func(t *testing.T, seed int64, curious bool) { grow(seed, 4, curious).checkAll(t, curious) })
}
